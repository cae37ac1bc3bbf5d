//! `dateline bookmark`: articles kept for good, stored ones by their numbers, others by the
//! addresses of their pages.

use super::output::{Exit, Outcome};
use super::records::DoneRecord;
use super::{Context, fetch, items, pick};
use crate::clean;
use crate::model::{Anchor, Article, ArticleId, Headline, Only, View};
use crate::net::Cancel;
use crate::ops::subscribe::{self, Added};
use crate::ops::{self, Failure, Kind, full_text};
use crate::store::{Reader, Store};
use crate::text::{Clean, Link};

/// Bookmarks looked through at a time.
const ROWS: usize = 500;

pub(super) fn run(context: &mut Context, articles: &[String], remove: bool) -> Outcome {
    let mut store = context.store()?;
    let mut bookmarked = Vec::new();
    let kept = items::each(
        context,
        articles,
        |name| Clean::new(name),
        |context, name| {
            let id = match (fetch::address(name), remove) {
                (None, _) => pick::article(store.reader(), name)?,
                (Some(link), true) => kept(context, store.reader(), &link)?.ok_or_else(|| not_stored(&link))?,
                (Some(link), false) => match subscribe::stored(store.reader(), &link)? {
                    Some(id) => id,
                    None => match save(context, &mut store, &link)? {
                        Kept::Now(id) => id,
                        Kept::Later(id, why) => return tell_later(context, id, &link, &why),
                    },
                },
            };
            let changed = ops::mark::bookmark(&mut store, &[id], !remove, context.now)?;
            bookmarked.extend((!remove).then_some(id));
            tell(context, store.reader(), id, remove, !changed.is_empty())
        },
    );
    // What of it is not here yet. Without a network it comes with a later refresh.
    let completed = if remove || articles.is_empty() { Ok(()) } else { super::full::missing(context, &mut store) };
    // A bookmark is made to be read later, perhaps offline: what it lacks is wanted to be known now.
    for id in bookmarked {
        if let Some(article) = ops::read::article(store.reader(), id)?
            && article.missing.is_some()
            && !article.headline.whole
        {
            say_whole(context, &article)?;
        }
    }
    kept.and(completed)
}

/// The bookmark of that address, whatever name its article has. Looks through all bookmarks.
fn kept(context: &Context, reader: &Reader, link: &Link) -> Result<Option<ArticleId>, Failure> {
    let wanted = link.without_tracking();
    let view = View { only: Only::Bookmarked, ..View::default() };
    let mut anchor = Anchor::Newest;
    loop {
        let page = ops::read::page(reader, &view, anchor, ROWS, context.now)?;
        let same = |row: &&Headline| row.link.as_ref().is_some_and(|link| link.without_tracking() == wanted);
        match (page.rows.iter().find(same), page.rows.last()) {
            (Some(row), _) => return Ok(Some(row.id)),
            (None, Some(last)) if !page.at_oldest => anchor = Anchor::OlderThan(last.key()),
            _ => return Ok(None),
        }
    }
}

fn not_stored(link: &Link) -> Failure {
    Failure::new(Kind::NothingFound, clean!("no article of {link} is stored"))
        .hint("`dateline list --bookmarks` lists what is kept")
}

/// What became of a page that is to be kept.
enum Kept {
    /// It is stored.
    Now(ArticleId),
    /// It could not be reached, and why: it is fetched later.
    Later(ArticleId, Clean),
}

/// Fetches a page and stores it as an article, or as one to be fetched later.
fn save(context: &Context, store: &mut Store, link: &Link) -> Result<Kept, Failure> {
    let answer = fetch::net(&context.config)?.fetch(crate::net::Request::page(link.clone()), &Cancel::new());
    if let Some(why) = subscribe::comes_later(&answer) {
        return match subscribe::await_page(store, link, &why, context.now)? {
            Added::Article { article, .. } => Ok(Kept::Later(article, why)),
            // Nothing came that could be anything else.
            Added::Feed { .. } | Added::Choose(_) => Err(not_stored(link)),
        };
    }
    match subscribe::save_page(store, link, answer, &context.config.sites, context.now)? {
        Added::Article { article, .. } => Ok(Kept::Now(article)),
        Added::Feed { .. } | Added::Choose(_) => {
            Err(Failure::new(Kind::Data, clean!("{link} is a feed, not an article"))
                .hint("`dateline add` subscribes to it"))
        }
    }
}

fn tell_later(context: &mut Context, id: ArticleId, link: &Link, why: &Clean) -> Outcome {
    if context.out.json() {
        let record = DoneRecord { id: Some(id.0), ..DoneRecord::new(link.as_str()) };
        return context.out.record(&DoneRecord {
            kind: Some("bookmarked, to be fetched later"),
            error: Some(why),
            ..record
        });
    }
    context.out.line(&clean!("{} {link}: bookmarked; its page is fetched with a later refresh ({why})", id.0))
}

/// Fetches what bookmarks still lack, and says of each what is missing after that.
///
/// # Errors
/// That of some something is missing still ([`Kind::Network`]), after all is said.
pub(super) fn complete(context: &mut Context) -> Outcome {
    let mut store = context.store()?;
    let jobs = full_text::lacking(store.reader())?;
    let asked: Vec<ArticleId> = jobs.iter().map(|job| job.article).collect();
    if asked.is_empty() {
        return if context.out.json() {
            Ok(())
        } else {
            context.out.line(&Clean::new("all of every bookmark is here"))
        };
    }
    super::full::fetch_all(context, &mut store, jobs, |_, _, came| {
        !came.is_err_and(|failure| failure.kind == Kind::Unwritable)
    })?;
    let mut whole = true;
    for id in asked {
        let Some(article) = ops::read::article(store.reader(), id)? else { continue };
        whole &= article.headline.whole;
        say_whole(context, &article)?;
    }
    if whole { Ok(()) } else { Err(Exit::Said(Kind::Network)) }
}

/// Whether all of a bookmark is here, and what is missing of it.
fn say_whole(context: &mut Context, article: &Article) -> Outcome {
    let (id, title, whole) = (article.headline.id, &article.headline.title, article.headline.whole);
    let missing = article.missing.as_ref().filter(|_| !whole);
    if context.out.json() {
        let item = id.0.to_string();
        let record = DoneRecord { id: Some(id.0), title: Some(title), ..DoneRecord::new(&item) };
        let kind = Some(if whole { "whole" } else { "not whole" });
        return context.out.record(&DoneRecord { kind, error: missing, ..record });
    }
    let said = match missing {
        Some(missing) => clean!("not whole: {missing}"),
        None if whole => Clean::new("all of it is here"),
        None => Clean::new("not whole"),
    };
    context.out.line(&clean!("{} {title}: {said}", id.0))
}

fn tell(context: &mut Context, reader: &Reader, id: ArticleId, remove: bool, changed: bool) -> Outcome {
    let title = ops::read::article(reader, id)?.map(|article| article.headline.title).unwrap_or_default();
    let what = match (remove, changed) {
        (false, true) => "bookmarked",
        (false, false) => "was bookmarked already",
        (true, true) => "bookmark removed",
        (true, false) => "had no bookmark",
    };
    if context.out.json() {
        let item = id.0.to_string();
        let record = DoneRecord { id: Some(id.0), title: Some(&title), ..DoneRecord::new(&item) };
        return context.out.record(&DoneRecord { kind: Some(what), ..record });
    }
    context.out.line(&clean!("{} {title}: {what}", id.0))
}
