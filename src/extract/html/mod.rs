//! HTML to [`Document`].
//!
//! Three steps, each linear: [`mod@guard`] makes the markup well nested, shallow and small; html5ever's
//! tokenizer reads tags and entities; [`builder`] makes blocks of them with a stack of its own. No
//! tree is built and nothing recurses into the input.

mod attributes;
mod builder;
mod elements;
mod embeds;
mod escaped;
mod flatten;
mod frames;
mod guard;
mod image;
mod line;
mod math;
mod notes;
mod open;
mod table;
mod tabs;
mod tag;

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::{Rcdata, ScriptData};
use html5ever::tokenizer::{BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use crate::model::Document;
use crate::text::Link;

pub use builder::MAX_NESTING;
pub(super) use guard::guard;
pub use guard::{MAX_BYTES, MAX_DEPTH, MAX_ELEMENTS};
pub(super) use image::resolve;
pub use line::MAX_MARKS;
pub use tag::{MAX_ATTRIBUTES, MAX_VALUE};

/// Makes a document of a piece of HTML: the content or summary of a feed's entry, or the article
/// part of a page. Links are resolved against `base` and lose their tracking parameters; those that
/// Dateline does not open (`javascript:` and the like) lose their link and keep their words.
///
/// Text that is itself markup (`&lt;p&gt;…`, escaped once too often) is unescaped once and read as
/// markup. Never fails: what is not HTML is text. Linear in the length of `html`; more than
/// [`MAX_BYTES`] are cut off, and the result is nested at most [`MAX_NESTING`] blocks deep.
#[must_use]
pub fn fragment(html: &str, base: Option<&Link>) -> Document {
    match escaped::unescape(html) {
        Some(markup) => read(&markup, base),
        None => read(html, base),
    }
}

fn read(html: &str, base: Option<&Link>) -> Document {
    let sink = Sink(RefCell::new(builder::Builder::new(base)));
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(guard(html)));
    // A script's end makes the tokenizer hand control back; there is nothing to run.
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    tokenizer.sink.0.into_inner().finish()
}

/// Passes html5ever's tokens on to the builder. (The trait takes `&self`, hence the cell.)
struct Sink<'a>(RefCell<builder::Builder<'a>>);

impl TokenSink for Sink<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut builder = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) => match (tag.kind, &*tag.name) {
                (TagKind::StartTag, name) => {
                    builder.start(name, attributes::Attributes(&tag.attrs));
                    match name {
                        "title" => return TokenSinkResult::RawData(Rcdata),
                        "script" => return TokenSinkResult::RawData(ScriptData),
                        _ => {}
                    }
                }
                (TagKind::EndTag, name) => builder.end(name),
            },
            Token::CharacterTokens(text) => builder.text(&text),
            Token::DoctypeToken(_)
            | Token::CommentToken(_)
            | Token::NullCharacterToken
            | Token::EOFToken
            | Token::ParseError(_) => {}
        }
        TokenSinkResult::Continue
    }
}

#[cfg(test)]
mod tests;
