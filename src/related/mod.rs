//! Related news: which stored articles belong with one another, and why.
//!
//! An article is signed once ([`sign`]): its heaviest terms with their weights, and its [`Gist`], what it
//! is about whatever words say it, by a [`background`] counted from news at large. The store keeps the
//! [`Signature`] and, for every term, the list of articles that hold it ([`postings`]). [`related()`]
//! finds candidates by the heaviest terms of the article being read, compares full signatures by the
//! cosine of `(1 + ln tf) · idf` and by gist, and shows nothing under a floor; [`Batch`] does the same
//! for all articles at once, exactly. docs/related.md explains it all, with figures. [`reasons()`] names what both share
//! in the words of the text; [`mix`] weighs recency and variety of sources; [`copies`] tells what is
//! the same text again. [`digest()`] makes all that is kept of an article in one pass.
//!
//! Pure: it knows no database (see [`Index`]), no threads and no clock, and gives the same answer to
//! the same question always.

pub mod background;
mod batch;
pub mod copies;
mod digest;
mod gist;
mod index;
pub mod mix;
mod names;
pub mod novel;
pub mod postings;
mod probe;
mod rank;
mod reasons;
mod signature;
mod stop;
pub mod stories;

pub use batch::{Batch, Room};
pub use digest::{Digest, Digester, digest};
pub use gist::Gist;
pub use index::{Index, MemoryIndex, Posting};
pub use rank::{Floor, Limits, Scored, floor, idf, related, related_within, similarity};
pub use reasons::{MAX_REASONS, Telling, reasons};
pub use signature::{DamagedSignature, MAX_NAMES, MAX_TERMS, Signature, Term, is_stop, sign, term};

/// The recipe of [`Signature`]s. A new one is due whenever the same article would be signed otherwise:
/// stores then sign all their articles anew.
pub const RECIPE: &str = "3";

#[cfg(test)]
mod tests;
