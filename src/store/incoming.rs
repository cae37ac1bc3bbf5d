//! Articles coming in: what is new, what has changed, what was seen before.

use std::collections::{HashMap, HashSet};

use rusqlite::{OptionalExtension, params};

use super::article::{Extras, kind_number};
use super::codec::{guid_key, says_something, word_hash};
use super::index::{Indexed, language_of};
use super::row::Plain;
use super::{Writing, codec};
use crate::model::document::words_of;
use crate::model::{ArticleId, Document, FeedId, NewArticle, TextKind, Time};
use crate::text::trifles::{only_trifles, same_headline};
use crate::text::{Clean, Lang, Link};

/// The most earlier texts kept of one article; beyond it the oldest goes. A page with a running
/// clock in it would fill the disk otherwise.
const MAX_REVISIONS: u32 = 50;

/// The longest headline made of an article's first words, in characters.
const MADE_TITLE: usize = 80;

/// What became of a batch of articles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// The article that each of the batch is now, in the batch's order; `None` for those that were
    /// removed earlier and stay so.
    pub ids: Vec<Option<ArticleId>>,
    /// Those that were not there before, in the order of their ids.
    pub new: Vec<ArticleId>,
    /// Those whose text is another now; the earlier one is a revision.
    pub changed: Vec<ArticleId>,
    /// How many were as before.
    pub unchanged: usize,
}

/// What is known of a feed while its articles come in.
pub(super) struct FeedFacts {
    id: FeedId,
    pub(super) title: String,
    lang: Option<String>,
    unread_on_change: bool,
    has_tombstones: bool,
}

/// An article as it is stored.
pub(super) struct Known {
    pub(super) id: ArticleId,
    pub(super) title: String,
    pub(super) stub: bool,
}

/// What came of one article.
enum Became {
    New(ArticleId),
    Changed(ArticleId),
    Unchanged(ArticleId),
    Removed,
}

impl Writing<'_> {
    /// Takes in articles of a feed, in the feed's order (newest first where there are no dates).
    ///
    /// An article is known by its guid within the feed. A text whose words have changed takes the
    /// place of the one before, which is kept as a revision; what was read stays read, unless the
    /// feed is set otherwise. What was removed stays removed. Of two with one guid the first counts.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn take_in(&mut self, feed: FeedId, articles: &[NewArticle], now: Time) -> rusqlite::Result<Taken> {
        self.now = now;
        let facts = self.feed_facts(feed)?;
        let keys: Vec<i64> = articles.iter().map(|article| guid_key(article.guid.as_str())).collect();
        let mut first = HashMap::with_capacity(keys.len());
        for (n, key) in keys.iter().enumerate() {
            first.entry(*key).or_insert(n);
        }
        let mut taken = Taken { ids: vec![None; articles.len()], ..Taken::default() };
        // The last first: so the first gets the highest id, and stands highest among equal dates.
        for (n, article) in articles.iter().enumerate().rev().filter(|(n, _)| first[&keys[*n]] == *n) {
            let id = match self.take_one(&facts, article, keys[n], now)? {
                Became::New(id) => {
                    taken.new.push(id);
                    Some(id)
                }
                Became::Changed(id) => {
                    taken.changed.push(id);
                    Some(id)
                }
                Became::Unchanged(id) => {
                    taken.unchanged += 1;
                    Some(id)
                }
                Became::Removed => None,
            };
            taken.ids[n] = id;
            if taken.new.len() % 256 == 255 {
                self.merge_if_due()?;
            }
        }
        for (n, key) in keys.iter().enumerate() {
            taken.ids[n] = taken.ids[first[key]];
        }
        for (article, id) in articles.iter().zip(&taken.ids) {
            if let Some(id) = id.filter(|_| !article.related.is_empty()) {
                self.link_page(feed, id, &article.related)?;
            }
        }
        self.merge_if_due()?;
        Ok(taken)
    }

    /// What comes in this transaction is older than what is stored, as far as anybody can tell (another
    /// reader's cache): it adds what is missing, and changes no headline and no text that is here.
    pub fn comes_late(&mut self) {
        self.older = true;
    }

    pub(super) fn feed_facts(&self, feed: FeedId) -> rusqlite::Result<FeedFacts> {
        let sql = "SELECT coalesce(own_title, title), lang, unread_on_change, \
                   EXISTS (SELECT 1 FROM tombstones WHERE feed = id) FROM feeds WHERE id = ?1";
        self.db.prepare_cached(sql)?.query_row(params![feed.0], |row| {
            Ok(FeedFacts {
                id: feed,
                title: row.get::<_, Plain>(0)?.0,
                lang: row.get::<_, Option<Plain>>(1)?.map(|lang| lang.0),
                unread_on_change: row.get(2)?,
                has_tombstones: row.get(3)?,
            })
        })
    }

    fn take_one(&mut self, feed: &FeedFacts, article: &NewArticle, key: i64, now: Time) -> rusqlite::Result<Became> {
        let sql = "SELECT id, title, stub FROM articles WHERE feed = ?1 AND guid_key = ?2";
        let known = self
            .db
            .prepare_cached(sql)?
            .query_row(params![feed.id.0, key], |row| {
                Ok(Known { id: ArticleId(row.get(0)?), title: row.get::<_, Plain>(1)?.0, stub: row.get(2)? })
            })
            .optional()?;
        let body = article.document.plain_text();
        if let Some(known) = known {
            return self.take_again(feed, article, &known, &body, now);
        }
        if feed.has_tombstones {
            let sql = "UPDATE tombstones SET seen = ?3 WHERE feed = ?1 AND guid_key = ?2";
            if self.db.prepare_cached(sql)?.execute(params![feed.id.0, key, now.0])? > 0 {
                return Ok(Became::Removed);
            }
        }
        self.add(feed, article, key, &body, now).map(Became::New)
    }

    fn add(
        &mut self,
        feed: &FeedFacts,
        article: &NewArticle,
        key: i64,
        body: &str,
        now: Time,
    ) -> rusqlite::Result<ArticleId> {
        let title = title_of(article, body);
        let lang = language_of(title.as_str(), body, said_language(feed, article));
        let source = article.source.as_ref().filter(|source| source.as_str() != feed.title);
        let sql = "INSERT INTO articles (feed, guid_key, title, source, link, published, words, lang, read, stub) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9)";
        self.db.prepare_cached(sql)?.execute(params![
            feed.id.0,
            key,
            title.as_str(),
            source.map(Clean::as_str),
            article.link.as_ref().map(Link::as_str),
            article.published.map_or(now, |published| published.min(now)).0,
            if article.stub { 0 } else { words_of(body) },
            lang.map(Lang::code),
            // There is nothing to read in a stub: it must not count as unread.
            article.stub,
        ])?;
        let id = ArticleId(self.db.last_insert_rowid());
        self.put_details(id, article, now)?;
        if !article.stub {
            self.put_text(id, kind_of(article), &article.document, word_hash(title.as_str(), body), now)?;
        }
        self.index(id, &indexed(feed, article, &title, body, lang), false)?;
        Ok(id)
    }

    /// An article that is there comes again.
    fn take_again(
        &mut self,
        feed: &FeedFacts,
        article: &NewArticle,
        known: &Known,
        body: &str,
        now: Time,
    ) -> rusqlite::Result<Became> {
        let id = known.id;
        let kind = kind_of(article);
        let title = if self.older && !known.stub && !known.title.is_empty() {
            Clean::new(&known.title)
        } else if article.title.is_empty() && says_something(&article.document) || !article.title.is_empty() {
            title_of(article, body)
        } else {
            Clean::new(&known.title)
        };
        let hash = word_hash(title.as_str(), body);
        let old = self.text_hash(id, kind)?;
        // A feed that stops carrying texts takes nothing away.
        let emptied = !says_something(&article.document) && title.as_str() == known.title;
        if article.stub || old == Some(hash) || ((emptied || self.older) && old.is_some()) {
            return Ok(Became::Unchanged(id));
        }
        let keeps = old.is_some() && !known.stub;
        let trivial = keeps && self.keep_revision(known, kind, (&title, body), now)?;
        if keeps && !trivial && kind == TextKind::Feed {
            self.ask_page_again(id, now)?;
        }
        self.put_text(id, kind, &article.document, hash, now)?;
        self.put_details(id, article, now)?;
        let shows_full = kind == TextKind::Full || self.text_hash(id, TextKind::Full)?.is_none();
        let lang = language_of(title.as_str(), body, said_language(feed, article));
        let sql = "UPDATE articles SET title = ?2, link = coalesce(?3, link), stub = 0, \
                   words = CASE WHEN ?4 THEN ?5 ELSE words END, lang = CASE WHEN ?4 THEN ?6 ELSE lang END, \
                   revisions = (SELECT count(*) FROM revisions WHERE article = ?1 AND trivial = 0), \
                   read = CASE WHEN ?7 THEN 0 ELSE read END WHERE id = ?1";
        self.db.prepare_cached(sql)?.execute(params![
            id.0,
            title.as_str(),
            article.link.as_ref().map(Link::as_str),
            shows_full,
            words_of(body),
            lang.map(Lang::code),
            known.stub || (feed.unread_on_change && !trivial),
        ])?;
        let both;
        let found_by = if shows_full {
            body
        } else {
            // Until the page is fetched again, each of the two texts has words that the other lacks.
            let full = self.reader.document(id, TextKind::Full)?.unwrap_or_default().plain_text();
            both = format!("{full}\n{body}");
            both.as_str()
        };
        self.index(id, &indexed(feed, article, &title, found_by, lang), true)?;
        Ok(if (keeps && !trivial) || known.stub { Became::Changed(id) } else { Became::Unchanged(id) })
    }

    pub(super) fn text_hash(&self, id: ArticleId, kind: TextKind) -> rusqlite::Result<Option<i64>> {
        let sql = match kind {
            TextKind::Feed => "SELECT hash FROM feed_texts WHERE article = ?1",
            TextKind::Full => "SELECT hash FROM full_texts WHERE article = ?1",
        };
        self.db.prepare_cached(sql)?.query_row(params![id.0], |row| row.get(0)).optional()
    }

    pub(super) fn put_text(
        &mut self,
        id: ArticleId,
        kind: TextKind,
        document: &Document,
        hash: i64,
        now: Time,
    ) -> rusqlite::Result<()> {
        let data = self.compressor.encode(document)?;
        match kind {
            TextKind::Feed => self
                .db
                .prepare_cached("INSERT OR REPLACE INTO feed_texts (article, hash, document) VALUES (?1, ?2, ?3)")?
                .execute(params![id.0, hash, data])?,
            TextKind::Full => self
                .db
                .prepare_cached(
                    "INSERT OR REPLACE INTO full_texts (article, hash, document, fetched) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![id.0, hash, data, now.0])?,
        };
        Ok(())
    }

    fn put_details(&mut self, id: ArticleId, article: &NewArticle, now: Time) -> rusqlite::Result<()> {
        let has_extras = !(article.enclosures.is_empty() && article.categories.is_empty() && article.summary.is_none());
        let extras = Extras {
            enclosures: article.enclosures.clone(),
            categories: article.categories.clone(),
            summary: article.summary.clone(),
        };
        let extras = has_extras
            .then(|| serde_json::to_string(&extras))
            .transpose()
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
        let sql = "INSERT INTO details (article, guid, byline, dateline, standfirst, published_given, updated, arrived, \
                   comments, image, extras) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) \
                   ON CONFLICT DO UPDATE SET byline = coalesce(excluded.byline, byline), \
                   dateline = coalesce(excluded.dateline, dateline), standfirst = excluded.standfirst, \
                   updated = excluded.updated, comments = excluded.comments, image = coalesce(excluded.image, image), \
                   extras = excluded.extras";
        self.db.prepare_cached(sql)?.execute(params![
            id.0,
            article.guid.as_str(),
            article.byline.as_ref().map(Clean::as_str),
            article.dateline.as_ref().map(Clean::as_str),
            article.standfirst.as_ref().map(Clean::as_str),
            article.published.map(|time| time.0),
            article.updated.map(|time| time.0),
            now.0,
            article.comments.as_ref().map(Link::as_str),
            article.image.as_ref().map(Link::as_str),
            extras,
        ])?;
        Ok(())
    }

    /// Moves the text of an article among its revisions, before `after` (headline and words) takes its
    /// place. Says whether nothing but trifles changes; such a change is kept, but is no news.
    pub(super) fn keep_revision(
        &mut self,
        known: &Known,
        kind: TextKind,
        after: (&Clean, &str),
        now: Time,
    ) -> rusqlite::Result<bool> {
        let before = self.reader.document(known.id, kind)?.unwrap_or_default().plain_text();
        let trivial = same_headline(&known.title, after.0.as_str()) && only_trifles(&before, after.1);
        let table = match kind {
            TextKind::Feed => "feed_texts",
            TextKind::Full => "full_texts",
        };
        let sql = format!(
            "INSERT INTO revisions (article, replaced, kind, title, dictionary, document, trivial) \
             SELECT article, ?2, ?3, ?4, dictionary, document, ?5 FROM {table} WHERE article = ?1"
        );
        let row = params![known.id.0, now.0, kind_number(kind), known.title, trivial];
        self.db.prepare_cached(&sql)?.execute(row)?;
        // Trifles go first: a running clock must not push out what was news.
        let sql = "DELETE FROM revisions WHERE article = ?1 AND id NOT IN \
                   (SELECT id FROM revisions WHERE article = ?1 ORDER BY trivial, id DESC LIMIT ?2)";
        self.db.prepare_cached(sql)?.execute(params![known.id.0, MAX_REVISIONS])?;
        Ok(trivial)
    }

    /// Links an article to the stubs of the headlines that stood on its page.
    fn link_page(&mut self, feed: FeedId, id: ArticleId, related: &[Clean]) -> rusqlite::Result<()> {
        self.db.prepare_cached("DELETE FROM page_links WHERE article = ?1")?.execute(params![id.0])?;
        let mut seen = HashSet::new();
        let sql =
            "INSERT INTO page_links SELECT ?1, ?2, id FROM articles WHERE feed = ?3 AND guid_key = ?4 AND id <> ?1";
        let mut statement = self.db.prepare_cached(sql)?;
        for (position, guid) in related.iter().enumerate() {
            if seen.insert(guid) {
                let position = i64::try_from(position).unwrap_or(i64::MAX);
                statement.execute(params![id.0, position, feed.0, codec::guid_key(guid.as_str())])?;
            }
        }
        Ok(())
    }
}

fn kind_of(article: &NewArticle) -> TextKind {
    if article.full { TextKind::Full } else { TextKind::Feed }
}

fn said_language<'a>(feed: &'a FeedFacts, article: &'a NewArticle) -> Option<&'a str> {
    article.lang.as_ref().map(Clean::as_str).or(feed.lang.as_deref())
}

fn indexed<'a>(
    feed: &'a FeedFacts,
    article: &'a NewArticle,
    title: &'a Clean,
    body: &'a str,
    lang: Option<Lang>,
) -> Indexed<'a> {
    Indexed {
        title: title.as_str(),
        body,
        author: article.byline.as_ref().map_or("", Clean::as_str),
        source: article.source.as_ref().map_or(feed.title.as_str(), Clean::as_str),
        lang,
    }
}

/// The headline: the article's own, else its first words, else its address.
fn title_of(article: &NewArticle, body: &str) -> Clean {
    if !article.title.is_empty() {
        return article.title.clone();
    }
    let line = body.lines().map(str::trim).find(|line| !line.is_empty());
    match (line, &article.link) {
        (Some(line), _) => first_words(line),
        (None, Some(link)) => Clean::new(link.as_str()),
        (None, None) => Clean::new("(untitled)"),
    }
}

/// The first words of a line, as many as make a headline.
fn first_words(line: &str) -> Clean {
    let Some((cut, _)) = line.char_indices().nth(MADE_TITLE) else { return Clean::new(line) };
    let head = &line[..cut];
    let head = head.rfind(' ').map_or(head, |space| &head[..space]);
    Clean::new(&format!("{head}…"))
}
