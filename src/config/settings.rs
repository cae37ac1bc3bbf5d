//! The settings: what they are called, what they may be and what they are by default.

use std::collections::BTreeMap;

use super::command::Command;
use super::key::KeySeq;
use super::keymap::Keymap;
use super::share::Share;
use super::theme::{Theme, ThemeChoice};
use crate::model::access::Access;
use crate::model::site::Site;
use crate::model::{Folding, Form, Order};
use crate::text::Clean;

/// Builds an enum of named choices, so that a new one cannot miss its name, the list of what is
/// allowed, or its place in complaints.
macro_rules! choice {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$doc])* $variant,)*
        }

        impl $name {
            /// Every choice.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Its name in the configuration.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
        }

        impl $crate::config::settings::Choice for $name {
            fn all() -> &'static [Self] { Self::ALL }
            fn label(self) -> &'static str { self.name() }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.pad(self.name()) }
        }
    };
}
pub(super) use choice;
use std::fmt;

/// One of a fixed list of names.
pub(super) trait Choice: Copy + 'static {
    /// Every choice.
    fn all() -> &'static [Self];
    /// Its name in the configuration.
    fn label(self) -> &'static str;
}

choice! {
    /// When an article counts as read.
    MarkRead {
        /// When it is opened.
        #[default]
        Open = "open",
        /// When it is opened or the cursor goes past it in the headline list.
        Scroll = "scroll",
        /// Only when the person says so.
        Manual = "manual",
    }
}

/// Every order that any list can have.
impl Choice for Order {
    fn all() -> &'static [Self] {
        &Self::ANY
    }

    fn label(self) -> &'static str {
        self.name()
    }
}

/// Every form that an article is piped in.
impl Choice for Form {
    fn all() -> &'static [Self] {
        &Self::ALL
    }

    fn label(self) -> &'static str {
        self.name()
    }
}

/// Every way to fold, with its name in the configuration.
impl Choice for Folding {
    fn all() -> &'static [Self] {
        &[Self::Stories, Self::Copies, Self::Nothing]
    }

    fn label(self) -> &'static str {
        self.name()
    }
}

choice! {
    /// Where an article's text stands in a pane that is wider.
    TextAlign {
        /// In the middle.
        #[default]
        Center = "center",
        /// At the left.
        Left = "left",
    }
}

choice! {
    /// What the arrow keys do while an article is open.
    Arrows {
        /// They walk the related news.
        #[default]
        Related = "related",
        /// They scroll the text.
        Scroll = "scroll",
    }
}

choice! {
    /// When the pictures of articles are fetched. Those that are stored here are shown in any case.
    Images {
        /// When an article is opened.
        Auto = "auto",
        /// When the person says so: a server that is asked for a picture learns who reads what, and
        /// when.
        #[default]
        Ask = "ask",
        /// Never.
        Never = "never",
    }
}

choice! {
    /// Whether links are told to the terminal, so that it can open them itself.
    Hyperlinks {
        /// Where it is known to understand them.
        #[default]
        Auto = "auto",
        /// Never.
        Never = "never",
    }
}

choice! {
    /// How a person is told of new articles that match a saved search.
    Notify {
        /// Not at all.
        #[default]
        Never = "never",
        /// By the terminal's bell.
        Bell = "bell",
        /// By a notification of the terminal.
        Terminal = "terminal",
        /// By a program.
        Command = "command",
    }
}

/// Every setting, settled: what the file says where it says something sensible, else the default.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// The shortest time between two fetches of a feed, in minutes; 0 never refreshes by itself. At
    /// most [`MAX_REFRESH_MINUTES`].
    pub refresh_minutes: u32,
    /// Whether a feed that seldom brings news is asked less often.
    pub refresh_adaptive: bool,
    /// Whether feeds that are due are fetched when the reader starts.
    pub refresh_on_start: bool,
    /// How long articles are kept that nobody keeps for good, in days; 0 is for ever.
    pub keep_days: u32,
    /// How many megabytes the store may take before the oldest of them go; 0 is as many as it needs.
    pub keep_mb: u32,
    /// The list of feeds is also kept as a plain file, `feeds.opml` beside the store.
    pub mirror_feeds: bool,
    /// Whether the pictures of bookmarked articles are fetched and kept.
    pub bookmark_pictures: bool,
    /// When the pictures of articles are fetched.
    pub images: Images,
    /// How much room fetched pictures may take on the disk, in megabytes (2²⁰ bytes): 0 to 100,000.
    pub image_cache_mb: u32,
    /// The widest line of an article's text, in columns: 20 to 400.
    pub text_width: u16,
    /// Where an article's text stands in a pane that is wider.
    pub text_align: TextAlign,
    /// Whether words are parted at the end of a line, as their language has it.
    pub hyphenate: bool,
    /// Whether lines are spread to an even right edge, where that takes little space.
    pub justify: bool,
    /// When an article counts as read.
    pub mark_read: MarkRead,
    /// The program that opens addresses; `None` is `$BROWSER`, else the desktop's own.
    pub browser: Option<Command>,
    /// The colours.
    pub theme: ThemeChoice,
    /// What the arrow keys do while an article is open; [`Config::keys`] already does it.
    pub arrows: Arrows,
    /// What is folded in lists where news of many sources runs together.
    pub fold: Folding,
    /// Whether what came since the last visit is laid open on opening.
    pub brief: bool,
    /// The sources to read a text from that several carry, the first most, by the names that lists show.
    pub preferred_sources: Vec<Clean>,
    /// Whether reading an article, or marking it read, marks its copies.
    pub mark_copies: bool,
    /// One line per headline instead of two.
    pub compact: bool,
    /// Whether links in an article carry their numbers.
    pub link_numbers: bool,
    /// How new articles that match a saved search are told of.
    pub notify: Notify,
    /// The saved searches that are told of, by their names; none is all of them.
    pub notify_searches: Vec<Clean>,
    /// The program that tells of them; `%s` is what is said.
    pub notify_command: Option<Command>,
    /// Whether links are told to the terminal.
    pub hyperlinks: Hyperlinks,
    /// Whether the mouse selects and scrolls (the terminal's own selection then needs shift).
    pub mouse: bool,
    /// One pane, no columns, no rules: for screen readers.
    pub linear: bool,
    /// In which order lists stand.
    pub sort: Order,
    /// Whether the reader opens where it was left a moment ago.
    pub restore: bool,
    /// Keys under a name.
    pub macros: BTreeMap<String, KeySeq>,
    /// The form in which articles are piped to commands that name none.
    pub pipe_format: Form,
    /// Programs that articles are shared with.
    pub shares: Vec<Share>,
    /// How news is fetched.
    pub fetch: Fetch,
    /// What the servers of some feeds want to see first; the first that fits an address counts.
    pub access: Vec<Access>,
    /// Where the story stands on the pages of some sites; the first that fits an address counts.
    pub sites: Vec<Site>,
    /// Related news.
    pub related: Related,
    /// Which key does what where.
    pub keys: Keymap,
    /// Themes of the file by their names, whole: what they do not say is filled in. A built-in
    /// name here replaces that theme.
    pub themes: BTreeMap<String, Theme>,
}

/// How news is fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetch {
    /// The longest wait for an answer to begin, in seconds: 1 to 600. The other waits follow from it.
    pub timeout_seconds: u32,
    /// Requests under way at once: 1 to 256.
    pub parallel: u32,
    /// Of them to one host: 1 to 16.
    pub per_host: u32,
    /// The largest answer that is read, in megabytes (2²⁰ bytes) after decompression: 1 to 1000.
    pub max_mb: u32,
    /// The name given to servers; `None` is Dateline's own.
    pub user_agent: Option<String>,
}

/// Related news.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The most items in the sidebar: 1 to 100.
    pub limit: u32,
}

/// The longest [`Config::refresh_minutes`]: four weeks.
pub const MAX_REFRESH_MINUTES: u32 = 28 * 24 * 60;

impl Default for Config {
    fn default() -> Self {
        Self {
            refresh_minutes: 10,
            refresh_adaptive: true,
            refresh_on_start: true,
            keep_days: 365,
            keep_mb: 0,
            mirror_feeds: true,
            bookmark_pictures: true,
            images: Images::Ask,
            image_cache_mb: 100,
            text_width: 72,
            text_align: TextAlign::default(),
            hyphenate: false,
            justify: false,
            mark_read: MarkRead::Open,
            browser: None,
            theme: ThemeChoice::Auto,
            arrows: Arrows::Related,
            fold: Folding::Stories,
            brief: true,
            preferred_sources: Vec::new(),
            mark_copies: true,
            compact: false,
            link_numbers: false,
            notify: Notify::Never,
            notify_searches: Vec::new(),
            notify_command: None,
            hyperlinks: Hyperlinks::Auto,
            mouse: true,
            linear: false,
            sort: Order::Newest,
            restore: false,
            macros: BTreeMap::new(),
            pipe_format: Form::Text,
            shares: Vec::new(),
            fetch: Fetch::default(),
            access: Vec::new(),
            sites: Vec::new(),
            related: Related::default(),
            keys: Keymap::default(),
            themes: BTreeMap::new(),
        }
    }
}

impl Default for Fetch {
    fn default() -> Self {
        Self { timeout_seconds: 20, parallel: 16, per_host: 2, max_mb: 10, user_agent: None }
    }
}

impl Default for Related {
    fn default() -> Self {
        Self { limit: 20 }
    }
}
