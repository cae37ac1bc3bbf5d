//! Whether the file is well, for `dateline doctor`.

use super::{Reader, Result, migrate, row};
use crate::text::Clean;

/// What is in the store, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// The size of the file and its log, in bytes.
    pub bytes: u64,
    /// The version of the schema.
    pub version: i32,
    /// The version of SQLite.
    pub sqlite: &'static str,
    /// Articles.
    pub articles: u64,
    /// Of them unread.
    pub unread: u64,
    /// Of them bookmarked.
    pub bookmarked: u64,
    /// Feeds that are subscribed to.
    pub feeds: u64,
    /// Of them failing.
    pub failing: u64,
    /// What is wrong with the file, in SQLite's words and ours; empty when it is well.
    pub problems: Vec<Clean>,
}

/// The most problems that are listed: after these the file is to be recovered anyway.
const MOST_PROBLEMS: u32 = 20;

impl Reader {
    /// Reads the whole file to see whether it is well: linear in its size.
    ///
    /// # Errors
    /// That the store cannot be read at all.
    pub fn health(&self) -> Result<Health> {
        let mut bytes = 0;
        for ending in ["", "-wal"] {
            let mut name = self.path.clone().into_os_string();
            name.push(ending);
            bytes += std::fs::metadata(name).map_or(0, |about| about.len());
        }
        self.look(bytes).map_err(self.says("checking the store"))
    }

    fn look(&self, bytes: u64) -> rusqlite::Result<Health> {
        let mut problems = Vec::new();
        let mut check = self.db.prepare(&format!("PRAGMA quick_check({MOST_PROBLEMS})"))?;
        let lines = check.query_map([], |found| row::line(found, 0))?;
        for line in lines {
            // A check that breaks off has found something, too.
            match line {
                Ok(line) => problems.extend(line.filter(|line| line.as_str() != "ok")),
                Err(error) => {
                    problems.push(Clean::new(&error.to_string()));
                    break;
                }
            }
        }
        let number = |sql: &str| self.db.query_row(sql, [], |found| row::count(found, 0));
        for (what, counted, kept) in [
            ("articles", "SELECT count(*) FROM articles", "SELECT coalesce(sum(total), 0) FROM feeds"),
            (
                "unread",
                "SELECT count(*) FROM articles WHERE read = 0 AND muted = 0",
                "SELECT coalesce(sum(unread), 0) FROM feeds",
            ),
            (
                "bookmarks",
                "SELECT count(*) FROM articles WHERE bookmarked = 1",
                "SELECT coalesce(sum(bookmarked), 0) FROM feeds",
            ),
            (
                "folded lists",
                "SELECT count(*) FROM articles WHERE read = 0 AND muted = 0 AND fold = 0",
                "SELECT coalesce(sum(unread), 0) FROM tally",
            ),
            (
                "stories",
                "SELECT count(*) FROM articles WHERE story IS NOT NULL AND muted = 0",
                "SELECT coalesce(sum(articles), 0) FROM stories",
            ),
            ("signatures", "SELECT count(*) FROM signatures", "SELECT count(*) FROM articles"),
        ] {
            let (counted, kept) = (number(counted)?, number(kept)?);
            if counted != kept {
                problems.push(Clean::new(&format!("{what}: {counted} counted, {kept} expected")));
            }
        }
        Ok(Health {
            bytes,
            version: migrate::VERSION,
            sqlite: rusqlite::version(),
            articles: number("SELECT coalesce(sum(total), 0) FROM feeds")?,
            unread: number("SELECT coalesce(sum(unread), 0) FROM feeds")?,
            bookmarked: number("SELECT coalesce(sum(bookmarked), 0) FROM feeds")?,
            feeds: number("SELECT count(*) FROM feeds WHERE subscribed = 1")?,
            failing: number("SELECT count(*) FROM feeds WHERE subscribed = 1 AND failures > 0")?,
            problems,
        })
    }
}
