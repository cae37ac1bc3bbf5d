//! How the network is used.

use std::time::Duration;

use crate::model::access::Access;

/// Limits and manners. `Default` is what the program uses unless told otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The longest wait for a connection: name lookup, TCP and TLS together.
    pub connect: Duration,
    /// The longest wait from asking to the head of the answer, the connection included.
    pub first_byte: Duration,
    /// The longest silence within an answer.
    pub stall: Duration,
    /// The longest a whole answer may take, redirects not counted: a server that drips a byte at a
    /// time never stalls.
    pub whole: Duration,
    /// The largest answer, in bytes after decompression.
    pub max_bytes: u64,
    /// Requests at once to one host; at least 1.
    pub per_host: usize,
    /// Requests at once; at least 1.
    pub parallel: usize,
    /// What we call ourselves.
    pub user_agent: String,
    /// Secrets, and whom they are for; the first that fits counts.
    pub access: Vec<Access>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            first_byte: Duration::from_secs(20),
            stall: Duration::from_secs(15),
            whole: Duration::from_secs(60),
            max_bytes: 10 * 1024 * 1024,
            per_host: 2,
            parallel: 16,
            user_agent: concat!("Dateline/", env!("CARGO_PKG_VERSION"), " (news reader)").to_owned(),
            access: Vec::new(),
        }
    }
}
