//! How many columns a text takes on the screen, and cutting it to fit.
//!
//! Measured by grapheme cluster (UAX 29) with `unicode-width`, the same way ratatui fills its
//! cells, so that what is computed here is what is drawn.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Columns that `text` takes. Linear.
#[must_use]
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    if text.chars().all(is_plain) {
        return text.chars().count();
    }
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// Whether `c` is a letter or sign that takes one column whatever stands beside it: most of what is
/// written in Latin and Cyrillic letters, for which finding graphemes is the dearest part.
fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a1}'..='\u{a8}' | '\u{aa}'..='\u{ac}' | '\u{af}'..='\u{2ff}')
        || matches!(c, '\u{400}'..='\u{482}' | '\u{48a}'..='\u{52f}' | '\u{2010}'..='\u{2027}')
}

/// The longest start of `text` that takes at most `columns`, cut between graphemes.
#[must_use]
pub fn head(text: &str, columns: usize) -> &str {
    if text.len() <= columns && text.is_ascii() {
        return text;
    }
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += grapheme.width();
        if used > columns {
            return &text[..at];
        }
    }
    text
}

/// `text`, or as much of it as fits `columns` with `…` for the rest. Cut at a word's end where that
/// costs no more than a third of the line.
#[must_use]
pub fn fit(text: &str, columns: usize) -> Cow<'_, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let Some(room) = columns.checked_sub(1) else { return Cow::Borrowed("") };
    let cut = head(text, room);
    let whole = text[cut.len()..].starts_with(' ');
    let kept = match cut.rfind(' ') {
        Some(space) if !whole && width(&cut[..space]) * 3 >= room * 2 => &cut[..space],
        _ => cut,
    };
    Cow::Owned(format!("{}…", kept.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn widths() {
        for (text, columns) in
            [("", 0), ("abc", 3), ("新闻", 4), ("e\u{301}", 1), ("👩\u{200d}🚀", 2), ("❤\u{fe0f}", 2)]
        {
            assert_eq!(width(text), columns, "{text}");
        }
    }

    #[test]
    fn fitting_cuts_between_words_and_graphemes() {
        assert_eq!(fit("short", 5), "short");
        assert_eq!(fit("Leaders of six states", 16), "Leaders of six…");
        assert_eq!(fit("Leaders of six states", 15), "Leaders of six…");
        assert_eq!(fit("Incomprehensibilities", 8), "Incompr…");
        assert_eq!(fit("新闻新闻", 5), "新闻…");
        assert_eq!(fit("新闻", 1), "…");
        assert_eq!(fit("abc", 0), "");
    }

    proptest! {
        #[test]
        fn plain_letters_take_one_column_each(text in "[ -~¡-¨ª-¬¯-˿Ѐ-҂Ҋ-ԯ‐-‧]{0,40}") {
            prop_assert_eq!(width(&text), text.graphemes(true).map(UnicodeWidthStr::width).sum::<usize>());
        }

        #[test]
        fn nothing_is_wider_than_asked(text in "\\PC{0,40}", columns in 0_usize..30) {
            prop_assert!(width(&fit(&text, columns)) <= columns);
            prop_assert!(width(head(&text, columns)) <= columns);
        }
    }
}
