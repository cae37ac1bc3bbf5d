//! Queries that a person keeps under a name.

use super::read::{moment, query};
use super::{Failure, Kind};
use crate::clean;
use crate::model::{ArticleId, Only, Query, SavedQuery, Time, View};
use crate::store::{Reader, Safety, Store};
use crate::text::Clean;
use crate::text::fold::fold;

/// Unread articles are counted up to here: more is many.
pub const COUNTED: usize = 1_000;

/// The saved queries, in their order.
///
/// # Errors
/// That the store cannot be read.
pub fn list(reader: &Reader) -> Result<Vec<SavedQuery>, Failure> {
    Ok(reader.saved_queries()?)
}

/// How many unread articles each of them has, up to [`COUNTED`]; 0 where its query cannot be asked.
/// Those with a regular expression, or letters in their order, are not counted: that would cost the reading
/// of everything.
///
/// # Errors
/// That the store cannot be read, or an interruption.
pub fn unread(reader: &Reader, now: Time) -> Result<Vec<(Clean, u64)>, Failure> {
    let mut counts = Vec::new();
    for SavedQuery { name, query } in list(reader)? {
        if query.is_slow() {
            continue;
        }
        let view = View { query: Some(query), only: Only::Unread, ..View::default() };
        counts.push((name, reader.count(&view, COUNTED, &moment(now))?));
    }
    Ok(counts)
}

/// A saved query by its name, how many unread articles came for it, and the headline of the newest.
pub type Match = (Clean, u64, Clean);

/// Of each saved query the unread articles that came after one: how many, and the headline of the
/// newest; and the newest article of all. Without an article to begin at only that. Those with a
/// regular expression are left out, as by [`unread`].
///
/// # Errors
/// That the store cannot be read, or an interruption.
pub fn matches(reader: &Reader, after: Option<ArticleId>, now: Time) -> Result<(Vec<Match>, ArticleId), Failure> {
    let newest = reader.newest_article()?;
    let mut found = Vec::new();
    let Some(after) = after.filter(|after| *after < newest) else { return Ok((found, newest)) };
    for SavedQuery { name, query } in list(reader)? {
        if query.is_slow() {
            continue;
        }
        let view = View { query: Some(query), only: Only::Unread, ..View::default() };
        let ids = reader.arrived_after(&view, after, COUNTED, &moment(now))?;
        let first = reader.headlines(&ids[..ids.len().min(1)])?.into_iter().next();
        found.extend(first.map(|headline| (name, ids.len() as u64, headline.title)));
    }
    Ok((found, newest))
}

/// Puts `after` in the place of `before`: a query is saved (no `before`), removed (no `after`),
/// renamed, or another under the same name.
///
/// # Errors
/// That the store cannot be written; nothing is changed then.
pub fn replace(
    store: &mut Store,
    before: Option<&SavedQuery>,
    after: Option<&SavedQuery>,
    now: Time,
) -> Result<(), Failure> {
    Ok(store.write(Safety::Person, "keeping a search", |w| {
        if let Some(before) = before.filter(|before| after.is_none_or(|after| after.name != before.name)) {
            w.drop_saved_query(&before.name)?;
        }
        after.map_or(Ok(()), |after| w.put_saved_query(after, now))
    })?)
}

/// The saved query of this name, in any case and with or without accents.
///
/// # Errors
/// [`Kind::NothingFound`] if there is none, or that the store cannot be read.
pub fn find(reader: &Reader, name: &str) -> Result<SavedQuery, Failure> {
    let wanted = fold(name);
    let saved = list(reader)?;
    saved.into_iter().find(|saved| fold(saved.name.as_str()) == wanted).ok_or_else(|| {
        Failure::new(Kind::NothingFound, clean!("there is no saved search “{name}”"))
            .hint("`dateline saved` lists those there are")
    })
}

/// Reads a query as a person typed it; `@name` (or `@"a name"`) at its beginning is a saved one, which
/// what follows narrows.
///
/// # Errors
/// What is wrong with it, that there is no saved query of that name, or that the store cannot be read.
pub fn resolve(reader: &Reader, typed: &str) -> Result<Query, Failure> {
    let Some(named) = typed.trim_start().strip_prefix('@') else { return query(typed) };
    let (name, rest) = match named.strip_prefix('"').and_then(|named| named.split_once('"')) {
        Some(quoted) => quoted,
        None => named.split_once(char::is_whitespace).unwrap_or((named, "")),
    };
    Ok(find(reader, name)?.query.and(query(rest)?))
}
