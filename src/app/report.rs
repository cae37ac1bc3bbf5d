//! What the last refresh brought, feed by feed, or the last import, thing by thing: a page over the
//! panes. While a refresh runs, it is what that has brought so far.

use super::stepping::Steps;
use super::{Effect, State, lists};
use crate::model::{Action, FeedId, Only, Scope, View};
use crate::text::Clean;

/// What one feed brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedNews {
    /// The feed; `None` where what failed was no feed's doing.
    pub feed: Option<FeedId>,
    /// Its title.
    pub title: Clean,
    /// Articles that are new.
    pub new: u64,
    /// Articles whose text is another now.
    pub changed: u64,
    /// What went wrong, or why it was put off.
    pub trouble: Option<Clean>,
    /// It was not asked, only put off.
    pub later: bool,
    /// What was odd about it although it could be read.
    pub notes: Vec<Clean>,
}

impl FeedNews {
    /// Whether there is anything to tell.
    #[must_use]
    pub fn says_something(&self) -> bool {
        self.new > 0 || self.changed > 0 || self.trouble.is_some() || !self.notes.is_empty()
    }

    /// The line under its title, if there is one: what went wrong, else what was odd.
    #[must_use]
    pub fn line(&self) -> Option<&Clean> {
        self.trouble.as_ref().or_else(|| self.notes.first())
    }

    /// Its place on the page: what failed first, then what was put off, then most news first.
    fn order(&self) -> (u8, std::cmp::Reverse<u64>) {
        let rank = match (&self.trouble, self.later) {
            (Some(_), false) => 0,
            (Some(_), true) => 1,
            (None, _) => 2,
        };
        (rank, std::cmp::Reverse(self.new))
    }
}

/// What a file held that came in otherwise than one would think, or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// What became of it.
    pub how: How,
    /// What it is, and why.
    pub words: Clean,
}

/// What became of something in a file that was imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// It did not come in; its line in the file, from 1, or 0 where there are none.
    LeftOut(usize),
    /// It came in, though not as it was.
    Noted,
    /// A feed that is subscribed to now.
    Feed,
    /// A query that is kept now.
    Query,
}

/// A row of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// What a feed brought.
    Feed(FeedNews),
    /// What was in a file.
    Imported(Imported),
}

impl Row {
    /// The feed that it is about, if it can be gone to.
    #[must_use]
    pub fn feed(&self) -> Option<FeedId> {
        match self {
            Self::Feed(news) => news.feed,
            Self::Imported(_) => None,
        }
    }
}

/// What is known of the last refresh or import that brought something to tell.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// What came of it, in a sentence.
    pub said: Clean,
    /// What there is something to tell of.
    pub rows: Vec<Row>,
    /// Whether it is about an import rather than a refresh.
    pub import: bool,
    /// The selected row.
    pub cursor: usize,
    /// Whether the page is open.
    pub open: bool,
    /// Whether the page was opened on a refresh that was running, and still is.
    pub live: bool,
    /// What the refresh that is running has brought, in the order in which it came.
    pub so_far: Vec<Row>,
    /// The feeds that it still waits for, where they are few.
    pub waiting: Vec<Clean>,
}

impl Report {
    /// The rows that the page shows.
    #[must_use]
    pub fn shown(&self) -> &[Row] {
        if self.live { &self.so_far } else { &self.rows }
    }

    /// The selected row.
    #[must_use]
    pub fn selected(&self) -> Option<&Row> {
        self.shown().get(self.cursor)
    }

    /// A refresh begins.
    pub(super) fn begin(&mut self) {
        self.so_far.clear();
        self.waiting.clear();
    }

    /// Takes in what the refresh that is running has brought since it was last told.
    pub(super) fn brought(&mut self, feeds: Vec<FeedNews>, waiting: Vec<Clean>) {
        self.so_far.extend(feeds.into_iter().map(Row::Feed));
        self.waiting = waiting;
    }

    /// Takes the report of a refresh. One that nobody asked for and that brought nothing does not take
    /// the place of one that did; an open page stays as it is, unless it is about this refresh: then
    /// the row that was selected stays selected.
    pub(super) fn put(&mut self, said: Clean, mut feeds: Vec<FeedNews>, asked: bool) {
        let selected = self.selected().filter(|_| self.live).cloned();
        let live = std::mem::take(&mut self.live);
        self.begin();
        if (self.open && !live) || (feeds.is_empty() && !asked) {
            return;
        }
        feeds.sort_by(|a, b| a.order().cmp(&b.order()).then_with(|| a.title.cmp(&b.title)));
        self.rows = feeds.into_iter().map(Row::Feed).collect();
        self.cursor = selected.and_then(|row| self.rows.iter().position(|known| *known == row)).unwrap_or(0);
        (self.said, self.import) = (said, false);
    }

    /// Takes the report of an import: what was left out first. An open page stays as it is.
    pub(super) fn put_import(&mut self, said: Clean, mut rows: Vec<Imported>) {
        if self.open {
            return;
        }
        // Stable: within its kind each stays where it was in the file.
        rows.sort_by_key(|row| match row.how {
            How::LeftOut(_) => 0,
            How::Noted => 1,
            How::Feed => 2,
            How::Query => 3,
        });
        self.rows = rows.into_iter().map(Row::Imported).collect();
        (self.said, self.import, self.cursor) = (said, true, 0);
    }
}

/// Opens the page.
pub(super) fn open(state: &mut State) {
    let running = state.refreshing.is_some();
    if !running && state.report.said.is_empty() {
        let refresh = state.key(Action::RefreshAll);
        return state.say(crate::clean!("Nothing was fetched since the start; {refresh} refreshes all feeds."));
    }
    let report = &mut state.report;
    (report.open, report.live, report.cursor) = (true, running, 0);
}

/// What is asked for while the page is open.
pub(super) fn perform(state: &mut State, action: Action, count: Option<usize>, effects: &mut Vec<Effect>) {
    let steps = Steps::over(state, state.report.cursor, state.report.shown().len());
    let report = &mut state.report;
    if let Some(to) = steps.to(action, count) {
        report.cursor = to;
        return;
    }
    match action {
        Action::Open => {
            let Some(feed) = report.selected().and_then(Row::feed) else { return };
            close(report);
            // It may have gone meanwhile.
            let there = |id: &FeedId| state.drawer.sources.feeds.iter().any(|known| known.id == *id);
            if there(&feed) {
                let view = View { scope: Scope::Feed(feed), only: Only::All, ..View::default() };
                lists::show(state, view, effects);
            }
        }
        Action::Back | Action::Quit | Action::Report => close(report),
        Action::Cancel => super::fetching::cancel(state, effects),
        Action::Redraw => effects.push(Effect::Redraw),
        Action::Suspend => effects.push(Effect::Suspend),
        _ => {}
    }
}

fn close(report: &mut Report) {
    (report.open, report.live) = (false, false);
}
