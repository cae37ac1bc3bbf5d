//! Where the words of a query stand in a text, to be marked there.

use std::ops::Range;

use regex::{Regex, RegexBuilder};
use unicode_segmentation::UnicodeSegmentation;

use crate::model::Query;
use crate::model::query::{Field, Text};
use crate::text::fold::fold;
use crate::text::words::{Word, is_sign, words};
use crate::text::{Clean, Lang};

/// The largest regular expression, compiled, in bytes: as in the store, which says where one is
/// larger.
const MAX_REGEX: usize = 1 << 20;

/// The part of an article that a text is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Its headline.
    Title,
    /// Its text.
    Body,
}

/// What of a query is looked for in headlines and texts.
#[derive(Clone, Debug, Default)]
pub struct Hits {
    sought: Vec<Sought>,
}

#[derive(Clone, Debug)]
struct Sought {
    /// Where alone; anywhere when `None`.
    part: Option<Part>,
    what: What,
}

#[derive(Clone, Debug)]
enum What {
    /// A word, or several side by side.
    Words(String),
    /// The same; the last may go on.
    Beginning(String),
    /// One sign of a script that is written without spaces, folded.
    Sign(String),
    /// A regular expression.
    Pattern(Regex),
}

impl Hits {
    /// What `query` looks for; none of what it excludes.
    #[must_use]
    pub fn of(query: Option<&Query>) -> Self {
        let mut hits = Self::default();
        for (field, text) in query.map(Query::marks).unwrap_or_default() {
            let part = match field {
                Some(Field::Source | Field::Author | Field::Note) => continue,
                Some(Field::Title) => Some(Part::Title),
                Some(Field::Body) => Some(Part::Body),
                None => None,
            };
            let what = match text {
                Text::Word(words) | Text::Phrase(words) | Text::Prefix(words) if is_sign(&fold(words)) => {
                    What::Sign(fold(words))
                }
                Text::Word(words) | Text::Phrase(words) => What::Words(words.clone()),
                Text::Prefix(words) => What::Beginning(words.clone()),
                // Which letters of a headline they are is plain to see, and would dot the whole of a text.
                Text::Letters(_) => continue,
                Text::Regex(pattern) => {
                    let pattern = RegexBuilder::new(pattern).case_insensitive(true).size_limit(MAX_REGEX).build();
                    match pattern {
                        Ok(pattern) => What::Pattern(pattern),
                        // The store refuses it as well, and says so.
                        Err(_) => continue,
                    }
                }
            };
            hits.sought.push(Sought { part, what });
        }
        hits
    }

    /// Whether nothing is looked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sought.is_empty()
    }

    /// Where they stand in `text`, as byte ranges in order that do not overlap. `lang` is the language
    /// it is written in, `part` what it is a part of. Linear in the length of `text` for each thing
    /// that is sought.
    #[must_use]
    pub fn within(&self, text: &str, lang: Option<&Clean>, part: Part) -> Vec<Range<usize>> {
        let sought: Vec<&What> =
            self.sought.iter().filter(|sought| sought.part.is_none_or(|only| only == part)).map(|s| &s.what).collect();
        if sought.is_empty() {
            return Vec::new();
        }
        let lang = lang.and_then(|code| Lang::from_code(code.as_str()));
        let needs_words = sought.iter().any(|what| matches!(what, What::Words(_) | What::Beginning(_)));
        let all = if needs_words { words(text, lang) } else { Vec::new() };
        let mut found = Vec::new();
        for what in sought {
            match what {
                What::Words(typed) => {
                    let typed = words(typed, lang);
                    side_by_side(&all, &typed, |word, typed, _| is_same(word, typed), &mut found);
                }
                What::Beginning(typed) => {
                    let typed = words(typed, lang);
                    let last = typed.last().map(|word| fold(word.surface)).unwrap_or_default();
                    // As in the store: a single letter begins too many words.
                    let goes_on = last.chars().nth(1).is_some() || last.len() > 2;
                    let begins = |word: &Word<'_>, typed: &Word<'_>, is_last: bool| {
                        is_same(word, typed) || (is_last && goes_on && fold(word.surface).starts_with(&last))
                    };
                    side_by_side(&all, &typed, begins, &mut found);
                }
                What::Sign(sign) => {
                    let signs = text.grapheme_indices(true).filter(|(_, grapheme)| fold(grapheme) == *sign);
                    found.extend(signs.map(|(at, grapheme)| at..at + grapheme.len()));
                }
                What::Pattern(pattern) => {
                    found.extend(pattern.find_iter(text).map(|hit| hit.range()).filter(|range| !range.is_empty()));
                }
            }
        }
        merged(found)
    }
}

/// Whether one is a form of the other, as in the store: stems know accents, readers may leave them out.
fn is_same(word: &Word<'_>, typed: &Word<'_>) -> bool {
    word.stem == typed.stem
        || !(word.stem.is_ascii() && word.surface.is_ascii() && typed.surface.is_ascii())
            && fold(word.surface) == fold(typed.surface)
}

/// Where the words `typed` stand side by side in `all`, which are told to be the same by `is`; its
/// last argument says whether the word is the last of those typed.
fn side_by_side(
    all: &[Word<'_>],
    typed: &[Word<'_>],
    is: impl Fn(&Word<'_>, &Word<'_>, bool) -> bool,
    found: &mut Vec<Range<usize>>,
) {
    let Some(last) = typed.len().checked_sub(1) else { return };
    for window in all.windows(typed.len()) {
        if window.iter().zip(typed).enumerate().all(|(n, (word, typed))| is(word, typed, n == last)) {
            let end = &window[last];
            found.push(window[0].at..end.at + end.surface.len());
        }
    }
}

/// Ranges in order; those that overlap made one.
fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(before) if range.start < before.end => before.end = before.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked_as<'a>(query: &str, text: &'a str, lang: &str, part: Part) -> Vec<&'a str> {
        let query = Query::typed(query).unwrap();
        let hits = Hits::of(Some(&query)).within(text, Some(&lang.into()), part);
        hits.into_iter().map(|range| &text[range]).collect()
    }

    fn marked<'a>(query: &str, text: &'a str) -> Vec<&'a str> {
        marked_as(&format!("{query} "), text, "eng", Part::Body)
    }

    #[test]
    fn words_are_marked_in_all_their_forms() {
        assert_eq!(marked("ferry", "Ferries and the ferry's master"), ["Ferries", "ferry's"]);
        assert_eq!(marked("dvorak", "Antonín Dvořák"), ["Dvořák"]);
        assert_eq!(marked("resume", "A résumé, to resume"), ["résumé", "resume"]);
        assert_eq!(marked("résumé", "A résumé, to resume"), ["résumé", "resume"]);
        assert_eq!(marked("elect*", "Elections and electors"), ["Elections", "electors"]);
        assert_eq!(marked("source:reuters is:unread", "Reuters"), Vec::<&str>::new());
        assert_eq!(marked_as("bri", "Bridges in Brisbane", "eng", Part::Body), ["Bridges", "Brisbane"]);
        assert_eq!(marked_as("b", "Bridges, plan B", "eng", Part::Body), ["B"]);
    }

    #[test]
    fn phrases_are_marked_whole() {
        let text = "The grain deal, not the wheat deal: grain\ndeals";
        assert_eq!(marked("\"grain deal\" -wheat", text), ["grain deal", "grain\ndeals"]);
        assert_eq!(marked("\"grain deal\" grain", text), ["grain deal", "grain\ndeals"]);
        assert_eq!(marked_as("\"the wheat de", text, "eng", Part::Body), ["the wheat deal"]);
    }

    #[test]
    fn scripts_without_spaces_are_marked_by_the_run() {
        let text = "東京の選挙、国会の選挙が決まる。北京";
        assert_eq!(marked_as("国会の選挙 ", text, "jpn", Part::Body), ["国会の選挙"]);
        assert_eq!(marked_as("京 ", text, "jpn", Part::Body), ["京", "京"]);
        assert_eq!(marked_as("選", text, "jpn", Part::Body), ["選", "選"]);
    }

    #[test]
    fn a_field_is_marked_only_there_and_an_expression_where_it_finds() {
        assert_eq!(marked_as("title:bridge ", "A bridge", "eng", Part::Body), Vec::<&str>::new());
        assert_eq!(marked_as("title:bridge ", "A bridge", "eng", Part::Title), ["bridge"]);
        assert_eq!(marked("/dr[ao]nes?/", "Drones and a drane"), ["Drones", "drane"]);
        assert_eq!(marked("/x*/", "axxb"), ["xx"]);
    }
}
