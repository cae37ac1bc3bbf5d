//! What can be wrong with files, the store and the machine: each gives one clear message that names
//! the thing and the next step, a proper exit code, and loses nothing.

use std::fs::{self, File};
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::home::Home;
use crate::pages::STORY;

#[test]
fn files_that_are_not_news() {
    let home = Home::new();
    let binary: Vec<u8> = (0..4000_u32).map(|n| (n * 37 % 251) as u8).collect();
    let binary = home.file("noise.bin", binary);
    let empty = home.file("empty.txt", "");
    let blank = home.file("blank.txt", " \n\n\t\n");
    let picture = home.file("picture.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01");
    for command in ["extract", "import"] {
        home.run(&[command, &binary]).failed(5, &["noise.bin"]);
        home.run(&[command, &picture]).failed(5, &["picture.html"]);
        for nothing in [&empty, &blank] {
            let ran = home.run(&[command, nothing]);
            assert!(ran.code == 1 || ran.code == 5, "{ran:?}");
            let code = ran.code;
            ran.failed(code, &["nothing to read"]);
        }
        home.run(&[command, "no-such-file"]).failed(5, &["no-such-file", "cannot be read"]);
        home.run(&[command, "."]).failed(5, &["is a directory"]);
    }
}

#[test]
fn a_huge_file_is_refused_at_once() {
    let home = Home::new();
    let path = home.path("huge.txt");
    File::create(&path).unwrap().set_len(1_000_000_000).unwrap();
    let begun = Instant::now();
    for command in ["extract", "import"] {
        home.run(&[command, "huge.txt"]).failed(5, &["huge.txt", "MB"]);
    }
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

#[test]
fn other_encodings_are_read() {
    let home = Home::new();
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(
        "Инженеры закрыли последний проём плотины во вторник, через девять лет после начала работ на реке.\n\
         Плотина даст ток сорока тысячам домов в долине и трём её городам, сообщило министерство энергетики.\n\
         Крестьяне ниже плотины боятся за свои поля; министерство обещало пропускать воду всё лето подряд.\n",
    );
    let page = home.file("page.txt", &bytes);
    let found = home.run(&["extract", &page, "--json"]).objects().remove(0);
    assert!(found["text"].as_str().unwrap().contains("Плотина даст ток"), "{found}");
}

#[test]
fn one_bad_file_does_not_stop_the_others() {
    let home = Home::new();
    let good = home.file("good.txt", STORY);
    let ran = home.run(&["import", "no-such-file", &good]).failed(5, &["no-such-file"]);
    assert!(ran.out.contains("good.txt"), "{ran:?}");
    assert!(home.run(&["search", "varda"]).well().contains("Varda"));
}

#[test]
fn a_hostile_page_cannot_drive_the_terminal() {
    let home = Home::new();
    let page = home.file("evil\u{1b}[2J.txt", STORY.replace("Varda", "\u{1b}]0;owned\u{7}\u{202e}Varda\u{9b}31m"));
    home.run(&["extract", &page]).plain();
    home.run(&["import", &page]).plain();
    home.run(&["list"]).plain();
    home.run(&["search", "dam"]).plain();
    home.run(&["show", "\u{1b}[31m1"]).plain();
    home.run(&["extract", "no\u{1b}]0;x\u{7}such"]).plain();
}

/// A store with the story in it.
fn with_store() -> Home {
    let home = Home::new();
    let page = home.file("varda.txt", STORY);
    home.run(&["import", &page]).well();
    home
}

#[test]
fn no_store_yet() {
    let home = Home::new();
    for arguments in
        [&["list"][..], &["feeds"], &["search", "x"], &["show", "1"], &["related", "1"], &["list", "--json"]]
    {
        let ran = home.run(arguments);
        assert_eq!(ran.code, 1, "{arguments:?}: {ran:?}");
        ran.failed(1, &[]);
    }
}

#[test]
fn a_database_that_is_none() {
    let home = Home::new();
    fs::create_dir_all(home.database()).unwrap();
    home.run(&["list"]).failed(5, &["dateline.db", "directory"]);
    assert_eq!(home.run(&["doctor"]).code, 5);
    fs::remove_dir(home.database()).unwrap();
    fs::write(home.database(), "This is a diary, not a database, and it is longer than a head.").unwrap();
    home.run(&["list"]).failed(5, &["dateline.db", "not a database"]);
    home.run(&["import", &home.file("p.txt", STORY)]).failed(5, &["not a database"]);
    assert!(fs::read_to_string(home.database()).unwrap().starts_with("This is a diary"), "left as it was");
}

#[test]
fn a_newer_database_is_left_alone() {
    let home = with_store();
    let db = rusqlite::Connection::open(home.database()).unwrap();
    db.pragma_update(None, "user_version", 9_999).unwrap();
    drop(db);
    for arguments in [&["list"][..], &["mark", "read", "1"], &["show", "1"]] {
        home.run(arguments).failed(5, &["newer Dateline"]);
    }
}

#[test]
fn a_locked_database_is_said_to_be_one() {
    let home = with_store();
    let db = rusqlite::Connection::open(home.database()).unwrap();
    db.execute_batch("BEGIN IMMEDIATE").unwrap();
    home.run(&["mark", "read", "1"]).failed(5, &["another program"]);
    // Reading goes on beside a writer.
    assert_eq!(home.run(&["list"]).code, 0);
}

#[test]
fn a_damaged_database_is_kept_and_said_to_be_one() {
    let home = with_store();
    let db = rusqlite::Connection::open(home.database()).unwrap();
    db.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    drop(db);
    let mut bytes = fs::read(home.database()).unwrap();
    bytes[4096..].fill(0xA5);
    fs::write(home.database(), &bytes).unwrap();
    assert_eq!(home.run(&["doctor"]).code, 5);
    assert_eq!(fs::read(home.database()).unwrap(), bytes, "the doctor only looks");

    let ran = home.run(&["list"]).plain();
    assert!(ran.err.contains("damaged"), "{ran:?}");
    let kept = fs::read_dir(home.database().parent().unwrap()).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        path.is_file() && fs::read(&path).unwrap() == bytes
    });
    assert!(kept, "the damaged file is kept: {ran:?}");
    assert!(home.run(&["doctor"]).well().contains("dateline.damaged.db"), "the doctor knows where");
    // What came of it can be worked with.
    home.run(&["import", "varda.txt"]).well();
    assert_eq!(home.run(&["search", "varda", "--json"]).objects().len(), 1);
}

#[cfg(unix)]
#[test]
fn a_directory_that_cannot_be_written() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    let page = home.file("p.txt", STORY);
    let closed = home.path("data");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o500)).unwrap();
    // The superuser may write anywhere.
    if File::create(closed.join("probe")).is_err() {
        home.run(&["import", &page]).failed(5, &["data"]);
        assert_eq!(home.run(&["doctor"]).code, 5);
    }
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
    // A file where a directory belongs stops anyone.
    home.file("flat", "x");
    let said = "flat is a file where a directory is needed\nhint: move it away, or use --data-dir";
    for directory in ["flat", "flat/a/b"] {
        home.run(&["import", &page, "--data-dir", directory]).failed(5, &[said]);
        home.run(&["list", "--data-dir", directory]).failed(5, &[said]);
        let ran = home.run(&["doctor", "--data-dir", directory]);
        assert!(ran.code == 5 && ran.out.contains("flat is a file where a directory is needed"), "{ran:?}");
        assert!(!ran.out.contains("os error"), "{ran:?}");
    }
}

#[test]
fn a_closed_pipe_is_a_success() {
    let home = with_store();
    let mut lines = String::new();
    for n in 0..3000 {
        lines.push_str(&format!(
            "{{\"id\":\"n{n}\",\"title\":\"Report number {n}\",\"body\":\"Words of report {n}.\"}}\n"
        ));
    }
    let file = home.file("many.jsonl", &lines);
    home.run(&["import", &file]).well();
    for arguments in [&["list", "--limit", "0"][..], &["list", "--limit", "0", "--json"], &["config", "default"]] {
        let mut child = home.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_under_the_output_is_a_failure() {
    let home = with_store();
    let full = File::options().write(true).open("/dev/full").unwrap();
    let output = home.command(&["list"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(5));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot be written"));
}

#[test]
fn a_list_of_feeds_that_is_broken_or_empty() {
    let home = Home::new();
    let cut = home.file("cut.opml", "<opml version=\"2.0\"><body><outline text=\"x\"");
    home.run(&["import", &cut]).failed(5, &["cut.opml breaks off"]);
    let empty = home.file("empty.opml", "<opml version=\"2.0\"><body><outline text=\"x\"/></body></opml>");
    home.run(&["import", &empty]).failed(5, &["empty.opml", "without a feed", "x: it has no address"]);
    let some = home.file("some.opml", "<opml><body><outline xmlUrl=\"https://a.example/x\"/><outline text=\"y");
    let ran = home.run(&["import", &some]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("1 new feed") && ran.err.contains("the file breaks off"), "{ran:?}");
}

#[test]
fn a_store_found_damaged_later_is_repaired_when_told() {
    let home = with_store();
    let db = rusqlite::Connection::open(home.database()).unwrap();
    db.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    // A page that opening does not look at.
    let page: usize = db
        .query_row("SELECT rootpage FROM sqlite_schema WHERE name = 'details'", [], |row| row.get::<_, i64>(0))
        .unwrap()
        .try_into()
        .unwrap();
    let size: usize = db.query_row("PRAGMA page_size", [], |row| row.get::<_, i64>(0)).unwrap().try_into().unwrap();
    drop(db);
    let mut bytes = fs::read(home.database()).unwrap();
    bytes[(page - 1) * size..page * size].fill(0xA5);
    fs::write(home.database(), &bytes).unwrap();

    let ran = home.run(&["doctor"]);
    assert_eq!(ran.code, 5, "{ran:?}");
    assert!(
        ran.out.contains("dateline.db is damaged") && ran.out.contains("hint: `dateline doctor --repair`"),
        "{ran:?}"
    );
    // As long as a program has it open, what that wrote would end in the file that is put aside.
    let open = rusqlite::Connection::open(home.database()).unwrap();
    open.query_row("SELECT count(*) FROM feeds", [], |_| Ok(())).unwrap();
    let ran = home.run(&["doctor", "--repair"]);
    assert_ne!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("another program has it open") && ran.out.contains("hint: quit the reader"), "{ran:?}");
    assert_eq!(fs::read(home.database()).unwrap(), bytes, "left as it was");
    drop(open);
    let ran = home.run(&["doctor", "--repair"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("articles were recovered") && ran.out.contains("dateline.damaged.db"), "{ran:?}");
    assert_eq!(fs::read(home.path("data/dateline/dateline.damaged.db")).unwrap(), bytes, "kept as it was");
    assert!(home.run(&["list"]).well().contains("Varda"));
}

#[test]
fn what_is_not_ours_is_not_repaired() {
    let home = with_store();
    fs::write(home.database(), "This is a diary, not a database, and it is longer than a head.").unwrap();
    assert_eq!(home.run(&["doctor", "--repair"]).code, 5);
    assert!(fs::read_to_string(home.database()).unwrap().starts_with("This is a diary"), "left as it was");
}
