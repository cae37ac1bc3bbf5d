//! What a person did that is to be stored: the marks, names and settings of articles and feeds, and what
//! is remembered from one run to the next.

use std::sync::Arc;

use crate::model::{ArticleId, FeedId, FeedSettings, FolderId, Mute, SavedQuery, Shelf, StoryId, TextKind, Time, View};
use crate::text::{Clean, CleanText};

/// Something that a person did to articles. Shown at once, stored behind the screen, and put back
/// with a notice where it could not be stored.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Marked read or unread.
    Read {
        /// The articles.
        ids: Arc<[ArticleId]>,
        /// Read, or unread.
        to: bool,
        /// Whether a person asked for it (and may undo it), rather than it following from opening
        /// the article or being itself an undoing.
        asked: bool,
    },
    /// Everything in a list marked read.
    AllRead {
        /// The list.
        view: View,
    },
    /// Everything of a story marked read.
    StoryRead {
        /// The story.
        story: StoryId,
    },
    /// Bookmarked, or not any more.
    Bookmark {
        /// The articles.
        ids: Arc<[ArticleId]>,
        /// Bookmarked, or not.
        to: bool,
        /// Whether a person asked for it, rather than it being an undoing.
        asked: bool,
    },
    /// An article got other tags.
    Tags {
        /// The article.
        id: ArticleId,
        /// Those it had.
        before: Arc<[Clean]>,
        /// Those it has.
        after: Arc<[Clean]>,
        /// Whether a person asked for it, rather than it being an undoing.
        asked: bool,
    },
    /// This text of an article is wanted from now on.
    Text {
        /// The article.
        id: ArticleId,
        /// Which.
        kind: TextKind,
    },
    /// The note on an article is another.
    Note {
        /// The article.
        id: ArticleId,
        /// What it was; empty for none.
        before: CleanText,
        /// What it is.
        after: CleanText,
        /// Whether a person asked for it, rather than it being an undoing.
        asked: bool,
    },
    /// Something else is set for a feed.
    FeedSettings {
        /// The feed.
        feed: FeedId,
        /// What was set.
        before: FeedSettings,
        /// What is.
        after: FeedSettings,
        /// Whether a person asked for it, rather than it being an undoing.
        asked: bool,
    },
    /// A query was saved (no `before`), removed (no `after`) or renamed.
    Saved {
        /// As it was.
        before: Option<SavedQuery>,
        /// As it is.
        after: Option<SavedQuery>,
        /// Whether a person asked for it, rather than it being an undoing.
        asked: bool,
    },
    /// A query was typed: it is remembered.
    Searched {
        /// As it was typed.
        text: CleanText,
    },
    /// Lines that are remembered from one run to the next.
    Remembered {
        /// Where they are kept.
        shelf: Shelf,
        /// All lines of that shelf, oldest first.
        lines: Arc<[Clean]>,
    },
    /// Muted, or not any more.
    Mute {
        /// What, and until when.
        mute: Mute,
        /// The same in words.
        said: Clean,
        /// Muted, or not.
        to: bool,
        /// Whether a person asked for it, rather than it being an undoing.
        asked: bool,
    },
    /// The visit ends: what comes from now on is new the next time.
    Visited {
        /// When.
        at: Time,
    },
    /// A feed was renamed, moved or left.
    Feed {
        /// The feed.
        feed: FeedId,
        /// What is done to it.
        edit: FeedEdit,
        /// What takes that back.
        back: FeedEdit,
        /// Whether a person asked for it, rather than it being an undoing.
        asked: bool,
    },
    /// How far an article was read, in 1/10,000 of its text.
    Position {
        /// The article.
        id: ArticleId,
        /// How far.
        position: u16,
    },
}

/// What can be done to a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FeedEdit {
    /// It gets the person's own name; without one it goes back to its own.
    Name(Option<Clean>),
    /// It stands in another folder.
    Folder(Folder),
    /// It is unsubscribed from, or taken back.
    Left(bool),
}

/// Where a feed can stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Folder {
    /// In none.
    None,
    /// In one that is there.
    Known(FolderId),
    /// In the one of that name, which may have to be made.
    Named(Clean),
}
