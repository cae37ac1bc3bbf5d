//! Feeds to choose from, where a page names several.

use ratatui::layout::Rect;

use super::pen::Pen;
use crate::app::Choice;
use crate::clean;
use crate::config::Theme;
use crate::text::Clean;

/// Draws the choices over the panes.
pub(super) fn draw(choices: &[Choice], cursor: usize, theme: &Theme, area: Rect, pen: &mut Pen<'_>) {
    let width = area.width.min(84);
    let page = Rect { x: area.x + (area.width - width) / 2, width, ..area };
    pen.words(page, 1, 0, &clean!("This page names {} feeds. Which one?", choices.len()), theme.title);
    // Two lines and a space each, but no space after the last.
    let fitting = usize::from(page.height.saturating_sub(1) / 3).max(1);
    let top = (cursor + 1).saturating_sub(fitting);
    for (n, (at, choice)) in (0..).zip(choices.iter().enumerate().skip(top).take(fitting)) {
        let y = 2 + 3 * n;
        if at == cursor {
            pen.wash(page, y, 2, theme.selection);
            pen.bar(page, (0, y), 2, theme);
        }
        pen.words(page, 1, y, &choice.title, theme.headline_unread);
        pen.words(page, 1, y + 1, &Clean::new(choice.link.as_str()), theme.meta);
    }
}
