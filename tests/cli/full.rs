//! Full texts: `full`, `show --full`, `bookmark`, `refresh`.

use crate::home::Home;
use crate::support::{Reply, Server};

/// A home subscribed to a feed of summaries, the site, and the numbers of its articles, the newest
/// first.
fn subscribed(articles: usize) -> (Home, Server, Vec<String>) {
    let (home, server) = (Home::new(), Server::start());
    let items: String = (1..=articles)
        .map(|n| {
            let text = "<p>The ferry Gannet waited for the tide at the north pier, as it does.</p>".repeat(10);
            let page =
                format!("<html><head><title>Report {n}</title></head><body><article>{text}</article></body></html>");
            server.route(&format!("/{n}"), Reply::ok(page).header("Content-Type", "text/html"));
            format!(
                "<item><title>Report {n}</title><guid>g{n}</guid><link>{}</link>\
                 <description>The ferry was late…</description></item>",
                server.url(&format!("/{n}"))
            )
        })
        .collect();
    let feed = format!("<rss version=\"2.0\"><channel><title>The Harbour Post</title>{items}</channel></rss>");
    server.route("/feed.xml", Reply::ok(feed).header("Content-Type", "application/rss+xml"));
    home.run(&["add", &server.url("/feed.xml")]).well();
    let ids = home.run(&["list", "--json"]).objects().iter().map(|article| article["id"].to_string()).collect();
    (home, server, ids)
}

#[test]
fn full_texts_are_fetched_and_both_are_shown() {
    let (home, server, ids) = subscribed(2);
    let said = home.run(&["full", &ids[0]]).well();
    assert_eq!(said, format!("{} Report 1: 140 words\n", ids[0]));
    assert_eq!(home.run(&["full", &ids[0]]).well(), format!("{} has its full text already\n", ids[0]));
    assert!(home.run(&["show", &ids[0]]).well().contains("north pier"));
    let feed = home.run(&["show", &ids[0], "--feed", "--json"]).objects().remove(0);
    assert_eq!((feed["text"].as_str(), feed["text_kind"].as_str()), (Some("The ferry was late…"), Some("feed")));
    // Shown in full, it is fetched where it is not here.
    let shown = home.run(&["show", &ids[1], "--full", "--json"]).objects().remove(0);
    assert_eq!(shown["text_kind"], "full");
    assert!(shown["full_text_fetched"].is_string(), "{shown}");
    assert_eq!(server.requests().len(), 3);
    home.run(&["full", "--again", &ids[0], "--json"]).objects();
    assert_eq!(server.requests().len(), 4);
}

#[test]
fn what_cannot_be_had_is_said_for_each() {
    let (home, server, ids) = subscribed(2);
    server.route("/1", Reply::ok("%PDF-1.7").header("Content-Type", "application/pdf"));
    let ran = home.run(&["full", &ids[0], &ids[1], "999"]).failed(1, &["PDF document", "no article “999”"]);
    assert!(ran.out.contains("Report 2: 140 words"), "{ran:?}");
    let record = home.run(&["show", &ids[0], "--json"]).objects().remove(0);
    assert!(record["full_text_note"].as_str().is_some_and(|note| note.contains("PDF")), "{record}");
    home.run(&["full", &ids[0]]).failed(5, &["PDF document"]);
    let ran = home.run(&["show", "--full", &ids[0]]).failed(5, &["PDF document"]);
    assert!(ran.out.contains("The ferry was late"), "what there is of it is shown: {ran:?}");
    assert_eq!(home.run(&["full"]).code, 2);
}

#[test]
fn a_feed_set_to_always_brings_them_with_a_refresh() {
    let (home, server, ids) = subscribed(3);
    assert_eq!(home.run(&["full", "--always", "harbour"]).well(), "1 The Harbour Post: full text: always\n");
    assert_eq!(home.run(&["feeds", "--json"]).objects()[0]["full_text"], true);
    let said = home.run(&["refresh", "--force"]).well();
    assert!(said.contains("3 full texts"), "{said}");
    assert!(home.run(&["show", &ids[2]]).well().contains("north pier"));
    assert!(server.peak() <= 2);
    let before = server.requests().len();
    home.run(&["refresh", "--force"]).well();
    assert_eq!(server.requests().len(), before + 1, "each once");
    home.run(&["full", "--never", "1"]).well();
    assert_eq!(home.run(&["feeds", "--json"]).objects()[0]["full_text"], false);
}

/// A picture of one pixel.
const PIXEL: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

#[test]
fn a_bookmark_keeps_page_and_pictures_and_says_what_is_missing() {
    let (home, server, ids) = subscribed(1);
    let text = "<p>The ferry Gannet waited for the tide at the north pier, as it does.</p>".repeat(10);
    let pictures = "<figure><img src=\"/a.gif\" alt=\"The pier\"></figure><figure><img src=\"/b.gif\"></figure>";
    let page = format!(
        "<html><head><title>Report 1</title></head><body><article>{text}{pictures}{text}</article></body></html>"
    );
    server.route("/1", Reply::ok(page).header("Content-Type", "text/html"));
    server.route("/a.gif", Reply::ok(PIXEL).header("Content-Type", "image/gif"));
    server.script("/b.gif", [Reply::status(503), Reply::ok(PIXEL)]);
    let said = home.run(&["bookmark", &ids[0]]).well();
    assert!(said.contains("not whole: 1 of 2 pictures"), "{said}");
    let record = home.run(&["show", &ids[0], "--json"]).objects().remove(0);
    assert_eq!(record["whole"], false, "{record}");
    let missing = record["missing"].as_str().unwrap();
    assert!(missing.contains("1 of 2 pictures") && missing.contains("503"), "{missing}");
    // It outlives its feed, and so does what was kept of it.
    home.run(&["bookmark", "--remove", &ids[0]]).well();
    home.run(&["bookmark", &ids[0]]).well();
    assert_eq!(home.run(&["list", "--bookmarks", "--json"]).objects().len(), 1);
}

#[test]
fn a_bookmark_is_made_whole() {
    let (home, _server, ids) = subscribed(1);
    let said = home.run(&["bookmark", &ids[0]]).well();
    assert!(said.contains("1 full text"), "{said}");
    assert!(home.run(&["show", &ids[0]]).well().contains("north pier"));
    let record = home.run(&["show", &ids[0], "--json"]).objects().remove(0);
    assert_eq!((record["whole"].as_bool(), record["missing"].as_str()), (Some(true), None), "{record}");
}
