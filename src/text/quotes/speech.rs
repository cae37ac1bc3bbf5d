//! The words of a language that say who says something, and where the speaker stands beside them.

use std::ops::Range;

use crate::text::Lang;

mod tokens;
mod words;

use tokens::{Token, tokens};

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
    /// Of these, those for what is no person: who is meant cannot be told.
    neuter: Vec<&'static str>,
    /// Words for what belongs to a speaker named before: "by his words".
    possessives: Vec<&'static str>,
    /// Forms of verbs of saying that go on from another: "adding".
    adding: Vec<&'static str>,
    /// What stands before the verb in a sentence that says who said the one before.
    on_this: Vec<&'static str>,
    /// The word behind a verb of saying for what is spoken of.
    about: Vec<&'static str>,
    /// Where a verb of saying of many has no subject, its place stands for it: "in the ministry they said".
    places: Vec<&'static str>,
    /// Verbs of saying of many.
    of_many: Vec<&'static str>,
    /// Speech is set behind dashes as well.
    dashes: bool,
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

/// Words before a verb of saying that is a remark on the rest of its sentence.
const AS: &[&str] = &["как", "wie", "comme", "como"];

/// The word behind "one" in "one of them".
const ONE_OF: &[&str] = &["of", "из"];

/// Words that begin when or where something was said.
const WHEN: &[&str] =
    &["on", "in", "at", "to", "during", "after", "while", "today", "yesterday", "last", "earlier", "late"];

/// So many words may stand behind the verb of a sentence that ends in who says it.
const TRAIL: usize = 9;

impl Speech {
    pub(super) fn is_pronoun(&self, words: &str) -> bool {
        self.pronouns.iter().any(|pronoun| *pronoun == words.to_lowercase())
    }

    pub(super) fn is_neuter(&self, words: &str) -> bool {
        self.neuter.iter().any(|pronoun| *pronoun == words.to_lowercase())
    }

    /// Whether a name begins with an article, as those of boards and ministries do.
    pub(super) fn begins_with_article(&self, name: &str) -> bool {
        let first = name.split_whitespace().next().map(str::to_lowercase);
        first.is_some_and(|first| self.articles.contains(&first.as_str()))
    }

    pub(super) fn is_possessive(&self, words: &str) -> bool {
        self.possessives.iter().any(|pronoun| *pronoun == words.to_lowercase())
    }

    /// Whether speech is set behind dashes as well as in quotation marks.
    pub(super) fn dashes(&self) -> bool {
        self.dashes
    }

    /// The speaker named behind a quotation, in `range` of `text`; not where the words lead on to the next
    /// quotation, right behind them.
    pub(super) fn behind(&self, text: &str, range: Range<usize>, leads_on: bool) -> Option<Range<usize>> {
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
                if leads_on && (at + 1 == tokens.len() || tokens[at + 1..].iter().all(|token| token.text == ":")) {
                    return None;
                }
                let inverted = (!tokens[at].is(&self.to)).then(|| self.after(&tokens, at)).flatten();
                return inverted.or_else(|| self.ahead(&tokens, at));
            }
        }
        None
    }

    /// The speaker named before a quotation, in `range` of `text`: right before it, or in a clause that
    /// leads up to it. What does not begin as a sentence does is part of the one it stands in.
    pub(super) fn before(&self, text: &str, range: Range<usize>, begins: bool) -> Option<Range<usize>> {
        let tokens = tokens(text, range);
        let trail = tokens.iter().rev().take_while(|token| token.sign).count();
        let end = tokens.len() - trail;
        // The last verb of saying before the marks, with nothing but its object between.
        let adding = end > 0 && tokens[end - 1].is(&self.adding);
        let near = if adding { 0 } else { end.saturating_sub(NEAR) };
        for at in (near..end).rev() {
            if tokens[at].is(&self.verbs) {
                let announced = tokens[end..].iter().any(|token| matches!(token.text, ":" | ","));
                let close = end - at <= 4 || announced || !begins;
                if !close {
                    return None;
                }
                let inverts = announced && !tokens[at].is(&self.to);
                return self.ahead(&tokens, at).or_else(|| inverts.then(|| self.after(&tokens, at)).flatten());
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
            let mut lead = at;
            while lead > 0 && tokens[lead - 1].is(&self.between) {
                lead -= 1;
            }
            let as_said = lead > 0 && tokens[lead - 1].is(AS) && (lead == 1 || tokens[lead - 2].text == ",");
            if as_said {
                return self.after(&tokens, at);
            }
            // "..., said the harbour master.", in languages that put the verb first.
            if self.inverts() && lead > 0 && tokens[lead - 1].text == "," {
                let speaker = self.after(&tokens, at);
                let behind = speaker.as_ref().map(|speaker| tokens.partition_point(|token| token.start < speaker.end));
                if behind.is_some_and(|behind| tokens[behind..].iter().all(|token| token.sign)) {
                    return speaker;
                }
            }
            // "The ministry spoke of ...".
            if tokens[at + 1..].iter().find(|token| !token.is(&self.between)).is_some_and(|t| t.is(&self.about)) {
                return self.ahead(&tokens, at);
            }
            if !tokens[at].is(&self.plain) {
                continue;
            }
            let speaker = self.ahead(&tokens, at);
            let ends = self.trails(&tokens[at + 1..]);
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

    /// Whether the language puts a verb of saying before the speaker also outside of quotations.
    fn inverts(&self) -> bool {
        !self.on_this.is_empty()
    }

    /// Whether a sentence ends behind its verb of saying, but for when and where it was said.
    fn trails(&self, behind: &[Token<'_>]) -> bool {
        let mut words = behind.iter().filter(|token| !token.sign);
        let short = words.clone().nth(TRAIL).is_none();
        short && words.next().is_none_or(|first| first.is(&self.between) || first.is(WHEN))
    }

    /// The speaker of a sentence, `range` of `text`, that only says who said what stands before it.
    pub(super) fn on_this(&self, text: &str, range: Range<usize>) -> Option<Range<usize>> {
        let tokens = tokens(text, range);
        let lead =
            self.on_this.iter().map(|lead| lead.split(' ').count()).zip(&self.on_this).find_map(|(many, lead)| {
                let fits = lead.split(' ').zip(&tokens).all(|(word, token)| token.is(&[word])) && tokens.len() > many;
                fits.then_some(many)
            })?;
        let verb = (lead..tokens.len().min(lead + 4)).find(|at| tokens[*at].is(&self.verbs))?;
        self.after(&tokens, verb).or_else(|| self.last_name(&tokens[verb + 1..]))
    }

    /// The last name in a clause: "... said before the talks his Kazakh colleague Ada Quill".
    fn last_name(&self, tokens: &[Token<'_>]) -> Option<Range<usize>> {
        let end = tokens.iter().position(|token| token.text == ",").unwrap_or(tokens.len());
        let last = tokens[..end].iter().rposition(Token::capital)?;
        let from = tokens[..last].iter().rposition(|token| token.is(&self.ends)).map_or(0, |at| at + 1);
        // With the office that stands before it.
        let first = (from..=last).find(|at| tokens[*at].is(&self.people)).or_else(|| {
            let first = tokens[from..last].iter().rposition(|token| !token.capital()).map_or(from, |at| from + at + 1);
            Some(first)
        })?;
        Some(tokens[first].start..tokens[last].end())
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
                    // "By his words".
                    return tokens[at..at + words.len()]
                        .iter()
                        .find(|token| token.is(&self.possessives))
                        .map(|token| token.start..token.end())
                        .or_else(|| self.phrase(tokens, at + words.len()))
                        .or_else(|| self.named_by_anything(tokens, at + words.len()));
                }
            }
        }
        None
    }

    /// What stands behind the sign of a source, where the language has no articles to tell a source by.
    fn named_by_anything(&self, tokens: &[Token<'_>], from: usize) -> Option<Range<usize>> {
        let words = tokens[from..].iter().take(LONGEST).take_while(|token| !token.sign && !token.is(&self.ends));
        let words: Vec<&Token<'_>> = words.filter(|_| self.articles.is_empty()).collect();
        Some(words.first()?.start..words.last()?.end())
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
            *n == 0
                || quoted
                || (*n == 1 && token.is(ONE_OF))
                || !(token.sign || token.is(&self.ends) || token.is(&self.that) || token.is(&self.verbs))
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
            // "Its secretary, Ada Quill, said": the name is what is said of the office.
            let said: &[Token<'_>] = &tokens[inner + 1..end - 1];
            let office = tokens[..inner].iter().rev().take_while(|token| !token.sign).collect::<Vec<_>>();
            let named = office.split_last().is_some_and(|(_, words)| words.iter().any(|token| token.capital()));
            if let ([first, .., last], false) = (said, named)
                && said.len() <= 4
                && said.iter().all(Token::capital)
            {
                return Some(first.start..last.end());
            }
            end = inner;
        }
        let start = tokens[..end].iter().rposition(|token| {
            token.sign && !matches!(token.text, "«" | "»" | "“" | "”" | "\"") || token.is(&self.that)
        });
        let mut start = start.map_or(0, |at| at + 1).max(end.saturating_sub(LONGEST));
        // "In the ministry they said".
        if let Some(place) = tokens[start..end].iter().rposition(|token| token.is(&self.places))
            && end - start - place <= 5
            && tokens.get(at).is_some_and(|verb| verb.is(&self.of_many))
        {
            return tokens.get(start + place + 1).zip(tokens.get(end - 1)).map(|(first, last)| first.start..last.end());
        }
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
        if first.is(&self.ends) || first.is(&self.that) || (self.is_pronoun(first.text) && phrase.len() > 1) {
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
