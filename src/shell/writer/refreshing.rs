//! What a refresh brings, on the writer's thread: stored as it comes, counted, told, and ended.

use std::collections::BTreeMap;
use std::time::Instant;

use crossbeam_channel::Receiver;

use super::super::now;
use super::super::worker::guarded;
use super::{News, TELL_EVERY, Writer};
use crate::app::{Event, FeedNews, Problem, Progress, Summary};
use crate::model::FeedId;
use crate::net::Cancel;
use crate::ops::refresh::{Prepared, TOGETHER};
use crate::ops::{self, Failure, Kind};
use crate::text::Clean;

/// So many feeds or fewer that a refresh still waits for are named.
const FEW: usize = 3;

/// The refresh that is running.
#[derive(Default)]
pub(super) struct Refresh {
    pub(super) progress: Progress,
    /// What each feed brought, of those that there is something to tell of.
    pub(super) feeds: Vec<FeedNews>,
    /// How many of these were told already.
    pub(super) told_feeds: usize,
    /// The feeds that have not answered yet.
    pub(super) waiting: BTreeMap<FeedId, Clean>,
    pub(super) told: Option<Instant>,
    pub(super) cancel: Cancel,
    /// The store refused what it brought: the rest is not even tried.
    pub(super) given_up: bool,
}

/// What waits to be stored with an answer, so that it is stored with it; and what came behind it that is
/// no answer.
pub(super) fn gathered(first: Prepared, news: &Receiver<News>) -> (Vec<Prepared>, Option<News>) {
    let mut articles = first.articles();
    let mut answers = vec![first];
    while articles < TOGETHER
        && let Ok(next) = news.try_recv()
    {
        match next {
            News::Answer(answer) => {
                articles += answer.articles();
                answers.push(*answer);
            }
            other => return (answers, Some(other)),
        }
    }
    (answers, None)
}

impl Writer {
    /// Stores what some feeds brought.
    pub(super) fn take_in(&mut self, answers: &[Prepared]) {
        if self.refresh.given_up {
            return;
        }
        match ops::refresh::take_in_all(&mut self.store, answers, now()) {
            Ok(outcomes) => {
                for (answer, outcome) in answers.iter().zip(outcomes) {
                    self.came(FeedNews {
                        feed: Some(answer.feed()),
                        title: outcome.title,
                        new: outcome.new.len() as u64,
                        changed: outcome.changed.len() as u64,
                        trouble: outcome.error,
                        later: outcome.later,
                        notes: outcome.complaints,
                    });
                }
            }
            Err(failure) if failure.kind == Kind::Unwritable => self.give_up(&failure),
            Err(failure) => match answers {
                [answer] => {
                    let (feed, trouble) = (Some(answer.feed()), Some(failure.message));
                    self.came(FeedNews { feed, trouble, ..FeedNews::default() });
                }
                // One of them cannot be stored: the others shall not suffer for it.
                several => several.iter().for_each(|answer| self.take_in(std::slice::from_ref(answer))),
            },
        }
    }

    /// Counts what came of a feed, and tells it when it is time.
    fn came(&mut self, news: FeedNews) {
        if let Some(feed) = news.feed {
            self.refresh.waiting.remove(&feed);
        }
        let progress = &mut self.refresh.progress;
        progress.new += news.new;
        progress.done += 1;
        progress.failed += usize::from(news.trouble.is_some() && !news.later);
        if news.says_something() {
            self.refresh.feeds.push(news);
        }
        // Thirty times a second is as often as anyone can see it.
        if self.refresh.told.is_none_or(|told| told.elapsed() >= TELL_EVERY) {
            self.tell();
        }
    }

    /// Ends the refresh: the store would refuse the next answer as well, each after a wait.
    fn give_up(&mut self, failure: &Failure) {
        self.refresh.given_up = true;
        self.refresh.cancel.cancel();
        self.outbox.send(Event::Trouble(Problem::from(failure)));
    }

    pub(super) fn tell(&mut self) {
        self.refresh.told = Some(Instant::now());
        let Refresh { feeds, told_feeds, waiting, .. } = &mut self.refresh;
        let news = feeds[*told_feeds..].to_vec();
        *told_feeds = feeds.len();
        let few = waiting.len() <= FEW;
        let waiting = waiting.values().filter(|_| few).cloned().collect();
        self.outbox.send(Event::Brought(news, waiting));
        self.outbox.send(Event::Refreshing(self.refresh.progress.clone()));
    }

    pub(super) fn end(&mut self, cancelled: bool) {
        let Refresh { progress, feeds, given_up, .. } = std::mem::take(&mut self.refresh);
        // First, so that what the screen asks for at the end of a refresh is right when it comes; and
        // under guard, so that the end is told in any case.
        if !given_up {
            let outbox = self.outbox.clone();
            guarded("writer", &outbox, || self.clean_up());
        }
        let outbox = self.outbox.clone();
        guarded("writer", &outbox, || ops::mute::end(&mut self.store, now()));
        // Feeds may have told their names, or have moved.
        guarded("writer", &outbox, || self.mirror());
        self.store.rest();
        let cancelled = cancelled || given_up;
        // Where it cannot be told, the screen looks again after a while.
        let next = ops::refresh::next_due(self.store.reader(), self.saved.wish).unwrap_or_default();
        self.outbox.send(Event::Refreshed(Summary { progress, cancelled, feeds, next }));
    }

    fn clean_up(&mut self) {
        if let Err(failure) = ops::clean_up::clean_up(&mut self.store, self.keep, now()) {
            self.outbox.send(Event::Trouble(Problem::from(&failure)));
        }
    }
}
