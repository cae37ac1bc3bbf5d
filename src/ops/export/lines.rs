//! JSON lines: an article with everything that is kept of it to a line, as `dateline import` takes it
//! in again.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::html;
use super::piece::Piece;
use crate::model::{Document, Enclosure, TextKind};
use crate::text::{Clean, CleanText, Link};

/// A line. Names are those of `--json` everywhere; what is not known is left out.
#[derive(Debug, Serialize)]
struct Line<'a> {
    v: u8,
    id: &'a Clean,
    title: &'a Clean,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a Link>,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<&'a Clean>,
    published: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated: Option<String>,
    source: &'a Clean,
    #[serde(skip_serializing_if = "Option::is_none")]
    feed_url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lang: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dateline: Option<&'a Clean>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'a Clean>,
    #[serde(skip_serializing_if = "Option::is_none")]
    standfirst: Option<&'a Clean>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comments_url: Option<&'a Link>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a Link>,
    #[serde(skip_serializing_if = "<[Enclosure]>::is_empty")]
    enclosures: &'a [Enclosure],
    #[serde(skip_serializing_if = "<[Clean]>::is_empty")]
    categories: &'a [Clean],
    tags: &'a [Clean],
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a CleanText>,
    read: bool,
    bookmarked: bool,
    /// Of a bookmark: all of it is here.
    whole: bool,
    /// Only a headline.
    stub: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    missing: Option<&'a Clean>,
    text: CleanText,
    content_html: CleanText,
    /// The text as Dateline has it, which the two before only render.
    document: &'a Document,
    text_kind: TextKind,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    revisions: Vec<RevisionLine<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pictures: Vec<PictureLine>,
    /// The page itself as it came, in base 64: it may be in any encoding.
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<String>,
}

#[derive(Debug, Serialize)]
struct RevisionLine<'a> {
    replaced: String,
    text_kind: TextKind,
    title: &'a Clean,
    /// Nothing but counters, dates and typography changed after it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    trivial: bool,
    text: CleanText,
    document: &'a Document,
}

/// A picture within a line: its bytes in base 64.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::ops) struct PictureLine {
    /// Where it was.
    pub url: Link,
    /// Its media type.
    #[serde(rename = "type")]
    pub media_type: String,
    /// Its bytes.
    pub data: String,
}

/// An article as a line, without the line break; with its `page`, where that is kept.
///
/// # Errors
/// None that a clean article could cause; what `serde_json` says.
pub(super) fn line(piece: &Piece, page: Option<&[u8]>) -> serde_json::Result<String> {
    let article = &piece.article;
    let headline = &article.headline;
    let plain = |document: &Document| CleanText::new(&document.readable_text());
    serde_json::to_string(&Line {
        v: 1,
        id: &article.guid,
        title: &headline.title,
        url: headline.link.as_ref(),
        author: article.byline.as_ref(),
        published: article.published_given.unwrap_or(headline.published).to_string(),
        updated: article.updated.map(|time| time.to_string()),
        source: &headline.source,
        feed_url: piece.feed.as_ref().map(|feed| feed.address.as_str()),
        lang: super::language(article),
        dateline: article.dateline.as_ref(),
        summary: article.summary.as_ref(),
        standfirst: article.standfirst.as_ref(),
        comments_url: article.comments.as_ref(),
        image: article.image.as_ref(),
        enclosures: &article.enclosures,
        categories: &article.categories,
        tags: &headline.tags,
        note: article.note.as_ref(),
        read: headline.read,
        bookmarked: headline.bookmarked,
        whole: headline.whole,
        stub: headline.stub,
        missing: article.missing.as_ref(),
        text: plain(&article.document),
        content_html: html::fragment(&article.document),
        document: &article.document,
        text_kind: article.kind,
        revisions: piece
            .revisions
            .iter()
            .map(|revision| RevisionLine {
                replaced: revision.replaced.to_string(),
                text_kind: revision.kind,
                title: &revision.title,
                trivial: revision.trivial,
                text: plain(&revision.document),
                document: &revision.document,
            })
            .collect(),
        pictures: piece
            .pictures
            .iter()
            .map(|(url, picture)| PictureLine {
                url: url.clone(),
                media_type: picture.media_type.clone(),
                data: STANDARD.encode(&picture.bytes),
            })
            .collect(),
        page: page.map(|html| STANDARD.encode(html)),
    })
}
