//! What comes out of a feed: its head, its entries, and what was wrong with it.

use std::fmt;

use crate::feed::Alternate;
use crate::model::{Enclosure, Time};
use crate::text::{Clean, Link, Raw};

/// The most entries taken from one feed; the rest is left with [`Complaint::TooManyEntries`].
/// Feeds hold 10 to 100; archives of podcasts some thousands.
pub const MAX_ENTRIES: usize = 10_000;

/// The most bytes taken of one text of an entry; the rest is cut with [`Complaint::FieldCut`].
/// War and Peace has 3.2 MB.
pub const MAX_FIELD: usize = 4 * 1024 * 1024;

/// The most categories, and the most enclosures, taken of one entry.
pub const MAX_LIST: usize = 100;

/// A feed that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// What the feed says of itself.
    pub feed: FeedHead,
    /// Its entries in the feed's own order, at most [`MAX_ENTRIES`].
    pub entries: Vec<Entry>,
    /// What was wrong with it, each kind once, in the order found.
    pub complaints: Vec<Complaint>,
}

/// What a feed says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedHead {
    /// The format it was read as.
    pub format: Format,
    /// Its name.
    pub title: Option<Clean>,
    /// The site it belongs to.
    pub site: Option<Link>,
    /// Where it says it lives (`rel="self"`, `feed_url`).
    pub own_address: Option<Link>,
    /// The page of older entries, where it has one (`rel="next"`, `next_url`).
    pub next_page: Option<Link>,
    /// What it says it is about.
    pub description: Option<Clean>,
    /// The language it names (BCP 47, lower-case).
    pub lang: Option<Clean>,
    /// Who makes it.
    pub author: Option<Clean>,
    /// Its picture.
    pub image: Option<Link>,
    /// When it says it changed.
    pub updated: Option<Time>,
    /// How many minutes it asks to be left alone after a fetch (`ttl`, `sy:updatePeriod`).
    pub ttl_minutes: Option<u32>,
    /// The hours (0 to 23, UTC) in which it asks not to be fetched, ascending.
    pub skip_hours: Vec<u8>,
    /// The days (0 is Monday) on which it asks not to be fetched, ascending.
    pub skip_days: Vec<u8>,
}

/// The format of a feed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// RSS of any version, RDF among them.
    #[default]
    Rss,
    /// Atom 0.3 or 1.0.
    Atom,
    /// JSON Feed.
    Json,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Rss => "RSS",
            Self::Atom => "Atom",
            Self::Json => "JSON Feed",
        })
    }
}

/// One entry of a feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The feed's own name for it, as it came (`guid`, `id`, `rdf:about`).
    pub guid: Option<Raw>,
    /// The headline as text: tags are gone, entities are characters. May be empty.
    pub title: Clean,
    /// Where it stands on the web.
    pub link: Option<Link>,
    /// Who wrote it, several names parted by commas.
    pub byline: Option<Clean>,
    /// The outlet it was taken from, where it names one.
    pub source: Option<Clean>,
    /// When it was published, as given. `None` if missing or nonsense.
    pub published: Option<Time>,
    /// When it was changed, as given. Atom entries may have only this.
    pub updated: Option<Time>,
    /// Its summary as HTML (plain text has been escaped).
    pub summary_html: Option<Raw>,
    /// Its text as HTML (plain text has been escaped).
    pub content_html: Option<Raw>,
    /// The page of its comments.
    pub comments: Option<Link>,
    /// Its picture.
    pub image: Option<Link>,
    /// Attached files, each address once.
    pub enclosures: Vec<Enclosure>,
    /// Its categories, each once.
    pub categories: Vec<Clean>,
    /// The language it or its feed names (BCP 47, lower-case).
    pub lang: Option<Clean>,
    /// What relative links in its HTML are relative to.
    pub base: Option<Link>,
}

/// Something wrong with a feed that was read all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Complaint {
    /// Some bytes made no sense in the encoding (named) and were replaced.
    Lossy(&'static str),
    /// It ends in the middle; the entry that was cut is left out.
    Truncated,
    /// It has more than [`MAX_ENTRIES`] entries.
    TooManyEntries,
    /// A text was longer than [`MAX_FIELD`] and was cut.
    FieldCut,
    /// This date, the first of its kind, cannot be read.
    BadDate(Clean),
    /// Different entries carry this same guid; they are told apart by link or title.
    SharedGuid(Clean),
    /// The JSON is broken at this place (line, column); the entries before it were read.
    BrokenJson(usize, usize),
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lossy(encoding) => write!(f, "some bytes are not {encoding} and were replaced"),
            Self::Truncated => f.write_str("the feed ends in the middle; its last entry was left out"),
            Self::TooManyEntries => write!(f, "only the first {MAX_ENTRIES} entries were taken"),
            Self::FieldCut => write!(f, "a text longer than {} MB was cut", MAX_FIELD >> 20),
            Self::BadDate(date) => {
                write!(f, "cannot read the date \"{date}\": such articles have the time of their arrival")
            }
            Self::SharedGuid(guid) => write!(f, "different entries share the guid \"{guid}\""),
            Self::BrokenJson(line, column) => write!(f, "the JSON is broken at line {line}, column {column}"),
        }
    }
}

/// The bytes are not a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAFeed {
    /// What they seem to be.
    pub what: What,
    /// For a page: the feeds it points to, most likely first.
    pub alternates: Vec<Alternate>,
}

/// What bytes that are not a feed seem to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum What {
    /// Nothing but white space.
    Empty,
    /// A web page.
    Html,
    /// A list of feeds, which can be imported.
    Opml,
    /// Some other XML, such as a sitemap.
    Xml,
    /// JSON that is not JSON Feed.
    Json,
    /// Not text at all.
    Binary,
    /// Some other text.
    Text,
}

impl fmt::Display for NotAFeed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.what {
            What::Empty => "it is empty",
            What::Html if self.alternates.is_empty() => "it is a web page, and names no feed",
            What::Html => "it is a web page, not a feed",
            What::Opml => "it is a list of feeds (OPML): import it instead",
            What::Xml => "it is XML of another kind, not a feed",
            What::Json => "it is JSON, but not a JSON Feed",
            What::Binary => "it is not text",
            What::Text => "it is text, not a feed",
        })
    }
}

impl std::error::Error for NotAFeed {}
