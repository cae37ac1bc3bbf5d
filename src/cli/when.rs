//! Moments as they are named on the command line: the words of queries (`2d`, `yesterday`,
//! `2024-01-31`), and for what is to come the same lengths of time from now on.

use jiff::tz::TimeZone;

use crate::clean;
use crate::model::Time;
use crate::model::query::{Expr, NoTime, Query, When};
use crate::ops::{Failure, Kind};

/// A moment that has passed: `2d` is two days ago.
pub(super) fn past(given: &str, now: Time, zone: &TimeZone) -> Result<Time, Failure> {
    Ok(read(given)?.resolve(now, zone))
}

/// A moment to come: `2d` is in two days, a date is its beginning.
pub(super) fn to_come(given: &str, now: Time, zone: &TimeZone) -> Result<Time, Failure> {
    When::to_come(given, now, zone).map_err(|why| {
        let what = match why {
            NoTime::Unknown => clean!("“{given}” is no time"),
            NoTime::Over => clean!("{given} is over already"),
        };
        Failure::new(Kind::Usage, what).hint(NoTime::HINT)
    })
}

fn read(given: &str) -> Result<When, Failure> {
    let query = Query::parse(&format!("since:{given}"));
    match query.map(|query| query.expr) {
        Ok(Some(Expr::Since(when))) => Ok(when),
        _ => Err(Failure::new(Kind::Usage, clean!("“{given}” is no time")).hint("2h, 3d, 1w, yesterday, 2024-01-31")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_before_and_after() {
        let now = Time(1_700_000_000);
        assert_eq!(past("2d", now, &TimeZone::UTC).unwrap(), Time(now.0 - 172_800));
        assert_eq!(to_come("2d", now, &TimeZone::UTC).unwrap(), Time(now.0 + 172_800));
        assert_eq!(to_come("2024-01-31", now, &TimeZone::UTC).unwrap().to_string(), "2024-01-31T00:00:00Z");
        for wrong in ["yesterday", "someday"] {
            let error = to_come(wrong, now, &TimeZone::UTC).unwrap_err();
            assert!(error.hints.iter().any(|hint| hint.as_str().contains("2w")), "{error:?}");
        }
        assert!(past("soon", now, &TimeZone::UTC).is_err());
        assert!(past("2d OR x", now, &TimeZone::UTC).is_err());
    }
}
