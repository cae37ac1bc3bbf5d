//! Stories: what is shown for each, what lists fold under it, and who its members are.

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params};

use super::grouped::Grouping;
use super::list::{anchored, as_limit};
use super::passing::IS_NEWS;
use super::row::{self, Plain};
use super::{Reader, Result, Writing};
use crate::model::{
    Anchor, ArticleId, FeedId, Folding, Headline, Only, RowKey, Scope, Story, StoryId, StoryPage, Time, View,
};
use crate::text::Clean;

/// The key under which the person's preferred sources are kept, as a JSON list.
const PREFERRED: &str = "stories.preferred";

/// The key that is there where marking an article read marks its copies.
const MARK_COPIES: &str = "stories.mark_copies";

const KEPT: &str = "SELECT value FROM state WHERE key = ?1";

/// The source of an article, of `articles b JOIN feeds f`.
pub(super) const SOURCE: &str = "coalesce(b.source, f.own_title, f.title)";

/// What leaves the headlines that stood on a saved page out of a list of everything: they have no date of
/// their own, and a page has ten of them. Its feed's list, related news and every search have them.
/// (They are left out by the page that they stand under, and come back when it goes; what was read in
/// passing is left out by its own mark, which a person's acts change: see [`super::passing`].)
const UNDER_PAGES: &str = " AND NOT (a.stub = 1 AND EXISTS (SELECT 1 FROM page_links p WHERE p.stub = a.id))";

/// Leaves out of a list of everything what is no news, if it is asked to: see [`View::news`].
pub(super) fn only_news(view: &View, conditions: &mut String) {
    if view.news && view.scope == Scope::Everything && view.query.is_none() && view.only != Only::Bookmarked {
        conditions.push_str(UNDER_PAGES);
        conditions.push_str(IS_NEWS);
    }
}

/// What leaves out of a list the articles that are folded under another of its rows: conditions, or of
/// a list with a text what else to look at.
pub(super) fn folded(
    view: &View,
    feeds: Option<&[FeedId]>,
    has_text: bool,
    conditions: &mut String,
    values: &mut Vec<Value>,
) -> Option<Grouping> {
    let (shown, same) = match view.fold {
        Folding::Nothing => return None,
        Folding::Copies => ("a.fold < 2", "b.copies = a.copies"),
        Folding::Stories => ("a.fold = 0", "b.story = a.story"),
    };
    if view.only == Only::Bookmarked {
        return None;
    }
    if view.scope == Scope::Everything && view.query.is_none() {
        conditions.push_str(" AND ");
        conditions.push_str(shown);
        return None;
    }
    // What stands for the others may not be in this list. Then the best of those that are does.
    let mut others = conditions_of_b(conditions);
    if let Some(feeds) = feeds {
        let ids: Vec<String> = feeds.iter().map(|feed| feed.0.to_string()).collect();
        others.push_str(&format!(" AND b.feed IN ({})", ids.join(",")));
    }
    let before = "(b.fold, -b.published, -b.id) < (a.fold, -a.published, -a.id)";
    if has_text {
        let sql = format!(
            "SELECT a.id, b.id FROM json_each(?) j CROSS JOIN articles a ON a.id = j.value \
             CROSS JOIN articles b ON {same} WHERE NOT ({shown}) AND {before}{others}"
        );
        return Some(Grouping { sql, values: values.clone() });
    }
    conditions.push_str(&format!(
        " AND ({shown} OR NOT EXISTS (SELECT 1 FROM articles b WHERE {same} AND {before}{others}))"
    ));
    values.append(&mut values.clone());
    None
}

/// Conditions of `articles a`, said of `articles b`. They are SQL of ours: what was typed is in values.
fn conditions_of_b(conditions: &str) -> String {
    let mut out = String::with_capacity(conditions.len());
    let mut before = ' ';
    let mut rest = conditions.chars().peekable();
    while let Some(c) = rest.next() {
        let alias = c == 'a' && rest.peek() == Some(&'.') && !(before.is_alphanumeric() || before == '_');
        out.push(if alias { 'b' } else { c });
        before = c;
    }
    out
}

impl Reader {
    /// A page of the stories that several articles tell, by newest development; of a feed or folder,
    /// those that have an article there. Muted ones are left out.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn stories(&self, scope: Scope, anchor: Anchor, limit: usize) -> Result<StoryPage> {
        self.story_page(scope, anchor, limit).map_err(self.says("reading stories"))
    }

    fn story_page(&self, scope: Scope, anchor: Anchor, limit: usize) -> rusqlite::Result<StoryPage> {
        let feeds = match scope {
            Scope::Everything => None,
            Scope::Feed(feed) => Some(vec![feed]),
            Scope::Folder(folder) => Some(self.feeds_within(folder)?),
        };
        let within = feeds.map_or(String::new(), |feeds| {
            let ids: Vec<String> = feeds.iter().map(|feed| feed.0.to_string()).collect();
            let ids = ids.join(",");
            format!(" AND EXISTS (SELECT 1 FROM articles b WHERE b.story = s.id AND b.muted = 0 AND b.feed IN ({ids}))")
        });
        let (keys, at_newest, at_oldest) = anchored(anchor, limit, |toward, from, limit| {
            let (than, order) = toward.sql();
            let sql = format!(
                "SELECT s.latest, s.id FROM stories s WHERE s.articles > 1 AND s.latest {than}= ?1 \
                 AND (s.latest, s.id) {than} (?1, ?2){within} ORDER BY s.latest {order}, s.id {order} LIMIT ?3"
            );
            let mut statement = self.db.prepare_cached(&sql)?;
            let found = statement.query_map(params![from.published.0, from.id.0, as_limit(limit)], |row| {
                Ok(RowKey { published: Time(row.get(0)?), id: ArticleId(row.get(1)?) })
            })?;
            found.collect()
        })?;
        let mut rows = Vec::with_capacity(keys.len());
        for key in keys {
            rows.extend(self.one_story(StoryId(key.id.0))?);
        }
        Ok(StoryPage { rows, at_newest, at_oldest })
    }

    /// A story that several articles tell, or told; `None` where there is none of that name.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn story(&self, id: StoryId) -> Result<Option<Story>> {
        self.one_story(id).map_err(self.says("reading a story"))
    }

    fn one_story(&self, id: StoryId) -> rusqlite::Result<Option<Story>> {
        let sql = "SELECT s.front, s.sources, s.articles, s.unread, s.first, s.latest, \
                   EXISTS (SELECT 1 FROM mutes m WHERE m.story = s.id) FROM stories s WHERE s.id = ?1";
        let mut statement = self.db.prepare_cached(sql)?;
        let mut found = statement.query(params![id.0])?;
        let Some(found) = found.next()? else { return Ok(None) };
        let mut front = self.rows([ArticleId(found.get(0)?)])?;
        self.say_folded(&mut front, Folding::Stories)?;
        let Some(front) = front.pop() else { return Ok(None) };
        Ok(Some(Story {
            id,
            front,
            sources: row::small(found, 1)?,
            articles: row::small(found, 2)?,
            unread: row::small(found, 3)?,
            first: row::time(found, 4)?,
            latest: row::time(found, 5)?,
            muted: found.get(6)?,
        }))
    }

    /// The articles of a story, newest first, without muted ones; of one that stands alone, itself.
    /// Linear in their number.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn members(&self, story: StoryId) -> Result<Vec<Headline>> {
        let read = || {
            let sql = "SELECT id FROM articles WHERE story = ?1 AND muted = 0 ORDER BY published DESC, id DESC";
            let mut statement = self.db.prepare_cached(sql)?;
            let ids = statement.query_map(params![story.0], |found| Ok(ArticleId(found.get(0)?)))?;
            let mut ids = ids.collect::<rusqlite::Result<Vec<_>>>()?;
            if ids.is_empty() && self.story_id(ArticleId(story.0))? == Some(story) {
                ids.push(ArticleId(story.0));
            }
            let mut rows = self.rows(ids)?;
            self.say_folded(&mut rows, Folding::Copies)?;
            Ok(rows)
        };
        read().map_err(self.says("reading a story"))
    }

    /// Those of `rows` that are not folded under another as its copy.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn without_copies(&self, rows: Vec<Headline>) -> Result<Vec<Headline>> {
        let read = || {
            let mut statement = self.db.prepare_cached("SELECT fold < 2 FROM articles WHERE id = ?1")?;
            let mut left = Vec::with_capacity(rows.len());
            for row in rows {
                let shown: Option<bool> = statement.query_row(params![row.id.0], |found| found.get(0)).optional()?;
                left.extend(shown.unwrap_or(false).then_some(row));
            }
            Ok(left)
        };
        read().map_err(self.says("reading a story"))
    }

    /// The story of an article; `None` if it is not stored.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn story_of(&self, article: ArticleId) -> Result<Option<StoryId>> {
        self.story_id(article).map_err(self.says("looking for a story"))
    }

    fn story_id(&self, article: ArticleId) -> rusqlite::Result<Option<StoryId>> {
        let sql = "SELECT coalesce(story, id) FROM articles WHERE id = ?1";
        self.db.prepare_cached(sql)?.query_row(params![article.0], |found| Ok(StoryId(found.get(0)?))).optional()
    }

    /// Every article with its story and the first of the articles that have its text, in order of
    /// article, handed to `take`. Linear in their number.
    ///
    /// # Errors
    /// That the store cannot be read, or what `take` returns.
    pub fn each_in_groups<E: From<super::StoreError>>(
        &self,
        mut take: impl FnMut(ArticleId, StoryId, ArticleId) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let says = self.says("reading stories");
        let sql = "SELECT id, coalesce(story, id), coalesce(copies, id) FROM articles ORDER BY id";
        let mut statement = self.db.prepare_cached(sql).map_err(&says)?;
        let mut rows = statement.query([]).map_err(&says)?;
        while let Some(found) = rows.next().map_err(&says)? {
            let number = |column| found.get::<_, i64>(column).map_err(&says);
            let (article, story, copies) = (number(0)?, number(1)?, number(2)?);
            take(ArticleId(article), StoryId(story), ArticleId(copies))?;
        }
        Ok(())
    }

    /// How many unread rows the list of all articles has when stories are folded in it.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn unread_stories(&self) -> Result<u64> {
        let read = || self.db.prepare_cached("SELECT unread FROM tally")?.query_row([], |found| row::count(found, 0));
        read().map_err(self.says("counting"))
    }

    /// Whether these are the preferences that the store knows.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn prefers(&self, sources: &[Clean], mark_copies: bool) -> Result<bool> {
        let names: Vec<&str> = sources.iter().map(Clean::as_str).collect();
        let read = || Ok(self.preferred()? == names && self.marks_copies()? == mark_copies);
        read().map_err(self.says("reading the state"))
    }

    /// The person's preferred sources, the first of them most.
    pub(super) fn preferred(&self) -> rusqlite::Result<Vec<String>> {
        let kept: Option<Plain> =
            self.db.prepare_cached(KEPT)?.query_row(params![PREFERRED], |found| found.get(0)).optional()?;
        Ok(kept.and_then(|kept| serde_json::from_str(&kept.0).ok()).unwrap_or_default())
    }

    fn marks_copies(&self) -> rusqlite::Result<bool> {
        self.db.prepare_cached(KEPT)?.exists(params![MARK_COPIES])
    }

    /// Says in rows what is folded under them.
    pub(super) fn say_folded(&self, rows: &mut [Headline], fold: Folding) -> rusqlite::Result<()> {
        if fold == Folding::Nothing {
            return Ok(());
        }
        for row in rows {
            let Some(under) = row.fold.as_mut() else { continue };
            let sql = format!(
                "SELECT {SOURCE} FROM articles a JOIN articles b ON b.copies = a.copies AND b.id <> a.id \
                 JOIN feeds f ON f.id = b.feed WHERE a.id = ?1 AND b.muted = 0 ORDER BY b.published, b.id"
            );
            let mut statement = self.db.prepare_cached(&sql)?;
            let mut found = statement.query(params![row.id.0])?;
            let mut copies = 0;
            while let Some(found) = found.next()? {
                copies += 1;
                under.copies.extend(row::line(found, 0)?.filter(|name| !under.copies.contains(name)));
            }
            let own = &row.source;
            under.copies.retain(|name| name != own);
            (under.articles, under.sources) = match fold {
                Folding::Stories => {
                    let sql = "SELECT articles, sources FROM stories WHERE id = ?1";
                    let mut statement = self.db.prepare_cached(sql)?;
                    let counts = statement.query_row(params![under.story.0], |found| {
                        Ok((row::small(found, 0)?.saturating_sub(1), row::small(found, 1)?.saturating_sub(1)))
                    });
                    counts.optional()?.unwrap_or((0, 0))
                }
                _ => (copies, u32::try_from(under.copies.len()).unwrap_or(u32::MAX)),
            };
        }
        Ok(())
    }
}

impl Writing<'_> {
    /// Notes which sources the person prefers to read a text from, the first of them most; where that
    /// is another list than before, every text that several sources carry is dealt with anew (linear in
    /// their number).
    ///
    /// # Errors
    /// What SQLite says.
    pub fn prefer(&mut self, sources: &[Clean]) -> rusqlite::Result<()> {
        let names: Vec<&str> = sources.iter().map(Clean::as_str).collect();
        if self.reader.preferred()? == names {
            return Ok(());
        }
        let json =
            serde_json::to_string(&names).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
        self.set_state(PREFERRED, Some(&json))?;
        let sql = "SELECT DISTINCT story FROM articles WHERE copies IS NOT NULL AND story IS NOT NULL";
        self.stories_where(sql)?.into_iter().try_for_each(|story| self.settle(story))
    }

    /// Notes whether marking an article read marks its copies.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn prefer_copies(&mut self, marked: bool) -> rusqlite::Result<()> {
        self.set_state(MARK_COPIES, marked.then_some("1"))
    }

    /// These articles, with their copies where the person wants those marked with them.
    pub(super) fn with_copies(&self, ids: &[ArticleId]) -> rusqlite::Result<Vec<ArticleId>> {
        let mut all = ids.to_vec();
        if !self.reader.marks_copies()? {
            return Ok(all);
        }
        let sql = "SELECT b.id FROM articles a JOIN articles b ON b.copies = a.copies AND b.id <> a.id WHERE a.id = ?1";
        let mut statement = self.db.prepare_cached(sql)?;
        for id in ids {
            let copies = statement.query_map(params![id.0], |found| Ok(ArticleId(found.get(0)?)))?;
            for copy in copies {
                all.push(copy?);
            }
        }
        Ok(all)
    }
}
