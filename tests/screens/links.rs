//! Links: seen before they are opened, stored articles opened here.

use dateline::app::{Effect, Pane};

use crate::at_every_size;
use crate::session::{Piece, Session};

/// An article that links to a stored one and to pages elsewhere.
fn linked() -> Session {
    let text = "<p>The ferry was late <a href=\"https://harbour.example/1\">as it was on Tuesday</a>, says \
                <a href=\"https://pier.example/log?page=4\">the log of the pier</a>.</p>\
                <p><a href=\"https://tide.example/a/very/long/way/to/a/table/of/the/tides/of/this/year/and/the/next/one/\
                with/every/hour/of/high/water\">Tides</a></p>";
    Session::with_articles(&[
        Piece::new(1, "Ferry late again", text),
        Piece::new(2, "Pier repainted", "It is green now, from end to end."),
    ])
}

fn browsed(session: &Session) -> Vec<String> {
    let link = |effect: &Effect| if let Effect::Browse(link) = effect { Some(link.to_string()) } else { None };
    session.work().iter().filter_map(link).collect()
}

#[test]
fn the_list_shows_every_address_and_opens_one() {
    let session = linked().keys("<enter>L");
    insta::assert_snapshot!("links", session.styled());
    let session = session.keys("3");
    insta::assert_snapshot!("links_long_address", session.screen());
    assert_eq!(browsed(&session), [""; 0], "nothing is opened before its address was seen");
    let session = session.keys("k<enter>");
    assert_eq!(browsed(&session), ["https://pier.example/log?page=4"]);
    insta::assert_snapshot!("link_opened", session.screen());
}

#[test]
fn a_stored_article_opens_here_and_leads_back() {
    let session = linked().keys("<enter>1");
    assert!(session.state().links.list.is_some());
    let session = session.keys("<enter>");
    assert_eq!((session.reading().as_str(), browsed(&session).len()), ("Pier repainted", 0));
    assert_eq!(session.keys("<backspace>").reading(), "Ferry late again");
}

#[test]
fn one_level_back_from_what_a_link_led_to_is_the_article_that_has_it() {
    for back in ["q", "<esc>"] {
        let session = linked().keys("<enter>1<enter>").keys(back);
        assert_eq!((session.reading().as_str(), session.state().focus), ("Ferry late again", Pane::Article));
        assert_eq!(session.keys(back).state().focus, Pane::Headlines);
    }
}

#[test]
fn a_picked_link_shows_its_address_with_the_page_in_sight() {
    let session = linked().keys("<enter>fd");
    insta::assert_snapshot!("link_picked_long", session.screen());
    let session = linked().size(80, 24).keys("<enter>fs");
    insta::assert_snapshot!("link_picked", session.screen());
    assert_eq!(browsed(&session), [""; 0]);
    assert!(session.keys("<esc>").state().links.picked.is_none());
    let session = linked().keys("<enter>fsy");
    let copied =
        |effect: &Effect| matches!(effect, Effect::Copy(text) if text.as_str() == "https://pier.example/log?page=4");
    assert!(session.work().iter().any(copied));
    assert_eq!(linked().keys("<enter>fa<enter>").reading(), "Pier repainted");
    assert!(linked().keys("<enter>fp").screen().contains("No link here has the letters p."));
}

#[test]
fn an_empty_sidebar_takes_no_keys() {
    let session = Session::with_articles(&[Piece::new(1, "Ferry late again", "<p>It was.</p>")]).keys("<enter><tab>");
    assert_eq!(session.state().focus, Pane::Headlines);
    let session = session.keys("<enter><down>");
    assert_eq!(session.state().focus, Pane::Article);
    assert!(session.screen().contains("No other article is stored."));
}

#[test]
fn letters_over_the_links_on_the_screen() {
    let session = linked().keys("<enter>f");
    insta::assert_snapshot!("link_letters", session.styled());
    let session = session.keys("s<enter>");
    assert_eq!(browsed(&session), ["https://pier.example/log?page=4"]);
    assert!(linked().keys("<enter>f<esc>").state().links.letters.is_none());
}

#[test]
fn links_can_carry_their_numbers() {
    let session = linked().settings(|config| config.link_numbers = true).keys("<enter>");
    insta::assert_snapshot!("links_numbered", session.screen());
    // Where there are not so many links, a figure begins a count as elsewhere.
    let session = session.keys("5");
    assert_eq!((session.state().pending.count, session.state().links.list.is_none()), (Some(5), true));
}

#[test]
fn links_at_every_size() {
    at_every_size("links", linked, |session| session.keys("<enter>3"));
}

#[test]
fn an_article_without_links_says_so() {
    insta::assert_snapshot!("no_links", linked().keys("j<enter>L").screen());
}
