//! Feeds: from bytes to entries, whatever the bytes look like.
//!
//! RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, JSON Feed 1.0 and 1.1 with the usual namespaces, read in
//! one pass by a reader that never gives up ([`token`] says why it is our own); OPML and newsboat's
//! `urls`, in and out; and where the feeds of a page are ([`discover`]).
//!
//! The way of a feed through this room:
//!
//! ```text
//! bytes ─ text::charset ─▶ text ─┬─ token ─▶ xml ──┬─▶ draft ─▶ Parsed
//!                                └─ json ──────────┘   (links resolved, titles to text)
//! ```
//!
//! Pure: no clock, no files, no network. Nothing here panics or recurses on any input, and every
//! step is linear in the length of its input.

pub mod date;
pub mod entry;
pub mod identity;

mod capture;
mod draft;
mod entity;
mod html_text;
mod names;
mod schedule;
mod token;
mod xml;

pub use entry::{Complaint, Entry, FeedHead, Format, NotAFeed, Parsed, What};
pub use identity::identity;

use std::borrow::Cow;

use crate::text::{Link, charset};
use draft::Complaints;

/// Where a page says that a feed of its is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternate {
    /// The feed's address.
    pub link: Link,
    /// What the page calls it.
    pub title: Option<crate::text::Clean>,
    /// Its format, as far as the page says.
    pub kind: Option<Format>,
}

/// Reads a feed.
///
/// `content_type` is the HTTP header's value: it helps to find the encoding and is otherwise not
/// believed. `address` is where the feed was fetched from: relative links are resolved against it.
///
/// # Errors
/// [`NotAFeed`] says what the bytes are instead, and for a page which feeds it points to.
pub fn parse(bytes: &[u8], content_type: Option<&str>, address: Option<&Link>) -> Result<Parsed, NotAFeed> {
    let decoded = charset::decode(bytes, content_type);
    let mut complaints = Complaints::default();
    if decoded.lossy {
        complaints.add(Complaint::Lossy(decoded.encoding));
    }
    let text = without_controls(&decoded.text);
    let start = text.trim_start();
    if start.is_empty() {
        return Err(NotAFeed { what: What::Empty, alternates: Vec::new() });
    }
    xml::read(&text, address, complaints).map_err(|_| NotAFeed { what: What::Xml, alternates: Vec::new() })
}

/// The text without control characters, which have no place in XML and cut names and numbers in
/// two. Copied only if there are any.
fn without_controls(text: &str) -> Cow<'_, str> {
    let control = |c: char| {
        (c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}')
    };
    if text.bytes().any(|b| b < b' ' && !matches!(b, b'\t' | b'\n' | b'\r')) || text.contains(control) {
        Cow::Owned(text.chars().filter(|c| !control(*c)).collect())
    } else {
        Cow::Borrowed(text)
    }
}
