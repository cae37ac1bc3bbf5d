//! From what a person names to the feed that is meant: by what is known of the site, by what its
//! page says, and by looking where feeds usually are.

use super::subscribe::request;
use crate::feed::{self, Alternate, NotAFeed, What, discover};
use crate::net::{Answer, Error, Fetched, Request};
use crate::text::{Link, charset};

/// The most usual places that are looked at; each is a request to the site.
const MAX_GUESSES: usize = 12;

/// The most hints of a `robots.txt` that are followed.
const MAX_HINTS: usize = 3;

/// What an address led to.
#[derive(Debug)]
pub struct Led {
    /// Where the answer is from: the address itself, or that of the feed it led to.
    pub address: Link,
    /// What came from there.
    pub answer: Result<Answer, Error>,
    /// Other feeds of the same thing, as far as is known without asking for them.
    pub others: Vec<Alternate>,
}

/// Looks for the feed that `asked` means, with `fetch` for the network. What is a feed, or a page that
/// names feeds, is given as it came; a page that names none is, if a feed is found behind it by rule
/// or in a usual place, replaced by that; and is given as it came otherwise. At most 20 requests.
pub fn led(asked: &Link, mut fetch: impl FnMut(Request) -> Result<Answer, Error>) -> Led {
    // The rules are for pages: that of a repository would lead from one of its feeds to another.
    let known = if discover::is_feeds_own(asked) { None } else { by_rule(asked, &mut fetch) };
    if let Some(known) = known {
        return known;
    }
    let answer = fetch(request(asked));
    let Some(page) = nameless_page(&answer) else {
        return Led { address: asked.clone(), answer, others: Vec::new() };
    };
    let html = charset::decode(&page.bytes, page.content_type.as_deref()).text;
    let place = page.final_address.clone();
    // The page may be one of a known site under another address (`youtube.com/@name`).
    let canonical = discover::canonical(&html, &place).filter(|canonical| canonical != asked);
    if let Some(known) = canonical.and_then(|canonical| by_rule(&canonical, &mut fetch)) {
        return known;
    }
    let guesses = discover::guesses(&place).into_iter().take(MAX_GUESSES);
    let found = first_feed(guesses, &mut fetch).or_else(|| first_feed(hints(&place, &mut fetch), &mut fetch));
    if let Some((address, answer)) = found {
        return Led { address, answer, others: Vec::new() };
    }
    Led { address: asked.clone(), answer, others: Vec::new() }
}

/// The first feed that a rule names and that is there; the others of the rule beside it.
fn by_rule(page: &Link, fetch: &mut impl FnMut(Request) -> Result<Answer, Error>) -> Option<Led> {
    let mut named = discover::by_rule(page);
    for at in 0..named.len() {
        let answer = fetch(request(&named[at].link));
        if is_feed(&answer) {
            let chosen = named.remove(at);
            return Some(Led { address: chosen.link, answer, others: named });
        }
    }
    None
}

/// The first of these addresses at which a feed is, and the feed.
fn first_feed(
    at: impl IntoIterator<Item = Link>,
    fetch: &mut impl FnMut(Request) -> Result<Answer, Error>,
) -> Option<(Link, Result<Answer, Error>)> {
    at.into_iter().find_map(|address| {
        let answer = fetch(request(&address));
        is_feed(&answer).then_some((address, answer))
    })
}

/// Feeds that a site lists for search engines.
fn hints(page: &Link, fetch: &mut impl FnMut(Request) -> Result<Answer, Error>) -> Vec<Link> {
    let robots = page.join("/robots.txt").map(|robots| fetch(request(&robots)));
    let Some(Ok(Answer::Fetched(robots))) = robots else { return Vec::new() };
    let text = charset::decode(&robots.bytes, robots.content_type.as_deref()).text;
    let mut found = discover::hints(&text, page);
    found.truncate(MAX_HINTS);
    found
}

/// The page, if that is what came and it names no feed.
fn nameless_page(answer: &Result<Answer, Error>) -> Option<&Fetched> {
    let Ok(Answer::Fetched(page)) = answer else { return None };
    match feed::parse(&page.bytes, page.content_type.as_deref(), Some(&page.final_address)) {
        Err(NotAFeed { what: What::Html, alternates }) if alternates.is_empty() => Some(page),
        _ => None,
    }
}

fn is_feed(answer: &Result<Answer, Error>) -> bool {
    let Ok(Answer::Fetched(page)) = answer else { return false };
    feed::parse(&page.bytes, page.content_type.as_deref(), Some(&page.final_address)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Validators;

    /// A web of a few addresses, and what was asked of it.
    fn look(asked: &str, web: &[(&str, &str)]) -> (Led, Vec<String>) {
        let mut requests = Vec::new();
        let led = led(&Link::parse(asked).unwrap(), |request| {
            let address = request.address;
            requests.push(address.as_str().to_owned());
            let body = web.iter().find(|(have, _)| *have == address.as_str()).map(|(_, body)| *body);
            Ok(body.map_or(Answer::Gone, |body| {
                Answer::Fetched(Fetched {
                    bytes: body.as_bytes().to_vec(),
                    content_type: None,
                    final_address: address,
                    moved_permanently: None,
                    validators: Validators::default(),
                    fresh_for: None,
                })
            }))
        });
        (led, requests)
    }

    const FEED: &str = "<rss><channel><title>F</title></channel></rss>";
    const PAGE: &str = "<!doctype html><html><body><p>Hello</p></body></html>";

    #[test]
    fn a_feed_and_a_page_that_names_one_are_given_as_they_came() {
        for body in [FEED, "<html><link rel=alternate type=application/rss+xml href=/f></html>"] {
            let (led, requests) = look("https://a.example/x", &[("https://a.example/x", body)]);
            assert_eq!((led.address.as_str(), requests.len()), ("https://a.example/x", 1));
        }
    }

    #[test]
    fn a_known_site_is_not_asked_for_its_page() {
        let web = [("https://github.com/a/b/commits.atom", FEED)];
        let (led, requests) = look("https://github.com/a/b", &web);
        assert_eq!(led.address.as_str(), "https://github.com/a/b/commits.atom");
        let others: Vec<&str> = led.others.iter().map(|other| other.link.as_str()).collect();
        assert_eq!(others, ["https://github.com/a/b/releases.atom", "https://github.com/a/b/tags.atom"]);
        assert_eq!(requests.len(), 2, "the first of the rule was not there");
    }

    #[test]
    fn a_feed_of_a_known_site_is_taken_at_its_word() {
        for own in [
            "https://github.com/a/b/tags.atom",
            "https://www.reddit.com/r/a/new/.rss",
            "https://stackoverflow.com/feeds/tag/a",
            "https://gitlab.com/a/b/-/tags?format=atom",
        ] {
            let (led, requests) = look(own, &[(own, FEED)]);
            assert_eq!((led.address.as_str(), requests.len()), (own, 1));
        }
    }

    #[test]
    fn the_usual_places_and_the_hints_of_a_site() {
        let (led, _) = look("https://a.example/", &[("https://a.example/", PAGE), ("https://a.example/rss.xml", FEED)]);
        assert_eq!(led.address.as_str(), "https://a.example/rss.xml");
        let robots = "User-agent: *\nSitemap: https://a.example/sitemap.xml\nSitemap: https://a.example/odd/feed.xml\n";
        let web = [
            ("https://a.example/", PAGE),
            ("https://a.example/robots.txt", robots),
            ("https://a.example/odd/feed.xml", FEED),
        ];
        assert_eq!(look("https://a.example/", &web).0.address.as_str(), "https://a.example/odd/feed.xml");
    }

    #[test]
    fn a_channel_behind_a_handle() {
        let page = "<html><link rel=canonical href='https://www.youtube.com/channel/UC1'><body>x</body></html>";
        let feed = "https://www.youtube.com/feeds/videos.xml?channel_id=UC1";
        let (led, _) = look("https://www.youtube.com/@name", &[("https://www.youtube.com/@name", page), (feed, FEED)]);
        assert_eq!(led.address.as_str(), feed);
    }

    #[test]
    fn a_page_without_any_feed_stays_a_page() {
        let (led, requests) = look("https://a.example/1.html", &[("https://a.example/1.html", PAGE)]);
        assert_eq!(led.address.as_str(), "https://a.example/1.html");
        assert!(requests.len() <= 20, "{requests:?}");
    }
}
