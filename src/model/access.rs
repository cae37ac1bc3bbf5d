//! What the server of a feed wants to see before it answers, as the person describes it. The secret
//! itself is not here: only where it comes from.

use crate::text::Link;

/// A secret, and whom it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// Which requests it is for.
    pub holder: Holder,
    /// How it is shown to the server.
    pub scheme: Scheme,
    /// Where it comes from.
    pub source: Source,
}

impl Access {
    /// Whether it is for a request for `asked`.
    #[must_use]
    pub fn is_for(&self, asked: &Link) -> bool {
        match &self.holder {
            Holder::Address(address) => address == asked,
            Holder::Host(host) => host == asked.host(),
        }
    }
}

/// Which requests a secret is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holder {
    /// Those for exactly this address.
    Address(Link),
    /// Those for any address on this host, as [`Link::host`] names it.
    Host(String),
}

/// How a secret is shown to the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// HTTP's own user and password (RFC 7617); the secret is the password.
    Basic {
        /// The user.
        user: String,
    },
    /// A token (RFC 6750).
    Bearer,
    /// The value of the header of this name.
    Header(String),
}

/// Where a secret comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The first line that a program with arguments writes. Never empty.
    Command(Vec<String>),
    /// A variable of the environment.
    Variable(String),
}
