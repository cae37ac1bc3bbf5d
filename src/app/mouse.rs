//! The mouse: a click selects and gives a pane the keys, on a link it shows where that leads; the
//! wheel scrolls the pane under it; borders between panes can be drawn.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};

use super::drawer::told_lines;
use super::effect::Effect;
use super::geometry::{Areas, Border, Pane};
use super::headlines::What;
use super::links::Aim;
use super::{State, act, articles, goto, keys, links, lists, panes, scrolling, sheets};
use crate::model::{Action, Shelf};

/// Lines that a notch of the wheel scrolls.
const NOTCH: isize = 3;

/// Reacts to the mouse.
pub(super) fn react(state: &mut State, event: MouseEvent, effects: &mut Vec<Effect>) {
    // What is being typed or chosen there belongs to the keys.
    let busy = (state.prompt.is_some() && state.goto.is_none())
        || state.muting.is_some()
        || state.dialog.is_some()
        || state.links.letters.is_some()
        || state.links.picked.is_some();
    if !state.config.mouse || busy {
        state.dragged = None;
        return;
    }
    state.untouched = false;
    let covered = state.goto.is_some()
        || state.help.is_some()
        || state.output.is_some()
        || state.choices.is_some()
        || state.packs.is_some()
        || state.quoting.list.is_some()
        || state.report.open;
    if covered {
        state.dragged = None;
        return on_page(state, event.kind, effects);
    }
    let areas = state.areas();
    let at = Position::new(event.column, event.row);
    if state.sheet.is_some() {
        return on_sheet(state, event.kind, at, &areas, effects);
    }
    if state.links.list.is_some() {
        return on_links(state, event.kind, at, &areas, effects);
    }
    match event.kind {
        MouseEventKind::Down(MouseButton::Left) => state.dragged = Border::at(&areas, at),
        MouseEventKind::Drag(MouseButton::Left) => {
            if let Some(border) = state.dragged {
                state.shares.draw(border, &areas, at.x);
            }
        }
        MouseEventKind::Up(MouseButton::Left) if state.dragged.take().is_some() => {
            super::memory::replace(state, Shelf::Panes, state.shares.lines(), effects);
        }
        _ => {}
    }
    let Some((pane, area)) = pane_at(&areas, at) else { return };
    match event.kind {
        MouseEventKind::ScrollDown => wheel(state, pane, 1, effects),
        MouseEventKind::ScrollUp => wheel(state, pane, -1, effects),
        MouseEventKind::Down(MouseButton::Left) => {
            state.notice = None;
            if pane == Pane::Article
                && let Some(aim) = aim_at(state, &areas, at)
            {
                panes::focus(state, Pane::Article, effects);
                return match aim {
                    Aim::Link(link) => links::list(state, link.into()),
                    Aim::Step(step) => links::go(state, step),
                };
            }
            click(state, pane, at.y - area.y, &areas, effects);
        }
        _ => {}
    }
}

/// The mouse on a page that lies over the panes: the wheel walks its list, or scrolls its text.
fn on_page(state: &mut State, kind: MouseEventKind, effects: &mut Vec<Effect>) {
    let down = match kind {
        MouseEventKind::ScrollDown => true,
        MouseEventKind::ScrollUp => false,
        _ => return,
    };
    if state.goto.is_some() {
        return goto::move_by(state, if down { 1 } else { -1 });
    }
    let (action, times) = match (state.help.is_some() || state.output.is_some(), down) {
        (true, true) => (Action::LineDown, NOTCH.unsigned_abs()),
        (true, false) => (Action::LineUp, NOTCH.unsigned_abs()),
        (false, true) => (Action::Next, 1),
        (false, false) => (Action::Previous, 1),
    };
    if !keys::on_page(state, action, Some(times), effects) {
        act::perform(state, action, Some(times), effects);
    }
}

/// The mouse on the brief or a timeline: the wheel walks it, a click selects, a second one opens.
fn on_sheet(state: &mut State, kind: MouseEventKind, at: Position, areas: &Areas, effects: &mut Vec<Effect>) {
    let Some(sheet) = &state.sheet else { return };
    let by = match kind {
        MouseEventKind::ScrollDown => 1,
        MouseEventKind::ScrollUp => -1,
        MouseEventKind::Down(MouseButton::Left) if areas.body.contains(at) => {
            let y = at.y - areas.body.y;
            let lines = sheet.lines(state.sheet_look(areas));
            let entry = lines.into_iter().find(|line| (line.y..line.y + line.height).contains(&y));
            let Some(entry) = entry.map(|line| line.entry) else { return };
            let again = entry == sheet.cursor;
            state.notice = None;
            if let Some(sheet) = &mut state.sheet {
                sheet.cursor = entry;
            }
            if again {
                act::perform(state, Action::Open, None, effects);
            }
            return;
        }
        _ => return,
    };
    if let Some(sheet) = &mut state.sheet {
        sheet.move_by(by);
    }
    sheets::follow(state);
}

/// What the words under the pointer lead to; the spread space between two words of a link is part of it.
fn aim_at(state: &State, areas: &Areas, at: Position) -> Option<Aim> {
    let shown = state.reading.current()?;
    let row = shown.laid_out.rows.get(shown.top + usize::from(at.y.checked_sub(areas.text.y)?))?;
    let text = Some(row.area(areas)).filter(|text| text.contains(at))?;
    let column = at.x - text.x;
    // From the left, as they are drawn.
    let pieces = row.pieces_aside(shown.laid_out.columns_of(row), shown.aside).pieces;
    let here = pieces.iter().find(|piece| (piece.column..piece.column + piece.columns).contains(&column));
    if let Some(piece) = here {
        return Aim::of(piece.run);
    }
    let before = pieces.iter().rev().find(|piece| piece.column < column).and_then(|piece| Aim::of(piece.run))?;
    let behind = pieces.iter().find(|piece| piece.column > column).and_then(|piece| Aim::of(piece.run))?;
    (before == behind).then_some(before)
}

/// The mouse on the list of links: the wheel walks it, a click selects, a second one opens.
fn on_links(state: &mut State, kind: MouseEventKind, at: Position, areas: &Areas, effects: &mut Vec<Effect>) {
    let Some(list) = &mut state.links.list else { return };
    match kind {
        MouseEventKind::ScrollDown => list.move_by(1),
        MouseEventKind::ScrollUp => list.move_by(-1),
        MouseEventKind::Down(MouseButton::Left) => {
            let Some(item) = list.at(areas.body, at) else { return };
            let again = list.cursor == item;
            list.cursor = item;
            if again {
                links::perform(state, Action::Open, None, effects);
            }
        }
        _ => {}
    }
}

fn pane_at(areas: &Areas, at: Position) -> Option<(Pane, Rect)> {
    [
        (Pane::Sources, areas.sources),
        (Pane::Headlines, areas.headlines),
        (Pane::Article, areas.article),
        (Pane::Related, areas.related),
    ]
    .into_iter()
    .find_map(|(pane, area)| Some((pane, area.filter(|area| area.contains(at))?)))
}

fn wheel(state: &mut State, pane: Pane, direction: isize, effects: &mut Vec<Effect>) {
    match pane {
        Pane::Headlines => lists::move_by(state, direction, effects),
        Pane::Sources => {
            state.drawer.move_by(direction);
            scrolling::follow_drawer(state);
        }
        // Upwards there is nothing before the first, which is where one stands.
        Pane::Related if direction < 0 && state.related.cursor.is_none() => {}
        Pane::Related => scrolling::related(state, direction),
        Pane::Article => {
            if let Some(shown) = state.reading.current_mut() {
                shown.scroll(direction * NOTCH);
            }
        }
    }
}

/// A click on line `y` of a pane. A second one on what is selected opens it.
fn click(state: &mut State, pane: Pane, y: u16, areas: &Areas, effects: &mut Vec<Effect>) {
    let focused = state.focus == pane;
    match pane {
        Pane::Headlines => {
            let look = state.look(areas);
            let row = state.headlines.lines(look).into_iter().find_map(|line| match line.what {
                What::Row(at) if (line.y..line.y + line.height).contains(&y) => Some(at),
                _ => None,
            });
            let Some(row) = row else { return };
            let again = focused && row == state.headlines.cursor;
            state.focus = Pane::Headlines;
            state.headlines.cursor = row;
            lists::cursor_moved(state, effects);
            if again {
                articles::open_selected(state, effects);
            }
        }
        Pane::Sources => {
            let line = state.drawer.top + usize::from(y);
            let height = areas.sources.map_or(0, |pane| pane.height);
            if line < state.drawer.lines().len() && y < height - told_lines(height) {
                state.focus = Pane::Sources;
                state.drawer.cursor = line;
                act::perform(state, Action::Open, None, effects);
            }
        }
        Pane::Article => panes::focus(state, Pane::Article, effects),
        Pane::Related => {
            let look = state.related_look(areas);
            let item = state.related.lines(look).into_iter().find(|item| (item.y..item.y + item.height).contains(&y));
            let Some(item) = item.map(|item| item.item) else { return };
            let again = state.related.cursor == Some(item);
            state.related.cursor = Some(item);
            state.focus = Pane::Related;
            if again {
                articles::open_related(state, effects);
            }
        }
    }
}
