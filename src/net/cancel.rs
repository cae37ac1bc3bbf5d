//! Calling off what is under way.

use std::sync::Arc;

use tokio::sync::watch;

/// A switch that calls off requests, from any thread, at any moment. Clones are the same switch.
/// Once thrown it stays thrown: every run gets a new one.
#[derive(Clone, Debug)]
pub struct Cancel {
    thrown: Arc<watch::Sender<bool>>,
}

impl Cancel {
    /// A switch that is not thrown.
    #[must_use]
    pub fn new() -> Self {
        Self { thrown: Arc::new(watch::Sender::new(false)) }
    }

    /// Calls off everything that was given this switch.
    pub fn cancel(&self) {
        self.thrown.send_replace(true);
    }

    /// Whether it is thrown.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        *self.thrown.borrow()
    }

    /// Waits until it is thrown.
    pub(super) async fn cancelled(&self) {
        // An error means that the sender is gone, and we hold it.
        let _ = self.thrown.subscribe().wait_for(|thrown| *thrown).await;
    }
}

impl Default for Cancel {
    fn default() -> Self {
        Self::new()
    }
}
