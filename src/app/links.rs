//! The links of the article that is read: as a list, as letters over those on the screen, by number.
//! However one comes to a link, its address is to be seen before it is opened.

use crossterm::event::KeyCode;
use ratatui::layout::{Position, Rect};

use super::effect::{Effect, Question};
use super::geometry::Pane;
use super::layout::{Run, Step, called};
use super::prompt::{Prompt, Purpose};
use super::stepping::Steps;
use super::{Shown, State, articles};
use crate::clean;
use crate::config::Key;
use crate::model::{Action, ArticleId};
use crate::text::width::fit;
use crate::text::wrap::fill;
use crate::text::{Clean, CleanText, Link};

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

/// The most lines of a link's words, and of an address that is not selected.
const WORDS: usize = 2;
const ADDRESS: usize = 4;

/// Where the list stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// All of it.
    pub page: Rect,
    /// Columns before the words, for the number.
    pub gutter: u16,
    /// The links in sight.
    pub entries: Vec<Entry>,
}

/// A link in sight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Which it is.
    pub item: usize,
    /// Where it begins, in lines from the top of the page.
    pub y: u16,
    /// Its words, a line each; none where it has no others than its address.
    pub words: Vec<Clean>,
    /// Its address, a line each: of the selected one all of it.
    pub address: Vec<Clean>,
}

impl Entry {
    /// Lines that it takes.
    #[must_use]
    pub fn height(&self) -> u16 {
        u16::try_from(self.words.len() + self.address.len()).unwrap_or(u16::MAX)
    }
}

/// `text` in lines of so many columns, nothing put in and nothing left out; of more lines than `most` the
/// rest stands cut on the last.
fn lines(text: &str, columns: usize, most: usize) -> Vec<Clean> {
    let ranges = fill(text, columns);
    let shown = ranges.iter().take(most).enumerate().map(|(n, range)| {
        let cut = n + 1 == most && ranges.len() > most;
        Clean::verbatim(&fit(&text[range.start..if cut { text.len() } else { range.end }], columns))
    });
    shown.collect()
}

impl List {
    /// Where it stands in `area`.
    #[must_use]
    pub fn standing(&self, area: Rect) -> Standing {
        let columns = area.width.min(WIDEST);
        let page = Rect { x: area.x + (area.width - columns) / 2, width: columns, ..area };
        let gutter = u16::try_from(self.items.len().to_string().len() + 2).unwrap_or(4);
        let room = page.height.saturating_sub(2);
        // From the selected one upwards as many as fit with it; then on below it.
        let mut entries: Vec<Entry> = Vec::new();
        let mut used = 0;
        for item in (0..=self.cursor).rev() {
            let Some(entry) = self.entry(item, columns.saturating_sub(gutter + 1)) else { break };
            if used > 0 && used + entry.height() > room {
                break;
            }
            used += entry.height();
            entries.push(entry);
        }
        entries.reverse();
        for item in self.cursor + 1..self.items.len() {
            let Some(entry) = self.entry(item, columns.saturating_sub(gutter + 1)) else { break };
            if used + entry.height() > room {
                break;
            }
            used += entry.height();
            entries.push(entry);
        }
        let mut y = 2;
        for entry in &mut entries {
            entry.y = y;
            y += entry.height();
        }
        Standing { page, gutter, entries }
    }

    fn entry(&self, item: usize, columns: u16) -> Option<Entry> {
        let (words, link) = self.items.get(item)?;
        let columns = usize::from(columns.max(1));
        let most = if item == self.cursor { usize::MAX } else { ADDRESS };
        let own = words.as_str() != link.as_str();
        let words = if own { lines(words.as_str(), columns, WORDS) } else { Vec::new() };
        Some(Entry { item, y: 0, words, address: lines(link.as_str(), columns, most) })
    }

    /// The link at a place on the screen.
    pub(super) fn at(&self, area: Rect, at: Position) -> Option<usize> {
        let Standing { page, entries, .. } = self.standing(area);
        let y = at.y.checked_sub(page.y).filter(|_| page.contains(at))?;
        entries.iter().find(|entry| (entry.y..entry.y + entry.height()).contains(&y)).map(|entry| entry.item)
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

    #[test]
    fn an_address_is_never_cut_where_it_is_selected_and_gets_nothing_put_in() {
        let address = format!("https://example.org/{}", "a/very/long/path-to/it".repeat(40));
        let link = |address: &str| Link::parse(address).unwrap();
        let items = vec![
            ("words".into(), link(&address)),
            ("words".into(), link(&address)),
            ("b".into(), link("https://b.example/")),
        ];
        let area = Rect::new(0, 2, 60, 40);
        for cursor in 0..3 {
            let standing = List { items: items.clone(), cursor, typed: 0 }.standing(area);
            let selected = standing.entries.iter().find(|entry| entry.item == cursor).unwrap();
            let whole: String = selected.address.iter().map(Clean::as_str).collect();
            assert_eq!(whole, items[cursor].1.as_str());
            for entry in standing.entries.iter().filter(|entry| entry.item != cursor) {
                assert!(entry.address.len() <= ADDRESS && entry.words.len() == 1);
            }
            for pair in standing.entries.windows(2) {
                assert_eq!(pair[0].y + pair[0].height(), pair[1].y);
            }
        }
        let list = List { items, cursor: 2, typed: 0 };
        let last = list.standing(area).entries.pop().unwrap();
        assert_eq!(list.at(area, Position::new(5, area.y + last.y + 1)), Some(2));
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
