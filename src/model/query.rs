//! The query language: one for the search box, filters, saved queries, mutes and the command line.
//!
//! ```text
//! minsk summit                 both words, by stem, anywhere
//! elect*                       words that begin so
//! "collective security"        a phrase
//! -sport    NOT sport          without
//! grain OR wheat   grain | wheat
//! (grain OR wheat) -futures    OR binds loosest, so `a b OR c` is `(a b) OR c`
//! title:summit body: source:reuters author:   where (a word, a phrase, a /regex/ or a group)
//! tag:asia tag:as* lang:ru is:unread since:2d before:2024-01-31
//! note:ask note:"to check"     in what the person wrote about an article
//! /drone[s]? strike/           a regular expression (of the `regex` crate; `\/` is a slash)
//! ~hbrpost  title:~hbr         these letters in this order: headline, source, tags (or one of them)
//! \-5 \OR                      a backslash takes a character's meaning away
//! ```
//!
//! [`Query::parse`] reads it, `Display` writes a form that reads back to the same query. Nothing here
//! looks at a clock: a relative time stays relative until [`When::resolve`] is given the moment.
//! Words stay as typed; the store makes index forms of them (`text::words::forms`).

mod parse;
mod show;
mod values;
mod when;

use std::fmt;
use std::ops::Range;

use crate::text::Lang;

pub use when::{NoTime, Unit, When};

/// The most typed queries that are remembered from one run to the next.
pub const REMEMBERED: usize = 100;

/// A query. The default one is empty and matches everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// What an article must match; `None` matches all.
    pub expr: Option<Expr>,
}

/// A part of a query.
///
/// [`Query::parse`] gives a settled shape: `All` and `Any` have at least two parts, none of them of
/// the same kind, and `Not` never holds a `Not`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {
    /// Matches what all of them match.
    All(Vec<Expr>),
    /// Matches what any of them matches.
    Any(Vec<Expr>),
    /// Matches what it does not match.
    Not(Box<Expr>),
    /// Words in the article.
    Text {
        /// Where; anywhere when `None`.
        field: Option<Field>,
        /// What.
        text: Text,
    },
    /// Carries this tag of the person's (compared folded).
    Tag(String),
    /// Carries a tag of the person's that begins so (compared folded).
    TagsFrom(String),
    /// Is written in this language.
    Lang(Lang),
    /// Is in this state.
    Is(Is),
    /// Was published at this moment or later.
    Since(When),
    /// Was published before this moment.
    Before(When),
}

/// What is looked for in an article's text. Never empty when parsed; may hold no word at all (`"—"`),
/// and is then to be passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Text {
    /// One word, as typed.
    Word(String),
    /// Words that begin so; of several, side by side, only the last may go on.
    Prefix(String),
    /// Words in this order, side by side.
    Phrase(String),
    /// A regular expression over the text as it stands; valid by the syntax of the `regex` crate,
    /// which may still refuse it for its size.
    Regex(String),
    /// Letters in this order and near one another, in one line of what a row shows: its headline, its
    /// source, its tags. As names are found in the go-to list ([`Fuzzy::fits`](crate::text::fuzzy::Fuzzy::fits)).
    Letters(String),
}

/// Where words are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// The headline.
    Title,
    /// The text.
    Body,
    /// The outlet's or feed's name.
    Source,
    /// The byline.
    Author,
    /// What the person wrote about it; nothing else looks there.
    Note,
}

/// The states an article can be in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Is {
    /// Not read yet.
    Unread,
    /// Read.
    Read,
    /// Kept for good.
    Bookmarked,
    /// The person wrote something about it.
    Noted,
    /// Only a headline.
    Stub,
    /// Folded under another article of its story or as its copy.
    Folded,
    /// Muted: otherwise such articles are not found.
    Muted,
}

impl Field {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Title, Self::Body, Self::Source, Self::Author, Self::Note];

    /// Its name in a query.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Body => "body",
            Self::Source => "source",
            Self::Author => "author",
            Self::Note => "note",
        }
    }
}

impl Is {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Unread, Self::Read, Self::Bookmarked, Self::Noted, Self::Stub, Self::Folded, Self::Muted];

    /// Its name in a query.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Unread => "unread",
            Self::Read => "read",
            Self::Bookmarked => "bookmarked",
            Self::Noted => "noted",
            Self::Stub => "stub",
            Self::Folded => "folded",
            Self::Muted => "muted",
        }
    }
}

/// Every name that may stand before a colon, for completion and help.
pub const FIELD_NAMES: [&str; 10] =
    ["title", "body", "source", "author", "note", "tag", "lang", "is", "since", "before"];

/// What is wrong with a query, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError {
    /// The spot, in bytes of the query; within it and on character borders. May be empty at its end.
    pub at: Range<usize>,
    /// What is wrong, in plain words.
    pub message: String,
    /// What was probably meant, or what to do.
    pub hint: Option<String>,
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.hint {
            Some(hint) => write!(f, " ({hint})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for QueryError {}

impl Query {
    /// Reads a query; white space alone is the empty one. Linear in its length.
    ///
    /// # Errors
    /// Says what is wrong, where, and the nearest thing that would be right. At most 4,096 bytes and
    /// 32 parentheses deep.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        parse::parse(text, false)
    }

    /// Reads a query while it is typed: the word at its end is taken for the beginning of one
    /// ([`Text::Prefix`]), and what is not finished there (`"grain de`, `is:un`, `(a OR`) for as much
    /// as it says already. Linear in its length.
    ///
    /// # Errors
    /// As [`Query::parse`], for what nothing that is typed after it can make right.
    pub fn typed(text: &str) -> Result<Self, QueryError> {
        parse::parse(text, true)
    }

    /// Whether it matches everything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.expr.is_none()
    }

    /// The texts a matching article holds, with their fields: what to mark in it. What stands under
    /// `-` is left out.
    #[must_use]
    pub fn marks(&self) -> Vec<(Option<Field>, &Text)> {
        fn walk<'a>(expr: &'a Expr, out: &mut Vec<(Option<Field>, &'a Text)>) {
            match expr {
                Expr::All(parts) | Expr::Any(parts) => parts.iter().for_each(|part| walk(part, out)),
                Expr::Text { field, text } => out.push((*field, text)),
                _ => {}
            }
        }
        let mut out = Vec::new();
        if let Some(expr) = &self.expr {
            walk(expr, &mut out);
        }
        out
    }

    /// Whether it says anything of that state.
    #[must_use]
    pub fn speaks_of(&self, state: Is) -> bool {
        fn walk(expr: &Expr, state: Is) -> bool {
            match expr {
                Expr::All(parts) | Expr::Any(parts) => parts.iter().any(|part| walk(part, state)),
                Expr::Not(inner) => walk(inner, state),
                Expr::Is(is) => *is == state,
                _ => false,
            }
        }
        self.expr.as_ref().is_some_and(|expr| walk(expr, state))
    }

    /// Whether no index helps with it: a regular expression costs the reading of texts, letters in their
    /// order that of headlines.
    #[must_use]
    pub fn is_slow(&self) -> bool {
        fn walk(expr: &Expr) -> bool {
            match expr {
                Expr::All(parts) | Expr::Any(parts) => parts.iter().any(walk),
                Expr::Not(inner) => walk(inner),
                Expr::Text { text, .. } => matches!(text, Text::Regex(_) | Text::Letters(_)),
                _ => false,
            }
        }
        self.expr.as_ref().is_some_and(walk)
    }

    /// The same, its plain words looked for by their letters in what rows show, and as words in
    /// headlines: for a list whose rows one knows, and wants by a few letters. A phrase, a field and what
    /// is left out stay what they are.
    #[must_use]
    pub fn by_letters(self) -> Self {
        fn walk(expr: Expr) -> Expr {
            match expr {
                Expr::All(parts) => Expr::All(parts.into_iter().map(walk).collect()),
                Expr::Any(parts) => {
                    let parts: Vec<Expr> = parts.into_iter().map(walk).collect();
                    Expr::any(parts.clone()).unwrap_or(Expr::Any(parts))
                }
                Expr::Text { field: None, text: Text::Word(word) } => either(word, Text::Word),
                Expr::Text { field: None, text: Text::Prefix(word) } => either(word, Text::Prefix),
                other => other,
            }
        }
        fn either(word: String, text: fn(String) -> Text) -> Expr {
            let letters = Expr::Text { field: None, text: Text::Letters(word.clone()) };
            Expr::Any(vec![letters, Expr::Text { field: Some(Field::Title), text: text(word) }])
        }
        Self { expr: self.expr.map(walk) }
    }

    /// What matches both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { expr: Expr::all([self.expr, other.expr].into_iter().flatten().collect()) }
    }
}

impl Expr {
    /// What matches all of `parts`, in the settled shape; `None` of none.
    #[must_use]
    pub fn all(parts: Vec<Self>) -> Option<Self> {
        Self::settle(parts, Self::All, |part| match part {
            Self::All(inner) => Ok(inner),
            other => Err(other),
        })
    }

    /// What matches any of `parts`, in the settled shape; `None` of none.
    #[must_use]
    pub fn any(parts: Vec<Self>) -> Option<Self> {
        Self::settle(parts, Self::Any, |part| match part {
            Self::Any(inner) => Ok(inner),
            other => Err(other),
        })
    }

    /// What `self` does not match, in the settled shape.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    fn settle(
        parts: Vec<Self>,
        make: impl FnOnce(Vec<Self>) -> Self,
        inner: impl Fn(Self) -> Result<Vec<Self>, Self>,
    ) -> Option<Self> {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match inner(part) {
                Ok(parts) => flat.extend(parts),
                Err(part) => flat.push(part),
            }
        }
        if flat.len() > 1 { Some(make(flat)) } else { flat.pop() }
    }
}

#[cfg(test)]
mod tests;
