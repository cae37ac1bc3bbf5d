//! Searching as one types.

use crate::at_every_size;
use crate::session::Session;

#[test]
fn results_come_while_typing() {
    at_every_size("search_typing", Session::edition, |session| session.keys("/bridge"));
    at_every_size("search_results", Session::edition, |session| session.keys("/bridge<enter>n"));
    insta::assert_snapshot!("search_results_styled", Session::edition().keys("/bridge<enter>").styled());
}

#[test]
fn nothing_matches() {
    at_every_size("search_nothing", Session::edition, |session| session.keys("/zeppelin<enter>"));
}

#[test]
fn a_query_that_cannot_be_read() {
    at_every_size("search_error", Session::edition, |session| session.keys("/bridge is:sideways"));
    insta::assert_snapshot!("search_error_styled", Session::edition().size(80, 24).keys("/bridge since:yes").styled());
}

#[test]
fn a_long_query_keeps_its_end_in_sight() {
    let session = Session::edition().size(40, 12).keys("/bridge OR river OR comet OR observatory");
    insta::assert_snapshot!("search_long", session.screen());
}

#[test]
fn leaving_a_search_gives_the_list_back() {
    let before = Session::edition().keys("4j");
    let selected = before.selected();
    for way_out in ["/bridge<esc>", "/bridge<enter>q", "/bridge<enter><ctrl-f>", "/bridge<enter>/<ctrl-u><enter>"] {
        let session = Session::edition().keys("4j").keys(way_out);
        assert_eq!(session.selected(), selected, "{way_out}");
        assert_eq!(session.screen(), before.screen(), "{way_out}");
    }
}

#[test]
fn hits_are_walked() {
    let session = Session::edition().keys("/bridge<enter>");
    let first = session.selected();
    let session = session.keys("n");
    assert_ne!(session.selected(), first);
    let session = session.keys("NN");
    assert_eq!(session.selected(), first);
    assert!(session.screen().contains("That was the first hit."));
}
