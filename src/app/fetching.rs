//! Asking for news, and stopping that.

use super::effect::{Effect, Refresh};
use super::geometry::Pane;
use super::{State, articles, full_text};
use crate::clean;
use crate::model::{Action, Scope, View};
use crate::text::Clean;

/// Refreshes the feed that the list shows or, in the sources, the selected one; from the river, the
/// feed of the selected article.
pub(super) fn refresh_here(state: &mut State, effects: &mut Vec<Effect>) {
    let of_view = |view: &View| if let Scope::Feed(feed) = view.scope { Some(feed) } else { None };
    let feed = match state.focus {
        Pane::Sources => state.drawer.selected().as_ref().and_then(of_view),
        _ => of_view(&state.headlines.view).or_else(|| articles::target(state).map(|row| row.feed)),
    };
    let known = state.drawer.sources.feeds.iter().find(|known| Some(known.id) == feed);
    if let Some(known) = known.filter(|known| !known.address.is_fetched()) {
        let words = clean!("{} comes from no address: there is nothing to fetch.", known.title);
        return state.say(words);
    }
    match feed {
        Some(feed) => refresh(state, Refresh::Feed(feed), effects),
        None => refresh(state, Refresh::All, effects),
    }
}

/// Refreshes, at once or when the refresh that is running is done: one that began by itself asks only
/// the feeds that are due, and is no reason to refuse a person.
pub(super) fn refresh(state: &mut State, which: Refresh, effects: &mut Vec<Effect>) {
    if state.refreshing.is_none() {
        return begin(state, which, effects);
    }
    let cancel = state.key(Action::Cancel);
    if state.refresh_asked.is_some_and(|asked| asked == which || asked == Refresh::All) {
        return state.say(clean!("A refresh is running; {cancel} cancels it."));
    }
    queue(state, which);
    state.say(clean!("A refresh is running; this one follows. {cancel} cancels both."));
}

/// Has `which` refreshed at once, or when the refresh that is running is done.
pub(super) fn begin_or_queue(state: &mut State, which: Refresh, effects: &mut Vec<Effect>) {
    if state.refreshing.is_none() { begin(state, which, effects) } else { queue(state, which) }
}

fn queue(state: &mut State, which: Refresh) {
    let next = &mut state.refresh_next;
    if which == Refresh::All {
        next.clear();
    }
    if !next.contains(&which) && !next.contains(&Refresh::All) {
        next.push(which);
    }
}

/// Begins what waited for the refresh that has just ended.
pub(super) fn next(state: &mut State, effects: &mut Vec<Effect>) {
    if !state.refresh_next.is_empty() {
        let which = state.refresh_next.remove(0);
        begin(state, which, effects);
    }
}

fn begin(state: &mut State, which: Refresh, effects: &mut Vec<Effect>) {
    state.begin_refresh(Some(which));
    effects.push(Effect::Refresh(which));
}

/// Calls off what is being fetched or imported.
pub(super) fn cancel(state: &mut State, effects: &mut Vec<Effect>) {
    let pages = full_text::cancel(state, effects);
    if state.refreshing.is_some() {
        state.refresh_next.clear();
        effects.push(Effect::CancelRefresh);
        state.say(Clean::new("Cancelling the refresh …"));
    } else if state.busy {
        effects.push(Effect::CancelRefresh);
        state.say(Clean::new("Cancelling …"));
    } else if state.running > 0 {
        effects.push(Effect::CancelRun);
        state.say(Clean::new("Cancelling …"));
    } else if pages {
        state.say(Clean::new("Cancelling …"));
    } else {
        state.say(Clean::new("Nothing is being fetched."));
    }
}
