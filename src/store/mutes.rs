//! Mutes: what they hide is settled when an article comes and when a mute is made or ended, so that
//! no list has to ask.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params, params_from_iter};

use super::error::unsorted;
use super::row::{self, Plain};
use super::{Moment, Reader, Result, Writing, query};
use crate::model::{ArticleId, Mute, MuteId, MuteRow, Muted, Query, StoryId, Time};
use crate::text::Clean;

impl Reader {
    /// The mutes, the newest first.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn mutes(&self) -> Result<Vec<MuteRow>> {
        self.read_mutes().map_err(self.says("reading mutes"))
    }

    /// Whether an article is muted, and so left out of lists and of related news.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn is_muted(&self, id: ArticleId) -> Result<bool> {
        let muted = || {
            let sql = "SELECT 1 FROM articles WHERE id = ?1 AND muted = 1";
            self.db.prepare_cached(sql)?.exists(params![id.0])
        };
        muted().map_err(self.says("reading mutes"))
    }

    /// Whether anything is muted at all.
    pub(super) fn hides_any(&self) -> rusqlite::Result<bool> {
        self.db.prepare_cached("SELECT 1 FROM mutes LIMIT 1")?.exists([])
    }

    fn read_mutes(&self) -> rusqlite::Result<Vec<MuteRow>> {
        let sql = "SELECT m.id, m.query, m.story, m.until, m.added, (SELECT count(*) FROM muted WHERE mute = m.id), \
                   coalesce(a.title, b.title) FROM mutes m LEFT JOIN stories s ON s.id = m.story \
                   LEFT JOIN articles a ON a.id = s.front LEFT JOIN articles b ON b.id = m.story ORDER BY m.id DESC";
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut mutes = Vec::new();
        while let Some(found) = rows.next()? {
            let (what, said) = match (found.get::<_, Option<Plain>>(1)?, found.get::<_, Option<i64>>(2)?) {
                (Some(text), _) => {
                    let said = Clean::new(&text.0);
                    // A query that cannot be read any more hides nothing and can still be taken away.
                    (Muted::Query(Query::parse(&text.0).unwrap_or_default()), said)
                }
                (None, Some(story)) => {
                    let said = row::line(found, 6)?.unwrap_or_else(|| Clean::new("a story that is gone"));
                    (Muted::Story(StoryId(story)), said)
                }
                (None, None) => continue,
            };
            mutes.push(MuteRow {
                id: MuteId(found.get(0)?),
                what,
                said,
                until: row::maybe_time(found, 3)?,
                added: row::time(found, 4)?,
                hidden: row::count(found, 5)?,
            });
        }
        Ok(mutes)
    }
}

impl Writing<'_> {
    /// Mutes a story or what matches a query. Costs what finding it costs, and a little for each
    /// article.
    ///
    /// # Errors
    /// What SQLite says, or a bad regular expression.
    pub fn add_mute(&mut self, mute: &Mute, moment: &Moment) -> rusqlite::Result<MuteId> {
        let (query, story) = match &mute.what {
            Muted::Query(query) => (Some(query.to_string()), None),
            Muted::Story(story) => (None, Some(story.0)),
        };
        let sql = "INSERT INTO mutes (query, story, until, added) VALUES (?1, ?2, ?3, ?4)";
        self.db.prepare_cached(sql)?.execute(params![query, story, mute.until.map(|t| t.0), moment.now.0])?;
        let id = MuteId(self.db.last_insert_rowid());
        match &mute.what {
            Muted::Story(story) => {
                let sql = "INSERT OR IGNORE INTO muted SELECT ?1, id FROM articles WHERE story = ?2 \
                           OR (id = ?2 AND story IS NULL)";
                self.db.prepare_cached(sql)?.execute(params![id.0, story.0])?;
            }
            Muted::Query(query) => self.mute_matching(id, query, None, moment)?,
        }
        let sql = "SELECT article FROM muted WHERE mute = ?1";
        let hidden = self.ids_of(sql, id.0)?;
        self.show_muted(&hidden)?;
        Ok(id)
    }

    /// Takes a mute away: what nothing else mutes is shown again. Whether it was there.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn remove_mute(&mut self, id: MuteId) -> rusqlite::Result<bool> {
        let hidden = self.ids_of("SELECT article FROM muted WHERE mute = ?1", id.0)?;
        let there = self.db.prepare_cached("DELETE FROM mutes WHERE id = ?1")?.execute(params![id.0])? > 0;
        self.show_muted(&hidden)?;
        Ok(there)
    }

    /// Takes away the mutes whose time is over; gives how many.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn end_mutes(&mut self, now: Time) -> rusqlite::Result<u64> {
        let over = self.ids_of("SELECT id FROM mutes WHERE until <= ?1", now.0)?;
        for id in &over {
            self.remove_mute(MuteId(id.0))?;
        }
        Ok(over.len() as u64)
    }

    /// Puts articles that came or changed under the queries that match them.
    pub(super) fn mute_by_query(&mut self, ids: &[ArticleId]) -> rusqlite::Result<()> {
        let sql = "SELECT id, query FROM mutes WHERE query IS NOT NULL";
        let mutes: Vec<(i64, String)> = {
            let mut statement = self.db.prepare_cached(sql)?;
            let mutes = statement.query_map([], |found| Ok((found.get(0)?, found.get::<_, Plain>(1)?.0)))?;
            mutes.collect::<rusqlite::Result<_>>()?
        };
        if mutes.is_empty() {
            return Ok(());
        }
        let moment = Moment { now: self.now, zone: TimeZone::system() };
        let mut forget = self.db.prepare_cached("DELETE FROM muted WHERE article = ?1 AND mute = ?2")?;
        for (mute, text) in mutes {
            for id in ids {
                forget.execute(params![id.0, mute])?;
            }
            if let Ok(query) = Query::parse(&text) {
                self.mute_matching(MuteId(mute), &query, Some(ids), &moment)?;
            }
        }
        self.show_muted(ids)
    }

    /// Puts articles that joined a story under what mutes that.
    pub(super) fn mute_by_story(&mut self, ids: &[ArticleId]) -> rusqlite::Result<()> {
        if !self.db.prepare_cached("SELECT 1 FROM mutes WHERE story IS NOT NULL LIMIT 1")?.exists([])? {
            return Ok(());
        }
        let sql = "INSERT OR IGNORE INTO muted SELECT m.id, a.id FROM articles a JOIN mutes m ON m.story = a.story \
                   WHERE a.id = ?1";
        let mut put = self.db.prepare_cached(sql)?;
        for id in ids {
            put.execute(params![id.0])?;
        }
        self.show_muted(ids)
    }

    /// Lets what muted one story mute the one it has become part of, whole.
    pub(super) fn move_mutes(&mut self, from: StoryId, into: StoryId) -> rusqlite::Result<()> {
        let sql = "UPDATE mutes SET story = ?2 WHERE story = ?1";
        self.db.prepare_cached(sql)?.execute(params![from.0, into.0])?;
        let members = self.ids_of("SELECT id FROM articles WHERE story = ?1", into.0)?;
        self.mute_by_story(&members)
    }

    /// Notes what a query mutes: of all articles, or of some.
    fn mute_matching(
        &self,
        mute: MuteId,
        query: &Query,
        of: Option<&[ArticleId]>,
        moment: &Moment,
    ) -> rusqlite::Result<()> {
        let filter = query::compile(self.reader, query, moment).map_err(unsorted)?;
        let run = |only: Option<ArticleId>| -> rusqlite::Result<()> {
            let mut values = vec![Value::Integer(mute.0)];
            let (source, mut wanted) = match &filter.text {
                Some(text) => {
                    values.push(Value::Text(text.clone()));
                    ("search CROSS JOIN articles a ON a.id = search.rowid", " AND search MATCH ?".to_owned())
                }
                None => ("articles a", String::new()),
            };
            if let Some(id) = only {
                wanted.push_str(if filter.text.is_some() { " AND search.rowid = ?" } else { " AND a.id = ?" });
                values.push(Value::Integer(id.0));
            }
            values.extend(filter.values.iter().cloned());
            let sql = format!(
                "INSERT OR IGNORE INTO muted SELECT ?, a.id FROM {source} WHERE 1{wanted}{}",
                filter.conditions
            );
            self.db.prepare_cached(&sql)?.execute(params_from_iter(values))?;
            Ok(())
        };
        match of {
            None => run(None),
            Some(ids) => ids.iter().try_for_each(|id| run(Some(*id))),
        }
    }

    /// Makes the rows of articles say whether they are muted, and their stories show what is not.
    fn show_muted(&mut self, ids: &[ArticleId]) -> rusqlite::Result<()> {
        let sql = "UPDATE articles SET muted = NOT muted WHERE id = ?1 \
                   AND muted <> EXISTS (SELECT 1 FROM muted WHERE article = ?1) RETURNING story";
        let mut stories = BTreeSet::new();
        let mut flip = self.db.prepare_cached(sql)?;
        for id in ids {
            let story: Option<Option<i64>> = flip.query_row(params![id.0], |found| found.get(0)).optional()?;
            stories.extend(story.flatten());
        }
        drop(flip);
        for story in stories {
            self.settle(StoryId(story))?;
        }
        Ok(())
    }

    fn ids_of(&self, sql: &str, of: i64) -> rusqlite::Result<Vec<ArticleId>> {
        let mut statement = self.db.prepare_cached(sql)?;
        let ids = statement.query_map(params![of], |found| Ok(ArticleId(found.get(0)?)))?;
        ids.collect()
    }
}
