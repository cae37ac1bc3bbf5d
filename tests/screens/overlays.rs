//! Pages over the panes, and the line that is typed in.

use dateline::app::{Choice, Done, Effect, Event};
use dateline::text::Link;

use crate::at_every_size;
use crate::session::Session;

#[test]
fn help_is_for_where_one_is() {
    at_every_size("help", Session::edition, |session| session.keys("?"));
    at_every_size("help_article", Session::edition, |session| session.keys("<enter>?<space>"));
    insta::assert_snapshot!("help_styled", Session::edition().keys("?").styled());
}

#[test]
fn help_is_searched() {
    at_every_size("help_found", Session::edition, |session| session.keys("?/article"));
    insta::assert_snapshot!("help_found_nothing", Session::edition().keys("?/zeppelin<enter>").screen());
}

#[test]
fn the_line_to_add_a_feed() {
    let address = "https://harbour.example/feed.xml";
    at_every_size("prompt", Session::edition, |session| session.keys("a").paste(address));
    at_every_size("prompt_done", Session::edition, |session| session.keys("a").paste(address).keys("<enter>"));
    let session = Session::edition().paste(address).keys("<enter>");
    assert!(matches!(session.work(), [Effect::Subscribe(typed)] if typed.as_str() == address));
    let session = Session::edition().size(40, 12).keys("a").paste(&format!("{address}?{}", "x".repeat(60)));
    insta::assert_snapshot!("prompt_long", session.screen());
    let session = session.keys("<home>");
    insta::assert_snapshot!("prompt_long_start", session.screen());
}

#[test]
fn a_stray_paste_is_not_taken_for_keys() {
    let session = Session::edition().paste("qqq");
    assert!(session.work().is_empty());
    insta::assert_snapshot!("stray_paste", session.screen());
}

fn choices(n: usize) -> Event {
    let choice = |n| Choice {
        link: Link::parse(&format!("https://harbour.example/feeds/{n}.xml")).unwrap(),
        title: format!("The Harbour Post: part {n}").as_str().into(),
    };
    Event::Done(Done::Choose((1..=n).map(choice).collect()))
}

#[test]
fn feeds_to_choose_from() {
    at_every_size("choices", Session::edition, |session| session.happens(choices(9)).keys("jjj"));
    insta::assert_snapshot!("choices_styled", Session::edition().size(80, 24).happens(choices(2)).styled());
    let session = Session::edition().happens(choices(2)).keys("j<enter>");
    let [Effect::Subscribe(address)] = session.work() else { panic!("{:?}", session.work()) };
    assert_eq!(address.as_str(), "https://harbour.example/feeds/2.xml");
    assert!(Session::edition().happens(choices(2)).keys("<esc>").work().is_empty());
}

#[test]
fn starter_packs() {
    at_every_size("packs", Session::edition, |session| session.keys("pjj"));
    at_every_size("packs_feeds", Session::edition, |session| session.keys("P<enter>j<space><space>"));
    insta::assert_snapshot!("packs_styled", Session::edition().size(80, 24).keys("p<space>j").styled());
    assert!(
        Session::edition().keys("p<enter><space><esc><esc>").work().is_empty(),
        "nothing is done before one says so"
    );
    let session = Session::edition().keys("pj<space>j<enter><space><enter>");
    let [Effect::Join(chosen)] = session.work() else { panic!("{:?}", session.work()) };
    let packs: Vec<&str> = chosen.iter().map(|(pack, _)| pack.as_str()).collect();
    assert!(chosen.len() > 2 && packs.starts_with(&["Central Asia"]) && packs.ends_with(&["Technology"]), "{packs:?}");
    let session = session.happens(Event::Done(Done::Joined(7, 0)));
    assert!(matches!(session.work(), [Effect::Join(_), Effect::Refresh(_)]), "they are fetched then");
    // Alone, the selected feed is meant.
    let session = Session::edition().keys("p<enter>j<enter>");
    assert!(matches!(session.work(), [Effect::Join(chosen)] if chosen.len() == 1));
    // Where there is news of one's own, p is the unread article before.
    let own = Session::empty().feed("https://harbour.example/feed", "The Harbour Post", &[]);
    assert!(own.keys("p").state().packs.is_none());
}
