//! Search by relevance: the best of the newest matches.

use rusqlite::ToSql;
use rusqlite::types::Value;

use super::Reader;
use super::list::{Plan, as_limit};
use super::matched::feeds_sql;
use crate::model::{Anchor, ArticleId, Page};

/// How many matches are ranked, the newest: enough for whoever reads news, and the cost stays the
/// same however many articles match.
const RANKED: usize = 3000;

/// What a hit counts by where it stands: headline, text, author, source. The headline says what an
/// article is about.
const WEIGHTS: &str = "4.0, 1.0, 2.0, 2.0";

impl Reader {
    /// The page of a list by relevance: the `limit` best of the newest [`RANKED`] articles that match
    /// `text` and the plan's conditions, by BM25, the newer of two alike first. Costs one look at
    /// each match that the conditions refuse, and a ranking of at most [`RANKED`].
    pub(super) fn ranked_page(&self, plan: &Plan, text: &str, anchor: Anchor, limit: usize) -> rusqlite::Result<Page> {
        let rows = match anchor {
            // The whole list is one page: there is nothing beyond any of its rows.
            Anchor::OlderThan(_) | Anchor::NewerThan(_) => Vec::new(),
            Anchor::Newest | Anchor::Oldest | Anchor::Around(_) => {
                let mut rows = self.rows(self.ranked(plan, text, limit)?)?;
                self.say_folded(&mut rows, plan.fold)?;
                rows
            }
        };
        Ok(Page { rows, at_newest: true, at_oldest: true })
    }

    fn ranked(&self, plan: &Plan, text: &str, limit: usize) -> rusqlite::Result<Vec<ArticleId>> {
        let conditions = format!("{}{}", feeds_sql(plan), plan.conditions);
        // Joined only where a condition asks for it: the index alone gives the newest matches.
        let articles = if conditions.is_empty() { "" } else { " CROSS JOIN articles a ON a.id = search.rowid" };
        // `bm25` counts down: the best is the smallest. Ids follow the order of arrival.
        let sql = format!(
            "SELECT id FROM (SELECT search.rowid AS id, bm25(search, {WEIGHTS}) AS rank FROM search{articles} \
             WHERE search MATCH ?{conditions} ORDER BY search.rowid DESC LIMIT {RANKED}) ORDER BY rank, id DESC LIMIT ?"
        );
        let (text, limit) = (Value::Text(text.to_owned()), Value::Integer(as_limit(limit)));
        let values: Vec<&dyn ToSql> =
            std::iter::once(&text).chain(&plan.values).chain([&limit]).map(|value| value as &dyn ToSql).collect();
        let mut statement = self.db.prepare_cached(&sql)?;
        let ids = statement.query_map(&values[..], |row| Ok(ArticleId(row.get(0)?)))?;
        ids.collect()
    }
}
