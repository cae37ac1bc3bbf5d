//! `dateline refresh`: fetching feeds again.

use std::time::{Duration, Instant};

use super::add::counted;
use super::fetch_args::Refresh;
use super::output::{Exit, Outcome, Output, complain, say};
use super::progress::Progress;
use super::records::DoneRecord;
use super::{Context, fetch, list, pick};
use crate::clean;
use crate::net::Cancel;
use crate::ops::refresh::{self, Job, Prepared, Wish};
use crate::ops::{self, Failure, Kind};
use crate::store::{Reader, Store};
use crate::text::Clean;

/// What comes one by one is stored, and said, at least so often; what comes faster together.
const AT_LEAST: Duration = Duration::from_millis(250);

pub(super) fn run(context: &mut Context, what: &Refresh) -> Outcome {
    let mut store = context.store()?;
    let jobs = jobs(context, store.reader(), what)?;
    if jobs.is_empty() {
        if refresh::all(store.reader())?.is_empty() {
            return Err(list::nothing(false, "there are no feeds to fetch").into());
        }
        if context.out.json() {
            return Ok(());
        }
        let next = refresh::next_due(store.reader(), Wish::from(&context.config))?;
        let when = next.map(|next| next.format("%H:%M on %-d %b", &context.zone));
        return context.out.line(&match when {
            Some(when) => clean!("no feed is due before {when}; --force fetches them all"),
            None => clean!("no feed is due; --force fetches them all"),
        });
    }
    let total = jobs.len();
    ops::stories::prefer(&mut store, &(&context.config).into())?;
    let sums = fetch_all(context, &mut store, jobs)?;
    super::full::missing(context, &mut store)?;
    ops::mute::end(&mut store, context.now)?;
    // Where only cron refreshes, nobody else would let old news go.
    ops::clean_up::clean_up(&mut store, (&context.config).into(), context.now)?;
    if !context.out.json() {
        let some = |count: usize, what: &str| {
            if count > 0 { clean!(", {count} {what}") } else { Clean::default() }
        };
        let (failed, later) = (some(sums.failed, "failed"), some(sums.later, "put off"));
        context.out.line(&clean!("{}: {}{failed}{later}", counted(total, "feed"), counted(sums.new, "new article")))?;
    }
    match sums.failed {
        0 => Ok(()),
        failed if failed == total => Err(Exit::Said(Kind::Network)),
        _ => Err(Exit::Said(Kind::SomeFeeds)),
    }
}

/// The feeds to fetch: those named, else those due.
fn jobs(context: &Context, reader: &Reader, what: &Refresh) -> Result<Vec<Job>, Failure> {
    // Whoever never refreshes by a clock means all feeds when asking.
    let wish = Wish::from(&context.config);
    if what.feeds.is_empty() {
        let all = what.force || wish.minutes == 0;
        return if all { refresh::all(reader) } else { refresh::due(reader, wish, context.now) };
    }
    let feeds = ops::read::sources(reader)?.feeds;
    let mut wanted = Vec::new();
    for name in &what.feeds {
        wanted.extend(pick::feeds(&feeds, name)?.into_iter().map(|feed| feed.id));
    }
    let mut jobs = refresh::all(reader)?;
    jobs.retain(|job| wanted.contains(&job.feed));
    if jobs.is_empty() {
        return Err(Failure::new(
            Kind::NothingFound,
            clean!("“{}” is not fetched from anywhere", what.feeds.join(", ")),
        )
        .hint("the sample news and what was saved by hand have no address"));
    }
    Ok(jobs)
}

/// What came of a refresh.
#[derive(Default)]
struct Sums {
    new: usize,
    failed: usize,
    later: usize,
}

fn fetch_all(context: &mut Context, store: &mut Store, jobs: Vec<Job>) -> Result<Sums, Exit> {
    let net = fetch::net(&context.config)?;
    let total = jobs.len();
    let requests: Vec<_> = jobs.into_iter().map(|job| (job.clone(), job.request())).collect();
    let cancel = Cancel::new();
    let mut progress = Progress::new();
    let (mut done, mut sums, mut stopped) = (0, Sums::default(), Ok(()));
    let (mut waiting, mut stored) = (Vec::new(), Instant::now());
    net.run(requests, &cancel, |job, answer| {
        if stopped.is_err() {
            return;
        }
        done += 1;
        progress.show(done, total as u64, &job.title);
        waiting.push(refresh::prepare(job, answer));
        let many = waiting.iter().map(Prepared::articles).sum::<usize>() >= refresh::TOGETHER;
        if many || stored.elapsed() >= AT_LEAST {
            stopped = take_in(context, store, &mut waiting, &mut progress, &mut sums);
            stored = Instant::now();
        }
        if stopped.is_err() {
            // The store or the output is lost: what is still under way is not wanted.
            cancel.cancel();
        }
    });
    let stopped = stopped.and_then(|()| take_in(context, store, &mut waiting, &mut progress, &mut sums));
    progress.clear();
    stopped?;
    Ok(sums)
}

/// Stores what some feeds brought and says so.
fn take_in(
    context: &mut Context,
    store: &mut Store,
    waiting: &mut Vec<Prepared>,
    progress: &mut Progress,
    sums: &mut Sums,
) -> Outcome {
    let came = refresh::take_in_all(store, waiting, context.now)?;
    for (prepared, came) in waiting.drain(..).zip(came) {
        say_what_came(context, &prepared, &came, progress, sums)?;
    }
    Ok(())
}

/// Says what one feed brought.
fn say_what_came(
    context: &mut Context,
    prepared: &Prepared,
    came: &refresh::Outcome,
    progress: &mut Progress,
    sums: &mut Sums,
) -> Outcome {
    let (address, id) = (prepared.address(), prepared.feed());
    sums.new += came.new.len();
    sums.failed += usize::from(came.error.is_some() && !came.later);
    sums.later += usize::from(came.later);
    let out: &mut Output = &mut context.out;
    if out.json() {
        out.record(&DoneRecord {
            title: Some(&came.title),
            id: Some(id.0),
            kind: Some("feed"),
            new: Some(came.new.len() as u64),
            changed: Some(came.changed.len() as u64),
            unchanged: Some(came.unchanged as u64),
            later: came.later.then_some(true),
            notes: &came.complaints,
            error: came.error.as_ref(),
            ..DoneRecord::new(address.as_str())
        })?;
    }
    if let (Some(why), true) = (&came.error, came.later) {
        progress.clear();
        out.flush()?;
        say(&clean!("dateline: {}: put off: {why}", came.title));
    } else if let Some(error) = &came.error {
        progress.clear();
        out.flush()?;
        let failure = Failure::new(Kind::Network, clean!("{}: {error}", came.title));
        complain(&failure.hint(clean!("the feed's address is {address}; `dateline refresh {}` tries again", id.0)));
    } else if !out.json() && (!came.new.is_empty() || !came.changed.is_empty()) {
        progress.clear();
        let changed =
            if came.changed.is_empty() { Clean::default() } else { clean!(", {} changed", came.changed.len()) };
        out.line(&clean!("{}: {} new{changed}", came.title, came.new.len()))?;
        // On a terminal the lines come as the feeds do.
        if out.is_terminal() {
            out.flush()?;
        }
    }
    if !out.json() {
        for note in &came.complaints {
            progress.clear();
            out.flush()?;
            say(&clean!("dateline: {}: {note}", came.title));
        }
    }
    Ok(())
}
