//! Feeds: what a person subscribed to, and how it fares.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Time;
use crate::text::{Clean, Link};

/// Names a feed in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FeedId(pub i64);

/// Names a folder in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FolderId(pub i64);

/// Where a feed's articles come from.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FeedAddress {
    /// Fetched over HTTP.
    Web(Link),
    /// The bundled sample news.
    Edition,
    /// Pages and files that the person brought in by hand; never fetched.
    Saved,
}

impl FeedAddress {
    /// The form kept in the store: the address, `dateline:edition` or `dateline:saved`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Web(link) => link.as_str(),
            Self::Edition => "dateline:edition",
            Self::Saved => "dateline:saved",
        }
    }

    /// Reads the form of [`FeedAddress::as_str`]; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "dateline:edition" => Some(Self::Edition),
            "dateline:saved" => Some(Self::Saved),
            other => Link::parse(other).filter(Link::is_web).map(Self::Web),
        }
    }
}

impl fmt::Display for FeedAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A feed as the sources drawer and `dateline feeds` show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// Its name in the store.
    pub id: FeedId,
    /// Where it comes from.
    pub address: FeedAddress,
    /// The person's name for it, else the feed's own title, else its host. Never empty.
    pub title: Clean,
    /// The site it belongs to.
    pub site: Option<Link>,
    /// What the feed says of itself.
    pub description: Option<Clean>,
    /// Language code as the feed gives it (BCP 47), lower-case.
    pub lang: Option<Clean>,
    /// The folder it stands in.
    pub folder: Option<FolderId>,
    /// Stored articles.
    pub total: u64,
    /// Of them unread.
    pub unread: u64,
    /// How fetching it went.
    pub health: FeedHealth,
}

/// How fetching a feed went, last time and lately.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedHealth {
    /// When it was last asked for, whatever came of it.
    pub checked: Option<Time>,
    /// When it last answered well (a "not modified" is well).
    pub succeeded: Option<Time>,
    /// What went wrong last time, in words; `None` when it went well.
    pub error: Option<Clean>,
    /// Failures in a row.
    pub failures: u32,
}

/// What a server gave to ask "has it changed?" with (RFC 9110 §8.8). Sent back byte for byte, so
/// these are kept as they came; never shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// The `ETag` header.
    pub etag: Option<String>,
    /// The `Last-Modified` header.
    pub last_modified: Option<String>,
}

/// A folder of feeds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    /// Its name in the store.
    pub id: FolderId,
    /// What the person calls it. Never empty.
    pub name: Clean,
    /// The folder it stands in.
    pub parent: Option<FolderId>,
}

/// Everything the sources drawer and `dateline feeds` show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    /// The feeds that are subscribed to, in the person's order.
    pub feeds: Vec<Feed>,
    /// The folders, in the person's order.
    pub folders: Vec<Folder>,
    /// Stored articles, those of feeds that are gone and whose bookmarks are kept among them.
    pub total: u64,
    /// Of them unread.
    pub unread: u64,
    /// Of them bookmarked.
    pub bookmarked: u64,
}
