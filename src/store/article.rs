//! One article, whole.

use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use super::row::{self, Plain};
use super::{Reader, Result, codec};
use crate::model::{Article, ArticleId, Document, Enclosure, FeedAddress, TextKind, Texts, Time};
use crate::text::{Clean, CleanText, Link};

/// An earlier text of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// When the next text took its place.
    pub replaced: Time,
    /// Which of the article's texts it was.
    pub kind: TextKind,
    /// The headline it had.
    pub title: Clean,
    /// Nothing but counters, dates and typography changed after it.
    pub trivial: bool,
    /// The text.
    pub document: Document,
}

/// What of an article's details is kept as JSON, being read only with the article itself.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Extras {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub enclosures: Vec<Enclosure>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<Clean>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Clean>,
}

/// How a [`TextKind`] stands in the file.
pub(super) fn kind_number(kind: TextKind) -> i64 {
    match kind {
        TextKind::Feed => 0,
        TextKind::Full => 1,
    }
}

impl Reader {
    /// An article with the text that is shown: the one that the person chose, else the full text where
    /// there is one. `None` if it is not stored (any more).
    ///
    /// # Errors
    /// That the store, or this article's text, cannot be read.
    pub fn article(&self, id: ArticleId) -> Result<Option<Article>> {
        self.article_as(id, None)
    }

    /// The same with the text that is asked for, where it is there.
    ///
    /// # Errors
    /// As [`Reader::article`].
    pub fn article_as(&self, id: ArticleId, kind: Option<TextKind>) -> Result<Option<Article>> {
        self.whole_article(id, kind).map_err(self.says("reading an article"))
    }

    fn whole_article(&self, id: ArticleId, kind: Option<TextKind>) -> rusqlite::Result<Option<Article>> {
        let sql = format!(
            "SELECT {}, d.guid, d.byline, d.dateline, d.standfirst, d.published_given, d.updated, d.arrived, \
             d.comments, d.image, d.extras, p.share, EXISTS (SELECT 1 FROM feed_texts t WHERE t.article = a.id), \
             x.fetched, g.note, c.kind, f.address, k.missing, \
             EXISTS (SELECT 1 FROM revisions v WHERE v.article = a.id AND v.trivial = 1), n.text, \
             (SELECT max(v.replaced) FROM revisions v WHERE v.article = a.id AND v.kind = 0 AND v.trivial = 0) \
             FROM articles a JOIN feeds f ON f.id = a.feed \
             LEFT JOIN details d ON d.article = a.id LEFT JOIN positions p ON p.article = a.id \
             LEFT JOIN full_texts x ON x.article = a.id LEFT JOIN pages g ON g.article = a.id \
             LEFT JOIN text_choices c ON c.article = a.id LEFT JOIN notes n ON n.article = a.id \
             LEFT JOIN bookmarks k ON k.article = a.id AND k.removed IS NULL WHERE a.id = ?1",
            row::HEADLINE
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let Some(mut article) = statement.query_row(params![id.0], details).optional()? else { return Ok(None) };
        // Chosen so far: `details` gives what the person chose, or the full text.
        let wanted = kind.unwrap_or(article.kind);
        let other = if wanted == TextKind::Full { TextKind::Feed } else { TextKind::Full };
        article.kind = TextKind::Feed;
        for kind in [wanted, other] {
            if let Some(document) = self.document(id, kind)? {
                (article.document, article.kind) = (document, kind);
                break;
            }
        }
        Ok(Some(article))
    }

    /// One of an article's two texts; `None` if there is no such text.
    ///
    /// # Errors
    /// As [`Reader::article`].
    pub fn text(&self, id: ArticleId, kind: TextKind) -> Result<Option<Document>> {
        self.document(id, kind).map_err(self.says("reading an article's text"))
    }

    pub(super) fn document(&self, id: ArticleId, kind: TextKind) -> rusqlite::Result<Option<Document>> {
        let sql = match kind {
            TextKind::Feed => "SELECT dictionary, document FROM feed_texts WHERE article = ?1",
            TextKind::Full => "SELECT dictionary, document FROM full_texts WHERE article = ?1",
        };
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query(params![id.0])?;
        let Some(found) = rows.next()? else { return Ok(None) };
        codec::decode(found.get(0)?, found.get_ref(1)?.as_blob()?).map(Some)
    }

    /// The earlier texts of an article, the latest first.
    ///
    /// # Errors
    /// As [`Reader::article`].
    pub fn revisions(&self, id: ArticleId) -> Result<Vec<Revision>> {
        let read = || -> rusqlite::Result<Vec<Revision>> {
            let sql = "SELECT replaced, kind, title, dictionary, document, trivial FROM revisions WHERE article = ?1 \
                       ORDER BY id DESC";
            let mut statement = self.db.prepare_cached(sql)?;
            let rows = statement.query_map(params![id.0], |found| {
                Ok(Revision {
                    replaced: row::time(found, 0)?,
                    kind: if found.get::<_, i64>(1)? == kind_number(TextKind::Full) {
                        TextKind::Full
                    } else {
                        TextKind::Feed
                    },
                    title: row::line(found, 2)?.unwrap_or_default(),
                    trivial: found.get(5)?,
                    document: codec::decode(found.get(3)?, found.get_ref(4)?.as_blob()?)?,
                })
            })?;
            rows.collect()
        };
        read().map_err(self.says("reading an article's revisions"))
    }

    /// The stubs of the headlines that stood on the same saved page as this article, in their order
    /// there.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn page_links(&self, id: ArticleId) -> Result<Vec<ArticleId>> {
        let read = || -> rusqlite::Result<Vec<ArticleId>> {
            let mut statement =
                self.db.prepare_cached("SELECT stub FROM page_links WHERE article = ?1 ORDER BY position")?;
            let rows = statement.query_map(params![id.0], |found| Ok(ArticleId(found.get(0)?)))?;
            rows.collect()
        };
        read().map_err(self.says("reading a page's headlines"))
    }

    /// The articles on whose saved pages this one stood as a headline, the newest first.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn pages_of(&self, stub: ArticleId) -> Result<Vec<ArticleId>> {
        let read = || -> rusqlite::Result<Vec<ArticleId>> {
            let mut statement =
                self.db.prepare_cached("SELECT article FROM page_links WHERE stub = ?1 ORDER BY article DESC")?;
            let rows = statement.query_map(params![stub.0], |found| Ok(ArticleId(found.get(0)?)))?;
            rows.collect()
        };
        read().map_err(self.says("reading the pages of a headline"))
    }

    /// The article that came with this guid; the newest if several feeds have it. Costs a look-up a
    /// feed.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn find_guid(&self, guid: &str) -> Result<Option<ArticleId>> {
        let sql = "SELECT a.id FROM feeds f JOIN articles a ON a.feed = f.id AND a.guid_key = ?1 \
                   ORDER BY a.id DESC LIMIT 1";
        let read = || {
            let mut statement = self.db.prepare_cached(sql)?;
            statement.query_row(params![codec::guid_key(guid)], |found| Ok(ArticleId(found.get(0)?))).optional()
        };
        read().map_err(self.says("looking for an article"))
    }

    /// The newest article that stands at an address, and is more than a headline. Costs a look-up.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn find_link(&self, link: &Link) -> Result<Option<ArticleId>> {
        let sql = "SELECT id FROM articles WHERE substr(link, -24) = substr(?1, -24) AND link = ?1 \
                   AND link IS NOT NULL ORDER BY stub, id DESC LIMIT 1";
        let read = || {
            let mut statement = self.db.prepare_cached(sql)?;
            statement.query_row(params![link.as_str()], |found| Ok(ArticleId(found.get(0)?))).optional()
        };
        read().map_err(self.says("looking for an article"))
    }

    /// The guid of an article, as its feed or file gave it.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn guid(&self, id: ArticleId) -> Result<Option<Clean>> {
        let read = || {
            let mut statement = self.db.prepare_cached("SELECT guid FROM details WHERE article = ?1")?;
            let guid = statement.query_row(params![id.0], |found| row::line(found, 0)).optional()?;
            Ok(guid.flatten())
        };
        read().map_err(self.says("reading an article"))
    }

    /// How many articles are stored. Costs a look at each feed's counter.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn article_count(&self) -> Result<u64> {
        self.count_articles().map_err(self.says("counting articles"))
    }

    pub(super) fn count_articles(&self) -> rusqlite::Result<u64> {
        let mut statement = self.db.prepare_cached("SELECT coalesce(sum(total), 0) FROM feeds")?;
        statement.query_row([], |found| row::count(found, 0))
    }
}

fn details(found: &Row<'_>) -> rusqlite::Result<Article> {
    let after = row::HEADLINE_COLUMNS;
    let headline = row::headline(found)?;
    let extras = found
        .get::<_, Option<Plain>>(after + 9)?
        // What cannot be read is left out rather than keeping the text from the reader.
        .and_then(|json| serde_json::from_str::<Extras>(&json.0).ok())
        .unwrap_or_default();
    Ok(Article {
        guid: row::line(found, after)?.unwrap_or_default(),
        byline: row::line(found, after + 1)?,
        dateline: row::line(found, after + 2)?,
        standfirst: row::line(found, after + 3)?,
        summary: extras.summary,
        published_given: row::maybe_time(found, after + 4)?,
        updated: row::maybe_time(found, after + 5)?,
        arrived: row::maybe_time(found, after + 6)?.unwrap_or(headline.published),
        comments: row::link(found, after + 7)?,
        image: row::link(found, after + 8)?,
        enclosures: extras.enclosures,
        categories: extras.categories,
        document: Document::default(),
        kind: match found.get::<_, Option<i64>>(after + 14)? {
            Some(0) => TextKind::Feed,
            _ => TextKind::Full,
        },
        texts: Texts {
            feed: found.get(after + 11)?,
            full: row::maybe_time(found, after + 12)?,
            page: headline.link.as_ref().is_some_and(Link::is_web)
                && found.get::<_, Plain>(after + 15)?.0 != FeedAddress::Edition.as_str(),
            note: row::line(found, after + 13)?,
            changed: row::maybe_time(found, after + 19)?,
        },
        missing: row::line(found, after + 16)?,
        trifles: found.get(after + 17)?,
        note: found
            .get::<_, Option<Plain>>(after + 18)?
            .map(|text| CleanText::new(&text.0))
            .filter(|text| !text.is_empty()),
        revised: None,
        position: found
            .get::<_, Option<i64>>(after + 10)?
            .map_or(0, |share| u16::try_from(share.clamp(0, 10_000)).unwrap_or(0)),
        headline,
    })
}
