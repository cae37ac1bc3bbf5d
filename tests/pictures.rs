//! Pictures and links on terminals that have them, byte by byte, and on those that have not.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test says what failed by where it failed")]

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use support::Home;
use support::pty::{Launch, Pty};
use support::server::{Reply, Server};

/// The last question of the program, which every terminal answers.
const LAST: &str = "\x1b[c";
const KITTY: &str = "\x1b_Gi=4294967295,";
const CELL: &str = "\x1b[16t";

/// A terminal that answers as kitty does.
fn kitty(launch: Launch<'_>) -> Launch<'_> {
    launch.answers(KITTY, "\x1b_Gi=4294967295;OK\x1b\\").answers(CELL, "\x1b[6;20;10t").answers(LAST, "\x1b[?62;c")
}

/// A terminal that answers as foot does: sixels, and nothing of kitty's.
fn sixel(launch: Launch<'_>) -> Launch<'_> {
    launch.answers(CELL, "\x1b[6;20;10t").answers(LAST, "\x1b[?62;4;22;28c")
}

/// The edition's one article with a picture, open.
fn with_the_eels(launch: Launch<'_>) -> Pty {
    let pty = launch.start();
    pty.wait_for("The Dateline Edition");
    pty.settle();
    pty.keys("/bristles<enter>");
    pty.wait_for("Search: bristles");
    pty.settle();
    pty.keys("<enter>");
    pty.wait_for("FENNICK");
    pty.settle();
    pty
}

#[test]
fn kitty_has_the_picture_by_number_and_loses_it_again() {
    let home = Home::new();
    let pty = with_the_eels(kitty(Launch::dateline(&home, &[]).size(120, 30)));
    pty.wait_written(0, "\x1b_Ga=p,i=");
    let sent = pty.written();
    let id = sent.split("\x1b_Ga=t,f=100,t=d,i=").nth(1).unwrap().split(',').next().unwrap().to_owned();
    assert!(sent.contains(&format!("\x1b_Ga=p,i={id},p=1,x=0,y=0,")), "from its top");
    assert!(!sent.contains("\x1b]1337") && !sent.contains("\x1bP0;1;0q") && !sent.contains('▀'));
    // Scrolled half out: the rows that are left, and no more.
    pty.keys(&"j".repeat(28));
    pty.settle();
    let scrolled = pty.written()[sent.len()..].to_owned();
    assert!(scrolled.contains(&format!("a=d,d=i,i={id}")) && !scrolled.contains("a=t,"), "it is not sent again");
    let last = scrolled.rsplit("\x1b_Ga=p,").next().unwrap();
    assert!(!last.contains(",y=0,"), "{last:?}");
    // Away with the article.
    let before = pty.written().len();
    pty.keys("<esc><esc>jj");
    pty.wait_written(0, &format!("a=d,d=I,i={id}"));
    pty.settle();
    assert!(!pty.written()[before..].contains("\x1b_Ga=p,"), "nothing of it is shown any more");
    pty.quit();
}

#[test]
fn what_lies_over_a_picture_takes_it_away_for_as_long_and_nothing_is_left_behind() {
    let home = Home::new();
    let pty = with_the_eels(kitty(Launch::dateline(&home, &[]).size(120, 50)));
    pty.wait_written(0, "\x1b_Ga=p,i=");
    let id = pty.written().split("\x1b_Ga=p,i=").nth(1).unwrap().split(',').next().unwrap().to_owned();
    let (taken, shown) = (format!("\x1b_Ga=d,d=i,i={id},q=2"), format!("\x1b_Ga=p,i={id},"));
    for (open, close) in [("?", "?"), ("L", "q")] {
        let before = pty.written().len();
        pty.keys(open);
        pty.settle();
        let over = pty.written()[before..].to_owned();
        assert!(over.contains(&taken) && !over.contains(&shown), "{open}");
        let before = pty.written().len();
        pty.keys(close);
        pty.settle();
        let again = pty.written()[before..].to_owned();
        assert!(again.contains(&shown) && !again.contains("a=t,"), "{close}: shown again, and not sent again");
    }
    let sent = pty.quit();
    // Out of the terminal's memory, while the screen is still ours.
    let (forgotten, left) = (sent.rfind(&format!("\x1b_Ga=d,d=I,i={id},q=2")), sent.rfind("\x1b[?1049l"));
    assert!(forgotten.is_some() && forgotten < left);
}

#[test]
fn answers_that_come_late_and_in_pieces_are_taken_for_what_they_are() {
    let home = Home::new();
    let pty = with_the_eels(Launch::dateline(&home, &[]).size(120, 50));
    pty.wait_for("▀▀▀▀");
    let before = pty.row("FENNICK");
    for piece in ["\x1b_Gi=42949", "67295;OK\x1b", "\\\x1b[6;2", "0;10t\x1b[?62;", "4;22c"] {
        pty.send(piece.as_bytes());
        std::thread::sleep(std::time::Duration::from_millis(60));
    }
    // Anew in the terminal's own way; none of it was a key.
    pty.wait_written(0, "\x1b_Ga=p,i=");
    pty.wait_gone("▀");
    assert_eq!(pty.row("FENNICK"), before);
    pty.quit();
}

#[test]
fn iterm_has_it_row_by_row() {
    let home = Home::new();
    let launch = Launch::dateline(&home, &[]).size(120, 50).variable("TERM_PROGRAM", "iTerm.app");
    let pty = with_the_eels(launch.answers(LAST, "\x1b[?62;4c"));
    pty.wait_written(0, "\x1b]1337;File=inline=1;");
    pty.settle();
    let sent = pty.quit();
    assert!(sent.matches("\x1b]1337;File=inline=1;").count() > 5);
    assert!(!sent.contains("\x1b_Ga=t") && !sent.contains("\x1bP0;1;0q"));
}

#[test]
fn sixels_where_the_terminal_says_so() {
    let home = Home::new();
    let pty = with_the_eels(sixel(Launch::dateline(&home, &[]).size(120, 50)));
    pty.wait_written(0, "\x1bP0;1;0q\"1;1;");
    pty.settle();
    let before = pty.written().len();
    // Another window size: everything is drawn anew, in the new room.
    pty.resize(100, 40);
    pty.settle();
    pty.wait_written(0, "\x1bP0;1;0q\"1;1;");
    assert!(pty.written()[before..].contains("\x1bP0;1;0q"));
    let sent = pty.quit();
    assert!(!sent.contains("\x1b_Ga=t") && !sent.contains("\x1b]1337"));
}

#[test]
fn nothing_is_sent_to_a_terminal_that_has_not_said_it_can() {
    for (answer, variable) in [
        // Silent; without sixels; with sixels but no word on its pixels; within a multiplexer.
        (None, None),
        (Some("\x1b[?62;22c"), None),
        (Some("\x1b[?62;4c"), None),
        (Some("\x1b[?62c"), Some(("TMUX", "/tmp/tmux-0/default,1,0"))),
    ] {
        let home = Home::new();
        let mut launch = Launch::dateline(&home, &[]).size(120, 50);
        if let Some(answer) = answer {
            launch = launch.answers(LAST, answer);
        }
        if let Some((name, value)) = variable {
            launch = launch.variable(name, value).variable("TERM_PROGRAM", "iTerm.app");
        }
        let pty = with_the_eels(launch);
        // Halves of cells, which need no word from it.
        pty.wait_for("▀▀▀▀");
        let sent = pty.quit();
        assert!(!sent.contains("\x1b_Ga=t") && !sent.contains("\x1b]1337") && !sent.contains("\x1bP0;1;0q"));
        assert_eq!(sent.contains("\x1b_G"), variable.is_none(), "a multiplexer is not even asked");
    }
}

#[test]
fn in_words_for_those_who_want_no_colours() {
    for (name, value) in [("NO_COLOR", "1"), ("TERM", "dumb")] {
        let home = Home::new();
        let pty = with_the_eels(kitty(Launch::dateline(&home, &[]).size(120, 50).variable(name, value)));
        pty.wait_for("[Picture: A steep wooden trough");
        let sent = pty.quit();
        assert!(!sent.contains('▀') && !sent.contains("\x1b_G"), "{name}");
    }
}

/// A PNG of 64 by 64 pixels.
fn png() -> Vec<u8> {
    let image = image::RgbImage::from_fn(64, 64, |x, y| image::Rgb([x as u8 * 3, y as u8 * 3, 90]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// A server with a feed of one article and its picture, and how often that was asked for.
fn harbour() -> (Server, Arc<AtomicUsize>) {
    let (server, asked) = (Server::start(), Arc::new(AtomicUsize::new(0)));
    server.route_with("/crane.png", {
        let asked = Arc::clone(&asked);
        move |request| {
            asked.fetch_add(1, Ordering::SeqCst);
            assert_eq!((request.header("referer"), request.header("cookie")), (None, None));
            Reply::ok(png()).header("Content-Type", "image/png").header("Set-Cookie", "reader=1")
        }
    });
    let item = "<item><title>The crane has moved</title><guid>1</guid>\
                <description><![CDATA[<p>It stands at the pier.</p><p><img src=\"/crane.png\" alt=\"A crane\"></p>\
                <p>It had stood at the dock, where <a href=\"https://dock.example/\">ships</a> are built.</p>]]>\
                </description></item>";
    let feed = format!("<rss version=\"2.0\"><channel><title>The Harbour Post</title>{item}</channel></rss>");
    server.route_with("/feed.xml", move |_| Reply::ok(feed.clone()).header("Content-Type", "application/rss+xml"));
    (server, asked)
}

fn subscribed(launch: Launch<'_>, server: &Server) -> Pty {
    let pty = launch.start();
    pty.wait_for("Dateline");
    pty.keys("a");
    pty.wait_for("Add a feed");
    pty.keys(&server.url("/feed.xml<enter>"));
    pty.wait_for("Subscribed to The Harbour Post");
    pty.wait_for("It stands at the pier.");
    pty.settle();
    pty
}

fn settings(home: &Home, text: &str) {
    std::fs::create_dir_all(home.path().join("config/dateline")).unwrap();
    std::fs::write(home.path().join("config/dateline/config.toml"), text).unwrap();
}

#[test]
fn a_server_is_asked_when_the_person_says_so_and_once() {
    let (home, (server, asked)) = (Home::new(), harbour());
    let pty = subscribed(Launch::dateline(&home, &[]), &server);
    pty.keys("<enter>");
    pty.wait_for("[Picture: A crane] V\u{a0}shows\u{a0}it.");
    pty.settle();
    assert_eq!(asked.load(Ordering::SeqCst), 0, "nobody has asked for it");
    pty.keys("V");
    pty.wait_for("▀▀▀▀");
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    pty.settle();
    pty.quit();
    // It is kept: the next time nobody is asked, and no key needs to be pressed.
    let pty = Pty::dateline(&home);
    pty.wait_for("It stands at the pier.");
    pty.wait_for("▀▀▀▀");
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    pty.quit();
    let kept = std::fs::read_dir(home.path().join("cache/dateline/pictures")).unwrap().count();
    assert_eq!(kept, 1);
}

#[test]
fn by_themselves_or_never_as_the_settings_say() {
    let (home, (server, asked)) = (Home::new(), harbour());
    settings(&home, "images = \"never\"\n");
    let pty = subscribed(Launch::dateline(&home, &[]), &server);
    pty.keys("<enter>V");
    pty.wait_for("Pictures are not fetched");
    pty.settle();
    assert_eq!(asked.load(Ordering::SeqCst), 0);
    pty.quit();
    settings(&home, "images = \"auto\"\n");
    let pty = Pty::dateline(&home);
    pty.wait_for("It stands at the pier.");
    pty.settle();
    assert_eq!(asked.load(Ordering::SeqCst), 0, "one only passes by");
    pty.keys("<enter>");
    pty.wait_for("▀▀▀▀");
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    pty.quit();
}

#[test]
fn a_saved_page_brings_its_own_pictures() {
    let home = Home::new();
    let noise = image::RgbImage::from_fn(64, 64, |x, y| image::Rgb([((x * 37) ^ (y * 91)) as u8, (x * y) as u8, 90]));
    let mut png = std::io::Cursor::new(Vec::new());
    noise.write_to(&mut png, image::ImageFormat::Png).unwrap();
    let data = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, png.into_inner());
    let prose = "It stands at the pier, where it had stood before anybody in the harbour could remember it. ".repeat(4);
    let page = format!(
        "<html><head><title>The crane has moved</title></head><body><article><h1>The crane has moved</h1><p>{prose}</p>\
         <p><img src=\"data:image/png;base64,{data}\" alt=\"A crane\"></p><p>{prose}</p></article></body></html>"
    );
    std::fs::write(home.file("crane.html"), page).unwrap();
    // Nobody is asked for them, so that also who wants none from the network sees them.
    settings(&home, "images = \"never\"\n");
    assert!(home.dateline(&["import", "crane.html"]).output().unwrap().status.success());
    let pty = Pty::dateline(&home);
    pty.wait_for("It stands at the pier");
    pty.wait_for("▀▀▀▀");
    pty.quit();
    let pty = kitty(Launch::dateline(&home, &[])).start();
    pty.wait_for("It stands at the pier");
    pty.wait_written(0, "\x1b_Ga=p,i=");
    pty.quit();
}

#[test]
fn links_are_told_where_they_are_understood_and_end_with_their_words() {
    let (home, (server, _)) = (Home::new(), harbour());
    let pty = subscribed(Launch::dateline(&home, &[]).variable("TERM", "xterm-kitty"), &server);
    pty.keys("<enter>");
    pty.wait_written(0, ";https://dock.example/\x1b\\");
    pty.settle();
    let sent = pty.quit();
    let (opened, closed) = (sent.matches("\x1b]8;id=").count(), sent.matches("\x1b]8;;\x1b\\").count());
    assert!(opened > 0 && opened == closed, "{opened} begun, {closed} ended");
    let after = sent.split(";https://dock.example/\x1b\\").nth(1).unwrap();
    let words = after.split("\x1b]8;;").next().unwrap();
    assert!(words.contains("ships") && !words.contains("where"), "{words:?}");

    for (term, settings) in [("xterm-256color", ""), ("xterm-kitty", "hyperlinks = \"never\"\n")] {
        let (home, (server, _)) = (Home::new(), harbour());
        self::settings(&home, settings);
        let pty = subscribed(Launch::dateline(&home, &[]).variable("TERM", term), &server);
        pty.keys("<enter>");
        pty.settle();
        assert!(!pty.quit().contains("\x1b]8;"), "{term} {settings}");
    }
}
