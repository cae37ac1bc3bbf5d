//! From key presses to actions: counts, sequences, and the line that is being typed.

use crossterm::event::{KeyCode, KeyModifiers};

use super::help::heading;
use super::prompt::Edit;
use super::{
    Effect, Slot, State, act, dialog, letters, links, macros, muting, noting, overlay, packs, quoting, report, search,
    typing,
};
use crate::clean;
use crate::config::{Key, Lookup};
use crate::model::{Action, Place};

/// Keys pressed that are not yet a command.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pending {
    /// The count typed before a command: `5` of `5j`.
    pub count: Option<usize>,
    /// The beginning of a sequence: `g` of `g g`.
    pub keys: Vec<Key>,
    /// The figure that was typed does something alone: done when no key comes for a moment, or none that
    /// the count is for.
    pub figure: Option<(Key, Action)>,
    /// The key that ended it, and is meant for the list that it has asked for.
    pub after: Option<Key>,
}

/// The largest count; more digits change nothing.
const MAX_COUNT: usize = 9_999;

/// Reacts to a key.
pub(super) fn press(state: &mut State, key: Key, effects: &mut Vec<Effect>) {
    state.notice = None;
    state.untouched = false;
    macros::listen(state, key);
    go_on(state, effects);
    if !settles(state, key, effects) {
        react(state, key, effects);
    }
}

/// The list has come, or another key before it: what was typed ahead is done.
pub(super) fn go_on(state: &mut State, effects: &mut Vec<Effect>) {
    if let Some(key) = state.pending.after.take() {
        react(state, key, effects);
    }
}

/// No key came for a moment, or none that a count is for: what a figure does alone is done.
pub(super) fn settle(state: &mut State, effects: &mut Vec<Effect>) {
    if let Some((key, action)) = state.pending.figure.take() {
        state.pending = Pending::default();
        do_once(state, key, action, effects);
    }
}

/// The moment is over in which a count might have gone on.
pub(super) fn waited(state: &mut State, effects: &mut Vec<Effect>) {
    if state.pending.figure.is_some() {
        macros::listen(state, Key::WAIT);
        settle(state, effects);
    }
}

/// Whether a key that follows a figure has nothing more to do than to end it. One that can be done several
/// times makes a count of the figure, and so does another figure; before any other the figure does what
/// it does alone.
fn settles(state: &mut State, key: Key, effects: &mut Vec<Effect>) -> bool {
    if state.pending.figure.is_none() {
        return key == Key::WAIT;
    }
    let meant = match state.config.keys.lookup(state.place(), &[key]) {
        Lookup::Action(action) => Some(action),
        Lookup::Prefix | Lookup::None => None,
    };
    match meant {
        Some(Action::Escape) => {
            state.pending = Pending::default();
            return true;
        }
        _ if digit(key).is_some() || meant.is_some_and(Action::takes_count) => state.pending.figure = None,
        _ => {
            settle(state, effects);
            if key != Key::WAIT && state.waits_for(Slot::Page) {
                state.pending.after = Some(key);
                return true;
            }
        }
    }
    key == Key::WAIT
}

/// Does an action that a key stands for, on the page that lies over the panes or on them.
fn do_once(state: &mut State, key: Key, action: Action, effects: &mut Vec<Effect>) {
    if !on_page(state, action, None, effects) {
        act::perform(state, packs::meant(state, key, action), None, effects);
    }
}

fn react(state: &mut State, key: Key, effects: &mut Vec<Effect>) {
    if let Some(letter) = state.letter.take() {
        return letters::pressed(state, letter, key, effects);
    }
    if state.prompt.is_some() {
        return match meaning(key) {
            Typed::Edit(edit) => typing::edit(state, edit, effects),
            Typed::Complete(forward) => typing::complete(state, forward, effects),
            Typed::Recall(older) => typing::recall(state, older, effects),
            Typed::Elsewhere => typing::elsewhere(state, effects),
            Typed::Editor => noting::to_editor(state, effects),
            Typed::Order => search::change_order(state, effects),
            Typed::Accept => typing::accept(state, effects),
            Typed::Cancel => typing::cancel(state, effects),
            Typed::Nothing => {}
        };
    }
    if state.dialog.is_some() {
        return dialog::press(state, key, effects);
    }
    if state.muting.is_some() {
        return muting::press(state, key, effects);
    }
    if state.links.letters.is_some() {
        return links::letter(state, key);
    }
    if let (Some(list), Some(figure)) = (&mut state.links.list, digit(key))
        && list.figure(figure)
    {
        return;
    }
    // A count that has begun is gone on with, whatever the figure does alone: `51j`, where `1` is a list.
    if let (Some(count), Some(figure), true) = (state.pending.count, digit(key), state.pending.keys.is_empty()) {
        state.pending.count = Some((count * 10 + figure).min(MAX_COUNT));
        return;
    }
    let place = state.place();
    state.pending.keys.push(key);
    match state.config.keys.lookup(place, &state.pending.keys) {
        Lookup::Action(action) if begins_count(state, key) => {
            state.pending = Pending { count: digit(key), figure: Some((key, action)), ..Pending::default() };
            effects.push(Effect::AwaitKey);
        }
        Lookup::Action(action) => {
            let count = std::mem::take(&mut state.pending).count;
            if !on_page(state, action, count, effects) {
                act::perform(state, packs::meant(state, key, action), count, effects);
            }
        }
        Lookup::Prefix => {}
        Lookup::None => {
            let first = state.pending.keys.len() == 1;
            state.pending.keys.clear();
            // In an article that has so many links a figure is one of them, else it begins a count.
            let fresh = first && state.pending.count.is_none() && place == Place::Article;
            if fresh && digit(key).is_some_and(|figure| links::number(state, figure)) {
                return;
            }
            // A figure begins a count; any other key that means nothing ends one, and is told of.
            state.links.picked = None;
            state.pending.count = digit(key).filter(|figure| first && *figure > 0);
            if state.pending.count.is_none() && first {
                say_where(state, key);
            }
        }
    }
}

/// Does an action on the page that lies over the panes. Whether there is one that takes it.
pub(super) fn on_page(state: &mut State, action: Action, count: Option<usize>, effects: &mut Vec<Effect>) -> bool {
    // There is always something to go back to from a page.
    let action = if action == Action::Escape { Action::Back } else { action };
    match () {
        () if state.output.is_some() => overlay::perform(state, action, count, effects),
        () if state.choices.is_some() => typing::choose(state, action, count, effects),
        () if state.packs.is_some() => packs::perform(state, action, count, effects),
        () if state.links.list.is_some() => links::perform(state, action, count, effects),
        () if state.links.picked.is_some() => links::perform_picked(state, action, effects),
        () if state.quoting.list.is_some() => quoting::perform(state, action, count, effects),
        () if state.report.open => report::perform(state, action, count, effects),
        () => return false,
    }
    true
}

/// Says of a key that means nothing here where it means something: whoever presses one expects that
/// something happens.
fn say_where(state: &mut State, key: Key) {
    let keys = &state.config.keys;
    let elsewhere = [Place::Article, Place::Headlines, Place::Sources];
    let known = elsewhere.into_iter().find_map(|place| match keys.lookup(place, &[key]) {
        Lookup::Action(action) => Some((heading(place).to_lowercase(), action)),
        Lookup::Prefix | Lookup::None => None,
    });
    let symbol = key.symbol();
    let said = match known {
        Some((place, action)) => clean!("{symbol} works {place}: {}.", action.help()),
        None => clean!("{symbol} does nothing here; {} shows the keys that do.", state.key(Action::Help)),
    };
    state.say(said);
}

/// Whether a key that does something alone might begin a count as well.
fn begins_count(state: &State, key: Key) -> bool {
    state.pending.count.is_none() && state.pending.keys.len() == 1 && digit(key).is_some_and(|figure| figure > 0)
}

fn digit(key: Key) -> Option<usize> {
    key.typed()?.to_digit(10).map(|digit| digit as usize)
}

/// What a key means in a line that is being typed.
enum Typed {
    Edit(Edit),
    /// What may stand at the cursor: the next, or the one before.
    Complete(bool),
    /// What was typed before: older, or newer.
    Recall(bool),
    /// By relevance, or the newest first.
    Order,
    /// In this article, or in everything.
    Elsewhere,
    /// In an editor rather than in the line.
    Editor,
    Accept,
    Cancel,
    Nothing,
}

/// The keys every shell and editor has taught people's hands.
fn meaning(key: Key) -> Typed {
    let control = key.modifiers().contains(KeyModifiers::CONTROL);
    let edit = match key.code() {
        KeyCode::Enter => return Typed::Accept,
        KeyCode::Esc => return Typed::Cancel,
        KeyCode::Char('c' | 'g') if control => return Typed::Cancel,
        KeyCode::BackTab => return Typed::Complete(false),
        KeyCode::Tab => return Typed::Complete(!key.modifiers().contains(KeyModifiers::SHIFT)),
        KeyCode::Up => return Typed::Recall(true),
        KeyCode::Down => return Typed::Recall(false),
        KeyCode::Char('p') if control => return Typed::Recall(true),
        KeyCode::Char('n') if control => return Typed::Recall(false),
        KeyCode::Char('s') if control => return Typed::Order,
        KeyCode::Char('o') if control => return Typed::Editor,
        KeyCode::Char('t') if control => return Typed::Elsewhere,
        KeyCode::Char('a') if control => Edit::Start,
        KeyCode::Char('e') if control => Edit::End,
        KeyCode::Char('w') if control => Edit::DeleteWord,
        KeyCode::Char('u') if control => Edit::DeleteToStart,
        KeyCode::Char('k') if control => Edit::DeleteToEnd,
        KeyCode::Char('h') if control => Edit::DeleteBefore,
        KeyCode::Char('d') if control => Edit::DeleteAfter,
        KeyCode::Char('b') if control => Edit::Left,
        KeyCode::Char('f') if control => Edit::Right,
        KeyCode::Backspace => Edit::DeleteBefore,
        KeyCode::Delete => Edit::DeleteAfter,
        KeyCode::Left => Edit::Left,
        KeyCode::Right => Edit::Right,
        KeyCode::Home => Edit::Start,
        KeyCode::End => Edit::End,
        _ => match key.typed() {
            Some(c) => Edit::Put(c),
            None => return Typed::Nothing,
        },
    };
    Typed::Edit(edit)
}
