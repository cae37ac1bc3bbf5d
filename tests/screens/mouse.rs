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
