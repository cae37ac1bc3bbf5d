//! How much of an article its feed gives, as far as the feed's own text tells.

use super::Document;
use super::article::{Article, Enclosure, TextKind};
use crate::text::Clean;

/// How much of an article its feed seems to give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Extent {
    /// No text.
    Nothing,
    /// A text that breaks off: it ends in dots, or in a link to where it goes on.
    Beginning,
    /// So few words, given as a description, that there may be more.
    Short,
    /// As far as can be told, all of it.
    Whole,
}

/// A text with as many words is no description any more.
const MUCH: u32 = 110;

/// From so many paragraphs on a short text is more than a description.
const SEVERAL: usize = 3;

/// How many times longer than its summary a text has to be that a feed gives beside one.
const LONGER: usize = 2;

impl Article {
    /// How much of the article the shown text seems to be, if that is the feed's. Linear in its
    /// length.
    ///
    /// A text that breaks off says so itself. Few words may be all there are: the notes of a recording,
    /// a note that has no headline of its own, a text that the feed gives beside a shorter summary, or
    /// one of several paragraphs. What is left, a paragraph or two that are given as the description,
    /// is taken for a summary.
    #[must_use]
    pub fn extent(&self) -> Extent {
        if self.document.is_empty() {
            return Extent::Nothing;
        }
        if self.kind == TextKind::Full {
            return Extent::Whole;
        }
        if self.document.breaks_off(self.headline.link.as_ref()) {
            return Extent::Beginning;
        }
        let summary = self.summary.as_ref().map(Clean::as_str);
        of_few_words(&self.document, self.headline.title.as_str(), summary, &self.enclosures)
    }
}

/// What a text is that does not break off.
fn of_few_words(document: &Document, title: &str, summary: Option<&str>, enclosures: &[Enclosure]) -> Extent {
    if document.words() >= MUCH || enclosures.iter().any(is_recording) {
        return Extent::Whole;
    }
    let text = document.plain_text();
    let said = letters(&text);
    if said.is_empty() {
        // A picture, say: there is nothing to be a summary of.
        return Extent::Whole;
    }
    let paragraphs = text.lines().filter(|line| line.chars().any(char::is_alphanumeric)).count();
    let beside =
        summary.map(letters).is_some_and(|summary| !summary.is_empty() && said.len() >= summary.len() * LONGER);
    let title = letters(title);
    let is_note = !title.is_empty() && said.starts_with(&title);
    if is_note || beside || paragraphs >= SEVERAL { Extent::Whole } else { Extent::Short }
}

/// Whether something to hear or to see is attached, which a text only goes with.
fn is_recording(enclosure: &Enclosure) -> bool {
    let media_type = enclosure.media_type.as_ref().map_or("", Clean::as_str);
    media_type.starts_with("audio/") || media_type.starts_with("video/")
}

/// The letters and figures of a text, which do not depend on how it is set.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Link;

    const ONE: &str = "The ferry was two hours late on Thursday, and nobody at the pier knew why.";

    fn extent(paragraphs: &[&str], summary: Option<&str>, enclosures: &[Enclosure]) -> Extent {
        let document = Document::from_paragraphs(paragraphs.iter().copied());
        of_few_words(&document, "Ferry late again", summary, enclosures)
    }

    #[test]
    fn a_description_is_told_from_a_short_article() {
        let long = "word ".repeat(120);
        let cases: &[(&str, &[&str], Option<&str>, Extent)] = &[
            ("a description", &[ONE], Some(ONE), Extent::Short),
            ("a text without a description", &[ONE], None, Extent::Short),
            ("many words", &[&long], Some(&long), Extent::Whole),
            ("a text beside its summary", &[ONE, ONE], Some("The ferry was late."), Extent::Whole),
            ("one that says no more", &[ONE], Some("The ferry was two hours late, nobody knew why."), Extent::Short),
            ("several paragraphs", &[ONE, ONE, ONE], None, Extent::Whole),
            ("a note without a headline", &["Ferry late again, see you at the pier."], None, Extent::Whole),
            ("signs alone", &["***"], None, Extent::Whole),
        ];
        for (name, paragraphs, summary, wanted) in cases {
            assert_eq!(extent(paragraphs, *summary, &[]), *wanted, "{name}");
        }
    }

    #[test]
    fn the_notes_of_a_recording_are_whole() {
        for (media_type, wanted) in
            [("audio/mpeg", Extent::Whole), ("video/mp4", Extent::Whole), ("image/jpeg", Extent::Short)]
        {
            let link = Link::parse("https://harbour.example/1").unwrap();
            let attached = Enclosure { link, media_type: Some(media_type.into()), bytes: None };
            assert_eq!(extent(&[ONE], Some(ONE), &[attached]), wanted, "{media_type}");
        }
    }
}
