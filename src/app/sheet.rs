//! A page laid over the panes, of articles one below the other: a story in order of time, or what
//! came since the last visit. One walks it, reads an article of it, and comes back to it.

use super::event::Problem;
use super::geometry::Pane;
use super::related::also_in;
use crate::clean;
use crate::model::{ArticleId, Brief, BriefItem, Development, Fold, Headline, Time, Timeline};
use crate::text::Clean;
use crate::text::wrap::fill;

/// The most lines that a headline takes.
const HEADLINE_LINES: usize = 3;

/// The most lines that the sentence of what is new takes.
pub const NEW_LINES: usize = 4;

/// The widest column of text.
const WIDEST: u16 = 76;

/// What a sheet shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The story of an article in order of time.
    Timeline(ArticleId),
    /// What came since the last visit.
    Brief,
}

/// A page of articles.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// What it shows.
    pub kind: Kind,
    /// What it is called; empty until it is known.
    pub title: Clean,
    /// How much there is and since when.
    pub facts: Facts,
    /// The articles.
    pub entries: Vec<Entry>,
    /// The selected one.
    pub cursor: usize,
    /// The first one on the screen.
    pub top: usize,
    /// Whether the answer has come.
    pub loaded: bool,
    /// Why there is no answer.
    pub problem: Option<Problem>,
    /// Where one was before.
    pub from: Origin,
}

/// How much a sheet is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Articles of the story; stories and single articles of the brief, shown or not.
    pub all: u64,
    /// Different sources of the story.
    pub sources: usize,
    /// Since when.
    pub since: Time,
    /// Until when.
    pub until: Time,
}

/// Where one was before a sheet was laid over it.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// The pane that had the keys.
    pub focus: Pane,
    /// The article that was shown.
    pub article: Option<ArticleId>,
    /// The articles behind it.
    pub trail: Vec<ArticleId>,
}

/// An article of a sheet.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The article, its copies among what is folded under it.
    pub headline: Headline,
    /// Sources and articles that tell it since the last visit; `None` in a timeline.
    pub told: Option<(u32, u32)>,
    /// The sentence that says what is new.
    pub new: Option<Clean>,
}

impl Entry {
    /// Its source and what belongs to that, without its age; the longest first.
    #[must_use]
    pub fn meta(&self) -> Vec<Clean> {
        let source = &self.headline.source;
        match (self.told, also_in(&self.headline)) {
            (Some((0 | 1, articles)), _) if articles > 1 => vec![clean!("{source} · {articles} articles")],
            (Some((sources, articles)), _) if articles > 1 => vec![
                clean!("{source} · {sources} sources · {articles} articles"),
                clean!("{sources} sources · {articles} articles"),
                clean!("{sources} sources"),
            ],
            (_, Some(also)) => vec![clean!("{source} · {also}")],
            _ => vec![source.clone()],
        }
    }
}

/// How a sheet is drawn: what decides which entries are on the screen.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    /// Columns of the page's text, its margin on the left included.
    pub width: u16,
    /// Lines of the page.
    pub height: u16,
    /// No space between entries: there are few lines.
    pub tight: bool,
    /// The zone that decides what a day is.
    pub zone: &'a jiff::tz::TimeZone,
}

impl<'a> Look<'a> {
    /// The look of a page in a body of so many columns and lines.
    #[must_use]
    pub fn of(columns: u16, height: u16, tight: bool, zone: &'a jiff::tz::TimeZone) -> Self {
        Self { width: columns.saturating_sub(2).min(WIDEST), height, tight, zone }
    }
}

/// An entry on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where it begins, in lines from the top of the page.
    pub y: u16,
    /// Its lines, without the space after it.
    pub height: u16,
    /// Its index.
    pub entry: usize,
    /// The day that is named above it: the line, and the day.
    pub day: Option<(u16, i64)>,
}

impl Sheet {
    /// A page that waits for its answer.
    #[must_use]
    pub fn new(kind: Kind, from: Origin) -> Self {
        Self {
            kind,
            title: Clean::default(),
            facts: Facts::default(),
            entries: Vec::new(),
            cursor: 0,
            top: 0,
            loaded: false,
            problem: None,
            from,
        }
    }

    /// What stands over the title.
    #[must_use]
    pub fn label(&self) -> &'static str {
        match self.kind {
            Kind::Timeline(_) => "THE STORY SO FAR",
            Kind::Brief => "SINCE YOU LAST LOOKED",
        }
    }

    /// Takes a story; the cursor goes to the article it was asked for from.
    pub fn put_timeline(&mut self, timeline: Timeline) {
        let Timeline { headline, developments, .. } = timeline;
        let articles = developments.iter().map(|development| 1 + development.copies.len() as u64).sum();
        let mut sources: Vec<&Clean> = developments
            .iter()
            .flat_map(|development| std::iter::once(&development.headline.source).chain(&development.copies))
            .collect();
        sources.sort_unstable();
        sources.dedup();
        let time = |at: Option<&Development>| at.map(|at| at.headline.published).unwrap_or_default();
        let (since, until) = (time(developments.first()), time(developments.last()));
        self.facts = Facts { all: articles, sources: sources.len(), since, until };
        self.title = headline;
        self.entries = developments.into_iter().map(entry_of_development).collect();
        self.loaded = true;
        let Kind::Timeline(article) = self.kind else { return };
        let last = self.entries.len().saturating_sub(1);
        self.cursor = self.entries.iter().position(|entry| entry.headline.id == article).unwrap_or(last);
    }

    /// Takes what came since the last visit.
    pub fn put_brief(&mut self, brief: Brief, now: Time) {
        let Brief { since, stories, total } = brief;
        self.facts = Facts { all: total, sources: 0, since, until: now };
        self.entries = stories.into_iter().map(entry_of_item).collect();
        self.loaded = true;
    }

    /// The selected entry.
    #[must_use]
    pub fn selected(&self) -> Option<&Entry> {
        self.entries.get(self.cursor)
    }

    /// Moves the cursor by `by` entries, as far as there are any.
    pub fn move_by(&mut self, by: isize) {
        let last = self.entries.len().saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(by).min(last);
    }

    /// Columns on the left of the text: those of a time of day, or of a number.
    #[must_use]
    pub fn margin(&self, look: Look<'_>) -> u16 {
        match self.kind {
            _ if look.width < 30 => 0,
            Kind::Timeline(_) => 7,
            Kind::Brief => 4,
        }
    }

    /// Columns of the text.
    #[must_use]
    pub fn text_width(&self, look: Look<'_>) -> u16 {
        look.width.saturating_sub(self.margin(look)).max(1)
    }

    /// Lines of an entry: its headline, its source, what is new.
    fn height(&self, entry: &Entry, look: Look<'_>) -> u16 {
        let columns = self.text_width(look).into();
        let lines = |words: &Clean, most: usize| fill(words.as_str(), columns).len().min(most);
        let headline = lines(&entry.headline.title, HEADLINE_LINES);
        let new = entry.new.as_ref().map_or(0, |new| lines(new, NEW_LINES));
        u16::try_from(headline + 1 + new).unwrap_or(1)
    }

    /// Lines over the first entry: the label, the title, the facts.
    #[must_use]
    pub fn head(&self, look: Look<'_>) -> u16 {
        if look.tight {
            return 1;
        }
        let title = fill(self.title.as_str(), look.width.max(1).into()).len().min(HEADLINE_LINES);
        3 + if self.title.is_empty() { 0 } else { u16::try_from(title).unwrap_or(1) }
    }

    /// The entries on the screen, from the top. The first is there even if it does not fit whole.
    #[must_use]
    pub fn lines(&self, look: Look<'_>) -> Vec<Line> {
        let mut lines = Vec::new();
        let (mut y, mut before) = (self.head(look), None);
        for (at, entry) in self.entries.iter().enumerate().skip(self.top) {
            let day = self.day(entry, look);
            let named = u16::from(day.is_some() && day != before);
            let height = self.height(entry, look);
            if y + named + height > look.height && !lines.is_empty() || y >= look.height {
                break;
            }
            let named_at = (named > 0).then_some(y);
            lines.push(Line { y: y + named, height, entry: at, day: named_at.zip(day) });
            y += named + height + u16::from(!look.tight);
            before = day;
        }
        lines
    }

    /// Entries that stand below the last one on the screen.
    #[must_use]
    pub fn below(&self, look: Look<'_>) -> usize {
        self.lines(look).last().map_or(0, |line| self.entries.len() - line.entry - 1)
    }

    /// The day of an entry where days are named.
    fn day(&self, entry: &Entry, look: Look<'_>) -> Option<i64> {
        matches!(self.kind, Kind::Timeline(_)).then(|| entry.headline.published.day(look.zone))
    }

    /// Scrolls so that the selected entry is on the screen.
    pub fn follow(&mut self, look: Look<'_>) {
        // No more entries than lines fit above it.
        let farthest = self.cursor.saturating_sub(look.height.into());
        self.top = self.top.min(self.cursor).max(farthest);
        let whole = |sheet: &Self| {
            let lines = sheet.lines(look);
            lines.last().is_some_and(|line| line.entry >= sheet.cursor && line.y + line.height <= look.height)
                || lines.last().is_some_and(|line| line.entry > sheet.cursor)
        };
        while self.top < self.cursor && !whole(self) {
            self.top += 1;
        }
    }
}

fn entry_of_development(development: Development) -> Entry {
    let Development { mut headline, new, copies } = development;
    if !copies.is_empty() {
        let story = headline.fold.as_ref().map_or(crate::model::StoryId::alone(headline.id), |fold| fold.story);
        let others = u32::try_from(copies.len()).unwrap_or(u32::MAX);
        headline.fold = Some(Fold { story, sources: others, articles: others, copies });
    }
    Entry { headline, told: None, new }
}

fn entry_of_item(item: BriefItem) -> Entry {
    let BriefItem { headline, sources, articles, new, .. } = item;
    Entry { headline, told: Some((sources, articles)), new }
}
