//! Lists: pages by keyset, never by offset, so that the millionth row costs what the first does.
//!
//! A page is found in two steps: its keys (from an index that holds nothing else), then its rows.
//! Lists with a text are in `matched`, lists by relevance in `rank`.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use jiff::tz::TimeZone;
use rusqlite::params;
use rusqlite::types::Value;

use super::grouped::Grouping;
use super::query::{self, Filter};
use super::rank::Sought;
use super::stories::{folded, only_news};
use super::{Reader, Result, leaving, row};
use crate::model::query::Is;
use crate::model::{
    Anchor, ArticleId, FeedId, Folding, Headline, Only, Order, Page, Query, RowKey, SORTED, Scope, Time, View,
};

/// When and where a question is asked: what "two days ago" and "today" in a query lean on.
#[derive(Clone, Debug)]
pub struct Moment {
    /// The time.
    pub now: Time,
    /// The person's time zone.
    pub zone: TimeZone,
}

/// A list, made into conditions.
pub(super) struct Plan {
    /// Conditions besides the feed, of `articles a`, each with ` AND ` before it.
    pub(super) conditions: String,
    /// Their values.
    pub(super) values: Vec<Value>,
    /// Those of the conditions by which an index leaves rows out.
    pub(super) narrow: String,
    /// Their values.
    pub(super) narrow_values: Vec<Value>,
    /// The FTS expression, if the query has a text.
    pub(super) text: Option<String>,
    /// The feeds whose lists are merged; `None` for all articles.
    pub(super) feeds: Option<Vec<FeedId>>,
    pub(super) fold: Folding,
    /// What else could stand for a row, where a list with a text is folded.
    pub(super) grouping: Option<Grouping>,
    /// What of the text an order by relevance goes by.
    pub(super) sought: Sought,
    /// Whether the conditions read texts, each some 0.1 ms, so that a page may take seconds.
    pub(super) slow: bool,
    /// When looking further back is put off until the next page.
    pub(super) until: Option<Instant>,
}

/// Keys of a list, nearest first, and how far it was looked through where that was not far enough.
#[derive(Default)]
pub(super) struct Stretch {
    pub(super) keys: Vec<RowKey>,
    pub(super) reached: Option<RowKey>,
}

/// Which way from where a page goes.
#[derive(Clone, Copy)]
pub(super) enum Toward {
    Older,
    Newer,
}

impl Toward {
    /// How keys compare that way, and their order.
    pub(super) fn sql(self) -> (&'static str, &'static str) {
        match self {
            Self::Older => ("<", "DESC"),
            Self::Newer => (">", "ASC"),
        }
    }
}

pub(super) const NEWEST: RowKey = RowKey { published: Time(i64::MAX), id: ArticleId(i64::MAX) };
pub(super) const OLDEST: RowKey = RowKey { published: Time(i64::MIN), id: ArticleId(i64::MIN) };

impl Reader {
    /// A page of a list, of at most `limit` rows.
    ///
    /// Rows are in the list's order (newest first) and no row is skipped or doubled between pages,
    /// whatever came in meanwhile. `at_newest` and `at_oldest` are certain in the direction that
    /// was read; in the other they are false. A list by relevance ([`Order::Relevance`]) is this one
    /// page; the pages before and after it are empty. So are those of other orders than that of time,
    /// whose page has all rows they are of, whatever `limit`. Where the oldest
    /// come first, `Newest` and `OlderThan` mean the list's beginning and what comes after a row.
    ///
    /// # Errors
    /// That the store cannot be read, a bad regular expression, or that it was interrupted.
    pub fn page(&self, view: &View, anchor: Anchor, limit: usize, moment: &Moment) -> Result<Page> {
        let plan = self.plan(view, moment)?;
        self.page_of(&plan, view, anchor, limit)
    }

    /// The same, given after about `patience` as far as it came: [`Page::reached`] then says where the
    /// next page goes on, and it has fewer rows, or none. Only lists with a text, and what texts must be
    /// read for, take that long, and only towards what is older is it put off.
    ///
    /// # Errors
    /// As [`Reader::page`].
    pub fn page_soon(
        &self,
        view: &View,
        anchor: Anchor,
        limit: usize,
        moment: &Moment,
        patience: Duration,
    ) -> Result<Page> {
        // In other orders what is newer may have to be read first, too: there is nothing to put off.
        let timely = matches!(view.order, Order::Newest | Order::Relevance);
        let until = Instant::now().checked_add(patience).filter(|_| timely);
        let plan = Plan { until, ..self.plan(view, moment)? };
        self.page_of(&plan, view, anchor, limit)
    }

    fn page_of(&self, plan: &Plan, view: &View, anchor: Anchor, limit: usize) -> Result<Page> {
        if let (Order::Relevance, Some(text)) = (view.order, &plan.text) {
            return self.ranked_page(plan, text, anchor, limit).map_err(self.says("searching"));
        }
        let page = match view.order {
            Order::Newest | Order::Relevance => self.planned_page(plan, anchor, limit),
            Order::Oldest => self.planned_page(plan, turned(anchor), limit).map(|mut page| {
                page.rows.reverse();
                std::mem::swap(&mut page.at_newest, &mut page.at_oldest);
                page
            }),
            // Only what was kept has a time of it.
            Order::Kept | Order::Title if view.only != Only::Bookmarked => self.planned_page(plan, anchor, limit),
            order => self.sorted_page(plan, view.only, order, anchor),
        };
        page.map_err(self.says("reading a list"))
    }

    /// The ids of all articles of a list, in its order. Linear in their number.
    ///
    /// # Errors
    /// As [`Reader::page`].
    pub fn ids(&self, view: &View, moment: &Moment) -> Result<Vec<ArticleId>> {
        let plan = self.plan(view, moment)?;
        let found = self.keys(&plan, Toward::Older, NEWEST, usize::MAX).map_err(self.says("reading a list"))?;
        let mut ids: Vec<ArticleId> = found.keys.into_iter().map(|key| key.id).collect();
        match view.order {
            Order::Newest => {}
            Order::Oldest => ids.reverse(),
            // Such a list is a page long; what it leaves out comes after it.
            _ => {
                let page = self.page_of(&plan, view, Anchor::Newest, SORTED)?;
                let first: Vec<ArticleId> = page.rows.iter().map(|row| row.id).collect();
                let known: HashSet<ArticleId> = first.iter().copied().collect();
                ids = first.into_iter().chain(ids.into_iter().filter(|id| !known.contains(id))).collect();
            }
        }
        Ok(ids)
    }

    /// The keys of the newest rows of a list, at most `most`.
    pub(super) fn some_keys(&self, view: &View, most: usize, moment: &Moment) -> Result<Vec<RowKey>> {
        let plan = self.plan(view, moment)?;
        let found = self.keys(&plan, Toward::Older, NEWEST, most).map_err(self.says("counting a list"))?;
        Ok(found.keys)
    }

    /// What a list shows of these articles, in the order given; those that are gone are left out.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn headlines(&self, ids: &[ArticleId]) -> Result<Vec<Headline>> {
        self.rows(ids.iter().copied()).map_err(self.says("reading headlines"))
    }

    /// The same without those that are muted.
    ///
    /// # Errors
    /// As [`Reader::headlines`].
    pub fn in_sight(&self, ids: &[ArticleId]) -> Result<Vec<Headline>> {
        self.rows_that(" AND a.muted = 0", ids.iter().copied()).map_err(self.says("reading headlines"))
    }

    fn planned_page(&self, plan: &Plan, anchor: Anchor, limit: usize) -> rusqlite::Result<Page> {
        let mut reached = None;
        let (keys, at_newest, at_oldest) = anchored(anchor, limit, |toward, from, limit| {
            let found = self.keys(plan, toward, from, limit)?;
            reached = reached.or(found.reached);
            Ok(found.keys)
        })?;
        // Where there is more than a page, the next one begins after its last row.
        let reached = reached.filter(|_| at_oldest);
        let mut rows = self.rows(keys.into_iter().map(|key| key.id))?;
        self.say_folded(&mut rows, plan.fold)?;
        Ok(Page { rows, at_newest, at_oldest: at_oldest && reached.is_none(), reached, ..Page::default() })
    }

    pub(super) fn rows(&self, ids: impl IntoIterator<Item = ArticleId>) -> rusqlite::Result<Vec<Headline>> {
        self.rows_that("", ids)
    }

    fn rows_that(&self, wanted: &str, ids: impl IntoIterator<Item = ArticleId>) -> rusqlite::Result<Vec<Headline>> {
        let sql =
            format!("SELECT {} FROM articles a JOIN feeds f ON f.id = a.feed WHERE a.id = ?1{wanted}", row::HEADLINE);
        let mut statement = self.db.prepare_cached(&sql)?;
        let mut rows = Vec::new();
        for id in ids {
            let mut found = statement.query(params![id.0])?;
            if let Some(found) = found.next()? {
                rows.push(row::headline(found)?);
            }
        }
        Ok(rows)
    }

    pub(super) fn plan(&self, view: &View, moment: &Moment) -> Result<Plan> {
        let mut conditions = match view.only {
            Only::All => String::new(),
            Only::Unread => " AND a.read = 0".to_owned(),
            Only::Bookmarked => " AND a.bookmarked = 1".to_owned(),
        };
        let filter = match &view.query {
            Some(query) => query::compile(self, query, moment)?,
            None => Filter::default(),
        };
        let narrow = format!("{conditions}{}", filter.narrow);
        conditions.push_str(&filter.conditions);
        // What is kept for good is kept in sight, and a query may ask for what is muted.
        let hides = self.hides_any().map_err(self.says("reading a list"))?;
        if hides
            && view.only != Only::Bookmarked
            && !view.query.as_ref().is_some_and(|query| query.speaks_of(Is::Muted))
        {
            conditions.push_str(" AND a.muted = 0");
        }
        let says = self.says("reading a list");
        if self.any_leaves().map_err(&says)? {
            conditions.push_str(leaving::IN_SIGHT);
        }
        only_news(view, &mut conditions);
        let feeds = match view.scope {
            Scope::Everything => None,
            Scope::Feed(feed) => Some(vec![feed]),
            Scope::Folder(folder) => Some(self.feeds_within(folder).map_err(&says)?),
        };
        let mut values = filter.values;
        let grouping = folded(view, feeds.as_deref(), filter.text.is_some(), &mut conditions, &mut values);
        Ok(Plan {
            conditions,
            values,
            narrow,
            narrow_values: filter.narrow_values,
            text: filter.text,
            feeds,
            fold: view.fold,
            grouping,
            sought: filter.sought,
            slow: view.query.as_ref().is_some_and(Query::is_slow),
            until: None,
        })
    }

    /// At most `limit` keys of a list beyond `from`, nearest first.
    pub(super) fn keys(&self, plan: &Plan, toward: Toward, from: RowKey, limit: usize) -> rusqlite::Result<Stretch> {
        if plan.text.is_some() || plan.slow {
            return self.matched_keys(plan, toward, from, limit);
        }
        let found = |keys| Stretch { keys, reached: None };
        let Some(feeds) = &plan.feeds else {
            return self.walk(&plan.conditions, &plan.values, toward, from, limit).map(found);
        };
        let wanted = format!(" AND a.feed = ?{}", plan.conditions);
        let mut keys = Vec::new();
        for feed in feeds {
            let values: Vec<Value> =
                std::iter::once(Value::Integer(feed.0)).chain(plan.values.iter().cloned()).collect();
            keys.append(&mut self.walk(&wanted, &values, toward, from, limit)?);
        }
        if feeds.len() > 1 {
            match toward {
                Toward::Older => keys.sort_unstable_by(|a, b| b.cmp(a)),
                Toward::Newer => keys.sort_unstable(),
            }
            keys.truncate(limit);
        }
        Ok(found(keys))
    }
}

/// The same place of a list that runs the other way.
fn turned(anchor: Anchor) -> Anchor {
    match anchor {
        Anchor::Newest => Anchor::Oldest,
        Anchor::Oldest => Anchor::Newest,
        Anchor::OlderThan(key) => Anchor::NewerThan(key),
        Anchor::NewerThan(key) => Anchor::OlderThan(key),
        Anchor::Around(key) => Anchor::Around(key),
    }
}

/// The keys of a page, in a list's order, and whether it reaches the list's newest and oldest row.
/// `keys` gives at most so many keys beyond one, nearest first.
pub(super) fn anchored(
    anchor: Anchor,
    limit: usize,
    mut keys: impl FnMut(Toward, RowKey, usize) -> rusqlite::Result<Vec<RowKey>>,
) -> rusqlite::Result<(Vec<RowKey>, bool, bool)> {
    let one_more = limit.saturating_add(1);
    Ok(match anchor {
        Anchor::Newest | Anchor::OlderThan(_) => {
            let from = if let Anchor::OlderThan(key) = anchor { key } else { NEWEST };
            let mut keys = keys(Toward::Older, from, one_more)?;
            let at_oldest = keys.len() <= limit;
            keys.truncate(limit);
            (keys, anchor == Anchor::Newest, at_oldest)
        }
        Anchor::Oldest | Anchor::NewerThan(_) => {
            let from = if let Anchor::NewerThan(key) = anchor { key } else { OLDEST };
            let mut keys = keys(Toward::Newer, from, one_more)?;
            let at_newest = keys.len() <= limit;
            keys.truncate(limit);
            keys.reverse();
            (keys, at_newest, anchor == Anchor::Oldest)
        }
        Anchor::Around(key) => {
            let mut newer = keys(Toward::Newer, key, one_more)?;
            let including = RowKey { published: key.published, id: ArticleId(key.id.0.saturating_add(1)) };
            let mut older = keys(Toward::Older, including, one_more)?;
            let above = (limit / 2).max(limit.saturating_sub(older.len())).min(newer.len());
            let below = (limit - above).min(older.len());
            let (at_newest, at_oldest) = (newer.len() <= above, older.len() <= below);
            newer.truncate(above);
            older.truncate(below);
            newer.reverse();
            newer.append(&mut older);
            (newer, at_newest, at_oldest)
        }
    })
}

/// A limit as SQLite takes it; no limit is the largest one.
pub(super) fn as_limit(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}
