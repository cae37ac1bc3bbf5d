//! The bottom line: a line being typed, else what was just done or went wrong, else the keys that
//! matter here. What is too long for it takes lines from the panes until the next key.

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::pen::Pen;
use super::{hints, prompt};
use crate::app::links::Letters;
use crate::app::{Areas, Notice, State};
use crate::clean;
use crate::config::Theme;
use crate::model::Action;
use crate::text::width::width;
use crate::text::wrap::fill;
use crate::text::{Clean, Link};

/// The most lines that a message takes.
const MESSAGE_LINES: u16 = 4;

/// Draws the bottom line. Gives the place of the cursor where a line is being typed.
pub(super) fn draw(state: &State, theme: &Theme, areas: &Areas, pen: &mut Pen<'_>) -> Option<Position> {
    let area = areas.status;
    if area.width < 4 || area.height == 0 {
        return None;
    }
    let line = Rect { x: area.x + 1, width: area.width - 2, ..area };
    if let Some(prompt) = &state.prompt {
        return Some(prompt::draw(state, prompt, theme, areas, line, pen));
    }
    if state.notice.is_none()
        && let Some(letters) = &state.links.letters
    {
        letter_hints(letters, theme, line, pen);
        return None;
    }
    if state.notice.is_none()
        && let Some((_, link)) = &state.links.picked
    {
        picked(state, link, theme, areas, pen);
        return None;
    }
    match &state.notice {
        Some(Notice::Said(words)) => say(&[(words, theme.notice)], theme, areas, pen),
        Some(Notice::Trouble(problem)) => {
            let mut parts = vec![(&problem.message, theme.error)];
            parts.extend(problem.hint.as_ref().map(|hint| (hint, theme.status)));
            say(&parts, theme, areas, pen);
        }
        None => match fetching(state) {
            Some(words) => say(&[(&words, theme.notice)], theme, areas, pen),
            None => hints::draw(state, theme, line, pen),
        },
    }
    None
}

/// What one does while letters stand over the links.
fn letter_hints(letters: &Letters, theme: &Theme, line: Rect, pen: &mut Pen<'_>) {
    let typed = if letters.typed.is_empty() { Clean::new("a…z") } else { clean!("{}…", letters.typed) };
    let x = pen.words(line, 0, 0, &typed, theme.status_key) + 1;
    let told = ["picks a link, and shows where it leads before anything opens", "picks a link", "link"];
    let room = usize::from(line.width.saturating_sub(x)).saturating_sub(LEAVE.0.len() + LEAVE.1.len() + 3);
    let told = told.into_iter().find(|words| width(words) <= room).unwrap_or_default();
    let x = pen.words(line, x, 0, &Clean::verbatim(told), theme.status) + 2;
    let x = pen.words(line, x, 0, &Clean::verbatim(LEAVE.0), theme.status_key) + 1;
    pen.words(line, x, 0, &Clean::verbatim(LEAVE.1), theme.status);
}

/// The key that ends the choice of letters, which is none of the keymap, and what it does.
const LEAVE: (&str, &str) = ("Esc", "back");

/// The address of a picked link, all of it, and what can be done with it.
fn picked(state: &State, link: &Link, theme: &Theme, areas: &Areas, pen: &mut Pen<'_>) {
    let line = Rect { x: areas.status.x + 1, width: areas.status.width - 2, ..areas.status };
    let address = Clean::new(link.as_str());
    let wide = u16::try_from(width(link.as_str()) + 3).unwrap_or(u16::MAX);
    if usize::from(wide) + hints::columns(state) <= usize::from(line.width) {
        pen.words(line, 0, 0, &address, theme.notice);
        return hints::draw(state, theme, Rect { x: line.x + wide, width: line.width - wide, ..line }, pen);
    }
    above(&[(&address, theme.notice)], line.y, areas.body.height, theme, areas, pen);
    hints::draw(state, theme, line, pen);
}

/// What a person waits for: pages, or something that is being added or imported.
fn fetching(state: &State) -> Option<Clean> {
    let cancel = state.key(Action::Cancel);
    let Some((_, title)) = state.pages.asked.first() else {
        return state.busy.then(|| clean!("Still at work … {cancel} cancels."));
    };
    Some(match state.pages.asked.len() {
        1 => clean!("Fetching the page of “{title}” … {cancel} cancels."),
        many => clean!("Fetching {many} pages, first that of “{title}” … {cancel} cancels."),
    })
}

/// Writes a message on the bottom line; where it does not fit, on as many lines above as it takes,
/// each part from a line of its own.
fn say(parts: &[(&Clean, Style)], theme: &Theme, areas: &Areas, pen: &mut Pen<'_>) {
    let area = areas.status;
    let line = Rect { x: area.x + 1, width: area.width - 2, ..area };
    let dash = Clean::verbatim(" — ");
    let gap = width(dash.as_str());
    let whole: usize = parts.iter().map(|(words, _)| width(words.as_str()) + gap).sum();
    if whole <= usize::from(line.width) + gap {
        let mut x = 0;
        for (n, (words, style)) in parts.iter().enumerate() {
            if n > 0 {
                // A sentence that has ended needs no dash before the next.
                let ended = parts[n - 1].0.as_str().ends_with(['.', '!', '?', '…']);
                x = if ended { x + 1 } else { pen.words(line, x, 0, &dash, theme.status) };
            }
            x = pen.sentence(line, (x, 0), words, *style);
        }
        return;
    }
    above(parts, area.bottom(), MESSAGE_LINES, theme, areas, pen);
}

/// Writes a message, wrapped, on at most so many lines, which end above line `bottom`. Half of the panes
/// stays.
fn above(parts: &[(&Clean, Style)], bottom: u16, most: u16, theme: &Theme, areas: &Areas, pen: &mut Pen<'_>) {
    let columns = areas.status.width.saturating_sub(2);
    let wanted = parts.iter().map(|(words, _)| fill(words.as_str(), columns.into()).len()).sum::<usize>();
    let most = most.min(1 + areas.body.height / 2);
    let height = u16::try_from(wanted).unwrap_or(most).min(most).min(bottom);
    let area = Rect { y: bottom - height, height, ..areas.status };
    pen.blank(area, theme.page);
    if !areas.across.is_empty() {
        pen.rule(Rect { y: area.y.saturating_sub(1), height: 1, ..area }, &areas.down, theme);
    }
    let mut y = 0;
    for (words, style) in parts {
        y = pen.wrapped_sentence(area, (1, y), columns, (words, usize::from(height.saturating_sub(y))), *style);
    }
}
