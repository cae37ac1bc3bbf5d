//! Feeds as they come: the fixtures with what must be read from them, and feeds that mean harm.
#![allow(unreachable_pub, clippy::unwrap_used, reason = "the modules of a test program are read by one another")]

#[path = "../support/mod.rs"]
mod support;

mod fixtures;
mod hostile;
mod mutated;
mod newsboat;
mod wild;
