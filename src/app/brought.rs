//! What comes of work that was asked for: subscribing, importing, refreshing.

use super::effect::{Effect, Question, Slot};
use super::event::{Choices, Done, Progress, Summary};
use super::update::ask_around;
use super::{Notice, Pane, State, articles, fetching, links, lists, notifying, packs, unreached};
use crate::clean;
use crate::model::{Action, Anchor, ArticleId, Scope, View};
use crate::text::Clean;

pub(super) fn finished(state: &mut State, done: Done, effects: &mut Vec<Effect>) {
    // What is said by the way ends nothing that was asked for.
    state.busy &= matches!(done, Done::Said(_));
    if matches!(done, Done::Subscribed { .. } | Done::Saved { .. } | Done::Imported { .. } | Done::Joined(..)) {
        notifying::pass_over(state, effects);
    }
    match done {
        Done::Subscribed { feed, title, new, others } => {
            state.say(match new {
                0 => clean!("Subscribed to {title}."),
                1 => clean!("Subscribed to {title}: 1 article."),
                new => clean!("Subscribed to {title}: {new} articles."),
            });
            if at_leisure(state) {
                lists::show(state, View { scope: Scope::Feed(feed), ..View::default() }, effects);
                if !others.is_empty() {
                    state.choices = Some(Choices { feeds: others, cursor: 0, beside: Some(title) });
                }
            }
        }
        Done::Saved { article, title, gate, known } => {
            match gate {
                Some(gate) => state.complain(gate),
                None if known => state.say(clean!("It is stored already: {title}")),
                None => state.say(clean!("Saved: {title}")),
            }
            arrived(state, Some(article), effects);
            // It is a bookmark: its pictures are fetched, and the page itself.
            effects.push(Effect::FetchMissing);
        }
        Done::Awaited { article, title } => {
            arrived(state, Some(article), effects);
            let complete = state.key(Action::Complete);
            state.say(clean!("Kept: {title}. Its page is fetched with a later refresh; {complete} asks for it now."));
        }
        Done::Unreached(link, problem) => unreached::came(state, link, problem),
        Done::Read(article) => {
            state.notice = None;
            links::arrived(state, article, effects);
        }
        Done::Imported { said, article, rows } => {
            let told = !rows.is_empty() && !state.report.open;
            state.report.put_import(said.clone(), rows);
            let report = state.key(Action::Report);
            state.say(if told { clean!("{said}. {report} shows what.") } else { said });
            arrived(state, article, effects);
        }
        Done::Joined(new, known) => packs::joined(state, new, known, effects),
        Done::Choose(choices) => {
            state.notice = None;
            state.choices = Some(Choices { feeds: choices, cursor: 0, beside: None });
        }
        Done::InStories => {
            state.say("All articles are in their stories.".into());
            if state.headlines.loaded && !state.waits_for(Slot::Page) {
                ask_around(state, effects);
            }
        }
        Done::Said(words) | Done::Exported(words) => state.say(words),
        Done::Failed(problem) => state.complain(problem),
    }
    state.ask(Question::Sources, effects);
}

/// Whether what comes in may be put in front: nobody is reading or typing.
pub(super) fn at_leisure(state: &State) -> bool {
    let walking = matches!(state.focus, Pane::Headlines | Pane::Sources);
    let covered = state.help.is_some()
        || state.sheet.is_some()
        || state.muting.is_some()
        || state.output.is_some()
        || state.dialog.is_some()
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
        state.focus = Pane::Article;
    }
}

/// How a piece of work stands: with the key that calls it off, where somebody asked for it.
pub(super) fn working(state: &mut State, words: Clean) {
    if !state.busy {
        return state.say(words);
    }
    let cancel = state.key(Action::Cancel);
    state.say(clean!("{words}  {cancel} cancels."));
}

pub(super) fn refreshing(state: &mut State, progress: Progress, effects: &mut Vec<Effect>) {
    let before = state.refreshing.as_ref().map_or(0, |progress| progress.new);
    // Counted where it leads somewhere: in the river, which it will stand in.
    let new = progress.new.saturating_sub(before);
    for list in std::iter::once(&mut state.headlines).chain(state.before_search.as_deref_mut()) {
        if list.counts_arrivals() {
            list.arrived += new;
        }
    }
    let first_news = state.headlines.loaded && state.headlines.rows.is_empty() && state.headlines.arrived > 0;
    state.refreshing = Some(progress);
    if first_news && !state.waits_for(Slot::Page) && !state.searching() {
        state.ask_page(Anchor::Newest, effects);
    }
}

pub(super) fn refreshed(state: &mut State, summary: &Summary, effects: &mut Vec<Effect>) {
    refreshing(state, summary.progress.clone(), effects);
    state.refreshing = None;
    state.ask(Question::Sources, effects);
    if summary.progress.new > 0 {
        notifying::look(state, effects);
    }
    if !summary.cancelled {
        effects.push(Effect::FetchMissing);
    }
    let said = summed_up(state, summary);
    state.report.put(said.clone(), summary.feeds.clone(), state.refresh_asked.is_some());
    // What nobody asked for is not talked about: news is counted in the top line, and a feed that
    // fails is marked in the sources. Nor does it take the place of something that went wrong and
    // that nobody has read yet.
    if state.refresh_asked.is_some() && !matches!(state.notice, Some(Notice::Trouble(_))) {
        let report = state.key(Action::Report);
        state.say(if state.report.rows.is_empty() { said } else { clean!("{said} {report} shows which.") });
    }
    fetching::next(state, effects);
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
