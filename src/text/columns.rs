//! How wide the columns of a table are, set in cells of one width: on the screen as in a file.

use super::width::width;

/// Columns of cells between two columns of a table.
pub const GAP: usize = 2;

/// The narrowest a column is made, if it has so much.
const NARROWEST: usize = 3;

/// A longer word is broken rather than that a column is made as wide.
const LONGEST_WORD: usize = 18;

/// Cells of a table that goes sideways are wrapped where they are wider.
const EASE: usize = 24;

/// They are not wrapped for the sake of others where they are as wide.
const TIGHT: usize = 12;

/// Columns under a cell that spans them are widened for its line up to so much in all.
const SPANNING: usize = 30;

/// The column of a cell is set under its figures where so many of ten of its cells are figures.
const FIGURES: usize = 8;

/// A column of a table, as its cells want it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// As wide as its widest cell.
    pub natural: usize,
    /// As narrow as it may be made.
    pub least: usize,
    /// Figures stand in it: they are read from the last one on, and set at its right.
    pub figures: bool,
}

impl Column {
    /// What the cells of a column want, each with its row; those of the first `heads` rows name the column.
    /// Linear in their text.
    pub fn of<'a>(cells: impl Iterator<Item = (usize, &'a str)>, heads: usize) -> Self {
        let (mut natural, mut word, mut filled, mut figures) = (1, 1, 0, 0);
        for (row, cell) in cells {
            natural = widest_line(cell).max(natural);
            word = longest_word(cell).max(word);
            if row >= heads && !cell.trim().is_empty() {
                filled += 1;
                figures += usize::from(is_figure(cell));
            }
        }
        let figures = filled > 0 && figures * 10 >= filled * FIGURES;
        Self { natural, least: word.max(NARROWEST).min(natural), figures }
    }
}

/// Widens `columns` for a cell that spans all of them: alike, so far that its words have room, and its line
/// as well where that is a short one. A long one is wrapped: it says something of the columns, and is no
/// measure of them. Linear in its text.
pub fn widen(columns: &mut [Column], cell: &str) {
    let gaps = GAP * columns.len().saturating_sub(1);
    let raise = |columns: &mut [Column], wanted: usize, of: fn(&mut Column) -> &mut usize| {
        let there = columns.iter_mut().map(|column| *of(column)).sum::<usize>() + gaps;
        let (missing, many) = (wanted.saturating_sub(there), columns.len().max(1));
        for (n, column) in columns.iter_mut().enumerate() {
            *of(column) += missing / many + usize::from(n < missing % many);
        }
    };
    raise(columns, longest_word(cell), |column| &mut column.least);
    columns.iter_mut().for_each(|column| column.natural = column.natural.max(column.least));
    raise(columns, widest_line(cell).min(SPANNING), |column| &mut column.natural);
}

fn widest_line(cell: &str) -> usize {
    cell.lines().map(width).max().unwrap_or(0)
}

fn longest_word(cell: &str) -> usize {
    cell.split_whitespace().map(|word| width(word).min(LONGEST_WORD)).max().unwrap_or(0)
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

/// The columns that a table takes, with what is left between two of its columns.
#[must_use]
pub fn total(widths: &[usize]) -> usize {
    widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1)
}

/// The widths of the columns: takes from the widest until the table fits `room` or none can give more.
/// Finds the width that no column may pass, and gives what is left over to the first of those that
/// would.
#[must_use]
pub fn fit(columns: &[Column], room: usize) -> Vec<usize> {
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

/// The widths of the columns where a table goes sideways in so much room: as its cells want them, but so
/// that the first, which is to stand beside all the others, takes no more than a third of the room, and two
/// others have room beside it where their words let them.
#[must_use]
pub fn at_ease(columns: &[Column], room: usize) -> Vec<usize> {
    let within = |column: &Column, most: usize| column.natural.min(most).max(column.least);
    let first = columns.first().map_or(0, |column| within(column, EASE.min(room / 3)));
    let most = (room.saturating_sub(first) / 2).saturating_sub(GAP + 1).clamp(TIGHT, EASE).min(room.max(1));
    let others = columns.iter().skip(1).map(|column| within(column, most));
    columns.first().map(|_| first).into_iter().chain(others).collect()
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
    fn what_goes_sideways_is_set_at_ease_with_two_columns_beside_the_first() {
        let columns = |natural: &[usize]| -> Vec<Column> {
            natural.iter().map(|n| Column { natural: *n, least: 5.min(*n), figures: false }).collect()
        };
        assert_eq!(at_ease(&columns(&[14, 8, 60, 20]), 100), [14, 8, 24, 20]);
        assert_eq!(at_ease(&columns(&[40, 8, 60, 20]), 50), [16, 8, 14, 14]);
        assert_eq!(at_ease(&columns(&[40, 8, 60]), 8), [5, 8, 8]);
        assert_eq!(at_ease(&[], 8), [] as [usize; 0]);
    }

    #[test]
    fn a_cell_over_columns_widens_them_for_its_words_and_for_a_short_line() {
        let widened = |natural: &[usize], cell: &str| {
            let column = |natural: &usize| Column { natural: *natural, least: NARROWEST.min(*natural), figures: false };
            let mut columns: Vec<Column> = natural.iter().map(column).collect();
            widen(&mut columns, cell);
            columns.iter().map(|column| (column.natural, column.least)).collect::<Vec<_>>()
        };
        assert_eq!(widened(&[4, 4], "Seats in parliament"), [(9, 4), (8, 4)]);
        assert_eq!(widened(&[20, 4], "Seats in parliament"), [(20, 4), (4, 4)]);
        let note = "as the office has it ".repeat(90);
        assert_eq!(widened(&[10, 5, 5], &note).iter().map(|(natural, _)| natural).sum::<usize>(), 30 - 2 * GAP);
        assert_eq!(widened(&[2, 2], "mmmmmmmmmmmmmmmmmmmmmmmmmm"), [(12, 8), (12, 8)]);
        widen(&mut [], "nothing");
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
