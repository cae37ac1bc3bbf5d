//! How much two texts speak of the same things, by the words they share.

use std::collections::HashSet;

use super::script::Script;
use crate::text::{Lang, words};

/// The words of a text that carry meaning, as far as length tells: stems of four letters and more, of
/// fewer in scripts whose words are shorter, and pairs of characters in scripts without spaces.
#[derive(Clone, Debug, Default)]
pub(super) struct Subject(HashSet<String>);

impl Subject {
    /// The subject of a text in `lang`. Linear.
    pub(super) fn of<'a>(texts: impl IntoIterator<Item = &'a str>, lang: Option<Lang>) -> Self {
        let mut stems = HashSet::new();
        for text in texts {
            words::each(text, lang, |word| {
                let least = match word.stem.chars().find_map(Script::of) {
                    Some(script) if script.cased() => 4,
                    Some(script) if script.unspaced() || script == Script::Hangul => 2,
                    _ => 3,
                };
                if word.stem.chars().count() >= least && !stems.contains(word.stem) {
                    stems.insert(word.stem.to_owned());
                }
            });
        }
        Self(stems)
    }

    /// How many of this subject's words stand in `other` as well.
    pub(super) fn shared(&self, other: &Self) -> usize {
        self.0.iter().filter(|stem| other.0.contains(*stem)).count()
    }

    /// The share of this subject's words, 0 to 1, that stand in `other` as well.
    pub(super) fn within(&self, other: &Self) -> f32 {
        if self.0.is_empty() { 0.0 } else { self.shared(other) as f32 / self.0.len() as f32 }
    }
}
