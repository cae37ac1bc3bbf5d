//! The top line: what is shown, what is unread, what is under way.

use ratatui::layout::Rect;

use super::pen::Pen;
use crate::app::{Areas, State};
use crate::clean;
use crate::config::Theme;
use crate::text::Clean;
use crate::text::width::width;

/// Draws the top line.
pub(super) fn draw(state: &State, theme: &Theme, areas: &Areas, pen: &mut Pen<'_>) {
    let area = areas.header;
    if area.width < 12 || area.height == 0 {
        return;
    }
    let line = Rect { x: area.x + 1, width: area.width - 2, ..area };
    let x = pen.words(line, 0, 0, &Clean::new("Dateline"), theme.masthead) + 3;
    let title = state.list_title();
    let columns = |words: &Clean| u16::try_from(width(words.as_str())).unwrap_or(u16::MAX);
    let wide = columns(&title);
    // What is under way and what is unread matter more than the end of a long title; the date less.
    let [refresh, counts, date] = [refresh(state), counts(state), state.now.format("%a %-d %b", &state.zone)];
    let mut used = 0_u16;
    let mut fits = |words: &Clean, title: u16| {
        let taken = columns(words).saturating_add(used).saturating_add(GAP);
        let fits = !words.is_empty() && x.saturating_add(title).saturating_add(taken) <= line.width;
        used = if fits { taken } else { used };
        fits
    };
    let refresh = (fits(&refresh, wide.min(TITLE)), refresh, theme.bar);
    let counts = (fits(&counts, wide.min(TITLE)), counts, theme.accent);
    let date = (fits(&date, wide), date, theme.bar);
    let mut room = line;
    for (_, words, style) in [date, refresh, counts].into_iter().filter(|(fits, ..)| *fits) {
        room.width = pen.right(room, 0, 0, &words, style).saturating_sub(GAP);
    }
    pen.words(room, x, 0, &title, theme.bar);
}

/// Columns between two things in the top line.
const GAP: u16 = 3;

/// Columns of a title that other things leave to it.
const TITLE: u16 = 14;

fn counts(state: &State) -> Clean {
    if state.searching() {
        let list = &state.headlines;
        return match (list.loaded, list.at_newest && list.at_oldest, list.rows.len()) {
            (false, ..) | (true, _, 0) => Clean::default(),
            (true, true, found) => clean!("{found} found"),
            (true, false, found) => clean!("{found}+ found"),
        };
    }
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
