//! What changed in an article: an earlier text against the one that took its place, by words and
//! paragraphs.

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::Failure;
use crate::model::{Article, ArticleId, Block, Document, Inline, Inlines, Revised};
use crate::store::Reader;
use crate::text::Clean;
use crate::text::trifles::{only_trifles, same_headline};

/// Unchanged paragraphs that are shown on either side of a changed one.
const AROUND: usize = 1;

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

/// Compares two texts. Near linear in their length, quadratic where everything differs.
#[must_use]
pub fn between(before: &Document, after: &Document) -> Between {
    let (before, after) = (before.plain_text(), after.plain_text());
    let (old, new) = (words(&before), words(&after));
    let mut paragraphs = Paragraphs::default();
    for step in capture_diff_slices(Algorithm::Patience, &old, &new) {
        let (tag, from, to) = step.as_tag_tuple();
        if tag == DiffTag::Equal {
            new[to].iter().for_each(|word| paragraphs.put(word, Fate::Kept));
            continue;
        }
        old[from].iter().for_each(|word| paragraphs.put(word, Fate::TakenOut));
        new[to].iter().for_each(|word| paragraphs.put(word, Fate::PutIn));
    }
    Between { document: paragraphs.finish(), trivial: only_trifles(&before, &after) }
}

/// The words of a text, with a mark where a paragraph ends.
fn words(text: &str) -> Vec<&str> {
    text.lines().flat_map(|line| line.split_whitespace().chain(std::iter::once(BREAK))).collect()
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

    /// The paragraphs near a change, and how many are left out between them.
    fn finish(mut self) -> Document {
        self.end();
        let near = |at: usize| {
            let last = (at + AROUND).min(self.done.len().saturating_sub(1));
            self.done[at.saturating_sub(AROUND)..=last].iter().any(|(_, changed)| *changed)
        };
        let shown: Vec<bool> = (0..self.done.len()).map(near).collect();
        let (mut blocks, mut left_out) = (Vec::new(), 0);
        for ((inlines, _), shown) in self.done.into_iter().zip(shown) {
            if shown {
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

    fn side(document: &Document, dropped: fn(&Inline) -> bool) -> Vec<String> {
        let mut text = String::new();
        for block in &document.blocks {
            if let Block::Paragraph(inlines) = block {
                let kept: Inlines = inlines.iter().filter(|inline| !dropped(inline)).cloned().collect();
                crate::model::document::inlines_text(&kept, &mut text);
                text.push('\n');
            }
        }
        text.split_whitespace().map(str::to_owned).collect()
    }

    proptest! {
        #[test]
        fn a_change_leads_to_both_texts(before in "([abc] ){0,12}", after in "([abc] ){0,12}") {
            // One paragraph each: nothing is left out.
            let change = between(&text(&[&before]), &text(&[&after]));
            prop_assume!(before.split_whitespace().ne(after.split_whitespace()));
            let all = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            prop_assert_eq!(side(&change.document, |i| matches!(i, Inline::Strong(_))), all(&before));
            prop_assert_eq!(side(&change.document, |i| matches!(i, Inline::Strike(_))), all(&after));
        }
    }
}
