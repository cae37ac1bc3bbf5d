//! The network for a plain thread.

use tokio::runtime::{Builder, Runtime};

use super::{Answer, Ask, Cancel, Client, Error, Local, Request, Settings};
use crate::text::Clean;

/// A [`Client`] with the runtime that it needs, behind calls that block. Several threads may use
/// one at once. Between calls nothing of it runs.
#[derive(Debug)]
pub struct Net {
    client: Client,
    /// Taken only by the drop.
    runtime: Option<Runtime>,
}

impl Net {
    /// The network with these settings. Takes some milliseconds (it reads the certificate store):
    /// make it on the thread that uses it, when it is first needed.
    ///
    /// # Errors
    /// [`Error::Setup`].
    pub fn new(settings: &Settings) -> Result<Self, Error> {
        let setup = |error: std::io::Error| Error::Setup(Clean::new(&error.to_string()));
        let runtime = Builder::new_current_thread().enable_all().thread_name("lookup").build().map_err(setup)?;
        Ok(Self { client: Client::new(settings)?, runtime: Some(runtime) })
    }

    /// Asks for one thing and waits for the answer: see [`Client::fetch`].
    ///
    /// # Errors
    /// One variant of [`Error`] for each step that can fail.
    pub fn fetch(&self, request: Request, cancel: &Cancel) -> Result<Answer, Error> {
        let address = request.address.clone();
        match &self.runtime {
            Some(runtime) => runtime.block_on(self.client.fetch(request, cancel)),
            None => Err(Error::Cancelled(address)),
        }
    }

    /// Asks for something on this machine and waits for the answer.
    ///
    /// # Errors
    /// That the command or file gave nothing, or that it was called off.
    pub fn read(&self, local: Local, cancel: &Cancel) -> Result<Answer, Error> {
        self.client.read_local(&local, cancel)
    }

    /// Asks for many things and waits for all the answers: see [`Client::fetch_all`]. `done` runs on
    /// this thread, between the arrivals, so it should be quick.
    pub fn run<K: Send + 'static>(
        &self,
        jobs: impl IntoIterator<Item = (K, impl Into<Ask>)>,
        cancel: &Cancel,
        done: impl FnMut(K, Result<Answer, Error>),
    ) -> usize {
        match &self.runtime {
            Some(runtime) => runtime.block_on(self.client.fetch_all(jobs, cancel, done)),
            None => 0,
        }
    }
}

impl Drop for Net {
    fn drop(&mut self) {
        // Not the runtime's own drop, which waits for name lookups: those cannot be called off and
        // may take half a minute.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
