//! Writing files where a person wants them: nothing that is there is ever lost by it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use super::super::{Failure, Kind};
use super::halves;
use super::names::{Names, numbered};
use crate::clean;
use crate::text::Clean;

/// The most files of one name that are tried.
const MOST: usize = 10_000;

/// What becomes of a file that has the name already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Existing {
    /// It stays; the new one gets a number.
    #[default]
    Keep,
    /// The new one takes its place.
    Replace,
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Put {
    /// Where it is.
    pub path: PathBuf,
    /// The same stood there already: nothing was written.
    pub same: bool,
}

/// A folder that files are written into.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    existing: Existing,
    names: Names,
}

impl Folder {
    /// The folder at `path`, made with those above it where it is not there. What an export that was killed
    /// has left in it is taken away.
    ///
    /// # Errors
    /// That it is something else, or cannot be made.
    pub(super) fn at(path: &Path, existing: Existing) -> Result<Self, Failure> {
        fs::create_dir_all(path).map_err(|error| {
            let shown = clean!("{}", path.display());
            if path.exists() {
                return Failure::new(Kind::Usage, clean!("{shown} is a file, not a folder")).hint("name a folder");
            }
            unwritable(path, &error)
        })?;
        halves::sweep(path);
        Ok(Self { path: path.to_owned(), existing, names: Names::default() })
    }

    /// Writes a file called `stem` and `ending`, or so with a number.
    ///
    /// # Errors
    /// That it cannot be written.
    pub(super) fn put(&mut self, stem: &str, ending: &str, bytes: &[u8]) -> Result<Put, Failure> {
        match self.existing {
            Existing::Replace => {
                let path = self.path.join(self.names.give(stem, ending));
                replace(&path, bytes)?;
                Ok(Put { path, same: false })
            }
            Existing::Keep => {
                for number in 1..=MOST {
                    let name = numbered(stem, ending, number);
                    if self.names.first_free(&name, "", |free| free == name).is_none() {
                        continue;
                    }
                    let path = self.path.join(&name);
                    if path.symlink_metadata().is_ok() {
                        if holds(&path, bytes) {
                            return Ok(Put { path, same: true });
                        }
                        continue;
                    }
                    match placed(&path, Existing::Keep, |mut file| file.write_all(bytes)) {
                        Ok(()) => return Ok(Put { path, same: false }),
                        // Somebody else was quicker: the next number.
                        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                        Err(error) => return Err(unwritable(&path, &error)),
                    }
                }
                Err(Failure::new(Kind::Usage, clean!("{} holds too many files called “{stem}”", self.path.display()))
                    .hint("name another folder"))
            }
        }
    }

    /// Writes a file whose name says what is in it, unless it is there.
    ///
    /// # Errors
    /// That it cannot be written.
    pub(super) fn put_once(&self, stem: &str, ending: &str, bytes: &[u8]) -> Result<(), Failure> {
        let path = self.path.join(format!("{stem}{ending}"));
        if holds(&path, bytes) { Ok(()) } else { replace(&path, bytes) }
    }

    /// A path in it for a file called `stem` and `ending` that is written piece by piece: one that is
    /// free, unless what is there is to be replaced.
    pub(super) fn free(&mut self, stem: &str, ending: &str) -> PathBuf {
        let (path, existing) = (self.path.clone(), self.existing);
        let is_free = |name: &str| existing == Existing::Replace || !path.join(name).exists();
        let name = self.names.first_free(stem, ending, is_free);
        self.path.join(name.unwrap_or_else(|| format!("{stem}{ending}")))
    }
}

/// Makes a file that was not there, and nothing where it was. Half a file is taken away again where
/// writing it fails; where the program is killed in the middle it stays, so it is no name to be found by.
fn create(path: &Path, write: impl FnOnce(File) -> io::Result<()>) -> io::Result<()> {
    let file = OpenOptions::new().write(true).create_new(true).open(path)?;
    write(file).inspect_err(|_| drop(fs::remove_file(path)))
}

/// Puts a file in place of what is there, at one blow: whoever looks sees the old one or the new one.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    written(path, Existing::Replace, |mut file| file.write_all(bytes))
}

/// Has a file written under another name beside it, and gives it its own name when it is whole: half
/// a book is none. With [`Existing::Keep`] nothing is replaced by it.
///
/// # Errors
/// That it cannot be written, or that there is such a file meanwhile.
pub(super) fn written(
    path: &Path,
    existing: Existing,
    write: impl FnOnce(File) -> io::Result<()>,
) -> Result<(), Failure> {
    placed(path, existing, write).map_err(|error| unwritable(path, &error))
}

/// What [`written`] does, with the error of the system.
fn placed(path: &Path, existing: Existing, write: impl FnOnce(File) -> io::Result<()>) -> io::Result<()> {
    let beside = halves::beside(path);
    let done = create(&beside, write).and_then(|()| match existing {
        Existing::Replace => fs::rename(&beside, path),
        // Fails where there is such a file, which renaming would not; where the file system has no
        // links, there was none a moment ago.
        Existing::Keep => match fs::hard_link(&beside, path) {
            Ok(()) => fs::remove_file(&beside),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
            Err(_) if path.exists() => Err(io::ErrorKind::AlreadyExists.into()),
            Err(_) => fs::rename(&beside, path),
        },
    });
    done.inspect_err(|_| drop(fs::remove_file(&beside)))
}

/// Whether a file holds just these bytes.
fn holds(path: &Path, bytes: &[u8]) -> bool {
    let length = fs::metadata(path).map(|about| about.len());
    if length.ok() != Some(bytes.len() as u64) {
        return false;
    }
    let Ok(file) = File::open(path) else { return false };
    let mut there = Vec::with_capacity(bytes.len());
    BufReader::new(file).read_to_end(&mut there).is_ok() && there == bytes
}

/// A file that cannot be written.
pub(super) fn unwritable(path: &Path, error: &io::Error) -> Failure {
    let failure = Failure::new(Kind::Data, clean!("{} cannot be written: {error}", path.display()));
    match error.kind() {
        io::ErrorKind::PermissionDenied => failure.hint("name a folder of your own"),
        io::ErrorKind::AlreadyExists => failure.hint("name another file, or --force to replace it"),
        io::ErrorKind::StorageFull => failure.hint("the disk is full: make room, or name another disk"),
        _ => failure.hint(Clean::new("check the place")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_there_is_lost() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("Grain.md"), "mine").unwrap();
        let put = |bytes: &[u8], existing| {
            let mut folder = Folder::at(dir.path(), existing).unwrap();
            let put = folder.put("Grain", ".md", bytes).unwrap();
            (put.path.file_name().unwrap().to_string_lossy().into_owned(), put.same)
        };
        assert_eq!(put(b"yours", Existing::Keep), ("Grain (2).md".into(), false));
        assert_eq!(put(b"yours", Existing::Keep), ("Grain (2).md".into(), true), "the same is not written again");
        assert_eq!(put(b"more", Existing::Keep), ("Grain (3).md".into(), false));
        assert_eq!(fs::read(dir.path().join("Grain.md")).unwrap(), b"mine");
        assert_eq!(put(b"all", Existing::Replace), ("Grain.md".into(), false));
        assert_eq!(fs::read(dir.path().join("Grain.md")).unwrap(), b"all");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 3, "nothing half-written is left");
        assert_eq!(Folder::at(&dir.path().join("Grain.md"), Existing::Keep).unwrap_err().kind, Kind::Usage);
    }

    #[test]
    fn half_a_file_is_none() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("Book.epub");
        fs::write(&path, "mine").unwrap();
        let torn = |mut file: File| file.write_all(b"half").and(Err(io::ErrorKind::StorageFull.into()));
        assert!(written(&path, Existing::Replace, torn).is_err());
        assert!(written(&path, Existing::Keep, |mut file| file.write_all(b"whole")).is_err());
        assert_eq!(fs::read(&path).unwrap(), b"mine");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
        fs::remove_file(&path).unwrap();
        written(&path, Existing::Keep, |mut file| file.write_all(b"whole")).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"whole");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_elsewhere_is_not_followed() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("target");
        fs::write(&target, "mine").unwrap();
        std::os::unix::fs::symlink(&target, dir.path().join("Grain.md")).unwrap();
        let mut folder = Folder::at(dir.path(), Existing::Replace).unwrap();
        folder.put("Grain", ".md", b"new").unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"mine");
    }
}
