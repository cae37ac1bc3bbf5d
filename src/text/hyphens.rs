//! Where a word may be parted at the end of a line: the patterns of TeX for some fifty languages
//! (`hypher`), which lie ready in the program and cost nothing until a word is looked up.

use super::Lang;

/// Shorter words are not parted, in letters.
const SHORTEST: usize = 6;

/// The longest word that is looked up, in bytes; a longer one is no word.
const LONGEST: usize = 64;

/// The least letters before and behind the hyphen: two are allowed in most languages, and read badly.
const BEFORE: usize = 2;
const BEHIND: usize = 3;

/// Parts the words of one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Hyphens(hypher::Lang);

impl Hyphens {
    /// For texts in `lang`; `None` where there are no patterns for it, or it is written without
    /// hyphens.
    #[must_use]
    pub fn of(lang: Lang) -> Option<Self> {
        let code: [u8; 2] = lang.short().as_bytes().try_into().ok()?;
        let lang = hypher::Lang::from_iso(code)?;
        lang.hyphenation_character().map(|_| Self(lang))
    }

    /// The places within `word` where a hyphen may stand, in bytes, in order. Only within its longest
    /// run of letters, and only where that is most of it: nothing with figures, signs or capitals
    /// within is parted (addresses, abbreviations, names of things). Linear in the word.
    #[must_use]
    pub fn within(self, word: &str) -> Vec<usize> {
        let Some((start, core)) = core(word) else { return Vec::new() };
        let (before, behind) = self.0.bounds();
        let mut at = start;
        let mut places: Vec<usize> = hypher::hyphenate_bounded(core, self.0, before.max(BEFORE), behind.max(BEHIND))
            .map(|syllable| {
                at += syllable.len();
                at
            })
            .collect();
        // The last syllable ends the word.
        places.pop();
        places
    }
}

/// The letters of a word without the punctuation around them, and where they begin.
fn core(word: &str) -> Option<(usize, &str)> {
    let start = word.find(char::is_alphabetic)?;
    let rest = &word[start..];
    let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    let (core, behind) = rest.split_at(end);
    let mut letters = core.chars();
    let lower = letters.next().is_some() && letters.clone().all(char::is_lowercase);
    let plain = lower && !behind.chars().any(|c| c.is_alphanumeric() || matches!(c, '/' | '@' | '_'));
    let fits = core.len() <= LONGEST && core.chars().count() >= SHORTEST;
    (plain && fits).then_some((start, core))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parted(lang: &str, word: &str) -> String {
        let hyphens = Hyphens::of(Lang::from_code(lang).unwrap()).unwrap();
        let mut out = word.to_owned();
        hyphens.within(word).into_iter().rev().for_each(|at| out.insert(at, '-'));
        out
    }

    #[test]
    fn words_are_parted_as_their_language_has_it() {
        for (lang, word, expected) in [
            ("en", "“extensive,”", "“ex-ten-sive,”"),
            ("ru", "правительство", "пра-ви-тель-ство"),
            ("de", "Silbentrennung", "Sil-ben-tren-nung"),
            ("en", "https://example.org/extensive", "https://example.org/extensive"),
            ("en", "iPhone", "iPhone"),
            ("en", "water", "water"),
            ("en", "B2B-marketing", "B2B-marketing"),
        ] {
            assert_eq!(parted(lang, word), expected, "{word}");
        }
        assert_eq!(Hyphens::of(Lang::from_code("ja").unwrap()), None);
        assert_eq!(Hyphens::of(Lang::from_code("hi").unwrap()), None);
    }

    proptest! {
        #[test]
        fn every_place_is_within_the_word(word in "\\PC{0,20}") {
            for lang in ["en", "ru", "el"] {
                for at in Hyphens::of(Lang::from_code(lang).unwrap()).unwrap().within(&word) {
                    prop_assert!(at > 0 && at < word.len() && word.is_char_boundary(at));
                }
            }
        }
    }
}
