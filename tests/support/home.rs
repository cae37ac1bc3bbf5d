//! A home directory of its own for every test.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// An empty home directory, gone when dropped. Nothing of the person who runs the tests is seen or
/// touched from inside.
pub struct Home {
    directory: TempDir,
}

impl Home {
    /// A new one.
    pub fn new() -> Self {
        Self { directory: tempfile::tempdir().expect("a temporary directory") }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.directory.path()
    }

    /// A file in it.
    pub fn file(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    /// The whole environment of a program that lives in it.
    pub fn environment(&self) -> Vec<(&'static str, OsString)> {
        let mut environment: Vec<(&'static str, OsString)> = [
            ("HOME", "."),
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_STATE_HOME", "state"),
            ("XDG_CACHE_HOME", "cache"),
            ("TMPDIR", "."),
        ]
        .map(|(name, place)| (name, self.path().join(place).into_os_string()))
        .into();
        environment.push(("LANG", "C.UTF-8".into()));
        environment.push(("TZ", "UTC".into()));
        environment.push(("PATH", std::env::var_os("PATH").unwrap_or_default()));
        environment
    }

    /// The program, to be run in this home with these arguments, not on a terminal.
    pub fn dateline(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        command.args(arguments).env_clear().envs(self.environment()).current_dir(self.path());
        command
    }
}
