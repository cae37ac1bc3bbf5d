//! `dateline mute`: what is left out of everything, and for how long.

use super::output::{Exit, Outcome, complain};
use super::tellings::MuteRecord;
use super::told::{MuteArgs, MuteCommand};
use super::{Context, pick, when};
use crate::clean;
use crate::model::{Mute, MuteId, MuteRow, Muted};
use crate::ops::{self, Failure, Kind};
use crate::text::Clean;

pub(super) fn run(context: &mut Context, what: &MuteArgs) -> Outcome {
    match &what.what {
        Some(MuteCommand::List) => list(context),
        Some(MuteCommand::Remove { ids }) => remove(context, ids),
        None => add(context, what),
    }
}

fn add(context: &mut Context, what: &MuteArgs) -> Outcome {
    let until = match &what.until {
        Some(given) => Some(when::to_come(given, context.now, &context.zone)?),
        None => None,
    };
    let muted = match &what.story {
        Some(name) => {
            let reader = context.settled()?;
            let article = pick::article(&reader, name)?;
            let story = ops::stories::of(&reader, article)?
                .ok_or_else(|| Failure::new(Kind::NothingFound, clean!("article {} is gone", article.0)))?;
            Muted::Story(story)
        }
        None => {
            let query = ops::read::query(&what.query.join(" "))?;
            if query.is_empty() {
                return Err(Failure::new(Kind::Usage, "an empty query would mute everything").into());
            }
            Muted::Query(query)
        }
    };
    let mut store = context.store()?;
    let id = ops::mute::mute(&mut store, &Mute { what: muted, until }, context.now)?;
    let rows = ops::mute::list(store.reader(), context.now)?;
    rows.iter().filter(|row| row.id == id).try_for_each(|row| write(context, row))
}

fn list(context: &mut Context) -> Outcome {
    let rows = ops::mute::list(&context.reader()?, context.now)?;
    if rows.is_empty() {
        return Err(Failure::new(Kind::NothingFound, "nothing is muted").into());
    }
    rows.iter().try_for_each(|row| write(context, row))
}

fn remove(context: &mut Context, ids: &[i64]) -> Outcome {
    let mut store = context.store()?;
    let mut all = true;
    for id in ids {
        if !ops::mute::unmute(&mut store, MuteId(*id))? {
            all = false;
            complain(
                &Failure::new(Kind::NothingFound, clean!("there is no mute {id}"))
                    .hint("`dateline mute list` lists them"),
            );
        } else if !context.out.json() {
            context.out.line(&clean!("mute {id} is lifted"))?;
        }
    }
    if all { Ok(()) } else { Err(Exit::Said(Kind::NothingFound)) }
}

fn write(context: &mut Context, row: &MuteRow) -> Outcome {
    if context.out.json() {
        return context.out.record(&MuteRecord::new(row));
    }
    let what = match row.what {
        Muted::Story(_) => clean!("the story “{}”", row.said),
        Muted::Query(_) => row.said.clone(),
    };
    let until = match row.until {
        Some(until) => until.format("until %-d %B %Y, %H:%M", &context.zone),
        None => Clean::new("for good"),
    };
    context.out.line(&clean!("{:>4}  {what} · {until} · hides {}", row.id.0, articles(row.hidden)))
}

fn articles(count: u64) -> Clean {
    if count == 1 { Clean::new("1 article") } else { clean!("{count} articles") }
}
