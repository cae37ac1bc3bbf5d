//! Letting old news go.

use super::Failure;
use crate::config::Config;
use crate::model::Time;
use crate::store::{Cleaned, Doomed, Keep, Reader, Store};

impl From<&Config> for Keep {
    fn from(config: &Config) -> Self {
        Self { days: config.keep_days, mb: config.keep_mb }
    }
}

/// Removes what is old, or too much, and nobody keeps: see [`Keep`].
///
/// # Errors
/// That the store cannot be written; what was removed until then stays removed.
pub fn clean_up(store: &mut Store, keep: Keep, now: Time) -> Result<Cleaned, Failure> {
    Ok(store.clean_up(keep, now)?)
}

/// Gives the room that went free back to the disk, where that is worth it; gives the bytes by which the
/// store's file has shrunk. Costs the time of a copy, so it is done when a person asks for a clean-up, not
/// after every refresh: there what comes next takes the room.
///
/// # Errors
/// That the store cannot be written now; nothing is lost.
pub fn give_back(store: &mut Store) -> Result<u64, Failure> {
    Ok(store.give_back()?)
}

/// What a clean-up would remove now. Changes nothing.
///
/// # Errors
/// That the store cannot be read.
pub fn doomed(reader: &Reader, keep: Keep, now: Time) -> Result<Vec<Doomed>, Failure> {
    Ok(reader.doomed(keep, now)?)
}
