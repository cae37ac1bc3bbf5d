//! What a person does to articles: read, bookmark, tag, position. Each says what it changed, so that
//! it can be taken back.

use rusqlite::params;

use super::{Moment, Result, Safety, Store, Writing};
use crate::model::time::DAY;
use crate::model::{ArticleId, FeedAddress, Folding, Only, Order, Time, View};
use crate::text::Clean;

/// Days for which a bookmark that was taken off can be put back as it was; clean-up leaves its
/// article alone for as long.
const REGRET_DAYS: i64 = 7;

/// Bookmarks that were taken off until then are gone for good.
pub(super) fn regret(now: Time) -> i64 {
    now.0.saturating_sub(REGRET_DAYS * DAY)
}

impl Store {
    /// Marks every unread article of a list read and gives their ids. Linear in their number.
    ///
    /// # Errors
    /// That the store cannot be read or written; then nothing is marked.
    pub fn mark_all_read(&mut self, view: &View, moment: &Moment) -> Result<Vec<ArticleId>> {
        let unread = match view.only {
            Only::All | Only::Unread => View { only: Only::Unread, ..view.clone() },
            Only::Bookmarked => view.clone(),
        };
        // What is folded under a row is marked with it.
        let unread = View { fold: Folding::Nothing, order: Order::Newest, ..unread };
        let ids = self.reader.ids(&unread, moment)?;
        self.write(Safety::Person, "marking articles", |w| w.mark_read(&ids, true))
    }
}

impl Writing<'_> {
    /// Marks articles read or unread; gives those that were not so already. Copies are marked read with
    /// them, where the person prefers that.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn mark_read(&mut self, ids: &[ArticleId], read: bool) -> rusqlite::Result<Vec<ArticleId>> {
        // An article that a person made unread waits for that person: clean-up leaves it alone while
        // it is unread.
        let sql = if read {
            "UPDATE articles SET read = 1 WHERE id = ?1 AND read = 0"
        } else {
            "UPDATE articles SET read = 0, held = 1 WHERE id = ?1 AND read = 1"
        };
        if read { self.change_each(sql, &self.with_copies(ids)?) } else { self.change_each(sql, ids) }
    }

    /// Takes it back that articles were marked read: those that clean-up could take before, it can
    /// take again. Gives those that were not unread already.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn unmark_read(&mut self, ids: &[ArticleId]) -> rusqlite::Result<Vec<ArticleId>> {
        self.change_each("UPDATE articles SET read = 0 WHERE id = ?1 AND read = 1", ids)
    }

    /// Does `sql` to each of the articles; gives those that it changed.
    fn change_each(&mut self, sql: &str, ids: &[ArticleId]) -> rusqlite::Result<Vec<ArticleId>> {
        let mut statement = self.db.prepare_cached(sql)?;
        let mut changed = Vec::new();
        for id in ids {
            if statement.execute(params![id.0])? > 0 {
                changed.push(*id);
            }
        }
        drop(statement);
        self.weigh_passing(&changed)?;
        Ok(changed)
    }

    /// Bookmarks articles, or takes the bookmark off; gives those that were not so already. A bookmark
    /// that was taken off less than 7 days ago comes back as it was, with the time it was first set.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn bookmark(&mut self, ids: &[ArticleId], keep: bool, now: Time) -> rusqlite::Result<Vec<ArticleId>> {
        let mut mark =
            self.db.prepare_cached("UPDATE articles SET bookmarked = ?2 WHERE id = ?1 AND bookmarked <> ?2")?;
        // Whole at once is what has no page on the web; of the others the page is still to be fetched.
        let mut add = self.db.prepare_cached(
            "INSERT INTO bookmarks (article, added, complete) \
             SELECT a.id, ?2, a.stub = 0 AND (coalesce(a.link, '') NOT LIKE 'http%' OR f.address = ?4) \
             FROM articles a JOIN feeds f ON f.id = a.feed WHERE a.id = ?1 \
             ON CONFLICT DO UPDATE SET removed = NULL, \
             added = CASE WHEN removed <= ?3 THEN excluded.added ELSE added END",
        )?;
        // Its page may have been read before, but was not kept.
        let mut page = self.db.prepare_cached("UPDATE pages SET again = ?2 WHERE article = ?1 AND html IS NULL")?;
        let mut remove = self.db.prepare_cached("UPDATE bookmarks SET removed = ?2 WHERE article = ?1")?;
        let mut changed = Vec::new();
        for id in ids {
            if mark.execute(params![id.0, keep])? == 0 {
                continue;
            }
            if keep {
                add.execute(params![id.0, now.0, regret(now), FeedAddress::Edition.as_str()])?;
                page.execute(params![id.0, now.0])?
            } else {
                remove.execute(params![id.0, now.0])?
            };
            changed.push(*id);
        }
        self.weigh_passing(&changed)?;
        Ok(changed)
    }

    /// Remembers how far an article was read, in 1/10,000 of its text.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn set_position(&mut self, id: ArticleId, share: u16) -> rusqlite::Result<()> {
        let sql = "INSERT INTO positions SELECT id, ?2 FROM articles WHERE id = ?1 \
                   ON CONFLICT DO UPDATE SET share = excluded.share";
        self.db.prepare_cached(sql)?.execute(params![id.0, i64::from(share.min(10_000))])?;
        Ok(())
    }

    /// Gives articles a tag, or takes it from them; gives those that were not so already.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn tag(&mut self, ids: &[ArticleId], name: &Clean, keep: bool) -> rusqlite::Result<Vec<ArticleId>> {
        if keep {
            self.db.prepare_cached("INSERT OR IGNORE INTO tags (name) VALUES (?1)")?.execute(params![name.as_str()])?;
        }
        let sql = if keep {
            "INSERT OR IGNORE INTO article_tags SELECT a.id, t.id FROM articles a, tags t WHERE a.id = ?1 AND t.name = ?2"
        } else {
            "DELETE FROM article_tags WHERE article = ?1 AND tag = (SELECT id FROM tags WHERE name = ?2)"
        };
        let mut statement = self.db.prepare_cached(sql)?;
        let mut changed = Vec::new();
        for id in ids {
            if statement.execute(params![id.0, name.as_str()])? > 0 {
                changed.push(*id);
            }
        }
        if !keep {
            // A tag that nothing has any more is not offered.
            let sql =
                "DELETE FROM tags WHERE name = ?1 AND NOT EXISTS (SELECT 1 FROM article_tags WHERE tag = tags.id)";
            self.db.prepare_cached(sql)?.execute(params![name.as_str()])?;
        }
        self.weigh_passing(&changed)?;
        Ok(changed)
    }
}
