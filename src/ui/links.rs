//! The links of an article: a list over the panes, and letters over the links on the screen.

use std::collections::HashSet;

use ratatui::layout::Rect;

use super::pen::Pen;
use crate::app::links::{Aim, Letters, List, Standing};
use crate::app::{Areas, Shown};
use crate::clean;
use crate::config::Theme;
use crate::text::Clean;

/// Draws the list: each link's words and under them its address, of the selected one all of it.
pub(super) fn draw(list: &List, theme: &Theme, area: Rect, pen: &mut Pen<'_>) {
    let Standing { page, gutter, entries } = list.standing(area);
    let many = list.items.len();
    let title =
        if many == 1 { Clean::new("The link of this article") } else { clean!("The {many} links of this article") };
    pen.words(page, 1, 0, &title, theme.title);
    for entry in entries {
        let selected = entry.item == list.cursor;
        if selected {
            pen.wash(page, entry.y, entry.height(), theme.selection);
            pen.bar(page, (0, entry.y), entry.height(), theme);
        }
        pen.words(page, 1, entry.y, &clean!("{}", entry.item + 1), theme.meta);
        let style = if selected { theme.headline_unread } else { theme.body };
        let words = entry.words.iter().map(|line| (line, style));
        let lines = words.chain(entry.address.iter().map(|line| (line, theme.meta)));
        for (y, (line, style)) in (entry.y..).zip(lines) {
            pen.words(page, gutter, y, line, style);
        }
    }
}

/// Lays a mark over the link that was picked.
pub(super) fn picked(link: u16, shown: &Shown, theme: &Theme, areas: &Areas, pen: &mut Pen<'_>) {
    let text = areas.text;
    for (y, row) in (0..text.height).zip(shown.laid_out.rows.iter().skip(shown.top)) {
        let text = row.area(areas);
        for piece in row.pieces_aside(shown.laid_out.columns_of(row), shown.aside).pieces {
            if piece.run.link == Some(link) {
                pen.over(text, (piece.column, y), piece.columns, theme.hit);
            }
        }
    }
}

/// Draws the letters over the first word of each link, and over each sign of a footnote, on the screen.
pub(super) fn letters(letters: &Letters, shown: &Shown, theme: &Theme, areas: &Areas, pen: &mut Pen<'_>) {
    let text = areas.text;
    let mut drawn = HashSet::new();
    for (y, row) in (0..text.height).zip(shown.laid_out.rows.iter().skip(shown.top)) {
        let text = row.area(areas);
        for piece in row.pieces_aside(shown.laid_out.columns_of(row), shown.aside).pieces {
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
