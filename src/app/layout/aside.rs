//! What is wider than the page goes sideways: code as far as one likes, a table by whole columns, with
//! its first one, which says what its rows are, kept in sight.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::order::{Piece, short};
use super::{LaidOut, Row};
use crate::text::Clean;
use crate::text::width::width;

/// The rows of a block that go sideways together. Columns are counted from behind what stands before
/// every line of the block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Strip {
    /// Columns of its widest row.
    pub columns: u16,
    /// The columns of a table, from the first on; none for code.
    pub stops: Vec<Range<u16>>,
}

/// How much of a strip is in sight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct View {
    /// So many columns from the left stay.
    held: u16,
    /// What stands behind them has gone so far to the left.
    shift: u16,
    /// What would stand from here on is not shown.
    end: u16,
}

/// Of the room, a table's first column is kept in sight where it takes no more than this share: a half.
const HELD: u16 = 2;

impl Strip {
    /// What is in sight in `room` columns, gone `aside` as far as that is possible: at the end of a strip
    /// nothing is left to go to, and a table stops at its columns. Linear in these.
    fn view(&self, room: u16, aside: u16) -> View {
        let room = room.max(1);
        let held = self.held(room);
        let shift = match self.stops[..] {
            [] => aside.min(self.columns.saturating_sub(room)),
            _ => self.shifts(room).into_iter().take_while(|shift| *shift <= aside).last().unwrap_or(0),
        };
        let more = self.columns.saturating_sub(shift) > room;
        let behind = |stop: &Range<u16>| stop.end.checked_sub(shift).filter(|end| *end > held && *end + SIGN <= room);
        let end = self.stops.iter().filter_map(behind).max().filter(|_| more).unwrap_or(room);
        View { held: if shift > 0 { held } else { 0 }, shift, end }
    }

    /// The columns that stay, with the gap behind them.
    fn held(&self, room: u16) -> u16 {
        self.stops.get(1).map(|second| second.start).filter(|held| *held <= room / HELD).unwrap_or(0)
    }

    /// How far a table can go: to each of its columns, and on within one that is wider than the room, until
    /// its last is whole in sight. In order, from 0 on.
    fn shifts(&self, room: u16) -> Vec<u16> {
        let held = self.held(room);
        let mut shifts = vec![0];
        for stop in self.stops.iter().skip(usize::from(held > 0)) {
            // Without a column that stays, the sign for more on the left stands in the gap before this one.
            let mut shift = stop.start.saturating_sub(held.max(SIGN));
            let free = room.saturating_sub(held.max(SIGN) + SIGN).max(1);
            loop {
                if shifts.last().is_some_and(|last| *last < shift) {
                    shifts.push(shift);
                }
                if self.columns.saturating_sub(shift) <= room {
                    return shifts;
                }
                shift = shift.saturating_add(free);
                if stop.end.saturating_sub(shift) <= held.max(SIGN) {
                    break;
                }
            }
        }
        shifts
    }

    /// How far it has gone after so many steps from `aside`: of a column each, or for code of a third of
    /// the room.
    #[must_use]
    pub fn step(&self, room: u16, aside: u16, times: isize) -> u16 {
        let from = self.view(room, aside).shift;
        if self.stops.is_empty() {
            let by = isize::try_from((room / 3).max(1)).unwrap_or(1).saturating_mul(times);
            let wanted = isize::try_from(from).unwrap_or(0).saturating_add(by).max(0);
            return self.view(room, u16::try_from(wanted).unwrap_or(u16::MAX)).shift;
        }
        let shifts = self.shifts(room);
        let at = shifts.iter().position(|shift| *shift == from).unwrap_or(0);
        shifts[at.saturating_add_signed(times).min(shifts.len() - 1)]
    }
}

/// Columns that the sign for more takes.
const SIGN: u16 = 1;

/// What is drawn of a row that has gone sideways.
#[derive(Debug)]
pub struct Aside<'r> {
    /// The words, from the left.
    pub pieces: Vec<Piece<'r>>,
    /// Where the sign stands that there is more on the left.
    pub before: Option<u16>,
    /// Where the sign stands that there is more on the right.
    pub behind: Option<u16>,
}

impl Row {
    /// As [`Row::pieces`]; of a row that goes sideways what is in sight when it has gone so many columns
    /// to the left. What stands before every line stays, and so does a table's first column.
    #[must_use]
    pub fn pieces_aside(&self, columns: u16, aside: u16) -> Aside<'_> {
        let pieces = self.pieces(columns);
        let Some((_, lead, view)) = self.view(columns, aside) else {
            return Aside { pieces, before: None, behind: None };
        };
        let held = lead + view.held;
        let seen = held.saturating_add(view.shift)..lead.saturating_add(view.shift).saturating_add(view.end);
        let (mut before, mut behind) = (false, false);
        let mut shown = Vec::with_capacity(pieces.len() + 1);
        for piece in pieces {
            let end = piece.column.saturating_add(piece.columns);
            let words = !piece.text.as_str().trim().is_empty();
            before |= words && end > held && piece.column.max(held) < seen.start;
            behind |= words && end > seen.end;
            shown.extend(within(&piece, &(0..held)));
            let moved = within(&piece, &seen);
            shown.extend(moved.map(|moved| Piece { column: moved.column - view.shift, ..moved }));
        }
        Aside {
            pieces: shown,
            before: before.then(|| held.saturating_sub(u16::from(view.held > 0))),
            behind: behind.then(|| columns.saturating_sub(SIGN)),
        }
    }

    /// Where columns of the row are once it has gone sideways, in a text of so many columns; `None` where
    /// they are out of sight.
    #[must_use]
    pub fn columns_aside(&self, taken: &Range<u16>, columns: u16, aside: u16) -> Option<Range<u16>> {
        let Some((_, lead, view)) = self.view(columns, aside) else { return Some(taken.clone()) };
        let held = lead + view.held;
        let moved =
            taken.start.saturating_sub(view.shift).max(held)..taken.end.saturating_sub(view.shift).min(lead + view.end);
        let seen = if taken.start < held { taken.start..taken.end.min(held) } else { moved };
        (!seen.is_empty()).then_some(seen)
    }

    /// The strip it is of, the columns before its lines, and what is in sight of the strip.
    fn view(&self, columns: u16, aside: u16) -> Option<(&Strip, u16, View)> {
        let strip = self.strip.as_deref()?;
        let lead = self.lead_columns();
        Some((strip, lead, strip.view(columns.saturating_sub(lead), aside)))
    }

    /// The columns of what stands before every line of its block.
    pub(super) fn lead_columns(&self) -> u16 {
        let lead = &self.runs[..usize::from(self.lead).min(self.runs.len())];
        short(lead.iter().map(|run| width(run.text.as_str())).sum())
    }
}

impl LaidOut {
    /// How far what is wider than the page has gone sideways after so many steps from `aside`, and whether
    /// that is further or less far. Of those `rows`, which are on the screen, the first that goes sideways
    /// tells how far a step is; or else the first of all.
    #[must_use]
    pub fn step_aside(&self, rows: Range<usize>, aside: u16, times: isize) -> (u16, bool) {
        let on_screen = self.rows.iter().skip(rows.start).take(rows.len());
        let step = on_screen.chain(&self.rows).find_map(|row| {
            let columns = self.columns_of(row);
            let (strip, lead, view) = row.view(columns, aside)?;
            Some((view.shift, strip.step(columns.saturating_sub(lead), aside, times)))
        });
        step.map_or((0, false), |(from, to)| (to, from != to))
    }
}

/// As much of a piece as stands within `seen`; nothing where nothing does. A sign of two columns at the
/// edge is left out.
fn within<'r>(piece: &Piece<'r>, seen: &Range<u16>) -> Option<Piece<'r>> {
    let end = piece.column.saturating_add(piece.columns);
    if piece.column >= seen.start && end <= seen.end {
        return Some(piece.clone());
    }
    let mut column = piece.column;
    let mut kept: Option<(u16, Range<usize>)> = None;
    for (at, grapheme) in piece.text.as_str().grapheme_indices(true) {
        let wide = short(width(grapheme));
        if column >= seen.start && column.saturating_add(wide) <= seen.end && column < seen.end {
            let kept = kept.get_or_insert((column, at..at));
            kept.1.end = at + grapheme.len();
        }
        column = column.saturating_add(wide);
    }
    let (column, bytes) = kept?;
    let text = &piece.text.as_str()[bytes];
    Some(Piece { run: piece.run, text: Clean::verbatim(text), column, columns: short(width(text)) })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::super::{Run, Tone};
    use super::*;

    fn run(text: &str, tone: Tone) -> Run {
        Run { text: Clean::verbatim(text), ..Run::plain(tone) }
    }

    /// A row behind so many columns of indentation.
    fn row(text: &str, lead: usize, strip: Strip) -> Row {
        let runs = vec![run(&" ".repeat(lead), Tone::Code), run(text, Tone::Code)];
        Row { runs, lead: 1, strip: Some(Arc::new(strip)), ..Row::default() }
    }

    /// What is drawn of it in so many columns.
    fn drawn(row: &Row, columns: u16, aside: u16) -> String {
        let shown = row.pieces_aside(columns, aside);
        let mut cells = vec![' '; usize::from(columns)];
        for piece in &shown.pieces {
            for (n, c) in piece.text.as_str().chars().enumerate() {
                cells[usize::from(piece.column) + n] = c;
            }
        }
        for (at, sign) in [(shown.before, '‹'), (shown.behind, '›')] {
            if let Some(at) = at {
                cells[usize::from(at)] = sign;
            }
        }
        cells.into_iter().collect::<String>().trim_end().to_owned()
    }

    fn code(text: &str) -> Row {
        row(text, 2, Strip { columns: short(text.len()), stops: Vec::new() })
    }

    fn table(cells: &[&str]) -> Row {
        let mut stops: Vec<Range<u16>> = Vec::new();
        let mut end = 0;
        for cell in cells {
            stops.push(end..end + short(cell.len()));
            end += short(cell.len()) + 2;
        }
        row(&cells.join("  "), 0, Strip { columns: end - 2, stops })
    }

    #[test]
    fn code_goes_sideways_to_its_end_behind_its_indent() {
        let code = code("abcdefgh");
        assert_eq!(drawn(&code, 6, 0), "  abc›");
        assert_eq!(drawn(&code, 6, 1), "  ‹cd›");
        assert_eq!(drawn(&code, 6, 99), "  ‹fgh");
        assert_eq!(code.columns_aside(&(4..7), 6, 1), Some(3..6));
        assert_eq!(code.columns_aside(&(2..4), 6, 3), None);
        assert_eq!(code.columns_aside(&(7..9), 6, 0), None);
    }

    #[test]
    fn a_table_goes_by_its_columns_and_keeps_the_first() {
        let table = table(&["Minsk", "winter", "spring", "summer", "autumn"]);
        let steps: Vec<u16> = std::iter::successors(Some(0), |aside| {
            let strip = table.strip.as_deref().unwrap();
            Some(strip.step(24, *aside, 1)).filter(|next| next != aside)
        })
        .collect();
        let shown: Vec<String> = steps.iter().map(|aside| drawn(&table, 24, *aside)).collect();
        let seen = ["Minsk  winter  spring  ›", "Minsk ‹spring  summer  ›", "Minsk ‹summer  autumn"];
        assert_eq!(shown, seen);
        let strip = table.strip.as_deref().unwrap();
        assert_eq!((strip.step(24, 99, -1), strip.step(24, 99, -9), strip.step(24, 0, 9)), (8, 0, 16));
        // Words of what stays, of what has gone, of what is there now.
        let at = |columns: Range<u16>| table.columns_aside(&columns, 24, 8);
        assert_eq!((at(0..5), at(7..13), at(15..21)), (Some(0..5), None, Some(7..13)));
    }

    #[test]
    fn a_first_column_that_is_too_wide_goes_as_well() {
        let table = table(&["Something of a name", "winter", "spring"]);
        assert_eq!(drawn(&table, 24, 0), "Something of a name    ›");
        assert_eq!(drawn(&table, 24, 99), "‹winter  spring");
    }

    proptest! {
        /// Every letter of a table is to be seen at some step, and none beyond the room.
        #[test]
        fn all_of_a_table_comes_into_sight(widths in proptest::collection::vec(1_usize..20, 1..9), room in 8_u16..60) {
            let letters = ('!'..='~').cycle();
            let mut letters = letters;
            let cells: Vec<String> = widths.iter().map(|wide| letters.by_ref().take(*wide).collect()).collect();
            let table = table(&cells.iter().map(String::as_str).collect::<Vec<_>>());
            let strip = table.strip.clone().unwrap();
            prop_assume!(strip.columns > room);
            let mut seen = vec![false; usize::from(strip.columns)];
            let (mut aside, mut before) = (0, None);
            while before != Some(aside) {
                let view = strip.view(room, aside);
                let signs = table.pieces_aside(room, aside);
                for (column, seen) in seen.iter_mut().enumerate() {
                    let here = table.columns_aside(&(short(column)..short(column) + 1), room, aside);
                    let here = here.filter(|here| Some(here.start) != signs.before && Some(here.start) != signs.behind);
                    *seen |= here.is_some();
                }
                prop_assert!(signs.pieces.iter().all(|piece| piece.column + piece.columns <= room), "{view:?}");
                before = Some(aside);
                aside = strip.step(room, aside, 1);
            }
            for stop in &strip.stops {
                prop_assert!(seen[usize::from(stop.start)..usize::from(stop.end)].iter().all(|seen| *seen), "{stop:?}");
            }
        }
    }
}
