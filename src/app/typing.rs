//! What typed lines and choices come to.

use super::geometry::Pane;
use super::prompt::{Edit, Prompt, Purpose, Wrong};
use super::stepping::Steps;
use super::{Effect, Problem, State, commanding, commands, completion, found, goto, lists, muting, piping, search};
use crate::clean;
use crate::model::{Action, Query, Shelf};
use crate::text::{Clean, CleanText, Raw};

/// Opens a line to type in.
pub(super) fn open(state: &mut State, purpose: Purpose) {
    let text = match (purpose, &state.searches.on) {
        (Purpose::Search | Purpose::Filter, Some(on)) if on.purpose == purpose => on.text.to_string(),
        (Purpose::Help, _) => state.help.as_ref().map(|help| help.filter.to_string()).unwrap_or_default(),
        (Purpose::Rename(feed), _) => super::feeds::name(state, feed),
        (Purpose::Move(feed), _) => super::feeds::folder(state, feed),
        (Purpose::Import, _) if state.drawer.sources.only_edition() => {
            state.found.as_ref().map(|(path, _)| path.to_string()).unwrap_or_default()
        }
        _ => String::new(),
    };
    if purpose == Purpose::Find {
        state.finding.from = state.reading.current().map_or(0, |shown| shown.top);
    }
    state.prompt = Some(Prompt::new(purpose, &text));
}

/// From words in the article to the same words in everything, or the other way.
pub(super) fn elsewhere(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(prompt) = &state.prompt else { return };
    let (purpose, text) = (prompt.purpose, prompt.text().to_owned());
    let other = match purpose {
        Purpose::Find => Purpose::Search,
        Purpose::Search if state.reading.current().is_some() => Purpose::Find,
        _ => return,
    };
    cancel(state, effects);
    if other == Purpose::Find {
        state.focus = Pane::Article;
        open(state, other);
    } else {
        search::open(state, other);
    }
    if let Some(prompt) = &mut state.prompt {
        prompt.replace(&text);
    }
    changed(state, effects);
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

/// Puts the next of what may stand at the cursor there, or the one before.
pub(super) fn complete(state: &mut State, forward: bool, effects: &mut Vec<Effect>) {
    let standing = match state.prompt.as_ref().map(|prompt| prompt.purpose) {
        Some(Purpose::Tag(id)) => Some(super::tagging::standing(state, id)),
        Some(purpose) if purpose.is_query() => None,
        Some(Purpose::Command) => return complete_command(state, forward),
        Some(purpose) if purpose.is_choice() => return goto::move_by(state, if forward { 1 } else { -1 }),
        _ => return,
    };
    let (Some(prompt), sources) = (&mut state.prompt, &state.drawer.sources) else { return };
    let offers = |text: &str, at: usize| match &standing {
        Some(standing) => super::tagging::offers(text, at, &sources.tags, standing),
        None => completion::offers(text, at, sources),
    };
    if prompt.complete(forward, offers) {
        changed(state, effects);
    }
}

/// The same on the command line, which offers commands and what may stand after them.
fn complete_command(state: &mut State, forward: bool) {
    // Taken out, for what is offered depends on all the rest.
    let Some(mut prompt) = state.prompt.take() else { return };
    prompt.complete(forward, |line, at| commands::offers(state, line, at));
    state.prompt = Some(prompt);
}

/// Puts a query that was typed before into the line, or a later one; of things to go to, selects
/// another.
pub(super) fn recall(state: &mut State, older: bool, effects: &mut Vec<Effect>) {
    if state.goto.is_some() {
        return goto::move_by(state, if older { -1 } else { 1 });
    }
    let Some(prompt) = &mut state.prompt else { return };
    let history = match prompt.purpose {
        Purpose::Command => state.memory.lines(Shelf::Commands),
        Purpose::Pipe(_) => state.memory.lines(Shelf::Pipes),
        purpose if purpose.is_query() => state.searches.history.as_deref().unwrap_or_default(),
        _ => return,
    };
    if prompt.recall(older, history) {
        changed(state, effects);
    }
}

fn changed(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(prompt) = &state.prompt else { return };
    let text = prompt.text().to_owned();
    match prompt.purpose {
        Purpose::Search | Purpose::Filter => search::as_typed(state, prompt.purpose, &text, effects),
        Purpose::Find => match Query::typed(&text) {
            Ok(query) => found::find(state, Some(query)),
            Err(error) => prompt_error(state, error.into()),
        },
        Purpose::Help => {
            if let Some(help) = &mut state.help {
                help.filter = Clean::new(&text);
                help.top = 0;
            }
        }
        purpose if purpose.is_choice() => goto::typed(state, &text),
        // The others wait for Enter.
        _ => {}
    }
}

/// Enter: the line is done.
pub(super) fn accept(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(prompt) = state.prompt.take() else { return };
    let text = CleanText::new(prompt.text().trim());
    match prompt.purpose {
        Purpose::Search | Purpose::Filter => {
            let (purpose, typed) = (prompt.purpose, prompt.text().to_owned());
            // It stays open where it cannot be read, and says why.
            state.prompt = Some(prompt);
            if search::finished(state, purpose, &typed, effects) {
                state.prompt = None;
                // An empty line looks for nothing: it is given up.
                if typed.trim().is_empty() {
                    search::given_up(state, effects);
                }
                state.searches.from = None;
            }
        }
        Purpose::Find => match Query::parse(prompt.text()) {
            Ok(query) => {
                search::remember(state, prompt.text(), effects);
                // What was found while it was typed stays where nothing has just that word.
                let (typed, count) = (state.finding.query.clone(), state.finding.count);
                found::find(state, Some(query));
                if state.finding.count == 0 && count > 0 {
                    found::find(state, typed);
                }
                said_found(state);
            }
            Err(error) => {
                state.prompt = Some(prompt);
                prompt_error(state, error.into());
            }
        },
        Purpose::Help => {}
        Purpose::GoTo | Purpose::Share | Purpose::Undo => goto::accept(state, effects),
        Purpose::Pipe(id) => piping::accept(state, id, prompt, effects),
        Purpose::Command => commanding::accept(state, prompt, effects),
        Purpose::Save => super::saved::named(state, &Clean::new(text.as_str()), effects),
        Purpose::RenameSaved => super::saved::renamed(state, &Clean::new(text.as_str()), effects),
        Purpose::Rename(feed) => super::feeds::renamed(state, feed, &Clean::new(text.as_str()), effects),
        Purpose::Move(feed) => super::feeds::filed(state, feed, &Clean::new(text.as_str()), effects),
        Purpose::Tag(id) => super::tagging::typed(state, id, prompt, effects),
        Purpose::Note(id) => super::noting::written(state, id, Ok(text), effects),
        Purpose::Export => super::exporting::typed(state, text, effects),
        Purpose::Add | Purpose::Import | Purpose::Mute | Purpose::MuteUntil if text.is_empty() => {}
        Purpose::Mute => muting::typed(state, prompt, effects),
        Purpose::MuteUntil => muting::ends(state, prompt),
        Purpose::Add => {
            state.say(clean!("Fetching {text} …"));
            state.busy = true;
            effects.push(Effect::Subscribe(text));
        }
        Purpose::Import => {
            state.say(clean!("Reading {text} …"));
            state.busy = true;
            effects.push(Effect::Import(text));
        }
    }
}

fn prompt_error(state: &mut State, wrong: Wrong) {
    if let Some(prompt) = &mut state.prompt {
        prompt.error = Some(wrong);
    }
}

/// Says how many hits the article has.
fn said_found(state: &mut State) {
    if state.finding.query.is_none() {
        return;
    }
    let (next, clear) = (state.key(Action::NextUnread), state.key(Action::ClearSearch));
    state.say(match (state.finding.count, state.finding.at) {
        (0, _) | (_, None) => Clean::new("This article does not have it."),
        (1, _) => clean!("The only hit; {clear} ends it."),
        (count, Some(at)) => clean!("Hit {} of {count}; {next} goes to the next, {clear} ends it.", at + 1),
    });
}

/// Esc: as if it had not been typed.
pub(super) fn cancel(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(prompt) = state.prompt.take() else { return };
    match prompt.purpose {
        // A search that was on when the line was opened is on again.
        Purpose::Search | Purpose::Filter if prompt.began_as() == prompt.text() => {}
        Purpose::Search | Purpose::Filter if prompt.began_as().is_empty() => lists::end_search(state, effects),
        Purpose::Search | Purpose::Filter => {
            search::finished(state, prompt.purpose, prompt.began_as(), effects);
        }
        Purpose::Find => found::find(state, None),
        Purpose::Help => {
            if let Some(help) = &mut state.help {
                help.filter = Clean::default();
            }
        }
        purpose if purpose.is_choice() => state.goto = None,
        // The others have changed nothing yet.
        _ => {}
    }
    if matches!(prompt.purpose, Purpose::Search | Purpose::Filter) {
        search::given_up(state, effects);
    }
}

/// An action while feeds are offered.
pub(super) fn choose(state: &mut State, action: Action, count: Option<usize>, effects: &mut Vec<Effect>) {
    let Some(choices) = &state.choices else { return };
    let steps = Steps::over(state, choices.cursor, choices.feeds.len());
    let Some(super::Choices { feeds, cursor, .. }) = &mut state.choices else { return };
    if let Some(to) = steps.to(action, count) {
        *cursor = to;
        return;
    }
    match action {
        Action::Open => {
            let chosen = feeds.get(*cursor).map(|choice| choice.link.clone());
            state.choices = None;
            if let Some(link) = chosen {
                state.say(clean!("Fetching {link} …"));
                state.busy = true;
                effects.push(Effect::Subscribe(CleanText::new(link.as_str())));
            }
        }
        Action::Back | Action::Quit => state.choices = None,
        Action::Redraw => effects.push(Effect::Redraw),
        Action::Suspend => effects.push(Effect::Suspend),
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
