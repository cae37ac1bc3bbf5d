//! Adding feeds and pages by their addresses, and letting feeds go.

use super::{Failure, Kind, incoming};
use crate::clean;
use crate::extract::{self, Gate};
use crate::feed::{self, Alternate, What};
use crate::model::{ArticleId, FeedAddress, FeedId, Time};
use crate::net::{Answer, Error, Fetched as Page, Request};
use crate::store::{Fetched, NewFeed, Safety, Store};
use crate::text::{Clean, Link, charset};

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
    found.filter(Link::is_web).ok_or_else(|| {
        Failure::new(Kind::Usage, clean!("“{typed}” is not an address on the web"))
            .hint("an address looks like https://example.org/feed.xml or example.org")
    })
}

/// What to ask the network for, to add `address`.
#[must_use]
pub fn request(address: &Link) -> Request {
    Request::feed(address.clone())
}

/// Adds what came from `asked`: a feed is subscribed to and its articles stored; a page gives its
/// feeds to choose from, or is stored as an article where it has none. Adding what is there changes
/// nothing but brings its news.
///
/// # Errors
/// That it could not be fetched ([`Kind::Network`]), is neither feed nor page ([`Kind::Data`]), or
/// cannot be stored.
pub fn take_in(store: &mut Store, asked: &Link, answer: Result<Answer, Error>, now: Time) -> Result<Added, Failure> {
    let page = fetched(asked, answer)?;
    let parsed = match feed::parse(&page.bytes, page.content_type.as_deref(), Some(&page.final_address)) {
        Ok(parsed) => parsed,
        Err(not) if !not.alternates.is_empty() => return Ok(Added::Choose(not.alternates)),
        Err(not) if not.what == What::Html => return save(store, asked, page, now),
        Err(not) => {
            let failure = Failure::new(Kind::Data, clean!("{asked} is no feed: {}", instead(not.what)));
            return Err(match not.what {
                What::Opml => failure.hint(clean!("save it as a file, then `dateline import FILE`")),
                // A page would have been stored; a text is more often a robots.txt than an article.
                What::Text => failure.hint(
                    "give the address of a feed or of a page that names one; `dateline bookmark URL` keeps a page",
                ),
                _ => failure.hint("give the address of a feed, or of a page that names one"),
            });
        }
    };
    let address = FeedAddress::Web(page.moved_permanently.clone().unwrap_or_else(|| asked.clone()));
    let head = incoming::head(&parsed.feed);
    let articles: Vec<_> = parsed.entries.iter().map(incoming::article).collect();
    let (feed, known, taken) = store.write(Safety::Person, "subscribing", |w| {
        let new = NewFeed { title: head.title.clone(), site: head.site.clone(), ..NewFeed::at(address) };
        let (feed, new) = w.add_feed(&new, now)?;
        w.set_head(feed, &head)?;
        w.fetched(feed, &Fetched::Well(Some(page.validators.clone())), now)?;
        Ok((feed, !new, incoming::take_in(w, feed, &articles, now)?))
    })?;
    let title = store.reader().feed(feed)?.map_or_else(Clean::default, |feed| feed.title);
    Ok(Added::Feed { feed, title, new: taken.new.len(), known })
}

/// Stores a page as an article, whether it names feeds or not (`dateline bookmark URL`).
///
/// # Errors
/// As [`take_in`], and that there is no article on the page.
pub fn save_page(store: &mut Store, asked: &Link, answer: Result<Answer, Error>, now: Time) -> Result<Added, Failure> {
    let page = fetched(asked, answer)?;
    save(store, asked, page, now)
}

fn fetched(asked: &Link, answer: Result<Answer, Error>) -> Result<Page, Failure> {
    match answer {
        Ok(Answer::Fetched(page)) => Ok(page),
        Ok(Answer::Gone) => Err(Failure::new(Kind::Network, clean!("{asked} was taken away for good"))),
        // Nothing was asked conditionally.
        Ok(Answer::NotModified) => Err(Failure::new(Kind::Network, clean!("{asked} gave no content"))),
        Err(error) => Err(unreachable(asked, &error)),
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

/// A network's error as a failure.
pub(super) fn unreachable(asked: &Link, error: &Error) -> Failure {
    let failure = Failure::new(Kind::Network, clean!("{error}"));
    match error {
        Error::Status { code: 500..=599, .. } => failure.hint("the server has trouble; try again later"),
        _ => failure.hint(clean!("check the address {asked} and your connection")),
    }
}

fn save(store: &mut Store, asked: &Link, page: Page, now: Time) -> Result<Added, Failure> {
    let html = charset::decode(&page.bytes, page.content_type.as_deref());
    let extracted = extract::page(&html.text, Some(&page.final_address)).map_err(|why| {
        Failure::new(Kind::Data, clean!("{asked} gives no article: {why}"))
            .hint("give the address of an article, of a feed, or of a page that names one")
    })?;
    let articles = incoming::page(&extracted, Some(&page.final_address), now);
    let taken = store.write(Safety::Person, "saving a page", |w| {
        let saved = incoming::saved(w, now)?;
        incoming::take_in(w, saved, &articles, now)
    })?;
    let article = taken.ids.first().copied().flatten().ok_or_else(|| removed(&extracted.title))?;
    Ok(Added::Article { article, title: extracted.title, gate: extracted.gate })
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

/// Gives a feed the person's own name; `None` goes back to the feed's.
///
/// # Errors
/// That the store cannot be written.
pub fn rename(store: &mut Store, feed: FeedId, name: Option<&Clean>) -> Result<(), Failure> {
    Ok(store.write(Safety::Person, "renaming a feed", |w| w.rename_feed(feed, name))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_as_people_type_them() {
        for (typed, address_is) in [
            ("https://a.example/x", "https://a.example/x"),
            ("HTTP://a.example", "http://a.example/"),
            ("lwn.net", "https://lwn.net/"),
            (" lwn.net/feed ", "https://lwn.net/feed"),
            ("feed:https://a.example/x", "https://a.example/x"),
            ("feed://a.example/x", "https://a.example/x"),
            ("localhost:8000/x", "http://localhost:8000/x"),
            ("127.0.0.1:8000", "http://127.0.0.1:8000/"),
            ("пример.рф", "https://xn--e1afmkfd.xn--p1ai/"),
        ] {
            assert_eq!(address(typed).unwrap().as_str(), address_is, "{typed}");
        }
        for bad in
            ["", "feed", "a b.example", "ftp://a.example", "javascript:alert(1)", "http://", "../x", "mailto:a@b.c"]
        {
            assert_eq!(address(bad).unwrap_err().kind, Kind::Usage, "{bad}");
        }
    }
}
