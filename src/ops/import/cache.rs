//! What newsboat has read and flagged, from its `cache.db`, as articles of the feeds that are
//! subscribed to here.

use std::path::{Path, PathBuf};

use super::{Failure, Progress, Report, Skipped, What, called_off, stopped};
use crate::clean;
use crate::extract;
use crate::feed::{self, Entry};
use crate::model::{ArticleId, Enclosure, FeedAddress, FeedId, NewArticle, Time};
use crate::ops::incoming;
use crate::store::{CachedItem, NewsboatCache, Safety, Store};
use crate::text::{Clean, Link, Raw};

/// Where newsboat keeps its cache, given where its `urls` are: beside them, or in the data directory
/// that goes with `~/.config`.
pub(super) fn beside(urls: &Path) -> Option<PathBuf> {
    let directory = urls.parent()?;
    let data = directory.parent().and_then(Path::parent).map(|home| home.join(".local/share/newsboat/cache.db"));
    [Some(directory.join("cache.db")), data].into_iter().flatten().find(|path| path.is_file())
}

/// Takes in what a cache holds of the feeds that are subscribed to: articles, which of them were read,
/// and flags (a flagged article is bookmarked and gets the flag's letter as a tag). What is left out is
/// named. Needs memory for one feed's articles.
///
/// # Errors
/// That it is no cache of newsboat, cannot be read, or the store cannot be written.
pub(super) fn import(
    store: &mut Store,
    path: &Path,
    name: &Clean,
    now: Time,
    progress: Progress<'_>,
) -> Result<Report, Failure> {
    let cache = NewsboatCache::open(path)?;
    let mut report = Report::new(What::NewsboatCache, name.clone());
    let feeds = cache.feeds()?;
    for (done, written) in feeds.iter().enumerate() {
        if !progress(done as u64, feeds.len() as u64) {
            report.skipped.insert(0, called_off(&clean!("{} feeds of {name}", feeds.len() - done)));
            break;
        }
        let address = Link::parse(written.untrusted()).filter(Link::is_web).map(FeedAddress::Web);
        let feed = match &address {
            Some(address) => store.reader().feed_at(address)?,
            None => None,
        };
        let items = cache.items(written)?;
        let Some(feed) = feed else {
            let why = clean!("{}: it is not subscribed to here, so {} of it stay there", written.line(), items.len());
            report.skipped.push(Skipped { line: 0, why: clean!("{why} (articles)") });
            continue;
        };
        let taken = of_feed(store, feed, &written.line(), items, &mut report, now);
        taken.map_err(|failure| stopped(failure, &report))?;
    }
    Ok(report)
}

/// Takes in the articles of one feed, in one transaction.
fn of_feed(
    store: &mut Store,
    feed: FeedId,
    name: &Clean,
    items: Vec<CachedItem>,
    report: &mut Report,
    now: Time,
) -> Result<(), Failure> {
    let (deleted, items): (Vec<_>, Vec<_>) = items.into_iter().partition(|item| item.deleted);
    if !deleted.is_empty() {
        let why = match deleted.len() {
            1 => clean!("{name}: 1 article was deleted in newsboat"),
            many => clean!("{name}: {many} articles were deleted in newsboat"),
        };
        report.skipped.push(Skipped { line: 0, why });
    }
    let articles: Vec<NewArticle> = items.iter().map(article).collect();
    let (taken, read, flagged) = store.write(Safety::Person, "importing newsboat's articles", |w| {
        // What is here came from the feed itself, after newsboat had it or at the same time.
        w.comes_late();
        let taken = incoming::take_in(w, feed, &articles, now)?;
        let with = |wanted: &dyn Fn(&CachedItem) -> bool| -> Vec<ArticleId> {
            let both = items.iter().zip(&taken.ids);
            both.filter(|(item, _)| wanted(item)).filter_map(|(_, id)| *id).collect()
        };
        let read = w.mark_read(&with(&|item| !item.unread), true)?.len();
        let flagged = w.bookmark(&with(&|item| !item.flags.is_empty()), true, now)?.len();
        let mut letters: Vec<char> = items.iter().flat_map(|item| item.flags.as_str().chars()).collect();
        letters.sort_unstable();
        letters.dedup();
        for letter in letters.into_iter().filter(|letter| letter.is_alphanumeric()) {
            w.tag(&with(&|item| item.flags.as_str().contains(letter)), &Clean::new(&letter.to_string()), true)?;
        }
        Ok((taken, read, flagged))
    })?;
    report.count(&taken, articles.len());
    report.read += read;
    report.bookmarked += flagged;
    Ok(())
}

fn article(item: &CachedItem) -> NewArticle {
    let link = Link::parse(item.link.untrusted()).filter(Link::is_web);
    let said = |raw: &Raw| Some(raw.line()).filter(|line| !line.is_empty());
    let entry = Entry {
        guid: Some(item.guid.clone()).filter(|guid| !guid.untrusted().trim().is_empty()),
        title: item.title.line(),
        link: link.clone(),
        published: item.published,
        ..Entry::default()
    };
    let (address, media_type) = &item.enclosure;
    let enclosure = Link::parse(address.untrusted()).filter(Link::is_web);
    NewArticle {
        guid: feed::identity(&entry),
        title: entry.title,
        link: link.as_ref().map(Link::without_tracking),
        byline: said(&item.author),
        published: item.published,
        enclosures: enclosure
            .map(|link| Enclosure { link, media_type: said(media_type), bytes: None })
            .into_iter()
            .collect(),
        document: extract::fragment(item.html.untrusted(), link.as_ref()),
        ..NewArticle::default()
    }
}
