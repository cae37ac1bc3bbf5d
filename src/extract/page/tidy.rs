//! The ends of an extracted document: what its head repeats, and the last lines of a page that are
//! not of the story.

use super::title::key;
use crate::extract::saved::shape::{End, Shape};
use crate::model::{Block, Document, document};

/// Blocks at the head in which the headline may be repeated.
const HEAD: usize = 4;

/// Takes the headline off the head of `document`, and debris off its end.
pub(super) fn tidy(document: &mut Document, title: &str, byline: Option<&str>) {
    let title = key(title);
    let byline = byline.map(key).filter(|name| !name.is_empty());
    let repeats = |block: &Block| {
        let said = key(&words(block));
        let named = byline.as_ref().is_some_and(|name| said.contains(name.as_str()) && said.len() < name.len() + 12);
        match block {
            Block::Heading { .. } => {
                !said.is_empty() && (said == title || (title.contains(&said) && said.len() * 2 > title.len()))
            }
            Block::Paragraph(_) => said == title || named,
            _ => false,
        }
    };
    let mut at = 0;
    while at < document.blocks.len().min(HEAD) {
        if repeats(&document.blocks[at]) {
            document.blocks.remove(at);
        } else {
            at += 1;
        }
    }
    while document.blocks.last().is_some_and(is_tail) && document.blocks.len() > 1 {
        document.blocks.pop();
    }
}

/// Whether a block at the very end is no part of a story: a heading, a rule, a few words without an
/// end.
fn is_tail(block: &Block) -> bool {
    match block {
        Block::Heading { .. } | Block::Rule => true,
        Block::Paragraph(_) => {
            let shape = Shape::of(&words(block));
            shape.letters == 0 || (matches!(shape.end, End::Open | End::Colon) && shape.words <= 4 && shape.width < 40)
        }
        _ => false,
    }
}

/// Whether the story breaks off: its last paragraph ends in an ellipsis or in the middle.
pub(super) fn cut_short(document: &Document) -> bool {
    let last = document.blocks.iter().rev().find(|block| matches!(block, Block::Paragraph(_)));
    last.is_some_and(|block| {
        let text = words(block);
        text.ends_with('…') || text.ends_with("...") || Shape::of(&text).end == End::Open
    })
}

fn words(block: &Block) -> String {
    let mut out = String::new();
    if let Block::Heading { text, .. } | Block::Paragraph(text) = block {
        document::inlines_text(text, &mut out);
    }
    out
}
