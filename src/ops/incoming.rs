//! From what feeds and pages give to what the store takes.

use xxhash_rust::xxh3::xxh3_128;

use super::edition;
use crate::clean;
use crate::extract::{self, Extracted};
use crate::feed::{self, Entry, FeedHead};
use crate::model::{ArticleId, Document, Enclosed, FeedAddress, FeedId, NewArticle, Time};
use crate::store::{self, NewFeed, Step, Taken, Writing};
use crate::text::fold::fold;
use crate::text::{Clean, Link, Raw};

/// The longest summary that can stand under a headline, in characters; a longer one is a text.
const MAX_STANDFIRST: usize = 600;

/// The longest summary that is kept beside the text, in characters.
const MAX_SUMMARY: usize = 4000;

/// An entry of a feed as an article.
pub(super) fn article(entry: &Entry) -> NewArticle {
    let base = entry.base.as_ref().or(entry.link.as_ref());
    let document = |html: &Option<Raw>| {
        html.as_ref().map(|html| extract::fragment(html.untrusted(), base)).filter(|document| !document.is_empty())
    };
    let summary = document(&entry.summary_html);
    let summary_line = summary.as_ref().map(|summary| shortened(&summary.readable_text()));
    let (document, standfirst) = match (document(&entry.content_html), summary) {
        (Some(content), Some(summary)) => {
            let standfirst = standfirst(&summary, &content);
            (content, standfirst)
        }
        (one, other) => (one.or(other).unwrap_or_default(), None),
    };
    NewArticle {
        guid: feed::identity(entry),
        title: entry.title.clone(),
        source: entry.source.clone(),
        link: entry.link.as_ref().map(Link::without_tracking),
        byline: entry.byline.clone(),
        standfirst,
        summary: summary_line.filter(|summary| !summary.is_empty()),
        published: entry.published.or(entry.updated),
        updated: entry.updated,
        comments: entry.comments.clone(),
        image: entry.image.clone(),
        enclosures: entry.enclosures.clone(),
        categories: entry.categories.clone(),
        lang: entry.lang.clone(),
        document,
        ..NewArticle::default()
    }
}

/// A summary in one line. Where it is the whole text, and long, its beginning is enough: the rest
/// stands in the text.
fn shortened(summary: &str) -> Clean {
    match summary.char_indices().nth(MAX_SUMMARY) {
        Some((cut, _)) => clean!("{}…", Clean::new(&summary[..cut])),
        None => Clean::new(summary),
    }
}

/// A summary that says something else than the beginning of the text, and is short.
fn standfirst(summary: &Document, content: &Document) -> Option<Clean> {
    let summary = Clean::new(&summary.readable_text());
    if summary.is_empty() || summary.as_str().chars().count() > MAX_STANDFIRST {
        return None;
    }
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    // Many feeds make the summary by cutting the text, and some end it with dots.
    let same = letters(&content.readable_text()).starts_with(&letters(summary.as_str()));
    (!same).then_some(summary)
}

/// What a feed says of itself, for the store.
pub(super) fn head(head: &FeedHead) -> store::FeedHead {
    store::FeedHead {
        title: head.title.clone(),
        site: head.site.clone(),
        description: head.description.clone(),
        lang: head.lang.clone(),
        interval_minutes: head.ttl_minutes,
        skip_hours: head.skip_hours.iter().filter(|hour| **hour < 24).fold(0, |bits, hour| bits | 1 << hour),
        skip_days: head.skip_days.iter().filter(|day| **day < 7).fold(0, |bits, day| bits | 1 << day),
    }
}

/// A page as an article, with the headlines that stood on it as stubs behind it. `address` is where
/// it was fetched, if it was.
pub(super) fn page(page: &Extracted, address: Option<&Link>, now: Time) -> Vec<NewArticle> {
    let link = page.link.as_ref().or(address).map(Link::without_tracking);
    let published = page.published.filter(|published| *published <= now);
    let stubs: Vec<NewArticle> = page
        .related
        .iter()
        .enumerate()
        .map(|(n, headline)| {
            let link = headline.link.as_ref().map(Link::without_tracking);
            NewArticle {
                guid: link
                    .as_ref()
                    .map_or_else(|| named("headline", headline.title.as_str()), |link| Clean::new(link.as_str())),
                title: headline.title.clone(),
                source: page.site.clone(),
                link,
                // They stand below their article in a list, in their order.
                published: Some(Time(published.unwrap_or(now).0.saturating_sub(1 + n as i64))),
                lang: page.lang.clone(),
                stub: true,
                ..NewArticle::default()
            }
        })
        .collect();
    let article = NewArticle {
        guid: link
            .as_ref()
            .map_or_else(|| named("page", &format!("{}\n{}", page.title, page.text)), |link| Clean::new(link.as_str())),
        title: page.title.clone(),
        source: page.site.clone().or_else(|| link.as_ref().map(|link| Clean::new(link.host()))),
        link,
        byline: page.byline.clone(),
        dateline: page.dateline.clone(),
        standfirst: page.standfirst.clone(),
        published: page.published,
        image: page.image.clone(),
        lang: page.lang.clone(),
        document: page.document.clone(),
        full: true,
        related: stubs.iter().map(|stub| stub.guid.clone()).collect(),
        ..NewArticle::default()
    };
    std::iter::once(article).chain(stubs).collect()
}

/// Keeps the pictures that came with an article's page.
pub(super) fn enclosed(writing: &mut Writing<'_>, id: ArticleId, pictures: &[Enclosed]) -> Step<()> {
    pictures.iter().try_for_each(|picture| writing.keep_enclosed(id, picture))
}

/// A name for what came without one, made of what it says: the same the next time.
pub(super) fn named(kind: &str, text: &str) -> Clean {
    clean!("{kind}:{:032x}", xxh3_128(fold(text).as_bytes()))
}

/// The feed of what a person brings in by hand.
pub(super) fn saved(writing: &mut Writing<'_>, now: Time) -> Step<FeedId> {
    Ok(writing.add_feed(&NewFeed::at(FeedAddress::Saved), now)?.0)
}

/// Takes articles in. The first real news takes the sample's place.
pub(super) fn take_in(writing: &mut Writing<'_>, feed: FeedId, articles: &[NewArticle], now: Time) -> Step<Taken> {
    let taken = writing.take_in(feed, articles, now)?;
    if !taken.new.is_empty() {
        edition::retire(writing)?;
    }
    Ok(taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(content: Option<&str>, summary: Option<&str>) -> Entry {
        Entry {
            title: "T".into(),
            content_html: content.map(Raw::from),
            summary_html: summary.map(Raw::from),
            ..Entry::default()
        }
    }

    #[test]
    fn a_summary_is_the_text_where_there_is_no_other_and_the_standfirst_where_it_differs() {
        let only = article(&entry(None, Some("<p>Short.</p>")));
        assert_eq!((only.document.plain_text().as_str(), only.standfirst), ("Short.", None));
        assert_eq!(only.summary, Some("Short.".into()));
        let cut = article(&entry(Some("<p>One two three four.</p>"), Some("One two three...")));
        assert_eq!((cut.standfirst, cut.summary), (None, Some("One two three...".into())));
        let other = article(&entry(Some("<p>One two.</p>"), Some("What it <b>means</b>")));
        assert_eq!(other.standfirst, Some("What it means".into()));
        let long = article(&entry(Some("<p>One two.</p>"), Some(&"word ".repeat(200))));
        assert_eq!(long.standfirst, None);
        assert!(article(&entry(None, Some(&"word ".repeat(2000)))).summary.unwrap().as_str().ends_with("d…"));
        let empty = article(&entry(Some("  "), Some("<p>The text.</p>")));
        assert_eq!((empty.document.plain_text().as_str(), empty.standfirst), ("The text.", None));
    }
}
