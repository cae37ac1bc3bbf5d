//! What the elements of feeds mean: one table for all formats.
//!
//! RSS and Atom are mixed in the wild (Atom links in RSS, RSS dates in Atom), and no two of their
//! names contradict each other, so they share the plain namespace. Where several elements say the
//! same thing, the table ranks them: the highest rank that has a value wins, the first among equals.

use std::borrow::Cow;

use super::entity::{self, Rules};
use super::entry::Format;
use super::token::Tag;

/// The vocabularies that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ns {
    /// RSS of any version, Atom of any version, or no namespace at all.
    Plain,
    /// Dublin Core elements.
    Dc,
    /// Dublin Core terms.
    Terms,
    /// RSS content module.
    Content,
    /// Media RSS.
    Media,
    /// Apple's podcast elements.
    Itunes,
    /// RDF syntax.
    Rdf,
    /// RSS syndication module.
    Syndication,
    /// XHTML.
    Xhtml,
    /// FeedBurner.
    FeedBurner,
    /// PRISM, of scientific journals.
    Prism,
    /// Any other that is known not to matter (GeoRSS, Slash, threading, WFW, Podcasting 2.0).
    Other,
}

/// What an element means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Means {
    /// The element that a feed is.
    Root(Format),
    /// `channel`.
    Channel,
    /// `item`, `entry`.
    Entry,
    /// A person who wrote: `author`. Text in RSS, elements in Atom.
    Author(u8),
    /// Another feed that the entry was taken from: `source`. Text in RSS, elements in Atom.
    Source,
    /// The `image` of a channel, or of an item.
    Image,
    /// Something whose elements say nothing about the feed or entry it stands in.
    Foreign,
    /// A headline.
    Title(u8),
    /// A guid.
    Id(u8),
    /// An address: text in RSS, attributes in Atom.
    Link,
    /// An address given as text.
    TextLink(u8),
    /// A summary; the description of a feed.
    Summary(u8),
    /// The whole text.
    Content(u8),
    /// When it was published.
    Published(u8),
    /// When it was changed.
    Updated(u8),
    /// A name within a person.
    Name,
    /// An address for letters within a person.
    Email,
    /// The address of a picture within `image`.
    Url,
    /// Anything else of a person.
    PersonDetail,
    /// A text that is not wanted. Known so that it can end another text that was never closed.
    Ignored,
    /// The page of comments.
    Comments,
    /// A category: text in RSS, attributes in Atom.
    Category,
    /// Categories parted by commas.
    Keywords,
    /// An attached file.
    Enclosure,
    /// A file or picture of Media RSS.
    MediaContent,
    /// A picture given by an attribute (`url`, `href`), with a rank.
    Picture(u8),
    /// A picture given as text.
    TextPicture,
    /// A language.
    Language,
    /// Minutes to be left alone.
    Ttl,
    /// `hourly`, `daily` …
    UpdatePeriod,
    /// How many times in that period.
    UpdateFrequency,
    /// An hour of `skipHours`.
    SkipHour,
    /// A day of `skipDays`.
    SkipDay,
}

impl Means {
    /// Whether what stands in it may be HTML.
    pub(super) fn is_body(self) -> bool {
        matches!(self, Self::Summary(_) | Self::Content(_))
    }
}

use Format::{Atom, Rss};
use Means::*;

/// Every element that is known, by lower-case local name, sorted.
#[rustfmt::skip]
const NAMES: &[(&str, Ns, Means)] = &[
    ("abstract", Ns::Plain, Summary(3)),
    ("abstract", Ns::Terms, Summary(3)),
    ("author", Ns::Plain, Author(5)),
    ("author", Ns::Dc, Author(4)),
    ("author", Ns::Itunes, Author(3)),
    ("body", Ns::Xhtml, Content(4)),
    ("body", Ns::Plain, Content(3)),
    ("category", Ns::Plain, Category),
    ("category", Ns::Itunes, Category),
    ("category", Ns::Media, Category),
    ("channel", Ns::Plain, Channel),
    ("cloud", Ns::Plain, Foreign),
    ("comments", Ns::Plain, Comments),
    ("content", Ns::Plain, Content(5)),
    ("content", Ns::Media, MediaContent),
    ("contributor", Ns::Plain, Foreign),
    ("contributor", Ns::Dc, Author(1)),
    ("copyright", Ns::Plain, Ignored),
    ("created", Ns::Plain, Published(2)),
    ("created", Ns::Terms, Published(2)),
    ("creator", Ns::Dc, Author(4)),
    ("creator", Ns::Plain, Author(2)),
    ("creator", Ns::Terms, Author(2)),
    ("credit", Ns::Media, Ignored),
    ("date", Ns::Dc, Published(4)),
    ("date", Ns::Plain, Published(3)),
    ("date", Ns::Terms, Published(3)),
    ("day", Ns::Plain, SkipDay),
    ("description", Ns::Plain, Summary(5)),
    ("description", Ns::Dc, Summary(4)),
    ("description", Ns::Media, Summary(1)),
    ("email", Ns::Plain, Email),
    ("enclosure", Ns::Plain, Enclosure),
    ("encoded", Ns::Content, Content(6)),
    ("encoded", Ns::Plain, Content(4)),
    ("entry", Ns::Plain, Entry),
    ("feed", Ns::Plain, Root(Atom)),
    ("fullitem", Ns::Plain, Content(4)),
    ("generator", Ns::Plain, Ignored),
    ("guid", Ns::Plain, Id(5)),
    ("hour", Ns::Plain, SkipHour),
    ("icon", Ns::Plain, TextPicture),
    ("id", Ns::Plain, Id(4)),
    ("identifier", Ns::Dc, Id(1)),
    ("image", Ns::Plain, Image),
    ("image", Ns::Itunes, Picture(3)),
    ("issued", Ns::Plain, Published(4)),
    ("issued", Ns::Terms, Published(4)),
    ("item", Ns::Plain, Entry),
    ("keywords", Ns::Itunes, Keywords),
    ("keywords", Ns::Media, Keywords),
    ("language", Ns::Plain, Language),
    ("language", Ns::Dc, Language),
    ("lastbuilddate", Ns::Plain, Updated(5)),
    ("link", Ns::Plain, Link),
    ("logo", Ns::Plain, TextPicture),
    ("managingeditor", Ns::Plain, Author(3)),
    ("modified", Ns::Plain, Updated(4)),
    ("modified", Ns::Terms, Updated(3)),
    ("name", Ns::Plain, Name),
    ("origlink", Ns::FeedBurner, TextLink(6)),
    ("owner", Ns::Itunes, Foreign),
    ("pubdate", Ns::Plain, Published(6)),
    ("pubdate", Ns::Itunes, Published(1)),
    ("publicationdate", Ns::Prism, Published(3)),
    ("published", Ns::Plain, Published(5)),
    ("rating", Ns::Plain, Ignored),
    ("rdf", Ns::Rdf, Root(Rss)),
    ("rdf", Ns::Plain, Root(Rss)),
    ("rights", Ns::Plain, Ignored),
    ("rss", Ns::Plain, Root(Rss)),
    ("source", Ns::Plain, Source),
    ("subject", Ns::Dc, Category),
    ("subtitle", Ns::Plain, Summary(4)),
    ("subtitle", Ns::Itunes, Summary(2)),
    ("summary", Ns::Plain, Summary(5)),
    ("summary", Ns::Itunes, Summary(3)),
    ("tagline", Ns::Plain, Summary(4)),
    ("tags", Ns::Plain, Keywords),
    ("textinput", Ns::Plain, Foreign),
    ("thumbnail", Ns::Media, Picture(4)),
    ("title", Ns::Plain, Title(5)),
    ("title", Ns::Dc, Title(3)),
    ("title", Ns::Itunes, Title(2)),
    ("title", Ns::Media, Title(1)),
    ("ttl", Ns::Plain, Ttl),
    ("updated", Ns::Plain, Updated(5)),
    ("updatefrequency", Ns::Syndication, UpdateFrequency),
    ("updateperiod", Ns::Syndication, UpdatePeriod),
    ("uri", Ns::Plain, PersonDetail),
    ("url", Ns::Plain, Url),
    ("valid", Ns::Terms, Ignored),
    ("webmaster", Ns::Plain, Ignored),
];

/// The longest name in the table fits here.
const MAX_NAME: usize = 16;

/// The names of [`NAMES`] as numbers, in the same order. Every tag of every feed is looked up, and
/// numbers are compared at once where strings are compared byte by byte.
const KEYS: [u128; NAMES.len()] = {
    let mut keys = [0; NAMES.len()];
    let mut at = 0;
    while at < NAMES.len() {
        keys[at] = key(NAMES[at].0.as_bytes());
        at += 1;
    }
    keys
};

/// The letters that names of each length begin with, a bit each: `p`, `a`, `br`, `div` and most other
/// elements of the texts in a feed are told from names of the table by that alone.
const INITIALS: [u32; MAX_NAME + 1] = {
    let mut initials = [0; MAX_NAME + 1];
    let mut at = 0;
    while at < NAMES.len() {
        let name = NAMES[at].0.as_bytes();
        initials[name.len()] |= 1 << (name[0] - b'a');
        at += 1;
    }
    initials
};

/// A name of at most [`MAX_NAME`] bytes as a number, its ASCII letters made small: the first byte is
/// the highest, so that numbers are ordered as names are.
const fn key(name: &[u8]) -> u128 {
    let mut key = 0;
    let mut at = 0;
    while at < MAX_NAME {
        let byte = if at < name.len() { name[at].to_ascii_lowercase() } else { 0 };
        key = key << 8 | byte as u128;
        at += 1;
    }
    key
}

/// What the element of this vocabulary and local name (in any case) means, if anything.
pub(super) fn lookup(ns: Ns, local: &str) -> Option<Means> {
    let initial = local.bytes().next()?.to_ascii_lowercase().wrapping_sub(b'a');
    if local.len() > MAX_NAME || ns == Ns::Other || initial >= 26 || INITIALS[local.len()] >> initial & 1 == 0 {
        return None;
    }
    let key = key(local.as_bytes());
    let first = KEYS.partition_point(|have| *have < key);
    let same = KEYS[first..].iter().take_while(|have| **have == key).count();
    NAMES[first..first + same].iter().find(|(_, of, _)| *of == ns).map(|(.., means)| *means)
}

/// Whether HTML has an element of this name too, so that meeting it inside of a body does not mean
/// that the body was never closed.
pub(super) fn also_in_html(local: &str) -> bool {
    ["title", "link", "source", "summary", "body", "image"].iter().any(|name| local.eq_ignore_ascii_case(name))
}

/// Which vocabulary each prefix stands for, as far as the feed has said by now.
///
/// Declarations count from where they stand to the end of the feed: nobody binds one prefix twice,
/// and scopes would need the nesting that broken feeds do not have. Only the default namespace,
/// which people do change for a single element, is looked at element by element.
#[derive(Clone, Debug)]
pub(super) struct Namespaces<'a> {
    prefixes: Vec<(&'a str, Ns)>,
    default: Ns,
}

impl<'a> Namespaces<'a> {
    pub(super) fn new() -> Self {
        Self { prefixes: Vec::new(), default: Ns::Plain }
    }

    /// Takes the declarations of `tag` in and gives its vocabulary and local name.
    pub(super) fn resolve(&mut self, tag: &Tag<'a>) -> (Ns, &'a str) {
        let mut own_default = None;
        if tag.mentions("xmlns") {
            for (name, uri) in tag.attributes() {
                if name.eq_ignore_ascii_case("xmlns") {
                    own_default = Some(vocabulary(uri).unwrap_or(Ns::Plain));
                } else if let Some(prefix) = name.strip_prefix("xmlns:") {
                    let ns = vocabulary(uri).unwrap_or_else(|| well_known(prefix));
                    if let Some(known) = self.prefixes.iter_mut().find(|(have, _)| *have == prefix) {
                        known.1 = ns;
                    } else if self.prefixes.len() < MAX_PREFIXES {
                        self.prefixes.push((prefix, ns));
                    }
                }
            }
        }
        let (ns, local) = self.split(tag.name);
        match own_default {
            Some(own) if !tag.name.contains(':') => {
                // A feed whose default namespace is one that has no feeds: a slip of the pen.
                let own = if matches!(lookup(Ns::Plain, local), Some(Root(_))) { Ns::Plain } else { own };
                // What holds the rest of the feed sets the default for it.
                if matches!(lookup(own, local), Some(Root(_) | Channel | Entry)) {
                    self.default = own;
                }
                (own, local)
            }
            _ => (ns, local),
        }
    }

    /// The vocabulary and local name of an element's written name.
    pub(super) fn split(&self, name: &'a str) -> (Ns, &'a str) {
        let Some(colon) = name.bytes().position(|b| b == b':') else { return (self.default, name) };
        let (prefix, local) = (&name[..colon], &name[colon + 1..]);
        let declared = self.prefixes.iter().find(|(have, _)| *have == prefix).map(|(_, ns)| *ns);
        (declared.unwrap_or_else(|| well_known(prefix)), local)
    }
}

/// The most prefixes remembered; each element's name is compared with all of them.
const MAX_PREFIXES: usize = 64;

/// What a prefix means that nobody declared, or declared with an address nobody knows.
fn well_known(prefix: &str) -> Ns {
    const KNOWN: &[(&str, Ns)] = &[
        ("a10", Ns::Plain),
        ("atom", Ns::Plain),
        ("atom10", Ns::Plain),
        ("atom03", Ns::Plain),
        ("content", Ns::Content),
        ("dc", Ns::Dc),
        ("dcterms", Ns::Terms),
        ("feedburner", Ns::FeedBurner),
        ("html", Ns::Xhtml),
        ("itunes", Ns::Itunes),
        ("media", Ns::Media),
        ("prism", Ns::Prism),
        ("rdf", Ns::Rdf),
        ("rss", Ns::Plain),
        ("sy", Ns::Syndication),
        ("xhtml", Ns::Xhtml),
    ];
    KNOWN.iter().find(|(name, _)| name.eq_ignore_ascii_case(prefix)).map_or(Ns::Other, |(_, ns)| *ns)
}

/// The vocabulary a namespace's address stands for; `None` if nobody knows it. Case, scheme, `www.`
/// and a last `/` or `#` do not count: people write them from memory.
fn vocabulary(uri: &str) -> Option<Ns> {
    const KNOWN: &[(&str, Ns)] = &[
        ("w3.org/2005/atom", Ns::Plain),
        ("purl.org/atom/ns", Ns::Plain),
        ("purl.org/atom/app", Ns::Other),
        ("purl.org/rss/1.0", Ns::Plain),
        ("purl.org/net/rss1.1", Ns::Plain),
        ("my.netscape.com/rdf/simple/0.9", Ns::Plain),
        ("channel.netscape.com/rdf/simple/0.9", Ns::Plain),
        ("backend.userland.com/rss", Ns::Plain),
        ("backend.userland.com/rss2", Ns::Plain),
        ("blogs.law.harvard.edu/tech/rss", Ns::Plain),
        ("purl.org/dc/elements/1.0", Ns::Dc),
        ("purl.org/dc/elements/1.1", Ns::Dc),
        ("purl.org/dc/terms", Ns::Terms),
        ("purl.org/rss/1.0/modules/content", Ns::Content),
        ("purl.org/rss/1.0/modules/syndication", Ns::Syndication),
        ("purl.org/rss/1.0/modules/slash", Ns::Other),
        ("search.yahoo.com/mrss", Ns::Media),
        ("tools.search.yahoo.com/mrss", Ns::Media),
        ("video.search.yahoo.com/mrss", Ns::Media),
        ("itunes.com/dtds/podcast-1.0.dtd", Ns::Itunes),
        ("example.com/dtds/podcast-1.0.dtd", Ns::Itunes),
        ("w3.org/1999/02/22-rdf-syntax-ns", Ns::Rdf),
        ("w3.org/1999/xhtml", Ns::Xhtml),
        ("rssnamespace.org/feedburner/ext/1.0", Ns::FeedBurner),
        ("wellformedweb.org/commentapi", Ns::Other),
        ("purl.org/syndication/thread/1.0", Ns::Other),
        ("georss.org/georss", Ns::Other),
        ("podcastindex.org/namespace/1.0", Ns::Other),
    ];
    let uri: Cow<'_, str> = entity::decode(uri.trim(), Rules::Xml);
    if uri.len() > 128 {
        return None;
    }
    let uri = uri.to_ascii_lowercase();
    let uri = uri.strip_prefix("http://").or_else(|| uri.strip_prefix("https://")).unwrap_or(&uri);
    let uri = uri.strip_prefix("www.").unwrap_or(uri).trim_end_matches(['/', '#']);
    if uri.starts_with("prismstandard.org/namespaces") {
        return Some(Ns::Prism);
    }
    KNOWN.iter().find(|(known, _)| *known == uri).map(|(_, ns)| *ns)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed::token::{Token, Tokens};

    #[test]
    fn the_table_is_sorted_and_fits() {
        assert!(NAMES.is_sorted_by_key(|(name, ..)| *name) && KEYS.is_sorted());
        assert!(NAMES.iter().all(|(name, ..)| name.len() <= MAX_NAME && *name == name.to_lowercase()));
    }

    fn resolve<'a>(spaces: &mut Namespaces<'a>, tag: &'a str) -> (Ns, &'a str) {
        match Tokens::new(tag).next() {
            Some(Token::Start(tag)) => spaces.resolve(&tag),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn names_in_any_case() {
        assert_eq!(lookup(Ns::Plain, "pubDate"), Some(Published(6)));
        assert_eq!(lookup(Ns::Plain, "PUBDATE"), Some(Published(6)));
        assert_eq!(lookup(Ns::Content, "encoded"), Some(Content(6)));
        assert_eq!(lookup(Ns::Other, "title"), None);
        assert_eq!(lookup(Ns::Plain, &"x".repeat(100)), None);
        assert_eq!(lookup(Ns::Plain, ""), None);
    }

    #[test]
    fn prefixes() {
        let mut spaces = Namespaces::new();
        assert_eq!(resolve(&mut spaces, "<dc:date>"), (Ns::Dc, "date"));
        assert_eq!(resolve(&mut spaces, "<a:feed xmlns:a='http://www.w3.org/2005/Atom'>"), (Ns::Plain, "feed"));
        assert_eq!(resolve(&mut spaces, "<a:title>"), (Ns::Plain, "title"));
        assert_eq!(resolve(&mut spaces, "<m:title xmlns:m='https://search.yahoo.com/mrss'>"), (Ns::Media, "title"));
        assert_eq!(resolve(&mut spaces, "<media:title xmlns:media='http://odd.example/'>"), (Ns::Media, "title"));
        assert_eq!(resolve(&mut spaces, "<x:title>"), (Ns::Other, "title"));
        assert_eq!(resolve(&mut spaces, "<title>"), (Ns::Plain, "title"));
    }

    #[test]
    fn the_default_namespace() {
        let mut spaces = Namespaces::new();
        assert_eq!(resolve(&mut spaces, "<rss xmlns='http://odd.example/'>"), (Ns::Plain, "rss"));
        assert_eq!(resolve(&mut spaces, "<body xmlns='http://www.w3.org/1999/xhtml'>"), (Ns::Xhtml, "body"));
        assert_eq!(resolve(&mut spaces, "<title>"), (Ns::Plain, "title"));
        assert_eq!(resolve(&mut spaces, "<date xmlns='http://purl.org/dc/elements/1.1/'>"), (Ns::Dc, "date"));
    }
}
