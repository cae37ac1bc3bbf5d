//! The related-news sidebar.

use ratatui::layout::Rect;

use super::pen::Pen;
use crate::app::related::{HEADLINE_LINES, Line, Look};
use crate::app::{Pane, State};
use crate::clean;
use crate::config::Theme;
use crate::model::{RelatedItem, Relation};
use crate::text::Clean;
use crate::text::wrap::wrap;

/// Draws the sidebar.
pub(super) fn draw(state: &State, theme: &Theme, area: Rect, look: Look, pen: &mut Pen<'_>) {
    let related = &state.related;
    let style = if state.focus == Pane::Related { theme.pane_focused } else { theme.pane };
    pen.words(area, 2, 0, &title(state), style);
    if let Some(problem) = &related.problem {
        return pen.message(area, &[(problem.message.clone(), theme.error)]);
    }
    if related.items.is_empty() && related.of.is_some() {
        let words = clean!("Nothing related in {} stored articles.", related.looked_through);
        return paragraph(area, look.title(), &words, theme.meta, pen);
    }
    for line in related.lines(look) {
        let item = &related.items[line.item];
        let selected = related.cursor == Some(line.item);
        if selected {
            let focused = matches!(state.focus, Pane::Related | Pane::Article);
            pen.wash(area, line.y, line.height, if focused { theme.selection } else { theme.selection_unfocused });
            for y in 0..line.height {
                pen.words(area, 1, line.y + y, &Clean::new("▌"), theme.accent);
            }
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
    let title = headline.title.as_str();
    let ranges = wrap(title, look.text_width().into());
    let mut y = line.y;
    for (n, range) in ranges.iter().take(HEADLINE_LINES).enumerate() {
        let cut = n + 1 == HEADLINE_LINES && ranges.len() > HEADLINE_LINES;
        let words = if cut { Clean::new(&title[range.start..]) } else { Clean::new(&title[range.clone()]) };
        pen.words(inner, 2, y, &words, style);
        y += 1;
    }
    pen.words(inner, 2, y, &meta(item, state), theme.meta);
    if !item.reasons.is_empty() {
        let reasons: Vec<&str> = item.reasons.iter().map(Clean::as_str).collect();
        pen.words(inner, 2, y + 1, &clean!("shares {}", reasons.join(", ")), theme.reason);
    }
}

/// Source and age; how it belongs, where that is more than sharing a subject.
fn meta(item: &RelatedItem, state: &State) -> Clean {
    let headline = &item.headline;
    let age = headline.published.age(state.now, &state.zone);
    match item.relation {
        Relation::SamePage if headline.stub => Clean::new("headline on the same page"),
        Relation::SamePage => clean!("{} · {age} · same page", headline.source),
        Relation::Copy => clean!("{} · {age} · same text", headline.source),
        Relation::Story => clean!("{} · {age} · this story", headline.source),
        Relation::Related => clean!("{} · {age}", headline.source),
    }
}

fn paragraph(area: Rect, y: u16, words: &Clean, style: ratatui::style::Style, pen: &mut Pen<'_>) {
    let room = area.width.saturating_sub(3).max(1);
    for (n, range) in (0..).zip(wrap(words.as_str(), room.into())) {
        pen.words(area, 2, y + n, &Clean::new(&words.as_str()[range]), style);
    }
}
