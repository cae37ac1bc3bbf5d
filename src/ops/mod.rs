//! What the program can do, once: the screen's workers and the command line both call it.
//!
//! Nothing here looks at a clock or draws: the time comes in as an argument, and what went wrong
//! goes out as a [`Failure`].

pub mod beside;
pub mod brief;
pub mod changes;
pub mod clean_up;
pub mod discover;
pub mod edition;
pub mod export;
pub mod failure;
pub mod feeds;
pub mod full_text;
pub mod import;
mod incoming;
pub mod keep;
pub mod mark;
pub mod memory;
pub mod mirror;
pub mod mute;
mod network;
pub mod notes;
pub mod packs;
pub mod pictures;
pub mod read;
pub mod refresh;
pub mod related;
pub mod saved;
pub mod searches;
pub mod stories;
pub mod subscribe;
pub mod tags;

pub use failure::{Failure, Kind};
pub use network::{network, unreachable};

use crate::config::Places;
use crate::store::{FILE, Reader, Store, StoreError};

/// Opens the store, making it if there is none. A damaged one is recovered as far as it can be read,
/// the damaged file kept beside it; [`Store::notice`] then says so.
///
/// # Errors
/// What stands in the way, and the next step.
pub fn open(places: &Places) -> Result<Store, Failure> {
    let path = places.data.join(FILE);
    match Store::open(&path) {
        Err(StoreError::Damaged { .. }) => Ok(Store::recover(&path)?.0),
        other => Ok(other?),
    }
}

/// Opens the store for reading beside a writer; a store that is not there, or not up to date, is
/// made so first.
///
/// # Errors
/// As [`open`].
pub fn open_reader(places: &Places) -> Result<Reader, Failure> {
    let path = places.data.join(FILE);
    match Reader::open(&path) {
        Err(StoreError::Missing(_) | StoreError::Older(_) | StoreError::Damaged { .. }) => {
            drop(open(places)?);
            Ok(Reader::open(&path)?)
        }
        other => Ok(other?),
    }
}

/// Makes the store anew of what can be read of it, whether it could be opened or not; the old file is
/// kept beside it, and [`Store::notice`] says where. Linear in its size.
///
/// # Errors
/// That no new file can be made; the old one then stays as it is.
pub fn repair(places: &Places) -> Result<Store, Failure> {
    Ok(Store::recover(&places.data.join(FILE))?.0)
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let kind = match error {
            StoreError::Interrupted => Kind::Interrupted,
            StoreError::Pattern(_) => Kind::Usage,
            StoreError::Locked(_) | StoreError::InUse(_) | StoreError::ReadOnly(_) | StoreError::Full(_) => {
                Kind::Unwritable
            }
            _ => Kind::Data,
        };
        Self { hints: error.hints(), ..Self::new(kind, crate::text::Clean::new(&error.to_string())) }
    }
}

#[cfg(test)]
mod tests;
