//! An article's text as a tree of blocks and runs: what the article pane lays out, what search and
//! related news read, what exports write. Never HTML: that is left at the door.

use serde::{Deserialize, Serialize};

use super::numbering::Numbering;
use super::plain::{self, Scripts};
use super::table::Table;
use crate::text::{Clean, CleanText, Link};

pub use super::plain::{inlines_readable, inlines_text, leads, lowered_letters, raised_letters};

/// A text: its blocks in reading order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The blocks.
    pub blocks: Vec<Block>,
}

/// Runs of a line of text, set side by side.
pub type Inlines = Vec<Inline>;

/// One block of a [`Document`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A heading within the article; `level` 1 to 6.
    Heading {
        /// 1 (largest) to 6.
        level: u8,
        /// Its words.
        text: Inlines,
    },
    /// A paragraph.
    Paragraph(Inlines),
    /// A quotation.
    Quote(Vec<Block>),
    /// A list.
    List {
        /// The first number of an ordered list; `None` for bullets.
        start: Option<u64>,
        /// How an ordered list goes on from there.
        #[serde(default, skip_serializing_if = "Numbering::is_usual")]
        numbering: Numbering,
        /// Its items.
        items: Vec<ListItem>,
    },
    /// Terms and what they mean.
    Definitions(Vec<(Inlines, Vec<Block>)>),
    /// A table.
    Table(Table),
    /// Preformatted text.
    Code {
        /// The language, where the page names it.
        language: Option<Clean>,
        /// The lines.
        text: CleanText,
    },
    /// A picture standing alone.
    Figure {
        /// The picture.
        image: Image,
        /// What is written under it.
        caption: Inlines,
    },
    /// Audio, video or an embedded page: a line that opens.
    Media {
        /// Where it is.
        link: Link,
        /// What it is called.
        title: Clean,
    },
    /// A break between parts.
    Rule,
    /// The footnotes, in the order of the numbers that [`Inline::Note`] has for them, from 1 on.
    Notes(Vec<Vec<Block>>),
}

/// One item of a list: its blocks.
pub type ListItem = Vec<Block>;

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// Where it is; `None` where the address could not be used.
    pub link: Option<Link>,
    /// What it shows, in words.
    pub alt: Clean,
}

/// One run of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Inline {
    /// Plain words (an edge space may stand at either end: `Clean::run`).
    Text(Clean),
    /// Strong.
    Strong(Inlines),
    /// Emphasised.
    Emphasis(Inlines),
    /// Struck out.
    Strike(Inlines),
    /// Raised.
    Superscript(Inlines),
    /// Lowered.
    Subscript(Inlines),
    /// Code within a line.
    Code(Clean),
    /// A link.
    Link {
        /// Where it goes.
        to: Link,
        /// Its words.
        text: Inlines,
    },
    /// A picture within a line.
    Image(Image),
    /// The sign of a footnote: its number, from 1 on, among those of [`Block::Notes`].
    Note(u32),
    /// A line break.
    Break,
}

impl Block {
    /// A list with bullets, or one counted up from `start`.
    #[must_use]
    pub fn list(start: Option<u64>, items: Vec<ListItem>) -> Self {
        Self::List { start, numbering: Numbering::default(), items }
    }
}

impl Document {
    /// A document of plain paragraphs.
    pub fn from_paragraphs<'a>(paragraphs: impl IntoIterator<Item = &'a str>) -> Self {
        let blocks = paragraphs
            .into_iter()
            .map(Clean::new)
            .filter(|text| !text.is_empty())
            .map(|text| Block::Paragraph(vec![Inline::Text(text)]))
            .collect();
        Self { blocks }
    }

    /// Whether there is nothing to read in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// The words alone, a block to a line (a list item, table row or code line each to its own).
    /// Linear in the size of the document.
    #[must_use]
    pub fn plain_text(&self) -> String {
        plain::text(&self.blocks, Scripts::Bare)
    }

    /// The same for a person to read: what is raised or lowered stays so, in Unicode's letters or behind a
    /// sign, since 10⁶ and H₂O say something else than 106 and H2O. Linear in the size of the document.
    #[must_use]
    pub fn readable_text(&self) -> String {
        plain::text(&self.blocks, Scripts::Told)
    }

    /// Words in it, by white space (and by character in scripts written without spaces, two to a
    /// word).
    #[must_use]
    pub fn words(&self) -> u32 {
        words_of(&self.plain_text())
    }

    /// Whether the text breaks off and goes on elsewhere: it ends in dots, or in a paragraph that is
    /// nothing but a link to `whole`, where the whole article stands. Costs the last block.
    #[must_use]
    pub fn breaks_off(&self, whole: Option<&Link>) -> bool {
        let Some(Block::Paragraph(last)) = self.blocks.iter().rev().find(|block| !matches!(block, Block::Rule)) else {
            return false;
        };
        let mut text = String::new();
        inlines_text(last, &mut text);
        let end = text.trim_end().trim_end_matches([']', ')', '»', '”', '"']).trim_end();
        if end.ends_with('…') || end.ends_with("...") {
            return true;
        }
        let mut links = Vec::new();
        inlines_links(last, &mut |link, _| links.push(link.clone()));
        // Words before the link make it part of a sentence; "read more" behind a full stop does not.
        match (last.last(), links.last(), whole) {
            (Some(Inline::Link { text: words, .. }), Some(link), Some(whole)) => {
                let mut linked = String::new();
                inlines_text(words, &mut linked);
                let before = text.trim_end().strip_suffix(linked.trim()).unwrap_or("").trim_end();
                let apart = before.is_empty() || before.ends_with(['.', '!', '?', '…', '。', '”', '»']);
                apart && link.without_tracking() == whole.without_tracking()
            }
            _ => false,
        }
    }

    /// Where its pictures are, in reading order.
    #[must_use]
    pub fn pictures(&self) -> Vec<Link> {
        let mut pictures = Vec::new();
        blocks_pictures(&self.blocks, &mut pictures);
        pictures
    }

    /// Every link in reading order, as they are numbered on the screen.
    #[must_use]
    pub fn links(&self) -> Vec<Link> {
        let mut links = Vec::new();
        blocks_links(&self.blocks, &mut |link, _| links.push(link.clone()));
        links
    }

    /// The same with the words of each: what a picture shows where it is one; none where there is nothing
    /// to read. Linear in the text.
    #[must_use]
    pub fn link_words(&self) -> Vec<(Clean, Link)> {
        let mut links = Vec::new();
        blocks_links(&self.blocks, &mut |link, called| {
            let words = match called {
                Called::Title(title) => title.clone(),
                Called::Words(inner) => {
                    let mut words = String::new();
                    inlines_text(inner, &mut words);
                    let picture = inner.iter().find_map(|inline| match inline {
                        Inline::Image(image) if !image.alt.is_empty() => Some(format!("[{}]", image.alt)),
                        _ => None,
                    });
                    if words.trim().is_empty() { Clean::new(&picture.unwrap_or_default()) } else { Clean::new(&words) }
                }
            };
            links.push((words, link.clone()));
        });
        links
    }
}

/// [`Document::words`] of a text that is at hand. Linear in its length.
#[must_use]
pub fn words_of(text: &str) -> u32 {
    // Of ASCII, nearly all of most texts, a word is what begins after white space.
    if text.is_ascii() {
        let (mut words, mut after_space) = (0_usize, true);
        for byte in text.bytes() {
            let space = matches!(byte, b'\t'..=b'\r' | b' ');
            words += usize::from(after_space & !space);
            after_space = space;
        }
        return u32::try_from(words).unwrap_or(u32::MAX);
    }
    let spaced = text.split_whitespace().count();
    let dense = text
        .chars()
        .filter(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{e00}'..='\u{e7f}'))
        .count();
    u32::try_from(spaced + dense / 2).unwrap_or(u32::MAX)
}

/// What a link is called.
enum Called<'d> {
    /// The words that it is.
    Words(&'d [Inline]),
    /// The title of a recording.
    Title(&'d Clean),
}

/// Shows `see` the links in reading order.
fn blocks_links<'d>(blocks: &'d [Block], see: &mut dyn FnMut(&'d Link, Called<'d>)) {
    for block in blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) => inlines_links(text, see),
            Block::Quote(blocks) => blocks_links(blocks, see),
            Block::List { items, .. } | Block::Notes(items) => items.iter().for_each(|item| blocks_links(item, see)),
            Block::Definitions(items) => {
                for (term, meaning) in items {
                    inlines_links(term, see);
                    blocks_links(meaning, see);
                }
            }
            Block::Table(table) => {
                inlines_links(&table.caption, see);
                table.rows.iter().flatten().for_each(|cell| inlines_links(cell, see));
            }
            Block::Figure { caption, .. } => inlines_links(caption, see),
            Block::Media { link, title } => see(link, Called::Title(title)),
            Block::Code { .. } | Block::Rule => {}
        }
    }
}

fn blocks_pictures(blocks: &[Block], pictures: &mut Vec<Link>) {
    for block in blocks {
        match block {
            Block::Figure { image, caption } => {
                pictures.extend(image.link.clone());
                inlines_pictures(caption, pictures);
            }
            Block::Heading { text, .. } | Block::Paragraph(text) => inlines_pictures(text, pictures),
            Block::Quote(blocks) => blocks_pictures(blocks, pictures),
            Block::List { items, .. } | Block::Notes(items) => {
                items.iter().for_each(|item| blocks_pictures(item, pictures));
            }
            Block::Definitions(items) => items.iter().for_each(|(term, meaning)| {
                inlines_pictures(term, pictures);
                blocks_pictures(meaning, pictures);
            }),
            Block::Table(table) => table.rows.iter().flatten().for_each(|cell| inlines_pictures(cell, pictures)),
            Block::Code { .. } | Block::Media { .. } | Block::Rule => {}
        }
    }
}

fn inlines_pictures(inlines: &[Inline], pictures: &mut Vec<Link>) {
    for inline in inlines {
        match inline {
            Inline::Image(image) => pictures.extend(image.link.clone()),
            Inline::Link { text: inner, .. }
            | Inline::Strong(inner)
            | Inline::Emphasis(inner)
            | Inline::Strike(inner)
            | Inline::Superscript(inner)
            | Inline::Subscript(inner) => inlines_pictures(inner, pictures),
            Inline::Text(_) | Inline::Code(_) | Inline::Note(_) | Inline::Break => {}
        }
    }
}

fn inlines_links<'d>(inlines: &'d [Inline], see: &mut dyn FnMut(&'d Link, Called<'d>)) {
    for inline in inlines {
        match inline {
            Inline::Link { to, text } => {
                see(to, Called::Words(text));
                inlines_links(text, see);
            }
            Inline::Strong(inner)
            | Inline::Emphasis(inner)
            | Inline::Strike(inner)
            | Inline::Superscript(inner)
            | Inline::Subscript(inner) => inlines_links(inner, see),
            Inline::Text(_) | Inline::Code(_) | Inline::Image(_) | Inline::Note(_) | Inline::Break => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_white_space_parts() {
        for text in [
            "",
            " ",
            "one",
            " one  two\tthree\n",
            "a\u{b}b\u{c}c\r\nd",
            "it's 3.5% — non\u{a0}breaking",
            "\u{1c}\u{1f}x",
        ] {
            assert_eq!(words_of(text) as usize, text.split_whitespace().count(), "{text:?}");
        }
        assert_eq!(words_of("東京の選挙"), 1 + 2);
    }

    #[test]
    fn a_text_that_breaks_off_is_told() {
        let whole = Link::parse("https://a.example/story?utm_source=feed").unwrap();
        let breaks_off = |text: &str| Document::from_paragraphs([text]).breaks_off(Some(&whole));
        for text in ["The ferry was late and…", "The ferry was late and ...", "The ferry was late [...]", "It was […]"]
        {
            assert!(breaks_off(text), "{text}");
        }
        for text in ["The ferry was late.", "“Well …” she said.", ""] {
            assert!(!breaks_off(text), "{text}");
        }
        let ends_in = |before: &str, to: &str| {
            let link = Inline::Link { to: Link::parse(to).unwrap(), text: vec![Inline::Text("Read more".into())] };
            let before = (!before.is_empty()).then(|| Inline::Text(Clean::run(before)));
            Document { blocks: vec![Block::Paragraph(before.into_iter().chain([link]).collect())] }
        };
        assert!(ends_in("", "https://a.example/story").breaks_off(Some(&whole)));
        assert!(ends_in("It was late. ", "https://a.example/story").breaks_off(Some(&whole)));
        assert!(!ends_in("It was late, says ", "https://a.example/story").breaks_off(Some(&whole)));
        assert!(!ends_in("", "https://b.example/").breaks_off(Some(&whole)));
        assert!(!ends_in("", "https://a.example/story").breaks_off(None));
    }

    #[test]
    fn a_document_survives_being_stored() {
        let document = Document {
            blocks: vec![
                Block::Paragraph(vec![
                    Inline::Text(Clean::run("Read ")),
                    Inline::Link {
                        to: Link::parse("https://a.example/").unwrap(),
                        text: vec![Inline::Text("this".into())],
                    },
                ]),
                Block::Code { language: None, text: CleanText::new("  a\n  b") },
            ],
        };
        let json = serde_json::to_string(&document).unwrap();
        assert_eq!(serde_json::from_str::<Document>(&json).unwrap(), document);
        assert_eq!(document.plain_text(), "Read this\n  a\n  b");
        assert_eq!(document.links().len(), 1);
        assert_eq!(document.words(), 4);
    }
}
