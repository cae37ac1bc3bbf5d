//! Workers that answer questions: of every slot only the newest, and never longer than it is wanted.

use std::collections::VecDeque;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::thread::JoinHandle;

use crossbeam_channel::{Receiver, Sender};
use jiff::tz::TimeZone;

use super::questions::answer;
use super::worker::{Outbox, guarded, spawn, test_panic};
use crate::app::{Answer, Event, Problem, Question, Slot, Ticket};
use crate::ops::{Failure, Kind};
use crate::store::{Interrupter, Reader};

/// Starts a worker called `name` that answers from `reader`.
///
/// # Errors
/// Where the thread cannot be started.
pub(super) fn start(
    name: &'static str,
    reader: Reader,
    zone: TimeZone,
    outbox: Outbox,
) -> io::Result<(Desk, JoinHandle<()>)> {
    let (desk, queue) = desk(&reader);
    let thread = spawn(name, move || {
        let mut first = true;
        serve(name, queue, &outbox, |question| {
            if std::mem::take(&mut first) {
                test_panic(name);
            }
            answer(&reader, question, super::now(), &zone)
        });
    })?;
    Ok((desk, thread))
}

/// The screen's end of a worker that answers questions.
pub(super) struct Desk {
    to: Sender<(Ticket, Question)>,
    busy_with: Arc<AtomicU8>,
    interrupter: Interrupter,
}

/// The worker's end.
struct Queue {
    from: Receiver<(Ticket, Question)>,
    busy_with: Arc<AtomicU8>,
    waiting: VecDeque<(Ticket, Question)>,
}

/// A desk and its queue, for a worker that reads with `reader`.
fn desk(reader: &Reader) -> (Desk, Queue) {
    let (to, from) = crossbeam_channel::unbounded();
    let busy_with = Arc::new(AtomicU8::new(IDLE));
    let desk = Desk { to, busy_with: busy_with.clone(), interrupter: reader.interrupter() };
    (desk, Queue { from, busy_with, waiting: VecDeque::new() })
}

const IDLE: u8 = u8::MAX;

fn number(slot: Slot) -> u8 {
    slot as u8
}

impl Desk {
    /// Puts a question to the worker. One of the same slot that is being worked on is stopped: its
    /// answer is no longer wanted. Never waits.
    pub(super) fn ask(&self, ticket: Ticket, question: Question) {
        let slot = number(question.slot());
        // The worker is gone only while the program ends.
        let _ = self.to.send((ticket, question));
        if self.busy_with.load(Ordering::Acquire) == slot {
            self.interrupter.interrupt();
        }
    }
}

impl Queue {
    /// The next question: the one that has waited longest, of every slot only the newest. Waits for
    /// one; `None` when nobody will ask any more.
    fn next(&mut self) -> Option<(Ticket, Question)> {
        self.busy_with.store(IDLE, Ordering::Release);
        if self.waiting.is_empty() {
            let asked = self.from.recv().ok()?;
            self.put(asked);
        }
        while let Ok(asked) = self.from.try_recv() {
            self.put(asked);
        }
        let next = self.waiting.pop_front()?;
        self.busy_with.store(number(next.1.slot()), Ordering::Release);
        Some(next)
    }

    fn put(&mut self, asked: (Ticket, Question)) {
        match self.waiting.iter_mut().find(|waiting| waiting.1.slot() == asked.1.slot()) {
            Some(older) => *older = asked,
            None => self.waiting.push_back(asked),
        }
    }

    /// Whether a newer question of this slot has come meanwhile.
    fn is_outdated(&mut self, slot: Slot) -> bool {
        while let Ok(asked) = self.from.try_recv() {
            self.put(asked);
        }
        self.waiting.iter().any(|(_, waiting)| waiting.slot() == slot)
    }
}

/// Answers questions until nobody asks any more.
fn serve(
    worker: &str,
    mut queue: Queue,
    outbox: &Outbox,
    mut answer: impl FnMut(&Question) -> Result<Answer, Failure>,
) {
    while let Some((ticket, question)) = queue.next() {
        let slot = question.slot();
        let answered = loop {
            match guarded(worker, outbox, || answer(&question)) {
                // Interrupted for a question of another slot that came in between: once more.
                Some(Err(failure)) if failure.kind == Kind::Interrupted => {
                    if queue.is_outdated(slot) {
                        break None;
                    }
                }
                Some(Ok(answer)) => break Some(answer),
                Some(Err(failure)) => break Some(Answer::Failed(Problem::from(&failure))),
                None => {
                    break Some(Answer::Failed(Problem {
                        message: "An internal error stopped this.".into(),
                        hint: None,
                    }));
                }
            }
        };
        if let Some(answer) = answered {
            outbox.send(Event::Answer(ticket, answer));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ArticleId;

    fn queue() -> (Sender<(Ticket, Question)>, Queue) {
        let (to, from) = crossbeam_channel::unbounded();
        (to, Queue { from, busy_with: Arc::new(AtomicU8::new(IDLE)), waiting: VecDeque::new() })
    }

    #[test]
    fn of_every_slot_only_the_newest_is_answered() {
        let (to, mut queue) = queue();
        for n in 1..=5 {
            to.send((Ticket(n), Question::Related { id: ArticleId(1), limit: 20 })).unwrap();
        }
        to.send((Ticket(6), Question::Sources)).unwrap();
        drop(to);
        assert_eq!(queue.next().unwrap().0, Ticket(5));
        assert_eq!(queue.next().unwrap().0, Ticket(6));
        assert!(queue.next().is_none());
    }

    #[test]
    fn an_interrupted_question_is_asked_again_unless_it_is_outdated() {
        let (to, queue) = queue();
        let (events, outbox) = crossbeam_channel::unbounded();
        to.send((Ticket(1), Question::Sources)).unwrap();
        drop(to);
        let mut tries = 0;
        serve("reader", queue, &Outbox(events), |_| {
            tries += 1;
            if tries == 1 {
                Err(Failure::new(Kind::Interrupted, "no longer wanted"))
            } else {
                Ok(Answer::Sources(Default::default()))
            }
        });
        assert_eq!(tries, 2);
        assert!(matches!(outbox.try_recv(), Ok(Event::Answer(Ticket(1), Answer::Sources(_)))));
    }
}
