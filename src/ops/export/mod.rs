//! Articles written out for other programs and for people.
//!
//! - `text`, `markdown`, `html`: pure, from an [`Article`] or its [`Document`](crate::model::Document)
//!   to text. What is written holds nothing that could drive a terminal, since everything in it is
//!   already clean; each writer besides escapes what its own format would take for markup
//! - `piece`: an article with everything that is kept of it; `whole`, `book`, `site`, `lines`: what is
//!   made of it
//! - `quiet`: a file that fails once
//! - `outline`: headings without a gap between their levels
//! - `names`, `files`: where it goes, without losing what is there
//! - `run`: an export from beginning to end

mod book;
mod files;
mod halves;
mod html;
mod lines;
mod markdown;
mod names;
mod outline;
mod piece;
mod quiet;
mod rows;
mod run;
mod site;
mod text;
mod whole;

pub use files::Existing;
pub use html::{fragment as html_fragment, page as html};
pub(super) use lines::PictureLine;
pub use markdown::{article as markdown, escape as markdown_escaped};
pub use run::{Exported, Job, export, feed_list, json_line};
pub use text::{article as text, document as document_text};

use jiff::tz::TimeZone;

use crate::clean;
use crate::model::{Article, Block, Form};
use crate::ops::Failure;
use crate::store::Reader;
use crate::text::{Clean, CleanText, Lang};

/// An article in the form that another program wants.
///
/// # Errors
/// That the store cannot be read: one JSON object has more of an article than what is shown.
pub fn written(reader: &Reader, article: &Article, form: Form, zone: &TimeZone) -> Result<CleanText, Failure> {
    Ok(match form {
        Form::Text => text(article, None, zone),
        Form::Markdown => markdown(article, zone),
        Form::Json => CleanText::new(&json_line(reader, article.headline.id)?.unwrap_or_default()),
        Form::Url => {
            article.headline.link.as_ref().map_or_else(CleanText::default, |link| CleanText::new(link.as_str()))
        }
    })
}

/// Who, where from and when, in one line: `By A. Writer · Asia-Plus · 23 November 2023 09:14`.
fn credits(article: &Article, zone: &TimeZone) -> Clean {
    let headline = &article.headline;
    let mut parts: Vec<Clean> = article.byline.iter().cloned().collect();
    parts.push(headline.source.clone());
    parts.push(headline.published.format("%-d %B %Y %H:%M", zone));
    let parts: Vec<&str> = parts.iter().map(Clean::as_str).filter(|part| !part.is_empty()).collect();
    clean!("{}", parts.join(" · "))
}

/// The person's tags as they are shown: `#asia #to read`.
fn tags(article: &Article) -> Clean {
    let tags: Vec<String> = article.headline.tags.iter().map(|tag| format!("#{tag}")).collect();
    Clean::new(&tags.join(" "))
}

/// The language of an article, as HTML and books name it: `en`.
fn language(article: &Article) -> Option<String> {
    let code = article.headline.lang.as_ref()?;
    Some(Lang::from_code(code.as_str()).map_or_else(|| code.to_string(), |lang| lang.short().to_owned()))
}

/// A picture that cannot be named: nothing to write.
fn is_blank(block: &Block) -> bool {
    matches!(block, Block::Figure { image, caption } if image.link.is_none() && image.alt.is_empty() && caption.is_empty())
}

#[cfg(test)]
mod tests;
