//! Work: everything that the reader can ask the world to do. `update` only names it; the shell does
//! it, elsewhere than on the screen's thread.

use std::sync::Arc;

use super::change::Change;
use super::layout::{LaidOut, Measure};
use super::packs::Chosen;
use super::pictures::Request;
use super::piping::Run;
use crate::model::{Anchor, Article, ArticleId, ExportFormat, FeedId, Form, Scope, StoryId, TextKind, View};
use crate::text::{Clean, CleanText, Link};

/// Numbers questions, so that an answer to one that is no longer wanted can be told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

/// What kind of answer a question fills; the newest question of a slot replaces the ones before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Slot {
    /// The headline list.
    Page,
    /// The article pane.
    Article,
    /// The article pane's layout.
    Layout,
    /// The related sidebar.
    Related,
    /// The sources and counts.
    Sources,
    /// The articles of a story that is unfolded.
    Members,
    /// A page over the panes.
    Sheet,
    /// What can be muted, and what is.
    Mutes,
    /// The unread articles of saved queries.
    SavedCounts,
    /// What a link leads to.
    Linked,
    /// What of a feed would go.
    Doomed,
    /// What earlier runs left.
    Memory,
    /// An article written out.
    WrittenOut,
    /// Who says what in the article.
    Quotations,
    /// New articles that match saved queries.
    Matches,
}

impl Slot {
    /// Every slot.
    pub const ALL: [Self; 15] = [
        Self::Page,
        Self::Article,
        Self::Layout,
        Self::Related,
        Self::Sources,
        Self::Members,
        Self::Sheet,
        Self::Mutes,
        Self::SavedCounts,
        Self::Linked,
        Self::Doomed,
        Self::Memory,
        Self::WrittenOut,
        Self::Quotations,
        Self::Matches,
    ];
}

/// Work to be done.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Find something out.
    Ask(Ticket, Question),
    /// Store what a person did.
    Change(Change),
    /// Subscribe to a feed, or save a page, by its address as it was typed.
    Subscribe(CleanText),
    /// Fetch a page and store it as an article, to be read here.
    ReadPage(Link),
    /// Keep the page at an address as a bookmark that is fetched later; with why it was not now.
    Await(Link, Clean),
    /// Import a file by its path as it was typed.
    Import(CleanText),
    /// Export articles.
    Export(Box<ExportWish>),
    /// Have the note on an article written in the person's editor.
    Edit(ArticleId, CleanText),
    /// Subscribe to feeds of starter packs.
    Join(Chosen),
    /// Fetch feeds.
    Refresh(Refresh),
    /// Send [`super::Event::KeyAwaited`] in a moment, unless a key comes first or this is asked for anew.
    AwaitKey,
    /// Stop fetching, be it feeds or what is being added.
    CancelRefresh,
    /// Fetch the page of an article for its full text.
    FetchText(ArticleId),
    /// Fetch the pages that are wanted without anybody asking for each: those of bookmarks, and of
    /// feeds whose full text is always wanted.
    FetchMissing,
    /// Fetch what bookmarks still lack, now, whether or not it was asked for in vain a moment ago.
    Complete,
    /// Bring pictures of the article on the screen.
    Pictures(Request),
    /// The article has gone from the screen: its pictures are no longer wanted.
    LeavePictures,
    /// Stop fetching pages.
    CancelPages,
    /// Open an address in the browser.
    Browse(Link),
    /// Tell of something to a person who looks elsewhere, as the settings have it.
    Notify(Clean),
    /// Put a text on the clipboard.
    Copy(CleanText),
    /// Run a program.
    Run(Run),
    /// End the programs that run apart from the screen.
    CancelRun,
    /// Name the terminal's window.
    Title(Clean),
    /// Stop the program until the shell continues it.
    Suspend,
    /// The settings are others now: colours, mouse and workers follow them.
    Resettle,
    /// Draw everything anew.
    Redraw,
    /// End the program.
    Quit,
}

/// What a person wants exported.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportWish {
    /// In which form.
    pub format: ExportFormat,
    /// What.
    pub of: ExportOf,
    /// Where to, as it was typed.
    pub to: CleanText,
}

/// What can be exported.
#[derive(Clone, Debug, PartialEq)]
pub enum ExportOf {
    /// An article, and its headline.
    Article(ArticleId, Clean),
    /// A list, and what it is called.
    List(View, Clean),
}

/// Which feeds to fetch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refresh {
    /// Those that are due.
    Due,
    /// All, now.
    All,
    /// One, now.
    Feed(FeedId),
}

/// Something to find out.
#[derive(Clone, Debug)]
pub enum Question {
    /// A page of a list.
    Page {
        /// The list.
        view: View,
        /// Which page of it.
        anchor: Anchor,
        /// The most rows.
        limit: usize,
    },
    /// An article, laid out.
    Article {
        /// Which.
        id: ArticleId,
        /// How wide.
        measure: Measure,
        /// Which of its texts; `None` for the one that the person chose.
        kind: Option<TextKind>,
        /// A change of it instead: 0 for the latest, 1 for the one before.
        change: Option<usize>,
    },
    /// The layout of an article that is at hand.
    Layout {
        /// The article.
        article: Arc<Article>,
        /// How wide.
        measure: Measure,
    },
    /// Related news.
    Related {
        /// Of which article.
        id: ArticleId,
        /// The most of them.
        limit: usize,
    },
    /// Feeds and counts.
    Sources,
    /// How many unread articles each saved query has.
    SavedCounts,
    /// Which new articles each saved query has.
    Matches {
        /// New are those that came after this one; without it only the newest article is wanted.
        after: Option<ArticleId>,
    },
    /// Which stored article a link leads to.
    Linked {
        /// The link.
        link: Link,
    },
    /// Who says what in a text.
    Quotations {
        /// The text.
        laid_out: Arc<LaidOut>,
        /// The code of its language.
        lang: Option<Clean>,
    },
    /// How many articles of a feed the next clean-up would let go.
    Doomed {
        /// The feed.
        feed: FeedId,
        /// Were its articles kept so many days.
        days: u32,
    },
    /// A page of the list of stories.
    Stories {
        /// Of which feeds.
        scope: Scope,
        /// Which page of it.
        anchor: Anchor,
        /// The most rows.
        limit: usize,
    },
    /// The articles of a story.
    Members {
        /// Which.
        story: StoryId,
    },
    /// The story of an article, in order of time.
    Timeline {
        /// Of which article.
        article: ArticleId,
    },
    /// What came since the last visit.
    Brief,
    /// What earlier runs left.
    Memory,
    /// An article in the form that a program wants.
    WrittenOut {
        /// Which.
        id: ArticleId,
        /// How.
        form: Form,
    },
    /// The heaviest words of a headline, and what is muted.
    Mutes {
        /// Of which article, if of any.
        article: Option<ArticleId>,
    },
}

impl Question {
    /// The slot its answer fills.
    #[must_use]
    pub fn slot(&self) -> Slot {
        match self {
            Self::Page { .. } | Self::Stories { .. } => Slot::Page,
            Self::Article { .. } => Slot::Article,
            Self::Layout { .. } => Slot::Layout,
            Self::Related { .. } => Slot::Related,
            Self::Sources => Slot::Sources,
            Self::SavedCounts => Slot::SavedCounts,
            Self::Matches { .. } => Slot::Matches,
            Self::Linked { .. } => Slot::Linked,
            Self::Quotations { .. } => Slot::Quotations,
            Self::Doomed { .. } => Slot::Doomed,
            Self::Members { .. } => Slot::Members,
            Self::Timeline { .. } | Self::Brief => Slot::Sheet,
            Self::Mutes { .. } => Slot::Mutes,
            Self::Memory => Slot::Memory,
            Self::WrittenOut { .. } => Slot::WrittenOut,
        }
    }
}
