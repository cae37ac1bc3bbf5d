//! How much two texts speak of the same things, by the words they share.

use std::collections::HashSet;

use crate::text::{Lang, words};

/// The words of a text that carry meaning, as far as length tells: stems of three letters and more,
/// and pairs of characters in scripts without spaces.
#[derive(Clone, Debug, Default)]
pub(super) struct Subject(HashSet<String>);

impl Subject {
    /// The subject of a text in `lang`. Linear.
    pub(super) fn of<'a>(texts: impl IntoIterator<Item = &'a str>, lang: Option<Lang>) -> Self {
        let mut stems = HashSet::new();
        for text in texts {
            words::each(text, lang, |word| {
                let length = word.stem.chars().count();
                if (length >= 3 || (length == 2 && !word.stem.is_ascii())) && !stems.contains(word.stem) {
                    stems.insert(word.stem.to_owned());
                }
            });
        }
        Self(stems)
    }

    /// The share of this subject's words, 0 to 1, that stand in `other` as well.
    pub(super) fn within(&self, other: &Self) -> f32 {
        if self.0.is_empty() {
            return 0.0;
        }
        let shared = self.0.iter().filter(|stem| other.0.contains(*stem)).count();
        shared as f32 / self.0.len() as f32
    }
}
