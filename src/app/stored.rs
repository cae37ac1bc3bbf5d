//! Answers of the store to what a person did: it was stored, or what the screen shows is put back.

use super::change::Change;
use super::effect::{Effect, Question};
use super::event::Changed;
use super::update::ask_around;
use super::{State, articles, feed_page, full_text, muting, undoing};
use crate::clean;
use crate::model::Action;
use crate::text::Clean;

/// A change was stored. Or it was not: what the screen shows is put back.
pub(super) fn stored(state: &mut State, changed: Changed, effects: &mut Vec<Effect>) {
    let Changed { change, outcome } = changed;
    state.settle(&change, outcome.is_ok());
    let step = state.history.settle(&change, outcome.as_ref().ok());
    match outcome {
        Ok(ids) => {
            // Copies may have been marked with it.
            if let Change::Read { to, asked, .. } = change {
                let many = ids.len() > 1;
                articles::show_change(state, &Change::Read { ids, to, asked }, true);
                if many && state.headlines.stories {
                    // How many of a story are unread, where not all of it is at hand.
                    ask_around(state, effects);
                }
            }
            let undo = state.key(Action::Undo);
            match (&change, step) {
                (Change::AllRead { .. } | Change::StoryRead { .. }, Some(step)) => {
                    state.say(clean!("{}. {undo} takes it back.", capitalised(&step.label())));
                }
                (Change::Mute { mute, said, to, asked }, _) => {
                    if *asked {
                        let told = muting::told(mute, said, *to, (state.now, &state.zone), &undo);
                        state.say(capitalised(&told));
                    }
                    show_anew(state, effects);
                }
                _ => {}
            }
            match &change {
                Change::FeedSettings { feed, before, after, .. } => {
                    feed_page::stored(state, *feed, (before, after), effects);
                }
                Change::Feed { feed, edit, .. } => super::feeds::stored(state, *feed, edit, effects),
                // They stand in its head.
                Change::Tags { id, .. } | Change::Note { id, .. } => full_text::kept(state, *id, effects),
                // The whole of it is fetched, where it is not here.
                Change::Bookmark { to: true, ids, .. } => {
                    ids.iter().for_each(|id| full_text::kept(state, *id, effects));
                    effects.push(Effect::FetchMissing);
                }
                _ => {}
            }
            if shows_in_sources(&change) {
                state.ask(Question::Sources, effects);
            }
        }
        Err(problem) => {
            state.history.refused(&change);
            articles::show_change(state, &change, false);
            state.complain(problem);
            match change {
                Change::Feed { .. } | Change::Saved { .. } => state.ask(Question::Sources, effects),
                Change::Mute { .. } if state.muting.is_some() => {
                    state.ask(Question::Mutes { article: None }, effects);
                }
                _ => {}
            }
            ask_around(state, effects);
        }
    }
    let undos = match change {
        Change::AllRead { .. } | Change::StoryRead { .. } => std::mem::take(&mut state.asked.undos),
        _ => 0,
    };
    if undos > 0 {
        undoing::undo(state, false, undos, effects);
    }
}

/// Asks again for what a mute changes: the list around the cursor, what is related, what is muted.
fn show_anew(state: &mut State, effects: &mut Vec<Effect>) {
    ask_around(state, effects);
    if let Some(id) = state.reading.wanted {
        state.asked.related_of = Some(id);
        state.ask_related(id, effects);
    }
    if state.muting.is_some() {
        state.ask(Question::Mutes { article: None }, effects);
    }
}

/// Whether counts and sources may be others after a change.
fn shows_in_sources(change: &Change) -> bool {
    use super::Change::{Position, Remembered, Searched, Text, Visited};
    !matches!(change, Position { .. } | Remembered { .. } | Searched { .. } | Text { .. } | Visited { .. })
}

pub(super) fn capitalised(words: &Clean) -> Clean {
    let mut chars = words.as_str().chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    clean!("{first}{}", chars.as_str())
}
