//! What typed lines and choices come to.

use crossterm::event::KeyCode;

use super::headlines::Headlines;
use super::prompt::{Edit, Prompt, Purpose};
use super::{Effect, Problem, State, lists};
use crate::clean;
use crate::config::Key;
use crate::model::{Action, Anchor, Query, View};
use crate::text::{Clean, CleanText, Raw};

/// Opens a line to type in.
pub(super) fn open(state: &mut State, purpose: Purpose) {
    let text = match (purpose, &state.headlines.view.query) {
        (Purpose::Search, Some(query)) => query.to_string(),
        (Purpose::Help, _) => state.help.as_ref().map(|help| help.filter.to_string()).unwrap_or_default(),
        (Purpose::Import, _) if state.drawer.sources.only_edition() => {
            state.found.as_ref().map(|(path, _)| path.to_string()).unwrap_or_default()
        }
        _ => String::new(),
    };
    state.prompt = Some(Prompt::new(purpose, &text));
}

/// Changes the line; a search runs as one types.
pub(super) fn edit(state: &mut State, edit: Edit, effects: &mut Vec<Effect>) {
    let Some(prompt) = &mut state.prompt else { return };
    prompt.edit(edit);
    changed(state, effects);
}

/// Puts a pasted text into the line.
pub(super) fn paste(state: &mut State, pasted: &Raw, effects: &mut Vec<Effect>) {
    let Some(prompt) = &mut state.prompt else { return };
    prompt.paste(pasted);
    changed(state, effects);
}

fn changed(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(prompt) = &state.prompt else { return };
    let text = prompt.text().to_owned();
    match prompt.purpose {
        Purpose::Search => search(state, &text, effects),
        Purpose::Help => {
            if let Some(help) = &mut state.help {
                help.filter = Clean::new(&text);
                help.top = 0;
            }
        }
        Purpose::Add | Purpose::Import => {}
    }
}

/// Shows what matches `text`; a query that cannot be read yet leaves the list as it is.
fn search(state: &mut State, text: &str, effects: &mut Vec<Effect>) {
    if text.trim().is_empty() {
        return lists::end_search(state, effects);
    }
    match Query::parse(text) {
        Ok(query) => {
            if state.before_search.is_none() {
                state.before_search = Some(Box::new(state.headlines.clone()));
            }
            let only = state.before_search.as_ref().map(|list| list.view.only).unwrap_or_default();
            let scope = state.headlines.view.scope;
            state.headlines = Headlines {
                rows: std::mem::take(&mut state.headlines.rows),
                ..Headlines::of(View { scope, only, query: Some(query), ..View::default() })
            };
            state.ask_page(Anchor::Newest, effects);
        }
        Err(error) => {
            if let Some(prompt) = &mut state.prompt {
                let hint = error.hint.as_ref().map(|hint| format!(" ({hint})")).unwrap_or_default();
                prompt.error = Some(clean!("{}{hint}", error.message));
            }
        }
    }
}

/// Enter: the line is done.
pub(super) fn accept(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(prompt) = state.prompt.take_if(|prompt| prompt.error.is_none()) else { return };
    let text = CleanText::new(prompt.text().trim());
    match prompt.purpose {
        Purpose::Search | Purpose::Help => {}
        Purpose::Add | Purpose::Import if text.is_empty() => {}
        Purpose::Add => {
            state.say(clean!("Fetching {text} …"));
            effects.push(Effect::Subscribe(text));
        }
        Purpose::Import => {
            state.say(clean!("Reading {text} …"));
            effects.push(Effect::Import(text));
        }
    }
}

/// Esc: as if it had not been typed.
pub(super) fn cancel(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(prompt) = state.prompt.take() else { return };
    match prompt.purpose {
        // A search that was on when the line was opened is on again.
        Purpose::Search if prompt.began_as().is_empty() => lists::end_search(state, effects),
        Purpose::Search if prompt.began_as() == prompt.text() => {}
        Purpose::Search => search(state, prompt.began_as(), effects),
        Purpose::Help => {
            if let Some(help) = &mut state.help {
                help.filter = Clean::default();
            }
        }
        Purpose::Add | Purpose::Import => {}
    }
}

/// A key while feeds are offered.
pub(super) fn choose(state: &mut State, key: Key, effects: &mut Vec<Effect>) {
    let Some((choices, cursor)) = &mut state.choices else { return };
    let last = choices.len().saturating_sub(1);
    match key.code() {
        KeyCode::Down | KeyCode::Char('j') => *cursor = (*cursor + 1).min(last),
        KeyCode::Up | KeyCode::Char('k') => *cursor = cursor.saturating_sub(1),
        KeyCode::Enter => {
            let chosen = choices.get(*cursor).map(|choice| choice.link.clone());
            state.choices = None;
            if let Some(link) = chosen {
                state.say(clean!("Fetching {link} …"));
                effects.push(Effect::Subscribe(CleanText::new(link.as_str())));
            }
        }
        KeyCode::Esc | KeyCode::Char('q' | 'c') => state.choices = None,
        _ => {}
    }
}

/// A paste where no line is being typed: an address is offered to be added, anything else is not
/// taken for keys.
pub(super) fn stray_paste(state: &mut State, pasted: &Raw) {
    let line = pasted.line();
    if line.as_str().starts_with("http://") || line.as_str().starts_with("https://") {
        state.prompt = Some(Prompt::new(Purpose::Add, line.as_str()));
    } else {
        let (add, import, search) = (state.key(Action::Add), state.key(Action::Import), state.key(Action::Search));
        state.complain(Problem {
            message: Clean::new("Pasted text is not taken for keys."),
            hint: Some(clean!("Press {add}, {import} or {search} first and paste into the line.")),
        });
    }
}
