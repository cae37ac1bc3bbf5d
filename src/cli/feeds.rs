//! `dateline feeds`: what one is subscribed to, and how it fares.

use std::collections::HashMap;

use super::output::Outcome;
use super::records::FeedRecord;
use super::{Context, list};
use crate::clean;
use crate::model::{Feed, FolderId};
use crate::ops;
use crate::text::width::fit;
use crate::text::{Clean, CleanText};

/// The widest a title is set.
const TITLE_COLUMNS: usize = 32;

pub(super) fn run(context: &mut Context) -> Outcome {
    let reader = context.reader()?;
    let sources = ops::read::sources(&reader)?;
    if sources.feeds.is_empty() {
        return Err(list::nothing(false, "there are no feeds yet").into());
    }
    let folders: HashMap<FolderId, Clean> =
        sources.folders.iter().map(|folder| (folder.id, folder.name.clone())).collect();
    for feed in &sources.feeds {
        let folder = feed.folder.and_then(|id| folders.get(&id));
        let out = &mut context.out;
        if out.json() {
            out.record(&FeedRecord::new(feed, folder))?;
        } else if let Some(columns) = out.columns() {
            out.text(&CleanText::new(&fit(&line(feed), columns)))?;
        } else {
            let error = feed.health.error.clone().unwrap_or_default();
            let counts =
                [feed.id.0.to_string(), feed.unread.to_string(), feed.total.to_string()].map(|n| clean!("{n}"));
            let [id, unread, total] = counts;
            out.fields(&[id, unread, total, clean!("{}", feed.address), feed.title.clone(), error])?;
        }
    }
    Ok(())
}

/// A feed for people: number, unread and all, title, and its trouble or its address.
fn line(feed: &Feed) -> String {
    let counts = format!("{}/{}", feed.unread, feed.total);
    let title = list::padded(feed.title.as_str(), TITLE_COLUMNS);
    let about = match &feed.health.error {
        Some(error) => format!("! {error}"),
        None => feed.address.to_string(),
    };
    format!("{:>5} {counts:>12}  {title}  {about}", feed.id.0)
}
