//! Notes: what a person writes about an article.

use super::Failure;
use crate::model::{ArticleId, Time};
use crate::store::{Reader, Safety, Store};
use crate::text::CleanText;

/// The note on an article; never empty.
///
/// # Errors
/// That the store cannot be read.
pub fn note(reader: &Reader, id: ArticleId) -> Result<Option<CleanText>, Failure> {
    Ok(reader.note(id)?)
}

/// Writes a note on an article in place of the one that is there; an empty one takes it away. Says
/// whether it changed (the article) or not (nothing). What is noted is never cleaned up.
///
/// # Errors
/// That the store cannot be written; then nothing is changed.
pub fn write(store: &mut Store, id: ArticleId, note: &CleanText, now: Time) -> Result<Vec<ArticleId>, Failure> {
    let changed = store.write(Safety::Person, "writing a note", |w| w.set_note(id, note, now))?;
    Ok(if changed { vec![id] } else { Vec::new() })
}
