//! The whole text of articles that their feeds give only in part.

use dateline::app::Effect;
use dateline::model::{FeedId, TextKind, Validators};
use dateline::net::{Answer, Error, Fetched};
use dateline::text::Link;

use crate::at_every_size;
use crate::session::{Piece, Session};

/// A page of that address: the story of the ferry, in so many paragraphs.
fn page(address: &Link, paragraphs: usize, more: &str) -> Result<Answer, Error> {
    let text: String = (0..paragraphs)
        .map(|n| {
            format!("<p>Paragraph {n}: the ferry waited for the tide at the north pier, as the timetable said.</p>")
        })
        .collect();
    let lead = "<p>The ferry was two hours late on Thursday, and nobody at the pier knew why.</p>";
    let html = format!(
        "<html><head><title>Ferry late again</title><meta name=author content=\"Ada Marsh\"></head>\
         <body><article>{lead}{text}</article>{more}</body></html>"
    );
    fetched(address, html.as_bytes(), "text/html; charset=utf-8")
}

fn fetched(address: &Link, bytes: &[u8], content_type: &str) -> Result<Answer, Error> {
    Ok(Answer::Fetched(Fetched {
        bytes: bytes.to_vec(),
        content_type: Some(content_type.to_owned()),
        final_address: address.clone(),
        moved_permanently: None,
        fresh_for: None,
        validators: Validators::default(),
    }))
}

fn ferry() -> Session {
    Session::with_articles(&[
        Piece::new(1, "Ferry late again", "The ferry was two hours late on Thursday, and…"),
        Piece::new(2, "Pier repainted", "The pier is green now."),
    ])
}

fn shown(session: &Session) -> (TextKind, bool) {
    let shown = session.state().reading.current().unwrap();
    (shown.article.kind, shown.article.document.plain_text().contains("Paragraph 3"))
}

#[test]
fn the_full_text_is_fetched_and_one_key_switches() {
    let session = ferry().keys("<enter>");
    insta::assert_snapshot!("summary_only", session.styled());
    let session = session.keys("x");
    assert!(matches!(session.work(), [.., Effect::FetchText(_)]), "{:?}", session.work());
    insta::assert_snapshot!("full_text_on_its_way", session.screen());
    // Once is enough.
    assert_eq!(ferry().keys("<enter>xx").work().iter().filter(|w| matches!(w, Effect::FetchText(_))).count(), 1);

    let session = session.pages(|address| page(address, 30, ""));
    assert_eq!(shown(&session), (TextKind::Full, true));
    insta::assert_snapshot!("full_text", session.styled());
    let session = session.keys("x");
    assert_eq!(shown(&session), (TextKind::Feed, false));
    insta::assert_snapshot!("feed_text_again", session.screen());
    // The choice is remembered, and both texts are kept, over a restart.
    let session = session.reopened().keys("<enter>");
    assert_eq!(shown(&session), (TextKind::Feed, false));
    let session = session.keys("x").reopened().keys("<enter>");
    assert_eq!(shown(&session), (TextKind::Full, true));
    // It is searched as well.
    let session = session.keys("q/timetable<enter>");
    assert_eq!(session.selected(), "Ferry late again");
}

#[test]
fn the_full_text_at_every_size() {
    at_every_size("full_text", ferry, |session| session.keys("<enter>x").pages(|address| page(address, 30, "")));
}

#[test]
fn switching_keeps_the_place() {
    let session = ferry().keys("<enter>x").pages(|address| page(address, 60, "")).keys("<ctrl-d><ctrl-d><ctrl-d>j");
    let line = session.first_line();
    let session = session.keys("xx");
    assert_eq!(session.first_line(), line);
}

#[test]
fn from_the_list_the_row_that_is_selected_is_meant() {
    let session = ferry().keys("jx").pages(|address| page(address, 30, ""));
    assert_eq!((session.selected().as_str(), shown(&session)), ("Pier repainted", (TextKind::Full, true)));
    assert_eq!(session.state().headlines.rows[1].minutes(), 3, "its reading time is that of the full text");
}

#[test]
fn what_keeps_the_text_away_is_said_with_what_can_still_be_done() {
    for (name, answer) in [
        ("pdf", (b"%PDF-1.7".to_vec(), "application/pdf")),
        ("script", (b"<html><body><div id=root></div><script src=a.js></script></body></html>".to_vec(), "text/html")),
    ] {
        let session = ferry().keys("<enter>x").pages(|address| fetched(address, &answer.0, answer.1));
        insta::assert_snapshot!(format!("no_full_text_{name}"), session.screen());
        let session = session.keys("j");
        insta::assert_snapshot!(format!("no_full_text_{name}_later"), session.screen());
    }
    let wall = "<div class=\"paywall\">Subscribe to read on.</div>";
    let session = ferry().keys("<enter>x").pages(|address| page(address, 3, wall));
    insta::assert_snapshot!("behind_a_paywall", session.screen());
    let session = ferry().keys("<enter>x").pages(|address| Err(Error::Refused(address.clone())));
    insta::assert_snapshot!("page_refused", session.screen());
}

#[test]
fn sample_news_has_no_page() {
    insta::assert_snapshot!("sample_has_no_page", Session::edition().keys("<enter>x").screen());
}

#[test]
fn a_feed_can_always_have_full_texts() {
    let session = ferry().keys("Sjjjx");
    assert!(session.state().drawer.sources.feeds[0].settings.full_text);
    insta::assert_snapshot!("always_full_text", session.screen());
    let session = session.pages(|address| page(address, 30, "")).keys("q<enter>");
    // Nobody was reading it: it is simply there.
    assert_eq!(shown(&session), (TextKind::Feed, false));
    let session = session.keys("q").reopened().keys("<enter>");
    assert_eq!(shown(&session), (TextKind::Full, true));
    let session = session.keys("Sjjjx");
    assert!(!session.state().drawer.sources.feeds[0].settings.full_text);
    assert_eq!(session.reader().feed(FeedId(1)).unwrap().map(|feed| feed.settings.full_text), Some(false));
}

#[test]
fn a_bookmark_fetches_what_is_missing() {
    let session = ferry().keys("b").pages(|address| page(address, 30, ""));
    let session = session.reopened().keys("B<enter>");
    assert_eq!(shown(&session), (TextKind::Full, true));
}
