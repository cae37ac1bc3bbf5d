//! Muting: what is left out of lists, counts, related news and the brief, and for how long.

use super::Failure;
use super::read::moment;
use super::saved::COUNTED;
use crate::model::{Mute, MuteId, MuteRow, Query, Time, View};
use crate::store::{Reader, Safety, Store};

/// Mutes a story or what matches a query. What it says of time (`since:2d`) is settled when an article
/// comes.
///
/// # Errors
/// That the store cannot be written, or a bad regular expression; then nothing is muted.
pub fn mute(store: &mut Store, mute: &Mute, now: Time) -> Result<MuteId, Failure> {
    Ok(store.write(Safety::Person, "muting", |w| w.add_mute(mute, &moment(now)))?)
}

/// Takes a mute away; whether it was there.
///
/// # Errors
/// That the store cannot be written.
pub fn unmute(store: &mut Store, id: MuteId) -> Result<bool, Failure> {
    Ok(store.write(Safety::Person, "muting", |w| w.remove_mute(id))?)
}

/// The mutes that hold, the newest first.
///
/// # Errors
/// That the store cannot be read.
pub fn list(reader: &Reader, now: Time) -> Result<Vec<MuteRow>, Failure> {
    let mut mutes = reader.mutes()?;
    mutes.retain(|mute| mute.until.is_none_or(|until| until > now));
    Ok(mutes)
}

/// How many articles a list would have that are muted, counted up to [`COUNTED`]: what is said where
/// it is empty, lest they seem lost.
///
/// # Errors
/// That the store cannot be read.
pub fn hidden(reader: &Reader, mut view: View, now: Time) -> Result<u64, Failure> {
    let asked = view.query.take().map(|query| query.to_string()).filter(|query| !query.is_empty());
    let muted = asked.map_or_else(|| "is:muted".to_owned(), |asked| format!("({asked}) is:muted"));
    // A query is written as it is read; one that is too long with the addition has no answer here.
    let Ok(query) = Query::parse(&muted) else { return Ok(0) };
    Ok(reader.count(&View { query: Some(query), ..view }, COUNTED, &moment(now))?)
}

/// Takes away the mutes whose time is over; gives how many. No work when there is none.
///
/// # Errors
/// That the store cannot be written.
pub fn end(store: &mut Store, now: Time) -> Result<u64, Failure> {
    if !store.reader().mutes()?.iter().any(|mute| mute.until.is_some_and(|until| until <= now)) {
        return Ok(0);
    }
    Ok(store.write(Safety::Refresh, "ending mutes", |w| w.end_mutes(now))?)
}
