//! Threads that do pieces of work and outlive a panic in any of them.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread::{self, JoinHandle};

use crossbeam_channel::Sender;

use crate::app::{Event, Problem};
use crate::clean;
use crate::terminal::panic;
use crate::text::Clean;

/// Where workers send what came of their work.
#[derive(Clone)]
pub(super) struct Outbox(pub(super) Sender<Event>);

impl Outbox {
    /// Sends an event. Nobody listens any more while the program ends: then it is dropped.
    pub(super) fn send(&self, event: Event) {
        let _ = self.0.send(event);
    }
}

/// Starts a thread that runs `body`.
pub(super) fn spawn(name: &str, body: impl FnOnce() + Send + 'static) -> io::Result<JoinHandle<()>> {
    thread::Builder::new().name(name.to_owned()).spawn(body)
}

/// Does a piece of work. A panic in it is told to the person (the hook has it in the log already)
/// and `None` comes back, so that the worker goes on with the next.
pub(super) fn guarded<T>(worker: &str, outbox: &Outbox, work: impl FnOnce() -> T) -> Option<T> {
    // What a piece of work had half done is dropped with it; transactions roll back.
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(done) => Some(done),
        Err(payload) => {
            let message = panic::message(payload.as_ref());
            outbox.send(Event::Trouble(Problem {
                message: clean!("Internal error in the {worker}: {message}."),
                hint: Some(Clean::new("Nothing is lost. The log has the details: dateline doctor says where it is.")),
            }));
            None
        }
    }
}

/// The hook of the tests that prove the terminal survives a panic: `DATELINE_TEST_PANIC` names the
/// thread that should panic. Not in release builds.
pub(super) fn test_panic(thread: &str) {
    if cfg!(debug_assertions) && std::env::var_os("DATELINE_TEST_PANIC").is_some_and(|name| name == thread) {
        panic!("a test asked the {thread} to panic");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_told_and_survived() {
        let (to, from) = crossbeam_channel::unbounded();
        let outbox = Outbox(to);
        assert_eq!(guarded("reader", &outbox, || 7), Some(7));
        assert!(from.is_empty());
        let none: Option<()> = guarded("reader", &outbox, || panic!("out of ink"));
        assert_eq!(none, None);
        assert!(
            matches!(from.try_recv(), Ok(Event::Trouble(problem)) if problem.message.as_str().contains("out of ink"))
        );
    }
}
