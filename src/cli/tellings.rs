//! What programs read of stories, copies, the brief and mutes: see `records`.

use serde::Serialize;

use super::records::{VERSION, said};
use crate::model::{ArticleId, BriefItem, Development, Headline, MuteId, MuteRow, Muted, Story, StoryId};
use crate::text::{Clean, Link};

/// A story.
#[derive(Serialize)]
pub(super) struct StoryRecord<'a> {
    v: u8,
    /// The story's name: the number of the article that it began with.
    story: StoryId,
    /// The article that is shown for it.
    id: ArticleId,
    title: &'a Clean,
    url: Option<&'a Link>,
    source: &'a Clean,
    sources: u32,
    articles: u32,
    unread: u32,
    first: String,
    latest: String,
}

impl<'a> StoryRecord<'a> {
    /// The record of a story.
    pub(super) fn new(story: &'a Story) -> Self {
        Self {
            v: VERSION,
            story: story.id,
            id: story.front.id,
            title: &story.front.title,
            url: story.front.link.as_ref(),
            source: &story.front.source,
            sources: story.sources,
            articles: story.articles,
            unread: story.unread,
            first: said(story.first),
            latest: said(story.latest),
        }
    }
}

/// What happened in a story: an article of it, or what is new of it in a brief.
#[derive(Serialize)]
pub(super) struct DevelopmentRecord<'a> {
    v: u8,
    story: StoryId,
    id: ArticleId,
    title: &'a Clean,
    url: Option<&'a Link>,
    source: &'a Clean,
    published: String,
    /// The sentence that says most that is new.
    new: Option<&'a Clean>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sources: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    articles: Option<u32>,
    /// The other sources that carry the same text.
    #[serde(skip_serializing_if = "Option::is_none")]
    copies: Option<&'a [Clean]>,
    read: bool,
}

impl<'a> DevelopmentRecord<'a> {
    /// The record of an article of a timeline.
    pub(super) fn new(story: StoryId, development: &'a Development) -> Self {
        let Development { headline, new, copies } = development;
        Self { copies: Some(copies), ..Self::of(story, headline, new.as_ref()) }
    }

    /// The record of an item of a brief.
    pub(super) fn of_brief(item: &'a BriefItem) -> Self {
        let counts = (Some(item.sources), Some(item.articles));
        Self { sources: counts.0, articles: counts.1, ..Self::of(item.story, &item.headline, item.new.as_ref()) }
    }

    fn of(story: StoryId, headline: &'a Headline, new: Option<&'a Clean>) -> Self {
        Self {
            v: VERSION,
            story,
            id: headline.id,
            title: &headline.title,
            url: headline.link.as_ref(),
            source: &headline.source,
            published: said(headline.published),
            new,
            sources: None,
            articles: None,
            copies: None,
            read: headline.read,
        }
    }
}

/// A text that several sources carry.
#[derive(Serialize)]
pub(super) struct CopiesRecord<'a> {
    v: u8,
    /// The article that is shown.
    id: ArticleId,
    title: &'a Clean,
    source: &'a Clean,
    /// The articles folded under it.
    copies: &'a [ArticleId],
    /// The sources they come from.
    also_in: &'a [Clean],
}

impl<'a> CopiesRecord<'a> {
    /// The record of the article that is shown, and those under it.
    pub(super) fn new(shown: &'a Headline, copies: &'a [ArticleId], also_in: &'a [Clean]) -> Self {
        Self { v: VERSION, id: shown.id, title: &shown.title, source: &shown.source, copies, also_in }
    }
}

/// A mute.
#[derive(Serialize)]
pub(super) struct MuteRecord<'a> {
    v: u8,
    mute: MuteId,
    query: Option<String>,
    story: Option<StoryId>,
    title: &'a Clean,
    until: Option<String>,
    added: String,
    /// How many stored articles it hides.
    hidden: u64,
}

impl<'a> MuteRecord<'a> {
    /// The record of a mute.
    pub(super) fn new(row: &'a MuteRow) -> Self {
        let (query, story) = match &row.what {
            Muted::Query(_) => (Some(row.said.to_string()), None),
            Muted::Story(story) => (None, Some(*story)),
        };
        Self {
            v: VERSION,
            mute: row.id,
            query,
            story,
            title: &row.said,
            until: row.until.map(said),
            added: said(row.added),
            hidden: row.hidden,
        }
    }
}
