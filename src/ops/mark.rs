//! What a person does to articles. Each says which articles it changed: undoing is doing the opposite
//! to those.

use super::Failure;
use super::read::moment;
use crate::model::{ArticleId, Time, View};
use crate::store::{Safety, Store};

/// Marks articles read or unread.
///
/// # Errors
/// That the store cannot be written; then nothing is marked. So with the others.
pub fn read(store: &mut Store, ids: &[ArticleId], read: bool) -> Result<Vec<ArticleId>, Failure> {
    Ok(store.write(Safety::Person, "marking articles", |w| w.mark_read(ids, read))?)
}

/// Takes it back that articles were marked read. Unlike marking them unread, this does not keep them
/// from being cleaned up.
///
/// # Errors
/// As [`read`](fn@read).
pub fn unread_again(store: &mut Store, ids: &[ArticleId]) -> Result<Vec<ArticleId>, Failure> {
    Ok(store.write(Safety::Person, "marking articles", |w| w.unmark_read(ids))?)
}

/// Marks every unread article of a list read. Linear in their number.
///
/// # Errors
/// As [`read`](fn@read).
pub fn all_read(store: &mut Store, view: &View, now: Time) -> Result<Vec<ArticleId>, Failure> {
    Ok(store.mark_all_read(view, &moment(now))?)
}

/// Keeps articles for good, or not any more.
///
/// # Errors
/// As [`read`](fn@read).
pub fn bookmark(store: &mut Store, ids: &[ArticleId], keep: bool, now: Time) -> Result<Vec<ArticleId>, Failure> {
    Ok(store.write(Safety::Person, "bookmarking", |w| w.bookmark(ids, keep, now))?)
}

/// Remembers how far an article was read, in 1/10,000 of its text.
///
/// # Errors
/// As [`read`](fn@read).
pub fn position(store: &mut Store, id: ArticleId, share: u16) -> Result<(), Failure> {
    Ok(store.write(Safety::Refresh, "remembering the position", |w| w.set_position(id, share))?)
}
