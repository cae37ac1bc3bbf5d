//! A table too wide for its page, row by row: what its columns are called, and what stands there.

use crate::model::Table;
use crate::model::table::Cell;

/// What is said of a table in place of its columns.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Rows {
    /// What stands in its head and names no column: a title over all of them, or a name over blank cells.
    pub above: Vec<String>,
    /// Each row with a word in it: its cells behind the names of their columns, by column. Without a name
    /// is what reaches over the whole table, and every cell of a table without a head.
    pub rows: Vec<Vec<(String, String)>>,
}

/// Goes through `table`, whose cells have these words, in the order of [`Table::cells`]. A cell over
/// several rows stands in each of them. Linear in the places of the table.
pub(super) fn rows(table: &Table, words: &[String]) -> Rows {
    let heads = table.heads();
    let cells: Vec<(Cell<'_>, &str)> =
        table.cells().into_iter().flatten().zip(words).map(|(cell, words)| (cell, words.trim())).collect();
    let (head, body) = cells.split_at(cells.partition_point(|(cell, _)| cell.span.row < heads));
    let mut used = vec![false; table.columns()];
    for (cell, _) in body.iter().filter(|(cell, words)| !words.is_empty() && !table.is_title(cell)) {
        used[columns(cell)].fill(true);
    }
    let named = |cell: &Cell<'_>| !table.is_title(cell) && used[columns(cell)].contains(&true);
    let above = head.iter().filter(|(cell, words)| !words.is_empty() && !named(cell));
    let above = above.map(|(_, words)| (*words).to_owned()).collect();
    let mut names: Vec<Vec<&(Cell<'_>, &str)>> = vec![Vec::new(); table.columns()];
    for name in head.iter().filter(|(cell, words)| !words.is_empty() && named(cell)) {
        names[columns(&name.0)].iter_mut().for_each(|column| column.push(name));
    }
    let label = |cell: &Cell<'_>| -> String {
        if table.is_title(cell) {
            return String::new();
        }
        // What stands over several columns names them once.
        let mut over: Vec<&(Cell<'_>, &str)> = names[columns(cell)].iter().flatten().copied().collect();
        over.sort_by_key(|(cell, _)| (cell.span.row, cell.span.column));
        over.dedup_by_key(|(cell, _)| (cell.span.row, cell.span.column));
        over.iter().map(|(_, words)| *words).collect::<Vec<_>>().join(", ")
    };
    let mut rows: Vec<Vec<(usize, String, String)>> = vec![Vec::new(); table.rows.len()];
    for (cell, words) in body.iter().filter(|(_, words)| !words.is_empty()) {
        for row in rows.iter_mut().skip(cell.span.row).take(cell.span.rows) {
            row.push((cell.span.column, label(cell), (*words).to_owned()));
        }
    }
    let rows = rows.into_iter().filter(|row| !row.is_empty()).map(|mut row| {
        row.sort_by_key(|(column, ..)| *column);
        row.into_iter().map(|(_, label, words)| (label, words)).collect()
    });
    Rows { above, rows: rows.collect() }
}

/// The columns that a cell takes.
fn columns(cell: &Cell<'_>) -> std::ops::Range<usize> {
    cell.span.column..cell.span.column + cell.span.columns
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Inline;
    use crate::model::table::Span;
    use crate::text::Clean;

    #[test]
    fn each_cell_stands_behind_the_names_of_its_columns() {
        let text = [
            &["Seats by party", "", "", ""][..],
            &["Party", "Seats", "", "Note"],
            &["", "2019", "2024", ""],
            &["North", "12", "9", ""],
            &["", "7", "10", ""],
            &["All counted", "", "", ""],
        ];
        let cell = |text: &&str| if text.is_empty() { vec![] } else { vec![Inline::Text(Clean::run(text))] };
        let span = |row, column, columns, rows| Span { row, column, columns, rows };
        let table = Table {
            head: 3,
            rows: text.iter().map(|row| row.iter().map(cell).collect()).collect(),
            spans: vec![
                span(0, 0, 4, 1),
                span(1, 0, 1, 2),
                span(1, 1, 2, 1),
                span(1, 3, 1, 2),
                span(3, 0, 1, 2),
                span(5, 0, 4, 1),
            ],
            ..Table::default()
        };
        let words: Vec<String> = table
            .cells()
            .iter()
            .flatten()
            .map(|cell| {
                cell.text.iter().map(|text| if let Inline::Text(text) = text { text.as_str() } else { "" }).collect()
            })
            .collect();
        let said = rows(&table, &words);
        assert_eq!(said.above, ["Seats by party", "Note"]);
        let lines: Vec<String> = said
            .rows
            .iter()
            .map(|row| row.iter().map(|(label, words)| format!("{label}={words}")).collect::<Vec<_>>().join(" | "))
            .collect();
        assert_eq!(
            lines,
            [
                "Party=North | Seats, 2019=12 | Seats, 2024=9",
                "Party=North | Seats, 2019=7 | Seats, 2024=10",
                "=All counted",
            ]
        );
    }
}
