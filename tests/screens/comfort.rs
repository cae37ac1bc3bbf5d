//! Everyday comfort: go to anything, the command line, marks, macros, orders, and coming back.

use dateline::model::{Only, Scope};
use serde_json::json;

use crate::at_every_size;
use crate::session::{Piece, Session};

fn pieces() -> Session {
    Session::with_articles(&[
        Piece::new(1, "Ferry late again", "The ferry was late."),
        Piece::new(2, "Pier repainted", "The pier is green now."),
        Piece::new(30, "Grain sold", "Grain went to Istanbul."),
    ])
}

#[test]
fn go_to_anything_finds_by_some_letters() {
    at_every_size("go_to", pieces, |session| session.keys("<ctrl-p>hrb"));
    let session = pieces().keys("<ctrl-p>hrb<enter>");
    assert!(matches!(session.state().headlines.view.scope, Scope::Feed(_)));
    assert!(session.state().goto.is_none() && session.state().prompt.is_none());

    let session = session.keys("<ctrl-p>pier<enter>");
    assert_eq!(session.state().reading.wanted, Some(session.state().headlines.rows[1].id));

    let session = session.keys("<ctrl-p>booksm<esc>");
    assert!(session.state().goto.is_none());
    let session = session.keys("<ctrl-p>zzzz<enter>");
    insta::assert_snapshot!("go_to_nothing", session.screen());
}

#[test]
fn what_one_went_to_lately_comes_first_also_the_next_day() {
    let session = pieces().keys("<ctrl-p>bookmarks<enter><ctrl-p>harbour<enter><ctrl-p>");
    insta::assert_snapshot!("go_to_lately", session.styled());
    let session = session.keys("<down><enter>");
    assert_eq!(session.state().headlines.view.only, Only::Bookmarked);
    let session = session.reopened().keys("<ctrl-p><enter>");
    assert_eq!(session.state().headlines.view.only, Only::Bookmarked);
}

#[test]
fn go_to_does_what_an_action_does() {
    let session = pieces().keys("<ctrl-p>toggle-read<enter>");
    assert!(session.state().headlines.rows[0].read);
}

#[test]
fn of_many_feeds_the_right_one_is_found() {
    let mut session = pieces();
    for n in 0..30 {
        let item = json!({ "id": "1", "title": format!("News {n}"), "content_html": "<p>x</p>" });
        session = session.feed(&format!("https://feed{n}.example/f.json"), &format!("Gazette {n}"), &[item]);
    }
    let session = session.keys("<ctrl-p>gaz 29<enter>");
    assert_eq!(session.state().headlines.rows[0].title.as_str(), "News 29");
}
