//! The headline list, the sources, and what the top and bottom lines say meanwhile.

use dateline::app::{Effect, Event, FeedNews, Problem, Progress, Refresh, Summary};
use dateline::model::FeedId;
use serde_json::json;

use crate::at_every_size;
use crate::session::{Piece, Session};

#[test]
fn the_first_screen() {
    at_every_size("first_screen", Session::edition, |session| session);
    insta::assert_snapshot!("first_screen_styled", Session::edition().styled());
}

#[test]
fn further_down_the_list() {
    at_every_size("list_further_down", Session::edition, |session| session.keys("9jm"));
}

#[test]
fn an_empty_store() {
    at_every_size("empty_store", Session::empty, |session| session);
}

#[test]
fn only_unread() {
    at_every_size("unread", Session::edition, |session| session.keys("<enter>q2"));
    at_every_size("unread_none_left", Session::edition, |session| session.keys("A2"));
}

#[test]
fn bookmarks() {
    at_every_size("bookmarks_empty", Session::edition, |session| session.keys("B"));
    at_every_size("bookmarks", Session::edition, |session| session.keys("jbjjbB"));
}

#[test]
fn marking_everything_read_is_one_key_to_take_back() {
    let session = Session::edition().keys("A");
    insta::assert_snapshot!("all_marked_read", session.styled());
    let unread = |session: &Session| session.state().drawer.sources.unread;
    assert_eq!(unread(&session), 0);
    let session = session.keys("b").keys("u");
    insta::assert_snapshot!("undone", session.screen());
    let session = session.keys("u");
    assert_eq!(unread(&session), session.state().drawer.sources.total);
    let session = session.keys("<ctrl-r>");
    assert_eq!(unread(&session), 0);
    let session = session.keys("<ctrl-r><ctrl-r>");
    insta::assert_snapshot!("nothing_to_do_again", session.screen());
}

/// Two feeds in a folder and one outside, one of them failing.
fn newsstand() -> Session {
    let opml = br#"<opml version="2.0"><body>
        <outline text="World"><outline type="rss" text="The Harbour Post" xmlUrl="https://harbour.example/feed"/>
            <outline type="rss" text="The Very Long Name of the Society for Tides and Timetables" xmlUrl="https://tides.example/feed"/></outline>
        <outline type="rss" text="Field Notes" xmlUrl="https://field.example/feed"/></body></opml>"#;
    let item = |n: u32| json!({ "id": n, "title": format!("Tide table {n}"), "content_text": "High water at six.", "date_published": "2026-01-14T08:00:00Z" });
    let session = Session::empty().import("feeds.opml", opml);
    let id = |title: &str| {
        let feeds = &session.state().drawer.sources.feeds;
        feeds.iter().find(|feed| feed.title.as_str() == title).unwrap().id
    };
    let failing: FeedId = id("Field Notes");
    session.feed("https://harbour.example/feed", "The Harbour Post", &[item(1), item(2)]).refused(failing)
}

#[test]
fn what_is_wrong_with_a_feed_is_told_however_many_there_are() {
    let feeds = (1..60).map(|n| format!("<outline type='rss' text='Feed {n:02}' xmlUrl='https://f{n}.example/feed'/>"));
    let opml = format!("<opml version='2.0'><body>{}</body></opml>", feeds.collect::<String>());
    let session = Session::empty().import("feeds.opml", opml.as_bytes());
    let ids: Vec<FeedId> = session.state().drawer.sources.feeds.iter().map(|feed| feed.id).collect();
    let (first, last) = (ids[0], ids[ids.len() - 1]);
    let three = Session::empty().import("feeds.opml", opml.as_bytes()).import("page.txt", b"A page\n\nOf some words.");
    let three = ids[..3].iter().fold(three, |session, id| session.refused(*id)).keys("S");
    assert!(
        three.screen().contains("3 of 59 feeds could not"),
        "pages that were brought in are none: {}",
        three.screen()
    );
    let session = session.refused(first).refused(last).size(80, 24).keys("S");
    assert!(session.screen().contains("Feed 01 and Feed 59 could not be fetched."), "{}", session.screen());
    let session = session.keys("G");
    assert!(session.screen().contains("! Feed 59"), "{}", session.screen());
    assert!(session.screen().contains("f59.example refused the connection"), "{}", session.screen());
    let session = session.keys("kg<down>");
    assert!(!session.screen().contains("fetched"), "the unread articles are of no feed: {}", session.screen());
}

#[test]
fn the_sources_with_counts_and_health() {
    at_every_size("sources", newsstand, |session| session.keys("SG"));
    insta::assert_snapshot!("sources_styled", newsstand().keys("SG").styled());
    insta::assert_snapshot!("sources_beside", newsstand().size(180, 20).keys("Sjjjj").screen());
    let session = newsstand().keys("Sjjjj<enter>");
    insta::assert_snapshot!("one_feed", session.screen());
}

#[test]
fn the_sources_of_the_sample_and_of_nothing() {
    at_every_size("sources_sample", Session::edition, |session| session.keys("SG"));
    insta::assert_snapshot!("sources_none", Session::empty().keys("S").screen());
    let said = Session::empty().keys("Ss").screen();
    assert!(said.contains("All news is not a feed; select one."), "{said}");
}

#[test]
fn a_refresh_shows_how_it_stands_and_what_it_came_to() {
    let progress = |done| Progress { done, total: 212, failed: 1, new: 4 };
    let running = |session: Session| session.keys("R").happens(Event::Refreshing(progress(37)));
    at_every_size("refreshing", newsstand, running);
    let session = running(newsstand());
    assert!(matches!(session.work(), [Effect::Refresh(Refresh::All)]));
    let failed = |title: &str| FeedNews {
        title: title.into(),
        trouble: Some("harbour.example does not answer".into()),
        ..FeedNews::default()
    };
    let feeds = vec![failed("Rotting Times"), failed("Vanishing Gazette")];
    let summary = Summary { progress: progress(212), feeds, ..Summary::default() };
    at_every_size("refreshed", newsstand, |session| running(session).happens(Event::Refreshed(summary.clone())));
}

#[test]
fn notices() {
    at_every_size("notice_said", Session::edition, |session| session.keys("b"));
    let trouble = || Problem {
        message: "The database /home/ada/.local/share/dateline/dateline.db is locked by another program.".into(),
        hint: Some("Close it, or wait a moment.".into()),
    };
    at_every_size("notice_trouble", Session::edition, |session| session.happens(Event::Trouble(trouble())));
    insta::assert_snapshot!(
        "notice_trouble_styled",
        Session::edition().size(120, 6).happens(Event::Trouble(trouble())).styled()
    );
}

#[test]
fn long_headlines_and_addresses() {
    let long = "The committee for the timetable of the ferries to the outer islands has, after eleven sittings and \
        against the advice of the harbour master, the tide and the cook, adopted a timetable";
    let address = format!("https://harbour.example/{}", "a-very-long-address-".repeat(12));
    let text = format!("<p>It is at <a href=\"{address}\">{address}</a>, they say.</p>");
    let pieces = || {
        vec![
            Piece { html: text.clone(), ..Piece::new(1, long, "") },
            Piece::new(2, &"Incomprehensibilities".repeat(12), "One word."),
            Piece::new(30, "Ferry late", "It was late."),
            Piece::new(24 * 9, "Ferry on time", "It was on time."),
            Piece::new(24 * 400, "Ferry launched", "It floats."),
        ]
    };
    at_every_size("long_list", || Session::with_articles(&pieces()), |session| session);
    at_every_size("long_article", || Session::with_articles(&pieces()), |session| session.keys("<enter>"));
    at_every_size("long_said", || Session::with_articles(&pieces()), |session| session.keys("Y"));
}

#[test]
fn the_window_is_called_what_the_list_shows() {
    assert_eq!(Session::edition().keys("B").window(), "Dateline: Bookmarks");
    assert_eq!(newsstand().keys("Sjjjj<enter>2").window(), "Dateline: Unread: The Harbour Post");
}
