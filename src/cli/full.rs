//! `dateline full`: the whole text of articles, from their pages; and for which feeds that is always
//! wanted.

use super::add::counted;
use super::fetch_args::Full;
use super::output::{Exit, Outcome, complain};
use super::progress::Progress;
use super::records::DoneRecord;
use super::{Context, fetch, items, pick};
use crate::clean;
use crate::model::{ArticleId, TextKind};
use crate::net::{Answer, Cancel, Error};
use crate::ops::full_text::{self, Job, Outcome as Came};
use crate::ops::{self, Failure, Kind, keep};
use crate::store::Store;
use crate::text::Clean;

pub(super) fn run(context: &mut Context, what: &Full) -> Outcome {
    let mut store = context.store()?;
    for (names, always) in [(&what.always, true), (&what.never, false)] {
        set_feeds(context, &mut store, names, always)?;
    }
    let mut jobs = Vec::new();
    let sorted = items::each(
        context,
        &what.ids,
        |name| Clean::new(name),
        |context, name| {
            let id = pick::article(store.reader(), name)?;
            if !what.again && has_full_text(&store, id)? {
                return tell(context, id, &Clean::default(), &clean!("has its full text already"));
            }
            jobs.push(full_text::job(store.reader(), id)?);
            Ok(())
        },
    );
    let fetched = if jobs.is_empty() { Ok(()) } else { fetch_each(context, &mut store, jobs) };
    sorted.and(fetched)
}

/// Sets for feeds whether the full text of their articles is always fetched.
fn set_feeds(context: &mut Context, store: &mut Store, names: &[String], always: bool) -> Outcome {
    let feeds = ops::read::sources(store.reader())?.feeds;
    for name in names {
        for feed in pick::feeds(&feeds, name)? {
            full_text::always(store, feed.id, always)?;
            let said = if always { "full text: always" } else { "full text: only when asked for" };
            if context.out.json() {
                let record = DoneRecord { id: Some(feed.id.0), title: Some(&feed.title), ..DoneRecord::new(name) };
                context.out.record(&DoneRecord { kind: Some(said), ..record })?;
            } else {
                context.out.line(&clean!("{} {}: {said}", feed.id.0, feed.title))?;
            }
        }
    }
    Ok(())
}

fn has_full_text(store: &Store, id: ArticleId) -> Result<bool, Failure> {
    Ok(ops::read::text(store.reader(), id, TextKind::Full)?.is_some())
}

fn tell(context: &mut Context, id: ArticleId, title: &Clean, what: &Clean) -> Outcome {
    if context.out.json() {
        let item = id.0.to_string();
        let title = Some(title).filter(|title| !title.is_empty());
        let record = DoneRecord { id: Some(id.0), title, ..DoneRecord::new(&item) };
        return context.out.record(&DoneRecord { kind: Some(what.as_str()), ..record });
    }
    let title = if title.is_empty() { Clean::default() } else { clean!("{title}:") };
    context.out.line(&clean!("{} {title} {what}", id.0))
}

/// Fetches pages, all at once and politely, and says of each what came of it.
fn fetch_each(context: &mut Context, store: &mut Store, jobs: Vec<Job>) -> Outcome {
    let (mut first, mut stopped) = (None, Ok(()));
    fetch_all(context, store, jobs, |context, job, came| {
        let said = match came {
            Ok(Came { words, note: None, .. }) => tell(context, job.article, &job.title, &clean!("{words} words")),
            Ok(Came { words, note: Some(note), advice }) => {
                let advice = advice.map_or_else(Clean::default, |advice| clean!(" ({advice})"));
                tell(context, job.article, &job.title, &clean!("{words} words; not all of it: {note}{advice}"))
            }
            Err(failure) => {
                first = first.or(Some(failure.kind));
                refuse(context, job, &failure)
            }
        };
        let goes_on = said.is_ok();
        stopped = said;
        goes_on
    })?;
    stopped?;
    first.map_or(Ok(()), |kind| Err(Exit::Said(kind)))
}

fn refuse(context: &mut Context, job: &Job, failure: &Failure) -> Outcome {
    if context.out.json() {
        let item = job.article.0.to_string();
        let record = DoneRecord { id: Some(job.article.0), title: Some(&job.title), ..DoneRecord::new(&item) };
        context.out.record(&DoneRecord { error: Some(&failure.message), ..record })?;
    }
    context.out.flush()?;
    complain(failure);
    Ok(())
}

/// Fetches pages and stores what they give; `told` hears of each and says whether to go on.
pub(super) fn fetch_all(
    context: &mut Context,
    store: &mut Store,
    jobs: Vec<Job>,
    mut told: impl FnMut(&mut Context, &Job, Result<Came, Failure>) -> bool,
) -> Result<(), Failure> {
    let net = fetch::net(&context.config)?;
    let sites = context.config.sites.clone();
    let cancel = Cancel::new();
    let (mut progress, mut done, total) = (Progress::new(), 0, jobs.len() as u64);
    let requests: Vec<_> = jobs.into_iter().map(|job| (job.clone(), job.request())).collect();
    let mut bookmarks = Vec::new();
    net.run(requests, &cancel, |job: Job, answer: Result<Answer, Error>| {
        if cancel.is_cancelled() {
            return;
        }
        done += 1;
        progress.show(done, total, &job.title);
        let prepared = full_text::prepare(job.clone(), answer, &sites);
        bookmarks.extend(prepared.pictures());
        let came = full_text::take_in(store, prepared, context.now);
        progress.clear();
        if !told(context, &job, came) {
            cancel.cancel();
        }
    });
    for mut wanted in bookmarks {
        if !context.config.bookmark_pictures {
            wanted.links.clear();
        }
        let wanted = wanted.still(store.reader())?;
        keep::take_in(store, keep::fetch(&net, wanted, &cancel), context.now)?;
    }
    Ok(())
}

/// Fetches the text of one article that is about to be shown.
pub(super) fn one(context: &mut Context, store: &mut Store, id: ArticleId) -> Result<(), Failure> {
    let job = full_text::job(store.reader(), id)?;
    let mut result = Ok(());
    fetch_all(context, store, vec![job], |_, _, came| {
        result = came.map(drop);
        true
    })?;
    result
}

/// Fetches the pages that are wanted without anybody asking for each: of bookmarks, and of feeds
/// whose full text is always wanted. Says in a line how it went; what is missing is no failure of
/// the command, and is asked for again the next time.
pub(super) fn missing(context: &mut Context, store: &mut Store) -> Outcome {
    let jobs = full_text::wanted(store.reader(), context.now)?;
    if jobs.is_empty() {
        return Ok(());
    }
    let (mut well, mut not) = (0, 0);
    fetch_all(context, store, jobs, |_, _, came| {
        match came {
            Ok(_) => well += 1,
            Err(failure) if failure.kind == Kind::Unwritable => return false,
            Err(_) => not += 1,
        }
        true
    })?;
    if context.out.json() {
        return Ok(());
    }
    let not = if not > 0 { clean!(", {not} could not be had") } else { Clean::default() };
    context.out.line(&clean!("{}{not}", counted(well, "full text")))
}
