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

/// Calls `take` with each piece of `text` in order.
///
/// White space always parts words, so what stands between two spaces is looked at alone: letters
/// with punctuation around them, nearly all of most texts, need no rules of UAX 29.
pub(super) fn pieces<'a>(text: &'a str, mut take: impl FnMut(Piece<'a>)) {
    let mut run = Run::default();
    for chunk in text.split(char::is_whitespace) {
        if chunk.is_empty() {
            continue;
        }
        // `split` gives slices of `text`, so the distance of their addresses is their offset.
        let start = chunk.as_ptr() as usize - text.as_ptr() as usize;
        if let Some((at, word)) = simple(chunk) {
            take(Piece { at: start + at, surface: word, kind: Kind::Word });
            continue;
        }
        for (at, word) in chunk.unicode_word_indices() {
            let at = start + at;
            if !word.chars().next().is_some_and(is_dense) {
                run.flush(text, &mut take);
                take(Piece { at, surface: word, kind: Kind::Word });
            } else if word.chars().next().is_some_and(is_hangul) {
                run.flush(text, &mut take);
                run.units.extend(word.char_indices().map(|(i, c)| (at + i, at + i + c.len_utf8())));
                run.flush(text, &mut take);
            } else {
                run.add(text, at, word, &mut take);
            }
        }
        run.flush(text, &mut take);
    }
}

/// The word of `chunk`, where it is nothing but plain letters with plain punctuation about it.
fn simple(chunk: &str) -> Option<(usize, &str)> {
    if chunk.is_ascii() {
        // The same without finding characters first: most words of most texts.
        let bytes = chunk.as_bytes();
        let edge = |byte: &u8| !(byte.is_ascii_punctuation() && *byte != b'_');
        let from = bytes.iter().position(edge)?;
        let to = bytes.iter().rposition(edge)? + 1;
        let plain = bytes[from..to].iter().all(u8::is_ascii_alphanumeric);
        return plain.then(|| (from, &chunk[from..to]));
    }
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
