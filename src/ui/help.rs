//! The help page.

use ratatui::layout::Rect;

use super::pen::Pen;
use crate::app::help::{self, Line, Page};
use crate::app::{Help, State};
use crate::clean;
use crate::config::Theme;
use crate::text::Clean;

/// Draws the help page over the panes.
pub(super) fn draw(help: &Help, state: &State, theme: &Theme, area: Rect, pen: &mut Pen<'_>) {
    let width = help::columns(area.width);
    let page = Rect { x: area.x + (area.width - width) / 2, width, ..area };
    let Page { keys: column, lines } = help.page(&state.config, width);
    let title = if help.filter.is_empty() { Clean::new("Keys") } else { clean!("Keys for “{}”", help.filter) };
    pen.words(page, 1, 0, &title, theme.title);
    if lines.is_empty() {
        return pen.message(page, &[(Clean::new("No key does that."), theme.meta)]);
    }
    let shown = page.height.saturating_sub(2);
    for (y, line) in (2..2 + shown).zip(lines.iter().skip(help.top)) {
        match line {
            Line::Heading(words) => {
                pen.words(page, 1, y, words, theme.pane);
            }
            Line::Entry { keys, does } => {
                pen.words(Rect { width: column, ..page }, 1, y, keys, theme.status_key);
                pen.words(page, column, y, does, theme.body);
            }
            Line::Space => {}
        }
    }
    let below = lines.len().saturating_sub(help.top + usize::from(shown));
    if below > 0 {
        pen.right(page, 20, 0, &clean!("{below} more below"), theme.meta);
    }
}
