//! Links that the terminal itself can show and open (OSC 8,
//! <https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda>).
//!
//! A link belongs to cells, and ends with the last of them: it is opened and closed around every
//! piece of a line. ratatui knows nothing of it, so what changes of links alone is written here.

use std::collections::HashMap;
use std::io::{self, Write};

use ratatui::backend::Backend;
use ratatui::buffer::{Buffer, Cell, CellDiffOption};

use super::clipboard::Multiplexer;
use super::clusters::Line;
use crate::text::Link;
use crate::text::width::width;

/// The longest address that is told, in bytes; VTE ignores longer ones.
const LONGEST: usize = 2000;

/// Whether the terminal is known to understand it. There is no way to ask; those that do not know
/// it ignore it, or print it.
#[must_use]
pub fn understood(env: impl Fn(&str) -> Option<String>) -> bool {
    let is = |name: &str, known: &[&str]| env(name).is_some_and(|value| known.contains(&value.as_str()));
    let version = |name: &str| -> Option<u32> {
        let value = env(name)?;
        let mut parts = value.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse::<u32>().ok());
        Some(parts.next()? * 100 + parts.next().unwrap_or(0))
    };
    match Multiplexer::from_env(&env) {
        // tmux 3.4 is the first that hands links on.
        Multiplexer::Tmux => is("TERM_PROGRAM", &["tmux"]) && version("TERM_PROGRAM_VERSION") >= Some(304),
        Multiplexer::Screen | Multiplexer::Either => false,
        Multiplexer::None => {
            let term = env("TERM").unwrap_or_default();
            let by_term = ["kitty", "alacritty", "foot", "ghostty", "wezterm", "contour", "rio", "mlterm"];
            is(
                "TERM_PROGRAM",
                &["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby", "rio", "mintty", "WarpTerminal"],
            ) || env("VTE_VERSION").and_then(|value| value.parse::<u32>().ok()).is_some_and(|version| version >= 5000)
                || ["KONSOLE_VERSION", "WT_SESSION", "DOMTERM", "KITTY_WINDOW_ID", "ALACRITTY_WINDOW_ID"]
                    .iter()
                    .any(|name| env(name).is_some_and(|value| !value.is_empty()))
                || by_term.iter().any(|name| term.contains(name))
        }
    }
}

/// Cells of one line that are a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The first column, from 0.
    pub x: u16,
    /// The row, from 0.
    pub y: u16,
    /// How many.
    pub columns: u16,
    /// Where it leads.
    pub link: Link,
}

impl Anchor {
    fn cells(&self) -> impl Iterator<Item = (u16, u16)> + use<> {
        let y = self.y;
        (self.x..self.x.saturating_add(self.columns)).map(move |x| (x, y))
    }
}

/// An anchor and what stands on it.
type Written = (Anchor, Vec<(u16, u16, Cell)>);

/// The links of the screen.
#[derive(Debug, Default)]
pub(super) struct Hyperlinks {
    shown: Vec<Written>,
}

impl Hyperlinks {
    /// Whether there is nothing to see to: without links a frame costs nothing more.
    pub(super) fn is_idle(&self, anchors: &[Anchor]) -> bool {
        anchors.is_empty() && self.shown.is_empty()
    }

    /// The screen was cleared.
    pub(super) fn forget(&mut self) {
        self.shown.clear();
    }

    /// These lines were drawn anew, without their links.
    pub(super) fn drawn_over(&mut self, lines: &[Line]) {
        if !lines.is_empty() {
            self.shown.retain(|(anchor, _)| lines.iter().all(|(y, _)| *y != anchor.y));
        }
    }

    /// Makes a frame ready: cells whose link has gone, or is another, are written anew. Linear in the
    /// cells that are links.
    pub(super) fn prepare(&self, buffer: &mut Buffer, anchors: Vec<Anchor>) -> Vec<Written> {
        let fits = |anchor: &Anchor| anchor.link.as_str().len() <= LONGEST;
        let anchors: Vec<Anchor> = anchors.into_iter().filter(fits).collect();
        let mut now: HashMap<(u16, u16), &Link> = HashMap::new();
        for anchor in &anchors {
            now.extend(anchor.cells().map(|at| (at, &anchor.link)));
        }
        for (before, _) in &self.shown {
            for at in before.cells().filter(|at| now.get(at) != Some(&&before.link)) {
                if let Some(cell) = buffer.cell_mut(at).filter(|cell| cell.diff_option == CellDiffOption::None) {
                    cell.diff_option = CellDiffOption::AlwaysUpdate;
                }
            }
        }
        let written = |anchor: Anchor| {
            let (mut cells, mut x, end) = (Vec::new(), anchor.x, anchor.x.saturating_add(anchor.columns));
            while let Some(cell) = buffer.cell((x, anchor.y)).filter(|_| x < end) {
                // What was written anew this once is the same the next time.
                let mut cell = cell.clone();
                cell.diff_option = CellDiffOption::None;
                // The cell behind a wide character is hidden: a blank there would cut it in two.
                let wide = u16::try_from(width(cell.symbol())).unwrap_or(1).max(1);
                cells.push((x, anchor.y, cell));
                x = x.saturating_add(wide);
            }
            (anchor, cells)
        };
        anchors.into_iter().map(written).collect()
    }

    /// Writes those links that are not there as they should be.
    ///
    /// # Errors
    /// Where the terminal does not take it any more.
    pub(super) fn write<B: Backend<Error = io::Error> + Write>(
        &mut self,
        written: Vec<Written>,
        backend: &mut B,
    ) -> io::Result<()> {
        let new: Vec<&Written> = written.iter().filter(|written| !self.shown.contains(written)).collect();
        if !new.is_empty() {
            backend.write_all(b"\x1b7")?;
            for (anchor, cells) in new {
                backend.write_all(&open(&anchor.link))?;
                backend.draw(cells.iter().map(|(x, y, cell)| (*x, *y, cell)))?;
                backend.write_all(CLOSE)?;
            }
            backend.write_all(b"\x1b8")?;
        }
        self.shown = written;
        Ok(())
    }
}

/// The bytes that begin a link. One that goes on in the next line has the same number there, so that
/// the terminal shows it as one.
fn open(link: &Link) -> Vec<u8> {
    let number = xxhash_rust::xxh3::xxh3_64(link.as_str().as_bytes()) & 0xffff_ffff;
    format!("\x1b]8;id={number:x};{link}\x1b\\").into_bytes()
}

/// The bytes that end it.
const CLOSE: &[u8] = b"\x1b]8;;\x1b\\";

#[cfg(test)]
mod tests {
    use ratatui::backend::CrosstermBackend;
    use ratatui::layout::Rect;

    use super::*;

    fn env(set: &'static [(&'static str, &'static str)]) -> impl Fn(&str) -> Option<String> {
        |name| set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
    }

    #[test]
    fn only_where_it_is_known_to_be_understood() {
        for (set, expected) in [
            (&[("TERM", "xterm-256color")][..], false),
            (&[("TERM", "xterm-kitty")], true),
            (&[("TERM", "foot")], true),
            (&[("VTE_VERSION", "7006")], true),
            (&[("VTE_VERSION", "4205")], false),
            (&[("TERM_PROGRAM", "Apple_Terminal")], false),
            (&[("TERM_PROGRAM", "WezTerm")], true),
            (&[("TMUX", "x"), ("TERM_PROGRAM", "tmux"), ("TERM_PROGRAM_VERSION", "3.4")], true),
            (&[("TMUX", "x"), ("TERM_PROGRAM", "tmux"), ("TERM_PROGRAM_VERSION", "3.3a")], false),
            (&[("STY", "x"), ("TERM", "xterm-kitty")], false),
        ] {
            assert_eq!(understood(env(set)), expected, "{set:?}");
        }
    }

    fn anchor(x: u16, link: &str) -> Anchor {
        Anchor { x, y: 0, columns: 2, link: Link::parse(link).unwrap() }
    }

    /// What a frame with these anchors over `words` sends of links.
    fn frame(links: &mut Hyperlinks, words: &str, anchors: Vec<Anchor>) -> (String, Buffer) {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 10, 1));
        buffer.set_string(0, 0, words, ratatui::style::Style::new());
        let written = links.prepare(&mut buffer, anchors);
        let mut sent = Vec::new();
        links.write(written, &mut CrosstermBackend::new(&mut sent)).unwrap();
        (String::from_utf8(sent).unwrap(), buffer)
    }

    #[test]
    fn a_link_is_closed_where_its_cells_end_and_said_once() {
        let mut links = Hyperlinks::default();
        let address = "https://a.example/x;y";
        let (sent, _) = frame(&mut links, "ab cd", vec![anchor(0, address)]);
        let opened = sent.find(";https://a.example/x;y\x1b\\").unwrap();
        let closed = sent.find("\x1b]8;;\x1b\\").unwrap();
        let words = sent.find("Hab").unwrap();
        assert!(opened < words && words < closed, "{sent:?}");
        assert!(!sent[closed..].contains("cd"), "{sent:?}");
        assert_eq!(frame(&mut links, "ab cd", vec![anchor(0, address)]).0, "", "nothing has changed");
        assert!(frame(&mut links, "xb cd", vec![anchor(0, address)]).0.contains("\x1b]8;id="), "other words");
    }

    #[test]
    fn cells_that_are_no_longer_a_link_are_written_anew() {
        let mut links = Hyperlinks::default();
        frame(&mut links, "ab cd", vec![anchor(0, "https://a.example/")]);
        let (sent, buffer) = frame(&mut links, "ab cd", vec![anchor(3, "https://a.example/")]);
        assert_eq!(buffer[(0, 0)].diff_option, CellDiffOption::AlwaysUpdate);
        assert_eq!(buffer[(2, 0)].diff_option, CellDiffOption::None);
        assert!(sent.contains("cd") || sent.contains('c'), "{sent:?}");
        let (sent, buffer) = frame(&mut links, "ab cd", Vec::new());
        assert_eq!((sent.as_str(), buffer[(3, 0)].diff_option), ("", CellDiffOption::AlwaysUpdate));
    }

    #[test]
    fn wide_characters_stay_whole() {
        let mut links = Hyperlinks::default();
        let anchor = Anchor { columns: 5, ..anchor(0, "https://a.example/") };
        let (sent, _) = frame(&mut links, "新闻x", vec![anchor]);
        let words: String =
            sent.split("\u{1b}\\").nth(1).unwrap().replace("\u{1b}[1;3H", "").replace("\u{1b}[1;5H", "");
        assert!(words.contains("新闻x"), "{sent:?}");
    }

    #[test]
    fn an_address_that_is_too_long_is_not_told() {
        let long = format!("https://a.example/{}", "x".repeat(LONGEST));
        let (sent, _) = frame(&mut Hyperlinks::default(), "ab", vec![anchor(0, &long)]);
        assert_eq!(sent, "");
    }
}
