//! Writing a text in the person's own editor.

use std::fmt;
use std::fs::{self, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::config::Command;
use crate::text::{Clean, CleanText};

/// The most that is read back, in bytes: nobody writes a longer note.
const MOST: u64 = 1 << 20;

/// Editors to try where none is named, the kindest first.
const KNOWN: &[&str] = &["nano", "vi"];

/// Why a text was not written.
#[derive(Debug)]
pub enum EditorError {
    /// None of these programs is there.
    NoneFound(Vec<Clean>),
    /// The program could not be started.
    NotStarted(Clean, io::Error),
    /// The program ended with that status (`None`: by a signal): what it wrote is not taken.
    Failed(Clean, Option<i32>),
    /// The file that it is written in could not be made or read.
    File(PathBuf, io::Error),
}

impl fmt::Display for EditorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoneFound(tried) => {
                let tried: Vec<&str> = tried.iter().map(Clean::as_str).collect();
                write!(f, "no editor found (tried {})", tried.join(", "))
            }
            Self::NotStarted(program, error) => {
                write!(f, "{program} could not be started: {}", Clean::new(&error.to_string()))
            }
            Self::Failed(program, Some(status)) => write!(f, "{program} ended with status {status}"),
            Self::Failed(program, None) => write!(f, "{program} was killed"),
            Self::File(path, error) => {
                write!(f, "{}: {}", Clean::new(&path.display().to_string()), Clean::new(&error.to_string()))
            }
        }
    }
}

impl std::error::Error for EditorError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NotStarted(_, error) | Self::File(_, error) => Some(error),
            _ => None,
        }
    }
}

/// Has `text` written anew in `$VISUAL`, in `$EDITOR`, or in an editor that is there. Waits until the
/// editor ends, which has the terminal to itself meanwhile: a screen must have been lent
/// ([`super::Screen::lend`]). The text passes through a file that only the person can read.
///
/// # Errors
/// Where no editor could be started, it ended badly, or its file cannot be read: the text is then to
/// stay as it was.
pub fn edit(text: &CleanText, env: impl Fn(&str) -> Option<String>) -> Result<CleanText, EditorError> {
    let file = Draft::write(&std::env::temp_dir(), text)?;
    let mut tried = Vec::new();
    for command in candidates(env) {
        let program = command.label();
        match run(&command, &file.path) {
            Ok(status) if status.success() => return file.read(),
            Ok(status) => return Err(EditorError::Failed(program, status.code())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => tried.push(program),
            Err(error) => return Err(EditorError::NotStarted(program, error)),
        }
    }
    Err(EditorError::NoneFound(tried))
}

/// The editors to try. One that the person named is the person's word: no other is tried then.
fn candidates(env: impl Fn(&str) -> Option<String>) -> Vec<Command> {
    let named = ["VISUAL", "EDITOR"].into_iter().filter_map(|name| Command::parse(&env(name)?)).next();
    match named {
        Some(command) => vec![command],
        None => KNOWN.iter().filter_map(|line| Command::parse(line)).collect(),
    }
}

fn run(command: &Command, file: &Path) -> io::Result<process::ExitStatus> {
    let words = command.words();
    let (program, arguments) = words.split_first().ok_or(io::ErrorKind::InvalidInput)?;
    process::Command::new(program).args(arguments).arg(file).status()
}

/// The file that a text is written in; gone when this is.
struct Draft {
    path: PathBuf,
}

impl Draft {
    fn write(directory: &Path, text: &CleanText) -> Result<Self, EditorError> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let time = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        let name = format!("dateline-note-{}-{number}-{:x}.txt", process::id(), time.as_nanos());
        let path = directory.join(name);
        let mut options = OpenOptions::new();
        // Never one that is there: it could be somebody else's, or lead elsewhere.
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        let written = options.open(&path).and_then(|mut file| {
            file.write_all(text.as_str().as_bytes())?;
            // Editors warn of a last line without an end.
            if text.is_empty() { Ok(()) } else { file.write_all(b"\n") }
        });
        written.map_err(|error| EditorError::File(path.clone(), error))?;
        Ok(Self { path })
    }

    fn read(&self) -> Result<CleanText, EditorError> {
        let mut bytes = Vec::new();
        // By its name, not the open file: many an editor puts a new file in the place of the old one.
        let read = fs::File::open(&self.path).and_then(|file| file.take(MOST).read_to_end(&mut bytes));
        read.map_err(|error| EditorError::File(self.path.clone(), error))?;
        Ok(CleanText::new(String::from_utf8_lossy(&bytes).trim()))
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        let _gone = fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(editor: &str) -> impl Fn(&str) -> Option<String> {
        let editor = editor.to_owned();
        move |name: &str| (name == "EDITOR").then(|| editor.clone())
    }

    #[test]
    fn a_text_comes_back_as_it_was_written() {
        let text = CleanText::new("first\nsecond");
        assert_eq!(edit(&text, with("sh -c 'echo third >> \"$0\"'")).unwrap().as_str(), "first\nsecond\nthird");
        assert_eq!(edit(&text, with("sh -c ': > \"$0\"'")).unwrap().as_str(), "");
        assert_eq!(edit(&text, with("sh -c 'printf \"\\033[31mred\" > \"$0\"'")).unwrap().as_str(), "red");
    }

    #[test]
    fn an_editor_that_fails_changes_nothing() {
        let text = CleanText::new("mine");
        assert!(matches!(edit(&text, with("sh -c 'exit 3'")), Err(EditorError::Failed(_, Some(3)))));
        let missing = edit(&text, with("/no/such/editor-of-dateline")).unwrap_err();
        assert!(missing.to_string().contains("/no/such/editor-of-dateline"), "{missing}");
    }

    #[test]
    fn the_file_is_for_nobody_else_and_goes() {
        let dir = tempfile::tempdir().unwrap();
        let draft = Draft::write(dir.path(), &CleanText::new("mine")).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&draft.path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        drop(draft);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    }
}
