//! The person's tags.

use super::Failure;
use crate::model::ArticleId;
use crate::store::{Reader, Safety, Store};
use crate::text::Clean;
use crate::text::fold::fold;

/// The tags in use by the alphabet, each with the number of its articles.
///
/// # Errors
/// That the store cannot be read.
pub fn list(reader: &Reader) -> Result<Vec<(Clean, u64)>, Failure> {
    Ok(reader.tag_counts()?)
}

/// The tag that is called `name` in any case and with any accents, as it is spelled; else `name`.
///
/// # Errors
/// That the store cannot be read.
pub fn spelled(reader: &Reader, name: &Clean) -> Result<Clean, Failure> {
    let wanted = fold(name.as_str());
    Ok(reader.tag_names()?.into_iter().find(|tag| fold(tag.as_str()) == wanted).unwrap_or_else(|| name.clone()))
}

/// Gives articles a tag, or takes it from them. Says which articles it changed. What is tagged is
/// never cleaned up.
///
/// # Errors
/// That the store cannot be written; then nothing is changed.
pub fn tag(store: &mut Store, ids: &[ArticleId], name: &Clean, keep: bool) -> Result<Vec<ArticleId>, Failure> {
    Ok(store.write(Safety::Person, "tagging", |w| w.tag(ids, name, keep))?)
}

/// Gives an article the tags `after` in place of `before`. Says whether it changed (the article) or
/// not (nothing).
///
/// # Errors
/// As [`tag`].
pub fn replace(store: &mut Store, id: ArticleId, before: &[Clean], after: &[Clean]) -> Result<Vec<ArticleId>, Failure> {
    let changed = store.write(Safety::Person, "tagging", |w| {
        let mut changed = false;
        for name in before.iter().filter(|name| !after.contains(name)) {
            changed |= !w.tag(&[id], name, false)?.is_empty();
        }
        for name in after.iter().filter(|name| !before.contains(name)) {
            changed |= !w.tag(&[id], name, true)?.is_empty();
        }
        Ok(changed)
    })?;
    Ok(if changed { vec![id] } else { Vec::new() })
}
