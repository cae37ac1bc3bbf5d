//! Undo and redo: a step, several at once, or as far as is chosen from what was done, by name.

use super::effect::Effect;
use super::goto::{Entry, GoTo, Kind, Target};
use super::prompt::{Prompt, Purpose};
use super::{State, articles};
use crate::clean;
use crate::text::Clean;

/// Columns of a message about a change, besides the name of what was changed.
const SAID: usize = 46;

/// So many columns of a name are always given.
const LEAST: usize = 32;

/// Steps are known as long as the reader runs, which somebody who looks for an older one is to hear.
const NOTHING: &str = "Nothing to undo since the start.";

/// Takes the newest changes back (or, `again`, does those taken back last again): so many, or all
/// there are. What only the store knows waits for it.
pub(super) fn undo(state: &mut State, again: bool, steps: usize, effects: &mut Vec<Effect>) {
    let (mut done, mut last) = (0, None);
    // As much of a name as leaves room on the bottom line for what is said of it.
    let room = usize::from(state.size.0).saturating_sub(SAID).max(LEAST);
    while done < steps {
        if !again && state.history.must_wait() {
            state.asked.undos += steps - done;
            break;
        }
        let step = if again { state.history.redo() } else { state.history.undo() };
        let Some(step) = step else { break };
        articles::change(state, step.change(again), effects);
        last = Some(step.deed(room));
        done += 1;
    }
    let words = if again { "Done again" } else { "Undone" };
    match last {
        Some(label) if done == 1 => state.say(clean!("{words}: {label}.")),
        Some(label) => state.say(clean!("{words}: {done} changes, at last: {label}.")),
        None if state.asked.undos > 0 => {}
        None => state.say(Clean::new(if again { "Nothing to do again." } else { NOTHING })),
    }
}

/// Opens the choice of how far to go back: the newest step first, under the last of those that were
/// taken back.
pub(super) fn open(state: &mut State) {
    let (done, undone) = (state.history.done(), state.history.undone());
    if done.is_empty() && undone.is_empty() {
        return state.say(Clean::new(NOTHING));
    }
    let step = |kind, again| move |(n, name)| Entry::new(name, kind, Target::Undo(n + 1, again));
    let mut entries: Vec<Entry> = done.into_iter().enumerate().map(step(Kind::Done, false)).collect();
    entries.extend(undone.into_iter().enumerate().map(step(Kind::Undone, true)));
    state.goto = Some(GoTo::among(entries));
    state.prompt = Some(Prompt::new(Purpose::Undo, ""));
}
