//! Searches that are kept under a name: saving, renaming and removing them. All of it can be undone.

use super::change::Change;
use super::effect::{Effect, Question};
use super::geometry::Pane;
use super::prompt::Purpose;
use super::{Prompt, State, articles, typing};
use crate::clean;
use crate::model::query::{Expr, Field, Is, Text};
use crate::model::{Action, Only, Query, SavedQuery, Scope};
use crate::text::Clean;

/// Asks for the name to keep the search under that is on.
pub(super) fn save(state: &mut State) {
    if !state.searching() {
        let (search, filter) = (state.key(Action::Search), state.key(Action::Filter));
        return state.say(clean!("There is no search to save: {search} searches, {filter} filters."));
    }
    // The query language has no word for a folder, and without it the search would find more than is shown.
    if matches!(state.headlines.view.scope, Scope::Folder(_)) {
        let everything = state.key(Action::Search);
        return state.say(clean!(
            "A search within a folder cannot be kept: search everything ({everything}), or within one feed, and keep that."
        ));
    }
    typing::open(state, Purpose::Save);
    if let (Some(saved), Some(prompt)) = (shown(state), &mut state.prompt) {
        prompt.replace(saved.name.as_str());
    }
}

/// The saved query that the list shows.
pub(super) fn shown(state: &State) -> Option<SavedQuery> {
    let query = state.headlines.view.query.as_ref()?;
    state.drawer.sources.saved.iter().find(|saved| saved.query == *query).cloned()
}

/// A name for the search was typed.
pub(super) fn named(state: &mut State, typed: &Clean, effects: &mut Vec<Effect>) {
    let name = Clean::new(typed.as_str().trim_start_matches('@'));
    let Some(query) = whole(state).filter(|_| !name.is_empty()) else { return };
    let before = state.drawer.sources.saved.iter().find(|saved| saved.name == name).cloned();
    change(state, before, Some(SavedQuery { name: name.clone(), query }), effects);
    let sources = state.key(Action::Sources);
    state.say(clean!("Saved as “{name}”; {sources} shows it among the sources."));
}

/// All that the list asks for, as one query: what it is narrowed to besides the query belongs to it.
fn whole(state: &State) -> Option<Query> {
    let view = &state.headlines.view;
    let mut query = view.query.clone()?;
    let only = |expr| Query { expr: Some(expr) };
    match view.only {
        Only::All => {}
        Only::Unread => query = query.and(only(Expr::Is(Is::Unread))),
        Only::Bookmarked => query = query.and(only(Expr::Is(Is::Bookmarked))),
    }
    if let Scope::Feed(id) = view.scope
        && let Some(feed) = state.drawer.sources.feeds.iter().find(|feed| feed.id == id)
    {
        let text = Text::Phrase(feed.title.to_string());
        query = query.and(only(Expr::Text { field: Some(Field::Source), text }));
    }
    Some(query)
}

/// The saved query that is selected in the sources.
fn selected(state: &State) -> Option<SavedQuery> {
    let selected = state.drawer.selected().filter(|_| state.focus == Pane::Sources)?;
    let query = selected.query?;
    state.drawer.sources.saved.iter().find(|saved| saved.query == query).cloned()
}

/// Asks for another name for the selected one. Says whether one is selected.
pub(super) fn rename(state: &mut State) -> bool {
    let Some(saved) = selected(state) else { return false };
    state.prompt = Some(Prompt::new(Purpose::RenameSaved, saved.name.as_str()));
    true
}

/// Another name was typed.
pub(super) fn renamed(state: &mut State, name: &Clean, effects: &mut Vec<Effect>) {
    let Some(before) = selected(state).filter(|saved| saved.name != *name && !name.is_empty()) else { return };
    if state.drawer.sources.saved.iter().any(|saved| saved.name == *name) {
        return state.say(clean!("There is a saved search called “{name}” already."));
    }
    let after = SavedQuery { name: name.clone(), ..before.clone() };
    change(state, Some(before), Some(after), effects);
}

/// Removes the selected one. Says whether one is selected.
pub(super) fn remove(state: &mut State, effects: &mut Vec<Effect>) -> bool {
    let Some(saved) = selected(state) else { return false };
    let (name, undo) = (saved.name.clone(), state.key(Action::Undo));
    change(state, Some(saved), None, effects);
    state.say(clean!("Removed the saved search “{name}”. {undo} takes it back."));
    true
}

fn change(state: &mut State, before: Option<SavedQuery>, after: Option<SavedQuery>, effects: &mut Vec<Effect>) {
    articles::change(state, Change::Saved { before, after, asked: true }, effects);
}

/// Shows a change before it is stored.
pub(super) fn show(state: &mut State, before: Option<&SavedQuery>, after: Option<&SavedQuery>) {
    let saved = &mut state.drawer.sources.saved;
    let at = before.and_then(|before| saved.iter().position(|saved| saved.name == before.name));
    match (at, after) {
        (Some(at), Some(after)) => saved[at] = after.clone(),
        (Some(at), None) => drop(saved.remove(at)),
        (None, Some(after)) => saved.push(after.clone()),
        (None, None) => {}
    }
    state.drawer.move_by(0);
}

/// Asks how many unread articles each has, where that is on the screen.
pub(super) fn ask_counts(state: &mut State, effects: &mut Vec<Effect>) {
    if state.drawer.open && !state.drawer.sources.saved.is_empty() {
        state.ask(Question::SavedCounts, effects);
    }
}
