//! The bottom line: a line being typed, else what was just done or went wrong, else the keys that
//! matter here.

use std::borrow::Cow;

use ratatui::layout::{Position, Rect};

use super::pen::Pen;
use crate::app::{Areas, Notice, Pane, Prompt, State};
use crate::clean;
use crate::config::Theme;
use crate::model::{Action, Place};
use crate::text::Clean;
use crate::text::width::width;

/// Draws the bottom line. Gives the place of the cursor where a line is being typed.
pub(super) fn draw(state: &State, theme: &Theme, areas: &Areas, pen: &mut Pen<'_>) -> Option<Position> {
    let area = areas.status;
    if area.width < 4 || area.height == 0 {
        return None;
    }
    let line = Rect { x: area.x + 1, width: area.width - 2, ..area };
    if let Some(prompt) = &state.prompt {
        return Some(typed(prompt, theme, line, pen));
    }
    match &state.notice {
        Some(Notice::Said(words)) => {
            pen.words(line, 0, 0, words, theme.notice);
        }
        Some(Notice::Trouble(problem)) => {
            let x = pen.words(line, 0, 0, &problem.message, theme.error);
            if let Some(hint) = &problem.hint {
                pen.words(line, x + 1, 0, hint, theme.status);
            }
        }
        None => hints(state, theme, line, pen),
    }
    None
}

/// The line that is being typed, its end in sight.
fn typed(prompt: &Prompt, theme: &Theme, line: Rect, pen: &mut Pen<'_>) -> Position {
    let label = Clean::verbatim(prompt.purpose.label());
    let mut x = pen.words(line, 0, 0, &label, theme.status_key).min(line.width / 2);
    let mut room = line;
    if let Some(error) = &prompt.error {
        let at = pen.right(line, line.width / 3, 0, error, theme.error);
        room.width = at.saturating_sub(1);
    }
    let (before, after) = prompt.halves();
    let space = usize::from(room.width.saturating_sub(x + 1));
    let tail = tail(before.as_str(), space);
    x = pen.words(room, x, 0, &Clean::verbatim(tail), theme.input);
    pen.words(room, x, 0, &after, theme.input);
    Position::new(line.x + x.min(line.width.saturating_sub(1)), line.y)
}

/// The longest end of `text` that takes at most `columns`.
fn tail(text: &str, columns: usize) -> &str {
    let mut start = 0;
    while width(&text[start..]) > columns {
        start += text[start..].chars().next().map_or(1, char::len_utf8);
    }
    &text[start..]
}

/// The keys that matter here, as many as fit.
fn hints(state: &State, theme: &Theme, line: Rect, pen: &mut Pen<'_>) {
    let mut x = 0;
    if let Some(count) = state.pending.count {
        x = pen.words(line, x, 0, &clean!("{count}"), theme.status_key) + 2;
    }
    for (actions, words) in wanted(state) {
        let keys: Vec<String> = actions
            .iter()
            .filter_map(|action| {
                state.config.keys.keys_for(state.place(), *action).first().map(crate::config::KeySeq::symbol)
            })
            .collect();
        if keys.is_empty() {
            continue;
        }
        let keys = Clean::new(&keys.concat());
        let words = Clean::new(&words);
        let need = width(keys.as_str()) + 1 + width(words.as_str());
        if usize::from(line.width.saturating_sub(x)) < need {
            break;
        }
        x = pen.words(line, x, 0, &keys, theme.status_key) + 1;
        x = pen.words(line, x, 0, &words, theme.status) + 2;
    }
}

/// What one may want to do here, most wanted first.
fn wanted(state: &State) -> Vec<(&'static [Action], Cow<'static, str>)> {
    if state.choices.is_none() && state.place() == Place::Headlines && state.drawer.sources.only_edition() {
        return first_steps(state);
    }
    usual(state).into_iter().map(|(actions, words)| (actions, Cow::Borrowed(words))).collect()
}

/// What one may want to do while there is only the sample news.
fn first_steps(state: &State) -> Vec<(&'static [Action], Cow<'static, str>)> {
    let import = match &state.found {
        Some((path, feeds)) => Cow::Owned(format!("import (found {path}: {feeds} feeds)")),
        None => Cow::Borrowed("import"),
    };
    vec![
        (&[Action::Open], Cow::Borrowed("read")),
        (&[Action::Add], Cow::Borrowed("add a feed or site")),
        (&[Action::Import], import),
        (&[Action::Help], Cow::Borrowed("keys")),
        (&[Action::Back], Cow::Borrowed("quit")),
    ]
}

fn usual(state: &State) -> Vec<(&'static [Action], &'static str)> {
    const HELP: (&[Action], &str) = (&[Action::Help], "keys");
    const QUIT: (&[Action], &str) = (&[Action::Back], "quit");
    const BACK: (&[Action], &str) = (&[Action::Back], "back");
    if state.choices.is_some() {
        return vec![(&[Action::Open], "subscribe"), BACK];
    }
    match state.place() {
        Place::Help => vec![
            (&[Action::LineDown, Action::LineUp], "scroll"),
            (&[Action::Search], "find a key"),
            (&[Action::Back], "close"),
        ],
        Place::Headlines => vec![
            (&[Action::Open], "read"),
            (&[Action::Bookmark], "bookmark"),
            (&[Action::Search], "search"),
            (&[Action::Sources], "sources"),
            HELP,
            if state.searching() { BACK } else { QUIT },
            (&[Action::RefreshAll], "refresh"),
            (&[Action::Add], "add a feed"),
            (&[Action::ToggleRead], "read/unread"),
            (&[Action::OpenBrowser], "browser"),
        ],
        Place::Article => vec![
            (&[Action::RelatedPrevious, Action::RelatedNext], "related"),
            (&[Action::LineDown, Action::LineUp], "scroll"),
            (&[Action::Bookmark], if kept(state) { "remove bookmark" } else { "bookmark" }),
            HELP,
            BACK,
            (&[Action::OpenBrowser], "browser"),
            (&[Action::ReadOn], "read on"),
            (&[Action::Search], "search"),
        ],
        Place::Related => vec![
            (&[Action::RelatedPrevious, Action::RelatedNext], "choose"),
            (&[Action::RelatedOpen], "open"),
            (&[Action::Bookmark], "bookmark"),
            HELP,
            BACK,
        ],
        Place::Sources => {
            vec![(&[Action::Open], "show"), (&[Action::Refresh], "refresh"), (&[Action::Add], "add"), HELP, BACK]
        }
        Place::Anywhere => vec![HELP],
    }
}

fn kept(state: &State) -> bool {
    state.focus == Pane::Article && state.reading.current().is_some_and(|shown| shown.headline.bookmarked)
}
