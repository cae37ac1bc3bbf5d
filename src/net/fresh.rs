//! How long an answer stays as it is, by what its server says (RFC 9111 §4.2).

use std::time::Duration;

use reqwest::header::{AGE, CACHE_CONTROL, DATE, EXPIRES, HeaderMap};

/// The longest that is believed: a year, as RFC 9111 would have it. Whoever schedules fetches caps it
/// further.
const MAX: u64 = 365 * 86_400;

/// How long the answer with these headers need not be asked for again; `None` where its server does
/// not say, or says that it may change at any moment. `now` in Unix seconds.
///
/// `max-age` counts before `Expires`; what a cache on the way has already used up (`Age`) is taken
/// off. `s-maxage` is for shared caches, which we are not.
pub(super) fn fresh_for(headers: &HeaderMap, now: i64) -> Option<Duration> {
    let mut max_age = None;
    for line in headers.get_all(CACHE_CONTROL) {
        for directive in line.to_str().ok()?.split(',') {
            let (name, value) = directive.split_once('=').unwrap_or((directive, ""));
            match name.trim().to_ascii_lowercase().as_str() {
                "no-cache" | "no-store" => return None,
                "max-age" => max_age = max_age.or(value.trim().trim_matches('"').parse::<u64>().ok()),
                _ => {}
            }
        }
    }
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let seconds = match max_age {
        Some(seconds) => seconds.saturating_sub(text(AGE).and_then(|age| age.parse().ok()).unwrap_or(0)),
        // Both by the server's clock, so that it does not matter whether ours is right.
        None => {
            let given = text(DATE).and_then(date).unwrap_or(now);
            u64::try_from(date(text(EXPIRES)?)?.saturating_sub(given)).ok()?
        }
    };
    (seconds > 0).then(|| Duration::from_secs(seconds.min(MAX)))
}

/// A date as HTTP writes it, in Unix seconds.
pub(super) fn date(text: &str) -> Option<i64> {
    Some(jiff::fmt::rfc2822::parse(text.trim()).ok()?.timestamp().as_second())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_700_730_000;

    #[test]
    fn what_servers_say() {
        for (lines, seconds) in [
            (&["Cache-Control: max-age=600"][..], Some(600)),
            (&["Cache-Control: public, Max-Age=\"600\", must-revalidate"], Some(600)),
            (&["Cache-Control: public", "Cache-Control: max-age=60"], Some(60)),
            (&["Cache-Control: max-age=600", "Age: 200"], Some(400)),
            (&["Cache-Control: max-age=600", "Age: 900"], None),
            (&["Cache-Control: max-age=0"], None),
            (&["Cache-Control: s-maxage=600"], None),
            (&["Cache-Control: no-cache, max-age=600"], None),
            (&["Cache-Control: no-store"], None),
            (&["Cache-Control: max-age=99999999999999999999"], None),
            (&["Cache-Control: max-age=9999999999"], Some(MAX)),
            (&["Expires: Thu, 23 Nov 2023 10:00:00 GMT", "Date: Thu, 23 Nov 2023 09:00:00 GMT"], Some(3600)),
            (&["Expires: Thu, 23 Nov 2023 09:10:00 GMT"], Some(600)),
            (&["Expires: Thu, 01 Jan 1970 00:00:00 GMT"], None),
            (&["Expires: 0"], None),
            (&["Cache-Control: max-age=60", "Expires: Thu, 23 Nov 2023 10:00:00 GMT"], Some(60)),
            (&[], None),
        ] {
            let mut headers = HeaderMap::new();
            for line in lines {
                let (name, value) = line.split_once(": ").unwrap();
                headers.append(name.parse::<reqwest::header::HeaderName>().unwrap(), value.parse().unwrap());
            }
            assert_eq!(fresh_for(&headers, NOW).map(|wait| wait.as_secs()), seconds, "{lines:?}");
        }
    }
}
