//! Setting a table into a width: columns as wide as their widest cell where that fits; else narrowed,
//! the widest first, as far as their longest words allow, with the cells wrapped; else so in the width
//! of the pane; else wider than the text, to go sideways, and then at ease: no cell is squeezed where one
//! goes from column to column anyway.

use super::lines::{Setter, Styled};
use super::{Order, Row, Run, Tone};
use crate::model::table::Cell;
use crate::model::{Inline, Table};
use crate::text::Clean;
use crate::text::columns::total;
use crate::text::grid::{self, Grid};
use crate::text::width::width;

/// Sets `table`, its caption above and its head above a rule.
pub(super) fn set(table: &Table, setter: &mut Setter) {
    setter.space();
    if !table.caption.is_empty() {
        setter.tight_paragraph(&[Inline::Emphasis(table.caption.clone())], Tone::Meta);
    }
    if table.columns() > 0 && setter.linear {
        super::told::table(table, setter);
    } else if table.columns() > 0 {
        set_grid(table, setter);
    }
}

fn set_grid(table: &Table, setter: &mut Setter) {
    let heads = table.heads();
    let cells: Vec<Cell<'_>> = table.cells().into_iter().flatten().collect();
    let style = |cell: &Cell<'_>| {
        let mut styled = Styled::default();
        setter.style(cell.text, &Run { strong: cell.span.row < heads, ..Run::plain(Tone::Body) }, &mut styled);
        styled
    };
    let words: Vec<Styled> = cells.iter().map(style).collect();
    let placed = cells.iter().zip(&words).map(|(Cell { span, .. }, styled)| grid::Cell {
        row: span.row,
        column: span.column,
        columns: span.columns,
        rows: span.rows,
        text: &styled.text,
    });
    let grid = Grid::new(placed.collect(), table.rows.len(), heads);
    // Within the text where it can be, else as wide as the pane lets it be, else sideways.
    let within = grid.fit(setter.room());
    let beyond = grid.fit(setter.broad_room());
    let (fits, stands_out) = (total(&within) <= setter.room(), total(&beyond) <= setter.broad_room());
    let widths = match (fits, stands_out) {
        (true, _) => within,
        (false, true) => beyond,
        (false, false) => grid.at_ease(setter.room()),
    };
    let order = order(&words, fits || stands_out);
    // From the right, everything stands at the right of its column.
    let lines = grid.lines(&widths, order != Order::RightToLeft);
    let mut above = 0;
    for (offset, line) in lines.iter().enumerate() {
        let row = Row { order, ..Row::default() };
        if above < heads && line.row == heads {
            let rule = Run { text: Clean::new(&"─".repeat(total(&widths))), ..Run::plain(Tone::Line) };
            setter.part(vec![rule], offset, row.clone());
        }
        above = line.row;
        setter.part(runs(line, &words), offset, row);
    }
    setter.end_columns(grid::places(&widths).collect());
}

/// What stands on a line, with blanks between: they show nothing and part the cells.
fn runs(line: &grid::Line, words: &[Styled]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut end = 0;
    for piece in &line.pieces {
        if piece.at > end {
            let blank = Clean::verbatim(&" ".repeat(piece.at - end));
            runs.push(Run { text: blank, ..Run::plain(Tone::Line) });
        }
        let here = words[piece.cell].runs(piece.words.clone());
        end = piece.at + here.iter().map(|run| width(run.text.as_str())).sum::<usize>();
        runs.extend(here);
    }
    runs
}

/// The order of a table: its columns stand from the right where its first words do; but not where it
/// goes sideways, which begins at the left.
fn order(cells: &[Styled], fits: bool) -> Order {
    let mut orders = cells.iter().map(|cell| Order::of(&cell.text));
    let first = cells.iter().find(|cell| cell.text.chars().any(char::is_alphabetic));
    match first.map(|cell| Order::of(&cell.text)) {
        Some(Order::RightToLeft) if fits => Order::RightToLeft,
        _ if orders.any(|order| order != Order::Plain) => Order::Mixed,
        _ => Order::Plain,
    }
}
