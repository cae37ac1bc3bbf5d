//! Fetching feeds again: which are due, and what is made of the answers.
//!
//! [`prepare`] reads an answer without the store, on any thread; [`take_in`] stores what it read.
//! When a feed is due is decided in `schedule`.

pub(super) mod schedule;

use std::time::Duration;

pub use schedule::{Wish, due_at};

use super::{Failure, incoming, subscribe};
use crate::clean;
use crate::feed;
use crate::model::{ArticleId, FeedAddress, FeedId, NewArticle, Time, Validators};
use crate::net::{Answer, Ask, Error, Fetched as Page};
use crate::store::{FeedHead, Fetched, Moved, Reader, Safety, Schedule, Store, Writing};
use crate::text::{Clean, Link};

/// Articles that are stored in one transaction, where so many wait: a quarter of a second at most, for as
/// long as what a person does has to wait for it.
pub const TOGETHER: usize = 400;

/// A feed to be fetched.
#[derive(Clone, Debug)]
pub struct Job {
    /// The feed.
    pub feed: FeedId,
    /// Its title.
    pub title: Clean,
    /// Where to fetch it.
    pub address: FeedAddress,
    /// What to ask with.
    pub validators: Validators,
    /// Failures in a row until now.
    pub failures: u32,
    /// Its server has lately said that it moved for good.
    moving: bool,
    /// How often it usually brings news.
    pace_minutes: Option<u32>,
}

impl Job {
    /// What to ask for.
    #[must_use]
    pub fn request(&self) -> Ask {
        subscribe::ask(&self.address, self.validators.clone())
    }
}

impl From<Schedule> for Job {
    fn from(feed: Schedule) -> Self {
        let Schedule { feed, title, address, validators, failures, moving, pace_minutes, .. } = feed;
        Self { feed, title, address, validators, failures, moving, pace_minutes }
    }
}

/// The feeds that are due at `now`, as [`due_at`] has it; those that waited longest come first.
///
/// # Errors
/// That the store cannot be read.
pub fn due(reader: &Reader, wish: Wish, now: Time) -> Result<Vec<Job>, Failure> {
    let mut feeds = reader.schedule()?;
    feeds.retain(|feed| {
        // A clock that was set back must not stop the news.
        let ahead = feed.checked.is_some_and(|checked| checked > now) && feed.not_before.is_none_or(|time| time <= now);
        due_at(feed, wish).is_some_and(|due| due <= now || ahead)
    });
    feeds.sort_by_key(|feed| feed.checked);
    Ok(feeds.into_iter().map(Job::from).collect())
}

/// When the next feed is due; `None` where none ever is by itself.
///
/// # Errors
/// That the store cannot be read.
pub fn next_due(reader: &Reader, wish: Wish) -> Result<Option<Time>, Failure> {
    Ok(reader.schedule()?.iter().filter_map(|feed| due_at(feed, wish)).min())
}

/// All feeds, whether due or not.
///
/// # Errors
/// That the store cannot be read.
pub fn all(reader: &Reader) -> Result<Vec<Job>, Failure> {
    Ok(reader.schedule()?.into_iter().map(Job::from).collect())
}

/// One feed, whether due or not; `None` if it is not fetched (the sample, what was saved by hand) or
/// not there.
///
/// # Errors
/// That the store cannot be read.
pub fn one(reader: &Reader, feed: FeedId) -> Result<Option<Job>, Failure> {
    Ok(reader.schedule()?.into_iter().find(|schedule| schedule.feed == feed).map(Job::from))
}

/// An answer, read.
#[derive(Clone, Debug)]
pub struct Prepared {
    job: Job,
    how: How,
}

impl Prepared {
    /// The feed that was asked.
    #[must_use]
    pub fn feed(&self) -> FeedId {
        self.job.feed
    }

    /// Where it was fetched from.
    #[must_use]
    pub fn address(&self) -> &FeedAddress {
        &self.job.address
    }

    /// How many articles it brought, known or new.
    #[must_use]
    pub fn articles(&self) -> usize {
        if let How::Read(read) = &self.how { read.articles.len() } else { 0 }
    }
}

#[derive(Clone, Debug)]
enum How {
    NotModified {
        moved: Option<Link>,
        fresh_for: Option<Duration>,
    },
    Read(Box<Read>),
    Gone(Clean),
    Failed {
        why: Clean,
        wish: Option<i64>,
    },
    /// Not asked, because its host wants rest for so many seconds.
    Later {
        why: Clean,
        wish: i64,
    },
    Cancelled(Clean),
}

/// A feed that was read.
#[derive(Clone, Debug)]
struct Read {
    head: FeedHead,
    articles: Vec<NewArticle>,
    validators: Validators,
    moved: Option<Link>,
    fresh_for: Option<Duration>,
    complaints: Vec<Clean>,
}

/// What came of fetching a feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The feed's title.
    pub title: Clean,
    /// Articles that were not there before.
    pub new: Vec<ArticleId>,
    /// Articles whose text is another now.
    pub changed: Vec<ArticleId>,
    /// Articles that were as before.
    pub unchanged: usize,
    /// Why there is no news, in words.
    pub error: Option<Clean>,
    /// It was not asked, only put off: its host wants rest. No failure of the feed.
    pub later: bool,
    /// What was wrong with the feed although it could be read.
    pub complaints: Vec<Clean>,
    /// The feed's address was changed to where its server has long sent us.
    pub moved: bool,
}

/// Reads an answer. Needs no store; linear in the answer's size.
#[must_use]
pub fn prepare(job: Job, answer: Result<Answer, Error>) -> Prepared {
    let how = match answer {
        Ok(Answer::NotModified(unchanged)) => {
            How::NotModified { moved: unchanged.moved_permanently, fresh_for: unchanged.fresh_for }
        }
        Ok(Answer::Gone) => How::Gone(clean!(
            "{} says that this feed is gone for good; it is not asked again by itself",
            job.address.short()
        )),
        Ok(Answer::Fetched(page)) => read(page),
        Ok(Answer::Local(output)) => match feed::parse(&output.bytes, None, None) {
            Ok(parsed) => How::Read(Box::new(Read {
                head: incoming::head(&parsed.feed),
                articles: parsed.entries.iter().map(incoming::article).collect(),
                validators: output.validators,
                moved: None,
                fresh_for: None,
                complaints: parsed.complaints.iter().map(|complaint| clean!("{complaint}")).collect(),
            })),
            Err(not) => How::Failed { why: no_feed(&job.address.short(), not.what), wish: None },
        },
        Err(error) if error.is_cancelled() => How::Cancelled(clean!("{error}")),
        Err(Error::HeldBack(address, wait)) => {
            How::Later { why: clean!("{}", Error::HeldBack(address, wait)), wish: seconds(wait) }
        }
        Err(error) => How::Failed { why: clean!("{error}"), wish: error.retry_after().map(seconds) },
    };
    Prepared { job, how }
}

fn read(page: Page) -> How {
    match feed::parse(&page.bytes, page.content_type.as_deref(), Some(&page.final_address)) {
        Ok(parsed) => How::Read(Box::new(Read {
            head: incoming::head(&parsed.feed),
            articles: parsed.entries.iter().map(incoming::article).collect(),
            validators: page.validators,
            moved: page.moved_permanently,
            fresh_for: page.fresh_for,
            complaints: parsed.complaints.iter().map(|complaint| clean!("{complaint}")).collect(),
        })),
        Err(not) => How::Failed { why: no_feed(&Clean::new(page.final_address.host()), not.what), wish: None },
    }
}

fn no_feed(from: &Clean, what: feed::What) -> Clean {
    clean!("{from} sent something that is no feed: {}", subscribe::instead(what))
}

fn seconds(span: Duration) -> i64 {
    i64::try_from(span.as_secs()).unwrap_or(i64::MAX)
}

/// Stores what an answer brought, in one transaction: the articles, how the fetching went, and what
/// says when to ask again.
///
/// # Errors
/// That the store cannot be written. What went wrong with the feed is in the outcome.
pub fn take_in(store: &mut Store, prepared: &Prepared, now: Time) -> Result<Outcome, Failure> {
    store.write(Safety::Refresh, "storing a feed's news", |w| store_one(w, prepared, now)).map_err(Failure::from)
}

/// [`take_in`] for several answers in one transaction: all of them or none. Where much comes at once that
/// costs less than one after another, for each transaction makes a part of the search index that is to be
/// merged with the others later.
///
/// # Errors
/// As [`take_in`].
pub fn take_in_all(store: &mut Store, prepared: &[Prepared], now: Time) -> Result<Vec<Outcome>, Failure> {
    let all = |w: &mut Writing<'_>| prepared.iter().map(|prepared| store_one(w, prepared, now)).collect();
    store.write(Safety::Refresh, "storing the news of feeds", all).map_err(Failure::from)
}

fn store_one(w: &mut Writing<'_>, prepared: &Prepared, now: Time) -> crate::store::Step<Outcome> {
    let Prepared { job, how } = prepared;
    let mut outcome = Outcome { title: job.title.clone(), ..Outcome::default() };
    let until = |wait: &Option<Duration>| wait.map(|wait| Time(now.0.saturating_add(seconds(wait))));
    match how {
        How::NotModified { moved, fresh_for } => {
            w.fetched(job.feed, &Fetched::Well(None, until(fresh_for)), now)?;
            follow_move(w, job, moved.as_ref(), &mut outcome)?;
        }
        How::Read(read) => {
            let Read { head, articles, validators, moved, fresh_for, complaints } = &**read;
            w.fetched(job.feed, &Fetched::Well(Some(validators.clone()), until(fresh_for)), now)?;
            w.set_head(job.feed, head)?;
            let taken = incoming::take_in(w, job.feed, articles, now)?;
            learn_pace(w, job, !taken.new.is_empty())?;
            outcome.new = taken.new;
            outcome.changed = taken.changed;
            outcome.unchanged = taken.unchanged;
            outcome.complaints.clone_from(complaints);
            follow_move(w, job, moved.as_ref(), &mut outcome)?;
        }
        How::Gone(why) => {
            w.fetched(job.feed, &Fetched::Gone(why.clone()), now)?;
            outcome.error = Some(why.clone());
        }
        How::Failed { why, wish } => {
            let until = Time(now.0.saturating_add(schedule::pause(job.failures, *wish, job.feed.0)));
            w.fetched(job.feed, &Fetched::Badly(why.clone(), until), now)?;
            outcome.error = Some(why.clone());
        }
        How::Later { why, wish } => {
            let until = Time(now.0.saturating_add(schedule::rest(*wish)));
            w.fetched(job.feed, &Fetched::Later(until), now)?;
            outcome.error = Some(why.clone());
            outcome.later = true;
        }
        // Nobody's fault: nothing is held against the feed.
        How::Cancelled(why) => outcome.error = Some(why.clone()),
    }
    Ok(outcome)
}

/// Learns how often a feed brings news, when it has brought some or nothing is known yet.
fn learn_pace(w: &mut Writing<'_>, job: &Job, news: bool) -> crate::store::Step<()> {
    if !news && job.pace_minutes.is_some() {
        return Ok(());
    }
    let pace = schedule::pace(&w.published_lately(job.feed, schedule::HISTORY)?);
    if pace != job.pace_minutes {
        w.set_pace(job.feed, pace)?;
    }
    Ok(())
}

/// Notes where a server sends us for good, and says what follows from it.
fn follow_move(w: &mut Writing<'_>, job: &Job, moved: Option<&Link>, outcome: &mut Outcome) -> crate::store::Step<()> {
    if moved.is_none() && !job.moving {
        return Ok(());
    }
    match (w.saw_move(job.feed, moved)?, moved) {
        (Moved::Now, Some(to)) => {
            outcome.moved = true;
            outcome.complaints.push(clean!("it has moved: its address is {to} from now on"));
        }
        (Moved::Taken(other), Some(to)) => outcome
            .complaints
            .push(clean!("it has moved to {to}, which is subscribed to as “{other}”: one of the two can be removed")),
        _ => {}
    }
    Ok(())
}
