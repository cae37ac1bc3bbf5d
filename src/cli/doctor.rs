//! `dateline doctor`: how Dateline stands on this machine.

mod abilities;
mod feeds;

use std::env;
use std::ffi::OsStr;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use super::output::{Exit, Outcome};
use super::records::CheckRecord;
use super::{Context, list};
use crate::clean;
use crate::config::Depth;
use crate::ops::{self, Failure, Kind};
use crate::store::{Health, Reader, StoreError};
use crate::text::width::width;
use crate::text::wrap::wrap;
use crate::text::{Clean, CleanText};

/// Columns for the name of what is looked at.
const NAME_COLUMNS: usize = 9;

/// Something that was looked at.
struct Check {
    name: &'static str,
    message: Clean,
    /// What is wrong with it, if anything: decides the exit code.
    wrong: Option<Kind>,
    hint: Option<Clean>,
}

impl Check {
    fn well(name: &'static str, message: Clean) -> Self {
        Self { name, message, wrong: None, hint: None }
    }

    fn failed(name: &'static str, failure: &Failure) -> Self {
        let hint = failure.hints.first().cloned();
        Self { name, message: failure.message.clone(), wrong: Some(failure.kind), hint }
    }
}

pub(super) fn run(context: &mut Context, repair: bool) -> Outcome {
    let mut checks = vec![Check::well("version", Clean::new(env!("CARGO_PKG_VERSION")))];
    places(context, &mut checks);
    config(context, &mut checks);
    if repair {
        checks.push(repaired(context));
    }
    store(context, &mut checks);
    terminal(context, &mut checks);
    for check in &checks {
        let out = &mut context.out;
        if out.json() {
            out.record(&CheckRecord::new(check.name, check.wrong.is_none(), &check.message, check.hint.as_ref()))?;
            continue;
        }
        let sign = if check.wrong.is_some() { "!" } else { " " };
        let columns = out.columns();
        out.text(&set(&format!("{sign} {} ", list::padded(check.name, NAME_COLUMNS)), &check.message, columns))?;
        if let Some(hint) = &check.hint {
            let before = " ".repeat(NAME_COLUMNS + 3);
            out.text(&set(&before, &clean!("hint: {hint}"), columns))?;
        }
    }
    // The gravest first: what may be lost, then what keeps the program from its settings.
    match checks.iter().filter_map(|check| check.wrong).max_by_key(|kind| kind.exit_code()) {
        Some(kind) => Err(Exit::Said(kind)),
        None => Ok(()),
    }
}

/// Words behind what stands before them, on as many lines as they take in so many columns. A path that is
/// wider than a line leaves them as they are: cut, it could not be copied.
fn set(before: &str, words: &Clean, columns: Option<usize>) -> CleanText {
    let words = words.as_str();
    let room = columns.map_or(usize::MAX, |columns| columns.saturating_sub(width(before)).max(NAME_COLUMNS));
    if words.split(' ').any(|word| width(word) > room) {
        return CleanText::new(&format!("{before}{words}"));
    }
    let lines: Vec<&str> = wrap(words, room).into_iter().map(|line| &words[line]).collect();
    CleanText::new(&format!("{before}{}", lines.join(&format!("\n{}", " ".repeat(width(before))))))
}

fn places(context: &Context, checks: &mut Vec<Check>) {
    let places = &context.places;
    for (name, path) in [("data", &places.data), ("state", &places.state), ("cache", &places.cache)] {
        checks.push(place(name, path));
    }
}

/// A directory that is there and can be written, or is not there and can be made.
fn place(name: &'static str, path: &Path) -> Check {
    let shown = path.display();
    let Some(there) = path.ancestors().find(|above| above.exists()) else {
        return Check::well(name, clean!("{shown} (not there yet)"));
    };
    if !there.is_dir() {
        return Check::failed(name, &StoreError::InTheWay(there.to_owned()).into());
    }
    let closed = |what: &str| Check {
        name,
        message: clean!("{shown} ({what})"),
        wrong: Some(Kind::Data),
        hint: Some(clean!("check who may write {}, or use --data-dir", there.display())),
    };
    match (writable(there), there == path) {
        (false, true) => closed("cannot be written"),
        (false, false) => closed("is not there and cannot be made"),
        (true, true) => Check::well(name, clean!("{shown}")),
        (true, false) => Check::well(name, clean!("{shown} (not there yet)")),
    }
}

/// Whether this process may write into the directory.
fn writable(directory: &Path) -> bool {
    rustix::fs::access(directory, rustix::fs::Access::WRITE_OK | rustix::fs::Access::EXEC_OK).is_ok()
}

fn config(context: &Context, checks: &mut Vec<Check>) {
    let file = context.places.config_file.display();
    if context.complaints.is_empty() {
        let what = if context.places.config_file.exists() { "" } else { " (none; the defaults are used)" };
        checks.push(Check::well("config", clean!("{file}{what}")));
    }
    for complaint in &context.complaints {
        let message = clean!("{complaint}");
        checks.push(Check { name: "config", message, wrong: Some(Kind::Usage), hint: complaint.hint.clone() });
    }
}

/// Makes the store anew, and what came of it. Only one that this program can read, or could before it
/// was damaged: another program's, or a newer Dateline's, is none of ours to rewrite.
fn repaired(context: &Context) -> Check {
    match Reader::open(&context.places.database()) {
        Ok(reader) => match reader.health() {
            Ok(health) if health.problems.is_empty() => {
                return Check::well("repair", Clean::new("the store is sound: there is nothing to repair"));
            }
            Ok(_) | Err(StoreError::Damaged { .. }) => {}
            Err(error) => return Check::failed("repair", &error.into()),
        },
        Err(StoreError::Damaged { .. }) => {}
        Err(error) => return Check::failed("repair", &error.into()),
    }
    match ops::repair(&context.places) {
        Ok(store) => Check::well("repair", store.notice().cloned().unwrap_or_default()),
        Err(failure) => Check::failed("repair", &failure),
    }
}

/// The damaged files that repairs have left beside the store, by name.
fn left_behind(database: &Path) -> Vec<PathBuf> {
    let Some(Ok(entries)) = database.parent().map(std::fs::read_dir) else { return Vec::new() };
    let is_left = |path: &PathBuf| {
        let name = path.file_name().and_then(OsStr::to_str).unwrap_or("");
        name.starts_with("dateline.damaged") && name.ends_with(".db")
    };
    let mut left: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(is_left).collect();
    left.sort();
    left
}

fn store(context: &Context, checks: &mut Vec<Check>) {
    let path = context.places.database();
    checks.extend(left_behind(&path).iter().map(|left| Check {
        name: "store",
        message: clean!("a damaged one was kept at {}", left.display()),
        wrong: None,
        hint: Some(Clean::new("remove it once you miss nothing in the new one")),
    }));
    if !path.exists() {
        return checks.push(Check::well("store", clean!("{} (not there yet)", path.display())));
    }
    // As it is: a damaged store is not mended for a look at it.
    let reader = match Reader::open(&path) {
        Ok(reader) => reader,
        Err(error) => return checks.push(Check::failed("store", &error.into())),
    };
    match reader.health() {
        Ok(health) => checks.extend(file(&path, &health)),
        Err(error) => checks.push(Check::failed("store", &error.into())),
    }
    match feeds::checks(&reader, context.now) {
        Ok(found) => checks.extend(found),
        Err(failure) => checks.push(Check::failed("feeds", &failure)),
    }
}

/// The store's file: what is in it, and each thing that is wrong with it.
fn file(path: &Path, health: &Health) -> Vec<Check> {
    let Health { bytes, version, sqlite, articles, unread, bookmarked, .. } = health;
    let megabytes = bytes.div_ceil(1 << 20);
    let mut checks = vec![Check::well(
        "store",
        clean!(
            "{articles} articles, {unread} unread, {bookmarked} bookmarked; {megabytes} MB, version {version}, SQLite {sqlite}"
        ),
    )];
    if let Some((first, more)) = health.problems.split_first() {
        let what = match more.len() {
            0 => first.clone(),
            more => clean!("{first}; and {more} more"),
        };
        checks.push(Check::failed("store", &StoreError::Damaged { path: path.to_owned(), what }.into()));
    }
    checks
}

fn terminal(context: &Context, checks: &mut Vec<Check>) {
    let variable = |name: &str| env::var(name).ok();
    let shown = |name: &str| clean!("{name}={}", variable(name).unwrap_or_else(|| "(not set)".to_owned()));
    let what = if io::stdout().is_terminal() {
        match crossterm::terminal::size() {
            Ok((columns, rows)) => clean!("{columns} columns, {rows} rows"),
            Err(_) => Clean::new("of unknown size"),
        }
    } else {
        Clean::new("not one: the reader needs one")
    };
    checks.push(Check::well("terminal", clean!("{what}; {}, {}", shown("TERM"), shown("COLORTERM"))));
    let colours = match Depth::of_environment(variable) {
        Depth::None => "no colours are wanted",
        Depth::Sixteen => "16 colours",
        Depth::Palette => "256 colours",
        Depth::True => "all colours",
    };
    checks.push(Check::well("colours", clean!("{colours}; theme \"{}\"", context.config.theme)));
    checks.extend(abilities::checks(variable));
    checks.push(locale(variable));
}

/// Whether text is written in UTF-8 here: by the first of the variables that is set (POSIX).
fn locale(variable: impl Fn(&str) -> Option<String>) -> Check {
    let set = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(|name| variable(name).filter(|value| !value.is_empty()).map(|value| (name, value)));
    match set {
        Some((name, value)) => {
            let lower = value.to_lowercase();
            let hint = (!lower.contains("utf-8") && !lower.contains("utf8"))
                .then(|| Clean::new("if letters look wrong, set it to one that ends in UTF-8"));
            Check { name: "locale", message: clean!("{name}={value}"), wrong: None, hint }
        }
        None => Check::well("locale", Clean::new("not set")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_that_are_in_the_way_or_closed() {
        let dir = tempfile::tempdir().unwrap();
        assert!(place("data", dir.path()).wrong.is_none());
        assert!(place("data", &dir.path().join("a/b")).message.as_str().ends_with("(not there yet)"));
        let file = dir.path().join("file");
        std::fs::write(&file, "x").unwrap();
        assert_eq!(place("data", &file.join("b")).wrong, Some(Kind::Data));
    }

    #[test]
    fn words_stand_under_words_and_a_path_stays_whole() {
        let words = clean!("drawn otherwise than they are reckoned");
        assert_eq!(
            set("  widths ", &words, Some(30)).as_str(),
            "  widths drawn otherwise than\n         they are reckoned"
        );
        assert_eq!(set("  widths ", &words, None).as_str(), "  widths drawn otherwise than they are reckoned");
        let path = clean!("/home/ada/.local/share/dateline (not there yet)");
        assert_eq!(set("  data ", &path, Some(20)).as_str(), "  data /home/ada/.local/share/dateline (not there yet)");
    }

    #[test]
    fn the_locale_is_the_first_that_is_set() {
        let of = |set: &[(&str, &str)]| {
            locale(|name| set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
        };
        assert!(of(&[("LANG", "C.UTF-8")]).hint.is_none());
        assert!(of(&[("LC_ALL", "C"), ("LANG", "C.UTF-8")]).hint.is_some());
        assert!(of(&[("LC_ALL", ""), ("LANG", "ru_RU.utf8")]).hint.is_none());
    }
}
