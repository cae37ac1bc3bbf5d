//! The keys that matter where one stands, as the bottom line names them.

use std::borrow::Cow;

use ratatui::layout::Rect;

use super::pen::Pen;
use crate::app::dialog::Dialog;
use crate::app::packs;
use crate::app::sheet::Kind;
use crate::app::{Pane, State};
use crate::clean;
use crate::config::{KeySeq, Theme};
use crate::model::{Action, Only, Order, Place, Scope, TextKind, View};
use crate::text::Clean;
use crate::text::width::width;

/// Actions whose keys stand before a word that says what they do.
type Hint = (&'static [Action], Cow<'static, str>);

/// Draws them, most wanted first: as many as fit, and the way to all others always.
pub(super) fn draw(state: &State, theme: &Theme, line: Rect, pen: &mut Pen<'_>) {
    let mut x = 0;
    if let Some(recording) = &state.recording {
        x = pen.words(line, x, 0, &clean!("recording {}", recording.letter), theme.accent) + 2;
    }
    if let Some(count) = state.pending.count {
        x = pen.words(line, x, 0, &clean!("{count}"), theme.status_key) + 2;
    }
    let hints = wanted(state).into_iter().filter_map(|hint| written(state, hint));
    let hints: Vec<_> = hints.collect();
    let mut reserved = hints.iter().find(|hint| hint.help).map_or(0, |hint| hint.columns() + GAP);
    for hint in hints {
        if hint.help {
            reserved = 0;
        }
        if usize::from(line.width.saturating_sub(x)) >= hint.columns() + reserved {
            x = pen.words(line, x, 0, &hint.keys, theme.status_key) + 1;
            x = pen.words(line, x, 0, &hint.words, theme.status) + 2;
        }
    }
}

/// Columns between two hints.
const GAP: usize = 2;

/// A hint as it is written.
struct Written {
    keys: Clean,
    words: Clean,
    help: bool,
}

impl Written {
    fn columns(&self) -> usize {
        width(self.keys.as_str()) + 1 + width(self.words.as_str())
    }
}

/// A hint with the keys of the live keymap; `None` where nothing is bound.
fn written(state: &State, (actions, words): Hint) -> Option<Written> {
    let first = |action: &Action| state.config.keys.keys_for(state.place(), *action).first().map(KeySeq::symbol);
    let keys: Vec<String> = match actions {
        [Action::Packs] => vec![packs::key(state).to_string()],
        actions => actions.iter().filter_map(first).collect(),
    };
    let help = actions.contains(&Action::Help);
    (!keys.is_empty()).then(|| Written { keys: Clean::new(&keys.concat()), words: Clean::new(&words), help })
}

const fn hint(actions: &'static [Action], words: &'static str) -> Hint {
    (actions, Cow::Borrowed(words))
}

/// Columns of the hints, one behind the other.
pub(super) fn columns(state: &State) -> usize {
    wanted(state).into_iter().filter_map(|hint| written(state, hint)).map(|hint| hint.columns() + GAP).sum()
}

const HELP: Hint = hint(&[Action::Help], "keys");
const QUIT: Hint = hint(&[Action::Back], "quit");
const BACK: Hint = hint(&[Action::Back], "back");
const ADD: Hint = hint(&[Action::Add], "add a feed");

const TERM: Hint = hint(&[Action::FocusLeft, Action::FocusRight], "how long");

/// What one may want to do here, most wanted first.
fn wanted(state: &State) -> Vec<Hint> {
    if state.choices.is_some() {
        return vec![hint(&[Action::Open], "subscribe"), hint(&[Action::Next, Action::Previous], "choose"), BACK];
    }
    if let Some(packs) = &state.packs {
        let choose = hint(&[Action::Next, Action::Previous], "choose");
        if packs.open.is_none() {
            return vec![hint(&[Action::Open], "look inside"), hint(&[Action::ReadOn], "all of it"), choose, BACK];
        }
        let take = match packs.marked.len() {
            0 => Cow::Borrowed("subscribe to this one"),
            1 => Cow::Borrowed("subscribe to 1 feed"),
            many => Cow::Owned(format!("subscribe to {many} feeds")),
        };
        return vec![(&[Action::Open], take), hint(&[Action::ReadOn], "mark"), choose, BACK];
    }
    if state.links.picked.is_some() {
        return vec![
            hint(&[Action::Open], "open"),
            hint(&[Action::FullText], "read it here"),
            hint(&[Action::OpenBrowser], "browser"),
            hint(&[Action::CopyLink], "copy"),
            BACK,
        ];
    }
    if state.links.list.is_some() && state.prompt.is_none() {
        return vec![
            hint(&[Action::Open], "open"),
            hint(&[Action::Next, Action::Previous], "choose"),
            BACK,
            hint(&[Action::FullText], "read it here"),
            hint(&[Action::OpenBrowser], "browser"),
            hint(&[Action::CopyLink], "copy the address"),
            hint(&[Action::Add], "add it here"),
        ];
    }
    if state.quoting.list.is_some() {
        return vec![
            hint(&[Action::Open], "to the paragraph"),
            hint(&[Action::Next, Action::Previous], "choose"),
            BACK,
        ];
    }
    if let Some(dialog) = state.dialog.as_ref().filter(|_| state.prompt.is_none()) {
        // Its keys are its own: see `app::dialog`.
        let choose = hint(&[Action::Next, Action::Previous], "choose");
        let across = [Action::FocusLeft, Action::FocusRight].as_slice();
        return match dialog {
            Dialog::Export(_) => vec![hint(&[Action::Open], "where to"), choose, (across, "what".into()), BACK],
            Dialog::Unreached(_) => vec![hint(&[Action::Open], "do it"), choose, BACK],
            Dialog::Feed(_) => vec![(across, "set".into()), choose, hint(&[Action::Undo], "undo"), BACK],
        };
    }
    if let Some(muting) = state.muting.as_ref().filter(|_| state.prompt.is_none()) {
        // Its keys are its own: see `app::muting`.
        let act = if muting.selected_row().is_some() { "lift" } else { "mute" };
        return vec![hint(&[Action::Open], act), hint(&[Action::Next, Action::Previous], "choose"), TERM, BACK];
    }
    if state.report.open {
        let choose = hint(&[Action::Next, Action::Previous], "choose");
        let leads = state.report.selected().is_some_and(|row| row.feed().is_some());
        let mut hints = if leads { vec![hint(&[Action::Open], "to the feed"), choose] } else { vec![choose] };
        hints.extend(state.report.live.then(|| hint(&[Action::Cancel], "cancel the refresh")));
        hints.push(BACK);
        return hints;
    }
    match state.place() {
        Place::Page => page(state),
        Place::Help if state.help.is_none() => {
            vec![hint(&[Action::LineDown, Action::LineUp], "scroll"), hint(&[Action::Back], "close")]
        }
        Place::Help => vec![
            hint(&[Action::LineDown, Action::LineUp], "scroll"),
            hint(&[Action::Search], "find a key"),
            hint(&[Action::Back], "close"),
        ],
        Place::Headlines => headlines(state),
        Place::Article => article(state),
        Place::Related => vec![
            hint(&[Action::RelatedNext, Action::RelatedPrevious], "choose"),
            hint(&[Action::RelatedOpen], "open"),
            hint(&[Action::Bookmark], "bookmark"),
            HELP,
            BACK,
        ],
        Place::Sources => sources(state),
        Place::Anywhere => vec![HELP],
    }
}

/// What can be done to what is selected: a feed, a saved search, or a list that is always there.
fn sources(state: &State) -> Vec<Hint> {
    let show = hint(&[Action::Open], "show");
    match state.drawer.selected() {
        Some(View { scope: Scope::Feed(_), .. }) => vec![
            show,
            hint(&[Action::Refresh], "refresh"),
            hint(&[Action::Add], "add"),
            hint(&[Action::Rename], "rename"),
            hint(&[Action::Move], "folder"),
            hint(&[Action::Unsubscribe], "unsubscribe"),
            hint(&[Action::FeedSettings], "settings"),
            HELP,
            BACK,
            hint(&[Action::AlwaysFullText], "always full text"),
        ],
        Some(View { query: Some(_), .. }) => {
            vec![show, hint(&[Action::Rename], "rename"), hint(&[Action::Unsubscribe], "remove"), HELP, BACK]
        }
        _ => vec![show, hint(&[Action::RefreshAll], "refresh all"), ADD, HELP, BACK, hint(&[Action::Import], "import")],
    }
}

fn article(state: &State) -> Vec<Hint> {
    if state.selecting.is_some() {
        return vec![
            hint(&[Action::LineDown, Action::LineUp], "select paragraphs"),
            hint(&[Action::CopyLink], "copy"),
            hint(&[Action::CopyHeadline], "with its source"),
            hint(&[Action::Back], "leave"),
            HELP,
        ];
    }
    let mut hints = vec![
        hint(&[Action::RelatedPrevious, Action::RelatedNext], "related"),
        hint(&[Action::LineDown, Action::LineUp], "scroll"),
        hint(&[Action::Bookmark], if kept(state) { "remove bookmark" } else { "bookmark" }),
        HELP,
        BACK,
    ];
    if !state.reading.trail.is_empty() && !state.reading.led_here() {
        hints.push(hint(&[Action::GoBack], "article before"));
    }
    hints.extend(full_text(state).map(|words| hint(&[Action::FullText], words)));
    hints.extend([
        hint(&[Action::OpenBrowser], "browser"),
        hint(&[Action::ReadOn], "read on"),
        hint(&[Action::Search], "search"),
    ]);
    hints
}

/// The keys of a page of articles.
fn page(state: &State) -> Vec<Hint> {
    let brief = state.sheet.as_ref().is_some_and(|sheet| sheet.kind == Kind::Brief);
    let back = hint(&[Action::Back], if brief && state.size.0 >= 60 { "to the list" } else { "back" });
    if state.sheet.as_ref().is_some_and(|sheet| sheet.entries.is_empty()) {
        return vec![back, HELP];
    }
    let walk = hint(&[Action::Next, Action::Previous], "walk");
    let mut hints = vec![hint(&[Action::Open], "read"), back, walk, HELP];
    if brief {
        hints.push(hint(&[Action::Timeline], "timeline"));
    }
    hints.extend([hint(&[Action::Bookmark], "bookmark"), hint(&[Action::Mute], "mute")]);
    hints
}

fn headlines(state: &State) -> Vec<Hint> {
    let view = &state.headlines.view;
    let leave = if state.at_home() { QUIT } else { BACK };
    let empty = state.headlines.rows.is_empty();
    if state.drawer.sources.only_edition() || (empty && state.drawer.sources.feeds.is_empty()) {
        let mut first_steps = if empty { vec![] } else { vec![hint(&[Action::Open], "read")] };
        let add = if state.size.0 < 60 { "add" } else { "add a feed or site" };
        first_steps.extend([
            hint(&[Action::Add], add),
            import(state),
            hint(&[Action::Packs], "starter packs"),
            HELP,
            leave,
        ]);
        return first_steps;
    }
    if empty {
        let other = if view.only == Only::All { None } else { Some(hint(&[Action::ShowAll], "all articles")) };
        let rest = [hint(&[Action::Search], "search"), hint(&[Action::Sources], "sources"), HELP, leave];
        return other.into_iter().chain(rest).chain([hint(&[Action::RefreshAll], "refresh"), ADD]).collect();
    }
    let mut hints = vec![hint(&[Action::Open], "read")];
    // Where a story can be unfolded or folded, that is what one may want first.
    match state.headlines.settled_row() {
        Some(row) if row.story().is_some_and(|story| state.headlines.is_unfolded(story)) => {
            hints.extend([hint(&[Action::Fold], "fold"), hint(&[Action::Timeline], "timeline")]);
        }
        Some(row) if row.is_front() => {
            hints.extend([hint(&[Action::Unfold], "unfold"), hint(&[Action::Timeline], "timeline")]);
        }
        _ => {}
    }
    hints.extend([
        hint(&[Action::Bookmark], "bookmark"),
        hint(&[Action::Search], "search"),
        hint(&[Action::Sources], "sources"),
        HELP,
        leave,
    ]);
    if state.searching() {
        let order = if state.order() == Order::Relevance { "newest first" } else { "best first" };
        hints.extend([hint(&[Action::ChangeOrder], order), hint(&[Action::SaveSearch], "save the search")]);
    } else if view.only == Only::Bookmarked {
        hints.extend([hint(&[Action::ChangeOrder], "order"), hint(&[Action::Export], "export")]);
    }
    hints.extend([
        hint(&[Action::RefreshAll], "refresh"),
        ADD,
        hint(&[Action::ToggleRead], "read/unread"),
        hint(&[Action::OpenBrowser], "browser"),
    ]);
    hints
}

fn import(state: &State) -> Hint {
    match &state.found {
        Some((path, feeds)) => (&[Action::Import], Cow::Owned(format!("import (found {path}: {feeds} feeds)"))),
        None => hint(&[Action::Import], "import"),
    }
}

/// What the key of the full text does for the article on the screen; `None` where there is nothing for
/// it to do.
fn full_text(state: &State) -> Option<&'static str> {
    let article = &state.reading.current()?.article;
    match article.texts.other(article.kind) {
        Some(TextKind::Feed) => Some("feed text"),
        Some(TextKind::Full) => Some("full text"),
        None => (article.kind == TextKind::Feed && article.texts.page).then_some("full text"),
    }
}

fn kept(state: &State) -> bool {
    state.focus == Pane::Article && state.reading.current().is_some_and(|shown| shown.headline.bookmarked)
}
