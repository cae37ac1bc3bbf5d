//! What can be said after `dateline saved`, `dateline config` and the commands about what is kept.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::model::ExportFormat;

/// What to do with saved searches.
#[derive(Debug, Subcommand)]
pub(super) enum SavedCommand {
    /// List them: unread articles, name, query (the default)
    List,
    /// Save a query under a name; one that has the name is replaced
    Add {
        /// The name
        #[arg(value_name = "NAME")]
        name: String,
        /// The query; see `dateline search --help`
        #[arg(required = true, value_name = "QUERY")]
        query: Vec<String>,
    },
    /// Forget one
    Remove {
        /// Its name
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Give one another name
    Rename {
        /// Its name
        #[arg(value_name = "NAME")]
        name: String,
        /// Its name from now on
        #[arg(value_name = "TO")]
        to: String,
    },
}

/// What to do with the configuration.
#[derive(Clone, Copy, Debug, Subcommand)]
pub(super) enum ConfigCommand {
    /// Say what is wrong with it (the default)
    Check,
    /// Print every setting with its default
    Default,
    /// Print where it is looked for
    Path,
}

/// What to export, how, and where to.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  dateline export --to ~/reading                        the bookmarks, as Markdown
  dateline export 'tag:asia since:1y' --format epub     one book
  dateline export 123 --format html --to story.html
  dateline export --all --format jsonl > everything.jsonl
  dateline export --format site --to ~/archive          again later: the site is brought up to date")]
pub(super) struct Export {
    /// A query, or numbers of articles; without any, the bookmarks
    #[arg(value_name = "QUERY|ID")]
    pub(super) what: Vec<String>,
    /// Everything that is stored
    #[arg(long, conflicts_with = "what")]
    pub(super) all: bool,
    /// The form: a file to an article (markdown, html, text), one file (epub, jsonl, opml), or a folder
    /// for the browser (site)
    #[arg(long, value_name = "FORMAT", default_value = "markdown", value_parser = format_names())]
    pub(super) format: String,
    /// The folder to write into, or the file where there is to be just one; by default here, and jsonl
    /// and opml go to standard output
    #[arg(long, value_name = "PLACE")]
    pub(super) to: Option<PathBuf>,
    /// Replace files that are there; otherwise a new one gets a number
    #[arg(long)]
    pub(super) force: bool,
    /// What a book or a site is called
    #[arg(long, value_name = "TITLE")]
    pub(super) title: Option<String>,
}

fn format_names() -> clap::builder::PossibleValuesParser {
    ExportFormat::ALL.map(ExportFormat::name).into()
}

/// What to write about which article.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  dateline note 123                       what it says
  dateline note 123 'ask Odile about the drawings'
  dateline note 123 --edit                in $VISUAL or $EDITOR
  dateline note 123 - < remarks.txt
  dateline note 123 --remove")]
pub(super) struct Note {
    /// The number that list and search print
    #[arg(value_name = "ID")]
    pub(super) id: String,
    /// The note, in place of the one that is there; - reads it from standard input
    #[arg(value_name = "TEXT", conflicts_with_all = ["edit", "remove"])]
    pub(super) text: Option<String>,
    /// Write it in an editor
    #[arg(long, conflicts_with = "remove")]
    pub(super) edit: bool,
    /// Take it away
    #[arg(long)]
    pub(super) remove: bool,
}

/// What of the old news to let go.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  dateline cleanup --dry-run              what would go, and why
  dateline cleanup --dry-run --days 90    what would go if articles were kept 90 days
  dateline cleanup")]
pub(super) struct Cleanup {
    /// Only say what would go
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Keep articles so many days, instead of keep_days; feeds with a number of their own keep it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=36_500))]
    pub(super) days: Option<u32>,
    /// Keep the store under so many megabytes, instead of keep_mb
    #[arg(long, value_name = "MB", value_parser = clap::value_parser!(u32).range(0..=1_000_000))]
    pub(super) mb: Option<u32>,
}
