//! An article set for a given width: rows of styled runs, computed once per width, off the screen's
//! thread, and then only drawn.

mod blocks;
mod lines;
mod notes;
mod pictures;
mod table;

use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::clean;
use crate::model::{Article, Block, Inline, TextKind};
use crate::text::{Clean, Link};
use lines::Setter;
pub use pictures::{Plate, Plates};

/// How wide to set a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Measure {
    /// Columns of a line, at least 1.
    pub columns: u16,
    /// The keys that notes in the text name.
    pub keys: Arc<KeyNames>,
    /// Whether links carry their numbers.
    pub numbers: bool,
    /// What is known of the pictures.
    pub plates: Arc<Plates>,
}

impl Measure {
    /// So many columns, and the keys that come with the program.
    #[must_use]
    pub fn of(columns: u16) -> Self {
        Self { columns, keys: Arc::default(), numbers: false, plates: Arc::default() }
    }
}

/// Keys as the live keymap has them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct KeyNames {
    /// Fetches the full text, and switches between it and the feed's.
    pub full_text: Clean,
    /// Opens the page in the browser.
    pub browser: Clean,
    /// Shows what changed.
    pub changes: Clean,
}

impl Default for KeyNames {
    fn default() -> Self {
        Self { full_text: Clean::new("x"), browser: Clean::new("o"), changes: Clean::new("D") }
    }
}

/// What a run of text is, which decides how the theme styles it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Ordinary text.
    #[default]
    Body,
    /// The headline.
    Title,
    /// The sentence under it.
    Standfirst,
    /// Source, date, notes about the text: not the story itself.
    Meta,
    /// A heading in the text.
    Heading,
    /// A quotation.
    Quote,
    /// Code.
    Code,
    /// Lines of tables, bars of quotations, rules.
    Line,
    /// Room for a row of a picture.
    Picture {
        /// Which picture, as an index into [`LaidOut::plates`].
        at: u16,
        /// Which of its rows, from 0.
        row: u16,
    },
}

/// Words of one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The words.
    pub text: Clean,
    /// What they are.
    pub tone: Tone,
    /// Strong.
    pub strong: bool,
    /// Stressed.
    pub emphasis: bool,
    /// Struck out.
    pub strike: bool,
    /// The link they are, as an index into [`LaidOut::links`].
    pub link: Option<u16>,
}

/// A place in the text that stays the same whatever the width.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The block, counted from 0 through the whole article, its head included.
    pub block: u32,
    /// The byte within the block's words.
    pub offset: u32,
}

/// One line of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Its words; none is an empty line.
    pub runs: Vec<Run>,
    /// Where its first word stands.
    pub place: Place,
}

/// An article set for a width.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LaidOut {
    /// The width it was set for.
    pub columns: u16,
    /// The lines.
    pub rows: Vec<Row>,
    /// The links, in reading order.
    pub links: Vec<Link>,
    /// What was known of the pictures.
    pub plates: Arc<Plates>,
    /// Every picture that stands alone, and the row it begins at.
    pub spots: Vec<(Link, usize)>,
}

impl LaidOut {
    /// The row that shows `place`: the last one that begins at or before it.
    #[must_use]
    pub fn row_of(&self, place: Place) -> usize {
        self.rows.partition_point(|row| row.place <= place).saturating_sub(1)
    }
}

/// So many words name a place in a text.
const NAMING: usize = 8;

impl LaidOut {
    /// The first words of row `at`, and of the rows after it as far as it takes; `None` where the rest
    /// is too little to be told apart.
    #[must_use]
    pub fn words_at(&self, at: usize) -> Option<Vec<String>> {
        let words: Vec<String> = self.rows.iter().skip(at).flat_map(Row::words).take(NAMING).collect();
        (words.len() == NAMING).then_some(words)
    }

    /// The place of the first row that holds the beginning of these words, where they follow one
    /// another. Linear in the text.
    #[must_use]
    pub fn place_of(&self, words: &[String]) -> Option<Place> {
        let all: Vec<(usize, String)> = self
            .rows
            .iter()
            .enumerate()
            .flat_map(|(at, row)| row.words().into_iter().map(move |word| (at, word)))
            .collect();
        let found = all.windows(words.len().max(1)).position(|some| some.iter().map(|(_, word)| word).eq(words))?;
        all.get(found).and_then(|(at, _)| self.rows.get(*at)).map(|row| row.place)
    }
}

impl Row {
    /// Whether a row of a picture stands on it.
    #[must_use]
    pub fn is_picture(&self) -> bool {
        self.runs.iter().any(|run| matches!(run.tone, Tone::Picture { .. }))
    }

    /// Its words, as they stand between spaces.
    fn words(&self) -> Vec<String> {
        let line: String = self.runs.iter().map(|run| run.text.as_str()).collect();
        line.split_whitespace().map(str::to_owned).collect()
    }
}

/// Sets an article, its head and its text. Linear in its length.
#[must_use]
pub fn lay_out(article: &Article, measure: &Measure, zone: &TimeZone) -> LaidOut {
    let mut setter = Setter::new(measure.columns.max(1).into(), measure.numbers);
    setter.plates = measure.plates.clone();
    head(article, &measure.keys, zone, &mut setter);
    if let Some(revised) = &article.revised {
        notes::of_change(revised, &measure.keys, zone, &mut setter);
    } else if let Some(note) = notes::of_text(article, &measure.keys, zone) {
        setter.paragraph(&note, Tone::Meta);
    }
    blocks::set(&article.document.blocks, &mut setter);
    foot(article, &mut setter);
    let (plates, spots) = (measure.plates.clone(), std::mem::take(&mut setter.spots));
    LaidOut { columns: measure.columns, rows: setter.finish(), links: article.document.links(), plates, spots }
}

/// In narrower columns the hour of publication is left out, so that the facts stay on one line.
const ROOM_FOR_THE_HOUR: usize = 60;

/// Headline, standfirst, and the line that says where the article is from.
fn head(article: &Article, keys: &KeyNames, zone: &TimeZone, setter: &mut Setter) {
    let headline = &article.headline;
    setter.paragraph(&[Inline::Text(headline.title.clone())], Tone::Title);
    if let Some(standfirst) = article.standfirst.as_ref().filter(|words| !repeats(words, article)) {
        setter.paragraph(&[Inline::Text(standfirst.clone())], Tone::Standfirst);
    }
    let mut facts = vec![headline.source.clone()];
    // Beside the facts, not before the text: it may have been inferred, and many a text begins with it.
    facts.extend(article.dateline.clone());
    facts.push(match article.published_given {
        Some(_) if setter.room() < ROOM_FOR_THE_HOUR => headline.published.format("%-d %b %Y", zone),
        Some(_) => headline.published.format("%-d %b %Y, %H:%M", zone),
        None => clean!("arrived {}", article.arrived.format("%-d %b %Y", zone)),
    });
    if headline.minutes() > 0 {
        facts.push(clean!("{}\u{a0}min\u{a0}read", headline.minutes()));
    }
    if headline.revisions > 0 {
        facts.push(clean!("changed: {}\u{a0}shows\u{a0}how", keys.changes));
    }
    let facts: Vec<&str> = facts.iter().map(Clean::as_str).collect();
    setter.paragraph(&[Inline::Text(Clean::new(&facts.join(" ·\u{a0}")))], Tone::Meta);
    if let Some(byline) = &article.byline {
        setter.tight_paragraph(&[Inline::Text(clean!("By {byline}"))], Tone::Meta);
    }
    if !headline.tags.is_empty() {
        setter.tight_paragraph(&[Inline::Text(super::tagging::said(&headline.tags))], Tone::Meta);
    }
}

/// Whether the text begins with the standfirst anyway.
fn repeats(standfirst: &Clean, article: &Article) -> bool {
    let Some(Block::Paragraph(first)) = article.document.blocks.first() else { return false };
    let mut text = String::new();
    crate::model::document::inlines_text(first, &mut text);
    let known = standfirst.as_str().trim_end_matches(['…', '.']);
    Clean::new(&text).as_str().starts_with(known)
}

/// Attachments, the address, and a word on how whole the text is.
fn foot(article: &Article, setter: &mut Setter) {
    for enclosure in &article.enclosures {
        let kind = enclosure.media_type.as_ref().map_or("file", Clean::as_str);
        setter.paragraph(&[Inline::Text(clean!("Attached {kind}: {}", enclosure.link))], Tone::Meta);
    }
    if let Some(link) = &article.headline.link {
        let whole = if article.kind == TextKind::Feed { "" } else { "Full text of " };
        setter.paragraph(&[Inline::Text(clean!("{whole}{link}"))], Tone::Meta);
    }
}

#[cfg(test)]
mod tests;
