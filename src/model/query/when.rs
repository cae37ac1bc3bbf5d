//! Times as queries say them: a date, or so long ago.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::values;
use crate::model::Time;
use crate::model::time::DAY;

/// A moment as a query names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum When {
    /// So long ago: `2d`.
    Ago {
        /// How many.
        count: u32,
        /// Of what.
        unit: Unit,
    },
    /// The start of the day so many days back: `today` (0), `yesterday` (1).
    DaysBack(u32),
    /// The start of a day: `2024-01-31`; a month or a year is its first day.
    Day(Date),
}

/// Lengths of time a query can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// `min`
    Minute,
    /// `h`
    Hour,
    /// `d`: 24 hours.
    Day,
    /// `w`: 7 days.
    Week,
    /// `m`: 30 days.
    Month,
    /// `y`: 365 days.
    Year,
}

impl Unit {
    /// How many seconds one lasts.
    #[must_use]
    pub fn seconds(self) -> i64 {
        match self {
            Self::Minute => 60,
            Self::Hour => 3_600,
            Self::Day => DAY,
            Self::Week => 7 * DAY,
            Self::Month => 30 * DAY,
            Self::Year => 365 * DAY,
        }
    }
}

impl When {
    /// The moment meant, when it is `now` in `zone`.
    #[must_use]
    pub fn resolve(self, now: Time, zone: &TimeZone) -> Time {
        let start_of =
            |date: Date| date.to_zoned(zone.clone()).map_or(Time(i64::MIN), |day| Time(day.timestamp().as_second()));
        match self {
            Self::Ago { count, unit } => Time(now.0.saturating_sub(i64::from(count) * unit.seconds())),
            Self::DaysBack(days) => {
                let today = now.timestamp().to_zoned(zone.clone()).date();
                start_of(today.saturating_sub(jiff::Span::new().days(days.min(1_000_000))))
            }
            Self::Day(date) => start_of(date),
        }
    }

    /// Reads a moment to come, when it is `now` in `zone`: `3d` and `1w` count from now on, `2027-01-31` is
    /// the beginning of that day. Of lengths `min`, `h`, `d`, `w`, `m` and `y` are known, as in queries.
    ///
    /// # Errors
    /// In words: it is no time, or it is over already.
    pub fn to_come(given: &str, now: Time, zone: &TimeZone) -> Result<Time, NoTime> {
        let moment = match values::read_when(&given.trim().to_lowercase()).ok_or(NoTime::Unknown)? {
            Self::Ago { count, unit } => Time(now.0.saturating_add(i64::from(count) * unit.seconds())),
            other => other.resolve(now, zone),
        };
        if moment > now { Ok(moment) } else { Err(NoTime::Over) }
    }
}

/// Why something is no moment to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoTime {
    /// It names no time.
    Unknown,
    /// It names one that is over.
    Over,
}

impl NoTime {
    /// What would be right.
    pub const HINT: &str = "3d, 2w, 6m, or a date to come such as 2030-01-31";
}
