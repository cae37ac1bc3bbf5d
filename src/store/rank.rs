//! Search by relevance: the best of the newest matches.
//!
//! What a match counts is read from the index of related news, which knows of each article its heaviest
//! words: how often each is said, those of the headline and the lead counted several times. FTS5's own
//! `bm25` counts every match of every word before it ranks the first (34 ms a common word among a
//! million articles) and knows nothing of the lead.

use rusqlite::params;
use rusqlite::types::Value;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Reader;
use super::list::{NEWEST, Plan, Toward};
use super::matched::feeds_sql;
use super::postings::value;
use crate::model::{Anchor, ArticleId, Page};

/// How many matches are ranked, the newest: enough for whoever reads news, and the cost stays the
/// same however many articles match.
const RANKED: usize = 3000;

/// The same where matches are looked for in a list's order: see [`Reader::newest_matches`].
const SIFTED: usize = 1000;

/// After so many articles that have a word in the headline, the word counts as a common one.
const ALONE: usize = 100;

/// What the beginning of a word in the headline counts: about as much as a rare word said there.
pub(super) const BEGUN: f32 = 12.0;

/// What a whole word in the headline counts beyond being said there: an article that is named after it
/// goes before one that says it some times more.
pub(super) const NAMED: f32 = 6.0;

/// What a search by relevance looks for.
#[derive(Default)]
pub(super) struct Sought {
    /// The words, as the index of related news knows them.
    pub terms: FxHashSet<u32>,
    /// Words, phrases and beginnings of words, as `search MATCH` is asked for them in headlines, with
    /// what finding them there counts.
    pub headline: Vec<(String, f32)>,
}

impl Reader {
    /// The page of a list by relevance: the `limit` best of the newest [`RANKED`] articles that match
    /// `text` and the plan's conditions, the newer of two alike first. What an article counts is the sum
    /// over the words sought of how much it is about each, times how rare it is. Costs one look at each
    /// match that the conditions refuse, and a ranking of at most [`RANKED`].
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
        Ok(Page { rows, at_newest: true, at_oldest: true, ..Page::default() })
    }

    fn ranked(&self, plan: &Plan, text: &str, limit: usize) -> rusqlite::Result<Vec<ArticleId>> {
        let newest = self.newest_matches(plan, text)?;
        let mut by_id = newest.clone();
        by_id.sort_unstable();
        let Some(oldest) = by_id.first().copied() else { return Ok(Vec::new()) };
        let mut scores: FxHashMap<ArticleId, f32> = newest.iter().map(|id| (*id, 0.0)).collect();
        self.each_posting(&plan.sought.terms, &by_id, |posting, idf| {
            if let Some(score) = scores.get_mut(&posting.article) {
                *score += value(posting) * idf;
            }
        })?;
        for (words, counts) in &plan.sought.headline {
            self.each_named(words, text, oldest, |id| {
                if let Some(score) = scores.get_mut(&id) {
                    *score += counts;
                }
            })?;
        }
        // Those of the same score stay in their order, the newest first.
        let mut ranked: Vec<(f32, ArticleId)> = newest.iter().map(|id| (scores[id], *id)).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
        let ranked: Vec<ArticleId> = ranked.into_iter().map(|(_, id)| id).collect();
        let Some(grouping) = &plan.grouping else { return Ok(ranked.into_iter().take(limit).collect()) };
        let mut best = Vec::with_capacity(limit);
        for some in ranked.chunks(limit.max(1)) {
            let mut rivals = self.rivals(grouping, some)?;
            rivals.retain(|(_, rival)| scores.contains_key(&ArticleId(*rival)));
            let is_first = |id: &&ArticleId| rivals.binary_search_by_key(&id.0, |(id, _)| *id).is_err();
            best.extend(some.iter().filter(is_first).take(limit - best.len()));
            if best.len() >= limit {
                break;
            }
        }
        Ok(best)
    }

    /// Calls `take` with the articles from `oldest` on whose headlines hold `words`, the newest first: the
    /// newest [`ALONE`] of them, and of the others those that match `text`.
    ///
    /// Beside the whole text no more is read of the list of a common word than lies where the text
    /// matches; but to look all of the text up again costs more than to read the list of a rare one.
    fn each_named(
        &self,
        words: &str,
        text: &str,
        oldest: ArticleId,
        mut take: impl FnMut(ArticleId),
    ) -> rusqlite::Result<()> {
        let sql = "SELECT rowid FROM search WHERE search MATCH ?1 AND rowid < ?2 ORDER BY rowid DESC";
        let mut statement = self.db.prepare_cached(sql)?;
        let beside = format!("({text}) AND {words}");
        let mut before = i64::MAX;
        for (asked, most) in [(words, ALONE), (beside.as_str(), usize::MAX)] {
            let mut rows = statement.query(params![asked, before])?;
            let mut taken = 0;
            while taken < most {
                let Some(row) = rows.next()? else { return Ok(()) };
                before = row.get(0)?;
                if before < oldest.0 {
                    return Ok(());
                }
                take(ArticleId(before));
                taken += 1;
            }
        }
        Ok(())
    }

    /// The newest matches of `text` for which the plan's conditions hold, the newest first.
    ///
    /// By id, which follows the order of arrival and comes out of the index so; but where the conditions
    /// leave most rows out, or read texts, as they stand in the list.
    fn newest_matches(&self, plan: &Plan, text: &str) -> rusqlite::Result<Vec<ArticleId>> {
        if plan.slow || !plan.narrow.is_empty() {
            let found = self.matched_keys(plan, Toward::Older, NEWEST, SIFTED)?;
            return Ok(found.keys.into_iter().map(|key| key.id).collect());
        }
        let conditions = format!("{}{}", feeds_sql(plan), plan.conditions);
        // Joined only where a condition asks for it: the index alone gives the newest matches.
        let articles = if conditions.is_empty() { "" } else { " CROSS JOIN articles a ON a.id = search.rowid" };
        let sql = format!(
            "SELECT search.rowid FROM search{articles} WHERE search MATCH ?{conditions} \
             ORDER BY search.rowid DESC LIMIT {RANKED}"
        );
        let text = Value::Text(text.to_owned());
        let values = std::iter::once(&text).chain(&plan.values);
        let mut statement = self.db.prepare_cached(&sql)?;
        let ids = statement.query_map(rusqlite::params_from_iter(values), |row| Ok(ArticleId(row.get(0)?)))?;
        ids.collect()
    }
}
