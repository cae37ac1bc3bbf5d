//! Where a row stands in its pane: within the text, or out of it where it is a table or code that is
//! wider than the text and the pane has room for it.

use ratatui::layout::Rect;

use super::{LaidOut, Order, Row};
use crate::app::geometry::Areas;

impl LaidOut {
    /// The columns that `row` is set in.
    #[must_use]
    pub fn columns_of(&self, row: &Row) -> u16 {
        if row.broad > 0 { row.broad } else { self.columns }
    }
}

impl Row {
    /// The place of its columns on the screen, as high as the text: from where the text begins, and from
    /// further out as far as it takes. Where the pane is narrower than the row was set for, all that the
    /// pane has.
    #[must_use]
    pub fn area(&self, areas: &Areas) -> Rect {
        let (text, broad) = (areas.text, areas.broad);
        if self.broad == 0 {
            return text;
        }
        let width = self.broad.min(broad.width);
        let x = match self.order {
            Order::RightToLeft => text.right().saturating_sub(width).max(broad.x),
            Order::Plain | Order::Mixed => text.x.min(broad.right() - width),
        };
        Rect { x, width, ..text }
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;
    use crate::app::layout::{Measure, lay_out};
    use crate::app::sample;
    use crate::model::{Block, Document, Inline, Table};
    use crate::text::CleanText;

    #[test]
    fn what_is_wider_than_the_text_takes_the_pane_before_it_goes_sideways() {
        let mut article = sample::article(1, 20);
        let cell = |n: usize| vec![Inline::Text(format!("column{n}").as_str().into())];
        let table = Table { rows: vec![(0..9).map(cell).collect(); 2], head: 1, ..Table::default() };
        let line = "let tide = harbour.log().iter().filter(|line| line.is_late()).count();";
        let code = Block::Code { language: None, text: CleanText::new(line) };
        article.document = Document { blocks: vec![Block::Table(table), code] };
        let set = |broad| {
            let laid_out = lay_out(&article, &Measure { broad, ..Measure::of(40) }, &TimeZone::UTC);
            let rows = laid_out.rows.iter().filter(|row| row.strip.is_some() || row.broad > 0);
            (rows.map(|row| (row.strip.is_some(), row.broad)).collect::<Vec<_>>(), laid_out.widest)
        };
        let (table, code) = ((false, 9 * 7 + 8 * 2), (false, 2 + u16::try_from(line.len()).unwrap()));
        assert_eq!(set(100), (vec![table, table, table, code], 0));
        assert_eq!(set(75), (vec![(true, 0), (true, 0), (true, 0), code], 79));
        assert_eq!(set(40).1, 79);
    }

    #[test]
    fn a_broad_row_stands_out_only_as_far_as_it_takes() {
        let text = Rect::new(23, 3, 72, 30);
        let areas = Areas { text, broad: Rect { x: 2, width: 114, ..text }, ..Areas::default() };
        let at = |broad, order| {
            let area = Row { broad, order, ..Row::default() }.area(&areas);
            (area.x, area.width)
        };
        assert_eq!(at(0, Order::Plain), (23, 72));
        assert_eq!(at(90, Order::Plain), (23, 90), "to the right while there is room");
        assert_eq!(at(100, Order::Plain), (16, 100));
        assert_eq!(at(200, Order::Plain), (2, 114), "set for another pane");
        assert_eq!(at(80, Order::RightToLeft), (15, 80));
        assert_eq!(at(100, Order::RightToLeft), (2, 100));
    }
}
