//! Stories: articles of several sources about one event, told over some days; and what hides them.

use serde::{Deserialize, Serialize};

use super::{ArticleId, Headline, Query, RowKey, Time};
use crate::text::Clean;

/// Names a story in the store: the number of the article that it began with. So an article that
/// stands alone is a story too, under its own number, and no number is ever given twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StoryId(pub i64);

impl StoryId {
    /// The story of an article that stands alone.
    #[must_use]
    pub fn alone(article: ArticleId) -> Self {
        Self(article.0)
    }
}

/// What a row of a list stands for besides itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fold {
    /// The story it belongs to.
    pub story: StoryId,
    /// How many other sources are folded under this row; 0 where nothing is folded.
    pub sources: u32,
    /// How many other articles are folded under this row, copies among them.
    pub articles: u32,
    /// The other sources that carry the same text: "also in …". In the order of their publication.
    pub copies: Vec<Clean>,
}

/// A story as a list of stories shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// Its name in the store.
    pub id: StoryId,
    /// The article that is shown for it: its newest development.
    pub front: Headline,
    /// How many sources tell it.
    pub sources: u32,
    /// How many articles tell it, copies among them.
    pub articles: u32,
    /// Of them not read yet.
    pub unread: u32,
    /// When its first article was published.
    pub first: Time,
    /// When its newest development was published: copies of what was there do not count.
    pub latest: Time,
    /// Whether it is muted.
    pub muted: bool,
}

impl Story {
    /// Where this row stands in a list of stories: by newest development, then id.
    #[must_use]
    pub fn key(&self) -> RowKey {
        RowKey { published: self.latest, id: ArticleId(self.id.0) }
    }
}

/// Rows of a list of stories, newest development first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StoryPage {
    /// The rows.
    pub rows: Vec<Story>,
    /// No newer rows exist.
    pub at_newest: bool,
    /// No older rows exist.
    pub at_oldest: bool,
}

/// A story in order of time, to be read as a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    /// Which story.
    pub story: StoryId,
    /// What it is called: the headline of its newest development.
    pub headline: Clean,
    /// What happened, oldest first; each text once.
    pub developments: Vec<Development>,
}

/// An article of a timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Development {
    /// The article.
    pub headline: Headline,
    /// Its sentence with most that the story had not said before; `None` where it says nothing new,
    /// or has no text.
    pub new: Option<Clean>,
    /// The other sources that carry the same text.
    pub copies: Vec<Clean>,
}

/// Names a mute in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MuteId(pub i64);

/// What is muted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Muted {
    /// Everything of a story, also what joins it later.
    Story(StoryId),
    /// Everything that matches.
    Query(Query),
}

/// What is to be left out of lists, counts, related news and the brief.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mute {
    /// What.
    pub what: Muted,
    /// Until when; `None` is for good.
    pub until: Option<Time>,
}

/// A mute, as a list of them shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MuteRow {
    /// Its name in the store.
    pub id: MuteId,
    /// What it mutes.
    pub what: Muted,
    /// The same in words: the query as written, or the story's headline.
    pub said: Clean,
    /// Until when; `None` is for good.
    pub until: Option<Time>,
    /// When it was made.
    pub added: Time,
    /// How many stored articles it hides.
    pub hidden: u64,
}

/// What happened since a moment, most told first; finite.
#[derive(Clone, Debug, PartialEq)]
pub struct Brief {
    /// Since when.
    pub since: Time,
    /// The stories, the one that most independent sources tell first.
    pub stories: Vec<BriefItem>,
    /// How many stories and single articles there are since then, shown or not.
    pub total: u64,
}

/// A story, or an article that stands alone, of a brief.
#[derive(Clone, Debug, PartialEq)]
pub struct BriefItem {
    /// The story.
    pub story: StoryId,
    /// The article that is shown for it.
    pub headline: Headline,
    /// How many sources told it since then, counted as those of a story are.
    pub sources: u32,
    /// How many articles on it came since then.
    pub articles: u32,
    /// What is new in it, in a sentence; `None` where there is no text.
    pub new: Option<Clean>,
}
