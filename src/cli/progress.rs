//! How far something long has come: one line on standard error that is written over, and only where
//! a person looks on.

use std::io::{self, IsTerminal, Write};

use crate::text::Clean;
use crate::text::width::fit;

/// Goes to the start of the line and empties it (ECMA-48 EL).
const CLEAR: &str = "\r\u{1b}[K";

/// The line.
pub(super) struct Progress {
    shown: bool,
    on: bool,
    columns: usize,
}

impl Progress {
    /// A line that shows nothing unless standard error is a terminal that can be written over.
    pub(super) fn new() -> Self {
        let on = io::stderr().is_terminal() && std::env::var_os("TERM").is_some_and(|term| term != "dumb");
        let columns = crossterm::terminal::size().map_or(80, |(columns, _)| usize::from(columns));
        Self { shown: false, on, columns }
    }

    /// Shows `done` of `total` and what it is on.
    pub(super) fn show(&mut self, done: u64, total: u64, what: &Clean) {
        if self.on {
            let line = format!("{done}/{total} {what}");
            // Not the last column: some terminals go on to the next line.
            let line = fit(&line, self.columns.saturating_sub(1));
            self.shown = write!(io::stderr().lock(), "{CLEAR}{line}").is_ok();
        }
    }

    /// Takes the line away, before anything else is written.
    pub(super) fn clear(&mut self) {
        if std::mem::take(&mut self.shown) {
            let _ = write!(io::stderr().lock(), "{CLEAR}");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}
