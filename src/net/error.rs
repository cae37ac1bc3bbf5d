//! What can go wrong between us and a server, one variant for each step.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::time::Duration;

use crate::text::{Clean, Link};

/// The wait that took too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// For a connection.
    Connect,
    /// For the head of the answer.
    FirstByte,
    /// For the next bytes of an answer.
    Stall,
    /// For the end of the answer.
    Whole,
}

/// Why there is no answer. Its words begin with the host and need no more context than that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The address is no web address.
    Malformed(Link),
    /// No host of that name.
    NoSuchHost(Link),
    /// The host takes no connections there.
    Refused(Link),
    /// No connection for another reason, in the system's words.
    Unreachable(Link, Clean),
    /// No safe connection: the certificate is bad, or there is no common TLS.
    Tls(Link, Clean),
    /// A wait took longer than that.
    TimedOut(Link, Step, Duration),
    /// The connection broke, or what came is not HTTP.
    Broken(Link, Clean),
    /// The answer is compressed in a way that cannot be undone.
    Encoding(Link, Clean),
    /// The answer is larger than that many bytes, or swells beyond reason when decompressed.
    TooLarge(Link, u64),
    /// The server said no.
    Status {
        /// What was asked for.
        address: Link,
        /// 300 to 599, or what the server made of it.
        code: u16,
        /// How long it wants to be left alone (`Retry-After`).
        retry_after: Option<Duration>,
    },
    /// Not asked: the same host has just wanted to be left alone for that long.
    HeldBack(Link, Duration),
    /// More than ten redirects.
    RedirectLoop(Link),
    /// A redirect to something that is not fetched.
    RedirectRefused(Link, Clean),
    /// It lies on this machine or in its network, and a stranger named it.
    Near(Link),
    /// What the server wants to see first cannot be had, in words without any of it.
    NoSecret(Link, Clean),
    /// A command of this machine gave no feed: the program, and why.
    Command(Clean, Clean),
    /// A file of this machine cannot be read: its path, and why.
    File(Clean, Clean),
    /// Called off by the person.
    Cancelled(Link),
    /// A command that was called off: the program.
    CommandCancelled(Clean),
    /// The network cannot be used at all: no thread, no TLS.
    Setup(Clean),
}

impl Error {
    /// What was asked for; `None` where it was nothing in particular.
    #[must_use]
    pub fn address(&self) -> Option<&Link> {
        match self {
            Self::Malformed(address)
            | Self::NoSuchHost(address)
            | Self::Refused(address)
            | Self::Unreachable(address, _)
            | Self::Tls(address, _)
            | Self::TimedOut(address, ..)
            | Self::Broken(address, _)
            | Self::Encoding(address, _)
            | Self::TooLarge(address, _)
            | Self::Status { address, .. }
            | Self::HeldBack(address, _)
            | Self::RedirectLoop(address)
            | Self::RedirectRefused(address, _)
            | Self::Near(address)
            | Self::NoSecret(address, _)
            | Self::Cancelled(address) => Some(address),
            Self::Setup(_) | Self::Command(..) | Self::File(..) | Self::CommandCancelled(_) => None,
        }
    }

    /// Whether the person called it off, which is nobody's fault.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        matches!(self, Self::Cancelled(_) | Self::CommandCancelled(_))
    }

    /// How long the server wants to be left alone, where it said so.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Status { retry_after, .. } => *retry_after,
            Self::HeldBack(_, wait) => Some(*wait),
            _ => None,
        }
    }

    /// Sorts out what reqwest says about a request for `address`. `connect` is the longest wait for
    /// a connection.
    pub(super) fn sort(address: &Link, error: &reqwest::Error, connect: Duration) -> Self {
        let address = address.clone();
        let mut deepest: &(dyn StdError + 'static) = error;
        let mut next: Option<&(dyn StdError + 'static)> = Some(error);
        while let Some(error) = next {
            deepest = error;
            if let Some(tls) = error.downcast_ref::<rustls::Error>() {
                return Self::Tls(address, Clean::new(&tls.to_string()));
            }
            next = match error.downcast_ref::<io::Error>() {
                Some(refused) if refused.kind() == io::ErrorKind::ConnectionRefused => return Self::Refused(address),
                // An `io::Error` names as its source what is *behind* the error it wraps.
                Some(io) => io.get_ref().map(|inner| inner as &(dyn StdError + 'static)),
                None => error.source(),
            };
        }
        let why = Clean::new(&deepest.to_string());
        if error.is_dns() {
            Self::NoSuchHost(address)
        } else if error.is_connect() && error.is_timeout() {
            Self::TimedOut(address, Step::Connect, connect)
        } else if error.is_connect() {
            Self::Unreachable(address, why)
        } else {
            Self::Broken(address, why)
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = self.address().map_or("", Link::host);
        match self {
            Self::Malformed(address) => write!(f, "{address} is not an address on the web"),
            Self::NoSuchHost(_) => write!(f, "no host is called {host} (or the network is down)"),
            Self::Refused(_) => write!(f, "{host} refused the connection"),
            Self::Unreachable(_, why) => write!(f, "{host} cannot be reached: {why}"),
            Self::Tls(_, why) => write!(f, "{host} gave no safe connection: {why}"),
            Self::TimedOut(_, step, after) => match step {
                Step::Connect => write!(f, "{host} did not take the connection within {}", Span(*after)),
                Step::FirstByte => write!(f, "{host} did not answer within {}", Span(*after)),
                Step::Stall => write!(f, "{host} fell silent for {} in the middle of its answer", Span(*after)),
                Step::Whole => write!(f, "{host} had not sent everything within {}", Span(*after)),
            },
            Self::Broken(_, why) => write!(f, "the connection to {host} broke: {why}"),
            Self::Encoding(_, why) => write!(f, "{host} sent what cannot be decompressed: {why}"),
            Self::TooLarge(_, limit) => write!(f, "{host} sent more than {}", Size(*limit)),
            Self::Status { code, retry_after, .. } => {
                write!(f, "{host} answered {code} ({})", words(*code))?;
                retry_after.map_or(Ok(()), |wait| write!(f, "; it wants to be asked again in {}", Span(wait)))
            }
            Self::HeldBack(_, wait) => write!(f, "{host} wants to be left alone for {}", Span(*wait)),
            Self::RedirectLoop(_) => write!(f, "{host} sends in circles: more than {} redirects", super::redirect::MAX),
            Self::RedirectRefused(_, to) => write!(f, "{host} sends to {to}, which is not fetched"),
            Self::Near(_) => write!(f, "{host} is in your own network, and was named by somebody elsewhere: not asked"),
            Self::NoSecret(_, why) => write!(f, "what {host} wants to see first cannot be had: {why}"),
            Self::Command(program, why) => write!(f, "{program} gave no feed: {why}"),
            Self::File(path, why) => write!(f, "{path} cannot be read: {why}"),
            Self::Cancelled(_) => write!(f, "{host} was not asked to the end: cancelled"),
            Self::CommandCancelled(program) => write!(f, "{program} was not run to its end: cancelled"),
            Self::Setup(why) => write!(f, "the network cannot be used: {why}"),
        }
    }
}

impl StdError for Error {}

/// What a status says, in words for people rather than for web masters.
fn words(code: u16) -> Clean {
    Clean::new(match code {
        401 => "it wants a password",
        403 => "access is not allowed",
        404 => "not found",
        407 => "the proxy wants a password",
        408 => "it waited too long for us",
        429 => "too many requests",
        451 => "not available for legal reasons",
        500 => "the server failed",
        502 | 504 => "a server behind it failed",
        503 => "the server is busy or being worked on",
        code => {
            let status = reqwest::StatusCode::from_u16(code).ok();
            return Clean::new(&status.and_then(|s| s.canonical_reason()).unwrap_or("no known status").to_lowercase());
        }
    })
}

/// A span of time in its largest whole unit.
pub(super) struct Span(pub(super) Duration);

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_secs() {
            0 => write!(f, "{} ms", self.0.as_millis()),
            seconds @ 1..120 => write!(f, "{seconds} s"),
            seconds @ 120..7200 => write!(f, "{} min", seconds / 60),
            seconds => write!(f, "{} h", seconds / 3600),
        }
    }
}

/// A number of bytes.
pub(super) struct Size(pub(super) u64);

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            bytes @ 0..10_240 => write!(f, "{bytes} bytes"),
            bytes @ 10_240..1_048_576 => write!(f, "{} KB", bytes / 1024),
            bytes => write!(f, "{} MB", bytes / (1024 * 1024)),
        }
    }
}
