//! Where the words of a search stand in a text, to be marked there.

use std::collections::HashSet;
use std::ops::Range;

use crate::model::Query;
use crate::model::query::{Field, Text};
use crate::text::fold::fold;
use crate::text::words::each;
use crate::text::{Clean, Lang};

/// The words of a search that are looked for in headlines and texts.
#[derive(Clone, Debug, Default)]
pub struct Hits {
    words: Vec<String>,
    prefixes: Vec<String>,
}

impl Hits {
    /// The words of `query`; none of what it excludes.
    #[must_use]
    pub fn of(query: Option<&Query>) -> Self {
        let mut hits = Self::default();
        for (field, text) in query.map(Query::marks).unwrap_or_default() {
            match (field, text) {
                (Some(Field::Source | Field::Author), _) | (_, Text::Regex(_)) => {}
                (_, Text::Prefix(start)) => hits.prefixes.push(fold(start)),
                (_, Text::Word(words) | Text::Phrase(words)) => hits.words.push(words.clone()),
            }
        }
        hits
    }

    /// Whether nothing is looked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.prefixes.is_empty()
    }

    /// Where they stand in `text`, as byte ranges in order. `lang` is the language it is written in.
    /// Linear in the length of `text`.
    #[must_use]
    pub fn within(&self, text: &str, lang: Option<&Clean>) -> Vec<Range<usize>> {
        if self.is_empty() {
            return Vec::new();
        }
        let lang = lang.and_then(|code| Lang::from_code(code.as_str()));
        let mut stems = HashSet::new();
        for words in &self.words {
            each(words, lang, |token| {
                stems.insert(token.stem.to_owned());
            });
        }
        let mut found = Vec::new();
        each(text, lang, |token| {
            let hit =
                stems.contains(token.stem) || self.prefixes.iter().any(|start| fold(token.surface).starts_with(start));
            if hit {
                found.push(token.at..token.at + token.surface.len());
            }
        });
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked<'a>(query: &str, text: &'a str) -> Vec<&'a str> {
        let query = Query::parse(query).unwrap();
        Hits::of(Some(&query)).within(text, Some(&"eng".into())).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn words_are_marked_in_all_their_forms() {
        assert_eq!(marked("ferry", "Ferries and the ferry's master"), ["Ferries", "ferry's"]);
        assert_eq!(marked("dvorak", "Antonín Dvořák"), ["Dvořák"]);
        assert_eq!(marked("\"grain deal\" -wheat", "The grain deal, not the wheat deal"), ["grain", "deal", "deal"]);
        assert_eq!(marked("elect*", "Elections and electors"), ["Elections", "electors"]);
        assert_eq!(marked("source:reuters is:unread", "Reuters"), Vec::<&str>::new());
    }
}
