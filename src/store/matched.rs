//! Lists of what matches a text, in their order, without asking the index about each row; and lists
//! whose conditions read texts.
//!
//! The index gives what matches by id, for next to nothing a match; a list is in the order of
//! publication. Of few matches all are looked up and sorted. Of many, the list is walked, and what
//! matches is read from the index alongside, only as far as the ids of the rows walked so far go.
//! Ids follow the time of arrival, so that is about as far as the list was walked. Where they do not
//! (an archive taken in newest first), more of the index is read, at most all of it, and the list is
//! the same.
//!
//! A condition that reads texts is asked last, of a few rows at a time, so that a page can be given as
//! far as it came when it takes long ([`Reader::page_soon`]). So is a first page where few articles match,
//! but many must be looked at for it, such as a phrase of common words: the list is walked then.

use std::time::Instant;

use rusqlite::Rows;
use rusqlite::types::Value;

use super::Reader;
use super::list::{NEWEST, OLDEST, Plan, Stretch, Toward, as_limit};
use crate::model::{ArticleId, RowKey, Time};

/// So many matches, by the root of all articles, are looked up; of more, the list is walked. A row
/// that is looked up costs about 1 µs, one that is walked 0.2 µs, and of `n` articles with `m` matches
/// a page of 200 walks `200 · n / m` rows: both are equal at `6.3 · √n` matches.
const FEW: f64 = 6.3;

/// Fewest matches that count as many.
const FEW_AT_LEAST: usize = 500;

/// How many rows of a list are walked at first before it is seen whether they match.
const BLOCK: usize = 1024;

/// And at most, later: what is held in memory of them.
const LARGEST_BLOCK: usize = 1 << 16;

/// So many blocks are walked in one where the time for looking up was over before all matches were read:
/// about as many rows as were read of the index by then, where that takes long.
const AT_ONCE: usize = 16;

/// Feeds that hold a smaller share of all articles than one of so many are walked by themselves.
const SHARE: u64 = 4;

/// How rows are gone through.
#[derive(Clone, Copy)]
pub(super) struct Pace {
    /// The most matches that are looked up.
    pub few: usize,
    /// How many rows are walked at first.
    pub block: usize,
}

/// What matches, read from the index step by step, by id.
struct Hits<'s> {
    rows: Rows<'s>,
    ids: Vec<i64>,
    newest_first: bool,
    all: bool,
}

impl Hits<'_> {
    /// Reads one more.
    fn step(&mut self) -> rusqlite::Result<()> {
        match self.rows.next()? {
            Some(row) => self.ids.push(row.get(0)?),
            None => self.all = true,
        }
        Ok(())
    }

    /// Whether there are at most `few`; then all of them are read. Gives up at `until`.
    fn are_few(&mut self, few: usize, until: Option<Instant>) -> rusqlite::Result<bool> {
        while !self.all && self.ids.len() <= few && until.is_none_or(|until| Instant::now() < until) {
            self.step()?;
        }
        Ok(self.all)
    }

    /// Reads on until it is known which of `ids` match.
    fn reach(&mut self, ids: impl Iterator<Item = i64>) -> rusqlite::Result<()> {
        let Some(end) = (if self.newest_first { ids.min() } else { ids.max() }) else { return Ok(()) };
        let newest_first = self.newest_first;
        let is_beyond = |last: i64| if newest_first { last <= end } else { last >= end };
        while !self.all && !self.ids.last().copied().is_some_and(is_beyond) {
            self.step()?;
        }
        Ok(())
    }

    /// Whether an article matches, of those reached.
    fn has(&self, id: i64) -> bool {
        let found = self.ids.binary_search_by(|hit| if self.newest_first { id.cmp(hit) } else { hit.cmp(&id) });
        found.is_ok()
    }
}

impl Reader {
    /// At most `limit` keys beyond `from`, nearest first, of a list with a text or with conditions that
    /// read texts.
    ///
    /// Costs 1 µs for each match or, of many, 0.2 µs for each row walked and 0.1 µs for each match
    /// among about as many; and the plan's conditions for each match until there are enough.
    pub(super) fn matched_keys(
        &self,
        plan: &Plan,
        toward: Toward,
        from: RowKey,
        limit: usize,
    ) -> rusqlite::Result<Stretch> {
        let few = (self.count_articles()? as f64).sqrt() * FEW;
        self.matched_keys_at(Pace { few: FEW_AT_LEAST.max(few as usize), block: BLOCK }, plan, toward, from, limit)
    }

    /// The same at a pace.
    pub(super) fn matched_keys_at(
        &self,
        pace: Pace,
        plan: &Plan,
        toward: Toward,
        from: RowKey,
        limit: usize,
    ) -> rusqlite::Result<Stretch> {
        // From the end that is nearer to where the page begins.
        let last: i64 =
            self.db.prepare_cached("SELECT coalesce(max(id), 0) FROM articles")?.query_row([], |row| row.get(0))?;
        let newest_first = from.id.0 > last / 2;
        let order = if newest_first { "DESC" } else { "ASC" };
        let sql = format!("SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid {order}");
        let mut statement = plan.text.as_ref().map(|_| self.db.prepare_cached(&sql)).transpose()?;
        let mut hits = match (&mut statement, &plan.text) {
            (Some(statement), Some(text)) => {
                Some(Hits { rows: statement.query([text])?, ids: Vec::new(), newest_first, all: false })
            }
            _ => None,
        };
        let within = feeds_sql(plan);
        let mut keys = Vec::new();
        let mut block = pace.block;
        // Only the first page is given before all is read: later ones would read the same again for each.
        let until = plan.until.filter(|_| from == NEWEST);
        if let Some(hits) = &mut hits {
            if hits.are_few(pace.few, until)? {
                let matching = self.sorted(&hits.ids, toward, from)?;
                let reached = self.take_holding(plan, (&within, toward), &matching, Some(hits), limit, &mut keys)?;
                return Ok(Stretch { keys, reached });
            }
            if hits.ids.len() <= pace.few {
                block = pace.block.saturating_mul(AT_ONCE);
            }
        }
        let wanted = if self.are_small(plan)? { within.as_str() } else { "" };
        let wanted = format!("{wanted}{}", plan.narrow);
        let mut from = from;
        while keys.len() < limit {
            let walked = self.walk(&wanted, &plan.narrow_values, toward, from, block)?;
            let matching = match &mut hits {
                Some(hits) => {
                    hits.reach(walked.iter().map(|key| key.id.0))?;
                    walked.iter().copied().filter(|key| hits.has(key.id.0)).collect()
                }
                None => walked.clone(),
            };
            let reached = self.take_holding(plan, (&within, toward), &matching, hits.as_mut(), limit, &mut keys)?;
            if reached.is_some() {
                return Ok(Stretch { keys, reached });
            }
            match walked.last() {
                Some(last) if walked.len() == block => from = *last,
                _ => break,
            }
            if keys.len() < limit && is_late(plan, toward) {
                return Ok(Stretch { keys, reached: Some(from) });
            }
            block = (block * 4).min(LARGEST_BLOCK.max(pace.block));
        }
        Ok(Stretch { keys, reached: None })
    }

    /// The keys of these articles that lie beyond `from`, nearest first.
    fn sorted(&self, ids: &[i64], toward: Toward, from: RowKey) -> rusqlite::Result<Vec<RowKey>> {
        let sql = "SELECT a.published, a.id FROM json_each(?1) j CROSS JOIN articles a ON a.id = j.value";
        let mut statement = self.db.prepare_cached(sql)?;
        let found = statement.query_map([as_json(ids.iter().copied())], |row| {
            Ok(RowKey { published: Time(row.get(0)?), id: ArticleId(row.get(1)?) })
        })?;
        let mut keys = found.collect::<rusqlite::Result<Vec<RowKey>>>()?;
        match toward {
            Toward::Older => {
                keys.retain(|key| *key < from);
                keys.sort_unstable_by(|a, b| b.cmp(a));
            }
            Toward::Newer => {
                keys.retain(|key| *key > from);
                keys.sort_unstable();
            }
        }
        Ok(keys)
    }

    /// Adds to `keys` those of `among` for which the plan's conditions hold, in their order, until
    /// there are `limit`, or until it is late: then it gives the last that was asked about. Asked for
    /// about as many as are wanted at a time, or for a few where a condition is the reading of a text.
    /// Of a list that is folded, those are left out that another of `hits` goes before.
    fn take_holding(
        &self,
        plan: &Plan,
        (within, toward): (&str, Toward),
        among: &[RowKey],
        mut hits: Option<&mut Hits<'_>>,
        limit: usize,
        keys: &mut Vec<RowKey>,
    ) -> rusqlite::Result<Option<RowKey>> {
        const FEWEST: usize = 32;
        const MOST: usize = 4096;
        const SLOW: usize = 16;
        if within.is_empty() && plan.conditions.is_empty() && plan.grouping.is_none() {
            keys.extend(among.iter().take(limit - keys.len()));
            return Ok(None);
        }
        let sql = format!(
            "SELECT a.id FROM json_each(?) j CROSS JOIN articles a ON a.id = j.value WHERE 1{within}{}",
            plan.conditions
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let mut rest = among;
        let most = if plan.slow { SLOW } else { MOST };
        let mut block = (limit - keys.len()).clamp(FEWEST, MOST).min(most);
        while !rest.is_empty() && keys.len() < limit {
            let (asked, later) = rest.split_at(block.min(rest.len()));
            let ids = Value::Text(as_json(asked.iter().map(|key| key.id.0)));
            let values = std::iter::once(&ids).chain(&plan.values);
            let found = statement.query_map(rusqlite::params_from_iter(values), |row| row.get::<_, i64>(0))?;
            let mut held = found.collect::<rusqlite::Result<Vec<i64>>>()?;
            held.sort_unstable();
            let mut holding: Vec<RowKey> =
                asked.iter().copied().filter(|key| held.binary_search(&key.id.0).is_ok()).collect();
            if let (Some(grouping), Some(hits)) = (&plan.grouping, hits.as_deref_mut()) {
                self.group(grouping, &mut holding, |rivals| {
                    hits.reach(rivals.iter().map(|(_, rival)| *rival))?;
                    rivals.retain(|(_, rival)| hits.has(*rival));
                    Ok(())
                })?;
            }
            holding.truncate(limit - keys.len());
            keys.append(&mut holding);
            rest = later;
            if !rest.is_empty() && keys.len() < limit && is_late(plan, toward) {
                return Ok(asked.last().copied());
            }
            block = (block * 2).min(most);
        }
        Ok(None)
    }

    /// Whether the plan's feeds hold so few of all articles that it is better to walk them than the
    /// list of all.
    fn are_small(&self, plan: &Plan) -> rusqlite::Result<bool> {
        let Some(feeds) = &plan.feeds else { return Ok(false) };
        let mut statement = self.db.prepare_cached(
            "SELECT coalesce(sum(total), 0) FROM feeds WHERE id IN (SELECT value FROM json_each(?1))",
        )?;
        let held: i64 = statement.query_row([as_json(feeds.iter().map(|feed| feed.0))], |row| row.get(0))?;
        Ok(u64::try_from(held).unwrap_or(0) <= self.count_articles()? / SHARE)
    }

    /// At most `limit` keys beyond `from`, nearest first, of the articles for which the conditions
    /// `wanted` of `articles a` hold (each with ` AND ` before it).
    ///
    /// Two statements, for rows of the same second and for the others: as one comparison of pairs,
    /// SQLite would step through every row of that second (after an import, thousands).
    pub(super) fn walk(
        &self,
        wanted: &str,
        values: &[Value],
        toward: Toward,
        from: RowKey,
        limit: usize,
    ) -> rusqlite::Result<Vec<RowKey>> {
        let (than, order) = toward.sql();
        let mut keys = Vec::new();
        for same_second in [true, false] {
            if keys.len() >= limit || (same_second && matches!(from, NEWEST | OLDEST)) {
                continue;
            }
            let beyond = if same_second {
                format!("a.published = ? AND a.id {than} ?")
            } else {
                format!("a.published {than} ?")
            };
            let sql = format!(
                "SELECT a.published, a.id FROM articles a WHERE {beyond}{wanted} \
                 ORDER BY a.published {order}, a.id {order} LIMIT ?"
            );
            let mut bound = vec![Value::Integer(from.published.0)];
            bound.extend(same_second.then_some(Value::Integer(from.id.0)));
            bound.extend(values.iter().cloned());
            bound.push(Value::Integer(as_limit(limit - keys.len())));
            let mut statement = self.db.prepare_cached(&sql)?;
            let found = statement.query_map(rusqlite::params_from_iter(bound), |row| {
                Ok(RowKey { published: Time(row.get(0)?), id: ArticleId(row.get(1)?) })
            })?;
            for key in found {
                keys.push(key?);
            }
        }
        Ok(keys)
    }
}

/// Whether the page has taken as long as it is worth waiting for.
fn is_late(plan: &Plan, toward: Toward) -> bool {
    matches!(toward, Toward::Older) && plan.until.is_some_and(|until| Instant::now() >= until)
}

/// The plan's feeds as a condition of `articles a`.
pub(super) fn feeds_sql(plan: &Plan) -> String {
    plan.feeds.as_ref().map_or(String::new(), |feeds| {
        let ids: Vec<String> = feeds.iter().map(|feed| feed.0.to_string()).collect();
        format!(" AND a.feed IN ({})", ids.join(","))
    })
}

/// Numbers as `json_each` takes them.
pub(super) fn as_json(ids: impl Iterator<Item = i64>) -> String {
    let ids: Vec<String> = ids.map(|id| id.to_string()).collect();
    format!("[{}]", ids.join(","))
}
