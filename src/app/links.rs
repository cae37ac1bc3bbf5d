//! The links of the article that is read: as a list, as letters over those on the screen, by number.
//! However one comes to a link, its address is to be seen before it is opened.

use crossterm::event::KeyCode;

use super::effect::{Effect, Question};
use super::geometry::Pane;
use super::layout::{Run, Step, called};
use super::prompt::{Prompt, Purpose};
use super::stepping::Steps;
use super::{Shown, State, articles};
use crate::clean;
use crate::config::Key;
use crate::model::{Action, ArticleId};
use crate::text::{Clean, CleanText, Link};

mod list;

pub use list::{Entry, List, Standing};

/// What is open of the links.
#[derive(Clone, Debug, Default)]
pub struct Links {
    /// The list.
    pub list: Option<List>,
    /// The letters.
    pub letters: Option<Letters>,
    /// The link that was picked by its letters: its place among those of the text, and its address.
    pub picked: Option<(u16, Link)>,
    /// The link whose target was asked for last is to be read here.
    inside: bool,
    /// The article that a page was asked for from.
    from: Option<ArticleId>,
}

/// Letters over the links on the screen.
#[derive(Clone, Debug)]
pub struct Letters {
    /// What stands over what.
    pub labels: Vec<(String, Aim)>,
    /// Letters typed so far.
    pub typed: String,
}

/// What a letter leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Aim {
    /// A link, by its place among those of the text.
    Link(u16),
    /// A footnote, or back from it.
    Step(Step),
}

impl Aim {
    /// What a run of the text leads to, if it leads anywhere.
    #[must_use]
    pub fn of(run: &Run) -> Option<Self> {
        run.step.map(Self::Step).or(run.link.map(Self::Link))
    }
}

/// The words of every link; a link without words is called by its address. Linear in the text.
fn items(shown: &Shown) -> Vec<(Clean, Link)> {
    let mut items = shown.article.document.link_words();
    items.extend(shown.article.enclosures.iter().map(|file| (called(&file.link), file.link.clone())));
    for (words, link) in &mut items {
        if words.is_empty() {
            *words = Clean::new(link.as_str());
        }
    }
    items
}

/// So many labels, each as short as can be while none begins another.
fn labels(many: usize) -> Vec<String> {
    const LETTERS: &[u8] = b"asdfghjklqwertyuiopzxcvbnm";
    let letter = |n: usize| char::from(LETTERS[n % LETTERS.len()]);
    if many <= LETTERS.len() {
        return (0..many).map(|n| letter(n).to_string()).collect();
    }
    // More than fit a screen with two letters each cannot be told apart by eye, either.
    let most = LETTERS.len() * LETTERS.len();
    (0..many.min(most)).map(|n| format!("{}{}", letter(n / LETTERS.len()), letter(n))).collect()
}

/// Opens the list, at link `at` where there are so many.
pub(super) fn list(state: &mut State, at: usize) {
    let Some(shown) = state.reading.current() else { return };
    let items = items(shown);
    if items.is_empty() {
        let browser = state.key(Action::OpenBrowser);
        return state.say(clean!("There are no links in this text. {browser} opens its page."));
    }
    let cursor = at.min(items.len() - 1);
    state.links = Links { list: Some(List { items, cursor, typed: 0 }), ..Links::default() };
}

/// A figure in the article: the list at that link. Says whether there are so many.
pub(super) fn number(state: &mut State, figure: usize) -> bool {
    let many = state.reading.current().map_or(0, |shown| shown.laid_out.links.len());
    if state.focus != Pane::Article || figure == 0 || figure > many {
        return false;
    }
    list(state, figure - 1);
    if let Some(list) = &mut state.links.list {
        list.typed = figure;
    }
    true
}

/// Puts letters over the links that are on the screen.
pub(super) fn letters(state: &mut State) {
    let height = usize::from(state.areas().text.height);
    let Some(shown) = state.reading.current() else { return };
    let mut links: Vec<Aim> = Vec::new();
    for run in shown.laid_out.rows.iter().skip(shown.top).take(height).flat_map(|row| &row.runs) {
        // A link that goes on in the next line, or in another style, is one; beside others in the cells of
        // a table, too.
        links.extend(Aim::of(run).filter(|aim| !links.contains(aim)));
    }
    if links.is_empty() {
        let all = state.key(Action::Links);
        return state.say(clean!("There are no links on the screen. {all} lists those of the whole text."));
    }
    state.focus = Pane::Article;
    let labels = labels(links.len()).into_iter().zip(links).collect();
    state.links = Links { letters: Some(Letters { labels, typed: String::new() }), ..Links::default() };
}

/// A key while letters are over the links.
pub(super) fn letter(state: &mut State, key: Key) {
    let Some(mut letters) = state.links.letters.take() else { return };
    let Some(typed) = key.typed() else {
        if key.code() == KeyCode::Backspace && letters.typed.pop().is_some() {
            state.links.letters = Some(letters);
        }
        return;
    };
    letters.typed.extend(typed.to_lowercase());
    let found = letters.labels.iter().find(|(label, _)| *label == letters.typed).map(|(_, aim)| *aim);
    match found {
        Some(Aim::Link(link)) => pick(state, link),
        Some(Aim::Step(step)) => go(state, step),
        None if letters.labels.iter().any(|(label, _)| label.starts_with(&letters.typed)) => {
            state.links.letters = Some(letters);
        }
        None => state.say(clean!("No link here has the letters {}.", letters.typed)),
    }
}

/// Picks a link of the text: its address is told, and nothing opened yet.
fn pick(state: &mut State, at: u16) {
    let link = state.reading.current().and_then(|shown| shown.laid_out.links.get(usize::from(at)).cloned());
    state.links.picked = link.map(|link| (at, link));
}

/// An action while a link is picked; whatever does nothing to it lets it go.
pub(super) fn perform_picked(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    let Some((_, link)) = state.links.picked.take() else { return };
    match action {
        Action::Redraw | Action::Suspend => {
            effects.push(if action == Action::Redraw { Effect::Redraw } else { Effect::Suspend });
        }
        _ => {
            act_on(state, action, link, effects);
        }
    }
}

/// Does what can be done to a link; says whether `action` is any of that.
fn act_on(state: &mut State, action: Action, link: Link, effects: &mut Vec<Effect>) -> bool {
    match action {
        Action::Open | Action::FullText => {
            state.links = Links { inside: action == Action::FullText, ..Links::default() };
            state.ask(Question::Linked { link }, effects);
        }
        Action::OpenBrowser => {
            state.links = Links::default();
            browse(state, link, effects);
        }
        Action::CopyLink => {
            state.say(clean!("Copied: {link}"));
            effects.push(Effect::Copy(CleanText::new(link.as_str())));
        }
        Action::Add => {
            state.links = Links::default();
            state.prompt = Some(Prompt::new(Purpose::Add, link.as_str()));
        }
        _ => return false,
    }
    true
}

/// To a footnote, or back to where it is first referred to.
pub(super) fn go(state: &mut State, step: Step) {
    let Some(shown) = state.reading.current_mut() else { return };
    let (Step::Note(number) | Step::Back(number)) = step;
    let at = usize::try_from(number).unwrap_or(usize::MAX).saturating_sub(1);
    let Some((sign, note)) = shown.laid_out.notes.get(at).copied() else { return };
    shown.bring(if matches!(step, Step::Note(_)) { note.block } else { sign.block });
    state.say(match step {
        Step::Note(number) => clean!("Footnote {number}; the letter at its end leads back."),
        Step::Back(number) => clean!("Back at the sign of footnote {number}."),
    });
}

/// An action in the list.
pub(super) fn perform(state: &mut State, action: Action, count: Option<usize>, effects: &mut Vec<Effect>) {
    let Some(list) = &state.links.list else { return };
    let steps = Steps::over(state, list.cursor, list.items.len());
    let Some(link) = list.items.get(list.cursor).map(|(_, link)| link.clone()) else { return };
    let Some(list) = &mut state.links.list else { return };
    list.typed = 0;
    if let Some(to) = steps.to(action, count) {
        list.cursor = to;
        return;
    }
    if act_on(state, action, link, effects) {
        return;
    }
    match action {
        Action::Back | Action::Quit | Action::Links => state.links = Links::default(),
        Action::Redraw => effects.push(Effect::Redraw),
        Action::Suspend => effects.push(Effect::Suspend),
        _ => {}
    }
}

/// What a link leads to is known: a stored article is opened here, anything else in the browser.
pub(super) fn put(state: &mut State, link: Link, article: Option<ArticleId>, effects: &mut Vec<Effect>) {
    match article {
        Some(id) if state.reading.wanted == Some(id) => state.say(Clean::new("This link leads to this very article.")),
        Some(id) => articles::follow_link(state, id, effects),
        None if std::mem::take(&mut state.links.inside) && link.is_web() => read(state, link, effects),
        None => browse(state, link, effects),
    }
}

/// Fetches the page that a link leads to, to be read here.
fn read(state: &mut State, link: Link, effects: &mut Vec<Effect>) {
    state.links.from = state.reading.wanted;
    state.busy = true;
    let cancel = state.key(Action::Cancel);
    state.say(clean!("Fetching {link} … {cancel} cancels it."));
    effects.push(Effect::ReadPage(link));
}

/// The page that was asked for is stored: it opens where one still is on the article that led to it.
pub(super) fn arrived(state: &mut State, article: ArticleId, effects: &mut Vec<Effect>) {
    let from = state.links.from.take();
    let waits = from.is_some() && from == state.reading.wanted && state.prompt.is_none() && state.sheet.is_none();
    if waits && matches!(state.focus, Pane::Article | Pane::Related) {
        articles::follow_link(state, article, effects);
    } else {
        state.say(Clean::new("The page is stored, among the saved pages."));
    }
}

fn browse(state: &mut State, link: Link, effects: &mut Vec<Effect>) {
    state.say(clean!("Opening {link}"));
    effects.push(Effect::Browse(link));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_label_begins_another() {
        for many in [1, 26, 27, 100] {
            let labels = labels(many);
            assert_eq!(labels.len(), many);
            for (n, label) in labels.iter().enumerate() {
                assert!(labels.iter().enumerate().all(|(m, other)| n == m || !other.starts_with(label.as_str())));
            }
        }
    }
}
