//! What the tests of the whole program share: a home of its own, a terminal, a web server.
#![allow(dead_code, unreachable_pub, unused_imports, reason = "every test program uses its own part of this")]

pub mod home;
mod processes;
pub mod pty;
pub mod server;

pub use home::Home;
pub use pty::Pty;
pub use server::{Reply, Server};
