//! The links of an article: a list over the panes, and letters over the links on the screen.

use std::collections::HashSet;

use ratatui::layout::Rect;

use super::pen::Pen;
use crate::app::links::{Aim, Letters, List, Standing};
use crate::app::{Areas, Shown};
use crate::clean;
use crate::config::Theme;
use crate::text::Clean;
use crate::text::width::fit;

/// Draws the list: two lines to a link, its words and its whole address as far as it fits; of the
/// selected one all of it.
pub(super) fn draw(list: &List, theme: &Theme, area: Rect, pen: &mut Pen<'_>) {
    let Standing { page, top, fitting, foot } = list.standing(area);
    let columns = page.width;
    let many = list.items.len();
    let title =
        if many == 1 { Clean::new("The link of this article") } else { clean!("The {many} links of this article") };
    pen.words(page, 1, 0, &title, theme.title);
    // The whole address of the selected one, at the foot where it is longer than a line.
    let address = &list.items[list.cursor].1;
    let gutter = u16::try_from(many.to_string().len() + 2).unwrap_or(4);
    for (n, (at, (words, link))) in (0..).zip(list.items.iter().enumerate().skip(top).take(fitting)) {
        let y = 2 + 2 * n;
        let selected = at == list.cursor;
        if selected {
            pen.wash(page, y, 2, theme.selection);
            pen.bar(page, (0, y), 2, theme);
        }
        pen.words(page, 1, y, &clean!("{}", at + 1), theme.meta);
        let room = usize::from(columns.saturating_sub(gutter + 1));
        let style = if selected { theme.headline_unread } else { theme.body };
        pen.words(page, gutter, y, &Clean::verbatim(&fit(words.as_str(), room)), style);
        pen.words(page, gutter, y + 1, &Clean::verbatim(&fit(link.as_str(), room)), theme.meta);
    }
    if foot > 0 && foot <= page.height {
        let lines = usize::from(foot - 1);
        let words = Clean::new(address.as_str());
        pen.wrapped(page, (1, page.height - foot + 1), columns.saturating_sub(2), (&words, lines), theme.meta);
    }
}

/// Draws the letters over the first word of each link, and over each sign of a footnote, on the screen.
pub(super) fn letters(letters: &Letters, shown: &Shown, theme: &Theme, areas: &Areas, pen: &mut Pen<'_>) {
    let text = areas.text;
    let mut drawn = HashSet::new();
    for (y, row) in (0..text.height).zip(shown.laid_out.rows.iter().skip(shown.top)) {
        for piece in row.pieces_aside(shown.laid_out.columns, shown.aside).0 {
            let aim = Aim::of(piece.run);
            let begins = aim.filter(|aim| drawn.insert(*aim));
            if let Some((label, _)) = letters.labels.iter().find(|(_, of)| Some(*of) == begins)
                && label.starts_with(&letters.typed)
            {
                pen.words(text, piece.column, y, &Clean::verbatim(label), theme.hit);
            }
        }
    }
}
