//! Macros: keys recorded under a letter or named in the settings, pressed again.

use super::effect::Effect;
use super::letters::{self, Letter};
use super::state::Notice;
use super::{Pending, State, keys, memory};
use crate::clean;
use crate::config::{Key, KeySeq};
use crate::model::Shelf;
use crate::text::Clean;

/// The most keys that are recorded.
const LONGEST: usize = 500;

/// The most keys that one replay presses, those of macros within it included.
const MOST: usize = 2_000;

/// How deep macros may press macros.
const DEEPEST: usize = 8;

/// Keys are being pressed again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Replaying {
    deep: usize,
    left: usize,
}

/// Keys that are being recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recording {
    /// The letter that they are recorded under.
    pub letter: char,
    keys: Vec<Key>,
    /// Where in them the last command begins: the one that ends the recording is no part of it, however
    /// many keys it took.
    command: usize,
    /// There were more keys than are kept.
    overlong: bool,
}

/// Ends the recording that runs, or asks for the letter of a new one.
pub(super) fn record(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(recording) = state.recording.take() else { return letters::ask(state, Letter::Record) };
    let Recording { letter, mut keys, command, overlong } = recording;
    keys.truncate(command);
    if keys.is_empty() {
        return state.say(Clean::new("Nothing was recorded."));
    }
    let many = keys.len();
    let written: Vec<String> = keys.iter().map(ToString::to_string).collect();
    let begins = format!("{letter} ");
    let mut lines = state.memory.lines(Shelf::Macros).to_vec();
    lines.retain(|line| !line.as_str().starts_with(&begins));
    lines.push(clean!("{letter} {}", written.join(" ")));
    memory::replace(state, Shelf::Macros, lines, effects);
    let replay = state.key(crate::model::Action::Replay);
    let keys = match (many, overlong) {
        (1, _) => "1 key is".to_owned(),
        (_, false) => format!("{many} keys are"),
        (_, true) => format!("Only the first {many} keys are"),
    };
    state.say(clean!("{keys} recorded; {replay} {letter} presses them again."));
}

/// Begins to record under a letter.
pub(super) fn begin(state: &mut State, letter: char) {
    if state.replaying.is_none() {
        state.recording = Some(Recording { letter, keys: Vec::new(), command: 0, overlong: false });
        state.notice = None;
    }
}

/// A key was pressed: it is recorded, where keys are.
pub(super) fn listen(state: &mut State, key: Key) {
    if state.replaying.is_some() {
        return;
    }
    let fresh = state.prompt.is_none() && state.letter.is_none() && state.pending == Pending::default();
    let Some(recording) = &mut state.recording else { return };
    if fresh {
        recording.command = recording.keys.len();
    }
    if recording.keys.len() < LONGEST {
        recording.keys.push(key);
    } else if !fresh || recording.command < LONGEST {
        recording.overlong = true;
    }
}

/// The names of all macros: those of the settings, then the recorded ones.
pub(super) fn names(state: &State) -> Vec<String> {
    let recorded = state.memory.lines(Shelf::Macros).iter().filter_map(|line| line.as_str().split(' ').next());
    let mut names: Vec<String> = state.config.macros.keys().cloned().collect();
    for name in recorded {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

/// The keys of that name. What was recorded goes before what the settings say.
fn found(state: &State, name: &str) -> Option<KeySeq> {
    let begins = format!("{name} ");
    let recorded = state.memory.lines(Shelf::Macros).iter().find_map(|line| line.as_str().strip_prefix(&begins));
    recorded.and_then(|keys| keys.parse().ok()).or_else(|| state.config.macros.get(name).cloned())
}

/// Presses the keys of that name, so many times. It ends early where something goes wrong, where the
/// program is to end, and where it does not come to an end by itself.
pub(super) fn named(state: &mut State, name: &str, times: usize, effects: &mut Vec<Effect>) {
    let Some(seq) = found(state, name) else { return state.say(clean!("There is no macro {name}.")) };
    let before = state.replaying;
    let Replaying { deep, left } = before.unwrap_or(Replaying { deep: 0, left: MOST });
    if deep == DEEPEST {
        return state.complain(super::Problem {
            message: clean!("The macro {name} presses itself: it was stopped."),
            hint: Some(Clean::new("Record it anew, or change [macros] in the settings.")),
        });
    }
    state.replaying = Some(Replaying { deep: deep + 1, left });
    for key in std::iter::repeat_n(seq.keys(), times).flatten() {
        let Some(Replaying { left, .. }) = &mut state.replaying else { break };
        if *left == 0 {
            if before.is_none() {
                state.say(clean!("The macro {name} was stopped after {MOST} keys."));
            }
            break;
        }
        *left -= 1;
        keys::press(state, *key, effects);
        let stop = matches!(state.notice, Some(Notice::Trouble(_)))
            || effects.iter().any(|effect| matches!(effect, Effect::Quit | Effect::Suspend));
        if stop {
            // Also those that it was pressed by.
            state.replaying = Some(Replaying { deep, left: 0 });
            break;
        }
    }
    // Nothing more is coming.
    keys::settle(state, effects);
    state.replaying = match (before, state.replaying) {
        (Some(outer), Some(inner)) => Some(Replaying { deep: outer.deep, left: inner.left }),
        _ => None,
    };
}
