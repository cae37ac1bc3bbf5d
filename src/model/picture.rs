//! Pictures made ready for a screen: how much room there is, and the points.

use std::fmt;
use std::sync::Arc;

use crate::text::Link;

/// What the address of a picture begins with that came with its page and stands nowhere on the web. The
/// name is one that never leads anywhere (RFC 2606).
pub const ENCLOSED: &str = "https://picture.invalid/";

/// Whether a picture came with its page: nobody can be asked for it.
#[must_use]
pub fn is_enclosed(link: &Link) -> bool {
    link.as_str().starts_with(ENCLOSED)
}

/// A picture that came with its page.
#[derive(Clone, PartialEq, Eq)]
pub struct Enclosed {
    /// Its address in the page, or one that begins with [`ENCLOSED`].
    pub address: Link,
    /// What kind of picture its bytes are: `image/png`.
    pub media_type: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Without the bytes, which are many.
impl fmt::Debug for Enclosed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Enclosed({}, {} bytes)", self.address, self.bytes.len())
    }
}

/// The room that a picture may take on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Frame {
    /// Columns, at least 1.
    pub columns: u16,
    /// Rows, at least 1.
    pub rows: u16,
    /// Points in a cell, across and down, each at least 1: the terminal's pixels, or 1 and 2 where
    /// halves of cells are painted.
    pub cell: (u16, u16),
    /// What shows through where the picture is transparent.
    pub ground: [u8; 3],
}

impl Frame {
    /// A frame painted with halves of cells.
    pub const HALVES: (u16, u16) = (1, 2);

    /// Points across one column of a picture in its natural size, where halves of cells are painted:
    /// what the cells of a usual screen have.
    const USUAL: u32 = 8;

    /// The columns and rows that a picture of `width` by `height` pixels takes: as large as it fits,
    /// in its own proportions, and never larger than it is. At least one of each.
    #[must_use]
    pub fn fit(&self, width: u32, height: u32) -> (u16, u16) {
        let (across, down) = (f64::from(self.cell.0.max(1)), f64::from(self.cell.1.max(1)));
        let (width, height) = (f64::from(width.max(1)), f64::from(height.max(1)));
        let natural = if self.cell == Self::HALVES { width / f64::from(Self::USUAL) } else { width / across };
        let most = f64::from(self.columns.max(1));
        let mut columns = natural.ceil().clamp(1.0, most);
        let mut rows = (columns * across * height / width / down).round();
        if rows > f64::from(self.rows.max(1)) {
            rows = f64::from(self.rows.max(1));
            columns = (rows * down * width / height / across).round().clamp(1.0, most);
        }
        // Both are within u16 by now: a saturating cast cannot cut them.
        (columns as u16, rows.max(1.0) as u16)
    }

    /// The points of so many columns and rows.
    #[must_use]
    pub fn points(&self, (columns, rows): (u16, u16)) -> (u32, u32) {
        (u32::from(columns) * u32::from(self.cell.0.max(1)), u32::from(rows) * u32::from(self.cell.1.max(1)))
    }
}

/// A picture set for the screen: so many points in rows, red, green and blue a byte each.
#[derive(Clone, PartialEq, Eq)]
pub struct Raster {
    /// Columns of the screen that it takes.
    pub columns: u16,
    /// Rows of the screen that it takes.
    pub rows: u16,
    /// Points across.
    pub width: u32,
    /// Points down.
    pub height: u32,
    /// The points from the top left, `3 × width × height` bytes.
    pub rgb: Arc<[u8]>,
}

impl Raster {
    /// The point at `x`, `y`; black outside of it.
    #[must_use]
    pub fn point(&self, x: u32, y: u32) -> [u8; 3] {
        let at = (y as usize * self.width as usize + x as usize) * 3;
        match self.rgb.get(at..at + 3) {
            Some(&[r, g, b]) if x < self.width => [r, g, b],
            _ => [0; 3],
        }
    }
}

/// Without the points, which are many.
impl fmt::Debug for Raster {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Raster({}x{} in {}x{} cells)", self.width, self.height, self.columns, self.rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn frame(columns: u16, rows: u16, cell: (u16, u16)) -> Frame {
        Frame { columns, rows, cell, ground: [0; 3] }
    }

    #[test]
    fn a_picture_keeps_its_proportions_and_is_never_larger_than_it_is() {
        let graphics = frame(72, 20, (10, 20));
        assert_eq!(graphics.fit(1600, 800), (72, 18));
        assert_eq!(graphics.fit(800, 1600), (20, 20));
        assert_eq!(graphics.fit(100, 100), (10, 5));
        assert_eq!(frame(72, 20, Frame::HALVES).fit(1600, 800), (72, 18));
        assert_eq!(frame(72, 20, Frame::HALVES).fit(80, 80), (10, 5));
        assert_eq!(graphics.fit(0, 0), (1, 1));
        assert_eq!(graphics.points((72, 18)), (720, 360));
    }

    proptest! {
        #[test]
        fn nothing_leaves_its_frame(
            columns in 0_u16..300, rows in 0_u16..200, cell in (0_u16..40, 0_u16..80), width: u32, height: u32,
        ) {
            let (wide, high) = frame(columns, rows, cell).fit(width, height);
            prop_assert!((1..=columns.max(1)).contains(&wide) && (1..=rows.max(1)).contains(&high));
        }
    }
}
