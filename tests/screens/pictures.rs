//! Pictures painted with halves of cells: where they stand, in their colours, and what lies over them.

use std::io::Cursor;

use dateline::app::pictures::{Came, Means, Outcome, Picture, Request};
use dateline::app::{Effect, Event};
use dateline::config::Depth;
use dateline::ops::pictures::set;
use image::{ImageFormat, Rgb, RgbImage};

use crate::session::{Piece, Session};

/// A field of four colours, 160 by 80 pixels.
fn field() -> Vec<u8> {
    let colours = [[[200, 30, 30], [30, 150, 60]], [[40, 60, 200], [240, 220, 90]]];
    let image = RgbImage::from_fn(160, 80, |x, y| Rgb(colours[(y / 40) as usize][(x / 80) as usize]));
    let mut file = Cursor::new(Vec::new());
    image.write_to(&mut file, ImageFormat::Png).unwrap();
    file.into_inner()
}

/// The request for pictures that came last.
fn wanted(session: &Session) -> Option<Request> {
    session.work().iter().rev().find_map(|effect| match effect {
        Effect::Pictures(request) => Some(request.clone()),
        _ => None,
    })
}

/// An article with a picture, which has come in so many colours.
fn harbour(depth: Depth) -> Session {
    let text = "<p>Four fields meet at the harbour.</p><p><img src=\"https://a.example/field.png\" alt=\"Four fields\"></p>\
                <p>Each is of its own colour, and none belongs to the town.</p>";
    let session = Session::with_articles(&[Piece::new(1, "Four fields", text)]).size(80, 24).theme("dark");
    let session = session.happens(Event::Means(Means::Halves(depth))).keys("<enter>");
    let Request { links, frame, network, .. } = wanted(&session).expect("the picture is near");
    assert!(!network, "nobody has asked for it");
    let raster = set(&field(), &frame).unwrap();
    let outcome = Outcome::Here(Picture { id: 1, raster });
    session.happens(Event::Picture(Came { link: links[0].clone(), frame, outcome }))
}

#[test]
fn halves_of_cells() {
    insta::assert_snapshot!("picture_halves", harbour(Depth::True).coloured());
    insta::assert_snapshot!("picture_halves_256", harbour(Depth::Palette).coloured());
}

#[test]
fn scrolled_half_out_and_under_a_sheet() {
    let scrolled = harbour(Depth::True).resize(80, 12).keys("jjjj");
    insta::assert_snapshot!("picture_scrolled", scrolled.screen());
    let under = harbour(Depth::True).keys("e").screen();
    let sheet = under.lines().skip_while(|line| !line.contains("EXPORT")).collect::<String>();
    assert!(sheet.contains("EXPORT") && !sheet.contains('▀'), "{under}");
    // Gone with the article, without a trace.
    let away = harbour(Depth::True).keys("q?").screen();
    assert!(!away.contains('▀'), "{away}");
}

#[test]
fn a_dot_leaves_no_trace_and_what_cannot_be_shown_says_why() {
    let text = "<p>One.</p><p><img src=\"https://a.example/x.png\" alt=\"Four fields\"></p><p>Two.</p>";
    for (outcome, said) in [
        (Outcome::Nothing, None),
        (Outcome::Unusable("its file is broken".into()), Some("[Picture: Four fields] Not shown: its file is broken.")),
    ] {
        let session = Session::with_articles(&[Piece::new(1, "Four fields", text)]).size(80, 24);
        let session = session.happens(Event::Means(Means::Halves(Depth::True))).keys("<enter>");
        let Request { links, frame, .. } = wanted(&session).unwrap();
        let came = Came { link: links[0].clone(), frame, outcome };
        let screen = session.happens(Event::Picture(came)).screen();
        match said {
            Some(said) => assert!(screen.contains(said), "{screen}"),
            None => assert!(!screen.contains("Picture"), "{screen}"),
        }
    }
}
