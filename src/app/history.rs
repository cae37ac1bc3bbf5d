//! Undo and redo: what a person changed, newest last.

use std::sync::Arc;

use super::Change;
use crate::clean;
use crate::model::ArticleId;
use crate::text::Clean;

/// The most changes that can be taken back.
const DEPTH: usize = 200;

/// A stored change that can be taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What it is called: `marked 12 read`.
    pub label: Clean,
    kind: Kind,
    ids: Arc<[ArticleId]>,
    to: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Read,
    Bookmark,
}

impl Step {
    /// The step that storing `change` on `ids` was; `None` where there is nothing to take back.
    #[must_use]
    pub fn of(change: &Change, ids: &Arc<[ArticleId]>) -> Option<Self> {
        if ids.is_empty() {
            return None;
        }
        let (kind, to) = match change {
            Change::Read { asked: false, .. } | Change::Bookmark { asked: false, .. } | Change::Position { .. } => {
                return None;
            }
            Change::Read { to, .. } => (Kind::Read, *to),
            Change::AllRead { .. } => (Kind::Read, true),
            Change::Bookmark { to, .. } => (Kind::Bookmark, *to),
        };
        let what = match (kind, to) {
            (Kind::Read, true) => "marked read",
            (Kind::Read, false) => "marked unread",
            (Kind::Bookmark, true) => "bookmarked",
            (Kind::Bookmark, false) => "bookmark removed",
        };
        let label = if ids.len() == 1 { Clean::new(what) } else { clean!("{} articles {what}", ids.len()) };
        Some(Self { label, kind, ids: ids.clone(), to })
    }

    /// The change that does this step (`again`) or takes it back.
    #[must_use]
    pub fn change(&self, again: bool) -> Change {
        let to = self.to == again;
        match self.kind {
            Kind::Read => Change::Read { ids: self.ids.clone(), to, asked: false },
            Kind::Bookmark => Change::Bookmark { ids: self.ids.clone(), to, asked: false },
        }
    }
}

/// What was done and what was taken back.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
}

impl History {
    /// Remembers a step; what was taken back before cannot be done again.
    pub fn push(&mut self, step: Step) {
        self.undone.clear();
        if self.done.len() == DEPTH {
            self.done.remove(0);
        }
        self.done.push(step);
    }

    /// Takes back the newest step.
    pub fn undo(&mut self) -> Option<Step> {
        let step = self.done.pop()?;
        self.undone.push(step.clone());
        Some(step)
    }

    /// Does the step taken back last again.
    pub fn redo(&mut self) -> Option<Step> {
        let step = self.undone.pop()?;
        self.done.push(step.clone());
        Some(step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_taken_back_newest_first_and_done_again() {
        let ids: Arc<[ArticleId]> = [ArticleId(1)].into();
        let mark = Change::Read { ids: ids.clone(), to: true, asked: true };
        let keep = Change::Bookmark { ids: ids.clone(), to: true, asked: true };
        let mut history = History::default();
        history.push(Step::of(&mark, &ids).unwrap());
        history.push(Step::of(&keep, &ids).unwrap());
        assert_eq!(
            history.undo().unwrap().change(false),
            Change::Bookmark { ids: ids.clone(), to: false, asked: false }
        );
        assert_eq!(history.undo().unwrap().change(false), Change::Read { ids: ids.clone(), to: false, asked: false });
        assert_eq!(history.undo(), None);
        assert_eq!(history.redo().unwrap().change(true), Change::Read { ids: ids.clone(), to: true, asked: false });
        history.push(Step::of(&mark, &ids).unwrap());
        assert_eq!(history.redo(), None);
    }

    #[test]
    fn what_follows_from_reading_is_not_a_step() {
        let ids: Arc<[ArticleId]> = [ArticleId(1)].into();
        assert_eq!(Step::of(&Change::Read { ids: ids.clone(), to: true, asked: false }, &ids), None);
        assert_eq!(Step::of(&Change::Read { ids: [].into(), to: true, asked: true }, &[].into()), None);
    }
}
