//! Tags: given, shown, found, taken away, undone.

use crate::at_every_size;
use crate::session::{Piece, Session};

fn pieces() -> Session {
    Session::with_articles(&[
        Piece::new(1, "Ferry late again", "The ferry was late."),
        Piece::new(2, "Pier repainted", "The pier is green now."),
        Piece::new(3, "Grain sold", "Grain went to Istanbul."),
    ])
}

fn tags(session: &Session, at: usize) -> Vec<String> {
    session.state().headlines.rows[at].tags.iter().map(ToString::to_string).collect()
}

#[test]
fn tags_are_given_shown_found_and_taken_away() {
    let session = pieces().keys("tharbour, \"to read\"<enter>");
    assert_eq!(tags(&session, 0), ["harbour", "to read"]);
    let session = session.keys("j").keys("th<tab>");
    insta::assert_snapshot!("tag_completed", session.styled());
    let session = session.keys(" news<enter>");
    assert_eq!(tags(&session, 1), ["harbour", "news"]);
    insta::assert_snapshot!("tags_in_the_list", session.styled());

    let session = session.keys("<enter>t");
    insta::assert_snapshot!("tags_that_stand", session.screen());
    let session = session.keys("-oil<enter>");
    insta::assert_snapshot!("tag_that_is_not_there", session.screen());
    let session = session.keys("<esc>t-news<enter>q");
    assert_eq!(tags(&session, 1), ["harbour"]);

    let session = session.keys("u");
    assert_eq!(tags(&session, 1), ["harbour", "news"]);
    let session = session.keys("<ctrl-r>");
    assert_eq!(tags(&session, 1), ["harbour"]);
    let session = session.keys("uu");
    assert_eq!(tags(&session, 1), [""; 0]);

    let session = session.reopened();
    assert_eq!((tags(&session, 0).len(), tags(&session, 1).len()), (2, 0));
    let session = session.keys("/tag:\"to read\"<enter>");
    assert_eq!((session.state().headlines.rows.len(), session.selected().as_str()), (1, "Ferry late again"));
}

#[test]
fn tags_at_every_size() {
    at_every_size("tags", pieces, |session| session.keys("tharbour \"to read\" asia<enter><enter>t"));
}
