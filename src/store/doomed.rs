//! What the next clean-up would let go, and why: the same question for the clean-up itself and for a
//! person who wants to know before.

use rusqlite::params;

use super::marks::regret;
use super::removal::Keep;
use super::{Reader, Result, room, row};
use crate::model::time::DAY;
use crate::model::{ArticleId, FeedAddress, FeedId, Time};
use crate::text::Clean;

/// The person wants `articles a` kept, whatever its age and its feed: bookmarked, made unread by hand, tagged
/// or noted.
macro_rules! wanted {
    () => {
        "(a.bookmarked = 1 OR (a.held = 1 AND a.read = 0) \
         OR EXISTS (SELECT 1 FROM article_tags t WHERE t.article = a.id) \
         OR EXISTS (SELECT 1 FROM notes n WHERE n.article = a.id))"
    };
}
pub(super) const WANTED: &str = wanted!();

/// The same, or the person may take back what said otherwise: a bookmark taken off after `?2`.
pub(super) const KEPT: &str =
    concat!("(", wanted!(), " OR EXISTS (SELECT 1 FROM bookmarks b WHERE b.article = a.id AND b.removed > ?2))");

/// Why an article would go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// It is older than articles are kept.
    Age,
    /// The store takes more room than it may, and it is among the oldest.
    Size,
    /// Its feed was left, and not taken back in time.
    Left,
    /// Its page was awaited as a bookmark, never came, and is no bookmark any more.
    NeverCame,
}

/// An article that would go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doomed {
    /// The article.
    pub id: ArticleId,
    /// Its headline.
    pub title: Clean,
    /// The feed it came by.
    pub feed: FeedId,
    /// What that is called.
    pub source: Clean,
    /// When it was published.
    pub published: Time,
    /// Why it would go.
    pub why: Why,
}

impl Reader {
    /// What a clean-up would remove now, the oldest of each reason first. Costs a look at the articles
    /// that are old enough, and a look-up for each that would go.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn doomed(&self, keep: Keep, now: Time) -> Result<Vec<Doomed>> {
        let mut doomed = Vec::new();
        let by_age = self.doomed_ids(Keep { mb: 0, ..keep }, None, now)?;
        let all = self.doomed_ids(keep, None, now)?;
        let left = self.of_left_feeds(now)?.into_iter().map(|id| (id, Why::Left));
        let never = self.given_up(regret(now)).map_err(self.says("looking for old news"))?;
        let never = never.into_iter().map(|id| (id, Why::NeverCame));
        let sorted = all.iter().enumerate().map(|(at, id)| (*id, if at < by_age.len() { Why::Age } else { Why::Size }));
        let mut seen = std::collections::HashSet::new();
        let says = self.says("looking for old news");
        let sql = "SELECT a.title, a.feed, coalesce(f.own_title, f.title), a.published \
                   FROM articles a JOIN feeds f ON f.id = a.feed WHERE a.id = ?1";
        let mut statement = self.db.prepare_cached(sql).map_err(&says)?;
        for (id, why) in sorted.chain(left).chain(never).filter(|(id, _)| seen.insert(*id)) {
            let found = statement.query_row(params![id.0], |found| {
                Ok(Doomed {
                    id,
                    title: row::line(found, 0)?.unwrap_or_default(),
                    feed: FeedId(found.get(1)?),
                    source: row::line(found, 2)?.unwrap_or_default(),
                    published: row::time(found, 3)?,
                    why,
                })
            });
            doomed.push(found.map_err(&says)?);
        }
        Ok(doomed)
    }

    /// How many articles of a feed a clean-up would remove for their age, were they kept `days` days.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn doomed_of(&self, feed: FeedId, days: u32, now: Time) -> Result<u64> {
        if days == 0 {
            return Ok(0);
        }
        let sql = format!(
            "SELECT count(*) FROM articles a JOIN details d ON d.article = a.id \
             WHERE a.feed = ?1 AND a.published < ?3 AND d.arrived < ?3 AND NOT {KEPT}"
        );
        let before = now.0.saturating_sub(i64::from(days) * DAY);
        let count =
            || self.db.prepare_cached(&sql)?.query_row(params![feed.0, regret(now), before], |row| row::count(row, 0));
        count().map_err(self.says("looking for old news"))
    }

    /// The ids of what would go for its age, then of what would go for its size; each the oldest first.
    pub(super) fn doomed_ids(&self, keep: Keep, most: Option<usize>, now: Time) -> Result<Vec<ArticleId>> {
        let read = || {
            let mut ids = self.expired(keep.days, now)?;
            let too_many = usize::try_from(self.too_many(keep.mb)?).unwrap_or(usize::MAX);
            if too_many > ids.len() {
                let expired: std::collections::HashSet<ArticleId> = ids.iter().copied().collect();
                let oldest = self.oldest(too_many, now)?;
                let rest = too_many - ids.len();
                ids.extend(oldest.into_iter().filter(|id| !expired.contains(id)).take(rest));
            }
            ids.truncate(most.unwrap_or(usize::MAX));
            Ok(ids)
        };
        read().map_err(self.says("looking for old news"))
    }

    /// What is older than it is kept.
    fn expired(&self, days: u32, now: Time) -> rusqlite::Result<Vec<ArticleId>> {
        let any = "SELECT EXISTS (SELECT 1 FROM feeds WHERE keep_days > 0)";
        if days == 0 && !self.db.prepare_cached(any)?.query_row([], |row| row.get::<_, bool>(0))? {
            return Ok(Vec::new());
        }
        let sql = format!(
            "SELECT a.id FROM articles a JOIN feeds f ON f.id = a.feed JOIN details d ON d.article = a.id \
             WHERE a.published < ?1 - ?4 * coalesce(f.keep_days, ?3) AND d.arrived < ?1 - ?4 * coalesce(f.keep_days, ?3) \
             AND coalesce(f.keep_days, ?3) > 0 AND f.address <> ?5 AND NOT {KEPT} ORDER BY a.published, a.id"
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let values = params![now.0, regret(now), days, DAY, FeedAddress::Saved.as_str()];
        let ids = statement.query_map(values, |row| Ok(ArticleId(row.get(0)?)))?;
        ids.collect()
    }

    /// How many articles take what the store has too much: by what one takes on the average, without
    /// the pages and pictures of bookmarks.
    fn too_many(&self, mb: u32) -> rusqlite::Result<u64> {
        if mb == 0 {
            return Ok(0);
        }
        let number = |sql: &str| self.db.query_row(sql, [], |found| row::count(found, 0));
        let used = room::used(&self.db)?;
        let excess = used.saturating_sub(u64::from(mb) << 20);
        if excess == 0 {
            return Ok(0);
        }
        let bookmarks = number(
            "SELECT coalesce((SELECT sum(length(bytes)) FROM pictures), 0) \
             + coalesce((SELECT sum(length(html)) FROM pages), 0)",
        )?;
        let articles = self.count_articles()?.max(1);
        Ok(excess.div_ceil((used.saturating_sub(bookmarks) / articles).max(1)))
    }

    /// The oldest articles that nobody keeps, of feeds that are not kept for ever.
    fn oldest(&self, most: usize, now: Time) -> rusqlite::Result<Vec<ArticleId>> {
        let sql = format!(
            "SELECT a.id FROM articles a JOIN feeds f ON f.id = a.feed \
             WHERE f.address <> ?1 AND coalesce(f.keep_days, 1) > 0 AND NOT {KEPT} \
             ORDER BY a.published, a.id LIMIT ?3"
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let values = params![FeedAddress::Saved.as_str(), regret(now), most];
        let ids = statement.query_map(values, |row| Ok(ArticleId(row.get(0)?)))?;
        ids.collect()
    }

    /// What goes with the feeds that were left long enough ago.
    fn of_left_feeds(&self, now: Time) -> Result<Vec<ArticleId>> {
        let read = || -> rusqlite::Result<Vec<ArticleId>> {
            let sql = format!(
                "SELECT a.id FROM articles a WHERE a.feed IN (SELECT id FROM feeds WHERE leaving <= ?1) \
                 AND NOT {WANTED} ORDER BY a.published, a.id"
            );
            let mut statement = self.db.prepare_cached(&sql)?;
            let ids = statement.query_map(params![regret(now)], |row| Ok(ArticleId(row.get(0)?)))?;
            ids.collect()
        };
        read().map_err(self.says("looking for old news"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{NewArticle, View};
    use crate::store::Safety;
    use crate::store::tests::{NOW, article, home, ids};
    use crate::text::CleanText;

    /// An article so many days old, with so many words.
    fn aged(guid: &str, days: i64, words: usize) -> NewArticle {
        let text: Vec<String> = (0..words).map(|n| format!("word{guid}x{n}")).collect();
        NewArticle { published: Some(Time(NOW.0 - days * DAY)), ..article(guid, guid, &text.join(" ")) }
    }

    #[test]
    fn what_is_said_to_go_goes_and_nothing_else() {
        let mut home = home();
        let (a, b, kept) = (home.feed("a"), home.feed("b"), home.feed("c"));
        let taken = ids(&home.take(a, &["read", "marked", "tagged", "noted", "held"].map(|guid| aged(guid, 0, 5))));
        home.take(b, &[aged("long", 0, 5)]);
        home.take(kept, &[aged("ever", 0, 5)]);
        home.store
            .write(Safety::Person, "t", |w| {
                w.bookmark(&taken[1..2], true, NOW)?;
                w.tag(&taken[2..3], &"mine".into(), true)?;
                w.set_note(taken[3], &CleanText::new("mine"), NOW)?;
                w.mark_read(&taken[4..], true)?;
                w.mark_read(&taken[4..], false)?;
                w.set_feed(b, &crate::model::FeedSettings { keep_days: Some(90), ..Default::default() })?;
                w.set_feed(kept, &crate::model::FeedSettings { keep_days: Some(0), ..Default::default() })
            })
            .unwrap();
        let later = Time(NOW.0 + 60 * DAY);
        let keep = Keep::from(30);
        let doomed = home.store.reader().doomed(keep, later).unwrap();
        let said: Vec<(&str, Why)> = doomed.iter().map(|doomed| (doomed.title.as_str(), doomed.why)).collect();
        assert_eq!(said, [("read", Why::Age)]);
        assert_eq!(home.titles(&View::default()).len(), 7, "asking changes nothing");
        assert_eq!(home.store.reader().doomed_of(b, 30, later).unwrap(), 1);
        assert_eq!(home.store.reader().doomed_of(b, 90, later).unwrap(), 0);
        assert_eq!(home.store.clean_up(keep, later).unwrap().removed, 1);
        assert_eq!(home.titles(&View::default()).len(), 6);
        // Each feed by its own number, also where articles are else kept for ever.
        home.store.clean_up(0, Time(NOW.0 + 100 * DAY)).unwrap();
        assert!(!home.titles(&View::default()).contains(&"long".to_owned()));
        assert!(home.titles(&View::default()).contains(&"ever".to_owned()));
    }

    #[test]
    fn a_store_that_grows_too_large_lets_the_oldest_go() {
        let mut home = home();
        let feed = home.feed("a");
        let articles: Vec<NewArticle> = (0..300).map(|n| aged(&format!("a{n}"), 300 - n, 400)).collect();
        let taken = ids(&home.take(feed, &articles));
        home.store.write(Safety::Person, "t", |w| w.bookmark(&taken[..1], true, NOW)).unwrap();
        let used = |home: &crate::store::tests::Home| {
            let pages: u64 = home.store.reader.db.query_row("PRAGMA page_count", [], |row| row::count(row, 0)).unwrap();
            let free: u64 =
                home.store.reader.db.query_row("PRAGMA freelist_count", [], |row| row::count(row, 0)).unwrap();
            (pages - free) * 4096
        };
        let mb = u32::try_from(used(&home) >> 20).unwrap();
        assert!(mb >= 2, "the store is large enough to tell: {mb}");
        let keep = Keep { days: 0, mb: mb - 1 };
        let doomed = home.store.reader().doomed(keep, NOW).unwrap();
        assert!(!doomed.is_empty() && doomed.len() < 300, "{}", doomed.len());
        assert!(doomed.iter().all(|doomed| doomed.why == Why::Size));
        assert_eq!(doomed[0].title.as_str(), "a1", "the bookmark stays, the oldest of the others goes first");
        let before = used(&home);
        assert_eq!(home.store.clean_up(keep, NOW).unwrap().removed, doomed.len() as u64);
        assert!(used(&home) < before);
        assert!(home.titles(&View::default()).contains(&"a0".to_owned()));
        assert!(home.titles(&View::default()).contains(&"a299".to_owned()));
        assert!(home.store.reader().doomed(Keep::default(), NOW).unwrap().is_empty());
    }
}
