//! What can be said after `dateline feeds`.

use clap::{Args, Subcommand, ValueEnum};

use crate::model::FeedSettings;

/// What to do with feeds.
#[derive(Debug, Subcommand)]
pub(super) enum FeedsCommand {
    /// Give a feed another name, or its own again
    Rename {
        /// The feed: number, address, or a part of title or address
        #[arg(value_name = "FEED")]
        feed: String,
        /// Its name from now on
        #[arg(value_name = "NAME", required_unless_present = "own")]
        name: Option<String>,
        /// The name it has itself
        #[arg(long, conflicts_with = "name")]
        own: bool,
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
    /// Say or set whether an article that has changed is unread again
    ///
    /// Without --unread it says how it is. Changes of typography, counters and dates never count.
    Changes {
        /// The feeds: number, address, or a part of title or address
        #[arg(required = true, value_name = "FEED")]
        feeds: Vec<String>,
        /// Unread again, or not (as at first)
        #[arg(long, value_enum, value_name = "yes|no")]
        unread: Option<YesNo>,
    },
    /// Say or set what holds for feeds alone
    ///
    /// Without any option it says what is set. The reader does the same with `s` in the sources.
    #[command(after_help = "Examples:
  dateline feeds set lwn
  dateline feeds set lwn --keep-days 365 --unread-on-change yes
  dateline feeds set lwn --keep-days usual --every 120")]
    Set(FeedSet),
    /// Move feeds to a folder, or out of any
    Move {
        /// The feeds: number, address, or a part of title or address
        #[arg(required = true, value_name = "FEED")]
        feeds: Vec<String>,
        /// The folder, made if it is not there; News/Asia is Asia within News
        #[arg(long, value_name = "FOLDER", required_unless_present = "out")]
        to: Option<String>,
        /// Out of any folder
        #[arg(long, conflicts_with = "to")]
        out: bool,
    },
}

/// What to set for feeds.
#[derive(Args, Debug)]
pub(super) struct FeedSet {
    /// The feeds: number, address, or a part of title or address
    #[arg(required = true, value_name = "FEED")]
    pub(super) feeds: Vec<String>,
    /// Fetch the page of every article for its full text
    #[arg(long, value_enum, value_name = "yes|no")]
    pub(super) full_text: Option<YesNo>,
    /// Fold its articles under others with the same text
    #[arg(long, value_enum, value_name = "yes|no")]
    pub(super) fold_copies: Option<YesNo>,
    /// Make an article unread again when its text really changed
    #[arg(long, value_enum, value_name = "yes|no")]
    pub(super) unread_on_change: Option<YesNo>,
    /// Days for which its articles are kept; 0 is for ever, usual is keep_days
    #[arg(long, value_name = "N|usual", value_parser = usual_or::<36_500>)]
    pub(super) keep_days: Option<UsualOr>,
    /// Minutes between two fetches at least; 0 is only when asked for, usual is refresh_minutes
    #[arg(long, value_name = "N|usual", value_parser = usual_or::<525_600>)]
    pub(super) every: Option<UsualOr>,
}

impl FeedSet {
    /// What these options make of the settings of a feed.
    pub(super) fn over(&self, before: &FeedSettings) -> FeedSettings {
        let yes = |choice: Option<YesNo>, before: bool| choice.map_or(before, |choice| choice == YesNo::Yes);
        FeedSettings {
            full_text: yes(self.full_text, before.full_text),
            fold_copies: yes(self.fold_copies, before.fold_copies),
            unread_on_change: yes(self.unread_on_change, before.unread_on_change),
            keep_days: self.keep_days.map_or(before.keep_days, |days| days.0),
            minutes: self.every.map_or(before.minutes, |minutes| minutes.0),
        }
    }
}

/// Yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum YesNo {
    /// It is so
    Yes,
    /// It is not
    No,
}

/// A number, or what holds for all feeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct UsualOr(Option<u32>);

/// Reads a number up to `MOST`, or `usual`.
fn usual_or<const MOST: u32>(given: &str) -> Result<UsualOr, String> {
    if given.eq_ignore_ascii_case("usual") {
        return Ok(UsualOr(None));
    }
    let number = given.parse().ok().filter(|number| *number <= MOST);
    number.map(|number| UsualOr(Some(number))).ok_or_else(|| format!("a number up to {MOST}, or usual"))
}
