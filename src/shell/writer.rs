//! The writer: the one thread that changes the store. What a person did goes before what a refresh
//! brings.

mod refreshing;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, after, never, select_biased, unbounded};

use refreshing::Refresh;

use super::changes;
use super::fetcher::Saved;
use super::worker::{Outbox, guarded, spawn};
use crate::app::packs::Chosen;
use crate::app::{Change, Changed, Done, Event, Problem, Progress, Summary};
use crate::clean;
use crate::config::Config;
use crate::feed::Alternate;
use crate::model::{FeedAddress, FeedId};
use crate::net::{self, Cancel};
use crate::ops::stories::Preferences;
use crate::ops::subscribe::Added;
use crate::ops::{self, Failure};
use crate::store::{Keep, Renewal, Store};
use crate::text::{Clean, CleanText, Link};

/// How often the progress of a refresh is told.
const TELL_EVERY: Duration = Duration::from_millis(33);

/// Something that a person did.
pub(super) enum Order {
    /// A change of articles.
    Change(Change),
    /// Import a file; the switch calls it off.
    Import(CleanText, Cancel),
    /// Subscribe to feeds of starter packs.
    Join(Chosen),
    /// Keep the page at an address as a bookmark, to be fetched later; with why it was not now.
    Await(Link, Clean),
    /// The settings were saved: these hold from now on.
    Settings(Box<Terms>),
}

/// What the settings say of what is stored.
pub(super) struct Terms {
    /// How long articles are kept.
    keep: Keep,
    /// What is done with what the network brings.
    saved: Saved,
    /// Which of several sources one would rather read.
    preferences: Preferences,
    /// Whether the list of feeds is kept in a file as well.
    mirrored: bool,
}

impl From<&Config> for Terms {
    fn from(config: &Config) -> Self {
        let mirrored = config.mirror_feeds;
        Self { keep: config.into(), saved: config.into(), preferences: config.into(), mirrored }
    }
}

/// What the network brings.
pub(super) enum News {
    /// A refresh begins.
    Begin {
        /// The feeds that are asked, with their titles.
        feeds: Vec<(FeedId, Clean)>,
        /// Calls it off, for when nothing that it brings can be stored.
        cancel: Cancel,
    },
    /// A feed answered.
    Answer(Box<ops::refresh::Prepared>),
    /// The refresh is over; whether it was cancelled.
    End {
        /// Whether it was cancelled.
        cancelled: bool,
    },
    /// The refresh could not be done.
    Failed(Problem),
    /// The pictures of a bookmark.
    Pictures(Box<ops::keep::Came>),
    /// The page of an article.
    Page(Box<ops::full_text::Prepared>),
    /// What was found where a link leads.
    ReadPage(Link, Box<Result<net::Answer, net::Error>>),
    /// What was found at an address that a person typed.
    Subscribe(Box<Found>),
}

/// What was found at an address.
pub(super) struct Found {
    /// Where it was found in the end.
    pub(super) at: FeedAddress,
    /// What came from there.
    pub(super) answer: Result<net::Answer, net::Error>,
    /// Other feeds of the same thing.
    pub(super) others: Vec<Alternate>,
}

/// The ways to the writer. None ever blocks: the fetcher sends from between the network's tasks, and
/// while it waited no timeout would run out there and nothing could be called off. What keeps memory
/// bounded is that a refresh ends once the store refuses what it brings ([`Writer::give_up`]): no
/// more waits to be stored than arrives while one write waits for the store.
pub(super) struct Doors {
    /// For the screen.
    pub(super) orders: Sender<Order>,
    /// For the fetchers.
    pub(super) news: Sender<News>,
}

/// Starts it. `feeds` is the file that the list of feeds is kept in as well, where the settings say so.
pub(super) fn start(store: Store, terms: Terms, feeds: PathBuf, outbox: Outbox) -> io::Result<(Doors, JoinHandle<()>)> {
    let (orders, from_screen) = unbounded();
    let (news, from_fetcher) = unbounded();
    let thread = spawn("writer", move || {
        let refresh = Refresh::default();
        let Terms { keep, saved, preferences, mirrored } = terms;
        let mirror = mirrored.then(|| feeds.clone());
        let mut writer = Writer { store, keep, saved, feeds, mirror, outbox, refresh, behind: Some(0) };
        writer.begin(&preferences);
        writer.run(&from_screen, &from_fetcher);
    })?;
    Ok((Doors { orders, news }, thread))
}

struct Writer {
    store: Store,
    keep: Keep,
    /// What the settings say to those who fetch, and to who stores what they bring.
    saved: Saved,
    /// Where the list of feeds is kept as well, if it is to be.
    feeds: PathBuf,
    /// The same, where it is, and could be written so far.
    mirror: Option<PathBuf>,
    outbox: Outbox,
    refresh: Refresh,
    /// Whether articles may wait to be put into stories, and how many did when it was last told.
    behind: Option<u64>,
}

impl Writer {
    /// Works until the screen is gone; what a person did before is stored to the last.
    fn run(mut self, orders: &Receiver<Order>, news: &Receiver<News>) {
        let outbox = self.outbox.clone();
        let mut renewing = !self.store.reader().is_signed().unwrap_or(true);
        loop {
            // Whatever else there is to do goes before it.
            let idle = if renewing || self.behind.is_some() { after(Duration::ZERO) } else { never() };
            select_biased! {
                recv(orders) -> order => match order {
                    Ok(order) => { guarded("writer", &outbox, || self.order(order)); }
                    Err(_) => return,
                },
                recv(news) -> found => match found {
                    Ok(News::Answer(answer)) => {
                        let (answers, other) = refreshing::gathered(*answer, news);
                        guarded("writer", &outbox, || self.take_in(&answers));
                        if let Some(other) = other {
                            guarded("writer", &outbox, || self.news(other));
                        }
                    }
                    Ok(found) => { guarded("writer", &outbox, || self.news(found)); }
                    // The fetcher is gone; the screen may not be.
                    Err(_) => match orders.recv() {
                        Ok(order) => { guarded("writer", &outbox, || self.order(order)); }
                        Err(_) => return,
                    },
                },
                // Stories lean on what is prepared.
                recv(idle) -> _ => if renewing {
                    renewing = guarded("writer", &outbox, || self.renew()).unwrap_or(false);
                } else {
                    guarded("writer", &outbox, || self.catch_up());
                },
            }
        }
    }

    /// Signs some more articles anew; whether there are more. Says so, for related news are poor until
    /// it is done.
    fn renew(&mut self) -> bool {
        match self.store.renew() {
            Ok(Some(Renewal { done, total })) => {
                let percent = done.saturating_mul(100) / total.max(1);
                self.outbox.send(Event::Working(clean!("Preparing related news anew … {percent} %")));
                true
            }
            Ok(None) => {
                let said = clean!("Related news are ready: every article was prepared anew.");
                self.outbox.send(Event::Done(Done::Said(said)));
                false
            }
            Err(error) => {
                self.outbox.send(Event::Trouble(Problem::from(&Failure::from(error))));
                false
            }
        }
    }

    /// What is due when the reader starts.
    fn begin(&mut self, preferences: &Preferences) {
        let outbox = self.outbox.clone();
        guarded("writer", &outbox, || {
            let done = ops::stories::prefer(&mut self.store, preferences)
                .and_then(|()| ops::mute::end(&mut self.store, super::now()));
            if let Err(failure) = done {
                self.outbox.send(Event::Trouble(Problem::from(&failure)));
            }
        });
        guarded("writer", &outbox, || self.read_mirror());
    }

    /// Other settings hold from now on. What they change in the store is changed at once.
    fn resettle(&mut self, terms: Terms) {
        let Terms { keep, saved, preferences, mirrored } = terms;
        (self.keep, self.saved) = (keep, saved);
        if let Err(failure) = ops::stories::prefer(&mut self.store, &preferences) {
            self.outbox.send(Event::Trouble(Problem::from(&failure)));
        }
        if mirrored != self.mirror.is_some() {
            // A file that could not be written is tried again: that may be why the settings were saved.
            self.mirror = mirrored.then(|| self.feeds.clone());
            self.read_mirror();
        }
    }

    /// Takes in what others have added to the list of feeds.
    fn read_mirror(&mut self) {
        let Some(file) = &self.mirror else { return };
        match ops::mirror::read(&mut self.store, file, super::now()) {
            Ok(taken) => {
                if let Some(said) = taken.and_then(|taken| taken.said()) {
                    self.outbox.send(Event::Done(Done::Said(said)));
                }
                self.mirror();
            }
            Err(failure) => self.outbox.send(Event::Trouble(Problem::from(&failure))),
        }
    }

    /// Writes the list of feeds, where it is another now. Where that fails it is said once.
    fn mirror(&mut self) {
        let Some(file) = &self.mirror else { return };
        if let Err(failure) = ops::mirror::write(&mut self.store, file) {
            self.mirror = None;
            self.outbox.send(Event::Trouble(Problem::from(&failure)));
        }
    }

    /// Puts some of the articles that wait into stories: those of a store of an earlier version.
    fn catch_up(&mut self) {
        let told = self.behind.take().unwrap_or(0);
        let left = match ops::stories::waiting(self.store.reader()) {
            Ok(0) => Ok(0),
            Ok(_) => ops::stories::catch_up(&mut self.store),
            Err(failure) => Err(failure),
        };
        match left {
            // Told once a thousand: it goes on for minutes where a million wait.
            Ok(left) if left > 0 => {
                let tell = told == 0 || told.abs_diff(left) >= 1000;
                if tell {
                    self.outbox.send(Event::Working(clean!("Putting articles into stories … {left} to go")));
                }
                self.behind = Some(if tell { left } else { told });
            }
            Ok(_) => {
                self.store.rest();
                if told > 0 {
                    self.outbox.send(Event::Done(Done::InStories));
                }
            }
            Err(failure) => self.outbox.send(Event::Trouble(Problem::from(&failure))),
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
                let feeds = matches!(change, Change::Feed { .. });
                self.outbox.send(Event::Changed(Changed { change, outcome }));
                if feeds {
                    self.mirror();
                }
            }
            Order::Join(chosen) => {
                let done = match ops::packs::join(&mut self.store, &chosen, super::now()) {
                    Ok(joined) => Done::Joined(joined.new, joined.known),
                    Err(failure) => Done::Failed(Problem::from(&failure)),
                };
                self.outbox.send(Event::Done(done));
                self.mirror();
            }
            Order::Await(link, why) => {
                let done = match ops::subscribe::await_page(&mut self.store, &link, &why, super::now()) {
                    Ok(Added::Article { article, title, .. }) => Done::Awaited { article, title },
                    Ok(added) => super::reported::added(added, Vec::new()),
                    Err(failure) => Done::Failed(Problem::from(&failure)),
                };
                self.outbox.send(Event::Done(done));
            }
            Order::Settings(terms) => self.resettle(*terms),
            Order::Import(path, cancel) => {
                let done = match self.import(&expand_home(path.as_str()), &cancel) {
                    Ok(done) => done,
                    Err(failure) => Done::Failed(Problem::from(&failure)),
                };
                self.outbox.send(Event::Done(done));
                self.mirror();
            }
        }
    }

    fn import(&mut self, path: &Path, cancel: &Cancel) -> Result<Done, Failure> {
        let (name, outbox) = (Clean::new(&path.display().to_string()), self.outbox.clone());
        let mut told = Instant::now();
        let sites = self.saved.sites.clone();
        let report = ops::import::import_file(&mut self.store, path, &sites, super::now(), &mut |done, all| {
            if told.elapsed() >= TELL_EVERY {
                told = Instant::now();
                let percent = done.saturating_mul(100) / all.max(1);
                outbox.send(Event::Working(clean!("Importing {name} … {percent} %")));
            }
            !cancel.is_cancelled()
        })?;
        // What was left to be put into stories, where it was called off before that.
        self.behind = Some(0);
        let rows = super::reported::rows(&report);
        Ok(Done::Imported { said: report.said(), article: report.opens, rows })
    }

    fn news(&mut self, news: News) {
        match news {
            News::Begin { feeds, cancel } => {
                let progress = Progress { total: feeds.len(), ..Progress::default() };
                let waiting = feeds.into_iter().collect();
                self.refresh = Refresh { progress, cancel, waiting, ..Refresh::default() };
                self.tell();
            }
            News::Answer(prepared) => self.take_in(&[*prepared]),
            News::End { cancelled } => self.end(cancelled),
            News::Failed(problem) => {
                let Refresh { progress, .. } = std::mem::take(&mut self.refresh);
                let summary = Summary { progress, cancelled: true, ..Summary::default() };
                self.outbox.send(Event::Refreshed(summary));
                self.outbox.send(Event::Trouble(problem));
            }
            News::Pictures(came) => {
                let article = came.article();
                match ops::keep::take_in(&mut self.store, *came, super::now()) {
                    Ok(()) => self.outbox.send(Event::Kept(article)),
                    Err(failure) => self.outbox.send(Event::Trouble(Problem::from(&failure))),
                }
            }
            News::Page(prepared) => {
                let job = prepared.job.clone();
                let taken = ops::full_text::take_in(&mut self.store, *prepared, super::now());
                let outcome = match taken {
                    Ok(came) => {
                        let hint = came.advice.map(Clean::new);
                        Ok((came.words, came.note.map(|message| Problem { message, hint })))
                    }
                    Err(failure) => Err(Problem::from(&failure)),
                };
                self.outbox.send(super::pages::came(job.article, Some(&job), outcome));
            }
            News::ReadPage(link, answer) => {
                let sites = &self.saved.sites;
                let taken = ops::subscribe::read_page(&mut self.store, &link, *answer, sites, super::now());
                self.outbox.send(Event::Done(match taken {
                    Ok(Added::Article { article, .. }) => Done::Read(article),
                    Ok(added) => super::reported::added(added, Vec::new()),
                    Err(failure) => Done::Failed(Problem::from(&failure)),
                }));
            }
            News::Subscribe(found) => {
                let Found { at, answer, others } = *found;
                let later = ops::subscribe::comes_later(&answer).is_some();
                let taken = match &at {
                    FeedAddress::Web(link) => {
                        ops::subscribe::take_in(&mut self.store, link, answer, &self.saved.sites, super::now())
                    }
                    local => ops::subscribe::take_in_local(&mut self.store, local, answer, super::now()),
                };
                let done = match taken {
                    Ok(added) => super::reported::added(added, others),
                    Err(failure) => match at {
                        FeedAddress::Web(link) if later => Done::Unreached(link, Problem::from(&failure)),
                        _ => Done::Failed(Problem::from(&failure)),
                    },
                };
                self.outbox.send(Event::Done(done));
                self.mirror();
            }
        }
    }
}

/// `~` as shells have it: what a person types is typed as in a shell.
pub(super) fn expand_home(path: &str) -> PathBuf {
    match (path.strip_prefix("~/"), directories::BaseDirs::new()) {
        (Some(rest), Some(dirs)) => dirs.home_dir().join(rest),
        _ => path.into(),
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;
    use crate::config::Config;
    use crate::model::Time;
    use crate::net::{Answer, Unchanged};
    use crate::store::{FILE, NewFeed, Safety};

    /// A writer whose store another program holds, what it tells, and a feed's answer.
    struct Held {
        writer: Writer,
        told: Receiver<Event>,
        job: ops::refresh::Job,
        _other: Connection,
        _directory: tempfile::TempDir,
    }

    fn held() -> Held {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join(FILE);
        let mut store = Store::open(&path).unwrap();
        let address = FeedAddress::Web(Link::parse("https://a.example/feed").unwrap());
        store.write(Safety::Person, "t", |w| w.add_feed(&NewFeed::at(address), Time(0))).unwrap();
        let job = ops::refresh::all(store.reader()).unwrap().remove(0);
        store.set_patience(Duration::from_millis(20)).unwrap();
        let other = Connection::open(&path).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        let (outbox, told) = unbounded();
        let (outbox, refresh, saved) = (Outbox(outbox), Refresh::default(), Saved::from(&Config::default()));
        let writer = Writer {
            store,
            keep: Keep::from(30),
            saved,
            feeds: PathBuf::new(),
            mirror: None,
            outbox,
            refresh,
            behind: None,
        };
        Held { writer, told, job, _other: other, _directory: directory }
    }

    #[test]
    fn other_settings_hold_at_once() {
        let Held { mut writer, told, _other, _directory: home, .. } = held();
        drop(_other);
        writer.feeds = home.path().join("feeds.opml");
        let preferred = vec![Clean::new("The Meridian")];
        let config = Config { preferred_sources: preferred.clone(), mark_copies: false, ..Config::default() };
        writer.order(Order::Settings(Box::new((&config).into())));
        assert!(writer.feeds.exists(), "the list of feeds is kept in a file from now on");
        assert!(writer.store.reader().prefers(&preferred, false).unwrap());
        let config = Config { mirror_feeds: false, ..Config::default() };
        writer.order(Order::Settings(Box::new((&config).into())));
        assert!(writer.mirror.is_none() && writer.store.reader().prefers(&[], true).unwrap());
        assert!(told.is_empty(), "and nothing is to be said");
    }

    fn asked(feeds: i64) -> Vec<(FeedId, Clean)> {
        (1..=feeds).map(|id| (FeedId(id), clean!("Feed {id}"))).collect()
    }

    #[test]
    fn a_store_that_refuses_ends_the_refresh_and_says_so_once() {
        let mut held = held();
        let cancel = Cancel::new();
        held.writer.news(News::Begin { feeds: asked(9), cancel: cancel.clone() });
        assert!(!cancel.is_cancelled());
        for _ in 0..3 {
            let prepared = ops::refresh::prepare(held.job.clone(), Ok(Answer::NotModified(Unchanged::default())));
            held.writer.news(News::Answer(Box::new(prepared)));
            assert!(cancel.is_cancelled());
        }
        held.writer.news(News::End { cancelled: false });
        let told: Vec<Event> = held.told.try_iter().collect();
        let [Event::Brought(..), Event::Refreshing(_), Event::Trouble(problem), Event::Refreshed(summary)] = &told[..]
        else {
            panic!("{told:?}")
        };
        assert!(problem.message.as_str().contains("by another program"), "{problem:?}");
        assert!(summary.cancelled && summary.progress.done == 0, "{summary:?}");
        held.writer.news(News::Begin { feeds: asked(1), cancel: Cancel::new() });
        assert!(!held.writer.refresh.given_up);
    }

    #[test]
    fn the_end_of_a_refresh_is_told_after_the_clean_up() {
        let mut held = held();
        held.writer.news(News::End { cancelled: false });
        let told: Vec<Event> = held.told.try_iter().collect();
        assert!(matches!(told[..], [Event::Trouble(_), Event::Refreshed(_)]), "{told:?}");
    }
}
