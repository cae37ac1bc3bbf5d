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

use super::hyphens::Hyphens;
use super::width::width;

/// Above this many bytes a paragraph is broken greedily: nobody sees the even edge of a wall of
/// text, and the optimal fit costs about four times as much.
const OPTIMAL_LIMIT: usize = 64 * 1024;

/// A hyphen at the end of a line costs as much as this square of columns left empty: they are seldom,
/// and stand where a line would be ragged by more than eight.
const HYPHEN: usize = 64;

/// On narrower lines a word that is cut has no column to spare for a hyphen.
const ROOM_FOR_A_HYPHEN: usize = 6;

/// One line of a text that was broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The text on it, without the spaces at its ends.
    pub range: Range<usize>,
    /// It ends within a word: a hyphen, for which there is room, is to be written behind it.
    pub hyphen: bool,
}

/// A piece that is not broken, and the space after it.
#[derive(Debug)]
struct Piece {
    range: Range<usize>,
    width: f64,
    space: f64,
    /// It ends within a word, where a hyphen may stand.
    hyphen: bool,
}

impl Fragment for Piece {
    fn width(&self) -> f64 {
        self.width
    }

    fn whitespace_width(&self) -> f64 {
        self.space
    }

    fn penalty_width(&self) -> f64 {
        if self.hyphen { 1.0 } else { 0.0 }
    }
}

/// The lines of `text` at `columns` wide, as byte ranges without the spaces at their ends. A `\n`
/// ends a line. Words wider than a line are cut between graphemes; a grapheme wider than the line
/// stands alone. An empty text has one empty line. Linear in the length of `text`.
#[must_use]
pub fn wrap(text: &str, columns: usize) -> Vec<Range<usize>> {
    ranges(lines(text, columns, true, None))
}

/// As [`wrap`]; where a language's `hyphens` are given, words may be parted as it has it. A word that is
/// wider than a line ends in a hyphen where it is cut, if it is written in letters that take one.
#[must_use]
pub fn set(text: &str, columns: usize, hyphens: Option<Hyphens>) -> Vec<Line> {
    lines(text, columns, true, Some(hyphens))
}

fn ranges(lines: Vec<Line>) -> Vec<Range<usize>> {
    lines.into_iter().map(|line| line.range).collect()
}

/// As [`wrap`], with every line filled as far as it goes: for labels that may be cut after some
/// lines, where what is seen counts and not the evenness of the edge.
#[must_use]
pub fn fill(text: &str, columns: usize) -> Vec<Range<usize>> {
    ranges(lines(text, columns, false, None))
}

/// `hyphens` is `None` where no hyphen may be written at all.
fn lines(text: &str, columns: usize, even: bool, hyphens: Option<Option<Hyphens>>) -> Vec<Line> {
    let columns = columns.max(1);
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        wrap_line(text, start..start + line.len(), (columns, even, hyphens), &mut lines);
        start += line.len() + 1;
    }
    lines
}

fn wrap_line(
    text: &str,
    range: Range<usize>,
    (columns, even, hyphens): (usize, bool, Option<Option<Hyphens>>),
    lines: &mut Vec<Line>,
) {
    let line = &text[range.clone()];
    let whole = |range| Line { range, hyphen: false };
    if line.len() <= columns && line.is_ascii() {
        lines.push(whole(range.start..range.start + line.trim_end().len()));
        return;
    }
    let pieces = pieces(line, range.start, columns, hyphens);
    if pieces.is_empty() {
        lines.push(whole(range.start..range.start));
        return;
    }
    let target = [columns_f64(columns)];
    let evened = if even && line.len() <= OPTIMAL_LIMIT {
        let mut penalties = Penalties::new();
        penalties.hyphen_penalty = HYPHEN;
        wrap_optimal_fit(&pieces, &target, &penalties).ok()
    } else {
        None
    };
    // The even way lets a line run over where that costs it less than one more line; the greedy way
    // never does, since no piece is wider than a line.
    let chosen = evened
        .filter(|rows| rows.iter().all(|row| row_width(row) <= target[0]))
        .unwrap_or_else(|| wrap_first_fit(&pieces, &target));
    lines.extend(chosen.into_iter().filter_map(|row| {
        let (first, last) = (row.first()?, row.last()?);
        Some(Line { range: first.range.start..last.range.end, hyphen: last.hyphen })
    }));
}

/// Columns of a line, without the space at its end and with its hyphen.
fn row_width(row: &[Piece]) -> f64 {
    let all: f64 = row.iter().map(|piece| piece.width + piece.space).sum();
    all + row.last().map_or(0.0, |last| last.penalty_width() - last.space)
}

fn pieces(line: &str, offset: usize, columns: usize, hyphens: Option<Option<Hyphens>>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    // Where a word begins that goes on in the next: the scheme of an address is no line's end.
    let mut open = None;
    for found in WordSeparator::UnicodeBreakProperties.find_words(line) {
        let from = open.take().unwrap_or(at);
        let end = at + found.word.len();
        at = end + found.whitespace.len();
        if found.word.ends_with("://") && at == end && at < line.len() {
            open = Some(from);
            continue;
        }
        let (word, start) = (&line[from..end], offset + from);
        let (len, space, wide) = (word.len(), columns_f64(width(found.whitespace)), width(word));
        if wide <= columns {
            let mut from = 0;
            // One that nearly fills a line is better parted anywhere than a line left empty.
            for at in
                hyphens.flatten().filter(|_| wide < columns).map(|hyphens| hyphens.within(word)).unwrap_or_default()
            {
                let width = columns_f64(width(&word[from..at]));
                pieces.push(Piece { range: start + from..start + at, width, space: 0.0, hyphen: true });
                from = at;
            }
            let width = columns_f64(width(&word[from..]));
            pieces.push(Piece { range: start + from..start + len, width, space, hyphen: false });
        } else {
            cut(word, start, (columns, hyphens.is_some()), space, &mut pieces);
        }
    }
    pieces
}

/// Cuts a word wider than a line between its graphemes; behind a sign that parts an address, where one
/// stands in the last third of the line.
fn cut(word: &str, start: usize, (columns, marked): (usize, bool), space: f64, pieces: &mut Vec<Piece>) {
    // An address or a number with a hyphen in it would be another.
    let marked = marked
        && columns >= ROOM_FOR_A_HYPHEN
        && word.trim_matches(|c: char| !c.is_alphanumeric()).chars().all(takes_a_hyphen);
    let columns = columns - usize::from(marked);
    let (mut from, mut used) = (0, 0);
    // The last such sign of this line: the byte behind it, and the columns up to there.
    let mut sign = None;
    for (at, grapheme) in word.grapheme_indices(true) {
        let wide = width(grapheme);
        if used > 0 && used + wide > columns {
            let (end, taken) = sign.take().filter(|(_, taken)| taken * 3 >= columns * 2).unwrap_or((at, used));
            let range = start + from..start + end;
            pieces.push(Piece { range, width: columns_f64(taken), space: 0.0, hyphen: marked });
            (from, used) = (end, used - taken);
        }
        used += wide;
        if matches!(grapheme, "/" | "?" | "&" | "=" | "-" | "_" | "." | "," | ";" | ":" | "%" | "+" | "#") {
            sign = Some((at + grapheme.len(), used));
        }
    }
    pieces.push(Piece { range: start + from..start + word.len(), width: columns_f64(used), space, hyphen: false });
}

/// Whether words of such letters are parted with a hyphen: those of Latin, Greek, Cyrillic, Armenian and
/// Georgian.
fn takes_a_hyphen(c: char) -> bool {
    c.is_alphabetic() && matches!(c, 'A'..='\u{58f}' | '\u{10a0}'..='\u{10ff}' | '\u{1e00}'..='\u{1fff}')
        || matches!(c, '\u{300}'..='\u{36f}' | '\'' | '’')
}

/// Columns as `textwrap` counts them; exact for any width that fits a terminal.
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

    #[test]
    fn addresses_are_cut_where_they_have_signs() {
        let address = "https://example.org/a/long/way/to/the/article-of-today?id=123456789012345678901234567890";
        let lines = set_lines(address, 30);
        assert!(lines.iter().all(|line| width(line) <= 30), "{lines:?}");
        assert_eq!(lines.concat(), address);
        let after = format!("It is told at {address}");
        assert!(set_lines(&after, 24).iter().all(|line| !line.ends_with("://")), "{:?}", set_lines(&after, 24));
        assert!(lines[0].ends_with('/') && lines[1].ends_with(['-', '?', '/']), "{lines:?}");
    }

    fn set_lines(text: &str, columns: usize) -> Vec<&str> {
        super::set(text, columns, None).into_iter().map(|line| &text[line.range]).collect()
    }

    #[test]
    fn a_word_that_is_cut_says_so() {
        let word = "Rindfleischetikettierungsueberwachung";
        let cut = |text: &str, columns| {
            let lines = super::set(text, columns, None);
            lines.iter().map(|line| (text[line.range.clone()].to_owned(), line.hyphen)).collect::<Vec<_>>()
        };
        let lines = cut(word, 20);
        assert_eq!(lines, [("Rindfleischetikettie".replace("tie", "ti"), true), ("erungsueberwachung".into(), false)]);
        assert!(cut(&format!("({word}),"), 20)[0].1);
        for other in
            ["https://example.org/a/very/long/way", "3141592653589793238462643383", "一二三四五六七八九十一二三四"]
        {
            assert!(cut(other, 12).iter().all(|line| !line.1), "{other}");
        }
        assert_eq!(fill(word, 20)[0], 0..20, "a label is cut as it is");
    }

    #[test]
    fn words_are_parted_where_a_line_would_be_ragged() {
        let english = Hyphens::of(super::super::Lang::ENGLISH);
        let text = "An incomprehensible administrative responsibility notwithstanding misunderstandings";
        let lines = super::set(text, 24, english);
        assert!(lines.iter().any(|line| line.hyphen));
        for line in &lines {
            assert!(width(&text[line.range.clone()]) + usize::from(line.hyphen) <= 24);
        }
    }

    #[test]
    fn no_closing_sign_begins_a_line_and_no_opening_one_ends_it() {
        let text = "「渡轮今天停航」，港务局说。（明天恢复）！ラーメンとカッパを食べたよ、ずっと。";
        // Where a sign and what it belongs to do not fit a line together, they are parted.
        for columns in 8..40 {
            let lines = set_lines(text, columns);
            for line in &lines {
                assert!(!line.starts_with(['」', '，', '。', '）', '！', '、', 'ー', 'ッ', 'っ', 'ョ']), "{lines:?}");
                assert!(!line.ends_with(['「', '（']), "{lines:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn parting_words_loses_nothing(text in "[a-zа-я ,.\n]{0,200}", columns in 2_usize..40) {
            for hyphens in [None, Hyphens::of(super::super::Lang::ENGLISH), Hyphens::of(super::super::Lang::RUSSIAN)] {
                let lines = super::set(&text, columns, hyphens);
                let squeeze = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
                let all: String = lines.iter().map(|line| &text[line.range.clone()]).collect();
                prop_assert_eq!(squeeze(&all), squeeze(&text));
                for line in lines {
                    prop_assert!(width(&text[line.range.clone()]) + usize::from(line.hyphen) <= columns);
                }
            }
        }

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
