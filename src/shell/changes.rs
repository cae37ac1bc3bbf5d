//! Storing what a person did: the same for the writer and for tests without threads.

use crate::app::{Change, FeedEdit, Folder};
use crate::model::{ArticleId, FeedId, Time};
use crate::ops::{self, Failure};
use crate::store::Store;

/// Stores `change` at the moment `now`. Gives the articles that it changed: those that were
/// otherwise before.
///
/// # Errors
/// Where the store cannot be written; nothing is changed then.
pub fn store(store: &mut Store, change: &Change, now: Time) -> Result<Vec<ArticleId>, Failure> {
    match change {
        Change::Read { ids, to: false, asked: false } => ops::mark::unread_again(store, ids),
        Change::Read { ids, to, .. } => ops::mark::read(store, ids, *to),
        Change::AllRead { view } => ops::mark::all_read(store, view, now),
        Change::StoryRead { story } => {
            let ids: Vec<ArticleId> =
                ops::stories::members(store.reader(), *story)?.into_iter().map(|row| row.id).collect();
            ops::mark::read(store, &ids, true)
        }
        Change::Mute { mute, to: true, .. } => ops::mute::mute(store, mute, now).map(|_| Vec::new()),
        Change::Mute { mute, to: false, .. } => {
            // By what it mutes, not by its number: done again, it has another.
            for row in ops::mute::list(store.reader(), now)? {
                if row.what == mute.what {
                    ops::mute::unmute(store, row.id)?;
                }
            }
            Ok(Vec::new())
        }
        Change::Visited { at } => ops::brief::leave(store, *at).map(|()| Vec::new()),
        Change::Bookmark { ids, to, .. } => ops::mark::bookmark(store, ids, *to, now),
        Change::Tags { id, before, after, .. } => ops::tags::replace(store, *id, before, after),
        Change::Saved { before, after, .. } => {
            ops::saved::replace(store, before.as_ref(), after.as_ref(), now).map(|()| Vec::new())
        }
        Change::Remembered { shelf, lines } => ops::memory::remember(store, *shelf, lines).map(|()| Vec::new()),
        Change::Searched { text } => ops::searches::remember(store, text.as_str()).map(|()| Vec::new()),
        Change::Text { id, kind } => ops::full_text::choose(store, *id, *kind).map(|()| Vec::new()),
        Change::Note { id, after, .. } => ops::notes::write(store, *id, after, now),
        Change::FeedSettings { feed, after, .. } => ops::feeds::set(store, *feed, after).map(|()| Vec::new()),
        Change::Feed { feed, edit, .. } => edit_feed(store, *feed, edit, now).map(|()| Vec::new()),
        Change::Position { id, position } => ops::mark::position(store, *id, *position).map(|()| Vec::new()),
    }
}

fn edit_feed(store: &mut Store, feed: FeedId, edit: &FeedEdit, now: Time) -> Result<(), Failure> {
    use ops::feeds::Into;
    match edit {
        FeedEdit::Name(name) => ops::feeds::rename(store, feed, name.as_ref()),
        FeedEdit::Folder(folder) => {
            let into = match folder {
                Folder::None => Into::NoFolder,
                Folder::Known(folder) => Into::Folder(*folder),
                Folder::Named(name) => Into::Named(name.clone()),
            };
            ops::feeds::file(store, feed, &into)
        }
        FeedEdit::Left(true) => ops::feeds::leave(store, feed, now),
        FeedEdit::Left(false) => ops::feeds::rejoin(store, feed),
    }
}
