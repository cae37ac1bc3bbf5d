//! What can be muted and what is: a small sheet over the foot of the panes.

use ratatui::layout::Rect;

use super::dialog::foot;
use super::pen::Pen;
use crate::app::muting::{Muting, Term};
use crate::app::{Areas, State};
use crate::clean;
use crate::config::Theme;
use crate::model::{MuteRow, Muted, Time};
use crate::text::Clean;
use crate::text::width::fit;

/// Lines besides those to choose from: the title, the space under it, the term.
const OTHER: u16 = 2;

/// Draws it over the lower part of the panes.
pub(super) fn draw(muting: &Muting, state: &State, theme: &Theme, areas: &Areas, pen: &mut Pen<'_>) {
    let heading = u16::from(!muting.rows.is_empty());
    let lines = u16::try_from(muting.offers.len() + muting.rows.len()).unwrap_or(u16::MAX);
    let area = foot(lines.saturating_add(OTHER + 2 * heading), theme, areas, pen);
    term(muting, state, theme, area, pen);
    // The selected line is always in sight; what does not fit is cut at the top.
    let first = u16::try_from(muting.cursor).unwrap_or(u16::MAX).saturating_add(1);
    let room = area.height.saturating_sub(OTHER + 2 * heading);
    let skip = usize::from(first.saturating_sub(room));
    let mut y = OTHER;
    for (at, offer) in muting.offers.iter().enumerate().skip(skip) {
        line(muting, at, &offer.said(), &Clean::default(), theme, area, y, pen);
        y += 1;
    }
    if muting.rows.is_empty() {
        return;
    }
    if skip <= muting.offers.len() {
        pen.words(area, 1, y + 1, &Clean::new("MUTED NOW"), theme.pane);
        y += 2;
    }
    for (at, row) in muting.rows.iter().enumerate().skip(skip.saturating_sub(muting.offers.len())) {
        let (said, hides) = muted(row, state);
        line(muting, muting.offers.len() + at, &said, &hides, theme, area, y, pen);
        y += 1;
    }
}

/// The title, with the terms to choose from.
fn term(muting: &Muting, state: &State, theme: &Theme, area: Rect, pen: &mut Pen<'_>) {
    let lifts = muting.selected_row().is_some();
    let mut x =
        pen.words(area, 1, 0, &Clean::verbatim(if lifts { "LIFT A MUTE" } else { "MUTE FOR " }), theme.pane_focused);
    if lifts {
        return;
    }
    for term in Term::ALL {
        let chosen = term == muting.term;
        let style = if chosen { theme.headline_unread } else { theme.meta };
        let name = match (term, muting.until) {
            (Term::Date, Some(until)) => clean!("until {}", day(until, state)),
            _ => Clean::new(term.name()),
        };
        let name = if chosen { clean!("[{name}]") } else { Clean::verbatim(&format!(" {name} ")) };
        x = pen.words(area, x, 0, &name, style);
    }
}

/// A line to choose: what it is on the left, what it hides on the right.
#[allow(clippy::too_many_arguments, reason = "a line of a list, its place and its two ends")]
fn line(muting: &Muting, at: usize, said: &Clean, right: &Clean, theme: &Theme, area: Rect, y: u16, pen: &mut Pen<'_>) {
    if y >= area.height {
        return;
    }
    let selected = at == muting.cursor;
    if selected {
        pen.wash(area, y, 1, theme.selection);
        pen.bar(area, (0, y), 1, theme);
    }
    let inner = Rect { width: area.width.saturating_sub(1), ..area };
    let room = pen.right(inner, 16, y, right, theme.meta).saturating_sub(if right.is_empty() { 1 } else { 2 });
    let words = Clean::verbatim(&fit(said.as_str(), usize::from(room)));
    pen.words(inner, 1, y, &words, if selected { theme.headline_unread } else { theme.body });
}

/// What is muted, and until when and how much it hides.
fn muted(row: &MuteRow, state: &State) -> (Clean, Clean) {
    let what = match &row.what {
        Muted::Story(_) => clean!("the story: {}", row.said),
        Muted::Query(_) => row.said.clone(),
    };
    let until = row.until.map_or_else(|| Clean::new("for good"), |until| clean!("until {}", day(until, state)));
    let hides = match row.hidden {
        0 => clean!("{until} · hides nothing"),
        1 => clean!("{until} · hides 1 article"),
        hidden => clean!("{until} · hides {hidden} articles"),
    };
    (what, hides)
}

/// A day, with its year where that is another one.
fn day(time: Time, state: &State) -> Clean {
    let this_year = time.format("%Y", &state.zone) == state.now.format("%Y", &state.zone);
    time.format(if this_year { "%-d %b" } else { "%-d %b %Y" }, &state.zone)
}
