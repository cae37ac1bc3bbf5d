//! Letting old news go.

use super::Failure;
use crate::model::Time;
use crate::store::{Cleaned, Store};

/// Removes what came more than `keep_days` ago (0: never) and nobody keeps: see [`Store::clean_up`].
///
/// # Errors
/// That the store cannot be written; what was removed until then stays removed.
pub fn clean_up(store: &mut Store, keep_days: u32, now: Time) -> Result<Cleaned, Failure> {
    Ok(store.clean_up(keep_days, now)?)
}
