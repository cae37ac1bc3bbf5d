//! What a list shows, and a page of it: the questions that the screen and the command line put to
//! the store.

use super::{ArticleId, FeedId, FolderId, Headline, Query, Time};

/// Which articles a list draws on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Those of all feeds: the river.
    #[default]
    Everything,
    /// Those of one feed.
    Feed(FeedId),
    /// Those of the feeds of one folder.
    Folder(FolderId),
}

/// Which of them it shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Only {
    /// All.
    #[default]
    All,
    /// Those not read yet.
    Unread,
    /// Those kept for good.
    Bookmarked,
}

/// In which order a list shows them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// The newest first.
    #[default]
    Newest,
    /// What matches the query best first, of its newest few thousand matches. Such a list is one
    /// page long: nobody reads the two hundred and first best match. Without words to be matched it
    /// is [`Order::Newest`].
    Relevance,
    /// The oldest first.
    Oldest,
    /// What is not read before what is, each newest first. Such a list is of the newest [`SORTED`] rows
    /// and one page long, as are the next two.
    Unread,
    /// By the names of sources, each newest first.
    Source,
    /// What is read quickest first.
    Length,
    /// Of bookmarks: what was kept last first. Such a list is one page long; of anything else it is
    /// [`Order::Newest`], as is the next one.
    Kept,
    /// Of bookmarks: by title.
    Title,
}

/// The rows of a list, from its newest on, that are put in an order other than that of time.
pub const SORTED: usize = 1_000;

impl Order {
    /// The orders that any list can have.
    pub const ANY: [Self; 5] = [Self::Newest, Self::Oldest, Self::Unread, Self::Source, Self::Length];

    /// Its name in the configuration.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Relevance => "relevance",
            Self::Oldest => "oldest",
            Self::Unread => "unread",
            Self::Source => "source",
            Self::Length => "length",
            Self::Kept => "kept",
            Self::Title => "title",
        }
    }

    /// The order of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let all = Self::ANY.into_iter().chain([Self::Relevance, Self::Kept, Self::Title]);
        all.into_iter().find(|order| order.name() == name)
    }

    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Relevance => Self::Newest,
            _ => Self::Relevance,
        }
    }

    /// The next order of bookmarks.
    #[must_use]
    pub fn next_of_bookmarks(self) -> Self {
        match self {
            Self::Kept => Self::Source,
            Self::Source => Self::Title,
            Self::Title => Self::Newest,
            Self::Newest | Self::Relevance | Self::Oldest | Self::Unread | Self::Length => Self::Kept,
        }
    }
}

/// What a list shows of articles that belong together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Folding {
    /// Each of them: a feed's own list, bookmarks, what was searched for.
    #[default]
    Nothing,
    /// Of copies one.
    Copies,
    /// Of a story one: its newest development.
    Stories,
}

impl Folding {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Stories, Self::Copies, Self::Nothing];

    /// Its name in the configuration.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Stories => "stories",
            Self::Copies => "copies",
            Self::Nothing => "nothing",
        }
    }
}

/// What a list shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// Which articles it draws on.
    pub scope: Scope,
    /// Which of them it shows.
    pub only: Only,
    /// What they must match besides.
    pub query: Option<Query>,
    /// In which order.
    pub order: Order,
    /// What it shows of articles that belong together. What a query or a scope leaves out does not
    /// count: of a story that has articles in a folder, the folder shows one.
    pub fold: Folding,
    /// A list of everything ([`Scope::Everything`] without a query, and not of bookmarks) leaves out what
    /// is no news: headlines that stood on a saved page, and pages that were only read in passing. Any
    /// other list has them whatever this says.
    pub news: bool,
}

/// Where a row stands in a list: lists are ordered by time of publication, then id, newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowKey {
    /// [`Headline::published`].
    pub published: Time,
    /// [`Headline::id`].
    pub id: ArticleId,
}

impl Headline {
    /// Where this row stands in a list.
    #[must_use]
    pub fn key(&self) -> RowKey {
        RowKey { published: self.published, id: self.id }
    }
}

/// Which page of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The newest rows.
    Newest,
    /// The oldest rows.
    Oldest,
    /// The rows next older than this one, without it.
    OlderThan(RowKey),
    /// The rows next newer than this one, without it.
    NewerThan(RowKey),
    /// This row (or where it would stand) with half a page on either side.
    Around(RowKey),
}

/// Rows of a list in its order, newest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// The rows.
    pub rows: Vec<Headline>,
    /// No newer rows exist.
    pub at_newest: bool,
    /// No older rows exist.
    pub at_oldest: bool,
    /// How far the list was looked through where that took longer than the page was worth waiting for:
    /// it may then have fewer rows than were asked for, or none, and the next page is the one older
    /// than this.
    pub reached: Option<RowKey>,
    /// Of a page without rows: how many articles would be in the list if they were not muted.
    pub muted: u64,
}
