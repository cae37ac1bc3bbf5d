//! Signals, as input.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

use crossbeam_channel::Sender;
use rustix::process::{getpgrp, getsid};
use rustix::termios::tcgetwinsize;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;

use super::input::Input;
use super::{group, guard, lending};

/// What somebody asks of the program from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Signal {
    /// End (`SIGTERM`).
    Terminate,
    /// The terminal is going away (`SIGHUP`).
    HangUp,
    /// Interrupt (`SIGINT`). Ctrl-C does not send it in raw mode: this one comes from elsewhere.
    Interrupt,
    /// Quit (`SIGQUIT`).
    Quit,
    /// Stop for now (`SIGTSTP`): answered with [`super::Screen::suspend`].
    Suspend,
}

impl Signal {
    /// Its number.
    #[must_use]
    pub fn number(self) -> i32 {
        match self {
            Self::Terminate => SIGTERM,
            Self::HangUp => SIGHUP,
            Self::Interrupt => SIGINT,
            Self::Quit => SIGQUIT,
            Self::Suspend => SIGTSTP,
        }
    }

    /// The exit status of a program that ends on it, as shells count: 128 and its number.
    #[must_use]
    pub fn exit_status(self) -> u8 {
        // Signal numbers end at 64.
        128 + self.number() as u8
    }

    /// Whether the program should end.
    #[must_use]
    pub fn ends(self) -> bool {
        self != Self::Suspend
    }
}

/// A flag that the first signal to end raises, for a command that has something to tidy away before it
/// ends; the second one ends the program at once, whatever it is doing. Terminals that go away are not
/// watched for, so that `nohup` keeps its meaning.
///
/// # Errors
/// That the system does not let signals be watched.
pub fn raised() -> io::Result<Arc<AtomicBool>> {
    let flag = Arc::new(AtomicBool::new(false));
    for signal in [Signal::Interrupt, Signal::Terminate] {
        // In this order: the one that ends looks at the flag before the other raises it.
        let (number, status) = (signal.number(), i32::from(signal.exit_status()));
        signal_hook::flag::register_conditional_shutdown(number, status, Arc::clone(&flag))?;
        signal_hook::flag::register(number, Arc::clone(&flag))?;
    }
    Ok(flag)
}

/// Set while a `SIGTSTP` of our own making is on its way back to us.
static OWN_STOP: AtomicBool = AtomicBool::new(false);

/// Set while the `SIGCONT` that ends a stop of our own making is to come.
static OWN_CONTINUE: AtomicBool = AtomicBool::new(false);

/// The next `SIGTSTP` is the one that we send to our own group, and the next `SIGCONT` its end:
/// neither is news.
pub(super) fn expect_own_stop() {
    OWN_STOP.store(true, Ordering::Release);
    OWN_CONTINUE.store(true, Ordering::Release);
}

/// Starts the thread that turns signals into input: ends, stops, continuations and changes of size.
///
/// A second signal to end, or one that nobody takes in any more, gives the terminal back and ends
/// the process at once, with the status of [`Signal::exit_status`]: the screen's thread had its
/// chance.
///
/// # Errors
/// Where the handlers or the thread cannot be set up.
pub fn spawn<T: From<Input> + Send + 'static>(inbox: Sender<T>) -> io::Result<JoinHandle<()>> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH])?;
    thread::Builder::new().name("signals".to_owned()).spawn(move || {
        let mut ending = false;
        for number in &mut signals {
            // What the terminal sends to its whole group is for the program that has it.
            if lending::is_lent() && matches!(number, SIGINT | SIGQUIT | SIGCONT) {
                continue;
            }
            if lending::is_lent() && number == SIGTSTP {
                stop_as_well();
                continue;
            }
            let Some(input) = input_of(number) else { continue };
            let ends = match input {
                Input::Signal(signal) if signal.ends() => Some(signal),
                _ => None,
            };
            let taken = inbox.send(input.into()).is_ok();
            if let Some(signal) = ends {
                if ending || !taken {
                    let _ = guard::leave();
                    std::process::exit(signal.exit_status().into());
                }
                ending = true;
            }
        }
    })
}

/// The program that has the terminal was stopped by its key: we stop with it, or the shell above
/// would never learn of it and nobody could type any more. Not where nobody could continue us.
fn stop_as_well() {
    if getsid(None).is_ok_and(|session| session != getpgrp()) {
        group::await_others_stopped();
        // It may have ended instead: then the terminal is ours again, in a mode no shell could use.
        if lending::is_lent() {
            // There is nothing to be done where it cannot stop.
            let _ = signal_hook::low_level::emulate_default_handler(SIGTSTP);
        }
    }
}

fn input_of(number: i32) -> Option<Input> {
    Some(match number {
        SIGTERM => Input::Signal(Signal::Terminate),
        SIGHUP => Input::Signal(Signal::HangUp),
        SIGINT => Input::Signal(Signal::Interrupt),
        SIGQUIT => Input::Signal(Signal::Quit),
        SIGTSTP if OWN_STOP.swap(false, Ordering::AcqRel) => return None,
        SIGTSTP => Input::Signal(Signal::Suspend),
        SIGCONT if OWN_CONTINUE.swap(false, Ordering::AcqRel) => return None,
        SIGCONT => Input::Continued,
        SIGWINCH => {
            guard::stale();
            let size = tcgetwinsize(rustix::stdio::stdout()).ok()?;
            Input::Resize { columns: size.ws_col, rows: size.ws_row }
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_the_shells() {
        assert_eq!(Signal::Terminate.exit_status(), 143);
        assert_eq!(Signal::HangUp.exit_status(), 129);
        assert_eq!(Signal::Interrupt.exit_status(), 130);
        assert!(Signal::Quit.ends() && !Signal::Suspend.ends());
    }

    #[test]
    fn the_first_signal_to_end_raises_a_flag() {
        let flag = raised().unwrap();
        assert!(!flag.load(Ordering::Relaxed));
        signal_hook::low_level::raise(SIGTERM).unwrap();
        assert!(flag.load(Ordering::Relaxed));
    }

    #[test]
    fn our_own_stop_is_not_news() {
        expect_own_stop();
        assert_eq!(input_of(SIGTSTP), None);
        assert_eq!(input_of(SIGCONT), None);
        assert_eq!(input_of(SIGTSTP), Some(Input::Signal(Signal::Suspend)));
        assert_eq!(input_of(SIGCONT), Some(Input::Continued));
    }
}
