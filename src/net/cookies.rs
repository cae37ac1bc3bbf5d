//! Cookies within one chain of redirects, and no longer: some sites send a visitor in a circle until
//! a cookie comes back. Nothing is kept beyond the request, so nobody is recognised the next time.

use reqwest::header::{COOKIE, HeaderMap, HeaderValue, SET_COOKIE};
use url::{Origin, Url};

/// The most cookies of one chain, and the most bytes of one of them: what browsers are asked to take
/// at the least (RFC 6265 §6.1).
const MOST: usize = 50;
const LONGEST: usize = 4096;

/// What was set on the way. A cookie goes back only to the origin (scheme, host, port) that set it,
/// whatever domain it asks for: narrower than browsers, and enough for a circle.
#[derive(Debug, Default)]
pub(super) struct Cookies(Vec<(Origin, String, String)>);

impl Cookies {
    /// Takes in what the answer of `at` sets.
    pub(super) fn learn(&mut self, at: &Url, headers: &HeaderMap) {
        for set in headers.get_all(SET_COOKIE) {
            let Ok(set) = set.to_str() else { continue };
            let Some((name, value)) = set.split(';').next().and_then(|pair| pair.split_once('=')) else { continue };
            let (name, value) = (name.trim(), value.trim());
            if name.is_empty() || set.len() > LONGEST {
                continue;
            }
            self.0.retain(|(origin, known, _)| !(known == name && *origin == at.origin()));
            if self.0.len() < MOST {
                self.0.push((at.origin(), name.to_owned(), value.to_owned()));
            }
        }
    }

    /// The header to send to `to`, if there is anything to send.
    pub(super) fn put(&self, to: &Url, headers: &mut HeaderMap) {
        let pairs: Vec<String> = self
            .0
            .iter()
            .filter(|(origin, ..)| *origin == to.origin())
            .map(|(_, name, value)| format!("{name}={value}"))
            .collect();
        match HeaderValue::from_str(&pairs.join("; ")) {
            Ok(mut value) if !pairs.is_empty() => {
                value.set_sensitive(true);
                headers.insert(COOKIE, value);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_goes_back_to_its_origin_alone() {
        let mut cookies = Cookies::default();
        let mut set = HeaderMap::new();
        for cookie in ["a=1; Path=/; HttpOnly", "b=2", "a=3; Domain=.example", "=x", "nonsense"] {
            set.append(SET_COOKIE, cookie.parse().unwrap());
        }
        cookies.learn(&Url::parse("https://one.example/x").unwrap(), &set);
        let sent = |to: &str| {
            let mut headers = HeaderMap::new();
            cookies.put(&Url::parse(to).unwrap(), &mut headers);
            headers.get(COOKIE).map(|value| value.to_str().unwrap().to_owned())
        };
        assert_eq!(sent("https://one.example/y").as_deref(), Some("b=2; a=3"));
        for other in ["http://one.example/", "https://two.example/", "https://one.example:8443/"] {
            assert_eq!(sent(other), None, "{other}");
        }
    }

    #[test]
    fn a_flood_is_cut() {
        let mut cookies = Cookies::default();
        let mut set = HeaderMap::new();
        for n in 0..1000 {
            set.append(SET_COOKIE, format!("c{n}=1").parse().unwrap());
        }
        set.append(SET_COOKIE, format!("long={}", "x".repeat(LONGEST)).parse().unwrap());
        cookies.learn(&Url::parse("https://one.example/").unwrap(), &set);
        assert_eq!(cookies.0.len(), MOST);
    }
}
