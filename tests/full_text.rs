//! Full texts from end to end: the real program, a terminal, a site over HTTP.
#![cfg(unix)]

mod support;

use std::time::Duration;

use support::{Home, Pty, Reply, Server};

/// A site whose feed gives summaries, and whose pages give the whole.
fn site(articles: usize) -> Server {
    let server = Server::start();
    let items: String = (1..=articles)
        .map(|n| {
            format!(
                "<item><title>Ferry report {n}</title><guid>ferry-{n}</guid><link>{}</link>\
                 <pubDate>{:02} Nov 2023 08:00:00 GMT</pubDate>\
                 <description>The ferry was late, and…</description></item>",
                server.url(&format!("/{n}")),
                29 - n
            )
        })
        .collect();
    let feed = format!("<rss version=\"2.0\"><channel><title>The Harbour Post</title>{items}</channel></rss>");
    server.route("/feed.xml", Reply::ok(feed).header("Content-Type", "application/rss+xml"));
    for n in 1..=articles {
        server.route(&format!("/{n}"), Reply::ok(page(n)).header("Content-Type", "text/html"));
    }
    server
}

fn page(n: usize) -> String {
    let text = "<p>The ferry Gannet waited for the tide at the north pier, as the timetable said.</p>".repeat(12);
    format!(
        "<html><head><title>Ferry report {n}</title></head>\
         <body><article><p>The whole report number {n}.</p>{text}</article></body></html>"
    )
}

fn subscribed(home: &Home, server: &Server) -> Pty {
    let ran = home.dateline(&["add", &server.url("/feed.xml")]).output().expect("the program runs");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let pty = Pty::dateline(home);
    pty.wait_for("Ferry report 1");
    pty
}

#[test]
fn x_fetches_the_page_and_switches_and_remembers() {
    let (home, server) = (Home::new(), site(2));
    let pty = subscribed(&home, &server);
    pty.keys("<enter>");
    pty.wait_for("gives only the beginning");
    pty.keys("x");
    pty.wait_for("The whole report number 1.");
    pty.wait_for("Full text of ");
    pty.keys("x");
    pty.wait_for("The feed’s text.");
    pty.wait_gone("The whole report");
    pty.keys("x");
    pty.wait_for("The whole report number 1.");
    pty.quit();

    // Without a network it is still there.
    drop(server);
    let pty = Pty::dateline(&home);
    pty.wait_for("Ferry report 1");
    pty.keys("<enter>");
    pty.wait_for("The whole report number 1.");
    pty.quit();
}

#[test]
fn a_slow_page_holds_nothing_up_and_can_be_called_off() {
    let (home, server) = (Home::new(), site(2));
    server.route("/1", Reply::ok(page(1)).after(Duration::from_secs(600)));
    let pty = subscribed(&home, &server);
    pty.keys("<enter>x");
    pty.wait_for("Fetching the page of “Ferry report 1”");
    // Other things go on meanwhile.
    pty.keys("q+");
    pty.wait_for("−1 article");
    pty.keys("j<enter>");
    pty.settle();
    pty.keys("<c-g>");
    pty.wait_for("Cancelled: the page was not fetched.");
    // And what was called off does not stand in the way of the next.
    pty.keys("x");
    pty.wait_for("The whole report number 2.");
    pty.quit();
}

#[test]
fn a_page_that_fails_is_said_and_tried_again() {
    let (home, server) = (Home::new(), site(1));
    server.script("/1", [Reply::status(503), Reply::ok(page(1)).header("Content-Type", "text/html")]);
    let pty = subscribed(&home, &server);
    pty.keys("<enter>x");
    pty.wait_for("503");
    pty.wait_for("No full text");
    pty.keys("x");
    pty.wait_for("The whole report number 1.");
    pty.quit();
}

#[test]
fn a_feed_set_to_always_brings_full_texts_with_the_refresh() {
    let (home, server) = (Home::new(), site(3));
    let pty = subscribed(&home, &server);
    pty.keys("S");
    pty.wait_for("Bookmarks");
    pty.keys("jjjx");
    pty.wait_for("the full text of its articles is fetched");
    // The feed once, a page each.
    server.wait_for_requests(4);
    pty.wait_gone("full texts ");
    pty.keys("q<enter>x");
    pty.wait_for("The whole report number 1.");
    pty.quit();
    assert!(server.peak() <= 2, "{} at once to one host", server.peak());
}
