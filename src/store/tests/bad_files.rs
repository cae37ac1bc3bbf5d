//! Files that are not what they should be.

use std::fs;
use std::io::{Seek, SeekFrom, Write};
use std::time::Instant;

use rusqlite::Connection;

use super::*;

fn somewhere() -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(FILE);
    (dir, path)
}

fn refused(path: &Path) -> StoreError {
    Store::open(path).err().expect("it must be refused")
}

#[test]
fn nothing_a_directory_and_other_files() {
    let (_dir, path) = somewhere();
    assert_eq!(Reader::open(&path).err(), Some(StoreError::Missing(path.clone())));
    fs::create_dir(&path).unwrap();
    assert_eq!(refused(&path), StoreError::Directory(path.clone()));
    fs::remove_dir(&path).unwrap();
    for text in ["short", "a text that is longer than the head of a database"] {
        fs::write(&path, text).unwrap();
        assert_eq!(refused(&path), StoreError::NotADatabase(path.clone()));
        assert_eq!(Reader::open(&path).err(), Some(StoreError::NotADatabase(path.clone())));
        assert_eq!(fs::read_to_string(&path).unwrap(), text, "and left alone");
    }
    // An empty file is a store that was never written.
    fs::write(&path, "").unwrap();
    Store::open(&path).unwrap();
}

#[test]
fn the_directory_is_made_where_it_can_be() {
    let (dir, _) = somewhere();
    let path = dir.path().join("a/b").join(FILE);
    Store::open(&path).unwrap();
    let file = dir.path().join("file");
    fs::write(&file, "x").unwrap();
    let error = refused(&file.join("below").join(FILE));
    assert_eq!(error, StoreError::InTheWay(file));
}

#[test]
fn a_file_that_may_not_be_written() {
    let (_dir, path) = somewhere();
    drop(Store::open(&path).unwrap());
    let mut rights = fs::metadata(&path).unwrap().permissions();
    rights.set_readonly(true);
    fs::set_permissions(&path, rights).unwrap();
    if fs::OpenOptions::new().write(true).open(&path).is_ok() {
        eprintln!("skipped: this user may write anything");
        return;
    }
    assert_eq!(refused(&path), StoreError::ReadOnly(path));
}

#[test]
fn a_store_that_another_program_holds() {
    let (_dir, path) = somewhere();
    let mut store = Store::open(&path).unwrap();
    store.reader.db.busy_timeout(std::time::Duration::from_millis(50)).unwrap();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let began = Instant::now();
    let error = store.write(Safety::Person, "t", |w| w.set_state("a", Some("b"))).unwrap_err();
    assert_eq!(error, StoreError::Locked(path.clone()));
    assert!(began.elapsed().as_secs() < 4);
    // Reading goes on meanwhile.
    Reader::open(&path).unwrap().sources().unwrap();
}

#[test]
fn several_programs_may_make_the_store_at_once_and_write_in_turn() {
    let (_dir, path) = somewhere();
    std::thread::scope(|scope| {
        for n in 0..4 {
            let path = &path;
            scope.spawn(move || {
                let mut store = Store::open(path).unwrap();
                for k in 0..10 {
                    store
                        .write(Safety::Refresh, "t", |w| {
                            let address = FeedAddress::parse(&format!("https://{n}.example/{k}")).unwrap();
                            w.add_feed(&NewFeed::at(address), NOW)
                        })
                        .unwrap();
                }
            });
        }
    });
    assert_eq!(Reader::open(&path).unwrap().sources().unwrap().feeds.len(), 40);
}

#[test]
fn a_disk_too_full_to_open_the_store_is_called_full() {
    let path = std::path::Path::new("dateline.db");
    let code = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_IOERR_SHMSIZE);
    let error = rusqlite::Error::SqliteFailure(code, None);
    assert_eq!(StoreError::from_sqlite(path, "opening the store", &error), StoreError::Full(path.to_owned()));
}

#[test]
fn a_full_disk_loses_nothing() {
    let mut home = home();
    let feed = home.feed("a");
    home.take(feed, &[article("1", "Before", "text")]);
    home.store.set_room(2).unwrap();
    let many: Vec<NewArticle> =
        (0..200).map(|n| article(&format!("x{n}"), "More", &format!("text {n} ").repeat(200))).collect();
    let error = home.store.write(Safety::Refresh, "t", |w| w.take_in(feed, &many, NOW)).unwrap_err();
    assert_eq!(error, StoreError::Full(home.path()));
    assert_eq!(home.titles(&View::default()), ["Before"]);
    assert_eq!(home.reader().health().unwrap().problems, vec![]);
}

/// A store of some size, closed and in one file.
fn library(path: &Path, articles: usize) {
    let mut store = Store::open(path).unwrap();
    store
        .write(Safety::Person, "t", |w| {
            let address = FeedAddress::parse("https://a.example/feed").unwrap();
            let feed = w.add_feed(&NewFeed::at(address), NOW)?.0;
            let pieces: Vec<NewArticle> = (0..articles)
                .map(|n| article(&n.to_string(), &format!("Title {n}"), &format!("Words of article number{n} here.")))
                .collect();
            let taken = w.take_in(feed, &pieces, NOW)?;
            w.bookmark(&ids(&taken)[..3], true, NOW)
        })
        .unwrap();
}

#[test]
fn a_damaged_store_is_recovered_and_kept_beside() {
    let (dir, path) = somewhere();
    library(&path, 400);
    let size = fs::metadata(&path).unwrap().len();
    // Overwrite a stretch well behind the definitions of the tables: without those nothing can be read.
    let mut file = fs::OpenOptions::new().write(true).open(&path).unwrap();
    file.seek(SeekFrom::Start(size * 3 / 4 / 4096 * 4096)).unwrap();
    file.write_all(&[0x5a; 16 * 4096]).unwrap();
    drop(file);
    let (store, recovered) = Store::recover(&path).unwrap();
    assert!(recovered.articles > 50, "{recovered:?}");
    assert!(recovered.damaged.exists() && recovered.damaged.starts_with(dir.path()));
    assert!(store.notice().unwrap().as_str().contains("recovered"));
    assert_eq!(store.reader().health().unwrap().problems, vec![]);
    let found = store.reader().page(&View::default(), Anchor::Newest, 1000, &moment()).unwrap().rows;
    assert_eq!(found.len() as u64, recovered.articles);
    drop(store);
    assert_eq!(Store::open(&path).unwrap().notice(), None);
}

#[test]
fn a_store_that_is_cut_off_is_told_as_damaged_or_read() {
    let (_dir, path) = somewhere();
    library(&path, 200);
    let size = fs::metadata(&path).unwrap().len();
    for part in [8, 4, 2] {
        let cut = path.with_extension(format!("cut{part}"));
        fs::copy(&path, &cut).unwrap();
        fs::OpenOptions::new().write(true).open(&cut).unwrap().set_len(size / part).unwrap();
        match Store::open(&cut) {
            Err(StoreError::Damaged { .. }) => {}
            Err(other) => panic!("{other}"),
            Ok(store) => assert_ne!(store.reader().health().map(|health| health.problems).unwrap_or_default(), vec![]),
        }
        let (store, _) = Store::recover(&cut).unwrap();
        assert_eq!(store.reader().health().unwrap().problems, vec![]);
    }
}

#[test]
fn every_error_names_the_file_and_the_next_step() {
    let path = PathBuf::from("/some/dateline.db");
    let what = Clean::new("why");
    for error in [
        StoreError::Missing(path.clone()),
        StoreError::Directory(path.clone()),
        StoreError::InTheWay(path.clone()),
        StoreError::NotADatabase(path.clone()),
        StoreError::Foreign(path.clone()),
        StoreError::Newer { path: path.clone(), found: 9, known: 1 },
        StoreError::Older(path.clone()),
        StoreError::Locked(path.clone()),
        StoreError::InUse(path.clone()),
        StoreError::ReadOnly(path.clone()),
        StoreError::Full(path.clone()),
        StoreError::Damaged { path: path.clone(), what: what.clone() },
        StoreError::CannotOpen { path: path.clone(), what: what.clone() },
        StoreError::Backup { path: path.clone(), what: what.clone() },
        StoreError::Failed { path, step: "reading", what },
    ] {
        assert!(error.to_string().contains("/some/dateline.db"), "{error}");
        assert!(!error.hints().is_empty(), "{error}");
    }
}
