//! The pictures of an article: painted with halves of cells, or room left for the terminal to draw
//! them; and what of them, and of links, is in sight.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;
use unicode_segmentation::UnicodeSegmentation;

use super::pen::Pen;
use crate::app::layout::{Row, Tone};
use crate::app::pictures::{Means, Picture};
use crate::app::{Shown, State};
use crate::text::Link;
use crate::text::width::width;

/// One row of cells of a picture that the terminal draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PictureRow {
    /// The number of the picture.
    pub id: u32,
    /// Which of its rows, from 0.
    pub row: u16,
    /// Where on the screen, one row high.
    pub area: Rect,
}

/// Words that are a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkWords {
    /// Where they lead.
    pub link: Link,
    /// Where on the screen, one row high.
    pub area: Rect,
}

/// A picture's row on a line of the text: the picture, which of its rows, and the column.
fn on_line<'a>(state: &'a State, shown: &Shown, row: &Row) -> Option<(&'a Picture, u16, u16)> {
    let mut x = 0_usize;
    for run in &row.runs {
        if let Tone::Picture { at, row } = run.tone {
            let (link, _) = shown.laid_out.plates.of.get(usize::from(at))?;
            let picture = state.pictures.get(link)?;
            return Some((picture, row, u16::try_from(x).ok()?));
        }
        x += width(run.text.as_str());
    }
    None
}

/// Draws those that are in sight.
pub(super) fn draw(state: &State, shown: &Shown, text: Rect, pen: &mut Pen<'_>) {
    for (y, row) in (0..text.height).zip(shown.laid_out.rows.iter().skip(shown.top)) {
        let Some((picture, at, x)) = on_line(state, shown, row) else { continue };
        let raster = &picture.raster;
        match state.pictures.means {
            Means::Words => {}
            Means::Graphics(..) => pen.leave_out(text, (x, y), raster.columns),
            Means::Halves(depth) => {
                for column in 0..raster.columns {
                    let point = |half: u32| {
                        let [r, g, b] = raster.point(u32::from(column), u32::from(at) * 2 + half);
                        depth.shown(Color::Rgb(r, g, b))
                    };
                    pen.halves(text, (x.saturating_add(column), y), (point(0), point(1)));
                }
            }
        }
    }
}

/// The article whose text is in sight, with nothing over it.
fn in_sight(state: &State) -> Option<(&Shown, Rect)> {
    let covered = state.help.is_some()
        || state.choices.is_some()
        || state.packs.is_some()
        || state.sheet.is_some()
        || state.links.list.is_some()
        || state.report.open;
    let areas = state.areas();
    let shown = state.reading.shown.as_ref().filter(|_| !covered && state.reading.problem.is_none())?;
    areas.article.map(|_| (shown, areas.text))
}

/// The pictures that the terminal has to draw, row by row from the top.
#[must_use]
pub fn picture_rows(state: &State) -> Vec<PictureRow> {
    let Some((shown, text)) = in_sight(state).filter(|_| matches!(state.pictures.means, Means::Graphics(..))) else {
        return Vec::new();
    };
    let lines = (0..text.height).zip(shown.laid_out.rows.iter().skip(shown.top));
    let found = lines.filter_map(|(y, row)| {
        let (picture, row, x) = on_line(state, shown, row)?;
        let area = Rect { x: text.x.saturating_add(x), y: text.y + y, width: picture.raster.columns, height: 1 };
        (area.right() <= text.right()).then_some(PictureRow { id: picture.id, row, area })
    });
    found.collect()
}

/// The links of the text that are in sight, and the headline with the line under it, which lead to the
/// article's page. Only where the words stand in `buffer` as they were set: something may lie over
/// them.
#[must_use]
pub fn link_words(state: &State, buffer: &Buffer) -> Vec<LinkWords> {
    let Some((shown, text)) = in_sight(state).filter(|_| state.links.letters.is_none() && state.links.picked.is_none())
    else {
        return Vec::new();
    };
    let areas = state.areas();
    let page = shown.headline.link.as_ref();
    let facts = shown.laid_out.rows.iter().find(|row| row.runs.iter().any(|run| run.tone == Tone::Meta));
    let facts = facts.map(|row| row.place.block);
    let mut found = Vec::new();
    for (y, row) in (0..text.height).zip(shown.laid_out.rows.iter().skip(shown.top)) {
        let text = row.area(&areas);
        for piece in row.pieces_aside(shown.laid_out.columns_of(row), shown.aside).pieces {
            let run = piece.run;
            let head = run.tone == Tone::Title || (run.tone == Tone::Meta && Some(row.place.block) == facts);
            let link = match run.link {
                Some(at) => shown.laid_out.links.get(usize::from(at)),
                None if head => page,
                None => None,
            };
            let x = text.x.saturating_add(piece.column);
            let area = Rect { x, y: text.y + y, width: piece.columns, height: 1 };
            if let Some(link) = link
                && stands(piece.text.as_str(), area, buffer)
            {
                found.push(LinkWords { link: link.clone(), area });
            }
        }
    }
    found
}

/// Whether these words stand there, and nothing else.
fn stands(words: &str, area: Rect, buffer: &Buffer) -> bool {
    let mut x = area.x;
    area.width > 0
        && words.graphemes(true).filter(|grapheme| width(grapheme) > 0).all(|grapheme| {
            let there = buffer.cell((x, area.y)).is_some_and(|cell| cell.symbol() == grapheme);
            x = x.saturating_add(u16::try_from(width(grapheme)).unwrap_or(u16::MAX));
            there
        })
}
