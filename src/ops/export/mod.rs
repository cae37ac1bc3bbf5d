//! Articles written out for other programs and for people: plain text, Markdown, HTML.
//!
//! Pure: from an [`Article`] or its [`Document`](crate::model::Document) to
//! text. What is written holds nothing that could drive a terminal, since everything in it is
//! already clean; each writer besides escapes what its own format would take for markup.

mod html;
mod markdown;
mod text;

pub use html::{fragment as html_fragment, page as html};
pub use markdown::{article as markdown, escape as markdown_escaped};
pub use text::{article as text, document as document_text};

use jiff::tz::TimeZone;

use crate::clean;
use crate::model::{Article, Block};
use crate::text::Clean;

/// Who, where from and when, in one line: `By A. Writer · Asia-Plus · 23 November 2023 09:14`.
fn credits(article: &Article, zone: &TimeZone) -> Clean {
    let headline = &article.headline;
    let mut parts: Vec<Clean> = article.byline.iter().cloned().collect();
    parts.push(headline.source.clone());
    parts.push(headline.published.format("%-d %B %Y %H:%M", zone));
    let parts: Vec<&str> = parts.iter().map(Clean::as_str).filter(|part| !part.is_empty()).collect();
    clean!("{}", parts.join(" · "))
}

/// A picture that cannot be named: nothing to write.
fn is_blank(block: &Block) -> bool {
    matches!(block, Block::Figure { image, caption } if image.link.is_none() && image.alt.is_empty() && caption.is_empty())
}

#[cfg(test)]
mod tests;
