//! The clipboard, by way of the terminal: OSC 52 works over ssh and needs no display.

use std::io;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::text::CleanText;

/// The longest text handed over, in bytes. Terminals cut or refuse longer ones (xterm and tmux take
/// about this much once it is encoded).
pub const MAX_BYTES: usize = 74_000;

/// What stands between us and the terminal whose clipboard is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Multiplexer {
    /// Nothing.
    None,
    /// tmux.
    Tmux,
    /// GNU screen.
    Screen,
    /// One of the two: over ssh only `TERM` is left to tell, and both call themselves `screen` there.
    Either,
}

impl Multiplexer {
    /// Told by the variables that they set, of which ssh hands on only `TERM`.
    pub fn from_env(env: impl Fn(&str) -> Option<String>) -> Self {
        let value = |name: &str| env(name).unwrap_or_default();
        let term = value("TERM");
        match () {
            () if !value("TMUX").is_empty() => Self::Tmux,
            () if !value("STY").is_empty() => Self::Screen,
            () if term.starts_with("tmux") => Self::Tmux,
            () if term.starts_with("screen") => Self::Either,
            () => Self::None,
        }
    }
}

/// The bytes that put `text` on the clipboard.
///
/// # Errors
/// `InvalidInput` where `text` is longer than [`MAX_BYTES`].
pub fn sequence(text: &CleanText, multiplexer: Multiplexer) -> io::Result<String> {
    if text.as_str().len() > MAX_BYTES {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "the text is too long for the clipboard"));
    }
    let plain = format!("\x1b]52;c;{}\x1b\\", STANDARD.encode(text.as_str()));
    Ok(match multiplexer {
        // screen drops it, tmux takes it; what is wrapped for one of them the other would print.
        Multiplexer::None | Multiplexer::Either => plain,
        // tmux takes the plain form with `set-clipboard on` and hands on the wrapped one with
        // `allow-passthrough on`; which is set cannot be seen from here, and both together do no harm.
        Multiplexer::Tmux => format!("{plain}\x1bPtmux;{}\x1b\\", plain.replace('\x1b', "\x1b\x1b")),
        // screen hands on what stands in a DCS, up to 256 bytes of it, and cannot hold an ESC \ there:
        // BEL ends the inner sequence as well.
        Multiplexer::Screen => {
            let inner = plain.replace("\x1b\\", "\x07");
            let pieces = inner.as_bytes().chunks(240).map(String::from_utf8_lossy);
            pieces.map(|piece| format!("\x1bP{piece}\x1b\\")).collect()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copy(text: &str, multiplexer: Multiplexer) -> String {
        sequence(&CleanText::new(text), multiplexer).unwrap()
    }

    #[test]
    fn plain() {
        assert_eq!(copy("héllo", Multiplexer::None), "\x1b]52;c;aMOpbGxv\x1b\\");
    }

    #[test]
    fn through_tmux() {
        assert_eq!(copy("a", Multiplexer::Tmux), "\x1b]52;c;YQ==\x1b\\\x1bPtmux;\x1b\x1b]52;c;YQ==\x1b\x1b\\\x1b\\");
    }

    #[test]
    fn through_screen_in_pieces() {
        let sent = copy(&"x".repeat(600), Multiplexer::Screen);
        let pieces: Vec<&str> = sent.split_terminator("\x1b\\").collect();
        assert!(pieces.len() > 3 && pieces.iter().all(|piece| piece.len() <= 242 && piece.starts_with("\x1bP")));
        let inner: String = pieces.iter().map(|piece| &piece[2..]).collect();
        assert_eq!(inner, copy(&"x".repeat(600), Multiplexer::None).replace("\x1b\\", "\x07"));
    }

    #[test]
    fn what_is_too_long_is_refused() {
        assert!(sequence(&CleanText::new(&"x".repeat(MAX_BYTES + 1)), Multiplexer::None).is_err());
    }

    #[test]
    fn multiplexers() {
        let with = |set: &'static str| Multiplexer::from_env(move |name| (name == set).then(|| "x".to_owned()));
        assert_eq!(
            (with("TMUX"), with("STY"), with("PATH")),
            (Multiplexer::Tmux, Multiplexer::Screen, Multiplexer::None)
        );
        // As it is over ssh.
        let on = |term: &'static str| Multiplexer::from_env(move |name| (name == "TERM").then(|| term.to_owned()));
        assert_eq!(
            (on("tmux-256color"), on("screen-256color"), on("xterm-256color")),
            (Multiplexer::Tmux, Multiplexer::Either, Multiplexer::None)
        );
        assert_eq!(copy("a", Multiplexer::Either), copy("a", Multiplexer::None));
    }
}
