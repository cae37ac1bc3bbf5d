//! What a person sets feed by feed.

use rusqlite::{OptionalExtension, Row, params};

use super::{Reader, Result, Writing};
use crate::model::{FeedId, FeedSettings, StoryId};

/// The columns of [`read`], of `feeds`; those of a whole feed end with them.
const COLUMNS: &str = "full_text, fold_copies, unread_on_change, keep_days, own_minutes";

/// Reads [`COLUMNS`], the first of which is `first`. Numbers that cannot be are as if not set.
pub(super) fn read(row: &Row<'_>, first: usize) -> rusqlite::Result<FeedSettings> {
    let number =
        |at: usize| Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(at)?.and_then(|n| u32::try_from(n).ok()));
    Ok(FeedSettings {
        full_text: row.get(first)?,
        fold_copies: row.get(first + 1)?,
        unread_on_change: row.get(first + 2)?,
        keep_days: number(first + 3)?,
        minutes: number(first + 4)?,
    })
}

impl Reader {
    /// What is set for a feed; `None` where it is not stored.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn feed_settings(&self, feed: FeedId) -> Result<Option<FeedSettings>> {
        let sql = format!("SELECT {COLUMNS} FROM feeds WHERE id = ?1");
        let ask = || self.db.prepare_cached(&sql)?.query_row(params![feed.0], |row| read(row, 0)).optional();
        ask().map_err(self.says("reading a feed"))
    }
}

impl Writing<'_> {
    /// Sets everything for a feed that can be set. Costs a look at its stories where their folding
    /// changes by it.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn set_feed(&mut self, feed: FeedId, settings: &FeedSettings) -> rusqlite::Result<()> {
        let folded = "SELECT fold_copies FROM feeds WHERE id = ?1";
        let folded: Option<bool> =
            self.db.prepare_cached(folded)?.query_row(params![feed.0], |row| row.get(0)).optional()?;
        let sql = "UPDATE feeds SET full_text = ?2, fold_copies = ?3, unread_on_change = ?4, keep_days = ?5, \
                   own_minutes = ?6 WHERE id = ?1";
        self.db.prepare_cached(sql)?.execute(params![
            feed.0,
            settings.full_text,
            settings.fold_copies,
            settings.unread_on_change,
            settings.keep_days,
            settings.minutes,
        ])?;
        if folded.is_some_and(|folded| folded != settings.fold_copies) {
            let stories: Vec<i64> = {
                let sql = "SELECT DISTINCT story FROM articles WHERE feed = ?1 AND story IS NOT NULL";
                let mut statement = self.db.prepare_cached(sql)?;
                let ids = statement.query_map(params![feed.0], |row| row.get(0))?;
                ids.collect::<rusqlite::Result<_>>()?
            };
            for story in stories {
                self.settle(StoryId(story))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Safety;
    use crate::store::tests::home;

    #[test]
    fn what_is_set_is_read_again() {
        let mut home = home();
        let feed = home.feed("a");
        assert_eq!(home.reader().feed_settings(feed).unwrap(), Some(FeedSettings::default()));
        let set = FeedSettings {
            full_text: true,
            fold_copies: false,
            unread_on_change: true,
            keep_days: Some(0),
            minutes: Some(120),
        };
        home.store.write(Safety::Person, "t", |w| w.set_feed(feed, &set)).unwrap();
        assert_eq!(home.reader().feed_settings(feed).unwrap(), Some(set.clone()));
        assert_eq!(home.reader().feed(feed).unwrap().unwrap().settings, set);
        assert_eq!(home.reader().feed_settings(FeedId(99)).unwrap(), None);
        home.store.reader.db.execute("UPDATE feeds SET keep_days = -3", []).unwrap();
        assert_eq!(home.reader().feed_settings(feed).unwrap().unwrap().keep_days, None);
    }
}
