//! The related-news sidebar.

use ratatui::layout::Rect;

use super::pen::Pen;
use crate::app::related::{HEADLINE_LINES, Line, Look, REASON_LINES};
use crate::app::{Pane, State};
use crate::clean;
use crate::config::Theme;
use crate::model::{RelatedItem, Relation};
use crate::text::Clean;
use crate::text::width::{fit, width};

/// Draws the sidebar.
pub(super) fn draw(state: &State, theme: &Theme, area: Rect, look: Look, pen: &mut Pen<'_>) {
    let related = &state.related;
    let style = if state.focus == Pane::Related { theme.pane_focused } else { theme.pane };
    pen.words(area, 2, 0, &title(state), style);
    if let Some(problem) = &related.problem {
        return pen.message(area, &[(problem.message.clone(), theme.error)]);
    }
    if state.reading.problem.is_some() {
        return;
    }
    if related.items.is_empty() && related.of.is_some() {
        let words = match related.looked_through {
            0 | 1 => Clean::new("No other article is stored."),
            stored => clean!("Nothing related in {stored} stored articles."),
        };
        pen.wrapped(area, (2, look.title()), look.text_width(), (&words, usize::MAX), theme.meta);
        return;
    }
    for line in related.lines(look) {
        let item = &related.items[line.item];
        let selected = related.cursor == Some(line.item);
        if selected {
            let focused = matches!(state.focus, Pane::Related | Pane::Article);
            pen.wash(area, line.y, line.height, if focused { theme.selection } else { theme.selection_unfocused });
            pen.bar(area, (1, line.y), line.height, theme);
        }
        if look.strip {
            strip(item, state, theme, area, line.y, pen);
        } else {
            whole(item, state, theme, area, line, look, pen);
        }
    }
}

fn title(state: &State) -> Clean {
    let related = &state.related;
    match related.cursor {
        Some(at) => clean!("RELATED  {}/{}", at + 1, related.items.len()),
        None => Clean::new("RELATED"),
    }
}

/// An item on one line.
fn strip(item: &RelatedItem, state: &State, theme: &Theme, area: Rect, y: u16, pen: &mut Pen<'_>) {
    let headline = &item.headline;
    let style = if headline.read { theme.headline_read } else { theme.headline_unread };
    let line = Rect { width: area.width.saturating_sub(1), ..area };
    let age = if headline.stub { Clean::default() } else { headline.published.age(state.now, &state.zone) };
    let room = pen.right(line, 24, y, &age, theme.meta);
    pen.words(Rect { width: room.saturating_sub(1), ..line }, 2, y, &headline.title, style);
}

/// An item with its source and its reasons.
fn whole(item: &RelatedItem, state: &State, theme: &Theme, area: Rect, line: Line, look: Look, pen: &mut Pen<'_>) {
    let headline = &item.headline;
    let style = if headline.read { theme.headline_read } else { theme.headline_unread };
    let inner = Rect { width: area.width.saturating_sub(1), ..area };
    let y = pen.wrapped(inner, (2, line.y), look.text_width(), (&headline.title, HEADLINE_LINES), style);
    let (source, rest) = meta(item, state);
    let room = usize::from(look.text_width()).saturating_sub(width(rest.as_str()));
    let source = Clean::verbatim(&fit(source.as_str(), room));
    pen.words(inner, 2, y, &Clean::verbatim(&format!("{source}{rest}")), theme.meta);
    if let Some(reasons) = item.reasons() {
        pen.wrapped(inner, (2, y + 1), look.text_width(), (&reasons, REASON_LINES), theme.reason);
    }
}

/// Source, and what follows it: age; how it belongs, where that is more than sharing a subject. The
/// source gives way where there is not room for both.
fn meta(item: &RelatedItem, state: &State) -> (Clean, Clean) {
    let headline = &item.headline;
    let age = headline.published.age(state.now, &state.zone);
    let rest = match item.relation {
        Relation::SamePage if headline.stub => return (Clean::new("headline on the same page"), Clean::default()),
        Relation::SamePage => format!(" · {age} · same page"),
        Relation::Copy => format!(" · {age} · same text"),
        Relation::Story => format!(" · {age} · this story"),
        Relation::Related => format!(" · {age}"),
    };
    (headline.source.clone(), Clean::verbatim(&rest))
}
