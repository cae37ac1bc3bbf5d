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
pub mod discover;
pub mod entry;
pub mod identity;
pub mod newsboat;
pub mod opml;

mod capture;
mod draft;
mod entity;
mod html_text;
mod json;
mod names;
mod schedule;
mod token;
mod xml;

pub use discover::Alternate;
pub use entry::{Complaint, Entry, FeedHead, Format, NotAFeed, Parsed, What};
pub use identity::identity;

use std::borrow::Cow;
use std::collections::HashMap;

use crate::text::{Link, charset};
use draft::Complaints;

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
    let not_a_feed = |what| NotAFeed { what, alternates: Vec::new() };
    if start.is_empty() {
        return Err(not_a_feed(What::Empty));
    }
    if start.starts_with(['{', '[']) {
        return json::read(start, address, complaints).ok_or_else(|| not_a_feed(What::Json)).map(tell_apart);
    }
    xml::read(&text, address, complaints).map(tell_apart).map_err(|seen| {
        if seen.opml {
            not_a_feed(What::Opml)
        } else if seen.html || (seen.element && discover::is_page(start)) {
            let alternates = address.map(|address| discover::alternates(start, address)).unwrap_or_default();
            NotAFeed { what: What::Html, alternates }
        } else if decoded.text.contains('\0') {
            not_a_feed(What::Binary)
        } else if start.starts_with('<') {
            not_a_feed(What::Xml)
        } else {
            not_a_feed(What::Text)
        }
    })
}

/// Takes the guids away from entries that share one and are plainly different (some publishers put
/// the site's address into every guid), so that [`identity`] falls back to their links.
fn tell_apart(mut parsed: Parsed) -> Parsed {
    let mut by_guid: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, entry) in parsed.entries.iter().enumerate() {
        if let Some(guid) = &entry.guid {
            by_guid.entry(guid.untrusted()).or_default().push(at);
        }
    }
    let different = |a: &Entry, b: &Entry| a.title != b.title && a.link != b.link;
    let mut shared: Vec<usize> = Vec::new();
    for same in by_guid.into_values().filter(|same| same.len() > 1) {
        let entries = &parsed.entries;
        if same.windows(2).all(|two| different(&entries[two[0]], &entries[two[1]])) {
            shared.extend(same);
        }
    }
    shared.sort_unstable();
    if let Some(guid) = shared.first().and_then(|first| parsed.entries[*first].guid.as_ref()) {
        parsed.complaints.push(Complaint::SharedGuid(guid.line()));
    }
    for at in shared {
        parsed.entries[at].guid = None;
    }
    parsed
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
