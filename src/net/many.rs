//! Many requests at once, politely: so many in all, so many to one host, the hosts taking turns.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use tokio::task::JoinSet;

use super::{Answer, Ask, Cancel, Client, Error};

/// How long a host is left alone that has too much to do and does not say for how long.
const REST: Duration = Duration::from_secs(15 * 60);

/// How many times in a row a host has to answer 503 until that is taken for the host's state rather
/// than one address's.
const BUSY: u32 = 2;

/// The requests to one host that wait.
struct Lane<K> {
    waiting: VecDeque<(K, Ask)>,
    /// How long the host wants to be left alone, once it has said so.
    held_back: Option<Duration>,
    /// How many times in a row it was too busy.
    busy: u32,
}

impl<K> Lane<K> {
    /// Draws conclusions about the host from one of its answers.
    fn learn(&mut self, answer: &Result<Answer, Error>) {
        self.busy = match answer {
            Err(Error::Status { code: 503, .. }) => self.busy + 1,
            _ => 0,
        };
        let rest = match answer {
            Err(Error::Status { code: 429 | 503, retry_after: Some(wait), .. }) => Some(*wait),
            Err(Error::Status { code: 429, .. }) => Some(REST),
            Err(Error::Status { code: 503, .. }) if self.busy >= BUSY => Some(REST),
            _ => None,
        };
        self.held_back = self.held_back.max(rest);
    }
}

impl Client {
    /// Asks for many things and gives each answer to `done` as it comes, with its key, in no
    /// particular order. Returns how many were not asked to the end because `cancel` was thrown:
    /// 0 when all were. `done` is not called for those.
    ///
    /// A host that answers 429, or 503 with a time to wait or repeatedly, is not asked for the rest,
    /// which end as [`Error::HeldBack`]. Commands and files share the turns of one host.
    pub async fn fetch_all<K: Send + 'static>(
        &self,
        jobs: impl IntoIterator<Item = (K, impl Into<Ask>)>,
        cancel: &Cancel,
        mut done: impl FnMut(K, Result<Answer, Error>),
    ) -> usize {
        let (mut lanes, mut turns) = self.lanes(jobs);
        let mut left: usize = lanes.iter().map(|lane| lane.waiting.len()).sum();
        let mut running = JoinSet::new();
        loop {
            while running.len() < self.settings.parallel.max(1) && !cancel.is_cancelled() {
                let Some(turn) = turns.pop_front() else { break };
                let Some((key, ask)) = lanes[turn].waiting.pop_front() else { continue };
                if let (Some(wait), Ask::Web(request)) = (lanes[turn].held_back, &ask) {
                    left -= 1;
                    done(key, Err(Error::HeldBack(request.address.clone(), wait)));
                    turns.push_back(turn);
                    continue;
                }
                let (client, cancel) = (self.clone(), cancel.clone());
                running.spawn(async move { (turn, key, client.get(ask, &cancel).await) });
            }
            let Some(ended) = running.join_next().await else { break };
            let (turn, key, answer) = match ended {
                Ok(ended) => ended,
                Err(error) => match error.try_into_panic() {
                    // A fault of ours: the thread that drives us is the one to deal with it.
                    Ok(panic) => std::panic::resume_unwind(panic),
                    Err(_) => continue,
                },
            };
            lanes[turn].learn(&answer);
            turns.push_back(turn);
            if !answer.as_ref().is_err_and(Error::is_cancelled) {
                left -= 1;
                done(key, answer);
            }
        }
        left
    }

    /// Sorts the jobs by host. Each host gets as many turns as it may have requests at once; the
    /// first turns of all hosts come before any second.
    fn lanes<K>(&self, jobs: impl IntoIterator<Item = (K, impl Into<Ask>)>) -> (Vec<Lane<K>>, VecDeque<usize>) {
        let mut numbers: HashMap<Option<String>, usize> = HashMap::new();
        let mut lanes: Vec<Lane<K>> = Vec::new();
        for (key, ask) in jobs {
            let ask = ask.into();
            let host = match &ask {
                Ask::Web(request) => Some(request.address.host().to_owned()),
                Ask::Local(_) => None,
            };
            let number = *numbers.entry(host).or_insert(lanes.len());
            if number == lanes.len() {
                lanes.push(Lane { waiting: VecDeque::new(), held_back: None, busy: 0 });
            }
            lanes[number].waiting.push_back((key, ask));
        }
        let turns = (0..self.settings.per_host.max(1)).flat_map(|_| 0..lanes.len()).collect();
        (lanes, turns)
    }
}
