//! The related-news sidebar.

use super::event::Problem;
use crate::model::{ArticleId, RelatedItem};
use crate::text::Clean;
use crate::text::wrap::fill;

/// Lines of the sidebar's title and the space under it.
pub const TITLE_LINES: u16 = 2;

/// The most lines that a headline takes in the sidebar.
pub const HEADLINE_LINES: usize = 3;

/// The most lines that the reasons take.
pub const REASON_LINES: usize = 2;

/// What the sidebar shows.
#[derive(Clone, Debug, Default)]
pub struct Related {
    /// The article they are related to; `None` before the first answer.
    pub of: Option<ArticleId>,
    /// The items, best first.
    pub items: Vec<RelatedItem>,
    /// Articles that were looked through.
    pub looked_through: u64,
    /// The selected item.
    pub cursor: Option<usize>,
    /// The first item on the screen.
    pub top: usize,
    /// Why there is no answer.
    pub problem: Option<Problem>,
}

/// How the sidebar is drawn: what decides which items are on the screen.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Columns of the pane.
    pub width: u16,
    /// Lines of the pane.
    pub height: u16,
    /// One line per item, under the article.
    pub strip: bool,
}

impl Look {
    /// Columns of an item's words: the pane's without the space on either side.
    #[must_use]
    pub fn text_width(self) -> u16 {
        self.width.saturating_sub(3).max(1)
    }

    /// Lines of the title.
    #[must_use]
    pub fn title(self) -> u16 {
        if self.strip { 1 } else { TITLE_LINES }
    }
}

/// An item on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where it begins, in lines from the top of the pane.
    pub y: u16,
    /// Its lines, without the space after it.
    pub height: u16,
    /// Its index.
    pub item: usize,
}

impl Related {
    /// The selected item.
    #[must_use]
    pub fn selected(&self) -> Option<&RelatedItem> {
        self.items.get(self.cursor?)
    }

    /// Takes an answer.
    pub fn put(&mut self, of: ArticleId, items: Vec<RelatedItem>, looked_through: u64) {
        *self = Self { of: Some(of), items, looked_through, ..Self::default() };
    }

    /// Selects the next or previous item; from none, the first or last.
    pub fn move_by(&mut self, by: isize) {
        let Some(last) = self.items.len().checked_sub(1) else { return };
        let at = match self.cursor {
            None if by >= 0 => (by - 1).cast_unsigned().min(last),
            None => last,
            Some(at) => at.saturating_add_signed(by).min(last),
        };
        self.cursor = Some(at);
    }

    /// The items on the screen, from the top. The first is there even if it does not fit whole.
    #[must_use]
    pub fn lines(&self, look: Look) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut y = look.title();
        for (at, item) in self.items.iter().enumerate().skip(self.top) {
            let height = height(item, look);
            if y + height > look.height && !lines.is_empty() || y >= look.height {
                break;
            }
            lines.push(Line { y, height, item: at });
            y += height + u16::from(!look.strip);
        }
        lines
    }

    /// Scrolls so that the selected item is on the screen.
    pub fn follow(&mut self, look: Look) {
        let at = self.cursor.unwrap_or(0);
        self.top = self.top.min(at);
        while self.top < at && self.lines(look).last().is_none_or(|line| line.item < at) {
            self.top += 1;
        }
    }
}

/// Lines of an item: its headline, its source, its reasons.
fn height(item: &RelatedItem, look: Look) -> u16 {
    if look.strip {
        return 1;
    }
    let lines = |words: &Clean, most: usize| fill(words.as_str(), look.text_width().into()).len().min(most);
    let headline = lines(&item.headline.title, HEADLINE_LINES);
    let reasons = item.reasons().map_or(0, |reasons| lines(&reasons, REASON_LINES));
    u16::try_from(headline + 1 + reasons).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample;

    const LOOK: Look = Look { width: 30, height: 11, strip: false };

    #[test]
    fn the_first_step_selects_the_first_item() {
        let mut related = Related::default();
        related.move_by(1);
        assert_eq!(related.cursor, None, "nothing to select");
        related.put(ArticleId(1), (2..9).map(sample::related).collect(), 100);
        related.move_by(1);
        assert_eq!(related.cursor, Some(0));
        related.move_by(3);
        related.follow(LOOK);
        assert_eq!((related.cursor, related.top), (Some(3), 2));
        related.move_by(100);
        assert_eq!(related.cursor, Some(6));
        related.move_by(-100);
        related.follow(LOOK);
        assert_eq!((related.cursor, related.top), (Some(0), 0));
    }

    #[test]
    fn a_long_headline_takes_more_lines() {
        let mut related = Related::default();
        let mut long = sample::related(1);
        long.headline.title =
            "A headline that goes on and on until nobody remembers what it was about to begin with".into();
        related.put(ArticleId(9), vec![long, sample::related(2)], 2);
        let lines = related.lines(Look { height: 40, ..LOOK });
        assert_eq!((lines[0].y, lines[0].height, lines[1].y), (2, 5, 8));
        let strip = related.lines(Look { strip: true, ..LOOK });
        assert_eq!((strip[0].y, strip[1].y), (1, 2));
    }
}
