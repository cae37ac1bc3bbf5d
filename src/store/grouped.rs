//! What a search finds, grouped by story or by text: of the matches that belong together, one.
//!
//! Whether another article of the story matches too is not asked of the index (that costs a search for
//! each, milliseconds for common words) but looked up among the matches, which are being read anyway.

use rusqlite::types::Value;

use super::Reader;
use super::matched::as_json;
use crate::model::{ArticleId, RowKey};

/// What else could stand in a list for a row of it.
pub(super) struct Grouping {
    /// Gives pairs of ids: one of those asked for, and an article that goes before it in its group and
    /// for which the list's conditions hold.
    pub(super) sql: String,
    /// The values of the conditions.
    pub(super) values: Vec<Value>,
}

impl Reader {
    /// Takes those out of `rows` that another match of their group goes before. `are_matches` keeps,
    /// of ids, those that match.
    pub(super) fn group(
        &self,
        grouping: &Grouping,
        rows: &mut Vec<RowKey>,
        are_matches: impl FnOnce(&mut Vec<(i64, i64)>) -> rusqlite::Result<()>,
    ) -> rusqlite::Result<()> {
        let ids: Vec<ArticleId> = rows.iter().map(|key| key.id).collect();
        let mut rivals = self.rivals(grouping, &ids)?;
        are_matches(&mut rivals)?;
        rows.retain(|key| rivals.binary_search_by_key(&key.id.0, |(id, _)| *id).is_err());
        Ok(())
    }

    /// Of each of `ids` the articles that go before it in its group, in order of id. Linear in the
    /// articles of their groups.
    pub(super) fn rivals(&self, grouping: &Grouping, ids: &[ArticleId]) -> rusqlite::Result<Vec<(i64, i64)>> {
        let ids = Value::Text(as_json(ids.iter().map(|id| id.0)));
        let mut statement = self.db.prepare_cached(&grouping.sql)?;
        let values = std::iter::once(&ids).chain(&grouping.values);
        let pairs = statement.query_map(rusqlite::params_from_iter(values), |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut pairs = pairs.collect::<rusqlite::Result<Vec<(i64, i64)>>>()?;
        pairs.sort_unstable();
        Ok(pairs)
    }
}
