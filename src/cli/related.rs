//! `dateline related`: what belongs with an article, best first.

use super::args::{ListFormat, Related};
use super::output::{Exit, Outcome};
use super::records::RelatedRecord;
use super::{Context, pick};
use crate::clean;
use crate::model::{ArticleId, RelatedItem, View};
use crate::ops::{self, Failure, Kind};
use crate::store::Reader;
use crate::text::{Clean, CleanText};

pub(super) fn run(context: &mut Context, what: &Related) -> Outcome {
    let format = if context.out.json() { ListFormat::Json } else { what.format };
    let limit = what.limit.unwrap_or(context.config.related.limit) as usize;
    let reader = context.reader()?;
    let found = match &what.id {
        Some(name) => {
            let id = pick::article(&reader, name)?;
            of(context, &reader, format, id, limit)?
        }
        None => of_all(context, &reader, format, limit)?,
    };
    if found {
        return Ok(());
    }
    Err(Failure::new(Kind::NothingFound, "nothing stored is related")
        .hint("the more articles are stored, the more is found: `dateline refresh`")
        .into())
}

/// What is related to one article, as the sidebar shows it. Whether there was anything.
fn of(context: &mut Context, reader: &Reader, format: ListFormat, id: ArticleId, limit: usize) -> Result<bool, Exit> {
    let items = ops::related::related(reader, id, limit)?;
    for (n, item) in items.iter().enumerate() {
        write(context, reader, format, id, n + 1, item)?;
    }
    Ok(!items.is_empty())
}

/// The same of every article; between tabs by likeness alone, since that form is for measuring it.
fn of_all(context: &mut Context, reader: &Reader, format: ListFormat, limit: usize) -> Result<bool, Exit> {
    let mut found = false;
    if format != ListFormat::Tsv {
        for id in ops::read::ids(reader, &View::default(), context.now)? {
            found |= of(context, reader, format, id, limit)?;
        }
        return Ok(found);
    }
    let mut stopped = Ok(());
    let ran = ops::related::all(reader, limit, |of, rank, is, score| {
        found = true;
        let line = [name(reader, of)?, clean!("{rank}"), name(reader, is)?, clean!("{score:.6}")];
        stopped = context.out.fields(&line);
        // The kind of this failure is never shown: `stopped` has the reason.
        if stopped.is_ok() { Ok(()) } else { Err(Failure::new(Kind::Interrupted, "the output ended")) }
    });
    stopped?;
    ran?;
    Ok(found)
}

fn write(
    context: &mut Context,
    reader: &Reader,
    format: ListFormat,
    of: ArticleId,
    rank: usize,
    item: &RelatedItem,
) -> Outcome {
    let out = &mut context.out;
    let headline = &item.headline;
    match format {
        ListFormat::Json => out.record(&RelatedRecord::new(of, rank, item)),
        ListFormat::Tsv => {
            let [of, is] = [name(reader, of)?, name(reader, headline.id)?];
            out.fields(&[of, clean!("{rank}"), is, clean!("{:.6}", item.score)])
        }
        ListFormat::Text => {
            let age = headline.published.age(context.now, &context.zone);
            let text = format!("{:>7}  {}\n         {} · {age}", headline.id.0, headline.title, headline.source);
            let reasons: Vec<&str> = item.reasons.iter().map(Clean::as_str).collect();
            let shares = if reasons.is_empty() { String::new() } else { format!(" · shares: {}", reasons.join(", ")) };
            out.text(&CleanText::new(&format!("{text}{shares}")))
        }
    }
}

/// What an article is called in runs of many: the name its feed or file gave it.
fn name(reader: &Reader, id: ArticleId) -> Result<Clean, Failure> {
    Ok(ops::read::guid(reader, id)?.unwrap_or_else(|| clean!("{}", id.0)))
}
