//! What came of an import.

use crate::clean;
use crate::model::ArticleId;
use crate::store::Taken;
use crate::text::Clean;

/// What a file was found to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum What {
    /// A saved page.
    Page,
    /// A feed saved as a file.
    Feed,
    /// A list of feeds (OPML).
    Opml,
    /// newsboat's list of feeds.
    Newsboat,
    /// newsboat's articles, with what was read and flagged.
    NewsboatCache,
    /// Articles as JSON lines.
    JsonLines,
}

/// What came of importing a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The file.
    pub name: Clean,
    /// What it was found to be.
    pub what: What,
    /// Articles that are new, stubs among them.
    pub new: Vec<ArticleId>,
    /// Articles whose text is another now.
    pub changed: Vec<ArticleId>,
    /// Articles that were there already.
    pub unchanged: usize,
    /// Articles that were removed earlier and stay so.
    pub removed: usize,
    /// Headlines of other articles that stood on a saved page.
    pub headlines: usize,
    /// Feeds that are new, by their titles.
    pub feeds: Vec<Clean>,
    /// Feeds that were subscribed to already.
    pub feeds_known: usize,
    /// Queries that are new, by their names.
    pub queries: Vec<Clean>,
    /// Articles that had been read, and are marked so now.
    pub read: usize,
    /// Articles that had been flagged, and are bookmarked now.
    pub bookmarked: usize,
    /// The one article to open, and its headline.
    pub opens: Option<ArticleId>,
    /// The headline of the one article.
    pub title: Option<Clean>,
    /// What came in otherwise than it was.
    pub notes: Vec<Clean>,
    /// What did not come in, and why.
    pub skipped: Vec<Skipped>,
}

/// Something that did not come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// Its line in the file, from 1; 0 where there are none.
    pub line: usize,
    /// What it is, and why it did not come in.
    pub why: Clean,
}

impl Report {
    pub(super) fn new(what: What, name: Clean) -> Self {
        Self {
            name,
            what,
            new: Vec::new(),
            changed: Vec::new(),
            unchanged: 0,
            removed: 0,
            headlines: 0,
            feeds: Vec::new(),
            feeds_known: 0,
            queries: Vec::new(),
            read: 0,
            bookmarked: 0,
            opens: None,
            title: None,
            notes: Vec::new(),
            skipped: Vec::new(),
        }
    }

    /// Adds up what became of `given` articles.
    pub(super) fn count(&mut self, taken: &Taken, given: usize) {
        self.new.extend(&taken.new);
        self.changed.extend(&taken.changed);
        self.unchanged += taken.unchanged;
        self.removed += taken.ids.iter().filter(|id| id.is_none()).count().min(given);
    }

    /// Adds what came of something that belongs to the same import.
    pub(super) fn and(&mut self, other: Self) {
        self.new.extend(other.new);
        self.changed.extend(other.changed);
        self.unchanged += other.unchanged;
        self.removed += other.removed;
        self.read += other.read;
        self.bookmarked += other.bookmarked;
        self.notes.extend(other.notes);
        self.skipped.extend(other.skipped);
    }

    /// What came in, in one sentence.
    #[must_use]
    pub fn said(&self) -> Clean {
        let several = |count: usize, one: &str, many: &str| match count {
            1 => format!("1 {one}"),
            count => format!("{count} {many}"),
        };
        let mut parts = Vec::new();
        if let (What::Page, Some(title)) = (self.what, &self.title) {
            parts.push(if self.new.is_empty() {
                format!("“{title}” was there already")
            } else {
                format!("“{title}”")
            });
            if self.headlines > 0 {
                parts.push(format!("with {}", several(self.headlines, "related headline", "related headlines")));
            }
        } else {
            let feeds = self.feeds.len();
            for (count, one, many) in [
                (feeds, "new feed", "new feeds"),
                (self.feeds_known, "feed known already", "feeds known already"),
                (self.new.len(), "new article", "new articles"),
                (self.changed.len(), "changed", "changed"),
                (self.unchanged, "known already", "known already"),
                (self.removed, "removed earlier", "removed earlier"),
                (self.queries.len(), "saved query", "saved queries"),
                (self.read, "marked read", "marked read"),
                (self.bookmarked, "bookmarked", "bookmarked"),
                (self.skipped.len(), "left out", "left out"),
            ] {
                if count > 0 {
                    parts.push(several(count, one, many));
                }
            }
            if parts.is_empty() {
                parts.push("nothing in it".to_owned());
            }
        }
        clean!("{}: {}", self.name, parts.join(", "))
    }
}
