//! The links of the article that is read: as a list, as letters over those on the screen, by number.
//! However one comes to a link, its address is to be seen before it is opened.

use crossterm::event::KeyCode;
use ratatui::layout::{Position, Rect};

use super::effect::{Effect, Question};
use super::geometry::Pane;
use super::layout::{LaidOut, Run, Seam, Step};
use super::prompt::{Prompt, Purpose};
use super::stepping::Steps;
use super::{State, articles};
use crate::clean;
use crate::config::Key;
use crate::model::{Action, ArticleId};
use crate::text::width::width;
use crate::text::{Clean, CleanText, Link};

/// What is open of the links.
#[derive(Clone, Debug, Default)]
pub struct Links {
    /// The list.
    pub list: Option<List>,
    /// The letters.
    pub letters: Option<Letters>,
    /// The link whose target was asked for last is to be read here.
    inside: bool,
    /// The article that a page was asked for from.
    from: Option<ArticleId>,
}

/// The links in reading order.
#[derive(Clone, Debug)]
pub struct List {
    /// Their words and addresses.
    pub items: Vec<(Clean, Link)>,
    /// The selected one.
    pub cursor: usize,
    /// The figures typed so far.
    typed: usize,
}

/// The widest line of the list.
const WIDEST: u16 = 100;

/// Where the list stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// All of it.
    pub page: Rect,
    /// The first link in sight.
    pub top: usize,
    /// How many are, two lines each from the third line of the page on.
    pub fitting: usize,
    /// Lines at the foot for the whole address of the selected one; 0 where a line is enough.
    pub foot: u16,
}

impl List {
    /// Where it stands in `area`.
    #[must_use]
    pub fn standing(&self, area: Rect) -> Standing {
        let columns = area.width.min(WIDEST);
        let page = Rect { x: area.x + (area.width - columns) / 2, width: columns, ..area };
        let address = self.items.get(self.cursor).map_or(0, |(_, link)| width(link.as_str()));
        let foot = u16::try_from(address / usize::from(columns.saturating_sub(2).max(1)) + 1).unwrap_or(1);
        let foot = if foot > 1 { foot.min(area.height / 3) + 1 } else { 0 };
        let fitting = usize::from(page.height.saturating_sub(2 + foot) / 2).max(1);
        Standing { page, top: (self.cursor + 1).saturating_sub(fitting), fitting, foot }
    }

    /// The link at a place on the screen.
    pub(super) fn at(&self, area: Rect, at: Position) -> Option<usize> {
        let Standing { page, top, fitting, .. } = self.standing(area);
        let line = usize::from(at.y.checked_sub(page.y + 2).filter(|_| page.contains(at))?) / 2;
        (line < fitting && top + line < self.items.len()).then_some(top + line)
    }

    /// Moves the selection by so many links.
    pub(super) fn move_by(&mut self, by: isize) {
        self.cursor = self.cursor.saturating_add_signed(by).min(self.items.len().saturating_sub(1));
        self.typed = 0;
    }
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
fn items(laid_out: &LaidOut) -> Vec<(Clean, Link)> {
    let mut words = vec![String::new(); laid_out.links.len()];
    let (mut row_before, mut last) = (0, None);
    for (at, row) in laid_out.rows.iter().enumerate() {
        for run in &row.runs {
            let Some(words) = run.link.and_then(|link| words.get_mut(usize::from(link))) else { continue };
            if last == run.link && row_before < at && laid_out.rows[at - 1].seam == Seam::Space {
                words.push(' ');
            }
            words.push_str(run.text.as_str());
            (row_before, last) = (at, run.link);
        }
    }
    let named = |(words, link): (String, &Link)| {
        let words = Clean::new(&words);
        (if words.is_empty() { Clean::new(link.as_str()) } else { words }, link.clone())
    };
    words.into_iter().zip(&laid_out.links).map(named).collect()
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
    let items = items(&shown.laid_out);
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
    let typed = letters.labels.iter().find(|(label, _)| *label == letters.typed);
    if let Some((_, aim)) = typed {
        match *aim {
            Aim::Link(link) => list(state, usize::from(link)),
            Aim::Step(step) => go(state, step),
        }
    } else if letters.labels.iter().any(|(label, _)| label.starts_with(&letters.typed)) {
        state.links.letters = Some(letters);
    }
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

/// A figure in the list goes to the link of that number. Says whether there is one.
pub(super) fn figure(list: &mut List, figure: usize) -> bool {
    let wanted = [list.typed.saturating_mul(10).saturating_add(figure), figure];
    let Some(number) = wanted.into_iter().find(|number| (1..=list.items.len()).contains(number)) else { return false };
    (list.typed, list.cursor) = (number, number - 1);
    true
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
    match action {
        Action::Open => {
            state.links = Links::default();
            state.ask(Question::Linked { link }, effects);
        }
        Action::FullText => {
            state.links = Links { inside: true, ..Links::default() };
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
        Some(id) => articles::follow(state, id, effects),
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
        articles::follow(state, article, effects);
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

    #[test]
    fn figures_make_numbers() {
        let link = Link::parse("https://a.example/").unwrap();
        let mut list = List { items: vec![("a".into(), link); 14], cursor: 0, typed: 0 };
        for (typed, cursor) in [(1, 0), (2, 11), (3, 2)] {
            assert!(figure(&mut list, typed));
            assert_eq!(list.cursor, cursor);
        }
        assert!(!figure(&mut list, 0), "30 is too many, and there is no link 0");
    }
}
