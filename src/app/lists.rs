//! Moving through the headline list and from one list to another.

use super::asked::Seek;
use super::effect::{Effect, Question};
use super::geometry::Pane;
use super::headlines::Headlines;
use super::{Change, State, articles, search};
use crate::clean;
use crate::config::MarkRead;
use crate::model::{Anchor, Only, RowKey, View};
use crate::text::Clean;

/// Shows a list from its newest row.
pub(super) fn show(state: &mut State, view: View, effects: &mut Vec<Effect>) {
    state.focus = Pane::Headlines;
    state.zen = false;
    leave(state);
    if state.headlines.stories || state.headlines.view != view {
        state.headlines = Headlines::of(view);
        forget_unfolding(state);
    }
    state.headlines.arrived = 0;
    state.ask_page(Anchor::Newest, effects);
}

/// Shows the list of stories, newest development first.
pub(super) fn show_stories(state: &mut State, effects: &mut Vec<Effect>) {
    state.focus = Pane::Headlines;
    state.zen = false;
    leave(state);
    if !state.headlines.stories {
        let scope = state.headlines.view.scope;
        state.headlines = Headlines::of_stories(scope);
        forget_unfolding(state);
    }
    state.ask_page(Anchor::Newest, effects);
}

/// The list gives way to another: the search that was on ends with it, and what was to be done to its
/// rows when they came is not done to those of the next.
fn leave(state: &mut State) {
    state.before_search = None;
    state.searches.end();
    state.asked.open = false;
}

/// What was to be unfolded belongs to the list before.
fn forget_unfolding(state: &mut State) {
    state.asked.unfolding.clear();
    state.forget(super::Slot::Members);
}

/// Shows another part of the same scope: all, unread or bookmarks. Bookmarks are those of all feeds.
pub(super) fn show_only(state: &mut State, only: Only, effects: &mut Vec<Effect>) {
    let scope = if only == Only::Bookmarked { crate::model::Scope::Everything } else { state.headlines.view.scope };
    show(state, View { scope, only, ..View::default() }, effects);
}

/// Ends a search: the list is as it was before. Of a search and a filter of it the filter ends first.
pub(super) fn end_search(state: &mut State, effects: &mut Vec<Effect>) {
    if search::widen(state, effects) {
        return;
    }
    let Some(before) = state.before_search.take() else { return };
    state.headlines = *before;
    leave(state);
    forget_unfolding(state);
    state.forget(super::Slot::Page);
    if !state.headlines.loaded {
        state.ask_page(Anchor::Newest, effects);
    }
    cursor_moved(state, effects);
}

/// Moves the cursor and shows what it comes to.
pub(super) fn move_by(state: &mut State, by: isize, effects: &mut Vec<Effect>) {
    let from = state.headlines.cursor;
    state.headlines.move_by(by);
    let to = state.headlines.cursor;
    if state.config.mark_read == MarkRead::Scroll && to > from {
        let passed = state.headlines.rows[from..to].iter().filter(|row| !row.read).map(|row| row.id).collect();
        articles::change(state, Change::Read { ids: passed, to: true, asked: false }, effects);
    }
    cursor_moved(state, effects);
}

/// To the first or last row, however far it is.
pub(super) fn to_end(state: &mut State, newest: bool, effects: &mut Vec<Effect>) {
    let at_hand = if newest { state.headlines.at_newest } else { state.headlines.at_oldest };
    if at_hand {
        state.headlines.cursor = if newest { 0 } else { state.headlines.rows.len().saturating_sub(1) };
        cursor_moved(state, effects);
    } else {
        state.ask_page(if newest { Anchor::Newest } else { Anchor::Oldest }, effects);
    }
}

/// To the next or previous unread row, or so many on, of which only the last is opened; while
/// searching, to the next or previous hit.
pub(super) fn to_unread(state: &mut State, forward: bool, times: usize, open: bool, effects: &mut Vec<Effect>) {
    if state.searching() {
        let before = state.headlines.cursor;
        let times = isize::try_from(times).unwrap_or(isize::MAX);
        move_by(state, if forward { times } else { -times }, effects);
        if state.headlines.cursor == before {
            state.say(Clean::new(if forward { "That was the last hit." } else { "That was the first hit." }));
        } else if open {
            articles::open_selected(state, effects);
        }
        return;
    }
    let from = state.headlines.cursor;
    let mut left = times;
    while let Some(at) = state.headlines.unread_from_cursor(forward).filter(|_| left > 0) {
        state.headlines.cursor = at;
        left -= 1;
    }
    // Of fewer than were asked for the last one, unless there may be more beyond the rows at hand.
    let all = if forward { state.headlines.at_oldest } else { state.headlines.at_newest };
    if left < times && (left == 0 || all || state.headlines.stories) {
        cursor_moved(state, effects);
        if open {
            articles::open_selected(state, effects);
        }
        return;
    }
    state.headlines.cursor = from;
    let end = if forward { state.headlines.rows.last() } else { state.headlines.rows.first() };
    let more = if forward { !state.headlines.at_oldest } else { !state.headlines.at_newest };
    // Of stories, those at hand are looked through: the rows ahead come as one walks.
    let more = more && !state.headlines.stories;
    match end.filter(|_| more).map(|row| row.key) {
        Some(key) => seek(state, key, forward, open, effects),
        None => nothing_unread(state),
    }
}

/// Looks for an unread row beyond those at hand.
pub(super) fn seek(state: &mut State, from: RowKey, forward: bool, open: bool, effects: &mut Vec<Effect>) {
    if !state.headlines.loaded {
        return;
    }
    let anchor = if forward { Anchor::OlderThan(from) } else { Anchor::NewerThan(from) };
    let view = View { only: Only::Unread, ..state.asked_view() };
    state.ask(Question::Page { view, anchor, limit: 1 }, effects);
    state.asked.seek = Some(Seek { open });
}

/// Says that there is nothing left to read here.
pub(super) fn nothing_unread(state: &mut State) {
    let unread = state.drawer.sources.unread;
    state.say(match (state.headlines.view.only, unread) {
        (Only::Bookmarked, _) | (_, 0) => Clean::new("Nothing unread is left here."),
        (_, 1) => Clean::new("No more unread in this direction; 1 in all."),
        (_, unread) => clean!("No more unread in this direction; {unread} in all."),
    });
}

/// What follows from the cursor being somewhere else: the row is on the screen, its article beside
/// it, and the rows ahead are on their way.
pub(super) fn cursor_moved(state: &mut State, effects: &mut Vec<Effect>) {
    follow(state);
    if let Some(anchor) = state.headlines.wanted().filter(|_| !state.waits_for(super::Slot::Page)) {
        state.ask_page(anchor, effects);
    }
    match state.headlines.selected().map(|row| row.id) {
        Some(id) => articles::look_at(state, id, effects),
        None => articles::look_at_nothing(state),
    }
}

/// Scrolls the list so that its cursor is on the screen.
pub(super) fn follow(state: &mut State) {
    let areas = state.areas();
    let zone = state.zone.clone();
    let look = super::headlines::Look { zone: &zone, ..state.look(&areas) };
    if look.height > 0 {
        state.headlines.follow(look);
    }
}
