//! What the program can do, once: the screen's workers and the command line both call it.
//!
//! Nothing here looks at a clock or draws: the time of day comes in as an argument, and what went
//! wrong goes out as a [`Failure`].

pub mod export;
pub mod failure;
mod network;

pub use failure::{Failure, Kind};
pub use network::network;
