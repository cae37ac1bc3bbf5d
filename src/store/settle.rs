//! What is settled of a story each time its members change: which of them is shown, which lists fold, and
//! its counts.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::params;

use super::Writing;
use super::row::Plain;
use super::stories::SOURCE;
use crate::model::StoryId;

/// A copy is as full as another when it has this share of its words: what is more is boilerplate.
const AS_FULL: f64 = 0.9;

/// A member of a story, as far as it decides what is shown.
struct Member {
    id: i64,
    published: i64,
    read: bool,
    muted: bool,
    /// Which of the groups with one text.
    copies: i64,
    words: i64,
    source: String,
    /// Whether its feed's copies are folded.
    folds: bool,
    /// As it was.
    fold: i64,
}

impl Writing<'_> {
    /// Settles every story: for a store that was put together anew.
    pub(super) fn settle_all(&mut self) -> rusqlite::Result<()> {
        let stories = self.stories_where("SELECT DISTINCT story FROM articles WHERE story IS NOT NULL")?;
        self.db.execute("DELETE FROM stories", [])?;
        stories.into_iter().try_for_each(|story| self.settle(story))
    }

    /// The stories that a question of ours names.
    pub(super) fn stories_where(&self, sql: &str) -> rusqlite::Result<Vec<StoryId>> {
        let mut statement = self.db.prepare(sql)?;
        let stories = statement.query_map([], |found| Ok(StoryId(found.get(0)?)))?;
        stories.collect()
    }

    /// Settles what is shown for a story and what lists fold under it, after anything about its
    /// members has changed. Linear in their number.
    pub(super) fn settle(&mut self, story: StoryId) -> rusqlite::Result<()> {
        let members = self.members_of(story)?;
        if members.is_empty() {
            self.db.prepare_cached("DELETE FROM stories WHERE id = ?1")?.execute(params![story.0])?;
            return Ok(());
        }
        let preferred = self.reader.preferred()?;
        let mut texts: BTreeMap<i64, Vec<&Member>> = BTreeMap::new();
        let all_muted = members.iter().all(|member| member.muted);
        let counted: Vec<&Member> = members.iter().filter(|member| all_muted || !member.muted).collect();
        for member in &counted {
            texts.entry(member.copies).or_default().push(member);
        }
        // The newest development is the text that was new last: a copy of what was there is none.
        let fronts: Vec<(i64, &Member)> = texts
            .values()
            .filter_map(|copies| Some((copies.iter().map(|copy| copy.published).min()?, front(copies, &preferred)?)))
            .collect();
        let Some((latest, shown)) = fronts.iter().max_by_key(|(first, front)| (*first, front.id)) else {
            return Ok(());
        };
        let in_front: BTreeSet<i64> = fronts.iter().map(|(_, front)| front.id).collect();
        let mut put = self.db.prepare_cached("UPDATE articles SET fold = ?2 WHERE id = ?1")?;
        for member in &members {
            let fold = if member.id == shown.id {
                0
            } else if !member.folds || member.muted || in_front.contains(&member.id) {
                1
            } else {
                2
            };
            if fold != member.fold {
                put.execute(params![member.id, fold])?;
            }
        }
        let counted = if all_muted { Vec::new() } else { counted };
        let sources: BTreeSet<&str> = counted.iter().map(|member| member.source.as_str()).collect();
        let sql = "INSERT OR REPLACE INTO stories (id, front, articles, sources, unread, first, latest) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        self.db.prepare_cached(sql)?.execute(params![
            story.0,
            shown.id,
            counted.len() as i64,
            sources.len() as i64,
            counted.iter().filter(|member| !member.read).count() as i64,
            members.iter().map(|member| member.published).min(),
            latest,
        ])?;
        Ok(())
    }

    fn members_of(&self, story: StoryId) -> rusqlite::Result<Vec<Member>> {
        let sql = format!(
            "SELECT b.id, b.published, b.read, b.muted, coalesce(b.copies, b.id), b.words, {SOURCE}, f.fold_copies, b.fold \
             FROM articles b JOIN feeds f ON f.id = b.feed WHERE b.story = ?1 ORDER BY b.published, b.id"
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let members = statement.query_map(params![story.0], |found| {
            Ok(Member {
                id: found.get(0)?,
                published: found.get(1)?,
                read: found.get(2)?,
                muted: found.get(3)?,
                copies: found.get(4)?,
                words: found.get(5)?,
                source: found.get::<_, Plain>(6)?.0,
                folds: found.get(7)?,
                fold: found.get(8)?,
            })
        })?;
        members.collect()
    }
}

/// Of copies the one to show: of the preferred source, else the fullest, else the first.
fn front<'m>(copies: &[&'m Member], preferred: &[String]) -> Option<&'m Member> {
    let rank = |member: &Member| preferred.iter().position(|name| *name == member.source).unwrap_or(usize::MAX);
    let best = copies.iter().map(|copy| rank(copy)).min()?;
    let fullest = copies.iter().filter(|copy| rank(copy) == best).map(|copy| copy.words).max()?;
    copies
        .iter()
        .filter(|copy| rank(copy) == best && copy.words as f64 >= AS_FULL * fullest as f64)
        .min_by_key(|copy| (copy.published, copy.id))
        .copied()
}
