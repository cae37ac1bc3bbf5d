//! Signing all articles anew, when signatures are made by another recipe now.
//!
//! It goes in steps that keep nobody waiting long, and takes up where it was left when the program ended
//! in between. Articles that come meanwhile are signed as they come; related news find what is signed.

use rusqlite::{OptionalExtension, params};

use super::index::language_of;
use super::row::Plain;
use super::{Reader, Result, Safety, Store, Writing, codec};
use crate::model::{ArticleId, Document};
use crate::related;
use crate::text::Lang;

/// By which recipe the store's articles are signed, and the last article signed anew; the latter only
/// while that is going on.
const RECIPE: &str = "related.recipe";
const AT: &str = "related.at";

/// Articles signed in one transaction: about 50 ms.
const STEP: i64 = 100;

/// How far signing anew has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Renewal {
    /// Articles signed anew.
    pub done: u64,
    /// Articles there are.
    pub total: u64,
}

impl Reader {
    /// Whether every article is signed by the recipe of this program.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn is_signed(&self) -> Result<bool> {
        let made = self.state(RECIPE)?.is_some_and(|made| made.untrusted() == related::RECIPE);
        Ok(made && self.state(AT)?.is_none())
    }
}

impl Store {
    /// Signs some more articles anew; `None` when there is nothing (more) to be done.
    ///
    /// # Errors
    /// That the store cannot be read or written.
    pub fn renew(&mut self) -> Result<Option<Renewal>> {
        if self.reader.is_signed()? {
            return Ok(None);
        }
        self.write(Safety::Refresh, "signing articles anew", |w| w.renew())
    }
}

impl Writing<'_> {
    fn renew(&mut self) -> rusqlite::Result<Option<Renewal>> {
        let made = self.kept(RECIPE)?;
        let at = match self.kept(AT)?.and_then(|at| at.parse::<i64>().ok()) {
            Some(at) if made.as_deref() == Some(related::RECIPE) => at,
            _ => {
                self.db.execute_batch(
                    "DELETE FROM signatures; DELETE FROM pending; DELETE FROM terms; DELETE FROM postings;",
                )?;
                self.set_state(RECIPE, Some(related::RECIPE))?;
                0
            }
        };
        let ids = {
            let mut statement = self.db.prepare_cached("SELECT id FROM articles WHERE id > ?1 ORDER BY id LIMIT ?2")?;
            let ids = statement.query_map(params![at, STEP], |row| row.get(0))?;
            ids.collect::<rusqlite::Result<Vec<i64>>>()?
        };
        for id in &ids {
            self.sign_again(*id)?;
        }
        self.merge_if_due()?;
        let Some(last) = ids.last() else {
            self.set_state(AT, None)?;
            return Ok(None);
        };
        self.set_state(AT, Some(&last.to_string()))?;
        let sql = "SELECT (SELECT count(*) FROM articles WHERE id <= ?1), (SELECT count(*) FROM articles)";
        self.db.prepare_cached(sql)?.query_row(params![last], |row| {
            Ok(Some(Renewal { done: super::row::count(row, 0)?, total: super::row::count(row, 1)? }))
        })
    }

    fn sign_again(&mut self, id: i64) -> rusqlite::Result<()> {
        let sql = "SELECT a.title, a.lang, coalesce(x.document, t.document), \
                   coalesce(x.dictionary, t.dictionary, 0) FROM articles a \
                   LEFT JOIN full_texts x ON x.article = a.id LEFT JOIN feed_texts t ON t.article = a.id \
                   WHERE a.id = ?1";
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query(params![id])?;
        let Some(row) = rows.next()? else { return Ok(()) };
        let title = row.get::<_, Plain>(0)?.0;
        let lang = row.get::<_, Option<Plain>>(1)?.map(|lang| lang.0);
        let document = match row.get_ref(2)?.as_blob_or_null()? {
            // A text that cannot be read costs its own article some neighbours, not all of them.
            Some(data) => codec::decode(row.get(3)?, data).unwrap_or_default(),
            None => Document::default(),
        };
        drop(rows);
        drop(statement);
        let body = document.plain_text();
        let lang = lang.as_deref().and_then(Lang::from_code).or_else(|| language_of(&title, &body, None));
        self.sign(ArticleId(id), &related::sign(&title, &body, lang))
    }

    fn kept(&self, key: &str) -> rusqlite::Result<Option<String>> {
        let mut statement = self.db.prepare_cached("SELECT value FROM state WHERE key = ?1")?;
        statement.query_row(params![key], |row| Ok(row.get::<_, Plain>(0)?.0)).optional()
    }
}
