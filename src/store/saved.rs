//! Queries that a person keeps under a name.

use rusqlite::params;

use super::row::Plain;
use super::{Moment, Reader, Result, Writing};
use crate::model::{ArticleId, Query, SavedQuery, Time, View};
use crate::text::Clean;

impl Reader {
    /// The saved queries, in their order. What cannot be read as a query (the file may have been
    /// edited) is left out. Linear in their number.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn saved_queries(&self) -> Result<Vec<SavedQuery>> {
        let read = || {
            let sql = "SELECT name, query FROM saved_queries ORDER BY position, name COLLATE NOCASE, id";
            let mut statement = self.db.prepare_cached(sql)?;
            let rows = statement.query_map([], |row| Ok((row.get::<_, Plain>(0)?.0, row.get::<_, Plain>(1)?.0)))?;
            let mut saved = Vec::new();
            for row in rows {
                let (name, query) = row?;
                let name = Clean::new(&name);
                saved.extend(Query::parse(&query).ok().map(|query| SavedQuery { name, query }));
            }
            Ok(saved)
        };
        read().map_err(self.says("reading the saved searches"))
    }

    /// How many articles a list has, counted up to `most`.
    ///
    /// # Errors
    /// As [`Reader::page`].
    pub fn count(&self, view: &View, most: usize, moment: &Moment) -> Result<u64> {
        Ok(self.some_keys(view, most, moment)?.len() as u64)
    }
}

impl Reader {
    /// The article that came last; 0 where there is none.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn newest_article(&self) -> Result<ArticleId> {
        let read = || self.db.query_row("SELECT coalesce(max(id), 0) FROM articles", [], |row| row.get(0));
        read().map(ArticleId).map_err(self.says("looking for the newest article"))
    }

    /// Of the newest `most` articles of a list those that came after `after`, newest first.
    ///
    /// # Errors
    /// As [`Reader::page`].
    pub fn arrived_after(&self, view: &View, after: ArticleId, most: usize, moment: &Moment) -> Result<Vec<ArticleId>> {
        let keys = self.some_keys(view, most, moment)?;
        Ok(keys.into_iter().map(|key| key.id).filter(|id| *id > after).collect())
    }
}

impl Writing<'_> {
    /// Keeps a query under its name, in place of one that has the name.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn put_saved_query(&mut self, saved: &SavedQuery, now: Time) -> rusqlite::Result<()> {
        let sql = "INSERT INTO saved_queries (name, query, position, added) \
                   VALUES (?1, ?2, (SELECT coalesce(max(position), 0) + 1 FROM saved_queries), ?3) \
                   ON CONFLICT (name) DO UPDATE SET query = excluded.query";
        self.db.prepare_cached(sql)?.execute(params![saved.name.as_str(), saved.query.to_string(), now.0])?;
        Ok(())
    }

    /// Keeps a query under a name. Whether it is new: a name that is taken keeps its query.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn keep_query(&mut self, name: &Clean, query: &Query, now: Time) -> rusqlite::Result<bool> {
        let sql = "INSERT INTO saved_queries (name, query, position, added) \
                   VALUES (?1, ?2, (SELECT coalesce(max(position), 0) + 1 FROM saved_queries), ?3) \
                   ON CONFLICT (name) DO NOTHING";
        Ok(self.db.prepare_cached(sql)?.execute(params![name.as_str(), query.to_string(), now.0])? > 0)
    }

    /// Forgets the query of this name. Says whether there was one.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn drop_saved_query(&mut self, name: &Clean) -> rusqlite::Result<bool> {
        Ok(self.db.prepare_cached("DELETE FROM saved_queries WHERE name = ?1")?.execute(params![name.as_str()])? > 0)
    }
}
