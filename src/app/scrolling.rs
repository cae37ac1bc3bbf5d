//! Moving within a pane: by lines, pages and to its ends.

use super::effect::Effect;
use super::geometry::{Areas, Pane};
use super::{Shown, State, articles, help, lists, sheets};

pub(super) fn step(state: &mut State, by: isize, effects: &mut Vec<Effect>) {
    match state.focus {
        Pane::Sources => {
            state.drawer.move_by(by);
            follow_drawer(state);
        }
        Pane::Related => related(state, by),
        Pane::Article | Pane::Headlines => lists::move_by(state, by, effects),
    }
}

pub(super) fn follow_drawer(state: &mut State) {
    let height = state.areas().sources.map_or(1, |pane| pane.height);
    state.drawer.follow(height);
}

pub(super) fn related(state: &mut State, by: isize) {
    let related = &state.related;
    if related.items.is_empty() && related.of.is_some() && related.of == state.reading.wanted {
        // Where there is no room to spare it stands nowhere else.
        return state.say(related.nothing());
    }
    state.related.move_by(by);
    let look = state.related_look(&state.areas());
    state.related.follow(look);
}

pub(super) fn to_end(state: &mut State, first: bool, effects: &mut Vec<Effect>) {
    let far = if first { isize::MIN + 1 } else { isize::MAX };
    match (&mut state.help, state.focus) {
        (Some(help), _) => help.top = if first { 0 } else { usize::MAX },
        (None, Pane::Headlines) => lists::to_end(state, first, effects),
        (None, Pane::Sources) => step(state, far, effects),
        (None, Pane::Related) => related(state, far),
        (None, Pane::Article) => {
            if let Some(shown) = state.reading.current_mut() {
                shown.scroll(far);
            }
        }
    }
    clamp_help(state);
}

/// Moves wide tables and code of the article sideways.
pub(super) fn aside(state: &mut State, times: isize) {
    let Some(shown) = state.reading.current_mut() else { return };
    if !shown.go_aside(times) {
        let said = match (shown.laid_out.widest, times < 0) {
            (0, _) => "Nothing in this text is wider than the page.",
            (_, true) => "This is its left edge.",
            (_, false) => "This is its right edge.",
        };
        state.say(crate::text::Clean::new(said));
    }
}

/// How far to scroll.
#[derive(Clone, Copy)]
pub(super) enum Distance {
    Lines(isize),
    HalfPages(isize),
    Pages(isize),
}

impl Distance {
    /// In lines of a pane of this height; a page keeps a line in sight.
    fn lines(self, height: usize) -> isize {
        let height = height.cast_signed();
        match self {
            Self::Lines(lines) => lines,
            Self::HalfPages(times) => times.saturating_mul((height / 2).max(1)),
            Self::Pages(times) => times.saturating_mul((height - 1).max(1)),
        }
    }
}

pub(super) fn scroll(state: &mut State, distance: Distance, effects: &mut Vec<Effect>) {
    let areas = state.areas();
    if let Some(help) = &mut state.help {
        let height = help_lines(&areas);
        help.top = help.top.saturating_add_signed(distance.lines(height));
        return clamp_help(state);
    }
    match state.focus {
        Pane::Headlines => {
            let rows = state.headlines.rows_on_screen(state.look(&areas));
            lists::move_by(state, distance.lines(rows), effects);
        }
        Pane::Sources => step(state, distance.lines(areas.sources.map_or(1, |pane| pane.height.into())), effects),
        Pane::Related => {
            let items = state.related.lines(state.related_look(&areas)).len();
            related(state, distance.lines(items));
        }
        Pane::Article => {
            let height = usize::from(areas.text.height);
            if let Some(shown) = state.reading.current_mut() {
                shown.scroll(distance.lines(height));
            }
        }
    }
}

/// Lines of help that are on the screen at once: the body without the page's title.
fn help_lines(areas: &Areas) -> usize {
    usize::from(areas.body.height.saturating_sub(2)).max(1)
}

/// Keeps help from scrolling past its end.
pub(super) fn clamp_help(state: &mut State) {
    let areas = state.areas();
    let (height, columns) = (help_lines(&areas), help::columns(areas.body.width));
    if let Some(help) = &mut state.help {
        let last = help.page(&state.config, columns).lines.len().saturating_sub(height);
        help.top = help.top.min(last);
    }
}

/// A page down; at the end of the article, on to the next unread one. From the list, into it.
pub(super) fn read_on(state: &mut State, effects: &mut Vec<Effect>) {
    match state.focus {
        Pane::Headlines | Pane::Sources => articles::open_selected(state, effects),
        Pane::Related => articles::open_related(state, effects),
        Pane::Article => {
            let Some(at_end) = state.reading.current().map(Shown::at_end) else { return };
            if !at_end {
                scroll(state, Distance::Pages(1), effects);
            } else if !sheets::read_on(state, effects) {
                lists::to_unread(state, true, 1, true, effects);
            }
        }
    }
}
