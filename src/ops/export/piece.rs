//! An article with everything that is kept of it, as exports want it.

use jiff::tz::TimeZone;

use super::super::Failure;
use crate::clean;
use crate::model::{Article, ArticleId, Feed, TextKind, Time};
use crate::store::{Picture, Reader, Revision};
use crate::text::{Clean, Link};

/// An article with everything that is kept of it.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// The article, with the text that is shown, its tags and the note on it.
    pub article: Article,
    /// The feed it came by.
    pub feed: Option<Feed>,
    /// Since when it is bookmarked.
    pub kept: Option<Time>,
    /// The pictures that are kept, with the addresses they had.
    pub pictures: Vec<(Link, Picture)>,
    /// Its earlier texts, the latest first.
    pub revisions: Vec<Revision>,
}

impl Piece {
    /// What is kept of an article; `None` where it is not stored any more. Costs the reading of its
    /// texts and pictures.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub(super) fn of(reader: &Reader, id: ArticleId) -> Result<Option<Self>, Failure> {
        let Some(article) = reader.article(id)? else { return Ok(None) };
        Ok(Some(Self {
            feed: reader.feed(article.headline.feed)?,
            kept: reader.kept_since(id)?,
            pictures: reader.pictures(id)?,
            revisions: reader.revisions(id)?,
            article,
        }))
    }

    /// The kept picture of that address.
    pub(super) fn picture(&self, link: &Link) -> Option<&Picture> {
        self.pictures.iter().find(|(address, _)| address == link).map(|(_, picture)| picture)
    }

    /// What is said over an earlier text: `Until 3 May 2026, 10:00: text of the feed`.
    pub(super) fn until(&self, revision: &Revision, zone: &TimeZone) -> Clean {
        let what = if revision.kind == TextKind::Full { "full text" } else { "text of the feed" };
        clean!("Until {}: {what}", revision.replaced.format("%-d %B %Y, %H:%M", zone))
    }

    /// The picture that stands over the text, where it has none in it.
    pub(super) fn lead(&self) -> Option<&Link> {
        let link = self.article.image.as_ref()?;
        (self.article.document.pictures().is_empty() && self.picture(link).is_some()).then_some(link)
    }
}

/// How the file of a picture of that kind ends; `bin` for one that is not known.
pub(super) fn ending(media_type: &str) -> &'static str {
    match media_type {
        "image/png" => "png",
        "image/jpeg" => "jpg",
        "image/gif" => "gif",
        "image/webp" => "webp",
        "image/avif" => "avif",
        "image/svg+xml" => "svg",
        "image/x-icon" => "ico",
        "image/tiff" => "tiff",
        _ => "bin",
    }
}
