//! Stories of the screen: one line of keys on the real core over a real store, and what is then to
//! be seen. There are no threads and no clock, so every story comes out the same each time.
//!
//! The pictures are in `snapshots/`. After a change that is meant to be seen, write them anew with
//! `INSTA_UPDATE=always cargo test --test screens`, and read the difference as a person would look
//! at the screen.
#![allow(unreachable_pub, clippy::unwrap_used, reason = "the modules of a test program are read by one another")]
#![allow(clippy::print_stdout, reason = "a story that cannot be told says why")]

mod picture;
mod session;

mod access;
mod browsing;
mod comfort;
mod feeds;
mod full_text;
mod golden;
mod hostile;
mod keep_tools;
mod keeping;
mod links;
mod mashing;
mod mouse;
mod overlays;
mod page;
mod pictures;
mod reading;
mod scripts;
mod searching;
mod sizes;
mod stories;
mod tags;
mod themes;

use session::Session;

/// Wide, medium and small: three panes, one with a strip, one of few lines.
const SIZES: [(u16, u16); 3] = [(120, 40), (80, 24), (40, 12)];

/// Tells a story at three sizes and compares the screens with their snapshots.
fn at_every_size(name: &str, start: impl Fn() -> Session, story: impl Fn(Session) -> Session) {
    for (columns, rows) in SIZES {
        let screen = story(start().size(columns, rows)).screen();
        insta::assert_snapshot!(format!("{name}_{columns}x{rows}"), screen);
    }
}
