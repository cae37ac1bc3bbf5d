//! The article pane.

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::pen::{Marks, Pen};
use crate::app::layout::{Run, Tone};
use crate::app::{Areas, Hits, Shown, State};
use crate::clean;
use crate::config::Theme;

/// Draws the article.
pub(super) fn draw(state: &State, theme: &Theme, areas: &Areas, area: Rect, pen: &mut Pen<'_>) {
    if let Some(problem) = &state.reading.problem {
        let hint = problem.hint.clone().unwrap_or_default();
        return pen.message(area, &[(problem.message.clone(), theme.error), (hint, theme.meta)]);
    }
    let Some(shown) = &state.reading.shown else { return };
    let text = areas.text;
    let hits = Hits::of(state.headlines.view.query.as_ref());
    let marks = Marks { hits: &hits, lang: shown.headline.lang.as_ref(), style: theme.hit };
    for (y, row) in (0..text.height).zip(shown.laid_out.rows.iter().skip(shown.top)) {
        let mut x = 0;
        for run in &row.runs {
            x = pen.words(text, x, y, &run.text, style(run, theme));
        }
        if !hits.is_empty() {
            let words: String = row.runs.iter().map(|run| run.text.as_str()).collect();
            pen.hits(text, (0, y), &words, &marks);
        }
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
    let bookmark = if shown.headline.bookmarked { "★ " } else { "" };
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
