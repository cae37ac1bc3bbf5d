//! Where Dateline's files are.

use std::path::{Path, PathBuf};

/// Where Dateline's files are. Nothing here is created until something is written there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// What must not be lost: the store.
    pub data: PathBuf,
    /// What is good to have: logs.
    pub state: PathBuf,
    /// What can be made anew.
    pub cache: PathBuf,
    /// The configuration.
    pub config_file: PathBuf,
    /// The configuration was named by the person, so it must be there.
    pub config_named: bool,
}

/// No place is known because the system names no home directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoHome;

impl std::fmt::Display for NoHome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("no home directory is known (HOME is not set)")
    }
}

impl std::error::Error for NoHome {}

impl Places {
    /// The system's places for Dateline (on Linux the XDG directories), or those that were given:
    /// with `data_dir` the store, the log and the cache all stand there, so that such a directory
    /// is whole by itself; with `config` the configuration is that file.
    ///
    /// # Errors
    /// If the system names no home directory and not both were given.
    pub fn find(data_dir: Option<&Path>, config: Option<&Path>) -> Result<Self, NoHome> {
        let system = directories::ProjectDirs::from("", "", "dateline");
        let (data, state, cache) = match (data_dir, &system) {
            (Some(dir), _) => (dir.to_owned(), dir.to_owned(), dir.join("cache")),
            (None, Some(system)) => (
                system.data_dir().to_owned(),
                // Only Linux has a place for state.
                system.state_dir().unwrap_or_else(|| system.data_local_dir()).to_owned(),
                system.cache_dir().to_owned(),
            ),
            (None, None) => return Err(NoHome),
        };
        let config_file = match (config, &system) {
            (Some(file), _) => file.to_owned(),
            (None, Some(system)) => system.config_dir().join("config.toml"),
            (None, None) => return Err(NoHome),
        };
        Ok(Self { data, state, cache, config_file, config_named: config.is_some() })
    }

    /// The store: one SQLite file.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.data.join("dateline.db")
    }

    /// The list of feeds as a plain file: see [`Config::mirror_feeds`](super::Config::mirror_feeds).
    #[must_use]
    pub fn feeds(&self) -> PathBuf {
        self.data.join("feeds.opml")
    }

    /// The log.
    #[must_use]
    pub fn log(&self) -> PathBuf {
        self.state.join("dateline.log")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_is_taken() {
        let places = Places::find(Some(Path::new("/d")), Some(Path::new("/c/x.toml"))).unwrap();
        assert_eq!(places.database(), Path::new("/d/dateline.db"));
        assert_eq!(places.log(), Path::new("/d/dateline.log"));
        assert_eq!(places.cache, Path::new("/d/cache"));
        assert_eq!(places.config_file, Path::new("/c/x.toml"));
        assert!(places.config_named);
    }

    #[test]
    fn a_data_directory_does_not_move_the_configuration() {
        let Ok(places) = Places::find(Some(Path::new("/d")), None) else { return };
        assert!(!places.config_file.starts_with("/d"));
        assert!(!places.config_named);
    }
}
