//! Articles going: by clean-up, or with their feed. What a person keeps stays.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, params};

use super::marks::regret;
use super::{Result, Safety, Store, Writing, doomed};
use crate::model::time::DAY;
use crate::model::{ArticleId, FeedAddress, FeedId, StoryId, Time};

/// Articles removed in one transaction: a reader that wants to write waits no longer than this takes.
const BATCH: usize = 500;

/// Days after a feed last carried a removed article until the article is forgotten. It would come
/// back as new if the feed carried it again then.
const TOMBSTONE_DAYS: i64 = 180;

/// How many articles must be gone for the index of related news to be swept: this share of those that
/// are there, and a few.
const DEAD_SHARE: f64 = 0.2;
const DEAD_FEW: f64 = 1000.0;

/// The last id given to an article.
const IDS_GIVEN: &str = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'articles'";

/// How long and how much articles are kept that nobody keeps. Bookmarked, tagged and noted articles,
/// those that the person made unread again, and what the person brought in by hand stay in any case; so
/// do, for 7 days, those whose bookmark was taken off, so that it can be put back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keep {
    /// Days since they came, and were published; 0 is for ever. A feed may have its own number.
    pub days: u32,
    /// Megabytes that the store may take; 0 is as many as it needs. The oldest go first, about as many
    /// as take what is too much; not those of feeds that are kept for ever.
    pub mb: u32,
}

impl From<u32> for Keep {
    /// So many days, whatever that takes.
    fn from(days: u32) -> Self {
        Self { days, mb: 0 }
    }
}

/// What a clean-up did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// Articles removed.
    pub removed: u64,
    /// Whether the index of related news was swept.
    pub index_swept: bool,
}

impl Store {
    /// Removes what [`Reader::doomed`](super::Reader::doomed) names; then what was left to be taken back and was not: feeds,
    /// and what only bookmarks keep, for 7 days. Linear in what is removed.
    ///
    /// # Errors
    /// That the store cannot be written; what was removed until then stays removed.
    pub fn clean_up(&mut self, keep: impl Into<Keep>, now: Time) -> Result<Cleaned> {
        let mut cleaned = Cleaned::default();
        let mut doomed = self.reader.doomed_ids(keep.into(), None, now)?;
        doomed.extend(self.reader.given_up(regret(now)).map_err(self.reader.says("cleaning up"))?);
        for batch in doomed.chunks(BATCH) {
            cleaned.removed += self.write(Safety::Refresh, "cleaning up", |w| {
                // A person may have kept some of them meanwhile.
                let doomed = w.still_doomed(batch, now)?;
                w.remove_articles(&doomed, Some(now))?;
                Ok(doomed.len() as u64)
            })?;
        }
        self.write(Safety::Refresh, "cleaning up", |w| {
            let sql = "DELETE FROM tombstones WHERE seen < ?1";
            w.db.execute(sql, params![now.0.saturating_sub(TOMBSTONE_DAYS * DAY)])?;
            cleaned.removed += w.let_go(regret(now))?;
            let sql = "DELETE FROM bookmarks WHERE removed <= ?1";
            w.db.execute(sql, params![regret(now)])?;
            // Pages and pictures are kept of bookmarks alone; pictures also of what a person brought in,
            // since they may stand nowhere else.
            let sql = "UPDATE pages SET html = NULL WHERE html IS NOT NULL \
                       AND article NOT IN (SELECT article FROM bookmarks)";
            w.db.execute(sql, [])?;
            let sql = "DELETE FROM article_pictures WHERE article NOT IN (SELECT article FROM bookmarks) \
                       AND article NOT IN (SELECT a.id FROM articles a JOIN feeds f ON f.id = a.feed WHERE f.address = ?1)";
            w.db.execute(sql, params![FeedAddress::Saved.as_str()])?;
            w.drop_stray_pictures()
        })?;
        if cleaned.removed > 0 {
            self.merge_search()?;
        }
        cleaned.index_swept = self.sweep_if_worn()?;
        Ok(cleaned)
    }

    /// Sweeps the index of related news once much of what it names is gone. Ids are never given
    /// twice, so the ids given and the articles there tell how much.
    fn sweep_if_worn(&mut self) -> Result<bool> {
        let number = |sql: &str| {
            let value = self.reader.db.query_row(sql, [], |row| row.get::<_, i64>(0));
            value.map_err(self.reader.says("cleaning up"))
        };
        let given = number(IDS_GIVEN)?;
        let there = number("SELECT coalesce(sum(total), 0) FROM feeds")?;
        let swept = number("SELECT coalesce(max(CAST(value AS INTEGER)), 0) FROM state WHERE key = 'index.swept'")?;
        let gone = given - there;
        if (gone - swept) as f64 <= DEAD_SHARE * there as f64 + DEAD_FEW {
            return Ok(false);
        }
        self.sweep_index()?;
        self.write(Safety::Refresh, "cleaning up", |w| w.set_state("index.swept", Some(&gone.to_string())))?;
        Ok(true)
    }

    /// Takes what is gone out of the index of related news, some blocks at a time, so that nobody
    /// waits long. Linear in the index.
    pub(super) fn sweep_index(&mut self) -> Result<()> {
        let (there, last) = self.article_ids().map_err(self.reader.says("cleaning up"))?;
        let is_there = |id: ArticleId| match usize::try_from(id.0) {
            // What came after the ids were read is there.
            Ok(place) => place > last || there.get(place / 64).is_some_and(|bits| bits & (1 << (place % 64)) != 0),
            Err(_) => false,
        };
        let mut at = Some((i64::MIN, i64::MIN));
        while let Some(from) = at {
            at = self.write(Safety::Refresh, "cleaning up", |w| w.sweep(from, is_there))?;
        }
        Ok(())
    }

    /// The ids of all articles, a bit for each (an eighth of a megabyte for a million), and the last id
    /// given when they were read.
    fn article_ids(&self) -> rusqlite::Result<(Vec<u64>, usize)> {
        let last: i64 = self.reader.db.query_row(IDS_GIVEN, [], |row| row.get(0))?;
        let mut bits = Vec::new();
        let mut statement = self.reader.db.prepare("SELECT id FROM articles")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let Ok(place) = usize::try_from(row.get::<_, i64>(0)?) else { continue };
            if bits.len() <= place / 64 {
                bits.resize(place / 64 + 1, 0);
            }
            bits[place / 64] |= 1 << (place % 64);
        }
        Ok((bits, usize::try_from(last).unwrap_or(0)))
    }
}

impl Writing<'_> {
    /// Of these articles, those that nobody keeps even now.
    fn still_doomed(&self, ids: &[ArticleId], now: Time) -> rusqlite::Result<Vec<ArticleId>> {
        let sql = format!("SELECT a.id FROM articles a WHERE a.id = ?1 AND NOT {}", doomed::KEPT);
        let mut statement = self.db.prepare_cached(&sql)?;
        let mut doomed = Vec::with_capacity(ids.len());
        for id in ids {
            doomed.extend(statement.query_row(params![id.0, regret(now)], |_| Ok(*id)).optional()?);
        }
        Ok(doomed)
    }

    /// Removes articles with everything that belongs to them. With a time given, they do not come
    /// back when their feed carries them again.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn remove_articles(&mut self, ids: &[ArticleId], for_good: Option<Time>) -> rusqlite::Result<()> {
        let mut stories = BTreeSet::new();
        for id in ids {
            let sql = "SELECT story FROM articles WHERE id = ?1";
            let story: Option<Option<i64>> =
                self.db.prepare_cached(sql)?.query_row(params![id.0], |row| row.get(0)).optional()?;
            stories.extend(story.flatten());
            if let Some(hand) = self.hand.as_mut() {
                hand.remove(*id);
            }
            self.unindex(*id)?;
            if let Some(now) = for_good {
                let sql = "INSERT OR REPLACE INTO tombstones SELECT feed, guid_key, ?2 FROM articles WHERE id = ?1";
                self.db.prepare_cached(sql)?.execute(params![id.0, now.0])?;
            }
            self.db.prepare_cached("DELETE FROM articles WHERE id = ?1")?.execute(params![id.0])?;
        }
        for story in stories {
            self.settle(StoryId(story))?;
        }
        Ok(())
    }

    /// Unsubscribes from a feed. What a person keeps of it stays ([`doomed::WANTED`]), and with it its name.
    /// Gives how many articles went. Linear in them.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn remove_feed(&mut self, feed: FeedId) -> rusqlite::Result<u64> {
        let sql = format!("SELECT a.id FROM articles a WHERE a.feed = ?1 AND NOT {}", doomed::WANTED);
        let ids: Vec<ArticleId> = {
            let mut statement = self.db.prepare_cached(&sql)?;
            let ids = statement.query_map(params![feed.0], |row| Ok(ArticleId(row.get(0)?)))?;
            ids.collect::<rusqlite::Result<_>>()?
        };
        self.remove_articles(&ids, None)?;
        let sql = "DELETE FROM feeds WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM articles WHERE feed = ?1)";
        if self.db.prepare_cached(sql)?.execute(params![feed.0])? == 0 {
            let sql = "UPDATE feeds SET subscribed = 0, folder = NULL, etag = NULL, last_modified = NULL WHERE id = ?1";
            self.db.prepare_cached(sql)?.execute(params![feed.0])?;
        }
        Ok(ids.len() as u64)
    }
}
