//! Pages and feeds named by their addresses.

use crate::clean;
use crate::config::Config;
use crate::net::{Answer, Cancel, Fetched, Net, Request};
use crate::ops::{self, Failure, Kind};
use crate::text::Link;

/// Whether `text` is the address of something on the web rather than the name of a file.
pub(super) fn address(text: &str) -> Option<Link> {
    let scheme = text.split_once("://")?.0;
    if !["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return None;
    }
    Link::parse(text).filter(Link::is_web)
}

/// The network as the configuration wants it.
pub(super) fn net(config: &Config) -> Result<Net, Failure> {
    Net::new(&ops::network(config)).map_err(|error| failure(&error))
}

/// Fetches a page.
pub(super) fn page(config: &Config, address: &Link) -> Result<Fetched, Failure> {
    match net(config)?.fetch(Request::page(address.clone()), &Cancel::new()) {
        Ok(Answer::Fetched(fetched)) => Ok(fetched),
        // Nothing was asked conditionally, so "not modified" is no answer.
        Ok(Answer::NotModified(_) | Answer::Local(_)) => {
            Err(Failure::new(Kind::Network, clean!("{address} gave no content")))
        }
        Ok(Answer::Gone) => Err(Failure::new(Kind::Network, clean!("{address} was taken away for good"))),
        Err(error) => Err(failure(&error)),
    }
}

/// A network error as a failure.
pub(super) fn failure(error: &crate::net::Error) -> Failure {
    match error.address() {
        Some(address) => ops::unreachable(address, error),
        None => Failure::new(Kind::Network, clean!("{error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_not_an_address() {
        assert_eq!(address("news/page.html"), None);
        assert_eq!(address("file:///etc/passwd"), None);
        assert!(address("http://127.0.0.1:1/x").is_some());
    }
}
