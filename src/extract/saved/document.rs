//! The story's units as a document.

use super::shape::{End, Sign, cut_sign};
use super::unit::Unit;
use crate::model::{Block, Document, Inline, Inlines};
use crate::text::Clean;

/// The widest subheading, in columns.
const SUBHEADING: usize = 100;

/// Makes a document of a story's units: paragraphs, subheadings, lists, poems. `verse` says which
/// of the units are lines of a poem. Linear.
pub(super) fn document(units: &[(&Unit, bool)]) -> Document {
    let mut blocks: Vec<Block> = Vec::new();
    let mut at = 0;
    while at < units.len() {
        let (unit, verse) = units[at];
        let taken = if unit.shape.letters == 0 && unit.shape.digits == 0 {
            blocks.push(Block::Rule);
            1
        } else if verse {
            poem(&units[at..], &mut blocks)
        } else if is_entry(unit)
            && (units.get(at + 1).is_some_and(|next| same_list(unit, next.0)) || at > 0 && opens_list(units[at - 1].0))
        {
            list(&units[at..], &mut blocks)
        } else {
            let before = at.checked_sub(1).map(|before| units[before].0);
            let line = vec![Inline::Text(unit.text.clone())];
            let heading = is_subheading(before, unit, units.get(at + 1).map(|next| next.0));
            blocks.push(if heading { Block::Heading { level: 2, text: line } } else { Block::Paragraph(line) });
            1
        };
        at += taken;
    }
    Document { blocks }
}

/// A short line without an end between two paragraphs.
fn is_subheading(before: Option<&Unit>, unit: &Unit, next: Option<&Unit>) -> bool {
    let shape = &unit.shape;
    let prose = |unit: &Unit| unit.shape.end != End::Open && unit.shape.width > shape.width;
    shape.end == End::Open
        && !shape.lower
        && shape.sign == Sign::None
        && shape.width <= SUBHEADING
        && before.is_some_and(|before| before.shape.end != End::Colon)
        && next.is_some_and(prose)
}

fn is_entry(unit: &Unit) -> bool {
    matches!(unit.shape.sign, Sign::Bullet | Sign::Number)
}

fn same_list(unit: &Unit, next: &Unit) -> bool {
    unit.shape.sign == next.shape.sign
}

fn opens_list(unit: &Unit) -> bool {
    unit.shape.end == End::Colon
}

/// Takes the entries of a list; returns how many.
fn list(units: &[(&Unit, bool)], blocks: &mut Vec<Block>) -> usize {
    let sign = units[0].0.shape.sign;
    let count = units.iter().take_while(|(unit, _)| unit.shape.sign == sign).count();
    let first = units[0].0.text.as_str();
    let start = (sign == Sign::Number)
        .then(|| first.trim_start().bytes().take_while(u8::is_ascii_digit).count())
        .and_then(|digits| first.trim_start()[..digits].parse().ok());
    let item = |(unit, _): &(&Unit, bool)| {
        vec![Block::Paragraph(vec![Inline::Text(Clean::new(cut_sign(unit.text.as_str()).1))])]
    };
    blocks.push(Block::list(start, units[..count].iter().map(item).collect()));
    count
}

/// Takes the lines of one stanza; returns how many.
fn poem(units: &[(&Unit, bool)], blocks: &mut Vec<Block>) -> usize {
    let more = units[1..].iter().take_while(|(unit, verse)| *verse && !unit.gap).count();
    let mut lines: Inlines = Vec::new();
    for (n, (unit, _)) in units[..=more].iter().enumerate() {
        if n > 0 {
            lines.push(Inline::Break);
        }
        lines.push(Inline::Text(unit.text.clone()));
    }
    blocks.push(Block::Paragraph(lines));
    more + 1
}
