//! Setting code: its lines as they are, its parts told apart. A line that is wider than the text goes
//! sideways; where nothing stands beside anything else it is broken.

use std::ops::Range;

use super::lines::Setter;
use super::{Order, Row, Run, Seam, Tone};
use crate::text::Clean;
use crate::text::code::{Token, tokens};
use crate::text::width::head;

/// What stands before every line.
const INDENT: &str = "  ";

/// Sets a piece of code.
pub(super) fn set(language: Option<&Clean>, text: &str, setter: &mut Setter) {
    let code = text.trim_end_matches('\n');
    let language = language.map(Clean::as_str);
    let parts = if setter.colours {
        tokens(code, language).unwrap_or_default()
    } else {
        if language.is_some() || code.starts_with("#!") || code.starts_with("<?") {
            setter.uncoloured();
        }
        Vec::new()
    };
    setter.space();
    setter.indented(None, Clean::verbatim(INDENT), Tone::Code, |setter| {
        let mut start = 0;
        for line in code.split('\n') {
            let range = start..start + line.len();
            start += line.len() + 1;
            if setter.linear {
                broken(code, range, &parts, setter);
            } else {
                let row = Row { order: order(&code[range.clone()]), ..Row::default() };
                setter.part(runs(code, range.clone(), &parts), range.start, row);
            }
        }
        setter.end_block();
    });
}

/// A line, broken where it is full: behind the last space within, where there is one.
fn broken(code: &str, range: Range<usize>, parts: &[(Range<usize>, Token)], setter: &mut Setter) {
    let mut at = range.start;
    loop {
        let fitting = head(&code[at..range.end], setter.room()).len();
        // A sign that is wider than the line stands alone.
        let first = code[at..range.end].chars().next().map_or(0, char::len_utf8);
        let full = at + fitting.max(first);
        let words = code[at..full].trim_start_matches(' ').contains(' ') && full < range.end;
        let end = code[at..full].rfind(' ').filter(|_| words).map_or(full, |space| at + space + 1);
        let seam = if end < range.end { Seam::Close } else { Seam::Space };
        let row = Row { seam, order: order(&code[at..end]), ..Row::default() };
        setter.part(runs(code, at..end, parts), at, row);
        at = end;
        if at >= range.end {
            return;
        }
    }
}

/// Code begins at the left, whatever words are in it.
fn order(line: &str) -> Order {
    if Order::of(line) == Order::Plain { Order::Plain } else { Order::Mixed }
}

/// The runs of one line. The parts are in order, so this is a search and a walk.
fn runs(code: &str, line: Range<usize>, parts: &[(Range<usize>, Token)]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut put = |range: Range<usize>, tone: Tone| {
        if range.start < range.end {
            runs.push(Run { text: Clean::verbatim(&code[range]), ..Run::plain(tone) });
        }
    };
    let from = parts.partition_point(|(part, _)| part.end <= line.start);
    let mut at = line.start;
    for (part, token) in parts[from..].iter().take_while(|(part, _)| part.start < line.end) {
        let (start, end) = (part.start.max(line.start), part.end.min(line.end));
        put(at..start, Tone::Code);
        put(start..end, Tone::Token(*token));
        at = end;
    }
    put(at..line.end, Tone::Code);
    runs
}
