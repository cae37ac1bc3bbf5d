//! Walking a list that lies over the panes (feeds to choose from, links, what a refresh brought): the
//! same keys in all of them.

use super::State;
use crate::model::Action;

/// A list as it is walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Steps {
    /// The selected line.
    pub(super) cursor: usize,
    /// Lines that there are.
    pub(super) len: usize,
    /// Lines of a page.
    pub(super) page: usize,
}

impl Steps {
    /// A list of two lines to an item over all of the panes, as they are.
    pub(super) fn over(state: &State, cursor: usize, len: usize) -> Self {
        let height = usize::from(state.areas().body.height);
        Self { cursor, len, page: (height / 2).saturating_sub(2).max(1) }
    }

    /// The line that `action`, `count` times, leads to; `None` where it leads nowhere in a list.
    pub(super) fn to(self, action: Action, count: Option<usize>) -> Option<usize> {
        let last = self.len.saturating_sub(1);
        let times = count.unwrap_or(1);
        let (page, half) = (times.saturating_mul(self.page), times.saturating_mul((self.page / 2).max(1)));
        let to = match action {
            Action::Next | Action::LineDown => self.cursor.saturating_add(times),
            Action::Previous | Action::LineUp => self.cursor.saturating_sub(times),
            Action::PageDown | Action::ReadOn => self.cursor.saturating_add(page),
            Action::PageUp => self.cursor.saturating_sub(page),
            Action::HalfPageDown => self.cursor.saturating_add(half),
            Action::HalfPageUp => self.cursor.saturating_sub(half),
            Action::First => 0,
            Action::Last => last,
            _ => return None,
        };
        Some(to.min(last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_stay_within_the_list() {
        let steps = Steps { cursor: 3, len: 10, page: 4 };
        assert_eq!(steps.to(Action::Next, Some(2)), Some(5));
        assert_eq!(steps.to(Action::Previous, Some(9_999)), Some(0));
        assert_eq!(steps.to(Action::PageDown, None), Some(7));
        assert_eq!(steps.to(Action::PageDown, Some(usize::MAX)), Some(9));
        assert_eq!(steps.to(Action::HalfPageUp, None), Some(1));
        assert_eq!(steps.to(Action::Last, None), Some(9));
        assert_eq!(steps.to(Action::Bookmark, None), None);
        assert_eq!(Steps { cursor: 0, len: 0, page: 1 }.to(Action::Last, None), Some(0));
    }
}
