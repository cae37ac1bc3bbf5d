//! A row of the headline list: an article, the front of a story with others folded under it, a
//! story, or an article under the front of its story.

use std::ops::{Deref, DerefMut};

use super::related::also_in;
use crate::clean;
use crate::model::{Headline, Page, RowKey, Story, StoryId, StoryPage, Time};
use crate::text::Clean;

/// A row of the list. What is not special to it is its [`Headline`]'s.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The article.
    pub headline: Headline,
    /// Where it stands in the list: for an article under the front of its story, where that stands.
    pub key: RowKey,
    /// The unfolded story that it stands under.
    pub under: Option<StoryId>,
    /// The story that it stands for in the list of stories.
    pub standing: Option<Standing>,
}

/// What a row of the list of stories says of its story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its name in the store.
    pub id: StoryId,
    /// Sources that tell it.
    pub sources: u32,
    /// Articles that tell it.
    pub articles: u32,
    /// Of them not read yet.
    pub unread: u32,
    /// When its newest development was published.
    pub latest: Time,
}

impl Deref for Row {
    type Target = Headline;

    fn deref(&self) -> &Headline {
        &self.headline
    }
}

impl DerefMut for Row {
    fn deref_mut(&mut self) -> &mut Headline {
        &mut self.headline
    }
}

impl From<Headline> for Row {
    fn from(headline: Headline) -> Self {
        Self { key: headline.key(), headline, under: None, standing: None }
    }
}

impl From<Story> for Row {
    fn from(story: Story) -> Self {
        let Story { id, sources, articles, unread, latest, .. } = story;
        let standing = Some(Standing { id, sources, articles, unread, latest });
        Self { key: story.key(), headline: story.front, under: None, standing }
    }
}

impl Row {
    /// An article under the front of its story, which stands at `key`.
    #[must_use]
    pub fn member(headline: Headline, story: StoryId, key: RowKey) -> Self {
        Self { headline, key, under: Some(story), standing: None }
    }

    /// The story that can be unfolded here or, under its front, folded.
    #[must_use]
    pub fn story(&self) -> Option<StoryId> {
        let folded = || self.headline.fold.as_ref().filter(|fold| fold.articles > 0).map(|fold| fold.story);
        self.under.or(self.standing.map(|standing| standing.id)).or_else(folded)
    }

    /// Whether it is the front of a story that has other articles.
    #[must_use]
    pub fn is_front(&self) -> bool {
        self.under.is_none() && self.story().is_some()
    }

    /// The headline it had before, where a change brought another; not of a whole story.
    #[must_use]
    pub fn was(&self) -> Option<&Clean> {
        self.headline.was.as_ref().filter(|_| self.standing.is_none())
    }

    /// Columns that it is set in from the left.
    #[must_use]
    pub fn indent(&self) -> u16 {
        if self.under.is_some() { 2 } else { 0 }
    }

    /// Whether something of it waits to be read: the article or, of a story, any of its articles.
    #[must_use]
    pub fn unread(&self) -> bool {
        self.standing.map_or(!self.headline.read, |standing| standing.unread > 0)
    }

    /// What is folded under it, in words, the longest first; `sign` says whether it is folded (`+`)
    /// or unfolded (`−`). Under the front of its story: who else has its text. Nothing where nothing is.
    #[must_use]
    pub fn folded(&self, sign: char) -> Vec<Clean> {
        let also = also_in(&self.headline);
        if self.under.is_some() {
            return also.into_iter().collect();
        }
        let Some(fold) = self.headline.fold.as_ref().filter(|fold| fold.articles > 0) else {
            return Vec::new();
        };
        let mut said = Vec::new();
        if usize::try_from(fold.articles).is_ok_and(|articles| articles <= fold.copies.len()) {
            said.extend(also);
        }
        said.push(match (fold.sources, fold.articles) {
            (0, 1) => clean!("{sign}1 article"),
            (0, articles) => clean!("{sign}{articles} articles"),
            (1, _) => clean!("{sign}1 source"),
            (sources, _) => clean!("{sign}{sources} sources"),
        });
        said.push(clean!("{sign}{}", fold.sources.max(1)));
        said
    }
}

/// A page of rows, whichever list it belongs to.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// The rows, newest first.
    pub rows: Vec<Row>,
    /// No newer rows exist.
    pub at_newest: bool,
    /// No older rows exist.
    pub at_oldest: bool,
    /// As [`Page::reached`].
    pub reached: Option<RowKey>,
    /// As [`Page::muted`].
    pub muted: u64,
}

impl From<Page> for Rows {
    fn from(Page { rows, at_newest, at_oldest, reached, muted }: Page) -> Self {
        Self { rows: rows.into_iter().map(Row::from).collect(), at_newest, at_oldest, reached, muted }
    }
}

impl From<StoryPage> for Rows {
    fn from(StoryPage { rows, at_newest, at_oldest }: StoryPage) -> Self {
        Self { rows: rows.into_iter().map(Row::from).collect(), at_newest, at_oldest, ..Self::default() }
    }
}
