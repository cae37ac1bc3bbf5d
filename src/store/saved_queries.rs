//! Queries that a person keeps under a name.

use rusqlite::params;

use super::Writing;
use crate::model::{Query, Time};
use crate::text::Clean;

impl Writing<'_> {
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
}
