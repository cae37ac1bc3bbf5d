//! The writer: the one thread that changes the store. What a person did goes before what a refresh
//! brings.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, bounded, select_biased, unbounded};

use super::changes;
use super::worker::{Outbox, guarded, spawn};
use crate::app::{Change, Changed, Choice, Done, Event, Problem, Progress, Summary};
use crate::clean;
use crate::feed::Alternate;
use crate::net;
use crate::ops::subscribe::Added;
use crate::ops::{self, Failure};
use crate::store::Store;
use crate::text::{Clean, CleanText, Link};

/// Answers that may wait to be stored. The fetcher waits when there are more, so that memory does
/// not grow with the number of feeds.
const ANSWERS: usize = 16;

/// How often the progress of a refresh is told.
const TELL_EVERY: Duration = Duration::from_millis(33);

/// Something that a person did.
pub(super) enum Order {
    /// A change of articles.
    Change(Change),
    /// Import a file.
    Import(CleanText),
}

/// What the network brings.
pub(super) enum News {
    /// A refresh of so many feeds begins.
    Begin(usize),
    /// A feed answered.
    Answer(Box<ops::refresh::Prepared>),
    /// The refresh is over; whether it was cancelled.
    End {
        /// Whether it was cancelled.
        cancelled: bool,
    },
    /// The refresh could not be done.
    Failed(Problem),
    /// What was found at an address that a person typed.
    Subscribe(Link, Box<Result<net::Answer, net::Error>>),
}

/// The ways to the writer.
pub(super) struct Doors {
    /// For the screen: never blocks.
    pub(super) orders: Sender<Order>,
    /// For the fetcher: waits while the writer is behind.
    pub(super) news: Sender<News>,
}

/// Starts it.
pub(super) fn start(store: Store, keep_days: u32, outbox: Outbox) -> io::Result<(Doors, JoinHandle<()>)> {
    let (orders, from_screen) = unbounded();
    let (news, from_fetcher) = bounded(ANSWERS);
    let thread = spawn("writer", move || {
        Writer { store, keep_days, outbox, refresh: Refresh::default() }.run(&from_screen, &from_fetcher);
    })?;
    Ok((Doors { orders, news }, thread))
}

struct Writer {
    store: Store,
    keep_days: u32,
    outbox: Outbox,
    refresh: Refresh,
}

/// The refresh that is running.
#[derive(Default)]
struct Refresh {
    progress: Progress,
    first_failure: Option<Clean>,
    told: Option<Instant>,
}

impl Writer {
    /// Works until the screen is gone; what a person did before is stored to the last.
    fn run(mut self, orders: &Receiver<Order>, news: &Receiver<News>) {
        let outbox = self.outbox.clone();
        loop {
            select_biased! {
                recv(orders) -> order => match order {
                    Ok(order) => { guarded("writer", &outbox, || self.order(order)); }
                    Err(_) => return,
                },
                recv(news) -> found => match found {
                    Ok(found) => { guarded("writer", &outbox, || self.news(found)); }
                    // The fetcher is gone; the screen may not be.
                    Err(_) => match orders.recv() {
                        Ok(order) => { guarded("writer", &outbox, || self.order(order)); }
                        Err(_) => return,
                    },
                },
            }
        }
    }

    fn order(&mut self, order: Order) {
        match order {
            Order::Change(change) => {
                let outbox = self.outbox.clone();
                let stored = guarded("writer", &outbox, || changes::store(&mut self.store, &change, super::now()));
                // Every change is answered, also where storing it panicked: the screen shows it already.
                let outcome = match stored {
                    Some(Ok(ids)) => Ok(Arc::from(ids)),
                    Some(Err(failure)) => Err(Problem::from(&failure)),
                    None => {
                        Err(Problem { message: "An internal error kept this from being stored.".into(), hint: None })
                    }
                };
                self.outbox.send(Event::Changed(Changed { change, outcome }));
            }
            Order::Import(path) => {
                let done = match self.import(&expand_home(path.as_str())) {
                    Ok(done) => done,
                    Err(failure) => Done::Failed(Problem::from(&failure)),
                };
                self.outbox.send(Event::Done(done));
            }
        }
    }

    fn import(&mut self, path: &Path) -> Result<Done, Failure> {
        let (name, outbox) = (Clean::new(&path.display().to_string()), self.outbox.clone());
        let mut told = Instant::now();
        let report = ops::import::import_file(&mut self.store, path, super::now(), |read, all| {
            if told.elapsed() >= TELL_EVERY {
                told = Instant::now();
                let percent = read.saturating_mul(100) / all.max(1);
                outbox.send(Event::Working(clean!("Importing {name} … {percent} %")));
            }
        })?;
        Ok(Done::Imported { said: report.said(), article: report.opens })
    }

    fn news(&mut self, news: News) {
        match news {
            News::Begin(total) => {
                self.refresh = Refresh { progress: Progress { total, ..Progress::default() }, ..Refresh::default() };
                self.tell();
            }
            News::Answer(prepared) => self.take_in(*prepared),
            News::End { cancelled } => self.end(cancelled),
            News::Failed(problem) => {
                let Refresh { progress, .. } = std::mem::take(&mut self.refresh);
                let summary = Summary { progress, cancelled: true, first_failure: None };
                self.outbox.send(Event::Refreshed(summary));
                self.outbox.send(Event::Trouble(problem));
            }
            News::Subscribe(asked, answer) => {
                let done = match ops::subscribe::take_in(&mut self.store, &asked, *answer, super::now()) {
                    Ok(added) => added.into(),
                    Err(failure) => Done::Failed(Problem::from(&failure)),
                };
                self.outbox.send(Event::Done(done));
            }
        }
    }

    fn take_in(&mut self, prepared: ops::refresh::Prepared) {
        let progress = &mut self.refresh.progress;
        progress.done += 1;
        let failure = match ops::refresh::take_in(&mut self.store, prepared, super::now()) {
            Ok(outcome) => {
                progress.new += outcome.new.len() as u64;
                outcome.error
            }
            Err(failure) => Some(failure.message),
        };
        if let Some(failure) = failure {
            progress.failed += 1;
            self.refresh.first_failure.get_or_insert(failure);
        }
        // Thirty times a second is as often as anyone can see it.
        if self.refresh.told.is_none_or(|told| told.elapsed() >= TELL_EVERY) {
            self.tell();
        }
    }

    fn tell(&mut self) {
        self.refresh.told = Some(Instant::now());
        self.outbox.send(Event::Refreshing(self.refresh.progress.clone()));
    }

    fn end(&mut self, cancelled: bool) {
        let Refresh { progress, first_failure, .. } = std::mem::take(&mut self.refresh);
        self.outbox.send(Event::Refreshed(Summary { progress, cancelled, first_failure }));
        if self.keep_days > 0
            && let Err(failure) = ops::clean_up::clean_up(&mut self.store, self.keep_days, super::now())
        {
            self.outbox.send(Event::Trouble(Problem::from(&failure)));
        }
    }
}

/// `~` as shells have it: what a person types is typed as in a shell.
fn expand_home(path: &str) -> PathBuf {
    match (path.strip_prefix("~/"), directories::BaseDirs::new()) {
        (Some(rest), Some(dirs)) => dirs.home_dir().join(rest),
        _ => path.into(),
    }
}

impl From<Added> for Done {
    fn from(added: Added) -> Self {
        match added {
            Added::Feed { feed, title, new, .. } => Self::Subscribed { feed, title, new: new as u64 },
            Added::Article { article, title, .. } => Self::Saved { article, title },
            Added::Choose(found) => Self::Choose(found.into_iter().map(choice).collect()),
        }
    }
}

fn choice(found: Alternate) -> Choice {
    Choice { title: found.title.unwrap_or_else(|| Clean::new(found.link.as_str())), link: found.link }
}
