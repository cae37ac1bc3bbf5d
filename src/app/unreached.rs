//! An address that was to be added and could not be reached: whether its page is to be kept as a bookmark
//! that is fetched later, or asked for again.

use super::dialog::{Dialog, Line};
use super::effect::Effect;
use super::event::Problem;
use super::{State, brought};
use crate::clean;
use crate::text::{Clean, CleanText, Link};

/// What can be done about it, in the order it is offered.
const LATER: usize = 0;
const AGAIN: usize = 1;

/// An address that could not be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreached {
    /// The address.
    pub link: Link,
    /// Why not.
    pub why: Clean,
    /// The selected line.
    pub cursor: usize,
}

impl Unreached {
    /// What can be done.
    #[must_use]
    pub fn lines(&self) -> Vec<Line> {
        let line = |left: &str, right: &str| Line { left: Clean::new(left), right: Clean::new(right) };
        vec![line("keep it", "a bookmark now; its page is fetched when it can be reached"), line("try again", "now")]
    }

    /// The words over them.
    #[must_use]
    pub fn title(&self) -> Clean {
        clean!("NOT REACHED: {}", self.why)
    }
}

/// An address could not be reached. Whoever types or reads meanwhile is told, and asked nothing.
pub(super) fn came(state: &mut State, link: Link, problem: Problem) {
    if brought::at_leisure(state) {
        state.notice = None;
        state.dialog = Some(Dialog::Unreached(Unreached { link, why: problem.message, cursor: LATER }));
    } else {
        state.complain(problem);
    }
}

/// The selected line is chosen.
pub(super) fn choose(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(Dialog::Unreached(Unreached { link, why, cursor })) = state.dialog.take() else { return };
    state.busy = true;
    if cursor == AGAIN {
        state.say(clean!("Fetching {link} …"));
        effects.push(Effect::Subscribe(CleanText::new(link.as_str())));
    } else {
        effects.push(Effect::Await(link, why));
    }
}
