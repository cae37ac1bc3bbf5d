//! The top line: what is shown, what is unread, what is under way.

use ratatui::layout::Rect;

use super::pen::Pen;
use crate::app::headlines::PAGE;
use crate::app::{Areas, State};
use crate::clean;
use crate::config::Theme;
use crate::model::{Only, Order, SORTED};
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
    let [refresh, date] = [refresh(state), state.now.format("%a %-d %b", &state.zone)];
    let mut used = 0_u16;
    let mut fits = |words: &Clean, title: u16| {
        let taken = columns(words).saturating_add(used).saturating_add(GAP);
        let fits = !words.is_empty() && x.saturating_add(title).saturating_add(taken) <= line.width;
        used = if fits { taken } else { used };
        fits
    };
    let refresh = (fits(&refresh, wide.min(TITLE)), refresh, theme.bar);
    let mut counts = counts(state).into_iter();
    let counts =
        counts.find(|words| fits(words, wide.min(TITLE))).map_or((false, Clean::default()), |words| (true, words));
    let counts = (counts.0, counts.1, theme.accent);
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

/// What is to be counted, the fullest words first.
fn counts(state: &State) -> Vec<Clean> {
    if state.searching() {
        let list = &state.headlines;
        let (order, whole) = match state.order() {
            Order::Newest => ("newest first", list.at_newest && list.at_oldest),
            Order::Oldest => ("oldest first", list.at_newest && list.at_oldest),
            Order::Unread => ("unread first", list.rows.len() < SORTED),
            Order::Source => ("by source", list.rows.len() < SORTED),
            Order::Length => ("shortest first", list.rows.len() < SORTED),
            // Of many only the best are in the list.
            Order::Relevance => ("best first", list.rows.len() < PAGE),
            Order::Kept => ("last kept first", true),
            Order::Title => ("by title", true),
        };
        return match (list.loaded, whole, list.rows.len()) {
            (false, ..) | (true, _, 0) => Vec::new(),
            (true, true, 1) => vec![Clean::new("1 found")],
            (true, true, found) => vec![clean!("{found} found, {order}"), clean!("{found} found")],
            (true, false, found) => vec![clean!("{found}+ found, {order}"), clean!("{found}+ found")],
        };
    }
    let count = unread(state);
    if count.is_empty() { Vec::new() } else { vec![count] }
}

fn unread(state: &State) -> Clean {
    if state.headlines.stories {
        let list = &state.headlines;
        let stories = list.rows.iter().filter(|row| row.under.is_none()).count();
        let counted = match (list.at_newest && list.at_oldest, stories) {
            (_, 0) => Clean::default(),
            (true, 1) => Clean::new("1 story"),
            (true, stories) => clean!("{stories} stories"),
            (false, stories) => clean!("{stories}+ stories"),
        };
        return if list.arrived > 0 { clean!("{counted} · {} new", list.arrived) } else { counted };
    }
    let sources = &state.drawer.sources;
    if state.headlines.view.only == Only::Bookmarked {
        return match sources.bookmarked {
            0 => Clean::default(),
            1 => Clean::new("1 bookmark"),
            many => clean!("{many} bookmarks"),
        };
    }
    let (unread, arrived) = (sources.unread, state.headlines.arrived);
    match (unread, arrived) {
        (0, 0) => Clean::default(),
        (unread, 0) => clean!("{unread} unread"),
        (unread, arrived) => clean!("{unread} unread · {arrived} new"),
    }
}

fn refresh(state: &State) -> Clean {
    match (&state.refreshing, state.pages.unasked) {
        (None, Some((done, total))) => clean!("full texts {done}/{total}"),
        (None, None) => Clean::default(),
        (Some(progress), _) if progress.total == 0 => Clean::new("↻"),
        (Some(progress), _) => clean!("↻ {}/{}", progress.done, progress.total),
    }
}
