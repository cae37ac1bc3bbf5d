//! Pages that a person wants kept and that could not be had yet: bookmarks called by their addresses,
//! without a text until their pages come.

use rusqlite::{OptionalExtension, params};

use super::codec::guid_key;
use super::{Reader, Writing};
use crate::clean;
use crate::model::{ArticleId, FeedAddress, FeedId, NewArticle, Time};
use crate::text::{Clean, Link};

/// Holds for `articles a` of `feeds f` whose page was asked for by its address and never came.
const TEXTLESS: &str = "a.stub = 0 AND f.address = ?1 \
     AND NOT EXISTS (SELECT 1 FROM full_texts t WHERE t.article = a.id) \
     AND NOT EXISTS (SELECT 1 FROM feed_texts t WHERE t.article = a.id)";

impl Writing<'_> {
    /// Stores an article for a page that is still to be fetched, among what was brought in by hand
    /// (`feed`); gives the one that is there, if one is. `None` where it was removed and stays so.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn await_page(&mut self, feed: FeedId, link: &Link, now: Time) -> rusqlite::Result<Option<ArticleId>> {
        let link = link.without_tracking();
        let article = NewArticle {
            guid: Clean::new(link.as_str()),
            title: clean!("{link}"),
            source: Some(Clean::new(link.host())),
            link: Some(link),
            full: true,
            ..NewArticle::default()
        };
        let known = "SELECT id FROM articles WHERE feed = ?1 AND guid_key = ?2";
        let key = guid_key(article.guid.as_str());
        let known = self.db.prepare_cached(known)?.query_row(params![feed.0, key], |row| row.get(0)).optional()?;
        if let Some(id) = known {
            return Ok(Some(ArticleId(id)));
        }
        let taken = self.take_in(feed, &[article], now)?;
        for id in &taken.new {
            // An empty text would be the first of its revisions.
            self.db.prepare_cached("DELETE FROM full_texts WHERE article = ?1")?.execute(params![id.0])?;
        }
        Ok(taken.ids.first().copied().flatten())
    }
}

impl Reader {
    /// Whether the page of an article is still awaited: it was asked for by its address, and nothing of it
    /// has come.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn is_awaited(&self, id: ArticleId) -> super::Result<bool> {
        let sql = format!(
            "SELECT EXISTS (SELECT 1 FROM articles a JOIN feeds f ON f.id = a.feed WHERE a.id = ?2 AND {TEXTLESS})"
        );
        let values = params![FeedAddress::Saved.as_str(), id.0];
        let read = || self.db.prepare_cached(&sql)?.query_row(values, |found| found.get(0));
        read().map_err(self.says("reading an article"))
    }

    /// Awaited pages that nobody keeps any more: there is nothing in them to be read. The oldest first.
    pub(super) fn given_up(&self, regret: i64) -> rusqlite::Result<Vec<ArticleId>> {
        let sql = format!(
            "SELECT a.id FROM articles a JOIN feeds f ON f.id = a.feed \
             WHERE {TEXTLESS} AND NOT {} ORDER BY a.id",
            super::doomed::KEPT
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let ids =
            statement.query_map(params![FeedAddress::Saved.as_str(), regret], |row| Ok(ArticleId(row.get(0)?)))?;
        ids.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::time::DAY;
    use crate::model::{Document, NewArticle};
    use crate::store::tests::{NOW, home};
    use crate::store::{FullText, NewFeed, Safety, Why};

    #[test]
    fn a_page_that_is_awaited_becomes_the_article_it_has() {
        let mut home = home();
        let link = Link::parse("https://a.example/one?utm_source=x").unwrap();
        let (feed, id) = home
            .store
            .write(Safety::Person, "t", |w| {
                let feed = w.add_feed(&NewFeed::at(FeedAddress::Saved), NOW)?.0;
                let id = w.await_page(feed, &link, NOW)?.unwrap();
                w.bookmark(&[id], true, NOW)?;
                Ok((feed, id))
            })
            .unwrap();
        let article = home.reader().article(id).unwrap().unwrap();
        assert_eq!(article.headline.title.as_str(), "https://a.example/one");
        assert!(article.document.is_empty() && !article.texts.feed && article.texts.page && !article.headline.whole);
        assert!(home.reader().is_awaited(id).unwrap());
        assert_eq!(home.reader().pages_wanted(9, NOW).unwrap(), [id]);
        let page = FullText {
            title: "The ferry".into(),
            site: Some("Harbour Post".into()),
            published: Some(Time(NOW.0 - DAY)),
            document: Document::from_paragraphs(["It was late."]),
            ..FullText::default()
        };
        let again = home
            .store
            .write(Safety::Person, "t", |w| {
                w.set_full_text(id, &page, Time(NOW.0 + DAY))?;
                w.await_page(feed, &link, NOW)
            })
            .unwrap();
        assert_eq!(again, Some(id), "no second one");
        let article = home.reader().article(id).unwrap().unwrap();
        let shown = &article.headline;
        assert_eq!((shown.title.as_str(), shown.source.as_str()), ("The ferry", "Harbour Post"));
        assert_eq!((shown.published, shown.revisions, shown.words), (Time(NOW.0 - DAY), 0, 3));
        assert_eq!(article.published_given, Some(Time(NOW.0 - DAY)));
        assert!(home.reader().revisions(id).unwrap().is_empty());
        assert!(!home.reader().is_awaited(id).unwrap());
        assert_eq!(home.search("ferry"), ["The ferry"]);
        // A headline of its own is not taken away by what the page calls it later.
        let other = FullText { title: "Another".into(), document: Document::from_paragraphs(["On time."]), ..page };
        home.store.write(Safety::Person, "t", |w| w.set_full_text(id, &other, Time(NOW.0 + DAY))).unwrap();
        assert_eq!(home.titles(&Default::default()), ["The ferry"]);
    }

    #[test]
    fn a_page_that_never_came_goes_with_its_bookmark() {
        let mut home = home();
        let link = Link::parse("https://a.example/one").unwrap();
        let id = home
            .store
            .write(Safety::Person, "t", |w| {
                let feed = w.add_feed(&NewFeed::at(FeedAddress::Saved), NOW)?.0;
                // What was saved otherwise stays, however old.
                w.take_in(
                    feed,
                    &[NewArticle { full: true, ..crate::store::tests::article("1", "Saved", "text") }],
                    NOW,
                )?;
                let id = w.await_page(feed, &link, NOW)?.unwrap();
                w.bookmark(&[id], true, NOW)?;
                Ok(id)
            })
            .unwrap();
        let later = |days: i64| Time(NOW.0 + days * DAY);
        assert_eq!(home.store.clean_up(30, later(400)).unwrap().removed, 0);
        home.store.write(Safety::Person, "t", |w| w.bookmark(&[id], false, later(400))).unwrap();
        assert_eq!(home.store.clean_up(0, later(401)).unwrap().removed, 0, "it can still be put back");
        let doomed = home.reader().doomed(0.into(), later(408)).unwrap();
        assert_eq!(doomed.iter().map(|doomed| (doomed.id, doomed.why)).collect::<Vec<_>>(), [(id, Why::NeverCame)]);
        assert_eq!(home.store.clean_up(0, later(408)).unwrap().removed, 1);
        assert_eq!(home.titles(&Default::default()), ["Saved"]);
    }
}
