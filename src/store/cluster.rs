//! Judging articles as they come: which story they join, and whose copies they are.
//!
//! What came in a transaction is judged at its end, in order of publication; what could not be judged
//! then (a store of an earlier version, a bulk import) waits in `articles.judged` and is judged later,
//! in order of publication as well. A verdict stands: an article that changes stays where it is.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, params};

use super::error::unsorted;
use super::hand::Hand;
use super::row::{self, Plain};
use super::{Reader, Result, Safety, Store, Writing, codec};
use crate::model::{ArticleId, StoryId, Time};
use crate::related::copies::Sketch;
use crate::related::stories::{Judged, Verdict};
use crate::related::{self, Digest, Signature};
use crate::text::Lang;

/// How many articles that wait are judged in one transaction.
const BATCH: i64 = 500;

/// An article that came or changed in the transaction under way.
pub(super) struct Fresh {
    pub id: ArticleId,
    pub signature: Signature,
    pub sketch: Sketch,
}

/// The same with what its row says.
struct Waiting {
    fresh: Fresh,
    published: Time,
    judged: bool,
    stub: bool,
    /// Who published it: [`source`].
    source: u64,
}

/// Who published an article `a` of the feed `f`, in SQL; nothing where it was saved by hand or read in
/// passing, under whatever name.
pub(super) const PUBLISHER: &str = "CASE WHEN f.address IN ('dateline:saved', 'dateline:passing') THEN NULL \
     ELSE coalesce(a.source, f.title) END";

/// A number for a publisher; 0 for none that is known.
pub(super) fn source(found: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<u64> {
    let name = found.get_ref(column)?.as_bytes_or_null()?;
    Ok(name.map_or(0, xxhash_rust::xxh3::xxh3_64))
}

impl Store {
    /// Judges some of the articles that wait to be put into stories, the oldest first; says how many
    /// still wait. To be called until that is 0. Costs about a tenth of a second.
    ///
    /// # Errors
    /// That the store cannot be read or written.
    pub fn judge_waiting(&mut self) -> Result<u64> {
        let known = self.behind;
        let left = self.write(Safety::Refresh, "putting articles into stories", |w| {
            let waiting = w.waiting()?;
            let judged = waiting.len() as u64;
            w.judge(waiting)?;
            // Counting is linear in what waits: once at the beginning, and at the end to be sure.
            match known.and_then(|known| known.checked_sub(judged)).filter(|left| judged > 0 && *left > 0) {
                Some(left) => Ok(left),
                None => w.reader.count_waiting(),
            }
        })?;
        self.behind = Some(left);
        Ok(left)
    }

    /// Gives back the memory that taking in and judging took: for when nothing comes for a while.
    pub fn rest(&mut self) {
        self.hand = None;
        self.digester = related::Digester::default();
        self.behind = None;
        self.breathe(false);
    }
}

impl Reader {
    /// How many articles wait to be put into stories. Linear in their number.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn waiting(&self) -> Result<u64> {
        self.count_waiting().map_err(self.says("counting"))
    }

    fn count_waiting(&self) -> rusqlite::Result<u64> {
        let sql = "SELECT count(*) FROM articles WHERE judged = 0 AND stub = 0";
        self.db.prepare_cached(sql)?.query_row([], |found| row::count(found, 0))
    }
}

impl Writing<'_> {
    /// Leaves what comes in this transaction to wait: for bulk imports, whose articles come in any order
    /// and are to be judged in that of their publication ([`Store::judge_waiting`]).
    pub fn judge_later(&mut self) {
        self.later = true;
    }

    /// Judges what came in this transaction.
    pub(super) fn judge_fresh(&mut self) -> rusqlite::Result<()> {
        self.write_words()?;
        if self.fresh.is_empty() {
            return Ok(());
        }
        let mut waiting = Vec::with_capacity(self.fresh.len());
        let sql = format!(
            "SELECT a.published, a.judged, a.stub, {PUBLISHER} FROM articles a JOIN feeds f ON f.id = a.feed \
             WHERE a.id = ?1"
        );
        for fresh in std::mem::take(&mut self.fresh) {
            let row = self.db.prepare_cached(&sql)?.query_row(params![fresh.id.0], |found| {
                Ok((row::time(found, 0)?, found.get(1)?, found.get(2)?, source(found, 3)?))
            });
            // What came and went in one transaction is gone.
            if let Some((published, judged, stub, source)) = row.optional()? {
                waiting.push(Waiting { fresh, published, judged, stub, source });
            }
        }
        let ids: Vec<ArticleId> = waiting.iter().map(|waiting| waiting.fresh.id).collect();
        self.mute_by_query(&ids)?;
        if self.later {
            return Ok(());
        }
        waiting.sort_by_key(|waiting| (waiting.published, waiting.fresh.id));
        self.judge(waiting)
    }

    /// The oldest of those that wait.
    fn waiting(&mut self) -> rusqlite::Result<Vec<Waiting>> {
        let sql = format!(
            "SELECT a.id, a.published, s.data, k.data, {PUBLISHER} FROM articles a JOIN feeds f ON f.id = a.feed \
             LEFT JOIN signatures s ON s.article = a.id LEFT JOIN sketches k ON k.article = a.id \
             WHERE a.judged = 0 AND a.stub = 0 ORDER BY a.published, a.id LIMIT ?1"
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let mut rows = statement.query(params![BATCH])?;
        let mut waiting = Vec::new();
        while let Some(found) = rows.next()? {
            let id = ArticleId(found.get(0)?);
            let signed = found.get_ref(2)?.as_blob_or_null()?.map(|data| Signature::decode(data).unwrap_or_default());
            let kept = found.get_ref(3)?.as_blob_or_null()?.and_then(|data| Sketch::decode(data).ok());
            let (signature, sketch) = match (signed, kept) {
                (Some(signature), Some(sketch)) => (signature, sketch),
                (signed, _) => {
                    let digest = self.digest_stored(id)?;
                    self.keep_sketch(id, &digest.sketch, false)?;
                    (signed.unwrap_or(digest.signature), digest.sketch)
                }
            };
            let fresh = Fresh { id, signature, sketch };
            let (published, source) = (row::time(found, 1)?, source(found, 4)?);
            waiting.push(Waiting { fresh, published, judged: false, stub: false, source });
        }
        Ok(waiting)
    }

    /// What is to be kept of the words of an article that is stored.
    fn digest_stored(&mut self, id: ArticleId) -> rusqlite::Result<Digest> {
        let sql = "SELECT a.title, a.lang, coalesce(x.document, t.document) FROM articles a \
                   LEFT JOIN full_texts x ON x.article = a.id LEFT JOIN feed_texts t ON t.article = a.id WHERE a.id = ?1";
        let mut statement = self.db.prepare_cached(sql)?;
        let (title, lang, document) = statement.query_row(params![id.0], |found| {
            let lang = found.get::<_, Option<Plain>>(1)?.and_then(|lang| Lang::from_code(&lang.0));
            let data = found.get_ref(2)?.as_blob_or_null()?;
            let document = data.map(|data| codec::decode(0, data).unwrap_or_default()).unwrap_or_default();
            Ok((found.get::<_, Plain>(0)?.0, lang, document))
        })?;
        Ok(self.digester.digest(&title, &document.plain_text(), lang))
    }

    /// Judges articles, given in order of publication.
    fn judge(&mut self, waiting: Vec<Waiting>) -> rusqlite::Result<()> {
        let mut hand = match self.hand.take() {
            Some(hand) if hand.is_current(self.reader)? => hand,
            _ => self.reader.hand()?,
        };
        let mut touched = BTreeSet::new();
        let mut judged_now = Vec::new();
        for Waiting { fresh: Fresh { id, signature, sketch }, published, judged, stub, source } in waiting {
            if stub {
                // Nothing to tell it by; once its text comes, it is judged.
                continue;
            }
            if judged {
                touched.extend(self.compare_again(id, &sketch)?);
                // How full its text is now may decide which of its copies is shown.
                touched.extend(self.reader.story_of(id).map_err(unsorted)?);
                continue;
            }
            let Verdict { mut joins, merges, nearest } =
                hand.at(self.reader, published)?.judge(id, &signature, published, source);
            let original = self.original(&mut hand, (&sketch, source), &nearest)?;
            if let Some(original) = original {
                // Whatever else it is like: a text belongs where the same text is.
                joins = self.reader.story_of(original).map_err(unsorted)?.or(joins);
            }
            let story = joins.unwrap_or(StoryId::alone(id));
            match joins {
                Some(story) => {
                    self.join(id, story)?;
                    touched.insert(story);
                }
                None => {
                    self.db.prepare_cached("UPDATE articles SET judged = 1 WHERE id = ?1")?.execute(params![id.0])?;
                }
            }
            for from in merges.into_iter().filter(|from| *from != story) {
                self.merge_stories(from, story)?;
                hand.merge(from, story);
                touched.remove(&from);
            }
            if let Some(original) = original {
                self.make_copies(id, original)?;
            }
            judged_now.push(id);
            hand.keep_sketch(id, sketch);
            hand.insert(Judged { article: id, story, published, signature, source });
        }
        *self.hand = Some(hand);
        self.mute_by_story(&judged_now)?;
        touched.into_iter().try_for_each(|story| self.settle(story))
    }

    /// Of the articles most like one, the first whose text it repeats.
    fn original(
        &self,
        hand: &mut Hand,
        (sketch, source): (&Sketch, u64),
        nearest: &[(ArticleId, f32)],
    ) -> rusqlite::Result<Option<ArticleId>> {
        for (near, _) in nearest {
            let own = source != 0 && hand.source(*near) == source;
            let other = hand.sketch(*near, || self.sketch_of(*near))?;
            let same = |other: &Sketch| if own { sketch.is_posted_again(other) } else { sketch.is_copy_of(other) };
            if other.is_some_and(same) {
                return Ok(Some(*near));
            }
        }
        Ok(None)
    }

    /// An article that was judged has another text now: it leaves the copies of what it was, if it is
    /// none any more. Gives its story then.
    fn compare_again(&mut self, id: ArticleId, sketch: &Sketch) -> rusqlite::Result<Option<StoryId>> {
        let others: Vec<ArticleId> = {
            let sql =
                "SELECT b.id FROM articles a JOIN articles b ON b.copies = a.copies AND b.id <> a.id WHERE a.id = ?1";
            let mut statement = self.db.prepare_cached(sql)?;
            let others = statement.query_map(params![id.0], |found| Ok(ArticleId(found.get(0)?)))?;
            others.collect::<rusqlite::Result<_>>()?
        };
        for other in &others {
            if self.sketch_of(*other)?.is_some_and(|other| sketch.is_copy_of(&other)) {
                return Ok(None);
            }
        }
        if others.is_empty() {
            return Ok(None);
        }
        self.db.prepare_cached("UPDATE articles SET copies = NULL WHERE id = ?1")?.execute(params![id.0])?;
        self.reader.story_of(id).map_err(unsorted)
    }

    /// Keeps what tells an article's copies, in place of what was kept before where it is not `new`.
    pub(super) fn keep_sketch(&mut self, id: ArticleId, sketch: &Sketch, new: bool) -> rusqlite::Result<()> {
        if let Some(hand) = self.hand.as_mut() {
            hand.forget_sketch(id);
        }
        let sql = if new {
            "INSERT INTO sketches VALUES (?1, ?2)"
        } else {
            "INSERT OR REPLACE INTO sketches VALUES (?1, ?2)"
        };
        self.db.prepare_cached(sql)?.execute(params![id.0, sketch.encode()])?;
        Ok(())
    }

    fn sketch_of(&self, id: ArticleId) -> rusqlite::Result<Option<Sketch>> {
        let sql = "SELECT data FROM sketches WHERE article = ?1";
        let data: Option<Vec<u8>> =
            self.db.prepare_cached(sql)?.query_row(params![id.0], |found| found.get(0)).optional()?;
        Ok(data.and_then(|data| Sketch::decode(&data).ok()))
    }

    /// Puts an article that is judged into a story; one that stood alone becomes a story of two.
    fn join(&mut self, id: ArticleId, story: StoryId) -> rusqlite::Result<()> {
        let sql = "UPDATE articles SET story = ?2, judged = 1 WHERE id = ?1";
        self.db.prepare_cached(sql)?.execute(params![id.0, story.0])?;
        // Where it is the first to join, the story is the article it began with. That may be gone.
        let sql = "UPDATE articles SET story = ?1 WHERE id = ?1 AND story IS NOT ?1";
        self.db.prepare_cached(sql)?.execute(params![story.0])?;
        Ok(())
    }

    /// Makes two stories one.
    fn merge_stories(&mut self, from: StoryId, into: StoryId) -> rusqlite::Result<()> {
        let sql = "UPDATE articles SET story = ?2 WHERE story = ?1 OR id = ?1";
        self.db.prepare_cached(sql)?.execute(params![from.0, into.0])?;
        self.db.prepare_cached("DELETE FROM stories WHERE id = ?1")?.execute(params![from.0])?;
        self.move_mutes(from, into)
    }

    /// Notes that two articles have the same text.
    fn make_copies(&mut self, id: ArticleId, other: ArticleId) -> rusqlite::Result<()> {
        let sql = "SELECT coalesce(copies, id) FROM articles WHERE id = ?1";
        let group: i64 = self.db.prepare_cached(sql)?.query_row(params![other.0], |found| found.get(0))?;
        let mut put = self.db.prepare_cached("UPDATE articles SET copies = ?2 WHERE id = ?1")?;
        put.execute(params![id.0, group])?;
        put.execute(params![other.0, group])?;
        Ok(())
    }
}
