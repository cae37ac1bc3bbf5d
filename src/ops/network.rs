//! The network as the configuration wants it.

use std::time::Duration;

use super::{Failure, Kind};
use crate::clean;
use crate::config::Config;
use crate::net::{Error, Settings};
use crate::text::Link;

/// The network's settings. One number says how patient to be; the waits stand in fixed proportions
/// to one another.
#[must_use]
pub fn network(config: &Config) -> Settings {
    let fetch = &config.fetch;
    let patience = Duration::from_secs(u64::from(fetch.timeout_seconds));
    let default = Settings::default();
    Settings {
        connect: patience / 2,
        first_byte: patience,
        stall: patience * 3 / 4,
        whole: patience * 3,
        max_bytes: u64::from(fetch.max_mb) << 20,
        per_host: fetch.per_host as usize,
        parallel: fetch.parallel as usize,
        user_agent: fetch.user_agent.clone().unwrap_or(default.user_agent),
        access: config.access.clone(),
    }
}

/// Whether asking again another time is of no use: the page is not there, or not for us.
#[must_use]
pub(super) fn is_for_good(error: &Error) -> bool {
    match error {
        Error::Status { code, .. } => (400..=499).contains(code) && !matches!(code, 408 | 425 | 429),
        Error::Malformed(_) | Error::TooLarge(..) | Error::RedirectRefused(..) | Error::Near(_) => true,
        _ => false,
    }
}

/// Why there is no answer, with what can be done about it: a server that answered is not helped by
/// looking at the connection.
#[must_use]
pub fn unreachable(asked: &Link, error: &Error) -> Failure {
    let failure = Failure::new(Kind::Network, clean!("{error}"));
    match error {
        Error::Status { code: 500..=599, .. } => failure.hint("the server has trouble; try again later"),
        Error::Status { code: 408 | 429, .. } | Error::HeldBack(..) => failure.hint("wait a while, then try again"),
        Error::Status { code: 401, .. } | Error::NoSecret(..) => {
            failure.hint("name a password or token under [[feed]] in the configuration (`dateline config default`)")
        }
        Error::Status { code: 407, .. } => failure.hint("check the proxy variables: HTTPS_PROXY, HTTP_PROXY"),
        Error::Status { code: 403 | 451, .. } => failure.hint(clean!("a browser may still show it: {asked}")),
        Error::Status { .. } | Error::RedirectLoop(_) | Error::RedirectRefused(..) | Error::Malformed(_) => {
            failure.hint(clean!("check the address {asked}"))
        }
        Error::Near(_) => failure.hint(clean!("if you trust it, add it yourself: {asked}")),
        Error::TooLarge(..) => failure.hint("max_mb in the configuration says how much is taken"),
        Error::Cancelled(_) | Error::CommandCancelled(_) | Error::Command(..) | Error::File(..) | Error::Setup(_) => {
            failure
        }
        Error::NoSuchHost(_)
        | Error::Refused(_)
        | Error::Unreachable(..)
        | Error::Tls(..)
        | Error::TimedOut(..)
        | Error::Broken(..)
        | Error::Encoding(..) => failure.hint(clean!("check the address {asked} and your connection")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_answered_is_not_blamed_on_the_connection() {
        let asked = Link::parse("https://news.example/feed").unwrap();
        let hint = |error: &Error| unreachable(&asked, error).hints[0].to_string();
        let status = |code| Error::Status { address: asked.clone(), code, retry_after: None };
        assert_eq!(hint(&status(503)), "the server has trouble; try again later");
        assert_eq!(hint(&status(429)), "wait a while, then try again");
        assert!(hint(&status(401)).contains("[[feed]]"));
        assert_eq!(hint(&status(404)), "check the address https://news.example/feed");
        assert!(hint(&Error::Refused(asked.clone())).ends_with("and your connection"));
        assert!(unreachable(&asked, &Error::Cancelled(asked.clone())).hints.is_empty());
    }

    #[test]
    fn the_defaults_are_the_networks_own() {
        assert_eq!(network(&Config::default()), Settings::default());
    }
}
