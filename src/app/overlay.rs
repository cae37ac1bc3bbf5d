//! What a program wrote, laid over the panes to be read.

use super::effect::Effect;
use super::state::State;
use crate::model::Action;
use crate::text::wrap::fill;
use crate::text::{Clean, CleanText};

/// What a program wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// What wrote it, and how that ended.
    pub title: Clean,
    /// It did not end well.
    pub failed: bool,
    /// The lines as they were written.
    written: Vec<Clean>,
    /// The first line on the screen.
    pub top: usize,
}

impl Output {
    /// What was written, to be shown from its beginning.
    #[must_use]
    pub fn new(title: Clean, failed: bool, written: &CleanText) -> Self {
        let written = written.as_str().trim_end().lines().map(Clean::verbatim).collect();
        Self { title, failed, written, top: 0 }
    }

    /// The lines as they fit so many columns. Linear in all that was written.
    #[must_use]
    pub fn lines(&self, columns: u16) -> Vec<Clean> {
        let mut lines = Vec::new();
        for line in &self.written {
            let parts = fill(line.as_str(), usize::from(columns.max(1)));
            if parts.is_empty() {
                lines.push(Clean::default());
            }
            lines.extend(parts.into_iter().map(|part| Clean::verbatim(&line.as_str()[part])));
        }
        lines
    }
}

/// The columns of what is written, in a body that is so wide.
#[must_use]
pub fn columns(body: u16) -> u16 {
    body.saturating_sub(2).min(100)
}

/// An action while it is shown.
pub(super) fn perform(state: &mut State, action: Action, count: Option<usize>, effects: &mut Vec<Effect>) {
    let body = state.areas().body;
    let Some(output) = &mut state.output else { return };
    let height = usize::from(body.height.saturating_sub(2)).max(1);
    let most = output.lines(columns(body.width)).len().saturating_sub(height);
    let times = count.unwrap_or(1);
    let top = match action {
        Action::Next | Action::LineDown | Action::RelatedNext => output.top.saturating_add(times),
        Action::Previous | Action::LineUp | Action::RelatedPrevious => output.top.saturating_sub(times),
        Action::HalfPageDown => output.top.saturating_add(height / 2),
        Action::HalfPageUp => output.top.saturating_sub(height / 2),
        Action::PageDown | Action::ReadOn => output.top.saturating_add(height.saturating_sub(1)),
        Action::PageUp => output.top.saturating_sub(height.saturating_sub(1)),
        Action::First => 0,
        Action::Last => most,
        Action::Back | Action::Quit | Action::Pipe => {
            state.output = None;
            return;
        }
        Action::Redraw => return effects.push(Effect::Redraw),
        Action::Suspend => return effects.push(Effect::Suspend),
        _ => return,
    };
    output.top = top.min(most);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_shown_whole_at_any_width() {
        let output = Output::new("wc".into(), false, &CleanText::new("one two three\n\n  four\n"));
        let said = |columns| output.lines(columns).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(said(80), ["one two three", "", "  four"]);
        assert_eq!(said(8)[..2], ["one two", "three"]);
    }
}
