//! The store: one SQLite file that holds everything, and nothing else of Dateline knows SQL.
//!
//! Whole questions go in, rows of the model come out. [`Store`] writes; a [`Reader`] has its own
//! connection to the same file, so that reading never waits for a refresh (write-ahead log), and can
//! be interrupted from another thread. Everything read from the file goes through the trust door
//! like any other text from outside: the file may have been edited.
//!
//! - `open`, `migrate`, `recover`, `health`: the file as a file
//! - `list`, `query`, `matched`, `grouped`, `rank`: lists, by keyset, the query language in SQL, what matches a text in a list's
//!   order, and by relevance
//! - `article`, `feeds`, `marks`, `state`, `saved`, `vocabulary`: what is asked and changed one at a time
//! - `keep`: what makes bookmarks whole; `notes`: what a person wrote about articles
//! - `pages`: the pages of articles, and which text of an article is shown
//! - `incoming`, `full_text`, `index`, `postings`, `removal`: articles coming and going, with what finds them
//! - `cluster`, `hand`, `settle`, `stories`: articles put into stories, and what is shown of those
//! - `schema/`: the tables, a file per version

mod article;
mod awaited;
mod cluster;
mod codec;
mod doomed;
mod error;
mod feed_settings;
mod feeds;
mod fetches;
mod full_text;
mod grouped;
mod hand;
mod health;
mod incoming;
mod index;
mod keep;
mod leaving;
mod list;
mod marks;
mod matched;
mod migrate;
mod mutes;
mod newsboat_cache;
mod notes;
mod open;
mod pages;
mod passing;
mod postings;
mod query;
mod rank;
mod recover;
mod removal;
mod renew;
mod room;
mod row;
mod saved;
mod settle;
mod since;
mod sorted;
mod state;
mod stories;
mod vocabulary;

use std::cell::RefCell;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::{Connection, InterruptHandle, Transaction, TransactionBehavior};

#[cfg(test)]
mod tests;

pub use article::Revision;
pub use doomed::{Doomed, Why};
pub use error::StoreError;
pub use feeds::{FeedHead, NewFeed};
pub use fetches::{Fetched, Moved, Schedule};
pub use full_text::FullText;
pub use health::Health;
pub use incoming::Taken;
pub use keep::Picture;
pub use list::Moment;
pub use newsboat_cache::{CachedItem, NewsboatCache};
pub use open::FILE;
pub use pages::Asked;
pub use recover::Recovered;
pub use removal::{Cleaned, Keep};
pub use renew::Renewal;
pub use since::ToldSince;

use crate::model::Time;
use crate::related::Digester;
use crate::text::Clean;
use cluster::Fresh;
use codec::Compressor;
use hand::Hand;
use index::Unwritten;
use postings::Tail;

/// The result of a question or a change.
pub type Result<T> = std::result::Result<T, StoreError>;

/// The result of a step of a transaction ([`Store::write`]): what SQLite said is sorted into a
/// [`StoreError`] when the transaction ends.
pub type Step<T> = rusqlite::Result<T>;

/// A connection that only reads. Questions cost what their answer costs, whatever the size of the
/// store, unless they say otherwise.
pub struct Reader {
    db: Connection,
    path: PathBuf,
    /// What of the related-news index is not merged yet, as last read.
    tail: RefCell<Tail>,
}

/// Stops the question that a [`Reader`] is working on, from any thread. That question then answers
/// [`StoreError::Interrupted`]; a reader at rest is not disturbed.
#[derive(Clone)]
pub struct Interrupter(Arc<InterruptHandle>);

impl Interrupter {
    /// Stops it.
    pub fn interrupt(&self) {
        self.0.interrupt();
    }
}

impl Reader {
    fn new(db: Connection, path: &Path) -> Self {
        Self { db, path: path.to_owned(), tail: RefCell::default() }
    }

    /// A handle to stop this reader's question with.
    #[must_use]
    pub fn interrupter(&self) -> Interrupter {
        Interrupter(Arc::new(self.db.get_interrupt_handle()))
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Asks several questions of one moment: what is written meanwhile is not seen until the end.
    ///
    /// # Errors
    /// What `ask` returns, or that the store cannot be read.
    pub fn at_once<T, E: From<StoreError>>(
        &self,
        ask: impl FnOnce() -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let moment = self.db.unchecked_transaction().map_err(self.says("reading the store"))?;
        let answer = ask();
        // Nothing was written: to end the transaction, dropping it would do as well.
        moment.finish().map_err(self.says("reading the store"))?;
        answer
    }

    /// Sorts an error that came while doing `step`.
    fn says(&self, step: &'static str) -> impl Fn(rusqlite::Error) -> StoreError + '_ {
        move |error| StoreError::from_sqlite(&self.path, step, &error)
    }
}

/// The connection that writes. One a process is enough; writers of other processes wait for each
/// other.
pub struct Store {
    reader: Reader,
    compressor: Compressor,
    /// Languages known to stand in the table, to write each only once.
    languages: HashSet<String>,
    /// The articles of the last days, once something is to be compared with them.
    hand: Option<Hand>,
    /// The words of what came last.
    digester: Digester,
    /// How many articles wait to be put into stories, while it is known.
    behind: Option<u64>,
    /// Whether it works with much memory at present.
    roomy: bool,
    notice: Option<Clean>,
}

/// How safe a change must be against a loss of power. Against a crash of the program every change
/// is safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// What a person did: on the disk when the call returns.
    Person,
    /// What can be fetched again: the system may write it later.
    Refresh,
}

impl Store {
    /// The same questions, over the writing connection: it sees what was just written.
    #[must_use]
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// What happened on opening that a person should know: a repair, or a copy made before the
    /// store was brought up to date.
    #[must_use]
    pub fn notice(&self) -> Option<&Clean> {
        self.notice.as_ref()
    }

    /// Does `work` as one transaction: all of it is stored, or on an error nothing.
    ///
    /// # Errors
    /// What `work` returns, or that the transaction cannot begin or end.
    pub fn write<T>(
        &mut self,
        safety: Safety,
        step: &'static str,
        work: impl FnOnce(&mut Writing<'_>) -> rusqlite::Result<T>,
    ) -> Result<T> {
        if safety == Safety::Refresh {
            self.breathe(true);
        }
        let says = |error| StoreError::from_sqlite(&self.reader.path, step, &error);
        // Cannot be changed inside a transaction.
        let synchronous = if safety == Safety::Person { "FULL" } else { "NORMAL" };
        self.reader.db.pragma_update(None, "synchronous", synchronous).map_err(says)?;
        let db = Transaction::new_unchecked(&self.reader.db, TransactionBehavior::Immediate).map_err(says)?;
        let mut writing = Writing {
            db: &db,
            reader: &self.reader,
            compressor: &mut self.compressor,
            languages: &mut self.languages,
            hand: &mut self.hand,
            digester: &mut self.digester,
            fresh: Vec::new(),
            unwritten: Unwritten::default(),
            now: Time::default(),
            later: false,
            older: false,
        };
        let result = work(&mut writing).and_then(|value| writing.judge_fresh().map(|()| value));
        // Dropping the transaction takes everything back.
        let value = match result {
            Ok(value) => db.commit().map(|()| value),
            Err(error) => {
                self.languages.clear();
                self.hand = None;
                self.reader.forget_tail();
                Err(error)
            }
        };
        value.map_err(says)
    }
}

/// A transaction under way: what can be changed, to be put together by `Store`'s callers.
pub struct Writing<'a> {
    db: &'a Connection,
    /// The same connection, for questions.
    reader: &'a Reader,
    compressor: &'a mut Compressor,
    languages: &'a mut HashSet<String>,
    hand: &'a mut Option<Hand>,
    digester: &'a mut Digester,
    /// What came or changed, to be judged before the transaction ends.
    fresh: Vec<Fresh>,
    /// Words that are not written to the search index yet.
    unwritten: Unwritten,
    /// When what came did.
    now: Time,
    /// Whether what came is judged later, with all that waits.
    later: bool,
    /// Whether what is stored goes before what comes.
    older: bool,
}
