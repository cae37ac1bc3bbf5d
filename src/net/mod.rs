//! Bytes over HTTP: conditional requests, redirects, compression, caps on time and size, pacing. And
//! in the same way the output of commands and the content of files that a person named by hand.
//!
//! [`Client`] asks one server for one thing; [`Client::fetch_all`] asks many, politely; [`Net`] does
//! both from a plain thread. Nobody outside this room sees tokio or reqwest.
//!
//! What holds here:
//!
//! - Only `http` and `https`, also after a redirect. Cookies live within one chain of redirects; no
//!   referrer.
//! - What lies on this machine or in its network is asked for only where somebody there, or the person,
//!   named it: neither a redirect nor a feed from elsewhere leads there.
//! - A secret goes to the origin it is meant for and nowhere else, and into no message.
//! - Commands get arguments, never a shell's line, and end with everything that they started.
//! - Every wait has an end, every answer a largest size, decompressed bytes counted as they come.
//! - Requests to this machine itself never go through a proxy.
//! - An error names the address and the step that failed, in words a person can use.

mod access;
mod body;
mod cancel;
mod client;
mod command;
mod cookies;
mod error;
mod fresh;
mod local;
mod many;
mod redirect;
mod request;
mod runtime;
mod settings;

pub use cancel::Cancel;
pub use client::Client;
pub use error::{Error, Step};
pub use request::{Accept, Answer, Ask, Fetched, Local, Output, Request, Unchanged};
pub use runtime::Net;
pub use settings::Settings;

#[cfg(test)]
mod tests;
