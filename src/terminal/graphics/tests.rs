//! What goes to the terminal, byte by byte where it matters, and what comes out of it again.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;

use super::layer::Layer;
use super::*;

const COLUMNS: u16 = 4;
const ROWS: u16 = 3;

/// A picture of 40 by 60 points: every row of cells in one colour of its own.
fn points() -> Vec<u8> {
    (0..60_u8).flat_map(|y| [y / 20 * 100, 0, 200 - y / 20 * 100].repeat(40)).collect()
}

fn encoded(protocol: Protocol) -> Encoded {
    let rgb = points();
    encode(protocol, 7, &Points { width: 40, height: 60, rgb: &rgb, columns: COLUMNS, rows: ROWS }).unwrap()
}

fn strips(x: u16, y: u16, rows: std::ops::Range<u16>) -> Vec<Strip> {
    let first = rows.start;
    rows.map(|row| Strip { id: 7, row, x, y: y + row - first, columns: COLUMNS }).collect()
}

/// A screen whose cells under the strips are marked as `ui` marks them.
fn screen(strips: &[Strip]) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 20, 10));
    for strip in strips {
        for x in strip.x..strip.x + strip.columns {
            buffer[(x, strip.y)].diff_option = CellDiffOption::Skip;
        }
    }
    buffer
}

/// What a frame with these strips sends.
fn frame(layer: &mut Layer, strips: Vec<Strip>) -> String {
    let mut buffer = screen(&strips);
    let taken = layer.prepare(&mut buffer, strips);
    let mut out = Vec::new();
    layer.paint(taken, &mut out);
    String::from_utf8(out).unwrap()
}

fn layer(protocol: Protocol) -> Layer {
    let mut layer = Layer::default();
    layer.add(7, encoded(protocol));
    layer
}

#[test]
fn kitty_is_sent_once_and_then_shown_by_number() {
    let mut layer = layer(Protocol::Kitty);
    let first = frame(&mut layer, strips(2, 1, 0..3));
    assert!(first.contains("\x1b_Ga=t,f=100,t=d,i=7,q=2,m=0;"), "{first:?}");
    assert!(first.contains("\x1b[2;3H\x1b_Ga=p,i=7,p=1,x=0,y=0,w=40,h=60,c=4,r=3,C=1,q=2\x1b\\"), "{first:?}");
    assert_eq!(frame(&mut layer, strips(2, 1, 0..3)), "", "nothing has changed");
    // Scrolled by two rows: only the last row is in sight.
    let scrolled = frame(&mut layer, strips(2, 1, 2..3));
    assert!(!scrolled.contains("a=t"), "{scrolled:?}");
    let (taken, shown) = (scrolled.find("a=d,d=i,i=7").unwrap(), scrolled.find("y=40,w=40,h=20,c=4,r=1").unwrap());
    assert!(taken < shown, "{scrolled:?}");
    let away = frame(&mut layer, Vec::new());
    assert!(away.contains("a=d,d=i,i=7") && !away.contains("a=p"), "{away:?}");
    layer.keep(&[]);
    assert!(frame(&mut layer, Vec::new()).contains("a=d,d=I,i=7"), "its data go, too");
    assert_eq!(frame(&mut layer, Vec::new()), "");
}

#[test]
fn kitty_goes_in_pieces_that_make_the_picture_again() {
    let rgb: Vec<u8> = (0..200 * 100 * 3_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let points = Points { width: 200, height: 100, rgb: &rgb, columns: 20, rows: 5 };
    let Body::Kitty(sent) = encode(Protocol::Kitty, 9, &points).unwrap().body else { panic!("not kitty") };
    let sent = String::from_utf8(sent).unwrap();
    let mut data = String::new();
    let pieces: Vec<&str> = sent.split_terminator("\x1b\\").collect();
    for (n, piece) in pieces.iter().enumerate() {
        let (control, part) = piece.strip_prefix("\x1b_G").unwrap().split_once(';').unwrap();
        assert!(part.len() <= 4096);
        let more = format!("m={}", u8::from(n + 1 < pieces.len()));
        assert!(control.split(',').any(|key| key == more), "{control}");
        data.push_str(part);
    }
    let image = image::load_from_memory(&STANDARD.decode(data).unwrap()).unwrap().into_rgb8();
    assert_eq!((image.width(), image.height(), image.as_raw().as_slice()), (200, 100, rgb.as_slice()));
}

#[test]
fn iterm_goes_row_by_row() {
    let mut layer = layer(Protocol::ITerm);
    let first = frame(&mut layer, strips(0, 0, 0..3));
    assert_eq!(first.matches("\x1b]1337;File=inline=1;").count(), 3);
    assert!(first.contains("width=4;height=1;preserveAspectRatio=0;doNotMoveCursor=1:"));
    let data = first.split("doNotMoveCursor=1:").nth(2).unwrap().split('\x07').next().unwrap();
    let row = image::load_from_memory(&STANDARD.decode(data).unwrap()).unwrap().into_rgb8();
    assert_eq!((row.width(), row.height(), row[(0, 0)].0), (40, 20, [100, 0, 100]));
    // One row further: two rows stand elsewhere, and no more than those are sent.
    assert_eq!(frame(&mut layer, strips(0, 0, 1..3)).matches("1337").count(), 2);
    assert_eq!(frame(&mut layer, strips(0, 0, 1..2)), "", "a row that is gone is written over by the cells");
}

#[test]
fn sixels_are_what_they_were_made_of() {
    let mut layer = layer(Protocol::Sixel);
    let first = frame(&mut layer, strips(0, 0, 0..3));
    let images: Vec<&str> = first.split("\x1bP").skip(1).collect();
    assert_eq!(images.len(), 3);
    for (n, image) in images.iter().enumerate() {
        let image = image.split("\x1b\\").next().unwrap();
        assert!(image.starts_with("0;1;0q\"1;1;40;20#"), "{image:?}");
        let points = drawn(image);
        assert_eq!(points.len(), 40 * 20, "every point is drawn, and none twice");
        let wanted = [n as i32 * 100, 0, 200 - n as i32 * 100];
        for colour in points.values() {
            let off = (0..3).map(|channel| (colour[channel] - wanted[channel]).abs()).max().unwrap();
            assert!(off < 24, "{colour:?} instead of {wanted:?}");
        }
    }
}

/// Draws sixels: the colour of every point.
fn drawn(image: &str) -> std::collections::HashMap<(usize, usize), [i32; 3]> {
    let data = image.split_once('q').unwrap().1.split_once(";20").unwrap().1;
    let mut palette = std::collections::HashMap::new();
    let (mut points, mut colour, mut x, mut y) = (std::collections::HashMap::new(), 0, 0, 0);
    let mut rest = data.as_bytes();
    let number = |rest: &mut &[u8]| -> usize {
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (number, after) = rest.split_at(digits);
        *rest = after;
        std::str::from_utf8(number).unwrap().parse().unwrap()
    };
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        let mut times = 1;
        let sixel = match byte {
            b'#' => {
                colour = number(&mut rest);
                if rest.first() == Some(&b';') {
                    let values: Vec<usize> = (0..4)
                        .map(|_| {
                            rest = &rest[1..];
                            number(&mut rest)
                        })
                        .collect();
                    palette.insert(colour, [1, 2, 3].map(|n| values[n] as i32 * 255 / 100));
                }
                continue;
            }
            b'$' => {
                x = 0;
                continue;
            }
            b'-' => {
                (x, y) = (0, y + 6);
                continue;
            }
            b'!' => {
                times = number(&mut rest);
                let sixel = rest[0];
                rest = &rest[1..];
                sixel
            }
            sixel => sixel,
        };
        for _ in 0..times {
            for bit in (0..6).filter(|bit| (sixel - b'?') >> bit & 1 == 1) {
                let before = points.insert((x, y + bit), palette[&colour]);
                assert_eq!(before, None, "point {x},{} twice", y + bit);
            }
            x += 1;
        }
    }
    points
}

#[test]
fn what_lies_over_a_picture_keeps_its_rows_off() {
    let mut layer = layer(Protocol::Sixel);
    let all = strips(0, 0, 0..3);
    let mut buffer = screen(&all);
    buffer[(1, 1)].set_symbol("x").diff_option = CellDiffOption::None;
    let taken = layer.prepare(&mut buffer, all);
    assert_eq!(taken.iter().map(|strip| strip.row).collect::<Vec<_>>(), [0, 2]);
    let all_drawn = buffer.content.iter().all(|cell| cell.diff_option == CellDiffOption::None);
    assert!(all_drawn, "the cells around the letter are drawn as they are");
    layer.paint(taken, &mut Vec::new());
    // What a picture has left is drawn in any case.
    let mut buffer = screen(&[]);
    layer.prepare(&mut buffer, Vec::new());
    assert_eq!(buffer[(0, 0)].diff_option, CellDiffOption::AlwaysUpdate);
    assert_eq!(buffer[(0, 1)].diff_option, CellDiffOption::None);
}

#[test]
fn nothing_is_drawn_on_the_last_line_or_without_the_picture() {
    let mut drawn = layer(Protocol::Sixel);
    assert_eq!(frame(&mut drawn, strips(0, 9, 0..1)), "");
    let mut empty = Layer::default();
    assert_eq!(frame(&mut empty, strips(0, 0, 0..3)), "");
}

#[test]
fn a_cleared_screen_is_drawn_anew() {
    let mut layer = layer(Protocol::Kitty);
    frame(&mut layer, strips(0, 0, 0..3));
    let mut out = Vec::new();
    layer.forget(&mut out);
    assert_eq!(out, b"\x1b_Ga=d,d=I,i=7,q=2\x1b\\");
    assert!(frame(&mut layer, strips(0, 0, 0..3)).contains("a=t"));
}

#[test]
fn points_that_are_not_there_make_no_picture() {
    let points = Points { width: 40, height: 60, rgb: &[0; 30], columns: 4, rows: 3 };
    assert!(encode(Protocol::Sixel, 1, &points).is_none());
    let one = Points { width: 1, height: 1, rgb: &[9; 3], columns: 1, rows: 1 };
    for protocol in [Protocol::Kitty, Protocol::ITerm, Protocol::Sixel] {
        assert!(encode(protocol, 1, &one).is_some(), "{protocol}");
    }
}

#[test]
fn every_picture_leaves_the_terminals_memory_also_one_that_is_out_of_sight() {
    let mut layer = layer(Protocol::Kitty);
    layer.add(8, encoded(Protocol::Kitty));
    frame(&mut layer, strips(0, 0, 0..3));
    let other: Vec<Strip> = strips(0, 4, 0..3).into_iter().map(|strip| Strip { id: 8, ..strip }).collect();
    frame(&mut layer, other);
    let mut out = Vec::new();
    layer.forget(&mut out);
    assert_eq!(out, b"\x1b_Ga=d,d=I,i=7,q=2\x1b\\\x1b_Ga=d,d=I,i=8,q=2\x1b\\");
}

#[test]
fn a_piece_that_stays_keeps_its_place_when_another_of_its_picture_comes_before_it() {
    let mut layer = layer(Protocol::Kitty);
    // Something lies over the upper rows, then only over the middle one.
    frame(&mut layer, strips(0, 2, 2..3));
    let both: Vec<Strip> = strips(0, 0, 0..3).into_iter().filter(|strip| strip.row != 1).collect();
    let sent = frame(&mut layer, both);
    let shown: Vec<&str> = sent.split("\x1b_Ga=p,").skip(1).collect();
    assert_eq!(shown.len(), 2, "{sent:?}");
    assert!(shown[0].starts_with("i=7,p=1,x=0,y=0,") && shown[1].starts_with("i=7,p=2,x=0,y=40,"), "{sent:?}");
}

#[test]
fn a_picture_is_drawn_again_on_paper_of_another_colour() {
    for protocol in [Protocol::Kitty, Protocol::ITerm, Protocol::Sixel] {
        let mut layer = layer(protocol);
        let all = strips(0, 0, 0..3);
        assert_ne!(frame(&mut layer, all.clone()), "");
        let mut buffer = screen(&all);
        buffer.set_style(buffer.area, ratatui::style::Style::new().bg(ratatui::style::Color::White));
        let taken = layer.prepare(&mut buffer, all.clone());
        let mut out = Vec::new();
        layer.paint(taken, &mut out);
        assert!(!out.is_empty(), "{protocol}: the blank cells have wiped it out");
        let mut buffer = screen(&all);
        buffer.set_style(buffer.area, ratatui::style::Style::new().bg(ratatui::style::Color::White));
        let taken = layer.prepare(&mut buffer, all);
        out.clear();
        layer.paint(taken, &mut out);
        assert!(out.is_empty(), "{protocol}: nothing has changed");
    }
}
