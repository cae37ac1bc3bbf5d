//! The headline list: a window of rows around the cursor, however many articles are stored.

use std::collections::HashSet;

pub use super::row::{Row, Rows};
use crate::model::{Anchor, ArticleId, Folding, Headline, Only, RowKey, Scope, StoryId, View};

mod lines;

pub use lines::{HEADLINE_LINES, Line, Look, What, was_said};

/// Rows asked for at once.
pub const PAGE: usize = 200;

/// When the cursor comes this near to the end of the rows at hand, more are asked for.
const AHEAD: usize = 60;

/// The most rows kept; beyond that the rows farthest from the cursor are let go.
const WINDOW: usize = 1200;

/// The headline list.
#[derive(Clone, Debug, Default)]
pub struct Headlines {
    /// What it shows.
    pub view: View,
    /// It shows stories, a row for each.
    pub stories: bool,
    /// What is folded, where a person said so for this list.
    pub asked: Option<Folding>,
    /// The rows at hand, newest first; under the row of a story that is unfolded its other articles.
    pub rows: Vec<Row>,
    /// The stories that are unfolded, with what was found of them.
    pub unfolded: Vec<(StoryId, Vec<Headline>)>,
    /// The selected row, as an index into `rows`; 0 when there are none.
    pub cursor: usize,
    /// The first row on the screen.
    pub top: usize,
    /// No newer rows exist than the first.
    pub at_newest: bool,
    /// No older rows exist than the last.
    pub at_oldest: bool,
    /// How far back the list was looked through, where that is farther than its last row: see
    /// [`Page::reached`](crate::model::Page::reached).
    pub reached: Option<RowKey>,
    /// Of a list without rows: how many articles would be in it if they were not muted.
    pub muted: u64,
    /// The first page has come.
    pub loaded: bool,
    /// Articles that came in and are not in the rows yet.
    pub arrived: u64,
}

impl Headlines {
    /// Whether it is known of what comes in that it will stand in this list: in the river. What comes
    /// for a feed, a folder or a search is not counted for each.
    #[must_use]
    pub fn counts_arrivals(&self) -> bool {
        let View { scope, only, query, .. } = &self.view;
        *scope == Scope::Everything && *only != Only::Bookmarked && query.is_none()
    }

    /// A list that shows `view` and has no rows yet.
    #[must_use]
    pub fn of(view: View) -> Self {
        Self { view, ..Self::default() }
    }

    /// The list of stories that are told by the feeds of `scope`.
    #[must_use]
    pub fn of_stories(scope: Scope) -> Self {
        Self { stories: true, view: View { scope, ..View::default() }, ..Self::default() }
    }

    /// The same list, to be read again from its beginning. Its rows stay until the new ones come.
    #[must_use]
    pub(super) fn anew(&mut self) -> Self {
        let (view, rows) = (self.view.clone(), std::mem::take(&mut self.rows));
        Self { stories: self.stories, asked: self.asked, rows, ..Self::of(view) }
    }

    /// Whether what belongs together is folded here unless a person says otherwise: where news of
    /// many sources runs together, and not in a feed's own list, among bookmarks or in what was
    /// searched for.
    #[must_use]
    pub fn folds_by_itself(&self) -> bool {
        let View { scope, only, query, .. } = &self.view;
        !self.stories && !matches!(scope, Scope::Feed(_)) && *only != Only::Bookmarked && query.is_none()
    }

    /// As [`Headlines::settled`], with what the list knows of the row.
    #[must_use]
    pub fn settled_row(&self) -> Option<&Row> {
        self.rows.get(self.cursor).filter(|_| self.loaded)
    }

    /// The selected row, once the rows are those of [`Headlines::view`]: while a search is typed,
    /// the rows of the one before stay on the screen until the answer comes, and nothing may be done
    /// to them.
    #[must_use]
    pub fn settled(&self) -> Option<&Headline> {
        self.selected().filter(|_| self.loaded)
    }

    /// The selected row.
    #[must_use]
    pub fn selected(&self) -> Option<&Headline> {
        self.rows.get(self.cursor).map(|row| &row.headline)
    }

    /// Puts a page where it belongs. The selected row and its place on the screen stay.
    pub fn put(&mut self, anchor: Anchor, page: Rows) {
        self.loaded = true;
        let under = self.rows.get(self.cursor).filter(|row| row.under.is_some()).map(|row| row.id);
        match anchor {
            Anchor::OlderThan(key) if self.end() == Some(key) => {
                self.rows.extend(page.rows);
                (self.at_oldest, self.reached) = (page.at_oldest, page.reached);
                self.muted = if self.rows.is_empty() { page.muted } else { 0 };
            }
            Anchor::NewerThan(key) if self.rows.first().map(|row| row.key) == Some(key) => {
                self.cursor += page.rows.len();
                self.top += page.rows.len();
                self.rows.splice(0..0, page.rows);
                self.at_newest = page.at_newest;
            }
            // An answer to rows that have gone since: the next move asks again.
            Anchor::OlderThan(_) | Anchor::NewerThan(_) => {}
            Anchor::Newest | Anchor::Oldest | Anchor::Around(_) => self.replace(anchor, page),
        }
        self.spread();
        if let (Anchor::Around(_), Some(id)) = (anchor, under) {
            self.select_under(id);
        }
        self.trim();
    }

    /// From the front of an unfolded story to the article `id` under it, if it stands there still.
    fn select_under(&mut self, id: ArticleId) {
        let under = self.rows.iter().enumerate().skip(self.cursor + 1).take_while(|(_, row)| row.under.is_some());
        let Some((at, _)) = under.into_iter().find(|(_, row)| row.id == id) else { return };
        self.top += at - self.cursor;
        self.cursor = at;
    }

    fn replace(&mut self, anchor: Anchor, page: Rows) {
        let above = self.cursor.saturating_sub(self.top);
        (self.rows, self.at_newest, self.at_oldest) = (page.rows, page.at_newest, page.at_oldest);
        (self.reached, self.muted) = (page.reached, page.muted);
        let last = self.rows.len().saturating_sub(1);
        (self.cursor, self.top) = match anchor {
            Anchor::Around(key) => {
                // Lists run from new to old, so keys run downwards; by relevance they do not.
                let same = self.rows.iter().position(|row| row.key == key);
                let rising = self.rows.first().zip(self.rows.last()).is_some_and(|(a, b)| a.key < b.key);
                let beyond = |row: &Row| if rising { row.key < key } else { row.key > key };
                let at = same.unwrap_or_else(|| self.rows.partition_point(beyond)).min(last);
                (at, at.saturating_sub(above))
            }
            Anchor::Oldest => (last, last),
            _ => (0, 0),
        };
    }

    fn trim(&mut self) {
        if self.rows.len() <= WINDOW {
            return;
        }
        let below = self.rows.len() - self.cursor;
        if below > WINDOW / 2 + AHEAD {
            // A story goes whole or stays whole.
            let most = self.cursor + WINDOW / 2;
            let under = self.rows.iter().skip(most).take_while(|row| row.under.is_some()).count();
            self.rows.truncate(most + under);
            (self.at_oldest, self.reached) = (false, None);
        }
        let mut surplus = self.cursor.saturating_sub(WINDOW / 2).min(self.top);
        while surplus > 0 && self.rows[surplus].under.is_some() {
            surplus -= 1;
        }
        if surplus > 0 {
            self.rows.drain(..surplus);
            self.cursor -= surplus;
            self.top -= surplus;
            self.at_newest = false;
        }
    }

    /// Moves the cursor by `by` rows, as far as there are rows.
    pub fn move_by(&mut self, by: isize) {
        let last = self.rows.len().saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(by).min(last);
    }

    /// The page that should be asked for now, so that the cursor never meets an end that is none.
    #[must_use]
    pub fn wanted(&self) -> Option<Anchor> {
        if !self.at_oldest && self.rows.len().saturating_sub(self.cursor) <= AHEAD {
            return self.end().map(Anchor::OlderThan);
        }
        let first = self.rows.first()?;
        (!self.at_newest && self.cursor < AHEAD).then_some(Anchor::NewerThan(first.key))
    }

    /// Where the next older page begins.
    fn end(&self) -> Option<RowKey> {
        self.reached.or(self.rows.last().map(|row| row.key))
    }

    /// The nearest unread row after (or before) the cursor among those at hand.
    #[must_use]
    pub fn unread_from_cursor(&self, forward: bool) -> Option<usize> {
        if forward {
            (self.cursor + 1..self.rows.len()).find(|at| self.rows[*at].unread())
        } else {
            (0..self.cursor).rev().find(|at| self.rows[*at].unread())
        }
    }

    /// The key of the selected row.
    #[must_use]
    pub fn key(&self) -> Option<RowKey> {
        self.rows.get(self.cursor).map(|row| row.key)
    }

    /// The index of an article among the rows at hand.
    #[must_use]
    pub fn position(&self, id: ArticleId) -> Option<usize> {
        self.rows.iter().position(|row| row.id == id)
    }

    /// Changes the rows of these articles, wherever they stand. Linear in the ids and in the rows at
    /// hand.
    pub fn change(&mut self, ids: &[ArticleId], change: impl Fn(&mut Headline)) {
        let under = |(_, members): &'_ (StoryId, Vec<Headline>)| members.iter().map(|row| row.id).collect::<Vec<_>>();
        // The rows at hand are few, the ids may be a million.
        let here: HashSet<ArticleId> =
            self.rows.iter().map(|row| row.id).chain(self.unfolded.iter().flat_map(under)).collect();
        let ids: HashSet<ArticleId> = ids.iter().copied().filter(|id| here.contains(id)).collect();
        if ids.is_empty() {
            return;
        }
        let members = self.unfolded.iter_mut().flat_map(|(_, members)| members);
        members.filter(|row| ids.contains(&row.id)).for_each(&change);
        let mut marked = Vec::new();
        for row in self.rows.iter_mut().filter(|row| ids.contains(&row.headline.id)) {
            let before = row.headline.read;
            change(&mut row.headline);
            if row.headline.read != before {
                marked.extend(row.story().map(|story| (story, before)));
            }
        }
        for (story, was_read) in marked {
            let standings = self.rows.iter_mut().filter_map(|row| row.standing.as_mut());
            for standing in standings.filter(|standing| standing.id == story) {
                let unread = standing.unread.saturating_add_signed(if was_read { 1 } else { -1 });
                standing.unread = unread.min(standing.articles);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FeedId, Order, Page, Time};
    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    fn row(n: i64) -> Headline {
        let title = if n % 4 == 0 { "A headline of many words that takes a second line" } else { "Short" };
        Headline {
            words: 1,
            read: n % 3 != 0,
            ..Headline::new(ArticleId(n), FeedId(1), title.into(), "s".into(), Time(n * 7000))
        }
    }

    fn page(newest: i64, oldest: i64) -> Rows {
        Page {
            rows: (oldest..=newest).rev().map(row).collect(),
            at_newest: false,
            at_oldest: oldest == 0,
            ..Page::default()
        }
        .into()
    }

    #[test]
    fn a_list_that_takes_long_goes_on_where_it_was_left() {
        let mut list = Headlines::default();
        let (first, second) = (row(90).key(), row(20).key());
        list.put(Anchor::Newest, Rows { at_newest: true, reached: Some(first), ..Rows::default() });
        assert_eq!(list.wanted(), Some(Anchor::OlderThan(first)), "nothing was found so far");
        list.put(Anchor::OlderThan(first), Rows { reached: Some(second), ..page(50, 40) });
        assert_eq!((list.rows.len(), list.wanted()), (11, Some(Anchor::OlderThan(second))));
        list.put(Anchor::OlderThan(first), page(30, 25));
        assert_eq!(list.rows.len(), 11, "an answer to another question");
        list.put(Anchor::OlderThan(second), page(10, 0));
        assert_eq!((list.rows.len(), list.wanted()), (22, None));
    }

    const LOOK: Look<'_> = Look { width: 30, height: 20, compact: false, order: Order::Newest, zone: &TimeZone::UTC };

    fn shows(list: &Headlines, at: usize, look: Look<'_>) -> bool {
        list.lines(look).iter().any(|line| line.what == What::Row(at))
    }

    #[test]
    fn pages_join_and_the_selected_row_stays() {
        let mut list = Headlines::default();
        list.put(Anchor::Newest, page(300, 200));
        list.cursor = 50;
        let key = list.key().unwrap();
        list.put(Anchor::OlderThan(row(200).key()), page(199, 100));
        list.put(Anchor::NewerThan(row(300).key()), page(340, 301));
        assert_eq!(list.key(), Some(key));
        assert!(list.rows.windows(2).all(|pair| pair[0].key > pair[1].key));
        list.put(Anchor::OlderThan(row(7).key()), page(6, 0));
        assert_eq!(list.rows.last().unwrap().id, ArticleId(100), "a page that does not join is dropped");
    }

    #[test]
    fn the_selected_row_stays_in_a_list_whose_order_is_not_that_of_time() {
        let mixed = || Rows {
            rows: [5, 9, 2, 7, 1].map(row).map(Row::from).into(),
            at_newest: true,
            at_oldest: true,
            ..Rows::default()
        };
        let mut list = Headlines::default();
        list.put(Anchor::Newest, mixed());
        list.cursor = 3;
        list.put(Anchor::Around(row(7).key()), mixed());
        assert_eq!(list.selected().map(|row| row.id), Some(ArticleId(7)));
    }

    #[test]
    fn the_window_is_bounded() {
        let mut list = Headlines::default();
        list.put(Anchor::Newest, page(10_000, 9_800));
        for _ in 0..200 {
            list.move_by(100);
            list.follow(LOOK);
            if let Some(anchor @ Anchor::OlderThan(key)) = list.wanted() {
                list.put(anchor, page(key.id.0 - 1, key.id.0 - 200));
            }
            assert!(list.rows.len() <= WINDOW + PAGE);
        }
        assert!(list.rows[0].id.0 < 9_000, "the far rows were let go");
        assert!(!list.at_newest);
    }

    #[test]
    fn unread_rows_are_found_both_ways() {
        let mut list = Headlines::default();
        list.put(Anchor::Newest, page(10, 0));
        assert_eq!(list.rows[list.unread_from_cursor(true).unwrap()].id, ArticleId(9));
        list.cursor = 10;
        assert_eq!(list.rows[list.unread_from_cursor(false).unwrap()].id, ArticleId(3));
    }

    proptest! {
        #[test]
        fn the_cursor_is_always_on_the_screen(moves in proptest::collection::vec(-30_isize..30, 1..40), height in 1_u16..40, width in 3_u16..60, compact: bool) {
            let look = Look { width, height, compact, order: Order::Newest, zone: &TimeZone::UTC };
            let mut list = Headlines::default();
            list.put(Anchor::Newest, page(120, 0));
            for by in moves {
                list.move_by(by);
                list.follow(look);
                prop_assert!(shows(&list, list.cursor, look), "cursor {} top {}", list.cursor, list.top);
                let lines = list.lines(look);
                for pair in lines.windows(2) {
                    prop_assert!(pair[0].y < pair[1].y);
                }
                prop_assert!(lines.last().is_none_or(|line| line.y < height));
            }
        }
    }
}
