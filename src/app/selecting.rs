//! Selecting paragraphs of the article that is read, to copy them.

use super::State;
use super::effect::Effect;
use super::geometry::Pane;
use super::layout::{LaidOut, Row, Seam, Tone, Words};
use crate::clean;
use crate::model::Action;
use crate::text::{Clean, CleanText};

/// The paragraphs that are selected, by the numbers of their blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Where it was begun.
    from: u32,
    /// Where it is extended to.
    to: u32,
}

impl Selection {
    /// Whether block number `block` is among them.
    fn has(self, block: u32) -> bool {
        (self.from.min(self.to)..=self.from.max(self.to)).contains(&block)
    }

    /// Whether a row is shown as selected: one of a selected block that is copied with it.
    #[must_use]
    pub fn covers(self, row: &Row) -> bool {
        let own = row.runs.get(usize::from(row.lead)..).unwrap_or_default();
        self.has(row.place.block) && own.iter().any(|run| run.tone != Tone::Meta)
    }
}

/// Whether a block has words to copy: what Dateline says of an article is no part of it.
fn has_words(words: &Words) -> bool {
    !words.text.trim().is_empty() && !matches!(words.tone, Tone::Line | Tone::Meta)
}

fn paragraphs(laid_out: &LaidOut) -> Vec<u32> {
    laid_out.blocks().filter(has_words).map(|words| words.block).collect()
}

/// Selects the first paragraph of the text that begins on the screen, else the one that fills it; not the
/// head of the article, which stands a key above.
pub(super) fn begin(state: &mut State) {
    let Some(shown) = state.reading.current() else { return };
    let (top, bottom) = (shown.top, shown.top + shown.height.max(1));
    let is_text = |words: &Words| has_words(words) && !matches!(words.tone, Tone::Title | Tone::Standfirst);
    let texts: Vec<Words> = shown.laid_out.blocks().filter(is_text).collect();
    let begins = texts.iter().find(|words| (top..bottom).contains(&words.rows.start));
    let in_sight = || texts.iter().find(|words| words.rows.start < bottom && words.rows.end > top);
    let below = || texts.iter().find(|words| words.rows.start >= top).or(texts.last());
    let Some(block) = begins.or_else(in_sight).or_else(below).map(|words| words.block) else {
        return state.say(Clean::new("There is no text here to select from."));
    };
    state.focus = Pane::Article;
    state.selecting = Some(Selection { from: block, to: block });
}

/// An action while paragraphs are selected; says whether it was one of those that mean something then.
/// All others end the selection and do what they do.
pub(super) fn perform(state: &mut State, action: Action, times: isize, effects: &mut Vec<Effect>) -> bool {
    let Some(selection) = state.selecting else { return false };
    if state.focus != Pane::Article || state.reading.current().is_none() {
        state.selecting = None;
        return false;
    }
    match action {
        Action::LineDown | Action::Next | Action::RelatedNext => extend(state, selection, times),
        Action::LineUp | Action::Previous | Action::RelatedPrevious => extend(state, selection, -times),
        Action::First => extend(state, selection, isize::MIN + 1),
        Action::Last => extend(state, selection, isize::MAX),
        Action::CopyLink => copy(state, selection, false, effects),
        Action::CopyHeadline => copy(state, selection, true, effects),
        Action::Back | Action::Select => {
            state.selecting = None;
            state.notice = None;
        }
        Action::Redraw | Action::Suspend | Action::Help => return false,
        _ => {
            state.selecting = None;
            return false;
        }
    }
    true
}

fn extend(state: &mut State, selection: Selection, by: isize) {
    let Some(shown) = state.reading.current_mut() else { return };
    let all = paragraphs(&shown.laid_out);
    let at = all.iter().position(|block| *block == selection.to).unwrap_or(0);
    let Some(to) = all.get(at.saturating_add_signed(by).min(all.len().saturating_sub(1))).copied() else { return };
    shown.bring(to);
    state.selecting = Some(Selection { to, ..selection });
}

/// Puts the selected paragraphs on the clipboard; with `source`, what article they are from below them.
fn copy(state: &mut State, selection: Selection, source: bool, effects: &mut Vec<Effect>) {
    let Some(shown) = state.reading.current() else { return };
    let blocks = shown.laid_out.blocks().filter(|words| has_words(words) && selection.has(words.block));
    let texts: Vec<String> = blocks.map(|words| as_copied(&shown.laid_out, &words)).collect();
    let mut text = texts.join("\n\n");
    let words = text.split_whitespace().count();
    if source {
        let headline = &shown.headline;
        text.push_str(&format!("\n\n— {}, {}", headline.source, headline.title));
        if let Some(link) = &headline.link {
            text.push_str(&format!("\n{link}"));
        }
    }
    let many = texts.len();
    state.selecting = None;
    let paragraphs = if many == 1 { "1 paragraph".to_owned() } else { format!("{many} paragraphs") };
    let words = if words == 1 { "1 word".to_owned() } else { format!("{words} words") };
    state.say(clean!("Copied: {paragraphs}, {words}."));
    effects.push(Effect::Copy(CleanText::new(&text)));
}

/// A paragraph as one line; code and tables line by line, as they stand.
fn as_copied(laid_out: &LaidOut, words: &Words) -> String {
    let rows = &laid_out.rows[words.rows.clone()];
    if words.as_set {
        let mut text = String::new();
        for row in rows {
            let line = row.own_words().1;
            // A line that was broken to fit is one.
            if row.seam == Seam::Space {
                text.push_str(line.trim_end());
                text.push('\n');
            } else {
                text.push_str(&line);
            }
        }
        return text.trim_matches('\n').to_owned();
    }
    words.text.trim().to_owned()
}
