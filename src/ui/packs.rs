//! Starter packs, and the feeds of one of them.

use ratatui::layout::Rect;

use super::pen::Pen;
use crate::app::State;
use crate::app::packs::{Mark, Packs, mark};
use crate::clean;
use crate::config::Theme;
use crate::model::Pack;
use crate::text::Clean;

/// The widest the page is set.
const WIDEST: u16 = 84;

/// Lines over the first that can be selected: the title, what it is about, a space.
const HEAD: u16 = 3;

/// Draws them over the panes.
pub(super) fn draw(packs: &Packs, state: &State, theme: &Theme, area: Rect, pen: &mut Pen<'_>) {
    let width = area.width.min(WIDEST);
    let page = Rect { x: area.x + (area.width - width) / 2, width, ..area };
    let (title, about) = match packs.opened() {
        Some(pack) => (pack.name.clone(), pack.about.clone()),
        None => {
            (Clean::new("Starter packs"), Clean::new("Feeds to begin with. Nothing is fetched before you have chosen."))
        }
    };
    pen.words(page, 1, 0, &title, theme.title);
    pen.words(page, 1, 1, &about, theme.meta);
    // Two lines and, where there is room, a space each; a feed's address stands under its name.
    let room = page.height.saturating_sub(HEAD);
    let lines = u16::try_from(packs.len()).unwrap_or(u16::MAX);
    let step = if lines.saturating_mul(3) <= room.saturating_add(1) { 3 } else { 2 };
    let fitting = usize::from((room + step - 2) / step).max(1);
    let top = (packs.cursor + 1).saturating_sub(fitting);
    for (n, at) in (0..).zip((top..packs.len()).take(fitting)) {
        let y = HEAD + step * n;
        if at == packs.cursor {
            pen.wash(page, y, 2, theme.selection);
            pen.bar(page, (0, y), 2, theme);
        }
        match (packs.open, packs.opened()) {
            (Some(open), Some(pack)) => feed(packs, (open, at, pack), state, theme, page, y, pen),
            _ => pack(packs, at, state, theme, page, y, pen),
        }
    }
}

/// A line of the list of packs: its name, how much of it is wanted, what it is about.
fn pack(packs: &Packs, at: usize, state: &State, theme: &Theme, page: Rect, y: u16, pen: &mut Pen<'_>) {
    let Some(pack) = packs.packs.get(at) else { return };
    let known = (0..pack.feeds.len()).filter(|feed| mark(state, packs, at, *feed) == Mark::Known).count();
    let count = match (packs.wanted_of(at), known) {
        (0, 0) => clean!("{} feeds", pack.feeds.len()),
        (0, known) => clean!("{known} of {} subscribed", pack.feeds.len()),
        (wanted, _) => clean!("{wanted} of {} chosen", pack.feeds.len()),
    };
    let style = if packs.wanted_of(at) > 0 { theme.accent } else { theme.meta };
    let left = pen.right(page, 10, y, &count, style).saturating_sub(1);
    pen.words(Rect { width: left, ..page }, 1, y, &pack.name, theme.headline_unread);
    pen.words(page, 1, y + 1, &pack.about, theme.meta);
}

/// A feed of a pack: whether it is wanted, its name, its address.
fn feed(
    packs: &Packs,
    (open, at, pack): (usize, usize, &Pack),
    state: &State,
    theme: &Theme,
    page: Rect,
    y: u16,
    pen: &mut Pen<'_>,
) {
    let Some(feed) = pack.feeds.get(at) else { return };
    let mark = mark(state, packs, open, at);
    let (sign, style) = match mark {
        Mark::None => ("[ ]", theme.meta),
        Mark::Wanted => ("[x]", theme.accent),
        Mark::Known => (" · ", theme.meta),
    };
    pen.words(page, 1, y, &Clean::verbatim(sign), style);
    let mut left = page.width;
    if mark == Mark::Known {
        left = pen.right(page, 10, y, &Clean::new("subscribed"), theme.meta).saturating_sub(1);
    }
    let name = if mark == Mark::Known { theme.headline_read } else { theme.headline_unread };
    pen.words(Rect { width: left, ..page }, 5, y, &feed.title, name);
    pen.words(page, 5, y + 1, &Clean::new(feed.address.as_str()), theme.meta);
}
