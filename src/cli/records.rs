//! What programs read: the JSON objects of `--json`, one to a line.
//!
//! Names and meanings are a promise: an object says `"v": 1`, and what changes in another way than
//! by a new name is `"v": 2`. Times are RFC 3339 in UTC. Everything here is of the clean types.

use std::collections::HashMap;

use serde::Serialize;

use crate::extract::Extracted;
use crate::model::{Article, ArticleId, Enclosure, Feed, FeedId, Headline, RelatedItem, Relation, TextKind, Time};
use crate::ops::export;
use crate::text::language::Lang;
use crate::text::{Clean, CleanText, Link};

/// The version of all records.
pub(super) const VERSION: u8 = 1;

/// A time as records say it.
pub(super) fn said(time: Time) -> String {
    time.to_string()
}

/// The feeds by their numbers, for records that name an article's feed.
pub(super) type Feeds = HashMap<FeedId, Feed>;

/// An article.
#[derive(Serialize)]
pub(super) struct ArticleRecord<'a> {
    v: u8,
    id: ArticleId,
    guid: &'a Clean,
    title: &'a Clean,
    url: Option<&'a Link>,
    author: Option<&'a Clean>,
    published: String,
    /// Whether the feed gave that time; otherwise it is that of arrival.
    published_given: bool,
    updated: Option<String>,
    summary: Option<&'a Clean>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_html: Option<CleanText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<CleanText>,
    tags: &'a [Clean],
    categories: &'a [Clean],
    enclosures: Vec<EnclosureRecord<'a>>,
    image: Option<&'a Link>,
    comments_url: Option<&'a Link>,
    feed_url: Option<&'a str>,
    feed_title: Option<&'a Clean>,
    source: &'a Clean,
    lang: Option<&'a str>,
    words: u32,
    read: bool,
    bookmarked: bool,
    /// Of a bookmark: all of it is here.
    whole: bool,
    /// What is missing of it.
    missing: Option<&'a Clean>,
    /// Only a headline: the text was never fetched.
    stub: bool,
    /// Which text this is: `feed` or `full`.
    text_kind: TextKind,
    /// When the full text was fetched, if it was.
    full_text_fetched: Option<String>,
    /// What keeps the full text, or the rest of it, away.
    full_text_note: Option<&'a Clean>,
}

#[derive(Serialize)]
struct EnclosureRecord<'a> {
    url: &'a Link,
    #[serde(rename = "type")]
    media_type: Option<&'a Clean>,
    bytes: Option<u64>,
}

/// The code of a language as people write it, and as `lang:` and articles as JSON lines have it: `en`.
fn short(code: &Clean) -> &str {
    match Lang::from_code(code.as_str()) {
        Some(lang) => lang.short(),
        None => code.as_str(),
    }
}

impl<'a> ArticleRecord<'a> {
    /// The record of an article, with its text or as lists give it.
    pub(super) fn new(article: &'a Article, feeds: &'a Feeds, with_text: bool) -> Self {
        let headline = &article.headline;
        let feed = feeds.get(&headline.feed);
        let enclosure = |enclosure: &'a Enclosure| EnclosureRecord {
            url: &enclosure.link,
            media_type: enclosure.media_type.as_ref(),
            bytes: enclosure.bytes,
        };
        Self {
            v: VERSION,
            id: headline.id,
            guid: &article.guid,
            title: &headline.title,
            url: headline.link.as_ref(),
            author: article.byline.as_ref(),
            published: said(article.published_given.unwrap_or(headline.published)),
            published_given: article.published_given.is_some(),
            updated: article.updated.map(said),
            summary: article.summary.as_ref().or(article.standfirst.as_ref()),
            content_html: with_text.then(|| export::html_fragment(&article.document)),
            text: with_text.then(|| CleanText::new(&article.document.readable_text())),
            tags: &headline.tags,
            categories: &article.categories,
            enclosures: article.enclosures.iter().map(enclosure).collect(),
            image: article.image.as_ref(),
            comments_url: article.comments.as_ref(),
            feed_url: feed.map(|feed| feed.address.as_str()),
            feed_title: feed.map(|feed| &feed.title),
            source: &headline.source,
            lang: headline.lang.as_ref().map(short),
            words: headline.words,
            read: headline.read,
            bookmarked: headline.bookmarked,
            whole: headline.whole,
            missing: article.missing.as_ref(),
            stub: headline.stub,
            text_kind: article.kind,
            full_text_fetched: article.texts.full.map(said),
            full_text_note: article.texts.note.as_ref(),
        }
    }
}

/// A feed.
#[derive(Serialize)]
pub(super) struct FeedRecord<'a> {
    v: u8,
    id: FeedId,
    url: &'a str,
    title: &'a Clean,
    site_url: Option<&'a Link>,
    description: Option<&'a Clean>,
    language: Option<&'a Clean>,
    folder: Option<&'a Clean>,
    error: Option<&'a Clean>,
    checked: Option<String>,
    succeeded: Option<String>,
    total: u64,
    unread: u64,
    /// The full text of its articles is always fetched.
    full_text: bool,
    /// Its articles fold under another source's with the same text.
    fold_copies: bool,
    /// An article that really changed is unread again.
    unread_on_change: bool,
    /// Its own number of days, and of minutes; `null`: as with the others.
    keep_days: Option<u32>,
    refresh_minutes: Option<u32>,
}

impl<'a> FeedRecord<'a> {
    /// The record of a feed in that folder.
    pub(super) fn new(feed: &'a Feed, folder: Option<&'a Clean>) -> Self {
        Self {
            v: VERSION,
            id: feed.id,
            url: feed.address.as_str(),
            title: &feed.title,
            site_url: feed.site.as_ref(),
            description: feed.description.as_ref(),
            language: feed.lang.as_ref(),
            folder,
            error: feed.health.error.as_ref(),
            checked: feed.health.checked.map(said),
            succeeded: feed.health.succeeded.map(said),
            total: feed.total,
            unread: feed.unread,
            full_text: feed.settings.full_text,
            fold_copies: feed.settings.fold_copies,
            unread_on_change: feed.settings.unread_on_change,
            keep_days: feed.settings.keep_days,
            refresh_minutes: feed.settings.minutes,
        }
    }
}

/// An article that is related to another.
#[derive(Serialize)]
pub(super) struct RelatedRecord<'a> {
    v: u8,
    /// Whose related articles these are.
    query_id: ArticleId,
    rank: usize,
    id: ArticleId,
    title: &'a Clean,
    url: Option<&'a Link>,
    source: &'a Clean,
    published: String,
    score: f32,
    relation: &'static str,
    reasons: &'a [Clean],
    stub: bool,
}

impl<'a> RelatedRecord<'a> {
    /// The record of the item at `rank`, from 1.
    pub(super) fn new(of: ArticleId, rank: usize, item: &'a RelatedItem) -> Self {
        let Headline { id, title, link, source, published, stub, .. } = &item.headline;
        Self {
            v: VERSION,
            query_id: of,
            rank,
            id: *id,
            title,
            url: link.as_ref(),
            source,
            published: said(*published),
            score: item.score,
            relation: match item.relation {
                Relation::Related => "related",
                Relation::SamePage => "same_page",
                Relation::Story => "story",
                Relation::Copy => "copy",
            },
            reasons: &item.reasons,
            stub: *stub,
        }
    }
}

/// What was made of a page.
#[derive(Serialize)]
pub(super) struct ExtractRecord<'a> {
    v: u8,
    title: Option<&'a Clean>,
    byline: Option<&'a Clean>,
    dateline: Option<&'a Clean>,
    standfirst: Option<&'a Clean>,
    published: Option<String>,
    site: Option<&'a Clean>,
    url: Option<&'a Link>,
    lang: Option<&'a Clean>,
    image: Option<&'a Link>,
    body_start: usize,
    body_end: usize,
    related: Vec<&'a Clean>,
    dropped: Vec<DroppedRecord<'a>>,
    gate: Option<String>,
    text: &'a str,
}

#[derive(Serialize)]
struct DroppedRecord<'a> {
    line: usize,
    text: &'a Clean,
    why: &'static str,
}

impl<'a> ExtractRecord<'a> {
    /// The record of an extraction.
    pub(super) fn new(page: &'a Extracted) -> Self {
        Self {
            v: VERSION,
            title: Some(&page.title).filter(|title| !title.is_empty()),
            byline: page.byline.as_ref(),
            dateline: page.dateline.as_ref(),
            standfirst: page.standfirst.as_ref(),
            published: page.published.map(|time| match page.zone {
                Some(zone) => time.in_zone(zone).to_string(),
                None => said(time),
            }),
            site: page.site.as_ref(),
            url: page.link.as_ref(),
            lang: page.lang.as_ref(),
            image: page.image.as_ref(),
            body_start: page.body_start,
            body_end: page.body_end,
            related: page.related.iter().map(|headline| &headline.title).collect(),
            dropped: page
                .dropped
                .iter()
                .map(|dropped| DroppedRecord { line: dropped.line, text: &dropped.text, why: dropped.why })
                .collect(),
            gate: page.gate.map(|gate| gate.to_string()),
            text: page.text.as_str(),
        }
    }
}

/// How one thing went that a command was told to do.
#[derive(Default, Serialize)]
pub(super) struct DoneRecord<'a> {
    pub(super) v: u8,
    /// The file, address or feed.
    pub(super) item: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) title: Option<&'a Clean>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<i64>,
    /// What it was taken for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) kind: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) new: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) changed: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) unchanged: Option<u64>,
    /// It was not asked, only put off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) later: Option<bool>,
    /// What was odd about it although it could be read.
    #[serde(skip_serializing_if = "<[Clean]>::is_empty")]
    pub(super) notes: &'a [Clean],
    pub(super) error: Option<&'a Clean>,
}

impl<'a> DoneRecord<'a> {
    /// The record of `item`, for the rest to be filled in.
    pub(super) fn new(item: &'a str) -> Self {
        Self { v: VERSION, item, ..Self::default() }
    }
}

/// Something that was looked at and found well or not.
#[derive(Serialize)]
pub(super) struct CheckRecord<'a> {
    v: u8,
    check: &'a str,
    ok: bool,
    message: &'a Clean,
    hint: Option<&'a Clean>,
}

impl<'a> CheckRecord<'a> {
    /// The record of a check.
    pub(super) fn new(check: &'a str, ok: bool, message: &'a Clean, hint: Option<&'a Clean>) -> Self {
        Self { v: VERSION, check, ok, message, hint }
    }
}
