//! Where words begin and end.

use unicode_segmentation::UnicodeSegmentation;

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word as spaces and punctuation set it off.
    Word,
    /// Two characters (or the only one) of a run in a script that sets off no words.
    Pair,
}

/// A piece to be indexed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    pub(super) at: usize,
    pub(super) surface: &'a str,
    pub(super) kind: Kind,
}

/// What a byte is where a text is plain ASCII.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// A letter or a digit.
    Plain,
    /// Punctuation that may stand about a word without being of it.
    Edge,
    Space,
    /// Whatever needs the rules: an underscore, a control character, part of a character beyond ASCII.
    Other,
}

/// The classes of all bytes.
static CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut byte = 0;
    while byte < 128 {
        classes[byte] = match byte as u8 {
            b'_' => Class::Other,
            // The white space of Unicode, as far as it is ASCII.
            b'\t'..=b'\r' | b' ' => Class::Space,
            letter if letter.is_ascii_alphanumeric() => Class::Plain,
            mark if mark.is_ascii_punctuation() => Class::Edge,
            _ => Class::Other,
        };
        byte += 1;
    }
    classes
};

/// Goes on from `at` over bytes of a class; gives where they end.
fn over(class: Class, bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().position(|byte| CLASSES[usize::from(*byte)] != class).map_or(bytes.len(), |length| at + length)
}

/// Calls `take` with each piece of `text` in order.
///
/// White space always parts words, so what stands between two spaces is looked at alone: letters
/// with punctuation around them, nearly all of most texts, need no rules of UAX 29. In ASCII such a
/// word is found going over its bytes once.
pub(super) fn pieces<'a>(text: &'a str, mut take: impl FnMut(Piece<'a>)) {
    let mut run = Run::default();
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        at = over(Class::Space, bytes, at);
        if at == bytes.len() {
            return;
        }
        let from = over(Class::Edge, bytes, at);
        let to = over(Class::Plain, bytes, from);
        let end = over(Class::Edge, bytes, to);
        if end == bytes.len() || CLASSES[usize::from(bytes[end])] == Class::Space {
            if to > from {
                take(Piece { at: from, surface: &text[from..to], kind: Kind::Word });
            }
            at = end;
            continue;
        }
        let chunk = text[at..].split(char::is_whitespace).next().unwrap_or("");
        between_spaces(text, at, chunk, &mut run, &mut take);
        at += chunk.len();
        // White space beyond ASCII is passed here.
        at += text[at..].chars().next().map_or(0, char::len_utf8);
    }
}

/// The pieces of what stands between two spaces, beginning at `start`.
fn between_spaces<'a>(text: &'a str, start: usize, chunk: &'a str, run: &mut Run, take: &mut impl FnMut(Piece<'a>)) {
    if let Some((at, word)) = simple(chunk) {
        take(Piece { at: start + at, surface: word, kind: Kind::Word });
        return;
    }
    for (at, word) in chunk.unicode_word_indices() {
        let at = start + at;
        if !word.chars().next().is_some_and(is_dense) {
            run.flush(text, take);
            take(Piece { at, surface: word, kind: Kind::Word });
        } else if word.chars().next().is_some_and(is_hangul) {
            run.flush(text, take);
            run.units.extend(word.char_indices().map(|(i, c)| (at + i, at + i + c.len_utf8())));
            run.flush(text, take);
        } else {
            run.add(text, at, word, take);
        }
    }
    run.flush(text, take);
}

/// The word of `chunk`, where it is nothing but plain letters with plain punctuation about it.
fn simple(chunk: &str) -> Option<(usize, &str)> {
    let word = chunk.trim_matches(|c: char| {
        (c.is_ascii_punctuation() && c != '_') || matches!(c, '“' | '”' | '‘' | '’' | '«' | '»' | '„' | '…' | '—' | '–')
    });
    let plain = !word.is_empty()
        && word.chars().all(|c| {
            c.is_ascii_alphanumeric()
                || matches!(c, 'à'..='ö' | 'ø'..='ÿ' | 'À'..='Ö' | 'Ø'..='Þ' | '\u{100}'..='\u{17f}' | 'А'..='я' | 'Ё' | 'ё')
        });
    plain.then(|| (word.as_ptr() as usize - chunk.as_ptr() as usize, word))
}

/// Characters standing side by side in a script that sets off no words.
#[derive(Default)]
struct Run {
    /// Where each begins and ends.
    units: Vec<(usize, usize)>,
}

impl Run {
    fn add<'a>(&mut self, text: &'a str, at: usize, word: &str, take: &mut impl FnMut(Piece<'a>)) {
        if self.units.last().is_some_and(|(_, end)| *end != at) {
            self.flush(text, take);
        }
        self.units.push((at, at + word.len()));
    }

    fn flush<'a>(&mut self, text: &'a str, take: &mut impl FnMut(Piece<'a>)) {
        if let [(start, end)] = self.units[..] {
            take(Piece { at: start, surface: &text[start..end], kind: Kind::Pair });
        }
        for pair in self.units.windows(2) {
            let (start, end) = (pair[0].0, pair[1].1);
            take(Piece { at: start, surface: &text[start..end], kind: Kind::Pair });
        }
        self.units.clear();
    }
}

/// Whether words of this script have to be taken in pairs.
pub(super) fn is_dense(c: char) -> bool {
    matches!(c,
        '\u{3041}'..='\u{309f}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' | '\u{e01}'..='\u{e4e}' | '\u{e81}'..='\u{edf}' | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{17df}' | '々' | '〆')
        || is_hangul(c)
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}' | '\u{ac00}'..='\u{d7a3}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn surfaces(text: &str) -> Vec<&str> {
        let mut all = Vec::new();
        pieces(text, |p| all.push(p.surface));
        all
    }

    #[test]
    fn pairs() {
        assert_eq!(surfaces("北京大学,2024年"), ["北京", "京大", "大学", "2024", "年"]);
        assert_eq!(surfaces("한국은 오늘"), ["한국", "국은", "오늘"]);
        assert_eq!(surfaces("กรุง"), ["กรุ", "รุง"].as_slice());
        assert_eq!(surfaces("東京タワーへ"), ["東京", "タワー", "へ"]);
    }

    #[test]
    fn words_between_punctuation() {
        assert_eq!(
            surfaces("“Don’t,” said O'Brien (U.S.) — 3.5% of e-mail; foo_bar!"),
            ["Don’t", "said", "O'Brien", "U.S", "3.5", "of", "e", "mail", "foo_bar"]
        );
    }

    proptest! {
        /// The short way and the rules agree, wherever nothing is paired.
        #[test]
        fn as_unicode_says(text in "([a-zA-Zа-яёÀ-ſ0-9’'.,:_ \n\t“”«»()…—-]|[α-ω٠-٩א-ת\u{301}]){0,60}") {
            let want: Vec<&str> = text.unicode_words().collect();
            prop_assert_eq!(surfaces(&text), want);
        }

        #[test]
        fn never_panics_and_stays_in_order(text in "\\PC{0,60}") {
            let mut last = 0;
            pieces(&text, |p| {
                assert!(p.at >= last);
                last = p.at;
                assert_eq!(&text[p.at..p.at + p.surface.len()], p.surface);
            });
        }
    }
}
