//! Small sheets of choices over the foot of the panes: what to export, the settings of a feed, and what to
//! do about an address that could not be reached.
//! Their keys are their own, the same for all of them.

use crossterm::event::KeyCode;

use super::effect::Effect;
use super::exporting::Exporting;
use super::feed_page::FeedPage;
use super::unreached::Unreached;
use super::{State, exporting, feed_page, undoing, unreached};
use crate::config::Key;
use crate::text::Clean;

/// A sheet of choices.
#[derive(Clone, Debug)]
pub enum Dialog {
    /// What to export, and how.
    Export(Exporting),
    /// What is set for a feed.
    Feed(FeedPage),
    /// What to do about an address that was to be added.
    Unreached(Unreached),
}

/// A line to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is.
    pub left: Clean,
    /// What is said of it, or set.
    pub right: Clean,
}

impl Dialog {
    /// The words over it.
    #[must_use]
    pub fn title(&self) -> Clean {
        match self {
            Self::Export(_) => Clean::new("EXPORT"),
            Self::Feed(page) => crate::clean!("SETTINGS OF {}", page.title),
            Self::Unreached(unreached) => unreached.title(),
        }
    }

    /// What stands beside the title to be chosen from with `h` and `l`, and the place of what is chosen.
    #[must_use]
    pub fn across(&self) -> (Vec<Clean>, usize) {
        match self {
            Self::Export(export) => (export.offers.iter().map(|(name, _)| name.clone()).collect(), export.of),
            Self::Feed(_) | Self::Unreached(_) => (Vec::new(), 0),
        }
    }

    /// The lines.
    #[must_use]
    pub fn lines(&self, state: &State) -> Vec<Line> {
        match self {
            Self::Export(export) => export.lines(),
            Self::Feed(page) => page.lines(state),
            Self::Unreached(unreached) => unreached.lines(),
        }
    }

    /// The selected line.
    #[must_use]
    pub fn cursor(&self) -> usize {
        match self {
            Self::Export(export) => export.cursor,
            Self::Feed(page) => page.cursor,
            Self::Unreached(unreached) => unreached.cursor,
        }
    }

    fn cursor_mut(&mut self) -> &mut usize {
        match self {
            Self::Export(export) => &mut export.cursor,
            Self::Feed(page) => &mut page.cursor,
            Self::Unreached(unreached) => &mut unreached.cursor,
        }
    }
}

/// A key while a sheet is open.
pub(super) fn press(state: &mut State, key: Key, effects: &mut Vec<Effect>) {
    let Some(dialog) = &state.dialog else { return };
    let last = dialog.lines(state).len().saturating_sub(1);
    let Some(dialog) = &mut state.dialog else { return };
    match key.code() {
        KeyCode::Down | KeyCode::Char('j') => *dialog.cursor_mut() = (dialog.cursor() + 1).min(last),
        KeyCode::Up | KeyCode::Char('k') => *dialog.cursor_mut() = dialog.cursor().saturating_sub(1),
        KeyCode::Char('g') | KeyCode::Home => *dialog.cursor_mut() = 0,
        KeyCode::Char('G') | KeyCode::End => *dialog.cursor_mut() = last,
        KeyCode::Right | KeyCode::Tab | KeyCode::Char('l') => sideways(state, true, effects),
        KeyCode::Left | KeyCode::BackTab | KeyCode::Char('h') => sideways(state, false, effects),
        KeyCode::Enter | KeyCode::Char(' ') => choose(state, effects),
        KeyCode::Char('u') => undoing::undo(state, false, 1, effects),
        KeyCode::Esc | KeyCode::Char('q') => state.dialog = None,
        KeyCode::Char('c') if key.typed().is_none() => state.dialog = None,
        _ => {}
    }
}

fn sideways(state: &mut State, right: bool, effects: &mut Vec<Effect>) {
    match &mut state.dialog {
        Some(Dialog::Export(export)) => {
            let last = export.offers.len().saturating_sub(1);
            export.of = export.of.saturating_add_signed(if right { 1 } else { -1 }).min(last);
        }
        Some(Dialog::Feed(_)) => feed_page::turn(state, right, effects),
        Some(Dialog::Unreached(_)) | None => {}
    }
}

fn choose(state: &mut State, effects: &mut Vec<Effect>) {
    match &state.dialog {
        Some(Dialog::Export(_)) => exporting::ask_place(state),
        Some(Dialog::Feed(_)) => feed_page::turn(state, true, effects),
        Some(Dialog::Unreached(_)) => unreached::choose(state, effects),
        None => {}
    }
}
