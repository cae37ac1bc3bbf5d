//! What the last refresh brought, feed by feed: a page over the panes.

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

/// What is known of the last refresh that brought something to tell.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// What came of it, in a sentence.
    pub said: Clean,
    /// The feeds that there is something to tell of.
    pub feeds: Vec<FeedNews>,
    /// The selected one.
    pub cursor: usize,
    /// Whether the page is open.
    pub open: bool,
}

impl Report {
    /// Takes the report of a refresh. One that nobody asked for and that brought nothing does not take
    /// the place of one that did; an open page stays as it is.
    pub(super) fn put(&mut self, said: Clean, mut feeds: Vec<FeedNews>, asked: bool) {
        if self.open || (feeds.is_empty() && !asked) {
            return;
        }
        feeds.sort_by(|a, b| a.order().cmp(&b.order()).then_with(|| a.title.cmp(&b.title)));
        *self = Self { said, feeds, cursor: 0, open: false };
    }
}

/// Opens the page.
pub(super) fn open(state: &mut State) {
    if state.report.said.is_empty() {
        let refresh = state.key(Action::RefreshAll);
        return state.say(crate::clean!("Nothing was fetched since the start; {refresh} refreshes all feeds."));
    }
    state.report.open = true;
}

/// What is asked for while the page is open.
pub(super) fn perform(state: &mut State, action: Action, count: Option<usize>, effects: &mut Vec<Effect>) {
    let report = &mut state.report;
    let last = report.feeds.len().saturating_sub(1);
    let times = count.unwrap_or(1);
    match action {
        Action::Next | Action::LineDown => report.cursor = report.cursor.saturating_add(times).min(last),
        Action::Previous | Action::LineUp => report.cursor = report.cursor.saturating_sub(times),
        Action::First => report.cursor = 0,
        Action::Last => report.cursor = last,
        Action::Open => {
            report.open = false;
            let feed = report.feeds.get(report.cursor).and_then(|news| news.feed);
            // It may have gone meanwhile.
            let there = |id: &FeedId| state.drawer.sources.feeds.iter().any(|known| known.id == *id);
            if let Some(feed) = feed.filter(there) {
                let view = View { scope: Scope::Feed(feed), only: Only::All, ..View::default() };
                lists::show(state, view, effects);
            }
        }
        Action::Back | Action::Quit | Action::Report => report.open = false,
        Action::Redraw => effects.push(Effect::Redraw),
        Action::Suspend => effects.push(Effect::Suspend),
        _ => {}
    }
}
