//! `dateline related`: what belongs with an article, best first.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::list_args::{ListFormat, Related};
use super::output::{Exit, Outcome};
use super::progress::Progress;
use super::records::RelatedRecord;
use super::{Context, pick};
use crate::clean;
use crate::model::{ArticleId, RelatedItem, View};
use crate::ops::{self, Failure, Kind};
use crate::related::Floor;
use crate::store::Reader;
use crate::text::{Clean, CleanText};

pub(super) fn run(context: &mut Context, what: &Related) -> Outcome {
    let format = if context.out.json() { ListFormat::Json } else { what.format };
    let floor = match what.floor {
        None => Floor::Screen,
        Some(least) if (0.0..=1.0).contains(&least) => Floor::Score(least),
        Some(_) => {
            let failure = Failure::new(Kind::Usage, "a score is a number from 0 to 1");
            return Err(failure.hint("`--floor 0` shows whatever has anything in common").into());
        }
    };
    let mut reader = context.reader()?;
    if !reader.is_signed()? {
        drop(reader);
        let mut line = Progress::new();
        let what = Clean::new("articles prepared for related news, which works differently now");
        ops::related::renew(&mut context.store()?, |renewal| line.show(renewal.done, renewal.total, &what))?;
        line.clear();
        reader = context.reader()?;
    }
    let limit = |default: u32| what.limit.unwrap_or(default) as usize;
    let screen = context.config.related.limit;
    let found = match &what.id {
        Some(name) => {
            let id = pick::article(&reader, name)?;
            of(context, &reader, format, id, limit(screen), floor)?
        }
        // For measuring: long, and without the floor, which is there for people who look at a screen.
        None if format == ListFormat::Tsv => {
            let least = what.floor.unwrap_or(0.0);
            between_tabs(context, &reader, limit(MEASURED), least)?
        }
        None => {
            let mut found = false;
            for id in ops::read::ids(&reader, &View::default(), context.now)? {
                found |= of(context, &reader, format, id, limit(screen), floor)?;
            }
            found
        }
    };
    if found {
        return Ok(());
    }
    Err(Failure::new(Kind::NothingFound, "nothing stored is related")
        .hint("the more articles are stored, the more is found: `dateline refresh`")
        .into())
}

/// How many are written of each article where all are, between tabs.
const MEASURED: u32 = 100;

/// What is related to one article, as the sidebar shows it. Whether there was anything.
fn of(
    context: &mut Context,
    reader: &Reader,
    format: ListFormat,
    id: ArticleId,
    limit: usize,
    floor: Floor,
) -> Result<bool, Exit> {
    let items = ops::related::related_over(reader, id, limit, floor)?;
    for (n, item) in items.iter().enumerate() {
        write(context, reader, format, id, n + 1, item)?;
    }
    Ok(!items.is_empty())
}

/// What is related to every article, by likeness alone: for measuring it. Whether there was anything.
fn between_tabs(context: &mut Context, reader: &Reader, limit: usize, least: f32) -> Result<bool, Exit> {
    let mut found = false;
    let mut stopped = Ok(());
    // Each name is needed a hundred times.
    let mut names: HashMap<ArticleId, Clean> = HashMap::new();
    let ran = ops::related::all(reader, limit, least, |of, rank, is, score| {
        found = true;
        for id in [of, is] {
            if let Entry::Vacant(vacant) = names.entry(id) {
                vacant.insert(name(reader, id)?);
            }
        }
        let line = [names[&of].clone(), clean!("{rank}"), names[&is].clone(), clean!("{score:.6}")];
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
