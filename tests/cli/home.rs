//! An empty home on a fresh machine, and the program run in it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::support;

/// The home; gone with everything in it when dropped.
pub struct Home {
    home: support::Home,
}

/// What a run of the program came to.
#[derive(Debug)]
pub struct Ran {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Home {
    pub fn new() -> Self {
        Self { home: support::Home::new() }
    }

    /// A path in the home.
    pub fn path(&self, name: &str) -> PathBuf {
        self.home.file(name)
    }

    /// Writes a file in the home and returns its path.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// Where the store is.
    pub fn database(&self) -> PathBuf {
        self.path("data/dateline/dateline.db")
    }

    /// The program with nothing on standard input.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.home.dateline(arguments);
        command.stdin(Stdio::null());
        command
    }

    /// Runs it to its end.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        ran(self.command(arguments).output().unwrap())
    }

    /// Runs it to its end with that on standard input.
    pub fn run_with(&self, arguments: &[&str], input: &[u8]) -> Ran {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_vec();
        // It may end without reading everything.
        let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        ran(output)
    }
}

fn ran(output: std::process::Output) -> Ran {
    Ran {
        code: output.status.code().expect("ended by itself"),
        out: String::from_utf8(output.stdout).expect("standard output is UTF-8"),
        err: String::from_utf8(output.stderr).expect("standard error is UTF-8"),
    }
}

impl Ran {
    /// It went well and said nothing beside its answer.
    #[track_caller]
    pub fn well(self) -> String {
        assert_eq!((self.code, self.err.as_str()), (0, ""), "{}", self.out);
        self.out
    }

    /// It failed with that code and said why in one clear message with a next step.
    #[track_caller]
    pub fn failed(self, code: i32, words: &[&str]) -> Self {
        assert_eq!(self.code, code, "{self:?}");
        assert!(self.err.starts_with("dateline: "), "{self:?}");
        assert!(self.err.contains("\nhint: "), "no next step: {self:?}");
        for word in words {
            assert!(self.err.contains(word), "“{word}” is not in {self:?}");
        }
        self.plain()
    }

    /// Nothing in it drives a terminal.
    #[track_caller]
    pub fn plain(self) -> Self {
        for text in [&self.out, &self.err] {
            let driving =
                |c: char| (c.is_control() && c != '\n' && c != '\t') || ('\u{202a}'..='\u{202e}').contains(&c);
            assert!(!text.contains(driving), "{text:?}");
        }
        self
    }

    /// The objects of `--json`, one to a line, each of version 1.
    #[track_caller]
    pub fn objects(self) -> Vec<serde_json::Value> {
        let read = |line: &str| -> serde_json::Value {
            let value: serde_json::Value = serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"));
            assert_eq!(value["v"], 1, "{line}");
            value
        };
        self.plain().out.lines().map(read).collect()
    }
}

/// A sample of the project's, where it is there.
#[allow(clippy::print_stdout, reason = "a skipped test says so")]
pub fn sample(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples").join(name);
    if !path.exists() {
        println!("skipped: no {}", path.display());
        return None;
    }
    Some(path)
}
