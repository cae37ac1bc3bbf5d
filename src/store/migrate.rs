//! Versions of the schema: numbered steps, taken in one transaction, with a copy of the file made
//! before the first.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use super::open::{APPLICATION_ID, PATIENCE, connect};
use super::{Result, StoreError};
use crate::text::Clean;

/// The steps: `STEPS[n]` brings a store of version `n` to version `n + 1`.
const STEPS: &[&str] =
    &[include_str!("schema/001.sql"), include_str!("schema/002.sql"), include_str!("schema/003.sql")];

/// The version of the schema that this program writes.
pub(super) const VERSION: i32 = 3;
const _: () = assert!(STEPS.len() == VERSION as usize);

/// How long one waits for another program that brings the store up to date: it copies a file of
/// gigabytes first.
const WHILE_COPIED: Duration = Duration::from_secs(600);

/// What a file says of itself.
enum Found {
    Fresh,
    Version(i32),
}

/// Brings the store up to date; says so if a copy of an older one was made.
pub(super) fn up_to_date(db: &Connection, path: &Path) -> Result<Option<Clean>> {
    let says = |error| StoreError::from_sqlite(path, "making the store", &error);
    match look(db, path)? {
        Found::Version(VERSION) => Ok(None),
        Found::Fresh => {
            db.pragma_update(None, "journal_mode", "WAL").map_err(says)?;
            make(db, path)?;
            Ok(None)
        }
        Found::Version(_) => step_up(db, path),
    }
}

/// Checks that the store can be read as it is.
pub(super) fn is_current(db: &Connection, path: &Path) -> Result<()> {
    match look(db, path)? {
        Found::Version(VERSION) => Ok(()),
        Found::Version(_) => Err(StoreError::Older(path.to_owned())),
        Found::Fresh => Err(StoreError::Missing(path.to_owned())),
    }
}

fn look(db: &Connection, path: &Path) -> Result<Found> {
    let says = |error| StoreError::from_sqlite(path, "opening the store", &error);
    let number = |name: &str| db.pragma_query_value(None, name, |row| row.get::<_, i32>(0)).map_err(says);
    let (id, version) = (number("application_id")?, number("user_version")?);
    match (id, version) {
        (APPLICATION_ID, 1..=VERSION) => Ok(Found::Version(version)),
        (APPLICATION_ID, found) => Err(StoreError::Newer { path: path.to_owned(), found, known: VERSION }),
        _ => {
            let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(says)?;
            if tables == 0 && id == 0 && version == 0 {
                Ok(Found::Fresh)
            } else {
                Err(StoreError::Foreign(path.to_owned()))
            }
        }
    }
}

/// Makes a fresh store at once what it is to be, in one transaction: nobody else ever sees it half
/// made, at an older version, and thinks it has to be copied first. Does nothing where another
/// process was faster.
fn make(db: &Connection, path: &Path) -> Result<()> {
    let says = |error| StoreError::from_sqlite(path, "making the store", &error);
    let all = Transaction::new_unchecked(db, TransactionBehavior::Immediate).map_err(says)?;
    let version: i32 = all.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(says)?;
    if version == 0 {
        for sql in STEPS {
            all.execute_batch(sql).map_err(says)?;
        }
        all.pragma_update(None, "application_id", APPLICATION_ID).map_err(says)?;
        all.pragma_update(None, "user_version", VERSION).map_err(says)?;
    }
    all.commit().map_err(says)
}

/// Copies the store and takes the steps that are missing; says where the copy is.
///
/// The whole of it happens while nobody else may write: of several programs that find an older store
/// one copies and steps, and the others wait, and then find it done. Otherwise one of them would copy
/// what another has changed already, or write where the other's copy is being written.
fn step_up(db: &Connection, path: &Path) -> Result<Option<Clean>> {
    let says = |error| StoreError::from_sqlite(path, "bringing the store up to date", &error);
    db.busy_timeout(WHILE_COPIED).map_err(says)?;
    let all = Transaction::new_unchecked(db, TransactionBehavior::Immediate).map_err(says)?;
    db.busy_timeout(PATIENCE).map_err(says)?;
    let Found::Version(old @ ..VERSION) = look(&all, path)? else { return Ok(None) };
    let copy = back_up(path, old)?;
    for sql in usize::try_from(old).ok().and_then(|old| STEPS.get(old..)).unwrap_or_default() {
        all.execute_batch(sql).map_err(says)?;
    }
    all.pragma_update(None, "user_version", VERSION).map_err(says)?;
    all.commit().map_err(says)?;
    let shown = copy.display();
    Ok(Some(Clean::new(&format!("the store was brought up to date; a copy of it as it was is at {shown}"))))
}

/// Copies the store, as of one moment, beside it. An earlier copy of the same version is replaced, once
/// the new one is whole. To be called by one program at a time.
fn back_up(path: &Path, version: i32) -> Result<PathBuf> {
    let copy = path.with_extension(format!("v{version}.backup.db"));
    let half = copy.with_extension("db.part");
    let fails = |what: String| StoreError::Backup { path: copy.clone(), what: Clean::new(&what) };
    match std::fs::remove_file(&half) {
        Ok(()) => {}
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(fails(error.to_string())),
    }
    let name = half.to_str().ok_or_else(|| fails("the path is not Unicode".to_owned()))?;
    // Over a connection of its own: SQLite copies nothing from within a transaction.
    let other = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    other.execute("VACUUM INTO ?1", [name]).map_err(|error| fails(error.to_string()))?;
    std::fs::rename(&half, &copy).map_err(|error| fails(error.to_string()))?;
    Ok(copy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{FILE, Store};

    #[test]
    fn a_newer_store_is_refused_and_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(FILE);
        drop(Store::open(&path).unwrap());
        Connection::open(&path).unwrap().pragma_update(None, "user_version", VERSION + 1).unwrap();
        let before = std::fs::read(&path).unwrap();
        let error = Store::open(&path).err().unwrap();
        assert_eq!(error, StoreError::Newer { path: path.clone(), found: VERSION + 1, known: VERSION });
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }

    /// A store as the first version of the schema left it, with a bookmark, a tag and a revision.
    fn first_version(path: &Path) {
        let db = Connection::open(path).unwrap();
        db.execute_batch(STEPS[0]).unwrap();
        db.pragma_update(None, "application_id", APPLICATION_ID).unwrap();
        db.pragma_update(None, "user_version", 1).unwrap();
        db.execute_batch(
            "INSERT INTO feeds (id, address, title, added) VALUES (1, 'https://a.example/feed', 'A', 5);
             INSERT INTO articles (id, feed, guid_key, title, published, bookmarked, revisions)
             VALUES (7, 1, 70, 'Kept', 6, 1, 1);
             INSERT INTO details (article, guid, arrived) VALUES (7, 'g', 6);
             INSERT INTO bookmarks (article, added, complete, note) VALUES (7, 8, 1, 'mine');
             INSERT INTO tags VALUES (1, 'harbour');
             INSERT INTO article_tags VALUES (7, 1);
             INSERT INTO revisions (article, replaced, kind, title, document) VALUES (7, 7, 0, 'Before', x'00');
             INSERT INTO saved_queries (name, query, added) VALUES ('Grain', 'grain', 9);
             INSERT INTO mutes (query, added) VALUES ('sport', 9);",
        )
        .unwrap();
    }

    #[test]
    fn a_store_of_the_first_version_is_brought_up_without_loss() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(FILE);
        first_version(&path);
        let store = Store::open(&path).unwrap();
        assert!(store.notice().is_some_and(|notice| notice.as_str().contains("v1.backup")), "{:?}", store.notice());
        let db = &store.reader.db;
        let version: i32 = db.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
        assert_eq!(version, VERSION);
        for (what, sql) in [
            ("the bookmark", "SELECT a.bookmarked AND b.complete FROM articles a JOIN bookmarks b ON b.article = a.id"),
            ("the note", "SELECT n.text = 'mine' AND n.written = 8 FROM notes n WHERE n.article = 7"),
            ("the tag", "SELECT count(*) = 1 FROM article_tags JOIN tags t ON t.id = tag WHERE t.name = 'harbour'"),
            (
                "the revision",
                "SELECT r.title = 'Before' AND a.revisions = 1 FROM revisions r JOIN articles a ON a.id = r.article",
            ),
            ("the feed", "SELECT total = 1 AND unread = 1 AND bookmarked = 1 FROM feeds"),
            ("the saved query", "SELECT query = 'grain' FROM saved_queries"),
            ("the mute", "SELECT query = 'sport' FROM mutes"),
        ] {
            let kept: bool = db.query_row(sql, [], |row| row.get(0)).unwrap();
            assert!(kept, "{what}");
        }
    }

    /// What stands in a store of the second version and no earlier one: the page and the pictures of a
    /// bookmark, the text that the person chose, a story that is muted, a feed that is being left.
    #[test]
    fn a_store_of_the_second_version_is_brought_up_without_loss() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(FILE);
        first_version(&path);
        let db = Connection::open(&path).unwrap();
        db.execute_batch(STEPS[1]).unwrap();
        db.pragma_update(None, "user_version", 2).unwrap();
        db.execute_batch(
            "INSERT INTO articles (id, feed, guid_key, title, published, read, bookmarked, story)
             VALUES (8, 1, 80, 'Read', 7, 1, 0, 8), (9, 1, 90, 'Kept without a note', 8, 0, 1, 8);
             INSERT INTO details (article, guid, arrived) VALUES (8, 'h', 7), (9, 'i', 8);
             INSERT INTO bookmarks (article, added, complete, note) VALUES (9, 9, 0, '');
             INSERT INTO pages (article, asked, tries, html) VALUES (7, 9, 0, x'0102');
             INSERT INTO pictures VALUES (3, 'https://a.example/p.png', 'image/png', x'0304');
             INSERT INTO article_pictures VALUES (7, 3);
             INSERT INTO text_choices VALUES (7, 0);
             INSERT INTO stories VALUES (8, 9, 2, 1, 1, 7, 8);
             INSERT INTO mutes (story, until, added) VALUES (8, 99, 9);
             INSERT INTO feeds (id, address, title, added, leaving) VALUES (2, 'https://b.example/feed', 'B', 5, 50);",
        )
        .unwrap();
        drop(db);
        let store = Store::open(&path).unwrap();
        assert!(store.notice().is_some_and(|notice| notice.as_str().contains("v2.backup")), "{:?}", store.notice());
        let db = &store.reader.db;
        let version: i32 = db.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
        assert_eq!(version, VERSION);
        for (what, sql) in [
            ("the articles", "SELECT group_concat(id) = '7,8,9' FROM (SELECT id FROM articles ORDER BY id)"),
            ("the bookmarks", "SELECT group_concat(article || ':' || complete) = '7:1,9:0' FROM bookmarks"),
            ("the one note", "SELECT count(*) = 1 AND max(text) = 'mine' AND max(written) = 8 FROM notes"),
            ("the tag", "SELECT count(*) = 1 FROM article_tags JOIN tags t ON t.id = tag WHERE t.name = 'harbour'"),
            ("the revision", "SELECT title = 'Before' AND trivial = 0 FROM revisions"),
            ("the page", "SELECT html = x'0102' FROM pages"),
            (
                "the picture",
                "SELECT p.bytes = x'0304' AND a.article = 7 FROM pictures p JOIN article_pictures a ON p.id = a.picture",
            ),
            ("the chosen text", "SELECT kind = 0 FROM text_choices WHERE article = 7"),
            ("the story", "SELECT front = 9 AND articles = 2 FROM stories WHERE id = 8"),
            ("the mutes", "SELECT count(*) = 2 AND max(story) = 8 AND max(until) = 99 FROM mutes"),
            ("the counts", "SELECT total = 3 AND unread = 2 AND bookmarked = 2 FROM feeds WHERE id = 1"),
            ("the feed that is left", "SELECT leaving = 50 AND own_minutes IS NULL FROM feeds WHERE id = 2"),
            ("the saved query", "SELECT query = 'grain' FROM saved_queries"),
        ] {
            let kept: bool = db.query_row(sql, [], |row| row.get(0)).unwrap();
            assert!(kept, "{what}");
        }
        let copy = Connection::open(path.with_extension("v2.backup.db")).unwrap();
        let note: String =
            copy.query_row("SELECT note FROM bookmarks WHERE article = 7", [], |row| row.get(0)).unwrap();
        assert_eq!(note, "mine", "the copy is of the store as it was");
    }

    #[test]
    fn several_programs_bring_an_older_store_up_at_once() {
        for _ in 0..4 {
            let dir = tempfile::tempdir().unwrap();
            let path = dir.path().join(FILE);
            first_version(&path);
            let notices: Vec<Option<Clean>> = std::thread::scope(|scope| {
                let open = || Store::open(&path).unwrap().notice().cloned();
                let programs: Vec<_> = (0..6).map(|_| scope.spawn(open)).collect();
                programs.into_iter().map(|program| program.join().unwrap()).collect()
            });
            assert_eq!(notices.iter().flatten().count(), 1, "one of them did it and says so: {notices:?}");
            let copy = Connection::open(path.with_extension("v1.backup.db")).unwrap();
            let version: i32 = copy.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
            assert_eq!(version, 1, "the copy is of the store as it was");
            let kept: String = copy.query_row("SELECT title FROM articles", [], |row| row.get(0)).unwrap();
            assert_eq!(kept, "Kept");
            let left = |entry: std::io::Result<std::fs::DirEntry>| entry.unwrap().file_name().into_string().unwrap();
            let half: Vec<String> =
                std::fs::read_dir(&dir).unwrap().map(left).filter(|name| name.ends_with(".part")).collect();
            assert_eq!(half, Vec::<String>::new());
        }
    }

    #[test]
    fn a_fresh_store_has_nothing_to_sign_anew() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(&dir.path().join(FILE)).unwrap();
        assert!(store.reader.is_signed().unwrap(), "the newest step of the schema names the recipe of signatures");
    }

    #[test]
    fn another_programs_database_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(FILE);
        Connection::open(&path).unwrap().execute_batch("CREATE TABLE theirs (a)").unwrap();
        assert_eq!(Store::open(&path).err().unwrap(), StoreError::Foreign(path));
    }

    #[test]
    fn a_copy_holds_what_the_store_held() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(FILE);
        let store = Store::open(&path).unwrap();
        store.reader.db.execute("INSERT INTO state VALUES ('a', 'b')", []).unwrap();
        for _ in 0..2 {
            let copy = back_up(&path, VERSION).unwrap();
            let copied: String =
                Connection::open(copy).unwrap().query_row("SELECT value FROM state", [], |row| row.get(0)).unwrap();
            assert_eq!(copied, "b");
        }
    }

    #[test]
    fn a_damaged_store_of_the_first_version_is_recovered_into_the_newest() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(FILE);
        first_version(&path);
        let (store, recovered) = Store::recover(&path).unwrap();
        assert_eq!(recovered.torn, Vec::<&str>::new());
        assert_eq!(store.reader.sources().unwrap().feeds.len(), 1);
    }
}
