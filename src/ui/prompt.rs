//! The line that is being typed, on the bottom line: its end in sight, what is offered above it, and
//! what is wrong with it under the very spot.

use ratatui::layout::{Position, Rect};
use unicode_segmentation::UnicodeSegmentation;

use super::pen::Pen;
use crate::app::{Areas, Completion, Prompt, Purpose, State, Wrong};
use crate::app::{commands, piping, tagging};
use crate::clean;
use crate::config::Theme;
use crate::text::Clean;
use crate::text::width::width;
use crate::text::wrap::fill;

/// The most lines that say what is wrong.
const WRONG_LINES: u16 = 3;

/// Columns between two offers.
const GAP: u16 = 2;

/// What an empty line says, the longest that fits.
const HELP: [&str; 3] = [
    "words  \u{201c}phrases\u{201d}  -not  title:  source:  is:unread  since:2d …   Tab completes, \u{2191} earlier ones",
    "words  \u{201c}phrases\u{201d}  -not  title: …   Tab completes, \u{2191} earlier ones",
    "Tab completes, \u{2191} earlier ones",
];

/// The same, where words of the article are looked for.
const HELP_FIND: [&str; 2] =
    ["words, \u{201c}phrases\u{201d}, /patterns/   Ctrl-t searches everything", "Ctrl-t searches everything"];

/// Draws it, with `line` for its place if nothing is to be said about it. Gives the place of the
/// cursor.
pub(super) fn draw(
    state: &State,
    prompt: &Prompt,
    theme: &Theme,
    areas: &Areas,
    line: Rect,
    pen: &mut Pen<'_>,
) -> Position {
    let half = usize::from(line.width / 2);
    let label = [prompt.purpose.label(), prompt.purpose.short_label()];
    let label = label.into_iter().find(|label| width(label) <= half).unwrap_or("");
    let written = Written::of(prompt, width(label), line.width);
    let said = prompt.error.as_ref().map(|wrong| Said::of(wrong, prompt, &written, line.width));
    let below = said.as_ref().map_or(0, |said| said.height.min(line.y.saturating_sub(1)));
    let line = Rect { y: line.y - below, ..line };
    let above = u16::from(prompt.completion.is_some()).min(line.y);
    if below + above > 0 {
        panel(Rect { y: line.y - above, height: above + 1 + below, ..areas.status }, theme, areas, pen);
    }
    let x = pen.words(line, 0, 0, &Clean::verbatim(label), theme.status_key);
    let x = pen.words(line, x, 0, &Clean::verbatim(&written.before), theme.input);
    pen.words(line, x, 0, &written.after, theme.input);
    if prompt.text().is_empty() && prompt.purpose.is_query() {
        let help: &[&str] = if prompt.purpose == Purpose::Find { &HELP_FIND } else { &HELP };
        let fits = help.iter().find(|help| width(help) + 2 < usize::from(line.width.saturating_sub(x)));
        pen.words(line, x + 1, 0, &Clean::verbatim(fits.unwrap_or(&"")), theme.meta);
    }
    if prompt.purpose == Purpose::Find && state.finding.query.is_some() {
        let count = match (state.finding.count, state.finding.at) {
            (0, _) | (_, None) => Clean::new("not in this article"),
            (count, Some(at)) => clean!("hit {} of {count}", at + 1),
        };
        pen.right(line, x + 2, 0, &count, theme.meta);
    }
    if matches!(prompt.purpose, Purpose::Note(_)) {
        pen.right(line, x + 2, 0, &Clean::new("Ctrl-o: in your editor"), theme.meta);
    }
    if prompt.purpose == Purpose::Command {
        pen.right(line, x + 2, 0, &commands::hint(prompt.text()), theme.meta);
    }
    if matches!(prompt.purpose, Purpose::Pipe(_)) && prompt.text().is_empty() {
        pen.right(line, x + 2, 0, &piping::hint(state), theme.meta);
    }
    if let Purpose::Tag(id) = prompt.purpose {
        let standing = tagging::said(&tagging::standing(state, id));
        let help = if standing.as_str().is_empty() {
            Clean::new("several at once, Tab completes")
        } else {
            clean!("has {standing}   -name takes one away")
        };
        let said =
            if prompt.text().is_empty() || standing.as_str().is_empty() { help } else { clean!("has {standing}") };
        if prompt.text().is_empty() || !standing.as_str().is_empty() {
            pen.right(line, x + 2, 0, &said, theme.meta);
        }
    }
    if let Some(said) = said {
        said.draw(Rect { y: line.y + 1, height: below, ..line }, theme, pen);
    }
    if let Some(completion) = prompt.completion.as_ref().filter(|_| above > 0) {
        offers(completion, Rect { y: line.y - 1, ..line }, theme, pen);
    }
    Position::new(line.x + x.min(line.width.saturating_sub(1)), line.y)
}

/// Lays clean paper for lines above the bottom line, with the rule over them.
fn panel(area: Rect, theme: &Theme, areas: &Areas, pen: &mut Pen<'_>) {
    pen.blank(area, theme.page);
    if !areas.across.is_empty() {
        pen.rule(Rect { y: area.y.saturating_sub(1), height: 1, ..area }, &areas.down, theme);
    }
}

/// The part of the line that is in sight.
struct Written {
    before: String,
    after: Clean,
    /// Where `before` begins, in bytes of the line.
    from: usize,
    /// The column at which it begins.
    column: usize,
}

impl Written {
    fn of(prompt: &Prompt, label: usize, columns: u16) -> Self {
        let (before, after) = prompt.halves();
        let space = usize::from(columns).saturating_sub(label + 1);
        let before = tail(before.as_str(), space).to_owned();
        Self { from: prompt.cursor().saturating_sub(before.len()), before, after, column: label }
    }
}

/// What is wrong with the line, set.
struct Said {
    /// The marks under the spot: their column and how many; none where the spot is out of sight.
    marks: Option<(u16, u16)>,
    /// The words beside the marks, at this column, or below them.
    beside: Option<u16>,
    message: Clean,
    height: u16,
}

impl Said {
    fn of(wrong: &Wrong, prompt: &Prompt, written: &Written, columns: u16) -> Self {
        let narrow = |wide: usize| u16::try_from(wide).unwrap_or(u16::MAX);
        let text = |from: usize, to: usize| prompt.text().get(from..to).map_or(0, width);
        let marks = (wrong.at.start >= written.from).then(|| {
            let column = written.column + text(written.from, wrong.at.start);
            (narrow(column), narrow(text(wrong.at.start, wrong.at.end).max(1)))
        });
        let marks = marks.filter(|(column, _)| *column < columns);
        let wide = narrow(width(wrong.message.as_str()));
        let message = wrong.message.clone();
        let lines = narrow(fill(message.as_str(), columns.into()).len()).min(WRONG_LINES);
        match marks {
            // After the marks, else before them, else on lines of its own.
            Some((column, many)) if column.saturating_add(many).saturating_add(GAP + wide) <= columns => {
                Self { marks, beside: Some(column + many + 1), message, height: 1 }
            }
            Some((column, _)) if wide + GAP <= column => Self { marks, beside: Some(0), message, height: 1 },
            Some(_) => Self { marks, beside: None, message, height: 1 + lines },
            None => Self { marks, beside: Some(0), message, height: lines },
        }
    }

    fn draw(&self, area: Rect, theme: &Theme, pen: &mut Pen<'_>) {
        if let Some((column, many)) = self.marks {
            let many = many.min(area.width.saturating_sub(column));
            pen.words(area, column, 0, &clean!("{}", "^".repeat(many.into())), theme.error);
        }
        let (x, y) = match self.beside {
            Some(column) => (column, 0),
            None => (0, 1),
        };
        let room = area.width.saturating_sub(x).max(1);
        pen.wrapped(area, (x, y), room, (&self.message, usize::from(area.height.saturating_sub(y))), theme.error);
    }
}

/// What is offered, on one line; the one that stands in the query is always in sight.
fn offers(completion: &Completion, area: Rect, theme: &Theme, pen: &mut Pen<'_>) {
    let (words, chosen) = completion.shown();
    let wide = |word: &Clean| u16::try_from(width(word.as_str())).unwrap_or(u16::MAX).min(area.width / 2);
    let mut first = chosen;
    let mut used = wide(&words[chosen]);
    while first > 0 && used.saturating_add(GAP + wide(&words[first - 1])) <= area.width * 2 / 3 {
        first -= 1;
        used += GAP + wide(&words[first]);
    }
    let mut x = 0;
    for (at, word) in words.iter().enumerate().skip(first) {
        if x + wide(word) > area.width {
            break;
        }
        let style = if at == chosen { theme.status_key } else { theme.status };
        let place = Rect { width: x + wide(word), ..area };
        x = pen.words(place, x, 0, word, style) + GAP;
    }
}

/// The longest end of `text` that takes at most `columns`, cut between graphemes. Costs what it
/// gives.
fn tail(text: &str, columns: usize) -> &str {
    let mut start = text.len();
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true).rev() {
        used += width(grapheme);
        if used > columns {
            break;
        }
        start = at;
    }
    &text[start..]
}
