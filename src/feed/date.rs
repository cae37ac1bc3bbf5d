//! Dates in every form that feeds use.
//!
//! The specifications ask for RFC 822 (RSS), RFC 3339 (Atom, JSON Feed) and W3CDTF (Dublin Core);
//! what comes is those, halves of them, what databases print, what people type, and Unix times. One
//! parser reads them all: it looks for a time of day, a zone behind it, the name of a month, and
//! makes of the remaining numbers a day and a year by their sizes, their order and what parts them.

mod fixed;
mod names;

use crate::model::Time;
use jiff::civil::Date;

/// The longest text looked at, in bytes.
const MAX_LENGTH: usize = 128;

/// Years that are believed. Before it lie the defaults of careless programs (0001-01-01).
const YEARS: std::ops::RangeInclusive<i64> = 1000..=9999;

/// Reads a date; `None` if it is none. A date without a zone is taken as UTC, without a time of day
/// as midnight, without a day as the first. Days that a month does not have run over into the next
/// (31 June is 1 July), as do leap seconds.
#[must_use]
pub fn parse(text: &str) -> Option<Time> {
    let text = super::draft::clip(text.trim(), MAX_LENGTH);
    fixed::usual(text.as_bytes()).or_else(|| fixed::digits(text)).or_else(|| written(text))
}

/// The parts of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    year: i64,
    month: i64,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
    /// Minutes east of UTC.
    zone: i64,
}

impl Default for Stamp {
    fn default() -> Self {
        Self { year: 0, month: 1, day: 1, hour: 0, minute: 0, second: 0, zone: 0 }
    }
}

impl Stamp {
    fn time(self) -> Option<Time> {
        if !YEARS.contains(&self.year) {
            return None;
        }
        let month = Date::new(i16::try_from(self.year).ok()?, i8::try_from(self.month).ok()?, 1).ok()?;
        let midnight = jiff::tz::Offset::UTC.to_timestamp(month.at(0, 0, 0, 0)).ok()?.as_second();
        let days = self.day - 1;
        let minutes = self.hour * 60 + self.minute - self.zone;
        Some(Time(midnight + days * 86_400 + minutes * 60 + self.second))
    }
}

/// A piece of a written date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece<'a> {
    Number(&'a str),
    Word(&'a str),
    Sign(char),
}

/// The most pieces looked at.
const MAX_PIECES: usize = 40;

fn pieces(lower: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::with_capacity(16);
    let mut rest = lower;
    while let Some(c) = rest.chars().next() {
        if out.len() == MAX_PIECES {
            break;
        }
        let len = if c.is_ascii_digit() {
            rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())
        } else if in_word(c) {
            rest.find(|c: char| !in_word(c)).unwrap_or(rest.len())
        } else {
            c.len_utf8()
        };
        let (piece, after) = rest.split_at(len);
        if c.is_ascii_digit() {
            out.push(Piece::Number(piece));
        } else if in_word(c) {
            out.push(Piece::Word(piece));
        } else if !c.is_whitespace() {
            // Every dash is a minus, also the one typesetters use.
            out.push(Piece::Sign(if matches!(c, '‐'..='―' | '−') { '-' } else { c }));
        }
        rest = after;
    }
    out
}

/// Letters and the marks on them (Hindi writes its vowels so).
fn in_word(c: char) -> bool {
    c.is_alphabetic() || unicode_normalization::char::is_combining_mark(c)
}

/// Reads a date that is more than digits.
fn written(text: &str) -> Option<Time> {
    let lower = text.to_lowercase();
    let all = pieces(&lower);
    let mut stamp = Stamp::default();
    let mut rest: Vec<Piece<'_>> = Vec::with_capacity(all.len());
    match time_of_day(&all) {
        Some(Clock { from, to, hour, minute, second }) => {
            let noon = all.iter().find_map(|piece| match piece {
                Piece::Word(word) => names::half_of_day(word),
                _ => None,
            });
            let noon = noon.or_else(|| dotted_half(&all));
            let (zone, zone_len) = zone(&all[to..]);
            stamp.hour = match noon {
                Some(true) if hour < 12 => hour + 12,
                Some(false) if hour == 12 => 0,
                _ => hour,
            };
            (stamp.minute, stamp.second, stamp.zone) = (minute, second, zone);
            rest.extend_from_slice(&all[..from]);
            rest.extend_from_slice(&all[to + zone_len..]);
        }
        None => rest.extend_from_slice(&all),
    }
    date(&rest, &mut stamp)?;
    stamp.time()
}

/// A time of day among the pieces.
struct Clock {
    from: usize,
    to: usize,
    hour: i64,
    minute: i64,
    second: i64,
}

fn time_of_day(all: &[Piece<'_>]) -> Option<Clock> {
    let number = |at: usize| match all.get(at) {
        Some(Piece::Number(digits)) if digits.len() <= 2 => digits.parse::<i64>().ok(),
        _ => None,
    };
    let colon = |at: usize| all.get(at) == Some(&Piece::Sign(':'));
    for at in 0..all.len() {
        if let (Some(hour), true, Some(minute)) = (number(at), colon(at + 1), number(at + 2)) {
            let mut to = at + 3;
            let mut second = 0;
            if colon(to)
                && let Some(value) = number(to + 1)
            {
                second = value;
                to += 2;
                let fraction = matches!(all.get(to), Some(Piece::Sign('.' | ',' | ':')));
                if fraction && matches!(all.get(to + 1), Some(Piece::Number(_))) {
                    to += 2;
                }
            }
            return sound_clock(Clock { from: at, to, hour, minute, second });
        }
        // `T1923Z`, `T192300Z`.
        if let (Some(Piece::Word("t")), Some(Piece::Number(digits))) = (all.get(at), all.get(at + 1)) {
            let part = |from: usize| digits.get(from..from + 2).map_or(Some(0), |two| two.parse().ok());
            if matches!(digits.len(), 2 | 4 | 6) && !colon(at + 2) {
                let (hour, minute, second) = (part(0)?, part(2)?, part(4)?);
                return sound_clock(Clock { from: at, to: at + 2, hour, minute, second });
            }
        }
    }
    None
}

/// A time that no clock shows is taken as midnight: the date may still be right.
fn sound_clock(clock: Clock) -> Option<Clock> {
    let sound = clock.hour <= 24 && clock.minute < 60 && clock.second <= 60;
    Some(if sound { clock } else { Clock { hour: 0, minute: 0, second: 0, ..clock } })
}

/// `a.m.`, `p. m.`, `μ.μ.` after a time.
fn dotted_half(all: &[Piece<'_>]) -> Option<bool> {
    all.windows(3).find_map(|three| match three {
        [Piece::Word("p" | "μ"), Piece::Sign('.'), Piece::Word("m" | "μ")] => Some(true),
        [Piece::Word("a" | "π"), Piece::Sign('.'), Piece::Word("m" | "μ")] => Some(false),
        _ => None,
    })
}

/// The zone that follows a time: minutes east of UTC, and how many pieces say so.
fn zone(after: &[Piece<'_>]) -> (i64, usize) {
    if let Some((minutes, len)) = offset(after) {
        return (minutes, len);
    }
    for (at, piece) in after.iter().enumerate() {
        match piece {
            Piece::Word(word) if names::half_of_day(word).is_some() => {}
            // `a.m.`: the letters are no zones.
            Piece::Word(_) if after.get(at + 1) == Some(&Piece::Sign('.')) => {}
            Piece::Word(word) => {
                let Some(minutes) = names::zone(word).filter(|_| word.len() > 1 || at == 0 || *word == "z") else {
                    continue;
                };
                // `GMT+3`.
                if let Some((minutes, len)) = offset(&after[at + 1..]) {
                    return (minutes, at + 1 + len);
                }
                return (i64::from(minutes), 0);
            }
            Piece::Sign('+' | '-') => {
                if let Some((minutes, _)) = offset(&after[at..]) {
                    // What stands before it (`PM`) may matter to others and is short: not taken out.
                    return (minutes, 0);
                }
            }
            _ => {}
        }
    }
    (0, 0)
}

/// `+0300`, `-05:00`, `+3`, `+030000` at the start of the pieces.
fn offset(after: &[Piece<'_>]) -> Option<(i64, usize)> {
    let (Piece::Sign(sign @ ('+' | '-')), Piece::Number(digits)) = (*after.first()?, *after.get(1)?) else {
        return None;
    };
    let number: i64 = digits.parse().ok()?;
    let (hours, minutes, len) = match (digits.len(), after.get(2), after.get(3)) {
        (1 | 2, Some(Piece::Sign(':')), Some(Piece::Number(minutes))) => (number, minutes.parse().ok()?, 4),
        (1 | 2, Some(Piece::Sign('.' | '/' | '-')), _) => return None,
        (1 | 2, ..) => (number, 0, 2),
        (3 | 4, ..) => (number / 100, number % 100, 2),
        (6, ..) => (number / 10_000, number / 100 % 100, 2),
        _ => return None,
    };
    if hours > 15 || minutes > 59 {
        return None;
    }
    let minutes = hours * 60 + minutes;
    Some((if sign == '-' { -minutes } else { minutes }, len))
}

/// Finds year, month and day in what is left.
fn date(rest: &[Piece<'_>], stamp: &mut Stamp) -> Option<()> {
    // Week dates are not read, and must not be taken for months.
    if rest.windows(2).any(|two| matches!(two, [Piece::Word("w"), Piece::Number(_)])) {
        return None;
    }
    let numbers: Vec<(usize, &str)> = rest
        .iter()
        .enumerate()
        .filter_map(|(at, piece)| match piece {
            Piece::Number(digits) => Some((at, *digits)),
            _ => None,
        })
        .collect();
    if let Some((at, month)) = month(rest) {
        stamp.month = i64::from(month);
        let numbers: Vec<&str> = numbers.iter().filter(|(n, _)| *n != at).map(|(_, digits)| *digits).collect();
        return day_and_year(&numbers, stamp);
    }
    let parted_by = |index: usize| match rest.get(numbers.get(index).map_or(0, |(at, _)| at + 1)) {
        Some(Piece::Sign(sign)) => *sign,
        _ => ' ',
    };
    match numbers.as_slice() {
        [(_, a), (_, b), (_, c), ..] if is_year(a) => set(stamp, a, b, c),
        [(_, a), (_, b), (_, c), ..] if parted_by(0) == '/' && small(a) <= 12 => set(stamp, c, a, b),
        [(_, a), (_, b), (_, c), ..] if parted_by(0) == '-' && !is_year(c) => set(stamp, a, b, c),
        // 12-31-2003 can only be American.
        [(_, a), (_, b), (_, c), ..] if small(b) > 12 => set(stamp, c, a, b),
        [(_, a), (_, b), (_, c), ..] => set(stamp, c, b, a),
        [(_, a), (_, b)] if is_year(a) && b.len() == 3 => {
            stamp.year = year(a)?;
            stamp.day = b.parse().ok().filter(|day| (1..=366).contains(day))?;
            Some(())
        }
        [(_, a), (_, b)] if is_year(a) => set(stamp, a, b, "1"),
        [(_, a), ..] => {
            let date = fixed::compact(a)?;
            (stamp.year, stamp.month, stamp.day) = (date.year, date.month, date.day);
            Some(())
        }
        [] => None,
    }
}

fn small(digits: &str) -> i64 {
    digits.parse().unwrap_or(i64::MAX)
}

fn is_year(digits: &str) -> bool {
    digits.len() == 4
}

/// Two digits are this century up to 49 and the last from 50 (RFC 2822 §4.3); three count from 1900.
fn year(digits: &str) -> Option<i64> {
    let number: i64 = digits.parse().ok()?;
    match digits.len() {
        1 | 2 if number < 50 => Some(2000 + number),
        2 | 3 => Some(1900 + number),
        4 => Some(number),
        _ => None,
    }
}

fn set(stamp: &mut Stamp, of_year: &str, month: &str, day: &str) -> Option<()> {
    stamp.year = year(of_year)?;
    stamp.month = month.parse().ok().filter(|month| (1..=12).contains(month))?;
    stamp.day = day.parse().ok().filter(|day| (1..=31).contains(day))?;
    Some(())
}

/// The month that is named, and the piece that does it. The last name counts: before it may stand
/// the name of a weekday that begins like one (`mar. 5 janv.`).
fn month(rest: &[Piece<'_>]) -> Option<(usize, u8)> {
    rest.iter().enumerate().rev().find_map(|(at, piece)| match piece {
        // Vietnamese names months by number, Arabic some of them by two words.
        Piece::Word("tháng" | "thang" | "thg") => match rest.get(at + 1) {
            Some(Piece::Number(digits)) => digits.parse().ok().filter(|n| (1..=12).contains(n)).map(|n| (at + 1, n)),
            _ => None,
        },
        Piece::Word("تشرين") => Some((at, 10 + u8::from(followed_by(rest, at, "الثاني")))),
        Piece::Word("كانون") => Some((at, if followed_by(rest, at, "الثاني") { 1 } else { 12 })),
        Piece::Word(word) => names::month(word).map(|month| (at, month)),
        _ => None,
    })
}

fn followed_by(rest: &[Piece<'_>], at: usize, word: &str) -> bool {
    rest.get(at + 1) == Some(&Piece::Word(word))
}

/// Day and year beside the name of a month.
fn day_and_year(numbers: &[&str], stamp: &mut Stamp) -> Option<()> {
    let (day, of_year) = match *numbers {
        [only] if is_year(only) => ("1", only),
        [first, second, ..] if is_year(first) || small(first) > 31 => (second, first),
        [first, second, ..] => (first, second),
        _ => return None,
    };
    stamp.year = year(of_year)?;
    stamp.day = day.parse().ok().filter(|day| (1..=31).contains(day))?;
    Some(())
}

#[cfg(test)]
mod tests;
