//! The one writer to the terminal: gathers a frame and sends it in as few writes as the kernel takes.

use std::cell::Cell;
use std::io::{self, Write};
use std::rc::Rc;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;

use super::guard;

/// Gathers what is written until it is flushed, and flushes to standard output only while the
/// terminal is ours: what a torn-down frame left behind must not land on the person's own screen.
pub(super) struct Output {
    waiting: Vec<u8>,
    /// While set, a flush is put off: ratatui flushes several times in a frame, and one write per
    /// frame is what keeps it from tearing.
    held: Rc<Cell<bool>>,
}

impl Output {
    /// A writer that puts off flushing while `held` is set.
    pub(super) fn new(held: Rc<Cell<bool>>) -> Self {
        Self { waiting: Vec::with_capacity(16 * 1024), held }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.waiting.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.held.get() {
            return Ok(());
        }
        let result = if guard::is_ours() { send(&self.waiting) } else { Ok(()) };
        // Cleared in any case: half a frame sent twice is worse than a frame lost.
        self.waiting.clear();
        result
    }
}

/// Writes all of `bytes` to standard output, past interrupting signals and a descriptor that
/// somebody made non-blocking (it is shared with every process on the terminal).
pub(super) fn send(mut bytes: &[u8]) -> io::Result<()> {
    let tty = rustix::stdio::stdout();
    while !bytes.is_empty() {
        match rustix::io::write(tty, bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(sent) => bytes = &bytes[sent..],
            Err(Errno::INTR) => {}
            Err(Errno::AGAIN) => match poll(&mut [PollFd::new(&tty, PollFlags::OUT)], None) {
                Ok(_) | Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            },
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
