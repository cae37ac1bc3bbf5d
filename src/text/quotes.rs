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

/// A part of a sentence needs so many: of fewer, the sentence is what is said.
const FRAGMENT: usize = 4;

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
    for (paragraph, text) in paragraphs.iter().enumerate() {
        let (quoted, goes_on) = spans(text);
        // A quotation that goes over paragraphs is one speaker's.
        let mut speaker = open.then(|| naming.last().map(str::to_owned)).flatten();
        open = goes_on;
        let mut all = direct(text, &quoted, speech);
        all.extend(dialogue(text, speech));
        let spoken: Vec<Range<usize>> = all.iter().map(|one| one.said.clone()).collect();
        all.extend(reported(text, &spoken, &quoted, speech));
        // In the order of the text, so that a pronoun means whom it follows.
        all.sort_by_key(|one| one.said.start);
        for Candidate { said, named, direct } in all {
            match named.as_ref().map(|named| naming.resolve(&text[named.clone()], speech)) {
                Some(Some(name)) => speaker = Some(name),
                // Somebody else, who cannot be told.
                Some(None) if direct => speaker = None,
                Some(None) => continue,
                // Within a paragraph a quotation goes on behind the words that name its speaker.
                None => {}
            }
            found.push(Quote { paragraph, said, named, speaker: speaker.clone(), direct });
        }
    }
    found
}

/// Something that may be said by somebody.
struct Candidate {
    said: Range<usize>,
    named: Option<Range<usize>>,
    direct: bool,
}

/// What stands in quotation marks.
fn direct(text: &str, quoted: &[Range<usize>], speech: &Speech) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    for (n, span) in quoted.iter().enumerate() {
        // A title before it is part of the sentence.
        let before = found.last().map_or(0, |last| last.said.end);
        let next = quoted.get(n + 1);
        let behind = next.map_or(text.len(), |next| next.start);
        let sentence = span.end..first_sentence(text, span.end..behind);
        // Words that lead up to the next quotation are that one's.
        let leads_on = next.is_some() && sentence.end + 1 >= behind;
        let named = (!ends(text, span)).then(|| speech.behind(text, sentence, leads_on)).flatten();
        let begins = text[span.clone()].chars().nth(1).is_some_and(|c| !c.is_lowercase());
        let named = named.or_else(|| speech.before(text, last_sentence(text, before..span.start)..span.start, begins));
        let words = text[span.clone()].split_whitespace().count();
        let enough = match &named {
            None => ALONE,
            // Behind no comma or colon a capital begins a name: "told “Radio Free Harbour” that ...".
            Some(named) if begins && (named.start > span.end || stands_apart(text, span)) => ATTRIBUTED,
            Some(_) => FRAGMENT,
        };
        if words >= enough {
            found.push(Candidate { said: span.clone(), named, direct: true });
        }
    }
    found
}

/// Whether a sign parts a quotation from the words before it, or it ends as a sentence does.
fn stands_apart(text: &str, span: &Range<usize>) -> bool {
    let inner = text[span.clone()].trim_end_matches(['”', '“', '"', '»', '’', ' ', '\u{a0}']);
    let before = text[..span.start].trim_end();
    before.is_empty()
        || before.ends_with([':', ',', '.', '!', '?', '—', '–'])
        || inner.ends_with([',', '.', '!', '?', '…'])
}

/// Whether a quotation ends in a full stop, and another sentence begins behind it: who says it would
/// stand behind a comma.
fn ends(text: &str, span: &Range<usize>) -> bool {
    let inner = text[span.clone()].trim_end_matches(['”', '“', '"', '»', '’']);
    let behind = text[span.end..].trim_start();
    inner.ends_with('.') && behind.chars().next().is_none_or(char::is_uppercase)
}

/// What is said in a paragraph that a dash begins, in languages that set speech so: up to the dash
/// behind which its speaker stands, and from the dash after that on.
fn dialogue(text: &str, speech: &Speech) -> Vec<Candidate> {
    let begins = text.trim_start().trim_start_matches(['—', '–']);
    if !speech.dashes() || begins.len() == text.trim_start().len() || !begins.starts_with([' ', '\u{a0}']) {
        return Vec::new();
    }
    let mut found: Vec<Candidate> = Vec::new();
    let mut from = text.len() - begins.trim_start().len();
    let mut rest = from;
    while let Some((dash, behind)) = next_dash(text, rest) {
        let end = first_sentence(text, behind..next_dash(text, behind).map_or(text.len(), |(next, _)| next));
        let named = speech.behind(text, behind..end, false);
        rest = behind;
        if let Some(named) = named {
            let said = from..text[..dash].trim_end().trim_end_matches(',').len();
            found.push(Candidate { said, named: Some(named), direct: true });
            // What follows is told again, unless another dash gives the speaker the word.
            match next_dash(text, behind).filter(|(dash, _)| text[end..*dash].trim_matches(['.', ',', ' ']).is_empty())
            {
                Some((_, again)) => (from, rest) = (again, again),
                None => return found,
            }
        }
    }
    if !found.is_empty() && from < text.trim_end().len() {
        found.push(Candidate { said: from..text.trim_end().len(), named: None, direct: true });
    }
    found
}

/// The next dash from `from` on that a sign stands before: where it is, and where the words behind it
/// begin.
fn next_dash(text: &str, from: usize) -> Option<(usize, usize)> {
    let rest = text.get(from..)?;
    let (at, dash) = rest.char_indices().find(|(at, c)| {
        let before = rest[..*at].trim_end();
        matches!(c, '—' | '–') && before.ends_with([',', '.', '!', '?', '…']) && before.len() < *at
    })?;
    let behind = &rest[at + dash.len_utf8()..];
    Some((from + at, from + rest.len() - behind.trim_start().len()))
}

/// What is said in others' words: a sentence that names who says it, outside of what is `spoken` and
/// `quoted`.
fn reported(text: &str, spoken: &[Range<usize>], quoted: &[Range<usize>], speech: &Speech) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut before: Option<Range<usize>> = None;
    for sentence in sentences(text) {
        let start = within(text, sentence);
        let range = start..start + sentence.len();
        // Both are in order, and none lies over another.
        let next = spoken.get(spoken.partition_point(|said| said.end <= range.start));
        let around = quoted.get(quoted.partition_point(|span| span.end < range.end));
        if next.is_some_and(|said| said.start < range.end) || around.is_some_and(|span| span.start <= range.start) {
            before = None;
            continue;
        }
        if let Some(named) = speech.on_this(text, range.clone()) {
            // It says who said what stands before it.
            let said = before.take().filter(|_| found.last().is_none_or(|last: &Candidate| last.said.end <= start));
            let said = said.map_or(range.clone(), |before| before.start..range.end);
            found.retain(|one: &Candidate| one.said.end <= said.start);
            found.push(Candidate { said, named: Some(named), direct: false });
            continue;
        }
        before = Some(range.clone());
        if let Some(named) = speech.reports(text, range.clone()) {
            found.push(Candidate { said: range, named: Some(named), direct: false });
        }
    }
    found
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
