//! Guards the architecture: the direction of imports between the rooms, the purity of the pure
//! ones, the size of files and a few habits. `ARCHITECTURE.md` says why.
//!
//! When a test here fails, the code is usually what should change. To change a rule, change
//! [`ROOMS`] and the page together.

mod source;

use std::fs;
use std::path::{Path, PathBuf};

use source::{Named, Source, module_of};

/// A room of the house: a directory (or a file) directly under `src/`.
struct Room {
    /// Its name.
    name: &'static str,
    /// The rooms it may use besides itself. Only rooms above it in [`ROOMS`]: no circles.
    uses: &'static [&'static str],
    /// No files, network, threads, processes, clock or SQL.
    pure: bool,
}

const GROUND: &[&str] = &["text", "model"];

/// Every room, lowest first.
const ROOMS: &[Room] = &[
    Room { name: "text", uses: &[], pure: true },
    Room { name: "model", uses: &["text"], pure: true },
    Room { name: "config", uses: GROUND, pure: false },
    Room { name: "feed", uses: GROUND, pure: true },
    Room { name: "extract", uses: GROUND, pure: true },
    Room { name: "related", uses: GROUND, pure: true },
    // The store keeps what `related` makes of an article, and answers its questions.
    Room { name: "store", uses: &["text", "model", "related"], pure: false },
    Room { name: "net", uses: GROUND, pure: false },
    Room { name: "ops", uses: &["text", "model", "config", "feed", "extract", "related", "store", "net"], pure: false },
    Room { name: "app", uses: &["text", "model", "config"], pure: true },
    Room { name: "ui", uses: &["text", "model", "config", "app"], pure: true },
    Room { name: "terminal", uses: &["text", "config"], pure: false },
    Room {
        name: "shell",
        uses: &[
            "text", "model", "config", "feed", "extract", "related", "store", "net", "ops", "app", "ui", "terminal",
        ],
        pure: false,
    },
    Room {
        name: "cli",
        uses: &[
            "text", "model", "config", "feed", "extract", "related", "store", "net", "ops", "app", "ui", "terminal",
            "shell",
        ],
        pure: false,
    },
];

/// What a pure room may not name, as segments that follow one another anywhere in a path.
const IMPURE: &[&[&str]] = &[
    &["std", "fs"],
    &["std", "net"],
    &["std", "thread"],
    &["std", "process"],
    &["std", "env"],
    &["std", "os"],
    &["io", "stdin"],
    &["io", "stdout"],
    &["io", "stderr"],
    &["time", "SystemTime"],
    &["time", "Instant"],
    &["SystemTime", "now"],
    &["Instant", "now"],
    &["Timestamp", "now"],
    &["Zoned", "now"],
    &["TimeZone", "system"],
    &["rusqlite"],
    &["tokio"],
    &["reqwest"],
    &["crossbeam_channel"],
];

/// Most lines a file may have, tests not counted.
const MOST_LINES: usize = 500;

/// Files that are one long table and may be longer.
const TABLES: &[&str] = &[];

/// Exported macros, which stand at the crate's root, and the rooms they belong to.
const MACROS: &[(&str, &str)] = &[("clean", "text")];

/// Macros that write to the terminal.
const PRINTING: &[&str] = &["print", "println", "eprint", "eprintln", "dbg"];

fn room(name: &str) -> Option<&'static Room> {
    ROOMS.iter().find(|room| room.name == name)
}

/// The room that a path from the crate's root leads to; `None` when it stays at the root.
fn room_of(path: &[String]) -> Option<&'static str> {
    let first = path.first()?;
    let from_macro = MACROS.iter().find(|(name, _)| name == first).map(|(_, room)| *room);
    from_macro.or_else(|| room(first).map(|room| room.name))
}

/// Rules on what a file names: directions, purity, printing.
fn breaches(source: &Source) -> Vec<String> {
    let module = module_of(&source.file);
    let Some(name) = module.first() else { return Vec::new() }; // lib.rs only declares the rooms
    if name == "main" {
        return Vec::new();
    }
    let Some(own) = room(name) else {
        return vec![format!("{}: `{name}` is not a room: say in ROOMS what it may use", source.file)];
    };
    let mut found = Vec::new();
    for Named { line, segments, ours } in &source.paths {
        let at = format!("{}:{line}: `{}`", source.file, segments.join("::"));
        match ours.as_ref().map(|path| room_of(path)) {
            None => {}
            Some(Some(other)) if other == own.name || own.uses.contains(&other) => {}
            Some(Some(other)) => found.push(format!("{at}: {} may not use {other}", own.name)),
            Some(None) => found.push(format!("{at}: names the crate's root: name the room")),
        }
        if own.pure {
            let bad = IMPURE.iter().find(|bad| segments.windows(bad.len()).any(|part| part == **bad));
            found.extend(bad.map(|bad| format!("{at}: {} is pure: no {}", own.name, bad.join("::"))));
        }
    }
    if own.name != "cli" {
        for (line, name) in source.macros.iter().filter(|(_, name)| PRINTING.contains(&name.as_str())) {
            found.push(format!("{}:{line}: {name}!: only cli writes to the terminal's streams", source.file));
        }
    }
    found
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(dir: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(dir).expect("src can be read").map(|entry| entry.expect("an entry of src").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Every file under `src/` that is not for tests alone.
fn sources() -> Vec<Source> {
    let mut files = Vec::new();
    rust_files(&root().join("src"), &mut files);
    assert!(!files.is_empty(), "no sources under {}", root().display());
    let mut sources: Vec<Source> = files
        .iter()
        .map(|path| {
            let file = path.strip_prefix(root()).expect("below the root").to_string_lossy().replace('\\', "/");
            Source::read(&file, &fs::read_to_string(path).expect("a source file is UTF-8"))
        })
        .collect();
    let test_modules: Vec<Vec<String>> = sources.iter().flat_map(|source| source.test_modules.clone()).collect();
    sources.retain(|source| !test_modules.iter().any(|test| module_of(&source.file).starts_with(test)));
    sources
}

/// Fails with every complaint on a line of its own.
fn settle(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn rooms_use_only_what_they_may() {
    settle(&sources().iter().flat_map(breaches).collect::<Vec<_>>());
}

#[test]
fn no_room_uses_one_that_stands_above_it() {
    for (n, room) in ROOMS.iter().enumerate() {
        for used in room.uses {
            assert!(
                ROOMS[..n].iter().any(|below| below.name == *used),
                "{} uses {used}, which is not below it",
                room.name
            );
        }
    }
}

#[test]
fn files_stay_small() {
    let long: Vec<String> = sources()
        .iter()
        .filter(|source| source.lines > MOST_LINES && !TABLES.contains(&source.file.as_str()))
        .map(|source| format!("{}: {} lines without its tests; at most {MOST_LINES}", source.file, source.lines))
        .collect();
    settle(&long);
}

#[test]
fn every_file_says_what_it_is() {
    let silent: Vec<String> = sources()
        .iter()
        .filter(|source| !source.header)
        .map(|source| format!("{}: begins without `//!`", source.file))
        .collect();
    settle(&silent);
}

#[test]
fn unsafe_code_is_forbidden() {
    let library = sources().into_iter().find(|source| source.file == "src/lib.rs").expect("src/lib.rs");
    assert!(library.forbids_unsafe, "src/lib.rs must hold #![forbid(unsafe_code)]");
}

/// Every path under `src/`, `tests/`, `assets/`, `benches/` or `.ci/` that `page` names in code type.
/// What ends in `/` is a directory; `*` and `…` make a pattern, which is not looked for.
fn paths_named(page: &str) -> impl Iterator<Item = &str> {
    const PLACES: [&str; 5] = ["src/", "tests/", "assets/", "benches/", ".ci/"];
    page.split('`')
        .skip(1)
        .step_by(2)
        .filter(|code| PLACES.iter().any(|place| code.starts_with(place)) && !code.contains(['*', '…', ' ']))
}

#[test]
fn the_pages_name_what_is_there() {
    let mut missing = Vec::new();
    for page in ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"] {
        let text = fs::read_to_string(root().join(page)).unwrap_or_else(|error| panic!("{page}: {error}"));
        missing.extend(
            paths_named(&text)
                .filter(|path| !root().join(path).exists())
                .map(|path| format!("{page}: names `{path}`, which is not there")),
        );
    }
    settle(&missing);
}

#[test]
fn the_map_names_every_room() {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let unnamed: Vec<String> = ROOMS
        .iter()
        .filter(|room| root().join("src").join(room.name).exists() && !page.contains(&format!("`{}`", room.name)))
        .map(|room| format!("ARCHITECTURE.md: has no word on `{}`", room.name))
        .collect();
    settle(&unnamed);
}

/// What the guard says of `code` if it stood in `file`.
fn said_of(file: &str, code: &str) -> String {
    breaches(&Source::read(file, code)).join("\n")
}

#[test]
fn the_guard_sees_what_it_should() {
    let planted = [
        ("src/text/words.rs", "use crate::model::Time;", "text may not use model"),
        ("src/feed/parse.rs", "use crate::{text::Clean, extract::fragment};", "feed may not use extract"),
        ("src/feed/rss/item.rs", "fn f() { super::super::super::extract::fragment() }", "feed may not use extract"),
        ("src/feed/mod.rs", "use super::store;", "feed may not use store"),
        ("src/related/mod.rs", "mod inner { use super::super::store::Store; }", "related may not use store"),
        ("src/store/mod.rs", "use crate::feed::Entry;", "store may not use feed"),
        ("src/app/mod.rs", "use crate::*;", "names the crate's root"),
        ("src/app/mod.rs", "use super::{self as root};", "names the crate's root"),
        ("src/app/mod.rs", "vec![crate::ops::refresh()]", "app may not use ops"),
        ("src/store/mod.rs", "#[cfg(not(test))] use crate::net::Client;", "store may not use net"),
        ("src/text/mod.rs", "macro_rules! m { () => { $crate::ui::view() } }", "text may not use ui"),
        ("src/ui/list.rs", "use std::{fmt, fs::File};", "ui is pure: no std::fs"),
        ("src/ui/list.rs", "fn f() { ::std::thread::sleep(d) }", "ui is pure: no std::thread"),
        ("src/app/update.rs", "use std::time::{Duration, Instant};", "app is pure: no time::Instant"),
        ("src/extract/mod.rs", "let t = jiff::Timestamp::now();", "extract is pure: no Timestamp::now"),
        ("src/related/mod.rs", "use rusqlite::Connection;", "related is pure: no rusqlite"),
        ("src/ops/mod.rs", "fn f() { std::println!(\"x\") }", "println!: only cli"),
        ("src/model/mod.rs", "use crate::cleaner;", "names the crate's root"),
        ("src/weather/mod.rs", "", "`weather` is not a room"),
    ];
    for (file, code, expected) in planted {
        let said = said_of(file, code);
        assert!(said.contains(expected), "{code:?} in {file}: expected {expected:?}, the guard said {said:?}");
    }
}

#[test]
fn the_guard_lets_be_what_is_in_order() {
    let innocent = [
        ("src/app/mod.rs", "use crate::{app::State, config::Keymap, model::Time, text::Clean};"),
        ("src/app/state.rs", "use super::update; pub(crate) use self::inner::Thing; pub(super) struct S;"),
        (
            "src/feed/mod.rs",
            "//! Nothing like crate::extract here.\n/// Nor std::fs.\nconst A: &str = \"crate::store\";",
        ),
        ("src/feed/mod.rs", "#[cfg(test)]\nmod tests { use crate::extract::page; use std::fs; }"),
        ("src/feed/mod.rs", "#[cfg(test)] use crate::{extract::page}; use crate::text::Raw;"),
        ("src/ui/mod.rs", "let now = state.now(); let after = std::time::Duration::ZERO; if a != b {}"),
        ("src/config/mod.rs", "use crate::clean; fn f() { crate::clean!(\"{}\", 1) }"),
        ("src/cli/mod.rs", "fn f() { println!(\"x\") }"),
    ];
    for (file, code) in innocent {
        assert_eq!(said_of(file, code), "", "{code:?} in {file}");
    }
}

#[test]
fn tests_do_not_count_as_lines() {
    let code = "//! A.\nfn a() {}\n\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}\n";
    assert_eq!(Source::read("src/text/a.rs", code).lines, 3);
    let apart = Source::read("src/text/a.rs", "//! A.\n#[cfg(test)]\nmod tests;\n");
    assert_eq!(apart.lines, 1);
    assert_eq!(apart.test_modules, [["text", "a", "tests"]]);
    assert!(!Source::read("src/text/a.rs", "fn a() {}").header);
    assert!(Source::read("src/lib.rs", "#![forbid(unsafe_code)]").forbids_unsafe);
}
