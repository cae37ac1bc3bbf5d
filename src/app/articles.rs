//! Opening articles, walking from one to the next, and what a person does to them.

use std::collections::HashSet;
use std::sync::Arc;

use super::effect::{Effect, Question, Slot, Ticket};
use super::event::Problem;
use super::geometry::Pane;
use super::layout::Measure;
use super::{Change, State, lists, sheets};
use crate::clean;
use crate::config::MarkRead;
use crate::model::{Action, ArticleId, Headline};
use crate::text::{Clean, CleanText};

/// Shows an article beside the list, as the cursor rests on it.
pub(super) fn look_at(state: &mut State, id: ArticleId, effects: &mut Vec<Effect>) {
    if state.reading.wanted == Some(id) && state.reading.problem.is_none() {
        return;
    }
    state.reading.trail.clear();
    state.reading.ahead.clear();
    request(state, id, effects);
}

/// Shows an empty article pane: the list is empty.
pub(super) fn look_at_nothing(state: &mut State) {
    state.reading = super::reading::Reading::default();
    state.related = super::related::Related::default();
    state.forget(Slot::Article);
    state.forget(Slot::Related);
}

/// Asks for an article and what is related to it, and remembers how far the one before was read.
fn request(state: &mut State, id: ArticleId, effects: &mut Vec<Effect>) {
    leave(state, effects);
    state.reading.wanted = Some(id);
    state.reading.problem = None;
    let plates = super::pictures::none_yet(state);
    let measure = Measure { plates, ..state.measure(&state.areas()) };
    state.ask(Question::Article { id, measure, kind: None, change: None }, effects);
    state.asked.related_of = Some(id);
    state.ask_related(id, effects);
}

/// Remembers how far the article on the screen was read.
pub(super) fn leave(state: &State, effects: &mut Vec<Effect>) {
    let Some(shown) = state.reading.current() else { return };
    let position = shown.position();
    if position != shown.article.position && shown.article.revised.is_none() {
        effects.push(Effect::Change(Change::Position { id: shown.headline.id, position }));
    }
}

/// Opens the selected row: the keys go to the article, and it counts as read where settings say so.
pub(super) fn open_selected(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(row) = state.headlines.settled() else {
        // Typed ahead: it is opened when it is there.
        state.asked.open = state.waits_for(Slot::Page);
        return;
    };
    let (id, read) = (row.id, row.read);
    look_at(state, id, effects);
    opened(state, id, read, effects);
}

fn focus_article(state: &mut State) {
    if state.focus != Pane::Article {
        state.related.cursor = None;
    }
    state.focus = Pane::Article;
}

/// An article is open: the keys go to it, and it counts as read where settings say so.
pub(super) fn opened(state: &mut State, id: ArticleId, read: bool, effects: &mut Vec<Effect>) {
    focus_article(state);
    mark_opened(state, id, read, effects);
}

fn mark_opened(state: &mut State, id: ArticleId, read: bool, effects: &mut Vec<Effect>) {
    if !read && state.config.mark_read != MarkRead::Manual {
        change(state, Change::Read { ids: [id].into(), to: true, asked: false }, effects);
    }
}

/// Opens the selected related article; the one before is a step back.
pub(super) fn open_related(state: &mut State, effects: &mut Vec<Effect>) {
    if state.related.of != state.reading.wanted {
        // What is shown belongs to the article before; its own is on its way.
        return;
    }
    let Some(item) = state.related.selected() else {
        if !state.related.items.is_empty() {
            state.related.move_by(1);
        }
        return;
    };
    let (id, read) = (item.headline.id, item.headline.read);
    go_to(state, id, read, effects);
}

/// Opens an article that the one on the screen leads to.
pub(super) fn follow(state: &mut State, id: ArticleId, effects: &mut Vec<Effect>) {
    let read = shown(state, id).is_some_and(|row| row.read);
    go_to(state, id, read, effects);
}

/// Opens an article that a link of the one on the screen leads to; one level back is where the link is.
pub(super) fn follow_link(state: &mut State, id: ArticleId, effects: &mut Vec<Effect>) {
    let here = state.reading.wanted;
    follow(state, id, effects);
    state.reading.led.extend(here.map(|here| (here, id)));
}

/// Opens an article; the one before is a step back.
fn go_to(state: &mut State, id: ArticleId, read: bool, effects: &mut Vec<Effect>) {
    if let Some(here) = state.reading.wanted {
        state.reading.trail.push(here);
        state.reading.led.retain(|step| *step != (here, id));
    }
    state.reading.ahead.clear();
    focus_article(state);
    state.related.cursor = None;
    request(state, id, effects);
    mark_opened(state, id, read, effects);
}

/// Back to the article before, or forward again; `times` articles, or as many as there are.
pub(super) fn walk_trail(state: &mut State, back: bool, times: usize, effects: &mut Vec<Effect>) {
    let reading = &mut state.reading;
    let (from, to) =
        if back { (&mut reading.trail, &mut reading.ahead) } else { (&mut reading.ahead, &mut reading.trail) };
    let passed = times.saturating_sub(1).min(from.len().saturating_sub(1));
    let mut here = reading.wanted;
    for _ in 0..passed {
        to.extend(here);
        here = from.pop();
    }
    let Some(id) = from.pop() else {
        if back && matches!(state.focus, Pane::Article | Pane::Related) {
            close(state, effects);
        } else {
            state.say(Clean::new(if back { "No article before this one." } else { "No article to go forward to." }));
        }
        return;
    };
    to.extend(here);
    if state.focus == Pane::Related {
        state.focus = Pane::Article;
    }
    request(state, id, effects);
}

/// Back to the article that has the link which led here, else to the page that the article was opened
/// from, else to the list: the article under its cursor is beside it again.
pub(super) fn close(state: &mut State, effects: &mut Vec<Effect>) {
    if state.reading.led_here() {
        return walk_trail(state, true, 1, effects);
    }
    if sheets::come_back(state, effects) {
        return;
    }
    state.focus = Pane::Headlines;
    state.zen = false;
    state.related.cursor = None;
    super::found::end(state);
    leave(state, effects);
    lists::cursor_moved(state, effects);
}

/// The row of the article that a command is about: the selected related one, the one being read,
/// or the one under the list's cursor.
#[must_use]
pub(super) fn target(state: &State) -> Option<&Headline> {
    if let Some(sheet) = &state.sheet {
        return sheet.selected().map(|entry| &entry.headline);
    }
    match state.focus {
        Pane::Related => state.related.selected().map(|item| &item.headline),
        Pane::Article => state.reading.current().map(|shown| &shown.headline),
        Pane::Headlines | Pane::Sources => state.headlines.settled(),
    }
}

/// Does what a person asked to articles: shown at once, stored behind the screen.
pub(super) fn change(state: &mut State, change: Change, effects: &mut Vec<Effect>) {
    // Before it is shown: a feed that is left is not among the sources any more.
    let name = name(state, &change);
    match &change {
        Change::Read { ids, .. } | Change::Bookmark { ids, .. } if ids.is_empty() => return,
        _ => show_change(state, &change, true),
    }
    state.history.begin(&change, name);
    state.asked.unsettled.begin(&change);
    effects.push(Effect::Change(change));
}

/// Shows a change on everything that is on the screen, or takes it back where it was not stored.
pub(super) fn show_change(state: &mut State, change: &Change, done: bool) {
    match change {
        Change::Read { ids, to, .. } => each(state, ids, |row| row.read = *to == done),
        Change::Bookmark { ids, to, .. } => each(state, ids, |row| row.bookmarked = *to == done),
        Change::Tags { id, before, after, .. } => {
            let tags = if done { after } else { before };
            each(state, &[*id], |row| row.tags = tags.to_vec());
        }
        Change::AllRead { .. } if done => {
            let ids: Vec<_> = state.headlines.rows.iter().map(|row| row.id).collect();
            each(state, &ids, |row| row.read = true);
        }
        Change::FeedSettings { feed, before, after, .. } => {
            super::feed_page::show(state, *feed, if done { after } else { before });
        }
        Change::StoryRead { story } if done => {
            let of_story = |row: &&super::headlines::Row| row.story() == Some(*story);
            let ids: Vec<_> = state.headlines.rows.iter().filter(of_story).map(|row| row.id).collect();
            each(state, &ids, |row| row.read = true);
            let standings = state.headlines.rows.iter_mut().filter_map(|row| row.standing.as_mut());
            standings.filter(|standing| standing.id == *story).for_each(|standing| standing.unread = 0);
        }
        Change::Saved { before, after, .. } if done => super::saved::show(state, before.as_ref(), after.as_ref()),
        Change::Saved { before, after, .. } => super::saved::show(state, after.as_ref(), before.as_ref()),
        Change::Feed { feed, edit, .. } if done => super::feeds::show(state, *feed, edit),
        Change::AllRead { .. }
        | Change::Feed { .. }
        | Change::StoryRead { .. }
        | Change::Mute { .. }
        | Change::Visited { .. }
        | Change::Searched { .. }
        | Change::Remembered { .. }
        | Change::Text { .. }
        | Change::Note { .. }
        | Change::Position { .. } => {}
    }
}

/// The article that a change is of, if it is one.
fn only(change: &Change) -> Option<ArticleId> {
    match change {
        Change::Read { ids, .. } | Change::Bookmark { ids, .. } => match ids[..] {
            [id] => Some(id),
            _ => None,
        },
        Change::Tags { id, .. } | Change::Note { id, .. } => Some(*id),
        _ => None,
    }
}

/// What is changed, by its name: the headline of an article that is on the screen, a feed, a saved search.
fn name(state: &State, change: &Change) -> Option<Clean> {
    match change {
        Change::Feed { feed, .. } | Change::FeedSettings { feed, .. } => {
            let feed = state.drawer.sources.feeds.iter().find(|known| known.id == *feed);
            feed.map(|feed| feed.title.clone())
        }
        Change::Saved { before, after, .. } => before.as_ref().or(after.as_ref()).map(|saved| saved.name.clone()),
        _ => only(change).and_then(|id| shown(state, id)).map(|row| row.title.clone()),
    }
}

/// The headline of an article that is on the screen.
pub(super) fn shown(state: &State, id: ArticleId) -> Option<&Headline> {
    let list = state.headlines.rows.iter().map(|row| &row.headline);
    let related = state.related.items.iter().map(|item| &item.headline);
    let shown = state.reading.shown.iter().map(|shown| &shown.headline);
    let sheet = state.sheet.iter().flat_map(|sheet| &sheet.entries).map(|entry| &entry.headline);
    list.chain(related).chain(shown).chain(sheet).find(|row| row.id == id)
}

fn each(state: &mut State, ids: &[ArticleId], change: impl Fn(&mut Headline)) {
    state.headlines.change(ids, &change);
    if let Some(list) = &mut state.before_search {
        list.change(ids, &change);
    }
    let related = state.related.items.iter_mut().map(|item| &mut item.headline);
    let shown = state.reading.shown.iter_mut().map(|shown| &mut shown.headline);
    let sheets = state.sheet.iter_mut().chain(&mut state.behind);
    let entries = sheets.flat_map(|sheet| &mut sheet.entries).map(|entry| &mut entry.headline);
    // A handful of rows, of which the article being read may be a related one as well.
    let mut rows: Vec<_> = related.chain(shown).chain(entries).collect();
    // The ids may be a million.
    let here: HashSet<ArticleId> = rows.iter().map(|row| row.id).collect();
    for id in ids.iter().filter(|id| here.contains(id)) {
        rows.iter_mut().filter(|row| row.id == *id).for_each(|row| change(row));
    }
}

/// Marks the target read or unread.
pub(super) fn toggle_read(state: &mut State, effects: &mut Vec<Effect>) {
    let Some((id, read)) = target(state).map(|row| (row.id, row.read)) else { return };
    if let Some(story) = folded_story(state) {
        return change(state, Change::StoryRead { story }, effects);
    }
    change(state, Change::Read { ids: [id].into(), to: !read, asked: true }, effects);
}

/// The story that the selected row stands for whole, with something of it unread.
fn folded_story(state: &State) -> Option<crate::model::StoryId> {
    if state.focus != Pane::Headlines || state.sheet.is_some() {
        return None;
    }
    let row = state.headlines.settled_row().filter(|row| row.is_front() && row.unread())?;
    row.story().filter(|story| !state.headlines.is_unfolded(*story))
}

/// Bookmarks the target, or takes its bookmark away.
pub(super) fn toggle_bookmark(state: &mut State, effects: &mut Vec<Effect>) {
    let Some((id, kept)) = target(state).map(|row| (row.id, row.bookmarked)) else { return };
    change(state, Change::Bookmark { ids: [id].into(), to: !kept, asked: true }, effects);
    let undo = state.key(Action::Undo);
    state.say(if kept {
        clean!("Bookmark removed. {undo} puts it back.")
    } else {
        Clean::new("Bookmarked: it stays here, whole, until you remove it.")
    });
}

/// Marks everything in the list read.
pub(super) fn mark_all_read(state: &mut State, effects: &mut Vec<Effect>) {
    if state.headlines.stories {
        let (one, list, all) = (Action::ToggleRead, Action::ShowAll, Action::MarkAllRead);
        let (one, list, all) = (state.key(one), state.key(list), state.key(all));
        return state.say(clean!("{one} marks the selected story read; {list} and {all} mark all news."));
    }
    // Whole stories, not only their fronts: the view as it is, with nothing folded.
    let view = state.headlines.view.clone();
    change(state, Change::AllRead { view }, effects);
}

/// Shows again what a person did and the answer to `question` may not know of.
pub(super) fn show_unsettled(state: &mut State, question: Ticket) {
    for change in state.asked.unsettled.unknown_to(question) {
        // What another list's articles are, only the store knows.
        if !matches!(&change, Change::AllRead { view } if *view != state.headlines.view) {
            show_change(state, &change, true);
        }
    }
}

/// Opens the target's page in the browser.
pub(super) fn browse(state: &mut State, go_on: bool, effects: &mut Vec<Effect>) {
    let Some(row) = target(state) else { return };
    let (id, read) = (row.id, row.read);
    match row.link.clone() {
        Some(link) => {
            state.say(clean!("Opening {link}"));
            effects.push(Effect::Browse(link));
        }
        None => return no_address(state),
    }
    if go_on {
        if !read {
            change(state, Change::Read { ids: [id].into(), to: true, asked: true }, effects);
        }
        match state.focus {
            Pane::Headlines => lists::move_by(state, 1, effects),
            Pane::Article => lists::to_unread(state, true, 1, true, effects),
            Pane::Related | Pane::Sources => {}
        }
    }
}

/// Copies the target's address, with its headline before it if wanted.
pub(super) fn copy(state: &mut State, with_headline: bool, effects: &mut Vec<Effect>) {
    let Some(row) = target(state) else { return };
    let Some(link) = row.link.clone() else { return no_address(state) };
    let text = if with_headline { format!("{} — {link}", row.title) } else { link.to_string() };
    state.say(clean!("Copied: {text}"));
    effects.push(Effect::Copy(CleanText::new(&text)));
}

pub(super) fn no_address(state: &mut State) {
    let hint = match target(state) {
        Some(row) if row.stub => "Only its headline stood on the page it came from; a search may find the article.",
        _ => "It came from a file; its text is stored here.",
    };
    state.complain(Problem {
        message: Clean::new("This article has no address on the web."),
        hint: Some(Clean::new(hint)),
    });
}

/// Takes an article that was asked for.
pub(super) fn put(state: &mut State, answer: Option<(Arc<crate::model::Article>, Arc<super::LaidOut>)>) {
    let Some((article, laid_out)) = answer else {
        state.reading.problem = Some(Problem {
            message: Clean::new("This article is no longer stored."),
            hint: Some(Clean::new("It was removed by the clean-up or with its feed.")),
        });
        return;
    };
    // A layout that is on its way is that of the article before.
    state.forget(Slot::Layout);
    state.asked.columns = None;
    let height = usize::from(state.areas().text.height);
    let headline = &article.headline;
    let (id, title, lang) = (headline.id, headline.title.clone(), headline.lang.clone());
    let (words, stub, revisions, whole) = (headline.words, headline.stub, headline.revisions, headline.whole);
    let tags = headline.tags.clone();
    each(state, &[id], |row| {
        (row.title, row.lang) = (title.clone(), lang.clone());
        (row.words, row.stub, row.revisions) = (words, stub, revisions);
        (row.whole, row.tags) = (whole, tags.clone());
    });
    match &mut state.reading.shown {
        // Another text of the article that is being read.
        Some(shown) if shown.headline.id == id => shown.replace(article, laid_out, height),
        shown => *shown = Some(super::reading::Shown::new(article, laid_out, height)),
    }
}
