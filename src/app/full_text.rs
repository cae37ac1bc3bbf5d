//! The two texts of an article: fetching the full one from its page, and going from one to the
//! other.

use super::effect::{Effect, Question};
use super::event::{FullText, Problem};
use super::stored::capitalised;
use super::{Change, State, articles};
use crate::clean;
use crate::model::{Action, ArticleId, FeedAddress, FeedId, Headline, Scope, TextKind};
use crate::text::Clean;

/// Pages that are being fetched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pages {
    /// Those that a person asked for, with their headlines, the longest asked first.
    pub asked: Vec<(ArticleId, Clean)>,
    /// Those that nobody asked for one by one (feeds whose full text is always wanted, bookmarks):
    /// how many have come, of how many.
    pub unasked: Option<(usize, usize)>,
}

/// Shows the other text of the target, or fetches its full one; `anew` fetches it in any case.
pub(super) fn full_text(state: &mut State, anew: bool, effects: &mut Vec<Effect>) {
    let Some(row) = articles::target(state).cloned() else { return };
    if let Some(shown) = state.reading.current().filter(|shown| shown.headline.id == row.id && !anew) {
        let (kind, texts) = (shown.article.kind, &shown.article.texts);
        if let Some(other) = texts.other(kind) {
            return show(state, row.id, other, effects);
        }
        if kind == TextKind::Full {
            return state.say(clean!("This is the full text; the feed gave none of its own.{}", again(state)));
        }
    }
    fetch(state, &row, effects);
}

/// How the page is fetched once more.
fn again(state: &State) -> Clean {
    match state.reading.current().filter(|shown| shown.article.texts.page) {
        Some(_) => clean!(" {} fetches its page again.", state.key(Action::FetchAgain)),
        None => Clean::default(),
    }
}

fn show(state: &mut State, id: ArticleId, kind: TextKind, effects: &mut Vec<Effect>) {
    effects.push(Effect::Change(Change::Text { id, kind }));
    ask(state, id, Some(kind), effects);
    state.say(Clean::new(match kind {
        TextKind::Full => "The full text, as its page had it.",
        TextKind::Feed => "The text that the feed gave.",
    }));
}

/// Shows what changed in the target: the latest change, then the one before it, then the text again.
pub(super) fn changes(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(row) = articles::target(state) else { return };
    let (id, changes) = (row.id, row.revisions);
    let trifles = state.reading.current().is_some_and(|shown| shown.headline.id == id && shown.article.trifles);
    if changes == 0 && !trifles {
        return state.say(Clean::new("This article has not changed since it first came."));
    }
    // On a page over the panes nothing could be seen of it.
    if state.sheet.is_some() {
        return state.say(clean!("{} opens the article first.", state.key(Action::Open)));
    }
    if state.reading.wanted != Some(id) {
        // From the list, where it is not beside it.
        articles::look_at(state, id, effects);
    }
    state.focus = super::Pane::Article;
    let revised = state.reading.current().and_then(|shown| shown.article.revised.as_ref());
    let change = match revised {
        None => Some(0),
        Some(revised) => Some(revised.back + 1).filter(|back| *back < revised.of),
    };
    let measure = state.measure(&state.areas());
    state.ask(Question::Article { id, measure, kind: None, change }, effects);
}

/// From a change back to the text; says whether a change was shown.
pub(super) fn leave_changes(state: &mut State, effects: &mut Vec<Effect>) -> bool {
    let Some(shown) = state.reading.current().filter(|shown| shown.article.revised.is_some()) else { return false };
    let id = shown.headline.id;
    ask(state, id, None, effects);
    true
}

/// Asks for the article on the screen again: its texts are others now.
fn ask(state: &mut State, id: ArticleId, kind: Option<TextKind>, effects: &mut Vec<Effect>) {
    let measure = state.measure(&state.areas());
    state.ask(Question::Article { id, measure, kind, change: None }, effects);
}

/// Asks for what is shown of the article on the screen again: the same text, or the same change.
fn ask_same(state: &mut State, id: ArticleId, effects: &mut Vec<Effect>) {
    let article = state.reading.current().map(|shown| &shown.article);
    let change = article.and_then(|article| article.revised.as_ref()).map(|revised| revised.back);
    let kind = article.filter(|_| change.is_none()).map(|article| article.kind);
    let measure = state.measure(&state.areas());
    state.ask(Question::Article { id, measure, kind, change }, effects);
}

fn fetch(state: &mut State, row: &Headline, effects: &mut Vec<Effect>) {
    let id = row.id;
    if state.pages.asked.iter().any(|(asked, _)| *asked == id) {
        let cancel = state.key(Action::Cancel);
        return state.say(clean!("Its page is being fetched; {cancel} cancels it."));
    }
    let sample = state.drawer.sources.feeds.iter().find(|feed| feed.id == row.feed);
    let sample = sample.is_some_and(|feed| feed.address == FeedAddress::Edition);
    if sample {
        return state.complain(Problem {
            message: Clean::new("This is sample news: there is no page on the web to fetch."),
            hint: Some(clean!("{} adds a feed of real news.", state.key(Action::Add))),
        });
    }
    if !row.link.as_ref().is_some_and(crate::text::Link::is_web) {
        return articles::no_address(state);
    }
    state.pages.asked.push((id, row.title.clone()));
    effects.push(Effect::FetchText(id));
}

/// Has the full text of the selected feed's articles always fetched, or not any more.
pub(super) fn toggle_always(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(Scope::Feed(id)) = state.drawer.selected().map(|view| view.scope) else {
        return state.say(Clean::new("Choose a feed first: full text is set feed by feed."));
    };
    let Some(feed) = state.drawer.sources.feeds.iter().find(|feed| feed.id == id) else { return };
    if !feed.address.is_fetched() {
        let words = clean!("{} has no pages on the web to fetch.", feed.title);
        return state.say(words);
    }
    let before = feed.settings.clone();
    let mut after = before.clone();
    after.full_text = !before.full_text;
    articles::change(state, Change::FeedSettings { feed: id, before, after, asked: true }, effects);
}

/// The setting of a feed is stored.
pub(super) fn always_stored(state: &mut State, id: FeedId, to: bool, effects: &mut Vec<Effect>) {
    let title = state.drawer.sources.feeds.iter().find(|feed| feed.id == id).map(|feed| feed.title.clone());
    let title = title.unwrap_or_default();
    if to {
        state.say(clean!("{title}: the full text of its articles is fetched, now and with every refresh."));
        effects.push(Effect::FetchMissing);
    } else {
        state.say(clean!("{title}: full text only when you ask for it. What was fetched stays."));
    }
}

/// A page has come, or has not.
pub(super) fn came(state: &mut State, came: FullText, effects: &mut Vec<Effect>) {
    let FullText { article, title, asked, outcome } = came;
    state.pages.asked.retain(|(id, _)| *id != article || !asked);
    let here = state.reading.wanted == Some(article);
    if here {
        // Text that nobody asked for does not take the place of what is being read; what was bookmarked is
        // wanted whole, and at its top nothing is lost by it.
        let bookmarked = state.reading.current().filter(|shown| shown.headline.id == article);
        let bookmarked = bookmarked.filter(|shown| !asked && shown.headline.bookmarked);
        let bookmarked = bookmarked.filter(|shown| shown.article.kind == TextKind::Feed && outcome.is_ok());
        let at_top = bookmarked.map(|shown| shown.top == 0);
        if asked && outcome.is_ok() || at_top == Some(true) {
            ask(state, article, Some(TextKind::Full), effects);
        } else {
            ask_same(state, article, effects);
        }
        if outcome.is_ok() {
            state.ask_related(article, effects);
        }
        match at_top {
            Some(true) => state.say(Clean::new("Bookmarked; the full text is here.")),
            Some(false) => {
                let key = state.key(Action::FullText);
                state.say(clean!("Bookmarked; the full text is here: {key} shows it."));
            }
            None => {}
        }
    }
    if !asked {
        return;
    }
    match outcome {
        Ok((words, None)) if here => state.say(clean!("Full text: {words} words.")),
        Ok((words, None)) => state.say(clean!("Full text of “{title}”: {words} words.")),
        Ok((words, Some(Problem { message, hint }))) => {
            let (browser, import) = (state.key(Action::OpenBrowser), state.key(Action::Import));
            let advice = match hint {
                Some(advice) => clean!("{} ({browser} opens the browser, {import} imports)", capitalised(&advice)),
                None => clean!("{browser} opens its page in the browser"),
            };
            state.say(clean!("{words} words of “{title}”: {message}. {advice}."));
        }
        Err(problem) => state.complain(problem),
    }
}

/// What is missing of a bookmark is known anew: where it is on the screen, it says so, and the mark on
/// its row with it.
pub(super) fn kept(state: &mut State, article: ArticleId, effects: &mut Vec<Effect>) {
    if state.reading.wanted == Some(article) {
        ask_same(state, article, effects);
    }
}

/// Has fetched what bookmarks still lack.
pub(super) fn complete(state: &mut State, effects: &mut Vec<Effect>) {
    if state.drawer.sources.bookmarked == 0 {
        return state.say(clean!("There are no bookmarks; {} makes one.", state.key(Action::Bookmark)));
    }
    if state.pages.unasked.is_some() {
        let cancel = state.key(Action::Cancel);
        return state.say(clean!("Pages are being fetched; {cancel} cancels it."));
    }
    state.say(Clean::new("Asking for what the bookmarks lack …"));
    effects.push(Effect::Complete);
}

/// Calls off what is being fetched; says whether anything was.
pub(super) fn cancel(state: &mut State, effects: &mut Vec<Effect>) -> bool {
    if state.pages == Pages::default() {
        return false;
    }
    effects.push(Effect::CancelPages);
    true
}
