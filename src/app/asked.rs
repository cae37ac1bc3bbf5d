//! The questions that are on their way, and which of their answers are still wanted.

use std::collections::VecDeque;
use std::sync::Arc;

use super::effect::{Effect, Question, Slot, Ticket};
use super::layout::Plates;
use super::state::State;
use super::unsettled::Unsettled;
use crate::model::{Anchor, ArticleId, StoryId, View};

/// The questions that are on their way: an answer with another ticket is dropped.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    last: u64,
    tickets: [Option<Ticket>; Slot::ALL.len()],
    /// The page that was asked for.
    pub(super) anchor: Option<Anchor>,
    /// Open the selected row when the page is there.
    pub(super) open: bool,
    /// What to do with the row that a search for the next unread article finds.
    pub(super) seek: Option<Seek>,
    /// The widths and the pictures that a layout of the article on the screen was asked for and has
    /// not come.
    pub(super) columns: Option<(u16, u16, Arc<Plates>)>,
    /// The article that related news was asked for.
    pub(super) related_of: Option<ArticleId>,
    /// Changes that an answer may not know of.
    pub(super) unsettled: Unsettled,
    /// Undoings that wait for what they undo to be stored.
    pub(super) undos: usize,
    /// Stories that are to be unfolded, in the order in which a person said so.
    pub(super) unfolding: VecDeque<StoryId>,
    /// The article that was open when the reader was left: it is opened again when its row is there.
    pub(super) restored: Option<ArticleId>,
    /// What came since the last visit, which nobody asks for with a key.
    pub(super) brief: ByItself,
}

/// How far the brief is that is laid open by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum ByItself {
    /// It is not wanted, or has been seen to.
    #[default]
    Done,
    /// It is to be asked for once what is on the first screen has come: it takes thought.
    Due,
    /// It is on its way.
    Asked,
}

/// A search for an unread article beyond the rows at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seek {
    /// Open it when it is found.
    pub(super) open: bool,
}

impl State {
    /// Whether an answer to a question of `slot` is on its way.
    #[must_use]
    pub fn waits_for(&self, slot: Slot) -> bool {
        self.asked.tickets[index(slot)].is_some()
    }

    /// Asks `question`; an earlier one of its slot is no longer wanted.
    pub(super) fn ask(&mut self, question: Question, effects: &mut Vec<Effect>) {
        self.asked.last += 1;
        let ticket = Ticket(self.asked.last);
        self.asked.tickets[index(question.slot())] = Some(ticket);
        effects.push(Effect::Ask(ticket, question));
    }

    /// Asks for what is related to an article, as many as the settings say.
    pub(super) fn ask_related(&mut self, id: ArticleId, effects: &mut Vec<Effect>) {
        let limit = usize::try_from(self.config.related.limit).unwrap_or(usize::MAX);
        self.ask(Question::Related { id, limit }, effects);
    }

    /// Asks for a page of the list.
    pub(super) fn ask_page(&mut self, anchor: Anchor, effects: &mut Vec<Effect>) {
        self.asked.anchor = Some(anchor);
        self.asked.seek = None;
        let limit = super::headlines::PAGE;
        let question = if self.headlines.stories {
            Question::Stories { scope: self.headlines.view.scope, anchor, limit }
        } else {
            Question::Page { view: self.asked_view(), anchor, limit }
        };
        self.ask(question, effects);
    }

    /// What the list shows, and what of it is folded.
    pub(super) fn asked_view(&self) -> View {
        View { fold: self.folding(), order: self.order(), news: true, ..self.headlines.view.clone() }
    }

    /// The slot that an answer with `ticket` fills; `None` if it is no longer wanted. An answer is
    /// taken once.
    pub(super) fn take(&mut self, ticket: Ticket) -> Option<Slot> {
        let at = self.asked.tickets.iter().position(|asked| *asked == Some(ticket))?;
        self.asked.tickets[at] = None;
        Some(Slot::ALL[at])
    }

    /// A change was stored, or was not.
    pub(super) fn settle(&mut self, change: &super::Change, stored: bool) {
        let oldest = self.asked.tickets.iter().flatten().min().copied();
        self.asked.unsettled.settle(change, stored, Ticket(self.asked.last), oldest);
    }

    /// Gives up an answer that is on its way.
    pub(super) fn forget(&mut self, slot: Slot) {
        self.asked.tickets[index(slot)] = None;
    }
}

fn index(slot: Slot) -> usize {
    // As they stand in `Slot::ALL`: a test holds the two together.
    slot as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_indexed_in_their_order() {
        for (at, slot) in Slot::ALL.into_iter().enumerate() {
            assert_eq!(index(slot), at);
        }
    }
}
