//! The page: every kind of block, in both directions; what goes sideways, footnotes, who says what,
//! paragraphs to copy, pages read from a link.

use dateline::app::Effect;
use dateline::app::layout::Step;
use dateline::app::links::Aim;

use crate::at_every_size;
use crate::session::{Piece, Session};

/// A page with every kind of block, in our own words.
fn almanac() -> Session {
    Session::empty().import("page.html", include_bytes!("../fixtures/page.html"))
}

/// The same in words that are read from the right.
fn almanac_from_the_right() -> Session {
    Session::empty().import("page-rtl.html", include_bytes!("../fixtures/page-rtl.html"))
}

/// As much of the page as there is, screen by screen.
fn whole(session: Session) -> String {
    let (mut session, mut screens) = (session.keys("<enter>zg"), Vec::new());
    loop {
        screens.push(session.screen());
        if session.state().reading.current().unwrap().at_end() {
            return screens.join("\n\n");
        }
        session = session.keys("<space>");
    }
}

#[test]
fn every_block_at_three_sizes() {
    for (columns, rows) in [(120, 60), (80, 50), (40, 40)] {
        insta::assert_snapshot!(format!("page_{columns}"), whole(almanac().size(columns, rows)));
    }
}

#[test]
fn every_block_from_the_right_at_three_sizes() {
    for (columns, rows) in [(120, 60), (80, 50), (40, 40)] {
        insta::assert_snapshot!(format!("page_rtl_{columns}"), whole(almanac_from_the_right().size(columns, rows)));
    }
    let session = almanac_from_the_right().size(80, 120).keys("<enter>z");
    insta::assert_snapshot!("page_rtl_styled", session.styled());
}

#[test]
fn every_block_for_those_who_hear_it_at_three_sizes() {
    for (columns, rows) in [(120, 60), (80, 50), (40, 40)] {
        let linear = |session: Session| whole(session.settings(|config| config.linear = true).size(columns, rows));
        insta::assert_snapshot!(format!("page_linear_{columns}"), linear(almanac()));
        insta::assert_snapshot!(format!("page_linear_rtl_{columns}"), linear(almanac_from_the_right()));
    }
}

/// A page of tables whose cells reach over others.
fn tables(html: &str) -> Session {
    Session::with_articles(&[Piece { title: "The vote".into(), html: html.into(), hours: 1 }])
}

#[test]
fn tables_with_cells_over_others_at_three_sizes() {
    let plain = || tables(include_str!("../fixtures/golden/tables.html"));
    let from_the_right = || tables(include_str!("../fixtures/golden/tables-rtl.html"));
    for (columns, rows) in [(120, 50), (80, 50), (40, 40)] {
        insta::assert_snapshot!(format!("tables_{columns}"), whole(plain().size(columns, rows)));
        insta::assert_snapshot!(format!("tables_rtl_{columns}"), whole(from_the_right().size(columns, rows)));
    }
    let linear = |session: Session| whole(session.settings(|config| config.linear = true).size(60, 40));
    insta::assert_snapshot!("tables_linear", linear(plain()));
    insta::assert_snapshot!("tables_linear_rtl", linear(from_the_right()));
    insta::assert_snapshot!("tables_styled", plain().size(80, 50).keys("<enter>z").styled());
}

#[test]
fn every_block_in_style() {
    insta::assert_snapshot!("page_styled", almanac().size(100, 170).keys("<enter>z").styled());
    insta::assert_snapshot!("page_styled_none", almanac().theme("none").size(100, 170).keys("<enter>z").styled());
    insta::assert_snapshot!("page_styled_ansi", almanac().theme("ansi").size(100, 170).keys("<enter>z").styled());
}

#[test]
fn a_page_is_set_as_the_settings_say() {
    let session = almanac().settings(|config| {
        config.text_align = dateline::config::TextAlign::Left;
        config.text_width = 40;
        (config.hyphenate, config.justify) = (true, true);
    });
    insta::assert_snapshot!("page_justified", session.size(120, 60).keys("<enter>z").screen());
}

#[test]
fn wide_tables_and_code_go_sideways() {
    let session = almanac().size(60, 120).keys("<enter>z");
    assert_eq!(session.state().reading.current().unwrap().aside, 0);
    let session = session.keys(">>");
    insta::assert_snapshot!("page_aside", session.screen());
    let session = session.keys("9>");
    let far = session.state().reading.current().unwrap().aside;
    let session = session.keys(">");
    assert_eq!(session.state().reading.current().unwrap().aside, far, "no further than its right edge");
    let session = session.keys("9<");
    assert_eq!(session.state().reading.current().unwrap().aside, 0);
}

#[test]
fn a_letter_leads_to_a_footnote_and_back() {
    let session = almanac().size(80, 30).keys("<enter>zf");
    insta::assert_snapshot!("page_letters", session.screen());
    let session = session.keys("a");
    let below = session.state().reading.current().unwrap().top;
    assert!(below > 0, "the note is at the end");
    let letters = session.keys("f");
    let labels = &letters.state().links.letters.as_ref().unwrap().labels;
    let to_first = |aim: &Aim| matches!(aim, Aim::Step(Step::Back(1)));
    let back = labels.iter().find(|(_, aim)| to_first(aim)).unwrap().0.clone();
    assert!(letters.keys(&back).state().reading.current().unwrap().top < below, "back at its sign");
}

#[test]
fn who_says_what_is_marked_and_listed() {
    at_every_size("quotations", almanac, |session| session.keys("<enter>Q"));
    let session = almanac().size(100, 50).keys("<enter>zQ<esc>");
    insta::assert_snapshot!("quotations_marked", session.styled());
    let session = session.keys("Qj<enter>");
    assert!(session.state().quoting.list.is_none() && session.state().quoting.found.is_some());
    // In another width they are found again.
    let session = session.keys("z");
    assert!(session.state().quoting.found.is_some());
    let session = session.keys("<esc>");
    assert!(session.state().quoting.found.is_none() && session.state().reading.current().is_some());
    let silent = Session::with_articles(&[Piece::new(1, "Tides", "The water rose and fell.")]).keys("<enter>Q");
    assert!(silent.screen().contains("Nobody is quoted"));
}

fn copied(session: &Session) -> Vec<String> {
    let text = |effect: &Effect| if let Effect::Copy(text) = effect { Some(text.to_string()) } else { None };
    session.work().iter().filter_map(text).collect()
}

#[test]
fn paragraphs_are_selected_and_copied() {
    let text = "<p>The ferry was late.</p><p>It was <b>very</b> late, because the captain would not be hurried, \
                and nobody hurried him.</p><pre><code>wait()\n  .await</code></pre>";
    let start =
        || Session::with_articles(&[Piece { title: "Ferry late".into(), html: text.into(), hours: 1 }]).size(80, 24);
    let session = start().keys("<enter>vjj");
    insta::assert_snapshot!("selecting", session.styled());
    let session = session.keys("y");
    assert_eq!(
        copied(&session),
        ["The ferry was late.\n\nIt was very late, because the captain would not be hurried, and nobody hurried \
          him.\n\nwait()\n  .await"]
    );
    assert!(session.state().selecting.is_none());
    let session = start().keys("<enter>vGY");
    assert!(
        copied(&session)[0].ends_with("wait()\n  .await\n\n— The Harbour Post, Ferry late\nhttps://harbour.example/0")
    );
    assert!(copied(&start().keys("<enter>vky"))[0].starts_with("Ferry late\n\nThe ferry"), "the head is a key above");
    let session = start().keys("<enter>v<esc>");
    assert!(session.state().selecting.is_none() && session.state().reading.current().is_some());
    assert!(start().keys("<enter>vx").state().selecting.is_none(), "another key ends it");
}

#[test]
fn a_page_behind_a_link_is_read_here() {
    let session = almanac().keys("<enter>Lx");
    let asked = session.work().iter().find_map(|effect| match effect {
        Effect::ReadPage(link) => Some(link.to_string()),
        _ => None,
    });
    assert_eq!(asked.as_deref(), Some("https://pier.example/log?page=4"));
    assert!(session.screen().contains("Fetching https://pier.example/log?page=4"));
}

#[test]
fn escape_goes_back_a_step_at_a_time_and_never_out() {
    let quits = |session: &Session| session.work().iter().any(|effect| matches!(effect, Effect::Quit));
    let session = almanac().size(100, 50).keys("<enter>Fwater<enter>");
    assert!(session.state().finding.query.is_some());
    let session = session.keys("<esc>");
    assert!(
        session.state().finding.query.is_none() && session.state().focus == dateline::app::Pane::Article,
        "the find ends first"
    );
    let session = session.keys("<esc><esc>");
    assert!(session.screen().contains("q quits."), "{}", session.screen());
    let session = session.keys("5<esc><esc>");
    assert!(!quits(&session));
    assert!(quits(&session.keys("q")));
}
