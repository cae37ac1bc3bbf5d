//! Fetching feeds again: which are due, and what is made of the answers.
//!
//! [`prepare`] reads an answer without the store, on any thread; [`take_in`] stores what it read.

use super::{Failure, incoming, subscribe};
use crate::clean;
use crate::feed;
use crate::model::time::DAY;
use crate::model::{ArticleId, FeedId, NewArticle, Time, Validators};
use crate::net::{Answer, Error, Request};
use crate::store::{FeedHead, Fetched, Reader, Safety, Schedule, Store};
use crate::text::{Clean, Link};

/// The pause after a first failure, in seconds; each further one doubles it.
const FIRST_PAUSE: i64 = 600;

/// The longest pause after failures, and the longest that a server can ask for, in seconds.
const LONGEST_PAUSE: i64 = DAY;
const LONGEST_WISH: i64 = 7 * DAY;

/// How early a feed counts as due: this share of the time between two refreshes, at least so many
/// seconds. The last feed of a long refresh is asked minutes after its start, and has to be due when
/// the timer runs again.
const EARLY_SHARE: i64 = 10;
const EARLY_LEAST: i64 = 30;

/// A feed to be fetched.
#[derive(Clone, Debug)]
pub struct Job {
    /// The feed.
    pub feed: FeedId,
    /// Its title.
    pub title: Clean,
    /// Where to fetch it.
    pub address: Link,
    /// What to ask with.
    pub validators: Validators,
    /// Failures in a row until now.
    pub failures: u32,
}

impl Job {
    /// What to ask the network for.
    #[must_use]
    pub fn request(&self) -> Request {
        Request::feed(self.address.clone()).with_validators(self.validators.clone())
    }
}

impl From<Schedule> for Job {
    fn from(feed: Schedule) -> Self {
        let Schedule { feed, title, address, validators, failures, .. } = feed;
        Self { feed, title, address, validators, failures }
    }
}

/// The feeds that are due at `now`: last asked for at least `every` minutes ago (0: none is due by
/// itself), or as long as the feed itself wishes; not those that wait after a failure or are gone.
/// Those that waited longest come first.
///
/// # Errors
/// That the store cannot be read.
pub fn due(reader: &Reader, every: u32, now: Time) -> Result<Vec<Job>, Failure> {
    if every == 0 {
        return Ok(Vec::new());
    }
    let early = (i64::from(every) * 60 / EARLY_SHARE).max(EARLY_LEAST);
    let mut feeds = reader.schedule()?;
    feeds.retain(|feed| {
        let minutes = every.max(feed.interval_minutes.unwrap_or(0).min(DAY as u32 / 60));
        let since = feed.checked.map_or(i64::MAX, |checked| now.0.saturating_sub(checked.0));
        !feed.gone
            && feed.not_before.is_none_or(|time| time <= now)
            // A clock that was set back must not stop the news.
            && (since < 0 || since >= i64::from(minutes) * 60 - early)
    });
    feeds.sort_by_key(|feed| feed.checked);
    Ok(feeds.into_iter().map(Job::from).collect())
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

#[derive(Clone, Debug)]
enum How {
    NotModified,
    Read {
        head: FeedHead,
        articles: Vec<NewArticle>,
        validators: Validators,
        moved: Option<Link>,
        complaints: Vec<Clean>,
    },
    Gone(Clean),
    Failed {
        why: Clean,
        wish: Option<i64>,
    },
    Cancelled(Clean),
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
    /// What was wrong with the feed although it could be read.
    pub complaints: Vec<Clean>,
    /// The feed's address was changed to where its server has long sent us.
    pub moved: bool,
}

/// Reads an answer. Needs no store; linear in the answer's size.
#[must_use]
pub fn prepare(job: Job, answer: Result<Answer, Error>) -> Prepared {
    let how = match answer {
        Ok(Answer::NotModified) => How::NotModified,
        Ok(Answer::Gone) => How::Gone(clean!("{} says that this feed is gone for good", job.address.host())),
        Err(error @ Error::Cancelled(_)) => How::Cancelled(clean!("{error}")),
        Err(error) => {
            let wish = error.retry_after().map(|wish| i64::try_from(wish.as_secs()).unwrap_or(LONGEST_WISH));
            How::Failed { why: clean!("{error}"), wish }
        }
        Ok(Answer::Fetched(fetched)) => {
            match feed::parse(&fetched.bytes, fetched.content_type.as_deref(), Some(&fetched.final_address)) {
                Ok(parsed) => How::Read {
                    head: incoming::head(&parsed.feed),
                    articles: parsed.entries.iter().map(incoming::article).collect(),
                    validators: fetched.validators,
                    moved: fetched.moved_permanently,
                    complaints: parsed.complaints.iter().map(|complaint| clean!("{complaint}")).collect(),
                },
                Err(not) => {
                    let host = fetched.final_address.host();
                    How::Failed {
                        why: clean!("{host} sent something that is no feed: {}", subscribe::instead(not.what)),
                        wish: None,
                    }
                }
            }
        }
    };
    Prepared { job, how }
}

/// Stores what an answer brought, in one transaction: the articles, how the fetching went, and when
/// to ask again.
///
/// # Errors
/// That the store cannot be written. What went wrong with the feed is in the outcome.
pub fn take_in(store: &mut Store, prepared: Prepared, now: Time) -> Result<Outcome, Failure> {
    let Prepared { job, how } = prepared;
    let mut outcome = Outcome { title: job.title, ..Outcome::default() };
    store.write(Safety::Refresh, "storing a feed's news", |w| {
        match how {
            How::NotModified => {
                w.fetched(job.feed, &Fetched::Well(None), now)?;
            }
            How::Read { head, articles, validators, moved, complaints } => {
                w.fetched(job.feed, &Fetched::Well(Some(validators)), now)?;
                w.set_head(job.feed, &head)?;
                let taken = incoming::take_in(w, job.feed, &articles, now)?;
                outcome.new = taken.new;
                outcome.changed = taken.changed;
                outcome.unchanged = taken.unchanged;
                outcome.complaints = complaints;
                outcome.moved = w.saw_move(job.feed, moved.as_ref())?;
            }
            How::Gone(why) => {
                w.fetched(job.feed, &Fetched::Gone(why.clone()), now)?;
                outcome.error = Some(why);
            }
            How::Failed { why, wish } => {
                let until = Time(now.0.saturating_add(pause(job.failures, wish)));
                w.fetched(job.feed, &Fetched::Badly(why.clone(), until), now)?;
                outcome.error = Some(why);
            }
            // Nobody's fault: nothing is held against the feed.
            How::Cancelled(why) => outcome.error = Some(why),
        }
        Ok(())
    })?;
    Ok(outcome)
}

/// Seconds to leave a feed alone after a failure, of `failures` before it in a row.
fn pause(failures: u32, wish: Option<i64>) -> i64 {
    let own = FIRST_PAUSE.saturating_mul(1 << failures.min(16)).min(LONGEST_PAUSE);
    wish.map_or(own, |wish| wish.clamp(0, LONGEST_WISH).max(own))
}
