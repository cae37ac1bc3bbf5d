//! Who says what: a list over the panes.

use ratatui::layout::Rect;

use super::pen::Pen;
use crate::app::quoting::{Quotations, Said};
use crate::clean;
use crate::config::Theme;
use crate::text::Clean;

/// The widest the list is set.
const WIDEST: u16 = 90;

/// The most lines that are shown of what one says; of the selected one there are more.
const LINES: usize = 2;
const SELECTED: usize = 8;

/// Draws the list: a speaker to a line, under it what is said. What one says again stands under it
/// without the name.
pub(super) fn draw(found: &Quotations, cursor: usize, theme: &Theme, area: Rect, pen: &mut Pen<'_>) {
    let columns = area.width.min(WIDEST);
    let page = Rect { x: area.x + (area.width - columns) / 2, width: columns, ..area };
    pen.words(page, 1, 0, &clean!("Who says what: {}", found.summed_up()), theme.title);
    let room = columns.saturating_sub(4).max(1);
    let height = |at: usize, said: &Said| {
        let lines = crate::text::wrap::fill(said.words.as_str(), room.into()).len();
        let lines = lines.min(if at == cursor { SELECTED } else { LINES });
        u16::try_from(lines).unwrap_or(1) + u16::from(names(found, at)) + 1
    };
    // From the selected one upwards, as many as fit.
    let space = page.height.saturating_sub(2);
    let (mut top, mut taken) = (cursor, 0);
    for (at, said) in found.said.iter().enumerate().take(cursor + 1).rev() {
        taken += height(at, said);
        if taken > space + 1 {
            break;
        }
        top = at;
    }
    let mut y = 2;
    for (at, said) in found.said.iter().enumerate().skip(top) {
        if y >= page.height {
            break;
        }
        let tall = height(at, said) - 1;
        let selected = at == cursor;
        if selected {
            pen.wash(page, y, tall.min(page.height - y), theme.selection);
            pen.bar(page, (0, y), tall.min(page.height - y), theme);
        }
        if names(found, at) || at == top {
            let unnamed = Clean::new("Somebody who is not named");
            let speaker = said.speaker.as_ref().unwrap_or(&unnamed);
            let style = if said.speaker.is_some() { theme.headline_unread } else { theme.meta };
            let end = pen.words(page, 1, y, speaker, style);
            if !said.direct {
                pen.words(page, end + 2, y, &Clean::new("in other words"), theme.meta);
            }
            y += 1;
        }
        let lines = if selected { SELECTED } else { LINES };
        let style = if said.direct { theme.body } else { theme.quote };
        y = pen.wrapped(page, (3, y), room, (&said.words, lines), style) + 1;
    }
}

/// Whether the speaker is named over what is said: not where the one before is the same's, and in the
/// same way.
fn names(found: &Quotations, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|before| found.said.get(before)) else { return true };
    let said = &found.said[at];
    before.speaker != said.speaker || before.direct != said.direct
}
