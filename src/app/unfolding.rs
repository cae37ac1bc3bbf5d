//! Unfolding stories in the list and folding them again. What stands above the cursor never moves.

use super::effect::{Effect, Question, Slot};
use super::headlines::{Headlines, Look, Row};
use super::{State, lists};
use crate::clean;
use crate::model::{Action, Folding, Headline, StoryId};
use crate::text::Clean;

impl Headlines {
    /// Whether a story is unfolded.
    #[must_use]
    pub fn is_unfolded(&self, story: StoryId) -> bool {
        self.unfolded.iter().any(|(unfolded, _)| *unfolded == story)
    }

    /// Unfolds a story: its other articles stand under its front, wherever in the rows at hand that
    /// is. Linear in the rows.
    pub fn unfold(&mut self, story: StoryId, members: Vec<Headline>) {
        self.fold(story);
        self.unfolded.push((story, members));
        self.spread();
    }

    /// Folds a story. The cursor goes to its front if it stood under it.
    pub fn fold(&mut self, story: StoryId) {
        self.unfolded.retain(|(unfolded, _)| *unfolded != story);
        let goes = |row: &Row| row.under == Some(story);
        let Some(first) = self.rows.iter().position(goes) else { return };
        let count = self.rows[first..].iter().take_while(|row| goes(row)).count();
        self.rows.drain(first..first + count);
        let after = |at: usize| if at >= first + count { at - count } else { at.min(first.saturating_sub(1)) };
        self.cursor = after(self.cursor);
        self.top = after(self.top);
    }

    /// Puts the articles of the unfolded stories under their fronts, where they do not stand yet.
    pub(super) fn spread(&mut self) {
        let mut at = 0;
        while at < self.rows.len() {
            let row = &self.rows[at];
            let (key, id) = (row.key, row.id);
            let stands = self.rows.get(at + 1).is_some_and(|next| next.under.is_some());
            let story = row.story().filter(|_| row.is_front() && !stands);
            let found = story.and_then(|story| self.unfolded.iter().find(|(unfolded, _)| *unfolded == story));
            at += 1;
            let Some((story, members)) = found else { continue };
            let members: Vec<Row> = members
                .iter()
                .filter(|member| member.id != id)
                .map(|member| Row::member(member.clone(), *story, key))
                .collect();
            let count = members.len();
            self.rows.splice(at..at, members);
            self.cursor += if self.cursor >= at { count } else { 0 };
            self.top += if self.top >= at { count } else { 0 };
            at += count;
        }
    }

    /// Scrolls so that the articles under the selected front are on the screen, as many as fit with
    /// it.
    pub(super) fn reveal(&mut self, look: Look<'_>) {
        let under = self.rows.iter().skip(self.cursor + 1).take_while(|row| row.under.is_some()).count();
        let cursor = self.cursor;
        self.cursor += under;
        self.follow(look);
        self.cursor = cursor;
        self.top = self.top.min(cursor);
        self.follow(look);
    }
}

/// Unfolds the story of the selected row.
pub(super) fn unfold(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(row) = selected(state) else { return };
    let (story, front) = (row.story(), row.is_front());
    match story.filter(|_| front) {
        Some(story) if !state.headlines.is_unfolded(story) => {
            state.asked.unfolding.push_back(story);
            ask_next(state, effects);
        }
        Some(_) => {}
        None if story.is_some() => {}
        None => state.say(Clean::new("Nothing is folded under this headline.")),
    }
}

/// Folds the story of the selected row, or the one that it stands under.
pub(super) fn fold(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(story) = selected(state).and_then(Row::story) else { return };
    if state.headlines.is_unfolded(story) {
        state.headlines.fold(story);
        lists::cursor_moved(state, effects);
    }
}

fn selected(state: &State) -> Option<&Row> {
    state.headlines.settled_row()
}

/// Asks for the articles of the next story that is to be unfolded: one after the other, so that no
/// question takes the place of another.
fn ask_next(state: &mut State, effects: &mut Vec<Effect>) {
    if let Some(story) = state.asked.unfolding.front().copied().filter(|_| !state.waits_for(Slot::Members)) {
        state.ask(Question::Members { story }, effects);
    }
}

/// Takes the articles of a story that is to be unfolded; `None` where they could not be read.
pub(super) fn put(state: &mut State, members: Option<Vec<Headline>>, effects: &mut Vec<Effect>) {
    let story = state.asked.unfolding.pop_front();
    if let (Some(story), Some(members)) = (story, members) {
        let selected = state.headlines.rows.get(state.headlines.cursor).and_then(Row::story) == Some(story);
        state.headlines.unfold(story, members);
        if selected {
            let (areas, zone) = (state.areas(), state.zone.clone());
            let look = Look { zone: &zone, ..state.look(&areas) };
            if look.height > 0 {
                state.headlines.reveal(look);
            }
        }
    }
    ask_next(state, effects);
}

/// Folds stories in this list, or shows every article of it again.
pub(super) fn switch(state: &mut State, effects: &mut Vec<Effect>) {
    if state.headlines.stories {
        let all = state.key(Action::ShowAll);
        return state.say(clean!("This list is of stories; {all} shows all articles."));
    }
    let to = match state.folding() {
        Folding::Nothing if state.config.fold == Folding::Nothing => Folding::Stories,
        Folding::Nothing => state.config.fold,
        Folding::Stories | Folding::Copies => Folding::Nothing,
    };
    if state.headlines.folds_by_itself() {
        state.fold = to;
    } else {
        state.headlines.asked = Some(to);
    }
    state.headlines.unfolded.clear();
    let back = state.key(Action::FoldStories);
    state.say(match to {
        Folding::Stories => clean!("Each story takes one line; {back} shows every article."),
        Folding::Copies => clean!("Each text stands once; {back} shows every article."),
        Folding::Nothing => clean!("Every article is shown; {back} folds them again."),
    });
    super::update::ask_around(state, effects);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::row::Rows;
    use crate::app::sample;
    use crate::model::{Anchor, ArticleId, Fold};
    use proptest::prelude::*;

    /// A list of so many rows, every third of them the front of a story of four articles.
    fn list(rows: i64) -> Headlines {
        let row = |id: i64| {
            let fold = Fold { story: StoryId(id), sources: 3, articles: 3, copies: Vec::new() };
            Row::from(Headline { fold: (id % 3 == 0).then_some(fold), ..sample::headline(id) })
        };
        let mut list = Headlines::default();
        let rows = (1..=rows).map(row).collect();
        list.put(Anchor::Newest, Rows { rows, at_newest: true, at_oldest: true, ..Rows::default() });
        list
    }

    fn members(story: StoryId) -> Vec<Headline> {
        (0..4).map(|n| sample::headline(if n == 0 { story.0 } else { 1000 + 10 * story.0 + n })).collect()
    }

    fn ids(list: &Headlines) -> Vec<i64> {
        list.rows.iter().map(|row| row.id.0).collect()
    }

    #[test]
    fn the_cursor_goes_to_the_front_of_a_story_that_is_folded_around_it() {
        let mut list = list(6);
        list.unfold(StoryId(3), members(StoryId(3)));
        assert_eq!(ids(&list), [1, 2, 3, 1031, 1032, 1033, 4, 5, 6]);
        list.cursor = 4;
        list.fold(StoryId(3));
        assert_eq!((ids(&list), list.cursor), ((1..=6).collect(), 2));
    }

    #[test]
    fn what_is_unfolded_stays_so_when_the_list_is_read_anew() {
        let mut unfolded = list(6);
        unfolded.unfold(StoryId(3), members(StoryId(3)));
        unfolded.change(&[ArticleId(1032)], |row| row.read = true);
        unfolded.cursor = 7;
        let key = unfolded.key().unwrap();
        let rows = list(6).rows;
        unfolded.put(Anchor::Around(key), Rows { rows, at_newest: true, at_oldest: true, ..Rows::default() });
        assert_eq!(unfolded.key(), Some(key));
        assert!(unfolded.rows.iter().any(|row| row.id == ArticleId(1032) && row.read));
    }

    #[test]
    fn the_cursor_stays_under_a_front_when_the_list_is_read_anew() {
        let mut unfolded = list(6);
        unfolded.unfold(StoryId(3), members(StoryId(3)));
        unfolded.cursor = 4;
        let key = unfolded.key().unwrap();
        unfolded
            .put(Anchor::Around(key), Rows { rows: list(6).rows, at_newest: true, at_oldest: true, ..Rows::default() });
        assert_eq!(unfolded.selected().map(|row| row.id), Some(ArticleId(1032)));
    }

    proptest! {
        #[test]
        fn folding_and_unfolding_moves_no_cursor_and_loses_no_row(
            steps in proptest::collection::vec((0_i64..8, 0_usize..40, any::<bool>()), 0..30),
        ) {
            let whole = ids(&list(24));
            let mut list = list(24);
            for (story, cursor, fold) in steps {
                let story = StoryId(3 * story + 3);
                list.cursor = cursor.min(list.rows.len() - 1);
                let (before, under) = (list.rows[list.cursor].id, list.rows[list.cursor].under);
                if fold {
                    list.fold(story);
                } else {
                    list.unfold(story, members(story));
                }
                let stays = if fold && under == Some(story) { ArticleId(story.0) } else { before };
                // Unfolded anew, a story is folded first: whoever stood under its front stands on it.
                if fold || under != Some(story) {
                    prop_assert_eq!(list.rows[list.cursor].id, stays);
                }
                prop_assert!(list.rows.windows(2).all(|pair| pair[0].key >= pair[1].key));
                let fronts: Vec<i64> = list.rows.iter().filter(|row| row.under.is_none()).map(|row| row.id.0).collect();
                prop_assert_eq!(&fronts, &whole);
            }
        }
    }
}
