//! What finds an article: its words for the full-text search and its signature for related news.

use std::collections::HashSet;

use rusqlite::params;

use super::Writing;
use super::cluster::Fresh;
use super::row::Plain;
use crate::model::ArticleId;
use crate::text::{Lang, language, words};

/// What of an article is indexed.
pub(super) struct Indexed<'a> {
    pub title: &'a str,
    pub body: &'a str,
    pub author: &'a str,
    pub source: &'a str,
    pub lang: Option<Lang>,
}

/// Stands between the headlines that an article had, so that no phrase reaches from one into another:
/// a token (a sign for private use) that no query can have.
const PARTED: &str = " \u{f8ff} ";

/// The bytes of index texts that may wait to be written.
const UNWRITTEN: usize = 4 << 20;

/// Index texts of a transaction that wait to be written.
///
/// They are written one right after another, because FTS5 puts what it has gathered in memory into a
/// segment of its own whenever a statement that could fail half-way (a replacing one, one with a
/// trigger) comes between; one segment for each article, all of them to be merged again, cost a fifth
/// of everything.
#[derive(Default)]
pub(super) struct Unwritten {
    texts: Vec<IndexText>,
    bytes: usize,
}

/// The words of an article, as [`words::index_text`] gives them.
struct IndexText {
    id: ArticleId,
    title: String,
    body: String,
    author: String,
    source: String,
}

impl Unwritten {
    fn add(&mut self, text: IndexText) {
        self.bytes += text.title.len() + text.body.len() + text.author.len() + text.source.len();
        self.texts.push(text);
    }
}

/// The language of a text: what the text itself shows, else what is said of it. Feeds often name the
/// language of their software.
pub(super) fn language_of(title: &str, body: &str, said: Option<&str>) -> Option<Lang> {
    let found = if body.is_empty() { language::detect(title) } else { language::detect(body) };
    found.or_else(|| said.and_then(Lang::from_code))
}

/// Adds what makes every single sign of a script without spaces findable: pairs have each but the
/// last of a run in front. They stand behind the text, where they part no phrase.
fn add_last_signs(index: &mut String, text: &str) {
    let mut seen = HashSet::new();
    words::last_signs(text, |sign| {
        if seen.insert(sign.to_owned()) {
            index.push(' ');
            index.push_str(sign);
        }
    });
}

impl Writing<'_> {
    /// Indexes an article, in place of what was indexed of it where `known`.
    pub(super) fn index(&mut self, id: ArticleId, article: &Indexed<'_>, known: bool) -> rusqlite::Result<()> {
        let earlier = if known {
            self.unindex_words(id)?;
            self.earlier_headlines(id, article.title)?
        } else {
            Vec::new()
        };
        self.index_under(id, article, known, &earlier)
    }

    /// The same for an article that was called otherwise before: a search finds it by those headlines,
    /// too. What it is related to goes by the one it has.
    pub(super) fn index_under(
        &mut self,
        id: ArticleId,
        article: &Indexed<'_>,
        known: bool,
        earlier: &[String],
    ) -> rusqlite::Result<()> {
        let lang = article.lang;
        let mut digest = self.digester.digest(article.title, article.body, lang);
        add_last_signs(&mut digest.title_index, article.title);
        for title in earlier {
            digest.title_index.push_str(PARTED);
            digest.title_index.push_str(&words::index_text(title, lang));
            add_last_signs(&mut digest.title_index, title);
        }
        add_last_signs(&mut digest.body_index, article.body);
        self.unwritten.add(IndexText {
            id,
            title: digest.title_index,
            body: digest.body_index,
            // Names are not stemmed by the language of the text they stand over, but a query
            // cannot know that: one rule for all.
            author: words::index_text(article.author, lang),
            source: words::index_text(article.source, lang),
        });
        if self.unwritten.bytes >= UNWRITTEN {
            self.write_words()?;
        }
        if let Some(lang) = lang.map(Lang::code)
            && !self.languages.contains(lang)
        {
            self.db.prepare_cached("INSERT OR IGNORE INTO languages VALUES (?1)")?.execute(params![lang])?;
            self.languages.insert(lang.to_owned());
        }
        if known {
            self.sign(id, &digest.signature)?;
        } else {
            self.sign_new(id, &digest.signature)?;
        }
        self.keep_sketch(id, &digest.sketch, !known)?;
        self.fresh.push(Fresh { id, signature: digest.signature, sketch: digest.sketch });
        Ok(())
    }

    /// The headlines that an article had before `title`, the latest first. One look-up.
    pub(super) fn earlier_headlines(&self, id: ArticleId, title: &str) -> rusqlite::Result<Vec<String>> {
        let sql = "SELECT title FROM revisions WHERE article = ?1 AND title <> ?2 GROUP BY title ORDER BY max(id) DESC";
        let mut statement = self.db.prepare_cached(sql)?;
        let titles = statement.query_map(params![id.0, title], |row| Ok(row.get::<_, Plain>(0)?.0))?;
        titles.collect()
    }

    /// Forgets what was indexed of an article.
    pub(super) fn unindex(&mut self, id: ArticleId) -> rusqlite::Result<()> {
        self.unindex_words(id)?;
        self.unsign(id)
    }

    fn unindex_words(&mut self, id: ArticleId) -> rusqlite::Result<()> {
        self.write_words()?;
        self.db.prepare_cached("DELETE FROM search WHERE rowid = ?1")?.execute(params![id.0])?;
        Ok(())
    }

    /// Writes the index texts that wait. To be called before anything is searched in the transaction,
    /// and at its end.
    pub(super) fn write_words(&mut self) -> rusqlite::Result<()> {
        let mut put = self
            .db
            .prepare_cached("INSERT INTO search (rowid, title, body, author, source) VALUES (?1, ?2, ?3, ?4, ?5)")?;
        for text in std::mem::take(&mut self.unwritten).texts {
            put.execute(params![text.id.0, text.title, text.body, text.author, text.source])?;
        }
        Ok(())
    }
}
