//! Bringing files in: a saved page, a feed, a list of feeds, articles as JSON lines.
//!
//! What a file is follows from what is in it. Nothing is dropped silently: the [`Report`] says what
//! came in, what was there already, and what did not come in and why. Importing a file again changes
//! nothing.

mod beside;
mod cache;
mod found;
mod kept;
mod lines;
mod lists;
mod report;

use std::fs::File;
use std::io::{BufReader, ErrorKind, Read};
use std::path::Path;

pub use found::{Found, found};
pub use report::{Report, Skipped, What};

use super::{Failure, Kind, incoming};
use crate::clean;
use crate::extract::{self, NotAnArticle};
use crate::feed::{self, Parsed, What as Kin, newsboat, opml};
use crate::model::site::Site;
use crate::model::{FeedAddress, NewArticle, Time};
use crate::store::{NewFeed, Safety, Store};
use crate::text::{Clean, charset};

/// The largest file that is imported, in bytes.
pub const MAX_FILE: u64 = 64 << 20;

/// How much of a file is looked at to tell what it is.
const HEAD: usize = 4096;

/// Reads a file to import, without reading one that is too large.
///
/// # Errors
/// That it cannot be read, is a directory, or is larger than [`MAX_FILE`].
pub fn read_file(path: &Path) -> Result<Vec<u8>, Failure> {
    let name = Clean::new(&path.display().to_string());
    let unreadable = |error: &std::io::Error| {
        let failure = Failure::new(Kind::Data, clean!("{name} cannot be read: {error}"));
        match error.kind() {
            ErrorKind::NotFound => failure.hint("check the name; a relative one starts from where you are"),
            ErrorKind::PermissionDenied => failure.hint("give yourself the right to read it"),
            _ => failure,
        }
    };
    let too_large = |bytes: u64| {
        let (size, cap) = (bytes.div_ceil(1 << 20), MAX_FILE >> 20);
        Failure::new(Kind::Data, clean!("{name} is too large to import ({size} MB; at most {cap} MB)"))
            .hint("split it into smaller files")
    };
    let about = std::fs::metadata(path).map_err(|error| unreadable(&error))?;
    if about.is_dir() {
        let failure = Failure::new(Kind::Data, clean!("{name} is a directory"));
        return Err(failure.hint(clean!("name the files in it: {name}/*")));
    }
    if about.len() > MAX_FILE {
        return Err(too_large(about.len()));
    }
    let mut bytes = Vec::new();
    // A pipe has no length, and a file may grow meanwhile.
    let file = File::open(path).map_err(|error| unreadable(&error))?;
    file.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
    if bytes.len() as u64 > MAX_FILE { Err(too_large(bytes.len() as u64)) } else { Ok(bytes) }
}

/// How far an import has come (bytes of a file, or feeds of a cache, and how many there are in all);
/// answers whether it is to go on.
pub type Progress<'a> = &'a mut dyn FnMut(u64, u64) -> bool;

/// Imports what a file holds; `file_name` is for messages and for files that could be several
/// things. Pages are taken out as usual: see [`import_with`].
///
/// # Errors
/// As [`import_with`].
pub fn import(store: &mut Store, bytes: &[u8], file_name: &str, now: Time) -> Result<Report, Failure> {
    import_with(store, bytes, file_name, &[], now, &mut |_, _| true)
}

/// [`import`], with what a person has said of the pages of some `sites`.
///
/// # Errors
/// That there is nothing in it that can be imported, or that the store cannot be written. Some lines
/// that cannot be imported are no error: they are in the report.
pub fn import_with(
    store: &mut Store,
    bytes: &[u8],
    file_name: &str,
    sites: &[Site],
    now: Time,
    progress: Progress<'_>,
) -> Result<Report, Failure> {
    let name = Clean::new(file_name);
    if bytes.len() as u64 > MAX_FILE {
        let failure = Failure::new(Kind::Data, clean!("{name} is too large to import (at most {} MB)", MAX_FILE >> 20));
        return Err(failure.hint("split it into smaller files"));
    }
    if extract::is_archive(bytes) {
        return page(store, bytes, &name, sites, now);
    }
    match sniff(bytes) {
        Sniffed::JsonLines => lines::import(store, bytes, &name, now, progress),
        Sniffed::Markup => match feed::parse(bytes, None, None) {
            Ok(parsed) => saved_feed(store, &parsed, &name, now),
            Err(not) => match opml::parse(bytes) {
                Ok(list) if not.what != Kin::Html => lists::opml(store, list, &name, now),
                _ => page(store, bytes, &name, sites, now),
            },
        },
        Sniffed::Other => {
            let text = charset::decode(bytes, None).text;
            if looks_like_urls(&text, file_name) {
                return lists::urls(store, newsboat::parse_urls(&text), &name, now);
            }
            // Junk may stand before a feed or a list: a server's warning, the half of a file.
            match (feed::parse(bytes, None, None), opml::parse(bytes)) {
                (Ok(parsed), _) if !parsed.entries.is_empty() => return saved_feed(store, &parsed, &name, now),
                (_, Ok(list)) if !list.feeds.is_empty() => return lists::opml(store, list, &name, now),
                _ => {}
            }
            page(store, bytes, &name, sites, now)
        }
    }
}

/// Subscribes to the feeds of a list; `name` is for messages. Nothing is fetched.
///
/// # Errors
/// That it has no feed, or that the store cannot be written.
pub fn list(store: &mut Store, list: opml::Outline, name: &Clean, now: Time) -> Result<Report, Failure> {
    lists::opml(store, list, name, now)
}

/// Imports a file. One of articles as JSON lines is taken in by pieces and may be of any size; every
/// other is read whole, up to [`MAX_FILE`]. An import that `progress` calls off keeps what came in
/// until then, and the report says so.
///
/// # Errors
/// As [`read_file`] and [`import_with`].
pub fn import_file(
    store: &mut Store,
    path: &Path,
    sites: &[Site],
    now: Time,
    progress: Progress<'_>,
) -> Result<Report, Failure> {
    let name = clean!("{}", path.file_name().unwrap_or(path.as_os_str()).display());
    let large = std::fs::metadata(path).map(|about| about.len()).ok().filter(|length| *length > MAX_FILE);
    if let (Some(length), Ok(mut file)) = (large, File::open(path)) {
        let mut head = Vec::new();
        let read = (&mut file).take(HEAD as u64).read_to_end(&mut head);
        if read.is_ok() && matches!(sniff(&head), Sniffed::JsonLines) {
            let from = BufReader::new(head.as_slice().chain(file));
            return lines::stream(store, from, &name, now, |read| progress(read, length));
        }
    }
    if is_database(path) {
        return cache::import(store, path, &name, now, progress);
    }
    let bytes = beside::put_in(read_file(path)?, path);
    let mut report = import_with(store, &bytes, name.as_str(), sites, now, progress)?;
    if let (What::Newsboat, Some(beside)) = (report.what, cache::beside(path)) {
        let name = clean!("{}", beside.display());
        match cache::import(store, &beside, &name, now, progress) {
            Ok(more) => report.and(more),
            Err(failure) => report.skipped.push(Skipped { line: 0, why: clean!("{name}: {}", failure.message) }),
        }
    }
    Ok(report)
}

/// Whether a file is a database of SQLite, by its first bytes.
fn is_database(path: &Path) -> bool {
    let mut head = [0; 16];
    File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok() && &head == b"SQLite format 3\0"
}

/// What a file may be, by its first bytes.
enum Sniffed {
    JsonLines,
    /// XML, HTML or JSON: a feed if it can be read as one.
    Markup,
    Other,
}

fn sniff(bytes: &[u8]) -> Sniffed {
    let head = charset::decode(&bytes[..bytes.len().min(HEAD)], None).text;
    let head = head.trim_start();
    match head.chars().next() {
        // JSON Feed says what it is near its top.
        Some('{') if !head.contains("jsonfeed.org/version") => Sniffed::JsonLines,
        Some('{' | '<') => Sniffed::Markup,
        _ => Sniffed::Other,
    }
}

/// Whether a text is newsboat's list of feeds: by its name, or because every line of it begins with
/// an address.
fn looks_like_urls(text: &str, file_name: &str) -> bool {
    let begins = |line: &str| {
        ["http://", "https://", "query:", "\"query:", "exec:", "filter:", "file:"]
            .iter()
            .any(|start| line.starts_with(start))
    };
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).peekable();
    let named = Path::new(file_name).file_name().is_some_and(|name| name == "urls");
    lines.peek().is_some() && if named { lines.any(begins) } else { lines.all(begins) }
}

/// A feed saved as a file: the feed is subscribed to if it says where it lives; else its articles
/// stand among what was saved by hand, under its name.
fn saved_feed(store: &mut Store, parsed: &Parsed, name: &Clean, now: Time) -> Result<Report, Failure> {
    let head = incoming::head(&parsed.feed);
    let address = parsed.feed.own_address.clone().filter(|address| address.is_web());
    let mut articles: Vec<NewArticle> = parsed.entries.iter().map(incoming::article).collect();
    let mut report = Report::new(What::Feed, name.clone());
    let address = address.map(|address| lists::without_password(address, &mut report));
    report.notes.extend(parsed.complaints.iter().map(|complaint| clean!("{complaint}")));
    let title = head.title.clone().unwrap_or_else(|| name.clone());
    if address.is_none() {
        for article in &mut articles {
            // Feeds without a home share one: their guids must not meet there.
            article.guid = incoming::named("entry", &format!("{title}\n{}", article.guid));
            article.source.get_or_insert_with(|| title.clone());
        }
    }
    let (known, taken) = store.write(Safety::Person, "importing a feed", |w| {
        let (feed, new) = match address {
            Some(address) => {
                let new = NewFeed { title: Some(title.clone()), ..NewFeed::at(FeedAddress::Web(address)) };
                let (feed, new) = w.add_feed(&new, now)?;
                w.set_head(feed, &head)?;
                (feed, new)
            }
            None => (incoming::saved(w, now)?, false),
        };
        Ok((!new, incoming::take_in(w, feed, &articles, now)?))
    })?;
    if !known {
        report.feeds.push(title);
    }
    report.count(&taken, articles.len());
    Ok(report)
}

/// A page saved as HTML or text.
fn page(store: &mut Store, bytes: &[u8], name: &Clean, sites: &[Site], now: Time) -> Result<Report, Failure> {
    let page = extract::saved(bytes, Some(name.as_str()), sites).map_err(|why| not_imported(name, &why))?;
    let articles = incoming::page(&page, None, now);
    let taken = store.write(Safety::Person, "importing a page", |w| {
        let saved = incoming::saved(w, now)?;
        let taken = incoming::take_in(w, saved, &articles, now)?;
        match taken.ids.first().copied().flatten() {
            Some(id) => incoming::enclosed(w, id, &page.pictures).map(|()| taken),
            None => Ok(taken),
        }
    })?;
    let mut report = Report::new(What::Page, name.clone());
    report.headlines = articles.len() - 1;
    report.opens = taken.ids.first().copied().flatten();
    report.title = Some(page.title);
    report.count(&taken, articles.len());
    report.skipped.extend(
        page.dropped
            .into_iter()
            .map(|dropped| Skipped { line: dropped.line, why: clean!("{}: {}", dropped.why, dropped.text) }),
    );
    Ok(report)
}

fn not_imported(name: &Clean, why: &NotAnArticle) -> Failure {
    let failure = Failure::new(Kind::Data, clean!("{name} was not imported: {why}"));
    match why {
        NotAnArticle::NotText(_) => {
            failure.hint("Dateline imports pages (HTML or text), feeds, lists of feeds and articles as JSON lines")
        }
        NotAnArticle::AllHeadlines(_) => failure.hint("save the page of one article"),
        NotAnArticle::Gated(_) => failure.hint("save the page again once its text shows in the browser"),
        NotAnArticle::Empty | NotAnArticle::TooLarge(..) => failure.hint("check that it is the right file"),
    }
}

/// The failure that ended an import in the middle, with what had been taken in by then: it is stored, and
/// does not come twice.
fn stopped(failure: Failure, report: &Report) -> Failure {
    let before = match report.new.len() {
        0 => return failure,
        1 => clean!("1 article was stored before that"),
        many => clean!("{many} articles were stored before that"),
    };
    failure.hint(clean!("{before}; importing the file again takes in the rest"))
}

/// What is said of an import that was called off.
fn called_off(where_it_was: &Clean) -> Skipped {
    Skipped { line: 0, why: clean!("{where_it_was}: called off; importing the file again takes in the rest") }
}

#[cfg(test)]
mod tests;
