//! What a letter is pressed for: marks on articles, and macros.

use crossterm::event::KeyCode;

use super::effect::Effect;
use super::{State, articles, macros, memory};
use crate::clean;
use crate::config::Key;
use crate::model::{ArticleId, Shelf};
use crate::text::Clean;

/// What a letter is pressed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Letter {
    /// To mark the article.
    Mark,
    /// To go to the article that is marked with it.
    Jump,
    /// To record keys under it.
    Record,
    /// To press the keys that were recorded under it, so many times.
    Replay(usize),
}

/// The key that jumps back to where one jumped from.
const BACK: char = '\'';

/// Asks for a letter.
pub(super) fn ask(state: &mut State, letter: Letter) {
    state.letter = Some(letter);
    state.say(Clean::new(match letter {
        Letter::Mark => "Mark it with which letter?",
        Letter::Jump => "Go to which mark? ' goes back.",
        Letter::Record => "Record keys under which letter?",
        Letter::Replay(_) => "Press the keys of which letter again?",
    }));
}

/// A key was pressed: a letter or figure is taken, any other key ends it.
pub(super) fn pressed(state: &mut State, letter: Letter, key: Key, effects: &mut Vec<Effect>) {
    match key.typed().filter(|_| key.code() != KeyCode::Enter) {
        Some(c) => chosen(state, letter, c, effects),
        None => state.notice = None,
    }
}

/// A letter was pressed or said.
pub(super) fn chosen(state: &mut State, letter: Letter, c: char, effects: &mut Vec<Effect>) {
    match letter {
        Letter::Jump if c == BACK => jump_back(state, effects),
        _ if !c.is_alphanumeric() => state.say(Clean::new("A letter or a figure stands for a mark or macro.")),
        Letter::Mark => mark(state, c, effects),
        Letter::Jump => jump(state, c, effects),
        Letter::Record => macros::begin(state, c),
        Letter::Replay(times) => macros::named(state, &c.to_string(), times, effects),
    }
}

/// The marks: their letters, articles and headlines.
pub(super) fn marks(state: &State) -> Vec<(char, ArticleId, Clean)> {
    let read = |line: &Clean| {
        let mut parts = line.as_str().splitn(3, ' ');
        let letter = parts.next()?.chars().next()?;
        let id = ArticleId(parts.next()?.parse().ok()?);
        Some((letter, id, Clean::new(parts.next().unwrap_or_default())))
    };
    state.memory.lines(Shelf::Marks).iter().filter_map(read).collect()
}

fn mark(state: &mut State, letter: char, effects: &mut Vec<Effect>) {
    let Some(row) = articles::target(state) else { return state.say(Clean::new("There is no article to mark.")) };
    let line = clean!("{letter} {} {}", row.id.0, row.title);
    let said = clean!("“{}” is marked {letter}.", row.title);
    let begins = format!("{letter} ");
    let mut lines = state.memory.lines(Shelf::Marks).to_vec();
    lines.retain(|line| !line.as_str().starts_with(&begins));
    lines.push(line);
    memory::replace(state, Shelf::Marks, lines, effects);
    state.say(said);
}

fn jump(state: &mut State, letter: char, effects: &mut Vec<Effect>) {
    match marks(state).into_iter().find(|(known, ..)| *known == letter) {
        Some((_, id, _)) => go(state, id, effects),
        None => state.say(clean!("Nothing is marked {letter}.")),
    }
}

fn jump_back(state: &mut State, effects: &mut Vec<Effect>) {
    match state.jumped {
        Some(id) => go(state, id, effects),
        None => state.say(Clean::new("There was no jump to go back from.")),
    }
}

/// Opens the article; where one is now can be come back to.
fn go(state: &mut State, id: ArticleId, effects: &mut Vec<Effect>) {
    state.jumped = state.reading.wanted;
    (state.help, state.sheet) = (None, None);
    articles::follow(state, id, effects);
}
