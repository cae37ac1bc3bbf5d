//! The pages of articles: what came of asking for them, which are to be asked for, and which of an
//! article's two texts a person wants to see.

use rusqlite::{OptionalExtension, params};

use super::article::kind_number;
use super::{Reader, Result, Writing};
use crate::model::time::DAY;
use crate::model::{ArticleId, FeedAddress, FeedId, TextKind, Time};
use crate::text::{Clean, Link};

/// The pause after a page could not be had, in seconds; each further failure doubles it.
const PAUSE: i64 = 600;

/// Failures in a row after which a page is not asked for by itself any more.
const TRIES: i64 = 6;

/// What came of asking for the page of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What keeps the full text, or the rest of it, away, in words; `None` where nothing does.
    pub note: Option<Clean>,
    /// It may go better another time: the network or the server failed, not the page.
    pub again: bool,
    /// Where the page was found, after redirects.
    pub address: Option<Link>,
}

impl Reader {
    /// Articles whose pages are to be fetched without anybody asking for each: bookmarks that are not
    /// kept whole yet, then unread articles of feeds whose full text is always wanted (also where the
    /// feed has changed one since), the newest first, at most `limit` of each. Not those that were asked for in vain, unless `now` is late
    /// enough for another try. Costs a look at the unread articles of those feeds and at the
    /// incomplete bookmarks.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn pages_wanted(&self, limit: usize, now: Time) -> Result<Vec<ArticleId>> {
        const OPEN: &str = "a.link LIKE 'http%' AND f.address <> ?2 \
             AND NOT EXISTS (SELECT 1 FROM pages p WHERE p.article = a.id AND (p.again IS NULL OR p.again > ?1))";
        let bookmarks = format!(
            "SELECT a.id FROM bookmarks b JOIN articles a ON a.id = b.article JOIN feeds f ON f.id = a.feed \
             WHERE b.removed IS NULL AND b.complete = 0 AND {OPEN} ORDER BY b.added DESC LIMIT ?3"
        );
        let always = format!(
            "SELECT a.id FROM feeds f JOIN articles a ON a.feed = f.id \
             WHERE f.full_text = 1 AND f.subscribed = 1 AND a.read = 0 AND {OPEN} \
             AND NOT EXISTS (SELECT 1 FROM full_texts t WHERE t.article = a.id AND (a.revisions = 0 OR t.fetched >= \
             coalesce((SELECT max(v.replaced) FROM revisions v WHERE v.article = a.id AND v.kind = 0 AND v.trivial = 0), 0))) \
             ORDER BY a.published DESC, a.id DESC LIMIT ?3"
        );
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let read = || -> rusqlite::Result<Vec<ArticleId>> {
            let mut wanted = Vec::new();
            for sql in [bookmarks, always] {
                let mut statement = self.db.prepare_cached(&sql)?;
                let values = params![now.0, FeedAddress::Edition.as_str(), limit];
                for id in statement.query_map(values, |row| Ok(ArticleId(row.get(0)?)))? {
                    let id = id?;
                    if !wanted.contains(&id) {
                        wanted.push(id);
                    }
                }
            }
            Ok(wanted)
        };
        read().map_err(self.says("looking for pages to fetch"))
    }
}

impl Reader {
    /// The bookmarks that are not kept whole and have a page on the web, that kept last first, whether
    /// or not it is time to ask for it again: those that a person wants completed now.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn incomplete(&self) -> Result<Vec<ArticleId>> {
        let sql = "SELECT a.id FROM bookmarks b JOIN articles a ON a.id = b.article JOIN feeds f ON f.id = a.feed \
                   WHERE b.removed IS NULL AND b.complete = 0 AND a.link LIKE 'http%' AND f.address <> ?1 \
                   ORDER BY b.added DESC, a.id DESC";
        let read = || -> rusqlite::Result<Vec<ArticleId>> {
            let mut statement = self.db.prepare_cached(sql)?;
            let ids = statement.query_map(params![FeedAddress::Edition.as_str()], |row| Ok(ArticleId(row.get(0)?)))?;
            ids.collect()
        };
        read().map_err(self.says("looking for pages to fetch"))
    }
}

impl Writing<'_> {
    /// Writes down what came of asking for an article's page. An article that is gone is left alone.
    ///
    /// A bookmark is asked for again as long as that may help, at most a day apart; of other pages a few
    /// tries are enough.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn asked_page(&mut self, id: ArticleId, came: &Asked, now: Time) -> rusqlite::Result<()> {
        let sql = "SELECT tries FROM pages WHERE article = ?1 AND again IS NOT NULL";
        let before: i64 =
            self.db.prepare_cached(sql)?.query_row(params![id.0], |row| row.get(0)).optional()?.unwrap_or(0);
        let kept = "SELECT bookmarked FROM articles WHERE id = ?1";
        let kept: Option<bool> = self.db.prepare_cached(kept)?.query_row(params![id.0], |row| row.get(0)).optional()?;
        let tries = before.clamp(0, TRIES) + 1;
        let pause = PAUSE.saturating_mul(1 << (tries - 1)).min(DAY);
        let goes_on = tries <= TRIES || kept.unwrap_or(false);
        let again = (came.again && goes_on).then(|| now.0.saturating_add(pause));
        let sql = "INSERT INTO pages (article, asked, tries, again, note, address) \
                   SELECT id, ?2, ?3, ?4, ?5, ?6 FROM articles WHERE id = ?1 \
                   ON CONFLICT DO UPDATE SET asked = excluded.asked, tries = excluded.tries, again = excluded.again, \
                   note = excluded.note, address = coalesce(excluded.address, address)";
        self.db.prepare_cached(sql)?.execute(params![
            id.0,
            now.0,
            tries,
            again,
            came.note.as_ref().map(Clean::as_str),
            came.address.as_ref().map(Link::as_str),
        ])?;
        Ok(())
    }

    /// The feed has changed an article: what was made of its page no longer says the same. The page is
    /// asked for again where somebody wants to have it, and a bookmark is not whole until then.
    pub(super) fn ask_page_again(&mut self, id: ArticleId, now: Time) -> rusqlite::Result<()> {
        let sql = "UPDATE pages SET again = ?2, tries = 0 WHERE article = ?1 \
                   AND EXISTS (SELECT 1 FROM full_texts t WHERE t.article = ?1)";
        if self.db.prepare_cached(sql)?.execute(params![id.0, now.0])? > 0 {
            let sql = "UPDATE bookmarks SET complete = 0, missing = ?2 WHERE article = ?1";
            let missing = "the feed has changed it since its page was fetched";
            self.db.prepare_cached(sql)?.execute(params![id.0, missing])?;
        }
        Ok(())
    }

    /// Shows this text of an article from now on.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn choose_text(&mut self, id: ArticleId, kind: TextKind) -> rusqlite::Result<()> {
        let sql = "INSERT INTO text_choices SELECT id, ?2 FROM articles WHERE id = ?1 \
                   ON CONFLICT DO UPDATE SET kind = excluded.kind";
        self.db.prepare_cached(sql)?.execute(params![id.0, kind_number(kind)])?;
        Ok(())
    }

    /// Makes an article of a feed unread again when it has changed, or leaves it as it is. Says whether
    /// that was otherwise before.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn unread_on_change(&mut self, feed: FeedId, unread: bool) -> rusqlite::Result<bool> {
        let sql = "UPDATE feeds SET unread_on_change = ?2 WHERE id = ?1 AND unread_on_change <> ?2";
        Ok(self.db.prepare_cached(sql)?.execute(params![feed.0, unread])? > 0)
    }

    /// Has the full text of a feed's articles always fetched, or not any more. Says whether that was
    /// otherwise before.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn always_full_text(&mut self, feed: FeedId, always: bool) -> rusqlite::Result<bool> {
        let sql = "UPDATE feeds SET full_text = ?2 WHERE id = ?1 AND full_text <> ?2";
        Ok(self.db.prepare_cached(sql)?.execute(params![feed.0, always])? > 0)
    }
}
