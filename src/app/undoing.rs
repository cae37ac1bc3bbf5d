//! What can be undone and done again, step by step by name.

use super::State;
use super::goto::{Entry, GoTo, Kind, Target};
use super::prompt::{Prompt, Purpose};
use crate::text::Clean;

/// Opens the choice of how far to go back: the newest step first, under the last of those that were
/// taken back.
pub(super) fn open(state: &mut State) {
    let (done, undone) = (state.history.done(), state.history.undone());
    if done.is_empty() && undone.is_empty() {
        return state.say(Clean::new("Nothing to undo."));
    }
    let step = |kind, again| move |(n, name)| Entry::new(name, kind, Target::Undo(n + 1, again));
    let mut entries: Vec<Entry> = done.into_iter().enumerate().map(step(Kind::Done, false)).collect();
    entries.extend(undone.into_iter().enumerate().map(step(Kind::Undone, true)));
    state.goto = Some(GoTo::among(entries));
    state.prompt = Some(Prompt::new(Purpose::Undo, ""));
}
