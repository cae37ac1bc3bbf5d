//! From a page, a piece of feed HTML or a saved text to a [`Document`]: pure, no input or output.
//!
//! - [`fragment`]: the HTML that feeds carry.
//! - [`page()`]: a web page.
//! - [`saved_text`]: plain text saved from a page.
//! - [`saved()`]: a file, whichever of these it is, also where a browser packed the page (MHTML).
//!
//! Whatever comes in, the work is linear in its size, which is capped, and the document that comes
//! out is shallow: see [`html::MAX_BYTES`] and [`html::MAX_NESTING`].
//!
//! [`Document`]: crate::model::Document

mod archive;
mod byline;
mod date;
mod enclosed;
pub mod html;
mod outcome;
mod page;
pub mod saved;
pub mod sniff;

pub use archive::is_archive;
pub use enclosed::is_picture;
pub use html::fragment;
pub use outcome::{Dropped, Extracted, FileKind, Gate, NotAnArticle, RelatedHeadline};
pub use page::{page, page_with};
pub use saved::saved_text;
pub use sniff::saved;

/// The longest start of `text` of at most `bytes`.
fn start_of(text: &str, bytes: usize) -> &str {
    let mut end = text.len().min(bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
