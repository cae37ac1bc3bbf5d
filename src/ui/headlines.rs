//! The headline list.

use ratatui::layout::Rect;

use super::pen::{Marks, Pen};
use crate::app::headlines::{Line, Look, What};
use crate::app::{Areas, Hits, Pane, State};
use crate::clean;
use crate::config::Theme;
use crate::model::{Action, Headline, Only, Time};
use crate::text::Clean;
use crate::text::width::width;

/// Draws the list.
pub(super) fn draw(state: &State, theme: &Theme, areas: &Areas, pen: &mut Pen<'_>) {
    let Some(area) = areas.headlines else { return };
    if state.headlines.rows.is_empty() {
        return empty(state, theme, area, pen);
    }
    let look = state.look(areas);
    let today = state.now.day(&state.zone);
    for line in state.headlines.lines(look) {
        match line.what {
            What::Day(day) => {
                pen.words(area, 1, line.y, &day_name(day, today), theme.day);
            }
            What::Row(at) => row(state, theme, area, line, at, look, pen),
        }
    }
}

fn row(state: &State, theme: &Theme, area: Rect, line: Line, at: usize, look: Look<'_>, pen: &mut Pen<'_>) {
    let headline = &state.headlines.rows[at];
    if at == state.headlines.cursor {
        let focused = state.focus == Pane::Headlines;
        pen.wash(area, line.y, line.height, if focused { theme.selection } else { theme.selection_unfocused });
        pen.bar(area, (0, line.y), line.height, theme);
    }
    let inner = Rect { width: area.width.saturating_sub(1), ..area };
    if look.compact {
        compact(state, theme, inner, line.y, headline, pen);
    } else {
        let style = if headline.read { theme.headline_read } else { theme.headline_unread };
        let words = (&headline.title, usize::from(line.height) - 1);
        let hits = Hits::of(state.headlines.view.query.as_ref());
        let marks = Marks { hits: &hits, lang: headline.lang.as_ref(), style: theme.hit };
        pen.wrapped_with_hits(inner, (1, line.y), look.text_width(), words, (style, &marks));
        meta(state, theme, inner, line.y + line.height - 1, headline, pen);
    }
}

/// A row on one line.
fn compact(state: &State, theme: &Theme, area: Rect, y: u16, headline: &Headline, pen: &mut Pen<'_>) {
    let style = if headline.read { theme.headline_read } else { theme.headline_unread };
    let mut titled = area;
    if area.width > 30 {
        let age = headline.published.age(state.now, &state.zone);
        titled.width = pen.right(area, 20, y, &age, theme.meta).saturating_sub(1);
    }
    let mark = if headline.bookmarked { pen.words(titled, 1, y, &Clean::new("★"), theme.bookmark) + 1 } else { 1 };
    // Weight alone does not reach those who listen.
    let spoken = state.config.linear && !headline.read;
    let words = if spoken { clean!("unread: {}", headline.title) } else { headline.title.clone() };
    pen.words(titled, mark, y, &words, style);
}

/// Source and age; marks; whether it changed and its reading time where there is room for them.
fn meta(state: &State, theme: &Theme, area: Rect, y: u16, headline: &Headline, pen: &mut Pen<'_>) {
    let age = headline.published.age(state.now, &state.zone);
    let mut x = pen.words(area, 1, y, &clean!("{} · {age}", headline.source), theme.meta);
    if headline.bookmarked {
        x = pen.words(area, x + 1, y, &Clean::new("★"), theme.bookmark);
    }
    let minutes = headline.minutes();
    let more = match (headline.stub, headline.revisions) {
        (true, _) => vec![Clean::new("· headline only")],
        (false, 0) => vec![clean!("· {minutes} min read")],
        (false, _) => vec![clean!("· changed · {minutes} min read"), Clean::new("· changed")],
    };
    let room = usize::from(area.width.saturating_sub(x + 1));
    if let Some(words) = more.iter().find(|words| width(words.as_str()) <= room) {
        pen.words(area, x + 1, y, words, theme.meta);
    }
}

/// What a day is called: `TODAY`, `YESTERDAY`, a weekday of the last week, else its date.
fn day_name(day: i64, today: i64) -> Clean {
    // Days are counted in the reader's zone already, so they are named as if it were UTC.
    let named = |format| Time(day * crate::model::time::DAY).format(format, &jiff::tz::TimeZone::UTC);
    match today - day {
        0 => Clean::new("TODAY"),
        1 => Clean::new("YESTERDAY"),
        2..7 => Clean::new(&named("%A").as_str().to_uppercase()),
        _ => Clean::new(&named("%-d %B %Y").as_str().to_uppercase()),
    }
}

/// What an empty list says.
fn empty(state: &State, theme: &Theme, area: Rect, pen: &mut Pen<'_>) {
    if !state.headlines.loaded {
        return;
    }
    let view = &state.headlines.view;
    let key = |action| state.key(action);
    let (what, next) = match (&view.query, view.only) {
        (Some(query), _) => (
            match &state.searches.on {
                Some(on) => clean!("Nothing here matches “{}”.", on.text),
                None => clean!("Nothing here matches “{query}”."),
            },
            clean!("Try fewer or other words; {} ends the search.", key(Action::Back)),
        ),
        (None, Only::Bookmarked) => (
            Clean::new("No bookmarks yet."),
            clean!("Press {} on an article: it stays here, whole, also offline.", key(Action::Bookmark)),
        ),
        (None, Only::Unread) => (
            Clean::new("Everything here is read."),
            clean!(
                "Press {} for all articles, {} to look for new ones.",
                key(Action::ShowAll),
                key(Action::RefreshAll)
            ),
        ),
        (None, Only::All) => (
            Clean::new("No articles yet."),
            clean!(
                "Press {} to add a feed or a site, {} to import a file, {} to refresh.",
                key(Action::Add),
                key(Action::Import),
                key(Action::RefreshAll)
            ),
        ),
    };
    pen.message(area, &[(what, theme.body), (next, theme.meta)]);
}
