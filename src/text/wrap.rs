//! Breaking a paragraph into lines of a given display width.
//!
//! Break opportunities are those of UAX 14 (`textwrap` with `unicode-linebreak`, so Chinese and
//! Japanese break between characters); the lines are chosen by `textwrap`'s optimal-fit algorithm,
//! which evens out the right edge over the whole paragraph as a typesetter would. Widths are
//! [`super::width`]'s rather than `textwrap`'s, which counts by `char` and would let emoji run over.

use std::ops::Range;

use textwrap::WordSeparator;
use textwrap::core::Fragment;
use textwrap::wrap_algorithms::{Penalties, wrap_first_fit, wrap_optimal_fit};
use unicode_segmentation::UnicodeSegmentation;

use super::width::width;

/// Above this many bytes a paragraph is broken greedily: nobody sees the even edge of a wall of
/// text, and the optimal fit costs about four times as much.
const OPTIMAL_LIMIT: usize = 64 * 1024;

/// A piece that is not broken, and the space after it.
#[derive(Debug)]
struct Piece {
    range: Range<usize>,
    width: f64,
    space: f64,
}

impl Fragment for Piece {
    fn width(&self) -> f64 {
        self.width
    }

    fn whitespace_width(&self) -> f64 {
        self.space
    }

    fn penalty_width(&self) -> f64 {
        0.0
    }
}

/// The lines of `text` at `columns` wide, as byte ranges without the spaces at their ends. A `\n`
/// ends a line. Words wider than a line are cut between graphemes; a grapheme wider than the line
/// stands alone. An empty text has one empty line. Linear in the length of `text`.
#[must_use]
pub fn wrap(text: &str, columns: usize) -> Vec<Range<usize>> {
    lines(text, columns, true)
}

/// As [`wrap`], with every line filled as far as it goes: for labels that may be cut after some
/// lines, where what is seen counts and not the evenness of the edge.
#[must_use]
pub fn fill(text: &str, columns: usize) -> Vec<Range<usize>> {
    lines(text, columns, false)
}

fn lines(text: &str, columns: usize, even: bool) -> Vec<Range<usize>> {
    let columns = columns.max(1);
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        wrap_line(text, start..start + line.len(), columns, even, &mut lines);
        start += line.len() + 1;
    }
    lines
}

fn wrap_line(text: &str, range: Range<usize>, columns: usize, even: bool, lines: &mut Vec<Range<usize>>) {
    let line = &text[range.clone()];
    if line.len() <= columns && line.is_ascii() {
        lines.push(range.start..range.start + line.trim_end().len());
        return;
    }
    let pieces = pieces(line, range.start, columns);
    if pieces.is_empty() {
        lines.push(range.start..range.start);
        return;
    }
    let target = [columns_f64(columns)];
    let evened = if even && line.len() <= OPTIMAL_LIMIT {
        wrap_optimal_fit(&pieces, &target, &Penalties::new()).ok()
    } else {
        None
    };
    // The even way lets a line run over where that costs it less than one more line; the greedy way
    // never does, since no piece is wider than a line.
    let chosen = evened
        .filter(|rows| rows.iter().all(|row| row_width(row) <= target[0]))
        .unwrap_or_else(|| wrap_first_fit(&pieces, &target));
    lines.extend(chosen.into_iter().filter_map(|row| Some(row.first()?.range.start..row.last()?.range.end)));
}

/// Columns of a line, without the space at its end.
fn row_width(row: &[Piece]) -> f64 {
    let all: f64 = row.iter().map(|piece| piece.width + piece.space).sum();
    all - row.last().map_or(0.0, |last| last.space)
}

fn pieces(line: &str, offset: usize, columns: usize) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = offset;
    for word in WordSeparator::UnicodeBreakProperties.find_words(line) {
        let (start, len) = (at, word.word.len());
        at += len + word.whitespace.len();
        let space = columns_f64(width(word.whitespace));
        let wide = width(word.word);
        if wide <= columns {
            pieces.push(Piece { range: start..start + len, width: columns_f64(wide), space });
        } else {
            cut(word.word, start, columns, space, &mut pieces);
        }
    }
    pieces
}

/// Cuts a word wider than a line between its graphemes.
fn cut(word: &str, start: usize, columns: usize, space: f64, pieces: &mut Vec<Piece>) {
    let (mut from, mut used) = (0, 0);
    for (at, grapheme) in word.grapheme_indices(true) {
        let wide = width(grapheme);
        if used > 0 && used + wide > columns {
            pieces.push(Piece { range: start + from..start + at, width: columns_f64(used), space: 0.0 });
            (from, used) = (at, 0);
        }
        used += wide;
    }
    pieces.push(Piece { range: start + from..start + word.len(), width: columns_f64(used), space });
}

/// Columns as `textwrap` counts them; exact for any width that fits a terminal.
#[allow(clippy::cast_precision_loss)]
fn columns_f64(columns: usize) -> f64 {
    columns as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn set(text: &str, columns: usize) -> Vec<&str> {
        wrap(text, columns).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn words_stay_whole_and_edges_are_trimmed() {
        assert_eq!(set("The ferry to the islands is late again", 14), ["The ferry to", "the islands is", "late again"]);
        assert_eq!(set("", 10), [""]);
        assert_eq!(set("one\n\ntwo", 10), ["one", "", "two"]);
    }

    #[test]
    fn filling_takes_all_that_fits_a_line() {
        let text = "Uzbekistan expected to host the first summit";
        let filled: Vec<&str> = fill(text, 27).into_iter().map(|range| &text[range]).collect();
        assert_eq!(filled, ["Uzbekistan expected to host", "the first summit"]);
    }

    #[test]
    fn long_words_and_wide_scripts_break() {
        assert_eq!(set("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(set("渡轮今天停航。明天恢复", 8), ["渡轮今天", "停航。明", "天恢复"]);
        assert_eq!(set("ぁо", 2), ["ぁ", "о"], "no line runs over, even where that would save one");
        assert_eq!(set("❤\u{fe0f}❤\u{fe0f}", 2), ["❤\u{fe0f}", "❤\u{fe0f}"]);
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_no_word_is_lost(text in "(\\PC{0,12}[ \n]?){0,12}", columns in 2_usize..40) {
            let lines = set(&text, columns);
            for line in &lines {
                // A grapheme can be wider than the narrowest lines; it then stands alone.
                let alone = line.graphemes(true).count() == 1;
                prop_assert!(width(line) <= columns || alone, "{line:?}");
            }
            let squeeze = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(squeeze(&lines.concat()), squeeze(&text));
        }
    }
}
