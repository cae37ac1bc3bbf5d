//! What else a site says of itself: a page's own address, and what `robots.txt` lists.

use super::{MAX_ALTERNATES, looks_like_feed};
use crate::feed::entity::{self, Rules};
use crate::feed::token::{Token, Tokens};
use crate::text::Link;

/// How many tokens of a page are looked at: a head, and a long one.
const MAX_TOKENS: usize = 20_000;

/// The address that a page gives as its own (`<link rel=canonical>`), or, on a channel's page, that
/// of the channel (`<meta itemprop=channelId>`).
#[must_use]
pub fn canonical(html: &str, base: &Link) -> Option<Link> {
    Tokens::new(html).take(MAX_TOKENS).find_map(|token| {
        let Token::Start(tag) = token else { return None };
        if tag.name.eq_ignore_ascii_case("link") {
            let [rel, href] = tag.pick(["rel", "href"]);
            let own = rel?.trim().eq_ignore_ascii_case("canonical");
            return own.then(|| base.join(&entity::decode(href?, Rules::Html))).flatten().filter(Link::is_web);
        }
        if tag.name.eq_ignore_ascii_case("meta") {
            let [property, content] = tag.pick(["itemprop", "content"]);
            let channel = property?.trim() == "channelId" || property?.trim() == "identifier";
            let sound = content.filter(|id| {
                id.starts_with("UC") && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
            })?;
            return channel.then(|| base.join(&format!("/channel/{sound}"))).flatten();
        }
        None
    })
}

/// The feeds among the sitemaps that a `robots.txt` lists: search engines take feeds for sitemaps, and
/// many sites name theirs so. At most [`MAX_ALTERNATES`].
#[must_use]
pub fn hints(robots: &str, base: &Link) -> Vec<Link> {
    let listed = robots.lines().filter_map(|line| {
        let (name, address) = line.split_once(':')?;
        let link = base.join(address.trim()).filter(Link::is_web)?;
        (name.trim().eq_ignore_ascii_case("sitemap") && looks_like_feed(&link)).then_some(link)
    });
    listed.take(MAX_ALTERNATES).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_where_it_is() {
        let base = Link::parse("https://www.youtube.com/@name").unwrap();
        for (html, address) in [
            ("<link rel=canonical href='/channel/UC1'>", Some("https://www.youtube.com/channel/UC1")),
            ("<meta itemprop=channelId content=UC2>", Some("https://www.youtube.com/channel/UC2")),
            ("<meta itemprop=channelId content=\"UC2'>\">", None),
            ("<link rel=canonical href='javascript:x'>", None),
            ("<link rel=stylesheet href=x>", None),
        ] {
            assert_eq!(canonical(html, &base).as_ref().map(Link::as_str), address, "{html}");
        }
    }

    #[test]
    fn feeds_among_sitemaps() {
        let base = Link::parse("https://a.example/").unwrap();
        let robots = "User-agent: *\nSitemap: /sitemap.xml\nsitemap: https://a.example/news/rss.xml\nDisallow: /feed";
        let found = hints(robots, &base);
        assert_eq!(found.iter().map(Link::as_str).collect::<Vec<_>>(), ["https://a.example/news/rss.xml"]);
    }
}
