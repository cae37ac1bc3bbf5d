//! The words of a language that say who says something, and where the speaker stands beside them.

use std::ops::Range;

use crate::text::Lang;

mod words;

/// The words of a language.
pub(super) struct Speech {
    /// Verbs of saying, as they stand in news; with `*` any ending.
    verbs: Vec<&'static str>,
    /// Of these, those that report without a word for "that".
    plain: Vec<&'static str>,
    /// Those that have the listener behind them: what follows is not the speaker.
    to: Vec<&'static str>,
    /// What stands before the name of a source: "according to".
    sources: Vec<&'static str>,
    /// The word that begins what is reported.
    that: Vec<&'static str>,
    /// Words for a speaker named before.
    pronouns: Vec<&'static str>,
    /// Words that may stand between a speaker and the verb.
    between: Vec<&'static str>,
    /// Words that begin a speaker without a name: articles and the like.
    articles: Vec<&'static str>,
    /// People and offices that speak without a name or an article.
    people: Vec<&'static str>,
    /// Words that a speaker never goes over.
    ends: Vec<&'static str>,
    /// Words that a speaker does not begin with, though they stand before it.
    leads: Vec<&'static str>,
}

/// The words of `lang`.
pub(super) fn speech(lang: Lang) -> Option<&'static Speech> {
    Some(match lang.short() {
        "en" => &words::ENGLISH,
        "ru" => &words::RUSSIAN,
        "de" => &words::GERMAN,
        "fr" => &words::FRENCH,
        "es" => &words::SPANISH,
        _ => return None,
    })
}

/// The longest speaker, in words.
const LONGEST: usize = 12;

/// How far from the marks the verb is looked for, in words.
const NEAR: usize = 16;

/// A word, or a sign between two.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Token<'t> {
    text: &'t str,
    start: usize,
    /// A sign that ends a phrase.
    sign: bool,
}

impl Token<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    fn capital(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }

    fn is(&self, words: &[&str]) -> bool {
        let lower = self.text.to_lowercase();
        words.iter().any(|word| match word.strip_suffix('*') {
            Some(stem) => lower.starts_with(stem),
            None => lower == *word,
        })
    }
}

/// The words and signs of a part of `text`.
fn tokens(text: &str, range: Range<usize>) -> Vec<Token<'_>> {
    let mut found: Vec<Token<'_>> = Vec::new();
    let part = &text[range.clone()];
    let mut word: Option<usize> = None;
    for (at, c) in part.char_indices() {
        // A hyphen, an apostrophe or the full stop of an initial is part of a word.
        let inner = word.is_some_and(|from| {
            let rest = &part[at + c.len_utf8()..];
            let goes_on = rest.chars().next().is_some_and(char::is_alphanumeric);
            match c {
                '-' | '\'' | '’' | '\u{2011}' => goes_on,
                '.' => {
                    let short = part[from..at].chars().count() <= 2 || SHORT.contains(&&part[from..at]);
                    short && part[from..].chars().next().is_some_and(char::is_uppercase) && !rest.trim().is_empty()
                }
                _ => false,
            }
        });
        if c.is_alphanumeric() || inner {
            word.get_or_insert(at);
            continue;
        }
        if let Some(from) = word.take() {
            found.push(Token { text: &part[from..at], start: range.start + from, sign: false });
        }
        if !c.is_whitespace() {
            found.push(Token { text: &part[at..at + c.len_utf8()], start: range.start + at, sign: true });
        }
    }
    if let Some(from) = word {
        found.push(Token { text: &part[from..], start: range.start + from, sign: false });
    }
    found
}

/// Words before a verb of saying that is a remark on the rest of its sentence.
const AS: &[&str] = &["как", "wie", "comme", "como"];

/// Titles that are written short.
const SHORT: &[&str] = &["Mrs", "Gen", "Col", "Sen", "Rep", "Gov", "Rev", "Prof", "Capt", "Sgt", "Maj", "Hon"];

impl Speech {
    pub(super) fn is_pronoun(&self, words: &str) -> bool {
        self.pronouns.iter().any(|pronoun| *pronoun == words.to_lowercase())
    }

    /// The speaker named behind a quotation, in `range` of `text`.
    pub(super) fn behind(&self, text: &str, range: Range<usize>) -> Option<Range<usize>> {
        let tokens = tokens(text, range);
        let lead = tokens.iter().take_while(|token| token.sign).count();
        // The sentence ended with the quotation: what follows is another.
        if tokens[..lead].iter().any(|token| matches!(token.text, "." | "!" | "?" | "…" | ";" | ")"))
            && !tokens[..lead].iter().any(|token| matches!(token.text, "," | "—" | "–" | "-"))
        {
            return None;
        }
        if let Some(source) = self.source(&tokens, lead..(lead + NEAR).min(tokens.len())) {
            return Some(source);
        }
        for at in lead..tokens.len().min(lead + NEAR) {
            if tokens[at].is(&self.verbs) {
                let inverted = (!tokens[at].is(&self.to)).then(|| self.after(&tokens, at)).flatten();
                return inverted.or_else(|| self.ahead(&tokens, at));
            }
        }
        None
    }

    /// The speaker named before a quotation, in `range` of `text`: right before it, or in a clause that
    /// leads up to it.
    pub(super) fn before(&self, text: &str, range: Range<usize>) -> Option<Range<usize>> {
        let tokens = tokens(text, range);
        let trail = tokens.iter().rev().take_while(|token| token.sign).count();
        let end = tokens.len() - trail;
        // The last verb of saying before the marks, with nothing but its object between.
        for at in (end.saturating_sub(NEAR)..end).rev() {
            if tokens[at].is(&self.verbs) {
                let announced = tokens[end..].iter().any(|token| matches!(token.text, ":" | ","));
                let close = end - at <= 4 || announced;
                if !close {
                    return None;
                }
                return self
                    .ahead(&tokens, at)
                    .or_else(|| (!tokens[at].is(&self.to)).then(|| self.after(&tokens, at)).flatten());
            }
        }
        self.source(&tokens, 0..end)
    }

    /// The speaker of a sentence, `range` of `text`, that reports what somebody says.
    pub(super) fn reports(&self, text: &str, range: Range<usize>) -> Option<Range<usize>> {
        let tokens = tokens(text, range);
        if let Some(source) = self.source(&tokens, 0..tokens.len()) {
            return Some(source);
        }
        for at in 0..tokens.len() {
            if !tokens[at].is(&self.verbs) {
                continue;
            }
            let next = tokens[at + 1..].iter().find(|token| !token.sign);
            // With its object before what is said, where the verb has one.
            let that = tokens[at + 1..].iter().take(if tokens[at].is(&self.to) { 6 } else { 9 });
            let that = that.take_while(|token| !matches!(token.text, "." | ";" | ":"));
            let reports = that.clone().any(|token| token.is(&self.that));
            if reports {
                // Of a language that puts the speaker behind the verb, too.
                return self
                    .ahead(&tokens, at)
                    .or_else(|| (!tokens[at].is(&self.to)).then(|| self.after(&tokens, at)).flatten());
            }
            // "As the harbour master reports, ...", in languages that put the verb first.
            let as_said = at > 0 && tokens[at - 1].is(AS) && (at == 1 || tokens[at - 2].text == ",");
            if as_said {
                return self.after(&tokens, at);
            }
            if !tokens[at].is(&self.plain) {
                continue;
            }
            let speaker = self.ahead(&tokens, at);
            let ends = next.is_none();
            let begins = speaker.as_ref().is_some_and(|speaker| speaker.start <= tokens[0].start + BEGINS);
            let parted = speaker.as_ref().is_some_and(|speaker| {
                tokens.iter().rev().find(|token| token.end() <= speaker.start).is_some_and(|token| token.text == ",")
            });
            if (ends && parted) || (begins && next.is_some()) {
                return speaker;
            }
        }
        None
    }

    /// A source named as such: "according to the harbour master".
    fn source(&self, tokens: &[Token<'_>], range: Range<usize>) -> Option<Range<usize>> {
        for at in range {
            for source in &self.sources {
                let words: Vec<&str> = source.split(' ').collect();
                let fits = tokens.len() > at + words.len()
                    && words.iter().zip(&tokens[at..]).all(|(word, token)| token.is(&[word]));
                // At the head of a clause, so that "in accordance with the law according to which" is none.
                if fits {
                    return self.phrase(tokens, at + words.len());
                }
            }
        }
        None
    }

    /// The speaker behind the verb at `at`.
    fn after(&self, tokens: &[Token<'_>], at: usize) -> Option<Range<usize>> {
        let mut from = at + 1;
        while tokens.get(from).is_some_and(|token| token.is(&self.between)) {
            from += 1;
        }
        self.phrase(tokens, from)
    }

    /// The speaker that begins at `from`.
    fn phrase(&self, tokens: &[Token<'_>], from: usize) -> Option<Range<usize>> {
        let rest = tokens.get(from..)?;
        // A paper is named in quotation marks.
        if let Some(open) = rest.first().filter(|token| matches!(token.text, "«" | "“" | "„" | "\"")) {
            let close = rest.iter().take(LONGEST).skip(1).find(|token| matches!(token.text, "»" | "”" | "“" | "\""))?;
            return Some(open.start..close.end());
        }
        let first = rest.first().filter(|token| !token.sign)?;
        if self.is_pronoun(first.text) {
            return Some(first.start..first.end());
        }
        let inner = |(n, token): &(usize, &Token<'_>)| {
            let quoted = token.sign && matches!(token.text, "«" | "»" | "“" | "”" | "\"" | "„");
            *n == 0 || quoted || !(token.sign || token.is(&self.ends) || token.is(&self.that) || token.is(&self.verbs))
        };
        let phrase: Vec<&Token<'_>> =
            rest.iter().enumerate().take(LONGEST).take_while(inner).map(|(_, token)| token).collect();
        self.speaker(&phrase)
    }

    /// The speaker before the verb at `at`.
    fn ahead(&self, tokens: &[Token<'_>], at: usize) -> Option<Range<usize>> {
        let mut end = at;
        while end > 0 && tokens[end - 1].is(&self.between) {
            end -= 1;
        }
        // "Ada Quill, the harbour master, said": the name stands before what is said of it.
        if end > 0 && tokens[end - 1].text == "," {
            let inner = tokens[..end - 1].iter().rposition(|token| token.sign)?;
            if tokens[inner].text != "," || end - inner > LONGEST + 4 {
                return None;
            }
            end = inner;
        }
        let start = tokens[..end].iter().rposition(|token| {
            token.sign && !matches!(token.text, "«" | "»" | "“" | "”" | "\"") || token.is(&self.that)
        });
        let mut start = start.map_or(0, |at| at + 1).max(end.saturating_sub(LONGEST));
        // A clause of another verb ends before the speaker begins.
        if let Some(verb) = tokens[start..end].iter().rposition(|token| token.is(&self.verbs)) {
            start += verb + 1;
        }
        while start < end && tokens[start].is(&self.leads) {
            start += 1;
        }
        let phrase: Vec<&Token<'_>> = tokens[start..end].iter().collect();
        if let [one] = phrase.as_slice()
            && self.is_pronoun(one.text)
        {
            return Some(one.start..one.end());
        }
        // Behind a preposition there is a place or a time, and the speaker after it.
        self.speaker(&phrase)
    }

    /// The words of a phrase as a speaker, if they can be one.
    fn speaker(&self, phrase: &[&Token<'_>]) -> Option<Range<usize>> {
        let mut phrase = phrase;
        while let [rest @ .., last] = phrase
            && (last.is(&self.between) || last.is(&self.articles))
        {
            phrase = rest;
        }
        let (first, last) = (phrase.first()?, phrase.last()?);
        if first.is(&self.ends) || (self.is_pronoun(first.text) && phrase.len() > 1) {
            return None;
        }
        let name = phrase.iter().any(|token| token.capital() && !token.is(&self.articles) && !token.is(&self.leads));
        let begins = first.is(&self.articles) && phrase.len() > 1;
        let people = phrase.iter().any(|token| token.is(&self.people));
        (name || begins || people).then(|| first.start..last.end())
    }
}

/// A speaker within so many bytes of the sentence's first word begins the sentence.
const BEGINS: usize = 12;
