//! Feeds on their way out: unsubscribed, and still to be taken back. Their articles are out of sight
//! and go at a later clean-up; what is bookmarked, tagged or noted stays in sight, and stays.

use rusqlite::params;

use super::{Reader, Writing};
use crate::model::{FeedId, Time};

/// Holds for `articles a` that are in sight although their feed may be on its way out.
pub(super) const IN_SIGHT: &str = " AND (a.bookmarked = 1 OR (a.held = 1 AND a.read = 0) OR a.feed NOT IN (SELECT id FROM feeds WHERE leaving IS NOT NULL) \
     OR EXISTS (SELECT 1 FROM article_tags t WHERE t.article = a.id) \
     OR EXISTS (SELECT 1 FROM notes n WHERE n.article = a.id))";

impl Reader {
    /// Whether any feed is on its way out.
    pub(super) fn any_leaves(&self) -> rusqlite::Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM feeds WHERE leaving IS NOT NULL)";
        self.db.prepare_cached(sql)?.query_row([], |row| row.get(0))
    }
}

impl Writing<'_> {
    /// Unsubscribes from a feed; [`Self::rejoin_feed`] takes it back. Says whether it was subscribed
    /// to.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn leave_feed(&mut self, feed: FeedId, now: Time) -> rusqlite::Result<bool> {
        let sql = "UPDATE feeds SET subscribed = 0, leaving = ?2 WHERE id = ?1 AND subscribed = 1";
        Ok(self.db.prepare_cached(sql)?.execute(params![feed.0, now.0])? > 0)
    }

    /// Takes a feed back that is on its way out, with everything that was there. Says whether it was
    /// there to be taken back.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn rejoin_feed(&mut self, feed: FeedId) -> rusqlite::Result<bool> {
        let sql = "UPDATE feeds SET subscribed = 1, leaving = NULL WHERE id = ?1 AND leaving IS NOT NULL";
        Ok(self.db.prepare_cached(sql)?.execute(params![feed.0])? > 0)
    }

    /// Lets the feeds go that were left before `before`. Linear in their articles.
    ///
    /// # Errors
    /// What SQLite says.
    pub(super) fn let_go(&mut self, before: i64) -> rusqlite::Result<u64> {
        let feeds: Vec<FeedId> = {
            let mut statement = self.db.prepare_cached("SELECT id FROM feeds WHERE leaving <= ?1")?;
            let ids = statement.query_map(params![before], |row| Ok(FeedId(row.get(0)?)))?;
            ids.collect::<rusqlite::Result<_>>()?
        };
        let mut gone = 0;
        for feed in feeds {
            gone += self.remove_feed(feed)?;
            self.db.execute("UPDATE feeds SET leaving = NULL WHERE id = ?1", params![feed.0])?;
        }
        Ok(gone)
    }
}

#[cfg(test)]
mod tests {
    use crate::model::time::DAY;
    use crate::model::{Anchor, Time, View};
    use crate::store::Safety;
    use crate::store::tests::{NOW, article, home};

    #[test]
    fn a_feed_that_is_left_is_out_of_sight_and_can_be_taken_back() {
        let mut home = home();
        let (left, stays) = (home.feed("left"), home.feed("stays"));
        home.take(left, &[article("1", "Kept", "a"), article("2", "Gone", "b")]);
        home.take(stays, &[article("3", "Other", "c")]);
        let kept = home
            .page(&View::default(), Anchor::Newest, 9)
            .rows
            .iter()
            .find(|row| row.title.as_str() == "Kept")
            .unwrap()
            .id;
        home.store.write(Safety::Person, "t", |w| w.bookmark(&[kept], true, NOW)).unwrap();
        let sorted = |mut titles: Vec<String>| {
            titles.sort();
            titles
        };
        assert!(home.store.write(Safety::Person, "t", |w| w.leave_feed(left, NOW)).unwrap());
        assert_eq!(sorted(home.titles(&View::default())), ["Kept", "Other"]);
        assert_eq!(home.search("gone"), Vec::<String>::new());
        let sources = home.reader().sources().unwrap();
        assert_eq!((sources.feeds.len(), sources.total, sources.unread, sources.bookmarked), (1, 2, 1, 1));
        assert!(home.reader().schedule().unwrap().iter().all(|feed| feed.feed == stays));

        assert!(home.store.write(Safety::Person, "t", |w| w.rejoin_feed(left)).unwrap());
        assert_eq!(home.titles(&View::default()).len(), 3);
        assert!(!home.store.write(Safety::Person, "t", |w| w.rejoin_feed(left)).unwrap());

        home.store.write(Safety::Person, "t", |w| w.leave_feed(left, NOW)).unwrap();
        home.store.clean_up(0, Time(NOW.0 + DAY)).unwrap();
        home.store.write(Safety::Person, "t", |w| w.rejoin_feed(left)).unwrap();
        assert_eq!(home.titles(&View::default()).len(), 3, "a day later it can still be taken back");
        home.store.write(Safety::Person, "t", |w| w.leave_feed(left, NOW)).unwrap();
        home.store.clean_up(0, Time(NOW.0 + 8 * DAY)).unwrap();
        assert!(!home.store.write(Safety::Person, "t", |w| w.rejoin_feed(left)).unwrap());
        assert_eq!(sorted(home.titles(&View::default())), ["Kept", "Other"]);
        assert_eq!(home.reader().health().unwrap().problems, Vec::<crate::text::Clean>::new());
    }
}
