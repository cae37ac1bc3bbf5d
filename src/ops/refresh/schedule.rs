//! When a feed is asked again: the policy, as arithmetic. No clock, no chance, no store.
//!
//! Four have a say, and the longest pause wins: the person (`refresh_minutes`, or for a feed alone its
//! own number, which then goes before the feed's habit), the feed's own habit
//! (asked about twice as often as it brings news, between ten minutes and a day), what the feed asks
//! for (`ttl`, `sy:updatePeriod`), and what its server does (`Cache-Control`, `Expires`,
//! `Retry-After`). Hours and days on which a feed asks to be left alone are then stepped over.

use xxhash_rust::xxh3::xxh3_64;

use crate::config::Config;
use crate::model::Time;
use crate::model::time::DAY;
use crate::store::Schedule;

const MINUTE: i64 = 60;
const HOUR: i64 = 3600;

/// The shortest and the longest pause that a feed's habit leads to, in seconds.
const BUSIEST: i64 = 10 * MINUTE;
const QUIETEST: i64 = DAY;

/// Taken for the usual time between two articles where too few are known, in minutes.
const UNKNOWN_PACE: u32 = 120;

/// How many articles' times are enough to speak of a habit.
const ENOUGH: usize = 3;

/// How many of a feed's newest articles tell its habit.
pub(in crate::ops) const HISTORY: usize = 24;

/// Articles that come within this many seconds of each other came together.
const TOGETHER: i64 = 10 * MINUTE;

/// How far the pauses of feeds with the same habit lie apart, as a share, so that they are not all
/// asked in the same minute for ever.
const SPREAD: f64 = 0.15;

/// The longest that a feed or its server is believed when it asks for rest without trouble, and after
/// trouble, in seconds.
const LONGEST_CALM: i64 = DAY;
const LONGEST_WISH: i64 = 7 * DAY;

/// The pause after a first failure, in seconds; each further one doubles it, up to the longest. Up to
/// a quarter is added by chance: feeds that failed together need not come back together.
const FIRST_PAUSE: i64 = 10 * MINUTE;
const LONGEST_PAUSE: i64 = DAY;

/// How early a feed counts as due: this share of what the person wants, at least so many seconds. The
/// last feed of a long refresh is asked minutes after its start, and has to be due when the timer, or
/// cron, comes round again.
const EARLY_SHARE: i64 = 10;
const EARLY_LEAST: i64 = 30;

/// How often a person wants news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    /// The shortest time between two fetches of a feed, in minutes; 0: only when asked.
    pub minutes: u32,
    /// Whether feeds that seldom bring news are asked less often.
    pub adaptive: bool,
}

impl From<&Config> for Wish {
    fn from(config: &Config) -> Self {
        Self { minutes: config.refresh_minutes, adaptive: config.refresh_adaptive }
    }
}

/// When a feed is to be asked again; `None`: not by itself. One that was never asked is due at once.
#[must_use]
pub fn due_at(feed: &Schedule, wish: Wish) -> Option<Time> {
    let minutes = feed.own_minutes.unwrap_or(wish.minutes);
    // Whoever never refreshes by a clock means all feeds.
    if wish.minutes == 0 || minutes == 0 || feed.gone {
        return None;
    }
    let not_before = feed.not_before.unwrap_or(Time(i64::MIN));
    let Some(checked) = feed.checked else { return Some(not_before) };
    let wanted = i64::from(minutes) * MINUTE;
    let early = (wanted / EARLY_SHARE).max(EARLY_LEAST);
    // A feed of which the person said how often is asked so often.
    let habit = if wish.adaptive && feed.own_minutes.is_none() { habit(feed, checked) } else { 0 };
    let asked = feed.interval_minutes.map_or(0, |minutes| (i64::from(minutes) * MINUTE).min(LONGEST_CALM));
    let pause = (wanted - early).max(habit).max(asked - early);
    let fresh = feed.fresh_until.map_or(i64::MIN, |until| until.0.min(checked.0.saturating_add(LONGEST_CALM)));
    let due = checked.0.saturating_add(pause).max(fresh);
    Some(open_hour(Time(due), feed.skip_hours, feed.skip_days).max(not_before))
}

/// The pause that follows from how often a feed brings news: half of the usual time between two
/// articles, so that an article is on average a quarter of that old when it comes. A feed that has
/// fallen silent is asked less and less.
fn habit(feed: &Schedule, checked: Time) -> i64 {
    let usual = i64::from(feed.pace_minutes.unwrap_or(UNKNOWN_PACE)) * MINUTE;
    let silent = feed.newest.map_or(0, |newest| checked.0.saturating_sub(newest.0)).max(0);
    let pause = (usual.max(silent / 4) / 2).clamp(BUSIEST, QUIETEST);
    let by = 1.0 + SPREAD * (2.0 * chance(feed.feed.0, checked.0) - 1.0);
    (pause as f64 * by) as i64
}

/// The usual time between two articles in minutes, from the times of a feed's newest; `None` where
/// there are too few. Articles that came together count as one: a feed that brings ten every morning
/// is a daily feed.
#[must_use]
pub(in crate::ops) fn pace(published: &[Time]) -> Option<u32> {
    let mut times: Vec<i64> = published.iter().map(|time| time.0).collect();
    times.sort_unstable();
    times.dedup_by(|later, earlier| later.saturating_sub(*earlier) < TOGETHER);
    if times.len() < ENOUGH {
        return None;
    }
    let mut gaps: Vec<i64> = times.windows(2).map(|pair| pair[1].saturating_sub(pair[0])).collect();
    gaps.sort_unstable();
    u32::try_from(gaps[gaps.len() / 2] / MINUTE).ok()
}

/// Seconds to leave a feed alone after a failure, of `failures` before it in a row. `wish` is what its
/// server asked for, in seconds.
#[must_use]
pub(super) fn pause(failures: u32, wish: Option<i64>, feed: i64) -> i64 {
    let own = FIRST_PAUSE.saturating_mul(1 << failures.min(16)).min(LONGEST_PAUSE);
    let own = own + (own as f64 * 0.25 * chance(feed, i64::from(failures))) as i64;
    wish.map_or(own, |wish| wish.clamp(0, LONGEST_WISH).max(own))
}

/// Seconds to leave a feed alone that was not even asked, because its host wants rest.
#[must_use]
pub(super) fn rest(wish: i64) -> i64 {
    wish.clamp(0, LONGEST_WISH)
}

/// The first moment from `time` on at which the feed does not ask to be left alone. `hours` has a bit
/// for each hour of the day (UTC), `days` for each day of the week (Monday first).
fn open_hour(time: Time, hours: u32, days: u8) -> Time {
    let closed = |hour: i64| {
        let of_day = hour.rem_euclid(24);
        // 1970-01-01 was a Thursday.
        let of_week = (hour.div_euclid(24) + 3).rem_euclid(7);
        hours & (1 << of_day) != 0 || days & (1 << of_week) != 0
    };
    let now = time.0.div_euclid(HOUR);
    match (0..=7 * 24).find(|ahead| !closed(now + ahead)) {
        None | Some(0) => time,
        Some(ahead) => Time((now + ahead).saturating_mul(HOUR)),
    }
}

/// From 0 to 1, by chance but always the same for the same numbers.
fn chance(a: i64, b: i64) -> f64 {
    let bytes = [a.to_le_bytes(), b.to_le_bytes()].concat();
    (xxh3_64(&bytes) >> 11) as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{FeedAddress, FeedId, Validators};

    /// Thursday, 2023-11-23, 09:00:00 UTC.
    const CHECKED: Time = Time(1_700_730_000);
    const WISH: Wish = Wish { minutes: 10, adaptive: true };

    fn feed() -> Schedule {
        Schedule {
            feed: FeedId(1),
            title: "A".into(),
            address: FeedAddress::Saved,
            validators: Validators::default(),
            checked: Some(CHECKED),
            interval_minutes: None,
            not_before: None,
            failures: 0,
            gone: false,
            moving: false,
            pace_minutes: Some(10),
            newest: Some(CHECKED),
            fresh_until: None,
            skip_hours: 0,
            skip_days: 0,
            own_minutes: None,
        }
    }

    /// How a feed differs, how often the person wants news, and the minutes it is left alone, from
    /// and to (chance has its say where the feed's habit counts).
    type Case = (&'static str, fn(&mut Schedule), Wish, i64, i64);

    #[test]
    fn who_has_a_say() {
        let by = |minutes| Wish { minutes, adaptive: true };
        let fixed = |minutes| Wish { minutes, adaptive: false };
        let cases: &[Case] = &[
            ("a busy wire", |_| {}, WISH, 9, 12),
            ("the person wants it less often", |_| {}, by(60), 54, 54),
            ("six articles a day", |f| f.pace_minutes = Some(240), WISH, 102, 138),
            ("a weekly letter", |f| f.pace_minutes = Some(7 * 24 * 60), WISH, 1224, 1656),
            ("the same, with a fixed clock", |f| f.pace_minutes = Some(7 * 24 * 60), fixed(30), 27, 27),
            ("nothing is known", |f| (f.pace_minutes, f.newest) = (None, None), WISH, 51, 69),
            ("silent for two days", |f| f.newest = Some(Time(CHECKED.0 - 2 * DAY)), WISH, 306, 414),
            ("silent for years", |f| f.newest = Some(Time(0)), WISH, 1224, 1656),
            ("an article from tomorrow", |f| f.newest = Some(Time(CHECKED.0 + DAY)), WISH, 9, 12),
            ("ttl", |f| f.interval_minutes = Some(90), by(30), 87, 87),
            ("a ttl of years is believed for a day", |f| f.interval_minutes = Some(u32::MAX), by(30), 1437, 1437),
            ("max-age", |f| f.fresh_until = Some(Time(CHECKED.0 + 2 * HOUR)), WISH, 120, 120),
            ("an Expires of years", |f| f.fresh_until = Some(Time(i64::MAX)), WISH, 1440, 1440),
            ("max-age that is shorter", |f| f.fresh_until = Some(Time(CHECKED.0 + 5)), by(30), 27, 27),
            ("after a failure", |f| f.not_before = Some(Time(CHECKED.0 + 5 * HOUR)), WISH, 300, 300),
            // 09:09 is in the tenth hour of the day.
            ("skips nine and ten o'clock", |f| f.skip_hours = 1 << 9 | 1 << 10, WISH, 120, 120),
            ("skips Thursdays", |f| f.skip_days = 1 << 3, WISH, 15 * 60, 15 * 60),
            (
                "skips Thursday, Friday, and mornings",
                |f| {
                    (f.skip_days, f.skip_hours) = (1 << 3 | 1 << 4, 0b111_1111);
                },
                WISH,
                (15 + 24 + 7) * 60,
                (15 + 24 + 7) * 60,
            ),
            ("skips everything, which is nonsense", |f| f.skip_days = 0x7f, WISH, 9, 12),
            ("never asked", |f| f.checked = None, WISH, i64::MIN / 60, i64::MIN / 60),
        ];
        for (name, change, wish, from, to) in cases {
            let mut feed = feed();
            change(&mut feed);
            let due = due_at(&feed, *wish).unwrap();
            let minutes = due.0.saturating_sub(if feed.checked.is_some() { CHECKED.0 } else { 0 }) / MINUTE;
            assert!((*from..=*to).contains(&minutes), "{name}: {minutes} minutes, not {from} to {to}");
        }
        assert_eq!(due_at(&feed(), by(0)), None, "never by itself");
        assert_eq!(due_at(&Schedule { gone: true, ..feed() }, WISH), None, "gone for good");
    }

    #[test]
    fn feeds_with_one_habit_spread_over_time() {
        let minutes: std::collections::BTreeSet<i64> = (0..200)
            .map(|n| {
                let feed = Schedule { feed: FeedId(n), pace_minutes: Some(240), ..feed() };
                (due_at(&feed, WISH).unwrap().0 - CHECKED.0) / MINUTE
            })
            .collect();
        assert!(minutes.len() > 25, "200 feeds in {} different minutes", minutes.len());
    }

    #[test]
    fn habits() {
        let every = |minutes: i64, count: i64| (0..count).map(|n| Time(n * minutes * MINUTE)).collect::<Vec<_>>();
        assert_eq!(pace(&every(60, 10)), Some(60));
        assert_eq!(pace(&every(60, 2)), None);
        assert_eq!(pace(&every(0, 50)), None, "an archive dated at once tells nothing");
        let mornings: Vec<Time> = (0..6).flat_map(|day| (0..10).map(move |n| Time(day * DAY + n))).collect();
        assert_eq!(pace(&mornings), Some(24 * 60));
        assert_eq!(pace(&[Time(i64::MIN), Time(0), Time(i64::MAX)]), None);
    }

    #[test]
    fn failures_are_followed_by_longer_and_longer_pauses() {
        let minutes: Vec<i64> = (0..9).map(|failures| pause(failures, None, 7) / MINUTE).collect();
        for (failures, minutes) in minutes.iter().enumerate() {
            let own = (10 << failures).min(24 * 60);
            assert!((own..=own + own / 4).contains(minutes), "{failures}: {minutes}");
        }
        assert_eq!(pause(0, Some(6 * HOUR), 7), 6 * HOUR);
        assert!(pause(3, Some(1), 7) >= 80 * MINUTE);
        assert_eq!((pause(0, Some(i64::MAX), 7), rest(i64::MAX), rest(-5)), (LONGEST_WISH, LONGEST_WISH, 0));
    }

    proptest! {
        #[test]
        fn no_numbers_break_it(
            checked: i64, newest: i64, fresh: i64, wait: i64, pace: u32, ttl: u32, minutes: u32, hours: u32, days: u8,
        ) {
            let feed = Schedule {
                checked: Some(Time(checked)), newest: Some(Time(newest)), fresh_until: Some(Time(fresh)),
                not_before: Some(Time(wait)), pace_minutes: Some(pace), interval_minutes: Some(ttl),
                skip_hours: hours, skip_days: days, ..feed()
            };
            let due = due_at(&feed, Wish { minutes, adaptive: true });
            prop_assert!(due.is_none_or(|due| due >= Time(wait)));
        }

        #[test]
        fn a_moment_is_found_that_is_open(time in -1_000_000_000_i64..4_000_000_000, hours in 0..(1_u32 << 24) - 1, days in 0..0x7f_u8) {
            let open = open_hour(Time(time), hours, days);
            prop_assert!(open.0 >= time && open.0 - time <= 8 * DAY);
            prop_assert_eq!(open_hour(open, hours, days), open);
        }
    }
}
