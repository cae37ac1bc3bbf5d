//! Feeds: what a person subscribed to, and how it fares.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Time;
use crate::text::fold::fold;
use crate::text::{Clean, Link};

/// Names a feed in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FeedId(pub i64);

/// Names a folder in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FolderId(pub i64);

/// Where a feed's articles come from.
///
/// Commands and files only ever come from the person's own hand: never from a page, another feed, a
/// redirect or a list of feeds. Whoever makes one of these from anything else opens the machine.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FeedAddress {
    /// Fetched over HTTP.
    Web(Link),
    /// The output of a command of this machine.
    Command(CommandLine),
    /// A file of this machine.
    File(LocalFile),
    /// The bundled sample news.
    Edition,
    /// Pages and files that the person brought in by hand; never fetched.
    Saved,
    /// Pages that the person looked at without keeping them; never fetched.
    Passing,
}

impl FeedAddress {
    /// The form kept in the store: the address, `exec:` and a command, `file:` and a path,
    /// `dateline:edition`, `dateline:saved` or `dateline:passing`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Web(link) => link.as_str(),
            Self::Command(command) => command.as_str(),
            Self::File(file) => file.as_str(),
            Self::Edition => "dateline:edition",
            Self::Saved => "dateline:saved",
            Self::Passing => "dateline:passing",
        }
    }

    /// Reads the form of [`FeedAddress::as_str`]; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "dateline:edition" => Some(Self::Edition),
            "dateline:saved" => Some(Self::Saved),
            "dateline:passing" => Some(Self::Passing),
            other if other.starts_with(CommandLine::SCHEME) => CommandLine::parse(other).map(Self::Command),
            other if other.starts_with(LocalFile::SCHEME) => LocalFile::parse(other).map(Self::File),
            other => Link::parse(other).filter(Link::is_web).map(Self::Web),
        }
    }

    /// Whether there is something to fetch: neither the sample nor what was saved or looked at by hand.
    #[must_use]
    pub fn is_fetched(&self) -> bool {
        !matches!(self, Self::Edition | Self::Saved | Self::Passing)
    }

    /// What stands for the feed's name until it has told its own: its host, program or file.
    #[must_use]
    pub fn short(&self) -> Clean {
        match self {
            Self::Web(link) => Clean::new(link.host()),
            Self::Command(command) => command.program(),
            Self::File(file) => file.name(),
            Self::Edition => Clean::new("Sample edition"),
            Self::Saved => Clean::new("Saved"),
            Self::Passing => Clean::new("Read in passing"),
        }
    }
}

impl FeedAddress {
    /// What tells the feed from others of its host until it has told its name: the address without its
    /// scheme; of a command or a file the same as [`Self::short`].
    #[must_use]
    pub fn long(&self) -> Clean {
        match self {
            Self::Web(link) => {
                let rest = link.as_str().split_once("://").map_or(link.as_str(), |(_, rest)| rest);
                Clean::new(rest.trim_end_matches('/'))
            }
            other => other.short(),
        }
    }
}

impl fmt::Display for FeedAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A command whose output is a feed: a program and its arguments, as in `exec:~/bin/feed "two words"`.
/// Words are split as a shell splits them, quotes understood; no shell is ever asked.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CommandLine(Arc<str>);

impl CommandLine {
    /// What it begins with.
    pub const SCHEME: &'static str = "exec:";

    /// Reads an address that begins with `exec:`; `None` where there is no program, a quote is not
    /// closed, or a character in it could not be shown as it is.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let line = text.strip_prefix(Self::SCHEME)?.trim();
        let words = shell_words::split(line).ok()?;
        let shown = format!("{}{line}", Self::SCHEME);
        let plain = Clean::new(&shown).as_str() == shown;
        (plain && words.first().is_some_and(|program| !program.is_empty())).then(|| Self(shown.into()))
    }

    /// The address, `exec:` before it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The program and its arguments. Never empty.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        // It could be split when it was made.
        shell_words::split(&self.0[Self::SCHEME.len()..]).unwrap_or_default()
    }

    /// The program without its directory.
    #[must_use]
    pub fn program(&self) -> Clean {
        let words = self.words();
        let program = words.first().map_or("", String::as_str);
        Clean::new(program.rsplit('/').next().unwrap_or(program))
    }
}

/// A file that holds a feed, as `file:///home/ada/feed.xml`: an absolute path, percent-encoded.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LocalFile(Arc<str>);

impl LocalFile {
    /// What it begins with.
    pub const SCHEME: &'static str = "file:";

    /// Reads an address that begins with `file:`; `None` where its path is not absolute or is on
    /// another machine.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        // `file:feed.xml` would be a file of the root directory by the rules of the web.
        text.strip_prefix(Self::SCHEME).filter(|rest| rest.starts_with('/'))?;
        Self::at(&url::Url::parse(text).ok()?.to_file_path().ok()?)
    }

    /// The file at an absolute path; `None` for a relative one.
    #[must_use]
    pub fn at(path: &std::path::Path) -> Option<Self> {
        path.file_name()?;
        Some(Self(url::Url::from_file_path(path).ok()?.as_str().into()))
    }

    /// The address, `file://` before it. Printable ASCII.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        // It had a path when it was made.
        url::Url::parse(&self.0).ok().and_then(|url| url.to_file_path().ok()).unwrap_or_default()
    }

    /// Its name without its directory.
    #[must_use]
    pub fn name(&self) -> Clean {
        Clean::new(&self.path().file_name().unwrap_or_default().to_string_lossy())
    }
}

/// A feed as the sources drawer and `dateline feeds` show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// Its name in the store.
    pub id: FeedId,
    /// Where it comes from.
    pub address: FeedAddress,
    /// The person's name for it, else the feed's own title, else its host. Never empty.
    pub title: Clean,
    /// The site it belongs to.
    pub site: Option<Link>,
    /// What the feed says of itself.
    pub description: Option<Clean>,
    /// Language code as the feed gives it (BCP 47), lower-case.
    pub lang: Option<Clean>,
    /// The folder it stands in.
    pub folder: Option<FolderId>,
    /// Stored articles.
    pub total: u64,
    /// Of them unread.
    pub unread: u64,
    /// What the person set for it.
    pub settings: FeedSettings,
    /// How fetching it went.
    pub health: FeedHealth,
}

/// What a person sets for a feed alone. The default is what holds for a feed of which nothing was said.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FeedSettings {
    /// The page of every article is fetched for its full text.
    pub full_text: bool,
    /// Its articles fold under another source's that carries the same text.
    pub fold_copies: bool,
    /// An article whose text really changed is unread again.
    pub unread_on_change: bool,
    /// Days for which its articles are kept, 0 for ever; `None`: as long as those of others.
    pub keep_days: Option<u32>,
    /// The shortest time between two fetches in minutes, 0 only when asked; `None`: as with others.
    pub minutes: Option<u32>,
}

impl Default for FeedSettings {
    fn default() -> Self {
        Self { full_text: false, fold_copies: true, unread_on_change: false, keep_days: None, minutes: None }
    }
}

/// How fetching a feed went, last time and lately.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedHealth {
    /// When it was last asked for, whatever came of it.
    pub checked: Option<Time>,
    /// When it last answered well (a "not modified" is well).
    pub succeeded: Option<Time>,
    /// What went wrong last time, in words; `None` when it went well.
    pub error: Option<Clean>,
    /// Failures in a row.
    pub failures: u32,
}

/// What a server gave to ask "has it changed?" with (RFC 9110 §8.8). Sent back byte for byte, so
/// these are kept as they came; never shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// The `ETag` header.
    pub etag: Option<String>,
    /// The `Last-Modified` header.
    pub last_modified: Option<String>,
}

/// A folder of feeds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    /// Its name in the store.
    pub id: FolderId,
    /// What the person calls it. Never empty.
    pub name: Clean,
    /// The folder it stands in.
    pub parent: Option<FolderId>,
}

/// Everything the sources drawer and `dateline feeds` show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    /// The feeds that are subscribed to, in the person's order.
    pub feeds: Vec<Feed>,
    /// The folders, in the person's order.
    pub folders: Vec<Folder>,
    /// Stored articles, those of feeds that are gone and whose bookmarks are kept among them.
    pub total: u64,
    /// Of them unread.
    pub unread: u64,
    /// Of them bookmarked.
    pub bookmarked: u64,
}

impl Sources {
    /// The names of a folder and of those around it, the outermost first. Linear in the number of folders
    /// for each.
    #[must_use]
    pub fn names(&self, folder: FolderId) -> Vec<&Clean> {
        let (mut names, mut at) = (Vec::new(), Some(folder));
        // Nested no deeper than there are folders, whatever the store says.
        let around = |at| self.folders.iter().find(|folder: &&Folder| Some(folder.id) == at);
        while let Some(folder) = around(at).filter(|_| names.len() < self.folders.len()) {
            names.push(&folder.name);
            at = folder.parent;
        }
        names.reverse();
        names
    }

    /// The folders, each called by its way from the outermost one (`News/Asia`), by the alphabet: one within
    /// another comes after it. As [`Sources::names`] for each.
    #[must_use]
    pub fn paths(&self) -> Vec<(FolderId, Clean)> {
        let mut paths: Vec<(Vec<String>, FolderId, Clean)> = Vec::with_capacity(self.folders.len());
        for folder in &self.folders {
            let names: Vec<&str> = self.names(folder.id).into_iter().map(Clean::as_str).collect();
            let path = Clean::new(&names.join("/"));
            paths.push((names.into_iter().map(fold).collect(), folder.id, path));
        }
        paths.sort();
        paths.into_iter().map(|(_, id, path)| (id, path)).collect()
    }

    /// The folder that a person means by a way as [`Sources::paths`] has it, in any case and with or without
    /// accents.
    #[must_use]
    pub fn folder_at(&self, path: &str) -> Option<FolderId> {
        let wanted = fold(path.trim().trim_matches('/'));
        self.paths().into_iter().find(|(_, path)| fold(path.as_str()) == wanted).map(|(id, _)| id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_called_by_their_way() {
        let folder = |id, name: &str, parent: Option<i64>| Folder {
            id: FolderId(id),
            name: name.into(),
            parent: parent.map(FolderId),
        };
        let sources = Sources {
            folders: vec![
                folder(1, "Zoo", None),
                folder(2, "Asia", Some(3)),
                folder(3, "news", None),
                folder(4, "AC/DC", None),
                folder(5, "Centre", Some(2)),
                // As no store of ours has it.
                folder(6, "Round", Some(6)),
            ],
            ..Sources::default()
        };
        let paths: Vec<String> = sources.paths().iter().map(|(_, path)| path.to_string()).collect();
        assert_eq!(paths[..4], ["AC/DC", "news", "news/Asia", "news/Asia/Centre"]);
        assert_eq!((paths.len(), paths[5].as_str()), (6, "Zoo"));
        assert_eq!(sources.folder_at("News/ásia/"), Some(FolderId(2)));
        assert_eq!(sources.folder_at("ac/dc"), Some(FolderId(4)));
        assert_eq!(sources.folder_at("Asia"), None);
    }

    #[test]
    fn addresses_come_back_from_their_form_in_the_store() {
        for text in [
            "https://a.example/feed",
            "exec:~/bin/feed 'two words' $HOME",
            "file:///home/ada/my%20feed.xml",
            "dateline:edition",
            "dateline:saved",
            "dateline:passing",
        ] {
            assert_eq!(FeedAddress::parse(text).unwrap().as_str(), text);
        }
        for none in ["exec:", "exec: ''", "exec:'open", "exec:a\u{1b}[31m", "exec:a\u{202e}b", "file:", "mailto:a@b.c"]
        {
            assert_eq!(FeedAddress::parse(none), None, "{none:?}");
        }
    }

    #[test]
    fn commands_and_files_have_short_names() {
        let command = CommandLine::parse("exec:  ~/bin/feed 'two words' a\\ b").unwrap();
        assert_eq!(command.words(), ["~/bin/feed", "two words", "a b"]);
        assert_eq!(FeedAddress::Command(command).short().as_str(), "feed");
        let file = LocalFile::parse("file:/home/ada/my%20feed.xml").unwrap();
        assert_eq!(file.path(), std::path::Path::new("/home/ada/my feed.xml"));
        assert_eq!(file.name().as_str(), "my feed.xml");
        assert_eq!(LocalFile::parse("file://elsewhere.example/x"), None);
        assert_eq!(LocalFile::at(std::path::Path::new("feed.xml")), None);
    }
}
