//! Articles: as they come in, as a list shows them, and whole.

use serde::{Deserialize, Serialize};

use super::{Document, FeedId, Fold, Time};
use crate::text::{Clean, CleanText, Link};

/// Names an article in the store. Ids follow the order of arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ArticleId(pub i64);

/// What a list shows of an article: everything a row needs and nothing that makes it slow to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headline {
    /// Its name in the store.
    pub id: ArticleId,
    /// The feed it came by.
    pub feed: FeedId,
    /// The headline. Never empty: an article without one is called by its first words.
    pub title: Clean,
    /// The outlet: the entry's own source where it names one, else the feed's title.
    pub source: Clean,
    /// Where it stands on the web.
    pub link: Option<Link>,
    /// When it was published, clamped to the time of arrival so that no feed can sit on top of the
    /// list with dates to come. Lists are ordered by it.
    pub published: Time,
    /// Words in its text.
    pub words: u32,
    /// Whether it has been read.
    pub read: bool,
    /// Whether it is kept for good.
    pub bookmarked: bool,
    /// Of a bookmark: whether all of it is here, text and pictures.
    pub whole: bool,
    /// Changes since it first came, without those of typography, counters and dates.
    pub revisions: u32,
    /// The headline before this one, where a change brought another.
    pub was: Option<Clean>,
    /// Only a headline: its text was never fetched.
    pub stub: bool,
    /// The ISO 639-3 code of the language it is written in, where known.
    pub lang: Option<Clean>,
    /// The person's tags, by the alphabet.
    pub tags: Vec<Clean>,
    /// The story it belongs to, where that has other articles, and what of it is folded under this
    /// row; nothing is where the list is not folded ([`View::fold`](super::View::fold)).
    pub fold: Option<Fold>,
}

/// Words read in a minute by an adult reading for news (Brysbaert 2019 gives 238 for English
/// non-fiction).
pub const WORDS_PER_MINUTE: u32 = 238;

impl Headline {
    /// A headline of which nothing more is known: unread, without an address and without words.
    #[must_use]
    pub fn new(id: ArticleId, feed: FeedId, title: Clean, source: Clean, published: Time) -> Self {
        Self {
            id,
            feed,
            title,
            source,
            link: None,
            published,
            words: 0,
            read: false,
            bookmarked: false,
            whole: false,
            revisions: 0,
            was: None,
            stub: false,
            lang: None,
            tags: Vec::new(),
            fold: None,
        }
    }

    /// Reading time in minutes, at least 1; 0 for a stub.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        if self.stub { 0 } else { self.words.div_ceil(WORDS_PER_MINUTE).max(1) }
    }
}

/// Which of an article's two texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TextKind {
    /// What the feed carried.
    Feed,
    /// What was made of the page.
    Full,
}

/// A whole article, as the article pane and `dateline show` have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// What lists show of it.
    pub headline: Headline,
    /// The feed's own name for it.
    pub guid: Clean,
    /// Who wrote it.
    pub byline: Option<Clean>,
    /// The place a story is filed from: `MINSK`.
    pub dateline: Option<Clean>,
    /// The sentence under the headline.
    pub standfirst: Option<Clean>,
    /// The feed's summary, where it has one: also where that is all the text there is.
    pub summary: Option<Clean>,
    /// The publication time as the feed gave it, which may lie in the future.
    pub published_given: Option<Time>,
    /// When the feed says it was changed.
    pub updated: Option<Time>,
    /// When it arrived here.
    pub arrived: Time,
    /// Where its comments are.
    pub comments: Option<Link>,
    /// Its picture.
    pub image: Option<Link>,
    /// Attached audio, video and files.
    pub enclosures: Vec<Enclosure>,
    /// The feed's categories.
    pub categories: Vec<Clean>,
    /// The text that is shown: the full text where there is one.
    pub document: Document,
    /// Which of the texts `document` is.
    pub kind: TextKind,
    /// Which texts there are, and what came of asking for the page.
    pub texts: Texts,
    /// That `document` is a change of the text rather than the text, and which.
    pub revised: Option<Revised>,
    /// Earlier texts are kept that differ in typography, counters and dates alone.
    pub trifles: bool,
    /// Of a bookmark: what is missing of it and why, in words, once that is known.
    pub missing: Option<Clean>,
    /// What the person wrote about it; never empty.
    pub note: Option<CleanText>,
    /// Where it had been scrolled to, as a share of the text in 1/10,000.
    pub position: u16,
}

impl Article {
    /// An article of which nothing more is known: `document` is what its feed carried, and it arrived
    /// when it was published.
    #[must_use]
    pub fn new(headline: Headline, guid: Clean, document: Document) -> Self {
        Self {
            arrived: headline.published,
            headline,
            guid,
            byline: None,
            dateline: None,
            standfirst: None,
            summary: None,
            published_given: None,
            updated: None,
            comments: None,
            image: None,
            enclosures: Vec::new(),
            categories: Vec::new(),
            document,
            kind: TextKind::Feed,
            texts: Texts { feed: true, ..Texts::default() },
            revised: None,
            trifles: false,
            missing: None,
            note: None,
            position: 0,
        }
    }
}

/// A change of an article's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revised {
    /// How many changes came after it: 0 for the latest.
    pub back: usize,
    /// How many changes are kept.
    pub of: usize,
    /// When it was seen.
    pub at: Time,
    /// The headline before it, where that changed, too.
    pub title: Option<Clean>,
    /// It changed nothing but figures, punctuation and the like.
    pub trivial: bool,
}

/// Which texts of an article there are, and what came of asking for its page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    /// The feed carried one.
    pub feed: bool,
    /// When the full text was made of the page, if it was.
    pub full: Option<Time>,
    /// There is a page on the web to fetch it from: the article has an `http` or `https` address and
    /// is not sample news.
    pub page: bool,
    /// What keeps the full text, or the rest of it, away, in words; as of the last time the page was
    /// asked for.
    pub note: Option<Clean>,
    /// When the feed last changed its text by more than trifles, if it did.
    pub changed: Option<Time>,
}

impl Texts {
    /// Whether the feed has changed its text since the full one was fetched, which may then say what
    /// no longer holds.
    #[must_use]
    pub fn outdated(&self) -> bool {
        self.full.zip(self.changed).is_some_and(|(full, changed)| changed > full)
    }

    /// The text to switch to from `kind`, if there is another.
    #[must_use]
    pub fn other(&self, kind: TextKind) -> Option<TextKind> {
        match kind {
            TextKind::Feed => self.full.map(|_| TextKind::Full),
            TextKind::Full => self.feed.then_some(TextKind::Feed),
        }
    }
}

/// A file attached to an article (RSS 2.0 `enclosure`, Atom `link rel="enclosure"`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enclosure {
    /// Where it is.
    pub link: Link,
    /// Its media type as given.
    pub media_type: Option<Clean>,
    /// Its size in bytes as given.
    pub bytes: Option<u64>,
}

/// An article as it comes in from a feed, a page or a file, before the store has seen it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewArticle {
    /// The identity within its feed: the guid, else the link, else a hash of title and date; made
    /// by `feed::identity`. Never empty when it reaches the store.
    pub guid: Clean,
    /// The headline; may be empty.
    pub title: Clean,
    /// The outlet, where the entry names one that is not its feed.
    pub source: Option<Clean>,
    /// Where it stands on the web.
    pub link: Option<Link>,
    /// Who wrote it.
    pub byline: Option<Clean>,
    /// The place it is filed from.
    pub dateline: Option<Clean>,
    /// The sentence under the headline, or the feed's summary where it has a content as well.
    pub standfirst: Option<Clean>,
    /// The feed's summary, whatever else there is.
    pub summary: Option<Clean>,
    /// The publication time as given.
    pub published: Option<Time>,
    /// The time of change as given.
    pub updated: Option<Time>,
    /// Where its comments are.
    pub comments: Option<Link>,
    /// Its picture.
    pub image: Option<Link>,
    /// Attached files.
    pub enclosures: Vec<Enclosure>,
    /// The feed's categories.
    pub categories: Vec<Clean>,
    /// The language given for it (BCP 47, lower-case).
    pub lang: Option<Clean>,
    /// Its text.
    pub document: Document,
    /// Whether `document` is the whole text as extracted from a page ([`TextKind::Full`]) rather
    /// than what a feed carried.
    pub full: bool,
    /// Whether it is only a headline.
    pub stub: bool,
    /// For an article made of a saved page: the identities (`guid`) of the stubs that stood on the
    /// same page as related headlines.
    pub related: Vec<Clean>,
}
