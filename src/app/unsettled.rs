//! Changes that an answer may not know of. The store is read beside being written, so an answer may
//! have been read before a change was stored, and would show again what was before it.

use std::collections::VecDeque;

use super::{Change, Ticket};

/// Changes that are on their way to the store, and those that were stored while a question was on
/// its way.
#[derive(Clone, Debug, Default)]
pub(super) struct Unsettled {
    changes: VecDeque<(Change, Option<Ticket>)>,
}

impl Unsettled {
    /// A change goes to the store.
    pub(super) fn begin(&mut self, change: &Change) {
        if shows(change) {
            self.changes.push_back((change.clone(), None));
        }
    }

    /// The oldest change on its way was stored, or was not. `newest` is the question asked last,
    /// `oldest` the longest of those without an answer.
    pub(super) fn settle(&mut self, change: &Change, stored: bool, newest: Ticket, oldest: Option<Ticket>) {
        if !shows(change) {
            return;
        }
        if let Some(at) = self.changes.iter().position(|(_, stored)| stored.is_none()) {
            if stored {
                self.changes[at].1 = Some(newest);
            } else {
                self.changes.remove(at);
            }
        }
        // What every question on its way was asked after, every answer knows of.
        self.changes.retain(|(_, stored)| stored.is_none_or(|stored| oldest.is_some_and(|oldest| oldest <= stored)));
    }

    /// The changes that the answer to `question` may not know of, oldest first.
    pub(super) fn unknown_to(&self, question: Ticket) -> Vec<Change> {
        let unknown = self.changes.iter().filter(|(_, stored)| stored.is_none_or(|stored| question <= stored));
        unknown.map(|(change, _)| change.clone()).collect()
    }
}

/// Whether an answer that does not know of it would show something else.
fn shows(change: &Change) -> bool {
    !matches!(
        change,
        Change::Position { .. }
            | Change::Visited { .. }
            | Change::Searched { .. }
            | Change::Remembered { .. }
            | Change::Saved { .. }
            | Change::Text { .. }
            | Change::Note { .. }
            | Change::Feed { .. }
    )
}
