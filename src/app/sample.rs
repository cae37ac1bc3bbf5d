//! Small pieces of news for tests.

use super::event::Sources;
use crate::model::{
    Article, ArticleId, Document, Feed, FeedAddress, FeedHealth, FeedId, FolderId, Headline, RelatedItem, Relation,
    Texts, Time,
};
use crate::text::Link;

/// The moment at which these tests play.
pub(super) const NOW: Time = Time(1_768_464_000);

/// A row: article `id`, `id` hours old.
pub(super) fn headline(id: i64) -> Headline {
    let title = format!("Headline number {id}").as_str().into();
    Headline {
        link: Link::parse(&format!("https://harbour.example/{id}")),
        words: 500,
        ..Headline::new(ArticleId(id), FeedId(1), title, "The Harbour Post".into(), Time(NOW.0 - id * 3600))
    }
}

/// An article of so many paragraphs.
pub(super) fn article(id: i64, paragraphs: usize) -> Article {
    let texts: Vec<String> = (0..paragraphs)
        .map(|n| format!("Paragraph {n} says what the tide did to the pier, and when, and to whom."))
        .collect();
    let document = Document::from_paragraphs(texts.iter().map(String::as_str));
    Article {
        arrived: NOW,
        texts: Texts { feed: true, page: true, ..Texts::default() },
        ..Article::new(headline(id), "g".into(), document)
    }
}

/// A related item.
pub(super) fn related(id: i64) -> RelatedItem {
    RelatedItem {
        headline: headline(id),
        relation: Relation::Related,
        score: 0.5,
        reasons: vec!["pier".into(), "tide".into()],
    }
}

/// Two feeds, one of them in a folder.
pub(super) fn sources() -> Sources {
    let feed = |id, title: &str, folder| Feed {
        id: FeedId(id),
        address: FeedAddress::Web(Link::parse(&format!("https://{id}.example/feed")).expect("an address")),
        title: title.into(),
        site: None,
        description: None,
        lang: None,
        folder,
        total: 40,
        unread: 12,
        settings: crate::model::FeedSettings::default(),
        health: FeedHealth::default(),
    };
    Sources {
        feeds: vec![feed(1, "The Harbour Post", Some(FolderId(1))), feed(2, "Field Notes", None)],
        folders: vec![(FolderId(1), "World".into())],
        total: 80,
        unread: 24,
        bookmarked: 1,
        ..Sources::default()
    }
}
