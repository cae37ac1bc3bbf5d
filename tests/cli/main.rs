//! The command line, through the real binary, each test in an empty home of its own.
#![allow(unreachable_pub, clippy::unwrap_used, reason = "the modules of a test program are read by one another")]

#[path = "../support/mod.rs"]
mod support;

mod bad_input;
mod feeds;
mod full;
mod help;
mod home;
mod http2;
mod news;
mod pages;
mod searches;
mod settings;
mod stories;
