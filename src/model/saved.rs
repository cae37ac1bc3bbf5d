//! Queries that a person keeps under a name.

use super::Query;
use crate::text::Clean;

/// A query kept under a name.
#[derive(Clone, Debug, PartialEq)]
pub struct SavedQuery {
    /// Its name: what tells it from the others.
    pub name: Clean,
    /// The query.
    pub query: Query,
}
