//! How the feeds fare: when they were asked last, which fail, for how long, and what can be done.

use super::Check;
use crate::clean;
use crate::cli::add::counted;
use crate::model::time::DAY;
use crate::model::{Feed, Time};
use crate::ops::{self, Failure, Kind};
use crate::store::Reader;
use crate::text::Clean;

/// Failing for so long, in seconds, a feed has hardly only a bad day.
const LONG: i64 = 30 * DAY;

/// After so long, in seconds, without anybody asking, a person may think that there is no news.
const UNASKED: i64 = 7 * DAY;

/// All feeds in a line, then each that failed last time, that which has failed for longest first.
///
/// # Errors
/// That the store cannot be read.
pub(super) fn checks(reader: &Reader, now: Time) -> Result<Vec<Check>, Failure> {
    let mut feeds = ops::read::sources(reader)?.feeds;
    feeds.retain(|feed| feed.address.is_fetched());
    let mut checks = vec![all(&feeds, now)];
    feeds.retain(|feed| feed.health.error.is_some());
    feeds.sort_by_key(|feed| feed.health.succeeded);
    checks.extend(feeds.iter().filter_map(|feed| failing(feed, now)));
    Ok(checks)
}

fn all(feeds: &[Feed], now: Time) -> Check {
    let failing = feeds.iter().filter(|feed| feed.health.error.is_some()).count();
    let asked = feeds.iter().filter_map(|feed| feed.health.checked).max();
    let new = feeds.iter().filter(|feed| feed.health.checked.is_none()).count();
    let last = asked.map(|asked| clean!("; asked last {} ago", lasting(now.0.saturating_sub(asked.0))));
    let waiting = (new > 0).then(|| clean!("; {new} not asked yet"));
    let message = clean!(
        "{}, {failing} of them failing{}{}",
        counted(feeds.len(), "feed"),
        last.unwrap_or_default(),
        waiting.unwrap_or_default()
    );
    let long_ago = asked.is_some_and(|asked| now.0.saturating_sub(asked.0) > UNASKED);
    let hint = long_ago.then(|| {
        Clean::new(
            "R in the reader or `dateline refresh` asks them; refresh_on_start and refresh_minutes do it by themselves",
        )
    });
    Check { hint, ..Check::well("feeds", message) }
}

fn failing(feed: &Feed, now: Time) -> Option<Check> {
    let error = feed.health.error.as_ref()?;
    let times = match feed.health.failures.max(1) {
        1 => Clean::new("once"),
        times => clean!("{times} times in a row"),
    };
    let ill = feed.health.succeeded.map(|well| now.0.saturating_sub(well.0));
    let since = match ill {
        Some(ill) => clean!("last well {} ago", lasting(ill)),
        None => Clean::new("never well so far"),
    };
    let (id, address) = (feed.id.0, &feed.address);
    let site = feed.site.as_ref().map(|site| clean!("{site}"));
    let site = site.unwrap_or_else(|| feed.address.short());
    let hint = match ill {
        None => clean!(
            "is {address} right? `dateline add` with the site's address looks for its feeds; `dateline feeds remove {id}` lets this one go"
        ),
        Some(ill) if ill >= LONG => clean!(
            "it may have moved or ended: `dateline add {site}` looks where its feed is now, `dateline feeds remove {id}` \
             lets it go (bookmarks and what has a tag stay)"
        ),
        Some(ill) if ill >= DAY => {
            clean!("see whether {site} is there in a browser; `dateline refresh {id}` tries {address} again")
        }
        Some(_) => {
            clean!("nothing to do yet, it is asked again by itself; `dateline refresh {id}` tries {address} now")
        }
    };
    let message = clean!("{}: {error} ({times}, {since})", feed.title);
    Some(Check { name: "feed", message, wrong: Some(Kind::SomeFeeds), hint: Some(hint) })
}

/// A length of time in words: its largest unit is enough.
fn lasting(seconds: i64) -> Clean {
    let of = |many: i64, unit: &str| counted(usize::try_from(many).unwrap_or(0), unit);
    match seconds {
        ..60 => Clean::new("a moment"),
        60..3600 => of(seconds / 60, "minute"),
        3600..DAY => of(seconds / 3600, "hour"),
        _ => of(seconds / DAY, "day"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FeedAddress, FeedHealth, FeedId, FeedSettings};
    use crate::text::Link;

    const NOW: Time = Time(1_700_000_000);

    /// A feed that was well so many days ago, or never.
    fn feed(well: Option<i64>, failures: u32) -> Feed {
        let succeeded = well.map(|days| Time(NOW.0 - days * DAY - 7_200));
        let health = FeedHealth {
            checked: Some(Time(NOW.0 - 7_200)),
            succeeded,
            error: (failures > 0).then(|| Clean::new("news.example answered 404")),
            failures,
        };
        Feed {
            id: FeedId(7),
            address: FeedAddress::Web(Link::parse("https://news.example/feed").unwrap()),
            title: "News".into(),
            site: Link::parse("https://news.example/"),
            description: None,
            lang: None,
            folder: None,
            total: 0,
            unread: 0,
            settings: FeedSettings::default(),
            health,
        }
    }

    #[test]
    fn what_is_said_of_a_feed_grows_with_the_time_that_it_has_failed_for() {
        for (well, failures, message, hint) in [
            (Some(0), 1, "(once, last well 2 hours ago)", "nothing to do yet"),
            (Some(3), 9, "(9 times in a row, last well 3 days ago)", "see whether https://news.example/ is there"),
            (Some(90), 40, "(40 times in a row, last well 90 days ago)", "`dateline add https://news.example/` looks"),
            (None, 2, "(2 times in a row, never well so far)", "is https://news.example/feed right?"),
        ] {
            let check = failing(&feed(well, failures), NOW).unwrap();
            assert!(check.message.as_str().ends_with(message), "{}", check.message);
            assert!(
                check.hint.as_ref().unwrap().as_str().starts_with(hint)
                    || check.hint.as_ref().unwrap().as_str().contains(hint)
            );
            assert!(check.wrong.is_some());
        }
        assert!(failing(&feed(Some(0), 0), NOW).is_none());
    }

    #[test]
    fn all_of_them_in_a_line() {
        let feeds = [feed(Some(0), 0), feed(None, 2), Feed { health: FeedHealth::default(), ..feed(None, 0) }];
        let check = all(&feeds, NOW);
        assert_eq!(check.message.as_str(), "3 feeds, 1 of them failing; asked last 2 hours ago; 1 not asked yet");
        assert!(check.hint.is_none());
        assert!(all(&feeds, Time(NOW.0 + 9 * DAY)).hint.is_some(), "nobody has asked for news");
        assert_eq!(all(&[], NOW).message.as_str(), "0 feeds, 0 of them failing");
    }
}
