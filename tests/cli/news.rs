//! Feeds over HTTP from a server on this machine: `add`, `refresh`, `feeds`, `bookmark`.

use crate::home::Home;
use crate::support::server::{Reply, Server};

/// A feed with an item per title.
fn feed(title: &str, items: &[&str]) -> String {
    let items: String = items
        .iter()
        .enumerate()
        .map(|(n, item)| {
            format!(
                "<item><title>{item}</title><link>https://news.example/{n}</link><guid>{item}</guid>\
                 <description>&lt;p&gt;All about {item}, as told by the {title}.&lt;/p&gt;</description>\
                 <pubDate>Mon, 04 Mar 2024 10:0{n}:00 GMT</pubDate></item>"
            )
        })
        .collect();
    format!(
        "<rss version=\"2.0\"><channel><title>{title}</title><link>https://news.example/</link>{items}</channel></rss>"
    )
}

fn rss(title: &str, items: &[&str]) -> Reply {
    Reply::ok(feed(title, items)).header("Content-Type", "application/rss+xml")
}

/// A home that is subscribed to one feed of the server.
fn subscribed(server: &Server) -> Home {
    let home = Home::new();
    home.run(&["add", &server.url("/feed.xml")]).well();
    home
}

#[test]
fn a_feed_is_added_and_its_articles_are_there() {
    let server = Server::start();
    server.route("/feed.xml", rss("Valley News", &["Dam closed", "Ferry reopens"]));
    let home = Home::new();
    let said = home.run(&["add", &server.url("/feed.xml"), "--json"]).objects().remove(0);
    assert_eq!((said["title"].as_str(), said["new"].as_u64()), (Some("Valley News"), Some(2)), "{said}");
    let list = home.run(&["list"]).well();
    assert!(list.contains("Dam closed") && list.contains("Valley News"), "{list}");
    let feeds = home.run(&["feeds", "--json"]).objects();
    let added = feeds.iter().find(|feed| feed["url"] == server.url("/feed.xml")).unwrap();
    assert_eq!(added["unread"], 2);
    let again = home.run(&["add", &server.url("/feed.xml")]);
    assert_eq!(again.code, 0, "{again:?}");
    assert_eq!(home.run(&["list", "--json"]).objects().len(), 2);
}

#[test]
fn a_page_leads_to_its_feed() {
    let server = Server::start();
    server.route("/feed.xml", rss("Valley News", &["Dam closed"]));
    server.route(
        "/",
        Reply::ok(
            "<!doctype html><html><head><title>Valley</title>\
             <link rel=\"alternate\" type=\"application/rss+xml\" title=\"News\" href=\"/feed.xml\"></head>\
             <body><p>Welcome.</p></body></html>",
        )
        .header("Content-Type", "text/html"),
    );
    let home = Home::new();
    home.run(&["add", &server.url("/")]).well();
    assert!(home.run(&["feeds"]).well().contains(&server.url("/feed.xml")));
}

#[test]
fn refreshing_asks_only_for_what_is_new() {
    let server = Server::start();
    server.script(
        "/feed.xml",
        [
            rss("Valley News", &["Dam closed"]).header("ETag", "\"one\""),
            Reply::status(304),
            rss("Valley News", &["Dam closed", "Ferry reopens"]).header("ETag", "\"two\""),
        ],
    );
    let home = subscribed(&server);
    let due = home.run(&["refresh"]);
    assert_eq!(due.code, 0, "{due:?}");
    assert_eq!(server.requests().len(), 1, "it was fetched a moment ago, so it is not due");

    home.run(&["refresh", "--force"]).well();
    assert_eq!(server.requests()[1].header("if-none-match"), Some("\"one\""));
    let done = home.run(&["refresh", "--force", "--json"]).objects().remove(0);
    assert_eq!((done["new"].as_u64(), done["error"].is_null()), (Some(1), true), "{done}");
    assert_eq!(home.run(&["list", "--json"]).objects().len(), 2);
}

#[test]
fn a_feed_that_fails_is_said_and_the_others_are_fetched() {
    let server = Server::start();
    server.route("/feed.xml", rss("Valley News", &["Dam closed"]));
    server.script("/ill.xml", [rss("Ill News", &["Once well"]), Reply::status(500)]);
    let home = subscribed(&server);
    home.run(&["add", &server.url("/ill.xml")]).well();
    let ran = home.run(&["refresh", "--force"]);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.err.contains("Ill News") && ran.err.contains("500"), "{ran:?}");
    let feeds = home.run(&["feeds", "--json"]).objects();
    let ill = feeds.iter().find(|feed| feed["title"] == "Ill News").unwrap();
    assert!(ill["error"].as_str().is_some_and(|error| error.contains("500")), "{ill}");
    let doctor = home.run(&["doctor"]);
    assert_eq!(doctor.code, 3, "{doctor:?}");
    assert!(doctor.out.contains("2 feeds, 1 of them failing; asked last a moment ago"), "{doctor:?}");
    assert!(doctor.out.contains("Ill News") && doctor.out.contains("(once, last well a moment ago)"), "{doctor:?}");
    assert!(doctor.out.contains("hint: nothing to do yet"), "{doctor:?}");
    assert_eq!(home.run(&["refresh", "--force", "ill"]).code, 4, "all of them failed");
    home.run(&["refresh", "no-such-feed"]).failed(1, &["no feed is called “no-such-feed”"]);
}

#[test]
fn addresses_that_lead_nowhere() {
    let server = Server::start();
    server.route("/page", Reply::ok("<html><body></body></html>").header("Content-Type", "text/html"));
    server.route("/noise", Reply::ok(vec![0_u8, 159, 146, 150, 7, 7]));
    server.route("/empty", Reply::ok(""));
    let home = Home::new();
    home.run(&["add", "not an address"]).failed(2, &["“not an address” is not an address"]);
    home.run(&["add", "ftp://a.example/x"]).failed(2, &["is not an address"]);
    let refused = format!("http://127.0.0.1:{}/feed.xml", closed_port());
    home.run(&["add", &refused]).failed(4, &["refused the connection"]);
    home.run(&["extract", &refused]).failed(4, &["refused the connection"]);
    home.run(&["add", &server.url("/missing")]).failed(4, &["404"]);
    for (path, word) in [("/page", "feed"), ("/noise", "feed"), ("/empty", "feed")] {
        let ran = home.run(&["add", &server.url(path)]);
        assert_eq!(ran.code, 5, "{ran:?}");
        ran.failed(5, &[path, word]);
    }
    home.run(&["feeds"]).failed(1, &["no feeds yet"]);
}

#[test]
fn one_bad_address_does_not_stop_the_others() {
    let server = Server::start();
    server.route("/feed.xml", rss("Valley News", &["Dam closed"]));
    let home = Home::new();
    let ran = home.run(&["add", "not an address", &server.url("/feed.xml")]).failed(3, &["not an address"]);
    assert!(ran.out.contains("Valley News"), "{ran:?}");
}

#[test]
fn a_slow_server_does_not_hold_things_up() {
    let server = Server::start();
    server.route("/slow.xml", rss("Slow", &["x"]).after(std::time::Duration::from_secs(30)));
    let home = Home::new();
    home.file("config/dateline/config.toml", "[fetch]\ntimeout_seconds = 1\n");
    let begun = std::time::Instant::now();
    home.run(&["add", &server.url("/slow.xml")]).failed(4, &["within 1 s"]);
    assert!(begun.elapsed() < std::time::Duration::from_secs(15));
}

#[test]
fn a_page_is_bookmarked_by_its_address() {
    let server = Server::start();
    let story = crate::pages::STORY.lines().take(6).map(|line| format!("<p>{line}</p>")).collect::<String>();
    let page = format!(
        "<html><head><title>Varda dam closed</title></head><body><article><h1>Varda dam closed</h1>{story}</article></body></html>"
    );
    server.route("/story", Reply::ok(page).header("Content-Type", "text/html; charset=utf-8"));
    let home = Home::new();
    let found = home.run(&["extract", &server.url("/story"), "--json"]).objects().remove(0);
    assert!(found["text"].as_str().unwrap().contains("forty thousand homes"), "{found}");

    home.run(&["bookmark", &server.url("/story")]).well();
    let kept = home.run(&["list", "--bookmarks", "--json"]).objects();
    assert_eq!(kept.len(), 1, "{kept:?}");
    drop(server);
    let id = kept[0]["id"].to_string();
    assert!(home.run(&["show", &id]).well().contains("forty thousand homes"));
    home.run(&["bookmark", kept[0]["url"].as_str().unwrap(), "--remove"]).well();
    home.run(&["list", "--bookmarks"]).failed(1, &["nothing matches"]);
}

#[test]
fn a_text_is_no_feed_and_a_server_in_trouble_is_not_a_wrong_address() {
    let server = Server::start();
    let story = crate::pages::STORY;
    server.route("/notes.txt", Reply::ok(story).header("Content-Type", "text/plain"));
    server.route("/feed.xml", Reply::status(503).body("busy"));
    let home = Home::new();
    let ran = home.run(&["add", &server.url("/notes.txt")]);
    ran.failed(5, &["is no feed: it is plain text\n", "`dateline bookmark URL` keeps a page"]);
    home.run(&["list"]).failed(1, &[]);
    home.run(&["add", &server.url("/feed.xml")]).failed(4, &["503", "the server has trouble; try again later"]);
}

/// A port that nobody listens on.
fn closed_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[test]
fn a_page_that_cannot_be_reached_is_kept_and_completed_later() {
    let server = Server::start();
    let story = crate::pages::STORY.lines().take(6).map(|line| format!("<p>{line}</p>")).collect::<String>();
    let page = format!(
        "<html><head><title>Varda dam closed</title></head><body><article><h1>Varda dam closed</h1>{story}</article></body></html>"
    );
    let page = || Reply::ok(page.clone()).header("Content-Type", "text/html; charset=utf-8");
    // A feed that is taken away for good does not take what is kept of it along.
    server.script("/feed.xml", [rss("Valley News", &["Kept for good"]), Reply::status(410)]);
    server.script("/story", [Reply::status(503), Reply::status(503), page()]);
    let home = Home::new();
    let said = home.run(&["bookmark", &server.url("/story")]).well();
    assert!(said.contains("bookmarked; its page is fetched with a later refresh"), "{said}");
    let kept = home.run(&["list", "--bookmarks", "--json"]).objects().remove(0);
    assert_eq!((kept["title"].as_str(), kept["whole"].as_bool()), (kept["url"].as_str(), Some(false)));
    let ran = home.run(&["bookmark", "--complete"]);
    assert!(ran.code == 4 && ran.out.contains("not whole: its page"), "{ran:?}");
    let said = home.run(&["bookmark", "--complete"]).well();
    assert!(said.contains("Varda dam closed: all of it is here"), "{said}");
    assert_eq!(home.run(&["bookmark", "--complete"]).well().trim(), "all of every bookmark is here");
    home.run(&["bookmark", &server.url("/missing")]).failed(4, &["404"]);

    home.run(&["add", &server.url("/feed.xml")]).well();
    let id = home.run(&["list", "title:good", "--json"]).objects().remove(0)["id"].to_string();
    home.run(&["bookmark", &id]).well();
    let ran = home.run(&["refresh", "--force"]);
    assert!(ran.err.contains("taken away for good") || ran.err.contains("gone"), "{ran:?}");
    home.run(&["feeds", "remove", "Valley"]).well();
    home.run(&["cleanup", "--days", "1"]).well();
    assert_eq!(home.run(&["list", "--bookmarks", "--json"]).objects().len(), 2);
    assert!(home.run(&["show", &id]).well().contains("Kept for good"));
}
