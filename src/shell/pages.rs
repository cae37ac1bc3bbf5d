//! The threads that fetch the pages of articles and read them. They store nothing: what they bring
//! goes to the writer. There are two, so that a page somebody waits for does not stand behind forty
//! that nobody does.

use std::collections::{HashMap, HashSet};
use std::io;
use std::thread::JoinHandle;
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, unbounded};

use super::fetcher::{Means, Saved};
use super::worker::{Outbox, guarded, spawn};
use super::writer::News;
use crate::app::{Done, Event, FullText, Problem};
use crate::clean;
use crate::model::ArticleId;
use crate::net::{Cancel, Net};
use crate::ops::full_text::{self, Job};
use crate::ops::{self, Failure, keep};
use crate::store::Reader;
use crate::text::Clean;

/// The pause after which what was put off is tried again.
const AGAIN: Duration = Duration::from_secs(600);

/// Something to fetch, and the switch that calls it off.
pub(super) enum Wanted {
    /// The page of an article that a person asked for.
    Article(ArticleId, Cancel),
    /// The pages that are missing: see [`full_text::wanted`].
    Missing(Cancel),
    /// What bookmarks lack: see [`full_text::lacking`].
    Lacking(Cancel),
    /// The settings were saved: these hold from now on.
    Settings(Box<Saved>),
}

/// Starts a thread called `name`.
pub(super) fn start(name: &'static str, reader: Reader, means: Means) -> io::Result<(Sender<Wanted>, JoinHandle<()>)> {
    let (to, from) = unbounded();
    let thread = spawn(name, move || Pages::new(reader, means).run(name, &from))?;
    Ok((to, thread))
}

struct Pages {
    reader: Reader,
    means: Means,
    /// Made when it is first needed, as the fetchers do.
    net: Option<Net>,
    /// What is missing could not be asked for, and is to be tried again; the switch that calls it off.
    put_off: Option<Cancel>,
    /// Why, as it was told: the same is not told twice.
    told: Option<Clean>,
}

impl Pages {
    fn new(reader: Reader, means: Means) -> Self {
        Self { reader, means, net: None, put_off: None, told: None }
    }

    fn run(mut self, name: &str, wanted: &Receiver<Wanted>) {
        let outbox = self.means.outbox.clone();
        while let Some(first) = self.next(wanted, AGAIN) {
            // All that wait go together, each host's in turn: one slow server holds up only its own.
            let mut batch = Batch::of(std::iter::once(first).chain(wanted.try_iter()));
            if let Some(saved) = batch.settings.take() {
                if saved.settings != self.means.saved.settings {
                    self.net = None;
                    // It may have been these that were wrong.
                    if let Some(cancel) = self.put_off.take().filter(|cancel| !cancel.is_cancelled()) {
                        (batch.missing, batch.cancel) = (true, cancel);
                    }
                }
                self.means.saved = *saved;
            }
            let asked = batch.articles.clone();
            if guarded(name, &outbox, || self.fetch(batch)).is_none() {
                give_up(&outbox, asked, "An internal error stopped the fetching of this page.");
            }
        }
    }

    /// What is wanted next; after `pause` what was put off, if anything was. `None` when the program ends.
    fn next(&mut self, wanted: &Receiver<Wanted>, pause: Duration) -> Option<Wanted> {
        if self.put_off.is_none() {
            return wanted.recv().ok();
        }
        match wanted.recv_timeout(pause) {
            Ok(first) => Some(first),
            Err(RecvTimeoutError::Timeout) => self.put_off.take().map(Wanted::Missing),
            Err(RecvTimeoutError::Disconnected) => None,
        }
    }

    /// The network cannot be set up, and nobody waits for an answer: that is said once, and tried again.
    fn put_off(&mut self, cancel: &Cancel, failure: &Failure) {
        self.put_off = Some(cancel.clone());
        if self.told.as_ref() != Some(&failure.message) {
            self.told = Some(failure.message.clone());
            let message = clean!("The pages that are missing cannot be fetched: {}", failure.message);
            let hint = "It is tried again every few minutes, and when the settings are saved.";
            self.means.outbox.send(Event::Trouble(Problem { message, hint: Some(hint.into()) }));
        }
    }

    fn fetch(&mut self, batch: Batch) {
        let jobs = self.jobs(&batch);
        if jobs.is_empty() {
            return;
        }
        let outbox = self.means.outbox.clone();
        let unasked = jobs.iter().filter(|job| !job.asked).count();
        let (mut done, mut well) = (0, 0);
        let mut open: HashMap<ArticleId, Job> = jobs.iter().map(|job| (job.article, job.clone())).collect();
        let (news, sites) = (self.means.news.clone(), self.means.saved.sites.clone());
        let mut bookmarks = Vec::new();
        let result = self.net().map(|net| {
            let requests = jobs.into_iter().map(|job| {
                let request = job.request();
                (job, request)
            });
            net.run(requests, &batch.cancel, |job, answer| {
                open.remove(&job.article);
                if !job.asked {
                    done += 1;
                    outbox.send(Event::Pages(Some((done, unasked))));
                }
                let prepared = full_text::prepare(job, answer, &sites);
                well += usize::from(!prepared.job.asked && prepared.is_text());
                bookmarks.extend(prepared.pictures());
                // Nobody takes it in only while the program ends.
                let _ = news.send(News::Page(Box::new(prepared)));
            });
        });
        match &result {
            Ok(()) => self.told = None,
            Err(failure) if batch.missing && !batch.lacking => self.put_off(&batch.cancel, failure),
            Err(_) => {}
        }
        self.fetch_pictures(bookmarks, &batch.cancel);
        let why = match &result {
            Ok(()) => Problem { message: Clean::new("Cancelled: the page was not fetched."), hint: None },
            Err(failure) => Problem::from(failure),
        };
        if batch.lacking {
            outbox.send(match result {
                Ok(()) => Event::Done(Done::Said(completed(well, unasked.max(1)))),
                Err(_) => Event::Trouble(why.clone()),
            });
        }
        for job in open.into_values().filter(|job| job.asked) {
            outbox.send(came(job.article, Some(&job), Err(why.clone())));
        }
        if unasked > 0 {
            outbox.send(Event::Pages(None));
        }
    }

    /// What a batch comes to: each article once, those that a person asked for first.
    fn jobs(&self, batch: &Batch) -> Vec<Job> {
        let outbox = &self.means.outbox;
        let mut jobs: Vec<Job> = Vec::new();
        for id in &batch.articles {
            match full_text::job(&self.reader, *id) {
                Ok(job) => jobs.push(job),
                Err(failure) => outbox.send(came(*id, None, Err(Problem::from(&failure)))),
            }
        }
        let mut wanted = Vec::new();
        if batch.missing {
            wanted.push(full_text::wanted(&self.reader, super::now()));
        }
        if batch.lacking {
            let lacking = full_text::lacking(&self.reader);
            if lacking.as_ref().is_ok_and(Vec::is_empty) {
                outbox.send(Event::Done(Done::Said(Clean::new("All of every bookmark is here."))));
            }
            wanted.push(lacking);
        }
        for wanted in wanted {
            match wanted {
                Ok(wanted) => {
                    let known: HashSet<ArticleId> = jobs.iter().map(|job| job.article).collect();
                    jobs.extend(wanted.into_iter().filter(|job| !known.contains(&job.article)));
                }
                Err(failure) => outbox.send(Event::Trouble(Problem::from(&failure))),
            }
        }
        jobs
    }

    /// Fetches the pictures of bookmarks whose pages have come.
    fn fetch_pictures(&self, bookmarks: Vec<keep::Wanted>, cancel: &Cancel) {
        let Some(net) = &self.net else { return };
        for wanted in bookmarks {
            match lacking_pictures(&self.reader, wanted, self.means.saved.pictures) {
                Ok(wanted) => {
                    // Nobody takes it in only while the program ends.
                    let _ = self.means.news.send(News::Pictures(Box::new(keep::fetch(net, wanted, cancel))));
                }
                Err(failure) => self.means.outbox.send(Event::Trouble(Problem::from(&failure))),
            }
        }
    }

    fn net(&mut self) -> Result<&Net, Failure> {
        let no_network = |why: Clean| Failure::new(ops::Kind::Network, why).hint("What is stored stays readable.");
        if self.net.is_none() {
            self.net = Some(Net::new(&self.means.saved.settings).map_err(|error| no_network(clean!("{error}")))?);
        }
        self.net.as_ref().ok_or_else(|| no_network(Clean::new("The network could not be set up.")))
    }
}

/// What waits to be fetched.
struct Batch {
    articles: Vec<ArticleId>,
    missing: bool,
    lacking: bool,
    /// The newest settings, where they came.
    settings: Option<Box<Saved>>,
    /// The switch of the newest: what was called off earlier has left the queue with it.
    cancel: Cancel,
}

impl Batch {
    fn of(wanted: impl Iterator<Item = Wanted>) -> Self {
        let mut batch =
            Self { articles: Vec::new(), missing: false, lacking: false, settings: None, cancel: Cancel::new() };
        for wanted in wanted {
            match wanted {
                Wanted::Article(id, cancel) => {
                    batch.articles.push(id);
                    batch.cancel = cancel;
                }
                Wanted::Missing(cancel) => {
                    batch.missing |= !cancel.is_cancelled();
                    batch.cancel = cancel;
                }
                Wanted::Lacking(cancel) => {
                    batch.lacking |= !cancel.is_cancelled();
                    batch.cancel = cancel;
                }
                Wanted::Settings(saved) => batch.settings = Some(saved),
            }
        }
        batch
    }
}

/// Of the pictures of a bookmark those that are not here, and none where the person wants none.
fn lacking_pictures(reader: &Reader, mut wanted: keep::Wanted, pictures: bool) -> Result<keep::Wanted, Failure> {
    if !pictures {
        wanted.links.clear();
    }
    wanted.still(reader)
}

/// What came of the pages that bookmarks lacked, of those that were asked for.
fn completed(well: usize, asked: usize) -> Clean {
    if well == asked {
        return clean!("What the bookmarks lacked: {} came.", pages_said(well));
    }
    let asked = pages_said(asked);
    clean!("What the bookmarks lacked: {well} of {asked} came. Over each bookmark stands what is missing.")
}

fn pages_said(count: usize) -> Clean {
    if count == 1 { Clean::new("1 page") } else { clean!("{count} pages") }
}

/// Tells of articles that will not come.
fn give_up(outbox: &Outbox, articles: Vec<ArticleId>, why: &str) {
    for id in articles {
        outbox.send(came(id, None, Err(Problem { message: Clean::new(why), hint: None })));
    }
    outbox.send(Event::Pages(None));
}

/// The event that tells what came of a page. `job` is `None` where not even that could be made.
pub(super) fn came(article: ArticleId, job: Option<&Job>, outcome: Result<(u32, Option<Problem>), Problem>) -> Event {
    let title = job.map(|job| job.title.clone()).unwrap_or_default();
    Event::FullText(FullText { article, title, asked: job.is_none_or(|job| job.asked), outcome })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::model::Time;
    use crate::store::{FILE, Store};
    use crate::text::Link;

    #[test]
    fn what_bookmarks_lack_is_never_asked_for_in_silence() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join(FILE);
        let mut store = Store::open(&path).unwrap();
        let link = Link::parse("https://harbour.example/ferry").unwrap();
        ops::subscribe::await_page(&mut store, &link, &"no network".into(), Time(0)).unwrap();
        let mut saved = Saved::from(&Config::default());
        // No header can hold it, so that no network can be set up.
        saved.settings.user_agent = "\n".into();
        let ((news, _written), (outbox, told)) = (unbounded(), unbounded());
        let means = Means { saved, news, outbox: Outbox(outbox) };
        let mut pages = Pages::new(Reader::open(&path).unwrap(), means);
        pages.fetch(Batch::of([Wanted::Lacking(Cancel::new())].into_iter()));
        let told: Vec<Event> = told.try_iter().collect();
        assert!(
            matches!(&told[..], [Event::Trouble(problem), Event::Pages(None)] if problem.hint.is_some()),
            "{told:?}"
        );
    }

    #[test]
    fn that_there_is_no_network_is_said_once_and_tried_again() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join(FILE);
        let mut store = Store::open(&path).unwrap();
        let link = Link::parse("https://harbour.example/ferry").unwrap();
        ops::subscribe::await_page(&mut store, &link, &"no network".into(), Time(0)).unwrap();
        let mut saved = Saved::from(&Config::default());
        saved.settings.user_agent = "\n".into();
        let ((news, _written), (outbox, told)) = (unbounded(), unbounded());
        let means = Means { saved, news, outbox: Outbox(outbox) };
        let mut pages = Pages::new(Reader::open(&path).unwrap(), means);
        let cancel = Cancel::new();
        let (to, wanted) = unbounded();
        to.send(Wanted::Missing(cancel.clone())).unwrap();
        for round in 0..3 {
            // The first was asked for; the others come by themselves.
            let first = pages.next(&wanted, Duration::ZERO).unwrap();
            assert!(matches!(&first, Wanted::Missing(_)), "round {round}");
            pages.fetch(Batch::of([first].into_iter()));
        }
        let told: Vec<Event> = told.try_iter().filter(|event| !matches!(event, Event::Pages(None))).collect();
        let [Event::Trouble(problem)] = &told[..] else { panic!("{told:?}") };
        assert!(problem.message.as_str().starts_with("The pages that are missing cannot be fetched: "), "{problem:?}");
        // Called off, it is not tried again.
        cancel.cancel();
        let first = pages.next(&wanted, Duration::ZERO).unwrap();
        pages.fetch(Batch::of([first].into_iter()));
        assert!(pages.put_off.is_none());
        drop(to);
        assert!(pages.next(&wanted, AGAIN).is_none(), "the program ends");
    }
}
