//! Who says what in the article that is read: marked in the text, and listed.
//!
//! The text is looked through on a worker ([`of`]); what it found belongs to one layout, and is asked
//! for again where the text is set anew.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::effect::{Effect, Question};
use super::found::{Piece, on_screen};
use super::geometry::Pane;
use super::layout::{LaidOut, Tone, Words};
use super::stepping::Steps;
use super::{Slot, State};
use crate::clean;
use crate::model::Action;
use crate::text::language::detect;
use crate::text::quotes::{knows, quotations};
use crate::text::{Clean, Lang};

/// What somebody says in an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The block that it stands in.
    pub block: u32,
    /// Who says it; `None` where the text does not tell.
    pub speaker: Option<Clean>,
    /// What is said.
    pub words: Clean,
    /// In the speaker's own words.
    pub direct: bool,
}

/// Everything that is said in an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quotations {
    /// What is said, in the order of the text.
    pub said: Vec<Said>,
    /// Where it stands on the page; `hit` is its place in `said`.
    pub words: Vec<Piece>,
    /// Where the speakers are named.
    pub speakers: Vec<Piece>,
    /// The language, where there are no rules for it.
    pub unknown: Option<Clean>,
}

/// What of it is on the screen.
#[derive(Clone, Debug, Default)]
pub struct Quoting {
    /// What was found; `None` where it is not marked.
    pub found: Option<Quotations>,
    /// The selected one, where the list is open.
    pub list: Option<usize>,
    /// The layout that was looked through, or is being.
    within: Option<Arc<LaidOut>>,
    /// The list opens when the answer comes.
    open: bool,
}

/// Looks through the text of an article for what is said in it, and by whom. `lang` is the code of its
/// language; without one it is told by the text. Linear; a few milliseconds for 5,000 words.
#[must_use]
pub fn of(laid_out: &LaidOut, lang: Option<&Clean>) -> Quotations {
    let told = |block: &Words| !block.as_set && matches!(block.tone, Tone::Body | Tone::Quote | Tone::Standfirst);
    let blocks: Vec<Words> = laid_out.blocks().filter(told).collect();
    let paragraphs: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
    let lang = lang.and_then(|code| Lang::from_code(code.as_str())).or_else(|| detect(&paragraphs.join("\n")));
    let Some(lang) = lang.filter(|lang| knows(*lang)) else {
        let unknown = lang.map_or_else(|| Clean::new("a language that is not known"), |lang| Clean::new(lang.name()));
        return Quotations { unknown: Some(unknown), ..Quotations::default() };
    };
    let mut found = Quotations::default();
    for quote in quotations(&paragraphs, lang) {
        let block = &blocks[quote.paragraph];
        let put = |bytes: &Range<usize>, into: &mut Vec<Piece>| {
            into.extend(on_screen(laid_out, block, bytes, found.said.len()));
        };
        put(&quote.said, &mut found.words);
        if let Some(named) = &quote.named {
            put(named, &mut found.speakers);
        }
        found.said.push(Said {
            block: block.block,
            speaker: quote.speaker.as_deref().map(Clean::new),
            words: Clean::new(&block.text[quote.said]),
            direct: quote.direct,
        });
    }
    found
}

impl Quotations {
    /// The pieces of `all` that stand on line `row`. They are in order.
    pub fn on(all: &[Piece], row: usize) -> impl Iterator<Item = &Piece> {
        let from = all.partition_point(|piece| piece.row < row);
        all[from..].iter().take_while(move |piece| piece.row == row)
    }

    /// How much there is, and by how many, in words.
    #[must_use]
    pub fn summed_up(&self) -> Clean {
        let mut speakers: HashMap<&Clean, ()> = HashMap::new();
        speakers.extend(self.said.iter().filter_map(|said| said.speaker.as_ref()).map(|speaker| (speaker, ())));
        let many = self.said.len();
        let said = if many == 1 { "1 quotation".to_owned() } else { format!("{many} quotations") };
        match speakers.len() {
            0 => clean!("{said}"),
            1 => clean!("{said} of one speaker"),
            speakers => clean!("{said} of {speakers} speakers"),
        }
    }
}

/// Marks what is said in the article and lists it; where it is marked, opens the list again.
pub(super) fn open(state: &mut State, effects: &mut Vec<Effect>) {
    if state.reading.current().is_none() {
        return;
    }
    state.focus = Pane::Article;
    let first = first_in_sight(state);
    match &state.quoting.found {
        Some(found) if !found.said.is_empty() => state.quoting.list = Some(first),
        _ => {
            state.quoting.open = true;
            ask(state, effects);
        }
    }
}

/// The first of what is said that stands on the screen, or below it.
fn first_in_sight(state: &State) -> usize {
    let (Some(shown), Some(found)) = (state.reading.current(), &state.quoting.found) else { return 0 };
    found.words.iter().find(|piece| piece.row >= shown.top).map_or(0, |piece| piece.hit)
}

fn ask(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(shown) = state.reading.current() else { return };
    let (laid_out, lang) = (shown.laid_out.clone(), shown.headline.lang.clone());
    state.quoting.within = Some(laid_out.clone());
    state.ask(Question::Quotations { laid_out, lang }, effects);
}

/// Sees to it that what is marked belongs to what is shown: another article is unmarked, the same in
/// another width is looked through again.
pub(super) fn follow(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(within) = &state.quoting.within else { return };
    let Some(shown) = state.reading.current() else { return end(state) };
    if Arc::ptr_eq(within, &shown.laid_out) {
        return;
    }
    let same = within.blocks().next().map(|first| first.text) == shown.laid_out.blocks().next().map(|first| first.text);
    if same { ask(state, effects) } else { end(state) }
}

/// Takes what was found.
pub(super) fn put(state: &mut State, laid_out: &Arc<LaidOut>, found: Quotations) {
    let quoting = &mut state.quoting;
    if !quoting.within.as_ref().is_some_and(|within| Arc::ptr_eq(within, laid_out)) {
        return;
    }
    let open = std::mem::take(&mut quoting.open);
    if let Some(lang) = &found.unknown {
        let said = clean!("Who says what can be told in English, Russian, German, French and Spanish; this is {lang}.");
        *quoting = Quoting::default();
        return state.say(said);
    }
    if found.said.is_empty() {
        *quoting = Quoting::default();
        return state.say(Clean::new("Nobody is quoted in this text, as far as can be told."));
    }
    quoting.list = quoting.list.map(|at| at.min(found.said.len() - 1));
    quoting.found = Some(found);
    if open {
        let first = first_in_sight(state);
        state.quoting.list = Some(first);
    }
}

/// Ends the marking; says whether anything was marked.
pub(super) fn unmark(state: &mut State) -> bool {
    let marked = state.quoting.found.is_some();
    end(state);
    marked
}

fn end(state: &mut State) {
    state.quoting = Quoting::default();
    state.forget(Slot::Quotations);
}

/// An action in the list.
pub(super) fn perform(state: &mut State, action: Action, count: Option<usize>, effects: &mut Vec<Effect>) {
    let (Some(at), Some(found)) = (state.quoting.list, &state.quoting.found) else { return };
    let steps = Steps::over(state, at, found.said.len());
    let list = &mut state.quoting.list;
    if let Some(to) = steps.to(action, count) {
        *list = Some(to);
        return;
    }
    match action {
        Action::Open => {
            let block = found.said.get(at).map(|said| said.block);
            let first = found.words.iter().find(|piece| piece.hit == at).map(|piece| piece.row);
            *list = None;
            if let (Some(shown), Some(block)) = (state.reading.current_mut(), block) {
                shown.bring(block);
                // A paragraph may be longer than the screen.
                if let Some(row) = first.filter(|row| !(shown.top..shown.top + shown.height).contains(row)) {
                    let wanted = row.saturating_sub(shown.height / 3);
                    shown.scroll(wanted.cast_signed() - shown.top.cast_signed());
                }
            }
            let (again, back) = (state.key(Action::Quotations), state.key(Action::Back));
            state.say(clean!("{again} shows the list again, {back} ends the marking."));
        }
        Action::Back | Action::Quit | Action::Quotations => *list = None,
        Action::Redraw => effects.push(Effect::Redraw),
        Action::Suspend => effects.push(Effect::Suspend),
        _ => {}
    }
}
