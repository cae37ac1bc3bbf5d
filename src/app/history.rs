//! Undo and redo: what a person changed, newest last.
//!
//! A step is remembered when it is done, not when it is stored: whoever changes something and takes
//! it back at once means that change, however long the store takes.

use std::collections::VecDeque;
use std::sync::Arc;

use super::{Change, FeedEdit};
use crate::clean;
use crate::model::{ArticleId, FeedId, FeedSettings, Mute, SavedQuery};
use crate::text::width::fit;
use crate::text::{Clean, CleanText};

/// The most changes that can be taken back.
const DEPTH: usize = 200;

/// Columns of a headline that names what was changed, in a list of changes.
const NAMED: usize = 48;

/// A change that can be taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    number: u64,
    kind: Kind,
    /// What it changed; `None` while only the store knows.
    ids: Option<Arc<[ArticleId]>>,
    /// The headline of the article that it changed, the feed or saved search, or what was muted.
    name: Option<Clean>,
    to: bool,
}

#[derive(Clone, Debug, PartialEq)]
enum Kind {
    Read,
    Bookmark,
    Mute(Mute),
    /// Of an article: the tags it had, and those it has.
    Tags(Arc<[Clean]>, Arc<[Clean]>),
    /// Of an article: the note that it had, and the one that it has.
    Note(CleanText, CleanText),
    /// Of a feed: what was set, and what is.
    Settings(FeedId, FeedSettings, FeedSettings),
    /// Of a feed: what was done, and what takes it back.
    Feed(FeedId, FeedEdit, FeedEdit),
    /// Of a saved query: as it was, and as it is.
    Saved(Option<SavedQuery>, Option<SavedQuery>),
}

impl Step {
    /// The step that `change` is; `None` where a person cannot take it back.
    fn of(change: &Change, number: u64, name: Option<Clean>) -> Option<Self> {
        let (kind, ids, to) = match change {
            Change::Read { asked: false, .. }
            | Change::Bookmark { asked: false, .. }
            | Change::Mute { asked: false, .. }
            | Change::Tags { asked: false, .. }
            | Change::Visited { .. }
            | Change::Text { .. }
            | Change::Note { asked: false, .. }
            | Change::FeedSettings { asked: false, .. }
            | Change::Feed { asked: false, .. }
            | Change::Searched { .. }
            | Change::Remembered { .. }
            | Change::Saved { asked: false, .. }
            | Change::Position { .. } => return None,
            Change::Read { ids, to, .. } => (Kind::Read, Some(ids.clone()), *to),
            Change::AllRead { .. } | Change::StoryRead { .. } => (Kind::Read, None, true),
            Change::Bookmark { ids, to, .. } => (Kind::Bookmark, Some(ids.clone()), *to),
            Change::Tags { id, before, after, .. } => {
                (Kind::Tags(before.clone(), after.clone()), Some([*id].into()), true)
            }
            Change::Note { id, before, after, .. } => {
                (Kind::Note(before.clone(), after.clone()), Some([*id].into()), true)
            }
            Change::FeedSettings { feed, before, after, .. } => {
                let kind = Kind::Settings(*feed, before.clone(), after.clone());
                return Some(Self { number, kind, ids: Some([].into()), name, to: true });
            }
            Change::Mute { mute, said, to, .. } => {
                let name = Some(said.clone());
                return Some(Self { number, kind: Kind::Mute(mute.clone()), ids: Some([].into()), name, to: *to });
            }
            Change::Saved { before, after, .. } => {
                let kind = Kind::Saved(before.clone(), after.clone());
                return Some(Self { number, kind, ids: Some([].into()), name, to: true });
            }
            Change::Feed { feed, edit, back, .. } => {
                let kind = Kind::Feed(*feed, edit.clone(), back.clone());
                return Some(Self { number, kind, ids: Some([].into()), name, to: true });
            }
        };
        Some(Self { number, kind, ids, name, to })
    }

    /// What it is called: `12 articles marked read`, `“Ferry late” bookmarked`, `feed “Field Notes” moved`.
    #[must_use]
    pub fn label(&self) -> Clean {
        let what = match (&self.kind, self.to) {
            (Kind::Read, true) => "marked read",
            (Kind::Read, false) => "marked unread",
            (Kind::Bookmark, true) => "bookmarked",
            (Kind::Bookmark, false) => "bookmark removed",
            (Kind::Mute(_), true) => "muted",
            (Kind::Mute(_), false) => "no longer muted",
            (Kind::Tags(before, after), _) if after.len() < before.len() => "no longer so tagged",
            (Kind::Tags(..), _) => "tagged",
            (Kind::Note(_, after), _) if after.is_empty() => "no longer noted",
            (Kind::Note(..), _) => "noted",
            (Kind::Settings(..), _) => "set otherwise",
            (Kind::Saved(None, _), _) => "saved",
            (Kind::Saved(_, None), _) => "removed",
            (Kind::Saved(Some(_), Some(_)), _) => "changed",
            (Kind::Feed(_, FeedEdit::Name(_), _), _) => "renamed",
            (Kind::Feed(_, FeedEdit::Folder(_), _), _) => "moved",
            (Kind::Feed(_, FeedEdit::Left(_), _), _) => "left",
        };
        let of = match &self.kind {
            Kind::Settings(..) | Kind::Feed(..) => "feed",
            Kind::Saved(None, _) => "search",
            Kind::Saved(..) => "saved search",
            _ => "",
        };
        match (self.ids.as_ref().map_or(0, |ids| ids.len()), &self.name) {
            (0 | 1, Some(name)) if matches!(self.kind, Kind::Mute(_)) => clean!("{name} {what}"),
            (_, Some(name)) if !of.is_empty() => clean!("{of} “{}” {what}", fit(name.as_str(), NAMED)),
            (_, None) if !of.is_empty() => clean!("{of} {what}"),
            (0 | 1, Some(name)) => clean!("“{}” {what}", fit(name.as_str(), NAMED)),
            (0 | 1, None) => Clean::new(what),
            (many, _) => clean!("{many} articles {what}"),
        }
    }

    /// What it was, as something that can be taken back: `marking 12 articles read`, `the note on “Ferry
    /// late”`, with at most so many columns of a name.
    #[must_use]
    pub fn deed(&self, columns: usize) -> Clean {
        let name = self.name.as_ref().map(|name| fit(name.as_str(), columns));
        let what = match (self.ids.as_ref().map_or(0, |ids| ids.len()), &name) {
            (0 | 1, Some(name)) if matches!(self.kind, Kind::Mute(_)) => name.to_string(),
            (0 | 1, Some(name)) => format!("“{name}”"),
            (0 | 1, None) if matches!(self.kind, Kind::Settings(..) | Kind::Feed(..)) => "a feed".to_owned(),
            (0 | 1, None) if matches!(self.kind, Kind::Saved(..)) => "a search".to_owned(),
            (0 | 1, None) => "an article".to_owned(),
            (many, _) => format!("{many} articles"),
        };
        match (&self.kind, self.to) {
            (Kind::Read, true) => clean!("marking {what} read"),
            (Kind::Read, false) => clean!("marking {what} unread"),
            (Kind::Bookmark, true) => clean!("bookmarking {what}"),
            (Kind::Bookmark, false) => clean!("removing the bookmark of {what}"),
            (Kind::Mute(_), true) => clean!("muting {what}"),
            (Kind::Mute(_), false) => clean!("lifting the mute of {what}"),
            (Kind::Tags(..), _) => clean!("the tags of {what}"),
            (Kind::Note(_, after), _) if after.is_empty() => clean!("removing the note on {what}"),
            (Kind::Note(..), _) => clean!("the note on {what}"),
            (Kind::Settings(..), _) => clean!("the settings of {what}"),
            (Kind::Saved(None, _), _) => clean!("saving the search {what}"),
            (Kind::Saved(_, None), _) => clean!("removing the saved search {what}"),
            (Kind::Saved(Some(_), Some(_)), _) => clean!("changing the saved search {what}"),
            (Kind::Feed(_, FeedEdit::Name(_), _), _) => clean!("renaming {what}"),
            (Kind::Feed(_, FeedEdit::Folder(_), _), _) => clean!("moving {what}"),
            (Kind::Feed(_, FeedEdit::Left(_), _), _) => clean!("unsubscribing from {what}"),
        }
    }

    /// The change that does this step (`again`) or takes it back.
    #[must_use]
    pub fn change(&self, again: bool) -> Change {
        let (ids, to, asked) = (self.ids.clone().unwrap_or_default(), self.to == again, false);
        match &self.kind {
            Kind::Read => Change::Read { ids, to, asked },
            Kind::Bookmark => Change::Bookmark { ids, to, asked },
            Kind::Tags(before, after) => {
                let (before, after) = if again { (before, after) } else { (after, before) };
                let id = ids.first().copied().unwrap_or(ArticleId(0));
                Change::Tags { id, before: before.clone(), after: after.clone(), asked }
            }
            Kind::Mute(mute) => {
                Change::Mute { mute: mute.clone(), said: self.name.clone().unwrap_or_default(), to, asked }
            }
            Kind::Note(before, after) => {
                let (before, after) = if again { (before, after) } else { (after, before) };
                let id = ids.first().copied().unwrap_or(ArticleId(0));
                Change::Note { id, before: before.clone(), after: after.clone(), asked }
            }
            Kind::Settings(feed, before, after) => {
                let (before, after) = if again { (before, after) } else { (after, before) };
                Change::FeedSettings { feed: *feed, before: before.clone(), after: after.clone(), asked }
            }
            Kind::Saved(before, after) => {
                let (before, after) = if again { (before, after) } else { (after, before) };
                Change::Saved { before: before.clone(), after: after.clone(), asked }
            }
            Kind::Feed(feed, edit, back) => {
                let (edit, back) = if again { (edit, back) } else { (back, edit) };
                Change::Feed { feed: *feed, edit: edit.clone(), back: back.clone(), asked }
            }
        }
    }
}

/// What was done and what was taken back.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
    /// The numbers of the steps that the store has not answered, oldest first.
    on_their_way: VecDeque<u64>,
    last: u64,
}

impl History {
    /// Remembers what a person does; what was taken back before cannot be done again.
    /// `name` is the headline of the article, where it is one, or what the feed or search is called.
    pub fn begin(&mut self, change: &Change, name: Option<Clean>) {
        let Some(step) = Step::of(change, self.last + 1, name) else { return };
        self.last = step.number;
        self.on_their_way.push_back(step.number);
        self.undone.clear();
        if self.done.len() == DEPTH {
            self.done.remove(0);
        }
        self.done.push(step);
    }

    /// The store has answered `change`, the oldest of those on their way: these articles it changed, or
    /// `None` where it refused. Where nothing was changed, there is nothing to take back. Gives the step.
    pub fn settle(&mut self, change: &Change, ids: Option<&Arc<[ArticleId]>>) -> Option<Step> {
        // A change is answered in the order in which it was asked for.
        let number = Step::of(change, 0, None).and_then(|_| self.on_their_way.pop_front())?;
        let steps = [&mut self.done, &mut self.undone];
        for steps in steps {
            let Some(at) = steps.iter().position(|step| step.number == number) else { continue };
            let of_articles = matches!(steps[at].kind, Kind::Read | Kind::Bookmark);
            match ids {
                Some(ids) if of_articles && !ids.is_empty() => steps[at].ids = Some(ids.clone()),
                Some(_) if !of_articles => {}
                _ => {
                    steps.remove(at);
                    return None;
                }
            }
            return Some(steps[at].clone());
        }
        None
    }

    /// The store refused `change`. Where it was an undoing, its step can be undone again; where it
    /// was doing one again, it can be done again.
    pub fn refused(&mut self, change: &Change) {
        if self.undone.last().is_some_and(|step| step.change(false) == *change) {
            self.done.extend(self.undone.pop());
        } else if self.done.last().is_some_and(|step| step.change(true) == *change) {
            self.undone.extend(self.done.pop());
        }
    }

    /// Whether the newest step must be stored before it can be taken back.
    #[must_use]
    pub fn must_wait(&self) -> bool {
        self.done.last().is_some_and(|step| step.ids.is_none())
    }

    /// The names of the steps that can be taken back, the newest first.
    #[must_use]
    pub fn done(&self) -> Vec<Clean> {
        self.done.iter().rev().map(Step::label).collect()
    }

    /// The names of the steps that can be done again, the last that was taken back first.
    #[must_use]
    pub fn undone(&self) -> Vec<Clean> {
        self.undone.iter().rev().map(Step::label).collect()
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

    fn ids() -> Arc<[ArticleId]> {
        [ArticleId(1)].into()
    }

    fn mark() -> Change {
        Change::Read { ids: ids(), to: true, asked: true }
    }

    #[test]
    fn steps_are_taken_back_newest_first_and_done_again() {
        let keep = Change::Bookmark { ids: ids(), to: true, asked: true };
        let mut history = History::default();
        history.begin(&mark(), None);
        history.begin(&keep, None);
        assert_eq!(history.undo().unwrap().change(false), Change::Bookmark { ids: ids(), to: false, asked: false });
        assert_eq!(history.undo().unwrap().change(false), Change::Read { ids: ids(), to: false, asked: false });
        assert_eq!(history.undo(), None);
        assert_eq!(history.redo().unwrap().change(true), Change::Read { ids: ids(), to: true, asked: false });
        history.begin(&mark(), None);
        assert_eq!(history.redo(), None);
    }

    #[test]
    fn what_follows_from_reading_is_not_a_step() {
        let mut history = History::default();
        history.begin(&Change::Read { ids: ids(), to: true, asked: false }, None);
        assert_eq!(history.undo(), None);
    }

    #[test]
    fn what_was_not_stored_or_changed_nothing_cannot_be_taken_back() {
        let mut history = History::default();
        history.begin(&mark(), None);
        history.begin(&mark(), None);
        assert_eq!(history.settle(&mark(), Some(&[].into())), None);
        assert!(history.settle(&mark(), Some(&ids())).is_some());
        assert!(history.undo().is_some());
        assert_eq!(history.undo(), None);
        let (feed, asked) = (FeedId(1), true);
        let leave = Change::Feed { feed, edit: FeedEdit::Left(true), back: FeedEdit::Left(false), asked };
        history.begin(&leave, None);
        assert_eq!(history.settle(&leave, None), None);
        assert_eq!(history.undo(), None, "a feed that could not be left");
        history.begin(&leave, None);
        assert!(history.settle(&leave, Some(&[].into())).is_some());
        assert!(history.undo().is_some());
    }

    #[test]
    fn only_the_store_knows_what_marking_a_list_changes() {
        let all = Change::AllRead { view: crate::model::View::default() };
        let mut history = History::default();
        history.begin(&all, None);
        assert!(history.must_wait());
        let step = history.settle(&all, Some(&[ArticleId(1), ArticleId(2)].into())).unwrap();
        assert_eq!(step.label().as_str(), "2 articles marked read");
        assert_eq!(step.deed(48).as_str(), "marking 2 articles read");
        assert!(!history.must_wait());
    }
}
