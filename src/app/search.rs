//! Searching and filtering: what a typed query comes to, as it is typed and when it is done.
//!
//! While it is typed, its last word stands for all that begin so ([`Query::typed`]); Enter takes it as
//! it stands, and where nothing has just that word, what was shown stays.

use super::change::Change;
use super::effect::Effect;
use super::headlines::Headlines;
use super::prompt::{Purpose, Wrong};
use super::sheet::Origin;
use super::{Pane, State, lists, sheets, typing};
use crate::clean;
use crate::model::query::REMEMBERED;
use crate::model::{Action, Anchor, Only, Order, Query, SORTED, View};
use crate::text::{Clean, CleanText};

/// Searches: the one that is on, and those before.
#[derive(Clone, Debug, Default)]
pub struct Searches {
    /// Queries that were typed, oldest first, each once; `None` before they are known.
    pub history: Option<Vec<Clean>>,
    /// What was typed for the query that is on.
    pub on: Option<On>,
    /// The search that is narrowed by the filter that is on, and the list that it gives.
    pub(super) narrowed: Option<(On, View)>,
    /// The list to show where the finished query finds nothing.
    pub(super) instead: Option<View>,
    /// Where one was in an article when the line was opened, and whether that alone was shown: who gives
    /// the search up is there again.
    pub(super) from: Option<(Origin, bool)>,
}

/// A query that was typed and is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct On {
    /// A search or a filter.
    pub purpose: Purpose,
    /// As it was typed.
    pub text: Clean,
}

impl Searches {
    /// Remembers a query, as the newest.
    fn remember(&mut self, text: &Clean) {
        let history = self.history.get_or_insert_default();
        history.retain(|known| known != text);
        history.push(text.clone());
        let surplus = history.len().saturating_sub(REMEMBERED);
        history.drain(..surplus);
    }

    /// The query that was on ends.
    pub(super) fn end(&mut self) {
        (self.on, self.narrowed, self.instead) = (None, None, None);
    }

    /// Takes the queries of earlier runs, where they are not known yet.
    pub(super) fn put(&mut self, earlier: &[Clean]) {
        if self.history.is_none() {
            self.history = Some(earlier.to_vec());
        }
    }
}

/// Opens the line for a search or a filter, over the list where what is found will stand.
pub(super) fn open(state: &mut State, purpose: Purpose) {
    let reads = matches!(state.focus, Pane::Article | Pane::Related);
    state.searches.from = reads.then(|| (sheets::origin(state), state.zen));
    (state.focus, state.zen) = (Pane::Headlines, false);
    typing::open(state, purpose);
}

/// The line was given up: whoever read an article is at it again.
pub(super) fn given_up(state: &mut State, effects: &mut Vec<Effect>) {
    let Some((from, zen)) = state.searches.from.take() else { return };
    sheets::come_from(state, from, effects);
    state.zen = zen;
}

/// Shows what matches `text`, as far as it is typed. A query that can become right no more leaves the
/// list as it is.
pub(super) fn as_typed(state: &mut State, purpose: Purpose, text: &str, effects: &mut Vec<Effect>) {
    state.searches.instead = None;
    match Query::typed(text).map(|query| taken(state, purpose, query)) {
        Ok(query) if query.is_empty() => lists::end_search(state, effects),
        Ok(query) => show(state, purpose, text, query, effects),
        Err(error) => wrong(state, error.into()),
    }
}

/// A query as it is meant: whoever filters bookmarks has seen their headlines, and a few letters of one
/// are enough.
fn taken(state: &State, purpose: Purpose, query: Query) -> Query {
    let list = &state.headlines;
    let bookmarks = purpose == Purpose::Filter && list.view.only == Only::Bookmarked && !list.stories;
    if bookmarks { query.by_letters() } else { query }
}

fn wrong(state: &mut State, wrong: Wrong) {
    if let Some(prompt) = &mut state.prompt {
        prompt.error = Some(wrong);
    }
}

/// The query is done. Says whether it could be read.
pub(super) fn finished(state: &mut State, purpose: Purpose, text: &str, effects: &mut Vec<Effect>) -> bool {
    let query = match Query::parse(text) {
        Ok(query) => taken(state, purpose, query),
        Err(error) => {
            wrong(state, error.into());
            return false;
        }
    };
    if query.is_empty() {
        return true;
    }
    // Where nothing begins so either, there is nothing to go back to.
    let list = &state.headlines;
    let typed = (list.view.query.is_some() && !(list.loaded && list.rows.is_empty())).then(|| list.view.clone());
    show(state, purpose, text, query, effects);
    state.searches.instead = typed.filter(|typed| *typed != state.headlines.view);
    remember(state, text, effects);
    true
}

/// Remembers a query that was typed.
pub(super) fn remember(state: &mut State, text: &str, effects: &mut Vec<Effect>) {
    let text = Clean::new(text.trim());
    if text.is_empty() {
        return;
    }
    state.searches.remember(&text);
    effects.push(Effect::Change(Change::Searched { text: CleanText::new(text.as_str()) }));
}

/// Ends a filter that narrows a search: the search is on again. Says whether there was one.
pub(super) fn widen(state: &mut State, effects: &mut Vec<Effect>) -> bool {
    let Some((on, view)) = state.searches.narrowed.take() else { return false };
    state.searches.on = Some(on);
    state.searches.instead = None;
    replace(state, view, effects);
    true
}

/// Shows what matches `query`: of everything or, as a filter, of the list as it was before, which may
/// be what a search found.
fn show(state: &mut State, purpose: Purpose, text: &str, query: Query, effects: &mut Vec<Effect>) {
    let before = state.before_search.get_or_insert_with(|| Box::new(state.headlines.clone()));
    // A filter leaves the order of its list; a search has its own.
    let order = match purpose {
        Purpose::Filter => state.headlines.view.order,
        _ if state.searches.on.is_some() => state.headlines.view.order,
        _ => Order::Newest,
    };
    let view = match purpose {
        Purpose::Filter => {
            if let Some(on) = state.searches.on.take_if(|on| on.purpose == Purpose::Search) {
                state.searches.narrowed = Some((on, state.headlines.view.clone()));
            }
            let whole = state.searches.narrowed.as_ref().map_or(&before.view, |(_, view)| view);
            let base = whole.query.clone().unwrap_or_default();
            View { query: Some(base.and(query)), order, ..whole.clone() }
        }
        _ => {
            state.searches.narrowed = None;
            View { query: Some(query), order, ..View::default() }
        }
    };
    state.searches.on = Some(On { purpose, text: Clean::new(text.trim()) });
    replace(state, view, effects);
}

/// Shows `view` in place of the list. Its rows stay on the screen until the new ones come.
fn replace(state: &mut State, view: View, effects: &mut Vec<Effect>) {
    if state.headlines.view == view {
        return;
    }
    state.headlines = Headlines { rows: std::mem::take(&mut state.headlines.rows), ..Headlines::of(view) };
    state.ask_page(Anchor::Newest, effects);
}

/// The first page of a finished query came, and nothing is on it: what was shown while it was typed
/// is shown again. Says whether it was.
pub(super) fn fall_back(state: &mut State, nothing: bool, effects: &mut Vec<Effect>) -> bool {
    let Some(view) = state.searches.instead.take().filter(|_| nothing) else { return false };
    replace(state, view, effects);
    let word = state.searches.on.as_ref().and_then(|on| on.text.as_str().split_whitespace().next_back());
    if let Some(word) = word.map(str::to_owned) {
        state.say(clean!("No article has the word “{word}”; these have words that begin so."));
    }
    true
}

/// What is said of an order.
pub(super) fn said(order: Order) -> Clean {
    match order {
        Order::Newest => Clean::new("Sorted: newest first."),
        Order::Relevance => Clean::new("Sorted: best matches first (of the newest few thousand)."),
        Order::Oldest => Clean::new("Sorted: oldest first."),
        Order::Unread => clean!("Sorted: unread first (newest {SORTED})."),
        Order::Source => clean!("Sorted by source (newest {SORTED})."),
        Order::Length => clean!("Sorted by reading time, shortest first (newest {SORTED})."),
        Order::Kept => Clean::new("Sorted: last kept first."),
        Order::Title => Clean::new("Sorted by title."),
    }
}

/// Puts the best first, or the newest again.
pub(super) fn change_order(state: &mut State, effects: &mut Vec<Effect>) {
    let bookmarks = state.headlines.view.only == Only::Bookmarked && !state.headlines.stories;
    if !state.searching() && !bookmarks {
        let search = state.key(Action::Search);
        return state.say(clean!("Only bookmarks, and what was searched for, have other orders: {search} searches."));
    }
    let order = match state.headlines.view.order {
        now if bookmarks => now.next_of_bookmarks(),
        _ => state.order().other(),
    };
    let view = View { order, ..state.headlines.view.clone() };
    replace(state, view, effects);
    state.say(match order {
        Order::Newest => said(state.sort),
        // Bookmarks are sorted all.
        Order::Source => Clean::new("Sorted by source."),
        order => said(order),
    });
}
