//! The one sanitiser: takes out of a text everything that could drive a terminal or deceive an eye.
//!
//! It removes *whole* escape sequences (ECMA-48 §5.3–5.6; dropping ESC alone would leave `[31m` on
//! the screen), C0, DEL and C1 controls, bidirectional controls (UAX 9 §2), characters that are
//! invisible by design (Unicode `Default_Ignorable_Code_Point`, less the joiners and variation
//! selectors that scripts and emoji need), tag characters and noncharacters; and it caps the marks
//! that can be piled on one base.

use unicode_normalization::char::is_combining_mark;

/// The most combining marks, joiners and selectors kept in a row. Real orthographies need four;
/// more is decoration that would run over the neighbouring lines.
pub const MAX_MARKS: usize = 6;

/// How far the end of a string sequence (OSC, DCS …) is looked for, in bytes. A sequence that does
/// not end is text that somebody cut, and swallowing all that follows would lose news.
const MAX_STRING_SEQUENCE: usize = 4096;

/// One line, white space folded and trimmed.
pub(super) fn line(text: &str) -> String {
    let mut out = run(text);
    if out.ends_with(' ') {
        out.pop();
    }
    if out.starts_with(' ') {
        out.remove(0);
    }
    out
}

/// Whether [`line()`] would change nothing, told at a glance: letters, digits and signs of Latin, Greek
/// and Cyrillic, single spaces between them. It says no to some texts that need no change either.
pub(super) fn is_clean_line(text: &str) -> bool {
    /// By the first byte of the character: two bytes from U+00C0 to U+02FF and from U+0380 to U+047F,
    /// where there are no marks, controls or invisible characters. Later bytes say nothing new.
    const KNOWN: [bool; 256] = {
        let mut known = [false; 256];
        let mut at = 0;
        while at < 256 {
            known[at] = matches!(at, 0x20..=0x7e | 0x80..=0xbf | 0xc3..=0xcb | 0xce..=0xd1);
            at += 1;
        }
        known
    };
    let bytes = text.as_bytes();
    let mut before = b' ';
    for &b in bytes {
        if !KNOWN[usize::from(b)] || (b == b' ' && before == b' ') {
            return false;
        }
        before = b;
    }
    bytes.is_empty() || before != b' '
}

/// One line, white space folded, an edge space kept.
pub(super) fn run(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    filter(text, |c| {
        if c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}' {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.push(c);
        }
    });
    out
}

/// Several lines: `\n` kept, tabs expanded, other white space as it is.
pub(super) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut after_return = false;
    filter(text, |c| {
        match c {
            '\n' if after_return => {}
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\t' => out.push_str("    "),
            '\u{b}' | '\u{c}' => out.push('\n'),
            c => out.push(c),
        }
        after_return = c == '\r';
    });
    out
}

/// Hands every character that may stay to `keep`, white space controls among them.
fn filter(text: &str, mut keep: impl FnMut(char)) {
    let mut rest = text;
    let mut marks = 0_usize;
    while let Some(c) = rest.chars().next() {
        let len = c.len_utf8();
        match c {
            '\u{1b}' => {
                rest = &rest[escape_length(rest)..];
                continue;
            }
            '\u{90}' | '\u{98}' | '\u{9b}' | '\u{9d}' | '\u{9e}' | '\u{9f}' => {
                rest = &rest[c1_len(rest, c)..];
                continue;
            }
            ' '..='~' => {
                marks = 0;
                keep(c);
            }
            '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                marks = 0;
                keep(c);
            }
            c if c.is_control() || is_hidden(c) => {}
            c if extends(c) => {
                marks += 1;
                if marks <= MAX_MARKS {
                    keep(c);
                }
            }
            c => {
                marks = 0;
                keep(c);
            }
        }
        rest = &rest[len..];
    }
}

/// The length in bytes of the escape sequence at the start of `text`, which must begin with ESC; at
/// least 1, and the end of a character.
#[must_use]
pub fn escape_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    match bytes.get(1) {
        Some(b'[') => csi_len(bytes, 2),
        Some(b']' | b'P' | b'X' | b'^' | b'_') => string_len(text, 2),
        // nF: intermediates 0x20–0x2F, then a final byte 0x30–0x7E.
        Some(0x20..=0x2f) => {
            let end = bytes[1..].iter().position(|b| !(0x20..=0x2f).contains(b)).map_or(bytes.len(), |n| n + 1);
            if bytes.get(end).is_some_and(|b| (0x30..=0x7e).contains(b)) { end + 1 } else { end }
        }
        // Fp, Fe, Fs: two bytes.
        Some(0x30..=0x7e) => 2,
        _ => 1,
    }
}

/// Bytes of the sequence that the C1 control `c` begins.
fn c1_len(text: &str, c: char) -> usize {
    let start = c.len_utf8();
    if c == '\u{9b}' { csi_len(text.as_bytes(), start) } else { string_len(text, start) }
}

/// A control sequence: parameters 0x30–0x3F, intermediates 0x20–0x2F, one final 0x40–0x7E.
/// `start` is where the parameters begin.
fn csi_len(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while bytes.get(at).is_some_and(|b| (0x30..=0x3f).contains(b)) {
        at += 1;
    }
    while bytes.get(at).is_some_and(|b| (0x20..=0x2f).contains(b)) {
        at += 1;
    }
    if bytes.get(at).is_some_and(|b| (0x40..=0x7e).contains(b)) { at + 1 } else { at }
}

/// A string sequence: up to BEL, ST (ESC `\` or U+009C), or only its introducer if none comes.
fn string_len(text: &str, start: usize) -> usize {
    for (at, c) in text[start..].char_indices() {
        let at = start + at;
        if at > MAX_STRING_SEQUENCE || c == '\n' {
            break;
        }
        match c {
            '\u{7}' => return at + 1,
            '\u{9c}' => return at + 2,
            '\u{1b}' if text[at..].starts_with("\u{1b}\\") => return at + 2,
            // Any other escape cancels the string, as terminals do.
            '\u{1b}' | '\u{18}' | '\u{1a}' => return at,
            _ => {}
        }
    }
    start
}

/// Characters that are invisible or reorder what is around them.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e00ff}'
        | '\u{e01f0}'..='\u{e0fff}')
        // Noncharacters: U+FDD0..U+FDEF and the last two of every plane.
        || matches!(c, '\u{fdd0}'..='\u{fdef}')
        || (c as u32) & 0xfffe == 0xfffe
}

/// Characters drawn on the one before them.
fn extends(c: char) -> bool {
    is_combining_mark(c) || matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn whole_sequences_go() {
        for (raw, clean) in [
            ("a\u{1b}[31;1mb\u{1b}[0m", "ab"),
            ("a\u{1b}]0;title\u{7}b", "ab"),
            ("a\u{1b}]8;;http://x\u{1b}\\b", "ab"),
            ("a\u{1b}P1$r0m\u{1b}\\b", "ab"),
            ("a\u{9b}2Jb", "ab"),
            ("a\u{9d}52;c;AAAA\u{9c}b", "ab"),
            ("a\u{1b}(0b", "ab"),
            ("a\u{1b}cb", "ab"),
            ("a\u{1b}", "a"),
            ("a\u{1b}[", "a"),
            ("a\u{1b}]never ends", "anever ends"),
            ("a\u{1b}]x\u{1b}[31mb", "ab"),
            ("a\u{1b}\u{1b}[31mb", "ab"),
        ] {
            assert_eq!(line(raw), clean, "{raw:?}");
        }
    }

    #[test]
    fn hidden_characters_go_and_joiners_stay() {
        assert_eq!(line("a\u{202e}b\u{2066}c\u{200b}d\u{feff}e\u{e0041}f\u{ad}g"), "abcdefg");
        assert_eq!(line("👩\u{200d}🚀 ❤\u{fe0f} می\u{200c}خواهم"), "👩\u{200d}🚀 ❤\u{fe0f} می\u{200c}خواهم");
    }

    #[test]
    fn piles_of_marks_are_capped() {
        let zalgo = format!("a{}b", "\u{301}".repeat(100));
        assert_eq!(line(&zalgo).chars().count(), 2 + MAX_MARKS);
    }

    #[test]
    fn white_space() {
        assert_eq!(line("  a \t\r\n b  "), "a b");
        assert_eq!(run(" a "), " a ");
        assert_eq!(text("a\r\nb\rc\td\n"), "a\nb\nc    d\n");
    }

    proptest! {
        #[test]
        fn nothing_that_drives_a_terminal_is_left(raw in "(\u{1b}|\u{9b}|\u{9d}|\u{202e}|\u{7}|[\\[\\]()#;?0-9A-Za-z\\\\]|\\PC|\\pC){0,60}") {
            for clean in [line(&raw), run(&raw), text(&raw)] {
                for c in clean.chars() {
                    prop_assert!(!c.is_control() || c == '\n', "{c:?}");
                    prop_assert!(!is_hidden(c), "{c:?}");
                }
            }
            prop_assert!(!line(&raw).contains('\n'));
            prop_assert_eq!(line(&line(&raw)), line(&raw));
            prop_assert!(!is_clean_line(&raw) || line(&raw) == raw);
            prop_assert_eq!(text(&text(&raw)), text(&raw));
        }

        #[test]
        fn plain_text_is_left_alone(plain in "[a-zA-Zа-яА-Я0-9一-龥.,!?“”’—-]{1,40}( [a-z]{1,9}){0,5}") {
            prop_assert_eq!(line(&plain), plain);
        }
    }
}
