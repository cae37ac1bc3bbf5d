//! Adding feeds and pages by their addresses, and letting feeds go.

mod page;

use super::network::unreachable;
use super::refresh::schedule;
use super::{Failure, Kind, incoming};
use crate::clean;
use crate::extract::Gate;
use crate::feed::{self, Alternate, Parsed, What};
use crate::model::site::Site;
use crate::model::{ArticleId, CommandLine, FeedAddress, FeedId, LocalFile, Time, Validators};
use crate::net::{Answer, Ask, Error, Fetched as Page, Local, Request};
use crate::store::{Fetched, NewFeed, Safety, Store};
use crate::text::{Clean, Link};
use page::{as_stored, save};
pub use page::{await_page, comes_later, read_page, save_page, stored};

/// What came of adding an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is a feed, and is subscribed to now.
    Feed {
        /// The feed.
        feed: FeedId,
        /// Its title.
        title: Clean,
        /// Articles that it brought.
        new: usize,
        /// It was subscribed to before.
        known: bool,
    },
    /// It is a page that names these feeds: one of them is to be added instead. Never empty.
    Choose(Vec<Alternate>),
    /// It is a page without a feed, and is stored as an article now.
    Article {
        /// The article.
        article: ArticleId,
        /// Its headline.
        title: Clean,
        /// What keeps the rest of it away, if something does.
        gate: Option<Gate>,
        /// It was stored before, by a feed or by hand: that article was taken, and no second one made.
        known: bool,
    },
}

/// Reads an address as people type it: without its scheme, with `feed:` before it, or whole.
///
/// # Errors
/// That it is no address on the web.
pub fn address(typed: &str) -> Result<Link, Failure> {
    let typed = typed.trim();
    let rest = match typed.get(..5) {
        Some(head) if head.eq_ignore_ascii_case("feed:") => &typed[5..],
        _ => typed,
    };
    let rest = rest.strip_prefix("//").unwrap_or(rest);
    let found = if rest.contains("://") {
        Link::parse(rest)
    } else {
        let host = rest.split(['/', ':', '?', '#']).next().unwrap_or("");
        let is_host = (host.contains('.') && !host.starts_with('.')) || host == "localhost" || rest.starts_with('[');
        // Servers on this machine rarely have certificates.
        let local = host == "localhost" || host.starts_with("127.") || rest.starts_with("[::1]");
        let scheme = if local { "http" } else { "https" };
        (is_host && !rest.contains(char::is_whitespace)).then(|| Link::parse(&format!("{scheme}://{rest}"))).flatten()
    };
    let found = found.filter(Link::is_web).ok_or_else(|| {
        let failure = Failure::new(Kind::Usage, clean!("“{typed}” is not an address on the web"));
        if typed.starts_with(['/', '~', '.']) {
            return failure.hint("a file is taken in with import; file: before its whole path subscribes to it");
        }
        failure.hint("an address looks like https://example.org/feed.xml or example.org")
    })?;
    let url = url::Url::parse(found.as_str()).ok();
    if url.is_some_and(|url| url.password().is_some()) {
        // Neither here nor in the store: it would be shown wherever the address is.
        return Err(Failure::new(Kind::Usage, clean!("the address of {} holds a password", found.host()))
            .hint("leave it out, and name it under [[feed]] in the configuration (`dateline config default`)"));
    }
    Ok(found)
}

/// Reads what a person typed by hand as the address of a feed: as [`address`], and `exec:` with a
/// command or `file:` with a path. Only for what was typed: a page, a list of feeds or a redirect may
/// name neither.
///
/// # Errors
/// That it is none of these.
pub fn typed(typed: &str) -> Result<FeedAddress, Failure> {
    let text = typed.trim();
    if text.starts_with(CommandLine::SCHEME) {
        return CommandLine::parse(text).map(FeedAddress::Command).ok_or_else(|| {
            Failure::new(Kind::Usage, clean!("“{text}” names no command"))
                .hint("it looks like exec:~/bin/feed \"two words\": a program, then its arguments; no shell reads it")
        });
    }
    if let Some(path) = text.strip_prefix(LocalFile::SCHEME) {
        let named = LocalFile::parse(text).or_else(|| LocalFile::at(&absolute(path)?));
        return named.map(FeedAddress::File).ok_or_else(|| {
            Failure::new(Kind::Usage, clean!("“{text}” names no file of this machine"))
                .hint("it looks like file:///home/ada/feed.xml or file:feed.xml")
        });
    }
    address(text).map(FeedAddress::Web)
}

/// A path as people write it behind `file:`, made absolute.
fn absolute(path: &str) -> Option<std::path::PathBuf> {
    match (path.strip_prefix("~/"), directories::BaseDirs::new()) {
        (Some(rest), Some(dirs)) => Some(dirs.home_dir().join(rest)),
        _ if path.is_empty() || path.starts_with("//") => None,
        _ => std::path::absolute(path).ok(),
    }
}

/// What to ask for, to have the feed at `address`.
#[must_use]
pub fn ask(address: &FeedAddress, validators: Validators) -> Ask {
    match address {
        FeedAddress::Web(link) => Request::feed(link.clone()).with_validators(validators).into(),
        FeedAddress::Command(command) => Local::Command(command.words()).into(),
        FeedAddress::File(file) => Local::File(file.path(), validators).into(),
        // Nothing is ever asked for these; asking for no command is answered with an error.
        FeedAddress::Edition | FeedAddress::Saved | FeedAddress::Passing => Local::Command(Vec::new()).into(),
    }
}

/// What to ask the network for, to add `address`.
#[must_use]
pub fn request(address: &Link) -> Request {
    Request::feed(address.clone())
}

/// Adds what came from `asked`: a feed is subscribed to and its articles stored; a page gives its
/// feeds to choose from, or is stored as an article where it has none, taken out as a person has said
/// for some `sites`. Adding what is there changes nothing but brings its news.
///
/// # Errors
/// That it could not be fetched ([`Kind::Network`]), is neither feed nor page ([`Kind::Data`]), or
/// cannot be stored.
pub fn take_in(
    store: &mut Store,
    asked: &Link,
    answer: Result<Answer, Error>,
    sites: &[Site],
    now: Time,
) -> Result<Added, Failure> {
    let page = match fetched(asked, answer) {
        Ok(page) => page,
        Err(failure) => {
            let added = as_stored(store, asked, failure)?;
            return page::keep(store, added, now);
        }
    };
    let parsed = match feed::parse(&page.bytes, page.content_type.as_deref(), Some(&page.final_address)) {
        Ok(parsed) => parsed,
        Err(mut not) => {
            // A page may lead to other pages and nowhere else.
            not.alternates.retain(|named| named.link.is_web());
            return match not.what {
                _ if !not.alternates.is_empty() => Ok(Added::Choose(not.alternates)),
                What::Html => {
                    let added = save(store, asked, page, sites, page::Use::Kept, now)?;
                    page::keep(store, added, now)
                }
                what => Err(no_feed(&clean!("{asked}"), what)),
            };
        }
    };
    let address = FeedAddress::Web(page.moved_permanently.clone().unwrap_or_else(|| asked.clone()));
    let fresh = page.fresh_for.and_then(|wait| i64::try_from(wait.as_secs()).ok());
    let fetched = Fetched::Well(Some(page.validators), fresh.map(|wait| Time(now.0.saturating_add(wait))));
    subscribe(store, address, &parsed, &fetched, now)
}

/// Adds the feed that a command wrote or a file holds: see [`typed`].
///
/// # Errors
/// That it gave nothing or something that is no feed, or that it cannot be stored.
pub fn take_in_local(
    store: &mut Store,
    asked: &FeedAddress,
    answer: Result<Answer, Error>,
    now: Time,
) -> Result<Added, Failure> {
    let output = match answer {
        Ok(Answer::Local(output)) => output,
        Err(error) => return Err(Failure::new(Kind::Data, clean!("{error}"))),
        // Nothing else answers for this machine.
        Ok(_) => return Err(Failure::new(Kind::Data, clean!("{asked} gave no content"))),
    };
    let parsed = feed::parse(&output.bytes, None, None).map_err(|not| no_feed(&clean!("{asked}"), not.what))?;
    subscribe(store, asked.clone(), &parsed, &Fetched::Well(Some(output.validators), None), now)
}

fn subscribe(
    store: &mut Store,
    address: FeedAddress,
    parsed: &Parsed,
    fetched: &Fetched,
    now: Time,
) -> Result<Added, Failure> {
    let head = incoming::head(&parsed.feed);
    let articles: Vec<_> = parsed.entries.iter().map(incoming::article).collect();
    let (feed, known, taken) = store.write(Safety::Person, "subscribing", |w| {
        let new = NewFeed { title: head.title.clone(), site: head.site.clone(), ..NewFeed::at(address) };
        let (feed, new) = w.add_feed(&new, now)?;
        w.set_head(feed, &head)?;
        w.fetched(feed, fetched, now)?;
        let taken = incoming::take_in(w, feed, &articles, now)?;
        w.set_pace(feed, schedule::pace(&w.published_lately(feed, schedule::HISTORY)?))?;
        Ok((feed, !new, taken))
    })?;
    let title = store.reader().feed(feed)?.map_or_else(Clean::default, |feed| feed.title);
    Ok(Added::Feed { feed, title, new: taken.new.len(), known })
}

fn no_feed(asked: &Clean, what: What) -> Failure {
    let failure = Failure::new(Kind::Data, clean!("{asked} is no feed: {}", instead(what)));
    match what {
        What::Opml => failure.hint(clean!("save it as a file, then `dateline import FILE`")),
        // A page would have been stored; a text is more often a robots.txt than an article.
        What::Text => {
            failure.hint("give the address of a feed or of a page that names one; `dateline bookmark URL` keeps a page")
        }
        _ => failure.hint("give the address of a feed, or of a page that names one"),
    }
}

/// What came where a feed was asked for, to follow "is no feed: ".
pub(super) fn instead(what: What) -> &'static str {
    match what {
        What::Empty => "it is empty",
        What::Html => "it is a web page",
        What::Opml => "it is a list of feeds (OPML)",
        What::Xml => "it is XML of another kind",
        What::Json => "it is JSON of another kind",
        What::Binary => "it is not text",
        What::Text => "it is plain text",
    }
}

/// It was removed once and stays so.
pub(super) fn removed(title: &Clean) -> Failure {
    Failure::new(Kind::Data, clean!("“{title}” was removed earlier and stays so"))
}

/// Unsubscribes from a feed; bookmarked and tagged articles stay. Gives how many articles went.
///
/// # Errors
/// That the store cannot be written.
pub fn remove(store: &mut Store, feed: FeedId) -> Result<u64, Failure> {
    let edition = store.reader().feed(feed)?.is_some_and(|feed| feed.address == FeedAddress::Edition);
    Ok(store.write(Safety::Person, "unsubscribing", |w| {
        if edition { super::edition::retire(w) } else { w.remove_feed(feed) }
    })?)
}

fn fetched(asked: &Link, answer: Result<Answer, Error>) -> Result<Page, Failure> {
    match answer {
        Ok(Answer::Fetched(page)) => Ok(page),
        Ok(Answer::Gone) => Err(Failure::new(Kind::Network, clean!("{asked} was taken away for good"))),
        // Nothing was asked conditionally, and not of this machine.
        Ok(Answer::NotModified(_) | Answer::Local(_)) => {
            Err(Failure::new(Kind::Network, clean!("{asked} gave no content")))
        }
        Err(error) => Err(unreachable(asked, &error)),
    }
}

#[cfg(test)]
mod tests;
