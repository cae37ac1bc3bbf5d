//! The fetchers: the threads that speak to the network. They store nothing: what they bring goes to
//! the writer. There are two, so that an address that a person typed does not wait for a refresh.

use std::io;
use std::sync::Arc;
use std::thread::JoinHandle;

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::worker::{Outbox, guarded, spawn};
use super::writer::{Found, News};
use crate::app::{Done, Event, Problem, Refresh};
use crate::clean;
use crate::config::Config;
use crate::model::site::Site;
use crate::model::{FeedAddress, Validators};
use crate::net::{Ask, Cancel, Net, Request, Settings};
use crate::ops::refresh::Wish;
use crate::ops::{self, Failure};
use crate::store::Reader;
use crate::text::{Clean, CleanText, Link};

/// Something to fetch, and the switch that calls it off.
pub(super) enum Errand {
    /// Feeds.
    Refresh(Refresh, Cancel),
    /// What is at an address that a person typed.
    Subscribe(CleanText, Cancel),
    /// Fetch a page, to be read.
    Page(Link, Cancel),
    /// The settings were saved: these hold from now on.
    Settings(Box<Saved>),
}

/// A switch for one more errand: what was called off stays so, what comes now is not.
pub(super) fn armed(switch: &mut Cancel) -> Cancel {
    if switch.is_cancelled() {
        *switch = Cancel::new();
    }
    switch.clone()
}

/// What the settings say to those who fetch.
#[derive(Clone, Debug)]
pub(super) struct Saved {
    /// Manners and limits.
    pub(super) settings: Settings,
    /// How often the person wants news.
    pub(super) wish: Wish,
    /// Whether the pictures of bookmarks are kept.
    pub(super) pictures: bool,
    /// What the person has said of the pages of some sites.
    pub(super) sites: Arc<[Site]>,
}

impl From<&Config> for Saved {
    fn from(config: &Config) -> Self {
        Self {
            settings: ops::network(config),
            wish: config.into(),
            pictures: config.bookmark_pictures,
            sites: config.sites.clone().into(),
        }
    }
}

/// What the fetchers work with.
#[derive(Clone)]
pub(super) struct Means {
    /// What the settings say.
    pub(super) saved: Saved,
    /// The way to the writer.
    pub(super) news: Sender<News>,
    /// The way to the screen.
    pub(super) outbox: Outbox,
}

/// Starts a fetcher called `name`.
pub(super) fn start(name: &'static str, reader: Reader, means: Means) -> io::Result<(Sender<Errand>, JoinHandle<()>)> {
    let (to, from) = unbounded();
    let thread = spawn(name, move || Fetcher { reader, means, net: None }.run(name, &from))?;
    Ok((to, thread))
}

struct Fetcher {
    reader: Reader,
    means: Means,
    /// Made when it is first needed: it takes some milliseconds that a start should not pay.
    net: Option<Net>,
}

impl Fetcher {
    fn run(mut self, name: &str, errands: &Receiver<Errand>) {
        while let Ok(errand) = errands.recv() {
            let outbox = self.means.outbox.clone();
            let refreshing = matches!(errand, Errand::Refresh(..));
            let done = guarded(name, &outbox, || self.do_errand(errand));
            if done.is_none() && refreshing {
                // Otherwise the screen would wait for the end of it for ever. By way of the writer,
                // behind what it still has to tell of this refresh.
                let _ = self.means.news.send(News::End { cancelled: true });
            }
        }
    }

    fn do_errand(&mut self, errand: Errand) {
        match errand {
            Errand::Settings(saved) => {
                if saved.settings != self.means.saved.settings {
                    self.net = None;
                }
                self.means.saved = *saved;
            }
            Errand::Refresh(which, cancel) => {
                if let Err(failure) = self.refresh(which, &cancel) {
                    let _ = self.means.news.send(News::Failed(Problem::from(&failure)));
                }
            }
            Errand::Page(link, cancel) => {
                if let Err(failure) = self.page(link, &cancel) {
                    self.means.outbox.send(Event::Done(Done::Failed(Problem::from(&failure))));
                }
            }
            Errand::Subscribe(address, cancel) => {
                if let Err(failure) = self.subscribe(&address, &cancel) {
                    self.means.outbox.send(Event::Done(Done::Failed(Problem::from(&failure))));
                }
            }
        }
    }

    fn net(&mut self) -> Result<&Net, Failure> {
        if self.net.is_none() {
            let net = Net::new(&self.means.saved.settings).map_err(|error| {
                Failure::new(ops::Kind::Network, clean!("{error}")).hint("What is stored stays readable.")
            })?;
            self.net = Some(net);
        }
        self.net
            .as_ref()
            .ok_or_else(|| Failure::new(ops::Kind::Network, Clean::new("The network could not be set up.")))
    }

    fn refresh(&mut self, which: Refresh, cancel: &Cancel) -> Result<(), Failure> {
        let jobs = match which {
            Refresh::Due => ops::refresh::due(&self.reader, self.means.saved.wish, super::now())?,
            Refresh::All => ops::refresh::all(&self.reader)?,
            Refresh::Feed(feed) => ops::refresh::one(&self.reader, feed)?.into_iter().collect(),
        };
        let news = self.means.news.clone();
        // Nobody takes it in only while the program ends.
        let feeds = jobs.iter().map(|job| (job.feed, job.title.clone())).collect();
        let _ = news.send(News::Begin { feeds, cancel: cancel.clone() });
        let mut left = 0;
        if !jobs.is_empty() {
            let requests = jobs.into_iter().map(|job| {
                let request = job.request();
                (job, request)
            });
            left = self.net()?.run(requests, cancel, |job, answer| {
                let _ = news.send(News::Answer(Box::new(ops::refresh::prepare(job, answer))));
            });
        }
        let _ = news.send(News::End { cancelled: left > 0 });
        Ok(())
    }

    fn page(&mut self, link: Link, cancel: &Cancel) -> Result<(), Failure> {
        let answer = self.net()?.fetch(Request::page(link.clone()), cancel);
        let _ = self.means.news.send(News::ReadPage(link, Box::new(answer)));
        Ok(())
    }

    fn subscribe(&mut self, typed: &CleanText, cancel: &Cancel) -> Result<(), Failure> {
        let address = ops::subscribe::typed(typed.as_str())?;
        let answer = match ops::subscribe::ask(&address, Validators::default()) {
            Ask::Web(request) => {
                let net = self.net()?;
                let led = ops::discover::led(&request.address, |request| net.fetch(request, cancel));
                let found = Found { at: FeedAddress::Web(led.address), answer: led.answer, others: led.others };
                let _ = self.means.news.send(News::Subscribe(Box::new(found)));
                return Ok(());
            }
            Ask::Local(local) => self.net()?.read(local, cancel),
        };
        let found = Found { at: address, answer, others: Vec::new() };
        let _ = self.means.news.send(News::Subscribe(Box::new(found)));
        Ok(())
    }
}
