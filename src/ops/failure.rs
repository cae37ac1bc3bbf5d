//! What is said when something could not be done: the one error that the screen and the command
//! line show.

use std::fmt;
use std::ops::Range;

use crate::text::Clean;
use crate::text::width::width;

/// The sort of a failure; decides the exit code of the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// What was asked for is not there.
    NothingFound,
    /// What was asked for, or the configuration, cannot be understood.
    Usage,
    /// Some feeds failed, others did not.
    SomeFeeds,
    /// The network, or the server at the other end, failed.
    Network,
    /// The store, a file or the text in it failed.
    Data,
    /// The store refuses whatever would be written: another program holds it, the disk is full, or it
    /// is write-protected. Trying at once with something else would fail as well.
    Unwritable,
    /// Nobody wants the answer any more: a newer question took its place. Never shown.
    Interrupted,
}

impl Kind {
    /// The exit code of the command line: 1 nothing found, 2 usage or configuration, 3 some feeds
    /// failed, 4 network, 5 data, 130 interrupted (as a shell has it for SIGINT).
    #[must_use]
    pub fn exit_code(self) -> u8 {
        match self {
            Self::NothingFound => 1,
            Self::Usage => 2,
            Self::SomeFeeds => 3,
            Self::Network => 4,
            Self::Data | Self::Unwritable => 5,
            Self::Interrupted => 130,
        }
    }
}

/// Something that could not be done: what, and what can be done about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Its sort.
    pub kind: Kind,
    /// One sentence that names the thing and what went wrong with it.
    pub message: Clean,
    /// What it is about, as it is set: a query, and marks under the spot. Mostly nothing.
    pub shown: Vec<Clean>,
    /// The next steps a person can take, the most likely first.
    pub hints: Vec<Clean>,
}

impl Failure {
    /// A failure without hints.
    #[must_use]
    pub fn new(kind: Kind, message: impl Into<Clean>) -> Self {
        Self { kind, message: message.into(), shown: Vec::new(), hints: Vec::new() }
    }

    /// The same failure with marks under a spot (in bytes) of what was typed.
    #[must_use]
    pub fn at(mut self, typed: &str, spot: Range<usize>) -> Self {
        let columns = |range: Range<usize>| typed.get(range).map_or(0, width);
        let marks = "^".repeat(columns(spot.clone()).max(1));
        let before = " ".repeat(columns(0..spot.start));
        self.shown = vec![Clean::verbatim(&format!("  {typed}")), Clean::verbatim(&format!("  {before}{marks}"))];
        self
    }

    /// The same failure with one more next step.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Clean>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

/// The message alone; whoever shows it decides how to set the hints.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.message, f)
    }
}

impl std::error::Error for Failure {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_its_message_and_has_an_exit_code() {
        let failure = Failure::new(Kind::Data, "“a\u{1b}[31m” is a directory").hint("move it away");
        assert_eq!(failure.to_string(), "“a” is a directory");
        assert_eq!(failure.hints, [Clean::new("move it away")]);
        assert_eq!(failure.kind.exit_code(), 5);
    }
}
