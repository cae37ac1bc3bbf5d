//! What changed in an article: an earlier text against the one that took its place, by words and
//! paragraphs.

use std::ops::Range;
use std::time::{Duration, Instant};

use similar::{Algorithm, DiffTag, capture_diff_slices_deadline};

use super::Failure;
use crate::model::{Article, ArticleId, Block, Document, Inline, Inlines, Revised};
use crate::store::Reader;
use crate::text::Clean;
use crate::text::trifles::{only_trifles, same_headline};

/// Unchanged paragraphs that are shown on either side of a changed one.
const AROUND: usize = 1;

/// After this long the rest is compared more coarsely: two long texts that have nothing in common would
/// take minutes.
const LONGEST: Duration = Duration::from_secs(2);

/// So many words that stayed between two changes of more words each are part of the change: a text that
/// changes at every other word cannot be read.
const BETWEEN: usize = 2;

/// What stands between two paragraphs among the words that are compared.
const BREAK: &str = "\n";

/// An article with a change of it in place of its text: the latest for `back` 0, the one before for 1.
/// `None` where there is no such change, or no such article.
///
/// # Errors
/// That the store cannot be read.
pub fn changed(reader: &Reader, id: ArticleId, back: usize) -> Result<Option<Article>, Failure> {
    let revisions = reader.revisions(id)?;
    let Some(revision) = revisions.get(back) else { return Ok(None) };
    // What took its place: the next later text of the same kind, or the one that is current.
    let later = revisions[..back].iter().rev().find(|later| later.kind == revision.kind);
    let Some(mut article) = reader.article_as(id, Some(revision.kind))? else { return Ok(None) };
    let (title, after) = match later {
        Some(later) => (later.title.clone(), later.document.clone()),
        None => (article.headline.title.clone(), std::mem::take(&mut article.document)),
    };
    let change = between(&revision.document, &after);
    article.document = change.document;
    article.revised = Some(Revised {
        back,
        of: revisions.len(),
        at: revision.replaced,
        title: (revision.title != title).then(|| revision.title.clone()),
        trivial: change.trivial && same_headline(revision.title.as_str(), title.as_str()),
    });
    Ok(Some(article))
}

/// One text against another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Between {
    /// The later text with what was taken out struck and what was put in strong; paragraphs far from
    /// any change are counted, not shown.
    pub document: Document,
    /// Nothing but typography, counters and dates changed.
    pub trivial: bool,
}

/// Compares two texts, paragraph by paragraph and, where those differ, word by word. Near linear in their
/// length; where everything differs quadratic, for two seconds at most.
#[must_use]
pub fn between(before: &Document, after: &Document) -> Between {
    let trivial = only_trifles(&before.plain_text(), &after.plain_text());
    let (before, after) = (before.readable_text(), after.readable_text());
    Between { document: shown(paragraphs(&before, &after)), trivial }
}

/// The paragraphs of both texts as one, and of each whether it changed.
fn paragraphs(before: &str, after: &str) -> Vec<(Inlines, bool)> {
    let until = Instant::now().checked_add(LONGEST);
    let old: Vec<Vec<&str>> = before.lines().map(words).collect();
    let new: Vec<Vec<&str>> = after.lines().map(words).collect();
    let mut paragraphs = Paragraphs::default();
    for step in capture_diff_slices_deadline(Algorithm::Patience, &old, &new, until) {
        let (tag, from, to) = step.as_tag_tuple();
        if tag == DiffTag::Equal {
            new[to].iter().flatten().for_each(|word| paragraphs.put(word, Fate::Kept));
            continue;
        }
        let (old, new): (Vec<&str>, Vec<&str>) = (old[from].concat(), new[to].concat());
        for (kept, from, to) in stretches(&old, &new, until) {
            if kept {
                new[to].iter().for_each(|word| paragraphs.put(word, Fate::Kept));
                continue;
            }
            old[from].iter().for_each(|word| paragraphs.put(word, Fate::TakenOut));
            new[to].iter().for_each(|word| paragraphs.put(word, Fate::PutIn));
        }
    }
    paragraphs.end();
    paragraphs.done
}

/// The words of a paragraph, with a mark where it ends.
fn words(line: &str) -> Vec<&str> {
    line.split_whitespace().chain(std::iter::once(BREAK)).collect()
}

/// A part of two texts: whether its words stayed, and where it stands in each.
type Stretch = (bool, Range<usize>, Range<usize>);

/// What stayed of `old` in `new` and what did not, by turns.
fn stretches(old: &[&str], new: &[&str], until: Option<Instant>) -> Vec<Stretch> {
    let steps = capture_diff_slices_deadline(Algorithm::Patience, old, new, until);
    // Where a step stands is counted here: of words that were put in, the library does not say it exactly.
    let (mut from, mut to) = (0, 0);
    let all: Vec<Stretch> = steps
        .iter()
        .map(|step| step.as_tag_tuple())
        .map(|(tag, old, new)| {
            let here = (tag == DiffTag::Equal, from..from + old.len(), to..to + new.len());
            (from, to) = (here.1.end, here.2.end);
            here
        })
        .collect();
    let mut stretches: Vec<Stretch> = Vec::with_capacity(all.len());
    let changes = |stretch: &Stretch| !stretch.0 && stretch.1.len().max(stretch.2.len()) > BETWEEN;
    for (n, (kept, from, to)) in all.iter().cloned().enumerate() {
        let few = kept && from.len() <= BETWEEN && !old[from.clone()].contains(&BREAK);
        let amid = n > 0 && changes(&all[n - 1]) && all.get(n + 1).is_some_and(changes);
        let kept = kept && !(few && amid);
        match stretches.last_mut() {
            // A change goes on.
            Some((false, before, behind)) if !kept => (before.end, behind.end) = (from.end, to.end),
            _ => stretches.push((kept, from, to)),
        }
    }
    stretches
}

/// What became of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Kept,
    TakenOut,
    PutIn,
}

/// Paragraphs, and whether each changed.
#[derive(Default)]
struct Paragraphs {
    done: Vec<(Inlines, bool)>,
    runs: Vec<(Fate, String)>,
}

impl Paragraphs {
    fn put(&mut self, word: &str, fate: Fate) {
        if word == BREAK {
            // A break that was taken out joins what stood on either side of it, unless all before it
            // went as well.
            if fate != Fate::TakenOut || self.runs.iter().all(|(fate, _)| *fate == Fate::TakenOut) {
                self.end();
            }
            return;
        }
        match self.runs.last_mut() {
            Some((last, words)) if *last == fate => {
                words.push(' ');
                words.push_str(word);
            }
            _ => self.runs.push((fate, word.to_owned())),
        }
    }

    fn end(&mut self) {
        if self.runs.is_empty() {
            return;
        }
        let changed = self.runs.iter().any(|(fate, _)| *fate != Fate::Kept);
        let mut inlines = Inlines::new();
        for (n, (fate, words)) in self.runs.drain(..).enumerate() {
            if n > 0 {
                inlines.push(Inline::Text(Clean::run(" ")));
            }
            let words = vec![Inline::Text(Clean::run(&words))];
            match fate {
                Fate::Kept => inlines.extend(words),
                Fate::TakenOut => inlines.push(Inline::Strike(words)),
                Fate::PutIn => inlines.push(Inline::Strong(words)),
            }
        }
        self.done.push((inlines, changed));
    }
}

/// The paragraphs near a change, and how many are left out between them.
fn shown(paragraphs: Vec<(Inlines, bool)>) -> Document {
    let near = |at: usize| {
        let last = (at + AROUND).min(paragraphs.len().saturating_sub(1));
        paragraphs[at.saturating_sub(AROUND)..=last].iter().any(|(_, changed)| *changed)
    };
    let near: Vec<bool> = (0..paragraphs.len()).map(near).collect();
    let (mut blocks, mut left_out) = (Vec::new(), 0);
    for ((inlines, _), near) in paragraphs.into_iter().zip(near) {
        if near {
            blocks.extend(gap(left_out));
            left_out = 0;
            blocks.push(Block::Paragraph(inlines));
        } else {
            left_out += 1;
        }
    }
    blocks.extend(gap(left_out));
    Document { blocks }
}

fn gap(paragraphs: usize) -> Option<Block> {
    let words = match paragraphs {
        0 => return None,
        1 => Clean::new("[1 paragraph as before]"),
        many => crate::clean!("[{many} paragraphs as before]"),
    };
    Some(Block::Paragraph(vec![Inline::Emphasis(vec![Inline::Text(words)])]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(paragraphs: &[&str]) -> Document {
        Document::from_paragraphs(paragraphs.iter().copied())
    }

    /// The paragraphs with `-taken out-` and `+put in+`.
    fn marked(document: &Document) -> Vec<String> {
        let words = |inlines: &Inlines| {
            let mut text = String::new();
            crate::model::document::inlines_text(inlines, &mut text);
            text
        };
        let inline = |inline: &Inline| match inline {
            Inline::Strike(inner) => format!("-{}-", words(inner)),
            Inline::Strong(inner) => format!("+{}+", words(inner)),
            other => words(&vec![other.clone()]),
        };
        let paragraph = |block: &Block| match block {
            Block::Paragraph(inlines) => inlines.iter().map(inline).collect(),
            other => panic!("{other:?}"),
        };
        document.blocks.iter().map(paragraph).collect()
    }

    #[test]
    fn words_and_paragraphs_are_compared() {
        let before = text(&["One.", "The ferry sails at nine.", "Two.", "Three.", "Four.", "Gone."]);
        let after = text(&["One.", "The ferry sails at ten today.", "Two.", "Three.", "Four."]);
        let change = between(&before, &after);
        assert_eq!(
            marked(&change.document),
            ["One.", "The ferry sails at -nine.- +ten today.+", "Two.", "[1 paragraph as before]", "Four.", "-Gone.-"]
        );
        assert!(!change.trivial);
    }

    #[test]
    fn figures_and_typography_are_trivial() {
        let trivial = |before: &str, after: &str| between(&text(&[before]), &text(&[after])).trivial;
        assert!(trivial("Read 1,024 times, 3 min ago.", "Read 2,048 times, 5 min ago."));
        assert!(trivial("“Well”, she said.", "\"Well,\" she said."));
        assert!(!trivial("Three were hurt.", "Four were hurt."));
    }

    #[test]
    fn few_words_between_two_changes_are_part_of_them() {
        let change = between(
            &text(&["It rained on the cold hills and over nearly every town."]),
            &text(&["It snowed on no single hill and along some of the coast."]),
        );
        assert_eq!(
            marked(&change.document),
            [
                "It -rained- +snowed+ on -the cold hills and over nearly every town.- +no single hill and along some of the coast.+"
            ]
        );
    }

    #[test]
    fn texts_with_nothing_in_common_are_compared_in_time() {
        let long = |word: &str| (0..60_000).map(|n| format!("{word}{n} ")).collect::<String>();
        let started = Instant::now();
        let change = between(&text(&[&long("a")]), &text(&[&long("b")]));
        assert!(!change.trivial && started.elapsed() < LONGEST * 10, "{:?}", started.elapsed());
    }

    /// The words of every paragraph as it is without what `dropped` names; those left without any are gone.
    fn side(paragraphs: &[(Inlines, bool)], dropped: fn(&Inline) -> bool) -> Vec<Vec<String>> {
        let words = |(inlines, _): &(Inlines, bool)| {
            let mut text = String::new();
            let kept: Inlines = inlines.iter().filter(|inline| !dropped(inline)).cloned().collect();
            crate::model::document::inlines_text(&kept, &mut text);
            text.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
        };
        paragraphs.iter().map(words).filter(|words| !words.is_empty()).collect()
    }

    fn lines(text: &str) -> Vec<Vec<String>> {
        let words = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        text.lines().map(words).filter(|words| !words.is_empty()).collect()
    }

    proptest! {
        #[test]
        fn a_change_leads_to_both_texts(before in "([abc]{1,2}[ \n]){0,30}", after in "([abc]{1,2}[ \n]){0,30}") {
            let change = paragraphs(&before, &after);
            // Applied, it is the later text, paragraph by paragraph.
            prop_assert_eq!(side(&change, |i| matches!(i, Inline::Strike(_))), lines(&after));
            // Taken back, it is the words of the earlier one: where a paragraph ended that goes on now is not
            // shown.
            prop_assert_eq!(side(&change, |i| matches!(i, Inline::Strong(_))).concat(), lines(&before).concat());
            let marked = |inlines: &Inlines| inlines.iter().any(|i| matches!(i, Inline::Strong(_) | Inline::Strike(_)));
            prop_assert!(change.iter().all(|(inlines, changed)| *changed == marked(inlines)));
        }
    }
}
