//! The article pane: what is shown, how far it is scrolled, and the trail of articles behind it.

use std::sync::Arc;

use super::event::Problem;
use super::layout::{LaidOut, Place};
use crate::model::article::WORDS_PER_MINUTE;
use crate::model::{Article, ArticleId, Headline, TextKind};

/// What the article pane shows.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The article that should be shown.
    pub wanted: Option<ArticleId>,
    /// The article that is shown (the one before, until the wanted one has come).
    pub shown: Option<Shown>,
    /// Why the wanted article cannot be shown.
    pub problem: Option<Problem>,
    /// Articles to go back to, oldest first.
    pub trail: Vec<ArticleId>,
    /// Articles to go forward to, nearest last.
    pub ahead: Vec<ArticleId>,
    /// Which article was opened by a link of which: one goes back there before anywhere else.
    pub(super) led: Vec<(ArticleId, ArticleId)>,
}

/// An article on the screen.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The article as it was stored.
    pub article: Arc<Article>,
    /// Its row, with what was done to it since.
    pub headline: Headline,
    /// Its text, set.
    pub laid_out: Arc<LaidOut>,
    /// The first line on the screen.
    pub top: usize,
    /// Lines of the pane when it was scrolled last.
    pub height: usize,
    /// Columns that wide tables and code have been moved to the left.
    pub aside: u16,
    /// The layout in which code is told apart is on its way.
    pub(super) colouring: bool,
    /// The place that was scrolled to. A narrower or wider pane shows it as well as it can, and
    /// when the first pane is back it is where it was.
    anchor: Place,
    /// Where each of the article's texts was left.
    left: [Place; 2],
}

/// The place of a text in [`Shown::left`].
fn slot(kind: TextKind) -> usize {
    match kind {
        TextKind::Feed => 0,
        TextKind::Full => 1,
    }
}

impl Shown {
    /// Shows an article where it was left.
    #[must_use]
    pub fn new(article: Arc<Article>, laid_out: Arc<LaidOut>, height: usize) -> Self {
        let headline = article.headline.clone();
        let mut shown = Self {
            headline,
            article,
            laid_out,
            top: 0,
            height,
            aside: 0,
            colouring: false,
            anchor: Place::default(),
            left: Default::default(),
        };
        // Rounded, so that going away and coming back does not creep upwards line by line.
        shown.top = (usize::from(shown.article.position) * shown.rows() + 5_000) / 10_000;
        shown.clamp();
        shown.anchor = shown.place();
        shown
    }

    fn place(&self) -> Place {
        self.laid_out.rows.get(self.top).filter(|_| self.top > 0).map_or_else(Place::default, |row| row.place)
    }

    fn rows(&self) -> usize {
        self.laid_out.rows.len()
    }

    fn last_top(&self) -> usize {
        self.rows().saturating_sub(self.height)
    }

    fn clamp(&mut self) {
        self.top = self.top.min(self.last_top());
    }

    /// Scrolls by lines, as far as there is text.
    pub fn scroll(&mut self, by: isize) {
        self.top = self.top.saturating_add_signed(by);
        self.clamp();
        self.anchor = self.place();
    }

    /// Moves wide tables and code sideways, by a column of the table that is in sight or for code by a third
    /// of the text's width, as far as there is any; says whether they moved.
    pub fn go_aside(&mut self, times: isize) -> bool {
        let (aside, moved) = self.laid_out.step_aside(self.top..self.top + self.height, self.aside, times);
        self.aside = aside;
        moved
    }

    /// Brings block number `block` on the screen, with some lines above it, unless it is there.
    pub fn bring(&mut self, block: u32) {
        let rows = self.laid_out.rows_of(block);
        let seen = self.top..self.top + self.height;
        if !(seen.contains(&rows.start) && (seen.contains(&rows.end.saturating_sub(1)) || rows.len() > self.height)) {
            let wanted = rows.start.saturating_sub(self.height / 4);
            self.scroll(wanted.cast_signed() - self.top.cast_signed());
        }
    }

    /// Takes a new layout or height; the first line on the screen stays.
    pub fn reset(&mut self, laid_out: Arc<LaidOut>, height: usize) {
        self.colouring &= Arc::ptr_eq(&self.laid_out, &laid_out);
        self.laid_out = laid_out;
        self.height = height;
        self.top = if self.anchor == Place::default() { 0 } else { self.laid_out.row_of(self.anchor) };
        self.clamp();
    }

    /// Takes another text of the same article (or the same one again). The words at the top of the
    /// screen stay there where both texts have them; else the place where this text was left, else
    /// the head. Linear in the text.
    pub fn replace(&mut self, article: Arc<Article>, laid_out: Arc<LaidOut>, height: usize) {
        let (from, to) = (self.article.kind, article.kind);
        let words = (self.top > 0).then(|| self.laid_out.words_at(self.top)).flatten();
        let (from_change, to_change) = (self.article.revised.is_some(), article.revised.is_some());
        if !from_change {
            self.left[slot(from)] = self.anchor;
        }
        let left = Some(self.left[slot(to)]);
        let same = !from_change && from == to && self.laid_out.columns == laid_out.columns;
        self.headline = article.headline.clone();
        self.article = article;
        let place = if to_change {
            // A change is short, and is read from its beginning.
            None
        } else if same {
            Some(self.anchor)
        } else {
            words.and_then(|words| laid_out.place_of(&words)).or(left)
        };
        self.anchor = place.unwrap_or_default();
        self.reset(laid_out, height);
        self.anchor = self.place();
    }

    /// Whether the last line is on the screen.
    #[must_use]
    pub fn at_end(&self) -> bool {
        self.top >= self.last_top()
    }

    /// How much of the text has been on the screen, in percent.
    #[must_use]
    pub fn percent(&self) -> usize {
        let seen = (self.top + self.height).min(self.rows());
        if self.rows() == 0 { 100 } else { seen * 100 / self.rows() }
    }

    /// Minutes that what is below the screen takes to read, rounded up; 0 at the end.
    #[must_use]
    pub fn minutes_left(&self) -> usize {
        let below = self.rows().saturating_sub(self.top + self.height);
        let words = self.laid_out.words as usize * below / self.rows().max(1);
        words.div_ceil(WORDS_PER_MINUTE as usize)
    }

    /// The position to remember: the first line's share of the text, in 1/10,000.
    #[must_use]
    pub fn position(&self) -> u16 {
        // Without the rows of pictures: they are not there yet when the article is opened again.
        let rows = self.laid_out.rows.iter().filter(|row| !row.is_picture()).count();
        let before = self.laid_out.rows.iter().take(self.top).filter(|row| !row.is_picture()).count();
        if rows == 0 {
            return 0;
        }
        u16::try_from((before * 10_000 / rows).min(10_000)).unwrap_or(10_000)
    }
}

impl Reading {
    /// The article that is shown and wanted; `None` while another is on its way.
    #[must_use]
    pub fn current(&self) -> Option<&Shown> {
        self.shown.as_ref().filter(|shown| Some(shown.headline.id) == self.wanted)
    }

    /// Whether a link of the article before led to this one.
    #[must_use]
    pub fn led_here(&self) -> bool {
        self.trail.last().copied().zip(self.wanted).is_some_and(|step| self.led.contains(&step))
    }

    /// As [`Reading::current`], to scroll it.
    pub fn current_mut(&mut self) -> Option<&mut Shown> {
        let wanted = self.wanted;
        self.shown.as_mut().filter(|shown| Some(shown.headline.id) == wanted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::layout::{Measure, lay_out};
    use crate::app::sample;
    use jiff::tz::TimeZone;

    fn shown(columns: u16) -> (Arc<Article>, Arc<LaidOut>) {
        let article = Arc::new(sample::article(1, 60));
        let laid_out = Arc::new(lay_out(&article, &Measure::of(columns), &TimeZone::UTC));
        (article, laid_out)
    }

    #[test]
    fn scrolling_stops_at_both_ends() {
        let (article, laid_out) = shown(40);
        let rows = laid_out.rows.len();
        let mut shown = Shown::new(article, laid_out, 10);
        shown.scroll(-3);
        assert_eq!((shown.top, shown.position()), (0, 0));
        shown.scroll(10_000);
        assert_eq!(shown.top, rows - 10);
        assert!(shown.at_end());
        assert_eq!(shown.percent(), 100);
    }

    #[test]
    fn another_width_keeps_the_first_line() {
        let (article, wide) = shown(70);
        let (_, narrow) = shown(30);
        let mut shown = Shown::new(article, wide.clone(), 10);
        shown.scroll(25);
        let before = wide.rows[shown.top].place;
        shown.reset(narrow.clone(), 10);
        let after = narrow.rows[shown.top].place;
        assert_eq!(after.block, before.block);
        assert!(after <= before);
    }

    #[test]
    fn another_text_keeps_the_words_on_the_screen() {
        let (feed, feed_lines) = shown(40);
        let mut longer = sample::article(1, 60);
        let more = crate::model::Document::from_paragraphs(["A new first paragraph, of which the feed knew nothing."]);
        longer.document.blocks.splice(0..0, more.blocks);
        longer.kind = TextKind::Full;
        let full = Arc::new(longer);
        let full_lines = Arc::new(lay_out(&full, &Measure::of(40), &TimeZone::UTC));
        let line = |shown: &Shown| -> String {
            shown.laid_out.rows[shown.top].runs.iter().map(|run| run.text.as_str()).collect()
        };
        let mut shown = Shown::new(feed.clone(), feed_lines.clone(), 10);
        shown.replace(full.clone(), full_lines.clone(), 10);
        assert_eq!(shown.top, 0, "from the head to the head");
        shown.replace(feed.clone(), feed_lines.clone(), 10);
        for by in [20, 31] {
            shown.scroll(by);
            let before = line(&shown);
            shown.replace(full.clone(), full_lines.clone(), 10);
            assert_eq!(line(&shown), before);
            shown.replace(feed.clone(), feed_lines.clone(), 10);
            assert_eq!(line(&shown), before);
        }
    }

    #[test]
    fn the_position_leads_back() {
        let (article, laid_out) = shown(40);
        let mut first = Shown::new(article.clone(), laid_out.clone(), 10);
        for by in [3, 17, 40] {
            first.scroll(by);
            let mut later = (*article).clone();
            later.position = first.position();
            assert_eq!(Shown::new(Arc::new(later), laid_out.clone(), 10).top, first.top);
        }
    }
}
