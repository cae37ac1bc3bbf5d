//! The core: what the reader shows and how it reacts. Pure and total: no files, no clock, no
//! threads, no panics.
//!
//! An [`Event`] goes into [`update()`], which changes the [`State`] and names the [`Effect`]s that
//! follow. To see what a key does, start in `keys.rs` (key → action), then `act.rs` (action → what
//! it does where). What the panes hold: `headlines.rs`, `reading.rs`, `related.rs`, `drawer.rs`.
//! Where they stand: `geometry.rs`. An article's lines: `layout.rs`.

mod act;
mod articles;
mod asked;
mod brought;
pub mod change;
mod commanding;
pub mod commands;
pub mod completion;
pub mod dialog;
pub mod drawer;
pub mod effect;
pub mod event;
pub mod exporting;
pub mod feed_page;
mod feeds;
mod fetching;
pub mod found;
mod full_text;
pub mod geometry;
pub mod goto;
pub mod headlines;
pub mod help;
mod history;
pub mod hits;
mod keys;
pub mod layout;
mod letters;
pub mod links;
mod lists;
mod macros;
mod memory;
mod mouse;
pub mod muting;
pub mod notifying;
mod noting;
pub mod overlay;
pub mod packs;
mod panes;
pub mod pictures;
pub mod piping;
mod prompt;
pub mod quoting;
mod reading;
pub mod related;
mod report;
mod restoring;
pub mod row;
#[cfg(test)]
mod sample;
mod saved;
mod scrolling;
mod search;
pub mod selecting;
pub mod sheet;
mod sheets;
mod state;
mod stepping;
mod stored;
pub mod tagging;
#[cfg(test)]
mod tests;
mod titles;
mod typing;
mod undoing;
mod unfolding;
pub mod unreached;
mod unsettled;
mod update;

pub use change::{Change, FeedEdit, Folder};
pub use effect::{Effect, ExportOf, ExportWish, Question, Refresh, Slot, Ticket};
pub use event::{Answer, Changed, Choice, Choices, Done, Event, FullText, Problem, Progress, Sources, Summary};
pub use found::Found;
pub use full_text::Pages;
pub use geometry::{Areas, Pane};
pub use goto::GoTo;
pub use help::Help;
pub use hits::{Hits, Part};
pub use keys::Pending;
pub use layout::{KeyNames, LaidOut, Measure};
pub use letters::Letter;
pub use macros::Recording;
pub use memory::Memory;
pub use muting::Muting;
pub use prompt::{Completion, Prompt, Purpose, Wrong};
pub use reading::{Reading, Shown};
pub use report::{FeedNews, How, Imported, Report, Row as ReportRow};
pub use search::{On, Searches};
pub use sheet::Sheet;
pub use state::{Notice, State};
pub use update::update;

use update::geometry_changed;
