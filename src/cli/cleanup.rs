//! `dateline cleanup`: old news let go, or what would go.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Context;
use super::add::counted;
use super::keep_args::Cleanup;
use super::list::padded;
use super::output::Outcome;
use super::records::{VERSION, said};
use crate::clean;
use crate::model::{ArticleId, FeedId};
use crate::ops;
use crate::store::{Doomed, Keep, Why};
use crate::text::{Clean, CleanText};

/// The widest a feed's title is set.
const FEED_COLUMNS: usize = 30;

/// An article that goes, or would go.
#[derive(Serialize)]
struct DoomedRecord<'a> {
    v: u8,
    id: ArticleId,
    title: &'a Clean,
    feed_title: &'a Clean,
    published: String,
    /// `age`, `size`, `left` (its feed was) or `never-came` (its page).
    why: &'static str,
}

/// How many went.
#[derive(Serialize)]
struct CleanedRecord {
    v: u8,
    removed: u64,
    /// Bytes by which the store's file has shrunk.
    given: u64,
}

pub(super) fn run(context: &mut Context, what: &Cleanup) -> Outcome {
    let settings = Keep::from(&context.config);
    let keep = Keep { days: what.days.unwrap_or(settings.days), mb: what.mb.unwrap_or(settings.mb) };
    if what.dry_run {
        let doomed = ops::clean_up::doomed(&context.reader()?, keep, context.now)?;
        return if context.out.json() { records(context, &doomed) } else { say(context, &doomed, keep) };
    }
    let mut store = context.store()?;
    let cleaned = ops::clean_up::clean_up(&mut store, keep, context.now)?;
    // Where somebody else writes, or the disk is too full for the copy, the room is used again all the same.
    let given = ops::clean_up::give_back(&mut store);
    if context.out.json() {
        let given = given.unwrap_or(0);
        return context.out.record(&CleanedRecord { v: VERSION, removed: cleaned.removed, given });
    }
    context.out.line(&match cleaned.removed {
        0 => clean!("nothing goes: {}", rule(keep)),
        removed => clean!("{} let go", counted(usize::try_from(removed).unwrap_or(usize::MAX), "article")),
    })?;
    match given {
        Ok(given) if given >= 1 << 20 => context.out.line(&clean!("the store’s file is {} MB smaller", given >> 20)),
        Ok(_) => Ok(()),
        Err(failure) => context.out.line(&clean!("the store’s file stays as large as it is: {}", failure.message)),
    }
}

/// By which rule nothing goes: whoever expected otherwise sees what was counted.
fn rule(Keep { days, mb }: Keep) -> Clean {
    let age = match days {
        0 => "articles are kept for ever (keep_days is 0)".to_owned(),
        days => format!(
            "articles are kept for {} from when they were published or came here, whichever is later",
            counted(days as usize, "day")
        ),
    };
    let size = if mb == 0 { String::new() } else { format!(", and the store takes no more than {mb} MB") };
    clean!(
        "{age}{size}; a feed may have days of its own, and bookmarks, tags, notes and what was made unread again hold an article"
    )
}

fn records(context: &mut Context, doomed: &[Doomed]) -> Outcome {
    doomed.iter().try_for_each(|Doomed { id, title, source, published, why, .. }| {
        let why = match why {
            Why::Age => "age",
            Why::Size => "size",
            Why::Left => "left",
            Why::NeverCame => "never-came",
        };
        let (id, published) = (*id, said(*published));
        context.out.record(&DoomedRecord { v: VERSION, id, title, feed_title: source, published, why })
    })
}

/// A line to each feed, and to each reason that its articles would go for.
fn say(context: &mut Context, doomed: &[Doomed], keep: Keep) -> Outcome {
    if doomed.is_empty() {
        return context.out.line(&clean!("nothing would go: {}", rule(keep)));
    }
    let mut feeds: BTreeMap<(Why, Clean, FeedId), Vec<&Doomed>> = BTreeMap::new();
    for article in doomed {
        feeds.entry((article.why, article.source.clone(), article.feed)).or_default().push(article);
    }
    let zone = context.zone.clone();
    for ((why, source, _), articles) in &feeds {
        let days = articles.iter().map(|article| article.published);
        let (first, last) = (days.clone().min().unwrap_or_default(), days.max().unwrap_or_default());
        let (first, last) = (first.format("%Y-%m-%d", &zone), last.format("%Y-%m-%d", &zone));
        let when = if first == last { first.to_string() } else { format!("{first} to {last}") };
        let why = match why {
            Why::Age => "older than it is kept",
            Why::Size => "the store takes too much room",
            Why::Left => "unsubscribed from a week ago",
            Why::NeverCame => "its page never came, and it is no bookmark any more",
        };
        let source = padded(source.as_str(), FEED_COLUMNS);
        context.out.text(&CleanText::new(&format!("{:>7}  {source}  {when}: {why}", articles.len())))?;
    }
    context.out.line(&clean!(
        "{} would go; what is bookmarked, tagged, noted or made unread again stays",
        counted(doomed.len(), "article")
    ))
}
