//! The trust types: text from outside is [`Raw`] until the sanitiser has made it [`Clean`],
//! [`CleanText`] or a [`Link`].
//!
//! Feeds, pages, file names, server messages and our own database file (files get edited) can all
//! carry bytes that drive a terminal: escape sequences, bidirectional overrides, invisible
//! characters. `Raw` has no `Display`, `Deref`, `AsRef<str>` or `Serialize`, so such text cannot
//! reach a screen, a log or a pipe by accident; the views and the command line take only the clean
//! types, and those are made only here.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{address, sanitise};

/// Text from outside, not yet fit to be shown.
///
/// Analysis may look at it with [`Raw::untrusted`]; nothing may print it. Its `Debug` form is
/// escaped.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Raw(String);

impl Raw {
    /// Marks `text` as coming from outside.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text as it came. For parsing and analysis only: never print it.
    #[must_use]
    pub fn untrusted(&self) -> &str {
        &self.0
    }

    /// One safe line: see [`Clean::new`].
    #[must_use]
    pub fn line(&self) -> Clean {
        Clean::new(&self.0)
    }

    /// Safe text with its line breaks: see [`CleanText::new`].
    #[must_use]
    pub fn text(&self) -> CleanText {
        CleanText::new(&self.0)
    }
}

impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Raw(\"{}\")", self.0.escape_default())
    }
}

impl From<&str> for Raw {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Raw {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

/// One line of text that no terminal can be driven by. Cheap to clone.
///
/// Holds no control characters, no escape sequences, no line breaks, no bidirectional controls, no
/// invisible formatters, and at most [`sanitise::MAX_MARKS`] combining marks in a row.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Clean(Arc<str>);

impl Clean {
    /// Cleans `text` into one line: white space is folded to single spaces and trimmed.
    /// Linear in the length of `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        if sanitise::is_clean_line(text) { Self(text.into()) } else { Self(sanitise::line(text).into()) }
    }

    /// Cleans a run inside a line: as [`Clean::new`], but one space at either end is kept, so that
    /// runs can be set side by side.
    #[must_use]
    pub fn run(text: &str) -> Self {
        Self(sanitise::run(text).into())
    }

    /// Cleans one line whose spaces matter (code, columns): they are kept as they are, tabs become
    /// four spaces and a line break becomes one.
    #[must_use]
    pub fn verbatim(text: &str) -> Self {
        Self(sanitise::text(text).replace('\n', " ").into())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Default for Clean {
    fn default() -> Self {
        Self(Arc::from(""))
    }
}

impl fmt::Display for Clean {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Clean {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

impl AsRef<str> for Clean {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// Our own words are cleaned like anyone's: there is one way in.
impl From<&str> for Clean {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Clean {
    fn from(text: String) -> Self {
        Self::new(&text)
    }
}

impl Serialize for Clean {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// Reading is a door as well: what is deserialised is cleaned, edge spaces kept.
impl<'de> Deserialize<'de> for Clean {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Ok(Self::run(&text))
    }
}

/// Makes a [`Clean`] line as `format!` makes a `String`.
#[macro_export]
macro_rules! clean {
    ($($arg:tt)*) => { $crate::text::Clean::new(&format!($($arg)*)) };
}

/// Several lines of text that no terminal can be driven by: as [`Clean`], with `\n` kept and tabs
/// made four spaces. Used for code, plain-text exports and whole messages.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct CleanText(String);

impl CleanText {
    /// Cleans `text`, keeping its line breaks (`\r\n` and `\r` become `\n`) and indentation.
    /// Linear in the length of `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(sanitise::text(text))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The lines, each of them safe.
    pub fn lines(&self) -> std::str::Lines<'_> {
        self.0.lines()
    }
}

impl fmt::Display for CleanText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for CleanText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl Serialize for CleanText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for CleanText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Ok(Self::new(&text))
    }
}

/// The longest address kept, in bytes; a longer one is not a link (it is an attack or a page in a
/// `data:` coat).
pub const MAX_LINK: usize = 8 * 1024;

/// An absolute address that may be shown, opened and sent to a terminal (OSC 8): scheme `http`,
/// `https` or `mailto`, percent-encoded and with an ASCII host, so that it holds only printable
/// ASCII. Parsed by the WHATWG URL rules (the `url` crate).
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Link(Arc<str>);

impl Link {
    /// Reads an absolute address; `None` if it is relative, malformed, longer than [`MAX_LINK`] or
    /// of a scheme that Dateline does not open.
    #[must_use]
    pub fn parse(address: &str) -> Option<Self> {
        let address = address.trim();
        if address::is_plain(address) && address.len() <= MAX_LINK {
            return Some(Self(address.into()));
        }
        Self::from_url(&url::Url::parse(address).ok()?)
    }

    /// Reads an address that may be relative to this one.
    #[must_use]
    pub fn join(&self, address: &str) -> Option<Self> {
        let address = address.trim();
        if let Some(joined) = address::join_plain(&self.0, address).filter(|joined| joined.len() <= MAX_LINK) {
            return Some(Self(joined.into()));
        }
        let base = url::Url::parse(&self.0).ok()?;
        Self::from_url(&base.join(address).ok()?)
    }

    fn from_url(url: &url::Url) -> Option<Self> {
        let allowed = match url.scheme() {
            "http" | "https" => url.host_str().is_some_and(|h| !h.is_empty()),
            "mailto" => true,
            _ => false,
        };
        let text = url.as_str();
        let printable = text.bytes().all(|b| b.is_ascii_graphic());
        (allowed && printable && text.len() <= MAX_LINK).then(|| Self(text.into()))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host without a leading `www.`, lower-case (in its ASCII form); empty for `mailto`.
    #[must_use]
    pub fn host(&self) -> &str {
        let Some((_, rest)) = self.0.split_once("://") else { return "" };
        let authority = rest.split(['/', '?', '#']).next().unwrap_or("");
        let host = authority.rsplit('@').next().unwrap_or(authority);
        let host = if host.starts_with('[') {
            host.split_inclusive(']').next().unwrap_or(host)
        } else {
            host.split(':').next().unwrap_or(host)
        };
        host.strip_prefix("www.").unwrap_or(host)
    }

    /// Whether it can be fetched over HTTP.
    #[must_use]
    pub fn is_web(&self) -> bool {
        !self.0.starts_with("mailto:")
    }

    /// The same address without the parameters that only follow people around (`utm_*`, `fbclid`
    /// and the like).
    #[must_use]
    pub fn without_tracking(&self) -> Self {
        if !self.0.contains('?') {
            return self.clone();
        }
        let Ok(mut url) = url::Url::parse(&self.0) else { return self.clone() };
        let kept: Vec<&str> = url.query().unwrap_or("").split('&').filter(|pair| !is_tracking(pair)).collect();
        let query = kept.join("&");
        url.set_query((!query.is_empty()).then_some(query.as_str()));
        Self::from_url(&url).unwrap_or_else(|| self.clone())
    }
}

/// Names of query parameters that carry nothing but tracking.
fn is_tracking(pair: &str) -> bool {
    const NAMES: &[&str] = &[
        "fbclid",
        "gclid",
        "dclid",
        "msclkid",
        "yclid",
        "igshid",
        "mc_cid",
        "mc_eid",
        "_hsenc",
        "_hsmi",
        "oly_enc_id",
        "oly_anon_id",
        "vero_id",
        "wickedid",
        "at_medium",
        "at_campaign",
        "ns_mchannel",
        "ns_source",
        "ns_campaign",
    ];
    let name = pair.split('=').next().unwrap_or("").to_ascii_lowercase();
    name.starts_with("utm_") || NAMES.contains(&name.as_str())
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

impl Serialize for Link {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Link {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not an address that Dateline opens"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_absolute_printable_and_of_a_known_scheme() {
        assert_eq!(
            Link::parse(" https://Пример.рф/а б ").unwrap().as_str(),
            "https://xn--e1afmkfd.xn--p1ai/%D0%B0%20%D0%B1"
        );
        for bad in ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "/relative", "http://", ""] {
            assert_eq!(Link::parse(bad), None, "{bad}");
        }
        assert!(Link::parse(&format!("http://a/{}", "x".repeat(MAX_LINK))).is_none());
    }

    #[test]
    fn a_link_cannot_carry_an_escape() {
        let link = Link::parse("http://a.example/\u{1b}[31m\u{202e}\n?q=\u{7}").unwrap();
        assert!(link.as_str().bytes().all(|b| b.is_ascii_graphic()), "{link}");
    }

    #[test]
    fn relative_links_are_joined() {
        let base = Link::parse("https://a.example/news/1").unwrap();
        assert_eq!(base.join("../x").unwrap().as_str(), "https://a.example/x");
        assert_eq!(base.join("javascript:x"), None);
    }

    #[test]
    fn hosts() {
        for (address, host) in [
            ("https://www.example.com/a", "example.com"),
            ("http://u:p@h.example:81?x", "h.example"),
            ("http://[::1]:80/", "[::1]"),
            ("mailto:a@b.example", ""),
        ] {
            assert_eq!(Link::parse(address).unwrap().host(), host);
        }
    }

    #[test]
    fn tracking_is_dropped_and_the_rest_kept() {
        let link = Link::parse("https://a.example/x?utm_source=rss&id=7&fbclid=z#top").unwrap();
        assert_eq!(link.without_tracking().as_str(), "https://a.example/x?id=7#top");
        let only = Link::parse("https://a.example/x?utm_source=rss").unwrap();
        assert_eq!(only.without_tracking().as_str(), "https://a.example/x");
    }

    #[test]
    fn reading_back_is_a_door() {
        let clean: Clean = serde_json::from_str(r#""a\u001b[31mb\u202ec""#).unwrap();
        assert_eq!(clean.as_str(), "abc");
        assert!(serde_json::from_str::<Link>(r#""file:///x""#).is_err());
    }
}
