//! Signatures as they are kept: those that wait, the lists they are merged into, and the sweep of what
//! is gone.

use rusqlite::{Connection, OptionalExtension, params};

use super::{Terms, added, signature};
use crate::model::ArticleId;
use crate::related::{Posting, Signature, Term, postings};
use crate::store::Writing;

/// How many signatures may wait. A merge of so many costs about 0.1 s; reading so many for the
/// first time, some 5 ms.
const MERGE_AT: i64 = 1024;

/// Blocks swept in one transaction.
const SWEEP: i64 = 5_000;

/// The size from which a block is full, in bytes: about what SQLite keeps of a row without spilling
/// it to a page of its own (4 KiB pages, WITHOUT ROWID).
const FULL_BLOCK: usize = 900;

impl Writing<'_> {
    /// Keeps the signature of an article that had none.
    pub(in crate::store) fn sign_new(&mut self, id: ArticleId, new: &Signature) -> rusqlite::Result<()> {
        self.db.prepare_cached("INSERT INTO pending (article) VALUES (?1)")?.execute(params![id.0])?;
        self.db.prepare_cached("INSERT INTO signatures VALUES (?1, ?2)")?.execute(params![id.0, new.encode()])?;
        Ok(())
    }

    /// Keeps an article's signature in place of the one it had.
    pub(in crate::store) fn sign(&mut self, id: ArticleId, new: &Signature) -> rusqlite::Result<()> {
        let sql = "SELECT data FROM signatures WHERE article = ?1";
        let old: Option<Vec<u8>> =
            self.db.prepare_cached(sql)?.query_row(params![id.0], |row| row.get(0)).optional()?;
        // One that waits already keeps what the lists know of it.
        let sql = "SELECT before FROM pending WHERE article = ?1";
        let waiting: Option<Option<Vec<u8>>> =
            self.db.prepare_cached(sql)?.query_row(params![id.0], |row| row.get(0)).optional()?;
        let before = waiting.unwrap_or(old);
        // A new number, so that readers see it again.
        let sql = "INSERT OR REPLACE INTO pending (article, before) VALUES (?1, ?2)";
        self.db.prepare_cached(sql)?.execute(params![id.0, before])?;
        let sql = "INSERT OR REPLACE INTO signatures VALUES (?1, ?2)";
        self.db.prepare_cached(sql)?.execute(params![id.0, new.encode()])?;
        Ok(())
    }

    /// Forgets an article's signature. Its postings stay until a sweep takes them out; what has no
    /// signature is passed over.
    pub(in crate::store) fn unsign(&mut self, id: ArticleId) -> rusqlite::Result<()> {
        let sql = "DELETE FROM pending WHERE article = ?1 RETURNING before";
        let waiting: Option<Option<Vec<u8>>> =
            self.db.prepare_cached(sql)?.query_row(params![id.0], |row| row.get(0)).optional()?;
        let sql = "DELETE FROM signatures WHERE article = ?1 RETURNING data";
        let signed: Option<Vec<u8>> =
            self.db.prepare_cached(sql)?.query_row(params![id.0], |row| row.get(0)).optional()?;
        let merged = waiting.unwrap_or(signed);
        let mut less = self.db.prepare_cached("UPDATE terms SET articles = max(articles - 1, 0) WHERE term = ?1")?;
        for Term { term, .. } in merged.as_deref().map(signature).unwrap_or_default().indexed() {
            less.execute(params![term])?;
        }
        Ok(())
    }

    /// Merges what waits into the lists, if it is much.
    pub(in crate::store) fn merge_if_due(&mut self) -> rusqlite::Result<()> {
        let sql = "SELECT coalesce(max(seq) - min(seq), 0) FROM pending";
        let waiting: i64 = self.db.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
        if waiting >= MERGE_AT { self.merge() } else { Ok(()) }
    }

    /// Merges what waits into the lists.
    pub(in crate::store) fn merge(&mut self) -> rusqlite::Result<()> {
        let sql = "SELECT p.article, p.before, s.data FROM pending p JOIN signatures s ON s.article = p.article \
                   ORDER BY p.article";
        let mut more: Terms<Vec<Posting>> = Terms::default();
        let mut less: Terms<i64> = Terms::default();
        {
            let mut statement = self.db.prepare_cached(sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let article = ArticleId(row.get(0)?);
                let before = row.get_ref(1)?.as_blob_or_null()?.map(signature).unwrap_or_default();
                let now = signature(row.get_ref(2)?.as_blob()?);
                for Term { term, weight } in added(&now, &before) {
                    more.entry(term).or_default().push(Posting { article, weight });
                }
                for Term { term, .. } in added(&before, &now) {
                    *less.entry(term).or_default() += 1;
                }
            }
        }
        let mut decrease =
            self.db.prepare_cached("UPDATE terms SET articles = max(articles - ?2, 0) WHERE term = ?1")?;
        for (term, articles) in less {
            decrease.execute(params![term, articles])?;
        }
        // In the order of the table: neighbours share pages.
        let mut terms: Vec<u32> = more.keys().copied().collect();
        terms.sort_unstable();
        let mut lists = Lists::prepare(self.db)?;
        for term in terms {
            lists.append(term, &more[&term])?;
        }
        self.db.prepare_cached("DELETE FROM pending")?.execute([])?;
        Ok(())
    }

    /// Takes the articles that are gone out of the next blocks after `from`; gives where to go on, or
    /// `None` at the end. `there` says which articles are not gone.
    pub(in crate::store) fn sweep(
        &mut self,
        from: (i64, i64),
        there: impl Fn(ArticleId) -> bool,
    ) -> rusqlite::Result<Option<(i64, i64)>> {
        let sql = "SELECT term, block, data FROM postings WHERE (term, block) > (?1, ?2) ORDER BY term, block LIMIT ?3";
        let mut swept = Vec::new();
        let mut last = None;
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query(params![from.0, from.1, SWEEP])?;
        while let Some(row) = rows.next()? {
            let key = (row.get(0)?, row.get(1)?);
            last = Some(key);
            // A damaged block is emptied: it says nothing to anyone.
            let block = postings::remove(row.get_ref(2)?.as_blob()?, |id| !there(id)).unwrap_or(Some(Vec::new()));
            swept.extend(block.map(|block| (key, block)));
        }
        drop(rows);
        let mut put = self.db.prepare_cached("UPDATE postings SET data = ?3 WHERE term = ?1 AND block = ?2")?;
        let mut delete = self.db.prepare_cached("DELETE FROM postings WHERE term = ?1 AND block = ?2")?;
        for ((term, block), data) in swept {
            if data.is_empty() {
                delete.execute(params![term, block])?;
            } else {
                put.execute(params![term, block, data])?;
            }
        }
        Ok(last)
    }
}

/// The posting lists, being written.
struct Lists<'a> {
    last: rusqlite::CachedStatement<'a>,
    put: rusqlite::CachedStatement<'a>,
    note: rusqlite::CachedStatement<'a>,
}

impl<'a> Lists<'a> {
    fn prepare(db: &'a Connection) -> rusqlite::Result<Self> {
        Ok(Self {
            last: db.prepare_cached("SELECT block, data FROM postings WHERE term = ?1 ORDER BY block DESC LIMIT 1")?,
            put: db.prepare_cached("INSERT OR REPLACE INTO postings VALUES (?1, ?2, ?3)")?,
            note: db.prepare_cached(
                "INSERT INTO terms VALUES (?1, ?2, ?3) \
                 ON CONFLICT DO UPDATE SET articles = articles + excluded.articles, blocks = excluded.blocks",
            )?,
        })
    }

    fn append(&mut self, term: u32, new: &[Posting]) -> rusqlite::Result<()> {
        let last = self.last.query_row(params![term], |row| Ok((row.get::<_, i64>(0)?, row.get(1)?))).optional()?;
        let (mut number, mut block): (i64, Vec<u8>) = last.unwrap_or_default();
        for posting in new {
            // A block that is full, whose last article is a later one (a changed article comes late),
            // or that is damaged takes nothing more.
            if block.len() >= FULL_BLOCK || !postings::append(&mut block, *posting).unwrap_or(false) {
                self.put.execute(params![term, number, block])?;
                block = postings::encode(&[*posting]);
                number += 1;
            }
        }
        self.put.execute(params![term, number, block])?;
        let count = i64::try_from(new.len()).unwrap_or(i64::MAX);
        self.note.execute(params![term, count, number + 1])?;
        Ok(())
    }
}
