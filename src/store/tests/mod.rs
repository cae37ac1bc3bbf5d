//! The store as its callers see it.

mod bad_files;
mod brute;
mod keeping;
mod languages;
mod lists;
mod random;
mod search;
mod stories;
mod texts;

use std::path::PathBuf;

use jiff::tz::TimeZone;
use tempfile::TempDir;

use super::*;
use crate::model::{
    Anchor, ArticleId, Document, FeedAddress, FeedId, NewArticle, Only, Order, Page, Query, Scope, Time, View,
};
use crate::text::Link;

pub(super) const NOW: Time = Time(1_700_000_000);

/// A store in a directory of its own.
pub(super) struct Home {
    pub store: Store,
    pub dir: TempDir,
}

pub(super) fn home() -> Home {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(&dir.path().join(FILE)).unwrap();
    Home { store, dir }
}

pub(super) fn moment() -> Moment {
    Moment { now: NOW, zone: TimeZone::UTC }
}

pub(super) fn article(guid: &str, title: &str, text: &str) -> NewArticle {
    NewArticle {
        guid: guid.into(),
        title: title.into(),
        document: Document::from_paragraphs(text.split("\n\n")),
        ..NewArticle::default()
    }
}

impl Home {
    pub(super) fn path(&self) -> PathBuf {
        self.dir.path().join(FILE)
    }

    pub(super) fn reader(&self) -> Reader {
        Reader::open(&self.path()).unwrap()
    }

    pub(super) fn feed(&mut self, name: &str) -> FeedId {
        let address = FeedAddress::Web(Link::parse(&format!("https://{name}.example/feed")).unwrap());
        self.store.write(Safety::Person, "t", |w| w.add_feed(&NewFeed::at(address), NOW)).unwrap().0
    }

    pub(super) fn take(&mut self, feed: FeedId, articles: &[NewArticle]) -> Taken {
        self.store.write(Safety::Refresh, "t", |w| w.take_in(feed, articles, NOW)).unwrap()
    }

    pub(super) fn page(&self, view: &View, anchor: Anchor, limit: usize) -> Page {
        self.store.reader().page(view, anchor, limit, &moment()).unwrap()
    }

    /// The titles of a list.
    pub(super) fn titles(&self, view: &View) -> Vec<String> {
        self.page(view, Anchor::Newest, 1000).rows.iter().map(|row| row.title.to_string()).collect()
    }

    pub(super) fn search(&self, query: &str) -> Vec<String> {
        let mut found = self.titles(&asks(query));
        found.sort();
        found
    }
}

pub(super) fn asks(query: &str) -> View {
    View { query: Some(Query::parse(query).unwrap()), ..View::default() }
}

pub(super) fn view(scope: Scope, only: Only) -> View {
    View { scope, only, ..View::default() }
}

pub(super) fn ids(taken: &Taken) -> Vec<ArticleId> {
    taken.ids.iter().flatten().copied().collect()
}
