//! What can be said on the command line about stories, copies, the brief and mutes. The doc comments are
//! the help that people read.

use clap::{Args, Subcommand, ValueEnum};

use super::list_args::ListFormat;

/// Which stories.
#[derive(Args, Debug)]
pub(super) struct Stories {
    /// The story of this article, told from its beginning
    #[arg(value_name = "ID", conflicts_with_all = ["limit", "format"])]
    pub(super) id: Option<String>,
    /// At most this many; 0 for all
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(super) limit: u32,
    /// How to write it; tsv is doc_id and story_id between tabs, of every article
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: ListFormat,
}

/// Which copies.
#[derive(Args, Debug)]
pub(super) struct Copies {
    /// How to write it; tsv is doc_id and group_id between tabs, of every article
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: ListFormat,
}

/// What to say of what happened.
#[derive(Args, Debug)]
pub(super) struct BriefArgs {
    /// Since when instead of the last visit: 2h, 3d, 1w, yesterday, 2024-01-31
    #[arg(long, value_name = "WHEN")]
    pub(super) since: Option<String>,
    /// At most this many stories
    #[arg(long, value_name = "N", default_value_t = 12, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(super) limit: u32,
    /// How to write it
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: BriefFormat,
}

/// What to mute.
#[derive(Args, Debug)]
pub(super) struct MuteArgs {
    /// What else to do
    #[command(subcommand)]
    pub(super) what: Option<MuteCommand>,
    /// Whatever this matches; see `dateline search --help`. Several words may stand without quotes
    #[arg(value_name = "QUERY", required_unless_present = "story", conflicts_with = "story")]
    pub(super) query: Vec<String>,
    /// The story of this article, with whatever joins it later
    #[arg(long, value_name = "ID")]
    pub(super) story: Option<String>,
    /// Until then: 2h, 3d, 1w, 2025-01-31; otherwise for good
    #[arg(long, value_name = "WHEN")]
    pub(super) until: Option<String>,
}

/// What to do with mutes.
#[derive(Debug, Subcommand)]
pub(super) enum MuteCommand {
    /// List what is muted, until when, and how many articles that hides
    List,
    /// Take mutes away
    Remove {
        /// The numbers that `dateline mute list` prints
        #[arg(required = true, value_name = "MUTE")]
        ids: Vec<i64>,
    },
}

/// How a brief is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum BriefFormat {
    /// For people
    #[default]
    Text,
    /// Markdown
    Markdown,
    /// One JSON object per line
    Json,
}
