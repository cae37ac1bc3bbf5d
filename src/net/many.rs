//! Many requests at once, politely: so many in all, so many to one host, the hosts taking turns.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use tokio::task::JoinSet;

use super::{Answer, Cancel, Client, Error, Request};

/// The requests to one host that wait.
struct Lane<K> {
    waiting: VecDeque<(K, Request)>,
    /// How long the host wants to be left alone, once it has said so.
    held_back: Option<Duration>,
}

impl Client {
    /// Asks for many things and gives each answer to `done` as it comes, with its key, in no
    /// particular order. Returns how many were not asked to the end because `cancel` was thrown:
    /// 0 when all were. `done` is not called for those.
    ///
    /// A host that answers 429 or 503 with a time to wait is not asked for the rest, which end as
    /// [`Error::HeldBack`].
    pub async fn fetch_all<K: Send + 'static>(
        &self,
        jobs: impl IntoIterator<Item = (K, Request)>,
        cancel: &Cancel,
        mut done: impl FnMut(K, Result<Answer, Error>),
    ) -> usize {
        let (mut lanes, mut turns) = self.lanes(jobs);
        let mut left: usize = lanes.iter().map(|lane| lane.waiting.len()).sum();
        let mut running = JoinSet::new();
        loop {
            while running.len() < self.settings.parallel.max(1) && !cancel.is_cancelled() {
                let Some(turn) = turns.pop_front() else { break };
                let Some((key, request)) = lanes[turn].waiting.pop_front() else { continue };
                if let Some(wait) = lanes[turn].held_back {
                    left -= 1;
                    done(key, Err(Error::HeldBack(request.address, wait)));
                    turns.push_back(turn);
                    continue;
                }
                let (client, cancel) = (self.clone(), cancel.clone());
                running.spawn(async move { (turn, key, client.fetch(request, &cancel).await) });
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
            if let Err(Error::Status { code: 429 | 503, retry_after: Some(wait), .. }) = answer {
                lanes[turn].held_back = Some(wait);
            }
            turns.push_back(turn);
            if !matches!(answer, Err(Error::Cancelled(_))) {
                left -= 1;
                done(key, answer);
            }
        }
        left
    }

    /// Sorts the jobs by host. Each host gets as many turns as it may have requests at once; the
    /// first turns of all hosts come before any second.
    fn lanes<K>(&self, jobs: impl IntoIterator<Item = (K, Request)>) -> (Vec<Lane<K>>, VecDeque<usize>) {
        let mut numbers: HashMap<String, usize> = HashMap::new();
        let mut lanes: Vec<Lane<K>> = Vec::new();
        for (key, request) in jobs {
            let number = *numbers.entry(request.address.host().to_owned()).or_insert(lanes.len());
            if number == lanes.len() {
                lanes.push(Lane { waiting: VecDeque::new(), held_back: None });
            }
            lanes[number].waiting.push_back((key, request));
        }
        let turns = (0..self.settings.per_host.max(1)).flat_map(|_| 0..lanes.len()).collect();
        (lanes, turns)
    }
}
