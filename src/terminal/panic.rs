//! What happens when code panics: nothing is printed while the terminal is ours.

use std::any::Any;
use std::backtrace::Backtrace;
use std::io::Write;
use std::panic::PanicHookInfo;
use std::sync::{Mutex, PoisonError};

use super::guard;
use crate::text::{Clean, CleanText};

/// What a panic left behind.
#[derive(Clone, Debug)]
pub struct Report {
    /// The thread it happened on.
    pub thread: Clean,
    /// Its message. Cleaned, since messages quote the data that they are about.
    pub message: Clean,
    /// Where in the code: `src/app/list.rs:12:5`.
    pub place: Clean,
    /// How it came there.
    pub backtrace: CleanText,
}

/// The latest panic, until somebody takes it.
static LATEST: Mutex<Option<Report>> = Mutex::new(None);

/// Installs the program's panic hook: each panic is kept for [`take`] and given to `log`, on the
/// thread that panicked; it is printed (to standard error) only while the terminal is not ours.
pub fn install(log: impl Fn(&Report) + Send + Sync + 'static) {
    std::panic::set_hook(Box::new(move |info| {
        let report = Report::of(info);
        log(&report);
        if !guard::is_ours() {
            // Not `eprintln!`: that panics in turn when standard error is closed.
            let _ = writeln!(std::io::stderr(), "dateline: {}", report.line());
        }
        *LATEST.lock().unwrap_or_else(PoisonError::into_inner) = Some(report);
    }));
}

/// The latest panic since the last call.
#[must_use]
pub fn take() -> Option<Report> {
    LATEST.lock().unwrap_or_else(PoisonError::into_inner).take()
}

impl Report {
    fn of(info: &PanicHookInfo<'_>) -> Self {
        let thread = std::thread::current();
        Self {
            thread: Clean::new(thread.name().unwrap_or("unnamed")),
            message: message(info.payload()),
            place: info.location().map(|place| Clean::new(&place.to_string())).unwrap_or_default(),
            backtrace: CleanText::new(&Backtrace::force_capture().to_string()),
        }
    }

    /// It all in one line, without the backtrace.
    #[must_use]
    pub fn line(&self) -> Clean {
        crate::clean!("internal error in the {} thread at {}: {}", self.thread, self.place, self.message)
    }
}

/// The words of a panic's payload, as `std::thread::JoinHandle::join` and
/// `std::panic::catch_unwind` give it.
#[must_use]
pub fn message(payload: &(dyn Any + Send)) -> Clean {
    let words = payload.downcast_ref::<&str>().copied();
    let words = words.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    Clean::new(words.unwrap_or("no message"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_cleaned() {
        let payload: Box<dyn Any + Send> = Box::new("bad \u{1b}[31mtext".to_owned());
        assert_eq!(message(payload.as_ref()).as_str(), "bad text");
        let payload: Box<dyn Any + Send> = Box::new("plain");
        assert_eq!(message(payload.as_ref()).as_str(), "plain");
        let payload: Box<dyn Any + Send> = Box::new(7);
        assert_eq!(message(payload.as_ref()).as_str(), "no message");
    }
}
