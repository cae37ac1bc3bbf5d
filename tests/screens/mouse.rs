//! The mouse: links that are clicked, borders that are drawn.

use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use dateline::app::{Effect, Event, Pane};

use crate::session::{Piece, Session};

fn mouse(kind: MouseEventKind, column: u16, row: u16) -> Event {
    Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE })
}

fn click(session: Session, (column, row): (u16, u16)) -> Session {
    let session = session.happens(mouse(MouseEventKind::Down(MouseButton::Left), column, row));
    session.happens(mouse(MouseEventKind::Up(MouseButton::Left), column, row))
}

/// Where `words` stand on the screen, in cells.
fn place(session: &Session, words: &str) -> (u16, u16) {
    let screen = session.screen();
    let found = screen.lines().skip(1).zip(0_u16..).find_map(|(line, y)| {
        let at = line.find(words)?;
        Some((dateline::text::width::width(&line[..at]) as u16, y))
    });
    found.unwrap_or_else(|| panic!("no {words:?}\n{screen}"))
}

fn harbour() -> Session {
    let text = "The crane stands at <a href=\"https://dock.example/crane\">the old dock</a> again, where \
                <a href=\"https://ships.example/\">ships</a> were built.";
    Session::with_articles(&[Piece::new(1, "The crane has moved", text)])
}

#[test]
fn a_click_on_a_link_shows_where_it_leads_and_a_second_opens_it() {
    let session = harbour();
    let at = place(&session, "ships");
    let session = click(session, at);
    assert_eq!(session.state().focus, Pane::Article);
    assert!(session.screen().contains("https://ships.example/"), "{}", session.screen());
    assert!(!session.work().iter().any(|effect| matches!(effect, Effect::Browse(_))), "not before it is seen");
    let at = place(&session, "https://dock.example/crane");
    let session = click(session, at);
    assert!(!session.work().iter().any(|effect| matches!(effect, Effect::Browse(_))), "selected only");
    let session = click(session, at);
    let opened = session.work().iter().find_map(|effect| match effect {
        Effect::Browse(link) => Some(link.to_string()),
        _ => None,
    });
    assert_eq!(opened.as_deref(), Some("https://dock.example/crane"));
}

#[test]
fn links_are_met_where_they_are_drawn() {
    let link = |to: &str, words: &str| format!("<a href=\"https://{to}.example/\">{words}</a>");
    let leads = |session: Session, at: (u16, u16), to: &str| {
        let session = click(session, at);
        let list = session.state().links.list.as_ref().unwrap_or_else(|| panic!("{to}\n{}", session.screen()));
        assert_eq!(list.items[list.cursor].1.as_str(), format!("https://{to}.example/"));
    };
    // From the right: the first link stands to the right of the second.
    let text = format!("הסירה עומדת ליד {} ולא ליד {} היום.", link("dock", "המעגן"), link("ships", "המזח"));
    let hebrew = || Session::with_articles(&[Piece { title: "Hebrew".into(), html: text.clone(), hours: 1 }]);
    leads(hebrew(), place(&hebrew(), "ןגעמה"), "dock");
    leads(hebrew(), place(&hebrew(), "חזמה"), "ships");
    let anchors = dateline::ui::link_words(hebrew().state(), &hebrew().draw(&dateline::config::Theme::default()).0);
    for (words, to) in [("ןגעמה", "dock"), ("חזמה", "ships")] {
        let at = place(&hebrew(), words);
        let anchor = anchors.iter().find(|anchor| (anchor.area.x, anchor.area.y) == at).expect(words);
        assert_eq!(
            (anchor.link.as_str(), anchor.area.width),
            (format!("https://{to}.example/").as_str(), words.chars().count() as u16)
        );
    }
    // Spread: every word of it, and the space between two.
    let text = format!(
        "The crane stands, as everybody on the pier has known for years, at {} again, where nobody \
         wants it and where it will stay until somebody takes the trouble to move it elsewhere at last.",
        link("dock", "the old dock of the northern harbour company beside the fish market")
    );
    let at = |columns| {
        Session::with_articles(&[Piece { title: "Spread".into(), html: text.clone(), hours: 1 }])
            .settings(|config| config.justify = true)
            .size(columns, 40)
    };
    let is_spread = |session: &Session| {
        let rows = &session.state().reading.shown.as_ref().unwrap().laid_out.rows;
        rows.iter().any(|row| row.stretch > 0 && row.runs.iter().any(|run| run.link.is_some()))
    };
    let columns = (118..180).find(|columns| is_spread(&at(*columns))).expect("at some width the link is spread");
    let spread = || at(columns);
    let session = spread();
    let shown = session.state().reading.shown.as_ref().unwrap();
    let text = session.state().areas().text;
    let mut met = 0;
    for (y, row) in (0..).zip(&shown.laid_out.rows) {
        let pieces: Vec<_> =
            row.pieces(shown.laid_out.columns).into_iter().filter(|piece| piece.run.link.is_some()).collect();
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { continue };
        for column in first.column..last.column + last.columns {
            leads(spread(), (text.x + column, text.y + y), "dock");
            met += usize::from(row.stretch > 0);
        }
    }
    assert!(met > 0, "a line of the link is spread");
    // Sideways: the cell that was out of sight.
    let cells = |n: usize| (0..8).map(|m| format!("<td>measurement{n}{m}</td>")).collect::<String>();
    let text = format!(
        "<p>Tides.</p><table><tr>{}</tr><tr>{}<td>{}</td></tr></table>",
        cells(1),
        cells(2),
        link("far", "faraway")
    );
    let wide = || {
        Session::with_articles(&[Piece { title: "Wide".into(), html: text.clone(), hours: 1 }])
            .size(80, 24)
            .keys("<enter>9>")
    };
    leads(wide(), place(&wide(), "faraway"), "far");
}

#[test]
fn a_click_on_the_sign_of_a_footnote_leads_to_it() {
    let page = include_bytes!("../fixtures/page.html");
    let session = Session::empty().import("page.html", page).size(80, 30).keys("<enter>z");
    let (x, y) = place(&session, "late¹");
    let session = click(session, (x + 4, y));
    assert!(session.screen().contains("By the clock of the harbour office"), "{}", session.screen());
}

#[test]
fn a_border_is_drawn_and_stays_where_it_was_drawn() {
    let session = harbour();
    let before = session.state().areas();
    let (list, related) = (before.headlines.unwrap(), before.related.unwrap());
    let session = session
        .happens(mouse(MouseEventKind::Down(MouseButton::Left), list.right(), 10))
        .happens(mouse(MouseEventKind::Drag(MouseButton::Left), 30, 12))
        .happens(mouse(MouseEventKind::Up(MouseButton::Left), 30, 12));
    let session = session
        .happens(mouse(MouseEventKind::Down(MouseButton::Left), related.x - 1, 10))
        .happens(mouse(MouseEventKind::Drag(MouseButton::Left), 95, 10))
        .happens(mouse(MouseEventKind::Up(MouseButton::Left), 95, 10));
    let drawn = session.state().areas();
    assert_eq!((drawn.headlines.unwrap().right(), drawn.related.unwrap().x - 1), (30, 95));
    insta::assert_snapshot!("mouse_drawn_borders", session.screen());
    let again = session.reopened().state().areas();
    assert_eq!((again.headlines, again.related), (drawn.headlines, drawn.related));
}

#[test]
fn nothing_moves_where_no_border_is_or_the_mouse_is_off() {
    let session = harbour();
    let before = session.state().areas();
    let session = session.happens(mouse(MouseEventKind::Down(MouseButton::Left), 10, 10)).happens(mouse(
        MouseEventKind::Drag(MouseButton::Left),
        60,
        10,
    ));
    assert_eq!(session.state().areas().headlines, before.headlines);
}

fn wheel(mut session: Session, kind: MouseEventKind, (column, row): (u16, u16), times: usize) -> Session {
    for _ in 0..times {
        session = session.happens(mouse(kind, column, row));
    }
    session
}

#[test]
fn the_wheel_scrolls_the_pane_under_it_and_what_it_selects_stays_in_sight() {
    let session = Session::edition().size(120, 24);
    let areas = session.state().areas();
    let (article, related) = (areas.article.unwrap(), areas.related.unwrap());
    let session = wheel(session, MouseEventKind::ScrollDown, (article.x + 3, 10), 2);
    assert_eq!(session.state().reading.shown.as_ref().unwrap().top, 6);
    assert_eq!((session.state().focus, session.state().headlines.cursor), (Pane::Headlines, 0), "and nothing else");
    let session = wheel(session, MouseEventKind::ScrollUp, (related.x + 3, 10), 1);
    assert_eq!(session.state().related.cursor, None);
    let session = wheel(session, MouseEventKind::ScrollDown, (related.x + 3, 10), 30);
    let last = session.state().related.items.len() - 1;
    assert_eq!(session.state().related.cursor, Some(last));
    let title = session.state().related.items[last].headline.title.to_string();
    let word = title.split(' ').next().unwrap();
    assert!(session.screen().lines().any(|line| line.contains(word)), "{title}\n{}", session.screen());
    let session = wheel(session, MouseEventKind::ScrollDown, (3, 10), 3);
    assert_eq!(session.state().headlines.cursor, 3);
    // The list of sources, in few lines.
    let session = session.keys("qS").size(120, 12);
    let session = wheel(session, MouseEventKind::ScrollDown, (3, 5), 30);
    insta::assert_snapshot!("mouse_wheel_sources", session.screen());
}

#[test]
fn the_wheel_walks_what_lies_over_the_panes_and_clicks_do_not_reach_through() {
    let down = MouseEventKind::ScrollDown;
    let session = Session::edition().size(120, 24);
    let help = wheel(session.keys("?"), down, (40, 10), 2);
    assert_eq!(help.state().help.as_ref().unwrap().top, 6);
    let help = click(help, (3, 10));
    assert!(help.state().help.is_some() && help.state().headlines.cursor == 0);
    let goto = wheel(Session::edition().keys("<ctrl-p>"), down, (40, 10), 2);
    assert_eq!(goto.state().goto.as_ref().unwrap().cursor, 2);
    let packs = wheel(Session::edition().keys("p"), down, (40, 10), 2);
    assert_eq!(packs.state().packs.as_ref().unwrap().cursor, 2);
    let quotes = Session::edition().keys("<enter>Q");
    let quotes = if quotes.state().quoting.list.is_some() { quotes } else { quotes.keys("Q") };
    let before = quotes.state().quoting.list.unwrap();
    let quotes = click(wheel(quotes, down, (40, 10), 1), (3, 10));
    assert_eq!(quotes.state().quoting.list, Some(before + 1), "and the headline behind it is not clicked");
    assert_eq!(quotes.state().focus, Pane::Article);
    let typing = wheel(Session::edition().keys("/x"), down, (3, 10), 2);
    assert_eq!(typing.state().headlines.cursor, 0, "what is typed belongs to the keys");
}

#[test]
fn a_mouse_that_is_off_does_nothing() {
    let session = Session::edition().settings(|config| config.mouse = false);
    let before = session.screen();
    let session = click(wheel(session, MouseEventKind::ScrollDown, (3, 10), 3), (3, 12));
    assert_eq!(session.screen(), before);
}
