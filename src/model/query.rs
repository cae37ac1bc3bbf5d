//! The query language.

/// A query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {}
