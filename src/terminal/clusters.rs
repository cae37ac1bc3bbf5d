//! Signs of which terminals do not agree how wide they are: joined emoji, flags, letters with several
//! marks. One that draws them otherwise than they are reckoned draws over what stands behind them, or
//! leaves a place untouched that was to be theirs; and when they go, it keeps what ratatui does not know
//! to be there. Lines with such signs are therefore drawn whole whenever anything on them changes.

use std::collections::HashMap;
use std::io::{self, Write};

use ratatui::backend::Backend;
use ratatui::buffer::{Buffer, Cell, CellDiffOption};

use crate::text::width::width;

/// A sign of so many bytes is made of several characters: the shortest that are in doubt are a sign of
/// three bytes with a variation selector.
const DOUBTFUL: usize = 6;

/// A line that is drawn whole: its number and its cells, but for those that something lies over.
pub(super) type Line = (u16, Vec<(u16, Cell)>);

/// The lines with signs in doubt.
#[derive(Debug, Default)]
pub(super) struct Clusters {
    shown: HashMap<u16, Vec<(u16, Cell)>>,
}

impl Clusters {
    /// The screen was cleared.
    pub(super) fn forget(&mut self) {
        self.shown.clear();
    }

    /// The lines of a frame that are to be drawn whole: with such signs on them, or where some were, and
    /// other than they were. `covered` says of a cell that a picture lies over it. Linear in the cells,
    /// of which lines without such signs take a glance each.
    pub(super) fn prepare(&mut self, buffer: &Buffer, covered: impl Fn((u16, u16)) -> bool) -> Vec<Line> {
        let area = buffer.area;
        let mut lines = Vec::new();
        for (y, row) in (area.y..).zip(buffer.content().chunks(usize::from(area.width).max(1))) {
            let doubtful = row.iter().any(in_doubt);
            if !doubtful && !self.shown.contains_key(&y) {
                continue;
            }
            let cells: Vec<(u16, Cell)> = (area.x..)
                .zip(row)
                .filter(|(x, cell)| cell.diff_option != CellDiffOption::Skip && !covered((*x, y)))
                .map(|(x, cell)| (x, with(cell, cell.symbol())))
                .collect();
            if self.shown.get(&y) == Some(&cells) {
                continue;
            }
            if doubtful {
                self.shown.insert(y, cells.clone());
            } else {
                self.shown.remove(&y);
            }
            lines.push((y, cells));
        }
        lines
    }

    /// Draws those lines: blank first, so that nothing is left in a place that a sign does not fill, then
    /// from the left, so that each sign stands over what the one before has drawn too much.
    ///
    /// # Errors
    /// Where the terminal does not take it any more.
    pub(super) fn write<B: Backend<Error = io::Error> + Write>(lines: &[Line], backend: &mut B) -> io::Result<()> {
        if lines.is_empty() {
            return Ok(());
        }
        backend.write_all(b"\x1b7")?;
        for (y, cells) in lines {
            let blanks: Vec<(u16, Cell)> = cells.iter().map(|(x, cell)| (*x, with(cell, " "))).collect();
            backend.draw(blanks.iter().map(|(x, cell)| (*x, *y, cell)))?;
            let mut words: Vec<(u16, u16, &Cell)> = Vec::with_capacity(cells.len());
            let mut free = 0;
            for (x, cell) in cells {
                // The cell behind a wide sign is hidden.
                if *x < free {
                    continue;
                }
                free = x.saturating_add(u16::try_from(width(cell.symbol())).unwrap_or(1).max(1));
                words.push((*x, *y, cell));
                if in_doubt(cell) {
                    // Each call tells the cursor its place anew, which is in doubt from here on.
                    backend.draw(words.drain(..))?;
                }
            }
            backend.draw(words.into_iter())?;
        }
        backend.write_all(b"\x1b8")
    }
}

/// A cell of this look, to be written as any other.
fn with(cell: &Cell, symbol: &str) -> Cell {
    let mut cell = cell.clone();
    cell.set_symbol(symbol).set_diff_option(CellDiffOption::None);
    cell
}

fn in_doubt(cell: &Cell) -> bool {
    cell.symbol().len() >= DOUBTFUL
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::num::NonZeroU16;
    use std::rc::Rc;

    use ratatui::backend::CrosstermBackend;
    use ratatui::layout::Rect;
    use ratatui::style::Style;
    use ratatui::{Terminal, TerminalOptions, Viewport};

    use super::*;

    const FAMILY: &str = "👩\u{200d}👩\u{200d}👧\u{200d}👦";

    /// A terminal that knows nothing of joined signs.
    #[derive(Clone)]
    struct Plain(Rc<RefCell<vt100::Parser>>);

    impl Write for Plain {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.borrow_mut().process(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// What it shows after these frames of one line, drawn as [`super::super::Screen`] draws them or as
    /// ratatui does alone; and how many lines of each were drawn whole.
    fn shown(frames: &[&str], alone: bool) -> (String, Vec<usize>) {
        let [lines, columns] = [2, 30].map(|n| NonZeroU16::new(n).unwrap());
        let plain = Plain(Rc::new(RefCell::new(vt100::Parser::new(lines, columns, 0))));
        let viewport = Viewport::Fixed(Rect::new(0, 0, columns.get(), lines.get()));
        let mut ours =
            Terminal::with_options(CrosstermBackend::new(plain.clone()), TerminalOptions { viewport }).unwrap();
        let (mut clusters, mut counted) = (Clusters::default(), Vec::new());
        for frame in frames {
            let mut whole = Vec::new();
            let drawn = ours.draw(|target| {
                target.buffer_mut().set_string(0, 0, frame, Style::new());
                whole = clusters.prepare(target.buffer_mut(), |_| false);
            });
            drawn.map(drop).unwrap();
            counted.push(whole.len());
            if !alone {
                Clusters::write(&whole, ours.backend_mut()).unwrap();
            }
        }
        let line = plain.0.borrow().screen().rows(0, columns.get()).next().unwrap();
        (line.trim_end().to_owned(), counted)
    }

    #[test]
    fn nothing_is_left_of_a_sign_that_was_drawn_wider() {
        let with = format!("went by: {FAMILY}");
        let frames = [with.as_str(), "went by: one", "went by: two"];
        assert_eq!(shown(&frames, false), (frames[2].to_owned(), vec![1, 1, 0]), "the last is ratatui's alone");
        assert_ne!(shown(&frames, true).0, frames[2], "this terminal draws the sign wider");
    }

    #[test]
    fn what_stands_behind_such_a_sign_stays_where_it_is() {
        let line = shown(&[&format!("{FAMILY} four went by")], false).0;
        assert!(line.ends_with(" four went by"), "{line:?}");
        // Only what changes is sent.
        let same = format!("{FAMILY} four");
        assert_eq!(shown(&[&same, &same], false).1, [1, 0]);
    }

    #[test]
    fn the_place_of_a_sign_that_is_drawn_narrower_is_wiped() {
        // A terminal of the old kind draws a heart with a selector in one column, for which two are kept.
        let (line, _) = shown(&["xyz", "❤\u{fe0f}z"], false);
        assert!(!line.contains('y'), "{line:?}");
    }

    #[test]
    fn cells_under_a_picture_are_left_alone() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
        buffer.set_string(0, 0, format!("{FAMILY} and 4567"), Style::new());
        let lines = Clusters::default().prepare(&buffer, |(x, _)| x >= 8);
        assert_eq!(lines[0].1.iter().map(|(x, _)| *x).collect::<Vec<_>>(), (0..8).collect::<Vec<_>>());
    }
}
