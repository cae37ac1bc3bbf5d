//! The blocks that hold others while they are in the making, and what becomes of each at its end.

use super::builder::Builder;
use super::flatten::flatten;
use super::table::Rows;
use crate::model::{Block, Document, Inlines, ListItem, Numbering};

/// A form with fewer characters than this is there to be filled in; one with more is wrapped around
/// a whole page.
const FORM: usize = 600;

/// A block in the making that holds other blocks.
pub(super) enum Frame {
    Root,
    Quote,
    List {
        /// The first number, where the list gives one.
        start: Option<u64>,
        /// How it is numbered; `None` for bullets.
        numbering: Option<Numbering>,
        items: Vec<ListItem>,
    },
    Item,
    Definitions(Vec<(Inlines, Vec<Block>)>),
    Term,
    Meaning,
    Table(Box<Rows>),
    Cell {
        head: bool,
        columns: u64,
        rows: u64,
    },
    Figure {
        caption: Inlines,
    },
    Caption,
    Heading(u8),
    Form,
    /// A footnote, by its place.
    Note(String),
}

impl Builder<'_> {
    /// Finishes the top frame and hands what it holds to the one below.
    pub(super) fn end_frame(&mut self) {
        self.flush();
        if self.frames.len() < 2 {
            return;
        }
        let Some((frame, blocks)) = self.frames.pop() else { return };
        match frame {
            Frame::Root => {}
            Frame::Quote if blocks.is_empty() => {}
            Frame::Quote => self.push(Block::Quote(blocks)),
            Frame::List { items, .. } if items.is_empty() => {}
            Frame::List { start, numbering, items } => {
                let first = |numbering: Numbering| if numbering.down { items.len() as u64 } else { 1 };
                let start = numbering.map(|numbering| start.unwrap_or_else(|| first(numbering)));
                self.push(Block::List { start, numbering: numbering.unwrap_or_default(), items });
            }
            Frame::Item => {
                if let (Some((Frame::List { items, .. }, _)), false) = (self.frames.last_mut(), blocks.is_empty()) {
                    items.push(blocks);
                }
            }
            Frame::Definitions(entries) if entries.is_empty() => {}
            Frame::Definitions(entries) => self.push(Block::Definitions(entries)),
            Frame::Term => {
                if let Some((Frame::Definitions(entries), _)) = self.frames.last_mut() {
                    entries.push((flatten(blocks).0, Vec::new()));
                }
            }
            Frame::Meaning => blocks.into_iter().for_each(|block| self.push(block)),
            Frame::Table(rows) => blocks.into_iter().chain(rows.finish()).for_each(|block| self.push(block)),
            Frame::Cell { head, columns, rows } => {
                if let Some((Frame::Table(table), _)) = self.frames.last_mut() {
                    table.cell(blocks, head, columns, rows);
                }
            }
            Frame::Figure { caption } => self.figure(blocks, caption),
            Frame::Caption => self.caption(blocks),
            Frame::Heading(level) => {
                let (text, pictures) = flatten(blocks);
                if !text.is_empty() {
                    self.push(Block::Heading { level, text });
                }
                pictures.into_iter().for_each(|picture| self.push(picture));
            }
            Frame::Note(place) => self.put_note(&place, blocks),
            Frame::Form => {
                let document = Document { blocks };
                if document.plain_text().chars().count() > FORM {
                    document.blocks.into_iter().for_each(|block| self.push(block));
                }
            }
        }
    }

    fn caption(&mut self, blocks: Vec<Block>) {
        let (line, pictures) = flatten(blocks);
        let place = self.frames.iter_mut().rev().find_map(|(frame, _)| match frame {
            Frame::Figure { caption } => Some(Ok(caption)),
            Frame::Table(rows) => Some(Err(rows)),
            _ => None,
        });
        match place {
            Some(Ok(caption)) if caption.is_empty() => *caption = line,
            Some(Err(rows)) => rows.caption(line),
            _ if line.is_empty() => {}
            _ => self.push(Block::Paragraph(line)),
        }
        pictures.into_iter().for_each(|picture| self.push(picture));
    }

    /// A figure's caption belongs to its last picture; a figure of something else has its caption
    /// as a paragraph behind it.
    fn figure(&mut self, mut blocks: Vec<Block>, mut caption: Inlines) {
        for block in blocks.iter_mut().rev() {
            match block {
                Block::Figure { caption: own, .. } if own.is_empty() => {
                    *own = std::mem::take(&mut caption);
                    break;
                }
                Block::Table(table) if table.caption.is_empty() => {
                    table.caption = std::mem::take(&mut caption);
                    break;
                }
                _ => {}
            }
        }
        blocks.into_iter().for_each(|block| self.push(block));
        if !caption.is_empty() {
            self.push(Block::Paragraph(caption));
        }
    }
}
