//! Dates: those that pages state for programs, and those that people write in a line of text.

use jiff::civil::{Date, DateTime, Time as Clock};
use jiff::tz::{Offset, TimeZone};

use super::start_of;
use crate::model::Time;
use crate::text::fold::fold;
use crate::text::months::month;

/// Reads a date that a page states for programs: ISO 8601 and RFC 3339 with or without time and
/// zone, RFC 2822, or Unix seconds. Without a zone, UTC is taken; a day without a time is its noon
/// in UTC, which is the same day for nearly all readers. `None` for anything else.
pub(super) fn stamp(text: &str) -> Option<Time> {
    let text = text.trim();
    if let Ok(stamp) = text.parse::<jiff::Timestamp>() {
        return Some(Time(stamp.as_second()));
    }
    if let Ok(zoned) = jiff::fmt::rfc2822::parse(text) {
        return Some(Time(zoned.timestamp().as_second()));
    }
    if text.len() >= 9 && text.len() <= 13 && text.bytes().all(|b| b.is_ascii_digit()) {
        let number: i64 = text.parse().ok()?;
        return Some(Time(if text.len() > 10 { number / 1000 } else { number }));
    }
    written(text)
}

/// Finds a full date (day, month and year) in a line, in the forms of many languages: `November 23,
/// 2023`, `23 ноября 2023`, `23.11.2023 14:05`, `2023-11-23T14:05`, `2023年11月23日`. A time beside
/// it is taken in the zone given, else UTC. `None` if there is none, if day and month cannot be told
/// apart (`03/04/2023`), or if no such day exists.
pub(super) fn written(line: &str) -> Option<Time> {
    let parts = parts(line);
    (0..parts.len()).find_map(|at| {
        let (date, used) = date(&parts[at..])?;
        let rest = &parts[at + used..];
        let clock = clock(rest).or_else(|| clock_before(&parts[..at]));
        let moment = match clock {
            Some((clock, offset)) => date.to_datetime(clock).to_zoned(offset.to_time_zone()).ok()?,
            None => noon(date)?,
        };
        Some(Time(moment.timestamp().as_second()))
    })
}

/// [`written`] for a page in `lang` (BCP 47, lower-case), which tells day and month apart in
/// `03/04/2023`: months first in the United States and where English is all that is known, days
/// first elsewhere. `None` where no language is known.
pub(super) fn written_in(line: &str, lang: Option<&str>) -> Option<Time> {
    written(line).or_else(|| {
        let months_first = matches!(lang?, "en" | "en-us");
        let parts = parts(line);
        (0..parts.len()).find_map(|at| {
            let [
                Part::Number(a, 1..=2),
                Part::Sign('/'),
                Part::Number(b, 1..=2),
                Part::Sign('/'),
                Part::Number(year, 4),
                ..,
            ] = parts[at..]
            else {
                return None;
            };
            let (month, day) = if months_first { (a, b) } else { (b, a) };
            let date = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
            Some(Time(noon(date)?.timestamp().as_second()))
        })
    })
}

/// The zone that a date's text states beside its time of day, in seconds east of UTC.
pub(super) fn zone(text: &str) -> Option<i32> {
    let parts = parts(text);
    (0..parts.len()).find_map(|at| {
        let (_, rest) = time_of_day(&parts[at..])?;
        let rest = match rest {
            [Part::Sign('.' | ','), Part::Number(..) | Part::Word(_), rest @ ..] => rest,
            _ => rest,
        };
        offset(rest).map(Offset::seconds)
    })
}

/// Whether the line says a day and a month (with or without a year), and little else.
pub(super) fn mostly_date(line: &str) -> bool {
    let parts = parts(line);
    let words = parts.iter().filter(|part| matches!(part, Part::Word(_))).count();
    let dated = (0..parts.len()).any(|at| date(&parts[at..]).is_some() || day_and_month(&parts[at..]).is_some());
    dated && words <= 4
}

/// Bytes of the date expression (day and month in either order, with or without a year) that
/// `text` begins with; `None` if it begins with none.
pub(super) fn leading_date(text: &str) -> Option<usize> {
    let mut ends = Vec::new();
    let parts = cut(start_of(text, LONGEST), &mut ends);
    let used = date(&parts).map(|(_, used)| used).or_else(|| day_and_month(&parts))?;
    ends.get(used.checked_sub(1)?).copied()
}

/// The most bytes that a date at the start of a text is looked for in.
const LONGEST: usize = 120;

fn noon(date: Date) -> Option<jiff::Zoned> {
    DateTime::from_parts(date, Clock::constant(12, 0, 0, 0)).to_zoned(TimeZone::UTC).ok()
}

/// What a date is made of.
#[derive(Clone, Debug, PartialEq)]
enum Part {
    /// A number and how many digits it is written with.
    Number(u32, usize),
    Word(String),
    Sign(char),
}

fn parts(text: &str) -> Vec<Part> {
    cut(text, &mut Vec::new())
}

/// Cuts text into numbers, words and signs, without white space; `ends` gets where each ends.
fn cut(text: &str, ends: &mut Vec<usize>) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            continue;
        }
        let class = |c: char| {
            if c.is_numeric() {
                1
            } else if is_unit(c) {
                2
            } else if c.is_alphanumeric() {
                3
            } else {
                0
            }
        };
        let mut end = start + c.len_utf8();
        if matches!(class(c), 1 | 3) {
            while let Some(&(at, next)) = chars.peek() {
                if class(next) != class(c) {
                    break;
                }
                end = at + next.len_utf8();
                chars.next();
            }
        }
        let piece = &text[start..end];
        parts.push(match class(c) {
            1 => {
                let digits = fold(piece);
                match digits.parse() {
                    Ok(number) if digits.len() <= 8 => Part::Number(number, digits.len()),
                    _ => Part::Word(piece.to_owned()),
                }
            }
            3 => Part::Word(piece.to_owned()),
            _ => Part::Sign(c),
        });
        ends.push(end);
        // A page without spaces or end is no date line; its first words are enough.
        if parts.len() >= 4096 {
            break;
        }
    }
    parts
}

/// The signs for year, month and day in Chinese, Japanese and Korean.
fn is_unit(c: char) -> bool {
    matches!(c, '年' | '月' | '日' | '년' | '월' | '일')
}

/// A full date at the start of `parts`, and how many parts it takes.
fn date(parts: &[Part]) -> Option<(Date, usize)> {
    use Part::{Number, Sign, Word};
    let (year, month_number, day, used) = match parts {
        [Number(y, 4), Sign('年' | '년'), Number(m, _), Sign('月' | '월'), Number(d, _), Sign('日' | '일'), ..] => {
            (*y, *m, *d, 6)
        }
        [Number(y, 4), Sign(a @ ('-' | '.' | '/')), Number(m, _), Sign(b), Number(d, _), ..] if a == b => {
            (*y, *m, *d, 5)
        }
        [Number(d, 1..=2), Sign(a @ ('-' | '.')), Number(m, 1..=2), Sign(b), Number(y, 4), ..] if a == b => {
            (*y, *m, *d, 5)
        }
        [Number(a, 1..=2), Sign('/'), Number(b, 1..=2), Sign('/'), Number(y, 4), ..] => match (*a > 12, *b > 12) {
            (true, false) => (*y, *b, *a, 5),
            (false, true) => (*y, *a, *b, 5),
            _ if a == b => (*y, *a, *b, 5),
            _ => return None,
        },
        [Word(word), rest @ ..] => {
            let m = month(word)?;
            let (rest, dot) = skip(rest, &['.']);
            let [Number(d, 1..=2), rest @ ..] = rest else { return None };
            let (rest, suffix) = skip_ordinal(rest);
            let (rest, comma) = skip(rest, &[',', '،']);
            let [Number(y, 4), ..] = rest else { return None };
            (*y, u32::from(m), *d, 3 + dot + suffix + comma)
        }
        [Number(d, 1..=2), rest @ ..] => {
            let (rest, suffix) = skip_suffix(rest);
            let (rest, of) = skip_of(rest);
            let [Word(word), rest @ ..] = rest else { return None };
            let m = month(word)?;
            let (rest, comma) = skip(rest, &[',', '.', '،']);
            let (rest, of_year) = skip_of(rest);
            let [Number(y, 4), ..] = rest else { return None };
            (*y, u32::from(m), *d, 3 + suffix + of + comma + of_year)
        }
        _ => return None,
    };
    let date = Date::new(i16::try_from(year).ok()?, i8::try_from(month_number).ok()?, i8::try_from(day).ok()?).ok()?;
    (1500..=2500).contains(&year).then_some((date, used))
}

/// A day and a month without a year at the start of `parts`: how many parts it takes.
fn day_and_month(parts: &[Part]) -> Option<usize> {
    use Part::{Number, Sign, Word};
    let (day, used) = match parts {
        [Number(1..=12, _), Sign('月' | '월'), Number(d, _), Sign('日' | '일'), ..] => (*d, 4),
        [Word(word), rest @ ..] => {
            month(word)?;
            let (rest, dot) = skip(rest, &['.']);
            let [Number(d, 1..=2), rest @ ..] = rest else { return None };
            (*d, 2 + dot + skip_ordinal(rest).1)
        }
        [Number(d, 1..=2), rest @ ..] => {
            let (rest, suffix) = skip_suffix(rest);
            let (rest, of) = skip_of(rest);
            let [Word(word), ..] = rest else { return None };
            month(word)?;
            (*d, 2 + suffix + of)
        }
        _ => return None,
    };
    (1..=31).contains(&day).then_some(used)
}

/// Skips one of `signs`, if it is next.
fn skip<'p>(parts: &'p [Part], signs: &[char]) -> (&'p [Part], usize) {
    match parts {
        [Part::Sign(sign), rest @ ..] if signs.contains(sign) => (rest, 1),
        _ => (parts, 0),
    }
}

/// Skips what an ordinal number before its month ends with: `23rd`, `1er`, `23.`.
fn skip_suffix(parts: &[Part]) -> (&[Part], usize) {
    match skip(parts, &['.', 'º', 'ª']) {
        (_, 0) => skip_ordinal(parts),
        skipped => skipped,
    }
}

/// Skips the letters that an ordinal number ends with.
fn skip_ordinal(parts: &[Part]) -> (&[Part], usize) {
    match parts {
        [Part::Word(word), rest @ ..] if matches!(&*fold(word), "st" | "nd" | "rd" | "th" | "er") => (rest, 1),
        _ => (parts, 0),
    }
}

/// Skips the "of" between day and month in Romance languages and English.
fn skip_of(parts: &[Part]) -> (&[Part], usize) {
    match parts {
        [Part::Word(word), rest @ ..] if matches!(&*fold(word), "de" | "of" | "del" | "di") => (rest, 1),
        _ => (parts, 0),
    }
}

/// A time of day soon after the date, and its zone.
fn clock(parts: &[Part]) -> Option<(Clock, Offset)> {
    // A comma, a dash or a short word ("at", "в", "T") may stand between.
    let at = (0..parts.len().min(4)).find(|&at| time_of_day(&parts[at..]).is_some())?;
    let between = parts[..at].iter().all(|part| match part {
        Part::Sign(sign) => matches!(sign, ',' | '-' | '–' | '—' | '|' | '·' | '،'),
        Part::Word(word) => word.chars().count() <= 4,
        Part::Number(..) => false,
    });
    let (clock, rest) = between.then(|| time_of_day(&parts[at..]))??;
    Some((clock, offset(rest).unwrap_or(Offset::UTC)))
}

/// A time of day right before the date: `14:05, 23.11.2023`.
fn clock_before(parts: &[Part]) -> Option<(Clock, Offset)> {
    let (parts, _) = match parts {
        [rest @ .., Part::Sign(',' | '|' | '–' | '—' | '·')] => (rest, 1),
        _ => (parts, 0),
    };
    let start = parts.len().checked_sub(3)?;
    let (clock, rest) = time_of_day(&parts[start..])?;
    rest.is_empty().then_some((clock, Offset::UTC))
}

fn time_of_day(parts: &[Part]) -> Option<(Clock, &[Part])> {
    use Part::{Number, Sign, Word};
    let [Number(hour, 1..=2), Sign(':'), Number(minute, 2), rest @ ..] = parts else { return None };
    let (second, rest) = match rest {
        [Sign(':'), Number(second, 2), rest @ ..] => (*second, rest),
        _ => (0, rest),
    };
    let (hour, rest) = match rest {
        [Word(word), rest @ ..] if word.eq_ignore_ascii_case("pm") && *hour < 12 => (*hour + 12, rest),
        [Word(word), rest @ ..] if word.eq_ignore_ascii_case("am") && *hour == 12 => (0, rest),
        _ => (*hour, rest),
    };
    let number = |n: u32| i8::try_from(n).ok();
    Some((Clock::new(number(hour)?, number(*minute)?, number(second)?, 0).ok()?, rest))
}

fn offset(parts: &[Part]) -> Option<Offset> {
    use Part::{Number, Sign, Word};
    let parts = match parts {
        [Word(word), rest @ ..] if matches!(&**word, "UTC" | "GMT") => rest,
        _ => parts,
    };
    let (sign, hours, minutes) = match parts {
        [Sign(sign @ ('+' | '-' | '−')), Number(h, 2), Sign(':'), Number(m, 2), ..] => (*sign, *h, *m),
        [Sign(sign @ ('+' | '-' | '−')), Number(hm, 4), ..] => (*sign, hm / 100, hm % 100),
        [Sign(sign @ ('+' | '-' | '−')), Number(h, 1..=2), ..] => (*sign, *h, 0),
        _ => return None,
    };
    let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
    Offset::from_seconds(if sign == '+' { seconds } else { -seconds }).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(time: Option<Time>) -> String {
        time.map_or("-".to_owned(), |time| time.to_string())
    }

    #[test]
    fn dates_for_programs() {
        for (text, expected) in [
            ("2023-11-23T14:05:00+05:00", "2023-11-23T09:05:00Z"),
            ("2023-11-23T14:05:00Z", "2023-11-23T14:05:00Z"),
            ("2023-11-23T14:05:00.123456+0500", "2023-11-23T09:05:00Z"),
            ("2023-11-23T14:05", "2023-11-23T14:05:00Z"),
            ("2023-11-23 14:05:09", "2023-11-23T14:05:09Z"),
            ("2023-11-23", "2023-11-23T12:00:00Z"),
            ("Thu, 23 Nov 2023 14:05:00 GMT", "2023-11-23T14:05:00Z"),
            ("1700748300", "2023-11-23T14:05:00Z"),
            ("1700748300000", "2023-11-23T14:05:00Z"),
            ("yesterday", "-"),
            ("", "-"),
        ] {
            assert_eq!(said(stamp(text)), expected, "{text}");
        }
    }

    #[test]
    fn dates_that_people_write() {
        for (text, expected) in [
            ("November 23, 2023", "2023-11-23T12:00:00Z"),
            ("Published: Nov. 23rd, 2023, 2:05 pm", "2023-11-23T14:05:00Z"),
            ("23 ноября 2023 года, 14:05", "2023-11-23T14:05:00Z"),
            ("14:05, 23.11.2023", "2023-11-23T14:05:00Z"),
            ("23. November 2023 um 14:05 Uhr", "2023-11-23T14:05:00Z"),
            ("23 de noviembre de 2023", "2023-11-23T12:00:00Z"),
            ("1er août 2023", "2023-08-01T12:00:00Z"),
            ("2023年11月23日 14:05", "2023-11-23T14:05:00Z"),
            ("2023년 11월 23일", "2023-11-23T12:00:00Z"),
            ("٢٣ نوفمبر ٢٠٢٣", "2023-11-23T12:00:00Z"),
            ("23/11/2023", "2023-11-23T12:00:00Z"),
            ("11/23/2023", "2023-11-23T12:00:00Z"),
            ("03/04/2023", "-"),
            ("November 23", "-"),
            ("31.02.2023", "-"),
            ("may 2023", "-"),
        ] {
            assert_eq!(said(written(text)), expected, "{text}");
        }
    }

    #[test]
    fn days_and_months_by_language() {
        assert_eq!(said(written_in("03/04/2023", Some("en-us"))), "2023-03-04T12:00:00Z");
        assert_eq!(said(written_in("03/04/2023", Some("fr"))), "2023-04-03T12:00:00Z");
        assert_eq!(written_in("03/04/2023", None), None);
    }

    #[test]
    fn zones() {
        for (text, expected) in [
            ("2023-11-23T14:05:00+05:00", Some(18000)),
            ("2023-11-23T14:05:00.123456-0330", Some(-12600)),
            ("Thu, 23 Nov 2023 14:05:00 +0100", Some(3600)),
            ("2023-11-23T14:05:00Z", None),
            ("2023-11-23", None),
        ] {
            assert_eq!(zone(text), expected, "{text}");
        }
    }

    #[test]
    fn dates_at_the_start() {
        assert_eq!(leading_date("November 23. The"), Some(11));
        assert_eq!(leading_date("23 ноября 2023 года"), Some("23 ноября 2023".len()));
        assert_eq!(leading_date("the 23rd"), None);
    }
}
