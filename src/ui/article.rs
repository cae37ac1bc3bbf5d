//! The article pane.

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::headlines::star;
use super::pen::Pen;
use crate::app::layout::{Row, Run, Tone};
use crate::app::quoting::Quotations;
use crate::app::{Areas, Shown, State};
use crate::config::Theme;
use crate::text::Clean;
use crate::text::code::Token;

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
        let text = row.area(areas);
        self::row(row, shown, theme, (text, y), pen);
        if state.selecting.is_some_and(|selection| selection.covers(row)) {
            pen.over(text, (0, y), text.width, theme.selection);
        }
        if let Some(found) = &state.quoting.found {
            for (pieces, style) in [(&found.words, theme.said), (&found.speakers, theme.speaker)] {
                for piece in Quotations::on(pieces, at) {
                    if let Some(columns) =
                        row.columns_aside(&piece.columns, shown.laid_out.columns_of(row), shown.aside)
                    {
                        pen.over(text, (columns.start, y), columns.end - columns.start, style);
                    }
                }
            }
        }
        for piece in state.finding.on(at) {
            let here = state.finding.at == Some(piece.hit);
            let style = if here { theme.hit.add_modifier(HERE) } else { theme.hit };
            if let Some(columns) = row.columns_aside(&piece.columns, shown.laid_out.columns_of(row), shown.aside) {
                pen.over(text, (columns.start, y), columns.end - columns.start, style);
            }
        }
    }
    super::pictures::draw(state, shown, text, pen);
    if let Some(letters) = &state.links.letters {
        super::links::letters(letters, shown, theme, areas, pen);
    }
    if let Some((link, _)) = &state.links.picked {
        super::links::picked(*link, shown, theme, areas, pen);
    }
    progress(shown, theme, areas, area, pen);
}

/// Draws one line of the text.
fn row(row: &Row, shown: &Shown, theme: &Theme, (text, y): (Rect, u16), pen: &mut Pen<'_>) {
    let set = row.pieces_aside(shown.laid_out.columns_of(row), shown.aside);
    let end = set.pieces.last().map_or(0, |piece| piece.column.saturating_add(piece.columns));
    for piece in set.pieces {
        pen.cut(text, (piece.column, y), &piece.text, style(piece.run, theme));
    }
    // Signs that more of it is to be had on either side.
    if let Some(before) = set.before {
        pen.words(text, before, y, &Clean::new("‹"), theme.accent);
    }
    if set.behind.is_some() || (row.broad > 0 && end > text.width) {
        pen.words(text, text.width.saturating_sub(1), y, &Clean::new("›"), theme.accent);
    }
}

/// How far one is, on the rule under the pane.
fn progress(shown: &Shown, theme: &Theme, areas: &Areas, area: Rect, pen: &mut Pen<'_>) {
    if shown.top == 0 && shown.at_end() {
        return;
    }
    let Some(rule) = areas.across.iter().find(|rule| rule.y == area.bottom()) else { return };
    let line = Rect { x: area.x, width: area.width.saturating_sub(2), ..*rule };
    let bookmark = if shown.headline.bookmarked { format!("{} ", star(&shown.headline)) } else { String::new() };
    let left = match shown.minutes_left() {
        0 => String::new(),
        minutes => format!(" · {minutes} min left"),
    };
    pen.right(line, 0, 0, &Clean::verbatim(&format!(" {bookmark}{} %{left} ", shown.percent())), theme.meta);
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
        // Set apart from the words around it as words are within code.
        Tone::Verbatim => theme.code.patch(theme.code_text),
        Tone::Token(token) => theme.code.patch(match token {
            Token::Plain => Style::new(),
            Token::Comment => theme.code_comment,
            Token::Text => theme.code_text,
            Token::Figure => theme.code_figure,
            Token::Keyword => theme.code_keyword,
            Token::Name => theme.code_name,
        }),
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
        // Fainter as well: not every terminal can strike words out.
        style = style.patch(theme.meta).add_modifier(Modifier::CROSSED_OUT);
    }
    if run.link.is_some() || run.step.is_some() {
        style = style.patch(theme.link);
    }
    style
}
