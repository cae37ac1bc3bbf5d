//! Everything about text that is not about news: trust, display width, wrapping, folding, words.
//!
//! The lowest layer: it uses nothing else of Dateline's. See [`trust`] for the rule that the whole
//! program leans on.

mod address;
pub mod charset;
pub mod code;
pub mod columns;
pub mod direction;
pub mod fold;
pub mod fuzzy;
pub mod grid;
pub mod hyphens;
pub mod language;
pub mod months;
pub mod near;
pub mod quotes;
pub mod raised;
pub mod sanitise;
pub mod sentences;
pub mod tex;
pub mod trifles;
pub mod trust;
pub mod width;
pub mod words;
pub mod wrap;

pub use language::Lang;
pub use trust::{Clean, CleanText, Link, Raw};
