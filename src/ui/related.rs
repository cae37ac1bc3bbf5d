//! The related-news sidebar.

use ratatui::layout::Rect;

use super::pen::Pen;
use crate::app::related::{HEADLINE_LINES, Line, Look, REASON_LINES, Section, also_in};
use crate::app::{Pane, Slot, State};
use crate::clean;
use crate::config::Theme;
use crate::model::{RelatedItem, Relation};
use crate::text::Clean;
use crate::text::width::{fit, width};

/// Draws the sidebar.
pub(super) fn draw(state: &State, theme: &Theme, area: Rect, look: Look, pen: &mut Pen<'_>) {
    let related = &state.related;
    let style = if state.focus == Pane::Related { theme.pane_focused } else { theme.pane };
    if let Some(problem) = &related.problem {
        pen.words(area, 2, 0, &Clean::new(Section::Related.title()), style);
        return pen.message(area, &[(problem.message.clone(), theme.error)]);
    }
    let x = pen.words(area, 2, 0, &title(state, related.section()), style);
    if state.reading.problem.is_some() {
        return;
    }
    if related.items.is_empty() {
        return nothing(state, theme, area, look, pen);
    }
    let placed = related.place(look);
    let (first, story) = (placed.below, placed.story_below);
    let more = |count: usize| vec![clean!("{count} more below"), clean!("{count} more")];
    let said = match placed.heading {
        // Each part says it of its own.
        Some(_) => more(first),
        None if first == 0 => vec![clean!("story: {story} below"), clean!("{story} more")],
        None if story == 0 => more(first),
        None => {
            vec![clean!("{first} more · story {story}"), clean!("{} more", first + story)]
        }
    };
    if first > 0 || (story > 0 && placed.heading.is_none()) {
        right(area, (x, 0), &said, theme, pen);
    }
    if let Some((y, section)) = placed.heading {
        let x = pen.words(area, 2, y, &title(state, section), style);
        if story > 0 {
            right(area, (x, y), &more(story), theme, pen);
        }
    }
    for line in placed.items {
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

/// The first of `said` that fits at the end of a line, behind what stands there up to `x`.
fn right(area: Rect, (x, y): (u16, u16), said: &[Clean], theme: &Theme, pen: &mut Pen<'_>) {
    let line = Rect { width: area.width.saturating_sub(1), ..area };
    let fits = |words: &&Clean| width(words.as_str()) + usize::from(x) + 2 <= usize::from(line.width);
    if let Some(words) = said.iter().find(fits) {
        pen.right(line, 0, y, words, theme.meta);
    }
}

/// What stands over a part: how many items it has once one of them is selected, and `…` while those
/// of another article are still on their way.
fn title(state: &State, section: Section) -> Clean {
    let related = &state.related;
    let name = section.title();
    match related.standing(section) {
        (all, Some(at)) => clean!("{name}  {at}/{all}"),
        _ if state.waits_for(Slot::Related) => clean!("{name} …"),
        _ => Clean::new(name),
    }
}

/// What the sidebar says when nothing belongs to the article, once that is known.
fn nothing(state: &State, theme: &Theme, area: Rect, look: Look, pen: &mut Pen<'_>) {
    if state.related.of.is_none() || state.waits_for(Slot::Related) {
        return;
    }
    let words = state.related.nothing();
    pen.wrapped(area, (2, look.title()), look.text_width(), (&words, usize::MAX), theme.meta);
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
    let words = (&headline.title, HEADLINE_LINES);
    let y = pen.headline(inner, (2, line.y), look.text_width(), words, (style, None));
    let (source, rest) = meta(item, state);
    let room = usize::from(look.text_width()).saturating_sub(width(rest.as_str()));
    let source = Clean::verbatim(&fit(source.as_str(), room));
    pen.words(inner, 2, y, &Clean::verbatim(&format!("{source}{rest}")), theme.meta);
    let mut y = y + 1;
    if let Some(also) = also_in(headline) {
        pen.words(inner, 2, y, &also, theme.meta);
        y += 1;
    }
    if let Some(reasons) = item.reasons() {
        pen.wrapped(inner, (2, y), look.text_width(), (&reasons, REASON_LINES), theme.reason);
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
        Relation::Story | Relation::Related => format!(" · {age}"),
    };
    (headline.source.clone(), Clean::verbatim(&rest))
}
