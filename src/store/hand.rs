//! The articles that new ones are compared with: the newest are kept at hand from one refresh to the
//! next; those around an older article are read when it comes.

use std::collections::hash_map::Entry;

use rusqlite::params;
use rustc_hash::FxHashMap;

use super::cluster::{PUBLISHER, source};
use super::{Reader, row};
use crate::model::time::DAY;
use crate::model::{ArticleId, StoryId, Time};
use crate::related::Signature;
use crate::related::copies::Sketch;
use crate::related::stories::{Judged, Recent, WINDOW};

/// How many of the newest articles are kept at hand: three kilobytes each.
const AT_HAND: usize = 8_000;

/// With so many more the oldest of them go.
const SLACK: usize = 2_000;

/// How many sketches are remembered, half a kilobyte each; beyond it all are forgotten.
const SKETCHES: usize = 8_000;

/// How many articles on either side of an older one it is compared with.
const AROUND: usize = 1_000;

/// How far from the middle of what was read an older article may lie, in seconds.
const NEARBY: i64 = DAY;

/// The articles at hand.
#[derive(Debug, Default)]
pub(super) struct Hand {
    /// The newest.
    newest: Recent,
    /// Whether there are older ones than those.
    partial: bool,
    /// Changes with every transaction of another connection (SQLite's `data_version`).
    version: i64,
    /// Those around a time that is past.
    past: Option<(Time, Recent)>,
    /// Sketches that were read: each is asked for again by the next articles alike.
    sketches: FxHashMap<ArticleId, Option<Sketch>>,
}

impl Hand {
    /// Whether no other program has written to the store since.
    pub(super) fn is_current(&self, reader: &Reader) -> rusqlite::Result<bool> {
        Ok(self.version == reader.version()?)
    }

    /// The articles to compare one of that time with.
    pub(super) fn at(&mut self, reader: &Reader, published: Time) -> rusqlite::Result<&mut Recent> {
        if !self.is_past(published) {
            return Ok(&mut self.newest);
        }
        let there =
            self.past.as_ref().is_some_and(|(middle, _)| middle.0.abs_diff(published.0) <= NEARBY.unsigned_abs());
        if !there {
            self.past = Some((published, reader.around(published)?));
        }
        Ok(self.past.as_mut().map_or(&mut self.newest, |(_, past)| past))
    }

    /// Whether the newest do not reach far enough back.
    fn is_past(&self, published: Time) -> bool {
        let Some((first, last)) = self.newest.span().filter(|_| self.partial) else { return false };
        // Where a week is more than fits, the newer half of what fits has to do.
        let reaches = published.0.saturating_sub(WINDOW) >= first.0;
        !reaches && published.0 < first.0 + (last.0 - first.0) / 2
    }

    /// Who published an article, as a number; 0 where that is not known.
    pub(super) fn source(&self, article: ArticleId) -> u64 {
        let past = || self.past.as_ref().map_or(0, |(_, past)| past.source(article));
        Some(self.newest.source(article)).filter(|source| *source != 0).unwrap_or_else(past)
    }

    pub(super) fn insert(&mut self, judged: Judged) {
        if self.is_past(judged.published) {
            if let Some((_, past)) = &mut self.past {
                past.insert(judged);
            }
            return;
        }
        self.newest.insert(judged);
        if self.newest.len() > AT_HAND + SLACK {
            self.newest.trim(AT_HAND);
            self.partial = true;
        }
    }

    /// The sketch of an article, by `read` where it was not asked for before.
    pub(super) fn sketch(
        &mut self,
        article: ArticleId,
        read: impl FnOnce() -> rusqlite::Result<Option<Sketch>>,
    ) -> rusqlite::Result<Option<&Sketch>> {
        if self.sketches.len() >= SKETCHES && !self.sketches.contains_key(&article) {
            self.sketches.clear();
        }
        let kept = match self.sketches.entry(article) {
            Entry::Occupied(kept) => kept.into_mut(),
            Entry::Vacant(room) => room.insert(read()?),
        };
        Ok(kept.as_ref())
    }

    /// Remembers the sketch of an article: the next that are like it are compared with it.
    pub(super) fn keep_sketch(&mut self, article: ArticleId, sketch: Sketch) {
        if self.sketches.len() >= SKETCHES {
            self.sketches.clear();
        }
        self.sketches.insert(article, Some(sketch));
    }

    /// Forgets the sketch of an article that gets another.
    pub(super) fn forget_sketch(&mut self, article: ArticleId) {
        self.sketches.remove(&article);
    }

    pub(super) fn remove(&mut self, article: ArticleId) {
        self.forget_sketch(article);
        self.newest.remove(article);
        if let Some((_, past)) = &mut self.past {
            past.remove(article);
        }
    }

    pub(super) fn merge(&mut self, from: StoryId, into: StoryId) {
        self.newest.merge(from, into);
        if let Some((_, past)) = &mut self.past {
            past.merge(from, into);
        }
    }
}

impl Reader {
    /// The newest articles that were judged.
    pub(super) fn hand(&self) -> rusqlite::Result<Hand> {
        let mut newest = Recent::default();
        self.read_judged("published <= ?1 ORDER BY a.published DESC, a.id DESC", i64::MAX, AT_HAND, &mut newest)?;
        Ok(Hand { partial: newest.len() >= AT_HAND, newest, version: self.version()?, ..Hand::default() })
    }

    fn version(&self) -> rusqlite::Result<i64> {
        self.db.pragma_query_value(None, "data_version", |found| found.get(0))
    }

    /// The articles that were judged and were published around a time.
    fn around(&self, middle: Time) -> rusqlite::Result<Recent> {
        let mut recent = Recent::default();
        for side in
            ["published < ?1 ORDER BY a.published DESC, a.id DESC", "published >= ?1 ORDER BY a.published, a.id"]
        {
            self.read_judged(side, middle.0, AROUND, &mut recent)?;
        }
        Ok(recent)
    }

    fn read_judged(&self, which: &str, at: i64, most: usize, into: &mut Recent) -> rusqlite::Result<()> {
        let sql = format!(
            "SELECT a.id, coalesce(a.story, a.id), a.published, s.data, {PUBLISHER} FROM articles a \
             CROSS JOIN signatures s ON s.article = a.id CROSS JOIN feeds f ON f.id = a.feed \
             WHERE a.judged = 1 AND a.{which} LIMIT ?2"
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let mut rows = statement.query(params![at, i64::try_from(most).unwrap_or(i64::MAX)])?;
        while let Some(found) = rows.next()? {
            into.insert(Judged {
                article: ArticleId(found.get(0)?),
                story: StoryId(found.get(1)?),
                published: row::time(found, 2)?,
                signature: Signature::decode(found.get_ref(3)?.as_blob()?).unwrap_or_default(),
                source: source(found, 4)?,
            });
        }
        Ok(())
    }
}
