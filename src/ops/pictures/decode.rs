//! From the bytes of a picture to points on the screen. The bytes may mean harm: nothing is decoded
//! before it is known how large it gets, and nothing for longer than a moment.

use std::fmt;
use std::io::{self, BufRead, Cursor, Read, Seek, SeekFrom};
use std::time::{Duration, Instant};

use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

use crate::model::{Frame, Raster};

/// The largest file that is read, in bytes.
pub const LARGEST: u64 = 8 << 20;

/// The most pixels that are decoded: a photograph of 6,000 by 4,000 is.
const MOST_PIXELS: u64 = 24_000_000;

/// The longest side, in pixels.
const LONGEST: u32 = 16_384;

/// The most memory that a decoder may ask for, in bytes.
const MOST_MEMORY: u64 = 160 << 20;

/// The longest that a decoder is given bytes for. A sound file of the largest size takes a tenth.
const PATIENCE: Duration = Duration::from_secs(4);

/// A picture smaller than this, in pixels of a side, is nothing to look at: a counter or a spacer.
const SMALLEST: u32 = 3;

/// Why a file cannot be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// It is of a kind that is not decoded: which.
    Kind(&'static str),
    /// It is no picture.
    NoPicture,
    /// It is too large: so many pixels across and down, 0 where even that was not read.
    TooLarge(u32, u32),
    /// It breaks off, or contradicts itself.
    Broken,
    /// It is a dot that counts readers.
    Counter,
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kind(kind) => write!(f, "pictures of the kind {kind} are not shown"),
            Self::NoPicture => f.write_str("what its server sent is no picture"),
            Self::TooLarge(0, _) => f.write_str("it is too large"),
            Self::TooLarge(width, height) => write!(f, "it is too large: {width} by {height} pixels"),
            Self::Broken => f.write_str("its file is broken"),
            Self::Counter => f.write_str("it is a dot"),
        }
    }
}

/// Decodes a picture and sets it into a frame: of a moving one the first image. Costs at most a few
/// seconds and some hundred megabytes, whatever the bytes are.
///
/// # Errors
/// Why it cannot be shown.
pub fn set(bytes: &[u8], frame: &Frame) -> Result<Raster, Unusable> {
    let image = decode(bytes)?;
    let cells = frame.fit(image.width(), image.height());
    let (width, height) = frame.points(cells);
    let image = scaled(&image, width, height);
    let rgb = over(&image.into_rgba8(), frame.ground);
    Ok(Raster { columns: cells.0, rows: cells.1, width, height, rgb: rgb.into() })
}

/// The same picture as a PNG file, for those who read no other kind: of a moving one the first image.
/// Costs as [`set`].
///
/// # Errors
/// Why it cannot be shown.
pub fn as_png(bytes: &[u8]) -> Result<Vec<u8>, Unusable> {
    let mut out = Cursor::new(Vec::new());
    decode(bytes)?.write_to(&mut out, ImageFormat::Png).map_err(sort)?;
    Ok(out.into_inner())
}

fn decode(bytes: &[u8]) -> Result<DynamicImage, Unusable> {
    if bytes.len() as u64 > LARGEST {
        return Err(Unusable::TooLarge(0, 0));
    }
    let format = image::guess_format(bytes).ok();
    if !matches!(format, Some(ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::Gif | ImageFormat::WebP)) {
        return Err(kind(bytes).map_or(Unusable::NoPicture, Unusable::Kind));
    }
    let timed = Timed { inner: Cursor::new(bytes), until: Instant::now() + PATIENCE };
    let mut reader = ImageReader::new(timed);
    reader.set_format(format.ok_or(Unusable::NoPicture)?);
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST);
    limits.max_image_height = Some(LONGEST);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(sort)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS || width.max(height) > LONGEST {
        return Err(Unusable::TooLarge(width, height));
    }
    if width < SMALLEST || height < SMALLEST {
        return Err(Unusable::Counter);
    }
    // A camera that was held upright says so beside the picture; where it cannot be read it lies.
    let orientation = decoder.orientation().ok();
    let mut image = DynamicImage::from_decoder(decoder).map_err(sort)?;
    if let Some(orientation) = orientation {
        image.apply_orientation(orientation);
    }
    Ok(image)
}

fn sort(error: ImageError) -> Unusable {
    match error {
        ImageError::Limits(_) => Unusable::TooLarge(0, 0),
        ImageError::Unsupported(_) => Unusable::NoPicture,
        _ => Unusable::Broken,
    }
}

/// What a file is that is a picture, but none that is decoded.
fn kind(bytes: &[u8]) -> Option<&'static str> {
    let start = &bytes[..bytes.len().min(512)];
    let text = String::from_utf8_lossy(start).to_ascii_lowercase();
    let boxed = bytes.get(4..12).unwrap_or_default();
    match start {
        _ if boxed.starts_with(b"ftypavif") || boxed.starts_with(b"ftypavis") => Some("AVIF"),
        _ if boxed.starts_with(b"ftypheic") || boxed.starts_with(b"ftypmif1") => Some("HEIC"),
        [0xff, 0x0a, ..] | [0, 0, 0, 0x0c, b'J', b'X', b'L', ..] => Some("JPEG XL"),
        [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => Some("TIFF"),
        [b'B', b'M', ..] => Some("BMP"),
        [0, 0, 1, 0, ..] => Some("icon"),
        _ if text.contains("<svg") => Some("SVG"),
        _ => None,
    }
}

/// Scaled to so many points. A picture that is made much smaller goes through whole averages first,
/// which is quick and loses nothing that could be seen.
fn scaled(image: &DynamicImage, width: u32, height: u32) -> DynamicImage {
    let shrinks = image.width() > width.saturating_mul(3) || image.height() > height.saturating_mul(3);
    if shrinks {
        let near = image.thumbnail_exact(width.saturating_mul(2), height.saturating_mul(2));
        return near.resize_exact(width, height, FilterType::Triangle);
    }
    image.resize_exact(width, height, FilterType::Triangle)
}

/// The points on a ground that shows through where they are transparent.
fn over(image: &image::RgbaImage, ground: [u8; 3]) -> Vec<u8> {
    let mut rgb = Vec::with_capacity(image.len() / 4 * 3);
    for pixel in image.pixels() {
        let alpha = u16::from(pixel[3]);
        let mix = |ink: u8, under: u8| (u16::from(ink) * alpha + u16::from(under) * (255 - alpha)) / 255;
        // A mean of two bytes is a byte.
        rgb.extend((0..3).map(|n| mix(pixel[n], ground[n]) as u8));
    }
    rgb
}

/// Bytes that are no longer handed out when their time is over.
struct Timed<'a> {
    inner: Cursor<&'a [u8]>,
    until: Instant,
}

impl Timed<'_> {
    fn in_time(&self) -> io::Result<()> {
        if Instant::now() < self.until { Ok(()) } else { Err(io::ErrorKind::TimedOut.into()) }
    }
}

impl Read for Timed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.in_time()?;
        self.inner.read(buffer)
    }
}

impl BufRead for Timed<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        /// Handed out at once: a decoder that is given everything would never ask again.
        const PIECE: usize = 32 << 10;
        self.in_time()?;
        let rest = self.inner.fill_buf()?;
        Ok(&rest[..rest.len().min(PIECE)])
    }

    fn consume(&mut self, amount: usize) {
        self.inner.consume(amount);
    }
}

impl Seek for Timed<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

#[cfg(test)]
mod tests;
