//! What a person keeps besides the article: notes, exports, and what is set for a feed.

use dateline::app::{Done, Effect, Event, ExportOf, Problem};
use dateline::model::{ExportFormat, FeedId};
use dateline::text::{CleanText, Link};

use crate::session::{Piece, Session};

fn pieces() -> Vec<Piece> {
    vec![Piece::new(1, "Ferry late", "<p>It was late.</p>"), Piece::new(9, "Ferry on time", "<p>It was on time.</p>")]
}

#[test]
fn a_note_is_written_shown_found_and_taken_back() {
    let session = Session::with_articles(&pieces()).keys("<enter>cask Odile<enter>");
    insta::assert_snapshot!("noted", session.screen());
    let id = session.state().reading.wanted.unwrap();
    assert_eq!(session.reader().note(id).unwrap().unwrap().as_str(), "ask Odile");
    let session = session.keys("u");
    assert_eq!(session.reader().note(id).unwrap(), None);
    let session = session.keys("<ctrl-r>q/is:noted<enter>");
    assert_eq!(session.state().headlines.rows.len(), 1);
}

#[test]
fn a_note_goes_on_in_an_editor() {
    let session = Session::with_articles(&pieces()).keys("<enter>cfirst<ctrl-o>");
    let [.., Effect::Edit(id, text)] = session.work() else { panic!("{:?}", session.work()) };
    assert_eq!(text.as_str(), "first");
    let (id, text) = (*id, CleanText::new("first\nsecond\n"));
    let session = session.happens(Event::Noted(id, Ok(text)));
    assert_eq!(session.reader().note(id).unwrap().unwrap().as_str(), "first\nsecond");
    // With several lines it opens there at once.
    assert!(matches!(session.keys("c").work(), [.., Effect::Edit(..)]));
}

#[test]
fn what_to_export_is_chosen_before_where_to() {
    let session = Session::with_articles(&pieces()).keys("e");
    insta::assert_snapshot!("export", session.screen());
    let session = session.keys("ljj<enter><ctrl-u>~/books<enter>");
    let [.., Effect::Export(wish)] = session.work() else { panic!("{:?}", session.work()) };
    assert_eq!((wish.format, wish.to.as_str()), (ExportFormat::Epub, "~/books"));
    assert!(matches!(&wish.of, ExportOf::List(..)));
    // Esc goes back a step at a time, and nothing is exported.
    let session = Session::with_articles(&pieces()).keys("e<enter><esc>");
    assert!(session.state().dialog.is_some() && session.state().prompt.is_none());
    let session = session.keys("<esc>");
    assert!(session.state().dialog.is_none() && session.work().is_empty());
}

#[test]
fn what_is_set_for_a_feed_is_on_one_sheet() {
    let session = Session::with_articles(&pieces()).keys("Sjjjs");
    insta::assert_snapshot!("feed_settings", session.screen());
    let session = session.keys("jjljl");
    let set = session.reader().feed_settings(FeedId(1)).unwrap().unwrap();
    assert!(set.unread_on_change);
    assert_eq!(set.keep_days, Some(7));
    insta::assert_snapshot!("feed_settings_turned", session.screen());
    let session = session.keys("u");
    assert_eq!(session.reader().feed_settings(FeedId(1)).unwrap().unwrap().keep_days, None);
    assert!(session.keys("q").state().dialog.is_none());
}

#[test]
fn what_could_not_be_reached_may_be_kept_or_asked_for_again() {
    let link = Link::parse("https://a.example/story").unwrap();
    let problem = || Problem { message: "no host is called a.example".into(), hint: None };
    let came = || Event::Done(Done::Unreached(link.clone(), problem()));
    let session = Session::with_articles(&pieces()).happens(came());
    insta::assert_snapshot!("unreached", session.screen());
    let session = session.keys("<enter>");
    let [.., Effect::Await(kept, why)] = session.work() else { panic!("{:?}", session.work()) };
    assert_eq!((kept, why.as_str()), (&link, "no host is called a.example"));
    let session = Session::with_articles(&pieces()).happens(came()).keys("j<enter>");
    assert!(matches!(session.work(), [.., Effect::Subscribe(_)]), "{:?}", session.work());
    let session = Session::with_articles(&pieces()).happens(came()).keys("<esc>");
    assert!(session.state().dialog.is_none() && session.work().is_empty());
    // Whoever types meanwhile is told, and types on.
    let session = Session::with_articles(&pieces()).keys("/fer").happens(came()).keys("ry");
    assert!(session.state().dialog.is_none() && session.screen().contains("ferry"), "{}", session.screen());
}

#[test]
fn what_bookmarks_lack_is_asked_for_on_a_key() {
    let session = Session::with_articles(&pieces()).keys("C");
    assert!(session.screen().contains("There are no bookmarks"), "{}", session.screen());
    let session = session.keys("bC");
    assert!(matches!(session.work(), [.., Effect::Complete]), "{:?}", session.work());
}
