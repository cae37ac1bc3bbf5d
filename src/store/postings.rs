//! The index of related news: which articles have which terms.
//!
//! Writing a hundred posting lists for every article would cost more than everything else about it.
//! So signatures wait in `pending` and are merged into the lists a thousand at a time; a reader puts
//! what waits on top of the lists (kept between questions: only what came since is read).

use rusqlite::{OptionalExtension, params};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Reader, Result, StoreError, row};
use crate::model::ArticleId;
use crate::related::{self, Posting, Signature, Term, postings};

mod writing;

const STEP: &str = "reading the index of related news";

type Terms<T> = FxHashMap<u32, T>;

/// What waits to be merged, as a reader has it.
#[derive(Default)]
pub(super) struct Tail {
    /// The first and the last of `pending` that are in it; 0 when none.
    first: i64,
    last: i64,
    /// The last number that was ever given there: tells of a merge that left nothing waiting.
    given: i64,
    /// Its articles.
    articles: FxHashSet<ArticleId>,
    lists: Terms<Vec<Posting>>,
    /// How many changed articles have lost a term that the lists in the file still count.
    lost: Terms<u64>,
    /// How many articles of the lists in the file have a term, as far as it was asked: one answer asks
    /// for thousands, the next for most of them again. A merge forgets them; removals in between
    /// change them by less than anyone could see.
    merged: Terms<u32>,
}

/// The most terms whose count is remembered, nearly as many as fit a table of 2¹⁸ places: 2.4 MB. The
/// hundred heaviest terms of a hundred articles are asked for at a time; a look-up in the file costs
/// 1 µs, so that most of them must be at hand.
const REMEMBERED: usize = 220_000;

/// How much an article is about the term of a posting.
pub(super) fn value(posting: Posting) -> f32 {
    Term { term: 0, weight: posting.weight }.value()
}

/// Reads a signature; one that cannot be read stands for an article without words.
fn signature(data: &[u8]) -> Signature {
    Signature::decode(data).unwrap_or_default()
}

/// The terms and names of `new` that `old` has not.
fn added<'a>(new: &'a Signature, old: &'a Signature) -> impl Iterator<Item = Term> + 'a {
    let has = |list: &[Term], term: u32| list.binary_search_by_key(&term, |entry| entry.term).is_ok();
    let terms = new.terms().iter().filter(move |new| !has(old.terms(), new.term));
    terms.chain(new.names().iter().filter(move |new| !has(old.names(), new.term))).copied()
}

/// Related news asks the store itself. One answer takes many questions: put them between
/// [`Reader::at_once`], so that a merge by the writer does not come in between.
impl related::Index for Reader {
    type Error = StoreError;

    /// Also reads what came into `pending` since the last time; so it is to be asked first.
    fn articles(&self) -> Result<u64> {
        self.read_tail().map_err(self.says(STEP))?;
        self.article_count()
    }

    fn frequencies(&self, terms: &[u32], take: &mut dyn FnMut(u32, u64)) -> Result<()> {
        let mut read = || -> rusqlite::Result<()> {
            let mut statement = self.db.prepare_cached("SELECT articles FROM terms WHERE term = ?1")?;
            let mut tail = self.tail.borrow_mut();
            if tail.merged.len() + terms.len() > REMEMBERED {
                tail.merged.clear();
            }
            for term in terms {
                let merged = match tail.merged.get(term) {
                    Some(merged) => *merged,
                    None => {
                        let merged = statement.query_row(params![term], |row| row::small(row, 0)).optional()?;
                        let merged = merged.unwrap_or(0);
                        tail.merged.insert(*term, merged);
                        merged
                    }
                };
                let waiting = tail.lists.get(term).map_or(0, Vec::len) as u64;
                let lost = tail.lost.get(term).copied().unwrap_or(0);
                take(*term, (u64::from(merged) + waiting).saturating_sub(lost));
            }
            Ok(())
        };
        read().map_err(self.says(STEP))
    }

    /// Articles that are gone (until a sweep), or that have lost the term, may be among them: their
    /// signature tells.
    fn postings(&self, term: u32, out: &mut Vec<Posting>) -> Result<()> {
        let start = out.len();
        let mut read = || -> rusqlite::Result<()> {
            let mut statement = self.db.prepare_cached("SELECT data FROM postings WHERE term = ?1 ORDER BY block")?;
            let mut rows = statement.query(params![term])?;
            while let Some(row) = rows.next()? {
                // A damaged block costs some neighbours, not the answer.
                let _damaged = postings::decode(row.get_ref(0)?.as_blob()?, out);
            }
            Ok(())
        };
        read().map_err(self.says(STEP))?;
        out.extend(self.tail.borrow().lists.get(&term).into_iter().flatten());
        // Changed articles come late, and one that lost a term and has it again comes twice.
        let found = &mut out[start..];
        if !found.is_sorted_by(|a, b| a.article < b.article) {
            found.sort_by_key(|posting| posting.article);
            let mut sorted = out.split_off(start);
            sorted.dedup_by_key(|posting| posting.article);
            out.append(&mut sorted);
        }
        Ok(())
    }

    fn signatures_of(&self, articles: &[ArticleId], take: &mut dyn FnMut(ArticleId, Signature)) -> Result<()> {
        let mut read = || -> rusqlite::Result<()> {
            let mut statement = self.db.prepare_cached("SELECT data FROM signatures WHERE article = ?1")?;
            for article in articles {
                let mut rows = statement.query(params![article.0])?;
                if let Some(row) = rows.next()? {
                    take(*article, signature(row.get_ref(0)?.as_blob()?));
                }
            }
            Ok(())
        };
        read().map_err(self.says(STEP))
    }
}

impl Reader {
    /// The signed article with the next higher id.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn next_signed(&self, after: ArticleId) -> Result<Option<ArticleId>> {
        let read = || {
            let sql = "SELECT article FROM signatures WHERE article > ?1 ORDER BY article LIMIT 1";
            let mut statement = self.db.prepare_cached(sql)?;
            statement.query_row(params![after.0], |row| Ok(ArticleId(row.get(0)?))).optional()
        };
        read().map_err(self.says(STEP))
    }

    /// Calls `take` with what the index has of each of `terms` in `wanted` (by rising id) and some other
    /// articles, and with how rare the term is; an article may come twice where it changed. Unpacks only
    /// blocks in whose span a wanted one lies.
    pub(super) fn each_posting(
        &self,
        terms: &FxHashSet<u32>,
        wanted: &[ArticleId],
        mut take: impl FnMut(Posting, f32),
    ) -> rusqlite::Result<()> {
        self.read_tail()?;
        let articles = self.count_articles()?;
        let mut count = self.db.prepare_cached("SELECT articles FROM terms WHERE term = ?1")?;
        let mut blocks = self.db.prepare_cached("SELECT data FROM postings WHERE term = ?1")?;
        let tail = self.tail.borrow();
        let mut list = Vec::new();
        for term in terms {
            let merged = count.query_row(params![term], |row| row::count(row, 0)).optional()?.unwrap_or(0);
            let waiting = tail.lists.get(term).map_or(&[][..], Vec::as_slice);
            let idf = related::idf(articles, merged + waiting.len() as u64, 0.0);
            let mut rows = blocks.query(params![term])?;
            while let Some(row) = rows.next()? {
                let block = row.get_ref(0)?.as_blob()?;
                let Ok(Some((first, last))) = postings::span(block) else { continue };
                // Blocks are mostly in order, but changed articles come late: each is looked at.
                let next = wanted.partition_point(|id| *id < first);
                if wanted.get(next).is_some_and(|id| *id <= last) {
                    list.clear();
                    let _damaged = postings::decode(block, &mut list);
                    list.iter().for_each(|posting| take(*posting, idf));
                }
            }
            waiting.iter().for_each(|posting| take(*posting, idf));
        }
        Ok(())
    }

    /// Forgets what was read of what waits: for when what was written is taken back.
    pub(super) fn forget_tail(&self) {
        self.tail.take();
    }

    /// Calls `take` with every signed article and its signature, in order of id.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn signatures(&self, mut take: impl FnMut(ArticleId, Signature)) -> Result<()> {
        let mut read = || -> rusqlite::Result<()> {
            let mut statement = self.db.prepare_cached("SELECT article, data FROM signatures ORDER BY article")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                take(ArticleId(row.get(0)?), signature(row.get_ref(1)?.as_blob()?));
            }
            Ok(())
        };
        read().map_err(self.says(STEP))
    }

    /// Brings the tail up to date.
    fn read_tail(&self) -> rusqlite::Result<()> {
        let sql = "SELECT coalesce(min(seq), 0), coalesce(max(seq), 0), \
                   coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'pending'), 0), count(*) FROM pending";
        let (first, last, given, waiting) = self
            .db
            .prepare_cached(sql)?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, i64>(2)?, row.get::<_, i64>(3)?)))?;
        let mut tail = self.tail.borrow_mut();
        if first != tail.first || (first == 0 && given != tail.given) {
            // Merged since: what is in the lists now must not be counted twice.
            *tail = Tail { first, ..Tail::default() };
        }
        tail.given = given;
        self.read_waiting(&mut tail, last)?;
        if tail.articles.len() as i64 != waiting {
            // One of those read is gone since.
            *tail = Tail { first, given, merged: std::mem::take(&mut tail.merged), ..Tail::default() };
            self.read_waiting(&mut tail, last)?;
        }
        Ok(())
    }

    /// Reads what waits up to `last` and is not in the tail yet.
    fn read_waiting(&self, tail: &mut Tail, last: i64) -> rusqlite::Result<()> {
        if last == tail.last {
            return Ok(());
        }
        let sql = "SELECT p.article, p.before, s.data, p.seq FROM pending p JOIN signatures s ON s.article = p.article \
                   WHERE p.seq > ?1 AND p.seq <= ?2 ORDER BY p.seq";
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query(params![tail.last, last])?;
        while let Some(row) = rows.next()? {
            let article = ArticleId(row.get(0)?);
            if !tail.articles.insert(article) {
                // Changed again since it was read: what was read of it is out of date.
                *tail = Tail { first: tail.first, given: tail.given, ..Tail::default() };
                return self.read_waiting(tail, last);
            }
            let before = row.get_ref(1)?.as_blob_or_null()?.map(signature).unwrap_or_default();
            let now = signature(row.get_ref(2)?.as_blob()?);
            for Term { term, weight } in added(&now, &before) {
                tail.lists.entry(term).or_default().push(Posting { article, weight });
            }
            for Term { term, .. } in added(&before, &now) {
                *tail.lost.entry(term).or_default() += 1;
            }
            // Row by row: what an interruption leaves unread is read the next time, and only that.
            tail.last = row.get(3)?;
        }
        tail.last = last;
        Ok(())
    }
}
