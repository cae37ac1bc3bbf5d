//! Articles going: by clean-up, or with their feed. What a person keeps stays.

use rusqlite::params;

use super::{Result, Safety, Store, Writing};
use crate::model::time::DAY;
use crate::model::{ArticleId, FeedAddress, FeedId, Time};

/// Articles removed in one transaction: a reader that wants to write waits no longer than this takes.
const BATCH: i64 = 500;

/// Days after a feed last carried a removed article until the article is forgotten. It would come
/// back as new if the feed carried it again then.
const TOMBSTONE_DAYS: i64 = 180;

/// From which share of removed articles on the posting lists are written anew.
const DEAD_SHARE: f64 = 0.2;

/// What a clean-up did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// Articles removed.
    pub removed: u64,
    /// Whether the index of related news was written anew.
    pub index_rebuilt: bool,
}

/// The person wants it kept, whatever its age.
const KEPT: &str = "(a.bookmarked = 1 OR a.held = 1 OR EXISTS (SELECT 1 FROM article_tags t WHERE t.article = a.id))";

impl Store {
    /// Removes the articles that came, and were published, more than `keep_days` ago; 0 is for ever (a
    /// feed may have its own number). Bookmarked and tagged articles, those that the person made unread again, and
    /// what the person brought in by hand stay. Linear in what is removed.
    ///
    /// # Errors
    /// That the store cannot be written; what was removed until then stays removed.
    pub fn clean_up(&mut self, keep_days: u32, now: Time) -> Result<Cleaned> {
        let mut cleaned = Cleaned::default();
        loop {
            let removed = self.write(Safety::Refresh, "cleaning up", |w| {
                let old = w.expired(keep_days, now)?;
                w.remove_articles(&old, Some(now))?;
                Ok(old.len() as u64)
            })?;
            cleaned.removed += removed;
            if removed < BATCH.unsigned_abs() {
                break;
            }
        }
        cleaned.index_rebuilt = self.write(Safety::Refresh, "cleaning up", |w| {
            let sql = "DELETE FROM tombstones WHERE seen < ?1";
            w.db.execute(sql, params![now.0.saturating_sub(TOMBSTONE_DAYS * DAY)])?;
            w.rebuild_if_worn()
        })?;
        Ok(cleaned)
    }
}

impl Writing<'_> {
    fn expired(&self, keep_days: u32, now: Time) -> rusqlite::Result<Vec<ArticleId>> {
        let sql = format!(
            "SELECT a.id FROM articles a JOIN feeds f ON f.id = a.feed JOIN details d ON d.article = a.id \
             WHERE a.published < ?1 - ?3 * coalesce(f.keep_days, ?2) AND d.arrived < ?1 - ?3 * coalesce(f.keep_days, ?2) \
             AND coalesce(f.keep_days, ?2) > 0 AND f.address <> ?4 AND NOT {KEPT} LIMIT ?5"
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let values = params![now.0, keep_days, DAY, FeedAddress::Saved.as_str(), BATCH];
        let ids = statement.query_map(values, |row| Ok(ArticleId(row.get(0)?)))?;
        ids.collect()
    }

    /// Removes articles with everything that belongs to them. With a time given, they do not come
    /// back when their feed carries them again.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn remove_articles(&mut self, ids: &[ArticleId], for_good: Option<Time>) -> rusqlite::Result<()> {
        for id in ids {
            self.unindex(*id)?;
            if let Some(now) = for_good {
                let sql = "INSERT OR REPLACE INTO tombstones SELECT feed, guid_key, ?2 FROM articles WHERE id = ?1";
                self.db.prepare_cached(sql)?.execute(params![id.0, now.0])?;
            }
            self.db.prepare_cached("DELETE FROM articles WHERE id = ?1")?.execute(params![id.0])?;
        }
        Ok(())
    }

    /// Unsubscribes from a feed. Its bookmarked and tagged articles stay, and with them its name.
    /// Gives how many articles went. Linear in them.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn remove_feed(&mut self, feed: FeedId) -> rusqlite::Result<u64> {
        let sql = "SELECT a.id FROM articles a WHERE a.feed = ?1 AND NOT (a.bookmarked = 1 \
                   OR EXISTS (SELECT 1 FROM article_tags t WHERE t.article = a.id))";
        let ids: Vec<ArticleId> = {
            let mut statement = self.db.prepare_cached(sql)?;
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

    /// Writes the posting lists anew once much of what they name is gone. Ids are never given twice,
    /// so the ids given and the articles there tell how much.
    fn rebuild_if_worn(&mut self) -> rusqlite::Result<bool> {
        let number = |sql: &str| self.db.query_row(sql, [], |row| row.get::<_, i64>(0));
        let given = number("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'articles'")?;
        let rebuilt_at = number("SELECT coalesce(max(value), 0) + 0 FROM state WHERE key = 'postings.dead'")?;
        let there = number("SELECT coalesce(sum(total), 0) FROM feeds")?;
        let dead = given - there - rebuilt_at;
        if dead <= 1000 || (dead as f64) < DEAD_SHARE * (there as f64) {
            return Ok(false);
        }
        self.rebuild_postings()?;
        self.set_state("postings.dead", Some(&(given - there).to_string()))?;
        Ok(true)
    }
}
