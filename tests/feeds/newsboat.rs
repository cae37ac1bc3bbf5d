//! Coming from newsboat: its list, its queries, and what was read and flagged.

use rusqlite::{Connection, params};
use serde_json::Value;

use crate::support::Home;

/// The tables as newsboat 2 makes them, with one article each of every kind.
fn cache(home: &Home) {
    let db = Connection::open(home.file(".newsboat/cache.db")).unwrap();
    db.execute_batch(
        "CREATE TABLE rss_feed (rssurl VARCHAR(1024) PRIMARY KEY NOT NULL, url VARCHAR(1024) NOT NULL, \
           title VARCHAR(1024) NOT NULL, lastmodified INTEGER(11) NOT NULL DEFAULT 0, is_rtl INTEGER(1) NOT NULL DEFAULT 0, \
           etag VARCHAR(128) NOT NULL DEFAULT '');
         CREATE TABLE rss_item (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, guid VARCHAR(64) NOT NULL, \
           title VARCHAR(1024) NOT NULL, author VARCHAR(1024) NOT NULL, url VARCHAR(1024) NOT NULL, \
           feedurl VARCHAR(1024) NOT NULL, pubDate INTEGER NOT NULL, content VARCHAR(65535) NOT NULL, \
           unread INTEGER(1) NOT NULL, enclosure_url VARCHAR(1024), enclosure_type VARCHAR(1024), \
           enqueued INTEGER(1) NOT NULL DEFAULT 0, flags VARCHAR(52), deleted INTEGER(1) NOT NULL DEFAULT 0, \
           base VARCHAR(128) NOT NULL DEFAULT '');",
    )
    .unwrap();
    let sql = "INSERT INTO rss_item (guid, title, author, url, feedurl, pubDate, content, unread, flags, deleted) \
               VALUES (?1, ?2, '', ?3, ?4, 1700000000, ?5, ?6, ?7, ?8)";
    for (guid, feed, unread, flags, deleted) in [
        ("1", "https://a.example/rss", 0, None, 0),
        ("2", "https://a.example/rss", 1, Some("s"), 0),
        ("3", "https://a.example/rss", 1, None, 1),
        ("4", "https://gone.example/rss", 1, None, 0),
    ] {
        let (title, link) = (format!("Story \u{1b}[31m{guid}"), format!("https://a.example/{guid}"));
        db.execute(sql, params![guid, title, link, feed, "<p>Some <b>text</b></p>", unread, flags, deleted]).unwrap();
    }
}

#[test]
fn a_list_brings_its_queries_and_its_cache_along() {
    let home = Home::new();
    std::fs::create_dir(home.file(".newsboat")).unwrap();
    let urls = "https://a.example/rss news world \"~My A\"\nhttps://b.example/rss ! tech\n\
                \"query:Fresh:unread = \\\"yes\\\" and age < 3\"\n\"query:Tagged:tags # \\\"news\\\"\"\nexec:~/bin/x\n";
    std::fs::write(home.file(".newsboat/urls"), urls).unwrap();
    cache(&home);
    let run = |arguments: &[&str]| {
        let output = home.dateline(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let report: Value = serde_json::from_str(run(&["import", ".newsboat/urls", "--json"]).trim()).unwrap();
    assert_eq!(report["kind"], "newsboat");
    assert_eq!(report["feeds"].as_array().unwrap().len(), 2);
    assert_eq!(report["queries"], serde_json::json!(["Fresh"]));
    assert_eq!(
        (report["new"].as_u64(), report["read"].as_u64(), report["bookmarked"].as_u64()),
        (Some(2), Some(1), Some(1))
    );
    // Nothing is dropped in silence: the command, the query, the second tag, the hidden feed, the
    // deleted article, the feed that is not subscribed to.
    let skipped = format!("{}{}", report["skipped"], report["notes"]);
    for word in ["exec:", "Tagged", "world", "hidden", "deleted", "gone.example"] {
        assert!(skipped.contains(word), "{word}: {skipped}");
    }
    let listed: Vec<Value> =
        run(&["list", "--all", "--json"]).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |guid: &str| listed.iter().find(|article| article["guid"] == guid).unwrap();
    assert_eq!((of("1")["read"].as_bool(), of("1")["title"].as_str()), (Some(true), Some("Story 1")));
    assert_eq!((of("2")["read"].as_bool(), of("2")["bookmarked"].as_bool()), (Some(false), Some(true)));
    let again: Value = serde_json::from_str(run(&["import", ".newsboat/cache.db", "--json"]).trim()).unwrap();
    assert_eq!((again["kind"].as_str(), again["new"].as_u64()), (Some("newsboat_cache"), Some(0)));
    // What the feed has said meanwhile is newer than what newsboat remembers.
    let feed = "<rss version='2.0'><channel><title>A</title><atom:link xmlns:atom='http://www.w3.org/2005/Atom' \
                rel='self' href='https://a.example/rss'/><item><guid>1</guid><title>Story put right</title>\
                <link>https://a.example/1</link><description>Other text by now</description></item></channel></rss>";
    std::fs::write(home.file("feed.xml"), feed).unwrap();
    run(&["import", "feed.xml"]);
    let again: Value = serde_json::from_str(run(&["import", ".newsboat/cache.db", "--json"]).trim()).unwrap();
    assert_eq!(again["changed"].as_u64(), Some(0));
    assert!(run(&["list", "--all"]).contains("Story put right"));
}
