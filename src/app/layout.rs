//! An article set for a given width: rows of styled runs, computed once per width, off the screen's
//! thread, and then only drawn.

mod aside;
mod blocks;
mod broad;
mod code;
mod lines;
mod notes;
mod order;
mod pictures;
mod places;
mod table;
mod told;

use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::clean;
use crate::model::{Article, Block, Inline, TextKind};
use crate::text::code::Token;
use crate::text::{Clean, Link};
pub use aside::{Aside, Strip};
pub(super) use blocks::called;
use lines::Setter;
pub use order::{Order, Piece, drawn, drawn_columns, drawn_sentence};
pub use pictures::{Plate, Plates};
pub use places::Words;

/// How wide to set a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Measure {
    /// Columns of a line, at least 1.
    pub columns: u16,
    /// Columns that a table or code may take that is wider than a line: those of the pane.
    pub broad: u16,
    /// The keys that notes in the text name.
    pub keys: Arc<KeyNames>,
    /// Whether links carry their numbers.
    pub numbers: bool,
    /// What is known of the pictures.
    pub plates: Arc<Plates>,
    /// How the edge of the text is set.
    pub edge: Edge,
    /// Whether code is looked at for what its parts are, which takes a while the first time.
    pub colours: bool,
    /// Whether nothing stands beside anything else: for screen readers.
    pub linear: bool,
    /// Whether what was taken out and put in stands between signs: where there are no colours, and maybe
    /// no way to strike words out.
    pub signs: bool,
}

/// How the right edge of a text is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Edge {
    /// Words may be parted at the end of a line, as the article's language has it.
    pub hyphens: bool,
    /// Lines are spread to the right edge where that takes little space.
    pub justified: bool,
}

impl Measure {
    /// So many columns, and the keys that come with the program.
    #[must_use]
    pub fn of(columns: u16) -> Self {
        Self {
            columns,
            broad: columns,
            keys: Arc::default(),
            numbers: false,
            plates: Arc::default(),
            edge: Edge::default(),
            colours: true,
            linear: false,
            signs: false,
        }
    }
}

/// Keys as the live keymap has them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct KeyNames {
    /// Fetches the full text, and switches between it and the feed's.
    pub full_text: Clean,
    /// Fetches the full text again.
    pub fetch_again: Clean,
    /// Opens the page in the browser.
    pub browser: Clean,
    /// Shows what changed.
    pub changes: Clean,
}

impl Default for KeyNames {
    fn default() -> Self {
        Self {
            full_text: Clean::new("x"),
            fetch_again: Clean::new("X"),
            browser: Clean::new("o"),
            changes: Clean::new("D"),
        }
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
    /// Code within a line of text.
    Verbatim,
    /// A part of code that is something.
    Token(Token),
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
    /// The step to a footnote, or back from it, that they are.
    pub step: Option<Step>,
}

/// From the sign of a footnote to the note, or back; with its number, from 1 on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// To the note.
    Note(u32),
    /// Back to where it is referred to.
    Back(u32),
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
    /// So many of the runs stand before every line of the block (indents, bars, bullets) and are no
    /// words of it.
    pub lead: u8,
    /// In which direction it is read.
    pub order: Order,
    /// Columns that are spread between its words, so that it fills the line.
    pub stretch: u16,
    /// How its last word goes on in the next row of the block.
    pub seam: Seam,
    /// It is of a table or of code that is wider than the text and goes sideways.
    pub strip: Option<Arc<Strip>>,
    /// Columns that it is set in where it stands out of the text, into the pane: as a table or code does
    /// that is wider than the text; else 0.
    pub broad: u16,
}

/// What parts the end of a row from the next row of the block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Seam {
    /// A space, or nothing follows.
    #[default]
    Space,
    /// It ends within a word: a hyphen is drawn behind it that the text does not have.
    Hyphen,
    /// Nothing: it ends within an address, behind a hyphen of the text, between two signs of Chinese.
    Close,
}

/// An article set for a width.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LaidOut {
    /// The width it was set for.
    pub columns: u16,
    /// The width that tables and code might take.
    pub broad: u16,
    /// The lines.
    pub rows: Vec<Row>,
    /// The links, in reading order.
    pub links: Vec<Link>,
    /// What was known of the pictures.
    pub plates: Arc<Plates>,
    /// Every picture that stands alone, and the row it begins at.
    pub spots: Vec<(Link, usize)>,
    /// Of every footnote where it is first referred to, and where it stands.
    pub notes: Vec<(Place, Place)>,
    /// Columns of the widest of the rows that go sideways.
    pub widest: u16,
    /// There is code in it that has not been looked at for what its parts are.
    pub uncoloured: bool,
    /// The words of the article's text, which reading time is counted by.
    pub words: u32,
}

/// Sets an article, its head and its text. Linear in its length.
#[must_use]
pub fn lay_out(article: &Article, measure: &Measure, zone: &TimeZone) -> LaidOut {
    let mut setter = Setter::new(measure, article.headline.lang.as_ref());
    head(article, &measure.keys, zone, &mut setter);
    if let Some(revised) = &article.revised {
        setter.change = true;
        notes::of_change(revised, &measure.keys, zone, &mut setter);
    } else if let Some(note) = notes::of_text(article, &measure.keys, zone) {
        setter.paragraph(&note, Tone::Meta);
    }
    blocks::set(&article.document.blocks, &mut setter);
    setter.change = false;
    foot(article, &mut setter);
    let mut laid_out = setter.finish();
    laid_out.links = article.document.links();
    laid_out.links.extend(article.enclosures.iter().map(|enclosure| enclosure.link.clone()));
    laid_out.words = article.headline.words;
    laid_out
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
    // Not over a change itself, which says more.
    if headline.revisions > 0 && article.revised.is_none() {
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
    if let Some(note) = &article.note {
        for (n, line) in note.lines().filter(|line| !line.trim().is_empty()).enumerate() {
            let words = Inline::Text(if n == 0 { clean!("Note: {line}") } else { Clean::new(line) });
            if n == 0 { setter.paragraph(&[words], Tone::Meta) } else { setter.tight_paragraph(&[words], Tone::Meta) }
        }
    }
}

/// Whether the text begins with the standfirst anyway.
fn repeats(standfirst: &Clean, article: &Article) -> bool {
    let Some(Block::Paragraph(first)) = article.document.blocks.first() else { return false };
    let mut text = String::new();
    crate::model::document::inlines_readable(first, &mut text);
    let known = standfirst.as_str().trim_end_matches(['…', '.']);
    Clean::new(&text).as_str().starts_with(known)
}

/// Attachments, the address, and a word on how whole the text is.
fn foot(article: &Article, setter: &mut Setter) {
    for enclosure in &article.enclosures {
        blocks::attached(enclosure, setter);
    }
    if let Some(link) = &article.headline.link {
        let whole = if article.kind == TextKind::Feed { "" } else { "Full text of " };
        setter.paragraph(&[Inline::Text(clean!("{whole}{link}"))], Tone::Meta);
    }
}

#[cfg(test)]
mod tests;
