//! The reader from end to end: the real program, a terminal, a feed over HTTP, a restart.
#![cfg(unix)]

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use support::pty::Launch;
use support::{Home, Pty, Reply, Server};

/// A feed of `count` articles, the newest first, each of some length and with an end to look for.
fn feed(count: usize) -> String {
    let item = |n: usize| {
        let day = n + 1;
        let paragraphs: String = (0..40)
            .map(|p| {
                format!("<p>Paragraph {p} of number {n}: the ferry Gannet waited for the tide at the north pier.</p>")
            })
            .collect();
        format!(
            "<item><title>Ferry report number {n}</title><guid>ferry-{n}</guid>\
             <link>https://harbour.example/{n}</link><pubDate>{day:02} Nov 2023 08:00:00 GMT</pubDate>\
             <description><![CDATA[{paragraphs}<p>The end of number {n}.</p>]]></description></item>"
        )
    };
    let items: String = (1..=count).rev().map(item).collect();
    format!(
        "<rss version=\"2.0\"><channel><title>The Harbour Post</title><link>https://harbour.example/</link>{items}</channel></rss>"
    )
}

/// A server whose feed has as many articles as the counter says, and answers 304 to who knows it.
fn harbour(count: usize) -> (Server, Arc<AtomicUsize>) {
    let server = Server::start();
    let articles = Arc::new(AtomicUsize::new(count));
    server.route_with("/feed.xml", {
        let articles = Arc::clone(&articles);
        move |request| {
            let count = articles.load(Ordering::SeqCst);
            let etag = format!("\"{count}\"");
            if request.header("if-none-match") == Some(&etag) {
                return Reply::status(304);
            }
            Reply::ok(feed(count)).header("Content-Type", "application/rss+xml").header("ETag", &etag)
        }
    });
    (server, articles)
}

/// Waits until the headline list, which takes the left third of a wide screen, is as `wanted`.
fn wait_for_list(pty: &Pty, what: &str, wanted: impl Fn(&str) -> bool) {
    pty.wait_until(what, |screen| {
        let rows: Vec<String> = screen.rows(0, 36).collect();
        wanted(&rows.join("\n"))
    });
}

/// The reader, subscribed to the feed of `server` by its own means.
fn subscribed(home: &Home, server: &Server, count: usize) -> Pty {
    let pty = Pty::dateline(home);
    pty.wait_for("Dateline");
    pty.keys("a");
    pty.wait_for("Add a feed");
    pty.keys(&server.url("/feed.xml<enter>"));
    pty.wait_for(&format!("Subscribed to The Harbour Post: {count} articles."));
    pty
}

#[test]
fn the_first_run_shows_the_edition() {
    let home = Home::new();
    let pty = Pty::dateline(&home);
    pty.wait_for("The Dateline Edition");
    // Three panes: a headline, its text, what belongs with it.
    pty.wait_for("RELATED");
    pty.settle();
    let first = pty.screen();
    pty.keys("j");
    pty.wait_until("another article is shown", |screen| screen.contents() != first);
    pty.settle();
    pty.keys("<enter>");
    pty.wait_for("scroll");
    pty.keys("<esc>?");
    pty.wait_for("show bookmarks");
    pty.keys("<esc>");
    pty.wait_for("The Dateline Edition");
    pty.quit();
}

#[test]
fn every_size_has_a_screen() {
    for (columns, rows) in [(200, 60), (120, 40), (80, 24), (40, 12)] {
        let home = Home::new();
        let pty = Launch::dateline(&home, &[]).size(columns, rows).start();
        pty.wait_for("Dateline");
        pty.settle();
        pty.keys("jj<enter>");
        pty.settle();
        pty.keys("<esc>");
        pty.settle();
        pty.quit();
    }
}

#[test]
fn a_feed_is_added_and_refreshed() {
    let (home, (server, articles)) = (Home::new(), harbour(2));
    let pty = subscribed(&home, &server, 2);
    pty.wait_for("Ferry report number 2");
    pty.wait_for("Ferry report number 1");
    pty.wait_gone("The Dateline Edition");
    // Nothing new: asked with what the server gave, answered with nothing.
    pty.keys("R");
    pty.wait_for("1 feed, 0 new.");
    assert_eq!(
        server.requests().last().and_then(|request| request.header("if-none-match").map(str::to_owned)),
        Some("\"2\"".to_owned())
    );
    // Something new is announced, and shown when asked for.
    articles.store(3, Ordering::SeqCst);
    pty.keys("r");
    pty.wait_for("1 feed, 1 new.");
    pty.keys(".");
    pty.wait_for("Ferry report number 3");
    pty.quit();
}

#[test]
fn a_bookmark_stays_whole_with_the_feed_gone() {
    let home = Home::new();
    {
        let (server, _) = harbour(3);
        let pty = subscribed(&home, &server, 3);
        pty.wait_for("Ferry report number 2");
        pty.settle();
        pty.keys("jb");
        pty.wait_for("☆");
        pty.settle();
        pty.quit();
    }
    let pty = Pty::dateline(&home);
    pty.wait_for("Ferry report number");
    pty.keys("B");
    pty.wait_for("Bookmarks");
    wait_for_list(&pty, "only the bookmark is listed", |list| list.contains("number 2") && !list.contains("number 3"));
    pty.settle();
    pty.keys("<enter>G");
    pty.wait_for("The end of number 2.");
    pty.quit();
}

#[test]
fn marks_are_kept_and_can_be_undone() {
    let (home, (server, _)) = (Home::new(), harbour(3));
    // The reports of this feed repeat each other nearly word by word.
    std::fs::create_dir_all(home.path().join("config/dateline")).unwrap();
    std::fs::write(home.path().join("config/dateline/config.toml"), "mark_copies = false\n").unwrap();
    let pty = subscribed(&home, &server, 3);
    pty.wait_for("3 unread");
    pty.keys("A");
    pty.wait_for("3 articles marked read");
    pty.wait_gone("3 unread");
    pty.keys("u");
    pty.wait_for("3 unread");
    pty.keys("m");
    pty.wait_for("2 unread");
    pty.settle();
    pty.quit();
    let pty = Pty::dateline(&home);
    pty.wait_for("2 unread");
    pty.quit();
}

#[test]
fn a_search_finds_and_ends() {
    let (home, (server, _)) = (Home::new(), harbour(3));
    let pty = subscribed(&home, &server, 3);
    pty.wait_for("Ferry report number 3");
    pty.keys("/title:\"number 2\"<enter>");
    wait_for_list(&pty, "only what was found is listed", |list| {
        list.contains("number 2") && !list.contains("number 3")
    });
    pty.keys("<esc>");
    wait_for_list(&pty, "everything is listed again", |list| list.contains("number 3"));
    pty.quit();
}

#[test]
fn what_cannot_be_fetched_is_said_in_words() {
    let (home, server) = (Home::new(), Server::start());
    let pty = Pty::dateline(&home);
    pty.wait_for("Dateline");
    for (address, words) in
        [("http://127.0.0.1:1/feed", "127.0.0.1 refused the connection"), (&server.url("/none"), "404")]
    {
        pty.keys("a");
        pty.wait_for("Add a feed");
        pty.keys(&format!("{address}<enter>"));
        pty.wait_for(words);
        // Where it may be had another time, its page can be kept all the same.
        if words.ends_with("connection") {
            pty.wait_for("keep it");
            pty.keys("<enter>");
            pty.wait_for("Bookmarked, but not whole: its page");
            pty.keys("C");
            pty.wait_for("0 of 1 page came");
        }
    }
    pty.quit();
}

#[test]
fn keys_mashed_during_a_refresh_break_nothing() {
    let (home, (server, articles)) = (Home::new(), harbour(30));
    let pty = subscribed(&home, &server, 30);
    for round in 0..20 {
        articles.store(31 + round, Ordering::SeqCst);
        // No way back: at the top that would quit.
        pty.keys("Rjjkk<tab><tab>lh<pgdn><pgup>bmB1<enter>h??SSuu.zz");
        pty.resize(60 + round as u16 * 7, 15 + round as u16);
    }
    pty.resize(120, 40);
    pty.settle();
    pty.wait_for("Dateline");
    pty.quit();
}

#[test]
fn new_articles_of_a_saved_search_are_told() {
    let (home, (server, articles)) = (Home::new(), harbour(2));
    std::fs::create_dir_all(home.path().join("config/dateline")).unwrap();
    std::fs::write(home.path().join("config/dateline/config.toml"), "notify = \"terminal\"\n").unwrap();
    let pty = subscribed(&home, &server, 2);
    pty.wait_for("Ferry report number 2");
    pty.keys("/title:ferry<enter>");
    pty.wait_for("Search: title:ferry");
    pty.settle();
    pty.keys("w");
    pty.settle();
    pty.keys("ferries<enter>");
    pty.wait_for("Saved as");
    pty.settle();
    let told = "\x1b]9;Dateline: ferries: Ferry report number 3\x1b\\";
    assert!(!pty.written().contains("\x1b]9;"), "nothing of what was there before");
    articles.store(3, Ordering::SeqCst);
    pty.keys("R");
    pty.wait_for("1 new");
    pty.wait_written(0, told);
    pty.quit();
}
