//! What a person does to the feed that is selected in the sources: another name, another folder, or
//! letting it go. All of it can be undone.

use super::change::{Change, FeedEdit, Folder};
use super::effect::Effect;
use super::headlines::Headlines;
use super::prompt::Purpose;
use super::{Pane, State, articles, lists, typing};
use crate::clean;
use crate::model::{Action, Feed, FeedId, Scope, View};
use crate::text::Clean;

/// The feed that is meant: the selected one of the sources, else the one whose list is shown.
fn target(state: &State) -> Option<&Feed> {
    let selected = state.drawer.selected().filter(|_| state.focus == Pane::Sources);
    let scope = selected.map_or(state.headlines.view.scope, |view| view.scope);
    let Scope::Feed(id) = scope else { return None };
    state.drawer.sources.feeds.iter().find(|feed| feed.id == id)
}

/// The feed that is meant, if something can be done to it; says so if not.
pub(super) fn editable(state: &mut State) -> Option<FeedId> {
    match target(state) {
        Some(feed) if !feed.address.is_fetched() => {
            let words = clean!("{} is no feed that one subscribes to.", feed.title);
            state.say(words);
            None
        }
        Some(feed) => Some(feed.id),
        None => {
            let drawer = &state.drawer;
            let line = drawer.lines().into_iter().nth(drawer.cursor).filter(|_| state.focus == Pane::Sources);
            let words = match line {
                Some(line) => clean!("{} is not a feed; select one.", line.name),
                None => clean!("Select a feed first; {} opens the sources.", state.key(Action::Sources)),
            };
            state.say(words);
            None
        }
    }
}

/// Asks for another name.
pub(super) fn rename(state: &mut State) {
    if let Some(feed) = editable(state) {
        typing::open(state, Purpose::Rename(feed));
    }
}

/// Asks for another folder.
pub(super) fn file(state: &mut State) {
    if let Some(feed) = editable(state) {
        typing::open(state, Purpose::Move(feed));
    }
}

/// What a feed is called now.
pub(super) fn name(state: &State, feed: FeedId) -> String {
    known(state, feed).map(|feed| feed.title.to_string()).unwrap_or_default()
}

/// The name of the folder that a feed stands in.
pub(super) fn folder(state: &State, feed: FeedId) -> String {
    let folder = known(state, feed).and_then(|feed| feed.folder);
    let folders = &state.drawer.sources.folders;
    folders.iter().find(|(id, _)| Some(*id) == folder).map(|(_, name)| name.to_string()).unwrap_or_default()
}

fn known(state: &State, feed: FeedId) -> Option<&Feed> {
    state.drawer.sources.feeds.iter().find(|known| known.id == feed)
}

/// A name was typed.
pub(super) fn renamed(state: &mut State, feed: FeedId, typed: &Clean, effects: &mut Vec<Effect>) {
    let before = Clean::new(&name(state, feed));
    if *typed == before {
        return;
    }
    let edit = FeedEdit::Name(Some(typed.clone()).filter(|name| !name.is_empty()));
    change(state, feed, edit, FeedEdit::Name(Some(before)), effects);
}

/// The name of a folder was typed.
pub(super) fn filed(state: &mut State, feed: FeedId, typed: &Clean, effects: &mut Vec<Effect>) {
    let before = known(state, feed).and_then(|feed| feed.folder).map_or(Folder::None, Folder::Known);
    let same = |name: &Clean| name.as_str().to_lowercase() == typed.as_str().to_lowercase();
    let there = state.drawer.sources.folders.iter().find(|(_, name)| same(name));
    let to = match there {
        _ if typed.is_empty() => Folder::None,
        Some((id, _)) => Folder::Known(*id),
        None => Folder::Named(typed.clone()),
    };
    if to != before {
        change(state, feed, FeedEdit::Folder(to), FeedEdit::Folder(before), effects);
    }
}

/// Unsubscribes.
pub(super) fn leave(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(feed) = editable(state) else { return };
    let (title, undo) = (name(state, feed), state.key(Action::Undo));
    change(state, feed, FeedEdit::Left(true), FeedEdit::Left(false), effects);
    state.say(clean!("Unsubscribed from {title}; its bookmarks stay. {undo} takes it back."));
}

fn change(state: &mut State, feed: FeedId, edit: FeedEdit, back: FeedEdit, effects: &mut Vec<Effect>) {
    articles::change(state, Change::Feed { feed, edit, back, asked: true }, effects);
}

/// Shows a change of a feed before it is stored.
pub(super) fn show(state: &mut State, feed: FeedId, edit: &FeedEdit) {
    // The cursor goes back to it when it is among the sources again.
    match edit {
        FeedEdit::Left(false) => state.drawer.awaited = Some(feed),
        FeedEdit::Left(true) => state.drawer.awaited = None,
        _ => {}
    }
    let feeds = &mut state.drawer.sources.feeds;
    let Some(at) = feeds.iter().position(|known| known.id == feed) else { return };
    match edit {
        FeedEdit::Name(Some(name)) => feeds[at].title = name.clone(),
        FeedEdit::Folder(Folder::None) => feeds[at].folder = None,
        FeedEdit::Folder(Folder::Known(folder)) => feeds[at].folder = Some(*folder),
        FeedEdit::Left(true) => drop(feeds.remove(at)),
        // What only the store knows.
        FeedEdit::Name(None) | FeedEdit::Folder(Folder::Named(_)) | FeedEdit::Left(false) => {}
    }
    state.drawer.move_by(0);
}

/// A change of a feed is stored: lists may hold other articles now, or call their source otherwise.
pub(super) fn stored(state: &mut State, feed: FeedId, edit: &FeedEdit, effects: &mut Vec<Effect>) {
    let gone = |view: &View| *edit == FeedEdit::Left(true) && view.scope == Scope::Feed(feed);
    if let Some(list) = state.before_search.as_mut().filter(|list| gone(&list.view)) {
        // A search is in front of it; what one comes back to is all news.
        **list = Headlines::default();
    }
    if gone(&state.headlines.view) {
        let focus = state.focus;
        lists::show(state, View::default(), effects);
        state.focus = focus;
        return;
    }
    super::update::ask_around(state, effects);
}
