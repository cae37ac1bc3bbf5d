//! Setting the blocks of a document.

use super::lines::Setter;
use super::{Run, Tone};
use super::{pictures, table};
use crate::model::{Block, Inline, ListItem};
use crate::text::Clean;
use crate::text::width::width;

/// How deep quotations and lists are indented; what is nested deeper stays at that indent, so that
/// there is room left to read it.
const DEEPEST: usize = 6;

/// Sets `blocks` one after the other.
pub(super) fn set(blocks: &[Block], setter: &mut Setter) {
    nested(blocks, Tone::Body, 0, setter);
}

fn nested(blocks: &[Block], tone: Tone, depth: usize, setter: &mut Setter) {
    for block in blocks {
        match block {
            Block::Paragraph(text) => setter.paragraph(text, tone),
            Block::Heading { text, .. } => setter.paragraph(text, Tone::Heading),
            Block::Quote(inner) => quote(inner, depth, setter),
            Block::List { start, items } => list(*start, items, tone, depth, setter),
            Block::Definitions(items) => definitions(items, tone, depth, setter),
            Block::Table(table) => table::set(table, setter),
            Block::Code { text, .. } => code(text.as_str(), setter),
            Block::Figure { image, caption } => pictures::figure(image, caption, setter),
            Block::Media { title, .. } => {
                let link = Some(setter.next_link());
                setter.space();
                setter.line(vec![
                    Run { text: Clean::verbatim("▶ "), ..Run::plain(Tone::Meta) },
                    Run { text: title.clone(), link, ..Run::plain(Tone::Body) },
                ]);
            }
            Block::Rule => {
                setter.space();
                let line = "─".repeat(setter.room().min(12));
                setter.line(vec![Run { text: Clean::new(&line), ..Run::plain(Tone::Line) }]);
            }
        }
    }
}

fn quote(inner: &[Block], depth: usize, setter: &mut Setter) {
    setter.space();
    setter.keep_tight();
    if depth < DEEPEST {
        setter.indented(None, Clean::verbatim("│ "), Tone::Line, |setter| {
            nested(inner, Tone::Quote, depth + 1, setter);
        });
    } else {
        nested(inner, Tone::Quote, depth + 1, setter);
    }
}

fn list(start: Option<u64>, items: &[ListItem], tone: Tone, depth: usize, setter: &mut Setter) {
    if depth > 0 {
        setter.keep_tight();
    }
    setter.space();
    let last = start.map(|first| first.saturating_add(items.len() as u64).saturating_sub(1));
    let number_width = last.map_or(0, |last| last.to_string().len());
    for (n, item) in items.iter().enumerate() {
        let mark = match start {
            Some(first) => Clean::verbatim(&format!("{:>number_width$}. ", first.saturating_add(n as u64))),
            None => Clean::verbatim("• "),
        };
        let rest = Clean::verbatim(&" ".repeat(width(mark.as_str())));
        setter.keep_tight();
        if depth < DEEPEST {
            setter.indented(Some(mark), rest, Tone::Meta, |setter| nested(item, tone, depth + 1, setter));
        } else {
            nested(item, tone, depth + 1, setter);
        }
    }
}

fn definitions(items: &[(Vec<Inline>, Vec<Block>)], tone: Tone, depth: usize, setter: &mut Setter) {
    for (term, meaning) in items {
        setter.space();
        setter.tight_paragraph(&[Inline::Strong(term.clone())], tone);
        setter.keep_tight();
        setter.indented(None, Clean::verbatim("  "), Tone::Body, |setter| nested(meaning, tone, depth + 1, setter));
    }
}

fn code(text: &str, setter: &mut Setter) {
    setter.space();
    setter.indented(None, Clean::verbatim("  "), Tone::Code, |setter| {
        for line in text.trim_end_matches('\n').lines() {
            setter.verbatim(line, Tone::Code);
        }
    });
}
