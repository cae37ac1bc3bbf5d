//! What can be said on the command line. The doc comments are the help that people read.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use super::feed_args::FeedsCommand;
use super::fetch_args::{Full, Refresh};
use super::keep_args::{Cleanup, ConfigCommand, Export, Note, SavedCommand};
use super::list_args::{As, Format, List, Related, Sort};
use super::told::{BriefArgs, Copies, MuteArgs, Stories};

/// A news reader for the terminal.
///
/// Without a command it opens the reader. With one it does that and ends; a command can be used
/// while the reader is open. Standard output carries what was asked for, standard error everything
/// else.
#[derive(Debug, Parser)]
#[command(
    name = "dateline",
    version,
    max_term_width = 100,
    after_help = "\
Examples:
  dateline                                  read
  dateline add https://lwn.net              subscribe to the feed of a site
  dateline import page.html feeds.opml      take in a saved page, subscribe to a list of feeds
  dateline list --unread --limit 20         what is new
  dateline search 'grain deal since:1w'     search what is stored
  dateline show 123                         read one article here
  dateline list --json | jq -r .url         for other programs

Exit codes: 0 done, 1 nothing found, 2 usage or configuration, 3 some feeds failed, 4 network,
5 data."
)]
pub(super) struct Arguments {
    /// What applies to every command.
    #[command(flatten)]
    pub(super) global: Global,
    /// What to do.
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

/// Over what applies to every command.
const COMMON: &str = "Common options";

/// What applies to every command.
#[derive(Args, Debug)]
pub(super) struct Global {
    /// Keep everything (store, log, cache) in this directory
    #[arg(long, global = true, value_name = "DIR", help_heading = COMMON)]
    pub(super) data_dir: Option<PathBuf>,
    /// Read the configuration from this file
    #[arg(long, global = true, value_name = "FILE", help_heading = COMMON)]
    pub(super) config: Option<PathBuf>,
    /// Write one JSON object per line, each with "v": 1
    #[arg(long, global = true, help_heading = COMMON)]
    pub(super) json: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Subscribe to feeds
    ///
    /// An address may be a feed's, or that of any page that names its feeds. A feed may also be the
    /// output of a command (exec:, with arguments; no shell reads it) or a file of this machine (file:).
    #[command(after_help = "Examples:
  dateline add https://lwn.net
  dateline add 'exec:~/bin/make-feed weather' file:///srv/news.xml
  dateline add example.org/feed.xml http://127.0.0.1:8000/feed.xml")]
    Add {
        /// Addresses of feeds or pages
        #[arg(required = true, value_name = "URL")]
        addresses: Vec<String>,
    },
    /// Take in files: feeds, lists of feeds, saved pages, articles
    ///
    /// What a file is, is found out from its content: OPML, newsboat's urls (with the read articles and
    /// flags of the cache.db beside it), a feed saved as a file,
    /// a saved page (HTML or text), or articles as JSON lines
    /// ({"id","title","body","published","lang","url","source"}).
    #[command(after_help = "Examples:
  dateline import ~/.newsboat/urls
  dateline import feeds.opml page.html notes.txt
  curl -s https://example.org/story | dateline import -")]
    Import {
        /// Files, or - for standard input
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Fetch the feeds that are due
    Refresh(Refresh),
    /// List the feeds, or rename, move and remove them
    #[command(after_help = "Examples:
  dateline feeds
  dateline feeds rename lwn 'Linux weekly'
  dateline feeds move lwn 12 --to Technology
  dateline feeds remove https://example.org/feed.xml")]
    Feeds {
        /// What to do; without it they are listed
        #[command(subcommand)]
        what: Option<FeedsCommand>,
    },
    /// List starter packs and their feeds, or subscribe to one
    ///
    /// Nothing is fetched before the next refresh.
    #[command(after_help = "Examples:
  dateline packs
  dateline packs science
  dateline packs 'open source' --add && dateline refresh")]
    Packs {
        /// The pack, by its name or the beginning of it
        #[arg(value_name = "NAME")]
        name: Option<String>,
        /// Subscribe to all of its feeds, in a folder of its name
        #[arg(long, requires = "name")]
        add: bool,
    },
    /// List the saved searches, or add, rename and remove them
    #[command(after_help = "Examples:
  dateline saved add grain 'grain (deal OR export) -futures'
  dateline list @grain --unread
  dateline search '@grain istanbul'")]
    Saved {
        /// What to do; without it they are listed
        #[command(subcommand)]
        what: Option<SavedCommand>,
    },
    /// List headlines, newest first
    ///
    /// On a terminal they are set in columns; elsewhere a line is id, time, source and headline
    /// between tabs.
    #[command(after_help = "Examples:
  dateline list --unread
  dateline list 'source:lwn since:2d' --limit 0")]
    List(List),
    /// Search the stored articles
    ///
    /// Words, beginnings*, "phrases", -not, OR, (groups), /regular expressions/,
    /// title: body: source: author: note: tag: lang: is:unread|read|bookmarked|noted|folded|stub|muted
    /// since:2d before:2024-01-31 ~letters. @name is a saved search, to be narrowed by what follows.
    #[command(after_help = "Examples:
  dateline search '\"grain deal\" istanbul -reuters'
  dateline search title:flood since:1w --limit 5")]
    Search {
        /// What to look for; several words may stand without quotes
        #[arg(required = true, value_name = "QUERY")]
        query: Vec<String>,
        /// In which order; by relevance the newest few thousand matches are ranked
        #[arg(long, value_enum, default_value_t)]
        sort: Sort,
        /// At most this many; 0 for all
        #[arg(long, value_name = "N", default_value_t = 20)]
        limit: u32,
    },
    /// Show an article
    #[command(after_help = "Examples:
  dateline show 123
  dateline show 123 --format markdown > story.md")]
    Show {
        /// The numbers that list and search print
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
        /// How to write it
        #[arg(long, value_enum, default_value_t)]
        format: Format,
        /// The full text; its page is fetched if that is not stored yet
        #[arg(long, conflicts_with = "feed")]
        full: bool,
        /// The text that the feed gave
        #[arg(long)]
        feed: bool,
    },
    /// Fetch the full text of articles from their pages
    Full(Full),
    /// List what is related to an article, best first, with the reasons
    #[command(after_help = "Examples:
  dateline related 123 --limit 5
  dateline related --all --format tsv > run.tsv    every article: query_id rank doc_id score")]
    Related(Related),
    /// List stories: what several sources tell of, the newest development first
    ///
    /// With the number of an article or a story, what its story said, in order of time.
    #[command(after_help = "Examples:
  dateline stories --limit 10
  dateline stories 123                        the story of article 123 from its beginning
  dateline stories --format tsv > run.tsv     every article: doc_id story_id")]
    Stories(Stories),
    /// List texts that several sources carry, each with its copies
    #[command(after_help = "Examples:
  dateline copies
  dateline copies --format tsv > run.tsv      every article: doc_id group_id")]
    Copies(Copies),
    /// Say what happened since the last visit, most told first
    ///
    /// The visit ends when the reader is left; looking at the brief does not change it.
    #[command(after_help = "Examples:
  dateline brief
  dateline brief --since 2d --format markdown > today.md
  dateline brief --since 2024-01-31 --limit 5")]
    Brief(BriefArgs),
    /// Leave a story, a word or whatever a query matches out of everything
    ///
    /// Muted articles stay stored; `is:muted` finds them.
    #[command(
        after_help = "Examples:
  dateline mute transfer
  dateline mute 'source:tabloid -title:election' --until 2025-01-31
  dateline mute --story 123 --until 1w
  dateline mute list
  dateline mute remove 2",
        args_conflicts_with_subcommands = true
    )]
    Mute(MuteArgs),
    /// Show what Dateline makes of a page
    ///
    /// Nothing is stored.
    #[command(after_help = "Examples:
  dateline extract saved.txt --json
  dateline extract https://example.org/story")]
    Extract {
        /// A file, - for standard input, or an address
        #[arg(value_name = "FILE|URL")]
        page: String,
    },
    /// Mark articles read or unread
    #[command(after_help = "Examples:
  dateline mark read 123 124
  dateline list title:weather --json | jq .id | xargs dateline mark read")]
    Mark {
        /// As what
        #[arg(value_enum, value_name = "read|unread")]
        as_what: As,
        /// The numbers that list and search print
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
    },
    /// Keep articles for good
    ///
    /// A bookmark stays whole and readable whatever becomes of its feed. A page that is not stored
    /// yet is fetched; where it cannot be reached it is a bookmark all the same, and is fetched with a
    /// later refresh.
    #[command(after_help = "Examples:
  dateline bookmark 123
  dateline bookmark https://example.org/story
  dateline bookmark --complete       ask now for what bookmarks still lack
  dateline bookmark --remove 123")]
    Bookmark {
        /// Numbers of articles, or addresses of pages
        #[arg(required_unless_present = "complete", value_name = "ID|URL")]
        articles: Vec<String>,
        /// Take the bookmark away
        #[arg(long, conflicts_with = "complete")]
        remove: bool,
        /// Fetch what bookmarks still lack, now, and say what is missing then
        #[arg(long)]
        complete: bool,
    },
    /// Give articles tags
    ///
    /// Tagged articles are kept whatever their age; `tag:NAME` finds them.
    #[command(after_help = "Examples:
  dateline tag 123 asia
  dateline tag 123 124 asia 'to read'
  dateline tag --remove 123 asia")]
    Tag {
        /// Numbers of articles, then tags
        #[arg(required = true, num_args = 2.., value_name = "ID|TAG")]
        given: Vec<String>,
        /// Take the tags away
        #[arg(long)]
        remove: bool,
    },
    /// List the tags, each with the number of its articles
    Tags,
    /// Show or write the note on an article
    ///
    /// Noted articles are kept whatever their age; `is:noted` and `note:WORD` find them.
    Note(Note),
    /// Write articles out: Markdown, HTML, a book, text, JSON lines, a site
    ///
    /// Kept pictures, tags and notes go with them. Nothing that is there is overwritten unless --force
    /// says so; a site is brought up to date in its own folder.
    Export(Export),
    /// Let old news go, as a refresh does
    ///
    /// Bookmarked, tagged and noted articles stay, and what was made unread again or brought in by hand.
    Cleanup(Cleanup),
    /// Print what a shell needs to complete Dateline's commands
    #[command(after_help = "Examples:
  dateline completions bash > ~/.local/share/bash-completion/completions/dateline
  dateline completions zsh > ~/.zfunc/_dateline
  dateline completions fish > ~/.config/fish/completions/dateline.fish")]
    Completions {
        /// The shell
        #[arg(value_enum, value_name = "SHELL")]
        shell: clap_complete::Shell,
    },
    /// Print the manual page: commands, keys, files
    #[command(after_help = "Examples:
  dateline man | man -l -
  dateline man > ~/.local/share/man/man1/dateline.1")]
    Man,
    /// Check the configuration
    Config {
        /// What to do
        #[command(subcommand)]
        what: Option<ConfigCommand>,
    },
    /// Say how Dateline stands here: places, store, configuration, terminal, feeds
    ///
    /// It only looks, unless it is told to repair.
    #[command(after_help = "Examples:
  dateline doctor
  dateline doctor --repair    with the reader closed")]
    Doctor {
        /// Make the store anew of what can be read of it; the old file is kept beside it
        #[arg(long)]
        repair: bool,
    },
}

impl Command {
    /// Whether the list of feeds may be another afterwards.
    pub(super) fn changes_feeds(&self) -> bool {
        matches!(
            self,
            Self::Add { .. }
                | Self::Import { .. }
                | Self::Refresh(_)
                | Self::Feeds { what: Some(_) }
                | Self::Packs { add: true, .. }
        )
    }
}
