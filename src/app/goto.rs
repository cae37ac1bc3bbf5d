//! Go to anything: lists, saved searches, folders, feeds, tags, headlines at hand and commands, found
//! by some of their letters.

use std::sync::Arc;

use super::effect::Effect;
use super::geometry::Pane;
use super::prompt::{Prompt, Purpose};
use super::{State, act, articles, letters, lists, macros, memory, piping, undoing};
use crate::clean;
use crate::model::query::Expr;
use crate::model::{Action, ArticleId, Only, Query, Scope, Shelf, View};
use crate::text::Clean;
use crate::text::fold::fold;
use crate::text::fuzzy::{Fuzzy, Haystack};

/// The most that is found: who sees more types another letter.
const MOST: usize = 200;

/// The most headlines of the list that are offered.
const HEADLINES: usize = 400;

/// What it lends a name to have been gone to lately, in the matcher's points (a letter is worth 16).
const LATELY: u32 = 12;

/// What it lends a name to begin with what is typed, in the same points: who types the first letters of a
/// name means it rather than a headline with them in its middle. More than [`LATELY`], and less than a letter.
const BEGUN: u32 = 14;

/// What is offered, and what of it fits.
#[derive(Clone, Debug)]
pub struct GoTo {
    entries: Arc<[Entry]>,
    /// What fits what is typed, best first.
    pub found: Vec<Found>,
    /// The selected one.
    pub cursor: usize,
}

/// Something to go to.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    name: Clean,
    kind: Kind,
    target: Target,
    /// What it is remembered by: its kind and name.
    key: Clean,
    /// How lately it was gone to: 1 for the last time; `None` for not that one knows.
    lately: Option<usize>,
    hay: Haystack,
}

/// What kind of thing one can go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// One of the fixed lists.
    List,
    /// A saved search.
    Saved,
    /// A folder.
    Folder,
    /// A feed.
    Feed,
    /// A tag.
    Tag,
    /// A mark.
    Mark,
    /// A headline of the list.
    Headline,
    /// Keys under a name.
    Macro,
    /// A program to share with.
    Share,
    /// Something that was done, and can be taken back.
    Done,
    /// Something that was taken back, and can be done again.
    Undone,
    /// Something to do.
    Command(Action),
}

impl Kind {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Saved => "saved search",
            Self::Folder => "folder",
            Self::Feed => "feed",
            Self::Tag => "tag",
            Self::Mark => "mark",
            Self::Headline => "headline",
            Self::Macro => "macro",
            Self::Share => "program",
            Self::Done => "undo",
            Self::Undone => "do again",
            Self::Command(_) => "command",
        }
    }
}

/// Where it leads.
#[derive(Clone, Debug)]
pub(super) enum Target {
    View(View),
    Stories,
    Article(ArticleId),
    Do(Action),
    /// The keys of that name.
    Macro(Clean),
    /// The share target of that number.
    Share(usize),
    /// So many steps taken back or, the other way, done again.
    Undo(usize, bool),
}

/// Something that fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    entry: usize,
    /// The letters of its name that fit, as numbers of its graphemes.
    pub letters: Vec<usize>,
}

impl GoTo {
    /// The name and the kind of something found.
    #[must_use]
    pub fn shown(&self, found: &Found) -> (&Clean, Kind) {
        let entry = &self.entries[found.entry];
        (&entry.name, entry.kind)
    }

    /// How many things there are to choose from, fitting or not.
    #[must_use]
    pub fn offered(&self) -> usize {
        self.entries.len()
    }

    /// Everything there is to go to. Linear in the feeds.
    fn of(state: &State) -> Self {
        Self::among(entries(state))
    }

    /// A choice of these.
    pub(super) fn among(entries: Vec<Entry>) -> Self {
        let mut all = Self { entries: entries.into(), found: Vec::new(), cursor: 0 };
        all.look_for("");
        all
    }

    /// Finds what fits `typed`, best first; with nothing typed all, what one went to last first.
    /// Linear in all there is.
    fn look_for(&mut self, typed: &str) {
        self.cursor = 0;
        if typed.trim().is_empty() {
            let mut order: Vec<usize> = (0..self.entries.len()).collect();
            order.sort_by_key(|at| self.entries[*at].lately.unwrap_or(usize::MAX));
            self.found = order.into_iter().map(|entry| Found { entry, letters: Vec::new() }).collect();
            return;
        }
        let mut fuzzy = Fuzzy::new(typed.trim());
        let wanted = fold(typed.trim());
        let mut scored: Vec<(u32, usize)> = Vec::new();
        for (at, entry) in self.entries.iter().enumerate() {
            if let Some(score) = fuzzy.score(&entry.hay) {
                let lately = if entry.lately.is_some() { LATELY } else { 0 };
                let begun = if entry.begins(&wanted) { BEGUN } else { 0 };
                scored.push((score + lately + begun, at));
            }
        }
        // Those of the same rank in the order in which they are offered.
        scored.sort_by_key(|(score, at)| (std::cmp::Reverse(*score), *at));
        scored.truncate(MOST);
        let found = |(_, entry): (u32, usize)| {
            let letters = fuzzy.letters(self.entries[entry].name.as_str());
            Found { entry, letters }
        };
        self.found = scored.into_iter().map(found).collect();
    }
}

impl Entry {
    /// Something to choose.
    pub(super) fn new(name: Clean, kind: Kind, target: Target) -> Self {
        // A command is remembered by its name, which does not change with its description.
        let key = match kind {
            Kind::Command(action) => clean!("{} {action}", kind.name()),
            _ => clean!("{} {name}", kind.name()),
        };
        let hay = Haystack::new(name.as_str());
        Self { name, kind, target, key, lately: None, hay }
    }

    /// Whether the name begins with `typed`, which is folded. A headline is remembered by any of its words,
    /// not by its first.
    fn begins(&self, typed: &str) -> bool {
        self.kind != Kind::Headline && fold(self.name.as_str()).starts_with(typed)
    }
}

fn entries(state: &State) -> Vec<Entry> {
    let sources = &state.drawer.sources;
    let gone = state.memory.lines(Shelf::Gone);
    let entry = |name: Clean, kind: Kind, target: Target| {
        let entry = Entry::new(name, kind, target);
        let lately = gone.iter().rev().position(|line| *line == entry.key).map(|back| back + 1);
        Entry { lately, ..entry }
    };
    let view = |scope, only| Target::View(View { scope, only, ..View::default() });
    let everything = |only| view(Scope::Everything, only);
    let mut entries = vec![
        entry("All news".into(), Kind::List, everything(Only::All)),
        entry("Unread".into(), Kind::List, everything(Only::Unread)),
        entry("Bookmarks".into(), Kind::List, everything(Only::Bookmarked)),
        entry("Stories".into(), Kind::List, Target::Stories),
    ];
    for saved in &sources.saved {
        let view = View { query: Some(saved.query.clone()), ..View::default() };
        entries.push(entry(saved.name.clone(), Kind::Saved, Target::View(view)));
    }
    for (id, name) in &sources.folders {
        entries.push(entry(name.clone(), Kind::Folder, view(Scope::Folder(*id), Only::All)));
    }
    for feed in &sources.feeds {
        entries.push(entry(feed.title.clone(), Kind::Feed, view(Scope::Feed(feed.id), Only::All)));
    }
    for tag in &sources.tags {
        let query = Some(Query { expr: Some(Expr::Tag(tag.to_string())) });
        entries.push(entry(tag.clone(), Kind::Tag, Target::View(View { query, ..View::default() })));
    }
    for row in state.headlines.rows.iter().take(HEADLINES) {
        entries.push(entry(row.title.clone(), Kind::Headline, Target::Article(row.id)));
    }
    for (letter, id, title) in letters::marks(state) {
        entries.push(entry(clean!("{letter}: {title}"), Kind::Mark, Target::Article(id)));
    }
    for name in macros::names(state) {
        entries.push(entry(Clean::new(&name), Kind::Macro, Target::Macro(Clean::new(&name))));
    }
    for action in Action::ALL.iter().filter(|action| **action != Action::GoTo) {
        let name = clean!("{action}: {}", action.help());
        entries.push(entry(name, Kind::Command(*action), Target::Do(*action)));
    }
    entries
}

/// Opens it.
pub(super) fn open(state: &mut State) {
    state.goto = Some(GoTo::of(state));
    state.prompt = Some(Prompt::new(Purpose::GoTo, ""));
}

/// Something else is typed.
pub(super) fn typed(state: &mut State, text: &str) {
    if let Some(goto) = &mut state.goto {
        goto.look_for(text);
    }
}

/// Selects the next, or the one before.
pub(super) fn move_by(state: &mut State, by: isize) {
    if let Some(goto) = &mut state.goto {
        let last = goto.found.len().saturating_sub(1);
        goto.cursor = goto.cursor.saturating_add_signed(by).min(last);
    }
}

/// Enter: goes to what is selected.
pub(super) fn accept(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(goto) = state.goto.take() else { return };
    match goto.found.get(goto.cursor) {
        Some(found) => go(state, &goto.entries[found.entry], effects),
        None => state.say(Clean::new("Nothing is called so.")),
    }
}

/// Goes to what fits `name` best, of all but commands. Says whether there is something.
pub(super) fn to(state: &mut State, name: &str, effects: &mut Vec<Effect>) -> bool {
    let mut goto = GoTo::of(state);
    goto.look_for(name);
    let exact = |found: &&Found| goto.shown(found).0.as_str() == name;
    let place = |found: &&Found| !matches!(goto.shown(found).1, Kind::Command(_) | Kind::Macro);
    let places = || goto.found.iter().filter(place);
    let Some(found) = places().find(exact).or_else(|| places().next()) else { return false };
    go(state, &goto.entries[found.entry], effects);
    true
}

/// The names of everything but headlines and commands, for completion.
pub(super) fn names(state: &State) -> Vec<Clean> {
    let place = |entry: &Entry| !matches!(entry.kind, Kind::Headline | Kind::Macro | Kind::Command(_));
    entries(state).into_iter().filter(place).map(|entry| entry.name).collect()
}

fn go(state: &mut State, entry: &Entry, effects: &mut Vec<Effect>) {
    match entry.target {
        Target::Share(at) => return piping::share_with(state, at, effects),
        Target::Undo(steps, again) => return undoing::undo(state, again, steps, effects),
        _ => {}
    }
    memory::remember(state, Shelf::Gone, entry.key.clone(), effects);
    match &entry.target {
        Target::Do(action) => return act::perform(state, *action, None, effects),
        Target::Macro(name) => return macros::named(state, name.as_str(), 1, effects),
        _ => {}
    }
    // Whatever lay over the panes gives way.
    (state.help, state.sheet, state.behind) = (None, None, None);
    match &entry.target {
        Target::View(view) => lists::show(state, view.clone(), effects),
        Target::Stories => lists::show_stories(state, effects),
        Target::Article(id) => match state.headlines.position(*id) {
            Some(at) => {
                state.focus = Pane::Headlines;
                state.headlines.cursor = at;
                lists::cursor_moved(state, effects);
                articles::open_selected(state, effects);
            }
            None => articles::follow(state, *id, effects),
        },
        Target::Do(_) | Target::Macro(_) | Target::Share(_) | Target::Undo(..) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample;
    use crate::model::{Feed, FeedId};

    /// A thousand feeds, whose names share most of their letters, and so many headlines.
    fn reader() -> State {
        let zone = jiff::tz::TimeZone::UTC;
        let (mut state, _) = State::new(Arc::default(), (120, 40), sample::NOW, zone);
        let mut sources = sample::sources();
        let one = sources.feeds[0].clone();
        let place = ["North", "South", "East", "West", "Upper", "Lower", "Old", "New", "Great", "Little"];
        let paper =
            ["Post", "Herald", "Courier", "Gazette", "Times", "Observer", "Review", "Wire", "Journal", "Mirror"];
        let named = |n: usize| {
            let title = clean!("The {} {} {n:03}", place[n % 10], paper[n / 10 % 10]);
            Feed { id: FeedId(10 + i64::try_from(n).unwrap()), title, ..one.clone() }
        };
        sources.feeds.extend((0..1_000).map(named));
        state.drawer.sources = sources;
        state.headlines.rows = (1..=1_000).map(|id| sample::headline(id).into()).collect();
        state
    }

    fn best(goto: &GoTo) -> String {
        goto.found.first().map(|found| goto.shown(found).0.to_string()).unwrap_or_default()
    }

    #[test]
    fn of_a_thousand_feeds_the_one_that_is_meant_comes_first() {
        let mut goto = GoTo::of(&reader());
        assert!(goto.offered() > 1_400, "feeds, and as many headlines as are offered");
        for (typed, wanted) in [
            ("the great herald 718", "The Great Herald 718"),
            ("GHer718", "The Great Herald 718"),
            ("718 herald", "The Great Herald 718"),
            ("mirror 094", "The Upper Mirror 094"),
            ("Harbour Post", "The Harbour Post"),
            ("field notes", "Field Notes"),
        ] {
            goto.look_for(typed);
            assert_eq!(best(&goto), wanted, "{typed}");
        }
        goto.look_for("zzzz");
        assert!(goto.found.is_empty());
    }

    #[test]
    fn a_key_goes_through_what_there_is_once_and_keeps_little_of_it() {
        let mut state = reader();
        let mut effects = Vec::new();
        open(&mut state);
        let gathered = state.goto.as_ref().unwrap().entries.clone();
        for typed in ["e", "er", "her", "hera", "heral", "herald"] {
            super::typed(&mut state, typed);
            let goto = state.goto.as_ref().unwrap();
            assert!(Arc::ptr_eq(&gathered, &goto.entries), "nothing is gathered anew for a letter");
            assert!(!goto.found.is_empty() && goto.found.len() <= MOST);
            // Only what is kept has its letters looked for.
            assert!(goto.found.iter().all(|found| !found.letters.is_empty()));
        }
        move_by(&mut state, 5_000);
        assert_eq!(state.goto.as_ref().unwrap().cursor, state.goto.as_ref().unwrap().found.len() - 1);
        accept(&mut state, &mut effects);
        assert!(state.goto.is_none());
    }

    #[test]
    fn a_command_begun_comes_before_a_headline_with_its_letters() {
        let mut state = reader();
        state.headlines.rows[0].headline.title = "Uzbekistan expected to export more".into();
        let mut goto = GoTo::of(&state);
        for typed in ["exp", "export"] {
            goto.look_for(typed);
            assert_eq!(goto.found.first().map(|found| goto.shown(found).1), Some(Kind::Command(Action::Export)));
            assert!(goto.found.iter().any(|found| goto.shown(found).1 == Kind::Headline));
        }
        goto.look_for("uzb expected");
        assert_eq!(best(&goto), "Uzbekistan expected to export more");
    }

    #[test]
    fn of_a_name_said_whole_exactly_that_one_is_meant() {
        let mut state = reader();
        assert!(to(&mut state, "The New Wire 977", &mut Vec::new()));
        assert_eq!(state.headlines.view.scope, Scope::Feed(FeedId(10 + 977)));
        assert!(!to(&mut state, "qqqqqq", &mut Vec::new()));
    }
}
