//! What a program wrote, over the panes.

use ratatui::layout::Rect;

use super::pen::Pen;
use crate::app::overlay::{Output, columns};
use crate::clean;
use crate::config::Theme;

/// Draws it.
pub(super) fn draw(output: &Output, theme: &Theme, area: Rect, pen: &mut Pen<'_>) {
    let wide = columns(area.width);
    let page = Rect { x: area.x + (area.width - wide) / 2, width: wide, ..area };
    let lines = output.lines(wide);
    let shown = page.height.saturating_sub(2);
    let below = lines.len().saturating_sub(output.top + usize::from(shown));
    let room = if below > 0 { wide.saturating_sub(16) } else { wide };
    pen.words(Rect { width: room, ..page }, 0, 0, &output.title, if output.failed { theme.error } else { theme.title });
    if below > 0 {
        pen.right(page, 20, 0, &clean!("{below} more below"), theme.meta);
    }
    for (y, line) in (2..2 + shown).zip(lines.iter().skip(output.top)) {
        pen.words(page, 0, y, line, theme.body);
    }
}
