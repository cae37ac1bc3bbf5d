//! Finding a name by some of its letters: how well a name fits what is typed, and which letters did.
//!
//! Over `nucleo-matcher`, the matcher of the Helix editor. Words of the pattern are looked for each on
//! its own, in any order; case and Latin accents count only where the pattern has them.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str, Utf32String};
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use super::fold::fold;

/// The most letters left out between two that are found, where the second does not begin a word.
const NEAR: usize = 3;

/// A name made ready to be looked through again and again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Haystack(Utf32String);

impl Haystack {
    /// Makes `name` ready. Linear in its length.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self(Utf32String::from(composed(name)))
    }
}

/// A pattern, and the room that looking for it takes (about 130 KB, used again for every name).
pub struct Fuzzy {
    pattern: Pattern,
    matcher: Matcher,
    /// What is looked for, without case and accents.
    folded: String,
}

impl Fuzzy {
    /// Looks for `typed`, words of which are divided by spaces. Nothing in it has a special meaning.
    #[must_use]
    pub fn new(typed: &str) -> Self {
        Self {
            pattern: Pattern::new(&composed(typed), CaseMatching::Smart, Normalization::Smart, AtomKind::Fuzzy),
            matcher: Matcher::new(Config::DEFAULT),
            folded: fold(typed.trim()),
        }
    }

    /// How well `name` fits, more is better; `None` where it does not. An empty pattern fits
    /// everything with 0. About linear in the name.
    pub fn score(&mut self, name: &Haystack) -> Option<u32> {
        self.pattern.score(name.0.slice(..), &mut self.matcher)
    }

    /// Whether `name` fits well enough to stand in a list that is not ordered by how well names fit: of
    /// the letters that are found, each but the first begins a word or stands within [`NEAR`] letters of
    /// the one before in the same word; or they stand in it just so; [`Fuzzy::score`] takes any that come in this order. Nothing fits an empty pattern.
    pub fn fits(&mut self, name: &str) -> bool {
        if !self.folded.is_empty() && fold(name).contains(&self.folded) {
            return true;
        }
        let found = self.letters(name);
        let mut graphemes = name.graphemes(true).map(|sign| sign.chars().all(char::is_alphanumeric));
        // Whether each grapheme begins a word: no letter stands before it.
        let mut before = false;
        let begins: Vec<bool> = graphemes.by_ref().map(|letter| !std::mem::replace(&mut before, letter)).collect();
        let same_word = |from: usize, to: usize| !(from + 1..=to).any(|at| begins.get(at).copied().unwrap_or(true));
        let near =
            |at: usize, n: usize| n.checked_sub(1).is_none_or(|n| at - found[n] <= NEAR + 1 && same_word(found[n], at));
        let fits = |(n, at): (usize, &usize)| begins.get(*at).copied().unwrap_or(false) || near(*at, n);
        !found.is_empty() && found.iter().enumerate().all(fits)
    }

    /// The letters of `name` that fit: the numbers of its graphemes, ascending, each once. Empty where
    /// it does not fit.
    pub fn letters(&mut self, name: &str) -> Vec<usize> {
        let (mut room, mut found) = (Vec::new(), Vec::new());
        if self.pattern.indices(Utf32Str::new(&composed(name), &mut room), &mut self.matcher, &mut found).is_none() {
            return Vec::new();
        }
        found.sort_unstable();
        found.dedup();
        found.into_iter().filter_map(|at| usize::try_from(at).ok()).collect()
    }
}

/// The matcher looks at the first character of a grapheme alone: letter and accent have to be one. The
/// graphemes stay as many.
fn composed(text: &str) -> String {
    text.nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(typed: &str, name: &str) -> Option<u32> {
        Fuzzy::new(typed).score(&Haystack::new(name))
    }

    #[test]
    fn letters_in_their_order_fit_and_words_in_any() {
        assert!(score("hbr", "The Harbour Post").is_some());
        assert!(score("post harb", "The Harbour Post").is_some());
        assert_eq!(score("ropst", "Post"), None);
        assert_eq!(score("", "Post"), Some(0));
        assert!(score("harbour", "The Harbour Post") > score("harbour", "The harsh bone of our boat"));
        assert!(score("вест", "Ведомости").is_some(), "letters with gaps");
        assert!(score("creme", "Crème brûlée").is_some(), "accents");
        assert_eq!(score("^post", "Post"), None, "nothing has a special meaning");
    }

    #[test]
    fn letters_far_from_one_another_do_not_fit() {
        let fits = |typed: &str, name: &str| Fuzzy::new(typed).fits(name);
        for (typed, name) in [
            ("hbr", "The Harbour Post"),
            ("lmm", "Leaders meet in Minsk"),
            ("minsk", "Leaders of six states meet in Minsk without Armenia"),
            ("grndeal", "Grain deal talks resume in Istanbul"),
            ("painted", "Pier repainted"),
            ("ош", "Цены на хлеб в городе Ош"),
        ] {
            assert!(fits(typed, name), "{typed} in {name}: {:?}", score(typed, name));
        }
        for (typed, name) in [
            ("hbr", "Hospital nobody visited for years"),
            ("ferry", "Few of the members were sorry for yesterday"),
            ("zz", "Post"),
            ("", "Post"),
        ] {
            assert!(!fits(typed, name), "{typed} in {name}: {:?}", score(typed, name));
        }
    }

    #[test]
    fn the_letters_that_fit_are_named() {
        assert_eq!(Fuzzy::new("hp").letters("The Harbour Post"), [4, 12]);
        assert_eq!(Fuzzy::new("e\u{301}t").letters("e\u{301}te\u{301}"), [0, 1]);
        assert_eq!(Fuzzy::new("zz").letters("Post"), [0; 0]);
    }
}
