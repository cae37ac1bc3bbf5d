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

#[test]
fn hits_in_the_article_are_walked_round() {
    let session = Session::edition().keys("/bridge<enter><enter>n");
    assert!(session.screen().contains("Hit 1 of 4."), "{}", session.screen());
    at_every_size("search_in_article", Session::edition, |session| session.keys("/bridge<enter><enter>nn"));
    insta::assert_snapshot!(
        "search_in_article_styled",
        Session::edition().size(80, 24).keys("/bridge<enter><enter>nn").styled()
    );
    let session = Session::edition().keys("/bridge<enter><enter>nN");
    assert!(session.screen().contains("from the end again."), "{}", session.screen());
    assert!(session.keys("n").screen().contains(": from the top again."));
}

#[test]
fn words_are_found_in_the_article_alone() {
    at_every_size("find_typing", Session::edition, |session| session.keys("<enter>Fswan OR ro"));
    at_every_size("find_found", Session::edition, |session| session.keys("<enter>Fthe<enter>n"));
    at_every_size("find_nothing", Session::edition, |session| session.keys("<enter>Fzeppelin<enter>"));
    let before = Session::edition().keys("<enter>").screen();
    for way_out in ["<enter>Fthe<esc>", "<enter>Fthe<enter><ctrl-f>gk", "<enter>Fzzz<esc>"] {
        assert_eq!(Session::edition().keys(way_out).screen(), before, "{way_out}");
    }
}

#[test]
fn from_the_article_to_everything_and_back() {
    let session = Session::edition().keys("<enter>Fcomet<ctrl-t>");
    assert!(session.screen().contains(" Search: comet"), "{}", session.screen());
    let session = session.keys("<ctrl-t>");
    assert!(session.screen().contains("Find in this article: comet"), "{}", session.screen());
}

#[test]
fn the_best_or_the_newest_first() {
    let newest = Session::edition().keys("/bridge<enter>");
    let best = Session::edition().keys("/bridge<enter>s");
    insta::assert_snapshot!("search_best_first", best.screen());
    let back = best.keys("s");
    assert!(back.screen().contains("Sorted: newest first."));
    assert_eq!(back.keys("gj").selected(), newest.keys("gj").selected());
    let while_typing = Session::edition().keys("/ferry<ctrl-s><backspace>");
    assert!(while_typing.screen().contains("best first"), "{}", while_typing.screen());
    let none = Session::edition().keys("s");
    assert!(none.screen().contains("Only bookmarks, and what was searched"), "{}", none.screen());
}

#[test]
fn a_filter_narrows_the_list_that_is_shown() {
    at_every_size("filter", Session::edition, |session| session.keys("2Fbridge<enter>"));
    let session = Session::edition().keys("3Fbridge");
    assert!(session.state().headlines.rows.iter().all(|row| row.bookmarked));
    let everything = Session::edition().keys("3/bridge");
    assert!(everything.state().headlines.rows.len() > session.state().headlines.rows.len());
    let back = Session::edition().keys("2Fbridge<enter><ctrl-f>");
    assert_eq!(back.screen(), Session::edition().keys("2").screen());
}

#[test]
fn names_and_values_are_completed() {
    at_every_size("complete_names", Session::edition, |session| session.keys("/bridge <tab>"));
    at_every_size("complete_sources", Session::edition, |session| session.keys("/source:<tab><tab>"));
    insta::assert_snapshot!("complete_styled", Session::edition().size(80, 24).keys("/is:<tab><tab>").styled());
    let session = Session::edition().keys("/bridge is:unr<tab>");
    assert!(session.screen().contains("Search: bridge is:unread"), "{}", session.screen());
    let session = Session::edition().keys("/is:<tab><shift-tab>");
    assert!(session.screen().contains("Search: is:muted"), "{}", session.screen());
}

#[test]
fn earlier_queries_come_back_also_after_a_restart() {
    let session = Session::edition().keys("/bridge<enter>q/comet is:unread<enter>q").reopened();
    let session = session.keys("/<up>");
    insta::assert_snapshot!("search_recalled", session.screen());
    let session = session.keys("<up><up>");
    assert!(session.screen().contains(" Search: bridge"), "{}", session.screen());
    let session = session.keys("<down><down>ferr");
    assert!(session.screen().contains(" Search: ferr"), "{}", session.screen());
}

#[test]
fn enter_takes_the_last_word_as_it_stands() {
    let session = Session::edition().keys("/bridge<enter>");
    assert_eq!(session.state().headlines.view.query.as_ref().unwrap().to_string(), "bridge");
    let session = Session::edition().keys("/observ");
    let found = session.state().headlines.rows.len();
    assert!(found > 0);
    let session = session.keys("<enter>");
    assert_eq!(session.state().headlines.rows.len(), found, "what was shown stays");
    insta::assert_snapshot!("search_no_such_word", session.screen());
}

#[test]
fn an_empty_line_says_what_can_be_written() {
    at_every_size("search_empty", Session::edition, |session| session.keys("/"));
    at_every_size("search_error_at_the_end", Session::edition, |session| session.keys("/(bridge OR ferry<enter>"));
}

#[test]
fn searches_are_kept_among_the_sources() {
    let kept = || Session::edition().keys("/bridge -comet<enter>wBridges<enter>");
    assert!(kept().screen().contains("Saved as “Bridges”"), "{}", kept().screen());
    at_every_size("saved_in_the_sources", Session::edition, |session| {
        session.keys("/bridge -comet<enter>wBridges<enter>q/ferry<enter>wThe ferry<enter>qSjjj")
    });
    let session = kept().keys("q").reopened().keys("Sjjj<enter>");
    assert!(session.screen().contains("Dateline   Bridges"), "{}", session.screen());
    assert_eq!(session.state().headlines.view.query.as_ref().unwrap().to_string(), "bridge -comet");
    let renamed = kept().keys("qSjjjc<ctrl-u>Crossings<enter>");
    assert_eq!(renamed.state().drawer.sources.saved[0].name.as_str(), "Crossings");
    assert_eq!(renamed.keys("u").state().drawer.sources.saved[0].name.as_str(), "Bridges");
    let removed = kept().keys("qSjjjd");
    assert!(removed.state().drawer.sources.saved.is_empty());
    let session = removed.keys("u");
    assert_eq!(session.state().drawer.sources.saved.len(), 1);
    assert!(session.keys("<ctrl-r>").state().drawer.sources.saved.is_empty());
    assert!(kept().keys("u").state().drawer.sources.saved.is_empty(), "keeping it is undone as well");
    assert!(Session::edition().keys("w").screen().contains("There is no search to save"));
}
