//! Lists of feeds: OPML and newsboat's `urls`. The feeds are subscribed to; nothing is fetched before
//! the next refresh.

use super::{Failure, Kind, Report, Skipped, What};
use crate::clean;
use crate::feed::newsboat::{self, Urls};
use crate::feed::opml::{self, Outline};
use crate::model::{FeedAddress, Time};
use crate::store::{NewFeed, Safety, Store};
use crate::text::fold::fold;
use crate::text::{Clean, Link};

/// A feed of a list.
struct Listed {
    address: Link,
    title: Option<Clean>,
    own_title: Option<Clean>,
    site: Option<Link>,
    /// The folder, outermost first.
    folders: Vec<Clean>,
}

pub(super) fn opml(store: &mut Store, list: Outline, name: &Clean, now: Time) -> Result<Report, Failure> {
    if list.feeds.is_empty() {
        return Err(no_feeds(&list, name));
    }
    let mut report = Report::new(What::Opml, name.clone());
    report.skipped.extend(
        list.rejected.iter().map(|rejected| Skipped { line: 0, why: clean!("{}: {}", rejected.what, rejected.why) }),
    );
    if list.cut {
        let why = "the file breaks off before its end, so feeds may be missing; export it again";
        report.skipped.push(Skipped { line: 0, why: why.into() });
    }
    let mut feeds = Vec::with_capacity(list.feeds.len());
    for feed in list.feeds {
        let address = without_password(feed.address, &mut report);
        // A feed stands in one folder: that of the list, else its first category, which may be a way.
        let (mut folders, mut tags) = (feed.folders, feed.tags.into_iter());
        if folders.is_empty()
            && let Some(first) = tags.next()
        {
            let names = first.as_str().split('/').map(Clean::new).filter(|name| !name.is_empty());
            folders = names.take(opml::MAX_DEPTH).collect();
        }
        let said = folders.iter().map(|name| fold(name.as_str())).collect::<Vec<_>>();
        // Newsboat and others say the folder once more as a category.
        let tags: Vec<Clean> = tags
            .filter(|tag| said.last() != Some(&fold(tag.as_str())) && said.join("/") != fold(tag.as_str()))
            .collect();
        not_kept(&mut report, &address, &tags);
        feeds.push(Listed { address, title: feed.title, own_title: None, site: feed.site, folders });
    }
    subscribe(store, &feeds, &mut report, now)?;
    Ok(report)
}

/// A list that gives nothing, and the likeliest reason.
fn no_feeds(list: &Outline, name: &Clean) -> Failure {
    if list.cut {
        let failure = Failure::new(Kind::Data, clean!("{name} breaks off before its first feed"));
        return failure.hint("export the list again, or fetch it again");
    }
    let why = match list.rejected.as_slice() {
        [] => Clean::default(),
        [one] => clean!("({}: {})", one.what, one.why),
        [first, more @ ..] => clean!("({}: {}; and {} more)", first.what, first.why, more.len()),
    };
    Failure::new(Kind::Data, clean!("{name} is a list of feeds (OPML) without a feed {why}"))
        .hint("a feed in it is an outline with its address in xmlUrl")
}

pub(super) fn urls(store: &mut Store, list: Urls, name: &Clean, now: Time) -> Result<Report, Failure> {
    let mut report = Report::new(What::Newsboat, name.clone());
    report.skipped.extend(
        list.rejected
            .iter()
            .map(|rejected| Skipped { line: rejected.line, why: clean!("{}: {}", rejected.what, rejected.why) }),
    );
    keep_queries(store, &list.queries, &mut report, now)?;
    let mut feeds = Vec::with_capacity(list.feeds.len());
    for feed in list.feeds {
        let address = without_password(feed.address, &mut report);
        if feed.hidden {
            report.notes.push(clean!("{address}: it is hidden in newsboat, and is shown here"));
        }
        // A feed stands in one folder: its first tag.
        let mut tags = feed.tags.into_iter();
        let folders = tags.next().into_iter().collect();
        not_kept(&mut report, &address, &tags.collect::<Vec<_>>());
        feeds.push(Listed { address, title: None, own_title: feed.title, site: None, folders });
    }
    subscribe(store, &feeds, &mut report, now)?;
    Ok(report)
}

/// Keeps the query feeds that can be said in Dateline's language, and names the others.
fn keep_queries(store: &mut Store, queries: &[newsboat::Query], report: &mut Report, now: Time) -> Result<(), Failure> {
    for query in queries {
        let settled = match newsboat::query(&query.expression) {
            Ok(settled) => settled,
            Err(why) => {
                report.skipped.push(Skipped { line: 0, why: clean!("query “{}”: {why}", query.title) });
                continue;
            }
        };
        let new = store.write(Safety::Person, "keeping a query", |w| w.keep_query(&query.title, &settled, now))?;
        if new {
            report.queries.push(query.title.clone());
        } else {
            let kept = store.reader().saved_queries()?;
            let same = kept.iter().any(|kept| kept.name == query.title && kept.query == settled);
            let why = if same { "it is kept already" } else { "that name is taken" };
            report.skipped.push(Skipped { line: 0, why: clean!("query “{}”: {why}", query.title) });
        }
    }
    Ok(())
}

/// An address as it may be stored: a password in it would stand in the clear wherever the address does.
/// Where it had one that is said, without it.
pub(super) fn without_password(address: Link, report: &mut Report) -> Link {
    let Some(bare) = bare(&address) else { return address };
    report.notes.push(clean!(
        "{bare}: the password in its address was not taken over; name it under [[feed]] in the configuration \
         (`dateline config default`)"
    ));
    bare
}

/// The address without the name and password in it; `None` where it has no password.
fn bare(address: &Link) -> Option<Link> {
    let mut url = url::Url::parse(address.as_str()).ok()?;
    url.password()?;
    url.set_password(None).and_then(|()| url.set_username("")).ok()?;
    Link::parse(url.as_str())
}

/// Says which tags of a feed were not taken over.
fn not_kept(report: &mut Report, address: &Link, tags: &[Clean]) {
    if !tags.is_empty() {
        let tags: Vec<&str> = tags.iter().map(Clean::as_str).collect();
        report.skipped.push(Skipped {
            line: 0,
            why: clean!("{address}: a feed stands in one folder, so these tags were left out: {}", tags.join(", ")),
        });
    }
}

fn subscribe(store: &mut Store, feeds: &[Listed], report: &mut Report, now: Time) -> Result<(), Failure> {
    let added = store.write(Safety::Person, "importing feeds", |w| {
        let mut added = Vec::new();
        for feed in feeds {
            let mut folder = None;
            for name in feed.folders.iter().filter(|name| !name.is_empty()) {
                folder = Some(w.folder(name, folder)?);
            }
            let new = NewFeed {
                title: feed.title.clone(),
                own_title: feed.own_title.clone(),
                site: feed.site.clone(),
                folder,
                ..NewFeed::at(FeedAddress::Web(feed.address.clone()))
            };
            added.push(w.add_feed(&new, now)?.1);
        }
        Ok(added)
    })?;
    for (feed, new) in feeds.iter().zip(added) {
        if new {
            let title = feed.own_title.as_ref().or(feed.title.as_ref());
            report.feeds.push(title.cloned().unwrap_or_else(|| Clean::new(feed.address.as_str())));
        } else {
            report.feeds_known += 1;
        }
    }
    Ok(())
}
