//! Cuts the bytes that come in from a terminal into whole pieces: keys, pastes, replies.
//!
//! A key, a pasted page and the terminal's answer to a question all arrive on one wire, cut
//! anywhere. What a piece *means* is a library's business ([`super::keys`]); where it ends, and how
//! long to wait when it does not, is ours, because that decides whether a reply can be mistaken for
//! keys and whether a lone Esc or Alt-\] is ever seen.

use std::time::Duration;

/// How long an Esc waits for the rest of a sequence. Longer than the gap between two packets of one
/// sequence on a slow line, shorter than a person notices.
const KEY_PATIENCE: Duration = Duration::from_millis(30);

/// How long any other piece waits for its end.
const PIECE_PATIENCE: Duration = Duration::from_millis(500);

/// The longest control sequence or reply, in bytes; real ones are far shorter.
const MAX_SEQUENCE: usize = 4096;

/// The most that is taken of a paste, in bytes. The rest is dropped.
const MAX_PASTE: usize = 1024 * 1024;

const PASTE: &[u8] = b"\x1b[200~";
const PASTE_END: &[u8] = b"\x1b[201~";

/// One whole piece.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// One key or mouse report, as the terminal encodes it.
    Key(&'a [u8]),
    /// One of the keys that begin like a sequence, pressed with Alt.
    Alt(char),
    /// What was pasted.
    Paste(&'a [u8]),
    /// The body of a command string: the answer to a question.
    Reply(Kind, &'a [u8]),
}

/// Which of the command strings (ECMA-48 §5.6) a reply is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// An operating system command.
    Osc,
    /// A device control string.
    Dcs,
    /// An application program command.
    Apc,
}

/// The cutter.
#[derive(Debug, Default)]
pub(super) struct Splitter {
    waiting: Vec<u8>,
    /// The paste being taken in.
    paste: Option<Vec<u8>>,
}

/// What begins the bytes in hand.
enum Next {
    /// A key of that many bytes.
    Key(usize),
    /// A reply: the whole length, and where its body ends.
    Reply(Kind, usize, usize),
    /// The marker that begins a paste.
    Paste,
    /// That many bytes that mean nothing to us.
    Nothing(usize),
    /// The beginning of something.
    More,
}

impl Splitter {
    /// Takes in `bytes` and hands out what is whole. Linear in the length of `bytes`.
    pub(super) fn push(&mut self, bytes: &[u8], mut out: impl FnMut(Piece<'_>)) {
        self.waiting.extend_from_slice(bytes);
        let mut at = 0;
        while at < self.waiting.len() {
            if let Some(paste) = &mut self.paste {
                let rest = &self.waiting[at..];
                let Some(end) = find(rest, PASTE_END) else {
                    // The marker may be cut in two: its possible beginning waits.
                    let keep = (1..PASTE_END.len()).rev().find(|&n| rest.ends_with(&PASTE_END[..n])).unwrap_or(0);
                    extend(paste, &rest[..rest.len() - keep]);
                    at = self.waiting.len() - keep;
                    break;
                };
                extend(paste, &rest[..end]);
                out(Piece::Paste(paste));
                self.paste = None;
                at += end + PASTE_END.len();
                continue;
            }
            let rest = &self.waiting[at..];
            at += match next(rest) {
                Next::Key(length) => {
                    out(Piece::Key(&rest[..length]));
                    length
                }
                Next::Reply(kind, length, end) => {
                    out(Piece::Reply(kind, &rest[2..end]));
                    length
                }
                Next::Paste => {
                    self.paste = Some(Vec::new());
                    PASTE.len()
                }
                Next::Nothing(length) => length,
                Next::More => break,
            };
        }
        self.waiting.drain(..at);
    }

    /// How long to wait for the rest of what has begun; `None` when nothing has.
    pub(super) fn patience(&self) -> Option<Duration> {
        match self.waiting.len() {
            _ if self.paste.is_some() => Some(PIECE_PATIENCE),
            0 => None,
            1 | 2 => Some(KEY_PATIENCE),
            _ => Some(PIECE_PATIENCE),
        }
    }

    /// The rest did not come: hands out what the beginning means by itself. An Esc is the key, an
    /// Esc with the first byte of a sequence is that key with Alt, a paste ends here, anything else
    /// was cut off and means nothing.
    pub(super) fn give_up(&mut self, mut out: impl FnMut(Piece<'_>)) {
        if let Some(mut paste) = self.paste.take() {
            extend(&mut paste, &self.waiting);
            out(Piece::Paste(&paste));
        } else {
            match self.waiting[..] {
                [0x1b] => out(Piece::Key(b"\x1b")),
                [0x1b, byte] if byte.is_ascii_graphic() => out(Piece::Alt(char::from(byte))),
                _ => {}
            }
        }
        self.waiting.clear();
    }
}

/// Adds to a paste what it still may take.
fn extend(paste: &mut Vec<u8>, bytes: &[u8]) {
    let room = MAX_PASTE.saturating_sub(paste.len()).min(bytes.len());
    paste.extend_from_slice(&bytes[..room]);
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

/// What `bytes`, which are not empty, begin with.
fn next(bytes: &[u8]) -> Next {
    match bytes {
        [0x1b] => Next::More,
        // Esc, and another sequence after it.
        [0x1b, 0x1b, ..] => Next::Key(1),
        [0x1b, b'[', rest @ ..] => control_sequence(rest),
        [0x1b, b'O'] => Next::More,
        [0x1b, b'O', byte, ..] => Next::Key(if byte.is_ascii_graphic() { 3 } else { 2 }),
        [0x1b, b']' | b'P' | b'X' | b'^' | b'_', ..] => string(bytes),
        [0x1b, rest @ ..] => character(rest, 1),
        _ => character(bytes, 0),
    }
}

/// One character in UTF-8 after `before` bytes.
fn character(bytes: &[u8], before: usize) -> Next {
    let length = match bytes[0] {
        0x00..=0x7f => 1,
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return Next::Nothing(before + 1),
    };
    let whole = bytes.iter().skip(1).take(length - 1).take_while(|&&byte| byte & 0xc0 == 0x80).count() + 1;
    if whole == length {
        Next::Key(before + length)
    } else if whole == bytes.len() {
        Next::More
    } else {
        Next::Nothing(before + whole)
    }
}

/// A control sequence (ECMA-48 §5.4) after its `ESC [`.
fn control_sequence(rest: &[u8]) -> Next {
    match rest {
        // Old mouse reports: three bytes that may be anything.
        [b'M', report @ ..] => return if report.len() < 3 { Next::More } else { Next::Key(6) },
        // The Linux console's F1 to F5.
        [b'[', key @ ..] => return if key.is_empty() { Next::More } else { Next::Key(4) },
        _ => {}
    }
    match rest.iter().position(|byte| !(0x20..=0x3f).contains(byte)) {
        None if rest.len() > MAX_SEQUENCE => Next::Nothing(rest.len() + 2),
        None => Next::More,
        Some(end) if (0x40..=0x7e).contains(&rest[end]) => {
            if &rest[..=end] == b"200~" {
                Next::Paste
            } else {
                Next::Key(end + 3)
            }
        }
        // Broken off by a control character, which begins something else.
        Some(end) => Next::Nothing(end + 2),
    }
}

/// A command string (ECMA-48 §5.6) up to its `ESC \` or BEL.
fn string(bytes: &[u8]) -> Next {
    let end = bytes[2..].iter().position(|byte| matches!(byte, 0x07 | 0x1b)).map(|at| at + 2);
    let (end, length) = match end {
        None if bytes.len() > MAX_SEQUENCE => return Next::Nothing(bytes.len()),
        None => return Next::More,
        Some(end) if bytes[end] == 0x07 => (end, end + 1),
        Some(end) => match bytes.get(end + 1) {
            None => return Next::More,
            Some(b'\\') => (end, end + 2),
            Some(_) => return Next::Nothing(end),
        },
    };
    match bytes[1] {
        b']' => Next::Reply(Kind::Osc, length, end),
        b'P' => Next::Reply(Kind::Dcs, length, end),
        b'_' => Next::Reply(Kind::Apc, length, end),
        _ => Next::Nothing(length),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What comes out when `bytes` come in by pieces of `step` bytes.
    fn split(bytes: &[u8], step: usize) -> Vec<String> {
        let mut splitter = Splitter::default();
        let mut found = Vec::new();
        for chunk in bytes.chunks(step) {
            splitter.push(chunk, |piece| found.push(say(&piece)));
        }
        splitter.give_up(|piece| found.push(say(&piece)));
        assert_eq!(splitter.patience(), None);
        found
    }

    fn say(piece: &Piece<'_>) -> String {
        match piece {
            Piece::Key(bytes) => bytes.escape_ascii().to_string(),
            Piece::Alt(c) => format!("Alt-{c}"),
            Piece::Paste(bytes) => format!("Paste {}", bytes.escape_ascii()),
            Piece::Reply(kind, bytes) => format!("{kind:?} {}", bytes.escape_ascii()),
        }
    }

    #[test]
    fn pieces_are_found_however_they_are_cut() {
        for (bytes, pieces) in [
            (&b"ab"[..], &["a", "b"][..]),
            ("é日😀".as_bytes(), &["\\xc3\\xa9", "\\xe6\\x97\\xa5", "\\xf0\\x9f\\x98\\x80"]),
            (b"\x1b[A\x1bOBx", &["\\x1b[A", "\\x1bOB", "x"]),
            (b"\x1b[1;5Cj", &["\\x1b[1;5C", "j"]),
            (b"\x1b", &["\\x1b"]),
            (b"\x1b\x1b[A", &["\\x1b", "\\x1b[A"]),
            (b"\x1bj", &["\\x1bj"]),
            (b"\x1b]", &["Alt-]"]),
            (b"\x1b[", &["Alt-["]),
            (b"\x1bO", &["Alt-O"]),
            (b"q\x1b]11;rgb:0/0/0\x1b\\k", &["q", "Osc 11;rgb:0/0/0", "k"]),
            (b"\x1b]11;rgb:0/0/0\x07k", &["Osc 11;rgb:0/0/0", "k"]),
            (b"\x1bP1+r\x1b\\\x1b_Gi=1;OK\x1b\\k", &["Dcs 1+r", "Apc Gi=1;OK", "k"]),
            (b"\x1bXsos\x1b\\\x1b^pm\x1b\\k", &["k"]),
            (b"\x1b[200~one\ntwo\x1b[A\x1b[201~k", &["Paste one\\ntwo\\x1b[A", "k"]),
            (b"\x1b[200~never ends", &["Paste never ends"]),
            (b"\x1b[<0;10;20M\x1b[<0;10;20m", &["\\x1b[<0;10;20M", "\\x1b[<0;10;20m"]),
            (b"\x1b[M !!\x1b[[A", &["\\x1b[M !!", "\\x1b[[A"]),
            (b"\xff\xc3k", &["k"]),
            (b"\x1b[1;\x1b[B", &["\\x1b[B"]),
            (b"\x1b[1;2", &[]),
            (b"\x1b]11;rgb", &[]),
        ] {
            for step in [1, 2, 3, bytes.len()] {
                // Cut right behind an Esc it is still one piece: nobody gave up waiting.
                assert_eq!(split(bytes, step), pieces, "{} by {step}", bytes.escape_ascii());
            }
        }
    }

    #[test]
    fn a_paste_has_a_limit() {
        let mut splitter = Splitter::default();
        splitter.push(PASTE, |_| ());
        let mut length = 0;
        for _ in 0..3 {
            splitter.push(&vec![b'x'; MAX_PASTE / 2], |_| ());
        }
        splitter.push(PASTE_END, |piece| length = if let Piece::Paste(bytes) = piece { bytes.len() } else { 0 });
        assert_eq!(length, MAX_PASTE);
    }

    proptest! {
        #[test]
        fn nothing_hangs_and_nothing_stays(bytes in proptest::collection::vec(
            prop_oneof![Just(0x1b), Just(b'['), Just(b']'), Just(b'~'), Just(b'2'), Just(b'0'), Just(b'\\'), any::<u8>()], 0..200)) {
            // By twos: the cut must not matter for what is left behind.
            split(&bytes, 2);
            prop_assert_eq!(split(&bytes, 1), split(&bytes, bytes.len().max(1)));
        }
    }
}
