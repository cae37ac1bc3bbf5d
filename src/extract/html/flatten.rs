//! Blocks made into one line, for the places that hold only a line: headings, captions, cells.

use super::line::{trim_end, trim_start};
use crate::model::{Block, Inline, Inlines};
use crate::text::Clean;

/// Sets `blocks` side by side, with breaks between them. Pictures are handed back: they stand
/// beside such a line, not in it. Recursion is bounded by [`super::MAX_NESTING`].
pub(super) fn flatten(blocks: Vec<Block>) -> (Inlines, Vec<Block>) {
    let mut line = Vec::new();
    let mut pictures = Vec::new();
    append(blocks, &mut line, &mut pictures);
    trim_start(&mut line);
    trim_end(&mut line);
    (line, pictures)
}

fn append(blocks: Vec<Block>, line: &mut Inlines, pictures: &mut Vec<Block>) {
    for block in blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) => add(text, line),
            Block::Quote(inner) => append(inner, line, pictures),
            Block::List { start, numbering, items } => {
                for (n, item) in items.into_iter().enumerate() {
                    let sign = match start {
                        Some(start) => format!("{}. ", numbering.number(start, n)),
                        None => "• ".to_owned(),
                    };
                    add(vec![Inline::Text(Clean::run(&sign))], line);
                    let (inner, more) = flatten(item);
                    line.extend(inner);
                    pictures.extend(more);
                }
            }
            Block::Definitions(entries) => {
                for (term, meaning) in entries {
                    add(term, line);
                    append(meaning, line, pictures);
                }
            }
            Block::Table(table) => {
                for row in table.rows {
                    for cell in row {
                        add(cell, line);
                    }
                }
                add(table.caption, line);
            }
            Block::Code { text, .. } => {
                for code in text.lines() {
                    add(vec![Inline::Code(Clean::run(code))], line);
                }
            }
            Block::Figure { .. } => pictures.push(block),
            Block::Media { link, title } => {
                add(vec![Inline::Link { to: link, text: vec![Inline::Text(title)] }], line);
            }
            Block::Notes(notes) => notes.into_iter().for_each(|note| append(note, line, pictures)),
            Block::Rule => {}
        }
    }
}

fn add(text: Inlines, line: &mut Inlines) {
    if text.is_empty() {
        return;
    }
    if !line.is_empty() {
        line.push(Inline::Break);
    }
    line.extend(text);
}
