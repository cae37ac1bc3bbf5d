//! What each action does where.

use super::effect::{Effect, Refresh};
use super::geometry::Pane;
use super::help::Help;
use super::letters::Letter;
use super::prompt::Purpose;
use super::scrolling::Distance;
use super::{
    Change, State, articles, commanding, exporting, feed_page, feeds, fetching, found, full_text, goto, letters, links,
    lists, macros, muting, noting, packs, panes, pictures, piping, quoting, report, restoring, saved, scrolling,
    search, selecting, sheets, tagging, typing, undoing, unfolding,
};
use crate::clean;
use crate::model::{Action, Anchor, Only, Order, View};
use crate::text::Clean;

/// Does `action`, `count` times where that makes sense.
pub(super) fn perform(state: &mut State, action: Action, count: Option<usize>, effects: &mut Vec<Effect>) {
    let action = match action {
        // Who presses it wants to be sure of being at the top, and not to leave.
        Action::Escape if at_top(state) => {
            if count.is_none() {
                let quit = state.key(Action::Back);
                state.say(clean!("{quit} quits."));
            }
            return;
        }
        Action::Escape => Action::Back,
        other => other,
    };
    let times = isize::try_from(count.unwrap_or(1)).unwrap_or(1);
    if help_gives_way(state, action) {
        return;
    }
    if state.help.is_none() && sheets::perform(state, action, times, effects) {
        return;
    }
    if state.help.is_none() && selecting::perform(state, action, times, effects) {
        return;
    }
    match action {
        Action::Next => scrolling::step(state, times, effects),
        Action::Previous => scrolling::step(state, -times, effects),
        Action::NextUnread => next_unread(state, true, count, effects),
        Action::PreviousUnread => next_unread(state, false, count, effects),
        Action::First => scrolling::to_end(state, true, effects),
        Action::Last => scrolling::to_end(state, false, effects),
        Action::LineDown => scrolling::scroll(state, Distance::Lines(times), effects),
        Action::LineUp => scrolling::scroll(state, Distance::Lines(-times), effects),
        Action::HalfPageDown => scrolling::scroll(state, Distance::HalfPages(times), effects),
        Action::HalfPageUp => scrolling::scroll(state, Distance::HalfPages(-times), effects),
        Action::PageDown => scrolling::scroll(state, Distance::Pages(times), effects),
        Action::PageUp => scrolling::scroll(state, Distance::Pages(-times), effects),
        Action::ScrollLeft => scrolling::aside(state, -times),
        Action::ScrollRight => scrolling::aside(state, times),
        Action::ReadOn => scrolling::read_on(state, effects),
        Action::Open => open(state, effects),
        Action::Back | Action::Escape => back(state, effects),
        Action::Quit => quit(state, effects),
        Action::RelatedNext => scrolling::related(state, times),
        Action::RelatedPrevious => scrolling::related(state, -times),
        Action::RelatedOpen => articles::open_related(state, effects),
        Action::GoBack => articles::walk_trail(state, true, count.unwrap_or(1), effects),
        Action::GoForward => articles::walk_trail(state, false, count.unwrap_or(1), effects),
        Action::FocusNext => panes::cycle(state, true, effects),
        Action::FocusPrevious => panes::cycle(state, false, effects),
        Action::FocusLeft => panes::sideways(state, false, effects),
        Action::FocusRight => panes::sideways(state, true, effects),
        Action::Bookmark => articles::toggle_bookmark(state, effects),
        Action::Tag => tagging::open(state),
        Action::ToggleRead => articles::toggle_read(state, effects),
        Action::MarkAllRead => articles::mark_all_read(state, effects),
        Action::Undo => undoing::undo(state, false, count.unwrap_or(1), effects),
        Action::Redo => undoing::undo(state, true, count.unwrap_or(1), effects),
        Action::FullText => full_text::full_text(state, false, effects),
        Action::Changes => full_text::changes(state, effects),
        Action::FetchAgain => full_text::full_text(state, true, effects),
        Action::Complete => full_text::complete(state, effects),
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
        Action::Filter => search::open(state, Purpose::Filter),
        Action::SaveSearch => saved::save(state),
        Action::ChangeOrder => search::change_order(state, effects),
        Action::Unfold => unfolding::unfold(state, effects),
        Action::Fold => unfolding::fold(state, effects),
        Action::FoldStories => unfolding::switch(state, effects),
        Action::Timeline => sheets::timeline(state, effects),
        Action::Brief => sheets::brief(state, effects),
        Action::Mute => muting::open(state, effects),
        Action::Quotations => quoting::open(state, effects),
        Action::Select => selecting::begin(state),
        Action::Note => noting::open(state, effects),
        Action::Export => exporting::open(state),
        Action::FeedSettings => feed_page::open(state, effects),
        Action::Find => find(state),
        Action::Pictures => pictures::show(state),
        Action::Links => links::list(state, times.unsigned_abs().saturating_sub(1)),
        Action::LinkLetters => links::letters(state),
        Action::ClearSearch => clear_search(state, effects),
        Action::Sources => {
            panes::toggle_sources(state);
            saved::ask_counts(state, effects);
        }
        Action::UndoList => undoing::open(state),
        Action::Pipe => piping::open(state),
        Action::Share => piping::share(state),
        Action::Mark => letters::ask(state, Letter::Mark),
        Action::Jump => letters::ask(state, Letter::Jump),
        Action::Record => macros::record(state, effects),
        Action::Replay => letters::ask(state, Letter::Replay(count.unwrap_or(1))),
        Action::GoTo => goto::open(state),
        Action::CommandLine => commanding::open(state),
        Action::Add => typing::open(state, Purpose::Add),
        Action::Import => typing::open(state, Purpose::Import),
        Action::Packs => packs::open(state),
        Action::Refresh => fetching::refresh_here(state, effects),
        Action::RefreshAll => fetching::refresh(state, Refresh::All, effects),
        Action::Cancel => fetching::cancel(state, effects),
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
        Action::Zen => panes::zen(state, effects),
        Action::Help => toggle_help(state),
        Action::Redraw => effects.push(Effect::Redraw),
        Action::Suspend => effects.push(Effect::Suspend),
    }
}

/// Help is not in the way of what it explains: it closes for whatever is not about help itself. Says
/// whether `action` is done with, as one that would move what lies under help unseen.
fn help_gives_way(state: &mut State, action: Action) -> bool {
    use Action as A;
    let Some(help) = &mut state.help else { return false };
    match action {
        A::LineDown | A::LineUp | A::HalfPageDown | A::HalfPageUp | A::PageDown | A::PageUp | A::First | A::Last => {}
        A::Search
        | A::Help
        | A::Back
        | A::Escape
        | A::Quit
        | A::Redraw
        | A::Suspend
        | A::CommandLine
        | A::GoTo
        | A::Cancel => {}
        A::ClearSearch => help.filter = Clean::default(),
        _ => state.help = None,
    }
    action == A::ClearSearch
}

/// To the next hit in the article that is read, or the one before, `count` times; where nothing is
/// looked for in it, to another article.
fn next_unread(state: &mut State, forward: bool, count: Option<usize>, effects: &mut Vec<Effect>) {
    let times = count.unwrap_or(1);
    if !found::walk(state, forward) {
        return lists::to_unread(state, forward, times, reading(state), effects);
    }
    for _ in 1..times {
        found::walk(state, forward);
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

/// Whether there is nothing to go back from.
fn at_top(state: &State) -> bool {
    let over = state.help.is_some() || state.sheet.is_some();
    !over && state.focus == Pane::Headlines && state.before_search.is_none() && state.at_home()
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
        Pane::Sources => panes::close_sources(state),
        Pane::Article | Pane::Related => {
            if !found::end(state) && !quoting::unmark(state) && !full_text::leave_changes(state, effects) {
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
    restoring::remember(state, effects);
    articles::leave(state, effects);
}

fn show_new(state: &mut State, effects: &mut Vec<Effect>) {
    let list = &state.headlines;
    if list.counts_arrivals() && list.arrived == 0 && list.at_newest {
        return state.say(Clean::new("Nothing new has arrived."));
    }
    state.headlines.arrived = 0;
    state.focus = Pane::Headlines;
    state.zen = false;
    // What is new stands at the end of a list that begins with the oldest.
    let end = if state.order() == Order::Oldest { Anchor::Oldest } else { Anchor::Newest };
    state.ask_page(end, effects);
}

fn start_search(state: &mut State) {
    if state.help.is_some() {
        return typing::open(state, Purpose::Help);
    }
    search::open(state, Purpose::Search);
}

fn toggle_help(state: &mut State) {
    state.help = if state.help.is_some() { None } else { Some(Help::here(state)) };
}
