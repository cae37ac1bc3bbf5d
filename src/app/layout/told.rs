//! A table for those who hear it: every row by itself, each cell behind the name of its column.

use super::Tone;
use super::lines::Setter;
use crate::model::document::{inlines_readable, leads};
use crate::model::table::Cell;
use crate::model::{Inline, Table};
use crate::text::Clean;

/// A label of several rows is said at each of them if it has no more characters than this.
const LABEL: usize = 48;

/// Reads out `table`.
pub(super) fn table(table: &Table, setter: &mut Setter) {
    let heads = table.heads();
    let mut rows = table.cells();
    let body = if rows.len() > heads { rows.split_off(heads) } else { std::mem::take(&mut rows) };
    let head = rows;
    let over = if head.is_empty() { Vec::new() } else { table.names() };
    // Links are numbered once: where the head has some, it is read out by itself first; and where it
    // names what no row has.
    let mut used = vec![false; table.columns()];
    // What stands in all columns is said without their names.
    for cell in body.iter().flatten().filter(|cell| !cell.text.is_empty() && !table.is_title(cell)) {
        used[cell.span.column..cell.span.column + cell.span.columns].fill(true);
    }
    let names_nothing = |cell: &Cell<'_>| !used[cell.span.column..cell.span.column + cell.span.columns].contains(&true);
    let by_itself = |cell: &Cell<'_>| leads(cell.text) || table.is_title(cell) || names_nothing(cell);
    if head.iter().flatten().any(by_itself) {
        for row in &head {
            let cells: Vec<&[Inline]> = row.iter().map(|cell| cell.text).filter(|text| !text.is_empty()).collect();
            let gap = [Inline::Text(Clean::run("; "))];
            setter.tight_paragraph(&[Inline::Strong(cells.join(&gap[..]))], Tone::Body);
        }
    }
    let names = Names { table, over };
    // Labels that hold for rows to come as well.
    let mut labels: Vec<(Cell<'_>, Clean)> = Vec::new();
    for (n, row) in body.iter().enumerate() {
        let n = n + heads;
        labels.retain(|(cell, _)| cell.span.row + cell.span.rows > n);
        let mut said: Vec<Vec<Inline>> = Vec::new();
        // Those before the row's own first cell, of which it speaks.
        let first = row.iter().find(|cell| !cell.text.is_empty()).map_or(0, |cell| cell.span.column);
        for (cell, label) in labels.iter().filter(|(cell, _)| cell.span.column < first) {
            said.push(names.say(cell, &[Inline::Text(label.clone())]));
        }
        for cell in row.iter().filter(|cell| !cell.text.is_empty()) {
            said.push(names.say(cell, cell.text));
            if cell.span.rows > 1 {
                let label = name(cell.text);
                if label.as_str().chars().count() <= LABEL {
                    labels.push((*cell, label));
                }
            }
        }
        let gap = [Inline::Text(Clean::run("; "))];
        setter.tight_paragraph(&said.join(&gap[..]), Tone::Body);
    }
}

/// What the columns are called.
struct Names<'t> {
    table: &'t Table,
    /// The cells of the head over every column.
    over: Vec<Vec<Cell<'t>>>,
}

impl Names<'_> {
    /// A cell's words behind the names of its columns; without one where it stands in all of them, for it
    /// says something of the row or of those under it.
    fn say(&self, cell: &Cell<'_>, text: &[Inline]) -> Vec<Inline> {
        let columns = self.over.get(cell.span.column..cell.span.column + cell.span.columns).unwrap_or_default();
        let mut over: Vec<&Cell<'_>> =
            if self.table.is_title(cell) { Vec::new() } else { columns.iter().flatten().collect() };
        // What stands over several columns names them once.
        over.sort_by_key(|cell| (cell.span.row, cell.span.column));
        over.dedup_by_key(|cell| (cell.span.row, cell.span.column));
        let names: Vec<String> = over.iter().map(|cell| name(cell.text).to_string()).collect();
        let name = Clean::new(&names.join(", "));
        let mut said = Vec::new();
        if !name.is_empty() {
            said.extend([Inline::Strong(vec![Inline::Text(name)]), Inline::Text(Clean::run(": "))]);
        }
        said.extend(text.iter().cloned());
        said
    }
}

/// The words of a cell.
fn name(cell: &[Inline]) -> Clean {
    let mut text = String::new();
    inlines_readable(cell, &mut text);
    Clean::new(&text)
}
