//! What a person does to the feeds themselves: names, folders, and letting them go.

use super::Failure;
use crate::feed::opml::MAX_DEPTH;
use crate::model::{FeedAddress, FeedId, FeedSettings, FolderId, Time};
use crate::store::{Safety, Store};
use crate::text::Clean;

/// Where a feed is put.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Into {
    /// Out of any folder.
    NoFolder,
    /// A folder that is there.
    Folder(FolderId),
    /// The folder of that name, made if it is not there; `News/Asia` is the folder Asia within News.
    Named(Clean),
}

/// Gives a feed the person's own name; `None`, or the feed's own name, goes back to the feed's.
///
/// # Errors
/// That the store cannot be written.
pub fn rename(store: &mut Store, feed: FeedId, name: Option<&Clean>) -> Result<(), Failure> {
    let name = name.filter(|name| !name.is_empty());
    Ok(store.write(Safety::Person, "renaming a feed", |w| w.rename_feed(feed, name))?)
}

/// Puts a feed into a folder, or out of any.
///
/// # Errors
/// That the store cannot be written.
pub fn file(store: &mut Store, feed: FeedId, into: &Into) -> Result<(), Failure> {
    let known = match into {
        Into::Named(path) => store.reader().sources()?.folder_at(path.as_str()),
        _ => None,
    };
    Ok(store.write(Safety::Person, "moving a feed", |w| {
        let folder = match into {
            Into::NoFolder => None,
            Into::Folder(folder) => Some(*folder),
            Into::Named(_) if known.is_some() => known,
            Into::Named(path) => {
                let names = path.as_str().split('/').map(Clean::new).filter(|name| !name.is_empty());
                let mut folder = None;
                for name in names.take(MAX_DEPTH) {
                    folder = Some(w.folder(&name, folder)?);
                }
                folder
            }
        };
        w.file_feed(feed, folder)
    })?)
}

/// Unsubscribes from a feed. Its articles are out of sight at once and go a week later; until then
/// [`rejoin`] takes all of it back. What is bookmarked or tagged stays for good. The sample news goes
/// at once: there is nothing in it to lose.
///
/// # Errors
/// That the store cannot be written.
pub fn leave(store: &mut Store, feed: FeedId, now: Time) -> Result<(), Failure> {
    let edition = store.reader().feed(feed)?.is_some_and(|feed| feed.address == FeedAddress::Edition);
    Ok(store.write(Safety::Person, "unsubscribing", |w| {
        if edition { super::edition::retire(w).map(|_| ()) } else { w.leave_feed(feed, now).map(|_| ()) }
    })?)
}

/// Takes a feed back that was left.
///
/// # Errors
/// That the store cannot be written.
pub fn rejoin(store: &mut Store, feed: FeedId) -> Result<(), Failure> {
    Ok(store.write(Safety::Person, "taking a feed back", |w| w.rejoin_feed(feed).map(|_| ()))?)
}

/// Makes the articles of a feed unread again when they change (by more than typography, counters and
/// dates), or not any more. Says whether that was otherwise before.
///
/// # Errors
/// That the store cannot be written.
pub fn unread_on_change(store: &mut Store, feed: FeedId, unread: bool) -> Result<bool, Failure> {
    Ok(store.write(Safety::Person, "setting a feed", |w| w.unread_on_change(feed, unread))?)
}

/// Sets what can be set for a feed.
///
/// # Errors
/// That the store cannot be written.
pub fn set(store: &mut Store, feed: FeedId, settings: &FeedSettings) -> Result<(), Failure> {
    Ok(store.write(Safety::Person, "setting a feed", |w| w.set_feed(feed, settings))?)
}
