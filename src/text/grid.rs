//! A table in cells of one width, line by line: where each cell's words stand, and what stands beside them.
//! On the screen as in a file.
//!
//! A cell over several columns has the room of all of them. One over several rows begins at the top of the
//! first and runs down beside the others; where it is longer than these, the last becomes as high.

use std::ops::Range;

use super::columns::{Column, GAP, at_ease, fit, widen};
use super::width::width;
use super::wrap::wrap;

/// A cell: its place, how far it reaches, its words.
#[derive(Clone, Copy, Debug)]
pub struct Cell<'t> {
    /// Its first row, from 0 on.
    pub row: usize,
    /// Its first column, from 0 on.
    pub column: usize,
    /// The columns it takes, from 1 on.
    pub columns: usize,
    /// The rows it takes, from 1 on.
    pub rows: usize,
    /// Its words; line breaks stay.
    pub text: &'t str,
}

/// A table to be set.
#[derive(Debug)]
pub struct Grid<'t> {
    cells: Vec<Cell<'t>>,
    columns: Vec<Column>,
    rows: usize,
    heads: usize,
}

/// A line of a table that is set.
#[derive(Debug, PartialEq, Eq)]
pub struct Line {
    /// The row it is of.
    pub row: usize,
    /// What stands on it, from the first column on; nothing where it is blank.
    pub pieces: Vec<Piece>,
}

/// The words of one cell on a line.
#[derive(Debug, PartialEq, Eq)]
pub struct Piece {
    /// The cell, by its place among those that the table was made of.
    pub cell: usize,
    /// Its bytes that stand here. Never empty.
    pub words: Range<usize>,
    /// Columns of the terminal before it, counted from where the table begins.
    pub at: usize,
}

impl<'t> Grid<'t> {
    /// A table of `rows` rows, the first `heads` of which name the columns. The cells come by row and then
    /// by column, and none reaches over another or beyond the last row. Linear in their text and in the
    /// places they take.
    #[must_use]
    pub fn new(cells: Vec<Cell<'t>>, rows: usize, heads: usize) -> Self {
        let width = cells.iter().map(|cell| cell.column + cell.columns).max().unwrap_or(0);
        let mut alone: Vec<Vec<(usize, &str)>> = vec![Vec::new(); width];
        for cell in cells.iter().filter(|cell| cell.columns == 1) {
            alone[cell.column].push((cell.row, cell.text));
        }
        let mut columns: Vec<Column> = alone.into_iter().map(|column| Column::of(column.into_iter(), heads)).collect();
        // The narrower ones first: what they widen is there for those that span more.
        let mut spanning: Vec<&Cell<'_>> = cells.iter().filter(|cell| cell.columns > 1).collect();
        spanning.sort_by_key(|cell| cell.columns);
        for cell in spanning {
            widen(&mut columns[cell.column..cell.column + cell.columns], cell.text);
        }
        Self { cells, columns, rows, heads }
    }

    /// The widths of its columns in so much room, as [`fit`] has it; the table may come out wider.
    #[must_use]
    pub fn fit(&self, room: usize) -> Vec<usize> {
        fit(&self.columns, room)
    }

    /// The widths of its columns where the table goes sideways in so much room, as [`at_ease`] has it.
    #[must_use]
    pub fn at_ease(&self, room: usize) -> Vec<usize> {
        at_ease(&self.columns, room)
    }

    /// Its lines, with columns as wide as `widths` says. Figures are set at the right of their columns where
    /// `figures` says so; in the middle of several columns what heads them, or stands in the place of their
    /// figures; all else at the left.
    /// Linear in the text and in the places that the cells take.
    #[must_use]
    pub fn lines(&self, widths: &[usize], figures: bool) -> Vec<Line> {
        let starts: Vec<usize> = starts(widths).collect();
        let room = |cell: &Cell<'_>| {
            widths[cell.column..cell.column + cell.columns].iter().sum::<usize>() + GAP * (cell.columns - 1)
        };
        let wrapped: Vec<Vec<Range<usize>>> = self.cells.iter().map(|cell| wrap(cell.text, room(cell))).collect();
        let heights = self.heights(&wrapped);
        let mut lines = Vec::with_capacity(heights.iter().sum());
        let mut coming = self.cells.iter().enumerate().peekable();
        // The cells beside one another, each with as many of its lines as stand above.
        let mut beside: Vec<(usize, usize)> = Vec::new();
        for (row, height) in heights.iter().enumerate() {
            beside.retain(|(n, _)| self.cells[*n].row + self.cells[*n].rows > row);
            while let Some((n, _)) = coming.next_if(|(_, cell)| cell.row == row) {
                beside.push((n, 0));
            }
            beside.sort_by_key(|(n, _)| self.cells[*n].column);
            for line in 0..*height {
                let words = beside.iter().filter_map(|(n, above)| Some((*n, wrapped[*n].get(above + line)?.clone())));
                let pieces = words.filter(|(_, words)| !words.is_empty()).map(|(n, words)| {
                    let cell = &self.cells[n];
                    let left = room(cell).saturating_sub(width(&cell.text[words.clone()]));
                    let at = starts[cell.column] + self.inset(cell, left, figures);
                    Piece { cell: n, words, at }
                });
                lines.push(Line { row, pieces: pieces.collect() });
            }
            beside.iter_mut().for_each(|(_, above)| *above += height);
        }
        lines
    }

    /// How many of the columns that are left over stand before a cell's words.
    fn inset(&self, cell: &Cell<'_>, left: usize, figures: bool) -> usize {
        let under = &self.columns[cell.column..cell.column + cell.columns];
        let figures = figures && under.iter().all(|column| column.figures);
        match cell.columns {
            1 if figures => left,
            1 => 0,
            _ if figures || cell.row < self.heads => left / 2,
            _ => 0,
        }
    }

    /// The lines of every row: as many as its highest cell has, and for what begins further up so many that
    /// it ends with its last row.
    fn heights(&self, wrapped: &[Vec<Range<usize>>]) -> Vec<usize> {
        let mut heights = vec![1; self.rows];
        for (cell, lines) in self.cells.iter().zip(wrapped).filter(|(cell, _)| cell.rows == 1) {
            heights[cell.row] = lines.len().max(heights[cell.row]);
        }
        let mut spanning: Vec<_> = self.cells.iter().zip(wrapped).filter(|(cell, _)| cell.rows > 1).collect();
        spanning.sort_by_key(|(cell, _)| cell.row + cell.rows);
        for (cell, lines) in spanning {
            let rows = &mut heights[cell.row..cell.row + cell.rows];
            let missing = lines.len().saturating_sub(rows.iter().sum());
            if let Some(last) = rows.last_mut() {
                *last += missing;
            }
        }
        heights
    }
}

/// Where columns of such widths begin, from 0 on.
fn starts(widths: &[usize]) -> impl Iterator<Item = usize> {
    widths.iter().scan(0, |end, wide| {
        let start = *end;
        *end += wide + GAP;
        Some(start)
    })
}

/// Where columns of such widths stand, as far as a screen counts.
pub fn places(widths: &[usize]) -> impl Iterator<Item = Range<u16>> {
    let column = |columns| u16::try_from(columns).unwrap_or(u16::MAX);
    starts(widths).zip(widths).map(move |(start, wide)| column(start)..column(start + wide))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(row: usize, column: usize, columns: usize, rows: usize, text: &str) -> Cell<'_> {
        Cell { row, column, columns, rows, text }
    }

    fn drawn(cells: &[Cell<'_>], rows: usize, heads: usize, room: usize) -> String {
        let grid = Grid::new(cells.to_vec(), rows, heads);
        let line = |line: &Line| {
            let mut text = String::new();
            for piece in &line.pieces {
                text.push_str(&" ".repeat(piece.at - width(&text)));
                text.push_str(&cells[piece.cell].text[piece.words.clone()]);
            }
            text
        };
        grid.lines(&grid.fit(room), true).iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_heading_stands_over_its_columns_and_a_label_beside_its_rows() {
        let cells = [
            cell(0, 0, 1, 2, "Party"),
            cell(0, 1, 2, 1, "Seats"),
            cell(1, 1, 1, 1, "2019"),
            cell(1, 2, 1, 1, "2024"),
            cell(2, 0, 1, 2, "North"),
            cell(2, 1, 1, 1, "12"),
            cell(2, 2, 1, 1, "9"),
            cell(3, 1, 1, 1, "7"),
            cell(3, 2, 1, 1, "10"),
            cell(4, 0, 3, 1, "As counted"),
        ];
        let table = "\
Party    Seats
       2019  2024
North    12     9
          7    10
As counted";
        assert_eq!(drawn(&cells, 5, 2, 40), table);
    }

    #[test]
    fn a_label_that_is_longer_than_its_rows_makes_the_last_one_higher() {
        let cells = [
            cell(0, 0, 1, 2, "the outer bank, which is not there"),
            cell(0, 1, 1, 1, "low"),
            cell(1, 1, 1, 1, "high"),
            cell(2, 0, 1, 1, "pier"),
            cell(2, 1, 1, 1, "low"),
        ];
        let table = "\
the outer  low
bank,      high
which is
not there
pier       low";
        assert_eq!(drawn(&cells, 3, 0, 15), table);
    }

    #[test]
    fn a_long_line_over_columns_is_wrapped_in_them() {
        let note = "Counted by hand on the evening of the third of May";
        let cells = [cell(0, 0, 2, 1, note), cell(1, 0, 1, 1, "a"), cell(1, 1, 1, 1, "b")];
        let table = "\
Counted by hand on the evening
of the third of May
a                b";
        assert_eq!(drawn(&cells, 2, 0, 70), table);
        assert_eq!(drawn(&[], 0, 0, 10), "");
    }
}
