//! DEC's sixels (VT330/VT340 Programmer Reference, chapter 14): six rows of points at a time, colour
//! by colour, from a palette.
//!
//! Written here and not taken from a library: the palette is made once for the whole picture and the
//! rows of cells are cut from it, so that no seam shows between them.

use std::io::Write;

use color_quant::NeuQuant;

use super::Points;

/// Colours of the palette: what every terminal that has sixels can do.
const COLOURS: usize = 256;

/// One point in so many is looked at for the palette.
const SAMPLED: i32 = 6;

/// Points in a sixel.
const SIX: usize = 6;

/// The rows of cells of a picture, each an image of its own.
pub(super) fn rows(points: &Points<'_>) -> Vec<Vec<u8>> {
    let mut rgba = Vec::with_capacity(points.rgb.len() / 3 * 4);
    for pixel in points.rgb.chunks_exact(3) {
        rgba.extend_from_slice(pixel);
        rgba.push(u8::MAX);
    }
    let palette = NeuQuant::new(SAMPLED, COLOURS, &rgba);
    let colours = palette.color_map_rgb();
    let indexed = dither(points, &palette, &colours);
    let width = points.width as usize;
    let height = points.row_height() as usize;
    let rows = indexed.chunks(width * height).take(points.rows.into());
    rows.map(|row| image(row, width, &colours)).collect()
}

/// The palette's index of every point, what each is off by handed on to those beside and below it
/// (Floyd and Steinberg), so that 256 colours are enough for a sky.
fn dither(points: &Points<'_>, palette: &NeuQuant, colours: &[u8]) -> Vec<u8> {
    let width = points.width as usize;
    let mut indexed = Vec::with_capacity(points.rgb.len() / 3);
    let (mut here, mut below) = (vec![[0_i32; 3]; width + 2], vec![[0_i32; 3]; width + 2]);
    for line in points.rgb.chunks_exact(width * 3) {
        for (x, pixel) in line.chunks_exact(3).enumerate() {
            // Errors are kept in sixteenths, one place to the right so that there is one on the left.
            let wanted: [i32; 3] = std::array::from_fn(|n| (i32::from(pixel[n]) + here[x + 1][n] / 16).clamp(0, 255));
            let index = palette.index_of(&[wanted[0] as u8, wanted[1] as u8, wanted[2] as u8, u8::MAX]);
            for n in 0..3 {
                let off = wanted[n] - i32::from(colours[index * 3 + n]);
                here[x + 2][n] += 7 * off;
                below[x][n] += 3 * off;
                below[x + 1][n] += 5 * off;
                below[x + 2][n] += off;
            }
            // The palette has 256 colours.
            indexed.push(index as u8);
        }
        std::mem::swap(&mut here, &mut below);
        below.fill([0; 3]);
    }
    indexed
}

/// One image of indexed points, with the colours that it uses.
fn image(indexed: &[u8], width: usize, colours: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(indexed.len());
    let height = indexed.len() / width;
    // Writing into memory does not fail. Square points, what is not drawn stays as it was.
    let _ = write!(out, "\x1bP0;1;0q\"1;1;{width};{height}");
    let mut used = [false; COLOURS];
    indexed.iter().for_each(|index| used[usize::from(*index)] = true);
    for (n, colour) in colours.chunks_exact(3).enumerate().filter(|(n, _)| used[*n]) {
        let percent = |byte: u8| (u32::from(byte) * 100 + 127) / 255;
        let _ = write!(out, "#{n};2;{};{};{}", percent(colour[0]), percent(colour[1]), percent(colour[2]));
    }
    for (n, band) in indexed.chunks(width * SIX).enumerate() {
        if n > 0 {
            out.push(b'-');
        }
        self::band(band, width, &mut out);
    }
    out.extend_from_slice(b"\x1b\\");
    out
}

/// Six lines of points (at the end of an image fewer), colour by colour.
fn band(band: &[u8], width: usize, out: &mut Vec<u8>) {
    let mut colours: Vec<u8> = band.to_vec();
    colours.sort_unstable();
    colours.dedup();
    for (n, colour) in colours.into_iter().enumerate() {
        if n > 0 {
            // Back to the left edge, over what is there.
            out.push(b'$');
        }
        let _ = write!(out, "#{colour}");
        let (mut last, mut times) = (None, 0_usize);
        for x in 0..width {
            let lines = band.chunks(width).enumerate();
            let bits: u8 = lines.map(|(y, line)| u8::from(line.get(x) == Some(&colour)) << y).sum();
            let sixel = b'?' + bits;
            if last == Some(sixel) {
                times += 1;
                continue;
            }
            repeat(last, times, out);
            (last, times) = (Some(sixel), 1);
        }
        // Blank points at the end need not be said.
        repeat(last.filter(|sixel| *sixel != b'?'), times, out);
    }
}

/// A sixel so many times.
fn repeat(sixel: Option<u8>, times: usize, out: &mut Vec<u8>) {
    let Some(sixel) = sixel else { return };
    if times > 3 {
        let _ = write!(out, "!{times}");
        out.push(sixel);
    } else {
        out.extend(std::iter::repeat_n(sixel, times));
    }
}
