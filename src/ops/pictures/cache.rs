//! Pictures that were fetched, kept on the disk for the next time, within a cap.

use std::fs::{self, DirBuilder, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use xxhash_rust::xxh3::xxh3_128;

use super::LARGEST;
use crate::text::Link;

/// How a file that is being written is called until it is whole.
const UNFINISHED: &str = "part";

/// How far the cache is emptied once it is over its cap, in percent of it: so that not every picture
/// that comes costs a look at all of them.
const EMPTIED_TO: u64 = 90;

/// Files in a directory, named by their addresses' digests. What was looked at last stays longest.
///
/// Nothing here is an error to anybody: what cannot be read is fetched again, what cannot be written
/// is not kept.
#[derive(Debug)]
pub struct Cache {
    directory: PathBuf,
    /// Bytes that it may take.
    cap: u64,
    /// Bytes that it takes, once it was looked at; `u64::MAX` before.
    taken: AtomicU64,
}

impl Cache {
    /// The cache in `directory`, which is made when it is needed, of at most `megabytes`; with 0
    /// nothing is kept.
    #[must_use]
    pub fn new(directory: PathBuf, megabytes: u32) -> Self {
        Self { directory, cap: u64::from(megabytes) << 20, taken: AtomicU64::new(u64::MAX) }
    }

    /// From now on it may take so many megabytes. What is over that goes at once; costs no look at the
    /// files unless it was made smaller.
    pub fn resize(&mut self, megabytes: u32) {
        let before = std::mem::replace(&mut self.cap, u64::from(megabytes) << 20);
        if self.cap < before {
            self.empty();
        }
    }

    /// A picture, if it is here. Costs the reading of its file.
    #[must_use]
    pub fn get(&self, link: &Link) -> Option<Vec<u8>> {
        let file = File::open(self.path(link)).ok()?;
        let mut bytes = Vec::new();
        // A larger one is none of ours.
        (&file).take(LARGEST + 1).read_to_end(&mut bytes).ok()?;
        // Looked at: it is the last to go. Where that cannot be noted it goes earlier.
        let _ = file.set_modified(SystemTime::now());
        (!bytes.is_empty() && bytes.len() as u64 <= LARGEST).then_some(bytes)
    }

    /// Keeps a picture, and lets go of others where there is too much. Costs the writing of a file
    /// and, each time the cap is passed, a look at all of them.
    pub fn put(&self, link: &Link, bytes: &[u8]) {
        if bytes.len() as u64 > self.cap.min(LARGEST) || self.write(link, bytes).is_err() {
            return;
        }
        let before = self.taken.load(Ordering::Relaxed);
        let taken = if before == u64::MAX { self.weigh() } else { before.saturating_add(bytes.len() as u64) };
        self.taken.store(taken, Ordering::Relaxed);
        if taken > self.cap {
            self.empty();
        }
    }

    fn write(&self, link: &Link, bytes: &[u8]) -> io::Result<()> {
        let mut builder = DirBuilder::new();
        // What a person looks at is nobody else's business.
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.recursive(true).create(&self.directory)?;
        let path = self.path(link);
        // Beside the others and then put in place: another reader never sees half a file.
        let unfinished = path.with_extension(format!("{}.{UNFINISHED}", std::process::id()));
        let written = File::create(&unfinished).and_then(|mut file| file.write_all(bytes));
        written.and_then(|()| fs::rename(&unfinished, &path)).inspect_err(|_| drop(fs::remove_file(&unfinished)))
    }

    fn path(&self, link: &Link) -> PathBuf {
        self.directory.join(format!("{:032x}", xxh3_128(link.as_str().as_bytes())))
    }

    /// The files that are here: when each was looked at last, its bytes, and where it is.
    fn files(&self) -> Vec<(SystemTime, u64, PathBuf)> {
        let Ok(entries) = fs::read_dir(&self.directory) else { return Vec::new() };
        let file = |entry: fs::DirEntry| {
            let (path, about) = (entry.path(), entry.metadata().ok()?);
            let ours = about.is_file() && is_ours(&path);
            ours.then(|| (about.modified().unwrap_or(SystemTime::UNIX_EPOCH), about.len(), path))
        };
        entries.flatten().filter_map(file).collect()
    }

    fn weigh(&self) -> u64 {
        self.files().iter().map(|(_, bytes, _)| bytes).sum()
    }

    /// Lets go of those that were not looked at for longest, until there is room again.
    fn empty(&self) {
        let mut files = self.files();
        files.sort_unstable();
        let mut taken: u64 = files.iter().map(|(_, bytes, _)| bytes).sum();
        let enough = self.cap / 100 * EMPTIED_TO;
        for (_, bytes, path) in files {
            if taken <= enough {
                break;
            }
            if fs::remove_file(path).is_ok() {
                taken -= bytes;
            }
        }
        self.taken.store(taken, Ordering::Relaxed);
    }
}

/// Whether a file in the directory is one that a cache wrote: nothing else is ever removed.
fn is_ours(path: &Path) -> bool {
    let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
    let name = name.split('.').next().unwrap_or_default();
    name.len() == 32 && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn link(n: usize) -> Link {
        Link::parse(&format!("https://a.example/{n}.png")).unwrap()
    }

    #[test]
    fn what_was_put_is_there_until_the_cap_is_passed() {
        let home = tempfile::tempdir().unwrap();
        let directory = home.path().join("pictures");
        let cache = Cache::new(directory.clone(), 1);
        assert_eq!(cache.get(&link(1)), None);
        std::fs::create_dir_all(&directory).unwrap();
        std::fs::write(directory.join("notes.txt"), vec![0; 2 << 20]).unwrap();
        let long_ago = SystemTime::now() - Duration::from_secs(3600);
        for n in 0..8 {
            cache.put(&link(n), &vec![n as u8; 200 << 10]);
            let file = File::options().write(true).open(cache.path(&link(n)));
            // The first five fit; from the sixth on there is too much.
            if let Ok(file) = file {
                file.set_modified(long_ago + Duration::from_secs(n as u64)).unwrap();
            }
            if n == 4 {
                assert!(cache.get(&link(0)).is_some(), "and so it is the one that was looked at last");
            }
        }
        assert!(cache.get(&link(0)).is_some());
        assert_eq!(cache.get(&link(1)), None);
        assert_eq!(cache.get(&link(7)), Some(vec![7; 200 << 10]));
        assert!(cache.weigh() <= 1 << 20);
        assert!(directory.join("notes.txt").exists(), "not ours to remove");
        // Another run finds them.
        assert!(Cache::new(directory, 1).get(&link(7)).is_some());
    }

    #[test]
    fn another_cap_holds_at_once() {
        let home = tempfile::tempdir().unwrap();
        let mut cache = Cache::new(home.path().join("pictures"), 2);
        for n in 0..5 {
            cache.put(&link(n), &vec![7; 300 << 10]);
        }
        cache.resize(1);
        assert!((1..=1 << 20).contains(&cache.weigh()));
        cache.resize(0);
        assert_eq!(cache.weigh(), 0);
        cache.resize(1);
        cache.put(&link(9), &[7; 9]);
        assert_eq!(cache.get(&link(9)), Some(vec![7; 9]));
    }

    #[test]
    fn no_room_keeps_nothing() {
        let home = tempfile::tempdir().unwrap();
        let cache = Cache::new(home.path().join("pictures"), 0);
        cache.put(&link(1), b"x");
        assert_eq!(cache.get(&link(1)), None);
        assert!(!home.path().join("pictures").exists());
    }
}
