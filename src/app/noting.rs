//! Notes: what a person writes about an article, in a line or in an editor.

use super::change::Change;
use super::effect::Effect;
use super::event::Problem;
use super::prompt::{Prompt, Purpose};
use super::{State, articles};
use crate::clean;
use crate::model::{Action, ArticleId};
use crate::text::{Clean, CleanText};

/// A longer note is written in an editor: a line shows too little of it. In bytes.
const LINE: usize = 400;

/// Opens the note on the target: a line, or where the note has several, an editor.
pub(super) fn open(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(id) = articles::target(state).map(|row| row.id) else { return };
    let Some(note) = standing(state, id) else {
        return state.say(clean!("{} opens the article first.", state.key(Action::Open)));
    };
    if note.lines().count() > 1 || note.as_str().len() > LINE {
        effects.push(Effect::Edit(id, note));
    } else {
        state.prompt = Some(Prompt::new(Purpose::Note(id), note.as_str()));
    }
}

/// The note on an article, where it is known: it is, of the article that is shown.
fn standing(state: &State, id: ArticleId) -> Option<CleanText> {
    let shown = state.reading.current().filter(|shown| shown.headline.id == id)?;
    Some(shown.article.note.clone().unwrap_or_default())
}

/// The line is to be gone on with in an editor.
pub(super) fn to_editor(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(Purpose::Note(id)) = state.prompt.as_ref().map(|prompt| prompt.purpose) else { return };
    if let Some(prompt) = state.prompt.take() {
        effects.push(Effect::Edit(id, CleanText::new(prompt.text())));
    }
}

/// A note was written, in the line or in an editor.
pub(super) fn written(state: &mut State, id: ArticleId, note: Result<CleanText, Problem>, effects: &mut Vec<Effect>) {
    let note = match note {
        Ok(note) => note,
        Err(problem) => return state.complain(problem),
    };
    let before = standing(state, id).unwrap_or_default();
    let after = CleanText::new(note.as_str().trim());
    if before == after {
        return;
    }
    let undo = state.key(Action::Undo);
    let said = Clean::new(if after.is_empty() { "The note is gone." } else { "Noted; such articles are kept." });
    articles::change(state, Change::Note { id, before, after, asked: true }, effects);
    state.say(clean!("{said} {undo} takes it back."));
}
