//! Pages as articles: stored from an address, and the articles that stand at an address already.

use super::{Added, fetched, removed};
use crate::clean;
use crate::extract::{self, Extracted, NotAnArticle};
use crate::model::site::Site;
use crate::model::{ArticleId, FeedAddress, TextKind, Time};
use crate::net::{Answer, Error, Fetched as Page};
use crate::ops::network::is_for_good;
use crate::ops::{Failure, Kind, full_text, incoming};
use crate::store::{Asked, Reader, Safety, Store};
use crate::text::{Clean, Link, charset};

/// Stores a page as an article, whether it names feeds or not (`dateline bookmark URL`).
///
/// # Errors
/// As [`take_in`](super::take_in), and that there is no article on the page.
pub fn save_page(
    store: &mut Store,
    asked: &Link,
    answer: Result<Answer, Error>,
    sites: &[Site],
    now: Time,
) -> Result<Added, Failure> {
    match fetched(asked, answer) {
        Ok(page) => save(store, asked, page, sites, Use::Kept, now),
        Err(failure) => as_stored(store, asked, failure),
    }
}

/// The same for a page that a person only looks at (a link of an article): it is read in passing, which
/// is no news ([`Writing::take_in_passing`](crate::store::Writing::take_in_passing)), unless it is stored
/// otherwise already.
///
/// # Errors
/// As [`save_page`].
pub fn read_page(
    store: &mut Store,
    asked: &Link,
    answer: Result<Answer, Error>,
    sites: &[Site],
    now: Time,
) -> Result<Added, Failure> {
    match fetched(asked, answer) {
        Ok(page) => save(store, asked, page, sites, Use::Passing, now),
        Err(failure) => as_stored(store, asked, failure),
    }
}

/// What a page is taken in for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// To stay.
    Kept,
    /// To be looked at.
    Passing,
}

/// The stored article that stands at an address: by that address, with or without what only counts
/// visitors, a last slash or the `s` of `https`; or by an article's name that is the address. The
/// newest where there are several, a whole one before a headline. Costs a dozen look-ups.
///
/// # Errors
/// That the store cannot be read.
pub fn stored(reader: &Reader, link: &Link) -> Result<Option<ArticleId>, Failure> {
    let bare = link.without_tracking();
    let text = bare.as_str();
    let other_scheme = match text.split_once("://") {
        Some(("https", rest)) => format!("http://{rest}"),
        Some((_, rest)) => format!("https://{rest}"),
        None => text.to_owned(),
    };
    let mut variants = vec![link.clone()];
    for text in [text, other_scheme.as_str()] {
        let other_end = text.strip_suffix('/').map_or_else(|| format!("{text}/"), str::to_owned);
        variants.extend([text, other_end.as_str()].into_iter().filter_map(Link::parse));
    }
    for variant in &variants {
        if let Some(id) = reader.find_link(variant)? {
            return Ok(Some(id));
        }
    }
    match reader.find_guid(text)? {
        Some(id) => Ok(Some(id)),
        None => Ok(reader.find_guid(link.as_str())?),
    }
}

/// A page could not be had: the article that is stored of it, if there is one.
pub(super) fn as_stored(store: &Store, asked: &Link, failure: Failure) -> Result<Added, Failure> {
    let Some(article) = stored(store.reader(), asked)? else { return Err(failure) };
    let title = store.reader().article(article)?.map(|article| article.headline.title).unwrap_or_default();
    Ok(Added::Article { article, title, gate: None, known: true })
}

/// Why the page of an answer is worth asking for another time; `None` where there is an answer, or will
/// never be one.
#[must_use]
pub fn comes_later(answer: &Result<Answer, Error>) -> Option<Clean> {
    match answer {
        Err(error) if !error.is_cancelled() && !is_for_good(error) => Some(clean!("{error}")),
        _ => None,
    }
}

/// Keeps a page that cannot be had now: it is a bookmark from now on, called by its address, says `why`
/// there is nothing of it, and is completed like any other. An article that is stored of it is kept
/// instead.
///
/// # Errors
/// That the store cannot be written, or that it was removed once and stays so.
pub fn await_page(store: &mut Store, link: &Link, why: &Clean, now: Time) -> Result<Added, Failure> {
    let found = stored(store.reader(), link)?;
    let id = store.write(Safety::Person, "keeping a page for later", |w| {
        let id = match found {
            Some(id) => Some(id),
            None => {
                let saved = incoming::saved(w, now)?;
                w.await_page(saved, link, now)?
            }
        };
        let Some(id) = id else { return Ok(None) };
        w.bookmark(&[id], true, now)?;
        if found.is_none() {
            w.asked_page(id, &Asked { note: Some(why.clone()), again: true, address: None }, now)?;
            w.set_missing(id, Some(&clean!("its page ({why})")), None)?;
        }
        Ok(Some(id))
    })?;
    let id = id.ok_or_else(|| removed(&clean!("{link}")))?;
    let title = store.reader().article(id)?.map(|article| article.headline.title).unwrap_or_default();
    Ok(Added::Article { article: id, title, gate: None, known: found.is_some() })
}

/// Keeps a page that a person added for good: whoever adds one wants to find it again. What is missing
/// of it (the page itself, its pictures) is fetched as for any bookmark.
pub(super) fn keep(store: &mut Store, added: Added, now: Time) -> Result<Added, Failure> {
    if let Added::Article { article, .. } = &added {
        store.write(Safety::Person, "keeping a page", |w| w.bookmark(&[*article], true, now))?;
    }
    Ok(added)
}

/// Makes an article of a page and stores it, or gives its text to the article that is stored of it.
pub(super) fn save(
    store: &mut Store,
    asked: &Link,
    page: Page,
    sites: &[Site],
    what_for: Use,
    now: Time,
) -> Result<Added, Failure> {
    let html = charset::decode(&page.bytes, page.content_type.as_deref());
    let extracted = extract::page_with(&html.text, Some(&page.final_address), sites).map_err(|why| {
        let failure = Failure::new(Kind::Data, clean!("{asked} gives no article: {why}"));
        match why {
            NotAnArticle::Gated(gate) => failure.hint(gate.advice()),
            _ => failure.hint("give the address of an article, of a feed, or of a page that names one"),
        }
    });
    let extracted = match extracted {
        Ok(extracted) => extracted,
        Err(failure) => return as_stored(store, asked, failure),
    };
    let from = match known(store, asked, &page, &extracted, now)? {
        Known::Done(added) => return Ok(added),
        Known::From(from) => Some(from),
        Known::Not => None,
    };
    let articles = incoming::page(&extracted, Some(&page.final_address), now);
    let taken = store.write(Safety::Person, "saving a page", |w| {
        // What is stored of it already stays in its place, whatever the page is asked for now.
        let taken = match (&from, what_for) {
            (Some(FeedAddress::Passing), _) | (None, Use::Passing) => w.take_in_passing(&articles, now)?,
            _ => {
                let saved = incoming::saved(w, now)?;
                incoming::take_in(w, saved, &articles, now)?
            }
        };
        match taken.ids.first().copied().flatten() {
            Some(id) => incoming::enclosed(w, id, &extracted.pictures).map(|()| taken),
            None => Ok(taken),
        }
    })?;
    let article = taken.ids.first().copied().flatten().ok_or_else(|| removed(&extracted.title))?;
    let known = taken.new.is_empty();
    Ok(Added::Article { article, title: extracted.title, gate: extracted.gate, known })
}

/// What is stored of a page.
enum Known {
    /// An article of a feed, or of a file: it has the page's text as its full text now.
    Done(Added),
    /// An article made of this very page, in this feed: the page is taken in again, and what changed
    /// becomes a revision.
    From(FeedAddress),
    /// Nothing.
    Not,
}

/// Looks for the article that a page is about.
fn known(store: &mut Store, asked: &Link, page: &Page, extracted: &Extracted, now: Time) -> Result<Known, Failure> {
    let reader = store.reader();
    let mut found = None;
    for place in [Some(asked), Some(&page.final_address), extracted.link.as_ref()].into_iter().flatten() {
        found = found.or(stored(reader, place)?);
    }
    let Some(id) = found else { return Ok(Known::Not) };
    let Some(article) = reader.article(id)? else { return Ok(Known::Not) };
    let own = extracted.link.as_ref().unwrap_or(&page.final_address).without_tracking();
    let from = reader.feed(article.headline.feed)?.map(|feed| feed.address);
    let by_hand = from.filter(|from| matches!(from, FeedAddress::Saved | FeedAddress::Passing));
    if let Some(from) = by_hand.filter(|_| !article.headline.stub && article.guid.as_str() == own.as_str()) {
        return Ok(Known::From(from));
    }
    let less = extracted.gate.is_some() && extracted.document.words() < article.document.words();
    if !less {
        let text = full_text::full_text(extracted.clone());
        store.write(Safety::Person, "storing a full text", |w| {
            w.set_full_text(id, &text, now)?;
            incoming::enclosed(w, id, &extracted.pictures)?;
            w.choose_text(id, TextKind::Full)
        })?;
    }
    let title = article.headline.title;
    Ok(Known::Done(Added::Article { article: id, title, gate: extracted.gate.filter(|_| !less), known: true }))
}
