//! Setting a table into a width: columns as wide as their widest cell where that fits, else
//! narrowed, the widest first, with the cells wrapped.

use super::lines::{Setter, Styled};
use super::{Run, Tone};
use crate::model::Table;
use crate::text::Clean;
use crate::text::width::width;
use crate::text::wrap::wrap;

/// Columns between two cells.
const GAP: usize = 2;

/// The narrowest a column is made; a table with more columns than that leaves room for is cut at
/// the right edge.
const NARROWEST: usize = 3;

/// Sets `table`, its head above a rule, its caption below.
pub(super) fn set(table: &Table, setter: &mut Setter) {
    let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0);
    setter.space();
    if columns > 0 {
        grid(table, columns, setter);
    }
    if !table.caption.is_empty() {
        setter.tight_paragraph(&table.caption, Tone::Meta);
    }
}

fn grid(table: &Table, columns: usize, setter: &mut Setter) {
    let mut cells: Vec<Vec<Styled>> = Vec::with_capacity(table.rows.len());
    let mut natural = vec![1; columns];
    for (n, row) in table.rows.iter().enumerate() {
        let strong = table.head && n == 0;
        let row: Vec<Styled> = row
            .iter()
            .map(|cell| {
                let mut styled = Styled::default();
                setter.style(cell, &Run { strong, ..Run::plain(Tone::Body) }, &mut styled);
                styled
            })
            .collect();
        for (cell, widest) in row.iter().zip(&mut natural) {
            let wide = cell.text.lines().map(width).max().unwrap_or(0);
            *widest = wide.max(*widest);
        }
        cells.push(row);
    }
    let widths = narrow(natural, setter.room());
    for (n, row) in cells.iter().enumerate() {
        set_row(row, &widths, setter);
        if table.head && n == 0 {
            let line = "─".repeat(total(&widths).min(setter.room()));
            setter.line(vec![Run { text: Clean::new(&line), ..Run::plain(Tone::Line) }]);
        }
    }
}

fn total(widths: &[usize]) -> usize {
    widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1)
}

/// Takes from the widest columns until the table fits `room` or none can give more: finds the width
/// that no column may pass, and gives what is left over to the first of those that would.
fn narrow(mut widths: Vec<usize>, room: usize) -> Vec<usize> {
    if total(&widths) <= room {
        return widths;
    }
    let fits = |cap: usize| {
        let gaps = GAP * widths.len().saturating_sub(1);
        widths.iter().map(|width| (*width).min(cap)).sum::<usize>() + gaps <= room
    };
    let (mut cap, mut above) = (NARROWEST, room.max(NARROWEST) + 1);
    while above - cap > 1 {
        let middle = cap.midpoint(above);
        if fits(middle) {
            cap = middle;
        } else {
            above = middle;
        }
    }
    let wider: Vec<bool> = widths.iter().map(|width| *width > cap).collect();
    widths.iter_mut().for_each(|width| *width = (*width).min(cap));
    let left = room.saturating_sub(total(&widths));
    for (width, _) in widths.iter_mut().zip(wider).filter(|(_, wider)| *wider).take(left) {
        *width += 1;
    }
    widths
}

fn set_row(row: &[Styled], widths: &[usize], setter: &mut Setter) {
    let wrapped: Vec<_> = row.iter().zip(widths).map(|(cell, columns)| wrap(&cell.text, *columns)).collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(1);
    let room = setter.room();
    for line in 0..height {
        let mut runs = Vec::new();
        let mut at = 0;
        for ((cell, lines), columns) in row.iter().zip(&wrapped).zip(widths) {
            if at + columns > room {
                break;
            }
            let words = lines.get(line).map(|range| cell.runs(range.clone())).unwrap_or_default();
            let used: usize = words.iter().map(|run| width(run.text.as_str())).sum();
            runs.extend(words);
            let pad = (columns + GAP).saturating_sub(used);
            runs.push(Run { text: Clean::verbatim(&" ".repeat(pad)), ..Run::plain(Tone::Body) });
            at += columns + GAP;
        }
        // What pads the last cell shows nothing.
        runs.pop();
        setter.line(runs);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widest_column_gives_first() {
        assert_eq!(narrow(vec![10, 40, 5], 30), [10, 11, 5]);
        assert_eq!(narrow(vec![4, 4], 3), [3, 3]);
        assert_eq!(narrow(vec![4, 4], 40), [4, 4]);
        assert_eq!(narrow(vec![9, 9, 2, 9], 30), [8, 7, 2, 7], "what is left over goes to the first");
        assert_eq!(narrow(vec![2, 9], 1), [2, 3]);
    }

    #[test]
    fn cells_without_end_are_narrowed_at_once() {
        let widths = narrow(vec![usize::MAX / 1000; 500], 80);
        assert!(widths.iter().all(|width| *width == NARROWEST));
    }
}
