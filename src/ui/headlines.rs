//! The headline list.

use ratatui::layout::Rect;

use super::pen::Pen;
use crate::app::headlines::What;
use crate::app::{Areas, Pane, State};
use crate::clean;
use crate::config::Theme;
use crate::model::{Headline, Only, Time};
use crate::text::Clean;

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
            What::Row(at) => row(state, theme, area, (line.y, look.row), at, pen),
        }
    }
}

fn row(state: &State, theme: &Theme, area: Rect, (y, height): (u16, u16), at: usize, pen: &mut Pen<'_>) {
    let headline = &state.headlines.rows[at];
    let selected = at == state.headlines.cursor;
    let focused = state.focus == Pane::Headlines;
    let style = if headline.read { theme.headline_read } else { theme.headline_unread };
    if selected {
        pen.wash(area, y, height, if focused { theme.selection } else { theme.selection_unfocused });
        for line in 0..height {
            pen.words(area, 0, y + line, &Clean::new("▌"), theme.accent);
        }
    }
    let inner = Rect { width: area.width.saturating_sub(1), ..area };
    if height > 1 {
        pen.words(inner, 1, y, &headline.title, style);
        let meta = pen.words(inner, 1, y + 1, &meta(headline, state), theme.meta);
        if headline.bookmarked {
            pen.words(inner, meta + 1, y + 1, &Clean::new("★"), theme.bookmark);
        }
    } else {
        let age = headline.published.age(state.now, &state.zone);
        let mut titled = inner;
        if inner.width > 30 {
            titled.width = pen.right(inner, 20, y, &age, theme.meta).saturating_sub(1);
        }
        let mark =
            if headline.bookmarked { pen.words(titled, 1, y, &Clean::new("★"), theme.bookmark) + 1 } else { 1 };
        let words = if state.config.linear && !headline.read {
            clean!("unread: {}", headline.title)
        } else {
            headline.title.clone()
        };
        pen.words(titled, mark, y, &words, style);
    }
}

/// Source, age, reading time, marks.
fn meta(headline: &Headline, state: &State) -> Clean {
    let age = headline.published.age(state.now, &state.zone);
    let mut words = format!("{} · {age}", headline.source);
    if headline.stub {
        words.push_str(" · headline only");
    } else {
        words.push_str(&format!(" · {} min", headline.minutes()));
    }
    if headline.revisions > 0 {
        words.push_str(" · changed");
    }
    Clean::new(&words)
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
    let (what, next) = match (&view.query, view.only) {
        (Some(query), _) => {
            (clean!("Nothing stored matches “{query}”."), "Try fewer or other words; esc ends the search.")
        }
        (None, Only::Bookmarked) => {
            (Clean::new("No bookmarks yet."), "Press b on an article: it stays here, whole, also offline.")
        }
        (None, Only::Unread) => {
            (Clean::new("Everything here is read."), "Press 1 for all articles, R to look for new ones.")
        }
        (None, Only::All) => {
            (Clean::new("No articles yet."), "Press a to add a feed or a site, i to import a file, R to refresh.")
        }
    };
    pen.message(area, &[(what, theme.body), (Clean::new(next), theme.meta)]);
}
