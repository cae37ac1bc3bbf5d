//! Facts: everything that can happen to the reader.

use std::sync::Arc;

use crossterm::event::MouseEvent;

use super::effect::Ticket;
use super::layout::LaidOut;
use super::notifying::Match;
use super::pictures::{Came, Means};
use super::piping::{Ran, WrittenOut};
use super::quoting::Quotations;
use super::report::{FeedNews, Imported};
use crate::config::{Background, Config, Key};
use crate::model::{
    Article, ArticleId, Brief, Feed, FeedId, Headline, MuteRow, Page, RelatedItem, SavedQuery, StoryPage, Time,
    Timeline,
};
use crate::text::{Clean, CleanText, Link, Raw};

/// Something that happened. Closed: the reader reacts to these and to nothing else.
#[derive(Clone, Debug)]
pub enum Event {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(Raw),
    /// The mouse did something.
    Mouse(MouseEvent),
    /// The terminal has another size, in columns and rows.
    Resize(u16, u16),
    /// The terminal said what its background is like.
    Background(Background),
    /// The program runs again after a stop.
    Continued,
    /// An answer to an [`super::Effect::Ask`].
    Answer(Ticket, Answer),
    /// A [`super::Effect::Change`] was stored, or was not.
    Changed(Changed),
    /// How a piece of work stands, in words.
    Working(Clean),
    /// A subscription, an import or another piece of work ended.
    Done(Done),
    /// The page of an article was fetched, or was not.
    FullText(FullText),
    /// The editor in which a note was written has ended: what it says, or why it is as it was.
    Noted(ArticleId, Result<CleanText, Problem>),
    /// What is missing of a bookmark is known anew.
    Kept(ArticleId),
    /// How pictures can be shown here.
    Means(Means),
    /// A picture has come, or has not.
    Picture(Came),
    /// How the fetching of pages that nobody asked for stands: how many have come, of how many;
    /// `None` when it is over.
    Pages(Option<(usize, usize)>),
    /// How a refresh stands.
    Refreshing(Progress),
    /// What the refresh that is running has brought since it was last told, and the feeds that it
    /// still waits for, where they are few.
    Brought(Vec<FeedNews>, Vec<Clean>),
    /// A refresh ended.
    Refreshed(Summary),
    /// The settings were saved: what they are now, and what of them could not be used.
    Settings(Arc<Config>, Option<Problem>),
    /// Another reader's list of feeds was found: its path as a person would write it, and the number
    /// of its feeds.
    Found(Clean, usize),
    /// The time to refresh by itself has come.
    RefreshDue,
    /// A moment went by without the key that was waited for.
    KeyAwaited,
    /// A program that was run has ended.
    Ran(Ran),
    /// The program ends without having been asked to by a key.
    Ending,
    /// A worker failed in a way that it should not: what it said.
    Trouble(Problem),
}

impl Event {
    /// Its name, for the log; nothing of what it holds.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Key(..) => "Key",
            Self::Paste(..) => "Paste",
            Self::Mouse(..) => "Mouse",
            Self::Resize(..) => "Resize",
            Self::Background(..) => "Background",
            Self::Continued => "Continued",
            Self::Answer(..) => "Answer",
            Self::Changed(..) => "Changed",
            Self::Working(..) => "Working",
            Self::Done(..) => "Done",
            Self::FullText(..) => "FullText",
            Self::Noted(..) => "Noted",
            Self::Kept(..) => "Kept",
            Self::Means(..) => "Means",
            Self::Picture(..) => "Picture",
            Self::Pages(..) => "Pages",
            Self::Refreshing(..) => "Refreshing",
            Self::Brought(..) => "Brought",
            Self::Refreshed(..) => "Refreshed",
            Self::Settings(..) => "Settings",
            Self::Found(..) => "Found",
            Self::RefreshDue => "RefreshDue",
            Self::KeyAwaited => "KeyAwaited",
            Self::Ran(..) => "Ran",
            Self::Ending => "Ending",
            Self::Trouble(..) => "Trouble",
        }
    }
}

/// What a question came to.
#[derive(Clone, Debug)]
pub enum Answer {
    /// A page of the list.
    Page(Page),
    /// An article and its laid-out text; `None` where it is no longer stored.
    Article(Option<(Arc<Article>, Arc<LaidOut>)>),
    /// The text of the article on the screen, laid out anew.
    LaidOut(Arc<LaidOut>),
    /// Related news, and the number of articles that were looked through.
    Related(Vec<RelatedItem>, u64),
    /// The feeds and counts.
    Sources(Sources),
    /// Of each saved query its unread articles.
    SavedCounts(Vec<(Clean, u64)>),
    /// How many articles of a feed would go.
    Doomed(u64),
    /// New articles of saved queries, and the newest article of all.
    Matches(Vec<Match>, ArticleId),
    /// Where a link leads, and the stored article that stands there.
    Linked(Link, Option<ArticleId>),
    /// Who says what in a text, and the text.
    Quotations(Arc<LaidOut>, Quotations),
    /// A page of the list of stories.
    Stories(StoryPage),
    /// The articles of a story, newest first.
    Members(Vec<Headline>),
    /// A story in order of time; `None` where its article is no longer stored.
    Timeline(Option<Timeline>),
    /// What came since the last visit, and whether there was one: else it is about the last day.
    Brief(Brief, bool),
    /// The heaviest words of a headline, and what is muted.
    Mutes(Vec<Clean>, Vec<MuteRow>),
    /// What earlier runs left: the lines of each shelf, in the order of [`crate::model::Shelf::ALL`].
    Memory(Vec<Vec<Clean>>),
    /// An article written out; `None` where it is no longer stored.
    WrittenOut(Option<WrittenOut>),
    /// It could not be answered.
    Failed(Problem),
}

/// Something went wrong: what, and what to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What happened to which thing.
    pub message: Clean,
    /// The next step.
    pub hint: Option<Clean>,
}

/// A change that a person asked for, and whether it is stored.
#[derive(Clone, Debug)]
pub struct Changed {
    /// What was asked for.
    pub change: super::Change,
    /// The articles that it changed, or why it changed none.
    pub outcome: Result<Arc<[ArticleId]>, Problem>,
}

/// What came of fetching the page of an article.
#[derive(Clone, Debug)]
pub struct FullText {
    /// The article.
    pub article: ArticleId,
    /// Its headline.
    pub title: Clean,
    /// Whether a person asked for it.
    pub asked: bool,
    /// Its words and what keeps the rest of it away, if something does, with what can be done about
    /// that; or why there is none.
    pub outcome: Result<(u32, Option<Problem>), Problem>,
}

/// A piece of work that ended.
#[derive(Clone, Debug)]
pub enum Done {
    /// A feed was subscribed to.
    Subscribed {
        /// The feed.
        feed: FeedId,
        /// Its title.
        title: Clean,
        /// Articles it brought.
        new: u64,
        /// Other feeds of the same site, as far as is known.
        others: Vec<Choice>,
    },
    /// A page was stored as an article.
    Saved {
        /// The article.
        article: ArticleId,
        /// Its headline.
        title: Clean,
        /// What keeps the rest of it away, and what can be done about that.
        gate: Option<Problem>,
        /// It was stored before.
        known: bool,
    },
    /// The page of an address that could not be reached is a bookmark now, fetched later.
    Awaited {
        /// The bookmark.
        article: ArticleId,
        /// What it is called: its address, as long as there is nothing else.
        title: Clean,
    },
    /// An address that was to be added could not be reached, and may be another time.
    Unreached(Link, Problem),
    /// The page that a link leads to was stored as an article, to be read.
    Read(ArticleId),
    /// The page names several feeds.
    Choose(Vec<Choice>),
    /// Feeds of starter packs were subscribed to: how many are new, and how many were not.
    Joined(usize, usize),
    /// An export came to its end, or was called off: what came of it.
    Exported(Clean),
    /// A file was imported: what came in, in words, and the article to open if there is just one.
    Imported {
        /// What came in, in words.
        said: Clean,
        /// The article to show.
        article: Option<ArticleId>,
        /// What is to be told of single things in it.
        rows: Vec<Imported>,
    },
    /// All articles that waited for it are in their stories: lists fold otherwise than they did.
    InStories,
    /// Something small succeeded: what to say.
    Said(Clean),
    /// It did not work.
    Failed(Problem),
}

/// One of several feeds that a page names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its address.
    pub link: Link,
    /// What the page calls it.
    pub title: Clean,
}

/// Feeds to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choices {
    /// The feeds; never empty.
    pub feeds: Vec<Choice>,
    /// The selected one.
    pub cursor: usize,
    /// The feed of the same site that was just subscribed to, where it was.
    pub beside: Option<Clean>,
}

/// Everything the sources drawer shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sources {
    /// The feeds, in their order.
    pub feeds: Vec<Feed>,
    /// Folders: their id, name, and place in the order.
    pub folders: Vec<(crate::model::FolderId, Clean)>,
    /// Stored articles.
    pub total: u64,
    /// Of them unread.
    pub unread: u64,
    /// Bookmarks.
    pub bookmarked: u64,
    /// The queries that the person keeps under a name.
    pub saved: Vec<SavedQuery>,
    /// The person's tags.
    pub tags: Vec<Clean>,
    /// The languages that articles are written in, as codes.
    pub langs: Vec<Clean>,
    /// Queries that were typed, oldest first.
    pub searched: Vec<Clean>,
}

impl Sources {
    /// Whether only the bundled sample news is there.
    #[must_use]
    pub fn only_edition(&self) -> bool {
        !self.feeds.is_empty() && self.feeds.iter().all(|feed| feed.address == crate::model::FeedAddress::Edition)
    }
}

/// How a refresh stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Feeds that answered, well or not.
    pub done: usize,
    /// Feeds asked.
    pub total: usize,
    /// Feeds that failed.
    pub failed: usize,
    /// Articles that are new.
    pub new: u64,
}

/// What a refresh came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// The figures.
    pub progress: Progress,
    /// Whether it was cancelled.
    pub cancelled: bool,
    /// What each feed brought, of those that there is something to tell of.
    pub feeds: Vec<FeedNews>,
    /// When the next feed is due.
    pub next: Option<Time>,
}
