//! newsboat's `cache.db`: what it has fetched, and which of it was read and flagged. Only read, never
//! written.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, Row, params};

use super::row::{self, Plain};
use super::{Result, StoreError};
use crate::model::Time;
use crate::text::{Clean, Raw};

/// A cache of newsboat, open for reading.
#[derive(Debug)]
pub struct NewsboatCache {
    db: Connection,
    path: PathBuf,
}

/// An article in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CachedItem {
    /// Its guid within its feed.
    pub guid: Raw,
    /// Its headline.
    pub title: Raw,
    /// Who wrote it.
    pub author: Raw,
    /// Its address.
    pub link: Raw,
    /// When it was published.
    pub published: Option<Time>,
    /// Its text as HTML.
    pub html: Raw,
    /// An attached file: its address and media type; empty if there is none.
    pub enclosure: (Raw, Raw),
    /// Whether it is still to be read.
    pub unread: bool,
    /// The letters it was flagged with.
    pub flags: Clean,
    /// Whether it was deleted, and waits there to be swept.
    pub deleted: bool,
}

impl NewsboatCache {
    /// Opens one.
    ///
    /// # Errors
    /// That it cannot be opened, or is no cache of newsboat.
    pub fn open(path: &Path) -> Result<Self> {
        let open = || -> rusqlite::Result<Connection> {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let db = Connection::open_with_flags(path, flags)?;
            db.busy_timeout(std::time::Duration::from_secs(2))?;
            // Nothing in its schema may call what it should not: the file is not ours.
            db.pragma_update(None, "trusted_schema", false)?;
            db.pragma_update(None, "cell_size_check", true)?;
            db.prepare(ITEMS)?;
            Ok(db)
        };
        let db = open().map_err(|error| StoreError::from_sqlite(path, "reading newsboat's cache", &error))?;
        Ok(Self { db, path: path.to_owned() })
    }

    /// The addresses of the feeds that have articles in it, sorted.
    ///
    /// # Errors
    /// That it cannot be read.
    pub fn feeds(&self) -> Result<Vec<Raw>> {
        let read = || -> rusqlite::Result<Vec<Raw>> {
            let mut statement = self.db.prepare("SELECT DISTINCT feedurl FROM rss_item ORDER BY feedurl")?;
            let rows = statement.query_map([], |found| text(found, 0))?;
            rows.collect()
        };
        read().map_err(|error| self.says(&error))
    }

    /// The articles of a feed, newest first.
    ///
    /// # Errors
    /// That it cannot be read.
    pub fn items(&self, feed: &Raw) -> Result<Vec<CachedItem>> {
        let read = || -> rusqlite::Result<Vec<CachedItem>> {
            let mut statement = self.db.prepare_cached(ITEMS)?;
            let rows = statement.query_map(params![feed.untrusted()], item)?;
            rows.collect()
        };
        read().map_err(|error| self.says(&error))
    }

    fn says(&self, error: &rusqlite::Error) -> StoreError {
        StoreError::from_sqlite(&self.path, "reading newsboat's cache", error)
    }
}

const ITEMS: &str = "SELECT guid, title, author, url, pubDate, content, enclosure_url, enclosure_type, unread, flags, \
                     deleted FROM rss_item WHERE feedurl = ?1 ORDER BY pubDate DESC, id DESC";

fn text(found: &Row<'_>, column: usize) -> rusqlite::Result<Raw> {
    Ok(Raw::new(found.get::<_, Option<Plain>>(column)?.map(|text| text.0).unwrap_or_default()))
}

fn item(found: &Row<'_>) -> rusqlite::Result<CachedItem> {
    let on = |column: usize| found.get::<_, Option<i64>>(column).map(|value| value.unwrap_or(0) != 0);
    Ok(CachedItem {
        guid: text(found, 0)?,
        title: text(found, 1)?,
        author: text(found, 2)?,
        link: text(found, 3)?,
        published: row::maybe_time(found, 4)?.filter(|time| time.0 > 0),
        html: text(found, 5)?,
        enclosure: (text(found, 6)?, text(found, 7)?),
        unread: on(8)?,
        flags: Clean::new(text(found, 9)?.untrusted()),
        deleted: on(10)?,
    })
}
