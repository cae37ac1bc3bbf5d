//! Dateline, a news reader for the terminal.
//!
//! Start at `ARCHITECTURE.md`. The rooms, lowest first: [`text`], [`model`], then everything else.

#![forbid(unsafe_code)]

pub mod app;
pub mod cli;
pub mod config;
pub mod extract;
pub mod feed;
pub mod model;
pub mod net;
pub mod ops;
pub mod related;
pub mod shell;
pub mod store;
pub mod terminal;
pub mod text;
pub mod ui;
