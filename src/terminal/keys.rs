//! What a key or mouse report means: read by `termina`, given out in crossterm's words, which the
//! rest of the program (and ratatui's world) speaks.

use crossterm::event as out;
use termina::event as read;
use termina::{Event, Parser};

use super::input::Input;

/// Reads one whole piece. `None` for what is no key, press or mouse report: a key that was let go,
/// a reply, a sequence that nobody knows.
pub(super) fn decode(piece: &[u8]) -> Option<Input> {
    // A parser of its own for every piece: one that saw something unknown would wait for its end
    // and swallow the next keys.
    let mut parser = Parser::default();
    parser.parse(piece, false);
    match parser.pop()? {
        Event::Key(key) if key.kind != read::KeyEventKind::Release => {
            Some(Input::Key(out::KeyEvent::new(code(key.code)?, modifiers(key.modifiers))))
        }
        Event::Mouse(mouse) => Some(Input::Mouse(out::MouseEvent {
            kind: mouse_kind(mouse.kind),
            column: mouse.column,
            row: mouse.row,
            modifiers: modifiers(mouse.modifiers),
        })),
        _ => None,
    }
}

fn code(code: read::KeyCode) -> Option<out::KeyCode> {
    use out::KeyCode as Out;
    use read::KeyCode as Read;
    Some(match code {
        Read::Char(c) => Out::Char(c),
        Read::Enter => Out::Enter,
        Read::Backspace => Out::Backspace,
        Read::Tab => Out::Tab,
        Read::Escape => Out::Esc,
        Read::Left => Out::Left,
        Read::Right => Out::Right,
        Read::Up => Out::Up,
        Read::Down => Out::Down,
        Read::Home => Out::Home,
        Read::End => Out::End,
        Read::BackTab => Out::BackTab,
        Read::PageUp => Out::PageUp,
        Read::PageDown => Out::PageDown,
        Read::Insert => Out::Insert,
        Read::Delete => Out::Delete,
        Read::KeypadBegin => Out::KeypadBegin,
        Read::PrintScreen => Out::PrintScreen,
        Read::Pause => Out::Pause,
        Read::Menu => Out::Menu,
        Read::Function(n) => Out::F(n),
        // Locks, modifiers and media keys by themselves are nothing that we bind.
        _ => return None,
    })
}

fn modifiers(modifiers: read::Modifiers) -> out::KeyModifiers {
    use out::KeyModifiers as Out;
    use read::Modifiers as Read;
    let mut all = Out::NONE;
    for (read, out) in [
        (Read::SHIFT, Out::SHIFT),
        (Read::ALT, Out::ALT),
        (Read::CONTROL, Out::CONTROL),
        (Read::SUPER, Out::SUPER),
        (Read::HYPER, Out::HYPER),
        (Read::META, Out::META),
    ] {
        all.set(out, modifiers.contains(read));
    }
    all
}

fn mouse_kind(kind: read::MouseEventKind) -> out::MouseEventKind {
    use out::MouseEventKind as Out;
    use read::MouseEventKind as Read;
    match kind {
        Read::Down(button) => Out::Down(mouse_button(button)),
        Read::Up(button) => Out::Up(mouse_button(button)),
        Read::Drag(button) => Out::Drag(mouse_button(button)),
        Read::Moved => Out::Moved,
        Read::ScrollDown => Out::ScrollDown,
        Read::ScrollUp => Out::ScrollUp,
        Read::ScrollLeft => Out::ScrollLeft,
        Read::ScrollRight => Out::ScrollRight,
    }
}

fn mouse_button(button: read::MouseButton) -> out::MouseButton {
    match button {
        read::MouseButton::Left => out::MouseButton::Left,
        read::MouseButton::Right => out::MouseButton::Right,
        read::MouseButton::Middle => out::MouseButton::Middle,
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn keys() {
        use KeyModifiers as M;
        for (piece, code, modifiers) in [
            ("j", KeyCode::Char('j'), M::NONE),
            ("G", KeyCode::Char('G'), M::SHIFT),
            ("я", KeyCode::Char('я'), M::NONE),
            ("\r", KeyCode::Enter, M::NONE),
            ("\t", KeyCode::Tab, M::NONE),
            ("\x1b[Z", KeyCode::BackTab, M::SHIFT),
            ("\x7f", KeyCode::Backspace, M::NONE),
            ("\x04", KeyCode::Char('d'), M::CONTROL),
            ("\x1a", KeyCode::Char('z'), M::CONTROL),
            ("\x1b", KeyCode::Esc, M::NONE),
            ("\x1bj", KeyCode::Char('j'), M::ALT),
            ("\x1b[A", KeyCode::Up, M::NONE),
            ("\x1bOB", KeyCode::Down, M::NONE),
            ("\x1b[1;5C", KeyCode::Right, M::CONTROL),
            ("\x1b[5~", KeyCode::PageUp, M::NONE),
            ("\x1b[3;2~", KeyCode::Delete, M::SHIFT),
            ("\x1b[15~", KeyCode::F(5), M::NONE),
            ("\x1b[[B", KeyCode::F(2), M::NONE),
            ("\x1b[97;5u", KeyCode::Char('a'), M::CONTROL),
        ] {
            assert_eq!(decode(piece.as_bytes()), Some(Input::Key(KeyEvent::new(code, modifiers))), "{piece:?}");
        }
    }

    #[test]
    fn the_mouse() {
        let Some(Input::Mouse(mouse)) = decode(b"\x1b[<0;10;20M") else { panic!("no mouse report") };
        assert_eq!((mouse.column, mouse.row), (9, 19));
        assert_eq!(mouse.kind, out::MouseEventKind::Down(out::MouseButton::Left));
        let Some(Input::Mouse(mouse)) = decode(b"\x1b[<65;1;1M") else { panic!("no wheel") };
        assert_eq!(mouse.kind, out::MouseEventKind::ScrollDown);
    }

    #[test]
    fn what_is_no_key() {
        for piece in
            [&b"\x1b[?62;22c"[..], b"\x1b[12;40R", b"\x1b[I", b"\x1b[97;1:3u", b"\x1b[>1;2c", b"\x1b[9999q", b""]
        {
            assert_eq!(decode(piece), None, "{}", piece.escape_ascii());
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(piece in "(\x1b)?[\\[O]?[<>?M]?[0-9;:]{0,12}[ -~]?[\\x00-\\xff]{0,4}") {
            decode(piece.as_bytes());
        }

        #[test]
        fn no_bytes_panic(piece in proptest::collection::vec(any::<u8>(), 0..12)) {
            decode(&piece);
            decode(&[b"\x1b[", &piece[..]].concat());
        }
    }
}
