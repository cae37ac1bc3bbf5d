//! Footnotes: the signs in the text and the notes they lead to, found by the addresses within the
//! page, numbered as they are referred to and gathered at the end.

use std::collections::{HashMap, HashSet};

use super::attributes::Attributes;
use super::builder::{Builder, End, MAX_NESTING};
use super::frames::Frame;
use crate::model::{Block, Inline, Inlines, document};

/// The most footnotes of a text; further ones stay where they stand.
const MAX_NOTES: usize = 999;

/// The most places within lines that are remembered, for notes to lead back to.
const MAX_PLACES: usize = 4 * MAX_NOTES;

/// What is known of footnotes while a text is read.
#[derive(Default)]
pub(super) struct Notes {
    /// What stood in the text: where it leads, and its words, by the number it has for now.
    signs: Vec<(String, Inlines)>,
    /// The places that signs lead to, and their notes as far as they have been found.
    found: HashMap<String, Vec<Block>>,
    /// Places within lines, where signs may stand.
    places: HashSet<String>,
}

impl Notes {
    /// A link within the page to `target`: the sign of a footnote, where its words are such a sign;
    /// else its words.
    pub(super) fn sign(&mut self, target: &str, words: Inlines) -> Inlines {
        if self.signs.len() >= MAX_NOTES || !is_sign(&words) {
            return words;
        }
        let number = u32::try_from(self.signs.len()).unwrap_or(u32::MAX);
        self.found.entry(target.to_owned()).or_default();
        self.signs.push((target.to_owned(), words));
        vec![Inline::Note(number)]
    }

    /// Remembers a place within a line, which a note may lead back to.
    pub(super) fn place(&mut self, id: &str) {
        if self.places.len() < MAX_PLACES {
            self.places.insert(id.to_owned());
        }
    }

    /// Whether `id` is where a sign leads, and its note has not been found yet.
    pub(super) fn awaits(&self, id: &str) -> bool {
        self.found.get(id).is_some_and(Vec::is_empty)
    }

    /// The note that `id` is the place of; handed back where it is none after all.
    pub(super) fn put(&mut self, id: &str, mut blocks: Vec<Block>) -> Option<Vec<Block>> {
        match self.found.get_mut(id) {
            Some(note) if note.is_empty() && !blocks.is_empty() => {
                unmark(&mut blocks);
                *note = blocks;
                None
            }
            _ => Some(blocks),
        }
    }

    /// Numbers the signs in `blocks` and gathers the notes behind them; a sign that leads to no note
    /// gets its words back.
    pub(super) fn gather(mut self, blocks: &mut Vec<Block>) {
        if self.signs.is_empty() {
            return;
        }
        let mut numbers = HashMap::new();
        let mut order = Vec::new();
        for (target, _) in &self.signs {
            if self.found.get(target).is_some_and(|note| !note.is_empty()) && !numbers.contains_key(target) {
                order.push(target.clone());
                numbers.insert(target.clone(), u32::try_from(order.len()).unwrap_or(u32::MAX));
            }
        }
        let numbered = |sign: u32| -> Inlines {
            match self.signs.get(sign as usize) {
                Some((target, words)) => match numbers.get(target) {
                    Some(number) => vec![Inline::Note(*number)],
                    None => words.clone(),
                },
                None => Vec::new(),
            }
        };
        settle(blocks, &numbered);
        let mut notes: Vec<Vec<Block>> =
            order.iter().map(|target| self.found.remove(target).unwrap_or_default()).collect();
        notes.iter_mut().for_each(|note| settle(note, &numbered));
        if !notes.is_empty() {
            blocks.push(Block::Notes(notes));
        }
    }
}

impl Builder<'_> {
    /// An element that is the place of a footnote.
    pub(super) fn note_of(&mut self, name: &str, attributes: Attributes<'_>) -> Option<End> {
        let id = attributes.first(&["id", "name"])?;
        if !self.line.notes.awaits(id) {
            return None;
        }
        match name {
            "p" | "div" | "aside" | "section" | "dd" if self.frames.len() <= MAX_NESTING => {
                self.flush();
                self.frames.push((Frame::Note(id.to_owned()), Vec::new()));
                Some(End::Frame)
            }
            "li" if matches!(self.frames.last(), Some((Frame::List { .. }, _))) => {
                self.flush();
                self.frames.push((Frame::Note(id.to_owned()), Vec::new()));
                Some(End::Frame)
            }
            "a" | "span" | "sup" => {
                self.note = Some(id.to_owned());
                // The arrow or figure in it leads back: it is not part of the note.
                self.skipping += usize::from(name != "span");
                Some(if name == "span" { End::Nothing } else { End::Place })
            }
            _ => None,
        }
    }

    pub(super) fn is_way_back(&self, attributes: Attributes<'_>) -> bool {
        let place = attributes.get("href").and_then(|address| self.within(address));
        let in_note = || self.frames.iter().any(|(frame, _)| matches!(frame, Frame::Note(_)));
        place.is_some_and(|place| {
            leads_back(place, attributes.get("class")) || (self.line.notes.places.contains(place) && in_note())
        })
    }

    /// The place within this page that `address` leads to, if it is one.
    pub(super) fn within<'h>(&self, address: &'h str) -> Option<&'h str> {
        let (page, place) = address.split_once('#')?;
        let here = page.is_empty() || self.base.is_some_and(|base| base.as_str().split('#').next() == Some(page));
        here.then_some(place)
    }

    /// A footnote has been read; where it is none after all it stays where it stands.
    pub(super) fn put_note(&mut self, place: &str, blocks: Vec<Block>) {
        if let Some(blocks) = self.line.notes.put(place, blocks) {
            blocks.into_iter().for_each(|block| self.push(block));
        }
    }
}

/// Whether a link leads back from a note to its sign, by what pages write for that.
fn leads_back(target: &str, class: Option<&str>) -> bool {
    let target = target.to_ascii_lowercase();
    ["fnref", "ftnref", "cite_ref", "footnote-ref", "noteref", "_ednref", "ref-fn", "fnr"]
        .iter()
        .any(|start| target.starts_with(start))
        || class.is_some_and(|class| class.contains("backref") || class.contains("reversefootnote"))
}

/// A figure, a letter or a mark, with or without brackets.
fn is_sign(words: &Inlines) -> bool {
    let mut text = String::new();
    document::inlines_text(words, &mut text);
    let sign = text.trim().trim_matches(['[', ']', '(', ')', '{', '}']).trim();
    let sign = sign.strip_prefix("note ").or_else(|| sign.strip_prefix("Note ")).unwrap_or(sign);
    let figures = sign.len() <= 3 && sign.bytes().all(|b| b.is_ascii_digit());
    let marks = sign.chars().count() <= 3 && sign.chars().all(|c| matches!(c, '*' | '†' | '‡' | '§' | '¶' | '⁎'));
    let letter = sign.len() == 1 && sign.bytes().all(|b| b.is_ascii_alphabetic());
    let roman = sign.len() <= 5 && sign.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
    !sign.is_empty() && (figures || marks || letter || roman)
}

/// Takes the sign that a note begins with and the arrow that it ends with: it is numbered anew, and
/// the way back is a key.
fn unmark(blocks: &mut Vec<Block>) {
    if let Some(Block::Paragraph(line)) = blocks.first_mut() {
        if let Some(Inline::Superscript(inner)) = line.first()
            && is_sign(inner)
        {
            line.remove(0);
        }
        super::line::trim_start(line);
        if let Some(Inline::Text(text)) = line.first() {
            let words = text.as_str();
            let bare = words.trim_start_matches(['^', '↑', '[', ']', '.', ' ']);
            if bare.len() < words.len() {
                line[0] = Inline::Text(crate::text::Clean::run(bare));
            }
        }
        super::line::trim_start(line);
    }
    if let Some(Block::Paragraph(line)) = blocks.last_mut() {
        super::line::trim_end(line);
        if let Some(Inline::Text(text)) = line.last() {
            let words = text.as_str().trim_end_matches(['↩', '↑', '^', '⤴', '⏎', ' ', '\u{a0}', '\u{fe0e}', '[', ']']);
            if words.len() < text.as_str().len() {
                let words = crate::text::Clean::run(words);
                line.pop();
                if !words.is_empty() {
                    line.push(Inline::Text(words));
                }
            }
        }
        super::line::trim_end(line);
    }
    blocks.retain(|block| !matches!(block, Block::Paragraph(line) if line.is_empty()));
}

/// Puts what `numbered` says in the place of every sign. Recursion is bounded by the nesting of a
/// document.
fn settle(blocks: &mut [Block], numbered: &impl Fn(u32) -> Inlines) {
    for block in blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) => settle_line(text, numbered),
            Block::Quote(inner) => settle(inner, numbered),
            Block::List { items, .. } => items.iter_mut().for_each(|item| settle(item, numbered)),
            Block::Definitions(entries) => entries.iter_mut().for_each(|(term, meaning)| {
                settle_line(term, numbered);
                settle(meaning, numbered);
            }),
            Block::Table(table) => {
                table.rows.iter_mut().flatten().for_each(|cell| settle_line(cell, numbered));
                settle_line(&mut table.caption, numbered);
            }
            Block::Figure { caption, .. } => settle_line(caption, numbered),
            Block::Notes(notes) => notes.iter_mut().for_each(|note| settle(note, numbered)),
            Block::Code { .. } | Block::Media { .. } | Block::Rule => {}
        }
    }
}

fn settle_line(line: &mut Inlines, numbered: &impl Fn(u32) -> Inlines) {
    let before = std::mem::take(line);
    for inline in before {
        match inline {
            Inline::Note(sign) => line.extend(numbered(sign)),
            Inline::Superscript(mut inner) => {
                settle_line(&mut inner, numbered);
                // It is raised anyway.
                if inner.iter().all(|one| matches!(one, Inline::Note(_))) {
                    line.extend(inner);
                } else {
                    line.push(Inline::Superscript(inner));
                }
            }
            Inline::Strong(inner) => line.push(Inline::Strong(settled(inner, numbered))),
            Inline::Emphasis(inner) => line.push(Inline::Emphasis(settled(inner, numbered))),
            Inline::Strike(inner) => line.push(Inline::Strike(settled(inner, numbered))),
            Inline::Subscript(inner) => line.push(Inline::Subscript(settled(inner, numbered))),
            Inline::Link { to, text } => line.push(Inline::Link { to, text: settled(text, numbered) }),
            Inline::Text(_) | Inline::Code(_) | Inline::Image(_) | Inline::Break => line.push(inline),
        }
    }
}

fn settled(mut inner: Inlines, numbered: &impl Fn(u32) -> Inlines) -> Inlines {
    settle_line(&mut inner, numbered);
    inner
}
