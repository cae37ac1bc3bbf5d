//! The bundled sample news: there until real news comes.

use std::collections::HashSet;

use super::{Failure, incoming};
use crate::feed;
use crate::model::{FeedAddress, NewArticle, Time};
use crate::store::{NewFeed, Safety, Step, Store, Writing};
use crate::text::{Clean, Link};

/// An Atom feed like any other.
const EDITION: &[u8] = include_bytes!("../../assets/edition/edition.xml");

/// Its pictures by their addresses, so that they are there without a network.
const PICTURES: &[(&str, &[u8])] =
    &[("https://dateline.example/edition/eel-ladder.jpg", include_bytes!("../../assets/edition/eel-ladder.jpg"))];

/// How old its newest article is when it is laid out, in seconds.
const AGE: i64 = 20 * 60;

/// The key that remembers that the sample was here and is gone: it does not come back by itself.
const GONE: &str = "edition.gone";

/// Lays the edition out in a store that has no feed and never had the sample. Whether it did.
///
/// Its times are shifted so that the newest article is 20 minutes old. Of entries with one id the
/// later ones are revisions of the first.
///
/// # Errors
/// That the store cannot be read or written.
pub fn seed(store: &mut Store, now: Time) -> Result<bool, Failure> {
    let reader = store.reader();
    if reader.has_feeds()? || reader.state(GONE)?.is_some() {
        return Ok(false);
    }
    let Ok(parsed) = feed::parse(EDITION, None, None) else { return Ok(false) };
    let mut articles: Vec<NewArticle> = parsed.entries.iter().map(incoming::article).collect();
    let newest = articles.iter().filter_map(|article| article.published.max(article.updated)).max().unwrap_or(now);
    let shift = |time: &mut Option<Time>| {
        *time = time.map(|time| Time(time.0.saturating_add(now.0 - AGE - newest.0)));
    };
    for article in &mut articles {
        shift(&mut article.published);
        shift(&mut article.updated);
    }
    let mut seen: HashSet<Clean> = HashSet::new();
    let (firsts, revisions): (Vec<_>, Vec<_>) =
        articles.into_iter().partition(|article| seen.insert(article.guid.clone()));
    store.write(Safety::Refresh, "laying out the sample edition", |w| {
        let new = NewFeed { title: parsed.feed.title.clone(), ..NewFeed::at(FeedAddress::Edition) };
        let feed = w.add_feed(&new, now)?.0;
        w.set_head(feed, &incoming::head(&parsed.feed))?;
        w.take_in(feed, &firsts, now)?;
        for revision in revisions {
            let time = revision.updated.unwrap_or(now);
            w.take_in(feed, &[revision], time)?;
        }
        Ok(())
    })?;
    Ok(true)
}

/// A picture of the edition.
#[must_use]
pub fn picture(address: &Link) -> Option<&'static [u8]> {
    PICTURES.iter().find(|(known, _)| *known == address.as_str()).map(|(_, bytes)| *bytes)
}

/// Takes the edition away for good, except what was bookmarked or tagged of it. Gives how many
/// articles went.
pub(super) fn retire(writing: &mut Writing<'_>) -> Step<u64> {
    let Some(feed) = writing.feed_at(&FeedAddress::Edition)? else { return Ok(0) };
    writing.set_state(GONE, Some("1"))?;
    writing.remove_feed(feed)
}
