//! Which pane has the keys: going from one to the next, the drawer, zen.

use super::effect::Effect;
use super::geometry::Pane;
use super::{State, articles, scrolling};

/// The panes that keys can go to, left to right.
fn panes(state: &State) -> Vec<Pane> {
    let mut panes = vec![Pane::Headlines, Pane::Article];
    // Among nothing there is nothing to choose: every key would be dead there.
    if !state.related.items.is_empty() {
        panes.push(Pane::Related);
    }
    if state.drawer.open {
        panes.insert(0, Pane::Sources);
    }
    panes
}

pub(super) fn cycle(state: &mut State, forward: bool, effects: &mut Vec<Effect>) {
    let panes = panes(state);
    let at = panes.iter().position(|pane| *pane == state.focus).unwrap_or(0);
    let next = if forward { at + 1 } else { at + panes.len() - 1 } % panes.len();
    focus(state, panes[next], effects);
}

pub(super) fn sideways(state: &mut State, right: bool, effects: &mut Vec<Effect>) {
    let panes = panes(state);
    let at = panes.iter().position(|pane| *pane == state.focus).unwrap_or(0);
    let next = at.saturating_add_signed(if right { 1 } else { -1 });
    if let Some(pane) = panes.get(next).filter(|_| next != at) {
        focus(state, *pane, effects);
    }
}

/// Gives the keys to a pane. Going from the list into the article is opening it.
pub(super) fn focus(state: &mut State, pane: Pane, effects: &mut Vec<Effect>) {
    let from_list = matches!(state.focus, Pane::Headlines | Pane::Sources);
    match pane {
        Pane::Article if from_list => {
            // The article beside the list, which may be a related one that was opened from it.
            if state
                .reading
                .current()
                .is_some_and(|shown| state.headlines.position(shown.headline.id) != Some(state.headlines.cursor))
            {
                state.focus = Pane::Article;
            } else {
                articles::open_selected(state, effects);
            }
        }
        Pane::Related => {
            state.focus = Pane::Related;
            if state.related.cursor.is_none() {
                state.related.move_by(1);
            }
        }
        pane => {
            if pane == Pane::Headlines {
                state.zen = false;
            }
            state.focus = pane;
        }
    }
    super::geometry_changed(state, effects);
}

pub(super) fn toggle_sources(state: &mut State) {
    if state.drawer.open && state.focus == Pane::Sources {
        return close_sources(state);
    }
    state.drawer.open = true;
    state.zen = false;
    state.focus = Pane::Sources;
    let view = state.headlines.view.clone();
    state.drawer.select(&view);
    scrolling::follow_drawer(state);
}

pub(super) fn close_sources(state: &mut State) {
    state.drawer.open = false;
    state.focus = Pane::Headlines;
}

pub(super) fn zen(state: &mut State, effects: &mut Vec<Effect>) {
    if state.focus != Pane::Article {
        articles::open_selected(state, effects);
    }
    if state.focus == Pane::Article {
        state.zen = !state.zen;
    }
}
