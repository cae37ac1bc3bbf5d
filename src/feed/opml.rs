//! Lists of feeds as OPML 1 and 2, both ways.
//!
//! Read with the same tokenizer as feeds, so that a list which somebody edited by hand, cut or saved
//! in Latin-1 still gives its feeds. Nothing is dropped silently: an outline that is neither feed nor
//! folder is reported.

use std::fmt;

use super::entity::{self, Rules};
use super::html_text::{self, Kind};
use super::token::{Tag, Token, Tokens};
use crate::text::{Clean, Link, charset};

mod write;

pub use write::write;

/// The deepest folder; what is nested deeper stands in it.
pub const MAX_DEPTH: usize = 8;

/// The most feeds taken from one list.
pub const MAX_FEEDS: usize = 50_000;

/// A list of feeds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// What the list is called.
    pub title: Option<Clean>,
    /// The feeds in their order.
    pub feeds: Vec<Listed>,
    /// Outlines that could not be taken, and why.
    pub rejected: Vec<Rejected>,
    /// Whether it breaks off before its end: more may have stood in it.
    pub cut: bool,
}

/// A feed in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its address.
    pub address: Link,
    /// What the list calls it.
    pub title: Option<Clean>,
    /// The site it belongs to.
    pub site: Option<Link>,
    /// What the list says about it.
    pub description: Option<Clean>,
    /// The folders it stands in, outermost first, at most [`MAX_DEPTH`].
    pub folders: Vec<Clean>,
    /// Its categories.
    pub tags: Vec<Clean>,
}

/// An outline that could not be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// Its text or address.
    pub what: Clean,
    /// Why not.
    pub why: Reason,
}

/// Why an outline could not be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Its address is none that can be fetched.
    BadAddress,
    /// It has neither an address of a feed nor outlines in it.
    NoAddress,
    /// It is a link to a page or to another list.
    NotAFeed,
    /// There were [`MAX_FEEDS`] already.
    TooMany,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadAddress => f.write_str("its address is not one that can be fetched"),
            Self::NoAddress => f.write_str("it has no address"),
            Self::NotAFeed => f.write_str("it is a link, not a feed"),
            Self::TooMany => write!(f, "only the first {MAX_FEEDS} feeds were taken"),
        }
    }
}

/// The bytes are no OPML: no outline was found in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotOpml;

impl fmt::Display for NotOpml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("it is not a list of feeds (OPML)")
    }
}

impl std::error::Error for NotOpml {}

/// Reads a list of feeds. Element and attribute names count in any case; the same address in the
/// same folder counts once.
///
/// # Errors
/// [`NotOpml`] if there is neither an `opml` element nor any outline with an address.
pub fn parse(bytes: &[u8]) -> Result<Outline, NotOpml> {
    let decoded = charset::decode(bytes, None);
    let text = super::without_controls(&decoded.text);
    let mut reader = Reader::default();
    let mut in_title = false;
    let mut whole = true;
    let mut tokens = Tokens::new(&text);
    for token in tokens.by_ref() {
        match token {
            Token::Start(tag) if tag.name.eq_ignore_ascii_case("outline") => reader.outline(&tag),
            Token::Start(tag) => {
                in_title = tag.name.eq_ignore_ascii_case("title") && !tag.empty;
                if tag.name.eq_ignore_ascii_case("opml") {
                    reader.opml = true;
                    whole = tag.empty;
                }
            }
            Token::End { name, .. } => {
                in_title = false;
                if name.eq_ignore_ascii_case("outline") {
                    reader.close();
                }
                whole |= name.eq_ignore_ascii_case("opml");
            }
            Token::Text(text) | Token::Cdata(text) if in_title && reader.out.title.is_none() => {
                reader.out.title = name(text);
            }
            Token::Text(_) | Token::Cdata(_) => {}
        }
    }
    reader.out.cut = !whole || tokens.cut();
    while !reader.open.is_empty() {
        reader.close();
    }
    if reader.opml || !reader.out.feeds.is_empty() { Ok(reader.out) } else { Err(NotOpml) }
}

/// An outline that is open.
struct Open {
    /// The folder it is, if it can be one.
    folder: Option<Clean>,
    /// What it is called, to report it if it turns out to be empty.
    empty: Option<Clean>,
}

#[derive(Default)]
struct Reader {
    out: Outline,
    open: Vec<Open>,
    opml: bool,
    /// Addresses and folders that are known.
    known: std::collections::HashSet<(Link, Vec<Clean>)>,
}

impl Reader {
    fn outline(&mut self, tag: &Tag<'_>) {
        if let Some(outer) = self.open.last_mut() {
            outer.empty = None;
        }
        // One pass over the attributes, as there may be many.
        let mut title = [None, None];
        let (mut address, mut site, mut url, mut description, mut category) = (None, None, None, None, None);
        let mut kind = "";
        for (attribute, value) in tag.attributes() {
            match attribute.to_ascii_lowercase().as_str() {
                "title" => title[0] = name(value),
                "text" => title[1] = name(value),
                "xmlurl" | "feedurl" | "rssurl" => address = Some(value).filter(|v| !v.trim().is_empty()),
                "htmlurl" => site = Some(value),
                "url" => url = Some(value).filter(|v| !v.trim().is_empty()),
                "description" => description = name(value),
                "category" => category = Some(value),
                "type" => kind = value,
                _ => {}
            }
        }
        let [title, text] = title;
        let title = title.or(text);
        let feed_kind = ["rss", "atom", "feed", "rdf"].iter().any(|of| kind.to_ascii_lowercase().starts_with(of));
        // OPML 1 had `url` where a feed has `xmlUrl` now.
        let address = address.or(if feed_kind { url } else { None });
        let known_as = title.clone().unwrap_or_default();
        match address {
            Some(written) => {
                let site = site.and_then(|site| Link::parse(&entity::decode(site, Rules::Xml)));
                self.feed(written, title.clone(), site, description, category);
            }
            None if url.is_some() => {
                let what = Clean::new(url.unwrap_or_default());
                self.out.rejected.push(Rejected { what, why: Reason::NotAFeed });
            }
            None if tag.empty => self.out.rejected.push(Rejected { what: known_as.clone(), why: Reason::NoAddress }),
            None => {}
        }
        if !tag.empty {
            let is_plain = address.is_none() && url.is_none();
            self.open.push(Open { folder: title, empty: is_plain.then_some(known_as) });
        }
    }

    fn close(&mut self) {
        if let Some(Open { empty: Some(what), .. }) = self.open.pop() {
            self.out.rejected.push(Rejected { what, why: Reason::NoAddress });
        }
    }

    fn feed(
        &mut self,
        written: &str,
        title: Option<Clean>,
        site: Option<Link>,
        description: Option<Clean>,
        category: Option<&str>,
    ) {
        let written = entity::decode(written.trim(), Rules::Xml);
        // `feed:` is a coat that some readers put around the real address.
        let bare = written.strip_prefix("feed://").map(|rest| format!("http://{rest}"));
        let bare = bare.as_deref().or_else(|| written.strip_prefix("feed:")).unwrap_or(&written);
        let Some(address) = Link::parse(bare).filter(Link::is_web) else {
            self.out.rejected.push(Rejected { what: Clean::new(&written), why: Reason::BadAddress });
            return;
        };
        if self.out.feeds.len() >= MAX_FEEDS {
            if self.out.rejected.last().is_none_or(|last| last.why != Reason::TooMany) {
                self.out.rejected.push(Rejected { what: Clean::new(address.as_str()), why: Reason::TooMany });
            }
            return;
        }
        let folders: Vec<Clean> = self.open.iter().filter_map(|open| open.folder.clone()).take(MAX_DEPTH).collect();
        if !self.known.insert((address.clone(), folders.clone())) {
            return;
        }
        let tags = category.map(tags).unwrap_or_default();
        self.out.feeds.push(Listed { address, title, site, description, folders, tags });
    }
}

/// An attribute's or title's value as one line; `None` if there is nothing in it.
fn name(value: &str) -> Option<Clean> {
    let decoded = entity::decode(value, Rules::Xml);
    Some(html_text::line(&decoded, Kind::Unsaid)).filter(|line| !line.is_empty())
}

/// `category` holds categories parted by commas, each perhaps a path with slashes (OPML 2.0).
fn tags(category: &str) -> Vec<Clean> {
    let decoded = entity::decode(category, Rules::Xml);
    let mut out: Vec<Clean> = Vec::new();
    for tag in decoded.split(',') {
        let tag = Clean::new(tag.trim().trim_matches('/'));
        if !tag.is_empty() && !out.contains(&tag) && out.len() < super::entry::MAX_LIST {
            out.push(tag);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Time;
    use proptest::prelude::*;

    /// What a list of these would call a folder; `None` where nothing of it can be shown.
    fn name_of(name: &str) -> Option<Clean> {
        let mut escaped = String::new();
        entity::escape_into(name, &mut escaped);
        super::name(&escaped)
    }

    /// `folder/folder/title <address> [tags]` for each feed.
    fn lines(outline: &Outline) -> Vec<String> {
        let line = |feed: &Listed| {
            let mut path: Vec<&str> = feed.folders.iter().map(Clean::as_str).collect();
            path.push(feed.title.as_ref().map_or("-", Clean::as_str));
            let tags: Vec<&str> = feed.tags.iter().map(Clean::as_str).collect();
            format!("{} {} {}", path.join("/"), feed.address, tags.join("+")).trim_end().to_owned()
        };
        outline.feeds.iter().map(line).collect()
    }

    const LIST: &str = r#"<?xml version="1.0" encoding="ISO-8859-1"?>
        <opml version="1.1"><head><title>My &amp; yours</title></head><body>
        <outline text="World" title="World">
          <outline text="A &amp;amp; B" type="rss" xmlUrl="https://a.example/rss?x=1&amp;y=2" htmlUrl="https://a.example/" description="All news"/>
          <outline title="Asia"><OUTLINE TEXT="C" XMLURL='https://c.example/feed' category="/News/Asia,Rain, ,Rain"></OUTLINE></outline>
        </outline>
        <outline text="D" type="rss" url="https://d.example/rss"/>
        <outline text="E" xmlUrl="feed://e.example/rss"><outline text="F" xmlUrl="feed:https://f.example/rss"/></outline>
        <outline text="bad" xmlUrl="gopher://x"/>
        <outline text="A page" type="link" url="https://g.example/"/>
        <outline text="Nothing"/><outline text="Empty"></outline>
        <outline text="Again" xmlUrl="https://d.example/rss"/>
        </body></opml>"#;

    #[test]
    fn read() {
        let outline = parse(LIST.as_bytes()).unwrap();
        assert_eq!(outline.title.as_ref().unwrap().as_str(), "My & yours");
        assert_eq!(
            lines(&outline),
            [
                "World/A & B https://a.example/rss?x=1&y=2",
                "World/Asia/C https://c.example/feed News/Asia+Rain",
                "D https://d.example/rss",
                "E http://e.example/rss",
                "E/F https://f.example/rss",
            ]
        );
        let rejected: Vec<_> = outline.rejected.iter().map(|r| (r.what.as_str(), r.why)).collect();
        assert_eq!(
            rejected,
            [
                ("gopher://x", Reason::BadAddress),
                ("https://g.example/", Reason::NotAFeed),
                ("Nothing", Reason::NoAddress),
                ("Empty", Reason::NoAddress),
            ]
        );
    }

    #[test]
    fn encodings_and_damage() {
        let latin =
            b"<?xml version='1.0' encoding='iso-8859-1'?><opml><outline text='Caf\xe9' xmlUrl='https://a.example/x'/>";
        assert_eq!(lines(&parse(latin).unwrap()), ["Café https://a.example/x"]);
        let marked = "\u{feff}<opml><body><outline text='x' xmlUrl='https://a.example/x'/><outline text='cu";
        assert_eq!(lines(&parse(marked.as_bytes()).unwrap()), ["x https://a.example/x"]);
        assert!(parse(marked.as_bytes()).unwrap().cut);
        assert!(parse(b"<opml version='2.0'><body><outline text='x'").unwrap().cut);
        assert!(!parse(LIST.as_bytes()).unwrap().cut && !parse(b"<opml/>").unwrap().cut);
        assert_eq!(parse(b"<rss/>"), Err(NotOpml));
        assert_eq!(parse(b""), Err(NotOpml));
        assert!(parse(b"<opml/>").unwrap().feeds.is_empty());
        let deep = "<outline text='d'>".repeat(100_000) + "<outline text='x' xmlUrl='https://a.example/x'/>";
        assert_eq!(parse(deep.as_bytes()).unwrap().feeds[0].folders.len(), MAX_DEPTH);
    }

    #[test]
    fn what_is_written_is_read() {
        let mut outline = parse(LIST.as_bytes()).unwrap();
        outline.rejected.clear();
        let text = write(&outline, Some(Time(1_700_000_000)));
        assert!(text.contains("<dateCreated>Tue, 14 Nov 2023 22:13:20 +0000</dateCreated>"), "{text}");
        assert_eq!(parse(text.as_bytes()).unwrap(), outline);
    }

    #[test]
    fn feeds_of_a_folder_are_put_together() {
        let feed = |address: &str, folders: &[&str]| Listed {
            address: Link::parse(address).unwrap(),
            title: None,
            site: None,
            description: None,
            folders: folders.iter().map(|f| Clean::new(f)).collect(),
            tags: Vec::new(),
        };
        let outline = Outline {
            feeds: vec![
                feed("https://a.example/", &["A"]),
                feed("https://b.example/", &[]),
                feed("https://c.example/", &["A", "B"]),
                feed("https://d.example/", &["A"]),
            ],
            ..Outline::default()
        };
        let text = write(&outline, None);
        assert_eq!(text.matches("<outline text=\"A\">").count(), 1, "{text}");
        assert_eq!(text.matches("<outline").count() - text.matches("/>").count(), text.matches("</outline>").count());
    }

    proptest! {
        #[test]
        fn any_bytes(text in "(<|</|>|/>|outline|opml| text=| xmlUrl='https://a/'|'|\"|\\PC){0,40}") {
            if let Ok(outline) = parse(text.as_bytes()) {
                let _ = write(&outline, None);
            }
        }

        #[test]
        fn any_nesting_comes_back(feeds in proptest::collection::vec(
            (proptest::collection::vec("(A|b|B|News/Asia|[\\PC]{1,6})", 0..MAX_DEPTH), 0..3_usize), 1..20,
        )) {
            let feeds: Vec<Listed> = feeds.into_iter().enumerate().map(|(n, (folders, tags))| Listed {
                address: Link::parse(&format!("https://a.example/{n}")).unwrap(),
                title: Some(Clean::new(&format!("Feed {n}"))),
                site: None,
                description: None,
                folders: folders.iter().filter_map(|name| name_of(name)).collect(),
                tags: (0..tags).map(|tag| Clean::new(&format!("tag/{tag}"))).collect(),
            }).collect();
            let outline = Outline { title: Some("t".into()), feeds, ..Outline::default() };
            let text = write(&outline, None);
            let again = parse(text.as_bytes()).unwrap();
            // Feeds of one folder stand together in the file; each is what it was.
            let sorted = |outline: &Outline| {
                let mut feeds = outline.feeds.clone();
                feeds.sort_by_key(|feed| feed.address.as_str().to_owned());
                feeds
            };
            prop_assert_eq!(sorted(&again), sorted(&outline));
            prop_assert!(again.rejected.is_empty() && !again.cut);
            prop_assert_eq!(write(&again, None), text);
        }

        #[test]
        fn any_names(titles in proptest::collection::vec("[\\PC]{0,12}", 1..8)) {
            let feeds = titles.iter().enumerate().map(|(n, title)| Listed {
                address: Link::parse(&format!("https://a.example/{n}?a=1&b='\"<")).unwrap(),
                title: Some(Clean::new("x")),
                site: None,
                description: None,
                folders: vec![Clean::new(&format!("f{title}"))],
                tags: Vec::new(),
            }).collect();
            let outline = Outline { title: Some("t".into()), feeds, ..Outline::default() };
            let again = parse(write(&outline, None).as_bytes()).unwrap();
            prop_assert_eq!(again.feeds.len(), outline.feeds.len());
        }
    }
}
