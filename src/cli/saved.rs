//! `dateline saved`: searches that are kept under a name.

use serde::Serialize;

use super::Context;
use super::keep_args::SavedCommand;
use super::output::Outcome;
use super::records::VERSION;
use crate::clean;
use crate::model::SavedQuery;
use crate::ops::{self, Failure, Kind};
use crate::text::Clean;

/// A saved search, as other programs read it.
#[derive(Serialize)]
struct Record {
    v: u8,
    name: Clean,
    query: String,
    /// Its unread articles, up to a thousand; not there where counting would read every text.
    #[serde(skip_serializing_if = "Option::is_none")]
    unread: Option<u64>,
}

pub(super) fn run(context: &mut Context, what: Option<&SavedCommand>) -> Outcome {
    match what {
        None | Some(SavedCommand::List) => list(context),
        Some(SavedCommand::Add { name, query }) => {
            let query = ops::read::query(&query.join(" "))?;
            let mut store = context.store()?;
            let name = named(name)?;
            let before = ops::saved::find(store.reader(), name.as_str()).ok();
            let after = SavedQuery { name, query };
            ops::saved::replace(&mut store, before.as_ref(), Some(&after), context.now)?;
            let SavedQuery { name, query } = &after;
            said(
                context,
                &match before.filter(|before| before.query != *query) {
                    Some(before) => clean!("{name} finds {query} now; before: {}", before.query),
                    None => clean!("{name} is kept"),
                },
            )
        }
        Some(SavedCommand::Remove { name }) => {
            let mut store = context.store()?;
            let before = ops::saved::find(store.reader(), name.trim_start_matches('@'))?;
            ops::saved::replace(&mut store, Some(&before), None, context.now)?;
            said(context, &clean!("{} is removed; it found {}", before.name, before.query))
        }
        Some(SavedCommand::Rename { name, to }) => {
            let mut store = context.store()?;
            let before = ops::saved::find(store.reader(), name.trim_start_matches('@'))?;
            let after = SavedQuery { name: named(to)?, query: before.query.clone() };
            let taken = ops::saved::find(store.reader(), after.name.as_str()).ok();
            if taken.is_some_and(|taken| taken.name != before.name) {
                let message = clean!("there is a saved search “{}” already", after.name);
                return Err(Failure::new(Kind::Usage, message).hint("remove it first, or choose another name").into());
            }
            ops::saved::replace(&mut store, Some(&before), Some(&after), context.now)?;
            said(context, &clean!("{} is called {} now", before.name, after.name))
        }
    }
}

/// Says what was done: with the words of a search that gave way, so that it can be had back.
fn said(context: &mut Context, what: &Clean) -> Outcome {
    if context.out.json() { Ok(()) } else { context.out.line(what) }
}

/// A name as it is kept.
fn named(typed: &str) -> Result<Clean, Failure> {
    let name = Clean::new(typed.trim().trim_start_matches('@'));
    if name.is_empty() { Err(Failure::new(Kind::Usage, "a saved search needs a name")) } else { Ok(name) }
}

fn list(context: &mut Context) -> Outcome {
    let reader = context.reader()?;
    let saved = ops::saved::list(&reader)?;
    if saved.is_empty() {
        return Err(Failure::new(Kind::NothingFound, "no search is saved yet")
            .hint("`dateline saved add NAME QUERY` saves one; in the reader, a key does")
            .into());
    }
    let counts = ops::saved::unread(&reader, context.now)?;
    for SavedQuery { name, query } in saved {
        let unread = counts.iter().find(|(counted, _)| *counted == name).map(|(_, count)| *count);
        if context.out.json() {
            context.out.record(&Record { v: VERSION, name, query: query.to_string(), unread })?;
        } else {
            let unread = unread.map_or_else(|| Clean::new("-"), |count| clean!("{count}"));
            context.out.fields(&[unread, name, clean!("{query}")])?;
        }
    }
    Ok(())
}
