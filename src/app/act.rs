//! What each action does where.

use super::effect::{Effect, Refresh};
use super::geometry::{Areas, Pane};
use super::help::{self, Help};
use super::prompt::Purpose;
use super::{
    Change, Shown, State, articles, feeds, found, full_text, links, lists, muting, packs, report, saved, search,
    sheets, tagging, typing, unfolding,
};
use crate::model::{Action, Anchor, Only, Scope, View};
use crate::text::Clean;

/// Does `action`, `count` times where that makes sense.
pub(super) fn perform(state: &mut State, action: Action, count: Option<usize>, effects: &mut Vec<Effect>) {
    let times = isize::try_from(count.unwrap_or(1)).unwrap_or(1);
    if state.help.is_none() && sheets::perform(state, action, times, effects) {
        return;
    }
    match action {
        Action::Next => step(state, times, effects),
        Action::Previous => step(state, -times, effects),
        Action::NextUnread => next_unread(state, true, effects),
        Action::PreviousUnread => next_unread(state, false, effects),
        Action::First => to_end(state, true, effects),
        Action::Last => to_end(state, false, effects),
        Action::LineDown => scroll(state, Distance::Lines(times), effects),
        Action::LineUp => scroll(state, Distance::Lines(-times), effects),
        Action::HalfPageDown => scroll(state, Distance::HalfPages(times), effects),
        Action::HalfPageUp => scroll(state, Distance::HalfPages(-times), effects),
        Action::PageDown => scroll(state, Distance::Pages(times), effects),
        Action::PageUp => scroll(state, Distance::Pages(-times), effects),
        Action::ReadOn => read_on(state, effects),
        Action::Open => open(state, effects),
        Action::Back => back(state, effects),
        Action::Quit => quit(state, effects),
        Action::RelatedNext => related(state, times),
        Action::RelatedPrevious => related(state, -times),
        Action::RelatedOpen => articles::open_related(state, effects),
        Action::GoBack => articles::walk_trail(state, true, effects),
        Action::GoForward => articles::walk_trail(state, false, effects),
        Action::FocusNext => cycle(state, true, effects),
        Action::FocusPrevious => cycle(state, false, effects),
        Action::FocusLeft => sideways(state, false, effects),
        Action::FocusRight => sideways(state, true, effects),
        Action::Bookmark => articles::toggle_bookmark(state, effects),
        Action::Tag => tagging::open(state),
        Action::ToggleRead => articles::toggle_read(state, effects),
        Action::MarkAllRead => articles::mark_all_read(state, effects),
        Action::Undo => articles::undo(state, false, effects),
        Action::Redo => articles::undo(state, true, effects),
        Action::FullText => full_text::full_text(state, false, effects),
        Action::Changes => full_text::changes(state, effects),
        Action::FetchAgain => full_text::full_text(state, true, effects),
        Action::AlwaysFullText => full_text::toggle_always(state, effects),
        Action::OpenBrowser => articles::browse(state, false, effects),
        Action::OpenBrowserNext => articles::browse(state, true, effects),
        Action::CopyLink => articles::copy(state, false, effects),
        Action::CopyHeadline => articles::copy(state, true, effects),
        Action::ShowAll => lists::show_only(state, Only::All, effects),
        Action::ShowUnread => lists::show_only(state, Only::Unread, effects),
        Action::ShowBookmarks => lists::show_only(state, Only::Bookmarked, effects),
        Action::ShowStories => lists::show_stories(state, effects),
        Action::ShowNew => show_new(state, effects),
        Action::Search => start_search(state),
        Action::Filter => filter(state),
        Action::SaveSearch => saved::save(state),
        Action::ChangeOrder => search::change_order(state, effects),
        Action::Unfold => unfolding::unfold(state, effects),
        Action::Fold => unfolding::fold(state, effects),
        Action::FoldStories => unfolding::switch(state, effects),
        Action::Timeline => sheets::timeline(state, effects),
        Action::Brief => sheets::brief(state, effects),
        Action::Mute => muting::open(state, effects),
        Action::Find => find(state),
        Action::Links => links::list(state, times.unsigned_abs().saturating_sub(1)),
        Action::LinkLetters => links::letters(state),
        Action::ClearSearch => clear_search(state, effects),
        Action::Sources => {
            toggle_sources(state);
            saved::ask_counts(state, effects);
        }
        Action::Add => typing::open(state, Purpose::Add),
        Action::Import => typing::open(state, Purpose::Import),
        Action::Packs => packs::open(state),
        Action::Refresh => refresh_here(state, effects),
        Action::RefreshAll => refresh(state, Refresh::All, effects),
        Action::Cancel => cancel(state, effects),
        Action::Report => report::open(state),
        Action::Rename => {
            if !saved::rename(state) {
                feeds::rename(state);
            }
        }
        Action::Move => feeds::file(state),
        Action::Unsubscribe => {
            if !saved::remove(state, effects) {
                feeds::leave(state, effects);
            }
        }
        Action::Zen => zen(state, effects),
        Action::Help => toggle_help(state),
        Action::Redraw => effects.push(Effect::Redraw),
        Action::Suspend => effects.push(Effect::Suspend),
    }
}

/// To the next hit in the article that is read, or the one before; where there is none, to another
/// article.
fn next_unread(state: &mut State, forward: bool, effects: &mut Vec<Effect>) {
    if !found::walk(state, forward) {
        lists::to_unread(state, forward, reading(state), effects);
    }
}

/// Ends what was begun last: looking for words in the article, else the search or filter.
fn clear_search(state: &mut State, effects: &mut Vec<Effect>) {
    if !(reading(state) && found::end(state)) {
        lists::end_search(state, effects);
    }
}

/// Looks for words in the article.
fn find(state: &mut State) {
    if state.reading.current().is_none() {
        return;
    }
    state.focus = Pane::Article;
    typing::open(state, Purpose::Find);
}

fn reading(state: &State) -> bool {
    matches!(state.focus, Pane::Article | Pane::Related)
}

fn step(state: &mut State, by: isize, effects: &mut Vec<Effect>) {
    match state.focus {
        Pane::Sources => {
            state.drawer.move_by(by);
            follow_drawer(state);
        }
        Pane::Related => related(state, by),
        Pane::Article | Pane::Headlines => lists::move_by(state, by, effects),
    }
}

fn follow_drawer(state: &mut State) {
    let height = state.areas().sources.map_or(1, |pane| usize::from(pane.height));
    state.drawer.follow(height);
}

fn related(state: &mut State, by: isize) {
    state.related.move_by(by);
    let look = state.related_look(&state.areas());
    state.related.follow(look);
}

fn to_end(state: &mut State, first: bool, effects: &mut Vec<Effect>) {
    let far = if first { isize::MIN + 1 } else { isize::MAX };
    match (&mut state.help, state.focus) {
        (Some(help), _) => help.top = if first { 0 } else { usize::MAX },
        (None, Pane::Headlines) => lists::to_end(state, first, effects),
        (None, Pane::Sources) => step(state, far, effects),
        (None, Pane::Related) => related(state, far),
        (None, Pane::Article) => {
            if let Some(shown) = state.reading.current_mut() {
                shown.scroll(far);
            }
        }
    }
    clamp_help(state);
}

/// How far to scroll.
#[derive(Clone, Copy)]
enum Distance {
    Lines(isize),
    HalfPages(isize),
    Pages(isize),
}

impl Distance {
    /// In lines of a pane of this height; a page keeps a line in sight.
    fn lines(self, height: usize) -> isize {
        let height = height.cast_signed();
        match self {
            Self::Lines(lines) => lines,
            Self::HalfPages(times) => times.saturating_mul((height / 2).max(1)),
            Self::Pages(times) => times.saturating_mul((height - 1).max(1)),
        }
    }
}

fn scroll(state: &mut State, distance: Distance, effects: &mut Vec<Effect>) {
    let areas = state.areas();
    if let Some(help) = &mut state.help {
        let height = help_lines(&areas);
        help.top = help.top.saturating_add_signed(distance.lines(height));
        return clamp_help(state);
    }
    match state.focus {
        Pane::Headlines => {
            let rows = state.headlines.rows_on_screen(state.look(&areas));
            lists::move_by(state, distance.lines(rows), effects);
        }
        Pane::Sources => step(state, distance.lines(areas.sources.map_or(1, |pane| pane.height.into())), effects),
        Pane::Related => {
            let items = state.related.lines(state.related_look(&areas)).len();
            related(state, distance.lines(items));
        }
        Pane::Article => {
            let height = usize::from(areas.text.height);
            if let Some(shown) = state.reading.current_mut() {
                shown.scroll(distance.lines(height));
            }
        }
    }
}

/// Lines of help that are on the screen at once: the body without the page's title.
fn help_lines(areas: &Areas) -> usize {
    usize::from(areas.body.height.saturating_sub(2)).max(1)
}

/// Keeps help from scrolling past its end.
pub(super) fn clamp_help(state: &mut State) {
    let areas = state.areas();
    let (height, columns) = (help_lines(&areas), help::columns(areas.body.width));
    if let Some(help) = &mut state.help {
        let last = help.page(&state.config, columns).lines.len().saturating_sub(height);
        help.top = help.top.min(last);
    }
}

/// A page down; at the end of the article, on to the next unread one. From the list, into it.
fn read_on(state: &mut State, effects: &mut Vec<Effect>) {
    match state.focus {
        Pane::Headlines | Pane::Sources => articles::open_selected(state, effects),
        Pane::Related => articles::open_related(state, effects),
        Pane::Article => {
            let Some(at_end) = state.reading.current().map(Shown::at_end) else { return };
            if !at_end {
                scroll(state, Distance::Pages(1), effects);
            } else if !sheets::read_on(state, effects) {
                lists::to_unread(state, true, true, effects);
            }
        }
    }
}

fn open(state: &mut State, effects: &mut Vec<Effect>) {
    match state.focus {
        Pane::Headlines => articles::open_selected(state, effects),
        Pane::Article | Pane::Related => articles::open_related(state, effects),
        Pane::Sources => {
            if let Some(view) = state.drawer.selected() {
                if state.areas().headlines.is_none() {
                    state.drawer.open = false;
                }
                lists::show(state, view, effects);
            }
        }
    }
}

/// One level back; at the top, quit.
fn back(state: &mut State, effects: &mut Vec<Effect>) {
    if state.help.take().is_some() {
        return;
    }
    if state.pending.count.take().is_some() {
        return;
    }
    match state.focus {
        Pane::Sources => close_sources(state),
        Pane::Article | Pane::Related => {
            if !full_text::leave_changes(state, effects) {
                articles::close(state, effects);
            }
        }
        Pane::Headlines if state.before_search.is_some() => lists::end_search(state, effects),
        Pane::Headlines if !state.at_home() => lists::show(state, View::default(), effects),
        Pane::Headlines => quit(state, effects),
    }
}

fn quit(state: &State, effects: &mut Vec<Effect>) {
    depart(state, effects);
    effects.push(Effect::Quit);
}

/// What is to be remembered when the program ends: how far the article was read, and that somebody
/// was here until now.
pub(super) fn depart(state: &State, effects: &mut Vec<Effect>) {
    effects.push(Effect::Change(Change::Visited { at: state.now }));
    articles::leave(state, effects);
}

/// The panes that keys can go to, left to right.
fn panes(state: &State) -> Vec<Pane> {
    let mut panes = vec![Pane::Headlines, Pane::Article, Pane::Related];
    if state.drawer.open {
        panes.insert(0, Pane::Sources);
    }
    panes
}

fn cycle(state: &mut State, forward: bool, effects: &mut Vec<Effect>) {
    let panes = panes(state);
    let at = panes.iter().position(|pane| *pane == state.focus).unwrap_or(0);
    let next = if forward { at + 1 } else { at + panes.len() - 1 } % panes.len();
    focus(state, panes[next], effects);
}

fn sideways(state: &mut State, right: bool, effects: &mut Vec<Effect>) {
    let panes = panes(state);
    let at = panes.iter().position(|pane| *pane == state.focus).unwrap_or(0);
    let next = at.saturating_add_signed(if right { 1 } else { -1 });
    if let Some(pane) = panes.get(next).filter(|_| next != at) {
        focus(state, *pane, effects);
    }
}

/// Gives the keys to a pane. Going from the list into the article is opening it.
pub(super) fn focus(state: &mut State, pane: Pane, effects: &mut Vec<Effect>) {
    let from_list = matches!(state.focus, Pane::Headlines | Pane::Sources);
    match pane {
        Pane::Article if from_list => {
            // The article beside the list, which may be a related one that was opened from it.
            if state
                .reading
                .current()
                .is_some_and(|shown| state.headlines.position(shown.headline.id) != Some(state.headlines.cursor))
            {
                state.focus = Pane::Article;
            } else {
                articles::open_selected(state, effects);
            }
        }
        Pane::Related => {
            state.focus = Pane::Related;
            if state.related.cursor.is_none() {
                state.related.move_by(1);
            }
        }
        pane => {
            if pane == Pane::Headlines {
                state.zen = false;
            }
            state.focus = pane;
        }
    }
    super::geometry_changed(state, effects);
}

fn show_new(state: &mut State, effects: &mut Vec<Effect>) {
    if state.headlines.arrived == 0 && state.headlines.at_newest {
        state.say(Clean::new("Nothing new has arrived."));
    }
    state.headlines.arrived = 0;
    state.focus = Pane::Headlines;
    state.zen = false;
    state.ask_page(Anchor::Newest, effects);
}

fn start_search(state: &mut State) {
    if state.help.is_some() {
        return typing::open(state, Purpose::Help);
    }
    state.focus = Pane::Headlines;
    state.zen = false;
    typing::open(state, Purpose::Search);
}

fn filter(state: &mut State) {
    state.focus = Pane::Headlines;
    state.zen = false;
    typing::open(state, Purpose::Filter);
}

fn toggle_sources(state: &mut State) {
    if state.drawer.open && state.focus == Pane::Sources {
        return close_sources(state);
    }
    state.drawer.open = true;
    state.zen = false;
    state.focus = Pane::Sources;
    let view = state.headlines.view.clone();
    state.drawer.select(&view);
    follow_drawer(state);
}

fn close_sources(state: &mut State) {
    state.drawer.open = false;
    state.focus = Pane::Headlines;
}

/// Refreshes the feed that the list shows or, in the sources, the selected one; from the river, the
/// feed of the selected article.
fn refresh_here(state: &mut State, effects: &mut Vec<Effect>) {
    let of_view = |view: &View| if let Scope::Feed(feed) = view.scope { Some(feed) } else { None };
    let feed = match state.focus {
        Pane::Sources => state.drawer.selected().as_ref().and_then(of_view),
        _ => of_view(&state.headlines.view).or_else(|| articles::target(state).map(|row| row.feed)),
    };
    let known = state.drawer.sources.feeds.iter().find(|known| Some(known.id) == feed);
    if let Some(known) = known.filter(|known| !known.address.is_fetched()) {
        let words = crate::clean!("{} comes from no address: there is nothing to fetch.", known.title);
        return state.say(words);
    }
    match feed {
        Some(feed) => refresh(state, Refresh::Feed(feed), effects),
        None => refresh(state, Refresh::All, effects),
    }
}

fn refresh(state: &mut State, which: Refresh, effects: &mut Vec<Effect>) {
    if state.refreshing.is_some() {
        let cancel = state.key(Action::Cancel);
        state.say(crate::clean!("A refresh is running; {cancel} cancels it."));
        return;
    }
    state.refreshing = Some(super::Progress::default());
    state.refresh_asked = true;
    effects.push(Effect::Refresh(which));
}

fn cancel(state: &mut State, effects: &mut Vec<Effect>) {
    let pages = full_text::cancel(state, effects);
    if state.refreshing.is_some() {
        effects.push(Effect::CancelRefresh);
        state.say(Clean::new("Cancelling the refresh …"));
    } else if state.busy {
        effects.push(Effect::CancelRefresh);
        state.say(Clean::new("Cancelling …"));
    } else if pages {
        state.say(Clean::new("Cancelling …"));
    } else {
        state.say(Clean::new("Nothing is being fetched."));
    }
}

fn zen(state: &mut State, effects: &mut Vec<Effect>) {
    if state.focus != Pane::Article {
        articles::open_selected(state, effects);
    }
    if state.focus == Pane::Article {
        state.zen = !state.zen;
    }
}

fn toggle_help(state: &mut State) {
    state.help = if state.help.is_some() { None } else { Some(Help::of(state.place())) };
}
