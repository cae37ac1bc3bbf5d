//! Terminals that turn words which are read from the right by themselves. Ours stand in the order in which
//! they are seen (UAX 9); where a terminal turns them once more they would stand the wrong way round, so
//! they are turned for it before.
//!
//! Most leave them, or can be told to (ECMA-48 BDSM). Three that can not were looked at: kitty 0.26 turns
//! every word, with its letters joined as they should be, and leaves the order of words
//! (<https://sw.kovidgoyal.net/kitty/conf/#opt-kitty.force_ltr>); Konsole 22.12 and mlterm 3.9 order
//! every line from the left, up to the next sign of a frame. In these two a figure that begins a sentence
//! read from the right stands at its wrong end: no order of the letters would put it elsewhere.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::style::Style;
use unicode_bidi::{BidiInfo, Level};

use super::clipboard::Multiplexer;
use crate::text::direction::{from_the_right, turned};
use crate::text::width::width;

/// What a terminal turns by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turning {
    /// Nothing.
    Nothing,
    /// The letters of every word.
    Words,
    /// All that stands between two signs of a frame.
    Lines,
}

impl Turning {
    /// Of the terminal that we are on, by its environment: there is no way to ask. Within a multiplexer
    /// nobody knows which one it is.
    pub(super) fn of(env: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| env(name).is_some_and(|value| !value.is_empty());
        if Multiplexer::from_env(&env) != Multiplexer::None {
            Self::Nothing
        } else if env("TERM").is_some_and(|term| term == "xterm-kitty") {
            Self::Words
        } else if set("KONSOLE_VERSION") || set("MLTERM") {
            Self::Lines
        } else {
            Self::Nothing
        }
    }

    /// Turns what the terminal will turn back. Linear in the cells; a glance at each where nothing is read
    /// from the right.
    pub(super) fn prepare(self, buffer: &mut Buffer) {
        if self == Self::Nothing {
            return;
        }
        let area = buffer.area;
        for y in area.top()..area.bottom() {
            let mut x = area.left();
            while x < area.right() {
                if !begins_right(buffer, x, y) {
                    x += 1;
                    continue;
                }
                x = match self {
                    Self::Words => word(buffer, x, y),
                    _ => line(buffer, x, y),
                };
            }
        }
    }
}

/// Whether a letter that is read from the right stands there.
fn begins_right(buffer: &Buffer, x: u16, y: u16) -> bool {
    let symbol = buffer.cell((x, y)).map_or("", |cell| cell.symbol());
    // All that is read from the right takes two bytes or more.
    symbol.len() > 1 && symbol.chars().next().is_some_and(from_the_right)
}

/// Turns the letters that begin there, and gives the column behind them. Colours stay where they are: the
/// terminal turns letters alone.
fn word(buffer: &mut Buffer, x: u16, y: u16) -> u16 {
    let end = (x..buffer.area.right()).find(|x| !begins_right(buffer, *x, y)).unwrap_or(buffer.area.right());
    let letters: Vec<String> = (x..end).map(|x| buffer[(x, y)].symbol().to_owned()).collect();
    for (x, letter) in (x..end).zip(letters.iter().rev()) {
        buffer[(x, y)].set_symbol(letter);
    }
    end
}

/// A sign in its cell, with the columns it takes.
struct Unit {
    symbol: String,
    style: Style,
    wide: u16,
}

/// Orders what stands around that column as the terminal does, which puts it back, and gives the column
/// behind it. Colours go along.
fn line(buffer: &mut Buffer, x: u16, y: u16) -> u16 {
    let framed = |x: u16| buffer[(x, y)].symbol().chars().all(|c| matches!(c, '\u{2500}'..='\u{257f}'));
    let begin = (buffer.area.left()..x).rev().find(|x| framed(*x)).map_or(buffer.area.left(), |x| x + 1);
    let end = (x..buffer.area.right()).find(|x| framed(*x)).unwrap_or(buffer.area.right());
    let (mut units, mut at) = (Vec::new(), begin);
    while at < end {
        let cell = &buffer[(at, y)];
        let wide = u16::try_from(width(cell.symbol())).unwrap_or(1).clamp(1, end - at);
        units.push(Unit { symbol: cell.symbol().to_owned(), style: cell.style(), wide });
        at += wide;
    }
    let mut at = begin;
    for (n, right) in ordered(&units) {
        let Unit { symbol, style, wide } = &units[n];
        let symbol = if right { turned(symbol) } else { symbol };
        buffer[(at, y)].set_symbol(symbol).set_style(*style);
        for hidden in at + 1..at + wide {
            buffer[(hidden, y)].set_symbol(" ").set_style(*style);
        }
        at += wide;
    }
    end
}

/// The units in the order of a line that runs from the left, each with whether it is read from the right.
fn ordered(units: &[Unit]) -> Vec<(usize, bool)> {
    let mut text = String::new();
    let mut starts = Vec::with_capacity(units.len());
    for unit in units {
        starts.push(text.len());
        text.push_str(&unit.symbol);
    }
    let of = |bytes: &Range<usize>| {
        starts.partition_point(|start| *start < bytes.start)..starts.partition_point(|start| *start < bytes.end)
    };
    let info = BidiInfo::new(&text, Some(Level::ltr()));
    let mut order = Vec::with_capacity(units.len());
    for paragraph in &info.paragraphs {
        let (levels, runs) = info.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let here = of(&run);
            if levels.get(run.start).is_some_and(|level| level.is_rtl()) {
                order.extend(here.rev().map(|n| (n, true)));
            } else {
                order.extend(here.map(|n| (n, false)));
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::layout::Rect;

    use super::*;

    fn env(set: &'static [(&'static str, &'static str)]) -> impl Fn(&str) -> Option<String> {
        |name| set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
    }

    fn row(text: &str) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, u16::try_from(width(text)).unwrap().max(1), 1));
        buffer.set_string(0, 0, text, Style::new());
        buffer
    }

    fn text(buffer: &Buffer) -> String {
        let (mut text, mut x) = (String::new(), 0);
        while x < buffer.area.width {
            let symbol = buffer[(x, 0)].symbol();
            text.push_str(symbol);
            x += u16::try_from(width(symbol)).unwrap().max(1);
        }
        text
    }

    fn prepared(turning: Turning, seen: &str) -> String {
        let mut buffer = row(seen);
        turning.prepare(&mut buffer);
        text(&buffer)
    }

    #[test]
    fn terminals_that_turn_words_are_known_by_their_environment() {
        assert_eq!(Turning::of(env(&[("TERM", "xterm-kitty")])), Turning::Words);
        assert_eq!(Turning::of(env(&[("TERM", "xterm-256color"), ("KONSOLE_VERSION", "221203")])), Turning::Lines);
        assert_eq!(Turning::of(env(&[("TERM", "mlterm"), ("MLTERM", "3.9.2")])), Turning::Lines);
        assert_eq!(Turning::of(env(&[("TERM", "foot")])), Turning::Nothing);
        assert_eq!(Turning::of(env(&[("TERM", "tmux-256color"), ("TMUX", "x")])), Turning::Nothing);
    }

    #[test]
    fn words_are_written_as_they_are_read() {
        let seen = ".\u{5d1}\u{5d0} 2026 ,\u{5d3}\u{5d2} a";
        assert_eq!(prepared(Turning::Words, seen), ".\u{5d0}\u{5d1} 2026 ,\u{5d2}\u{5d3} a");
        assert_eq!(prepared(Turning::Nothing, seen), seen);
        assert_eq!(prepared(Turning::Words, "plain жук 新聞"), "plain жук 新聞");
    }

    #[test]
    fn lines_are_written_as_they_are_read_within_their_frame() {
        // Letter by letter, since editors order such lines as well: dalet, gimel, bracket, bet, alef.
        let seen = "a \u{5d3}\u{5d2}(\u{5d1}\u{5d0} b";
        assert_eq!(prepared(Turning::Lines, seen), "a \u{5d0}\u{5d1})\u{5d2}\u{5d3} b");
        let seen = "\u{5d1}\u{5d0} │ \u{5d3}\u{5d2}";
        assert_eq!(prepared(Turning::Lines, seen), "\u{5d0}\u{5d1} │ \u{5d2}\u{5d3}");
        let seen = "\u{5d1}\u{5d0} 2026 \u{5d3}\u{5d2}";
        assert_eq!(prepared(Turning::Lines, seen), "\u{5d2}\u{5d3} 2026 \u{5d0}\u{5d1}");
        assert_eq!(prepared(Turning::Lines, "新聞 \u{5d1}\u{5d0}"), "新聞 \u{5d0}\u{5d1}");
    }

    proptest! {
        /// What the terminal does to it again is what was to be seen.
        #[test]
        fn turned_twice_it_is_as_it_was(seen in "[א-ת]{0,5}[ a-z]{0,4}[א-ת]{0,6} [א-ת │]{0,9}") {
            prop_assert_eq!(prepared(Turning::Words, &prepared(Turning::Words, &seen)), seen.as_str());
            prop_assert_eq!(prepared(Turning::Lines, &prepared(Turning::Lines, &seen)), seen.as_str());
        }
    }
}
