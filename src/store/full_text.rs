//! The full text of an article, made of its page: stored beside the feed's text and shown in its place.

use rusqlite::{OptionalExtension, params};

use super::Writing;
use super::codec::word_hash;
use super::incoming::Known;
use super::index::{Indexed, language_of};
use super::row::{Line, Plain};
use crate::model::{ArticleId, Document, FeedId, TextKind, Time};
use crate::text::{Clean, Lang, Link};

/// What was made of an article's page. What its feed said of itself goes before what the page says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FullText {
    /// The text.
    pub document: Document,
    /// Who wrote it.
    pub byline: Option<Clean>,
    /// The place it is filed from.
    pub dateline: Option<Clean>,
    /// The sentence under the headline.
    pub standfirst: Option<Clean>,
    /// Its picture.
    pub image: Option<Link>,
    /// The language that the page names (BCP 47, lower-case).
    pub lang: Option<Clean>,
    /// What the page calls it: for an article that had no better name than its address.
    pub title: Clean,
    /// What the page calls itself, for such an article.
    pub site: Option<Clean>,
    /// When it was published, for such an article.
    pub published: Option<Time>,
}

impl Writing<'_> {
    /// Stores the text that was made of an article's page, and shows and indexes it from now on. Says
    /// whether the article is there.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn set_full_text(&mut self, id: ArticleId, full: &FullText, now: Time) -> rusqlite::Result<bool> {
        let document = &full.document;
        let sql = "SELECT a.feed, a.title, a.stub, a.source, d.byline, a.lang, a.link = a.title FROM articles a \
                   LEFT JOIN details d ON d.article = a.id WHERE a.id = ?1";
        let found = self
            .db
            .prepare_cached(sql)?
            .query_row(params![id.0], |row| {
                let known = Known { id, title: row.get::<_, Plain>(1)?.0, stub: row.get(2)? };
                let line = |column| row.get::<_, Option<Line>>(column).map(|line| line.map(|line| line.0));
                let nameless = row.get::<_, Option<bool>>(6)?.unwrap_or(false);
                Ok((FeedId(row.get(0)?), known, line(3)?, line(4)?, line(5)?, nameless))
            })
            .optional()?;
        let Some((feed, mut known, mut source, byline, lang, nameless)) = found else { return Ok(false) };
        self.now = now;
        let named = nameless && !full.title.is_empty();
        if named {
            self.name(id, full, now)?;
            known.title = full.title.to_string();
            source = full.site.clone().or(source);
        }
        let facts = self.feed_facts(feed)?;
        let body = document.plain_text();
        let hash = word_hash(&known.title, &body);
        self.fill_details(id, full)?;
        let byline = byline.or_else(|| full.byline.clone());
        let lang = lang.or_else(|| full.lang.clone());
        let old = self.text_hash(id, TextKind::Full)?;
        if old == Some(hash) {
            // The page says the same as before: that is now known of a later time.
            let sql = "UPDATE full_texts SET fetched = ?2 WHERE article = ?1";
            self.db.prepare_cached(sql)?.execute(params![id.0, now.0])?;
            return Ok(true);
        }
        if old.is_some() && !named && self.says_the_same(id, &body)? {
            // Only the feed has changed the headline meanwhile, and that is indexed, with its own text.
            self.put_text(id, TextKind::Full, document, hash, now)?;
            return Ok(true);
        }
        if old.is_some() {
            let title = Clean::new(&known.title);
            self.keep_revision(&known, TextKind::Full, (&title, &body), now)?;
        }
        self.put_text(id, TextKind::Full, document, hash, now)?;
        let lang = language_of(&known.title, &body, lang.as_ref().map(Clean::as_str));
        let sql = "UPDATE articles SET words = ?2, lang = ?3, stub = 0, \
                   revisions = (SELECT count(*) FROM revisions WHERE article = ?1 AND trivial = 0) WHERE id = ?1";
        self.db.prepare_cached(sql)?.execute(params![id.0, document.words(), lang.map(Lang::code)])?;
        let indexed = Indexed {
            title: &known.title,
            body: &body,
            author: byline.as_ref().map_or("", Clean::as_str),
            source: source.as_ref().map_or(facts.title.as_str(), Clean::as_str),
            lang,
        };
        self.index(id, &indexed, true)?;
        self.merge_if_due()?;
        Ok(true)
    }

    /// Whether the stored text of an article's page has the words of this one.
    fn says_the_same(&self, id: ArticleId, body: &str) -> rusqlite::Result<bool> {
        let before = self.reader.document(id, TextKind::Full)?.unwrap_or_default().plain_text();
        Ok(word_hash("", &before) == word_hash("", body))
    }

    /// Calls an article, that was called by its address, what its page calls it.
    fn name(&mut self, id: ArticleId, full: &FullText, now: Time) -> rusqlite::Result<()> {
        let sql = "UPDATE articles SET title = ?2, source = coalesce(?3, source), \
                   published = coalesce(?4, published) WHERE id = ?1";
        let published = full.published.map(|published| published.min(now).0);
        let site = full.site.as_ref().map(Clean::as_str);
        self.db.prepare_cached(sql)?.execute(params![id.0, full.title.as_str(), site, published])?;
        let sql = "UPDATE details SET published_given = coalesce(published_given, ?2) WHERE article = ?1";
        self.db.prepare_cached(sql)?.execute(params![id.0, full.published.map(|published| published.0)])?;
        Ok(())
    }

    /// Adds what a page says of its article where the feed said nothing.
    fn fill_details(&mut self, id: ArticleId, full: &FullText) -> rusqlite::Result<()> {
        let sql = "UPDATE details SET byline = coalesce(byline, ?2), dateline = coalesce(dateline, ?3), \
                   standfirst = coalesce(standfirst, ?4), image = coalesce(image, ?5) WHERE article = ?1";
        self.db.prepare_cached(sql)?.execute(params![
            id.0,
            full.byline.as_ref().map(Clean::as_str),
            full.dateline.as_ref().map(Clean::as_str),
            full.standfirst.as_ref().map(Clean::as_str),
            full.image.as_ref().map(Link::as_str),
        ])?;
        Ok(())
    }
}
