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
mod doctype;
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

use crate::text::{Link, charset, sanitise};
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
    let clean = without_controls(&decoded.text);
    let text = doctype::expand(&clean);
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
/// the site's address into every guid), so that [`identity()`] falls back to their links.
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
/// two; escape sequences go whole, unless they would take markup with them; those of 128 to 159
/// become the characters of windows-1252, from which somebody made them by mistake. Copied only if
/// there are any.
fn without_controls(text: &str) -> Cow<'_, str> {
    if !has_controls(text.as_bytes()) {
        return Cow::Borrowed(text);
    }
    let keep = |c: char| match c {
        '\t' | '\n' | '\r' => Some(c),
        '\0'..='\u{1f}' | '\u{7f}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => None,
        '\u{80}'..='\u{9f}' => Some(entity::WINDOWS[c as usize - 0x80]),
        c => Some(c),
    };
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(escape) = rest.find('\u{1b}') {
        out.extend(rest[..escape].chars().filter_map(keep));
        rest = &rest[escape..];
        let length = sanitise::escape_length(rest);
        let takes_markup = rest[..length].contains(['<', '>', '&']);
        rest = &rest[if takes_markup { 1 } else { length }..];
    }
    out.extend(rest.chars().filter_map(keep));
    Cow::Owned(out)
}

/// Whether UTF-8 text holds any character that [`without_controls`] changes. Hardly any does: blocks
/// are looked at without branches, so that the compiler makes it a few instructions for each.
fn has_controls(text: &[u8]) -> bool {
    const BLOCK: usize = 64;
    let suspicious =
        |b: u8| (b < b' ' && b != b'\t' && b != b'\n' && b != b'\r') | (b == 0x7f) | (b == 0xc2) | (b == 0xef);
    text.chunks(BLOCK).enumerate().any(|(block, bytes)| {
        bytes.iter().fold(false, |found, b| found | suspicious(*b))
            && bytes.iter().enumerate().any(|(at, b)| {
                let next = |n: usize| text.get(block * BLOCK + at + n).copied().unwrap_or(0);
                match *b {
                    b'\t' | b'\n' | b'\r' => false,
                    0..b' ' | 0x7f => true,
                    0xc2 => matches!(next(1), 0x80..=0x9f),
                    0xef => matches!((next(1), next(2)), (0xbb, 0xbf) | (0xbf, 0xbe | 0xbf)),
                    _ => false,
                }
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn controls_go_and_windows_characters_come_back() {
        assert_eq!(without_controls("a\u{1}\u{7f}b\tc\u{feff}d\u{ffff}e"), "ab\tcde");
        assert_eq!(without_controls("a\u{1b}[1;31mb\u{1b}]0;x\u{7}c\u{1b}\u{1b}[0m\u{1b}]2;y\u{1b}\\"), "abc");
        assert_eq!(without_controls("<b>\u{1b}[</b>\u{1b}</a>"), "<b>[</b></a>");
        assert_eq!(without_controls("don\u{92}t \u{93}x\u{94}"), "don’t “x”");
        assert!(matches!(without_controls("é ï № 中 \r\n\t"), Cow::Borrowed(_)));
    }

    #[test]
    fn guids_that_name_nothing() {
        let feed = |second: &str| {
            let text = format!(
                "<rss><channel><item><guid>https://a.example/</guid><title>One</title><link>/1</link></item>\
                 <item><guid>https://a.example/</guid>{second}</item></channel></rss>"
            );
            parse(text.as_bytes(), None, Link::parse("https://a.example/feed").as_ref()).unwrap()
        };
        let different = feed("<title>Two</title><link>/2</link>");
        assert_eq!(different.complaints, [Complaint::SharedGuid("https://a.example/".into())]);
        assert_eq!(identity(&different.entries[0]).as_str(), "https://a.example/1");
        assert_eq!(identity(&different.entries[1]).as_str(), "https://a.example/2");
        let corrected = feed("<title>One, corrected</title><link>/1</link>");
        assert!(corrected.complaints.is_empty());
        assert_eq!(identity(&corrected.entries[0]), identity(&corrected.entries[1]));
    }

    proptest! {
        #[test]
        fn the_quick_look_agrees_with_the_slow(text in "(\\PC|\\pC|é|ï|\u{85}|\u{feff}|a){0,200}") {
            let changed = without_controls(&text) != text;
            prop_assert_eq!(has_controls(text.as_bytes()), changed);
        }
    }
}
