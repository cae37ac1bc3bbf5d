//! Opening the reader where it was left: the list, the article, the sources drawer.

use super::change::Change;
use super::effect::Effect;
use super::geometry::Pane;
use super::headlines::Headlines;
use super::{State, articles};
use crate::clean;
use crate::model::query::Query;
use crate::model::{Anchor, ArticleId, FeedId, FolderId, Folding, Only, Order, RowKey, Scope, Shelf, Time, View};

/// How long after it was left the reader opens where it was, in seconds: whoever comes back later wants
/// the news, and what came since.
const AWAY: i64 = 3600;

/// Remembers where the reader is left.
pub(super) fn remember(state: &State, effects: &mut Vec<Effect>) {
    // Of a search that was typed, the list before it is where one was.
    let list = state.before_search.as_deref().unwrap_or(&state.headlines);
    let View { scope, only, query, .. } = &list.view;
    let mut lines = vec![clean!("at {}", state.now.0)];
    match scope {
        Scope::Everything => {}
        Scope::Feed(id) => lines.push(clean!("feed {}", id.0)),
        Scope::Folder(id) => lines.push(clean!("folder {}", id.0)),
    }
    match only {
        Only::All => {}
        Only::Unread => lines.push("only unread".into()),
        Only::Bookmarked => lines.push("only bookmarks".into()),
    }
    if let Some(query) = query {
        lines.push(clean!("query {query}"));
    }
    if list.stories {
        lines.push("stories".into());
    }
    if state.drawer.open {
        lines.push("drawer".into());
    }
    if state.sort != state.config.sort {
        lines.push(clean!("sort {}", state.sort.name()));
    }
    // Of the list's own order only one that it has without a search.
    if list.view.order != Order::Newest && *only == Only::Bookmarked {
        lines.push(clean!("order {}", list.view.order.name()));
    }
    if state.fold != state.config.fold {
        lines.push(clean!("fold {}", state.fold.name()));
    }
    if let Some(fold) = list.asked {
        lines.push(clean!("folded {}", fold.name()));
    }
    if let Some(key) = list.key() {
        let open = matches!(state.focus, Pane::Article | Pane::Related) && state.reading.wanted == Some(key.id);
        lines.push(clean!("{} {} {}", if open { "open" } else { "row" }, key.id.0, key.published.0));
    }
    effects.push(Effect::Change(Change::Remembered { shelf: Shelf::Place, lines: lines.into() }));
}

/// Goes where the reader was left, if nobody has gone anywhere yet.
pub(super) fn restore(state: &mut State, effects: &mut Vec<Effect>) {
    let lines = state.memory.lines(Shelf::Place).to_vec();
    let number =
        |name: &str| lines.iter().find_map(|line| line.as_str().strip_prefix(name)?.trim().parse::<i64>().ok());
    let recent = number("at ").is_some_and(|at| (0..AWAY).contains(&state.now.0.saturating_sub(at)));
    if !state.config.restore || !state.untouched || !recent {
        return;
    }
    let is = |wanted: &str| lines.iter().any(|line| line.as_str() == wanted);
    let scope = match (number("feed "), number("folder ")) {
        (Some(feed), _) => Scope::Feed(FeedId(feed)),
        (None, Some(folder)) => Scope::Folder(FolderId(folder)),
        (None, None) => Scope::Everything,
    };
    let only = match () {
        () if is("only unread") => Only::Unread,
        () if is("only bookmarks") => Only::Bookmarked,
        () => Only::All,
    };
    let query = lines.iter().find_map(|line| Query::parse(line.as_str().strip_prefix("query ")?).ok());
    let order = |name: &str| lines.iter().find_map(|line| Order::named(line.as_str().strip_prefix(name)?));
    let fold = |name: &str| {
        let known = |said: &str| Folding::ALL.into_iter().find(|fold| fold.name() == said);
        lines.iter().find_map(|line| known(line.as_str().strip_prefix(name)?))
    };
    state.sort = order("sort ").unwrap_or(state.config.sort);
    state.fold = fold("fold ").unwrap_or(state.config.fold);
    state.drawer.open = is("drawer");
    let row = |name: &str| {
        let line = lines.iter().find_map(|line| line.as_str().strip_prefix(name))?;
        let (id, published) = line.split_once(' ')?;
        Some(RowKey { id: ArticleId(id.parse().ok()?), published: Time(published.parse().ok()?) })
    };
    let (open, at) = (row("open "), row("open ").or_else(|| row("row ")));
    let view = View { scope, only, query, order: order("order ").unwrap_or_default(), ..View::default() };
    state.headlines = if is("stories") { Headlines::of_stories(scope) } else { Headlines::of(view) };
    state.headlines.asked = fold("folded ");
    state.asked.restored = open.map(|key| key.id);
    state.ask_page(at.map_or(Anchor::Newest, Anchor::Around), effects);
}

/// The list is there: the article that was open is opened, where it still stands in it.
pub(super) fn page_came(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(id) = state.asked.restored.take().filter(|_| state.untouched) else { return };
    if state.headlines.selected().is_some_and(|row| row.id == id) {
        articles::open_selected(state, effects);
    }
}
