//! Small facts that outlive a run: a key, a value.

use rusqlite::{OptionalExtension, params};

use super::row::Plain;
use super::{Reader, Result, Writing};
use crate::text::Raw;

impl Reader {
    /// What was kept under `key`.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn state(&self, key: &str) -> Result<Option<Raw>> {
        let read = || {
            let mut statement = self.db.prepare_cached("SELECT value FROM state WHERE key = ?1")?;
            statement.query_row(params![key], |row| Ok(Raw::new(row.get::<_, Plain>(0)?.0))).optional()
        };
        read().map_err(self.says("reading the state"))
    }
}

impl Writing<'_> {
    /// Keeps `value` under `key`, in place of what was there; `None` forgets it.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn set_state(&mut self, key: &str, value: Option<&str>) -> rusqlite::Result<()> {
        match value {
            Some(value) => self
                .db
                .prepare_cached("INSERT INTO state VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value")?
                .execute(params![key, value])?,
            None => self.db.prepare_cached("DELETE FROM state WHERE key = ?1")?.execute(params![key])?,
        };
        Ok(())
    }
}
