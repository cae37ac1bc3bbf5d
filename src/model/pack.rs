//! Starter packs: feeds to begin with.

use crate::text::{Clean, Link};

/// Some feeds that go together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    /// Its name: also that of the folder that its feeds are put in.
    pub name: Clean,
    /// What is in it, in a sentence.
    pub about: Clean,
    /// Its feeds.
    pub feeds: Vec<PackFeed>,
}

/// A feed of a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackFeed {
    /// What it is called until it says so itself.
    pub title: Clean,
    /// Its address.
    pub address: Link,
}
