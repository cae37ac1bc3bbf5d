//! newsboat's `urls` file: one feed a line, with tags.
//!
//! ```text
//! # a comment
//! https://a.example/rss news world "two words"
//! https://b.example/rss "~My name for it" !
//! "query:Unread news:unread = \"yes\" and tags # \"news\""
//! exec:~/bin/make-feed tech
//! filter:~/bin/clean:https://c.example/rss
//! ```

mod filter;

pub use filter::query;

use crate::text::{Clean, Link, Raw};

/// What a `urls` file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Urls {
    /// The feeds.
    pub feeds: Vec<Subscribed>,
    /// Its query feeds.
    pub queries: Vec<Query>,
    /// What could not be taken, by line.
    pub rejected: Vec<Rejected>,
}

/// A feed that newsboat fetches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscribed {
    /// Its address.
    pub address: Link,
    /// The name the person gave it (`"~name"`).
    pub title: Option<Clean>,
    /// Its tags, without the special ones.
    pub tags: Vec<Clean>,
    /// Whether it is hidden from the list and only feeds queries (`!`).
    pub hidden: bool,
}

/// A query feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// Its name.
    pub title: Clean,
    /// The filter, in newsboat's language.
    pub expression: Raw,
    /// Its tags.
    pub tags: Vec<Clean>,
}

/// A line that could not be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// Its number in the file, from 1.
    pub line: usize,
    /// Its first word.
    pub what: Clean,
    /// Why not.
    pub why: Reason,
}

/// Why a line could not be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The feed is the output of a command (`exec:`).
    Command,
    /// The feed goes through a command (`filter:`); its address stands in the line.
    Filter,
    /// The feed is a file of this computer (`file:`).
    File,
    /// The query has no name or no expression.
    BadQuery,
    /// It is no address that can be fetched.
    BadAddress,
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Command => "it is made by a command (exec:), which is not imported: add it by hand if you trust it",
            Self::Filter => "it goes through a command (filter:), which is not imported",
            Self::File => "it is a file on this computer",
            Self::BadQuery => "the query has no name or no expression",
            Self::BadAddress => "it is not an address that can be fetched",
        })
    }
}

/// Reads a `urls` file. Never fails: lines that cannot be taken are in [`Urls::rejected`]. The same
/// address twice counts once, with the tags of both. Linear in the length of the file but for that.
#[must_use]
pub fn parse_urls(text: &str) -> Urls {
    let mut urls = Urls::default();
    let mut known: std::collections::HashMap<Link, usize> = std::collections::HashMap::new();
    for (number, line) in text.strip_prefix('\u{feff}').unwrap_or(text).lines().enumerate() {
        let words = words(line);
        let Some((first, rest)) = words.split_first() else { continue };
        let special = Special::of(rest);
        let mut reject = |why| urls.rejected.push(Rejected { line: number + 1, what: Clean::new(first), why });
        if let Some(query) = first.strip_prefix("query:") {
            match query.split_once(':').map(|(title, expression)| (Clean::new(title), expression.trim())) {
                Some((title, expression)) if !title.is_empty() && !expression.is_empty() => {
                    urls.queries.push(Query { title, expression: Raw::new(expression), tags: special.tags });
                }
                _ => reject(Reason::BadQuery),
            }
        } else if first.starts_with("exec:") {
            reject(Reason::Command);
        } else if first.starts_with("filter:") {
            reject(Reason::Filter);
        } else if first.starts_with("file:") {
            reject(Reason::File);
        } else if let Some(address) = Link::parse(first).filter(Link::is_web) {
            if let Some(have) = known.get(&address).and_then(|at| urls.feeds.get_mut(*at)) {
                have.title = have.title.take().or(special.title);
                have.hidden &= special.hidden;
                have.tags.extend(special.tags);
                let mut seen = std::collections::HashSet::new();
                have.tags.retain(|tag| seen.insert(tag.clone()));
            } else {
                known.insert(address.clone(), urls.feeds.len());
                let Special { title, tags, hidden } = special;
                urls.feeds.push(Subscribed { address, title, tags, hidden });
            }
        } else {
            reject(Reason::BadAddress);
        }
    }
    urls
}

/// What the words behind an address say.
#[derive(Default)]
struct Special {
    title: Option<Clean>,
    tags: Vec<Clean>,
    hidden: bool,
}

impl Special {
    fn of(words: &[String]) -> Self {
        let mut out = Self::default();
        for word in words {
            if word == "!" {
                out.hidden = true;
            } else if let Some(title) = word.strip_prefix('~') {
                out.title = Some(Clean::new(title)).filter(|title| !title.is_empty());
            } else {
                let tag = Clean::new(word);
                if !tag.is_empty() && !out.tags.contains(&tag) && out.tags.len() < super::entry::MAX_LIST {
                    out.tags.push(tag);
                }
            }
        }
        out
    }
}

/// The words of a line: parted by white space, or in double quotes with `\"` and `\\` for themselves;
/// `#` at the beginning of a word begins a comment.
fn words(line: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut chars = line.chars().peekable();
    loop {
        while chars.next_if(|c| c.is_whitespace()).is_some() {}
        let mut word = String::new();
        match chars.peek() {
            None | Some('#') => return out,
            Some('"') => {
                chars.next();
                while let Some(c) = chars.next() {
                    match c {
                        '"' => break,
                        '\\' => word.extend(chars.next()),
                        c => word.push(c),
                    }
                }
            }
            Some(_) => {
                while let Some(c) = chars.next_if(|c| !c.is_whitespace()) {
                    word.push(c);
                }
            }
        }
        out.push(word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_whole_file() {
        let urls = parse_urls(
            "\u{feff}# my feeds\n\nhttps://a.example/rss news \"two words\" # why\n\
             \thttps://b.example/rss \"~My \\\"name\\\"\" ! tech\n\
             \"query:Unread:unread = \\\"yes\\\" and tags # \\\"news\\\"\" smart\n\
             query:bad\nexec:~/bin/x tech\nfilter:~/bin/y:https://c.example/rss\nfile:///tmp/x\nnot-an-address\n\
             https://a.example/rss more news\n",
        );
        let shown: Vec<String> = urls
            .feeds
            .iter()
            .map(|feed| {
                let tags: Vec<&str> = feed.tags.iter().map(Clean::as_str).collect();
                let title = feed.title.as_ref().map_or("-", Clean::as_str);
                format!("{} {title} {} {}", feed.address, tags.join("+"), feed.hidden)
            })
            .collect();
        assert_eq!(
            shown,
            ["https://a.example/rss - news+two words+more false", "https://b.example/rss My \"name\" tech true",]
        );
        assert_eq!(urls.queries.len(), 1);
        assert_eq!(urls.queries[0].title.as_str(), "Unread");
        assert_eq!(urls.queries[0].expression.untrusted(), "unread = \"yes\" and tags # \"news\"");
        let why: Vec<(usize, Reason)> = urls.rejected.iter().map(|r| (r.line, r.why)).collect();
        assert_eq!(
            why,
            [
                (6, Reason::BadQuery),
                (7, Reason::Command),
                (8, Reason::Filter),
                (9, Reason::File),
                (10, Reason::BadAddress),
            ]
        );
    }

    proptest! {
        #[test]
        fn any_text(text in "(https://a.example|query:|exec:| |\n|\"|\\\\|#|~|!|\\PC){0,40}") {
            let _ = parse_urls(&text);
        }
    }
}
