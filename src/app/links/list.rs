//! The list of links: what stands in it, and where.

use ratatui::layout::{Position, Rect};

use crate::text::width::fit;
use crate::text::wrap::fill;
use crate::text::{Clean, Link};

/// The links in reading order.
#[derive(Clone, Debug)]
pub struct List {
    /// Their words and addresses.
    pub items: Vec<(Clean, Link)>,
    /// The selected one.
    pub cursor: usize,
    /// The figures typed so far.
    pub(super) typed: usize,
}

/// The widest line of the list.
const WIDEST: u16 = 100;

/// The most lines of a link's words, and of an address that is not selected.
const WORDS: usize = 2;
const ADDRESS: usize = 4;

/// Where the list stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// All of it.
    pub page: Rect,
    /// Columns before the words, for the number.
    pub gutter: u16,
    /// The links in sight.
    pub entries: Vec<Entry>,
}

/// A link in sight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Which it is.
    pub item: usize,
    /// Where it begins, in lines from the top of the page.
    pub y: u16,
    /// Its words, a line each; none where it has no others than its address.
    pub words: Vec<Clean>,
    /// Its address, a line each: of the selected one all of it.
    pub address: Vec<Clean>,
}

impl Entry {
    /// Lines that it takes.
    #[must_use]
    pub fn height(&self) -> u16 {
        u16::try_from(self.words.len() + self.address.len()).unwrap_or(u16::MAX)
    }
}

/// `text` in lines of so many columns, nothing put in and nothing left out; of more lines than `most` the
/// rest stands cut on the last.
fn lines(text: &str, columns: usize, most: usize) -> Vec<Clean> {
    let ranges = fill(text, columns);
    let shown = ranges.iter().take(most).enumerate().map(|(n, range)| {
        let cut = n + 1 == most && ranges.len() > most;
        Clean::verbatim(&fit(&text[range.start..if cut { text.len() } else { range.end }], columns))
    });
    shown.collect()
}

impl List {
    /// Where it stands in `area`.
    #[must_use]
    pub fn standing(&self, area: Rect) -> Standing {
        let columns = area.width.min(WIDEST);
        let page = Rect { x: area.x + (area.width - columns) / 2, width: columns, ..area };
        let gutter = u16::try_from(self.items.len().to_string().len() + 2).unwrap_or(4);
        let room = page.height.saturating_sub(2);
        // From the selected one upwards as many as fit with it; then on below it.
        let mut entries: Vec<Entry> = Vec::new();
        let mut used = 0;
        for item in (0..=self.cursor).rev() {
            let Some(entry) = self.entry(item, columns.saturating_sub(gutter + 1)) else { break };
            if used > 0 && used + entry.height() > room {
                break;
            }
            used += entry.height();
            entries.push(entry);
        }
        entries.reverse();
        for item in self.cursor + 1..self.items.len() {
            let Some(entry) = self.entry(item, columns.saturating_sub(gutter + 1)) else { break };
            if used + entry.height() > room {
                break;
            }
            used += entry.height();
            entries.push(entry);
        }
        let mut y = 2;
        for entry in &mut entries {
            entry.y = y;
            y += entry.height();
        }
        Standing { page, gutter, entries }
    }

    fn entry(&self, item: usize, columns: u16) -> Option<Entry> {
        let (words, link) = self.items.get(item)?;
        let columns = usize::from(columns.max(1));
        let most = if item == self.cursor { usize::MAX } else { ADDRESS };
        let own = words.as_str() != link.as_str();
        let words = if own { lines(words.as_str(), columns, WORDS) } else { Vec::new() };
        Some(Entry { item, y: 0, words, address: lines(link.as_str(), columns, most) })
    }

    /// The link at a place on the screen.
    pub(in crate::app) fn at(&self, area: Rect, at: Position) -> Option<usize> {
        let Standing { page, entries, .. } = self.standing(area);
        let y = at.y.checked_sub(page.y).filter(|_| page.contains(at))?;
        entries.iter().find(|entry| (entry.y..entry.y + entry.height()).contains(&y)).map(|entry| entry.item)
    }

    /// Moves the selection by so many links.
    pub(in crate::app) fn move_by(&mut self, by: isize) {
        self.cursor = self.cursor.saturating_add_signed(by).min(self.items.len().saturating_sub(1));
        self.typed = 0;
    }

    /// Goes on with the number that is typed, or begins another; says whether there is such a link.
    pub(in crate::app) fn figure(&mut self, figure: usize) -> bool {
        let wanted = [self.typed.saturating_mul(10).saturating_add(figure), figure];
        let Some(number) = wanted.into_iter().find(|number| (1..=self.items.len()).contains(number)) else {
            return false;
        };
        (self.typed, self.cursor) = (number, number - 1);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_never_cut_where_it_is_selected_and_gets_nothing_put_in() {
        let address = format!("https://example.org/{}", "a/very/long/path-to/it".repeat(40));
        let link = |address: &str| Link::parse(address).unwrap();
        let items = vec![
            ("words".into(), link(&address)),
            ("words".into(), link(&address)),
            ("b".into(), link("https://b.example/")),
        ];
        let area = Rect::new(0, 2, 60, 40);
        for cursor in 0..3 {
            let standing = List { items: items.clone(), cursor, typed: 0 }.standing(area);
            let selected = standing.entries.iter().find(|entry| entry.item == cursor).unwrap();
            let whole: String = selected.address.iter().map(Clean::as_str).collect();
            assert_eq!(whole, items[cursor].1.as_str());
            for entry in standing.entries.iter().filter(|entry| entry.item != cursor) {
                assert!(entry.address.len() <= ADDRESS && entry.words.len() == 1);
            }
            for pair in standing.entries.windows(2) {
                assert_eq!(pair[0].y + pair[0].height(), pair[1].y);
            }
        }
        let list = List { items, cursor: 2, typed: 0 };
        let last = list.standing(area).entries.pop().unwrap();
        assert_eq!(list.at(area, Position::new(5, area.y + last.y + 1)), Some(2));
    }

    #[test]
    fn figures_make_numbers() {
        let link = Link::parse("https://a.example/").unwrap();
        let mut list = List { items: vec![("a".into(), link); 14], cursor: 0, typed: 0 };
        for (typed, cursor) in [(1, 0), (2, 11), (3, 2)] {
            assert!(list.figure(typed));
            assert_eq!(list.cursor, cursor);
        }
        assert!(!list.figure(0), "30 is too many, and there is no link 0");
    }
}
