//! The shell around the core: the loop on the screen's thread, and the workers that do what it
//! names.
//!
//! | thread | does | file |
//! |---|---|---|
//! | screen | keys and answers → [`crate::app::update`] → draw; never waits for anything else | `turn.rs` |
//! | input, signals, log | see [`crate::terminal`] | |
//! | reader | pages, articles, counts, on its own store connection | `desk.rs`, `questions.rs` |
//! | thinker | related news and layouts, on another connection | the same |
//! | settings | reads the settings anew when they are saved | `watch.rs` |
//! | writer | everything that changes the store | `writer.rs` |
//! | pages, completion | the network: pages of articles, those asked for and those that are missing | `pages.rs` |
//! | pictures, plates | the files of pictures; and those made ready for the screen | `pictures.rs` |
//! | fetcher, errands | the network: refreshes, and what a person asks for by its address | `fetcher.rs` |
//!
//! Work goes to a worker over a channel that never blocks the sender; what comes of it comes back as
//! an [`Event`]. A worker that panics says so and goes on with the next piece of work (`worker.rs`).

mod changes;
mod desk;
mod exporter;
mod fetcher;
mod notify;
mod outside;
mod pages;
mod pictures;
mod questions;
mod reported;
mod run;
mod sight;
mod start;
mod turn;
mod watch;
mod worker;
mod writer;

use jiff::tz::TimeZone;

use crate::app::{Event, Problem};
use crate::model::Time;
use crate::ops::Failure;
use crate::terminal::Input;

pub use changes::store as store_change;
pub use questions::answer;
pub use start::run;

/// Now, by the machine's clock.
#[must_use]
pub fn now() -> Time {
    Time(jiff::Timestamp::now().as_second())
}

/// Where the reader is on the clock; UTC where the system does not say.
#[must_use]
pub fn zone() -> TimeZone {
    TimeZone::system()
}

impl From<&Failure> for Problem {
    fn from(failure: &Failure) -> Self {
        Self { message: failure.message.clone(), hint: failure.hints.first().cloned() }
    }
}

/// What came in by the terminal, as the core knows it; `None` for what the shell itself answers.
fn event_of(input: &Input) -> Option<Event> {
    match input {
        Input::Key(key) => Some(Event::Key((*key).into())),
        Input::Paste(text) => Some(Event::Paste(text.clone())),
        Input::Mouse(event) => Some(Event::Mouse(*event)),
        Input::Resize { columns, rows } => Some(Event::Resize(*columns, *rows)),
        Input::Background(background) => Some(Event::Background(*background)),
        Input::Continued => Some(Event::Continued),
        Input::Reply(_) | Input::Signal(_) | Input::Closed => None,
    }
}
