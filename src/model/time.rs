//! Moments and how they are said.

use std::fmt;

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::text::Clean;

/// A moment: whole seconds since 1970-01-01T00:00:00Z (Unix time, negative before it).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Time(pub i64);

/// Seconds in a day.
pub const DAY: i64 = 86_400;

impl Time {
    /// The moment as `jiff` has it, clamped into its range (years −9999 to 9999).
    #[must_use]
    pub fn timestamp(self) -> jiff::Timestamp {
        jiff::Timestamp::from_second(self.0).unwrap_or(if self.0 < 0 {
            jiff::Timestamp::MIN
        } else {
            jiff::Timestamp::MAX
        })
    }

    /// The calendar day in `zone`, as days since 1970-01-01 there.
    #[must_use]
    pub fn day(self, zone: &TimeZone) -> i64 {
        let date = self.timestamp().to_zoned(zone.clone()).date();
        date.since(jiff::civil::date(1970, 1, 1)).map_or(0, |span| i64::from(span.get_days()))
    }

    /// `strftime` in `zone`. A format that `jiff` does not know gives the RFC 3339 form.
    #[must_use]
    pub fn format(self, format: &str, zone: &TimeZone) -> Clean {
        let zoned = self.timestamp().to_zoned(zone.clone());
        let text = jiff::fmt::strtime::format(format, &zoned).unwrap_or_else(|_| self.to_string());
        Clean::new(&text)
    }

    /// In RFC 3339 in the zone `east` seconds east of UTC; in UTC where there is no such zone.
    #[must_use]
    pub fn in_zone(self, east: i32) -> Clean {
        match jiff::tz::Offset::from_seconds(east) {
            Ok(offset) => self.format("%Y-%m-%dT%H:%M:%S%:z", &offset.to_time_zone()),
            Err(_) => Clean::new(&self.to_string()),
        }
    }

    /// The age at `now` in one short word: `now`, `5 min`, `2 h`, `3 d`, `5 w`, or for more than
    /// eight weeks the month, `Nov 2023`. A time to come is `soon`.
    #[must_use]
    pub fn age(self, now: Self, zone: &TimeZone) -> Clean {
        let seconds = now.0.saturating_sub(self.0);
        let text = match seconds {
            i64::MIN..-300 => "soon".to_owned(),
            -300..60 => "now".to_owned(),
            60..3_600 => format!("{} min", seconds / 60),
            3_600..86_400 => format!("{} h", seconds / 3_600),
            86_400..1_209_600 => format!("{} d", seconds / DAY),
            1_209_600..4_838_400 => format!("{} w", seconds / (7 * DAY)),
            _ => return self.format("%b %Y", zone),
        };
        Clean::new(&text)
    }
}

/// RFC 3339 in UTC.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.timestamp().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages() {
        let now = Time(1_700_000_000);
        let age = |back: i64| Time(now.0 - back).age(now, &TimeZone::UTC).to_string();
        assert_eq!(age(-4000), "soon");
        assert_eq!(age(20), "now");
        assert_eq!(age(3 * 60), "3 min");
        assert_eq!(age(2 * 3600 + 5), "2 h");
        assert_eq!(age(3 * DAY), "3 d");
        assert_eq!(age(21 * DAY), "3 w");
        assert_eq!(age(100 * DAY), "Aug 2023");
        assert_eq!(Time(i64::MIN).age(now, &TimeZone::UTC).as_str(), "Jan -9999");
    }

    #[test]
    fn days_follow_the_zone() {
        let zone = TimeZone::fixed(jiff::tz::offset(5));
        let late = Time(20 * 3600);
        assert_eq!(late.day(&TimeZone::UTC), 0);
        assert_eq!(late.day(&zone), 1);
        assert_eq!(late.to_string(), "1970-01-01T20:00:00Z");
    }
}
