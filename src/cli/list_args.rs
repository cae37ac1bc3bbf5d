//! What can be said after the commands that list: which articles, how many, and how they are written.

use clap::{Args, ValueEnum};

/// Which headlines.
#[derive(Args, Debug)]
pub(super) struct List {
    /// Only what matches; see `dateline search --help`
    #[arg(value_name = "QUERY")]
    pub(super) query: Option<String>,
    /// Also what the reader's list of everything leaves out: headlines of saved pages, and pages read in passing
    #[arg(long, conflicts_with_all = ["unread", "bookmarks"])]
    pub(super) all: bool,
    /// Only what is not read yet
    #[arg(long, conflicts_with = "bookmarks")]
    pub(super) unread: bool,
    /// Only bookmarks
    #[arg(long)]
    pub(super) bookmarks: bool,
    /// At most this many; 0 for all
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(super) limit: u32,
}

/// Related to what.
#[derive(Args, Debug)]
pub(super) struct Related {
    /// The number that list and search print
    #[arg(value_name = "ID", required_unless_present = "all")]
    pub(super) id: Option<String>,
    /// Of every stored article
    #[arg(long, conflicts_with = "id")]
    pub(super) all: bool,
    /// At most this many to an article; by default what the configuration says, and 100 for --all --format tsv
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(super) limit: Option<u32>,
    /// The least score to be shown, 0 to 1; by default what the reader's sidebar asks, and any score over 0 for --all --format tsv
    #[arg(long, value_name = "SCORE")]
    pub(super) floor: Option<f32>,
    /// How to write it; tsv is query_id, rank, doc_id, score between tabs
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: ListFormat,
}

/// How an article is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Plain text, wrapped on a terminal
    #[default]
    Text,
    /// Markdown
    Markdown,
    /// A page of HTML
    Html,
    /// One JSON object
    Json,
}

/// In which order a search gives what it found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Sort {
    /// What matches best first
    #[default]
    Relevance,
    /// The newest first
    Newest,
}

/// How a list is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum ListFormat {
    /// For people
    #[default]
    Text,
    /// Between tabs
    Tsv,
    /// One JSON object per line
    Json,
}

/// Read or unread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum As {
    /// As read
    Read,
    /// As not read yet
    Unread,
}
