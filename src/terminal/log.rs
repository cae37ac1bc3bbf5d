//! The log: a file in the state directory, since the terminal is taken.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, bounded};

use crate::text::{Clean, CleanText};

/// How large the file grows, in bytes, before it is put aside as `NAME.old`; the one put aside
/// before is then gone, so the log never takes more than twice this.
pub const MAX_BYTES: u64 = 1024 * 1024;

/// Lines that may wait to be written. More are dropped: logging must never hold anyone up.
const QUEUE: usize = 1024;

/// How much a line matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Something that should not happen.
    Error,
    /// Something that went wrong outside.
    Warning,
    /// Something worth knowing when looking back.
    Info,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        })
    }
}

/// A handle to the log. Cheap to clone; no call waits for the disk but [`Log::flush`].
#[derive(Clone, Debug)]
pub struct Log {
    to: Option<Sender<Message>>,
}

enum Message {
    Line(String),
    Flush(Sender<()>),
}

impl Log {
    /// Opens (or makes) the log at `path`, with its directory, readable by its owner alone, and
    /// starts the thread that writes it. The thread ends with the last handle.
    ///
    /// # Errors
    /// Where the directory or file cannot be made or written, or the thread not be started.
    pub fn open(path: &Path) -> io::Result<Self> {
        if let Some(directory) = path.parent() {
            fs::create_dir_all(directory)?;
        }
        let writer = Writer::open(path.to_owned())?;
        let (to, from) = bounded(QUEUE);
        thread::Builder::new().name("log".to_owned()).spawn(move || writer.run(&from))?;
        Ok(Self { to: Some(to) })
    }

    /// A log that keeps nothing: where the file cannot be had, the program runs on without.
    #[must_use]
    pub fn none() -> Self {
        Self { to: None }
    }

    /// Writes a line, with the time. Never waits; a line that finds the queue full is dropped.
    pub fn write(&self, level: Level, line: &Clean) {
        self.send(format!("{} {level} {line}\n", now()));
    }

    /// Writes several lines as one entry, each but the first indented.
    pub fn write_text(&self, level: Level, line: &Clean, text: &CleanText) {
        let mut entry = format!("{} {level} {line}\n", now());
        for line in text.lines() {
            entry.push_str("    ");
            entry.push_str(line);
            entry.push('\n');
        }
        self.send(entry);
    }

    /// Waits until all that was written before is in the file, at most `patience`. Returns whether
    /// it is.
    #[must_use]
    pub fn flush(&self, patience: Duration) -> bool {
        let Some(to) = &self.to else { return true };
        let (done, wait) = bounded(1);
        to.send_timeout(Message::Flush(done), patience).is_ok() && wait.recv_timeout(patience).is_ok()
    }

    fn send(&self, entry: String) {
        if let Some(to) = &self.to {
            // Full or closed: nobody could be told.
            let _ = to.try_send(Message::Line(entry));
        }
    }
}

/// UTC, to the millisecond: a log is read beside others.
fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// The file.
struct Writer {
    path: PathBuf,
    file: File,
    bytes: u64,
}

impl Writer {
    fn open(path: PathBuf) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.create(true).append(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        let file = options.open(&path)?;
        let bytes = file.metadata()?.len();
        Ok(Self { path, file, bytes })
    }

    fn run(mut self, from: &Receiver<Message>) {
        for message in from {
            match message {
                // A disk that is full does not stop the news; what cannot be written is lost.
                Message::Line(entry) => drop(self.write(&entry)),
                // The one who asked may have given up waiting.
                Message::Flush(done) => drop(done.send(())),
            }
        }
    }

    fn write(&mut self, entry: &str) -> io::Result<()> {
        let length = entry.len() as u64;
        if self.bytes > 0 && self.bytes + length > MAX_BYTES {
            let mut old = self.path.clone().into_os_string();
            old.push(".old");
            fs::rename(&self.path, old)?;
            *self = Self::open(std::mem::take(&mut self.path))?;
        }
        self.file.write_all(entry.as_bytes())?;
        self.bytes += length;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENCE: Duration = Duration::from_secs(10);

    #[test]
    fn lines_and_texts_are_written_with_time_and_level() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("state/dateline.log");
        let log = Log::open(&path).unwrap();
        log.write(Level::Warning, &Clean::new("feed \u{1b}[31mfailed"));
        log.write_text(Level::Error, &Clean::new("panic"), &CleanText::new("0: one\n1: two"));
        assert!(log.flush(PATIENCE));
        let text = fs::read_to_string(&path).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[0].ends_with("Z warning feed failed"), "{text}");
        assert_eq!(lines[2..], ["    0: one", "    1: two"]);
    }

    #[test]
    fn the_file_is_put_aside_when_it_is_large() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("dateline.log");
        let log = Log::open(&path).unwrap();
        let line = Clean::new(&"x".repeat(10_000));
        for _ in 0..250 {
            log.write(Level::Info, &line);
            assert!(log.flush(PATIENCE));
        }
        let sizes = [&path, &directory.path().join("dateline.log.old")].map(|path| fs::metadata(path).unwrap().len());
        assert!(sizes.iter().all(|&size| size > 0 && size <= MAX_BYTES), "{sizes:?}");
        assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 2);
    }

    #[test]
    fn no_log_keeps_nothing() {
        let log = Log::none();
        log.write(Level::Info, &Clean::new("x"));
        assert!(log.flush(PATIENCE));
        let directory = tempfile::tempdir().unwrap();
        assert!(Log::open(directory.path()).is_err(), "a directory is no file");
    }
}
