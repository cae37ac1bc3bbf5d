//! What can go wrong with the store: one variant per thing a person can do something about.

use std::fmt;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use crate::text::Clean;

/// Why the store could not do something. Each names the file; [`StoreError::hints`] gives the next
/// steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// There is no store yet.
    Missing(PathBuf),
    /// A directory stands where the store's file belongs.
    Directory(PathBuf),
    /// A file stands where a directory is needed for the store: that file.
    InTheWay(PathBuf),
    /// The file is not an SQLite database.
    NotADatabase(PathBuf),
    /// The file is an SQLite database, but another program's.
    Foreign(PathBuf),
    /// The store was written by a newer Dateline.
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: i32,
        /// The newest version this program knows.
        known: i32,
    },
    /// The store was written by an older Dateline and is asked to be read before it was brought up
    /// to date.
    Older(PathBuf),
    /// Another program holds the store for longer than one waits.
    Locked(PathBuf),
    /// Another program has the store open, so that it cannot be made anew.
    InUse(PathBuf),
    /// The file or its directory cannot be written.
    ReadOnly(PathBuf),
    /// The disk is full.
    Full(PathBuf),
    /// Part of the file cannot be read as what it should be.
    Damaged {
        /// The file.
        path: PathBuf,
        /// What SQLite, or the reading of a text, says of it.
        what: Clean,
    },
    /// The file or its directory cannot be opened or made.
    CannotOpen {
        /// The file or directory.
        path: PathBuf,
        /// What the system says.
        what: Clean,
    },
    /// The copy that is made before the store is changed could not be made.
    Backup {
        /// Where the copy should stand.
        path: PathBuf,
        /// What the system says.
        what: Clean,
    },
    /// A regular expression in a query cannot be used: what is wrong with it.
    Pattern(Clean),
    /// A newer question took the place of this one (see `Interrupter`).
    Interrupted,
    /// Anything else that SQLite says.
    Failed {
        /// The file.
        path: PathBuf,
        /// What was being done.
        step: &'static str,
        /// What SQLite says.
        what: Clean,
    },
}

impl StoreError {
    /// Sorts an SQLite error that came while doing `step` (as in "reading a list").
    pub(super) fn from_sqlite(path: &Path, step: &'static str, error: &rusqlite::Error) -> Self {
        if let rusqlite::Error::ToSqlConversionFailure(inner) = error
            && let Some(sorted) = inner.downcast_ref::<Self>()
        {
            return sorted.clone();
        }
        let path = path.to_owned();
        let what = Clean::new(&error.to_string());
        match error.sqlite_error_code() {
            Some(ErrorCode::OperationInterrupted) => Self::Interrupted,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked(path),
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly(path),
            Some(ErrorCode::DiskFull) => Self::Full(path),
            Some(ErrorCode::SystemIoFailure) if is_no_room_to_share(error) => Self::Full(path),
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged { path, what },
            Some(ErrorCode::NotADatabase) => Self::NotADatabase(path),
            Some(ErrorCode::CannotOpen) => Self::CannotOpen { path, what },
            // A page that the file's length promises and does not hold.
            Some(ErrorCode::SystemIoFailure) if is_short_read(error) => Self::Damaged { path, what },
            _ if matches!(error, rusqlite::Error::FromSqlConversionFailure(..)) => Self::Damaged { path, what },
            _ => Self::Failed { path, step, what },
        }
    }

    /// What a person can do about it, the most likely first.
    #[must_use]
    pub fn hints(&self) -> Vec<Clean> {
        let hints: &[&str] = match self {
            Self::Missing(_) => &["run `dateline` once, or `dateline add URL`, to make it"],
            Self::Directory(_) => &["move the directory away", "or keep the store elsewhere with --data-dir"],
            Self::InTheWay(_) => &["move it away, or use --data-dir"],
            Self::NotADatabase(_) | Self::Foreign(_) => {
                &["move the file away; Dateline makes a new store", "or keep the store elsewhere with --data-dir"]
            }
            Self::Newer { .. } => &["use the newer Dateline", "or keep another store with --data-dir"],
            Self::Older(_) => &["open it once with `dateline`; it is brought up to date then, after a copy is made"],
            Self::Locked(_) => &["wait for the other program, or end it, then try again"],
            Self::InUse(_) => &["quit the reader, and whatever else uses the store, then try again"],
            Self::ReadOnly(_) => &[
                "give yourself the right to write the file and its directory",
                "or keep the store elsewhere with --data-dir",
            ],
            Self::Full(_) => &["free some space on the disk; nothing that was stored is lost"],
            Self::Damaged { .. } => {
                &["`dateline doctor --repair` saves what can be read and keeps the damaged file beside it"]
            }
            Self::CannotOpen { .. } | Self::Backup { .. } => {
                &["check the path and its rights", "or keep the store elsewhere with --data-dir"]
            }
            Self::Pattern(_) => &["regular expressions stand between slashes: /drones? strike/"],
            Self::Interrupted => &[],
            Self::Failed { .. } => &["run `dateline doctor`"],
        };
        hints.iter().copied().map(Clean::new).collect()
    }
}

/// Takes the error of a question that was put to the store within a transaction through to its end,
/// where [`StoreError::from_sqlite`] gives it back.
pub(super) fn unsorted(error: StoreError) -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure(Box::new(error))
}

/// SQLITE_IOERR_SHMSIZE: there was no room for the small file by which several programs share the store,
/// which even reading needs.
fn is_no_room_to_share(error: &rusqlite::Error) -> bool {
    error.sqlite_error().is_some_and(|e| e.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE)
}

/// SQLITE_IOERR_SHORT_READ.
fn is_short_read(error: &rusqlite::Error) -> bool {
    error.sqlite_error().is_some_and(|e| e.extended_code == 522)
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |path: &Path| Clean::new(&path.display().to_string());
        match self {
            Self::Missing(path) => write!(f, "there is no store at {}", name(path)),
            Self::Directory(path) => write!(f, "{} is a directory, but Dateline's store is a file", name(path)),
            Self::InTheWay(path) => write!(f, "{} is a file where a directory is needed", name(path)),
            Self::NotADatabase(path) => write!(f, "{} is not a database", name(path)),
            Self::Foreign(path) => write!(f, "{} is a database of another program", name(path)),
            Self::Newer { path, found, known } => write!(
                f,
                "{} was written by a newer Dateline (store version {found}; this program knows up to {known})",
                name(path)
            ),
            Self::Older(path) => write!(f, "{} was written by an older Dateline", name(path)),
            Self::Locked(path) => write!(f, "{} is being written by another program", name(path)),
            Self::InUse(path) => {
                write!(f, "{} is damaged and cannot be mended while another program has it open", name(path))
            }
            Self::ReadOnly(path) => write!(f, "{} cannot be written", name(path)),
            Self::Full(path) => write!(f, "the disk that holds {} is full", name(path)),
            Self::Damaged { path, what } => write!(f, "{} is damaged ({what})", name(path)),
            Self::CannotOpen { path, what } => write!(f, "{} cannot be opened ({what})", name(path)),
            Self::Backup { path, what } => {
                write!(f, "no copy of the store could be made at {} ({what}), so it was left as it was", name(path))
            }
            Self::Pattern(what) => write!(f, "this regular expression cannot be used: {what}"),
            Self::Interrupted => write!(f, "the question was given up for a newer one"),
            Self::Failed { path, step, what } => write!(f, "{step} failed in {} ({what})", name(path)),
        }
    }
}

impl std::error::Error for StoreError {}
