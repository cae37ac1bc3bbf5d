//! The one way the state changes: an event in, work out. Pure and total: the same state and event
//! always give the same result, and there is no event that it cannot take.

use std::sync::Arc;

use super::effect::{Effect, Question, Slot, Ticket};
use super::event::{Answer, Event};
use super::geometry::Shares;
use super::headlines::Headlines;
use super::layout::Measure;
use super::{
    State, act, articles, brought, feed_page, found, full_text, keys, links, lists, mouse, muting, notifying, noting,
    pictures, piping, quoting, restoring, saved, scrolling, search, sheets, stored, typing, unfolding,
};
use crate::clean;
use crate::config::{Config, ThemeChoice};
use crate::model::{Anchor, Folding, Order, Scope, Shelf, Time, View};
use crate::text::Clean;

/// Takes an event that happened at `now` and names the work that follows from it.
#[must_use]
pub fn update(state: &mut State, event: Event, now: Time) -> Vec<Effect> {
    state.now = now;
    let mut effects = Vec::new();
    let title = state.list_title();
    react(state, event, &mut effects);
    if state.list_title() != title {
        effects.push(Effect::Title(clean!("Dateline: {}", state.list_title())));
    }
    pictures::follow(state, &mut effects);
    geometry_changed(state, &mut effects);
    found::follow(state);
    quoting::follow(state, &mut effects);
    // What was selected is no longer on the page.
    let reads = state.focus == super::Pane::Article && state.reading.current().is_some();
    state.selecting = state.selecting.filter(|_| reads);
    effects
}

fn react(state: &mut State, event: Event, effects: &mut Vec<Effect>) {
    match event {
        Event::Key(key) => keys::press(state, key, effects),
        Event::Paste(text) if state.prompt.is_some() => typing::paste(state, &text, effects),
        Event::Paste(text) => typing::stray_paste(state, &text),
        Event::Mouse(event) => mouse::react(state, event, effects),
        Event::Resize(columns, rows) => state.size = (columns, rows),
        Event::Background(background) => state.background = Some(background),
        Event::Continued => effects.push(Effect::Redraw),
        Event::Answer(ticket, answer) => answered(state, ticket, answer, effects),
        Event::Changed(changed) => stored::stored(state, changed, effects),
        Event::Working(words) => brought::working(state, words),
        Event::Done(done) => brought::finished(state, done, effects),
        Event::FullText(came) => full_text::came(state, came, effects),
        Event::Noted(article, note) => noting::written(state, article, note, effects),
        Event::Kept(article) => full_text::kept(state, article, effects),
        Event::Means(means) => state.pictures.means = means,
        Event::Picture(came) => pictures::came(state, came),
        Event::Pages(progress) => state.pages.unasked = progress,
        Event::Refreshing(progress) => brought::refreshing(state, progress, effects),
        Event::Brought(feeds, waiting) => state.report.brought(feeds, waiting),
        Event::Refreshed(summary) => brought::refreshed(state, &summary, effects),
        Event::Settings(config, problem) => {
            resettle(state, config, effects);
            match problem {
                Some(problem) => state.complain(problem),
                None => state.say(Clean::new("Settings read anew.")),
            }
        }
        Event::Found(path, feeds) => state.found = Some((path, feeds)),
        Event::RefreshDue => {
            if state.refreshing.is_none() {
                state.begin_refresh(None);
                effects.push(Effect::Refresh(super::Refresh::Due));
            }
        }
        Event::KeyAwaited => keys::waited(state, effects),
        Event::Ran(ran) => piping::ran(state, ran),
        Event::Ending => act::depart(state, effects),
        Event::Trouble(problem) => state.complain(problem),
    }
}

/// Takes other settings; a list that is folded otherwise by them is asked for anew.
pub(super) fn resettle(state: &mut State, config: Arc<Config>, effects: &mut Vec<Effect>) {
    let (folds, order) = (state.folding(), state.order());
    let plain = |config: &Config| config.theme == ThemeChoice::None;
    let set = |config: &Config| (config.link_numbers, config.hyphenate, config.justify, config.linear, plain(config));
    let sets = set(&config) != set(&state.config);
    if config.fold != state.config.fold {
        state.fold = config.fold;
    }
    // Kept where the reader was left in another: only a change of the setting is one of the order.
    if config.sort != state.config.sort {
        state.sort = config.sort;
    }
    let related = config.related.limit != state.config.related.limit;
    state.config = config;
    if let Some(id) = state.reading.wanted.filter(|_| related) {
        state.asked.related_of = Some(id);
        state.ask_related(id, effects);
    }
    settle_list(state, folds, order, effects);
    // The article on the screen is set as the settings have it now; what comes next is anyway.
    let measure = state.measure(&state.areas());
    if let Some(article) = state.reading.shown.as_ref().filter(|_| sets).map(|shown| shown.article.clone()) {
        state.asked.columns = Some((measure.columns, measure.broad, measure.plates.clone()));
        state.ask(Question::Layout { article, measure }, effects);
    }
}

/// The order of lists, or what is folded in them, may be another than it was: what shows it is asked
/// for anew.
pub(super) fn settle_list(state: &mut State, folds: Folding, order: Order, effects: &mut Vec<Effect>) {
    if state.order() != order {
        // Under a search as well: half of a list in one order and half in another would have gaps.
        if let Some(list) = &mut state.before_search {
            **list = list.anew();
        }
        state.headlines = state.headlines.anew();
        state.ask_page(Anchor::Newest, effects);
    } else if state.folding() != folds {
        state.headlines.unfolded.clear();
        ask_around(state, effects);
    }
}

/// What follows where panes have other sizes than before: the list keeps its cursor in sight, the
/// article keeps its first line and is set anew if its width changed.
pub(super) fn geometry_changed(state: &mut State, effects: &mut Vec<Effect>) {
    lists::follow(state);
    scrolling::clamp_help(state);
    sheets::follow(state);
    if !matches!(state.focus, super::Pane::Article | super::Pane::Related) && state.searches.from.is_none() {
        // One has left the article that was opened from the page.
        state.behind = None;
    }
    if state.focus == super::Pane::Related && state.related.items.is_empty() {
        // What was there to choose from has gone.
        state.focus = super::Pane::Article;
    }
    let areas = state.areas();
    if let Some(pane) = areas.sources {
        state.drawer.follow(pane.height);
    }
    if areas.related.is_some() {
        let look = state.related_look(&areas);
        state.related.follow(look);
    }
    let (columns, broad) = (state.columns(&areas), state.broad(&areas));
    let height = usize::from(areas.text.height);
    let Some(shown) = state.reading.shown.as_mut().filter(|_| areas.article.is_some()) else { return };
    if shown.height != height {
        let same = shown.laid_out.clone();
        shown.reset(same, height);
    }
    // Asked once: a layout that failed would fail again, for ever.
    let plates = state.pictures.plates();
    let wanted = (columns, broad, plates.clone());
    if (shown.laid_out.columns, shown.laid_out.broad, &shown.laid_out.plates) != (columns, broad, plates)
        && state.asked.columns.as_ref() != Some(&wanted)
    {
        let article = shown.article.clone();
        let measure = state.measure(&areas);
        state.asked.columns = Some(wanted);
        state.ask(Question::Layout { article, measure }, effects);
    } else if shown.laid_out.uncoloured && !shown.colouring {
        // Once, as above.
        shown.colouring = true;
        let article = shown.article.clone();
        let measure = Measure { colours: true, ..state.measure(&areas) };
        state.ask(Question::Layout { article, measure }, effects);
    }
}

fn answered(state: &mut State, ticket: Ticket, answer: Answer, effects: &mut Vec<Effect>) {
    let Some(slot) = state.take(ticket) else { return };
    match (slot, answer) {
        (Slot::Page, Answer::Page(page)) => put_page(state, page.into(), effects),
        (Slot::Page, Answer::Stories(page)) => put_page(state, page.into(), effects),
        (Slot::Article, Answer::Article(article)) => articles::put(state, article),
        (Slot::Layout, Answer::LaidOut(laid_out)) => {
            state.asked.columns = None;
            let height = usize::from(state.areas().text.height);
            if let Some(shown) = &mut state.reading.shown {
                shown.reset(laid_out, height);
            }
        }
        (Slot::Related, Answer::Related(items, looked_through)) => {
            if let Some(of) = state.asked.related_of {
                state.related.put(of, items, looked_through);
            }
            sheets::ask_by_itself(state, effects);
        }
        (Slot::Doomed, Answer::Doomed(doomed)) => feed_page::put_doomed(state, doomed),
        (Slot::Linked, Answer::Linked(link, article)) => links::put(state, link, article, effects),
        (Slot::Quotations, Answer::Quotations(laid_out, found)) => quoting::put(state, &laid_out, found),
        (Slot::SavedCounts, Answer::SavedCounts(counts)) => state.drawer.counts = counts,
        (Slot::Matches, Answer::Matches(matches, newest)) => notifying::put(state, matches, newest, effects),
        (Slot::SavedCounts, Answer::Failed(_)) => {
            // The numbers beside saved searches are not worth a complaint over what one does.
        }
        (Slot::WrittenOut, Answer::WrittenOut(written)) => piping::put(state, written, effects),
        (Slot::Memory, Answer::Memory(shelves)) => {
            state.memory.put(shelves);
            state.shares = Shares::read(state.memory.lines(Shelf::Panes));
            restoring::restore(state, effects);
        }
        (Slot::Sources, Answer::Sources(sources)) => put_sources(state, sources, effects),
        (Slot::Members, Answer::Members(members)) => unfolding::put(state, Some(members), effects),
        (Slot::Sheet, Answer::Timeline(timeline)) => sheets::put_timeline(state, timeline),
        (Slot::Sheet, Answer::Brief(brief, visited)) => sheets::put_brief(state, brief, visited, effects),
        (Slot::Mutes, Answer::Mutes(words, rows)) => muting::put(state, words, rows),
        (Slot::Sheet, Answer::Failed(problem)) => sheets::failed(state, problem),
        (Slot::Members, Answer::Failed(problem)) => {
            state.complain(problem);
            unfolding::put(state, None, effects);
        }
        (Slot::Related, Answer::Failed(problem)) => {
            state.related = super::related::Related { problem: Some(problem), ..Default::default() };
        }
        (Slot::Article, Answer::Failed(problem)) => state.reading.problem = Some(problem),
        (_, Answer::Failed(problem)) => state.complain(problem),
        // An answer of another kind than its question cannot be made; if it were, it is not wanted.
        _ => {}
    }
    articles::show_unsettled(state, ticket);
    if slot == Slot::Page {
        keys::go_on(state, effects);
    }
}

fn put_page(state: &mut State, page: super::row::Rows, effects: &mut Vec<Effect>) {
    if let Some(seek) = state.asked.seek.take() {
        return match page.rows.first() {
            Some(row) => {
                let (key, id) = (row.key, row.id);
                state.ask_page(Anchor::Around(key), effects);
                if seek.open {
                    let read = row.read;
                    articles::look_at(state, id, effects);
                    articles::opened(state, id, read, effects);
                }
            }
            None => match page.reached {
                Some(reached) => lists::seek(state, reached, true, seek.open, effects),
                None => {
                    lists::nothing_unread(state);
                    // The rows that were on their way when this was asked in between.
                    lists::cursor_moved(state, effects);
                }
            },
        };
    }
    let Some(anchor) = state.asked.anchor.take() else { return };
    // Of a list that takes long nothing may have been found yet.
    let looking = page.rows.is_empty() && page.reached.is_some();
    let goes_on = matches!(anchor, Anchor::OlderThan(_)) && !state.headlines.rows.is_empty();
    if !looking && search::fall_back(state, page.rows.is_empty() && !goes_on, effects) {
        return;
    }
    if anchor == Anchor::Newest {
        state.headlines.arrived = 0;
    }
    state.headlines.put(anchor, page);
    muting::list_came(state, effects);
    restoring::page_came(state, effects);
    // While an article is read, the list behind it may fill, but what is read stays.
    if state.focus == super::Pane::Headlines || state.focus == super::Pane::Sources || state.reading.wanted.is_none() {
        lists::cursor_moved(state, effects);
    } else {
        lists::follow(state);
    }
    if !looking
        && std::mem::take(&mut state.asked.open)
        && state.focus == super::Pane::Headlines
        && state.prompt.is_none()
    {
        articles::open_selected(state, effects);
    }
}

fn put_sources(state: &mut State, sources: super::Sources, effects: &mut Vec<Effect>) {
    let sample_gone = state.drawer.sources.only_edition() && !sources.only_edition();
    let back = state.drawer.awaited.filter(|feed| sources.feeds.iter().any(|known| known.id == *feed));
    let selected = match back {
        Some(feed) => Some(View { scope: Scope::Feed(feed), ..View::default() }),
        None => state.drawer.selected(),
    };
    state.searches.put(&sources.searched);
    state.drawer.sources = sources;
    saved::ask_counts(state, effects);
    state.drawer.move_by(0);
    if let Some(view) = selected {
        state.drawer.select(&view);
    }
    if back.is_some() {
        state.drawer.awaited = None;
    }
    if sample_gone {
        leave_sample(state, effects);
    }
}

/// The sample edition is no longer stored, so no list may show it. What the person has just
/// subscribed to, or is looking for, stays in front.
fn leave_sample(state: &mut State, effects: &mut Vec<Effect>) {
    let feeds = &state.drawer.sources.feeds;
    let stays = |view: &View| matches!(view.scope, Scope::Feed(id) if feeds.iter().any(|feed| feed.id == id));
    if let Some(list) = state.before_search.as_mut().filter(|list| !stays(&list.view)) {
        **list = Headlines::default();
    }
    if state.searching() {
        state.ask_page(Anchor::Newest, effects);
    } else if !stays(&state.headlines.view) {
        lists::show(state, View::default(), effects);
    }
}

/// Asks for the rows around the cursor again.
pub(super) fn ask_around(state: &mut State, effects: &mut Vec<Effect>) {
    let around = state.headlines.key().map_or(Anchor::Newest, Anchor::Around);
    state.ask_page(around, effects);
}

/// The state is shared with workers as plain data; this holds the compiler to it.
const _: fn() = || {
    fn is_send<T: Send + Sync>() {}
    is_send::<std::sync::Arc<State>>();
};
