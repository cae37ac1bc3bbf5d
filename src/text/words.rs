//! Words: where they are in a text, and the form under which search and related news know them.
//!
//! Splitting follows Unicode (UAX 29). Scripts that write no spaces (Han, Hiragana, Thai, Lao, Khmer,
//! Myanmar), and Korean, whose particles hang on the word, are taken as overlapping pairs of
//! characters: no dictionary, every compound findable. A *stem* is the word in lower case, stemmed by
//! the language of the text where Snowball knows it, then folded ([`super::fold`]), in that order,
//! since some suffixes are told by their accents.

mod known;
mod split;
mod stem;

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;

use super::language::Lang;
use known::Known;
pub use known::Memory;
use split::{Kind, Piece};
use stem::Stems;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// As it stands in the text.
    pub surface: &'a str,
    /// Where it stands, in bytes.
    pub at: usize,
    /// Stemmed and folded: the form that is indexed. Never empty, never with white space in it.
    pub stem: String,
    /// Looks like a name: a capital that no sentence start explains, capitals all through, or a
    /// number. In scripts without capitals only numbers do.
    pub name: bool,
    /// Which word of the text, counted from 0.
    pub position: u32,
}

/// A word as [`each`] hands it out: [`Word`] with a borrowed stem.
#[derive(Clone, Copy, Debug)]
pub struct Token<'a, 's> {
    /// As [`Word::surface`].
    pub surface: &'a str,
    /// As [`Word::at`].
    pub at: usize,
    /// As [`Word::stem`].
    pub stem: &'s str,
    /// The stem's 64-bit hash (XXH3).
    pub hash: u64,
    /// As [`Word::name`].
    pub name: bool,
    /// As [`Word::position`].
    pub position: u32,
}

/// The words of `text` in order. `lang` is the language it is written in; `None` takes the stemmer by
/// script (English for Latin, Russian for Cyrillic). No stop words are removed. Linear in length.
#[must_use]
pub fn words(text: &str, lang: Option<Lang>) -> Vec<Word<'_>> {
    let mut words = Vec::with_capacity(text.len() / 6);
    each(text, lang, |t| {
        words.push(Word { surface: t.surface, at: t.at, stem: t.stem.to_owned(), name: t.name, position: t.position });
    });
    words
}

/// The stems of `text` joined by one space: what the full-text index stores, and what a query's words
/// become. Take everything between two spaces as one token: stems may hold marks, apostrophes and
/// dots (`o'brien`, `3.5`).
#[must_use]
pub fn index_text(text: &str, lang: Option<Lang>) -> String {
    let mut out = String::with_capacity(text.len());
    each(text, lang, |t| {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(t.stem);
    });
    out
}

/// The forms that `text`, typed by a person, may have in an index of texts in `langs` and of texts
/// whose language is not known: [`index_text`] by each of them, without repeats, in that order; then
/// what it is without its accents, and unstemmed. Empty only when there is no word in `text`.
///
/// The latter two because a stemmer knows its suffixes by their accents: of an English text `résumé`
/// is indexed as `resume`, but `resume` as `resum`. Each finds both, as readers type either.
#[must_use]
pub fn forms(text: &str, langs: &[Lang]) -> Vec<String> {
    let mut forms: Vec<String> = Vec::new();
    let mut add = |form: String| {
        if !form.is_empty() && !forms.contains(&form) {
            forms.push(form);
        }
    };
    let all = || langs.iter().copied().map(Some).chain([None]);
    all().for_each(|lang| add(index_text(text, lang)));
    let plain = super::fold::fold(text);
    if !text.is_ascii() {
        all().for_each(|lang| add(index_text(&plain, lang)));
    }
    let unstemmed = words(&plain, None).into_iter().map(|word| without_space(Cow::Borrowed(word.surface)).into_owned());
    add(unstemmed.collect::<Vec<_>>().join(" "));
    forms
}

/// Whether `form` is one sign of a script that is taken in pairs (see the head of this file).
#[must_use]
pub fn is_sign(form: &str) -> bool {
    let first = form.chars().next();
    first.is_some_and(split::is_dense) && form.graphemes(true).nth(1).is_none()
}

/// Calls `take` with the last sign, folded, of every run of two or more signs that is taken in pairs:
/// the one sign of it that begins no pair. Linear in length; next to nothing where there are none.
pub fn last_signs(text: &str, mut take: impl FnMut(&str)) {
    if text.is_ascii() || !text.chars().any(split::is_dense) {
        return;
    }
    let mut last: Option<Piece<'_>> = None;
    let mut end = |piece: Option<Piece<'_>>| {
        let Some(piece) = piece.filter(|piece| piece.kind == Kind::Pair) else { return };
        let mut signs = piece.surface.graphemes(true);
        if let (Some(sign), Some(_)) = (signs.next_back(), signs.next_back()) {
            take(&without_space(Cow::Owned(super::fold::fold(sign))));
        }
    };
    split::pieces(text, |piece| {
        let goes_on = last.is_some_and(|last| piece.kind == Kind::Pair && piece.at < last.at + last.surface.len());
        if !goes_on {
            end(last);
        }
        last = Some(piece);
    });
    end(last);
}

/// Calls `take` with each word of `text` in order, as [`words`] has them, without a string for each.
///
/// Stems are remembered for the length of the call: half of a text's words are repeats.
pub fn each<'a>(text: &'a str, lang: Option<Lang>, take: impl FnMut(Token<'a, '_>)) {
    each_known(text, &Stems::of(lang), &mut Known::default(), take);
}

/// [`each`], with the stems that are known.
fn each_known<'a>(text: &'a str, stems: &Stems, known: &mut Known, mut take: impl FnMut(Token<'a, '_>)) {
    let mut sentence = Sentence::default();
    let mut position = 0;
    split::pieces(text, |piece: Piece<'a>| {
        let (at, surface) = stems.without_elision(piece.at, piece.surface);
        let name = sentence.name(text, at, surface, piece.kind);
        let (stem, hash) = known.stem(surface, |surface, out| stems.stem_into(surface, piece.kind, out));
        if !stem.is_empty() {
            take(Token { surface, at, stem, hash, name, position });
            position += 1;
        }
    });
}

/// Follows where sentences begin, to tell a name's capital from a sentence's.
struct Sentence {
    /// Where the word before ended.
    end: usize,
    /// Whether the word before may be an abbreviation (`Mr.`, `U.S.`), whose dot ends nothing.
    short: bool,
    first: bool,
}

impl Default for Sentence {
    fn default() -> Self {
        Self { end: 0, short: false, first: true }
    }
}

impl Sentence {
    /// Whether the word at `at` looks like a name. Words must come in order.
    fn name(&mut self, text: &str, at: usize, surface: &str, kind: Kind) -> bool {
        // Pairs overlap, and elided articles leave no gap.
        let gap = text.get(self.end..at).unwrap_or("");
        let starts = self.first || starts_sentence(gap, self.short);
        self.first = false;
        self.end = at + surface.len();
        if kind == Kind::Pair {
            self.short = false;
            return false;
        }
        if surface.is_ascii() {
            return self.ascii_name(surface.as_bytes(), starts);
        }
        let mut chars = surface.chars();
        let head = chars.next().is_some_and(char::is_uppercase);
        let (mut letters, mut capitals, mut digits) = (0_usize, 0_usize, 0_usize);
        for c in surface.chars() {
            letters += usize::from(c.is_alphabetic());
            capitals += usize::from(c.is_uppercase());
            digits += usize::from(c.is_numeric());
        }
        self.short = head && surface.chars().count() <= 3;
        let inner = capitals > usize::from(head);
        digits > 0 || (inner && letters > 1) || (head && !starts)
    }

    /// The same of a word in ASCII: the commonest case, without finding characters first.
    fn ascii_name(&mut self, surface: &[u8], starts: bool) -> bool {
        if surface.iter().all(u8::is_ascii_lowercase) {
            self.short = false;
            return false;
        }
        let head = surface.first().is_some_and(u8::is_ascii_uppercase);
        let (mut letters, mut capitals, mut digits) = (0_usize, 0_usize, 0_usize);
        for byte in surface {
            letters += usize::from(byte.is_ascii_alphabetic());
            capitals += usize::from(byte.is_ascii_uppercase());
            digits += usize::from(byte.is_ascii_digit());
        }
        self.short = head && surface.len() <= 3;
        let inner = capitals > usize::from(head);
        digits > 0 || (inner && letters > 1) || (head && !starts)
    }
}

/// Whether what stands between two words lets a sentence begin after it. A quotation mark alone does not:
/// what it opens in the middle of a sentence is a name as often (`the ferry “Aldebaran”`), and speech has a
/// comma or colon before it.
fn starts_sentence(gap: &str, after_short: bool) -> bool {
    if gap == " " {
        return false;
    }
    let quoted = gap.trim_end_matches(|c| "“„«\"‘'".contains(c));
    let speech = quoted.len() < gap.len() && !quoted.trim().is_empty();
    speech
        || gap.ends_with(['(', '[', '¿', '¡'])
        || gap.chars().any(|c| match c {
            '.' => !after_short,
            '!' | '?' | '…' | ':' | ';' | '\n' | '—' | '–' | '•' | '*' | '|' | '。' | '！' | '？' => true,
            _ => false,
        })
}

/// Cuts `word` after at most `bytes`, between characters.
fn cut(word: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(word.len())).rev().find(|end| word.is_char_boundary(*end));
    &word[..end.unwrap_or(0)]
}

/// Takes white space out of a form: some compatibility characters are whole phrases.
fn without_space(form: Cow<'_, str>) -> Cow<'_, str> {
    if form.contains(char::is_whitespace) {
        Cow::Owned(form.chars().filter(|c| !c.is_whitespace()).collect())
    } else {
        form
    }
}

#[cfg(test)]
mod tests;
