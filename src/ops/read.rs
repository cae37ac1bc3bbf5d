//! Reading what is stored: lists, articles, counts, search.

use std::time::Duration;

use jiff::tz::TimeZone;

use super::{Failure, Kind};
use crate::clean;
use crate::model::{Anchor, Article, ArticleId, Document, Page, Query, Sources, TextKind, Time, View};
use crate::store::{Moment, Reader, Revision};
use crate::text::{Clean, Link};

/// What dates in a query lean on: the time given, and the person's time zone.
pub(super) fn moment(now: Time) -> Moment {
    Moment { now, zone: TimeZone::system() }
}

/// A page of a list, of at most `limit` rows: by keyset, at the same cost wherever it stands. `now`
/// is for the dates in the view's query.
///
/// # Errors
/// That the store cannot be read, a bad regular expression, or an interruption.
pub fn page(reader: &Reader, view: &View, anchor: Anchor, limit: usize, now: Time) -> Result<Page, Failure> {
    Ok(reader.page(view, anchor, limit, &moment(now))?)
}

/// How long the first page of a list is worth waiting for, and a later one, which nobody has in front
/// of them yet. What is found by then is given.
const PATIENCE: Duration = Duration::from_millis(8);
const LATER: Duration = Duration::from_millis(100);

/// The same for a screen: as far as it comes in some milliseconds ([`Page::reached`] says whether that
/// is all of it), and where it is empty, with how many articles are not in it because they are muted.
///
/// # Errors
/// As [`page`].
pub fn page_soon(reader: &Reader, view: &View, anchor: Anchor, limit: usize, now: Time) -> Result<Page, Failure> {
    let patience = if matches!(anchor, Anchor::OlderThan(_)) { LATER } else { PATIENCE };
    let mut page = reader.page_soon(view, anchor, limit, &moment(now), patience)?;
    let could_be_seen = !matches!(anchor, Anchor::NewerThan(_)) && page.at_oldest;
    if page.rows.is_empty() && could_be_seen && view.query.is_some() {
        page.muted = super::mute::hidden(reader, view.clone(), now)?;
    }
    Ok(page)
}

/// The ids of a whole list, in its order. Linear in their number.
///
/// # Errors
/// As [`page`].
pub fn ids(reader: &Reader, view: &View, now: Time) -> Result<Vec<ArticleId>, Failure> {
    Ok(reader.ids(view, &moment(now))?)
}

/// Reads a query as a person typed it.
///
/// # Errors
/// What is wrong with it, with the spot.
pub fn query(typed: &str) -> Result<Query, Failure> {
    Query::parse(typed).map_err(|error| {
        let before = typed.get(..error.at.start).unwrap_or_default().chars().count();
        let failure = Failure::new(Kind::Usage, clean!("{} at character {} of “{typed}”", error.message, before + 1));
        let failure = failure.at(typed, error.at);
        match error.hint {
            Some(hint) => failure.hint(hint),
            None => failure,
        }
    })
}

/// An article with the text that is shown; `None` if it is not stored any more.
///
/// # Errors
/// That the store, or this text, cannot be read.
pub fn article(reader: &Reader, id: ArticleId) -> Result<Option<Article>, Failure> {
    Ok(reader.article(id)?)
}

/// An article with the text that is asked for, where it is there; without one, as [`article`].
///
/// # Errors
/// As [`article`].
pub fn article_as(reader: &Reader, id: ArticleId, kind: Option<TextKind>) -> Result<Option<Article>, Failure> {
    Ok(reader.article_as(id, kind)?)
}

/// One of an article's two texts.
///
/// # Errors
/// As [`article`].
pub fn text(reader: &Reader, id: ArticleId, kind: TextKind) -> Result<Option<Document>, Failure> {
    Ok(reader.text(id, kind)?)
}

/// An article's earlier texts, the latest first.
///
/// # Errors
/// As [`article`].
pub fn revisions(reader: &Reader, id: ArticleId) -> Result<Vec<Revision>, Failure> {
    Ok(reader.revisions(id)?)
}

/// The feeds, folders and counts. Linear in the number of feeds.
///
/// # Errors
/// That the store cannot be read.
pub fn sources(reader: &Reader) -> Result<Sources, Failure> {
    Ok(reader.sources()?)
}

/// The article that stands at an address, or came under it as its name; the newest of several.
///
/// # Errors
/// That the store cannot be read.
pub fn linked(reader: &Reader, link: &Link) -> Result<Option<ArticleId>, Failure> {
    let plain = link.without_tracking();
    for address in [link, &plain] {
        if let Some(id) = reader.find_link(address)? {
            return Ok(Some(id));
        }
    }
    Ok(reader.find_guid(plain.as_str())?)
}

/// The names of the person's tags, by the alphabet.
///
/// # Errors
/// That the store cannot be read.
pub fn tags(reader: &Reader) -> Result<Vec<Clean>, Failure> {
    Ok(reader.tag_names()?)
}

/// The languages that articles are written in, as a query names them.
///
/// # Errors
/// That the store cannot be read.
pub fn languages(reader: &Reader) -> Result<Vec<Clean>, Failure> {
    Ok(reader.languages()?.into_iter().map(|lang| clean!("{lang}")).collect())
}

/// The article that a person names: by its number in the store, or by the id it came with.
///
/// # Errors
/// [`Kind::NothingFound`] if there is none, or that the store cannot be read.
pub fn find(reader: &Reader, named: &str) -> Result<ArticleId, Failure> {
    if let Ok(number) = named.parse::<i64>()
        && !reader.headlines(&[ArticleId(number)])?.is_empty()
    {
        return Ok(ArticleId(number));
    }
    reader.find_guid(named)?.ok_or_else(|| {
        Failure::new(Kind::NothingFound, clean!("there is no article “{named}”"))
            .hint("`dateline list` and `dateline search` show the ids of articles")
    })
}

/// The id that an article came with: its feed's guid, or the `id` of an imported line.
///
/// # Errors
/// That the store cannot be read.
pub fn guid(reader: &Reader, id: ArticleId) -> Result<Option<Clean>, Failure> {
    Ok(reader.guid(id)?)
}
