//! What can be said after `dateline saved` and `dateline config`.

use clap::Subcommand;

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
