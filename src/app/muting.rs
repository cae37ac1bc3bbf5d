//! Muting: what to leave out and for how long, and what is left out already. A small sheet of
//! choices over the foot of the panes.

use crossterm::event::KeyCode;
use jiff::tz::TimeZone;

use super::change::Change;
use super::effect::{Effect, Question, Slot};
use super::prompt::{Prompt, Purpose, Wrong};
use super::{State, articles, typing, undoing};
use crate::clean;
use crate::config::Key;
use crate::model::query::{NoTime, When};
use crate::model::time::DAY;
use crate::model::{Mute, MuteRow, Muted, Query, StoryId, Time};
use crate::text::Clean;
use crate::text::width::fit;

/// The most words of a headline that are offered.
pub const OFFERED: usize = 4;

/// Columns of a headline that names a story.
const NAMED: usize = 60;

/// What can be muted, for how long, and what is muted.
#[derive(Clone, Debug)]
pub struct Muting {
    /// What can be muted.
    pub offers: Vec<Offer>,
    /// What is muted, with what each hides.
    pub rows: Vec<MuteRow>,
    /// The selected line: an offer, or behind them a mute.
    pub cursor: usize,
    /// For how long.
    pub term: Term,
    /// Until when, if that was typed.
    pub until: Option<Time>,
    /// Whether what is muted is known.
    pub loaded: bool,
}

/// Something that can be muted.
#[derive(Clone, Debug, PartialEq)]
pub enum Offer {
    /// The story of the selected article, by its headline.
    Story(StoryId, Clean),
    /// A word of its headline.
    Word(Clean),
    /// The search that is on.
    Search(Query),
    /// Something that is yet to be typed.
    Typed,
}

impl Offer {
    /// What it is called.
    #[must_use]
    pub fn said(&self) -> Clean {
        match self {
            Self::Story(_, headline) => clean!("this story: {}", fit(headline.as_str(), NAMED)),
            Self::Word(word) => clean!("“{word}”"),
            Self::Search(query) => clean!("this search: {query}"),
            Self::Typed => Clean::new("another word or search …"),
        }
    }
}

/// For how long something is muted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Term {
    /// A day.
    Day,
    /// A week.
    #[default]
    Week,
    /// Thirty days.
    Month,
    /// Until it is lifted.
    Good,
    /// Until a day that is typed: [`Muting::until`].
    Date,
}

impl Term {
    /// Every term, the shortest first.
    pub const ALL: [Self; 5] = [Self::Day, Self::Week, Self::Month, Self::Good, Self::Date];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Day => "a day",
            Self::Week => "a week",
            Self::Month => "a month",
            Self::Good => "good",
            Self::Date => "until …",
        }
    }

    fn days(self) -> Option<i64> {
        match self {
            Self::Day => Some(1),
            Self::Week => Some(7),
            Self::Month => Some(30),
            Self::Good | Self::Date => None,
        }
    }

    fn other(self, longer: bool) -> Self {
        let at = Self::ALL.iter().position(|term| *term == self).unwrap_or(0);
        let at = at.saturating_add_signed(if longer { 1 } else { -1 });
        Self::ALL.get(at).copied().unwrap_or(self)
    }
}

impl Muting {
    /// When a mute of that term ends, if it begins `now`; `None` is never.
    #[must_use]
    pub fn ends(&self, now: Time) -> Option<Time> {
        match self.term {
            Term::Date => self.until,
            term => term.days().map(|days| Time(now.0.saturating_add(days * DAY))),
        }
    }

    /// The selected mute.
    #[must_use]
    pub fn selected_row(&self) -> Option<&MuteRow> {
        self.rows.get(self.cursor.checked_sub(self.offers.len())?)
    }

    fn clamp(&mut self) {
        self.cursor = self.cursor.min((self.offers.len() + self.rows.len()).saturating_sub(1));
    }
}

/// Opens the choices for the target.
pub(super) fn open(state: &mut State, effects: &mut Vec<Effect>) {
    let (article, story) = (articles::target(state).map(|row| row.id), story(state));
    let search = state.headlines.view.query.clone().map(Offer::Search);
    let offers = story.into_iter().chain(search).chain([Offer::Typed]).collect();
    state.muting =
        Some(Muting { offers, rows: Vec::new(), cursor: 0, term: Term::default(), until: None, loaded: false });
    state.ask(Question::Mutes { article }, effects);
}

/// The story of the target, to be muted.
fn story(state: &State) -> Option<Offer> {
    let row = articles::target(state)?;
    let id = row.fold.as_ref().map_or(StoryId::alone(row.id), |fold| fold.story);
    Some(Offer::Story(id, row.title.clone()))
}

/// Offers the story of the target where the choices were opened before the list was there. What is selected
/// stays selected.
pub(super) fn list_came(state: &mut State, effects: &mut Vec<Effect>) {
    let (article, story) = (articles::target(state).map(|row| row.id), story(state));
    let (Some(muting), Some(story)) = (&mut state.muting, story) else { return };
    if matches!(muting.offers.first(), Some(Offer::Story(..))) {
        return;
    }
    muting.offers.insert(0, story);
    muting.cursor += 1;
    // Its words come with the answer.
    muting.loaded = false;
    state.ask(Question::Mutes { article }, effects);
}

/// Takes the heaviest words of the headline, and what is muted.
pub(super) fn put(state: &mut State, words: Vec<Clean>, rows: Vec<MuteRow>) {
    let Some(muting) = &mut state.muting else { return };
    if !muting.loaded {
        // Under the story. What one may have chosen already stays chosen.
        let at = usize::from(matches!(muting.offers.first(), Some(Offer::Story(..))));
        let words: Vec<Offer> = words.into_iter().take(OFFERED).map(Offer::Word).collect();
        muting.cursor += if muting.cursor >= at && at > 0 && muting.cursor > 0 { words.len() } else { 0 };
        muting.offers.splice(at..at, words);
    }
    muting.rows = rows;
    muting.loaded = true;
    muting.clamp();
}

/// A key while the choices are open.
pub(super) fn press(state: &mut State, key: Key, effects: &mut Vec<Effect>) {
    let Some(muting) = &mut state.muting else { return };
    match key.code() {
        KeyCode::Down | KeyCode::Char('j') => {
            muting.cursor += 1;
            muting.clamp();
        }
        KeyCode::Up | KeyCode::Char('k') => muting.cursor = muting.cursor.saturating_sub(1),
        // Behind the last term: another date.
        KeyCode::Right | KeyCode::Tab | KeyCode::Char('l') if muting.term == Term::Date => {
            typing::open(state, Purpose::MuteUntil);
        }
        KeyCode::Right | KeyCode::Tab | KeyCode::Char('l') => muting.term = muting.term.other(true),
        KeyCode::Left | KeyCode::BackTab | KeyCode::Char('h') => muting.term = muting.term.other(false),
        KeyCode::Enter | KeyCode::Char(' ') => choose(state, effects),
        KeyCode::Char('u') => undoing::undo(state, false, 1, effects),
        KeyCode::Esc | KeyCode::Char('q' | 'M') => close(state),
        KeyCode::Char('c') if key.typed().is_none() => close(state),
        _ => {}
    }
}

fn close(state: &mut State) {
    state.muting = None;
    state.forget(Slot::Mutes);
}

/// Mutes what is selected, or lifts the selected mute.
pub(super) fn choose(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(muting) = &mut state.muting else { return };
    if let Some(row) = muting.selected_row().cloned() {
        muting.rows.retain(|other| other.id != row.id);
        muting.clamp();
        let mute = Mute { what: row.what, until: row.until };
        return articles::change(state, Change::Mute { mute, said: row.said, to: false, asked: true }, effects);
    }
    if muting.term == Term::Date && muting.until.is_none() {
        return typing::open(state, Purpose::MuteUntil);
    }
    let until = muting.ends(state.now);
    match muting.offers.get(muting.cursor) {
        Some(Offer::Story(id, headline)) => {
            let said = clean!("“{}”", fit(headline.as_str(), NAMED));
            let mute = Mute { what: Muted::Story(*id), until };
            mute_it(state, mute, said, effects);
        }
        Some(Offer::Word(word)) => {
            let (word, said) = (word.as_str().replace('"', " "), clean!("“{word}”"));
            // A word within quotes is a query that can always be read.
            if let Ok(query) = Query::parse(&format!("\"{word}\"")) {
                mute_it(state, Mute { what: Muted::Query(query), until }, said, effects);
            }
        }
        Some(Offer::Search(query)) => {
            let (mute, said) = (Mute { what: Muted::Query(query.clone()), until }, clean!("“{query}”"));
            mute_it(state, mute, said, effects);
        }
        Some(Offer::Typed) => typing::open(state, Purpose::Mute),
        None => {}
    }
}

/// Mutes what a person typed: any query. One that cannot be read stays in the line, with what is
/// wrong with it.
pub(super) fn typed(state: &mut State, mut prompt: Prompt, effects: &mut Vec<Effect>) {
    let until = state.muting.as_ref().and_then(|muting| muting.ends(state.now));
    match Query::parse(prompt.text()) {
        Ok(query) => {
            let said = clean!("“{}”", prompt.text().trim().trim_matches('"'));
            mute_it(state, Mute { what: Muted::Query(query), until }, said, effects);
        }
        Err(error) => {
            prompt.error = Some(error.into());
            state.prompt = Some(prompt);
        }
    }
}

/// Takes the end that a person typed. One that cannot be read stays in the line, with what would be right.
pub(super) fn ends(state: &mut State, mut prompt: Prompt) {
    let Some(muting) = &mut state.muting else { return };
    match When::to_come(prompt.text(), state.now, &state.zone) {
        Ok(until) => (muting.term, muting.until) = (Term::Date, Some(until)),
        Err(why) => {
            prompt.error = Some(Wrong { at: 0..prompt.text().len(), message: no_time(why) });
            state.prompt = Some(prompt);
        }
    }
}

/// Why what was typed is no moment to come, and what would be one.
pub(super) fn no_time(why: NoTime) -> Clean {
    let what = match why {
        NoTime::Unknown => "this is no time",
        NoTime::Over => "this is over already",
    };
    clean!("{what} ({})", NoTime::HINT)
}

/// Mutes it, and closes the choices.
pub(super) fn mute_it(state: &mut State, mute: Mute, said: Clean, effects: &mut Vec<Effect>) {
    close(state);
    articles::change(state, Change::Mute { mute, said, to: true, asked: true }, effects);
}

/// What is said once a mute is stored, or lifted.
#[must_use]
pub(super) fn told(mute: &Mute, said: &Clean, to: bool, (now, zone): (Time, &TimeZone), undo: &Clean) -> Clean {
    match (to, mute.until) {
        (false, _) => clean!("{said} is no longer muted. {undo} mutes it again."),
        (true, None) => clean!("{said} is muted for good. {undo} takes it back."),
        (true, Some(until)) => {
            let year = if until.format("%Y", zone) == now.format("%Y", zone) { "" } else { " %Y" };
            clean!("{said} is muted until {}. {undo} takes it back.", until.format(&format!("%-d %B{year}"), zone))
        }
    }
}
