//! Pictures on terminals that can show them: kitty's graphics, iTerm2's inline images, and sixels.
//!
//! [`encode`] makes the bytes, on any thread; [`Layer`](layer::Layer) puts those on the screen that a
//! frame has room for, and takes them away again. A picture goes by rows of cells, for all three
//! protocols: so one that is scrolled half out of its pane is drawn by the rows that are left of it,
//! and nothing of it is ever sent beyond them.
//!
//! Nothing is sent to a terminal that has not said, one way or the other, that it can do it: see
//! [`super::abilities`].

mod iterm;
mod kitty;
pub(super) mod layer;
mod sixel;

use std::fmt;

pub(super) use kitty::{QUESTION as KITTY_QUESTION, says_yes as says_kitty};
pub use layer::Strip;

/// How a terminal wants its pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Protocol {
    /// kitty's graphics protocol; Ghostty, Konsole, WezTerm and others have it as well.
    Kitty,
    /// iTerm2's inline images; WezTerm, mintty and others have them as well.
    ITerm,
    /// DEC's sixels: foot, xterm, Windows Terminal, mlterm and others; tmux, where it was built so.
    Sixel,
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Kitty => "kitty graphics",
            Self::ITerm => "iTerm2 images",
            Self::Sixel => "sixel graphics",
        })
    }
}

/// A picture as points, to be encoded: red, green and blue a byte each.
#[derive(Clone, Copy, Debug)]
pub struct Points<'a> {
    /// Points across.
    pub width: u32,
    /// Points down: `rows` times those of a cell.
    pub height: u32,
    /// `3 × width × height` bytes.
    pub rgb: &'a [u8],
    /// Columns of the screen that they fill.
    pub columns: u16,
    /// Rows of the screen that they fill.
    pub rows: u16,
}

impl Points<'_> {
    /// Points down of one row of cells, at least 1.
    fn row_height(&self) -> u32 {
        (self.height / u32::from(self.rows.max(1))).max(1)
    }

    /// The points of one row of cells.
    fn row(&self, row: u16) -> &[u8] {
        let bytes = self.width as usize * 3;
        let from = u32::from(row) as usize * self.row_height() as usize * bytes;
        let to = from + self.row_height() as usize * bytes;
        self.rgb.get(from..to.min(self.rgb.len())).unwrap_or_default()
    }
}

/// A picture in the words of a terminal.
pub struct Encoded {
    width: u32,
    row_height: u32,
    body: Body,
}

enum Body {
    /// The whole, sent once and then shown by its number.
    Kitty(Vec<u8>),
    /// Every row of cells, sent whenever it comes on the screen.
    Rows(Vec<Vec<u8>>),
}

/// Without the bytes, which are many.
impl fmt::Debug for Encoded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Encoded").field("width", &self.width).finish_non_exhaustive()
    }
}

/// Encodes picture number `id` (not 0). Takes some milliseconds; linear in the points. `None` where
/// the points are not as many as they should be.
#[must_use]
pub fn encode(protocol: Protocol, id: u32, points: &Points<'_>) -> Option<Encoded> {
    if points.width == 0 || points.rgb.len() < points.width as usize * points.height as usize * 3 {
        return None;
    }
    let body = match protocol {
        Protocol::Kitty => Body::Kitty(kitty::transmit(id, &png(points.rgb, points.width)?)),
        Protocol::ITerm => Body::Rows(
            (0..points.rows)
                .map(|row| Some(iterm::inline(&png(points.row(row), points.width)?, points.columns)))
                .collect::<Option<_>>()?,
        ),
        Protocol::Sixel => Body::Rows(sixel::rows(points)),
    };
    Some(Encoded { width: points.width, row_height: points.row_height(), body })
}

/// A PNG of points of so many across.
fn png(rgb: &[u8], width: u32) -> Option<Vec<u8>> {
    use image::codecs::png::{CompressionType, FilterType, PngEncoder};
    use image::{ExtendedColorType, ImageEncoder};
    let height = u32::try_from(rgb.len()).ok()? / 3 / width.max(1);
    let mut png = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut png, CompressionType::Fast, FilterType::Adaptive);
    encoder.write_image(rgb, width, height, ExtendedColorType::Rgb8).ok()?;
    Some(png)
}

#[cfg(test)]
mod tests;
