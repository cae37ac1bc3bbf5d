//! Macros: keys recorded under a letter or named in the settings, pressed again.

use super::effect::Effect;
use super::letters::{self, Letter};
use super::state::Notice;
use super::{State, keys, memory};
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

/// Ends the recording that runs, or asks for the letter of a new one.
pub(super) fn record(state: &mut State, effects: &mut Vec<Effect>) {
    let Some((letter, mut recorded)) = state.recording.take() else { return letters::ask(state, Letter::Record) };
    // The key that ended it is no part of it.
    recorded.pop();
    if recorded.is_empty() {
        return state.say(Clean::new("Nothing was recorded."));
    }
    let many = recorded.len();
    let written: Vec<String> = recorded.iter().map(ToString::to_string).collect();
    let begins = format!("{letter} ");
    let mut lines = state.memory.lines(Shelf::Macros).to_vec();
    lines.retain(|line| !line.as_str().starts_with(&begins));
    lines.push(clean!("{letter} {}", written.join(" ")));
    memory::replace(state, Shelf::Macros, lines, effects);
    let replay = state.key(crate::model::Action::Replay);
    let keys = if many == 1 { "1 key is".to_owned() } else { format!("{many} keys are") };
    state.say(clean!("{keys} recorded; {replay} {letter} presses them again."));
}

/// Begins to record under a letter.
pub(super) fn begin(state: &mut State, letter: char) {
    if state.replaying.is_none() {
        state.recording = Some((letter, Vec::new()));
        state.notice = None;
    }
}

/// A key was pressed: it is recorded, where keys are.
pub(super) fn listen(state: &mut State, key: Key) {
    if state.replaying.is_some() {
        return;
    }
    if let Some((_, recorded)) = &mut state.recording
        && recorded.len() < LONGEST
    {
        recorded.push(key);
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

/// Presses the keys of that name. It ends early where something goes wrong, where the program is to
/// end, and where it does not come to an end by itself.
pub(super) fn named(state: &mut State, name: &str, effects: &mut Vec<Effect>) {
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
    for key in seq.keys() {
        let Some(Replaying { left, .. }) = &mut state.replaying else { break };
        if *left == 0 {
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
    state.replaying = match (before, state.replaying) {
        (Some(outer), Some(inner)) => Some(Replaying { deep: outer.deep, left: inner.left }),
        _ => None,
    };
}
