//! Feeds and folders: what is subscribed to, and what is known of it.

use rusqlite::{Connection, OptionalExtension, params};

use super::row::{self, Plain};
use super::{Reader, Result, Writing};
use crate::model::{Feed, FeedAddress, FeedId, Folder, FolderId, Sources, Time};
use crate::text::fold::fold;
use crate::text::{Clean, Link};

/// A feed to subscribe to.
#[derive(Clone, Debug)]
pub struct NewFeed {
    /// Where it comes from: what makes it the same feed as one that is there.
    pub address: FeedAddress,
    /// Its own title; its host stands in for it until it is known.
    pub title: Option<Clean>,
    /// The person's name for it.
    pub own_title: Option<Clean>,
    /// The site it belongs to.
    pub site: Option<Link>,
    /// The folder to put it in.
    pub folder: Option<FolderId>,
}

impl NewFeed {
    /// A feed of which only the address is known.
    #[must_use]
    pub fn at(address: FeedAddress) -> Self {
        Self { address, title: None, own_title: None, site: None, folder: None }
    }
}

/// What a feed says of itself. What it does not say leaves what is known as it is.
#[derive(Clone, Debug, Default)]
pub struct FeedHead {
    /// Its title.
    pub title: Option<Clean>,
    /// The site it belongs to.
    pub site: Option<Link>,
    /// Its description.
    pub description: Option<Clean>,
    /// Its language (BCP 47, lower-case).
    pub lang: Option<Clean>,
    /// How often it wants to be asked at most, in minutes.
    pub interval_minutes: Option<u32>,
    /// The hours in which it wants not to be asked: a bit for each, UTC.
    pub skip_hours: u32,
    /// The days on which it wants not to be asked: a bit for each, Monday first.
    pub skip_days: u8,
}

impl Reader {
    /// Feeds, folders and counts. Linear in the number of feeds, whatever they hold.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn sources(&self) -> Result<Sources> {
        let read = || -> rusqlite::Result<Sources> {
            let mut sources = Sources { folders: self.folders()?, ..Sources::default() };
            let sql = "SELECT sum(iif(leaving IS NULL, total, bookmarked)), sum(iif(leaving IS NULL, unread, 0)), \
                       sum(bookmarked) FROM feeds HAVING count(*) > 0";
            let mut statement = self.db.prepare_cached(sql)?;
            let sums = statement
                .query_row([], |found| Ok((row::count(found, 0)?, row::count(found, 1)?, row::count(found, 2)?)))
                .optional()?;
            (sources.total, sources.unread, sources.bookmarked) = sums.unwrap_or_default();
            let sql = format!(
                "SELECT {} FROM feeds WHERE subscribed = 1 \
                 ORDER BY position, coalesce(own_title, title) COLLATE NOCASE, id",
                row::FEED
            );
            let mut statement = self.db.prepare_cached(&sql)?;
            let feeds = statement.query_map([], row::feed)?;
            sources.feeds = feeds.collect::<rusqlite::Result<_>>()?;
            Ok(sources)
        };
        read().map_err(self.says("reading the feeds"))
    }

    fn folders(&self) -> rusqlite::Result<Vec<Folder>> {
        let sql = "SELECT id, name, parent FROM folders ORDER BY position, name COLLATE NOCASE, id";
        let mut statement = self.db.prepare_cached(sql)?;
        let folders = statement.query_map([], |found| {
            Ok(Folder {
                id: FolderId(found.get(0)?),
                name: row::line(found, 1)?.unwrap_or_else(|| Clean::new("(unnamed)")),
                parent: found.get::<_, Option<i64>>(2)?.map(FolderId),
            })
        })?;
        folders.collect()
    }

    /// The feeds of a folder and of the folders within it.
    pub(super) fn feeds_within(&self, folder: FolderId) -> rusqlite::Result<Vec<FeedId>> {
        let sql = "WITH RECURSIVE within(id) AS (SELECT ?1 UNION SELECT f.id FROM folders f JOIN within w ON f.parent = w.id) \
                   SELECT f.id FROM feeds f JOIN within w ON f.folder = w.id WHERE f.subscribed = 1";
        let mut statement = self.db.prepare_cached(sql)?;
        let feeds = statement.query_map(params![folder.0], |found| Ok(FeedId(found.get(0)?)))?;
        feeds.collect()
    }

    /// A feed, whether subscribed to or only kept for its bookmarks.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn feed(&self, id: FeedId) -> Result<Option<Feed>> {
        let read = || {
            let sql = format!("SELECT {} FROM feeds WHERE id = ?1", row::FEED);
            self.db.prepare_cached(&sql)?.query_row(params![id.0], row::feed).optional()
        };
        read().map_err(self.says("reading a feed"))
    }

    /// The feed at an address, if it is subscribed to.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn feed_at(&self, address: &FeedAddress) -> Result<Option<FeedId>> {
        feed_at(&self.db, address).map_err(self.says("looking for a feed"))
    }

    /// Whether there is any feed, subscribed to or only kept for its bookmarks.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn has_feeds(&self) -> Result<bool> {
        let read = || self.db.prepare_cached("SELECT EXISTS (SELECT 1 FROM feeds)")?.query_row([], |row| row.get(0));
        read().map_err(self.says("reading the feeds"))
    }
}

fn feed_at(db: &Connection, address: &FeedAddress) -> rusqlite::Result<Option<FeedId>> {
    let mut statement = db.prepare_cached("SELECT id FROM feeds WHERE address = ?1 AND subscribed = 1")?;
    statement.query_row(params![address.as_str()], |found| Ok(FeedId(found.get(0)?))).optional()
}

impl Writing<'_> {
    /// The feed at an address, if it is subscribed to.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn feed_at(&self, address: &FeedAddress) -> rusqlite::Result<Option<FeedId>> {
        feed_at(self.db, address)
    }

    /// Subscribes to a feed; the one at the same address if it is there. Says whether it is new.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn add_feed(&mut self, feed: &NewFeed, now: Time) -> rusqlite::Result<(FeedId, bool)> {
        let sql = "SELECT id, subscribed FROM feeds WHERE address = ?1";
        let known = self
            .db
            .prepare_cached(sql)?
            .query_row(params![feed.address.as_str()], |found| Ok((found.get::<_, i64>(0)?, found.get::<_, bool>(1)?)))
            .optional()?;
        let own_title = feed.own_title.as_ref().map(Clean::as_str);
        let folder = feed.folder.map(|folder| folder.0);
        if let Some((id, subscribed)) = known {
            let sql = "UPDATE feeds SET subscribed = 1, leaving = NULL, own_title = coalesce(?2, own_title), \
                       folder = coalesce(folder, ?3) WHERE id = ?1";
            self.db.prepare_cached(sql)?.execute(params![id, own_title, folder])?;
            return Ok((FeedId(id), !subscribed));
        }
        let title = match feed.title.clone().filter(|title| !title.is_empty()) {
            Some(title) => title,
            None => self.makeshift_title(&feed.address)?,
        };
        let site = feed.site.as_ref().map(Link::as_str);
        let sql = "INSERT INTO feeds (address, title, own_title, site, folder, added) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        self.db.prepare_cached(sql)?.execute(params![
            feed.address.as_str(),
            title.as_str(),
            own_title,
            site,
            folder,
            now.0
        ])?;
        Ok((FeedId(self.db.last_insert_rowid()), true))
    }

    /// A name for a feed that has not told its own: its host; where another feed goes by that already,
    /// the host and what follows it, and that of the other one, too, if it has never told its name.
    fn makeshift_title(&mut self, address: &FeedAddress) -> rusqlite::Result<Clean> {
        let short = address.short();
        let (mut others, mut taken) = (Vec::new(), false);
        {
            let sql = "SELECT id, address, checked IS NULL FROM feeds WHERE title = ?1 AND subscribed = 1";
            let mut statement = self.db.prepare_cached(sql)?;
            let mut rows = statement.query(params![short.as_str()])?;
            while let Some(found) = rows.next()? {
                taken = true;
                let nameless: bool = found.get(2)?;
                let other = FeedAddress::parse(&found.get::<_, Plain>(1)?.0);
                others.extend(other.filter(|_| nameless).map(|other| (found.get::<_, i64>(0), other.long())));
            }
        }
        for (id, long) in others {
            let sql = "UPDATE feeds SET title = ?2 WHERE id = ?1";
            self.db.prepare_cached(sql)?.execute(params![id?, long.as_str()])?;
        }
        Ok(if taken || self.has_feed_under(&short)? { address.long() } else { short })
    }

    /// Whether a feed goes by this host and what follows it.
    fn has_feed_under(&self, host: &Clean) -> rusqlite::Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM feeds WHERE substr(title, 1, length(?1)) = ?1 \
                   AND substr(title, length(?1) + 1, 1) IN ('/', ':') AND subscribed = 1)";
        self.db.prepare_cached(sql)?.query_row(params![host.as_str()], |found| found.get(0))
    }

    /// The folder of this name within `parent`, made if it is not there. One whose name differs only in case
    /// or accents is the same; where there are several such, that of exactly this name, else the first.
    /// Linear in the folders there.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn folder(&mut self, name: &Clean, parent: Option<FolderId>) -> rusqlite::Result<FolderId> {
        let parent = parent.map(|parent| parent.0);
        let sql = "SELECT id, name FROM folders WHERE ifnull(parent, 0) = ifnull(?2, 0) ORDER BY name <> ?1, id";
        let wanted = fold(name.as_str());
        let mut statement = self.db.prepare_cached(sql)?;
        let mut found = statement.query(params![name.as_str(), parent])?;
        while let Some(found) = found.next()? {
            if fold(&found.get::<_, Plain>(1)?.0) == wanted {
                return Ok(FolderId(found.get(0)?));
            }
        }
        let sql = "INSERT INTO folders (name, parent) VALUES (?1, ?2)";
        self.db.prepare_cached(sql)?.execute(params![name.as_str(), parent])?;
        Ok(FolderId(self.db.last_insert_rowid()))
    }

    /// Takes over what a feed says of itself.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn set_head(&mut self, feed: FeedId, head: &FeedHead) -> rusqlite::Result<()> {
        let sql = "UPDATE feeds SET title = coalesce(?2, title), site = coalesce(?3, site), \
                   description = coalesce(?4, description), lang = coalesce(?5, lang), interval_minutes = ?6, \
                   skip_hours = ?7, skip_days = ?8 WHERE id = ?1";
        self.db.prepare_cached(sql)?.execute(params![
            feed.0,
            head.title.as_ref().filter(|title| !title.is_empty()).map(Clean::as_str),
            head.site.as_ref().map(Link::as_str),
            head.description.as_ref().map(Clean::as_str),
            head.lang.as_ref().map(Clean::as_str),
            head.interval_minutes,
            head.skip_hours,
            head.skip_days,
        ])?;
        Ok(())
    }

    /// Gives a feed the person's own name; `None`, or the feed's own, goes back to the feed's.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn rename_feed(&mut self, feed: FeedId, name: Option<&Clean>) -> rusqlite::Result<()> {
        let name = name.map(Clean::as_str);
        self.db
            .prepare_cached("UPDATE feeds SET own_title = nullif(?2, title) WHERE id = ?1")?
            .execute(params![feed.0, name])?;
        Ok(())
    }

    /// Puts a feed into a folder, or out of any.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn file_feed(&mut self, feed: FeedId, folder: Option<FolderId>) -> rusqlite::Result<()> {
        let folder = folder.map(|folder| folder.0);
        self.db.prepare_cached("UPDATE feeds SET folder = ?2 WHERE id = ?1")?.execute(params![feed.0, folder])?;
        Ok(())
    }
}
