//! What can be said after the commands that fetch feeds and pages.

use clap::Args;

/// What to fetch.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  dateline refresh                    what is due; for cron
  dateline refresh --force            everything
  dateline refresh lwn 3              feeds by a part of their title or address, or by number")]
pub(super) struct Refresh {
    /// Only these feeds: number, address, or a part of title or address
    #[arg(value_name = "FEED")]
    pub(super) feeds: Vec<String>,
    /// Also feeds that are not due
    #[arg(long)]
    pub(super) force: bool,
}

/// Which full texts.
#[derive(Args, Debug)]
#[command(
    long_about = "Fetch the full text of articles from their pages

The text that the feed gave is kept beside it; `dateline show` has both.",
    after_help = "Examples:
  dateline full 123 124
  dateline full --always lwn          with every refresh, for all that is new in a feed
  dateline list is:unread --json | jq .id | xargs dateline full"
)]
pub(super) struct Full {
    /// The numbers that list and search print
    #[arg(value_name = "ID", required_unless_present_any = ["always", "never"])]
    pub(super) ids: Vec<String>,
    /// Fetch pages again whose text is stored: what has changed becomes a revision
    #[arg(long)]
    pub(super) again: bool,
    /// Always fetch the full text of what this feed brings
    #[arg(long, value_name = "FEED")]
    pub(super) always: Vec<String>,
    /// Not any more
    #[arg(long, value_name = "FEED")]
    pub(super) never: Vec<String>,
}
