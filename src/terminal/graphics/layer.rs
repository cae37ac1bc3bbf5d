//! What is on the screen of pictures, and how the next frame's come there.

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{Hash, Hasher};
use std::io::Write;

use ratatui::buffer::{Buffer, CellDiffOption};

use super::kitty::{self, Piece};
use super::{Body, Encoded};

/// One row of cells of a picture, at its place on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Strip {
    /// The number of the picture.
    pub id: u32,
    /// Which of its rows, from 0.
    pub row: u16,
    /// The column of the screen, from 0.
    pub x: u16,
    /// The row of the screen, from 0.
    pub y: u16,
    /// Columns that it takes.
    pub columns: u16,
}

impl Strip {
    /// Whether this column and row of the screen are under it.
    pub(in crate::terminal) fn covers(&self, (x, y): (u16, u16)) -> bool {
        y == self.y && (self.x..self.x.saturating_add(self.columns)).contains(&x)
    }
}

/// The pictures of the screen.
#[derive(Debug, Default)]
pub(in crate::terminal) struct Layer {
    /// All that may come on the screen.
    gallery: HashMap<u32, Encoded>,
    /// Those that the terminal has by number.
    sent: HashSet<u32>,
    /// What was on the screen after the last frame.
    shown: Vec<Strip>,
    /// How the cells under them looked: a digest of their styles.
    grounds: HashMap<Strip, u64>,
    /// Numbers of pictures that are no longer needed, and that the terminal still has.
    left: Vec<u32>,
}

impl Layer {
    /// Takes a picture in.
    pub(in crate::terminal) fn add(&mut self, id: u32, picture: Encoded) {
        self.gallery.insert(id, picture);
    }

    /// Lets go of all pictures but these.
    pub(in crate::terminal) fn keep(&mut self, ids: &[u32]) {
        self.gallery.retain(|id, _| ids.contains(id));
        self.left.extend(self.sent.iter().filter(|id| !ids.contains(id)));
        self.sent.retain(|id| ids.contains(id));
    }

    /// Whether there is anything to see to: without pictures a frame costs nothing more.
    pub(in crate::terminal) fn is_idle(&self, strips: &[Strip]) -> bool {
        strips.is_empty() && self.shown.is_empty() && self.left.is_empty()
    }

    /// The screen was cleared: nothing is on it any more, and who knows what the terminal still has.
    pub(in crate::terminal) fn forget(&mut self, out: &mut Vec<u8>) {
        // Each by its number: "all" means only those in sight to some terminals.
        let mut ids: Vec<u32> = self.sent.drain().chain(self.left.drain(..)).collect();
        ids.sort_unstable();
        ids.into_iter().for_each(|id| kitty::delete(id, true, out));
        self.shown.clear();
        self.grounds.clear();
    }

    /// Makes a frame ready for its pictures. Of `strips` those are taken whose cells nobody has
    /// written over: `ui` leaves them marked as skipped. They are blank under the picture, and what
    /// a picture has left is written anew, whatever ratatui thinks is there.
    pub(in crate::terminal) fn prepare(&mut self, buffer: &mut Buffer, strips: Vec<Strip>) -> Vec<Strip> {
        let last_line = buffer.area.bottom().saturating_sub(1);
        let free = |strip: &Strip| {
            self.gallery.contains_key(&strip.id)
                // A picture that ends on the last line makes some terminals scroll.
                && strip.y < last_line
                && cells(*strip).all(|at| {
                    buffer.cell(at).is_some_and(|cell| cell.diff_option == CellDiffOption::Skip)
                })
        };
        let (taken, refused): (Vec<Strip>, Vec<Strip>) = strips.into_iter().partition(free);
        for at in taken.iter().chain(&refused).copied().flat_map(cells) {
            if let Some(cell) = buffer.cell_mut(at).filter(|cell| cell.diff_option == CellDiffOption::Skip) {
                cell.diff_option = CellDiffOption::None;
            }
        }
        // Blank cells in other colours are written, and wipe out what the terminal had drawn there.
        let grounds: HashMap<Strip, u64> = taken.iter().map(|strip| (*strip, ground(*strip, buffer))).collect();
        self.shown.retain(|strip| grounds.get(strip).is_none_or(|ground| self.grounds.get(strip) == Some(ground)));
        self.grounds = grounds;
        let covered: HashSet<(u16, u16)> = taken.iter().copied().flat_map(cells).collect();
        for at in self.shown.iter().copied().flat_map(cells).filter(|at| !covered.contains(at)) {
            if let Some(cell) = buffer.cell_mut(at) {
                cell.diff_option = CellDiffOption::AlwaysUpdate;
            }
        }
        taken
    }

    /// The bytes that bring the screen from the last frame's pictures to these. Only what changed is
    /// sent.
    pub(in crate::terminal) fn paint(&mut self, strips: Vec<Strip>, out: &mut Vec<u8>) {
        let mut bytes = Vec::new();
        for id in std::mem::take(&mut self.left) {
            kitty::delete(id, true, &mut bytes);
        }
        if strips != self.shown {
            self.by_number(&strips, &mut bytes);
            self.by_rows(&strips, &mut bytes);
            self.shown = strips;
        }
        if !bytes.is_empty() {
            // The cursor and its colours are ratatui's.
            out.extend_from_slice(b"\x1b7");
            out.extend_from_slice(&bytes);
            out.extend_from_slice(b"\x1b8");
        }
    }

    /// Pictures that the terminal has by number: as many rows of one as stand together are one piece.
    fn by_number(&mut self, strips: &[Strip], out: &mut Vec<u8>) {
        let (before, after) = (self.pieces(&self.shown), self.pieces(strips));
        let is_as_before = |id: u32| {
            let of = |pieces: &[(Piece, (u16, u16))]| -> Vec<_> {
                pieces.iter().filter(|(piece, _)| piece.id == id).copied().collect()
            };
            of(&before) == of(&after)
        };
        // All pieces of one that has changed: a number tells them apart within their picture, and one
        // that stays would have to keep the number it had.
        let all = before.iter().chain(&after).map(|(piece, _)| piece.id);
        let changed: BTreeSet<u32> = all.filter(|id| !is_as_before(*id)).collect();
        changed.iter().filter(|id| self.sent.contains(id)).for_each(|id| kitty::delete(*id, false, out));
        for (n, (piece, (x, y))) in after.into_iter().enumerate() {
            let Some(Body::Kitty(data)) = self.gallery.get(&piece.id).map(|picture| &picture.body) else { continue };
            if !changed.contains(&piece.id) {
                continue;
            }
            if self.sent.insert(piece.id) {
                out.extend_from_slice(data);
            }
            go_to(x, y, out);
            kitty::show(&piece, n + 1, out);
        }
    }

    fn pieces(&self, strips: &[Strip]) -> Vec<(Piece, (u16, u16))> {
        let mut pieces: Vec<(Piece, (u16, u16))> = Vec::new();
        let mut last: Option<Strip> = None;
        for strip in strips {
            let Some(picture) = self.gallery.get(&strip.id).filter(|found| matches!(found.body, Body::Kitty(_))) else {
                continue;
            };
            let follows = last.is_some_and(|last| {
                (last.id, last.x, last.row + 1, last.y + 1) == (strip.id, strip.x, strip.row, strip.y)
            });
            last = Some(*strip);
            match pieces.last_mut().filter(|_| follows) {
                Some((piece, _)) => {
                    piece.rows += 1;
                    piece.height += picture.row_height;
                }
                None => {
                    let piece = Piece {
                        id: strip.id,
                        from: u32::from(strip.row) * picture.row_height,
                        height: picture.row_height,
                        width: picture.width,
                        columns: strip.columns,
                        rows: 1,
                    };
                    pieces.push((piece, (strip.x, strip.y)));
                }
            }
        }
        pieces
    }

    /// Pictures that are sent row by row: those rows that are not there already.
    fn by_rows(&self, strips: &[Strip], out: &mut Vec<u8>) {
        let there: HashSet<Strip> = self.shown.iter().copied().collect();
        for strip in strips.iter().filter(|strip| !there.contains(*strip)) {
            let Some(Body::Rows(rows)) = self.gallery.get(&strip.id).map(|picture| &picture.body) else { continue };
            if let Some(row) = rows.get(usize::from(strip.row)) {
                go_to(strip.x, strip.y, out);
                out.extend_from_slice(row);
            }
        }
    }
}

/// What the cells under a strip look like.
fn ground(strip: Strip, buffer: &Buffer) -> u64 {
    let mut digest = DefaultHasher::new();
    cells(strip).filter_map(|at| buffer.cell(at)).for_each(|cell| cell.style().hash(&mut digest));
    digest.finish()
}

/// The cells of a strip.
fn cells(strip: Strip) -> impl Iterator<Item = (u16, u16)> {
    (strip.x..strip.x.saturating_add(strip.columns)).map(move |x| (x, strip.y))
}

fn go_to(x: u16, y: u16, out: &mut Vec<u8>) {
    // Writing into memory does not fail.
    let _ = write!(out, "\x1b[{};{}H", u32::from(y) + 1, u32::from(x) + 1);
}
