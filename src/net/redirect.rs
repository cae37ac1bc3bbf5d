//! Following redirects by hand, to know what each of them said.

use reqwest::header::{HeaderMap, LOCATION};

use super::Error;
use crate::text::near::is_near;
use crate::text::{Clean, Link};

/// How many redirects are followed.
pub(super) const MAX: usize = 10;

/// The way from the address that was asked for to the one that answered.
#[derive(Debug)]
pub(super) struct Way {
    asked: Link,
    /// Where we are.
    pub(super) at: Link,
    hops: usize,
    permanent: bool,
}

impl Way {
    pub(super) fn new(asked: Link) -> Self {
        Self { at: asked.clone(), asked, hops: 0, permanent: true }
    }

    /// Takes the hop that an answer asks for. Returns whether it asked for one.
    ///
    /// # Errors
    /// After [`MAX`] hops, and where it leads to something that is not fetched: no web address, or one
    /// of this machine or its network, where that is not what was asked for.
    pub(super) fn follow(&mut self, code: u16, headers: &HeaderMap) -> Result<bool, Error> {
        if !matches!(code, 301 | 302 | 303 | 307 | 308) {
            return Ok(false);
        }
        let Some(to) = headers.get(LOCATION) else { return Ok(false) };
        if self.hops == MAX {
            return Err(Error::RedirectLoop(self.asked.clone()));
        }
        // Headers are bytes; addresses beyond ASCII come in UTF-8 if they come at all.
        let to = String::from_utf8_lossy(to.as_bytes());
        let may_go = |to: &Link| to.is_web() && (is_near(&self.asked) || !is_near(to));
        let Some(to) = self.at.join(&to).filter(may_go) else {
            return Err(Error::RedirectRefused(self.asked.clone(), Clean::new(&to)));
        };
        self.permanent &= matches!(code, 301 | 308);
        self.hops += 1;
        self.at = to;
        Ok(true)
    }

    /// The new address, if every hop was permanent and there was one. One that gives up a safe
    /// connection is followed this time, but not learned for good: anybody on the way could say it.
    pub(super) fn moved_permanently(&self) -> Option<Link> {
        let secure = |link: &Link| link.as_str().starts_with("https:");
        let safe = secure(&self.at) || !secure(&self.asked);
        (self.hops > 0 && self.permanent && safe && self.at != self.asked).then(|| self.at.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stranger_does_not_lead_into_the_own_network() {
        let follow = |asked: &str, to: &str| {
            let mut way = Way::new(Link::parse(asked).unwrap());
            let headers = HeaderMap::from_iter([(LOCATION, to.parse().unwrap())]);
            way.follow(302, &headers).is_ok()
        };
        assert!(follow("https://news.example/feed", "https://other.example/feed"));
        for near in ["http://127.0.0.1:8080/", "//192.168.1.1/reboot", "http://localhost/", "file:///etc/passwd"] {
            assert!(!follow("https://news.example/feed", near), "{near}");
        }
        assert!(
            follow("http://localhost:8080/feed", "http://127.0.0.1:8081/"),
            "what is near may lead to what is near"
        );
    }
}
