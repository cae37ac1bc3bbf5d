//! A table of an article: its cells in rows, and those of them that reach over others.
//!
//! A cell that spans stands at its first row and column; the places that it reaches over are there and
//! empty, so that whoever only wants the words goes through [`Table::rows`] and needs to know nothing of
//! spans. Whoever sets the table asks for its [`Table::cells`].

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::document::{Inline, Inlines};

/// Rows of cells. Rows may differ in length; the first ones may name the columns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// How many of the first rows name the columns.
    #[serde(serialize_with = "write_head", deserialize_with = "read_head")]
    pub head: usize,
    /// The rows, each with its cells by column.
    pub rows: Vec<Vec<Inlines>>,
    /// The cells that reach over more than their own place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<Span>,
    /// What is written with it.
    pub caption: Inlines,
}

/// A cell that reaches over others: a heading over two columns, a label of several rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The row of the cell, from 0 on.
    pub row: usize,
    /// Its first column, from 0 on.
    pub column: usize,
    /// How many columns it takes, its own among them.
    pub columns: usize,
    /// How many rows it takes, its own among them.
    pub rows: usize,
}

/// A cell in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell<'t> {
    /// Where it stands and how far it reaches: never beyond the table, never over another cell.
    pub span: Span,
    /// Its words.
    pub text: &'t [Inline],
}

/// A head was told by `true` before it could have several rows; such tables are stored.
#[derive(Deserialize)]
#[serde(untagged)]
enum Head {
    First(bool),
    Rows(usize),
}

fn read_head<'de, D: Deserializer<'de>>(from: D) -> Result<usize, D::Error> {
    Ok(match Head::deserialize(from)? {
        Head::First(first) => usize::from(first),
        Head::Rows(rows) => rows,
    })
}

// The reference is serde's wish.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn write_head<S: Serializer>(head: &usize, to: S) -> Result<S::Ok, S::Error> {
    match *head {
        0 | 1 => to.serialize_bool(*head == 1),
        rows => to.serialize_u64(rows as u64),
    }
}

impl Table {
    /// Cells span within so many columns; beyond them every cell stands for itself.
    pub const MAX_COLUMNS: usize = 64;

    /// Columns of the widest row.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// The rows that name the columns: never all, for a head alone heads nothing.
    #[must_use]
    pub fn heads(&self) -> usize {
        if self.rows.len() == 1 { self.head.min(1) } else { self.head.min(self.rows.len().saturating_sub(1)) }
    }

    /// The cells of every row by column, without the places that another cell reaches over.
    ///
    /// A stored table may say anything of its spans. One that would hide words or reach into another stops
    /// before; none reaches beyond the table, or out of its head. Linear in the places of the table and
    /// its spans, however far these claim to reach.
    #[must_use]
    pub fn cells(&self) -> Vec<Vec<Cell<'_>>> {
        let (taken, spans) = self.settled();
        let mut spans = spans.into_iter().peekable();
        let rows = self.rows.iter().zip(taken).enumerate();
        rows.map(|(n, (row, taken))| {
            let mut cells = Vec::with_capacity(row.len());
            for (column, text) in row.iter().enumerate() {
                let here = |span: &Span| (span.row, span.column) == (n, column);
                if let Some(span) = spans.next_if(here) {
                    cells.push(Cell { span, text });
                } else if column >= Self::MAX_COLUMNS || taken & (1 << column) == 0 {
                    cells.push(Cell { span: Span { row: n, column, columns: 1, rows: 1 }, text });
                }
            }
            cells
        })
        .collect()
    }

    /// The columns of every row that a span takes, a bit for each, and the spans as far as they hold, in
    /// reading order.
    fn settled(&self) -> (Vec<u64>, Vec<Span>) {
        let (width, heads) = (self.columns().min(Self::MAX_COLUMNS), self.heads());
        let mut taken = vec![0_u64; self.rows.len()];
        let mut settled = Vec::new();
        for span in &self.spans {
            let Some(row) = self.rows.get(span.row).filter(|row| span.column < row.len().min(width)) else { continue };
            let free = |taken: u64, at: usize, row: &[Inlines]| {
                taken & (1 << at) == 0 && row.get(at).is_none_or(Vec::is_empty)
            };
            if taken[span.row] & (1 << span.column) != 0 {
                continue;
            }
            let behind = span.column + 1..span.column.saturating_add(span.columns).min(width);
            let end = behind.take_while(|at| free(taken[span.row], *at, row)).last().unwrap_or(span.column) + 1;
            let mask = (span.column..end).fold(0, |mask, at| mask | 1 << at);
            taken[span.row] |= mask;
            // Out of the head it would stand on both sides of the line under it.
            let edge = if span.row < heads { heads } else { self.rows.len() };
            let mut below = span.row + 1;
            while below < span.row.saturating_add(span.rows).min(edge)
                && (span.column..end).all(|at| free(taken[below], at, &self.rows[below]))
            {
                taken[below] |= mask;
                below += 1;
            }
            let kept = Span { columns: end - span.column, rows: below - span.row, ..*span };
            if (kept.columns, kept.rows) == (1, 1) {
                taken[span.row] &= !mask;
            } else {
                settled.push(kept);
            }
        }
        settled.sort_unstable_by_key(|span| (span.row, span.column));
        (taken, settled)
    }

    /// Whether a cell stands in all columns: it names none of them, but the table, or the rows under it.
    #[must_use]
    pub fn is_title(&self, cell: &Cell<'_>) -> bool {
        cell.span.columns > 1 && cell.span.columns == self.columns()
    }

    /// For every column the cells of the head that name it, from the top. As many as the head has places.
    #[must_use]
    pub fn names(&self) -> Vec<Vec<Cell<'_>>> {
        let mut names = vec![Vec::new(); self.columns()];
        let head = self.cells().into_iter().take(self.heads()).flatten();
        for cell in head.filter(|cell| !cell.text.is_empty() && !self.is_title(cell)) {
            let over = cell.span.column..cell.span.column + cell.span.columns;
            names[over].iter_mut().for_each(|column: &mut Vec<Cell<'_>>| column.push(cell));
        }
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Clean;
    use proptest::prelude::*;

    fn cell(text: &str) -> Inlines {
        if text.is_empty() { Vec::new() } else { vec![Inline::Text(Clean::new(text))] }
    }

    fn table(head: usize, rows: &[&[&str]], spans: &[(usize, usize, usize, usize)]) -> Table {
        let span = |&(row, column, columns, rows): &(usize, usize, usize, usize)| Span { row, column, columns, rows };
        Table {
            head,
            rows: rows.iter().map(|row| row.iter().map(|text| cell(text)).collect()).collect(),
            spans: spans.iter().map(span).collect(),
            caption: Vec::new(),
        }
    }

    /// The columns and rows that the cells of each row take.
    fn reach(table: &Table) -> Vec<Vec<(usize, usize, usize)>> {
        let cells = table.cells();
        let of = |cell: &Cell<'_>| (cell.span.column, cell.span.columns, cell.span.rows);
        cells.iter().map(|row| row.iter().map(of).collect()).collect()
    }

    #[test]
    fn a_table_stored_before_there_were_spans_is_read_and_written_as_it_was() {
        for old in
            [r#"{"head":true,"rows":[[[{"text":"a"}]]],"caption":[]}"#, r#"{"head":false,"rows":[],"caption":[]}"#]
        {
            let table: Table = serde_json::from_str(old).unwrap();
            assert_eq!(table.head, usize::from(old.contains("true")));
            assert_eq!(serde_json::to_string(&table).unwrap(), old);
        }
        let new = table(2, &[&["a", ""], &["b", "c"], &["1", "2"]], &[(0, 0, 2, 1)]);
        let stored = serde_json::to_string(&new).unwrap();
        assert!(stored.contains(r#""head":2"#), "{stored}");
        assert_eq!(serde_json::from_str::<Table>(&stored).unwrap(), new);
        assert!(serde_json::from_str::<Table>(r#"{"head":"x","rows":[],"caption":[]}"#).is_err());
    }

    #[test]
    fn cells_reach_over_what_is_empty() {
        let table = table(1, &[&["a", "", "b"], &["c", "d", "e"], &["", "f"]], &[(0, 0, 2, 1), (1, 0, 1, 2)]);
        assert_eq!(reach(&table), [vec![(0, 2, 1), (2, 1, 1)], vec![(0, 1, 2), (1, 1, 1), (2, 1, 1)], vec![(1, 1, 1)]]);
    }

    #[test]
    fn no_span_hides_words_or_leaves_the_table_or_its_head() {
        let rows: &[&[&str]] = &[&["a", "", "b"], &["", "", ""], &["", "c", ""]];
        let one = |head, span| reach(&table(head, rows, &[span]))[span.0][span.1];
        let far = usize::MAX;
        assert_eq!(one(0, (0, 0, far, far)), (0, 2, 2), "as far as words of other cells stand");
        assert_eq!(one(1, (0, 0, 2, 2)), (0, 2, 1), "the head ends");
        assert_eq!(one(0, (1, 1, far, 1)), (1, 2, 1));
        for span in [(far, 0, 2, 2), (0, far, 2, 2), (0, 0, 0, 0)] {
            assert_eq!(reach(&table(0, rows, &[span])), vec![vec![(0, 1, 1), (1, 1, 1), (2, 1, 1)]; 3]);
        }
        // The first to come has the place.
        assert_eq!(reach(&table(0, rows, &[(0, 0, 2, 2), (1, 1, 2, 1), (0, 0, 1, 3)]))[1], [(2, 1, 1)]);
    }

    #[test]
    fn a_column_is_named_by_all_that_stands_over_it() {
        let rows: &[&[&str]] =
            &[&["The count", "", ""], &["Party", "Seats", ""], &["", "2019", "2024"], &["A", "1", "2"]];
        let table = table(3, rows, &[(0, 0, 3, 1), (1, 0, 1, 2), (1, 1, 2, 1)]);
        let named = |column: usize| table.names()[column].iter().map(|cell| cell.span.column).collect::<Vec<_>>();
        assert_eq!([named(0), named(1), named(2)], [vec![0], vec![1, 1], vec![1, 2]]);
    }

    proptest! {
        #[test]
        fn whatever_is_said_of_spans_each_place_is_in_one_cell_and_no_word_is_hidden(
            head in 0_usize..5,
            rows in proptest::collection::vec(proptest::collection::vec("a?", 0..7), 0..7),
            spans in proptest::collection::vec((0_usize..8, 0_usize..8, 0_usize..9, 0_usize..9), 0..12),
        ) {
            let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
            let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
            let table = table(head, &rows, &spans);
            let mut times = vec![vec![0; table.columns()]; table.rows.len()];
            for cell in table.cells().into_iter().flatten() {
                let Span { row, column, columns, rows } = cell.span;
                prop_assert!(row >= table.heads() || row + rows <= table.heads());
                times[row..row + rows].iter_mut().for_each(|row| row[column..column + columns].iter_mut().for_each(|n| *n += 1));
            }
            prop_assert!(times.iter().flatten().all(|n| *n <= 1));
            for (row, times) in table.rows.iter().zip(times) {
                prop_assert!(times[..row.len()].iter().all(|n| *n == 1));
            }
            let told = table.cells().iter().flatten().filter(|cell| !cell.text.is_empty()).count();
            let there = table.rows.iter().flatten().filter(|cell| !cell.is_empty()).count();
            prop_assert_eq!(told, there);
        }
    }
}
