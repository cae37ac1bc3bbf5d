//! Whether the terminal is ours, for the whole process: the state that makes leaving happen exactly
//! once, whichever thread asks for it.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};

use super::output::send;

/// What must be undone.
struct Held {
    /// The line discipline as it was found.
    found: Termios,
    /// The bytes that undo what the entering bytes did.
    undo: Vec<u8>,
    /// When the terminal was asked something it may still be answering.
    asked: Option<Instant>,
}

static HELD: Mutex<Option<Held>> = Mutex::new(None);

/// Mirrors `HELD.is_some()` for the writer, which asks at every flush.
static OURS: AtomicBool = AtomicBool::new(false);

/// Whether the terminal has answered what it was asked on entering.
static ANSWERED: AtomicBool = AtomicBool::new(false);

/// Whether what is on the screen may no longer be what was drawn.
static STALE: AtomicBool = AtomicBool::new(false);

/// How long after a question a reply is still likely: a slow line and back. Leaving earlier waits
/// for it, lest the reply be typed into the person's shell.
const REPLY: Duration = Duration::from_millis(150);

fn held() -> MutexGuard<'static, Option<Held>> {
    // A panic between lock and unlock leaves a valid value behind, and leaving must work then.
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether the terminal is ours at the moment.
pub(super) fn is_ours() -> bool {
    OURS.load(Ordering::Acquire)
}

/// Notes that the terminal has answered, so that leaving need not wait.
pub(super) fn answered() {
    ANSWERED.store(true, Ordering::Release);
}

/// Notes that the terminal changed its size, and so may have cut off or moved what was drawn.
pub(super) fn stale() {
    STALE.store(true, Ordering::Release);
}

/// Whether that has happened since the last call.
pub(super) fn take_stale() -> bool {
    STALE.swap(false, Ordering::AcqRel)
}

/// Takes the terminal: raw mode and `enter`'s bytes. `undo` is sent on leaving, also when this
/// fails half way. With `asks`, `enter` holds a question that the terminal may answer.
///
/// # Errors
/// Where it is already ours (`AlreadyExists`), or the terminal's modes cannot be read, set or
/// written to.
pub(super) fn enter(enter: &[u8], undo: Vec<u8>, asks: bool) -> io::Result<()> {
    let mut state = held();
    if state.is_some() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let tty = rustix::stdio::stdin();
    let found = tcgetattr(tty)?;
    let mut raw = found.clone();
    raw.make_raw();
    tcsetattr(tty, OptionalActions::Now, &raw)?;
    ANSWERED.store(false, Ordering::Release);
    *state = Some(Held { found, undo, asked: asks.then(Instant::now) });
    OURS.store(true, Ordering::Release);
    drop(state);
    send(enter).inspect_err(|_| {
        // The first error is the one worth telling.
        let _ = leave();
    })
}

/// Gives the terminal back as it was found. Does nothing when that has been done; safe to call from
/// any thread.
///
/// # Errors
/// Where the terminal no longer takes bytes or modes, which mostly means that it is gone; both are
/// tried in any case.
pub(super) fn leave() -> io::Result<()> {
    let Some(Held { found, undo, asked }) = held().take() else { return Ok(()) };
    if let Some(asked) = asked {
        while asked.elapsed() < REPLY && !ANSWERED.load(Ordering::Acquire) {
            std::thread::sleep(Duration::from_millis(5));
        }
    }
    OURS.store(false, Ordering::Release);
    let written = send(&undo);
    let restored = tcsetattr(rustix::stdio::stdin(), OptionalActions::Now, &found);
    written.and(restored.map_err(Into::into))
}

/// The line discipline as it is; `None` where the terminal does not tell.
pub(super) fn modes() -> Option<Termios> {
    tcgetattr(rustix::stdio::stdin()).ok()
}

/// Sets the line discipline as it was found: another program may have left it otherwise. Where the
/// terminal is gone the next write says so.
pub(super) fn put_back(modes: Option<&Termios>) {
    if let Some(modes) = modes {
        let _ = tcsetattr(rustix::stdio::stdin(), OptionalActions::Now, modes);
    }
}
