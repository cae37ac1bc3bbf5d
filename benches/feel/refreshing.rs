//! Keys while feeds are refreshed: what a person feels when most is going on.

use std::cell::Cell;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use dateline::model::Time;

use super::support::pty::Launch;
use super::support::{Home, Reply, Server};
use super::{report, schedule, screen_thread, synthetic};

/// Feeds that are refreshed, each from its own address of this machine, and new articles of each.
const FEEDS: usize = 500;
const ARTICLES: usize = 20;

/// Between two keys: about as fast as a key repeats.
const PAUSE: Duration = Duration::from_millis(30);

/// From writing a key to the screen on which the cursor has moved, for as long as the refresh lasts,
/// over a copy of the store in `kept`.
pub fn keys(kept: &Path) {
    let (home, server) = (Home::new(), Server::start());
    let data = home.file("data");
    std::fs::create_dir_all(&data).expect("a directory");
    std::fs::copy(kept.join("dateline.db"), data.join("dateline.db")).expect("a copy of the store");
    let language = synthetic::Language::new(11);
    let now = Time(jiff::Timestamp::now().as_second());
    for feed in 0..FEEDS {
        let body = body(&language, feed, now);
        server.route(&format!("/{feed}.xml"), Reply::ok(body).header("Content-Type", "application/rss+xml"));
    }
    let config = "refresh_on_start = false\nrefresh_minutes = 0\nbrief = false\n[fetch]\nper_host = 16\n";
    std::fs::write(home.file("config.toml"), config).expect("a configuration");
    let data = data.to_str().expect("a path in UTF-8").to_owned();
    // Brings a store of an earlier version up to date.
    let listed = home.dateline(&["--data-dir", &data, "feeds"]).stdout(Stdio::null()).status().expect("the program");
    assert!(listed.success(), "{listed}");
    // The feeds of the store live nowhere: from now on here.
    let db = rusqlite::Connection::open(Path::new(&data).join("dateline.db")).expect("the store");
    let moved = db.execute(
        "UPDATE feeds SET address = ?1 || (id % ?2) || '.xml' WHERE subscribed = 1",
        rusqlite::params![server.url("/"), FEEDS as i64],
    );
    assert_eq!(moved.expect("the store takes it"), FEEDS);
    drop(db);

    let mut pty = Launch::dateline(&home, &["--data-dir", &data, "--config", "config.toml"])
        .size(200, 60)
        .background("rgb:1111/1111/1111")
        .start();
    pty.wait_for("RELATED");
    pty.settle();
    let begun = Instant::now();
    pty.keys("R");
    server.wait_for_requests(1);
    let from = schedule(&pty);
    let mut times = Vec::new();
    for n in 0.. {
        let before = Cell::new(None);
        pty.wait_until("a screen", |screen| {
            before.set(Some(list(screen)));
            true
        });
        let pressed = Instant::now();
        pty.send(if n % 40 < 20 { b"j" } else { b"k" });
        let shown = before.take();
        pty.wait_until("the cursor moves", |screen| Some(list(screen)) != shown);
        times.push(pressed.elapsed());
        std::thread::sleep(PAUSE);
        if pty.screen().contains(" new, ") || begun.elapsed() > Duration::from_secs(120) {
            break;
        }
    }
    println!("  {} keys while {FEEDS} feeds were refreshed, {:.1} s", times.len(), begun.elapsed().as_secs_f64());
    report("key to screen while refreshing (j, k)", times.clone());
    screen_thread(&pty, from, times.len());
    pty.keys("<c-g>q");
    pty.wait_exit();
}

/// The headlines on the screen and the line on which the selected one begins: near the foot of the
/// list the headlines move, not the mark.
fn list(screen: &vt100::Screen) -> (Option<u16>, String) {
    let (rows, columns) = screen.size();
    let (rows, columns) = (rows.get(), columns.get());
    let marked = |row: &u16| (0..columns / 2).any(|x| screen.cell(*row, x).is_some_and(|cell| cell.contents() == "▌"));
    let text: Vec<String> = screen.rows(0, columns / 3).skip(2).collect();
    ((0..rows).find(marked), text.join("\n"))
}

fn body(language: &synthetic::Language, feed: usize, now: Time) -> String {
    let mut items = String::new();
    for n in 0..ARTICLES {
        let article = synthetic::article(language, n * FEEDS + feed, FEEDS * ARTICLES, now, None);
        let text = article.document.plain_text();
        items.push_str(&format!(
            "<item><title>{}</title><guid>fresh-{feed}-{n}</guid><description>{text}</description></item>",
            article.title
        ));
    }
    format!("<rss version=\"2.0\"><channel><title>Fresh {feed}</title>{items}</channel></rss>")
}
