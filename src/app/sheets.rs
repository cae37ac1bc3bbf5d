//! Opening pages of articles (a story in order of time, what came since the last visit), reading
//! from them, and coming back.

use super::asked::ByItself;
use super::effect::{Effect, Question, Slot};
use super::event::Problem;
use super::geometry::Pane;
use super::sheet::{Kind, Look, Origin, Sheet};
use super::{Change, State, articles, lists};
use crate::clean;
use crate::model::{Action, Brief, Time, Timeline};
use crate::text::Clean;

/// How long after the last visit what came since is laid open by itself, in seconds: whoever only
/// went away for a moment wants the list that they left.
const AWAY: i64 = 3600;

/// How long after the start it may still be laid open by itself, in seconds: what comes later would
/// take the screen from under somebody's eyes, and is announced instead.
const AT_ONCE: i64 = 2;

/// Does what `action` means on the page that lies over the panes; whether it means anything there.
pub(super) fn perform(state: &mut State, action: Action, times: isize, effects: &mut Vec<Effect>) -> bool {
    let areas = state.areas();
    let Some(sheet) = &state.sheet else { return false };
    let page = sheet.lines(state.sheet_look(&areas)).len().saturating_sub(1).max(1).cast_signed();
    let Some(sheet) = &mut state.sheet else { return false };
    match action {
        Action::Next | Action::LineDown | Action::RelatedNext => sheet.move_by(times),
        Action::Previous | Action::LineUp | Action::RelatedPrevious => sheet.move_by(-times),
        Action::PageDown | Action::HalfPageDown => sheet.move_by(page.saturating_mul(times)),
        Action::PageUp | Action::HalfPageUp => sheet.move_by(page.saturating_mul(times).saturating_neg()),
        Action::First => sheet.move_by(isize::MIN + 1),
        Action::Last => sheet.move_by(isize::MAX),
        Action::NextUnread => to_unread(sheet, true),
        Action::PreviousUnread => to_unread(sheet, false),
        Action::Open | Action::RelatedOpen | Action::ReadOn => read(state, effects),
        Action::Back | Action::GoBack => close(state, effects),
        Action::Timeline if matches!(sheet.kind, Kind::Timeline(_)) => close(state, effects),
        Action::Brief if sheet.kind == Kind::Brief => close(state, effects),
        Action::FocusNext
        | Action::FocusPrevious
        | Action::FocusLeft
        | Action::FocusRight
        | Action::Zen
        | Action::Unfold
        | Action::Fold
        | Action::Find
        | Action::GoForward => {}
        Action::MarkAllRead => mark_read(state, effects),
        Action::Search
        | Action::Filter
        | Action::ShowAll
        | Action::ShowUnread
        | Action::ShowBookmarks
        | Action::ShowStories
        | Action::ShowNew
        | Action::Sources
        | Action::FoldStories => {
            close(state, effects);
            return false;
        }
        _ => return false,
    }
    true
}

/// Marks the articles of the page read: those of the list behind it are not what one sees.
fn mark_read(state: &mut State, effects: &mut Vec<Effect>) {
    let entries = state.sheet.iter().flat_map(|sheet| &sheet.entries);
    let ids = entries.map(|entry| &entry.headline).filter(|row| !row.read).map(|row| row.id).collect();
    articles::change(state, Change::Read { ids, to: true, asked: true }, effects);
}

fn to_unread(sheet: &mut Sheet, forward: bool) {
    let unread = |at: &usize| !sheet.entries[*at].headline.read;
    let found = if forward {
        (sheet.cursor + 1..sheet.entries.len()).find(unread)
    } else {
        (0..sheet.cursor).rev().find(unread)
    };
    if let Some(at) = found {
        sheet.cursor = at;
    }
}

/// Scrolls the page so that its cursor is on the screen.
pub(super) fn follow(state: &mut State) {
    let (areas, zone) = (state.areas(), state.zone.clone());
    let look = Look { zone: &zone, ..state.sheet_look(&areas) };
    if let Some(sheet) = &mut state.sheet {
        sheet.follow(look);
    }
}

/// Where one is.
pub(super) fn origin(state: &State) -> Origin {
    Origin { focus: state.focus, article: state.reading.wanted, trail: state.reading.trail.clone() }
}

/// Lays the story of the target open, in order of time.
pub(super) fn timeline(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(article) = articles::target(state).map(|row| row.id) else { return };
    articles::leave(state, effects);
    // From one page to another: back from the second leads to where one was before the first.
    let from = state.sheet.take().map_or_else(|| origin(state), |sheet| sheet.from);
    state.sheet = Some(Sheet::new(Kind::Timeline(article), from));
    state.ask(Question::Timeline { article }, effects);
}

/// Lays open what came since the last visit.
pub(super) fn brief(state: &mut State, effects: &mut Vec<Effect>) {
    articles::leave(state, effects);
    let from = state.sheet.take().map_or_else(|| origin(state), |sheet| sheet.from);
    state.sheet = Some(Sheet::new(Kind::Brief, from));
    state.ask(Question::Brief, effects);
}

/// Takes a story in order of time; `None` where it is no longer stored.
pub(super) fn put_timeline(state: &mut State, timeline: Option<Timeline>) {
    let Some(sheet) = state.sheet.as_mut().filter(|sheet| matches!(sheet.kind, Kind::Timeline(_))) else { return };
    match timeline {
        Some(timeline) => sheet.put_timeline(timeline),
        None => {
            let message = Clean::new("This article is no longer stored.");
            sheet.problem = Some(Problem { message, hint: None });
        }
    }
    follow(state);
}

/// Asks for what came since the last visit, once, when everything else of the first screen is there.
pub(super) fn ask_by_itself(state: &mut State, effects: &mut Vec<Effect>) {
    if state.asked.brief == ByItself::Due && state.sheet.is_none() {
        state.asked.brief = ByItself::Asked;
        state.ask(Question::Brief, effects);
    }
}

/// Takes what came since the last visit. At the start it is laid open
/// by itself where the settings say so, somebody was here before and away for a while, something came,
/// and nobody has begun to do anything; where it took too long for that, it is announced.
pub(super) fn put_brief(state: &mut State, brief: Brief, visited: bool, effects: &mut Vec<Effect>) {
    let now = state.now;
    if let Some(sheet) = state.sheet.as_mut().filter(|sheet| sheet.kind == Kind::Brief) {
        sheet.put_brief(brief, now);
        return follow(state);
    }
    let by_itself = std::mem::take(&mut state.asked.brief) == ByItself::Asked;
    if !by_itself || !visited || !worth_opening(&brief, now) {
        return;
    }
    if state.untouched && now.0 - state.opened.0 <= AT_ONCE {
        articles::leave(state, effects);
        let mut sheet = Sheet::new(Kind::Brief, origin(state));
        sheet.put_brief(brief, now);
        state.sheet = Some(sheet);
        follow(state);
    } else if state.notice.is_none() {
        let key = state.key(Action::Brief);
        let said = match brief.total {
            1 => clean!("1 story since you last looked; {key} shows it."),
            total => clean!("{total} stories since you last looked; {key} shows them."),
        };
        state.say(said);
    }
}

fn worth_opening(brief: &Brief, now: Time) -> bool {
    !brief.stories.is_empty() && now.0.saturating_sub(brief.since.0) >= AWAY
}

/// Takes the news that a page could not be made.
pub(super) fn failed(state: &mut State, problem: Problem) {
    match &mut state.sheet {
        Some(sheet) if !sheet.loaded => sheet.problem = Some(problem),
        _ => {}
    }
}

/// Reads the selected article; the page waits behind it.
fn read(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(entry) = state.sheet.as_ref().and_then(Sheet::selected) else { return };
    let (id, read) = (entry.headline.id, entry.headline.read);
    state.behind = state.sheet.take();
    state.related.cursor = None;
    articles::look_at(state, id, effects);
    articles::opened(state, id, read, effects);
}

/// Comes back to the page that waits behind the article; whether there is one.
pub(super) fn come_back(state: &mut State, effects: &mut Vec<Effect>) -> bool {
    let Some(sheet) = state.behind.take() else { return false };
    articles::leave(state, effects);
    state.related.cursor = None;
    state.zen = false;
    state.sheet = Some(sheet);
    follow(state);
    true
}

/// At the end of an article of a page: on to the page's next one, or back to the page; whether
/// there is a page.
pub(super) fn read_on(state: &mut State, effects: &mut Vec<Effect>) -> bool {
    let Some(sheet) = &mut state.behind else { return false };
    let last = sheet.cursor + 1 >= sheet.entries.len();
    if last {
        state.say(Clean::new("That was the last one."));
        return come_back(state, effects);
    }
    sheet.cursor += 1;
    let Some(entry) = sheet.selected() else { return false };
    let (id, read) = (entry.headline.id, entry.headline.read);
    articles::look_at(state, id, effects);
    articles::opened(state, id, read, effects);
    true
}

/// Takes the page away: one is where one was before.
fn close(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(sheet) = state.sheet.take() else { return };
    state.forget(Slot::Sheet);
    come_from(state, sheet.from, effects);
}

/// Goes where one came from.
pub(super) fn come_from(state: &mut State, from: Origin, effects: &mut Vec<Effect>) {
    let Origin { focus, article, trail } = from;
    if !matches!(focus, Pane::Article | Pane::Related) {
        state.focus = Pane::Headlines;
        return lists::cursor_moved(state, effects);
    }
    if let Some(article) = article {
        articles::look_at(state, article, effects);
        state.reading.trail = trail;
    }
    state.focus = Pane::Article;
}
