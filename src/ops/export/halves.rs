//! Files that are being written: what they are called until they are whole, and what is done with those
//! that a program which was killed has left.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::process::{Pid, test_kill_process};

/// The end of their names.
const ENDING: &str = ".part";

/// What stands between the name that the file is to have and the number of the program that writes it:
/// no other program calls a file so.
const MARK: &str = ".dateline-";

/// So long no export takes: a program that has that number now is another one.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// Where the file at `path` is written until it is whole: hidden, beside it, so that it can be given its
/// name at one blow.
pub(super) fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}{MARK}{}{ENDING}", std::process::id()))
}

/// Takes away what exports that were killed have left in a folder (not in those within it). What cannot be
/// looked at or removed stays: that is no reason not to export. Linear in the files of the folder.
pub(super) fn sweep(folder: &Path) {
    let Ok(files) = fs::read_dir(folder) else { return };
    for file in files.flatten() {
        let name = file.file_name();
        let Some(writer) = name.to_str().and_then(writer) else { continue };
        let age = file.metadata().and_then(|about| about.modified()).ok().and_then(|written| written.elapsed().ok());
        if !is_there(writer) || age.is_some_and(|age| age > LONGEST) {
            let _stays = fs::remove_file(file.path());
        }
    }
}

/// The number of the program that writes, or wrote, the file of this name; `None` if it is no half of ours.
fn writer(name: &str) -> Option<i32> {
    let (whole, number) = name.strip_prefix('.')?.strip_suffix(ENDING)?.rsplit_once(MARK)?;
    number.parse().ok().filter(|_| !whole.is_empty())
}

/// Whether a program of this number runs; one of somebody else's may.
fn is_there(number: i32) -> bool {
    let program = Pid::from_raw(number).filter(|_| number > 0);
    program.is_some_and(|program| test_kill_process(program) != Err(rustix::io::Errno::SRCH))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_dead_program_left_goes_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let mut child = std::process::Command::new("true").spawn().unwrap();
        let dead = child.id();
        child.wait().unwrap();
        let own = beside(&dir.path().join("book.epub"));
        let stays = [
            own.file_name().unwrap().to_str().unwrap().to_owned(),
            "book.epub".to_owned(),
            format!(".book.epub.{dead}.part"),
            format!("book.epub.dateline-{dead}.part"),
            format!(".dateline-{dead}.part"),
            ".book.epub.dateline-x.part".to_owned(),
        ];
        let left = format!(".book.epub.dateline-{dead}.part");
        for name in stays.iter().chain([&left]) {
            fs::write(dir.path().join(name), "half").unwrap();
        }
        sweep(dir.path());
        sweep(&dir.path().join("nowhere"));
        let mut found: Vec<String> =
            fs::read_dir(dir.path()).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        found.sort();
        let mut stays = stays.to_vec();
        stays.sort();
        assert_eq!(found, stays);
    }
}
