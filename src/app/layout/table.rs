//! Setting a table into a width: columns as wide as their widest cell where that fits; else narrowed,
//! the widest first, as far as their longest words allow, with the cells wrapped; else so in the width
//! of the pane; else as narrow as that and wider than the text, to go sideways.

use super::lines::{Setter, Styled, leads};
use super::{Order, Row, Run, Tone};
use crate::model::{Inline, Table, document};
use crate::text::Clean;
use crate::text::width::width;
use crate::text::wrap::wrap;

/// Columns between two cells.
const GAP: usize = 2;

/// The narrowest a column is made, if it has so much.
const NARROWEST: usize = 3;

/// A longer word is broken rather than that a column is made as wide.
const LONGEST_WORD: usize = 18;

/// The column of a cell is set under its figures where so many of ten of its cells are figures.
const FIGURES: usize = 8;

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

/// A column of the table.
#[derive(Clone, Copy)]
struct Column {
    /// Its widest cell.
    natural: usize,
    /// As narrow as it may be made.
    least: usize,
    figures: bool,
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
    let columns: Vec<Column> = (0..columns).map(|n| column(&cells, n, table.head)).collect();
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

fn column(rows: &[Vec<Styled>], n: usize, head: bool) -> Column {
    let (mut natural, mut word, mut filled, mut figures) = (1, 1, 0, 0);
    for (at, cell) in rows.iter().enumerate().filter_map(|(at, row)| Some((at, row.get(n)?))) {
        natural = cell.text.lines().map(width).max().unwrap_or(0).max(natural);
        let longest = cell.text.split_whitespace().map(|word| width(word).min(LONGEST_WORD)).max();
        word = longest.unwrap_or(0).max(word);
        let heading = head && at == 0;
        if !heading && !cell.text.trim().is_empty() {
            filled += 1;
            figures += usize::from(is_figure(&cell.text));
        }
    }
    Column { natural, least: word.max(NARROWEST).min(natural), figures: filled > 0 && figures * 10 >= filled * FIGURES }
}

/// A sum, a share, a date of figures: what is read from its last figure on.
fn is_figure(cell: &str) -> bool {
    let cell = cell.trim();
    let signs = |c: char| {
        c.is_ascii_digit()
            || matches!(c, '.' | ',' | '%' | '+' | '-' | '−' | '–' | '±' | '\u{a0}' | ' ' | '\u{202f}')
            || matches!(c, '$' | '€' | '£' | '¥' | '₽' | '×' | '/' | '(' | ')' | '—')
    };
    (cell.chars().any(|c| c.is_ascii_digit()) || matches!(cell, "—" | "–" | "-")) && cell.chars().all(signs)
}

fn total(widths: &[usize]) -> usize {
    widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1)
}

/// The widths of the columns: takes from the widest until the table fits `room` or none can give more.
/// Finds the width that no column may pass, and gives what is left over to the first of those that
/// would.
fn fit(columns: &[Column], room: usize) -> Vec<usize> {
    let natural: Vec<usize> = columns.iter().map(|column| column.natural).collect();
    if total(&natural) <= room {
        return natural;
    }
    let capped =
        |cap: usize| -> Vec<usize> { columns.iter().map(|column| column.natural.min(cap).max(column.least)).collect() };
    let (mut cap, mut above) = (0, room.max(1) + 1);
    while above - cap > 1 {
        let middle = cap.midpoint(above);
        if total(&capped(middle)) <= room {
            cap = middle;
        } else {
            above = middle;
        }
    }
    let mut widths = capped(cap);
    let left = room.saturating_sub(total(&widths));
    let wider = widths.iter_mut().zip(columns).filter(|(width, column)| **width < column.natural);
    wider.take(left).for_each(|(width, _)| *width += 1);
    widths
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
    document::inlines_text(cell, &mut text);
    Clean::new(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn narrow(natural: &[usize], room: usize) -> Vec<usize> {
        let columns: Vec<Column> =
            natural.iter().map(|n| Column { natural: *n, least: NARROWEST.min(*n), figures: false }).collect();
        fit(&columns, room)
    }

    #[test]
    fn the_widest_column_gives_first() {
        assert_eq!(narrow(&[10, 40, 5], 30), [10, 11, 5]);
        assert_eq!(narrow(&[4, 4], 3), [3, 3]);
        assert_eq!(narrow(&[4, 4], 40), [4, 4]);
        assert_eq!(narrow(&[9, 9, 2, 9], 30), [8, 7, 2, 7], "what is left over goes to the first");
        assert_eq!(narrow(&[2, 9], 1), [2, 3]);
    }

    #[test]
    fn no_column_is_narrower_than_its_words_while_there_is_room_elsewhere() {
        let columns = [
            Column { natural: 40, least: 9, figures: false },
            Column { natural: 12, least: 12, figures: false },
            Column { natural: 40, least: 5, figures: false },
        ];
        assert_eq!(fit(&columns, 40), [12, 12, 12]);
        assert_eq!(fit(&columns, 30), [9, 12, 5]);
        assert_eq!(fit(&columns, 10), [9, 12, 5], "wider than the text: it goes sideways");
    }

    #[test]
    fn cells_without_end_are_narrowed_at_once() {
        let widths = narrow(&[usize::MAX / 1000; 500], 80);
        assert!(widths.iter().all(|width| *width == NARROWEST));
    }

    #[test]
    fn figures_are_told() {
        for figure in ["12", "1 024,5", "−3 %", "$5", "06.12.2024", "—"] {
            assert!(is_figure(figure), "{figure}");
        }
        for other in ["", "12 boats", "B52", "..."] {
            assert!(!is_figure(other), "{other}");
        }
    }
}
