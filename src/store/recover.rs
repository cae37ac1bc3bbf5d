//! A damaged file: what can still be read is copied into a new one, and the damaged one is kept
//! beside it.

use std::fs::File;
use std::path::{Path, PathBuf};

use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, params, params_from_iter};
use rustix::fs::{FlockOperation, fcntl_lock};

use super::index::Indexed;
use super::open::connect;
use super::row::Plain;
use super::{Result, Safety, Store, StoreError, Writing, codec, migrate};
use crate::model::{ArticleId, Document};
use crate::text::{Clean, Lang};

/// What came of a recovery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovered {
    /// Articles that were saved.
    pub articles: u64,
    /// Tables of which only a part could be read.
    pub torn: Vec<&'static str>,
    /// Where the damaged file is now.
    pub damaged: PathBuf,
}

/// What is copied, parents first. The indexes (words, signatures, postings) are made anew.
const TABLES: &[&str] = &[
    "folders",
    "feeds",
    "articles",
    "details",
    "dictionaries",
    "feed_texts",
    "full_texts",
    "revisions",
    "bookmarks",
    "positions",
    "tags",
    "article_tags",
    "page_links",
    "tombstones",
    "stories",
    "saved_queries",
    "mutes",
    "muted",
    "outbox",
    "state",
    "pages",
    "text_choices",
    "pictures",
    "article_pictures",
    "notes",
];

/// Tables whose rows belong to an article.
const OF_ARTICLES: &[&str] = &[
    "details",
    "feed_texts",
    "full_texts",
    "revisions",
    "bookmarks",
    "positions",
    "article_tags",
    "page_links",
    "pages",
    "text_choices",
    "article_pictures",
    "muted",
    "notes",
];

impl Store {
    /// Makes a new store of what can be read of the damaged one at `path`, and puts it in its place.
    /// The damaged file is kept under another name beside it. Linear in its size.
    ///
    /// # Errors
    /// If another program has the damaged store open, or the new one cannot be made; the damaged one
    /// then stays where it is.
    pub fn recover(path: &Path) -> Result<(Self, Recovered)> {
        drop(held_alone(path)?);
        let new = beside(path, "recovering");
        remove(&new).map_err(|error| failed(&new, &error))?;
        let mut torn = Vec::new();
        let articles;
        {
            // Where not even the schema can be read, nothing can.
            let old = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE).ok();
            let mut store = Self::open(&new)?;
            articles = store.write(Safety::Refresh, "recovering the store", |w| {
                w.db.execute_batch("PRAGMA defer_foreign_keys = ON")?;
                for table in TABLES {
                    let whole = old.as_ref().map_or(Ok(false), |old| copy(old, w.db, table))?;
                    torn.extend((!whole).then_some(*table));
                }
                w.mend()?;
                w.settle_all()?;
                w.index_all()
            })?;
            let says = |error| StoreError::from_sqlite(&new, "recovering the store", &error);
            store.reader.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).map_err(says)?;
        }
        let damaged = free_name(path);
        // Again, and until it is in its place: recovering may have taken minutes.
        let held = held_alone(path)?;
        let moved = std::fs::rename(path, &damaged).and_then(|()| {
            // Without its file the old log means nothing; beside the new file it would be poison.
            for ending in ["-wal", "-shm"] {
                let _gone = std::fs::rename(with_ending(path, ending), with_ending(&damaged, ending));
            }
            remove_logs(&new);
            std::fs::rename(&new, path)
        });
        moved.map_err(|error| failed(path, &error))?;
        drop(held);
        let store = Self::open(path)?.with_notice(Clean::new(&format!(
            "the store was damaged: {articles} articles were recovered{}; the damaged file is at {}",
            if torn.is_empty() { "" } else { ", others may be missing" },
            damaged.display()
        )));
        Ok((store, Recovered { articles, torn, damaged }))
    }
}

/// Holds the file as nobody can who has it open: a program that reads or writes it would go on doing so
/// in the damaged file after that was put aside, and what it wrote would be lost.
///
/// SQLite locks some bytes of a file as long as it has it open (write-ahead log); here all bytes are
/// asked for. Where that cannot be asked, as in some network file systems, nothing can be told.
fn held_alone(path: &Path) -> Result<Option<File>> {
    let Ok(file) = File::options().read(true).write(true).open(path) else { return Ok(None) };
    match fcntl_lock(&file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(Some(file)),
        Err(rustix::io::Errno::AGAIN | rustix::io::Errno::ACCESS) => Err(StoreError::InUse(path.to_owned())),
        Err(_) => Ok(None),
    }
}

/// The columns of a table.
fn columns(db: &Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = db.prepare("SELECT name FROM pragma_table_info(?1)")?;
    let names = statement.query_map([table], |row| row.get(0))?;
    names.collect()
}

/// The same of a damaged store; none where they cannot be read.
fn columns_of_old(old: &Connection, table: &str) -> Vec<String> {
    columns(old, table).unwrap_or_default()
}

/// Whether a file says that it is of an older version: it need not have every table.
fn is_older(db: &Connection) -> bool {
    db.pragma_query_value(None, "user_version", |row| row.get::<_, i32>(0))
        .is_ok_and(|version| (1..migrate::VERSION).contains(&version))
}

/// Copies the rows of a table that can be read, from both ends towards the damage. Whether all could.
fn copy(old: &Connection, new: &Connection, table: &str) -> rusqlite::Result<bool> {
    let mut columns = columns(new, table)?;
    // A store of an earlier version has fewer; where its schema cannot be read, all are tried.
    let known = columns_of_old(old, table);
    if known.is_empty() && is_older(old) {
        return Ok(true);
    }
    columns.retain(|column| known.is_empty() || known.contains(column));
    let (holes, named) = (vec!["?"; columns.len()].join(","), columns.join(","));
    let mut insert = new.prepare(&format!("INSERT OR IGNORE INTO {table} ({named}) VALUES ({holes})"))?;
    for order in ["ASC", "DESC"] {
        let sql = format!("SELECT {named} FROM {table} ORDER BY 1 {order}");
        let Ok(mut statement) = old.prepare(&sql) else { return Ok(false) };
        let Ok(mut rows) = statement.query([]) else { continue };
        loop {
            match rows.next() {
                Ok(Some(row)) => {
                    let values: Vec<Value> =
                        (0..columns.len()).map(|column| row.get::<_, Value>(column).unwrap_or(Value::Null)).collect();
                    // A row that breaks a rule of the schema is damage as well: it stays behind.
                    let _kept = insert.execute(params_from_iter(values));
                }
                Ok(None) => return Ok(true),
                Err(_) => break,
            }
        }
    }
    Ok(false)
}

impl Writing<'_> {
    /// Makes what was copied agree with itself.
    fn mend(&mut self) -> rusqlite::Result<()> {
        // Articles whose feed could not be read get one, so that no list loses them.
        self.db.execute(
            "INSERT INTO feeds (id, address, title, subscribed, added) \
             SELECT DISTINCT feed, 'https://recovered.invalid/' || feed, 'Recovered', 0, 0 FROM articles \
             WHERE feed NOT IN (SELECT id FROM feeds)",
            [],
        )?;
        for table in OF_ARTICLES {
            self.db.execute(&format!("DELETE FROM {table} WHERE article NOT IN (SELECT id FROM articles)"), [])?;
        }
        self.db.execute_batch(
            "DELETE FROM page_links WHERE stub NOT IN (SELECT id FROM articles);
             DELETE FROM article_tags WHERE tag NOT IN (SELECT id FROM tags);
             DELETE FROM muted WHERE mute NOT IN (SELECT id FROM mutes);
             UPDATE articles SET muted = id IN (SELECT article FROM muted);
             DELETE FROM tombstones WHERE feed NOT IN (SELECT id FROM feeds);
             UPDATE feeds SET folder = NULL WHERE folder NOT IN (SELECT id FROM folders);
             UPDATE folders SET parent = NULL WHERE parent NOT IN (SELECT id FROM folders);
             INSERT OR IGNORE INTO details (article, guid, arrived)
                 SELECT id, 'recovered:' || id, published FROM articles WHERE id NOT IN (SELECT article FROM details);
             UPDATE articles SET stub = 1 WHERE id NOT IN (SELECT article FROM feed_texts UNION SELECT article FROM full_texts);
             UPDATE articles SET revisions = (SELECT count(*) FROM revisions r WHERE r.article = articles.id) WHERE revisions > 0;
             UPDATE feeds SET
                 total = (SELECT count(*) FROM articles a WHERE a.feed = feeds.id),
                 unread = (SELECT count(*) FROM articles a WHERE a.feed = feeds.id AND a.read = 0 AND a.muted = 0),
                 bookmarked = (SELECT count(*) FROM articles a WHERE a.feed = feeds.id AND a.bookmarked = 1);
             UPDATE tally SET unread = (SELECT count(*) FROM articles WHERE read = 0 AND muted = 0 AND fold = 0);",
        )
    }

    /// Indexes every article anew; gives their number.
    fn index_all(&mut self) -> rusqlite::Result<u64> {
        let sql = "SELECT a.id, a.title, coalesce(a.source, f.own_title, f.title), a.lang, d.byline, \
                   coalesce(x.document, t.document) FROM articles a JOIN feeds f ON f.id = a.feed \
                   LEFT JOIN details d ON d.article = a.id LEFT JOIN full_texts x ON x.article = a.id \
                   LEFT JOIN feed_texts t ON t.article = a.id WHERE a.id > ?1 ORDER BY a.id LIMIT 1";
        let (mut after, mut articles) = (0_i64, 0);
        loop {
            let mut statement = self.db.prepare_cached(sql)?;
            let mut rows = statement.query(params![after])?;
            let Some(row) = rows.next()? else { return Ok(articles) };
            after = row.get(0)?;
            let text =
                |column| row.get::<_, Option<Plain>>(column).map(|text| text.map_or(String::new(), |text| text.0));
            let (title, source, lang, author) = (text(1)?, text(2)?, text(3)?, text(4)?);
            let document = match row.get_ref(5)?.as_blob_or_null() {
                Ok(Some(data)) => codec::decode(0, data).unwrap_or_default(),
                _ => Document::default(),
            };
            drop(rows);
            drop(statement);
            let body = document.plain_text();
            let indexed =
                Indexed { title: &title, body: &body, author: &author, source: &source, lang: Lang::from_code(&lang) };
            let earlier = self.earlier_headlines(ArticleId(after), &title)?;
            self.index_under(ArticleId(after), &indexed, false, &earlier)?;
            // What was judged stays judged, what was not is judged later.
            self.fresh.clear();
            self.merge_if_due()?;
            articles += 1;
        }
    }
}

fn failed(path: &Path, error: &std::io::Error) -> StoreError {
    StoreError::CannotOpen { path: path.to_owned(), what: Clean::new(&error.to_string()) }
}

/// `path` with `.word` before its ending: `dateline.damaged.db`.
fn beside(path: &Path, word: &str) -> PathBuf {
    path.with_extension(format!("{word}.db"))
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.to_owned().into_os_string();
    name.push(ending);
    name.into()
}

/// A name for the damaged file that no earlier one has.
fn free_name(path: &Path) -> PathBuf {
    let mut name = beside(path, "damaged");
    let mut number = 2;
    while name.exists() {
        name = beside(path, &format!("damaged-{number}"));
        number += 1;
    }
    name
}

fn remove_logs(path: &Path) {
    for ending in ["-wal", "-shm"] {
        let _gone = std::fs::remove_file(with_ending(path, ending));
    }
}

fn remove(path: &Path) -> std::io::Result<()> {
    remove_logs(path);
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
