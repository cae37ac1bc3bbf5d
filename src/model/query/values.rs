//! Reading what stands after a field's colon or between slashes.

use std::ops::Range;

use jiff::civil::Date;

use super::parse::{Name, Result, error};
use super::{Expr, Is, Unit, When};
use crate::text::Lang;

/// What may stand after a field, for its hint.
pub(super) fn example(name: Name) -> &'static str {
    match name {
        Name::Text(_) => "a word, a \"phrase\" or a (group)",
        Name::Tag => "a tag's name",
        Name::Lang => "a code like en, ru or zh",
        Name::Is => "unread, read, bookmarked, noted, stub, folded or muted",
        Name::Since | Name::Before => "2d, 3w, today, 2024-01-31",
    }
}

/// Says where and why `regex` (whose text begins at `body` in the query) is not one.
pub(super) fn check_regex(regex: &str, body: usize, whole: Range<usize>) -> Result<()> {
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

/// What `name:given` asks for, where `given` stands at `at`.
pub(super) fn expr(name: Name, given: String, at: Range<usize>) -> Result<Expr> {
    Ok(match name {
        Name::Tag | Name::Text(_) => Expr::Tag(given),
        Name::Lang => Expr::Lang(lang(&given, at)?),
        Name::Is => Expr::Is(is(&given, at)?),
        Name::Since => Expr::Since(when(&given, at)?),
        Name::Before => Expr::Before(when(&given, at)?),
    })
}

/// Whether `given`, which is no value of `name` yet, may become one as more is typed.
pub(super) fn may_become(name: Name, given: &str) -> bool {
    let lower = given.to_lowercase();
    match name {
        Name::Text(_) | Name::Tag => true,
        Name::Lang => lower.len() < 3 && lower.bytes().all(|b| b.is_ascii_alphabetic()),
        Name::Is => Is::ALL.iter().any(|is| is.name().starts_with(&lower)),
        Name::Since | Name::Before => {
            let word = ["today-", "yesterday"].iter().any(|word| word.starts_with(&lower));
            word || lower.bytes().all(|b| b.is_ascii_digit() || b == b'-') || lower.ends_with("mi")
        }
    }
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

/// Reads a moment, given in lower case.
pub(super) fn read_when(given: &str) -> Option<When> {
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
pub(super) fn nearest<const N: usize>(given: &str, names: [&'static str; N]) -> Option<&'static str> {
    names
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(given, name), name))
        .filter(|(distance, name)| *distance * 2 <= name.len().max(3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}
