//! Plain data that every room of the house speaks: feeds, articles, documents, related items, times.
//!
//! Nothing here does anything beyond keeping its own shape; it uses only [`crate::text`].

pub mod access;
pub mod action;
pub mod article;
pub mod document;
mod export;
mod extent;
pub mod feed;
mod form;
mod memory;
pub mod numbering;
mod pack;
pub mod picture;
mod plain;
pub mod query;
pub mod related;
mod saved;
pub mod site;
pub mod story;
pub mod table;
pub mod time;
pub mod view;

pub use action::{Action, Place};
pub use article::{Article, ArticleId, Enclosure, Headline, NewArticle, Revised, TextKind, Texts};
pub use document::{Block, Document, Image, Inline, Inlines, ListItem};
pub use export::ExportFormat;
pub use extent::Extent;
pub use feed::{
    CommandLine, Feed, FeedAddress, FeedHealth, FeedId, FeedSettings, Folder, FolderId, LocalFile, Sources, Validators,
};
pub use form::Form;
pub use memory::Shelf;
pub use numbering::{Figures, Numbering};
pub use pack::{Pack, PackFeed};
pub use picture::{Enclosed, Frame, Raster};
pub use query::Query;
pub use related::{RelatedItem, Relation};
pub use saved::SavedQuery;
pub use story::{
    Brief, BriefItem, Development, Fold, Mute, MuteId, MuteRow, Muted, Story, StoryId, StoryPage, Timeline,
};
pub use table::Table;
pub use time::Time;
pub use view::{Anchor, Folding, Only, Order, Page, RowKey, SORTED, Scope, View};
