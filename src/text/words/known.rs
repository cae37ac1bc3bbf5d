//! Stems that were made already: of one text, or of all texts since a while.

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use super::stem::Stems;
use super::{Token, each_known};
use crate::text::language::Lang;

/// The most words remembered of a language, about 2 MB of them; they are forgotten all at once.
const MAX_WORDS: usize = 1 << 16;

/// The most bytes of their stems.
const MAX_BYTES: usize = 1 << 20;

/// The most words remembered in all; beyond it the language goes that was not met for longest.
const MAX_IN_ALL: usize = 4 * MAX_WORDS;

/// The most languages remembered, in the same way.
const MAX_LANGUAGES: usize = 16;

/// The stems met so far, each made once.
///
/// A word is known by its 64-bit hash alone. By chance two words of a text share one once in some
/// billions of texts, and then one of them is found under the stem of the other: nothing anybody
/// would see, and looking up a word costs one step in memory instead of three.
#[derive(Default)]
pub(super) struct Known {
    arena: String,
    /// Where in `arena` the stem of a word is, and its hash.
    spans: FxHashMap<u64, (u32, u32, u64)>,
}

impl Known {
    /// The stem of `surface` and its hash. A text of more than 4 GB of different words has no stems
    /// beyond those.
    pub(super) fn stem(&mut self, surface: &str, make: impl FnOnce(&str, &mut String)) -> (&str, u64) {
        let key = xxh3_64(surface.as_bytes());
        let (start, end, hash) = match self.spans.get(&key) {
            Some(span) => *span,
            None => {
                let from = self.arena.len();
                make(surface, &mut self.arena);
                let (Ok(start), Ok(end)) = (u32::try_from(from), u32::try_from(self.arena.len())) else {
                    self.arena.truncate(from);
                    return ("", 0);
                };
                let span = (start, end, xxh3_64(&self.arena.as_bytes()[from..]));
                self.spans.insert(key, span);
                span
            }
        };
        (&self.arena[start as usize..end as usize], hash)
    }
}

/// Stems remembered from text to text, for whoever takes in many: most words of an article have stood
/// in another before. Takes up to about 4 MB for a language, and some 20 MB in all.
#[derive(Default)]
pub struct Memory {
    /// The language met last at the end.
    languages: Vec<(Option<Lang>, Stems, Known)>,
}

impl Memory {
    /// Calls `take` with each word of `text` in order, exactly as [`each`](super::each) does.
    pub fn each<'a>(&mut self, text: &'a str, lang: Option<Lang>, take: impl FnMut(Token<'a, '_>)) {
        self.bring_last(lang);
        self.forget_some();
        let Some((_, stems, known)) = self.languages.last_mut() else { return };
        if known.spans.len() > MAX_WORDS || known.arena.len() > MAX_BYTES {
            *known = Known::default();
        }
        each_known(text, stems, known, take);
    }

    /// Puts a language at the end.
    fn bring_last(&mut self, lang: Option<Lang>) {
        match self.languages.iter().position(|(known, ..)| *known == lang) {
            Some(at) => self.languages[at..].rotate_left(1),
            None => self.languages.push((lang, Stems::of(lang), Known::default())),
        }
    }

    /// Forgets the languages that have become too many, but not the last.
    fn forget_some(&mut self) {
        let mut words: usize = self.languages.iter().map(|(.., known)| known.spans.len()).sum();
        while self.languages.len() > 1 && (self.languages.len() > MAX_LANGUAGES || words > MAX_IN_ALL) {
            words -= self.languages.remove(0).2.spans.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::words::{each, words};

    #[test]
    fn of_many_languages_the_last_are_remembered() {
        let mut memory = Memory::default();
        let codes = [
            "en", "ru", "fr", "de", "es", "it", "pt", "nl", "sv", "da", "fi", "hu", "ro", "tr", "pl", "cs", "uk", "el",
        ];
        for code in codes.into_iter().chain(["fr"]) {
            memory.each("Words of a text", Lang::from_code(code), |_| ());
        }
        assert_eq!(memory.languages.len(), MAX_LANGUAGES);
        let last: Vec<_> = memory.languages.iter().rev().take(2).map(|(lang, ..)| *lang).collect();
        assert_eq!(last, [Lang::from_code("fr"), Lang::from_code("el")]);
    }

    proptest! {
        #[test]
        fn what_is_remembered_changes_nothing(
            texts in prop::collection::vec(("(\\PC|[a-zA-Zа-яА-Я ’'éö한국ไทย]){0,60}", 0..4_usize), 1..12)
        ) {
            let mut memory = Memory::default();
            for (text, lang) in &texts {
                let lang = [None, Lang::from_code("en"), Lang::from_code("ru"), Lang::from_code("fr")][*lang];
                let mut remembered = Vec::new();
                memory.each(text, lang, |t| remembered.push((t.at, t.stem.to_owned(), t.hash, t.name, t.position)));
                let mut anew = Vec::new();
                each(text, lang, |t| anew.push((t.at, t.stem.to_owned(), t.hash, t.name, t.position)));
                prop_assert_eq!(&remembered, &anew);
                prop_assert!(anew.iter().all(|(_, stem, hash, ..)| *hash == xxh3_64(stem.as_bytes())));
                prop_assert_eq!(anew.len(), words(text, lang).len());
            }
        }
    }
}
