//! Fetching feeds: which are to be asked when and with what, and how it went.

use rusqlite::{OptionalExtension, params};

use super::row::{self, Plain};
use super::{Reader, Result, Writing};
use crate::model::{FeedAddress, FeedId, Time, Validators};
use crate::text::{Clean, Link};

/// How an attempt to fetch a feed went.
#[derive(Clone, Debug)]
pub enum Fetched {
    /// It answered, with what to ask the next time with (`None` keeps what is known: a "not
    /// modified"), and until when its server says that nothing changes.
    Well(Option<Validators>, Option<Time>),
    /// It was not even asked: its host wants to be left alone until then. Not held against it.
    Later(Time),
    /// It did not, for this reason; not to be asked again by itself before then.
    Badly(Clean, Time),
    /// It said that it is gone for good.
    Gone(Clean),
}

/// A feed as the refresh sees it.
#[derive(Clone, Debug)]
pub struct Schedule {
    /// The feed.
    pub feed: FeedId,
    /// Its title.
    pub title: Clean,
    /// Where to fetch it: never the sample or what was saved by hand.
    pub address: FeedAddress,
    /// What to ask with.
    pub validators: Validators,
    /// When it was last asked.
    pub checked: Option<Time>,
    /// How often it wants to be asked at most, in minutes.
    pub interval_minutes: Option<u32>,
    /// Not to be asked by itself before then.
    pub not_before: Option<Time>,
    /// Failures in a row.
    pub failures: u32,
    /// It said that it is gone: asked only when the person says so.
    pub gone: bool,
    /// Its server has lately said that it moved for good.
    pub moving: bool,
    /// The usual time between two of its articles, in minutes.
    pub pace_minutes: Option<u32>,
    /// When its newest article was published.
    pub newest: Option<Time>,
    /// Its server says that nothing changes before then.
    pub fresh_until: Option<Time>,
    /// As [`FeedHead::skip_hours`](super::FeedHead::skip_hours).
    pub skip_hours: u32,
    /// As [`FeedHead::skip_days`](super::FeedHead::skip_days).
    pub skip_days: u8,
    /// As [`FeedSettings::minutes`](crate::model::FeedSettings::minutes).
    pub own_minutes: Option<u32>,
}

/// What came of a sighting of a permanent redirect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Moved {
    /// Nothing yet.
    No,
    /// The feed's address was changed.
    Now,
    /// It would have been, but this other feed, which the person is subscribed to, has that address.
    Taken(Clean),
}

/// Sightings of a permanent redirect before a feed's address is changed: a hotel's log-in page
/// redirects for good, too, but not for long.
const SIGHTINGS: i64 = 3;

const SCHEDULE: &str = "SELECT id, coalesce(own_title, title), address, etag, last_modified, checked, interval_minutes, \
     not_before, failures, gone, moved_seen > 0, pace_minutes, \
     (SELECT max(published) FROM articles WHERE feed = feeds.id), fresh_until, skip_hours, skip_days, own_minutes \
     FROM feeds WHERE subscribed = 1";

impl Reader {
    /// All feeds that can be fetched, for the refresh to choose from.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn schedule(&self) -> Result<Vec<Schedule>> {
        let read = || -> rusqlite::Result<Vec<Schedule>> {
            let mut statement = self.db.prepare_cached(SCHEDULE)?;
            let mut rows = statement.query([])?;
            let mut feeds = Vec::new();
            while let Some(found) = rows.next()? {
                let address = FeedAddress::parse(&found.get::<_, Plain>(2)?.0);
                let Some(address) = address.filter(FeedAddress::is_fetched) else { continue };
                feeds.push(Schedule {
                    feed: FeedId(found.get(0)?),
                    title: row::line(found, 1)?.unwrap_or_else(|| address.short()),
                    address,
                    validators: Validators {
                        etag: found.get::<_, Option<Plain>>(3)?.map(|text| text.0),
                        last_modified: found.get::<_, Option<Plain>>(4)?.map(|text| text.0),
                    },
                    checked: row::maybe_time(found, 5)?,
                    interval_minutes: maybe_small(found, 6)?,
                    not_before: row::maybe_time(found, 7)?,
                    failures: row::small(found, 8)?,
                    gone: found.get(9)?,
                    moving: found.get(10)?,
                    pace_minutes: maybe_small(found, 11)?,
                    newest: row::maybe_time(found, 12)?,
                    fresh_until: row::maybe_time(found, 13)?,
                    skip_hours: row::small(found, 14)?,
                    // Seven bits; more is damage.
                    skip_days: u8::try_from(row::small(found, 15)?).unwrap_or(0),
                    own_minutes: found.get::<_, Option<i64>>(16)?.and_then(|minutes| u32::try_from(minutes).ok()),
                });
            }
            Ok(feeds)
        };
        read().map_err(self.says("reading the feeds"))
    }
}

/// A column that may hold a count that fits 32 bits.
fn maybe_small(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Option<u32>> {
    Ok(row.get::<_, Option<i64>>(column)?.and_then(|count| u32::try_from(count).ok()))
}

impl Writing<'_> {
    /// Writes down how fetching a feed went.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn fetched(&mut self, feed: FeedId, how: &Fetched, now: Time) -> rusqlite::Result<()> {
        let (feed, now) = (feed.0, now.0);
        match how {
            Fetched::Well(validators, fresh_until) => {
                let sql = "UPDATE feeds SET checked = ?2, succeeded = ?2, error = NULL, failures = 0, gone = 0, \
                           not_before = NULL, fresh_until = ?3 WHERE id = ?1";
                self.db.prepare_cached(sql)?.execute(params![feed, now, fresh_until.map(|until| until.0)])?;
                if let Some(Validators { etag, last_modified }) = validators {
                    let sql = "UPDATE feeds SET etag = ?2, last_modified = ?3 WHERE id = ?1";
                    self.db.prepare_cached(sql)?.execute(params![feed, etag, last_modified])?;
                }
            }
            Fetched::Later(until) => {
                let sql = "UPDATE feeds SET not_before = ?2 WHERE id = ?1";
                self.db.prepare_cached(sql)?.execute(params![feed, until.0])?;
            }
            Fetched::Badly(why, until) => {
                let sql =
                    "UPDATE feeds SET checked = ?2, error = ?3, failures = failures + 1, not_before = ?4 WHERE id = ?1";
                self.db.prepare_cached(sql)?.execute(params![feed, now, why.as_str(), until.0])?;
            }
            Fetched::Gone(why) => {
                let sql = "UPDATE feeds SET checked = ?2, error = ?3, failures = failures + 1, gone = 1 WHERE id = ?1";
                self.db.prepare_cached(sql)?.execute(params![feed, now, why.as_str()])?;
            }
        }
        Ok(())
    }

    /// Notes that a feed's server redirects it for good. After a few sightings of the same address
    /// in a row it is believed and the feed's address changed. Where the person is subscribed to
    /// another feed at that address both stay as they are: which of them to let go is not ours to
    /// say.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn saw_move(&mut self, feed: FeedId, to: Option<&Link>) -> rusqlite::Result<Moved> {
        let sql = "UPDATE feeds SET moved_seen = CASE WHEN ?2 IS NULL THEN 0 WHEN moved_to = ?2 THEN moved_seen + 1 ELSE 1 END, \
                   moved_to = ?2 WHERE id = ?1 AND (?2 IS NOT NULL OR moved_seen > 0)";
        self.db.prepare_cached(sql)?.execute(params![feed.0, to.map(Link::as_str)])?;
        let sql = "SELECT moved_seen >= ?2 FROM feeds WHERE id = ?1";
        let believed =
            self.db.prepare_cached(sql)?.query_row(params![feed.0, SIGHTINGS], |row| row.get(0)).optional()?;
        let (Some(to), Some(true)) = (to, believed) else { return Ok(Moved::No) };
        let sql = "SELECT id, subscribed, coalesce(own_title, title) FROM feeds WHERE address = ?1 AND id <> ?2";
        let other = self
            .db
            .prepare_cached(sql)?
            .query_row(params![to.as_str(), feed.0], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, bool>(1)?, row::line(row, 2)?.unwrap_or_default()))
            })
            .optional()?;
        match other {
            Some((_, true, title)) => return Ok(Moved::Taken(title)),
            // Only kept for its bookmarks: the two change places, addresses being unique.
            Some((other, false, _)) => {
                let sql = "UPDATE feeds SET address = 'dateline:moving' WHERE id = ?1";
                self.db.prepare_cached(sql)?.execute(params![other])?;
                let old: String =
                    self.db.query_row("SELECT address FROM feeds WHERE id = ?1", params![feed.0], |row| row.get(0))?;
                self.move_feed(feed, to.as_str())?;
                self.move_feed(FeedId(other), &old)?;
            }
            None => self.move_feed(feed, to.as_str())?,
        }
        Ok(Moved::Now)
    }

    fn move_feed(&self, feed: FeedId, to: &str) -> rusqlite::Result<()> {
        let sql = "UPDATE feeds SET address = ?2, moved_to = NULL, moved_seen = 0 WHERE id = ?1";
        self.db.prepare_cached(sql)?.execute(params![feed.0, to])?;
        Ok(())
    }

    /// When the newest articles of a feed were published, at most `limit`, newest first.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn published_lately(&self, feed: FeedId, limit: usize) -> rusqlite::Result<Vec<Time>> {
        let sql = "SELECT published FROM articles WHERE feed = ?1 ORDER BY published DESC LIMIT ?2";
        let mut statement = self.db.prepare_cached(sql)?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let times = statement.query_map(params![feed.0, limit], |row| row::time(row, 0))?;
        times.collect()
    }

    /// Writes down the usual time between two articles of a feed, in minutes.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn set_pace(&mut self, feed: FeedId, minutes: Option<u32>) -> rusqlite::Result<()> {
        self.db
            .prepare_cached("UPDATE feeds SET pace_minutes = ?2 WHERE id = ?1")?
            .execute(params![feed.0, minutes])?;
        Ok(())
    }
}
