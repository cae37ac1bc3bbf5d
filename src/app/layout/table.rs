//! Setting a table into a width: columns as wide as their widest cell where that fits; else narrowed,
//! the widest first, as far as their longest words allow, with the cells wrapped; else so in the width
//! of the pane; else as narrow as that and wider than the text, to go sideways.

use super::lines::{Setter, Styled};
use super::{Order, Row, Run, Tone};
use crate::model::document::leads;
use crate::model::{Inline, Table, document};
use crate::text::Clean;
use crate::text::columns::{Column, GAP, fit, total};
use crate::text::width::width;
use crate::text::wrap::wrap;

/// Sets `table`, its head above a rule, its caption below.
pub(super) fn set(table: &Table, setter: &mut Setter) {
    let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0);
    setter.space();
    if columns > 0 && setter.linear {
        read_out(table, setter);
    } else if columns > 0 {
        grid(table, columns, setter);
    }
    if !table.caption.is_empty() {
        setter.tight_paragraph(&table.caption, Tone::Meta);
    }
}

fn grid(table: &Table, columns: usize, setter: &mut Setter) {
    let mut cells: Vec<Vec<Styled>> = Vec::with_capacity(table.rows.len());
    for (n, row) in table.rows.iter().enumerate() {
        let strong = table.head && n == 0;
        let row = row.iter().map(|cell| {
            let mut styled = Styled::default();
            setter.style(cell, &Run { strong, ..Run::plain(Tone::Body) }, &mut styled);
            styled
        });
        cells.push(row.collect());
    }
    let columns: Vec<Column> = (0..columns)
        .map(|n| Column::of(cells.iter().map(|row| row.get(n).map(|cell| cell.text.as_str())), table.head))
        .collect();
    // Within the text where it can be, else as wide as the pane lets it be, else sideways.
    let within = fit(&columns, setter.room());
    let beyond = fit(&columns, setter.broad_room());
    let stands_out = total(&within) > setter.room() && total(&beyond) <= setter.broad_room();
    let widths = if stands_out { beyond } else { within };
    let order = order(&cells, stands_out || total(&widths) <= setter.room());
    let mut offset = 0;
    for (n, row) in cells.iter().enumerate() {
        set_row(row, &widths, &columns, order, &mut offset, setter);
        if table.head && n == 0 {
            let line = "─".repeat(total(&widths));
            let row = Row { order, ..Row::default() };
            setter.part(vec![Run { text: Clean::new(&line), ..Run::plain(Tone::Line) }], offset, row);
        }
    }
    setter.end_block();
}

/// The order of a table: its columns stand from the right where its first words do; but not where it
/// goes sideways, which begins at the left.
fn order(cells: &[Vec<Styled>], fits: bool) -> Order {
    let mut orders = cells.iter().flatten().map(|cell| Order::of(&cell.text));
    let first = cells.iter().flatten().find(|cell| cell.text.chars().any(char::is_alphabetic));
    match first.map(|cell| Order::of(&cell.text)) {
        Some(Order::RightToLeft) if fits => Order::RightToLeft,
        _ if orders.any(|order| order != Order::Plain) => Order::Mixed,
        _ => Order::Plain,
    }
}

fn set_row(
    row: &[Styled],
    widths: &[usize],
    columns: &[Column],
    order: Order,
    offset: &mut usize,
    setter: &mut Setter,
) {
    let wrapped: Vec<_> = row.iter().zip(widths).map(|(cell, columns)| wrap(&cell.text, *columns)).collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(1);
    let gap = |columns: usize| Run { text: Clean::verbatim(&" ".repeat(columns)), ..Run::plain(Tone::Line) };
    for line in 0..height {
        let mut runs = Vec::new();
        // What is left to the next cell: padding shows nothing and parts the cells.
        let mut blank = 0;
        for ((cell, lines), (wide, column)) in row.iter().zip(&wrapped).zip(widths.iter().zip(columns)) {
            let words = lines.get(line).map(|range| cell.runs(range.clone())).unwrap_or_default();
            let used: usize = words.iter().map(|run| width(run.text.as_str())).sum();
            let pad = wide.saturating_sub(used);
            // From the right, everything stands at the right of its column.
            let (before, behind) = if column.figures && order != Order::RightToLeft { (pad, 0) } else { (0, pad) };
            if !words.is_empty() {
                if blank + before > 0 {
                    runs.push(gap(blank + before));
                }
                blank = 0;
                runs.extend(words);
                blank += behind + GAP;
            } else {
                blank += wide + GAP;
            }
        }
        setter.part(runs, *offset, Row { order, ..Row::default() });
        *offset += 1;
    }
}

/// A table for those who hear it: every row by itself, each cell behind the name of its column.
fn read_out(table: &Table, setter: &mut Setter) {
    let (head, rows) = match table.rows.split_first() {
        Some((head, rows)) if table.head && !rows.is_empty() => (head.as_slice(), rows),
        _ => (&[][..], table.rows.as_slice()),
    };
    // Links are numbered once: where the head has some, it is read out by itself first; and where it
    // names what no row has.
    let named = |n: usize| rows.iter().any(|row| row.get(n).is_some_and(|cell| !cell.is_empty()));
    if head.iter().enumerate().any(|(n, cell)| leads(cell) || !named(n)) {
        let cells: Vec<&[Inline]> = head.iter().map(Vec::as_slice).collect();
        let gap = [Inline::Text(Clean::run("; "))];
        setter.tight_paragraph(&[Inline::Strong(cells.join(&gap[..]))], Tone::Body);
    }
    let names: Vec<Clean> = head.iter().map(|cell| name(cell)).collect();
    for row in rows {
        let mut line: Vec<Inline> = Vec::new();
        for (n, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            if !line.is_empty() {
                line.push(Inline::Text(Clean::run("; ")));
            }
            if let Some(name) = names.get(n).filter(|name| !name.is_empty()) {
                line.push(Inline::Strong(vec![Inline::Text(name.clone())]));
                line.push(Inline::Text(Clean::run(": ")));
            }
            line.extend(cell.iter().cloned());
        }
        setter.tight_paragraph(&line, Tone::Body);
    }
}

/// The words of a column's head.
fn name(cell: &[Inline]) -> Clean {
    let mut text = String::new();
    document::inlines_readable(cell, &mut text);
    Clean::new(&text)
}
