//! What comes in by the terminal: keys, pastes, the mouse, replies; and, from [`super::signals`],
//! signals and changes of size.

use std::io;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crossbeam_channel::Sender;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseEvent};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use super::sequences::{Kind, Piece, Splitter};
use super::{Background, Reply, Signal, abilities, background, guard, keys, lending};
use crate::text::Raw;

/// One thing that came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed, or repeats; letting go is not told. A capital letter carries `SHIFT`.
    Key(KeyEvent),
    /// Text was pasted. From outside like any other.
    Paste(Raw),
    /// The mouse, in cells from 0.
    Mouse(MouseEvent),
    /// The terminal has another size, in cells; either may be 0 where it does not know.
    Resize {
        /// Cells in a line.
        columns: u16,
        /// Lines.
        rows: u16,
    },
    /// The terminal said what its background is like. May come late or never.
    Background(Background),
    /// The terminal answered another question: what it can do. May come late or never.
    Reply(Reply),
    /// A signal came.
    Signal(Signal),
    /// The program runs again after somebody else stopped it: take the terminal anew with
    /// [`super::Screen::resume`]. The end of a [`super::Screen::suspend`] is not told.
    Continued,
    /// The terminal is gone; nothing more will come.
    Closed,
}

/// Starts the thread that reads the terminal. It sleeps until something comes, ends after
/// [`Input::Closed`] or when the other end of `inbox` is gone, and may be left to itself otherwise.
///
/// # Errors
/// Where the thread cannot be started.
pub fn spawn<T: From<Input> + Send + 'static>(inbox: Sender<T>) -> io::Result<JoinHandle<()>> {
    thread::Builder::new().name("input".to_owned()).spawn(move || {
        let _ended = Ended;
        lending::reading();
        let mut splitter = Splitter::default();
        let mut bytes = [0; 4096];
        loop {
            let mut wanted = true;
            let send = |piece: Piece<'_>| {
                if let Some(input) = understand(&piece) {
                    wanted &= inbox.send(input.into()).is_ok();
                }
            };
            match read(splitter.patience(), &mut bytes) {
                Read::Bytes(count) => splitter.push(&bytes[..count], send),
                Read::Nothing => splitter.give_up(send),
                Read::Closed => {
                    let _ = inbox.send(Input::Closed.into());
                    return;
                }
            }
            if !wanted {
                return;
            }
        }
    })
}

/// Says that nobody reads any more, however the thread ends.
struct Ended;

impl Drop for Ended {
    fn drop(&mut self) {
        lending::ended();
    }
}

fn understand(piece: &Piece<'_>) -> Option<Input> {
    match piece {
        Piece::Key(bytes) => match abilities::from_control(bytes) {
            // Nobody asks for it here; what looks like it is F3 with shift.
            None | Some(Reply::Cursor(..)) => keys::decode(bytes),
            Some(reply) => {
                if matches!(reply, Reply::Attributes { .. }) {
                    guard::answered();
                }
                Some(Input::Reply(reply))
            }
        },
        Piece::Alt(c) => {
            let shift = if c.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
            Some(Input::Key(KeyEvent::new(KeyCode::Char(*c), KeyModifiers::ALT | shift)))
        }
        Piece::Paste(bytes) => Some(Input::Paste(Raw::new(String::from_utf8_lossy(bytes)))),
        Piece::Reply(Kind::Osc, body) => background::from_reply(body).map(Input::Background),
        Piece::Reply(kind, body) => abilities::from_string(*kind, body).map(Input::Reply),
    }
}

/// What reading gave.
enum Read {
    Bytes(usize),
    /// Nothing in the time given.
    Nothing,
    Closed,
}

/// Reads what has come, waiting for it at most `patience`, or for ever. Stands aside while the
/// terminal is lent to another program.
///
/// Not crossterm's reader: on a terminal that has hung up it spins at full speed, it can leave
/// typed-ahead keys lying until the next key, and it takes a reply for keys.
fn read(patience: Option<Duration>, bytes: &mut [u8]) -> Read {
    let tty = rustix::stdio::stdin();
    let call = lending::call();
    loop {
        let wait = patience.map(|wait| Timespec { tv_sec: 0, tv_nsec: wait.subsec_nanos().into() });
        let mut waited = vec![PollFd::new(&tty, PollFlags::IN)];
        waited.extend(call.as_ref().map(|call| PollFd::new(call, PollFlags::IN)));
        match poll(&mut waited, wait.as_ref()) {
            Ok(0) => return Read::Nothing,
            // A signal does not give the wait its time back: waiting a little longer is harmless.
            Err(Errno::INTR) => continue,
            _ => {}
        }
        if waited.get(1).is_some_and(|call| !call.revents().is_empty()) {
            lending::park();
            continue;
        }
        match rustix::io::read(tty, &mut *bytes) {
            // In raw mode a read ends without bytes only when the terminal has hung up.
            Ok(0) => return Read::Closed,
            Ok(count) => return Read::Bytes(count),
            Err(Errno::INTR) => {}
            // Somebody made the shared descriptor non-blocking.
            Err(Errno::AGAIN) => match poll(&mut [PollFd::new(&tty, PollFlags::IN)], None) {
                Ok(_) | Err(Errno::INTR) => {}
                Err(_) => return Read::Closed,
            },
            Err(_) => return Read::Closed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_is_never_keys() {
        let mut found = Vec::new();
        let mut splitter = Splitter::default();
        let chunks =
            [&b"j\x1b]11;rgb:ffff/ff"[..], b"ff/ffff\x1b", b"\\\x1b[12;1R\x1b_Gi=4294967295;OK\x1b\\\x1b[?62;4ck"];
        for chunk in chunks {
            splitter.push(chunk, |piece| found.extend(understand(&piece)));
        }
        let key = |c| Input::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE));
        let said = [
            Input::Background(Background::Light),
            Input::Reply(Reply::KittyGraphics),
            Input::Reply(Reply::Attributes { sixel: true }),
        ];
        assert_eq!(found, [&[key('j')][..], &said, &[key('k')]].concat());
    }

    #[test]
    fn a_paste_stays_raw() {
        let mut found = Vec::new();
        Splitter::default().push(b"\x1b[200~a\x1b[31mb\xff\x1b[201~", |piece| found.extend(understand(&piece)));
        assert_eq!(found, [Input::Paste(Raw::new("a\u{1b}[31mb\u{fffd}"))]);
    }
}
