//! What a person keeps stays: through clean-up, without its feed, over a restart.

use dateline::model::time::DAY;
use dateline::model::{ArticleId, FeedId, Time};
use dateline::ops;

use crate::session::{NOW, Piece, Session};

fn pieces() -> Vec<Piece> {
    let kept = Piece {
        html: (1..=12).map(|n| format!("<p>Paragraph {n} of what is worth keeping.</p>")).collect(),
        ..Piece::new(5, "Worth keeping", "")
    };
    vec![Piece::new(1, "Ferry late", "It was late."), kept, Piece::new(9, "Ferry on time", "It was on time.")]
}

fn whole(session: &Session) -> String {
    let article = ops::read::article(session.reader(), session.state().reading.wanted.unwrap()).unwrap().unwrap();
    article.document.plain_text()
}

#[test]
fn a_bookmark_outlives_clean_up_and_its_feed() {
    let session = Session::with_articles(&pieces()).keys("jb<enter>");
    assert_eq!(session.reading(), "Worth keeping");
    let text = whole(&session);
    assert_eq!(text.matches("worth keeping").count(), 12);

    let mut session = session.keys("q");
    let much_later = Time(NOW.0 + 1000 * DAY);
    let cleaned = ops::clean_up::clean_up(session.store(), 30.into(), much_later).unwrap();
    assert_eq!(cleaned.removed, 2);
    let feed: FeedId = session.state().drawer.sources.feeds[0].id;
    ops::subscribe::remove(session.store(), feed).unwrap();

    let session = session.reopened().keys("B");
    assert_eq!(session.state().headlines.rows.len(), 1);
    let session = session.keys("<enter>");
    assert_eq!((session.reading().as_str(), whole(&session)), ("Worth keeping", text));
    insta::assert_snapshot!("kept", session.screen());
}

#[test]
fn without_its_bookmark_it_goes() {
    let mut session = Session::with_articles(&pieces()).keys("jbb");
    let much_later = Time(NOW.0 + 1000 * DAY);
    ops::clean_up::clean_up(session.store(), 30.into(), much_later).unwrap();
    let session = session.reopened();
    assert!(session.state().headlines.rows.is_empty());
}

#[test]
fn an_article_that_has_gone_meanwhile_says_so() {
    let mut session = Session::with_articles(&pieces());
    let ids: Vec<ArticleId> = session.state().headlines.rows.iter().map(|row| row.id).collect();
    assert_eq!(ids.len(), 3);
    let feed = session.state().drawer.sources.feeds[0].id;
    ops::subscribe::remove(session.store(), feed).unwrap();
    insta::assert_snapshot!("gone", session.keys("j").screen());
}

#[test]
fn the_sample_goes_when_news_comes() {
    let item = serde_json::json!({ "id": "1", "title": "Ferry late", "content_text": "It was late.", "date_published": "2026-01-15T07:00:00Z" });
    let session = Session::edition().keys("jb").feed("https://harbour.example/feed", "The Harbour Post", &[item]);
    insta::assert_snapshot!("sample_gone", session.screen());
}
