//! The command line: doing what was typed. What cannot be done stays in the line, with what is wrong
//! under the very spot.

use std::sync::Arc;

use super::commands::{self, ROWS, Said, Takes, Verb};
use super::effect::Effect;
use super::letters::{self, Letter};
use super::prompt::{Prompt, Purpose, Wrong};
use super::{Help, State, act, exporting, goto, macros, memory, muting, typing};
use crate::clean;
use crate::config::session;
use crate::model::query::When;
use crate::model::{Action, ExportFormat, Mute, Muted, Order, Query, Shelf, Time};
use crate::text::Clean;

/// Enter: does what the line says.
pub(super) fn accept(state: &mut State, mut prompt: Prompt, effects: &mut Vec<Effect>) {
    let line = prompt.text().to_owned();
    let done = commands::read(&line).and_then(|said| match said {
        Some(said) => perform(state, &said, effects),
        None => Ok(()),
    });
    match done {
        Ok(()) => {
            let line = Clean::new(line.trim().trim_start_matches(':'));
            if !line.is_empty() {
                memory::remember(state, Shelf::Commands, line, effects);
            }
        }
        Err(wrong) => {
            prompt.error = Some(wrong);
            state.prompt = Some(prompt);
        }
    }
}

fn perform(state: &mut State, said: &Said<'_>, effects: &mut Vec<Effect>) -> Result<(), Wrong> {
    let Said { verb, rest, at, .. } = *said;
    let whole = at..at + rest.len();
    let wrong = |message: Clean| Wrong { at: whole.clone(), message };
    match (verb, verb.takes()) {
        (Verb::Set, _) => set(state, said, effects)?,
        (_, Takes::OneOf) => one_of(state, said, effects)?,
        (Verb::Do(action), Takes::Letter) if !rest.is_empty() => letter(state, action, said, effects)?,
        (Verb::Do(action), _) if rest.is_empty() => act::perform(state, action, said.count, effects),
        (Verb::Do(action), Takes::Count) => act::perform(state, action, count(said)?, effects),
        (Verb::Do(Action::GoTo), _) => {
            if !goto::to(state, rest, effects) {
                return Err(wrong(Clean::new("nothing is called so")));
            }
        }
        (Verb::Do(_), Takes::Mute) => mute(state, said, effects)?,
        (Verb::Do(_), Takes::Export) => export(state, said)?,
        (Verb::Do(_), Takes::Help) => state.help = Some(Help { filter: Clean::new(rest), ..Help::here(state) }),
        (Verb::Do(action), Takes::Line(_)) => line(state, action, rest, effects),
        (verb, _) => return Err(wrong(clean!("nothing stands after {}", verb.name()))),
    }
    Ok(())
}

/// The number before the verb or after it.
fn count(said: &Said<'_>) -> Result<Option<usize>, Wrong> {
    if said.rest.is_empty() {
        return Ok(said.count);
    }
    let at = said.at..said.at + said.rest.len();
    said.rest.parse().map(Some).map_err(|_| Wrong { at, message: Clean::new("this is no number") })
}

/// Has an action open its line, and types there what was said. Where that cannot be, the line stays
/// open and says why, or the action has said why it opened none.
fn line(state: &mut State, action: Action, rest: &str, effects: &mut Vec<Effect>) {
    act::perform(state, action, None, effects);
    if let Some(prompt) = &mut state.prompt {
        prompt.replace(rest);
        goto::typed(state, rest);
        typing::accept(state, effects);
    }
}

/// Does what takes one of a few words.
fn one_of(state: &mut State, said: &Said<'_>, effects: &mut Vec<Effect>) -> Result<(), Wrong> {
    let choices = said.verb.choices(state);
    if !choices.iter().any(|choice| choice == said.rest) {
        let at = said.at..said.at + said.rest.len().max(1);
        let message = match choices.len() {
            0 => Clean::new("there are no macros yet ([macros] in the settings, or record)"),
            _ => clean!("one of these stands here: {}", choices.join(", ")),
        };
        return Err(Wrong { at, message });
    }
    let (name, value) = match (said.verb, said.rest) {
        (Verb::Macro, name) => {
            macros::named(state, name, said.count.unwrap_or(1), effects);
            return Ok(());
        }
        (Verb::Rows, rows) => ("compact", if rows == ROWS[0] { "true" } else { "false" }),
        (Verb::Group, "story") => ("fold", "stories"),
        (Verb::Group, "source") => ("sort", "source"),
        // Days stand above the oldest first as well.
        (Verb::Group, _) if state.sort == Order::Oldest => ("sort", "oldest"),
        (Verb::Group, _) => ("sort", "newest"),
        (_, order) => ("sort", order),
    };
    let wrong = |message| Wrong { at: said.at..said.at + said.rest.len(), message };
    let config = session::set(&state.config, name, value).map_err(wrong)?;
    let (folds, order) = (state.folding(), state.order());
    match name {
        "sort" => {
            state.sort = config.sort;
            // What is searched for, and bookmarks, keep no order of their own.
            state.headlines.view.order = Order::Newest;
            state.say(super::search::said(state.sort));
        }
        "fold" if state.headlines.stories => {}
        "fold" => {
            state.fold = config.fold;
            state.headlines.asked = Some(config.fold).filter(|_| !state.headlines.folds_by_itself());
            let back = state.key(Action::FoldStories);
            state.say(clean!("Each story takes one line; {back} shows every article."));
        }
        _ => state.config = Arc::new(config),
    }
    super::update::settle_list(state, folds, order, effects);
    Ok(())
}

/// Exports in a form: the target or, where a query is said, what it finds. Asks where to.
fn export(state: &mut State, said: &Said<'_>) -> Result<(), Wrong> {
    let (name, query) = said.rest.split_once(char::is_whitespace).unwrap_or((said.rest, ""));
    let Some(format) = ExportFormat::named(name) else {
        let names = ExportFormat::ALL.map(ExportFormat::name).join(", ");
        return Err(Wrong { at: said.at..said.at + name.len(), message: clean!("one of these stands here: {names}") });
    };
    let query = query.trim();
    let begin = said.at + said.rest.len() - query.len();
    let parsed = Query::parse(query).map_err(|error| shifted(error.into(), begin))?;
    exporting::begin(state, format, (!query.is_empty()).then(|| (parsed, Clean::new(query))));
    Ok(())
}

/// What is wrong with a part of the line, at its place in the whole.
fn shifted(wrong: Wrong, by: usize) -> Wrong {
    Wrong { at: wrong.at.start + by..wrong.at.end + by, ..wrong }
}

/// Does what takes a letter with the one that was said.
fn letter(state: &mut State, action: Action, said: &Said<'_>, effects: &mut Vec<Effect>) -> Result<(), Wrong> {
    let mut letters = said.rest.chars();
    let (Some(letter), None) = (letters.next(), letters.next()) else {
        let at = said.at..said.at + said.rest.len();
        return Err(Wrong { at, message: Clean::new("one letter or figure stands here") });
    };
    let what = match action {
        Action::Mark => Letter::Mark,
        Action::Jump => Letter::Jump,
        Action::Record => Letter::Record,
        _ => Letter::Replay(said.count.unwrap_or(1)),
    };
    letters::chosen(state, what, letter, effects);
    Ok(())
}

fn set(state: &mut State, said: &Said<'_>, effects: &mut Vec<Effect>) -> Result<(), Wrong> {
    let (name, value) = said.rest.split_once(char::is_whitespace).unwrap_or((said.rest, ""));
    let value = value.trim();
    if value.is_empty() {
        let at = said.at..said.at + said.rest.len().max(1);
        let names: Vec<&str> = session::settable().collect();
        return Err(Wrong {
            at,
            message: clean!("a setting and its value, as in set compact yes: {}", names.join(", ")),
        });
    }
    match session::set(&state.config, name, value) {
        Ok(config) => {
            super::update::resettle(state, Arc::new(config), effects);
            effects.push(Effect::Resettle);
            state.say(clean!("{name} is {value} until you quit; the settings file can keep it."));
            Ok(())
        }
        Err(message) => {
            let of_name = !session::settable().any(|known| known == name);
            let value_at = said.at + said.rest.len() - value.len();
            let at = if of_name { said.at..said.at + name.len() } else { value_at..value_at + value.len() };
            Err(Wrong { at, message })
        }
    }
}

/// Mutes a query, for good or until some time: `transfer until 2026-12-01`, `transfer until 2w`.
fn mute(state: &mut State, said: &Said<'_>, effects: &mut Vec<Effect>) -> Result<(), Wrong> {
    let (typed, until) = match said.rest.rsplit_once(" until ") {
        Some((query, when)) => {
            let begin = said.at + said.rest.len() - when.len();
            (query.trim_end(), Some(to_come(state, when.trim(), begin)?))
        }
        None => (said.rest, None),
    };
    let query = Query::parse(typed).map_err(|error| shifted(error.into(), said.at))?;
    if query.is_empty() {
        let at = said.at..said.at + said.rest.len().max(1);
        return Err(Wrong { at, message: Clean::new("an empty query would mute everything") });
    }
    let mute = Mute { what: Muted::Query(query), until };
    muting::mute_it(state, mute, clean!("“{}”", typed.trim_matches('"')), effects);
    Ok(())
}

/// A moment to come: a date is its beginning, `2w` is in two weeks.
fn to_come(state: &State, given: &str, at: usize) -> Result<Time, Wrong> {
    When::to_come(given, state.now, &state.zone)
        .map_err(|why| Wrong { at: at..at + given.len(), message: muting::no_time(why) })
}

/// Opens the line.
pub(super) fn open(state: &mut State) {
    state.prompt = Some(Prompt::new(Purpose::Command, ""));
}
