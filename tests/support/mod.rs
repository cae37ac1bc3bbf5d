//! What the tests of the whole program share: a web server on this machine, and a terminal.
#![allow(dead_code, reason = "every test program uses its own part of this")]

pub mod pty;
pub mod server;
