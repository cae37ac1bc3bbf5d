//! Reading a query: a recursive descent over its bytes, so that every error knows its spot.

use std::ops::Range;

use jiff::civil::Date;

use super::{Expr, FIELD_NAMES, Field, Is, Query, QueryError, Text, Unit, When};
use crate::text::Lang;

/// The longest query, in bytes: it is typed by a person or kept in a config.
const MAX_LENGTH: usize = 4_096;

/// The deepest nesting of parentheses, so that neither this reader nor the database below runs out
/// of stack.
const MAX_DEPTH: usize = 32;

type Result<T> = std::result::Result<T, QueryError>;

pub(super) fn parse(text: &str) -> Result<Query> {
    if text.len() > MAX_LENGTH {
        return Err(error(0..text.len(), "the query is too long", Some(format!("at most {MAX_LENGTH} bytes"))));
    }
    let mut parser = Parser { text, at: 0, depth: 0 };
    let expr = parser.any(None)?;
    if parser.at < text.len() {
        // Only a closing parenthesis stops `any` early.
        return Err(error(parser.at..parser.at + 1, "this parenthesis closes nothing", None));
    }
    Ok(Query { expr })
}

fn error(at: Range<usize>, message: impl Into<String>, hint: Option<String>) -> QueryError {
    QueryError { at, message: message.into(), hint }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

/// What may stand before a colon.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Name {
    Text(Field),
    Tag,
    Lang,
    Is,
    Since,
    Before,
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip_space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    /// Takes `word` where it stands alone: before white space, a parenthesis, or the end.
    fn take_word(&mut self, word: &str) -> bool {
        let Some(after) = self.rest().strip_prefix(word) else { return false };
        let alone = after.chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, '(' | ')'));
        if alone {
            self.at += word.len();
        }
        alone
    }

    fn take_or(&mut self) -> bool {
        if self.take_word("OR") {
            return true;
        }
        let bar = if self.rest().starts_with("||") { 2 } else { usize::from(self.rest().starts_with('|')) };
        self.at += bar;
        bar > 0
    }

    /// Alternatives, up to the end or a closing parenthesis.
    fn any(&mut self, field: Option<Field>) -> Result<Option<Expr>> {
        let mut parts = Vec::new();
        let mut or: Option<Range<usize>> = None;
        loop {
            let part = self.all(field)?;
            match (part, &or) {
                (Some(part), _) => parts.push(part),
                (None, Some(at)) => return Err(error(at.clone(), "OR needs something after it", None)),
                (None, None) => {}
            }
            let start = self.at;
            if !self.take_or() {
                return Ok(Expr::any(parts));
            }
            if parts.is_empty() {
                return Err(error(start..self.at, "OR needs something before it", None));
            }
            or = Some(start..self.at);
        }
    }

    /// Things side by side, up to OR, the end or a closing parenthesis.
    fn all(&mut self, field: Option<Field>) -> Result<Option<Expr>> {
        let mut parts = Vec::new();
        loop {
            self.skip_space();
            if self.take_word("AND") {
                continue;
            }
            match self.peek() {
                None | Some(')' | '|') => break,
                _ => {}
            }
            let start = self.at;
            if self.take_or() {
                self.at = start;
                break;
            }
            if let Some(part) = self.one(field)? {
                parts.push(part);
            }
        }
        Ok(Expr::all(parts))
    }

    /// One thing, with a minus or without. `None` for empty parentheses.
    fn one(&mut self, field: Option<Field>) -> Result<Option<Expr>> {
        let start = self.at;
        let mut minus = false;
        loop {
            if self.take_word("NOT") {
                self.skip_space();
            } else if self.rest().starts_with('-') {
                self.at += 1;
            } else {
                break;
            }
            minus = !minus;
        }
        if self.at == start {
            return self.plain(field);
        }
        let marks = start..self.at;
        if self.peek().is_none_or(|c| c.is_whitespace() || matches!(c, ')' | '|')) {
            return Err(error(marks, "nothing follows to be left out", Some("\\- is a plain hyphen".into())));
        }
        let inner = self.plain(field)?;
        Ok(if minus { inner.map(Expr::negated) } else { inner })
    }

    /// A group, a field or a text.
    fn plain(&mut self, field: Option<Field>) -> Result<Option<Expr>> {
        if self.peek() == Some('(') {
            return self.group(field);
        }
        if let Some((name, length)) = self.field_name()? {
            let at = self.at..self.at + length;
            if field.is_some() {
                return Err(error(at, "a field cannot stand within a field", None));
            }
            self.at += length;
            return self.value(name, at);
        }
        let text = self.text()?;
        Ok(Some(Expr::Text { field, text }))
    }

    fn group(&mut self, field: Option<Field>) -> Result<Option<Expr>> {
        let open = self.at;
        self.at += 1;
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(error(open..open + 1, "parentheses within too many parentheses", None));
        }
        let expr = self.any(field)?;
        self.depth -= 1;
        if self.peek() != Some(')') {
            return Err(error(open..open + 1, "this parenthesis is never closed", Some("add )".into())));
        }
        self.at += 1;
        Ok(expr)
    }

    /// The field name that stands here, and its length with the colon.
    fn field_name(&self) -> Result<Option<(Name, usize)>> {
        let rest = self.rest();
        let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let after = &rest[length..];
        // An address is a word, not a field.
        if length == 0 || !after.starts_with(':') || after.starts_with("://") {
            return Ok(None);
        }
        let given = rest[..length].to_ascii_lowercase();
        let name = match given.as_str() {
            "title" | "headline" => Name::Text(Field::Title),
            "body" | "text" => Name::Text(Field::Body),
            "source" | "feed" => Name::Text(Field::Source),
            "author" | "by" => Name::Text(Field::Author),
            "tag" => Name::Tag,
            "lang" | "language" => Name::Lang,
            "is" => Name::Is,
            "since" | "after" => Name::Since,
            "before" | "until" => Name::Before,
            _ => {
                let hint = nearest(&given, FIELD_NAMES).map_or_else(
                    || format!("put it in quotes to look for it: \"{}\"", &rest[..length]),
                    |name| format!("did you mean {name}:?"),
                );
                return Err(error(self.at..self.at + length, format!("there is no field {given}:"), Some(hint)));
            }
        };
        Ok(Some((name, length + 1)))
    }

    /// What stands after `name:`, whose place is `at`.
    fn value(&mut self, name: Name, at: Range<usize>) -> Result<Option<Expr>> {
        if self.peek().is_none_or(|c| c.is_whitespace() || c == ')') {
            let message = format!("{} needs something after it", &self.text[at.clone()]);
            return Err(error(at, message, Some(example(name).into())));
        }
        if let Name::Text(field) = name {
            if self.peek() == Some('(') {
                return self.group(Some(field));
            }
            let text = self.text()?;
            return Ok(Some(Expr::Text { field: Some(field), text }));
        }
        let start = self.at;
        if self.peek() == Some('(') {
            return Err(error(start..start + 1, "a group cannot stand here", Some(example(name).into())));
        }
        let given = match self.text()? {
            Text::Word(text) | Text::Phrase(text) => text,
            Text::Prefix(_) | Text::Regex(_) => {
                return Err(error(start..self.at, "only a plain value can stand here", Some(example(name).into())));
            }
        };
        let at = start..self.at;
        Ok(Some(match name {
            Name::Tag | Name::Text(_) => Expr::Tag(given),
            Name::Lang => Expr::Lang(lang(&given, at)?),
            Name::Is => Expr::Is(is(&given, at)?),
            Name::Since => Expr::Since(when(&given, at)?),
            Name::Before => Expr::Before(when(&given, at)?),
        }))
    }

    /// A word, a phrase or a regular expression. Something other than white space stands here.
    fn text(&mut self) -> Result<Text> {
        match self.peek() {
            Some('"') => self.phrase('"', &['"']),
            Some('“') => self.phrase('“', &['”', '"']),
            Some('„') => self.phrase('„', &['“', '”', '"']),
            Some('«') => self.phrase('«', &['»']),
            Some('/') => self.regex(),
            _ => Ok(self.word()),
        }
    }

    fn phrase(&mut self, open: char, close: &[char]) -> Result<Text> {
        let start = self.at;
        self.at += open.len_utf8();
        let mut phrase = String::new();
        let mut escaped = false;
        for (at, c) in self.rest().char_indices() {
            if escaped {
                phrase.push(c);
                escaped = false;
            } else if c == '\\' {
                escaped = true;
            } else if close.contains(&c) {
                self.at += at + c.len_utf8();
                if phrase.is_empty() {
                    return Err(error(start..self.at, "there is nothing between the quotation marks", None));
                }
                return Ok(Text::Phrase(phrase));
            } else {
                phrase.push(c);
            }
        }
        let at = start..start + open.len_utf8();
        Err(error(at, "this quotation mark is never closed", Some(format!("add {}", close[0]))))
    }

    fn regex(&mut self) -> Result<Text> {
        let start = self.at;
        let body = start + 1;
        let mut regex = String::new();
        let mut escaped = false;
        for (at, c) in self.text[body..].char_indices() {
            if c == '/' && !escaped {
                self.at = body + at + 1;
                check_regex(&regex, body, start..self.at)?;
                return Ok(Text::Regex(regex));
            }
            if c == '/' {
                // `\/` is only this language's way to write a slash.
                regex.pop();
            }
            regex.push(c);
            escaped = c == '\\' && !escaped;
        }
        let hint = "add /, or \\/ for a plain slash".to_owned();
        Err(error(start..body, "this regular expression is never closed", Some(hint)))
    }

    fn word(&mut self) -> Text {
        let mut word = String::new();
        let mut escaped = false;
        let mut star = false;
        let mut end = self.text.len();
        for (at, c) in self.rest().char_indices() {
            if !escaped && (c.is_whitespace() || matches!(c, '(' | ')' | '"')) {
                end = self.at + at;
                break;
            }
            if !escaped && c == '\\' {
                escaped = true;
                continue;
            }
            star = c == '*' && !escaped && !word.is_empty();
            word.push(c);
            escaped = false;
        }
        if escaped {
            word.push('\\');
            star = false;
        }
        self.at = end;
        if star {
            word.pop();
            return Text::Prefix(word);
        }
        Text::Word(word)
    }
}

/// What may stand after a field, for its hint.
fn example(name: Name) -> &'static str {
    match name {
        Name::Text(_) => "a word, a \"phrase\" or a (group)",
        Name::Tag => "a tag's name",
        Name::Lang => "a code like en, ru or zh",
        Name::Is => "unread, read, bookmarked, stub or folded",
        Name::Since | Name::Before => "2d, 3w, today, 2024-01-31",
    }
}

/// Says where and why `regex` (whose text begins at `body` in the query) is not one.
fn check_regex(regex: &str, body: usize, whole: Range<usize>) -> Result<()> {
    if regex.is_empty() {
        return Err(error(whole, "there is nothing between the slashes", None));
    }
    let Err(bad) = regex_syntax::Parser::new().parse(regex) else { return Ok(()) };
    let (span, message) = match &bad {
        regex_syntax::Error::Parse(bad) => (*bad.span(), bad.kind().to_string()),
        regex_syntax::Error::Translate(bad) => (*bad.span(), bad.kind().to_string()),
        _ => return Err(error(whole, "this is no regular expression", None)),
    };
    // Slashes written `\/` shift what comes after them by one.
    let place = |offset: usize| body + offset + regex.get(..offset).map_or(0, |t| t.matches('/').count());
    let at = place(span.start.offset)..place(span.end.offset);
    Err(error(at, format!("this is no regular expression: {message}"), None))
}

fn lang(given: &str, at: Range<usize>) -> Result<Lang> {
    Lang::from_code(given).ok_or_else(|| {
        let hint = example(Name::Lang).to_owned();
        error(at, format!("{given} is not the code of a language"), Some(hint))
    })
}

fn is(given: &str, at: Range<usize>) -> Result<Is> {
    let lower = given.to_lowercase();
    if let Some(is) = Is::ALL.into_iter().find(|is| is.name() == lower) {
        return Ok(is);
    }
    let hint = nearest(&lower, Is::ALL.map(Is::name))
        .map_or_else(|| example(Name::Is).to_owned(), |name| format!("did you mean {name}?"));
    Err(error(at, format!("an article cannot be “{given}”"), Some(hint)))
}

fn when(given: &str, at: Range<usize>) -> Result<When> {
    let lower = given.to_lowercase();
    read_when(&lower).ok_or_else(|| {
        let hint = nearest(&lower, ["today", "yesterday"])
            .map_or_else(|| example(Name::Since).to_owned(), |name| format!("did you mean {name}?"));
        error(at, format!("{given} is no time"), Some(hint))
    })
}

fn read_when(given: &str) -> Option<When> {
    match given {
        "today" => return Some(When::DaysBack(0)),
        "yesterday" => return Some(When::DaysBack(1)),
        _ => {}
    }
    if let Some(days) = given.strip_prefix("today-") {
        return digits(days).and_then(|days| days.parse().ok()).map(When::DaysBack);
    }
    let split = given.find(|c: char| !c.is_ascii_digit()).unwrap_or(given.len());
    let (number, unit) = given.split_at(split);
    if !number.is_empty() && !unit.is_empty() && !unit.starts_with('-') {
        let unit = match unit {
            "min" => Unit::Minute,
            "h" => Unit::Hour,
            "d" => Unit::Day,
            "w" => Unit::Week,
            "m" => Unit::Month,
            "y" => Unit::Year,
            _ => return None,
        };
        return number.parse().ok().map(|count| When::Ago { count, unit });
    }
    let mut parts = given.split('-').map(digits);
    let year = parts.next()??;
    if year.len() != 4 {
        return None;
    }
    let month = parts.next().map_or(Some("1"), |part| part)?;
    let day = parts.next().map_or(Some("1"), |part| part)?;
    if parts.next().is_some() {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok().map(When::Day)
}

/// `text`, if it is digits and nothing else.
fn digits(text: &str) -> Option<&str> {
    (!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())).then_some(text)
}

/// The name most like what was given, if it is like it at all.
fn nearest<const N: usize>(given: &str, names: [&'static str; N]) -> Option<&'static str> {
    names
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(given, name), name))
        .filter(|(distance, name)| *distance * 2 <= name.len().max(3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}
