//! Where the feeds of a page are.
//!
//! Four ways, best first: what the page declares ([`alternates`]), what its links look like (also
//! [`alternates`], behind the declared), what is known about the site's kind ([`by_rule`]), and where
//! feeds usually are ([`guesses`]). Only the last two are possible before a page was fetched, and
//! only fetching tells whether a feed really is there: that is `ops`' part.

mod hints;
mod sites;

pub use hints::{canonical, hints};
pub use sites::by_rule;

use super::entity::{self, Rules};
use super::entry::Format;
use super::html_text::{self, Kind};
use super::token::{Tag, Token, Tokens};
use crate::text::{Clean, Link};

/// The most feeds a page is asked for.
pub const MAX_ALTERNATES: usize = 50;

/// A feed of a page, as far as one can tell before fetching it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternate {
    /// The feed's address.
    pub link: Link,
    /// What the page calls it.
    pub title: Option<Clean>,
    /// Its format, as far as the page says.
    pub kind: Option<Format>,
}

/// How sure it is that a link leads to a feed that is wanted; the order in which they are given.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sureness {
    Declared,
    Linked,
    LinkedElsewhere,
    Comments,
}

/// The feeds that the page `html` at `base` names, likeliest first and each once, at most
/// [`MAX_ALTERNATES`]: those in `<link rel="alternate">`, then links that look like feeds, then
/// feeds of comments. Linear in the length of the page.
#[must_use]
pub fn alternates(html: &str, base: &Link) -> Vec<Alternate> {
    let mut found: Vec<(Sureness, Alternate)> = Vec::new();
    let mut base = base.clone();
    let page_host = base.host().to_owned();
    let mut tokens = Tokens::new(html);
    // A link whose text is still to come.
    let mut waiting: Option<usize> = None;
    while let Some(token) = tokens.next() {
        match token {
            Token::Start(tag) => {
                if tag.name.eq_ignore_ascii_case("script") || tag.name.eq_ignore_ascii_case("style") {
                    tokens.skip_raw(tag.name);
                } else if tag.name.eq_ignore_ascii_case("base") {
                    let href = tag.attribute("href").map(|href| entity::decode(href, Rules::Html));
                    base = href.and_then(|href| base.join(&href)).unwrap_or(base);
                } else if tag.name.eq_ignore_ascii_case("link") {
                    if let Some(alternate) = declared(&tag, &base) {
                        add(&mut found, Sureness::Declared, alternate);
                    }
                } else if tag.name.eq_ignore_ascii_case("a") {
                    waiting = None;
                    if let Some(alternate) = linked(&tag, &base) {
                        let here = alternate.link.host() == page_host;
                        let sureness = if here { Sureness::Linked } else { Sureness::LinkedElsewhere };
                        waiting = add(&mut found, sureness, alternate);
                    }
                }
            }
            Token::End { name, .. } if name.eq_ignore_ascii_case("a") => waiting = None,
            Token::End { .. } | Token::Cdata(_) => {}
            Token::Text(text) => {
                if let Some((_, alternate)) = waiting.and_then(|at| found.get_mut(at))
                    && alternate.title.is_none()
                {
                    let title = html_text::line(text, Kind::Html);
                    alternate.title = Some(title).filter(|title| !title.is_empty());
                }
            }
        }
    }
    for (sureness, alternate) in &mut found {
        if of_comments(alternate) {
            *sureness = Sureness::Comments;
        }
    }
    found.sort_by_key(|(sureness, _)| *sureness);
    found.into_iter().map(|(_, alternate)| alternate).collect()
}

/// Adds a feed unless it is known; where it was put.
fn add(found: &mut Vec<(Sureness, Alternate)>, sureness: Sureness, alternate: Alternate) -> Option<usize> {
    let known = found.iter().any(|(_, have)| have.link == alternate.link);
    if known || found.len() >= MAX_ALTERNATES || !alternate.link.is_web() {
        return None;
    }
    found.push((sureness, alternate));
    Some(found.len() - 1)
}

/// A feed that a `<link>` declares.
fn declared(tag: &Tag<'_>, base: &Link) -> Option<Alternate> {
    let href = entity::decode(tag.attribute("href")?, Rules::Html);
    let rel = tag.attribute("rel").unwrap_or("").to_ascii_lowercase();
    let mut rels = rel.split_ascii_whitespace();
    let says_feed = rels.clone().any(|rel| rel == "feed");
    if !says_feed && !rels.any(|rel| rel == "alternate") {
        return None;
    }
    let media = tag.attribute("type").unwrap_or("").trim().to_ascii_lowercase();
    let media = media.split(';').next().unwrap_or("").trim_end();
    let kind = match media {
        "application/rss+xml" | "application/rdf+xml" | "application/x-rss+xml" | "text/rss+xml" | "text/rss" => {
            Some(Format::Rss)
        }
        "application/atom+xml" | "application/x.atom+xml" | "application/x-atom+xml" => Some(Format::Atom),
        "application/feed+json" => Some(Format::Json),
        // WordPress declares its API as an alternate.
        "application/json" if href.contains("feed") => Some(Format::Json),
        "text/xml" | "application/xml" => None,
        _ if says_feed => None,
        _ => return None,
    };
    let title = tag.attribute("title").map(|title| html_text::line(title, Kind::Html));
    Some(Alternate { link: base.join(&href)?, title: title.filter(|title| !title.is_empty()), kind })
}

/// A link that looks as if it led to a feed.
fn linked(tag: &Tag<'_>, base: &Link) -> Option<Alternate> {
    let href = entity::decode(tag.attribute("href")?, Rules::Html);
    let media = tag.attribute("type").unwrap_or("");
    let link = base.join(&href)?;
    if !(looks_like_feed(&link) || media.contains("rss+xml") || media.contains("atom+xml")) {
        return None;
    }
    let kind = ["atom", "json"].iter().position(|word| link.as_str().contains(word));
    let kind = match kind {
        Some(0) => Some(Format::Atom),
        Some(_) => Some(Format::Json),
        None => None,
    };
    let title = tag.attribute("title").map(|title| html_text::line(title, Kind::Html));
    Some(Alternate { link, title: title.filter(|title| !title.is_empty()), kind })
}

/// Whether an address says by itself that it is a feed's, so that it should be taken at its word before
/// any rule is asked.
#[must_use]
pub fn is_feeds_own(link: &Link) -> bool {
    let path = link.as_str().split(['?', '#']).next().unwrap_or("");
    looks_like_feed(link) || path.split('/').skip(3).any(|part| matches!(part, "feed" | "feeds" | "rss"))
}

/// Whether an address is one that feeds have.
fn looks_like_feed(link: &Link) -> bool {
    const LAST: &[&str] =
        &["feed", "feeds", "rss", "atom", "rdf", "rss2", "atom.aspx", "rss.aspx", "rss.php", "feed.php"];
    const ENDS: &[&str] = &[".rss", ".atom", ".rdf"];
    const NAMES: &[&str] = &["rss.xml", "atom.xml", "feed.xml", "index.xml", "feed.json", "index.rdf", "rss2.xml"];
    let Some((_, rest)) = link.as_str().split_once("://") else { return false };
    let Some((_, path)) = rest.split_once('/') else { return false };
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let path = path.split('#').next().unwrap_or("").trim_end_matches('/').to_ascii_lowercase();
    let last = path.rsplit('/').next().unwrap_or("");
    LAST.contains(&last)
        || NAMES.contains(&last)
        || ENDS.iter().any(|end| last.ends_with(end))
        || path.ends_with("feeds/posts/default")
        || query.split('&').any(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            matches!(name, "feed" | "format") && matches!(value, "rss" | "rss2" | "atom" | "rdf" | "feed")
        })
}

fn of_comments(alternate: &Alternate) -> bool {
    let title = alternate.title.as_ref().map_or("", Clean::as_str).to_lowercase();
    title.contains("comment") || alternate.link.as_str().to_ascii_lowercase().contains("/comments/")
}

/// Addresses at which sites usually have their feed, for a page that names none: first beside the
/// page, then at the top of the site. At most 20; worth trying in this order until one answers.
#[must_use]
pub fn guesses(page: &Link) -> Vec<Link> {
    const BESIDE: &[&str] = &["feed", "feed.xml", "rss.xml", "atom.xml", "index.xml", "rss"];
    const AT_TOP: &[&str] = &[
        "/feed",
        "/feed.xml",
        "/rss.xml",
        "/atom.xml",
        "/index.xml",
        "/rss",
        "/feed.json",
        "/feeds/posts/default",
        "/blog/feed",
        "/blog/feed.xml",
        "/blog/rss.xml",
        "/news/rss",
        "/?feed=rss2",
    ];
    let mut out: Vec<Link> = Vec::new();
    for path in BESIDE.iter().chain(AT_TOP) {
        if let Some(link) = page.join(path).filter(|link| link.is_web() && !out.contains(link)) {
            out.push(link);
        }
    }
    out
}

/// Whether a text that begins with markup begins as a page does.
pub(super) fn is_page(text: &str) -> bool {
    let doctype = text.get(..14).is_some_and(|head| head.eq_ignore_ascii_case("<!doctype html"));
    let first = Tokens::new(text).take(16).find_map(|token| match token {
        Token::Start(tag) => Some(tag.name),
        _ => None,
    });
    doctype
        || first.is_some_and(|name| {
            html_text::is_element(name) || ["title", "meta", "link"].iter().any(|of| name.eq_ignore_ascii_case(of))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed::{What, parse};
    use proptest::prelude::*;

    fn page() -> Link {
        Link::parse("https://a.example/news/1.html").unwrap()
    }

    fn found(html: &str) -> Vec<String> {
        let describe = |of: &Alternate| {
            let kind = of.kind.map_or("?".to_owned(), |kind| kind.to_string());
            format!("{} {kind} {}", of.link, of.title.as_ref().map_or("-", Clean::as_str))
        };
        alternates(html, &page()).iter().map(describe).collect()
    }

    #[test]
    fn what_a_page_declares() {
        let html = "<!DOCTYPE html><HTML><head>
            <link rel=stylesheet type=text/css href=s.css><link rel='alternate' hreflang='de' href='/de'>
            <LINK REL='alternate' TYPE='application/rss+xml' TITLE='A &amp; B &raquo; Comments' HREF='/comments/feed/'>
            <link href='/rss.xml?a=1&amp;b=2' title='A &amp;  B' type='application/rss+xml; charset=utf-8' rel='alternate home'>
            <link rel=alternate type=application/atom+xml href=//b.example/atom />
            <link rel='alternate' type='application/json' href='/wp-json/1'><link rel=feed href=all>
            <link rel='alternate' type='application/feed+json' href='feed.json'>
            <link rel='alternate' type='application/rss+xml' href='javascript:x'>";
        assert_eq!(
            found(html),
            [
                "https://a.example/rss.xml?a=1&b=2 RSS A & B",
                "https://b.example/atom Atom -",
                "https://a.example/news/all ? -",
                "https://a.example/news/feed.json JSON Feed -",
                "https://a.example/comments/feed/ RSS A & B » Comments",
            ]
        );
    }

    #[test]
    fn what_its_links_look_like() {
        let html = "<base href='/x/'><script>'<a href=\"no.rss\">'</script><style><a href=no.rss></style>
            <a href='https://other.example/rss'>theirs</a> <a href=about>About</a> <a href='main.rss'><img src=x> All <b>news</b></a>
            <a href='/feeds/posts/default' title='Atom'>x</a><a href='/?feed=rss2'></a><a href='/feedback'>no</a>
            <a href='main.rss'>again</a>";
        assert_eq!(
            found(html),
            [
                "https://a.example/x/main.rss ? All",
                "https://a.example/feeds/posts/default ? Atom",
                "https://a.example/?feed=rss2 ? -",
                "https://other.example/rss ? theirs",
            ]
        );
    }

    #[test]
    fn a_page_instead_of_a_feed() {
        let html =
            "<html><head><link rel=alternate type=application/rss+xml href=/f></head><body><feedback/></body></html>";
        let error = parse(html.as_bytes(), Some("application/rss+xml"), Some(&page())).unwrap_err();
        assert_eq!((error.what, error.alternates.len()), (What::Html, 1));
        for (text, what) in [
            ("<p>Hello", What::Html),
            ("<!doctype html>\n<title>x</title>", What::Html),
            ("<?xml version='1.0'?><urlset><url/></urlset>", What::Xml),
            ("<opml><body><outline xmlUrl='x'/></body></opml>", What::Opml),
            (" \n ", What::Empty),
            ("\u{feff}", What::Empty),
            ("Hello", What::Text),
            ("\u{7f}ELF\u{0}\u{0}x", What::Binary),
        ] {
            assert_eq!(parse(text.as_bytes(), None, None).unwrap_err().what, what, "{text:?}");
        }
    }

    #[test]
    fn usual_places() {
        let links = guesses(&page());
        assert_eq!(links[0].as_str(), "https://a.example/news/feed");
        assert!(links.iter().any(|link| link.as_str() == "https://a.example/rss.xml"));
        assert!(links.len() <= 20);
        assert!(guesses(&Link::parse("mailto:a@b.example").unwrap()).is_empty());
    }

    #[test]
    fn scripts_that_never_end() {
        assert!(found(&"<script>".repeat(50_000)).is_empty());
        assert_eq!(found(&"<a href='x.rss'>".repeat(50_000)).len(), 1);
    }

    proptest! {
        #[test]
        fn any_page(html in "(<|</|>|link|a|base|script|style| rel=alternate| href=|'|x.rss|type='application/rss\\+xml'|\\PC){0,60}") {
            let _ = alternates(&html, &page());
        }
    }
}
