//! Opening the file: what may stand in the way, and how the connection is set up.

use std::collections::HashSet;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, OpenFlags};

use super::{Compressor, Reader, Result, Store, StoreError, migrate, query};
use crate::related::Digester;
use crate::text::Clean;

/// The name of the store's file in the data directory.
pub const FILE: &str = "dateline.db";

/// `DTLN`: tells our files from those of other programs (SQLite's `application_id`).
pub(super) const APPLICATION_ID: i32 = 0x4454_4c4e;

/// How long one waits for another program that writes.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// Page cache of a connection, in KiB. Memory is counted (three connections, 30 MB in all for a
/// small store), and the system caches the file as well.
const CACHE_KIB: i64 = 4096;

/// The same of the connection that writes while much comes: what is stored of a thousand articles touches
/// pages all over the file, and those that do not fit are read again for each.
const ROOMY_CACHE_KIB: i64 = 24 * 1024;

/// Pages in the write-ahead log at which it is written back: 4 MiB, so that what a crash leaves is
/// read again in milliseconds.
const CHECKPOINT_PAGES: i64 = 1000;

/// The same while much comes: a page that is changed again and again is written back less often. A crash
/// then leaves 16 MiB, which take some 8 ms to be read again.
const ROOMY_CHECKPOINT_PAGES: i64 = 4000;

impl Store {
    /// Opens the store at `path`, making it and its directory if there is none, and bringing an older
    /// one up to date after a copy of it was made. No work is proportional to what is stored.
    ///
    /// # Errors
    /// One [`StoreError`] for each thing that can stand in the way; the file is then as it was.
    pub fn open(path: &Path) -> Result<Self> {
        if let Some(directory) = path.parent().filter(|directory| !directory.as_os_str().is_empty()) {
            std::fs::create_dir_all(directory).map_err(|error| cannot_open(directory, &error))?;
        }
        look_at(path)?;
        let db = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
        let says = |error| StoreError::from_sqlite(path, "opening the store", &error);
        if db.is_readonly("main").map_err(says)? {
            return Err(StoreError::ReadOnly(path.to_owned()));
        }
        let notice = migrate::up_to_date(&db, path)?;
        probe(&db).map_err(says)?;
        let compressor = Compressor::new().map_err(|error| cannot_open(path, &error))?;
        Ok(Self {
            reader: Reader::new(db, path),
            compressor,
            languages: HashSet::new(),
            hand: None,
            digester: Digester::default(),
            behind: None,
            roomy: false,
            notice,
        })
    }

    /// Takes as much memory as taking in a refresh wants, or gives it back. Where SQLite refuses, all goes
    /// on as before, only slower or with more memory.
    pub(super) fn breathe(&mut self, deeply: bool) {
        if self.roomy == deeply {
            return;
        }
        self.roomy = deeply;
        let (cache, checkpoint) =
            if deeply { (ROOMY_CACHE_KIB, ROOMY_CHECKPOINT_PAGES) } else { (CACHE_KIB, CHECKPOINT_PAGES) };
        let db = &self.reader.db;
        let _as_before = db.pragma_update(None, "cache_size", -cache);
        let _as_before = db.pragma_update(None, "wal_autocheckpoint", checkpoint);
        if !deeply {
            let _as_before = db.execute_batch("PRAGMA shrink_memory");
        }
    }

    /// As on a disk that is full after so many more pages.
    #[cfg(test)]
    pub(crate) fn set_room(&mut self, pages: i64) -> rusqlite::Result<()> {
        let taken: i64 = self.reader.db.pragma_query_value(None, "page_count", |row| row.get(0))?;
        self.reader.db.pragma_update(None, "max_page_count", taken + pages)
    }

    /// How long it waits for another program that writes.
    #[cfg(test)]
    pub(crate) fn set_patience(&mut self, patience: Duration) -> rusqlite::Result<()> {
        self.reader.db.busy_timeout(patience)
    }

    /// The same store with something to tell the person.
    pub(super) fn with_notice(mut self, notice: Clean) -> Self {
        self.notice = Some(notice);
        self
    }
}

impl Reader {
    /// Opens the store at `path` for reading. It must be there and up to date: [`Store::open`] sees
    /// to that.
    ///
    /// # Errors
    /// As [`Store::open`], and [`StoreError::Missing`] or [`StoreError::Older`].
    pub fn open(path: &Path) -> Result<Self> {
        if !look_at(path)? {
            return Err(StoreError::Missing(path.to_owned()));
        }
        // A connection opened read-only could not read beside a writer: the shared memory of the
        // log has to be written. `query_only` keeps it from writing anything else.
        let db = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        migrate::is_current(&db, path)?;
        let says = |error| StoreError::from_sqlite(path, "opening the store", &error);
        db.pragma_update(None, "query_only", true).map_err(says)?;
        Ok(Self::new(db, path))
    }
}

/// Looks at the file before SQLite does, for plainer words than SQLite has. Whether there is
/// something in it.
fn look_at(path: &Path) -> Result<bool> {
    let about = match std::fs::metadata(path) {
        Ok(about) => about,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(cannot_open(path, &error)),
    };
    if about.is_dir() {
        return Err(StoreError::Directory(path.to_owned()));
    }
    if about.len() == 0 {
        return Ok(false);
    }
    let mut head = [0; 16];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut head));
    match read {
        Ok(()) if &head == b"SQLite format 3\0" => Ok(true),
        Ok(()) => Err(StoreError::NotADatabase(path.to_owned())),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Err(StoreError::NotADatabase(path.to_owned())),
        Err(error) => Err(cannot_open(path, &error)),
    }
}

/// `path` or, of the directories above it, the one that is a file. The system says only that there
/// is one.
fn in_the_way(path: &Path) -> Option<&Path> {
    path.ancestors().find(|above| above.exists()).filter(|there| !there.is_dir())
}

fn cannot_open(path: &Path, error: &std::io::Error) -> StoreError {
    if let (ErrorKind::NotADirectory | ErrorKind::AlreadyExists, Some(file)) = (error.kind(), in_the_way(path)) {
        return StoreError::InTheWay(file.to_owned());
    }
    match error.kind() {
        ErrorKind::StorageFull => StoreError::Full(path.to_owned()),
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => StoreError::ReadOnly(path.to_owned()),
        _ => StoreError::CannotOpen { path: path.to_owned(), what: Clean::new(&error.to_string()) },
    }
}

/// A connection with everything set that does not depend on the schema.
pub(super) fn connect(path: &Path, flags: OpenFlags) -> Result<Connection> {
    let set_up = || -> rusqlite::Result<Connection> {
        let db = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        db.busy_timeout(PATIENCE)?;
        db.set_prepared_statement_cache_capacity(128);
        db.pragma_update(None, "cache_size", -CACHE_KIB)?;
        // Mapped pages would count as memory of ours, and a damaged disk would be a signal.
        db.pragma_update(None, "mmap_size", 0)?;
        db.pragma_update(None, "temp_store", "MEMORY")?;
        db.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
        db.pragma_update(None, "journal_size_limit", CHECKPOINT_PAGES * 4096)?;
        // The file may have been edited: nothing in its schema may call what it should not.
        db.pragma_update(None, "trusted_schema", false)?;
        db.pragma_update(None, "cell_size_check", true)?;
        // Else every statement that may use a partial index is compiled anew for each new value bound.
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        query::add_functions(&db, FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC)?;
        Ok(db)
    };
    set_up().map_err(|error| StoreError::from_sqlite(path, "opening the store", &error))
}

/// Touches what every question leans on, so that plain damage shows now and not in the middle of
/// something.
fn probe(db: &Connection) -> rusqlite::Result<()> {
    db.query_row("SELECT count(*) FROM feeds", [], |_| Ok(()))?;
    db.query_row("SELECT max(published) FROM articles", [], |_| Ok(()))?;
    db.query_row("SELECT max(article) FROM feed_texts", [], |_| Ok(()))
}
