//! `dateline bookmark`: articles kept for good, stored ones by their numbers, others by the
//! addresses of their pages.

use super::output::Outcome;
use super::records::DoneRecord;
use super::{Context, fetch, items, pick};
use crate::clean;
use crate::model::{Anchor, ArticleId, Headline, Only, View};
use crate::net::Cancel;
use crate::ops::subscribe::{self, Added};
use crate::ops::{self, Failure, Kind};
use crate::store::{Reader, Store};
use crate::text::{Clean, Link};

/// Bookmarks looked through at a time.
const ROWS: usize = 500;

pub(super) fn run(context: &mut Context, articles: &[String], remove: bool) -> Outcome {
    let mut store = context.store()?;
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
                    None => save(context, &mut store, &link)?,
                },
            };
            let changed = ops::mark::bookmark(&mut store, &[id], !remove, context.now)?;
            tell(context, store.reader(), id, remove, !changed.is_empty())
        },
    );
    // What of it is not here yet. Without a network it comes with a later refresh.
    let completed = if remove { Ok(()) } else { super::full::missing(context, &mut store) };
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

/// Fetches a page and stores it as an article.
fn save(context: &Context, store: &mut Store, link: &Link) -> Result<ArticleId, Failure> {
    let answer = fetch::net(&context.config)?.fetch(crate::net::Request::page(link.clone()), &Cancel::new());
    match subscribe::save_page(store, link, answer, &context.config.sites, context.now)? {
        Added::Article { article, .. } => Ok(article),
        Added::Feed { .. } | Added::Choose(_) => {
            Err(Failure::new(Kind::Data, clean!("{link} is a feed, not an article"))
                .hint("`dateline add` subscribes to it"))
        }
    }
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
