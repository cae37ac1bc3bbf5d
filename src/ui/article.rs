//! The article pane.

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::headlines::star;
use super::pen::Pen;
use crate::app::layout::{Run, Tone};
use crate::app::{Areas, Shown, State};
use crate::clean;
use crate::config::Theme;

/// How the hit that one has gone to differs from the others.
const HERE: Modifier = Modifier::BOLD.union(Modifier::UNDERLINED);

/// Draws the article.
pub(super) fn draw(state: &State, theme: &Theme, areas: &Areas, area: Rect, pen: &mut Pen<'_>) {
    if let Some(problem) = &state.reading.problem {
        let hint = problem.hint.clone().unwrap_or_default();
        return pen.message(area, &[(problem.message.clone(), theme.error), (hint, theme.meta)]);
    }
    let Some(shown) = &state.reading.shown else { return };
    let text = areas.text;
    for (y, (at, row)) in (0..text.height).zip(shown.laid_out.rows.iter().enumerate().skip(shown.top)) {
        let mut x = 0;
        for run in &row.runs {
            x = pen.words(text, x, y, &run.text, style(run, theme));
        }
        for piece in state.finding.on(at) {
            let here = state.finding.at == Some(piece.hit);
            let style = if here { theme.hit.add_modifier(HERE) } else { theme.hit };
            pen.over(text, (piece.columns.start, y), piece.columns.end - piece.columns.start, style);
        }
    }
    super::pictures::draw(state, shown, text, pen);
    if let Some(letters) = &state.links.letters {
        super::links::letters(letters, shown, theme, areas, pen);
    }
    progress(shown, theme, areas, area, pen);
}

/// How far one is, on the rule under the pane.
fn progress(shown: &Shown, theme: &Theme, areas: &Areas, area: Rect, pen: &mut Pen<'_>) {
    if shown.top == 0 && shown.at_end() {
        return;
    }
    let Some(rule) = areas.across.iter().find(|rule| rule.y == area.bottom()) else { return };
    let line = Rect { x: area.x, width: area.width.saturating_sub(2), ..*rule };
    let bookmark = if shown.headline.bookmarked { format!("{} ", star(&shown.headline)) } else { String::new() };
    pen.right(line, 0, 0, &clean!(" {bookmark}{} % ", shown.percent()), theme.meta);
}

/// The style of a run.
fn style(run: &Run, theme: &Theme) -> Style {
    let mut style = match run.tone {
        Tone::Body => theme.body,
        Tone::Title => theme.title,
        Tone::Standfirst => theme.standfirst,
        Tone::Meta => theme.meta,
        Tone::Heading => theme.heading,
        Tone::Quote => theme.quote,
        Tone::Code => theme.code,
        Tone::Line => theme.rule,
        Tone::Picture { .. } => Style::new(),
    };
    if run.strong {
        style = style.patch(theme.strong);
    }
    if run.emphasis {
        style = style.patch(theme.emphasis);
    }
    if run.strike {
        style = style.add_modifier(Modifier::CROSSED_OUT);
    }
    if run.link.is_some() {
        style = style.patch(theme.link);
    }
    style
}
