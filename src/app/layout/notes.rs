//! What an article says of its own text: which of two it is, how much of the whole, and what can be
//! done about the rest.

use jiff::tz::TimeZone;

use super::lines::Setter;
use super::{KeyNames, Tone};
use crate::clean;
use crate::model::{Article, Extent, Inline, Inlines, Revised, TextKind};
use crate::text::Clean;

/// The note between the head and the text; `None` where there is nothing to say: the text is whole,
/// and there is no other.
pub(super) fn of_text(article: &Article, keys: &KeyNames, zone: &TimeZone) -> Option<Inlines> {
    let texts = &article.texts;
    let mut note = Note::default();
    match (article.kind, article.extent(), &texts.note) {
        (_, Extent::Nothing, _) => absent(article, keys, &mut note),
        (TextKind::Full, _, gate) => {
            if let Some(gate) = gate {
                note.say(&clean!("Not all of it: {gate}.")).key(&keys.browser, "opens its page in the browser.");
            }
            if texts.feed {
                match texts.changed {
                    Some(changed) if texts.outdated() => {
                        let changed = changed.format("%-d %b %Y, %H:%M", zone);
                        note.say(&clean!("The feed has changed this since its page was fetched, on {changed}."));
                        if texts.page {
                            note.key(&keys.fetch_again, "fetches the page again,");
                        }
                    }
                    _ if gate.is_none() => {
                        note.say(&fetched(article, zone));
                    }
                    _ => {}
                }
                note.key(&keys.full_text, "shows the feed’s text.");
            }
        }
        (TextKind::Feed, ..) if texts.full.is_some() => {
            note.say(&Clean::new("The feed’s text.")).key(&keys.full_text, "shows the full text.");
        }
        (TextKind::Feed, _, Some(why)) => {
            note.say(&clean!("No full text: {why}."));
            note.key(&keys.browser, "opens the page in the browser,").key(&keys.full_text, "tries again.");
        }
        (TextKind::Feed, Extent::Beginning, None) if texts.page => {
            note.say(&Clean::new("The feed gives only the beginning."));
            note.key(&keys.full_text, "fetches the full text.");
        }
        (TextKind::Feed, Extent::Short, None) if texts.page => {
            note.say(&Clean::new("The feed gives only a summary, or a short article."));
            note.key(&keys.full_text, "fetches the full text.");
        }
        _ => {}
    }
    if article.headline.bookmarked {
        match (&article.missing, article.headline.whole) {
            (Some(missing), _) => {
                note.say(&clean!("Bookmarked, but not whole: {missing}."));
            }
            (None, false) if texts.page => {
                note.say(&Clean::new("Bookmarked; its page and pictures are fetched with the next refresh."));
            }
            _ => {}
        }
    }
    note.finish()
}

/// What is said above a change, in place of the note of a text.
pub(super) fn of_change(revised: &Revised, keys: &KeyNames, zone: &TimeZone, setter: &mut Setter) {
    let Revised { back, of, at, title, trivial } = revised;
    let mut note = Note::default();
    let number = of - back;
    note.say(&clean!("Change {number} of {of}, seen {}.", at.format("%-d %b %Y, %H:%M", zone)));
    if *trivial {
        note.say(&Clean::new("Only figures or typography."));
    }
    note.key(&keys.changes, if back + 1 < *of { "shows the change before." } else { "goes back to the text." });
    // What is strong in it is a key, and was not put into the article.
    let change = std::mem::replace(&mut setter.change, false);
    setter.paragraph(&note.inlines, Tone::Meta);
    setter.change = change;
    if let Some(title) = title {
        let before = Inline::Strike(vec![Inline::Text(title.clone())]);
        setter.paragraph(&[Inline::Text(Clean::run("The headline was: ")), before], Tone::Meta);
    }
}

fn fetched(article: &Article, zone: &TimeZone) -> Clean {
    const TO_THE_MINUTE: &str = "%-d %b %Y, %H:%M";
    match (article.texts.full, article.texts.changed) {
        // Which of the two is the newer text is seen from when they came.
        (Some(time), Some(changed)) => clean!(
            "Full text of {}; the feed changed its own on {}.",
            time.format(TO_THE_MINUTE, zone),
            changed.format(TO_THE_MINUTE, zone)
        ),
        (Some(time), None) => clean!("Full text of {}.", time.format("%-d %b %Y", zone)),
        (None, _) => Clean::new("Full text."),
    }
}

/// What is said in place of a text.
fn absent(article: &Article, keys: &KeyNames, note: &mut Note) {
    let texts = &article.texts;
    note.say(&Clean::new(if article.headline.stub {
        "Only the headline of this article is stored."
    } else {
        "The feed carries no text for this article."
    }));
    match (&texts.note, texts.page) {
        (Some(why), _) => {
            note.say(&clean!("Its page gave none either: {why}."));
            note.key(&keys.browser, "opens it in the browser,").key(&keys.full_text, "tries again.");
        }
        (None, true) => {
            note.key(&keys.full_text, "fetches the text from its page,");
            note.key(&keys.browser, "opens the page in the browser.");
        }
        (None, false) if article.headline.stub => {
            note.say(&Clean::new("It stood on a page, without an address of its own."));
        }
        (None, false) => {
            note.say(&Clean::new("There is no address of a page either."));
        }
    }
}

/// Sentences, with the keys that they name set strong.
#[derive(Default)]
struct Note {
    inlines: Inlines,
}

impl Note {
    fn gap(&mut self) {
        if !self.inlines.is_empty() {
            self.inlines.push(Inline::Text(Clean::run(" ")));
        }
    }

    fn say(&mut self, words: &Clean) -> &mut Self {
        self.gap();
        self.inlines.push(Inline::Text(words.clone()));
        self
    }

    fn key(&mut self, key: &Clean, does: &str) -> &mut Self {
        self.gap();
        self.inlines.push(Inline::Strong(vec![Inline::Text(key.clone())]));
        self.inlines.push(Inline::Text(Clean::run(&format!(" {does}"))));
        self
    }

    fn finish(self) -> Option<Inlines> {
        (!self.inlines.is_empty()).then_some(self.inlines)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample;
    use crate::model::document::inlines_text;
    use crate::model::{Document, Texts, Time};

    fn note(article: &Article) -> String {
        let mut text = String::new();
        inlines_text(&of_text(article, &KeyNames::default(), &TimeZone::UTC).unwrap_or_default(), &mut text);
        text
    }

    #[test]
    fn every_state_of_a_text_is_said_with_what_can_be_done() {
        let mut article = sample::article(1, 60);
        assert_eq!(note(&article), "", "a whole text says nothing");
        article.document = Document::from_paragraphs(["The tide came in and…"]);
        assert_eq!(note(&article), "The feed gives only the beginning. x fetches the full text.");
        article.document = Document::from_paragraphs(["The tide came in."]);
        assert_eq!(note(&article), "The feed gives only a summary, or a short article. x fetches the full text.");
        article.texts.note = Some("it is a PDF document, not a page or a text".into());
        assert_eq!(
            note(&article),
            "No full text: it is a PDF document, not a page or a text. o opens the page in the browser, x tries again."
        );
        article.texts.full = Some(Time(1_700_000_000));
        assert_eq!(note(&article), "The feed’s text. x shows the full text.");
        article.kind = TextKind::Full;
        article.texts.note = None;
        assert_eq!(note(&article), "Full text of 14 Nov 2023. x shows the feed’s text.");
        article.texts.changed = Some(Time(1_700_000_000 + 60));
        assert_eq!(
            note(&article),
            "The feed has changed this since its page was fetched, on 14 Nov 2023, 22:14. X fetches the page again, \
             x shows the feed’s text."
        );
        article.texts.changed = Some(Time(1_700_000_000 - 60));
        article.texts.note = Some("the rest is for subscribers".into());
        assert_eq!(
            note(&article),
            "Not all of it: the rest is for subscribers. o opens its page in the browser. \
             x shows the feed’s text."
        );
        article.document = Document::default();
        article.texts = Texts { page: true, ..Texts::default() };
        assert_eq!(
            note(&article),
            "The feed carries no text for this article. x fetches the text from its page, \
             o opens the page in the browser."
        );
    }
}
