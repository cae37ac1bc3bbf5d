//! The top line: what is shown, what is unread, what is under way.

use ratatui::layout::Rect;

use super::pen::Pen;
use crate::app::{Areas, State};
use crate::clean;
use crate::config::Theme;
use crate::text::Clean;

/// Draws the top line.
pub(super) fn draw(state: &State, theme: &Theme, areas: &Areas, pen: &mut Pen<'_>) {
    let area = areas.header;
    if area.width < 12 || area.height == 0 {
        return;
    }
    let line = Rect { x: area.x + 1, width: area.width - 2, ..area };
    let x = pen.words(line, 0, 0, &Clean::new("Dateline"), theme.masthead) + 3;
    let title = state.list_title();
    let end = x + u16::try_from(crate::text::width::width(title.as_str())).unwrap_or(u16::MAX).min(line.width);
    let date = state.now.format("%a %-d %b", &state.zone);
    let mut room = line;
    for (words, style) in [(date, theme.bar), (refresh(state), theme.bar), (counts(state), theme.accent)] {
        if !words.is_empty() {
            let at = pen.right(room, (end + 3).min(room.width), 0, &words, style);
            room.width = if at < room.width { at.saturating_sub(3) } else { room.width };
        }
    }
    pen.words(room, x, 0, &title, theme.bar);
}

fn counts(state: &State) -> Clean {
    let (unread, arrived) = (state.drawer.sources.unread, state.headlines.arrived);
    match (unread, arrived) {
        (0, 0) => Clean::default(),
        (unread, 0) => clean!("{unread} unread"),
        (unread, arrived) => clean!("{unread} unread · {arrived} new"),
    }
}

fn refresh(state: &State) -> Clean {
    match &state.refreshing {
        None => Clean::default(),
        Some(progress) if progress.total == 0 => Clean::new("↻"),
        Some(progress) => clean!("↻ {}/{}", progress.done, progress.total),
    }
}
