//! Where the rows of the list stand on the screen, and what they stand under.

use jiff::tz::TimeZone;

use super::{Headlines, Row};
use crate::clean;
use crate::model::Order;
use crate::text::Clean;
use crate::text::wrap::fill;

/// A line of the list on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where it begins, in lines from the top of the list.
    pub y: u16,
    /// Lines that it takes.
    pub height: u16,
    /// What stands there.
    pub what: What,
}

/// What stands in a line of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A day (days since 1970-01-01 in the reader's zone) above its articles.
    Day(i64),
    /// The source of a row (an index into [`Headlines::rows`]) above its articles.
    Source(usize),
    /// A row, as an index into [`Headlines::rows`].
    Row(usize),
}

/// What stands above rows that belong together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group<'a> {
    Day(i64),
    Source(&'a str),
    /// Nothing does.
    All,
}

/// How the list is drawn: what decides which rows are on the screen.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    /// Columns of the list.
    pub width: u16,
    /// Lines of the list.
    pub height: u16,
    /// One line per row.
    pub compact: bool,
    /// In which order the rows stand: it decides what stands above groups of them.
    pub order: Order,
    /// The zone that decides what a day is.
    pub zone: &'a TimeZone,
}

/// The most lines that a headline takes in the list.
pub const HEADLINE_LINES: usize = 2;

/// What is said of a headline that was changed.
#[must_use]
pub fn was_said(was: &Clean) -> Clean {
    clean!("was: {was}")
}

impl Look<'_> {
    /// Columns of a row's words: the list's without the mark on the left and the space on the right.
    #[must_use]
    pub fn text_width(self) -> u16 {
        self.width.saturating_sub(2).max(1)
    }

    /// Lines of a row: its headline and, unless rows are compact, its source and the headline it had before.
    fn row(self, row: &Row) -> u16 {
        if self.compact {
            return 1;
        }
        let columns = self.text_width().saturating_sub(row.indent()).max(1);
        let headline = fill(row.headline.title.as_str(), columns.into()).len().min(HEADLINE_LINES);
        1 + u16::try_from(headline).unwrap_or(1) + self.was(row)
    }

    /// Lines of the headline that a row had before: of an earlier headline that is cut one would not see what
    /// changed.
    #[must_use]
    pub fn was(self, row: &Row) -> u16 {
        let columns = self.text_width().saturating_sub(row.indent()).max(1);
        let lines = row.was().map_or(0, |was| fill(was_said(was).as_str(), columns.into()).len().min(HEADLINE_LINES));
        u16::try_from(lines).unwrap_or(1)
    }

    /// Lines between two days.
    fn gap(self) -> u16 {
        u16::from(!self.compact)
    }
}

impl Headlines {
    /// What is on the screen, from the top. The first row has its day above it, so that one knows
    /// where one is, unless there is no room for both.
    #[must_use]
    pub fn lines(&self, look: Look<'_>) -> Vec<Line> {
        let mut lines = Vec::new();
        let headed = matches!(look.order, Order::Newest | Order::Oldest | Order::Source);
        let (mut y, mut group) = (0, (!headed).then_some(Group::All));
        for (at, row) in self.rows.iter().enumerate().skip(self.top) {
            let height = look.row(row);
            let this = self.group(at, look);
            if group != Some(this) {
                let gap = if group.is_some() { look.gap() } else { 0 };
                if y + gap + 1 + height <= look.height {
                    let what = match this {
                        Group::Day(day) => What::Day(day),
                        Group::Source(_) | Group::All => What::Source(at),
                    };
                    lines.push(Line { y: y + gap, height: 1, what });
                    y += gap + 1;
                } else if group.is_some() {
                    break;
                }
                group = Some(this);
            }
            if y + height > look.height && y > 0 {
                break;
            }
            lines.push(Line { y, height, what: What::Row(at) });
            y += height;
        }
        lines
    }

    /// Scrolls so that the selected row is on the screen, with a row of sight on either side where
    /// there is one. Looks at no more rows than fit the screen.
    pub fn follow(&mut self, look: Look<'_>) {
        let last = self.rows.len().saturating_sub(1);
        self.cursor = self.cursor.min(last);
        self.top = self.top.min(self.cursor.saturating_sub(1));
        if self.rows.is_empty() {
            return;
        }
        let sight = (self.cursor + 1).min(last);
        let least = self.first_that_shows(sight, look);
        self.top = self.top.max(least.min(self.cursor));
        // A row so tall that it and the next do not fit together: the cursor's own goes first.
        self.top = self.top.max(self.first_that_shows(self.cursor, look));
    }

    /// What a row stands under: its day or its source; in other orders, where both come as it
    /// happens, all are one.
    fn group(&self, at: usize, look: Look<'_>) -> Group<'_> {
        match look.order {
            Order::Newest | Order::Oldest => Group::Day(self.rows[at].key.published.day(look.zone)),
            Order::Source => Group::Source(self.rows[at].source.as_str()),
            Order::Relevance | Order::Unread | Order::Length | Order::Kept | Order::Title => Group::All,
        }
    }

    /// The first row of the screen on which row `at` is the last one.
    fn first_that_shows(&self, at: usize, look: Look<'_>) -> usize {
        let group = |at: usize| self.group(at, look);
        let mut first = at;
        let mut used = 1 + look.row(&self.rows[at]);
        while first > 0 {
            let between = if group(first - 1) == group(first) { 0 } else { 1 + look.gap() };
            used += between + look.row(&self.rows[first - 1]);
            if used > look.height {
                break;
            }
            first -= 1;
        }
        first
    }

    /// Rows that fit the screen: how far a page is.
    #[must_use]
    pub fn rows_on_screen(&self, look: Look<'_>) -> usize {
        self.lines(look).iter().filter(|line| matches!(line.what, What::Row(_))).count()
    }
}
