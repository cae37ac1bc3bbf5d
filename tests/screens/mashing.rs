//! Keys mashed: whatever is pressed at whatever size over the real store, nothing panics and every
//! screen is sound.

use dateline::app::{Event, Progress, Summary};
use dateline::config::Key;
use dateline::text::Raw;
use proptest::prelude::*;

use crate::session::Session;

/// What can happen, the likely things more often. Keys that ask for a name are followed by what one
/// types there.
fn event() -> impl Strategy<Value = Event> {
    let keys = [
        "j",
        "k",
        "down",
        "up",
        "enter",
        "space",
        "esc",
        "q",
        "tab",
        "shift-tab",
        "h",
        "l",
        "g",
        "G",
        "ctrl-d",
        "ctrl-u",
        "pgdn",
        "pgup",
        "n",
        "p",
        "N",
        "backspace",
        "[",
        "]",
        "b",
        "B",
        "m",
        "A",
        "u",
        "ctrl-r",
        "o",
        "O",
        "y",
        "Y",
        "/",
        "ctrl-f",
        ".",
        "S",
        "a",
        "i",
        "r",
        "R",
        "ctrl-g",
        "z",
        "?",
        "1",
        "2",
        "3",
        "4",
        "+",
        "-",
        "=",
        "T",
        "W",
        "M",
        "9",
        "J",
        "K",
        "home",
        "end",
        "delete",
        "left",
        "right",
        "ctrl-w",
        "ctrl-l",
        "e",
        "t",
        ":",
        "\"",
        "(",
        "é",
        "新",
    ];
    let key = |name: &str| name.parse::<dateline::config::KeySeq>().unwrap().keys()[0];
    let keys: Vec<Key> = keys.iter().map(|name| key(name)).collect();
    prop_oneof![
        30 => proptest::sample::select(keys).prop_map(Event::Key),
        2 => (0_u16..200, 0_u16..60).prop_map(|(columns, rows)| Event::Resize(columns, rows)),
        1 => (0_u16..9, 0_u16..9).prop_map(|(columns, rows)| Event::Resize(columns, rows)),
        1 => "\\PC{0,12}".prop_map(|text| Event::Paste(Raw::new(text))),
        1 => (0_usize..9, 0_u64..9).prop_map(|(done, new)| Event::Refreshing(Progress { done, total: 9, failed: 0, new })),
        1 => Just(Event::Refreshed(Summary::default())),
        2 => (0_u16..200, 0_u16..60, 0_u8..3).prop_map(|(column, row, kind)| Event::Mouse(mouse(column, row, kind))),
    ]
}

fn mouse(column: u16, row: u16, kind: u8) -> crossterm::event::MouseEvent {
    use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
    let kind = match kind {
        0 => MouseEventKind::Down(MouseButton::Left),
        1 => MouseEventKind::ScrollDown,
        _ => MouseEventKind::ScrollUp,
    };
    MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics(events in proptest::collection::vec(event(), 1..120), columns in 0_u16..200, rows in 0_u16..60) {
        let mut session = Session::edition().size(columns, rows);
        for event in events {
            session.event(event);
            let _ = session.screen();
        }
    }
}
