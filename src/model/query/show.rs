//! A query written out, so that it reads back the same.

use std::fmt::{self, Display, Write as _};

use super::{Expr, Field, Query, Text, Unit, When};

impl Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.expr.as_ref().map_or(Ok(()), |expr| expr.fmt(f))
    }
}

impl Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All(parts) => joined(f, parts, " ", |part| matches!(part, Self::Any(_))),
            Self::Any(parts) => joined(f, parts, " OR ", |_| false),
            Self::Not(inner) => {
                f.write_char('-')?;
                // A minus of its own would take this one back, so `Not` in `Not` needs the brackets.
                grouped(f, inner, matches!(**inner, Self::All(_) | Self::Any(_) | Self::Not(_)))
            }
            Self::Text { field, text } => {
                field.map_or(Ok(()), |field: Field| write!(f, "{}:", field.name()))?;
                text.fmt(f)
            }
            Self::Tag(tag) => write!(f, "tag:{}", Quoted(tag)),
            Self::TagsFrom(begun) => write!(f, "tag:{}", Text::Prefix(begun.clone())),
            Self::Lang(lang) => write!(f, "lang:{lang}"),
            Self::Is(is) => write!(f, "is:{}", is.name()),
            Self::Since(when) => write!(f, "since:{when}"),
            Self::Before(when) => write!(f, "before:{when}"),
        }
    }
}

fn joined(f: &mut fmt::Formatter<'_>, parts: &[Expr], by: &str, group: fn(&Expr) -> bool) -> fmt::Result {
    for (n, part) in parts.iter().enumerate() {
        if n > 0 {
            f.write_str(by)?;
        }
        grouped(f, part, group(part))?;
    }
    Ok(())
}

fn grouped(f: &mut fmt::Formatter<'_>, part: &Expr, group: bool) -> fmt::Result {
    if group { write!(f, "({part})") } else { part.fmt(f) }
}

impl Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => escaped(f, word),
            Self::Prefix(word) => {
                escaped(f, word)?;
                f.write_char('*')
            }
            Self::Phrase(phrase) => Quoted(phrase).fmt(f),
            Self::Letters(letters) => {
                f.write_char('~')?;
                escaped(f, letters)
            }
            Self::Regex(regex) => {
                f.write_char('/')?;
                let mut after_backslash = false;
                for c in regex.chars() {
                    if c == '/' && !after_backslash {
                        f.write_char('\\')?;
                    }
                    f.write_char(c)?;
                    after_backslash = c == '\\' && !after_backslash;
                }
                f.write_char('/')
            }
        }
    }
}

/// A text between quotation marks.
struct Quoted<'a>(&'a str);

impl Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for c in self.0.chars() {
            if matches!(c, '"' | '\\') {
                f.write_char('\\')?;
            }
            f.write_char(c)?;
        }
        f.write_char('"')
    }
}

/// A word, with a backslash before all that would mean something.
fn escaped(f: &mut fmt::Formatter<'_>, word: &str) -> fmt::Result {
    let operator = matches!(word, "OR" | "AND" | "NOT");
    for (n, c) in word.chars().enumerate() {
        let at_start = n == 0 && (operator || matches!(c, '-' | '/' | '|' | '~' | '“' | '„' | '«' | '”' | '»'));
        if at_start || c.is_whitespace() || matches!(c, '(' | ')' | '"' | '\\' | '*' | ':') {
            f.write_char('\\')?;
        }
        f.write_char(c)?;
    }
    Ok(())
}

impl Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ago { count, unit } => write!(f, "{count}{unit}"),
            Self::DaysBack(0) => f.write_str("today"),
            Self::DaysBack(1) => f.write_str("yesterday"),
            Self::DaysBack(days) => write!(f, "today-{days}"),
            Self::Day(date) => date.fmt(f),
        }
    }
}

impl Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Minute => "min",
            Self::Hour => "h",
            Self::Day => "d",
            Self::Week => "w",
            Self::Month => "m",
            Self::Year => "y",
        })
    }
}
