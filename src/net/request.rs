//! What is asked and what comes back.

use std::path::PathBuf;
use std::time::Duration;

use crate::model::Validators;
use crate::text::Link;

/// What kind of thing is wanted: tells the server which form to send, where it has several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Accept {
    /// A feed; a page will do, since it may name one.
    #[default]
    Feed,
    /// A page for people.
    Page,
    /// A picture, of a kind that is decoded where there is a choice.
    Picture,
}

impl Accept {
    pub(super) fn header(self) -> &'static str {
        match self {
            Self::Feed => {
                "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, \
                 application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.7, */*;q=0.5"
            }
            Self::Page => "text/html, application/xhtml+xml;q=0.9, application/xml;q=0.8, */*;q=0.5",
            Self::Picture => "image/webp, image/jpeg, image/png, image/gif, image/*;q=0.5, */*;q=0.1",
        }
    }
}

/// A request for one address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// What is asked for.
    pub address: Link,
    /// What the server gave last time, to be sent back: with it an answer may be
    /// [`Answer::NotModified`].
    pub validators: Validators,
    /// The kind of thing that is wanted.
    pub accept: Accept,
    /// The largest answer, in bytes after decompression; `None` for
    /// [`super::Settings::max_bytes`].
    pub max_bytes: Option<u64>,
    /// Whether a stranger named the address, a feed or a page: then it is not asked for where it lies on
    /// this machine or in its network.
    pub strange: bool,
}

impl Request {
    /// Asks for a feed, unconditionally.
    #[must_use]
    pub fn feed(address: Link) -> Self {
        Self { address, validators: Validators::default(), accept: Accept::Feed, max_bytes: None, strange: false }
    }

    /// Asks for a page, unconditionally.
    #[must_use]
    pub fn page(address: Link) -> Self {
        Self { accept: Accept::Page, ..Self::feed(address) }
    }

    /// Asks for a picture, unconditionally.
    #[must_use]
    pub fn picture(address: Link) -> Self {
        Self { accept: Accept::Picture, ..Self::feed(address) }
    }

    /// Asks only for what has changed since.
    #[must_use]
    pub fn with_validators(self, validators: Validators) -> Self {
        Self { validators, ..self }
    }
}

/// Something on this machine, asked for in the same way. Only for what the person named by hand: no
/// answer of a server ever becomes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Local {
    /// The output of a program with arguments.
    Command(Vec<String>),
    /// A file, and what it was like when it was last read.
    File(PathBuf, Validators),
}

/// Anything that can be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// A server.
    Web(Request),
    /// This machine.
    Local(Local),
}

impl From<Request> for Ask {
    fn from(request: Request) -> Self {
        Self::Web(request)
    }
}

impl From<Local> for Ask {
    fn from(local: Local) -> Self {
        Self::Local(local)
    }
}

/// A good answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// 304: what you have is what there is.
    NotModified(Unchanged),
    /// The thing itself.
    Fetched(Fetched),
    /// What this machine had; only where [`Local`] was asked for.
    Local(Output),
    /// 410: it was taken away for good, and the server would rather not be asked again.
    Gone,
}

/// What a server says of a thing that has not changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unchanged {
    /// As [`Fetched::moved_permanently`].
    pub moved_permanently: Option<Link>,
    /// As [`Fetched::fresh_for`].
    pub fresh_for: Option<Duration>,
}

/// What a command wrote or a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Output {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What a file is like now, to be given along the next time.
    pub validators: Validators,
}

/// What was fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// The bytes, decompressed.
    pub bytes: Vec<u8>,
    /// The `Content-Type` header.
    pub content_type: Option<String>,
    /// Where it was found, after redirects.
    pub final_address: Link,
    /// The new address, where the old one led there by permanent redirects alone (301, 308).
    pub moved_permanently: Option<Link>,
    /// What to send along next time. An empty value says that the server gave none.
    pub validators: Validators,
    /// How long it stays as it is, by what its server says (`Cache-Control`, `Expires`).
    pub fresh_for: Option<Duration>,
}
