//! Standard output and standard error: the only two doors out of a command.
//!
//! Both take only clean text. A reader that has seen enough and closes the pipe (`| head`) is a
//! success; a full disk is not.

use std::fmt::Display;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

use serde::Serialize;

use crate::clean;
use crate::ops::{Failure, Kind};
use crate::store::StoreError;
use crate::text::{Clean, CleanText};

/// Why a command ends before it is done.
#[derive(Debug)]
pub(super) enum Exit {
    /// It could not do what was asked.
    Failed(Failure),
    /// The same, and all of it was already said, item by item.
    Said(Kind),
    /// Nobody reads the output any more.
    PipeClosed,
    /// A signal ended it: the exit status that says so.
    Ended(u8),
}

impl From<Failure> for Exit {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<StoreError> for Exit {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

/// What a command comes to.
pub(super) type Outcome = Result<(), Exit>;

/// Standard output.
pub(super) struct Output {
    out: BufWriter<StdoutLock<'static>>,
    terminal: bool,
    json: bool,
}

impl Output {
    /// Takes standard output.
    pub(super) fn new(json: bool) -> Self {
        let out = io::stdout();
        Self { terminal: out.is_terminal(), out: BufWriter::new(out.lock()), json }
    }

    /// Whether JSON was asked for.
    pub(super) fn json(&self) -> bool {
        self.json
    }

    /// Whether a person reads it directly.
    pub(super) fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// The terminal's columns; `None` where lines have no end.
    pub(super) fn columns(&self) -> Option<usize> {
        if !self.terminal {
            return None;
        }
        let columns = crossterm::terminal::size().map_or(80, |(columns, _)| usize::from(columns));
        // A terminal that does not know its size says 0.
        Some(if columns == 0 { 80 } else { columns })
    }

    /// Writes one line.
    pub(super) fn line(&mut self, line: &Clean) -> Outcome {
        self.write(format_args!("{line}\n"))
    }

    /// Writes lines as they are set.
    pub(super) fn text(&mut self, text: &CleanText) -> Outcome {
        self.write(format_args!("{text}\n"))
    }

    /// Writes a line of fields between tabs; no field has a tab in it, since it is clean.
    pub(super) fn fields(&mut self, fields: &[Clean]) -> Outcome {
        for (n, field) in fields.iter().enumerate() {
            self.write(format_args!("{}{field}", if n == 0 { "" } else { "\t" }))?;
        }
        self.write(format_args!("\n"))
    }

    /// Writes one object as a line of JSON. Everything a record holds is clean, and JSON escapes
    /// line breaks.
    pub(super) fn record(&mut self, record: &impl Serialize) -> Outcome {
        let json = serde_json::to_string(record)
            .map_err(|error| Failure::new(Kind::Data, clean!("the output cannot be written as JSON: {error}")))?;
        self.write(format_args!("{json}\n"))
    }

    /// Hands everything on.
    pub(super) fn flush(&mut self) -> Outcome {
        self.out.flush().map_err(|error| stopped(&error))
    }

    fn write(&mut self, what: std::fmt::Arguments<'_>) -> Outcome {
        self.out.write_fmt(what).map_err(|error| stopped(&error))
    }
}

fn stopped(error: &io::Error) -> Exit {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Exit::PipeClosed,
        _ => Exit::Failed(Failure::new(Kind::Data, clean!("the output cannot be written: {error}"))),
    }
}

/// Says what went wrong, on standard error: `dateline: what`, the spot that is meant,
/// then a `hint:` to a line.
pub(super) fn complain(failure: &Failure) {
    let mut text = clean!("dateline: {failure}").to_string();
    for line in &failure.shown {
        text.push('\n');
        text.push_str(line.as_str());
    }
    for hint in &failure.hints {
        text.push('\n');
        text.push_str(clean!("hint: {hint}").as_str());
    }
    remark(&text);
}

/// Says something that is not the answer, on standard error.
pub(super) fn say(line: &Clean) {
    remark(line);
}

/// Writes to standard error; where nobody listens, nothing is lost that anybody wanted.
fn remark(text: &dyn Display) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}
