//! The tty: entering and leaving it exactly once, what comes in by it, signals, and the few doors to
//! the desktop (clipboard, browser, window title).
//!
//! Only this room and the shell touch the terminal. What holds here:
//!
//! - Between [`Screen::enter`] and leaving, nothing but [`Screen`] writes to the terminal; a panic's
//!   words wait in [`panic::take`] until it is restored.
//! - Leaving happens once, whoever asks first: [`Screen::leave`], its `Drop` while a panic unwinds,
//!   or the [`signals`] thread when the screen's thread does not answer any more.
//! - The terminal's own replies never reach anyone as keys: [`input`] reads whole sequences.
//! - Everything written to the terminal is ours or [`crate::text::Clean`].

pub mod abilities;
pub mod background;
pub mod browser;
pub mod clipboard;
mod clusters;
pub mod editor;
pub mod graphics;
mod group;
mod guard;
pub mod hyperlinks;
pub mod input;
mod keys;
mod lending;
pub mod log;
pub mod notify;
mod output;
pub mod panic;
pub mod probe;
pub mod screen;
mod sequences;
pub mod signals;
pub mod title;
mod turning;

pub use abilities::{Abilities, Reply};
pub use background::{Background, guess_background};
pub use graphics::{Encoded, Points, Protocol, Strip};
pub use hyperlinks::Anchor;
pub use input::Input;
pub use log::Log;
pub use screen::{Overlay, Screen, ScreenError, ScreenOptions};
pub use signals::Signal;
