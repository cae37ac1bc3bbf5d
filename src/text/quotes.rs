//! Who says what: quotations and reported speech in a text of news, with the words that name the
//! speaker.
//!
//! By rules, not by a model: quotation marks, verbs of saying, and the words around them that can be
//! a speaker. English and Russian have been measured on news (`docs/quotes.md`); German, French and
//! Spanish have their words and the same rules. A speaker is named as the text names it; a pronoun, or
//! a surname alone, is taken back to the name that was said last.

mod spans;
mod speaker;
mod speech;

use std::ops::Range;

use super::Lang;
use super::sentences::sentences;
use spans::spans;
use speaker::Naming;
use speech::{Speech, speech};

/// Something that somebody says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The paragraph, counted from 0.
    pub paragraph: usize,
    /// What is said, in bytes of the paragraph: with its quotation marks, or the sentence that reports it.
    pub said: Range<usize>,
    /// The words that name the speaker, in bytes of the paragraph, where it is named there.
    pub named: Option<Range<usize>>,
    /// The speaker, by its fullest name so far; `None` where the text does not say.
    pub speaker: Option<String>,
    /// In the speaker's own words, between quotation marks.
    pub direct: bool,
}

/// A direct quotation needs so many words if nobody is named for it: fewer are a title, or irony.
const ALONE: usize = 7;

/// And so many if somebody is.
const ATTRIBUTED: usize = 2;

/// The languages that there are rules for.
#[must_use]
pub fn knows(lang: Lang) -> bool {
    speech(lang).is_some()
}

/// Everything that is said in the paragraphs of a text in `lang`, in order. Empty for languages that
/// there are no rules for. Linear in the text.
#[must_use]
pub fn quotations(paragraphs: &[&str], lang: Lang) -> Vec<Quote> {
    let Some(speech) = speech(lang) else { return Vec::new() };
    let mut found = Vec::new();
    let mut naming = Naming::default();
    let mut open = false;
    for (n, text) in paragraphs.iter().enumerate() {
        let (quoted, goes_on) = spans(text);
        // A quotation that goes over paragraphs is one speaker's.
        let carried = open.then(|| naming.last().map(str::to_owned)).flatten();
        open = goes_on;
        let from = found.len();
        direct(n, text, &quoted, carried, speech, &mut naming, &mut found);
        reported(n, text, &quoted, speech, &mut naming, &mut found, from);
        found[from..].sort_by_key(|quote: &Quote| quote.said.start);
    }
    found
}

/// Quotations in quotation marks.
fn direct(
    paragraph: usize,
    text: &str,
    quoted: &[Range<usize>],
    carried: Option<String>,
    speech: &Speech,
    naming: &mut Naming,
    found: &mut Vec<Quote>,
) {
    let from = found.len();
    for (n, span) in quoted.iter().enumerate() {
        let before = if n > 0 { quoted[n - 1].end } else { 0 };
        let behind = quoted.get(n + 1).map_or(text.len(), |next| next.start);
        let named = speech
            .behind(text, span.end..first_sentence(text, span.end..behind))
            .or_else(|| speech.before(text, last_sentence(text, before..span.start)..span.start));
        let words = text[span.clone()].split_whitespace().count();
        let known = named.as_ref().map(|named| naming.resolve(&text[named.clone()], speech));
        if named.is_some() && words < ATTRIBUTED {
            continue;
        }
        let carried = carried.clone().filter(|_| n == 0);
        let speaker = known.flatten().or(carried);
        found.push(Quote { paragraph, said: span.clone(), named, speaker, direct: true });
    }
    // Within a paragraph a quotation goes on behind the words that name its speaker.
    let mut speaker: Option<String> = None;
    for quote in &mut found[from..] {
        match &quote.speaker {
            Some(name) => speaker = Some(name.clone()),
            None => quote.speaker.clone_from(&speaker),
        }
    }
    let mut at = 0;
    found.retain(|quote| {
        at += 1;
        let words = || text[quote.said.clone()].split_whitespace().count();
        at <= from || words() >= if quote.named.is_some() { ATTRIBUTED } else { ALONE }
    });
}

/// What is said in others' words: a sentence that names who says it. What was found in this paragraph so
/// far is in `found` from `first` on, in order.
fn reported(
    paragraph: usize,
    text: &str,
    quoted: &[Range<usize>],
    speech: &Speech,
    naming: &mut Naming,
    found: &mut Vec<Quote>,
    first: usize,
) {
    let direct: Vec<Range<usize>> = found[first..].iter().map(|quote| quote.said.clone()).collect();
    for sentence in sentences(text) {
        let start = within(text, sentence);
        let range = start..start + sentence.len();
        // Both are in order, and none lies over another.
        let next = direct.get(direct.partition_point(|said| said.end <= range.start));
        let around = quoted.get(quoted.partition_point(|span| span.end < range.end));
        if next.is_some_and(|said| said.start < range.end) || around.is_some_and(|span| span.start <= range.start) {
            continue;
        }
        if let Some(named) = speech.reports(text, range.clone())
            && let Some(speaker) = naming.resolve(&text[named.clone()], speech)
        {
            found.push(Quote { paragraph, said: range, named: Some(named), speaker: Some(speaker), direct: false });
        }
    }
}

/// Where `part`, which is a part of it, begins in `text`.
fn within(text: &str, part: &str) -> usize {
    part.as_ptr().addr() - text.as_ptr().addr()
}

/// Where the sentence that `range` begins in ends.
fn first_sentence(text: &str, range: Range<usize>) -> usize {
    let rest = &text[range.clone()];
    // What stands right behind the marks belongs to them.
    let lead = rest.len() - rest.trim_start_matches(['.', ',', '!', '?', ' ', '\u{a0}', '—', '–', '-']).len();
    match sentences(&rest[lead..]).first() {
        Some(first) => within(text, first) + first.len(),
        None => range.end,
    }
}

/// Where the sentence that `range` ends in begins.
fn last_sentence(text: &str, range: Range<usize>) -> usize {
    match sentences(&text[range.clone()]).last() {
        Some(last) => within(text, last),
        None => range.start,
    }
}

#[cfg(test)]
mod tests;
