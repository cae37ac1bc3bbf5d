//! Lending the terminal to another program: while it has it, the input thread reads nothing, or half
//! of what is typed for that program would be ours.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

/// How long the input thread may take to let go. It only waits in a poll that is woken at once.
const PATIENCE: Duration = Duration::from_secs(2);

/// How the reading of the terminal stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Standing {
    /// Nobody reads: there is no input thread, or no more.
    #[default]
    Idle,
    /// The input thread reads.
    Reading,
    /// It is to stop.
    Asked,
    /// It has stopped.
    Parked,
}

static STANDING: Mutex<Standing> = Mutex::new(Standing::Idle);
static CHANGED: Condvar = Condvar::new();

/// The pipe that wakes the input thread: what it waits for beside the terminal, and the other end.
static WAKE: OnceLock<Option<(OwnedFd, OwnedFd)>> = OnceLock::new();

fn standing() -> MutexGuard<'static, Standing> {
    // A panic between lock and unlock leaves a valid value behind.
    STANDING.lock().unwrap_or_else(PoisonError::into_inner)
}

fn wake() -> Option<&'static (OwnedFd, OwnedFd)> {
    WAKE.get_or_init(|| {
        rustix::pipe::pipe_with(rustix::pipe::PipeFlags::CLOEXEC | rustix::pipe::PipeFlags::NONBLOCK).ok()
    })
    .as_ref()
}

/// The input thread begins to read.
pub(super) fn reading() {
    *standing() = Standing::Reading;
}

/// The input thread ends.
pub(super) fn ended() {
    *standing() = Standing::Idle;
    CHANGED.notify_all();
}

/// Whether the terminal is somebody else's for now.
pub(super) fn is_lent() -> bool {
    *standing() == Standing::Parked
}

/// What the input thread waits for beside the terminal; `None` where there is none to be had.
pub(super) fn call() -> Option<BorrowedFd<'static>> {
    wake().map(|(read, _)| read.as_fd())
}

/// The input thread was called: it stays here until the terminal is ours again.
pub(super) fn park() {
    if let Some((read, _)) = wake() {
        let mut bytes = [0; 16];
        while rustix::io::read(read, &mut bytes).is_ok_and(|count| count == bytes.len()) {}
    }
    let mut state = standing();
    if *state != Standing::Asked {
        return;
    }
    *state = Standing::Parked;
    CHANGED.notify_all();
    while *state == Standing::Parked {
        state = CHANGED.wait(state).unwrap_or_else(PoisonError::into_inner);
    }
}

/// Nobody reads the terminal as long as this lives.
pub(super) struct Quiet(());

impl Quiet {
    /// Stops the input thread.
    ///
    /// # Errors
    /// Where it cannot be stopped.
    pub(super) fn ask() -> io::Result<Self> {
        let mut state = standing();
        if *state != Standing::Reading {
            return Ok(Self(()));
        }
        let (_, write) = wake().ok_or(io::ErrorKind::Unsupported)?;
        *state = Standing::Asked;
        rustix::io::write(write, &[0])?;
        let (mut state, waited) = CHANGED
            .wait_timeout_while(state, PATIENCE, |state| *state == Standing::Asked)
            .unwrap_or_else(PoisonError::into_inner);
        if waited.timed_out() && *state == Standing::Asked {
            *state = Standing::Reading;
            return Err(io::ErrorKind::TimedOut.into());
        }
        Ok(Self(()))
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        let mut state = standing();
        if *state == Standing::Parked {
            *state = Standing::Reading;
        }
        CHANGED.notify_all();
    }
}
