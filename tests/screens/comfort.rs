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

#[test]
fn commands_are_completed_and_done() {
    let session = pieces().keys(":ta<tab>");
    insta::assert_snapshot!("command_line", session.styled());
    let session = session.keys(" harbour \"to read\"<enter>");
    let tags: Vec<String> = session.state().headlines.rows[0].tags.iter().map(ToString::to_string).collect();
    assert_eq!(tags, ["harbour", "to read"]);
    let session = session.keys(":tag -har<tab><enter>");
    assert_eq!(session.state().headlines.rows[0].tags.len(), 1);

    let session = session.keys(":goto harb<tab><enter>");
    assert!(matches!(session.state().headlines.view.scope, Scope::Feed(_)));
    let session = session.keys(":search pier is:un<tab><enter>");
    assert_eq!(session.state().headlines.rows.len(), 1);
    let session = session.keys("<esc>:2 next<enter>");
    assert_eq!(session.selected(), "Grain sold");
    let session = session.keys(":previous 2<enter>:toggle-read<enter>");
    assert!(session.state().headlines.rows[0].read);
    let session = session.keys(":undo 2<enter>");
    assert!(!session.state().headlines.rows[0].read);
    assert_eq!(session.state().headlines.rows[0].tags.len(), 2);
}

#[test]
fn what_is_wrong_with_a_command_is_said_under_the_spot() {
    let session = pieces().keys(":bokmark<enter>");
    insta::assert_snapshot!("command_unknown", session.screen());
    let session = session.keys("<esc>:mute pier until yesterday<enter>");
    insta::assert_snapshot!("command_until_over", session.screen());
    let session = session.keys("<esc>:set mark_read opne<enter>");
    insta::assert_snapshot!("command_bad_value", session.screen());
    let session = session.keys("<esc>:bookmark this<enter>");
    insta::assert_snapshot!("command_takes_nothing", session.screen());
    at_every_size("command_wrong", pieces, |session| session.keys(":mute \"pier until 3d<enter>"));
}

#[test]
fn a_query_is_muted_until_a_day_and_settings_change_for_the_session() {
    let session = pieces().keys(":mute pier until 2w<enter>");
    assert_eq!(session.state().headlines.rows.len(), 2);
    insta::assert_snapshot!("command_muted", session.screen());
    let session = session.keys("u:set compact yes<enter>:set text_width 40<enter>");
    assert!(session.state().config.compact);
    assert_eq!(session.state().config.text_width, 40);
    insta::assert_snapshot!("command_set", session.screen());
}

#[test]
fn earlier_commands_come_back_with_the_arrow() {
    let session = pieces().keys(":zen<enter>:zen<enter>:show-unread<enter>").reopened().keys(":<up>");
    assert_eq!(session.state().prompt.as_ref().unwrap().text(), "show-unread");
    let session = session.keys("<up><up><enter>");
    assert!(session.state().zen);
}
