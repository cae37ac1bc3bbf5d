//! Dates of fixed form, read by position: the two that nearly all feeds use, and those that are
//! nothing but digits.

use super::{Stamp, YEARS, names};
use crate::model::Time;

/// The two forms that nearly all feeds use, to the letter, without the search that the others need:
/// `2003-12-31T10:14:55Z` and `Wed, 31 Dec 2003 10:14:55 GMT`, with an offset or without a weekday.
pub(super) fn usual(text: &[u8]) -> Option<Time> {
    let number = |from: usize, len: usize| {
        let digits = text.get(from..from + len)?;
        digits.iter().try_fold(0_i64, |sum, b| b.is_ascii_digit().then(|| sum * 10 + i64::from(b - b'0')))
    };
    let is = |at: usize, wanted: u8| text.get(at) == Some(&wanted);
    let mut stamp = Stamp::default();
    let clock;
    if is(4, b'-') && is(7, b'-') && is(10, b'T') {
        (stamp.year, stamp.month, stamp.day) = (number(0, 4)?, number(5, 2)?, number(8, 2)?);
        clock = 11;
    } else {
        let start = if is(3, b',') && is(4, b' ') { 5 } else { 0 };
        if !(is(start + 2, b' ') && is(start + 6, b' ') && is(start + 11, b' ')) {
            return None;
        }
        let name = std::str::from_utf8(text.get(start + 3..start + 6)?).ok()?.to_ascii_lowercase();
        stamp.month = i64::from(names::english(&name)?);
        (stamp.year, stamp.day) = (number(start + 7, 4)?, number(start, 2)?);
        clock = start + 12;
    }
    if !(is(clock + 2, b':') && is(clock + 5, b':')) {
        return None;
    }
    (stamp.hour, stamp.minute, stamp.second) = (number(clock, 2)?, number(clock + 3, 2)?, number(clock + 6, 2)?);
    stamp.zone = match text.get(clock + 8..)? {
        b"Z" | b" GMT" | b" UT" | b" UTC" | b" Z" => 0,
        rest => {
            let at = clock + 8 + usize::from(rest.first() == Some(&b' '));
            let sign = if is(at, b'+') {
                1
            } else if is(at, b'-') {
                -1
            } else {
                return None;
            };
            let colon = usize::from(is(at + 3, b':'));
            if text.len() != at + 5 + colon {
                return None;
            }
            sign * (number(at + 1, 2)? * 60 + number(at + 3 + colon, 2)?)
        }
    };
    let sound = (1..=31).contains(&stamp.day) && stamp.hour < 24 && stamp.minute < 60 && stamp.second < 60;
    if sound && stamp.zone.abs() <= 15 * 60 { stamp.time() } else { None }
}

/// Only digits: Unix time in seconds, milli- or microseconds, or a date without separators.
pub(super) fn digits(text: &str) -> Option<Time> {
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    if whole.is_empty() || !text.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return None;
    }
    if let Some(stamp) = compact(whole) {
        return stamp.time();
    }
    let number: i64 = whole.parse().ok()?;
    match whole.len() {
        9..=11 => Some(Time(number)),
        12..=14 => Some(Time(number / 1_000)),
        15..=17 => Some(Time(number / 1_000_000)),
        _ => None,
    }
}

/// `YYYYMMDD`, with `hhmm` and `ss` or without; `YYYYDDD`; `YYYY`.
pub(super) fn compact(digits: &str) -> Option<Stamp> {
    let number = |from: usize, to: usize| digits.get(from..to).and_then(|part| part.parse::<i64>().ok());
    let mut stamp = Stamp { year: number(0, 4)?, ..Stamp::default() };
    match digits.len() {
        4 => return YEARS.contains(&stamp.year).then_some(stamp),
        7 => stamp.day = number(4, 7)?,
        8 | 12 | 14 => (stamp.month, stamp.day) = (number(4, 6)?, number(6, 8)?),
        _ => return None,
    }
    if digits.len() > 8 {
        (stamp.hour, stamp.minute, stamp.second) = (number(8, 10)?, number(10, 12)?, number(12, 14).unwrap_or(0));
    }
    let plausible = (1900..2200).contains(&stamp.year)
        && (1..=12).contains(&stamp.month)
        && (1..=if digits.len() == 7 { 366 } else { 31 }).contains(&stamp.day)
        && stamp.hour < 24
        && stamp.minute < 60
        && stamp.second <= 60;
    plausible.then_some(stamp)
}
