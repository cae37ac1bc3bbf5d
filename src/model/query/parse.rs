//! Reading a query: a recursive descent over its bytes, so that every error knows its spot.

use std::ops::Range;

use super::values::{self, nearest};
use super::{Expr, FIELD_NAMES, Field, Query, QueryError, Text};

/// The longest query, in bytes: it is typed by a person or kept in a config.
const MAX_LENGTH: usize = 4_096;

/// The deepest nesting of parentheses, so that neither this reader nor the database below runs out
/// of stack.
const MAX_DEPTH: usize = 32;

pub(super) type Result<T> = std::result::Result<T, QueryError>;

/// Reads a query that is finished or, while it is `typed`, one whose end is still to come.
pub(super) fn parse(text: &str, typed: bool) -> Result<Query> {
    if text.len() > MAX_LENGTH {
        return Err(error(0..text.len(), "the query is too long", Some(format!("at most {MAX_LENGTH} bytes"))));
    }
    let mut parser = Parser { text, at: 0, depth: 0, typed };
    let expr = parser.any(None)?;
    if parser.at < text.len() {
        // Only a closing parenthesis stops `any` early.
        return Err(error(parser.at..parser.at + 1, "this parenthesis closes nothing", None));
    }
    Ok(Query { expr })
}

pub(super) fn error(at: Range<usize>, message: impl Into<String>, hint: Option<String>) -> QueryError {
    QueryError { at, message: message.into(), hint }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    /// What is not finished where the text ends is no mistake: more is to come.
    typed: bool,
}

/// What may stand before a colon.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
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

    /// Whether what ends here may only not be finished yet.
    fn unfinished(&self) -> bool {
        self.typed && self.at == self.text.len()
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
                (None, Some(_)) if self.unfinished() => return Ok(Expr::any(parts)),
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
        if self.unfinished() {
            return Ok(None);
        }
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
        self.text_in(field)
    }

    /// A text that is looked for in `field`.
    fn text_in(&mut self, field: Option<Field>) -> Result<Option<Expr>> {
        let start = self.at;
        let text = self.text()?;
        if field == Some(Field::Body) && matches!(text, Some(Text::Letters(_))) {
            // Some letters in their order are in every text.
            let hint = "title:~ source:~ author:~ note:~, or ~ alone".to_owned();
            return Err(error(start..self.at, "texts are not looked through for letters", Some(hint)));
        }
        Ok(text.map(|text| Expr::Text { field, text }))
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
        if self.unfinished() {
            return Ok(expr);
        }
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
            "note" => Name::Text(Field::Note),
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
        if self.unfinished() {
            return Ok(None);
        }
        if self.peek().is_none_or(|c| c.is_whitespace() || c == ')') {
            let message = format!("{} needs something after it", &self.text[at.clone()]);
            return Err(error(at, message, Some(values::example(name).into())));
        }
        if let Name::Text(field) = name {
            if self.peek() == Some('(') {
                return self.group(Some(field));
            }
            return self.text_in(Some(field));
        }
        let start = self.at;
        if self.peek() == Some('(') {
            return Err(error(start..start + 1, "a group cannot stand here", Some(values::example(name).into())));
        }
        let star = self.text.ends_with('*');
        let given = match self.text()? {
            Some(Text::Word(text) | Text::Phrase(text)) => text,
            Some(Text::Prefix(text)) if name == Name::Tag => return Ok(Some(Expr::TagsFrom(text))),
            Some(Text::Prefix(text)) if self.unfinished() && !star => {
                if !values::may_become(name, &text) {
                    return values::expr(name, text, start..self.at).map(Some);
                }
                return Ok(values::expr(name, text, start..self.at).ok());
            }
            None => return Ok(None),
            Some(Text::Prefix(_) | Text::Regex(_) | Text::Letters(_)) => {
                return Err(error(
                    start..self.at,
                    "only a plain value can stand here",
                    Some(values::example(name).into()),
                ));
            }
        };
        values::expr(name, given, start..self.at).map(Some)
    }

    /// A word, a phrase or a regular expression. Something other than white space stands here. `None`
    /// where too little of it is typed yet.
    fn text(&mut self) -> Result<Option<Text>> {
        match self.peek() {
            Some('"') => self.phrase('"', &['"']),
            Some('“') => self.phrase('“', &['”', '"']),
            Some('„') => self.phrase('„', &['“', '”', '"']),
            Some('«') => self.phrase('«', &['»']),
            Some('/') => self.regex(),
            Some('~') => Ok(self.letters()),
            _ => Ok(Some(self.word())),
        }
    }

    fn phrase(&mut self, open: char, close: &[char]) -> Result<Option<Text>> {
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
                return Ok(Some(Text::Phrase(phrase)));
            } else {
                phrase.push(c);
            }
        }
        if self.typed {
            self.at = self.text.len();
            return Ok(match phrase.trim() {
                "" => None,
                // Its last word may go on.
                _ if phrase.ends_with(char::is_whitespace) => Some(Text::Phrase(phrase)),
                _ => Some(Text::Prefix(phrase)),
            });
        }
        let at = start..start + open.len_utf8();
        Err(error(at, "this quotation mark is never closed", Some(format!("add {}", close[0]))))
    }

    fn regex(&mut self) -> Result<Option<Text>> {
        let start = self.at;
        let body = start + 1;
        let mut regex = String::new();
        let mut escaped = false;
        for (at, c) in self.text[body..].char_indices() {
            if c == '/' && !escaped {
                self.at = body + at + 1;
                values::check_regex(&regex, body, start..self.at)?;
                return Ok(Some(Text::Regex(regex)));
            }
            if c == '/' {
                // `\/` is only this language's way to write a slash.
                regex.pop();
            }
            regex.push(c);
            escaped = c == '\\' && !escaped;
        }
        if self.typed {
            self.at = self.text.len();
            return Ok(None);
        }
        let hint = "add /, or \\/ for a plain slash".to_owned();
        Err(error(start..body, "this regular expression is never closed", Some(hint)))
    }

    /// `~` and letters; alone it is a word like any other.
    fn letters(&mut self) -> Option<Text> {
        let start = self.at;
        self.at += 1;
        if self.unfinished() {
            return None;
        }
        match self.word() {
            Text::Word(letters) | Text::Prefix(letters) if !letters.is_empty() => Some(Text::Letters(letters)),
            _ => {
                self.at = start;
                Some(self.word())
            }
        }
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
        if self.unfinished() && !word.is_empty() {
            return Text::Prefix(word);
        }
        Text::Word(word)
    }
}
