//! The paragraphs of a saved text: its lines, with those that a mail program or an editor wrapped
//! joined again.

use super::script::Script;
use super::shape::{End, Shape, Sign, cut_sign};
use crate::text::{Clean, width};

/// One paragraph, headline or other line of a saved text.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    /// The lines it stood on, from 1.
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) text: Clean,
    pub(super) shape: Shape,
    /// An empty line stands before it.
    pub(super) gap: bool,
}

/// Text is taken for wrapped only if its lines are no wider than this, in columns.
const WIDEST_WRAP: usize = 100;

/// … and no narrower than this.
const NARROWEST_WRAP: usize = 34;

/// A line that is not empty.
struct Line {
    number: usize,
    text: Clean,
    width: usize,
    indent: usize,
    gap: bool,
}

/// Parts a text into its units. Linear.
pub(super) fn units(text: &str) -> Vec<Unit> {
    let mut lines = Vec::new();
    let mut gap = false;
    for (number, raw) in (1..).zip(text.split('\n')) {
        let clean = Clean::new(raw);
        if clean.is_empty() {
            gap = true;
            continue;
        }
        let indent = raw.chars().take_while(|c| matches!(c, ' ' | '\t' | '\u{3000}' | '\u{a0}')).count();
        lines.push(Line { number, width: width::width(clean.as_str()), text: clean, indent, gap });
        gap = false;
    }
    let joins = joins(&lines);
    let mut units: Vec<Unit> = Vec::new();
    let mut open: Option<(usize, bool, String)> = None;
    for (n, line) in lines.iter().enumerate() {
        let (first, gap, text) = match open.take() {
            Some((first, gap, mut text)) => {
                glue(&mut text, line.text.as_str());
                (first, gap, text)
            }
            None => (line.number, line.gap, line.text.as_str().to_owned()),
        };
        if joins.get(n).copied().unwrap_or(false) {
            open = Some((first, gap, text));
        } else {
            let text = Clean::new(&text);
            units.push(Unit { first, last: line.number, shape: Shape::of(text.as_str()), text, gap });
        }
    }
    units
}

/// Appends a wrapped line, with a space where the script has one; a word parted by a soft hyphen has
/// lost that hyphen already, and a hard one is kept, for it may belong to the word.
fn glue(text: &mut String, line: &str) {
    let unspaced =
        |c: char| super::script::Script::of(c).is_some_and(super::script::Script::unspaced) || is_wide_sign(c);
    let tight = text.chars().next_back().is_some_and(unspaced) && line.chars().next().is_some_and(unspaced);
    if !tight {
        text.push(' ');
    }
    text.push_str(line);
}

fn is_wide_sign(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}')
}

/// For each line, whether the next one goes on with it.
///
/// Wrapping fills lines: the first word of the next line would not have fitted. Lines that people
/// end themselves pass that test only by chance, so it is believed only where it holds in a row, or
/// in most of a paragraph that empty lines set apart.
fn joins(lines: &[Line]) -> Vec<bool> {
    let Some(full) = wrap_width(lines) else { return vec![false; lines.len()] };
    let flows: Vec<bool> =
        lines.windows(2).map(|pair| continues(&pair[0], &pair[1]) || filled(&pair[0], &pair[1], full)).collect();
    let gaps = lines.iter().skip(1).any(|line| line.gap);
    let mut joins = Vec::with_capacity(lines.len());
    for paragraph in lines.chunk_by(|_, next| !next.gap) {
        let first = joins.len();
        let inside = &flows[first..first + paragraph.len() - 1];
        let most = gaps && inside.iter().filter(|flows| **flows).count() * 10 >= inside.len() * 6;
        for (n, pair) in paragraph.windows(2).enumerate() {
            let (this, next) = (&pair[0], &pair[1]);
            // A new paragraph may be shown by its indent; the lines of a list's item hang.
            let apart = signed(next) || (next.indent > this.indent + 1 && !signed(this));
            let ended = this.width * 10 < full * 7 && has_end(this);
            let at = |n: Option<usize>| n.and_then(|n| inside.get(n)).copied().unwrap_or(false);
            let row = inside[n] && (continues(this, next) || at(n.checked_sub(1)) || at(Some(n + 1)));
            joins.push(!apart && (row || (most && !ended)));
        }
        joins.push(false);
    }
    joins
}

fn signed(line: &Line) -> bool {
    cut_sign(line.text.as_str()).0 != Sign::None
}

/// Whether the first word of `next` would not have fitted behind `line`.
fn filled(line: &Line, next: &Line, full: usize) -> bool {
    let word = next.text.as_str().split_whitespace().next().unwrap_or("");
    let first = next.text.as_str().chars().next();
    let unspaced = first.and_then(super::script::Script::of).is_some_and(super::script::Script::unspaced);
    // Without spaces a line breaks before almost any letter, some signs hang together with one more.
    let need = if unspaced { 4 } else { 1 + width::width(word) };
    // A few lines may be wider than most and still be wrapped; a much wider one was not.
    line.width + need > full && line.width <= full + full / 8
}

/// Whether `next` begins in the middle of a sentence that `line` has not ended.
fn continues(line: &Line, next: &Line) -> bool {
    next.text.as_str().chars().next().is_some_and(Script::small) && !has_end(line)
}

fn has_end(line: &Line) -> bool {
    matches!(Shape::of(line.text.as_str()).end, End::Stop | End::Query | End::Colon)
}

/// The width that the text was wrapped to; `None` if it was not.
fn wrap_width(lines: &[Line]) -> Option<usize> {
    let mut widths: Vec<usize> = lines.iter().map(|line| line.width).collect();
    widths.sort_unstable();
    // One line in twenty may stick out: an address, a table, a headline that was not wrapped.
    let full = *widths.get((widths.len() * 19 / 20).min(widths.len().checked_sub(1)?))?;
    if lines.len() < 3 || !(NARROWEST_WRAP..=WIDEST_WRAP).contains(&full) {
        return None;
    }
    let inside: Vec<_> = lines.windows(2).filter(|pair| !pair[1].gap).collect();
    let filled = inside.iter().filter(|pair| filled(&pair[0], &pair[1], full)).count();
    let continued = inside.iter().filter(|pair| continues(&pair[0], &pair[1])).count();
    let cased = lines.iter().any(|line| line.text.as_str().chars().any(Script::small));
    // Sentences end in the middle of wrapped lines, and hardly ever within headlines.
    let ends = |shape: Shape| shape.inner_sentences > 0 || shape.stops();
    let sentences = lines.iter().filter(|line| ends(Shape::of(line.text.as_str()))).count();
    // In a script with capitals, wrapped prose begins many of its lines with a small letter; a list
    // of headlines begins none so.
    let small = continued * 5 >= inside.len() || (continued > 0 && filled * 10 >= inside.len() * 8);
    let enough = if cased { small } else { filled * 10 >= inside.len() * 7 };
    (enough && sentences * 6 >= lines.len() && filled * 5 >= inside.len() * 2 && filled >= 2).then_some(full)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        units(text).iter().map(|unit| unit.text.to_string()).collect()
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let text = "The council of the lake towns met on Monday to talk about the old\n\
                    ferry, which has carried people and goats across the water for a\n\
                    hundred years and now leaks.\n\
                    \n\
                    Nobody wanted to be the one to say that it should go, and so nobody\n\
                    did. The mayor promised a new meeting.\n";
        let units = units(text);
        assert_eq!(units.len(), 2);
        assert_eq!((units[0].first, units[0].last, units[1].first, units[1].last), (1, 3, 5, 6));
        assert!(units[0].text.as_str().ends_with(
            "old ferry, which has carried people and goats across the water for a hundred years and now leaks."
        ));
    }

    #[test]
    fn headlines_are_not_joined() {
        let text = "Ferry to be repaired after all\nMayor promises a new meeting soon\nGoats cross the lake on their own\nPrice of hay rises in the valley\n";
        assert_eq!(texts(text).len(), 4);
    }

    #[test]
    fn long_lines_are_paragraphs() {
        let text = format!("{}.\n{}.", "word ".repeat(50).trim(), "other ".repeat(40).trim());
        assert_eq!(texts(&text).len(), 2);
    }

    #[test]
    fn wrapped_text_without_spaces_is_joined_without_spaces() {
        let line = "湖边的小镇议会星期一开会讨论了那条老渡船的事情它已";
        let text = format!("{line}\n{line}\n{line}\n完了。\n");
        assert_eq!(texts(&text), [format!("{line}{line}{line}完了。")]);
    }
}
