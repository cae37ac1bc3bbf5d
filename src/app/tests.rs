//! Stories of the core: keys in, state and work out, with a store that is a list.

use std::sync::Arc;

use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::layout::lay_out;
use super::muting::Offer;
use super::sample::{self, NOW};
use super::*;
use crate::config::{Config, Key, KeySeq, MarkRead};
use crate::model::{Anchor, ArticleId, Brief, FeedAddress, Headline, Only, Page, Scope, StoryPage, View};

/// The reader with a world that answers every question at once, unless it is told not to.
struct Story {
    state: State,
    stored: Vec<Headline>,
    /// Work that the world did not answer.
    work: Vec<Effect>,
    /// Questions that were held back.
    held: Vec<(Ticket, Question)>,
    hold: bool,
    broken: bool,
}

impl Story {
    fn of(articles: i64) -> Self {
        Self::with(articles, Config::default(), (120, 40))
    }

    fn with(articles: i64, config: Config, size: (u16, u16)) -> Self {
        let (state, effects) = State::new(Arc::new(config), size, NOW, TimeZone::UTC);
        let stored = (1..=articles).map(sample::headline).collect();
        let mut story = Self { state, stored, work: Vec::new(), held: Vec::new(), hold: false, broken: false };
        story.world(effects);
        story
    }

    fn keys(&mut self, keys: &str) -> &mut Self {
        for key in keys.split(' ') {
            let keys: KeySeq = key.parse().unwrap();
            for key in keys.keys() {
                self.event(Event::Key(*key));
            }
        }
        self.event(Event::KeyAwaited);
        self
    }

    fn typed(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            self.event(Event::Key(Key::plain(crossterm::event::KeyCode::Char(c))));
        }
        self
    }

    fn event(&mut self, event: Event) {
        let effects = update(&mut self.state, event, NOW);
        self.world(effects);
    }

    fn world(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Ask(ticket, question) if self.hold => self.held.push((ticket, question)),
                Effect::Ask(ticket, question) => self.answer(ticket, &question),
                Effect::Change(change) => {
                    self.work.push(Effect::Change(change.clone()));
                    let outcome = self.store(&change);
                    self.event(Event::Changed(Changed { change, outcome }));
                }
                other => self.work.push(other),
            }
        }
    }

    fn answer(&mut self, ticket: Ticket, question: &Question) {
        let answer = match question {
            Question::Doomed { .. } => Answer::Doomed(0),
            Question::Linked { link } => Answer::Linked(link.clone(), None),
            Question::Page { view, anchor, limit } => Answer::Page(self.page(view, *anchor, *limit)),
            Question::Article { id, measure, .. } => {
                let article = Arc::new(sample::article(id.0, 30));
                let laid_out = Arc::new(lay_out(&article, measure, &TimeZone::UTC));
                Answer::Article(self.stored.iter().any(|row| row.id == *id).then_some((article, laid_out)))
            }
            Question::Layout { article, measure } => {
                Answer::LaidOut(Arc::new(lay_out(article, measure, &TimeZone::UTC)))
            }
            Question::Related { id, .. } => Answer::Related((1..4).map(|n| sample::related(id.0 + n)).collect(), 10),
            Question::Sources => Answer::Sources(sample::sources()),
            Question::WrittenOut { .. } => Answer::WrittenOut(None),
            Question::Memory => Answer::Memory(Vec::new()),
            Question::Matches { .. } => Answer::Matches(Vec::new(), ArticleId(0)),
            Question::SavedCounts => Answer::SavedCounts(Vec::new()),
            Question::Stories { .. } => Answer::Stories(StoryPage::default()),
            Question::Members { story } => {
                let members = (0..3).map(|n| sample::headline(1000 + 10 * story.0 + n));
                Answer::Members(members.collect())
            }
            Question::Timeline { .. } => Answer::Timeline(None),
            Question::Brief => Answer::Brief(Brief { since: NOW, stories: Vec::new(), total: 0 }, false),
            Question::Quotations { laid_out, lang } => {
                Answer::Quotations(laid_out.clone(), quoting::of(laid_out, lang.as_ref()))
            }
            Question::Mutes { .. } => Answer::Mutes(vec!["Gannet".into()], Vec::new()),
        };
        self.event(Event::Answer(ticket, answer));
    }

    fn page(&self, view: &View, anchor: Anchor, limit: usize) -> Page {
        let fits = |row: &&Headline| match view.only {
            Only::All => true,
            Only::Unread => !row.read,
            Only::Bookmarked => row.bookmarked,
        };
        let all: Vec<Headline> = self.stored.iter().filter(fits).cloned().collect();
        let from = match anchor {
            Anchor::Newest => 0,
            Anchor::Oldest => all.len().saturating_sub(limit),
            Anchor::OlderThan(key) => all.partition_point(|row| row.key() >= key),
            Anchor::NewerThan(key) => all.partition_point(|row| row.key() > key).saturating_sub(limit),
            Anchor::Around(key) => all.partition_point(|row| row.key() > key).saturating_sub(limit / 2),
        };
        let to = match anchor {
            Anchor::NewerThan(key) => all.partition_point(|row| row.key() > key),
            _ => (from + limit).min(all.len()),
        };
        Page { rows: all[from..to].to_vec(), at_newest: from == 0, at_oldest: to == all.len(), ..Page::default() }
    }

    fn store(&mut self, change: &Change) -> Result<Arc<[ArticleId]>, Problem> {
        if self.broken {
            return Err(Problem { message: "The disk is full.".into(), hint: None });
        }
        let mut changed = Vec::new();
        for row in &mut self.stored {
            let here = match change {
                Change::Read { ids, .. } | Change::Bookmark { ids, .. } => ids.contains(&row.id),
                Change::AllRead { .. } => true,
                _ => false,
            };
            let (field, to) = match change {
                Change::Bookmark { to, .. } => (&mut row.bookmarked, *to),
                Change::Read { to, .. } => (&mut row.read, *to),
                _ => (&mut row.read, true),
            };
            if here && *field != to {
                *field = to;
                changed.push(row.id);
            }
        }
        Ok(changed.into())
    }

    fn selected(&self) -> i64 {
        self.state.headlines.selected().map_or(0, |row| row.id.0)
    }

    fn reading(&self) -> i64 {
        self.state.reading.current().map_or(0, |shown| shown.headline.id.0)
    }

    fn said(&self) -> String {
        match &self.state.notice {
            Some(Notice::Said(words)) => words.to_string(),
            Some(Notice::Trouble(problem)) => format!("! {}", problem.message),
            None => String::new(),
        }
    }
}

#[test]
fn the_article_follows_the_cursor_and_counts_apply() {
    let mut story = Story::of(50);
    assert_eq!((story.selected(), story.reading()), (1, 1));
    story.keys("j j 5 j");
    assert_eq!((story.selected(), story.reading()), (8, 8));
    story.keys("k G");
    assert_eq!(story.reading(), 50);
    story.keys("g");
    assert_eq!(story.selected(), 1);
    assert!(!story.stored[0].read, "looking is not reading");
}

#[test]
fn opening_marks_read_and_arrows_walk_related_news() {
    let mut story = Story::of(50);
    story.keys("j enter");
    assert!(story.stored[1].read);
    assert_eq!(story.state.focus, Pane::Article);
    story.keys("down down enter");
    assert_eq!(story.reading(), 4, "the second item of article 2");
    story.keys("down enter backspace");
    assert_eq!(story.reading(), 4);
    story.keys("backspace");
    assert_eq!(story.reading(), 2);
    story.keys("] ]");
    assert_eq!(story.reading(), 5);
    story.keys("q");
    assert_eq!((story.state.focus, story.selected(), story.reading()), (Pane::Headlines, 2, 2));
}

#[test]
fn reading_by_hand_only_when_settings_say_so() {
    let config = Config { mark_read: MarkRead::Manual, ..Config::default() };
    let mut story = Story::with(5, config, (120, 40));
    story.keys("enter");
    assert!(!story.stored[0].read);
    let config = Config { mark_read: MarkRead::Scroll, ..Config::default() };
    let mut story = Story::with(5, config, (120, 40));
    story.keys("j j");
    assert!(story.stored[0].read && story.stored[1].read && !story.stored[2].read);
}

#[test]
fn several_changes_are_undone_one_by_one() {
    let mut story = Story::of(9);
    story.keys("m b A");
    assert!(story.stored.iter().all(|row| row.read));
    assert!(story.stored[0].bookmarked);
    story.keys("u");
    assert_eq!(story.stored.iter().filter(|row| row.read).count(), 1);
    story.keys("u u");
    assert!(story.stored.iter().all(|row| !row.read && !row.bookmarked));
    assert!(story.state.headlines.rows.iter().all(|row| !row.read && !row.bookmarked), "the screen says the same");
    story.keys("u");
    assert_eq!(story.said(), "Nothing to undo since the start.");
    story.keys("ctrl-r ctrl-r ctrl-r");
    assert!(story.stored.iter().all(|row| row.read) && story.stored[0].bookmarked);
}

#[test]
fn what_could_not_be_stored_is_put_back() {
    let mut story = Story::of(9);
    story.broken = true;
    story.keys("b");
    assert!(!story.state.headlines.rows[0].bookmarked);
    assert_eq!(story.said(), "! The disk is full.");
    story.keys("u");
    assert_eq!(story.said(), "Nothing to undo since the start.");
}

/// Keys while the store is busy: what they change is answered afterwards, in order.
fn slow(story: &mut Story, keys: &str) -> Vec<Change> {
    let mut changes = Vec::new();
    for key in keys.split(' ') {
        let keys: KeySeq = key.parse().unwrap();
        for key in keys.keys() {
            let effects = update(&mut story.state, Event::Key(*key), NOW);
            let (change, other): (Vec<_>, Vec<_>) =
                effects.into_iter().partition(|effect| matches!(effect, Effect::Change(_)));
            changes.extend(change.into_iter().filter_map(|effect| match effect {
                Effect::Change(change) => Some(change),
                _ => None,
            }));
            story.world(other);
        }
    }
    changes
}

#[test]
fn what_is_not_stored_yet_is_taken_back_all_the_same() {
    let mut story = Story::of(9);
    story.keys("j b k");
    let changes = slow(&mut story, "b u");
    assert!(!story.state.headlines.rows[0].bookmarked && story.state.headlines.rows[1].bookmarked);
    story.world(changes.into_iter().map(Effect::Change).collect());
    assert!(!story.stored[0].bookmarked && story.stored[1].bookmarked, "the newest change, not the one before");

    let mut changes = slow(&mut story, "A u");
    assert_eq!(changes.len(), 1, "what marking a list changes is not known yet");
    story.world(changes.drain(..).map(Effect::Change).collect());
    assert!(story.stored.iter().all(|row| !row.read));
}

#[test]
fn an_answer_read_before_a_change_was_stored_does_not_undo_it_on_the_screen() {
    let mut story = Story::of(9);
    let changes = slow(&mut story, "down enter down enter");
    assert!(!changes.is_empty() && story.reading() > 0);
    assert!(story.state.reading.current().unwrap().headline.read, "opened, though the store does not know yet");
    story.hold = true;
    story.world(vec![]);
    story.keys(".");
    let held = std::mem::take(&mut story.held);
    let before = story.stored.clone();
    story.hold = false;
    story.world(changes.into_iter().map(Effect::Change).collect());
    let after = std::mem::replace(&mut story.stored, before);
    for (ticket, question) in held {
        story.answer(ticket, &question);
    }
    let shown = story.state.headlines.rows.iter().filter(|row| row.read).count();
    assert_eq!(shown, after.iter().filter(|row| row.read).count());
}

#[test]
fn a_layout_that_comes_late_is_not_shown_for_the_next_article() {
    let mut story = Story::of(9);
    story.keys("enter");
    story.hold = true;
    story.event(Event::Resize(60, 30));
    story.keys("q j");
    let held = std::mem::take(&mut story.held);
    story.hold = false;
    let (layouts, others): (Vec<_>, Vec<_>) = held.into_iter().partition(|(_, q)| q.slot() == Slot::Layout);
    assert!(!layouts.is_empty());
    for (ticket, question) in others {
        story.answer(ticket, &question);
    }
    let title = |story: &Story| story.state.reading.current().unwrap().laid_out.rows[0].clone();
    let own = title(&story);
    for (ticket, question) in layouts {
        story.answer(ticket, &question);
    }
    assert_eq!((story.reading(), title(&story)), (2, own));
}

#[test]
fn a_layout_that_fails_is_not_asked_for_again_and_again() {
    let mut story = Story::of(9);
    story.keys("enter");
    story.hold = true;
    story.event(Event::Resize(60, 30));
    let (ticket, _) = story.held.drain(..).find(|(_, question)| question.slot() == Slot::Layout).unwrap();
    let problem = Problem { message: "An internal error stopped this.".into(), hint: None };
    story.event(Event::Answer(ticket, Answer::Failed(problem)));
    assert!(story.held.is_empty());
}

#[test]
fn the_position_is_remembered_when_the_terminal_goes_away() {
    let mut story = Story::of(9);
    story.keys("enter ctrl-d");
    story.event(Event::Ending);
    assert!(matches!(story.work.last(), Some(Effect::Change(Change::Position { position: 1.., .. }))));
}

#[test]
fn rows_that_are_far_away_are_fetched_as_one_goes() {
    let mut story = Story::of(5_000);
    for _ in 0..60 {
        story.keys("pgdn");
    }
    assert!(story.selected() > 500);
    story.keys("G");
    assert_eq!(story.selected(), 5_000);
    for _ in 0..40 {
        story.keys("pgup");
    }
    let here = story.selected();
    assert!(here < 4_800, "{here}");
    assert!(story.state.headlines.rows.len() <= 1_400);
    story.keys("g");
    assert_eq!(story.selected(), 1);
}

#[test]
fn the_next_unread_article_is_found_however_far() {
    let mut story = Story::of(900);
    for row in &mut story.stored[..700] {
        row.read = true;
    }
    story.state.headlines.rows.iter_mut().for_each(|row| row.read = true);
    story.keys("n");
    assert_eq!(story.selected(), 701);
    story.keys("enter g space space space space space space space space");
    assert_eq!(story.state.focus, Pane::Article);
    assert!(story.reading() > 701, "space at the end goes on to the next unread article");
    assert_eq!(story.reading(), story.selected());
}

#[test]
fn an_answer_that_is_no_longer_wanted_is_dropped() {
    let mut story = Story::of(9);
    story.hold = true;
    story.keys("j j j");
    story.hold = false;
    assert_eq!(story.reading(), 0, "on its way");
    let held = std::mem::take(&mut story.held);
    let (last, older) = held
        .iter()
        .filter(|(_, q)| q.slot() == Slot::Article)
        .collect::<Vec<_>>()
        .split_last()
        .map(|(l, o)| ((*l).clone(), o.to_vec()))
        .unwrap();
    story.answer(last.0, &last.1);
    assert_eq!(story.reading(), 4);
    for (ticket, question) in older {
        story.answer(*ticket, question);
    }
    assert_eq!(story.reading(), 4);
}

#[test]
fn a_search_runs_as_one_types_and_esc_goes_back_to_where_one_was() {
    let mut story = Story::of(300);
    story.keys("9 j /").typed("tide");
    assert!(story.state.searching());
    assert_eq!(story.selected(), 1);
    story.keys("esc");
    assert!(!story.state.searching());
    assert_eq!(story.selected(), 10);
    story.keys("/").typed("tide").keys("enter n");
    assert_eq!(story.selected(), 2, "n goes to the next hit");
    story.keys("q");
    assert_eq!(story.selected(), 10);
    story.keys("/").typed("is:nonsense");
    assert!(story.state.prompt.as_ref().unwrap().error.is_some());
    story.keys("esc q");
    assert!(matches!(story.work.last(), Some(Effect::Quit)));
}

#[test]
fn the_story_is_offered_to_be_muted_once_the_list_is_there() {
    let mut story = Story::of(9);
    story.keys("M");
    // As if the choices had been opened before there was a row.
    let muting = story.state.muting.as_mut().unwrap();
    muting.offers.retain(|offer| !matches!(offer, Offer::Story(..)));
    muting.cursor = 0;
    let selected = muting.offers[0].clone();
    let mut effects = Vec::new();
    muting::list_came(&mut story.state, &mut effects);
    let muting = story.state.muting.as_ref().unwrap();
    assert!(matches!(muting.offers[0], Offer::Story(..)) && !effects.is_empty(), "with its words asked for");
    assert_eq!(muting.offers[muting.cursor], selected, "what is selected stays selected");
    let before = muting.offers.len();
    muting::list_came(&mut story.state, &mut effects);
    assert_eq!(story.state.muting.as_ref().unwrap().offers.len(), before, "offered once");
}

#[test]
fn what_is_typed_ahead_waits_for_the_rows_it_is_meant_for() {
    let mut story = Story::of(9);
    story.keys("j j /");
    story.hold = true;
    story.typed("tide").keys("enter b m enter");
    assert!(story.stored.iter().all(|row| !row.read && !row.bookmarked), "the rows of the list before are left alone");
    story.hold = false;
    for (ticket, question) in std::mem::take(&mut story.held) {
        story.answer(ticket, &question);
    }
    assert_eq!((story.state.focus, story.reading()), (Pane::Article, 1), "and the first hit is opened");
}

#[test]
fn a_search_that_is_changed_and_given_up_is_as_it_was() {
    let mut story = Story::of(9);
    story.keys("/").typed("tide").keys("enter /").typed(" pier").keys("esc");
    assert_eq!(story.state.headlines.view.query.as_ref().map(ToString::to_string).as_deref(), Some("tide"));
    story.keys("q");
    assert!(!story.state.searching());
}

#[test]
fn a_filter_narrows_the_search_that_is_on_and_gives_it_back() {
    let mut story = Story::of(9);
    let query = |story: &Story| story.state.headlines.view.query.as_ref().map(ToString::to_string).unwrap_or_default();
    story.keys("/").typed("tide").keys("enter F").typed("pier").keys("enter");
    assert_eq!(
        (query(&story).as_str(), story.state.list_title().as_str()),
        ("tide pier", "Filter: pier · Search: tide")
    );
    story.keys("q");
    assert_eq!((query(&story).as_str(), story.state.list_title().as_str()), ("tide", "Search: tide"));
    for way_out in ["esc", "x esc", "x backspace esc"] {
        story.keys("F").keys(way_out);
        assert_eq!(query(&story), "tide", "{way_out}");
    }
    story.keys("q");
    assert!(!story.state.searching());
}

#[test]
fn a_search_that_is_left_before_its_answer_comes_is_not_come_back_to() {
    let mut story = Story::of(9);
    story.keys("/").typed("tide");
    story.hold = true;
    story.keys("enter enter q 3");
    story.hold = false;
    for (ticket, question) in std::mem::take(&mut story.held) {
        story.answer(ticket, &question);
    }
    assert!(!story.state.searching(), "the bookmarks are empty, which is no reason to search");
    assert_eq!(story.state.headlines.view.only, Only::Bookmarked);
    story.keys("1");
    assert_eq!(story.state.focus, Pane::Headlines, "nor is anything opened that was meant to be opened there");
}

#[test]
fn what_arrives_while_searching_is_announced_in_the_list_behind() {
    let mut story = Story::of(9);
    story.keys("/").typed("tide").keys("enter");
    story.event(Event::Refreshing(Progress { done: 1, total: 1, failed: 0, new: 4 }));
    assert_eq!(story.state.headlines.arrived, 0);
    story.keys("q");
    assert_eq!(story.state.headlines.arrived, 4);
}

#[test]
fn a_page_over_the_panes_marks_its_own_articles_and_shows_no_changes() {
    let mut story = Story::of(9);
    story.keys("W");
    let sheet = story.state.sheet.as_mut().unwrap();
    let told = |id| sheet::Entry { headline: Headline { revisions: 1, ..sample::headline(id) }, told: None, new: None };
    sheet.entries = [7, 8].map(told).into();
    story.keys("D");
    assert_eq!(story.said(), "enter opens the article first.");
    assert_eq!(story.reading(), 1, "what is behind the page stays");
    story.keys("A");
    let read: Vec<i64> = story.stored.iter().filter(|row| row.read).map(|row| row.id.0).collect();
    assert_eq!(read, [7, 8]);
    story.keys("u");
    assert!(story.stored.iter().all(|row| !row.read));
}

#[test]
fn an_undoing_that_was_refused_can_be_tried_again() {
    let mut story = Story::of(9);
    story.keys("b");
    story.broken = true;
    story.keys("u");
    assert!(story.state.headlines.rows[0].bookmarked, "still bookmarked");
    story.broken = false;
    story.keys("u");
    assert!(!story.stored[0].bookmarked);
}

#[test]
fn what_comes_in_does_not_take_the_article_away() {
    let mut story = Story::of(9);
    story.keys("j enter");
    story.event(Event::Done(Done::Subscribed {
        feed: crate::model::FeedId(2),
        title: "Field Notes".into(),
        new: 3,
        others: Vec::new(),
    }));
    assert_eq!((story.state.focus, story.reading()), (Pane::Article, 2));
    assert_eq!(story.said(), "Subscribed to Field Notes: 3 articles.");
}

#[test]
fn panes_are_walked_with_tab_and_letters() {
    let mut story = Story::of(9);
    story.keys("tab");
    assert_eq!(story.state.focus, Pane::Article);
    story.keys("l");
    assert_eq!((story.state.focus, story.state.related.cursor), (Pane::Related, Some(0)));
    story.keys("tab");
    assert_eq!(story.state.focus, Pane::Headlines);
    story.keys("shift-tab h h h");
    assert_eq!(story.state.focus, Pane::Headlines);
    story.keys("S j j j j enter");
    assert_eq!(story.state.headlines.view.scope, crate::model::Scope::Feed(crate::model::FeedId(1)));
    assert_eq!(story.state.focus, Pane::Headlines);
}

#[test]
fn a_resize_keeps_the_row_and_the_line() {
    let mut story = Story::of(300);
    story.keys("5 0 j enter ctrl-d ctrl-d");
    let line = |story: &Story| story.state.reading.current().map(|shown| shown.laid_out.rows[shown.top].place).unwrap();
    let (row, place) = (story.selected(), line(&story));
    for size in [(80, 24), (40, 12), (200, 60), (1, 1), (0, 0), (120, 40)] {
        story.event(Event::Resize(size.0, size.1));
        assert_eq!(story.selected(), row);
    }
    assert_eq!(line(&story).block, place.block);
}

#[test]
fn what_arrives_is_announced_and_does_not_move_the_list() {
    let mut story = Story::of(40);
    story.keys("j j R");
    story.event(Event::Refreshed(Summary {
        progress: Progress { done: 3, total: 3, failed: 1, new: 7 },
        cancelled: false,
        feeds: vec![FeedNews {
            title: "News".into(),
            trouble: Some("news.example did not answer".into()),
            ..FeedNews::default()
        }],
        next: None,
    }));
    assert_eq!((story.selected(), story.state.headlines.arrived), (3, 7));
    assert_eq!(story.said(), "3 feeds, 7 new, 1 failed: news.example did not answer. I shows which.");
    story.keys(".");
    assert_eq!((story.selected(), story.state.headlines.arrived), (1, 0));
}

#[test]
fn a_figure_is_a_list_alone_and_a_count_before_a_key() {
    let at = |keys: &str| {
        let mut story = Story::of(30);
        for key in keys.split(' ') {
            // A pause is the end of what was typed before.
            match key {
                "…" => story.event(Event::KeyAwaited),
                key => key.parse::<KeySeq>().unwrap().keys().iter().for_each(|key| story.event(Event::Key(*key))),
            }
        }
        let figure = story.state.pending.clone();
        (story.state.headlines.view.only, story.state.headlines.cursor, figure == Pending::default())
    };
    let all = Only::default();
    assert_eq!(at("3 j"), (all, 3, true));
    assert_eq!(at("1 2 j"), (all, 12, true));
    assert_eq!(at("3"), (all, 0, false), "nothing happens before it is known what is meant");
    assert_eq!(at("3 …").0, Only::Bookmarked);
    assert_eq!(at("j 3 … 1 … j"), (all, 1, true), "each pause ends a figure");
    assert_eq!(at("2 b").0, Only::Unread, "what is done once does not count");
    assert_eq!(at("2 wait j").0, Only::Unread);
    assert_eq!(at("3 esc"), (all, 0, true));
}

#[test]
fn a_refresh_that_is_asked_for_follows_the_one_that_runs() {
    let mut story = Story::of(3);
    let begun = |story: &Story| -> Vec<Refresh> {
        story
            .work
            .iter()
            .filter_map(|effect| if let Effect::Refresh(which) = effect { Some(*which) } else { None })
            .collect()
    };
    let done = |cancelled| {
        let progress = Progress { done: 1, total: 1, failed: 0, new: 0 };
        Event::Refreshed(Summary { progress, cancelled, feeds: Vec::new(), next: None })
    };
    story.event(Event::RefreshDue);
    story.keys("r R r R");
    assert_eq!(story.said(), "A refresh is running; this one follows. ctrl-g cancels both.");
    assert_eq!(begun(&story), [Refresh::Due]);
    story.event(done(false));
    assert_eq!(begun(&story), [Refresh::Due, Refresh::All]);
    story.keys("R");
    assert_eq!(story.said(), "A refresh is running; ctrl-g cancels it.");
    story.event(done(false));
    assert!(story.state.refreshing.is_none());
    story.event(Event::RefreshDue);
    story.keys("R ctrl-g");
    story.event(done(true));
    assert_eq!(begun(&story), [Refresh::Due, Refresh::All, Refresh::Due]);
}

#[test]
fn a_list_is_read_anew_where_it_stands_when_all_are_in_their_stories() {
    let mut story = Story::of(300);
    story.keys("5 0 j");
    let (at, rows) = (story.state.headlines.key(), story.stored.len());
    // Folded under others, rows above and below are gone.
    story.stored.retain(|row| row.id.0 % 2 == 0 || Some(row.key()) == at);
    assert!(story.stored.len() < rows);
    story.event(Event::Done(Done::InStories));
    assert_eq!(story.state.headlines.key(), at);
    assert!(story.state.headlines.rows.iter().all(|row| row.headline.id.0 % 2 == 0 || Some(row.key) == at));
    assert_eq!(story.said(), "All articles are in their stories.");
}

#[test]
fn the_sample_goes_without_taking_the_persons_list_along() {
    let mut story = Story::of(5);
    let mut only_edition = sample::sources();
    only_edition.feeds.iter_mut().for_each(|feed| feed.address = FeedAddress::Edition);
    story.state.drawer.sources = only_edition.clone();
    story.keys("/").typed("tide").keys("enter");
    story.event(Event::Done(Done::Said("Real news has come.".into())));
    assert!(story.state.searching() && !story.state.drawer.sources.only_edition());
    story.keys("esc");
    assert_eq!((story.state.searching(), story.state.headlines.rows.len()), (false, 5));

    story.state.drawer.sources = only_edition;
    let feed = sample::sources().feeds[0].id;
    story.event(Event::Done(Done::Subscribed { feed, title: "The Harbour Post".into(), new: 5, others: Vec::new() }));
    assert_eq!(story.state.headlines.view.scope, Scope::Feed(feed));
}

#[test]
fn an_export_that_has_ended_is_not_cancelled_any_more() {
    let mut story = Story::of(5);
    story.keys("e enter").typed("x").keys("enter");
    assert!(matches!(story.work.last(), Some(Effect::Export(_))));
    // What is said by the way ends no export.
    story.event(Event::Done(Done::Said("Real news has come.".into())));
    story.keys("ctrl-g");
    assert!(matches!(story.work.last(), Some(Effect::CancelRefresh)));
    story.event(Event::Done(Done::Exported("5 articles are in x.".into())));
    let before = story.work.len();
    story.keys("ctrl-g");
    assert_eq!((story.said(), story.work.len()), ("Nothing is being fetched.".into(), before));
}

#[test]
fn pasted_text_is_not_taken_for_keys() {
    let mut story = Story::of(5);
    story.event(Event::Paste("qqqAAA".into()));
    assert!(story.stored.iter().all(|row| !row.read));
    story.event(Event::Paste("https://news.example/feed".into()));
    story.keys("enter");
    assert!(
        matches!(story.work.last(), Some(Effect::Subscribe(address)) if address.as_str() == "https://news.example/feed")
    );
}

fn some_key() -> impl Strategy<Value = Key> {
    use crossterm::event::{KeyCode, KeyModifiers};
    prop_oneof![
        proptest::char::range(' ', '~').prop_map(|c| Key::plain(KeyCode::Char(c))),
        proptest::char::range('a', 'z')
            .prop_filter("the way out", |c| *c != 'c')
            .prop_map(|c| Key::new(KeyCode::Char(c), KeyModifiers::CONTROL)),
        proptest::sample::select(vec![
            KeyCode::Enter,
            KeyCode::Esc,
            KeyCode::Tab,
            KeyCode::Up,
            KeyCode::Down,
            KeyCode::Left,
            KeyCode::Right,
            KeyCode::Backspace,
            KeyCode::PageDown,
            KeyCode::Home
        ])
        .prop_map(Key::plain),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_keys_on_any_screen_can_break_it(
        articles in 0_i64..500,
        keys in proptest::collection::vec((some_key(), 0_u16..220, 0_u16..70), 1..60),
    ) {
        let mut story = Story::of(articles);
        for (key, columns, rows) in keys {
            if columns % 5 == 0 {
                story.event(Event::Resize(columns, rows));
            }
            story.event(Event::Key(key));
            let (columns, rows) = story.state.size;
            let mut terminal = ratatui::Terminal::new(ratatui::backend::TestBackend::new(columns, rows)).unwrap();
            let theme = crate::config::Theme::none();
            terminal.draw(|frame| crate::ui::view(&story.state, &theme, frame)).unwrap();
        }
    }
}
