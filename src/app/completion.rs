//! What may stand at a place of a query: the names of fields and what they can be asked for.

use std::ops::Range;

use super::event::Sources;
use crate::model::query::{FIELD_NAMES, Is};
use crate::text::fold::fold;

/// The most that is offered at once.
const MOST: usize = 60;

/// Times that a person may want to write.
const TIMES: [&str; 8] = ["today", "yesterday", "1h", "12h", "2d", "1w", "1m", "1y"];

/// What may stand in place of what is typed at a spot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offers {
    /// What is replaced, in bytes of the query.
    pub place: Range<usize>,
    /// What stands before each of them: a minus, a field's name.
    pub head: String,
    /// What is offered, the likeliest first; as it is written in a query.
    pub words: Vec<String>,
}

/// What may stand at byte `at` of `query`, which must be on a character border; `None` where nothing
/// is known. Linear in the query and in what there is to offer.
#[must_use]
pub fn offers(query: &str, at: usize, sources: &Sources) -> Option<Offers> {
    let start = word_start(&query[..at]);
    let typed = &query[start..at];
    let minus = typed.len() - typed.trim_start_matches('-').len();
    let (minus, word) = typed.split_at(minus);
    let (head, words) = match word.split_once(':') {
        Some((name, value)) => (format!("{minus}{name}:"), values(name, value.trim_start_matches('"'), sources)),
        None => (minus.to_owned(), fields(word)),
    };
    (!words.is_empty()).then_some(Offers { place: start..at, head, words })
}

/// Where the last word of an unfinished query begins: after white space or a parenthesis that is not
/// between quotation marks.
fn word_start(before: &str) -> usize {
    let (mut start, mut quoted, mut escaped) = (0, false, false);
    for (at, c) in before.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            '(' | ')' => start = if quoted { start } else { at + 1 },
            c if c.is_whitespace() && !quoted => start = at + c.len_utf8(),
            _ => {}
        }
    }
    start
}

fn fields(begun: &str) -> Vec<String> {
    let begun = begun.to_ascii_lowercase();
    FIELD_NAMES.iter().filter(|name| name.starts_with(&begun)).map(|name| format!("{name}:")).collect()
}

fn values(name: &str, begun: &str, sources: &Sources) -> Vec<String> {
    let all: Vec<&str> = match name.to_ascii_lowercase().as_str() {
        "source" | "feed" => sources.feeds.iter().map(|feed| feed.title.as_str()).collect(),
        "tag" => sources.tags.iter().map(|tag| tag.as_str()).collect(),
        "lang" | "language" => sources.langs.iter().map(|lang| lang.as_str()).collect(),
        "is" => Is::ALL.iter().map(|is| is.name()).collect(),
        "since" | "after" | "before" | "until" => TIMES.to_vec(),
        _ => Vec::new(),
    };
    let wanted = fold(begun);
    let folded = |word: &&str| fold(word);
    let (first, others): (Vec<&str>, Vec<&str>) = all.into_iter().partition(|word| folded(word).starts_with(&wanted));
    // A name is remembered by any of its words.
    let within =
        others.into_iter().filter(|word| folded(word).split_whitespace().any(|part| part.starts_with(&wanted)));
    first.into_iter().chain(within).take(MOST).map(written).collect()
}

/// A value as it is written in a query.
pub(super) fn written(value: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    if value.chars().all(plain) && !value.starts_with('-') {
        return value.to_owned();
    }
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample;
    use crate::model::Query;

    fn offered(query: &str) -> Vec<String> {
        let sources =
            Sources { tags: vec!["asia".into(), "to read".into()], langs: vec!["en".into()], ..sample::sources() };
        let Some(offers) = offers(query, query.len(), &sources) else { return Vec::new() };
        let put = |word: &String| format!("{}{}{word}", &query[..offers.place.start], offers.head);
        offers.words.iter().map(put).collect()
    }

    #[test]
    fn names_of_fields() {
        assert_eq!(offered("").len(), FIELD_NAMES.len());
        assert_eq!(offered("grain ti"), ["grain title:"]);
        assert_eq!(offered("(a OR -S"), ["(a OR -source:", "(a OR -since:"]);
        assert_eq!(offered("grain"), [""; 0]);
    }

    #[test]
    fn values_of_fields() {
        assert_eq!(offered("is:un"), ["is:unread"]);
        assert_eq!(offered("a tag:"), ["a tag:asia", "a tag:\"to read\""]);
        assert_eq!(offered("source:\"post"), ["source:\"The Harbour Post\""]);
        assert_eq!(offered("-feed:fie"), ["-feed:\"Field Notes\""]);
        assert_eq!(offered("lang:"), ["lang:en"]);
        assert_eq!(offered("since:y"), ["since:yesterday"]);
        assert_eq!(offered("title:gr"), [""; 0]);
        assert_eq!(offered("\"a is:un"), [""; 0]);
    }

    #[test]
    fn whatever_is_offered_can_be_read() {
        for query in ["is:", "tag:", "source:", "since:", "lang:"] {
            for offered in offered(query) {
                assert!(Query::parse(&offered).is_ok(), "{offered}");
            }
        }
        assert_eq!(written("say \"no\" \\"), r#""say \"no\" \\""#);
    }
}
