//! The sources drawer.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::pen::Pen;
use crate::app::drawer::{Line, told_lines};
use crate::app::{Pane, State};
use crate::clean;
use crate::config::Theme;
use crate::model::time::DAY;
use crate::model::{Feed, FeedAddress, Time};
use crate::text::Clean;
use crate::text::wrap::fill;

/// Seconds until when it is said how long ago something was; from then on, which day it was.
const FOUR_WEEKS: i64 = 28 * DAY;

/// From how many on the unread articles of a saved search are only called many.
const MANY: u64 = 1_000;

/// Draws the drawer.
pub(super) fn draw(state: &State, theme: &Theme, area: Rect, pen: &mut Pen<'_>) {
    let drawer = &state.drawer;
    let lines = drawer.lines();
    let focused = state.focus == Pane::Sources;
    let inner = Rect { width: area.width.saturating_sub(1), ..area };
    let told = told_lines(area.height);
    for (y, (at, line)) in (0..area.height - told).zip(lines.iter().enumerate().skip(drawer.top)) {
        if at == drawer.cursor {
            pen.wash(area, y, 1, if focused { theme.selection } else { theme.selection_unfocused });
            pen.bar(area, (0, y), 1, theme);
        }
        source(line, theme, inner, y, pen);
    }
    let said = lines.get(drawer.cursor).filter(|_| told > 0).and_then(|line| match line.feed {
        Some(feed) => Some(health(feed, state, theme)),
        None => failing(line, state, theme),
    });
    if let Some((words, style)) = said {
        // Under a blank line, at the bottom.
        let (columns, most) = (area.width.saturating_sub(2).max(1), told - 1);
        let wanted = u16::try_from(fill(words.as_str(), columns.into()).len()).unwrap_or(most).min(most);
        pen.wrapped(area, (1, area.height - wanted), columns, (&words, wanted.into()), style);
    }
}

fn source(line: &Line<'_>, theme: &Theme, area: Rect, y: u16, pen: &mut Pen<'_>) {
    let failing = line.feed.is_some_and(|feed| feed.health.error.is_some());
    let style = match (failing, line.count) {
        (true, _) => theme.error,
        (false, 0) => theme.headline_read,
        (false, _) => theme.headline_unread,
    };
    let count = match line.count {
        0 => Clean::default(),
        // Unread articles of a saved search are counted up to there.
        many if line.view.query.is_some() && many >= MANY => clean!("{MANY}+"),
        count => clean!("{count}"),
    };
    let room = pen.right(area, 6, y, &count, theme.meta).saturating_sub(1);
    let mark = if failing { "! " } else { "" };
    pen.words(Rect { width: room, ..area }, 1 + 2 * line.depth, y, &clean!("{mark}{}", line.name), style);
}

/// Which feeds of a line of several could not be fetched; nothing where all could.
fn failing(line: &Line<'_>, state: &State, theme: &Theme) -> Option<(Clean, Style)> {
    let (failing, of) = state.drawer.failing(line);
    let words = match failing[..] {
        [] => return None,
        [name] => clean!("{name} could not be fetched."),
        [first, second] => clean!("{first} and {second} could not be fetched."),
        [first, second, ..] => {
            let many = failing.len();
            clean!("{many} of {of} feeds could not be fetched: {first}, {second} …")
        }
    };
    Some((words, theme.error))
}

/// When a feed was fetched, and what went wrong.
fn health(feed: &Feed, state: &State, theme: &Theme) -> (Clean, Style) {
    let health = &feed.health;
    let ago = |did: &str, time: Time| {
        let seconds = state.now.0.saturating_sub(time.0);
        if seconds < 60 {
            clean!("{did} just now.")
        } else if seconds < FOUR_WEEKS {
            clean!("{did} {} ago.", time.age(state.now, &state.zone))
        } else {
            clean!("{did} on {}.", time.format("%-d %B %Y", &state.zone))
        }
    };
    let (words, style) = match (&feed.address, &health.error, health.succeeded, health.checked) {
        (FeedAddress::Edition, ..) => {
            (Clean::new("Sample news that comes with Dateline. It goes when your own news comes."), theme.meta)
        }
        (FeedAddress::Saved, ..) => (Clean::new("Pages and files that you brought in."), theme.meta),
        (FeedAddress::Passing, ..) => {
            (Clean::new("Pages that you read from a link. They go like old news, unless you keep one."), theme.meta)
        }
        (_, Some(error), ..) => (error.clone(), theme.error),
        (_, None, Some(time), _) => (ago("Fetched", time), theme.meta),
        (_, None, None, Some(time)) => (ago("Asked", time), theme.meta),
        (_, None, None, None) => (Clean::new("Not fetched yet."), theme.meta),
    };
    let words = if feed.settings.full_text { clean!("{words} Full texts are always fetched.") } else { words };
    (words, style)
}
