//! The room that the store takes: what removed articles leave behind in it, and giving it back.

use rusqlite::Connection;

use super::{Result, Safety, Store, row};

/// Pages of the full-text index that are merged in one transaction: some ten milliseconds' worth.
const MERGED: i64 = 250;

/// Such transactions in one clean-up: what is left to merge then is merged at the next.
const MERGES: usize = 64;

/// The file gives room back where this share of it is free, and at least so many bytes: less is soon
/// filled again.
const FREE_SHARE: f64 = 0.2;
const FREE_BYTES: u64 = 1 << 20;

/// The pages of the store's file.
struct Pages {
    all: u64,
    free: u64,
    size: u64,
}

impl Pages {
    fn of(db: &Connection) -> rusqlite::Result<Self> {
        let number = |sql: &str| db.query_row(sql, [], |found| row::count(found, 0));
        Ok(Self {
            all: number("PRAGMA page_count")?,
            free: number("PRAGMA freelist_count")?,
            size: number("PRAGMA page_size")?,
        })
    }
}

/// The bytes that the store takes: its file without the pages in it that are free.
pub(super) fn used(db: &Connection) -> rusqlite::Result<u64> {
    let Pages { all, free, size } = Pages::of(db)?;
    Ok(all.saturating_sub(free) * size)
}

impl Store {
    /// Merges what the full-text index keeps of removed articles away: it only notes that they are gone,
    /// and lets go of their words when it merges the segments they stand in, once a tenth of these is
    /// gone. A part at a time, so that nobody waits long, and no more than some tens of megabytes.
    pub(super) fn merge_search(&mut self) -> Result<()> {
        for _ in 0..MERGES {
            let worked = self.write(Safety::Refresh, "cleaning up", |w| {
                let before = w.db.total_changes();
                let sql = "INSERT INTO search (search, rank) VALUES ('merge', ?1)";
                w.db.prepare_cached(sql)?.execute([MERGED])?;
                // One of them is the statement itself, as FTS5 has it.
                Ok(w.db.total_changes() - before >= 2)
            })?;
            if !worked {
                break;
            }
        }
        Ok(())
    }

    /// Gives the room that removed articles took back to the disk, where that is worth it; gives the bytes
    /// by which the file has shrunk. Linear in the store (a second for some hundred megabytes), during which
    /// nobody else can write to it, and takes as much room again on the disk meanwhile. A reader that is
    /// open keeps the file as long as it is, until it is done reading.
    ///
    /// # Errors
    /// That the store cannot be written now (somebody else writes, or the disk is full); nothing is lost.
    pub fn give_back(&mut self) -> Result<u64> {
        let (db, says) = (&self.reader.db, self.reader.says("giving room back"));
        let before = Pages::of(db).map_err(&says)?;
        if before.free * before.size < FREE_BYTES || (before.free as f64) < FREE_SHARE * before.all as f64 {
            return Ok(0);
        }
        // The copy that is made may be larger than memory.
        db.pragma_update(None, "temp_store", "FILE").map_err(&says)?;
        let shrunk = db.execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);");
        db.pragma_update(None, "temp_store", "MEMORY").map_err(&says)?;
        shrunk.map_err(&says)?;
        Ok(before.all.saturating_sub(Pages::of(db).map_err(&says)?.all) * before.size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{NewArticle, View};
    use crate::store::Keep;
    use crate::store::tests::{NOW, article, home, ids};

    #[test]
    fn room_is_found_and_given_back() {
        let mut home = home();
        let feed = home.feed("a");
        let text =
            |n: usize| (0..400).map(|word| format!("w{}", (word * 37 + n * n) % 4001)).collect::<Vec<_>>().join(" ");
        let articles: Vec<NewArticle> = (0..600)
            .map(|n| NewArticle {
                published: Some(crate::model::Time(NOW.0 - 60 * n as i64)),
                ..article(&format!("{n}"), &format!("Headline {n}"), &text(n))
            })
            .collect();
        // As refreshes bring them: some at a time.
        let taken: Vec<_> = articles.chunks(100).flat_map(|some| ids(&home.take(feed, some))).collect();
        home.store.write(Safety::Person, "t", |w| w.bookmark(&taken[599..], true, NOW)).unwrap();
        let path = home.path();
        let used = |home: &crate::store::tests::Home| super::used(&home.store.reader.db).unwrap();
        let full = used(&home);
        let mb = u32::try_from(full >> 20).unwrap() / 2;
        assert!(mb >= 1, "the store is large enough to tell: {full}");
        let keep = Keep { days: 0, mb };
        let doomed = home.store.reader().doomed(keep, NOW).unwrap().len() as u64;
        assert_eq!(home.store.clean_up(keep, NOW).unwrap().removed, doomed);
        let left = used(&home);
        assert!(left < u64::from(mb + 1) << 20, "{full} bytes came down to {left}");
        assert_eq!(home.search("headline").len() as u64, 600 - doomed);
        // The file is as long as it was until the room is given back.
        let long = || std::fs::metadata(&path).unwrap().len();
        home.store.reader.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
        let before = long();
        let given = home.store.give_back().unwrap();
        assert!(given > 0 && long() <= before - given, "{before} bytes came down to {}", long());
        assert_eq!(home.titles(&View::default()).len() as u64, 600 - doomed);
        assert_eq!(home.search("headline").len() as u64, 600 - doomed);
        assert_eq!(home.store.give_back().unwrap(), 0, "there is nothing left to give");
    }
}
