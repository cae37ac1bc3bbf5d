//! Words between quotation marks.

use std::ops::Range;

/// The longest quotation that a closing mark is looked for, in bytes.
const LONGEST: usize = 4 * 1024;

/// Marks that open a quotation, and those that close it.
const PAIRS: &[(char, &[char])] = &[
    ('“', &['”', '“']),
    ('«', &['»']),
    ('„', &['“', '”', '"']),
    ('»', &['«']),
    ('"', &['"']),
    ('「', &['」']),
    ('『', &['』']),
];

/// The quotations of a paragraph, their marks included, in order; and whether the last is open at its
/// end: it is opened anew in the next paragraph, where it goes on. Linear: no quotation within a paragraph
/// is longer than [`LONGEST`], but for the one that goes on.
pub(super) fn spans(text: &str) -> (Vec<Range<usize>>, bool) {
    let mut found = Vec::new();
    let mut chars = text.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, c)) = chars.next() {
        let pair =
            PAIRS.iter().find(|(mark, _)| *mark == c).filter(|_| opens(c, before, chars.peek().map(|(_, c)| *c)));
        before = c;
        let Some((_, closing)) = pair else { continue };
        match close(&text[at + c.len_utf8()..], c, closing) {
            Some(length) => {
                let end = at + c.len_utf8() + length;
                found.push(at..end);
                while chars.peek().is_some_and(|(next, _)| *next < end) {
                    before = chars.next().map_or(before, |(_, c)| c);
                }
            }
            // Open to the end, as where it goes on in the next paragraph.
            None if at + LONGEST < text.len() => {}
            None if matches!(c, '“' | '«') && found.iter().all(|span: &Range<usize>| span.end <= at) => {
                found.push(at..text.trim_end().len());
                return (found, true);
            }
            None => {}
        }
    }
    (found, false)
}

/// Whether `c` opens a quotation where it stands: the same mark closes one elsewhere.
fn opens(c: char, before: char, behind: Option<char>) -> bool {
    let apart = before.is_whitespace() || matches!(before, '(' | '[' | '—' | '–' | '-' | ':' | '/' | '“' | '«' | '"');
    let words = behind.is_some_and(|behind| !behind.is_whitespace());
    match c {
        '"' | '“' | '»' => apart && words,
        // French puts a space behind it.
        '«' => behind.is_some(),
        _ => words,
    }
}

/// The length of what follows an opening mark up to the mark that closes it, that included; marks of
/// the same kind within are matched.
fn close(rest: &str, opening: char, closing: &[char]) -> Option<usize> {
    let (mut depth, mut before) = (0, ' ');
    for (at, c) in rest.char_indices().take_while(|(at, _)| *at < LONGEST) {
        let nested = opening != '"' && c == opening && !closing.contains(&c);
        if nested {
            depth += 1;
        } else if closing.contains(&c) && (!before.is_whitespace() || c != opening) {
            if depth == 0 {
                return Some(at + c.len_utf8());
            }
            depth -= 1;
        }
        before = c;
    }
    None
}
