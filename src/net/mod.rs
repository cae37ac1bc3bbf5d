//! Bytes over HTTP: conditional requests, redirects, compression, caps on time and size, pacing.
//!
//! [`Client`] asks one server for one thing; [`Client::fetch_all`] asks many, politely; [`Net`] does
//! both from a plain thread. Nobody outside this room sees tokio or reqwest.
//!
//! What holds here:
//!
//! - Only `http` and `https`, also after a redirect. No cookies, no referrer.
//! - Every wait has an end, every answer a largest size, decompressed bytes counted as they come.
//! - Requests to this machine itself never go through a proxy.
//! - An error names the address and the step that failed, in words a person can use.

mod body;
mod cancel;
mod client;
mod error;
mod many;
mod redirect;
mod request;
mod runtime;
mod settings;

pub use cancel::Cancel;
pub use client::Client;
pub use error::{Error, Step};
pub use request::{Accept, Answer, Fetched, Request};
pub use runtime::Net;
pub use settings::Settings;

#[cfg(test)]
mod tests;
