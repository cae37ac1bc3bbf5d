//! What a line says of an article besides the article: what a person did to it, its pictures and its
//! earlier texts, as `dateline export --format jsonl` writes them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};

use crate::feed::date;
use crate::model::{ArticleId, Document, FeedAddress, TextKind, Time};
use crate::ops::export::PictureLine;
use crate::store::{Asked, Picture, Revision, Step, Writing};
use crate::text::{Clean, CleanText, Link};

/// What is kept of an article besides its text.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// The feed it came by, as the line names it.
    pub feed: Option<FeedAddress>,
    tags: Vec<Clean>,
    note: Option<CleanText>,
    read: bool,
    bookmarked: bool,
    whole: bool,
    missing: Option<Clean>,
    pictures: Vec<(Link, Picture)>,
    /// The earliest first.
    revisions: Vec<Revision>,
    /// The page itself.
    page: Option<Vec<u8>>,
}

impl Kept {
    /// Reads it; what cannot be read is as if it was not there.
    pub(super) fn of(fields: &Map<String, Value>) -> Self {
        let flag = |name: &str| fields.get(name).and_then(Value::as_bool).unwrap_or(false);
        let list = |name: &str| fields.get(name).and_then(Value::as_array).into_iter().flatten();
        let text = |name: &str| fields.get(name).and_then(Value::as_str);
        let mut revisions: Vec<Revision> = list("revisions").filter_map(revision).collect();
        revisions.reverse();
        Self {
            feed: text("feed_url").and_then(FeedAddress::parse),
            tags: list("tags")
                .filter_map(|tag| Some(Clean::new(tag.as_str()?)))
                .filter(|tag| !tag.is_empty())
                .collect(),
            note: text("note").map(CleanText::new).filter(|note| !note.is_empty()),
            read: flag("read"),
            bookmarked: flag("bookmarked"),
            whole: flag("whole"),
            missing: text("missing").map(Clean::new),
            pictures: list("pictures").filter_map(picture).collect(),
            revisions,
            page: text("page").and_then(|page| STANDARD.decode(page).ok()),
        }
    }

    /// Keeps it of an article that came just now.
    pub(super) fn keep(&self, w: &mut Writing<'_>, id: ArticleId, now: Time) -> Step<()> {
        for tag in &self.tags {
            w.tag(&[id], tag, true)?;
        }
        if let Some(note) = &self.note {
            w.set_note(id, note, now)?;
        }
        if self.read {
            w.mark_read(&[id], true)?;
        }
        for revision in &self.revisions {
            w.restore_revision(id, revision)?;
        }
        if self.bookmarked {
            w.bookmark(&[id], true, now)?;
            if let Some(page) = &self.page {
                w.asked_page(id, &Asked { note: None, again: false, address: None }, now)?;
                w.keep_page(id, page)?;
            }
            for (address, picture) in &self.pictures {
                w.keep_picture(id, address, picture)?;
            }
            // What was whole where it came from is whole here: nobody need ask the web again.
            if self.whole || self.missing.is_some() {
                w.set_missing(id, self.missing.as_ref(), None)?;
            }
        }
        Ok(())
    }
}

fn revision(value: &Value) -> Option<Revision> {
    let document =
        value.get("document").cloned().and_then(|document| serde_json::from_value::<Document>(document).ok());
    Some(Revision {
        replaced: date::parse(value.get("replaced")?.as_str()?)?,
        kind: if value.get("text_kind")?.as_str()? == "full" { TextKind::Full } else { TextKind::Feed },
        title: Clean::new(value.get("title")?.as_str()?),
        trivial: value.get("trivial").and_then(Value::as_bool).unwrap_or(false),
        document: document?,
    })
}

fn picture(value: &Value) -> Option<(Link, Picture)> {
    let PictureLine { url, media_type, data } = serde_json::from_value(value.clone()).ok()?;
    let bytes = STANDARD.decode(data).ok()?;
    (url.is_web() && media_type.starts_with("image/")).then_some((url, Picture { media_type, bytes }))
}
