//! What comes of an extraction: the article, or why there is none.

use std::fmt;

use crate::model::{Document, Enclosed, Time};
use crate::text::{Clean, CleanText, Link};

/// An article taken out of a page or a saved text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extracted {
    /// The headline: the page's own, else made from the first sentence. Never empty.
    pub title: Clean,
    /// Who wrote it, without a leading "By".
    pub byline: Option<Clean>,
    /// The place it is filed from, in the letters of the text (`Minsk`); a view sets it in
    /// capitals if it likes.
    pub dateline: Option<Clean>,
    /// The sentence under the headline.
    pub standfirst: Option<Clean>,
    /// When it was published. A date without a year is not one.
    pub published: Option<Time>,
    /// The zone that the page states [`Self::published`] in, in seconds east of UTC; `None` where it
    /// says UTC or nothing.
    pub zone: Option<i32>,
    /// The site's own name for itself.
    pub site: Option<Clean>,
    /// Where the page says it stands (`rel=canonical` and the like).
    pub link: Option<Link>,
    /// The language that the page names (BCP 47, lower-case).
    pub lang: Option<Clean>,
    /// The lead picture.
    pub image: Option<Link>,
    /// The story.
    pub document: Document,
    /// The line of the saved text on which the story's first paragraph begins, from 1; 0 for HTML.
    /// A headline or byline above it is not part of the body.
    pub body_start: usize,
    /// The line on which the story's last paragraph ends, from 1; 0 for HTML.
    pub body_end: usize,
    /// Headlines of other articles that stood on the page, in its order.
    pub related: Vec<RelatedHeadline>,
    /// What was left out, in the page's order.
    pub dropped: Vec<Dropped>,
    /// The story in plain text, a paragraph to a line.
    pub text: CleanText,
    /// The pictures of the story that came with the page.
    pub pictures: Vec<Enclosed>,
    /// What stands between the reader and the rest of the story, where something does.
    pub gate: Option<Gate>,
}

/// A headline of another article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelatedHeadline {
    /// Its words.
    pub title: Clean,
    /// Where the article stands, if the page links to it.
    pub link: Option<Link>,
}

/// Something that stood on the page and is not in the story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    /// Its line in a saved text, from 1; 0 for HTML.
    pub line: usize,
    /// Its words; the first of them where they are many.
    pub text: Clean,
    /// Why it was left out, in a few words of plain English.
    pub why: &'static str,
}

/// What a page shows instead of (the rest of) its story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gate {
    /// The rest is for subscribers.
    Paywall,
    /// The page wants consent to cookies first.
    Consent,
    /// The page is drawn by a program that a text reader does not run.
    Script,
    /// The page asks whether a person is reading, or refuses.
    Robots,
    /// The page asks to log in first.
    Login,
    /// The page says that there is nothing at its address.
    Missing,
    /// The page holds a film or sound and hardly a word.
    Media,
}

impl Gate {
    /// What can still be done, in a few words.
    #[must_use]
    pub const fn advice(self) -> &'static str {
        match self {
            Self::Paywall => "subscribers open it in the browser, save the page there, and import the saved file",
            Self::Consent | Self::Robots | Self::Login => {
                "open it in the browser, answer it there, save the page, and import the saved file"
            }
            Self::Script => "open it in the browser; a page that is saved there can be imported",
            Self::Missing => "an archive of the web may have it",
            Self::Media => "open it in the browser to see or hear it",
        }
    }
}

impl fmt::Display for Gate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Paywall => "the rest is for subscribers",
            Self::Consent => "the page asks for consent to cookies before it shows its text",
            Self::Script => "the page needs JavaScript to show its text",
            Self::Robots => "the page asks to prove that a person is reading",
            Self::Login => "the page asks to log in before it shows its text",
            Self::Missing => "the page says that there is nothing at this address",
            Self::Media => "the page holds a film or sound and no text",
        })
    }
}

/// What a file is, as its first bytes tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// A PDF document.
    Pdf,
    /// A picture.
    Image,
    /// A sound file.
    Audio,
    /// A film.
    Video,
    /// A compressed file or archive.
    Archive,
    /// A word processor's document or an e-book.
    Office,
    /// A database.
    Database,
    /// A program.
    Program,
    /// A typeface.
    Font,
    /// Bytes that are no text in any encoding.
    Binary,
}

impl fmt::Display for FileKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Pdf => "a PDF document",
            Self::Image => "a picture",
            Self::Audio => "a sound file",
            Self::Video => "a film",
            Self::Archive => "an archive",
            Self::Office => "an office document or e-book",
            Self::Database => "a database",
            Self::Program => "a program",
            Self::Font => "a typeface",
            Self::Binary => "a binary file",
        })
    }
}

/// Why there is no article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotAnArticle {
    /// There is nothing to read in it.
    Empty,
    /// There are headlines and no story: a front page or a section's list.
    AllHeadlines(Vec<RelatedHeadline>),
    /// The page shows something else in place of its story.
    Gated(Gate),
    /// It is not a text at all.
    NotText(FileKind),
    /// It is larger than Dateline reads: its size and the cap, in bytes.
    TooLarge(usize, usize),
}

impl fmt::Display for NotAnArticle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("there is nothing to read in it"),
            Self::AllHeadlines(headlines) => {
                write!(f, "it holds only headlines ({}) and no story", headlines.len())
            }
            Self::Gated(gate) => gate.fmt(f),
            Self::NotText(kind) => write!(f, "it is {kind}, not a page or a text"),
            Self::TooLarge(size, cap) => {
                write!(f, "it is too large ({} MB; at most {} MB)", size.div_ceil(1 << 20), cap >> 20)
            }
        }
    }
}

impl std::error::Error for NotAnArticle {}
