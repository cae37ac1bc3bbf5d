//! The related-news sidebar: RELATED, best first, and under it THIS STORY.

use super::event::Problem;
use crate::clean;
use crate::model::{ArticleId, Headline, RelatedItem, Relation};
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

/// The parts of the sidebar, from the top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// Articles that share a subject, best first.
    Related,
    /// Articles about the same event: other sources, then the rest in order of time.
    Story,
}

impl Section {
    /// The part that an item stands in.
    #[must_use]
    pub fn of(item: &RelatedItem) -> Self {
        match item.relation {
            Relation::Related | Relation::SamePage => Self::Related,
            Relation::Story | Relation::Copy => Self::Story,
        }
    }

    /// What stands over it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Related => "RELATED",
            Self::Story => "THIS STORY",
        }
    }
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

    /// Lines of the title of a second part, with the space under it.
    fn heading(self) -> u16 {
        if self.strip { 1 } else { 2 }
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

/// What of the sidebar is on the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placed {
    /// The items, from the top.
    pub items: Vec<Line>,
    /// The line on which a second part begins, and which.
    pub heading: Option<(u16, Section)>,
    /// Items of the first part that stand below the last one.
    pub below: usize,
    /// Items of the story that do, where it is the second part.
    pub story_below: usize,
}

impl Related {
    /// The selected item.
    #[must_use]
    pub fn selected(&self) -> Option<&RelatedItem> {
        self.items.get(self.cursor?)
    }

    /// Lines that they take as a strip under the article, one to an item; none where nothing belongs to
    /// it, and as many as there may be until that is known.
    #[must_use]
    pub fn strip_lines(&self) -> u16 {
        if self.of.is_none() {
            return u16::MAX;
        }
        let Some(first) = self.items.first().map(Section::of) else { return 0 };
        let titles = 1 + usize::from(self.items.iter().any(|item| Section::of(item) != first));
        u16::try_from(titles + self.items.len()).unwrap_or(u16::MAX)
    }

    /// What there is to say where nothing belongs to the article.
    #[must_use]
    pub fn nothing(&self) -> Clean {
        match self.looked_through {
            0 | 1 => Clean::new("No other article is stored."),
            stored => clean!("Nothing related in {stored} stored articles."),
        }
    }

    /// Takes an answer. Where it is one more of the same article, the selected item stays selected.
    pub fn put(&mut self, of: ArticleId, items: Vec<RelatedItem>, looked_through: u64) {
        let before = self.selected().filter(|_| self.of == Some(of)).map(|item| item.headline.id);
        let cursor = before.and_then(|id| items.iter().position(|item| item.headline.id == id));
        let top = if cursor.is_some() { self.top } else { 0 };
        *self = Self { of: Some(of), items, looked_through, cursor, top, problem: None };
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

    /// The part that the sidebar's first line names: that of the first item on the screen.
    #[must_use]
    pub fn section(&self) -> Section {
        let first = self.items.get(self.top).or_else(|| self.items.first());
        first.map_or(Section::Related, Section::of)
    }

    /// How many items stand in a part, and which of them is the selected one, from 1.
    #[must_use]
    pub fn standing(&self, section: Section) -> (usize, Option<usize>) {
        let within = || self.items.iter().enumerate().filter(move |(_, item)| Section::of(item) == section);
        let at = self.cursor.and_then(|cursor| within().position(|(at, _)| at == cursor));
        (within().count(), at.map(|at| at + 1))
    }

    /// What is on the screen. The first item is there even if it does not fit whole.
    #[must_use]
    pub fn place(&self, look: Look) -> Placed {
        let mut placed = Placed::default();
        let mut y = look.title();
        let mut section = self.section();
        for (at, item) in self.items.iter().enumerate().skip(self.top) {
            let own = Section::of(item);
            let heading = if own == section { 0 } else { look.heading() };
            let height = height(item, look);
            if y + heading + height > look.height && !placed.items.is_empty() || y >= look.height {
                let first = self.section();
                placed.below = self.items[at..].iter().filter(|item| Section::of(item) == first).count();
                placed.story_below = self.items.len() - at - placed.below;
                break;
            }
            if heading > 0 {
                placed.heading = Some((y, own));
                section = own;
            }
            placed.items.push(Line { y: y + heading, height, item: at });
            y += heading + height + u16::from(!look.strip);
        }
        placed
    }

    /// The items on the screen, from the top.
    #[must_use]
    pub fn lines(&self, look: Look) -> Vec<Line> {
        self.place(look).items
    }

    /// Scrolls so that the selected item is on the screen.
    pub fn follow(&mut self, look: Look) {
        let at = self.cursor.unwrap_or(0);
        // No more items than lines fit above it.
        self.top = self.top.min(at).max(at.saturating_sub(look.height.into()));
        while self.top < at && self.lines(look).last().is_none_or(|line| line.item < at) {
            self.top += 1;
        }
    }
}

/// Lines of an item: its headline, its source, who else has its text, its reasons.
fn height(item: &RelatedItem, look: Look) -> u16 {
    if look.strip {
        return 1;
    }
    let lines = |words: &Clean, most: usize| fill(words.as_str(), look.text_width().into()).len().min(most);
    let headline = lines(&item.headline.title, HEADLINE_LINES);
    let reasons = item.reasons().map_or(0, |reasons| lines(&reasons, REASON_LINES));
    let also = usize::from(also_in(&item.headline).is_some());
    u16::try_from(headline + 1 + also + reasons).unwrap_or(1)
}

/// Who else has this text: `also in Northern Wire, The Meridian`; `None` where nobody has.
#[must_use]
pub fn also_in(headline: &Headline) -> Option<Clean> {
    let copies = headline.fold.as_ref().map_or(&[][..], |fold| &fold.copies);
    let names: Vec<&str> = copies.iter().map(Clean::as_str).collect();
    (!names.is_empty()).then(|| clean!("also in {}", names.join(", ")))
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
    fn an_answer_that_comes_again_leaves_the_selected_item_selected() {
        let mut related = Related::default();
        related.put(ArticleId(1), (2..9).map(sample::related).collect(), 100);
        related.move_by(4);
        related.put(ArticleId(1), [3, 5, 7].map(sample::related).into(), 100);
        assert_eq!(related.selected().map(|item| item.headline.id), Some(ArticleId(5)));
        related.put(ArticleId(2), [3, 5, 7].map(sample::related).into(), 100);
        assert_eq!(related.cursor, None, "of another article");
    }

    #[test]
    fn the_story_stands_under_its_own_title_and_the_rest_is_counted() {
        let mut related = Related::default();
        let story = |id| RelatedItem { relation: Relation::Story, ..sample::related(id) };
        related.put(ArticleId(1), [2, 3].map(sample::related).into_iter().chain((4..9).map(story)).collect(), 100);
        let placed = related.place(Look { height: 20, ..LOOK });
        assert_eq!((related.section(), placed.heading), (Section::Related, Some((10, Section::Story))));
        assert_eq!(placed.items.iter().map(|line| line.y).collect::<Vec<_>>(), [2, 6, 12, 16]);
        assert_eq!((placed.below, placed.story_below), (0, 3));
        related.move_by(4);
        assert_eq!(related.standing(Section::Story), (5, Some(2)));
        assert_eq!(related.standing(Section::Related), (2, None));
        related.follow(LOOK);
        assert_eq!((related.section(), related.place(LOOK).heading), (Section::Story, None));
    }

    #[test]
    fn a_strip_is_as_high_as_what_is_in_it() {
        let mut related = Related::default();
        assert_eq!(related.strip_lines(), u16::MAX, "nobody knows yet");
        related.put(ArticleId(1), Vec::new(), 16);
        assert_eq!((related.strip_lines(), related.nothing().as_str()), (0, "Nothing related in 16 stored articles."));
        let story = RelatedItem { relation: Relation::Story, ..sample::related(3) };
        related.put(ArticleId(1), vec![sample::related(2), story], 16);
        assert_eq!(related.strip_lines(), 4);
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
