//! The words and signs of a sentence.

use std::ops::Range;

/// Titles that are written short.
const SHORT: &[&str] = &["Mrs", "Gen", "Col", "Sen", "Rep", "Gov", "Rev", "Prof", "Capt", "Sgt", "Maj", "Hon"];

/// A word, or a sign between two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token<'t> {
    pub(super) text: &'t str,
    pub(super) start: usize,
    /// A sign that ends a phrase.
    pub(super) sign: bool,
}

impl Token<'_> {
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    pub(super) fn capital(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }

    pub(super) fn is(&self, words: &[&str]) -> bool {
        let lower = self.text.to_lowercase();
        words.iter().any(|word| match word.strip_suffix('*') {
            Some(stem) => lower.starts_with(stem),
            None => lower == *word,
        })
    }
}

/// The words and signs of a part of `text`.
pub(super) fn tokens(text: &str, range: Range<usize>) -> Vec<Token<'_>> {
    let mut found: Vec<Token<'_>> = Vec::new();
    let part = &text[range.clone()];
    let mut word: Option<usize> = None;
    for (at, c) in part.char_indices() {
        // A hyphen, an apostrophe or the full stop of an initial is part of a word.
        let inner = word.is_some_and(|from| {
            let rest = &part[at + c.len_utf8()..];
            let goes_on = rest.chars().next().is_some_and(char::is_alphanumeric);
            match c {
                '-' | '\'' | '’' | '\u{2011}' => goes_on,
                // The name of a site.
                '.' if goes_on => {
                    let next = rest.chars().next().is_some_and(char::is_lowercase);
                    next || part[from..at].chars().all(char::is_uppercase)
                }
                '.' => {
                    let short = part[from..at].chars().count() <= 2 || SHORT.contains(&&part[from..at]);
                    short && part[from..].chars().next().is_some_and(char::is_uppercase) && !rest.trim().is_empty()
                }
                _ => false,
            }
        });
        if c.is_alphanumeric() || inner {
            word.get_or_insert(at);
            continue;
        }
        if let Some(from) = word.take() {
            found.push(Token { text: &part[from..at], start: range.start + from, sign: false });
        }
        if !c.is_whitespace() {
            found.push(Token { text: &part[at..at + c.len_utf8()], start: range.start + at, sign: true });
        }
    }
    if let Some(from) = word {
        found.push(Token { text: &part[from..], start: range.start + from, sign: false });
    }
    found
}
