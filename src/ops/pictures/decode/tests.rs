//! Good files and those that mean harm.

use std::io::Write;
use std::time::Instant;

use image::codecs::gif::GifEncoder;
use image::{Frame as Shot, Rgb, RgbImage, Rgba, RgbaImage};

use super::*;

const FRAME: Frame = Frame { columns: 40, rows: 20, cell: (10, 20), ground: [200, 200, 200] };

/// A picture of `width` by `height`: its left half red, its right half blue.
fn picture(width: u32, height: u32) -> DynamicImage {
    let pixel = |x, _| if x < width / 2 { Rgb([250, 0, 0]) } else { Rgb([0, 0, 250]) };
    DynamicImage::from(RgbImage::from_fn(width, height, pixel))
}

fn written(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A chunk of a PNG.
fn chunk(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(name);
    crc.update(body);
    [&(body.len() as u32).to_be_bytes()[..], name, body, &crc.sum().to_be_bytes()].concat()
}

/// A PNG that says of itself that it is so large, of eight bits a channel, with `body` for its data.
fn png(width: u32, height: u32, body: &[u8]) -> Vec<u8> {
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &head), chunk(b"IDAT", body), chunk(b"IEND", &[])].concat()
}

fn packed(bytes: usize) -> Vec<u8> {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    for _ in 0..bytes >> 20 {
        packed.write_all(&[0; 1 << 20]).unwrap();
    }
    packed.finish().unwrap()
}

#[test]
fn every_kind_that_is_promised() {
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP] {
        let raster = set(&written(&picture(600, 300), format), &FRAME).unwrap();
        assert_eq!((raster.columns, raster.rows, raster.width, raster.height), (40, 10, 400, 200), "{format:?}");
        assert_eq!(raster.rgb.len(), 400 * 200 * 3);
        let (left, right) = (raster.point(50, 100), raster.point(350, 100));
        assert!(left[0] > 200 && left[2] < 60 && right[2] > 200 && right[0] < 60, "{format:?}: {left:?} {right:?}");
    }
}

#[test]
fn what_is_transparent_shows_the_ground() {
    let image = DynamicImage::from(RgbaImage::from_pixel(20, 20, Rgba([9, 9, 9, 0])));
    let raster = set(&written(&image, ImageFormat::Png), &FRAME).unwrap();
    assert_eq!(raster.point(5, 5), FRAME.ground);
    assert_eq!(raster.point(99, 99), [0; 3], "outside");
}

#[test]
fn halves_of_cells() {
    let frame = Frame { cell: Frame::HALVES, ..FRAME };
    let raster = set(&written(&picture(800, 400), ImageFormat::Png), &frame).unwrap();
    assert_eq!((raster.columns, raster.rows, raster.width, raster.height), (40, 10, 40, 20));
}

#[test]
fn files_that_say_they_are_huge_are_not_decoded() {
    let begun = Instant::now();
    assert!(matches!(set(&png(65_535, 65_535, &[]), &FRAME), Err(Unusable::TooLarge(..))));
    assert_eq!(set(&png(6_000, 6_000, &packed(100 << 20)), &FRAME), Err(Unusable::TooLarge(6_000, 6_000)));
    assert!(matches!(set(&png(u32::MAX, 3, &[]), &FRAME), Err(Unusable::TooLarge(..) | Unusable::Broken)));
    // The same in other formats: a GIF and a JPEG of 65,535 by 65,535.
    let gif = [b"GIF89a".as_slice(), &[0xff; 4], &[0, 0, 0], &[0x2c, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0]].concat();
    assert!(set(&gif, &FRAME).is_err());
    let jpeg = b"\xff\xd8\xff\xc0\x00\x11\x08\xff\xff\xff\xff\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01\xff\xd9";
    assert!(set(jpeg, &FRAME).is_err());
    assert!(begun.elapsed() < PATIENCE, "took {:?}", begun.elapsed());
}

#[test]
fn a_bomb_within_the_bounds_costs_what_any_picture_does() {
    // A hundred megabytes out of a hundred kilobytes: no more of it is unpacked than the picture has.
    let bomb = png(100, 100, &packed(100 << 20));
    let begun = Instant::now();
    let shown = set(&bomb, &FRAME);
    assert!(matches!(shown, Ok(_) | Err(Unusable::Broken)), "{shown:?}");
    assert!(begun.elapsed() < PATIENCE, "took {:?}", begun.elapsed());
}

#[test]
fn broken_files_are_said_to_be() {
    let whole = written(&picture(300, 200), ImageFormat::Png);
    for cut in [9, 20, 40, whole.len() / 2, whole.len() - 20] {
        assert!(set(&whole[..cut], &FRAME).is_err(), "cut at {cut}");
    }
    let jpeg = written(&picture(300, 200), ImageFormat::Jpeg);
    // What there is of a photograph may be shown.
    let _ = set(&jpeg[..jpeg.len() / 2], &FRAME);
    assert_eq!(set(&[], &FRAME), Err(Unusable::NoPicture));
    assert_eq!(set(b"<html><body>Not found</body></html>", &FRAME), Err(Unusable::NoPicture));
}

#[test]
fn of_ten_thousand_frames_one_is_decoded() {
    let mut bytes = Vec::new();
    {
        let mut encoder = GifEncoder::new_with_speed(&mut bytes, 30);
        let shot = || Shot::new(RgbaImage::from_pixel(8, 8, Rgba([250, 0, 0, 255])));
        encoder.encode_frames((0..10_000).map(|_| shot())).unwrap();
    }
    let begun = Instant::now();
    assert_eq!(set(&bytes, &FRAME).unwrap().point(2, 2)[0], 250);
    assert!(begun.elapsed().as_millis() < 1_000, "took {:?}", begun.elapsed());
}

#[test]
fn kinds_that_are_not_decoded_are_named() {
    for (bytes, kind) in [
        (&b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>"[..], "SVG"),
        (b"\0\0\0\x1cftypavif\0\0\0\0", "AVIF"),
        (b"II*\0........", "TIFF"),
        (b"BM..........", "BMP"),
    ] {
        assert_eq!(set(bytes, &FRAME), Err(Unusable::Kind(kind)));
    }
}

#[test]
fn a_dot_that_counts_readers_is_no_picture() {
    assert_eq!(set(&written(&picture(1, 1), ImageFormat::Gif), &FRAME), Err(Unusable::Counter));
}

#[test]
fn a_time_that_is_over_gives_nothing_more() {
    let bytes = [1, 2, 3];
    let mut timed = Timed { inner: Cursor::new(&bytes[..]), until: Instant::now() };
    assert!(timed.fill_buf().is_err() && timed.read(&mut [0; 3]).is_err());
}

proptest::proptest! {
    #[test]
    fn no_bytes_panic(which in 0_usize..4, at in 0_usize..2_000, byte: u8, cut in 0_usize..2_000) {
        let formats = [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP];
        let mut bytes = written(&picture(24, 16), formats[which]);
        let (at, cut) = (at % bytes.len(), cut % bytes.len());
        bytes[at] = byte;
        let _ = set(&bytes, &FRAME);
        let _ = set(&bytes[..cut], &FRAME);
    }
}

/// A progressive JPEG of 1,024 by 1,024 grey pixels that goes over all of them so many times.
fn many_scans(scans: usize) -> Vec<u8> {
    let mut file = b"\xff\xd8\xff\xdb\x00\x43\x00".to_vec();
    file.extend([1; 64]);
    file.extend(b"\xff\xc2\x00\x0b\x08\x04\x00\x04\x00\x01\x01\x11\x00");
    // A code of one bit each: "no difference", and "nothing in the next 16,384 blocks".
    for (table, symbol) in [(0x00, 0x00), (0x10, 0xe0)] {
        file.extend([0xff, 0xc4, 0, 20, table, 1]);
        file.extend([0; 15]);
        file.push(symbol);
    }
    file.extend(b"\xff\xda\x00\x08\x01\x01\x00\x00\x00\x00");
    file.extend([0; 2048]);
    for _ in 0..scans {
        file.extend(b"\xff\xda\x00\x08\x01\x01\x00\x01\x3f\x00\x00\x01");
    }
    file.extend(b"\xff\xd9");
    file
}

#[test]
fn a_picture_that_would_be_drawn_for_ever_is_not() {
    assert!(set(&many_scans(1), &FRAME).is_ok(), "what is sound is shown");
    // Each time costs a look at every block, and there is room for hundreds of thousands of times.
    assert_eq!(set(&many_scans(300_000), &FRAME).unwrap_err(), Unusable::Broken);
}
