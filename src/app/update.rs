//! The one way the state changes: an event in, work out. Pure and total: the same state and event
//! always give the same result, and there is no event that it cannot take.

use super::effect::{Effect, Question, Slot, Ticket};
use super::event::{Answer, Changed, Done, Event, Progress, Summary};
use super::headlines::Headlines;
use super::{
    State, act, articles, found, full_text, keys, links, lists, mouse, muting, packs, saved, search, sheets, typing,
    unfolding,
};
use crate::clean;
use crate::model::{Action, Anchor, ArticleId, Only, Scope, Time, View};
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
    geometry_changed(state, &mut effects);
    found::follow(state);
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
        Event::Changed(changed) => stored(state, changed, effects),
        Event::Working(words) => state.say(words),
        Event::Done(done) => finished(state, done, effects),
        Event::FullText(came) => full_text::came(state, came, effects),
        Event::Kept(article) => full_text::kept(state, article, effects),
        Event::Pages(progress) => state.pages.unasked = progress,
        Event::Refreshing(progress) => refreshing(state, progress, effects),
        Event::Refreshed(summary) => refreshed(state, &summary, effects),
        Event::Settings(config, problem) => {
            let folds = state.folding();
            if config.fold != state.config.fold {
                state.fold = config.fold;
            }
            state.config = config;
            if state.folding() != folds {
                state.headlines.unfolded.clear();
                ask_around(state, effects);
            }
            match problem {
                Some(problem) => state.complain(problem),
                None => state.say(Clean::new("Settings read anew.")),
            }
        }
        Event::Found(path, feeds) => state.found = Some((path, feeds)),
        Event::RefreshDue => {
            if state.refreshing.is_none() {
                state.refreshing = Some(Progress::default());
                state.refresh_asked = false;
                effects.push(Effect::Refresh(super::Refresh::Due));
            }
        }
        Event::Ending => act::depart(state, effects),
        Event::Trouble(problem) => state.complain(problem),
    }
}

/// What follows where panes have other sizes than before: the list keeps its cursor in sight, the
/// article keeps its first line and is set anew if its width changed.
pub(super) fn geometry_changed(state: &mut State, effects: &mut Vec<Effect>) {
    lists::follow(state);
    act::clamp_help(state);
    sheets::follow(state);
    if !matches!(state.focus, super::Pane::Article | super::Pane::Related) {
        // One has left the article that was opened from the page.
        state.behind = None;
    }
    let areas = state.areas();
    if let Some(pane) = areas.sources {
        state.drawer.follow(pane.height.into());
    }
    if areas.related.is_some() {
        let look = state.related_look(&areas);
        state.related.follow(look);
    }
    let columns = state.columns(&areas);
    let height = usize::from(areas.text.height);
    let Some(shown) = state.reading.shown.as_mut().filter(|_| areas.article.is_some()) else { return };
    if shown.height != height {
        let same = shown.laid_out.clone();
        shown.reset(same, height);
    }
    // Asked once: a layout that failed would fail again, for ever.
    if shown.laid_out.columns != columns && state.asked.columns != Some(columns) {
        let article = shown.article.clone();
        let measure = state.measure(&areas);
        state.asked.columns = Some(columns);
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
        (Slot::Linked, Answer::Linked(link, article)) => links::put(state, link, article, effects),
        (Slot::SavedCounts, Answer::SavedCounts(counts)) => state.drawer.counts = counts,
        (Slot::SavedCounts, Answer::Failed(_)) => {
            // The numbers beside saved searches are not worth a complaint over what one does.
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
            None => {
                lists::nothing_unread(state);
                // The rows that were on their way when this was asked in between.
                lists::cursor_moved(state, effects);
            }
        };
    }
    let Some(anchor) = state.asked.anchor.take() else { return };
    if search::fall_back(state, page.rows.is_empty(), effects) {
        return;
    }
    if anchor == Anchor::Newest {
        state.headlines.arrived = 0;
    }
    state.headlines.put(anchor, page);
    // While an article is read, the list behind it may fill, but what is read stays.
    if state.focus == super::Pane::Headlines || state.focus == super::Pane::Sources || state.reading.wanted.is_none() {
        lists::cursor_moved(state, effects);
    } else {
        lists::follow(state);
    }
    if std::mem::take(&mut state.asked.open) && state.focus == super::Pane::Headlines && state.prompt.is_none() {
        articles::open_selected(state, effects);
    }
}

fn put_sources(state: &mut State, sources: super::Sources, effects: &mut Vec<Effect>) {
    let sample_gone = state.drawer.sources.only_edition() && !sources.only_edition();
    let selected = state.drawer.selected();
    state.searches.put(&sources.searched);
    state.drawer.sources = sources;
    saved::ask_counts(state, effects);
    state.drawer.move_by(0);
    if let Some(view) = selected {
        state.drawer.select(&view);
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

/// A change was stored. Or it was not: what the screen shows is put back.
fn stored(state: &mut State, changed: Changed, effects: &mut Vec<Effect>) {
    let Changed { change, outcome } = changed;
    state.settle(&change, outcome.is_ok());
    let step = state.history.settle(&change, outcome.as_ref().ok());
    match outcome {
        Ok(ids) => {
            // Copies may have been marked with it.
            if let super::Change::Read { to, asked, .. } = change {
                let many = ids.len() > 1;
                articles::show_change(state, &super::Change::Read { ids, to, asked }, true);
                if many && state.headlines.stories {
                    // How many of a story are unread, where not all of it is at hand.
                    ask_around(state, effects);
                }
            }
            let undo = state.key(Action::Undo);
            match (&change, step) {
                (super::Change::AllRead { .. } | super::Change::StoryRead { .. }, Some(step)) => {
                    state.say(clean!("{}. {undo} takes it back.", capitalised(&step.label())));
                }
                (super::Change::Mute { mute, said, to, asked }, _) => {
                    if *asked {
                        let told = muting::told(mute, said, *to, (state.now, &state.zone), &undo);
                        state.say(capitalised(&told));
                    }
                    show_anew(state, effects);
                }
                _ => {}
            }
            match &change {
                super::Change::AlwaysFullText { feed, to } => full_text::always_stored(state, *feed, *to, effects),
                super::Change::Feed { feed, edit, .. } => super::feeds::stored(state, *feed, edit, effects),
                // They stand in its head.
                super::Change::Tags { id, .. } => full_text::kept(state, *id, effects),
                // The whole of it is fetched, where it is not here.
                super::Change::Bookmark { to: true, ids, .. } => {
                    ids.iter().for_each(|id| full_text::kept(state, *id, effects));
                    effects.push(Effect::FetchMissing);
                }
                _ => {}
            }
            if shows_in_sources(&change) {
                state.ask(Question::Sources, effects);
            }
        }
        Err(problem) => {
            state.history.refused(&change);
            articles::show_change(state, &change, false);
            state.complain(problem);
            match change {
                super::Change::Feed { .. } | super::Change::Saved { .. } => state.ask(Question::Sources, effects),
                super::Change::Mute { .. } if state.muting.is_some() => {
                    state.ask(Question::Mutes { article: None }, effects);
                }
                _ => {}
            }
            ask_around(state, effects);
        }
    }
    if let super::Change::AllRead { .. } | super::Change::StoryRead { .. } = change {
        for _ in 0..std::mem::take(&mut state.asked.undos) {
            articles::undo(state, false, effects);
        }
    }
}

/// Asks for the rows around the cursor again.
pub(super) fn ask_around(state: &mut State, effects: &mut Vec<Effect>) {
    let around = state.headlines.key().map_or(Anchor::Newest, Anchor::Around);
    state.ask_page(around, effects);
}

/// Asks again for what a mute changes: the list around the cursor, what is related, what is muted.
fn show_anew(state: &mut State, effects: &mut Vec<Effect>) {
    ask_around(state, effects);
    if let Some(id) = state.reading.wanted {
        state.asked.related_of = Some(id);
        state.ask(Question::Related { id }, effects);
    }
    if state.muting.is_some() {
        state.ask(Question::Mutes { article: None }, effects);
    }
}

/// Whether counts and sources may be others after a change.
fn shows_in_sources(change: &super::Change) -> bool {
    use super::Change::{Position, Searched, Text, Visited};
    !matches!(change, Position { .. } | Searched { .. } | Text { .. } | Visited { .. })
}

fn capitalised(words: &Clean) -> Clean {
    let mut chars = words.as_str().chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    clean!("{first}{}", chars.as_str())
}

fn finished(state: &mut State, done: Done, effects: &mut Vec<Effect>) {
    // What is said by the way ends nothing that was asked for.
    state.busy &= matches!(done, Done::Said(_));
    match done {
        Done::Subscribed { feed, title, new } => {
            state.say(match new {
                0 => clean!("Subscribed to {title}."),
                1 => clean!("Subscribed to {title}: 1 article."),
                new => clean!("Subscribed to {title}: {new} articles."),
            });
            if at_leisure(state) {
                lists::show(state, View { scope: Scope::Feed(feed), ..View::default() }, effects);
            }
        }
        Done::Saved { article, title } => {
            state.say(clean!("Saved: {title}"));
            arrived(state, Some(article), effects);
        }
        Done::Imported { said, article } => {
            state.say(said);
            arrived(state, article, effects);
        }
        Done::Joined(new, known) => packs::joined(state, new, known, effects),
        Done::Choose(choices) => {
            state.notice = None;
            state.choices = Some((choices, 0));
        }
        Done::InStories => {
            state.say("All articles are in their stories.".into());
            if state.headlines.loaded && !state.waits_for(Slot::Page) {
                ask_around(state, effects);
            }
        }
        Done::Said(words) => state.say(words),
        Done::Failed(problem) => state.complain(problem),
    }
    state.ask(Question::Sources, effects);
}

/// Whether what comes in may be put in front: nobody is reading or typing.
fn at_leisure(state: &State) -> bool {
    let walking = matches!(state.focus, super::Pane::Headlines | super::Pane::Sources);
    let covered = state.help.is_some()
        || state.sheet.is_some()
        || state.muting.is_some()
        || state.choices.is_some()
        || state.report.open;
    walking && state.prompt.is_none() && !covered
}

/// Shows what a person brought in: the article itself, or the list it is in.
fn arrived(state: &mut State, article: Option<ArticleId>, effects: &mut Vec<Effect>) {
    if !at_leisure(state) {
        return;
    }
    lists::show(state, View::default(), effects);
    if let Some(id) = article {
        articles::look_at(state, id, effects);
        state.focus = super::Pane::Article;
    }
}

fn refreshing(state: &mut State, progress: Progress, effects: &mut Vec<Effect>) {
    let before = state.refreshing.as_ref().map_or(0, |progress| progress.new);
    // Counted where it leads somewhere: in the river, which it will stand in.
    let new = progress.new.saturating_sub(before);
    for list in std::iter::once(&mut state.headlines).chain(state.before_search.as_deref_mut()) {
        let View { scope, only, query, .. } = &list.view;
        if *scope == Scope::Everything && *only != Only::Bookmarked && query.is_none() {
            list.arrived += new;
        }
    }
    let first_news = state.headlines.loaded && state.headlines.rows.is_empty() && state.headlines.arrived > 0;
    state.refreshing = Some(progress);
    if first_news && !state.waits_for(Slot::Page) && !state.searching() {
        state.ask_page(Anchor::Newest, effects);
    }
}

fn refreshed(state: &mut State, summary: &Summary, effects: &mut Vec<Effect>) {
    refreshing(state, summary.progress.clone(), effects);
    state.refreshing = None;
    state.ask(Question::Sources, effects);
    if !summary.cancelled {
        effects.push(Effect::FetchMissing);
    }
    let said = summed_up(state, summary);
    state.report.put(said.clone(), summary.feeds.clone(), state.refresh_asked);
    if !state.refresh_asked || matches!(state.notice, Some(super::Notice::Trouble(_))) {
        // What nobody asked for is not talked about: news is counted in the top line, and a feed
        // that fails is marked in the sources. Nor does it take the place of something that went
        // wrong and that nobody has read yet.
        return;
    }
    let report = state.key(Action::Report);
    state.say(if state.report.feeds.is_empty() { said } else { clean!("{said} {report} shows which.") });
}

/// The most feeds that failed which are named at the end of a refresh.
const NAMED: usize = 3;

/// What a refresh came to, in a sentence.
fn summed_up(state: &State, summary: &Summary) -> Clean {
    let Progress { done, total, failed, new } = &summary.progress;
    let mut said = match (summary.cancelled, total) {
        (true, _) => format!("Cancelled after {done} of {total} feeds"),
        (false, 0) => format!("No feed to refresh: press {} to add one", state.key(Action::Add)),
        (false, 1) => "1 feed".to_owned(),
        (false, total) => format!("{total} feeds"),
    };
    if *total > 0 {
        said.push_str(&format!(", {new} new"));
    }
    let mut failing =
        summary.feeds.iter().filter(|feed| !feed.later).filter_map(|feed| Some((feed, feed.trouble.as_ref()?)));
    match (failed, failing.next()) {
        (0, _) | (_, None) => {}
        (1, Some((_, trouble))) => said.push_str(&format!(", 1 failed: {trouble}")),
        (failed, Some((first, _))) => {
            let mut names = vec![first.title.to_string()];
            names.extend(failing.take(NAMED - 1).map(|(feed, _)| feed.title.to_string()));
            if failed > &names.len() {
                names.push(format!("{} more", failed - names.len()));
            }
            said.push_str(&format!(", {failed} failed: {}", names.join(", ")));
        }
    }
    let later = summary.feeds.iter().filter(|feed| feed.later).count();
    if later > 0 {
        said.push_str(&format!(", {later} put off"));
    }
    if !said.ends_with('.') {
        said.push('.');
    }
    Clean::new(&said)
}

/// The state is shared with workers as plain data; this holds the compiler to it.
const _: fn() = || {
    fn is_send<T: Send + Sync>() {}
    is_send::<std::sync::Arc<State>>();
};
