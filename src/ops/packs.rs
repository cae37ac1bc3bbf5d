//! Starter packs: subscribing to the feeds of them that a person has chosen.

use super::Failure;
use crate::model::{FeedAddress, PackFeed, Time};
use crate::store::{NewFeed, Safety, Store};
use crate::text::Clean;

/// What came of joining.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Joined {
    /// Feeds that are subscribed to now and were not before.
    pub new: usize,
    /// Feeds that were subscribed to before.
    pub known: usize,
}

/// Subscribes to feeds of packs, each in the folder of its pack's name. Nothing is fetched before the
/// next refresh.
///
/// # Errors
/// That the store cannot be written; none of them is subscribed to then.
pub fn join(store: &mut Store, chosen: &[(Clean, PackFeed)], now: Time) -> Result<Joined, Failure> {
    Ok(store.write(Safety::Person, "subscribing to starter packs", |w| {
        let mut joined = Joined::default();
        for (pack, feed) in chosen {
            let address = FeedAddress::Web(feed.address.clone());
            if w.feed_at(&address)?.is_some() {
                joined.known += 1;
                continue;
            }
            let folder = Some(w.folder(pack, None)?);
            let new = NewFeed { title: Some(feed.title.clone()), folder, ..NewFeed::at(address) };
            w.add_feed(&new, now)?;
            joined.new += 1;
        }
        Ok(joined)
    })?)
}
