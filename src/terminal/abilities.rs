//! What the terminal can do, by its own word: the questions, and what its answers mean.
//!
//! The questions go out with the bytes that take the terminal, and nothing waits for the answers: the
//! input thread hears them whenever they come, and a terminal that never answers can do nothing more
//! than its environment says.

use rustix::termios::tcgetwinsize;

use super::clipboard::Multiplexer;
use super::graphics::{self, Protocol};
use super::sequences::Kind;
use crate::text::Clean;

/// "How large is a cell, in pixels?" (XTWINOPS 16).
const CELL_QUESTION: &str = "\x1b[16t";

/// "What are you?" (DA1). Every terminal answers it, in the order of the questions: so it is asked
/// last, and with its answer all that will come has come.
pub(super) const LAST_QUESTION: &str = "\x1b[c";

/// The pixels of a cell where nobody has told them: twice as high as wide, as most are.
const USUAL_CELL: (u16, u16) = (10, 20);

/// No cell is larger, in pixels of a side: more is an answer gone wrong.
const LARGEST_CELL: u16 = 200;

/// An answer of the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// It can show pictures in kitty's way.
    KittyGraphics,
    /// Pixels of a cell, across and down; each 1 to 200.
    Cell(u16, u16),
    /// What it is (DA1); the last answer.
    Attributes {
        /// It can show sixels.
        sixel: bool,
    },
    /// Its name and version (XTVERSION).
    Name(Clean),
    /// Where the cursor is, in columns and rows from 1.
    Cursor(u16, u16),
    /// It has kitty's keyboard protocol.
    KittyKeyboard,
}

/// The questions about graphics that may be asked here, without [`LAST_QUESTION`].
pub(super) fn questions(env: impl Fn(&str) -> Option<String>) -> String {
    match Multiplexer::from_env(env) {
        Multiplexer::None => [graphics::KITTY_QUESTION, CELL_QUESTION].concat(),
        // A multiplexer draws the screen itself: it would lose pictures that it does not know of, or
        // leave them on another window. What it can show itself it says in its answer to the last.
        Multiplexer::Tmux | Multiplexer::Screen | Multiplexer::Either => CELL_QUESTION.to_owned(),
    }
}

/// Reads a control sequence, ESC and all; `None` where it is no answer that is known.
pub(super) fn from_control(bytes: &[u8]) -> Option<Reply> {
    let text = std::str::from_utf8(bytes).ok()?.strip_prefix("\x1b[")?;
    let (body, last) = text.split_at_checked(text.len().checked_sub(1)?)?;
    // What is left out is 0 (ECMA-48 §5.4.1): kitty says of itself that it is `62;`.
    let number = |n: &str| if n.is_empty() { Some(0) } else { n.parse::<u16>().ok() };
    let numbers = |body: &str| body.split(';').map(number).collect::<Option<Vec<_>>>();
    match last {
        "t" => match numbers(body)?[..] {
            [6, height, width] if (1..=LARGEST_CELL).contains(&width) && (1..=LARGEST_CELL).contains(&height) => {
                Some(Reply::Cell(width, height))
            }
            _ => None,
        },
        "c" => {
            let attributes = numbers(body.strip_prefix('?')?)?;
            // The first says which terminal it is like.
            Some(Reply::Attributes { sixel: attributes.iter().skip(1).any(|attribute| *attribute == 4) })
        }
        "R" => match numbers(body)?[..] {
            [row, column] => Some(Reply::Cursor(column, row)),
            _ => None,
        },
        "u" => body.strip_prefix('?').and_then(numbers).map(|_| Reply::KittyKeyboard),
        _ => None,
    }
}

/// Reads the body of a command string; `None` where it is no answer that is known.
pub(super) fn from_string(kind: Kind, body: &[u8]) -> Option<Reply> {
    match kind {
        Kind::Apc => graphics::says_kitty(body).then_some(Reply::KittyGraphics),
        Kind::Dcs => {
            let name = String::from_utf8_lossy(body.strip_prefix(b">|")?);
            let name: String = name.chars().take(80).collect();
            Some(Reply::Name(Clean::new(&name)))
        }
        Kind::Osc => None,
    }
}

/// What is known of the terminal so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Abilities {
    kitty: bool,
    sixel: bool,
    /// Its environment says that it has iTerm2's images.
    iterm: bool,
    cell: Option<(u16, u16)>,
}

impl Abilities {
    /// What can be known before it has answered anything: by its environment, and by the system, which
    /// is asked for the pixels of its window.
    #[must_use]
    pub fn new(env: impl Fn(&str) -> Option<String>) -> Self {
        let alone = Multiplexer::from_env(&env) == Multiplexer::None;
        let program = env("TERM_PROGRAM").unwrap_or_default();
        let iterm = alone
            && (matches!(program.as_str(), "iTerm.app" | "WezTerm" | "mintty" | "rio")
                || env("LC_TERMINAL").is_some_and(|name| name == "iTerm2"));
        let mut abilities = Self { iterm, ..Self::default() };
        abilities.measure();
        abilities
    }

    /// Asks the system anew for the pixels of a cell: another font may have come with another size.
    /// Whether they are others now.
    pub fn measure(&mut self) -> bool {
        let Ok(size) = tcgetwinsize(rustix::stdio::stdout()) else { return false };
        let pixels = |pixels: u16, cells: u16| pixels.checked_div(cells).filter(|n| (1..=LARGEST_CELL).contains(n));
        let cell = pixels(size.ws_xpixel, size.ws_col).zip(pixels(size.ws_ypixel, size.ws_row));
        let other = cell.is_some() && cell != self.cell;
        if other {
            self.cell = cell;
        }
        other
    }

    /// Takes an answer in.
    pub fn learn(&mut self, reply: &Reply) {
        match reply {
            Reply::KittyGraphics => self.kitty = true,
            Reply::Cell(width, height) => self.cell = Some((*width, *height)),
            Reply::Attributes { sixel } => self.sixel = *sixel,
            Reply::Name(_) | Reply::Cursor(..) | Reply::KittyKeyboard => {}
        }
    }

    /// How it wants its pictures; `None` where it cannot show any.
    #[must_use]
    pub fn graphics(&self) -> Option<Protocol> {
        match self {
            Self { kitty: true, .. } => Some(Protocol::Kitty),
            Self { iterm: true, .. } => Some(Protocol::ITerm),
            // Its pixels are the terminal's own: without knowing those of a cell nobody could say how
            // much of the screen such a picture would cover.
            Self { sixel: true, cell: Some(_), .. } => Some(Protocol::Sixel),
            _ => None,
        }
    }

    /// Pixels of a cell, across and down; the usual ones where nobody has told them.
    #[must_use]
    pub fn cell(&self) -> (u16, u16) {
        self.cell.unwrap_or(USUAL_CELL)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers() {
        for (bytes, reply) in [
            ("\x1b[6;20;10t", Some(Reply::Cell(10, 20))),
            ("\x1b[6;0;10t", None),
            ("\x1b[6;20;9999t", None),
            ("\x1b[4;600;800t", None),
            ("\x1b[?62;4;22c", Some(Reply::Attributes { sixel: true })),
            ("\x1b[?62;c", Some(Reply::Attributes { sixel: false })),
            ("\x1b[?4c", Some(Reply::Attributes { sixel: false })),
            ("\x1b[?64;1;2c", Some(Reply::Attributes { sixel: false })),
            ("\x1b[>1;2c", None),
            ("\x1b[12;40R", Some(Reply::Cursor(40, 12))),
            ("\x1b[?1u", Some(Reply::KittyKeyboard)),
            ("\x1b[97;5u", None),
            ("\x1b[A", None),
            ("\x1b[", None),
            ("x", None),
            ("é", None),
        ] {
            assert_eq!(from_control(bytes.as_bytes()), reply, "{bytes:?}");
        }
        assert_eq!(from_string(Kind::Apc, b"Gi=4294967295;OK"), Some(Reply::KittyGraphics));
        assert_eq!(from_string(Kind::Apc, b"Gi=4294967295;ENOTSUPP:no"), None);
        assert_eq!(from_string(Kind::Dcs, b">|foot(1.16)\x1b[31m"), Some(Reply::Name(Clean::new("foot(1.16)"))));
        assert_eq!(from_string(Kind::Osc, b"11;rgb:0/0/0"), None);
    }

    fn env(set: &'static [(&'static str, &'static str)]) -> impl Fn(&str) -> Option<String> {
        |name| set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
    }

    fn after(set: &'static [(&'static str, &'static str)], replies: &[Reply]) -> Option<Protocol> {
        let mut abilities = Abilities::new(env(set));
        abilities.cell = None;
        replies.iter().for_each(|reply| abilities.learn(reply));
        abilities.graphics()
    }

    #[test]
    fn only_what_the_terminal_has_said() {
        let sixel = Reply::Attributes { sixel: true };
        assert_eq!(after(&[], &[]), None);
        assert_eq!(after(&[], std::slice::from_ref(&sixel)), None, "the size of a cell is not known");
        assert_eq!(after(&[], &[Reply::Cell(8, 16), sixel.clone()]), Some(Protocol::Sixel));
        assert_eq!(after(&[], &[Reply::KittyGraphics, sixel]), Some(Protocol::Kitty));
        assert_eq!(after(&[("TERM_PROGRAM", "iTerm.app")], &[]), Some(Protocol::ITerm));
        assert_eq!(after(&[("TERM_PROGRAM", "iTerm.app"), ("TMUX", "/tmp/x")], &[]), None);
        assert_eq!(after(&[("LC_TERMINAL", "iTerm2"), ("STY", "1")], &[]), None);
        // tmux on a machine, ssh from there: of what it set only TERM came along.
        assert_eq!(after(&[("LC_TERMINAL", "iTerm2"), ("TERM", "tmux-256color")], &[]), None);
    }

    #[test]
    fn a_multiplexer_is_not_asked_for_what_it_would_lose() {
        assert!(questions(env(&[])).contains("\x1b_G"));
        for inside in [("TMUX", "x"), ("TERM", "tmux-256color"), ("TERM", "screen.xterm-256color")] {
            assert!(
                !questions(|name| (name == inside.0).then(|| inside.1.to_owned())).contains("\x1b_G"),
                "{inside:?}"
            );
        }
    }
}
