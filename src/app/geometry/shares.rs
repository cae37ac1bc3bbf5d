//! How a person has drawn the borders between panes.

use ratatui::layout::Position;

use super::Areas;
use crate::clean;
use crate::text::Clean;

/// The least columns of the headline list, the related sidebar and the article between them.
const LEAST: (u16, u16, u16) = (24, 20, 36);

/// How much of the width the panes beside the article take, in thousandths; `None` as it comes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shares {
    /// The headline list.
    pub list: Option<u16>,
    /// The related sidebar.
    pub related: Option<u16>,
}

/// A border that can be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Border {
    /// That on the right of the headline list.
    List,
    /// That on the left of the related sidebar.
    Related,
}

impl Border {
    /// The border at a place on the screen.
    #[must_use]
    pub fn at(areas: &Areas, at: Position) -> Option<Self> {
        areas.down.iter().find(|rule| rule.contains(at)).and_then(|rule| {
            if areas.headlines.is_some_and(|list| list.right() == rule.x) {
                Some(Self::List)
            } else if areas.related.is_some_and(|related| related.x == rule.x + 1) {
                Some(Self::Related)
            } else {
                None
            }
        })
    }
}

impl Shares {
    /// Columns of the list and of the sidebar out of `width`, where nobody has drawn them `list` and
    /// `related` (0 for a pane that is not there). The article between them keeps room to be read.
    pub(super) fn of(self, width: u16, list: u16, related: u16) -> (u16, u16) {
        let share = |share: Option<u16>, without: u16, least: u16| match share {
            Some(share) if without > 0 => {
                let columns = u32::from(width) * u32::from(share) / 1000;
                // A share of more than the whole is cut below.
                u16::try_from(columns).unwrap_or(u16::MAX).max(least)
            }
            _ => without,
        };
        let rules = u16::from(list > 0) + u16::from(related > 0);
        let room = width.saturating_sub(rules + LEAST.2);
        let keep = if related > 0 { LEAST.1.min(related) } else { 0 };
        let list_columns = share(self.list, list, LEAST.0).min(room.saturating_sub(keep).max(list.min(room)));
        let related_columns = share(self.related, related, LEAST.1).min(room.saturating_sub(list_columns));
        (list_columns, related_columns)
    }

    /// Draws a border to column `x` of the screen.
    pub fn draw(&mut self, border: Border, areas: &Areas, x: u16) {
        let pane = match border {
            Border::List => areas.headlines,
            Border::Related => areas.related,
        };
        let Some(pane) = pane else { return };
        // The panes stand on what the drawer beside them leaves.
        let left = areas.sources.map_or(areas.body.x, |drawer| drawer.right() + 1);
        let width = u32::from(areas.body.right().saturating_sub(left).max(1));
        let columns = match border {
            Border::List => x.saturating_sub(pane.x),
            Border::Related => pane.right().saturating_sub(x.saturating_add(1)),
        };
        // Rounded up, so that the border stands where the pointer is.
        let share = u16::try_from((u32::from(columns) * 1000).div_ceil(width).min(1000)).unwrap_or(1000);
        match border {
            Border::List => self.list = Some(share),
            Border::Related => self.related = Some(share),
        }
    }

    /// As it is remembered.
    #[must_use]
    pub fn lines(self) -> Vec<Clean> {
        let line = |name: &str, share: Option<u16>| share.map(|share| clean!("{name} {share}"));
        [line("list", self.list), line("related", self.related)].into_iter().flatten().collect()
    }

    /// Reads what is remembered; what means nothing is left out.
    #[must_use]
    pub fn read(lines: &[Clean]) -> Self {
        let share = |name: &str| {
            let found = lines.iter().rev().find_map(|line| line.as_str().strip_prefix(name)?.trim().parse().ok());
            found.filter(|share: &u16| *share <= 1000)
        };
        Self { list: share("list "), related: share("related ") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::geometry::{Pane, Situation, areas};

    fn at(shares: Shares) -> Areas {
        areas(Situation { shares, ..Situation::plain((150, 40), Pane::Headlines) })
    }

    #[test]
    fn a_border_stands_where_it_was_drawn() {
        let before = at(Shares::default());
        for (border, x) in [(Border::List, 40), (Border::List, 57), (Border::Related, 100), (Border::Related, 120)] {
            let mut shares = Shares::default();
            let rule = match border {
                Border::List => before.headlines.unwrap().right(),
                Border::Related => before.related.unwrap().x - 1,
            };
            assert_eq!(Border::at(&before, Position::new(rule, 10)), Some(border));
            shares.draw(border, &before, x);
            let after = at(shares);
            let stands = match border {
                Border::List => after.headlines.unwrap().right(),
                Border::Related => after.related.unwrap().x - 1,
            };
            assert!(stands.abs_diff(x) <= 1, "{border:?} {stands} instead of {x}");
            assert_eq!(Shares::read(&shares.lines()), shares);
        }
    }

    #[test]
    fn the_article_keeps_room_to_be_read() {
        for (list, related) in [(Some(1000), None), (None, Some(1000)), (Some(1000), Some(1000)), (Some(0), Some(0))] {
            let areas = at(Shares { list, related });
            assert!(areas.article.unwrap().width >= LEAST.2, "{areas:?}");
            assert!(areas.headlines.unwrap().width >= LEAST.0 && areas.related.unwrap().width > 0);
        }
    }

    #[test]
    fn what_means_nothing_is_left_out() {
        let lines = ["list x".into(), "related 5000".into(), "drawer 3".into()];
        assert_eq!(Shares::read(&lines), Shares::default());
    }
}
