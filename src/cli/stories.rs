//! `dateline stories`: what several sources tell of, and one story from its beginning.

use super::list_args::ListFormat;
use super::output::{Exit, Outcome};
use super::tellings::{DevelopmentRecord, StoryRecord};
use super::told::Stories;
use super::{Context, pick};
use crate::clean;
use crate::model::{Anchor, ArticleId, Development, Scope, Story, StoryPage};
use crate::ops::{self, Failure, Kind};
use crate::store::Reader;
use crate::text::{Clean, CleanText};

/// Stories asked of the store at a time.
const ROWS: usize = 200;

pub(super) fn run(context: &mut Context, what: &Stories) -> Outcome {
    let format = if context.out.json() { ListFormat::Json } else { what.format };
    let reader = context.settled()?;
    if let Some(name) = &what.id {
        return told(context, &reader, name);
    }
    if format == ListFormat::Tsv {
        return pairs(context, &reader, |reader, take| ops::stories::all(reader, |id, story| take(id, story.0)));
    }
    let mut left = if what.limit == 0 { usize::MAX } else { what.limit as usize };
    let (mut anchor, mut found) = (Anchor::Newest, false);
    while left > 0 {
        let StoryPage { rows, at_oldest, .. } = ops::stories::page(&reader, Scope::Everything, anchor, left.min(ROWS))?;
        for story in &rows {
            found = true;
            match format {
                ListFormat::Json => context.out.record(&StoryRecord::new(story))?,
                _ => line(context, story)?,
            }
        }
        left -= rows.len();
        match rows.last() {
            Some(last) if !at_oldest => anchor = Anchor::OlderThan(last.key()),
            _ => break,
        }
    }
    if found {
        return Ok(());
    }
    Err(Failure::new(Kind::NothingFound, "no story is told by several articles").into())
}

fn line(context: &mut Context, story: &Story) -> Outcome {
    let age = story.latest.age(context.now, &context.zone);
    let Story { id, front, sources, articles, unread, .. } = story;
    let counts = format!("{} · {} · {unread} unread", many(*sources, "source"), many(*articles, "article"));
    let text = format!("{:>7}  {}\n         {} · {age} · {counts}", id.0, front.title, front.source);
    context.out.text(&CleanText::new(&text))
}

/// So many of something.
pub(super) fn many(count: u32, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// A story from its beginning.
fn told(context: &mut Context, reader: &Reader, name: &str) -> Outcome {
    let article = pick::article(reader, name)?;
    let story = ops::stories::of(reader, article)?
        .ok_or_else(|| Failure::new(Kind::NothingFound, clean!("article {} is gone", article.0)))?;
    let timeline = ops::stories::timeline(reader, story)?;
    if context.out.json() {
        for development in &timeline.developments {
            context.out.record(&DevelopmentRecord::new(story, development))?;
        }
        return Ok(());
    }
    context.out.line(&timeline.headline)?;
    let mut day = None;
    for Development { headline, new, copies } in &timeline.developments {
        let this = headline.published.format("%A, %-d %B %Y", &context.zone);
        if day.as_ref() != Some(&this) {
            context.out.text(&CleanText::new(&format!("\n{this}")))?;
            day = Some(this);
        }
        let time = headline.published.format("%H:%M", &context.zone);
        let mut text = format!("  {time}  {} · {} · {}", headline.title, headline.source, headline.id.0);
        if let Some(new) = new {
            text.push_str(&format!("\n         {new}"));
        }
        if !copies.is_empty() {
            let names: Vec<&str> = copies.iter().map(Clean::as_str).collect();
            text.push_str(&format!("\n         also in {}", names.join(", ")));
        }
        context.out.text(&CleanText::new(&text))?;
    }
    Ok(())
}

/// Writes two columns between tabs: every article, by the name its feed or file gave it, and its group,
/// by the name of the article that the group began with (by its number, where that is gone).
pub(super) fn pairs(
    context: &mut Context,
    reader: &Reader,
    ask: impl FnOnce(&Reader, &mut dyn FnMut(ArticleId, i64) -> Result<(), Failure>) -> Result<(), Failure>,
) -> Outcome {
    let mut stopped: Result<(), Exit> = Ok(());
    let ran = ask(reader, &mut |article, group| {
        let name = |id: ArticleId| -> Result<Clean, Failure> {
            Ok(ops::read::guid(reader, id)?.unwrap_or_else(|| clean!("{}", id.0)))
        };
        stopped = context.out.fields(&[name(article)?, clean!("{group}")]);
        // The kind of this failure is never shown: `stopped` has the reason.
        if stopped.is_ok() { Ok(()) } else { Err(Failure::new(Kind::Interrupted, "the output ended")) }
    });
    stopped?;
    Ok(ran?)
}
