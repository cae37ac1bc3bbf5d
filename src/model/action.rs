//! Everything a person can ask for with a key, in one table that feeds the keymap, the help, the
//! configuration's checks and the documentation.

use std::fmt;

/// Where keys are read: each place has its own bindings, and falls back to [`Place::Anywhere`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// Every place but a line that is being typed.
    Anywhere,
    /// The headline list.
    Headlines,
    /// The article pane.
    Article,
    /// The related-news sidebar.
    Related,
    /// The sources drawer.
    Sources,
    /// A page of articles over the panes: a story in order of time, or what came since the last visit.
    Page,
    /// The help page.
    Help,
}

impl Place {
    /// Every place, in the order help shows them.
    pub const ALL: [Self; 7] =
        [Self::Anywhere, Self::Headlines, Self::Article, Self::Related, Self::Sources, Self::Page, Self::Help];

    /// Its name in the configuration: `[keys.headlines]`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Anywhere => "anywhere",
            Self::Headlines => "headlines",
            Self::Article => "article",
            Self::Related => "related",
            Self::Sources => "sources",
            Self::Page => "page",
            Self::Help => "help",
        }
    }
}

/// Builds [`Action`] and its table from one list, so that a new action cannot miss its name or help.
macro_rules! actions {
    ($($variant:ident, $name:literal, $help:literal;)*) => {
        /// What a person can ask for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action {
            $(#[doc = $help] $variant,)*
        }

        impl Action {
            /// Every action, in the order help shows them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Its name in the configuration.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What it does, as help says it.
            #[must_use]
            pub fn help(self) -> &'static str {
                match self { $(Self::$variant => $help,)* }
            }
        }
    };
}

actions! {
    Next, "next", "next line of the list";
    Previous, "previous", "previous line of the list";
    NextUnread, "next-unread", "next unread article; while searching, next hit";
    PreviousUnread, "previous-unread", "previous unread article; while searching, previous hit";
    First, "first", "first line";
    Last, "last", "last line";
    LineDown, "line-down", "scroll down a line";
    LineUp, "line-up", "scroll up a line";
    HalfPageDown, "half-page-down", "half a page down";
    HalfPageUp, "half-page-up", "half a page up";
    PageDown, "page-down", "a page down";
    PageUp, "page-up", "a page up";
    ScrollLeft, "scroll-left", "wide tables and code back to the left";
    ScrollRight, "scroll-right", "wide tables and code on to the right";
    ReadOn, "read-on", "read on: a page down, at the end the next unread article; in a list, open";
    Open, "open", "open what is selected";
    Back, "back", "one level back; at the top, quit";
    Escape, "escape", "one level back, and no further than the top";
    Quit, "quit", "quit";
    RelatedNext, "related-next", "next related article";
    RelatedPrevious, "related-previous", "previous related article";
    RelatedOpen, "related-open", "open the selected related article";
    GoBack, "go-back", "back to the article before";
    GoForward, "go-forward", "forward again";
    FocusNext, "focus-next", "to the next pane";
    FocusPrevious, "focus-previous", "to the pane before";
    FocusLeft, "focus-left", "to the pane on the left";
    FocusRight, "focus-right", "to the pane on the right";
    Bookmark, "bookmark", "bookmark for good; again to remove";
    Tag, "tag", "give the article tags; -name takes one away";
    Note, "note", "write a note on the article; an empty one takes it away";
    Export, "export", "export the article, the list or the bookmarks";
    ToggleRead, "toggle-read", "mark read or unread";
    MarkAllRead, "mark-all-read", "mark everything in this list read";
    Undo, "undo", "undo the last change";
    Redo, "redo", "do it again";
    UndoList, "undo-list", "what can be undone, to go back several steps";
    FullText, "full-text", "fetch the full text; switch between it and the feed's";
    Changes, "changes", "what changed in the article; again: the change before";
    FetchAgain, "fetch-again", "fetch the page again: has the text changed?";
    Complete, "complete", "fetch what the bookmarks lack, now";
    FeedSettings, "feed-settings", "what is set for this feed alone";
    AlwaysFullText, "always-full-text", "always fetch full texts of this feed; again to stop";
    OpenBrowser, "open-browser", "open in the browser";
    OpenBrowserNext, "open-browser-next", "open in the browser, mark read, go on";
    CopyLink, "copy-link", "copy the address";
    CopyHeadline, "copy-headline", "copy headline and address";
    ShowAll, "show-all", "show all articles";
    ShowUnread, "show-unread", "show unread articles";
    ShowBookmarks, "show-bookmarks", "show bookmarks";
    ShowStories, "show-stories", "show stories, newest development first";
    Unfold, "unfold", "unfold the story: its other articles stand under it";
    Fold, "fold", "fold it again";
    FoldStories, "fold-stories", "a line for each story, or for every article";
    Timeline, "timeline", "the story in order of time";
    Brief, "brief", "what came since you last looked";
    Mute, "mute", "mute this story, a word or a search; what is muted";
    ShowNew, "show-new", "show what has arrived";
    Search, "search", "search all stored articles";
    Filter, "filter", "show only what matches, of this list";
    Links, "links", "the links of this article; a figure goes to one of them";
    LinkLetters, "link-letters", "a letter over each link on the screen";
    Pictures, "pictures", "fetch the pictures of this article";
    Quotations, "quotations", "who says what in this article: marked, and listed";
    Select, "select", "select paragraphs, to copy them";
    Find, "find", "find words in this article";
    ClearSearch, "clear-search", "end the search or filter";
    SaveSearch, "save-search", "save this search under a name, among the sources";
    ChangeOrder, "change-order", "what was searched for: best first, or newest first; bookmarks: by time kept, source, title";
    Mark, "mark", "mark the article with a letter";
    Jump, "jump", "go to the article marked with a letter; ' again: back";
    Record, "record", "record keys under a letter; again to end";
    Replay, "replay", "press the keys recorded under a letter again";
    GoTo, "go-to", "go to anything by some letters: a feed, folder, tag, search, headline, command";
    Pipe, "pipe", "give the article to a command: its text by standard input";
    Share, "share", "share the address with a program of the settings";
    CommandLine, "command-line", "a line for any command by its name, with what stands after it";
    Sources, "sources", "open or close the sources";
    Add, "add", "add a feed or a page by its address";
    Import, "import", "import a file: OPML, newsboat urls, a feed, a saved page";
    Packs, "packs", "starter packs: feeds to begin with";
    Refresh, "refresh", "refresh this feed";
    RefreshAll, "refresh-all", "refresh all feeds";
    Cancel, "cancel", "cancel what is being fetched";
    Report, "report", "what the last refresh brought, feed by feed";
    Rename, "rename", "rename this feed or saved search";
    Move, "move", "move this feed to another folder";
    Unsubscribe, "unsubscribe", "unsubscribe from this feed (bookmarks stay), or remove a saved search";
    Zen, "zen", "only the article; again for all panes";
    Help, "help", "the keys that work here";
    Redraw, "redraw", "draw the screen anew";
    Suspend, "suspend", "suspend to the shell";
}

impl Action {
    /// The action of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.name() == name)
    }

    /// Whether a count before its key has it done so many times.
    #[must_use]
    pub fn takes_count(self) -> bool {
        matches!(
            self,
            Self::Next
                | Self::Previous
                | Self::NextUnread
                | Self::PreviousUnread
                | Self::LineDown
                | Self::LineUp
                | Self::HalfPageDown
                | Self::HalfPageUp
                | Self::PageDown
                | Self::PageUp
                | Self::ScrollLeft
                | Self::ScrollRight
                | Self::RelatedNext
                | Self::RelatedPrevious
                | Self::GoBack
                | Self::GoForward
                | Self::Undo
                | Self::Redo
                | Self::Replay
        )
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_lead_back() {
        for action in Action::ALL {
            assert_eq!(Action::named(action.name()), Some(*action));
        }
    }
}
