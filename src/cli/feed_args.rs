//! What can be said after `dateline feeds`.

use clap::{Subcommand, ValueEnum};

/// What to do with feeds.
#[derive(Debug, Subcommand)]
pub(super) enum FeedsCommand {
    /// Give a feed another name
    Rename {
        /// The feed: number, address, or a part of title or address
        #[arg(value_name = "FEED")]
        feed: String,
        /// Its name from now on; without it, its own again
        #[arg(value_name = "NAME")]
        name: Option<String>,
    },
    /// Unsubscribe from feeds
    ///
    /// Their articles are out of sight at once and go a week later; until then `dateline add` with the
    /// feed's address brings all of it back. Bookmarked and tagged articles stay.
    Remove {
        /// The feeds: number, address, or a part of title or address
        #[arg(required = true, value_name = "FEED")]
        feeds: Vec<String>,
    },
    /// Say whether an article that has changed is unread again
    ///
    /// Changes of typography, counters and dates never count.
    Changes {
        /// The feeds: number, address, or a part of title or address
        #[arg(required = true, value_name = "FEED")]
        feeds: Vec<String>,
        /// Unread again, or not (as at first)
        #[arg(long, value_enum, value_name = "yes|no", default_value_t = UnreadAgain::Yes)]
        unread: UnreadAgain,
    },
    /// Move feeds to a folder
    Move {
        /// The feeds: number, address, or a part of title or address
        #[arg(required = true, value_name = "FEED")]
        feeds: Vec<String>,
        /// The folder, made if it is not there; without it, out of any folder
        #[arg(long, value_name = "FOLDER")]
        to: Option<String>,
    },
}

/// Whether what has changed is unread again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum UnreadAgain {
    /// It is
    Yes,
    /// It stays as it was
    No,
}
