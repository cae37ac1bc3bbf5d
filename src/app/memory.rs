//! What is remembered from one run to the next: histories, marks, macros, where the reader was left.

use std::sync::Arc;

use super::change::Change;
use super::effect::Effect;
use super::state::State;
use crate::model::Shelf;
use crate::text::Clean;

/// The shelves, as far as they are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    shelves: [Vec<Clean>; Shelf::ALL.len()],
}

impl Memory {
    /// The lines of a shelf, oldest first.
    #[must_use]
    pub fn lines(&self, shelf: Shelf) -> &[Clean] {
        &self.shelves[shelf as usize]
    }

    /// Takes what earlier runs left, in the order of [`Shelf::ALL`]: behind what was remembered
    /// meanwhile.
    pub(super) fn put(&mut self, shelves: Vec<Vec<Clean>>) {
        for (known, mut earlier) in self.shelves.iter_mut().zip(shelves) {
            earlier.retain(|line| !known.contains(line));
            earlier.append(known);
            *known = earlier;
        }
    }
}

/// Remembers a line as the newest of its shelf.
pub(super) fn remember(state: &mut State, shelf: Shelf, line: Clean, effects: &mut Vec<Effect>) {
    let mut lines = state.memory.lines(shelf).to_vec();
    lines.retain(|known| *known != line);
    lines.push(line);
    replace(state, shelf, lines, effects);
}

/// Puts other lines on a shelf.
pub(super) fn replace(state: &mut State, shelf: Shelf, mut lines: Vec<Clean>, effects: &mut Vec<Effect>) {
    lines.drain(..lines.len().saturating_sub(shelf.most()));
    effects.push(Effect::Change(Change::Remembered { shelf, lines: Arc::from(lines.as_slice()) }));
    state.memory.shelves[shelf as usize] = lines;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shelves_are_indexed_in_their_order() {
        for (at, shelf) in Shelf::ALL.into_iter().enumerate() {
            assert_eq!(shelf as usize, at);
        }
    }

    #[test]
    fn what_was_remembered_meanwhile_stays_the_newest() {
        let mut memory = Memory::default();
        memory.shelves[0] = vec!["b".into(), "c".into()];
        memory.put(vec![vec!["a".into(), "b".into()]]);
        assert_eq!(memory.lines(Shelf::Gone), ["a".into(), "b".into(), "c".into()]);
    }
}
