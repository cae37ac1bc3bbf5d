//! Feeds to choose from, where a page names several.

use ratatui::layout::Rect;

use super::pen::Pen;
use crate::app::Choices;
use crate::clean;
use crate::config::Theme;
use crate::text::Clean;

/// Draws the choices over the panes.
pub(super) fn draw(choices: &Choices, theme: &Theme, area: Rect, pen: &mut Pen<'_>) {
    let (feeds, cursor) = (&choices.feeds, choices.cursor);
    let width = area.width.min(84);
    let page = Rect { x: area.x + (area.width - width) / 2, width, ..area };
    let asked = match (&choices.beside, feeds.len()) {
        (None, count) => clean!("This page names {count} feeds. Which one?"),
        (Some(taken), 1) => clean!("Subscribed to {taken}. The site has another feed:"),
        (Some(taken), count) => clean!("Subscribed to {taken}. The site has {count} other feeds:"),
    };
    pen.words(page, 1, 0, &asked, theme.title);
    // Two lines and a space each, but no space after the last.
    let fitting = usize::from(page.height.saturating_sub(1) / 3).max(1);
    let top = (cursor + 1).saturating_sub(fitting);
    for (n, (at, choice)) in (0..).zip(feeds.iter().enumerate().skip(top).take(fitting)) {
        let y = 2 + 3 * n;
        if at == cursor {
            pen.wash(page, y, 2, theme.selection);
            pen.bar(page, (0, y), 2, theme);
        }
        pen.words(page, 1, y, &choice.title, theme.headline_unread);
        pen.words(page, 1, y + 1, &Clean::new(choice.link.as_str()), theme.meta);
    }
}
