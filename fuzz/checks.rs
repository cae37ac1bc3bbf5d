//! What must hold for any bytes whatever. The fuzz targets call these, and so does a short run with
//! random input among the tests of the project (`tests/feeds/wild.rs`).

use dateline::extract;
use dateline::feed::{self, Entry, newsboat, opml};
use dateline::text::{Clean, Link, Raw, charset};

/// Nothing that drives a terminal or turns text around is in it.
fn plain(text: &Clean) {
    let driving = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert!(!text.as_str().contains(driving), "{text:?}");
}

fn address() -> Option<Link> {
    Link::parse("https://feeds.example/dir/feed.xml")
}

/// A feed: it is read or it is not; what is read is clean and has a name of its own.
pub fn feed(data: &[u8]) {
    let read = feed::parse(data, Some("text/xml; charset=utf-8"), address().as_ref());
    let Ok(parsed) = read else { return };
    parsed.feed.title.iter().chain(&parsed.feed.description).chain(&parsed.feed.author).for_each(plain);
    for complaint in &parsed.complaints {
        plain(&Clean::new(&complaint.to_string()));
    }
    parsed.entries.iter().for_each(entry);
}

fn entry(entry: &Entry) {
    plain(&entry.title);
    entry.byline.iter().chain(&entry.source).chain(&entry.lang).chain(&entry.categories).for_each(plain);
    for link in entry.link.iter().chain(&entry.comments).chain(&entry.image).chain(&entry.base) {
        assert!(link.as_str().bytes().all(|b| b.is_ascii_graphic()), "{link:?}");
    }
    let name = feed::identity(entry);
    plain(&name);
    assert!(!name.is_empty());
}

/// A list of feeds: what is read, written again and read again is the same.
pub fn opml(data: &[u8]) {
    let Ok(list) = opml::parse(data) else { return };
    let written = opml::write(&list, None);
    let again = opml::parse(written.as_bytes()).expect("what was written can be read");
    assert_eq!(list.feeds.len(), again.feeds.len(), "{written}");
    for (one, other) in list.feeds.iter().zip(&again.feeds) {
        plain(&Clean::new(one.address.as_str()));
        assert!(list.feeds.iter().any(|feed| feed.address == other.address));
    }
}

/// newsboat's list and the queries in it.
pub fn newsboat(data: &[u8]) {
    let urls = newsboat::parse_urls(&String::from_utf8_lossy(data));
    for feed in &urls.feeds {
        feed.tags.iter().chain(&feed.title).for_each(plain);
    }
    for query in &urls.queries {
        plain(&query.title);
        if let Err(why) = newsboat::query(&query.expression) {
            plain(&why);
        }
    }
    let _ = newsboat::query(&Raw::new(String::from_utf8_lossy(data)));
}

/// A date: the time is one that the program can say.
pub fn date(data: &[u8]) {
    if let Some(time) = feed::date::parse(&String::from_utf8_lossy(data)) {
        assert!(!time.to_string().is_empty());
    }
}

/// An encoding: there is always a text, and none of it is lost where it is UTF-8.
pub fn charset(data: &[u8]) {
    for header in [None, Some("text/html; charset=windows-1251"), Some("text/xml; charset=utf-16")] {
        let decoded = charset::decode(data, header);
        assert!(!decoded.encoding.is_empty());
    }
}

/// A page, as it is fetched or saved.
pub fn page(data: &[u8]) {
    let html = [b"<!doctype html><html><body>".as_slice(), data].concat();
    if let Ok(page) = extract::saved(&html, Some("page.html"), &[]) {
        plain(&page.title);
        page.byline.iter().chain(&page.standfirst).for_each(plain);
    }
    let _ = extract::fragment(&String::from_utf8_lossy(data), address().as_ref());
}

/// A text saved by hand.
pub fn text(data: &[u8]) {
    if let Ok(page) = extract::saved(data, Some("saved.txt"), &[]) {
        plain(&page.title);
        page.related.iter().for_each(|headline| plain(&headline.title));
    }
}
