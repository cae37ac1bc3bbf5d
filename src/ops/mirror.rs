//! The list of feeds as a plain file beside the store: `feeds.opml`, for people and for other
//! programs. Written whenever the list changes, and read when the program starts if somebody else has
//! changed it meanwhile.
//!
//! What it says is added, and never taken away: a feed that is missing in it may have been left out by
//! a program that knows no folders, or the file may have been cut, so its absence is said and no more.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use xxhash_rust::xxh3::xxh3_64;

use super::import::{self, Report};
use super::{Failure, Kind};
use crate::clean;
use crate::feed::opml::{self, Listed, Outline};
use crate::model::{Feed, FeedAddress, Time};
use crate::store::{Reader, Safety, Store};
use crate::text::{Clean, charset};

/// The fact of the store that says what was last written: a fingerprint of the file.
const WRITTEN: &str = "mirror.written";

/// Writes the list of feeds to `file`, if it is another than what was last written. Atomically: the
/// file is whole at any moment, as it was or as it is. Says whether it was written.
///
/// A file that somebody else has changed since is left alone, until [`read`] has taken it in: saying
/// so in time is better than losing what stands in it.
///
/// # Errors
/// That the store cannot be read or written, or the file not be written.
pub fn write(store: &mut Store, file: &Path) -> Result<bool, Failure> {
    let outline = outline(store.reader())?;
    if outline.feeds.is_empty() && !file.exists() {
        return Ok(false);
    }
    let text = opml::write(&outline, None);
    let print = fingerprint(text.as_bytes());
    let last = last(store.reader())?;
    match fs::read(file) {
        Ok(found) if fingerprint(&found) == print && last.as_deref() == Some(&print) => return Ok(false),
        // Not ours: it is read at the next start.
        Ok(found) if last.as_deref() != Some(&fingerprint(&found)) && fingerprint(&found) != print => return Ok(false),
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(unwritable(file, &error)),
        _ => {}
    }
    replace(file, &text).map_err(|error| unwritable(file, &error))?;
    note(store, &print)?;
    Ok(true)
}

/// Takes in `file` if somebody else has changed it since it was written: feeds that it has and the
/// store has not are subscribed to. `None` where there is nothing to take in. The file is then written
/// anew.
///
/// # Errors
/// That the file cannot be read or is no list of feeds, or that the store cannot be written. The file
/// is then left as it is.
pub fn read(store: &mut Store, file: &Path, now: Time) -> Result<Option<Taken>, Failure> {
    let found = match fs::metadata(file) {
        Ok(_) => import::read_file(file)?,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unwritable(file, &error)),
    };
    let print = fingerprint(&found);
    if last(store.reader())?.as_deref() == Some(&print) || fingerprint(text(store.reader())?.as_bytes()) == print {
        return Ok(None);
    }
    let name = Clean::new(&file.display().to_string());
    let list = opml::parse(&found).map_err(|_| {
        Failure::new(Kind::Data, clean!("{name} is no list of feeds (OPML), so it was left as it is"))
            .hint("mend it, or remove it: it is then written anew")
    })?;
    if charset::decode(&found, None).text.trim().is_empty() || list.cut {
        let failure = Failure::new(Kind::Data, clean!("{name} breaks off before its end, so it was left as it is"));
        return Err(failure.hint("mend it, or remove it: it is then written anew"));
    }
    let missing: Vec<Clean> = outline(store.reader())?
        .feeds
        .iter()
        .filter(|feed| !list.feeds.iter().any(|listed| listed.address == feed.address))
        .map(|feed| feed.title.clone().unwrap_or_else(|| Clean::new(feed.address.as_str())))
        .collect();
    let report = if list.feeds.is_empty() { None } else { Some(import::list(store, list, &name, now)?) };
    // From here on it is ours to write.
    note(store, &print)?;
    write(store, file)?;
    Ok(Some(Taken { report, missing }))
}

/// What was taken in of a list that somebody else had changed.
#[derive(Clone, Debug)]
pub struct Taken {
    /// What came in, where it named any feed.
    pub report: Option<Report>,
    /// The titles of feeds that are missing in it; they stay subscribed to.
    pub missing: Vec<Clean>,
}

impl Taken {
    /// What came of it in words; `None` where nothing did.
    #[must_use]
    pub fn said(&self) -> Option<Clean> {
        let new = self.report.as_ref().map_or(0, |report| report.feeds.len());
        let feeds = |count: usize| if count == 1 { "1 feed".to_owned() } else { format!("{count} feeds") };
        let added = (new > 0).then(|| format!("subscribed to {} that feeds.opml names", feeds(new)));
        let missing = self.missing.len();
        let kept = (missing > 0).then(|| {
            format!(
                "{} no longer stand in feeds.opml and stay: unsubscribe here or with `dateline feeds remove`",
                feeds(missing)
            )
        });
        let said: Vec<String> = added.into_iter().chain(kept).collect();
        (!said.is_empty()).then(|| clean!("The list of feeds was changed from outside: {}.", said.join("; ")))
    }
}

/// The list of feeds as it is written. The sample, what was saved by hand, commands and files have no
/// place in it: another program could not do anything with them.
fn text(reader: &Reader) -> Result<String, Failure> {
    Ok(opml::write(&outline(reader)?, None))
}

pub(super) fn outline(reader: &Reader) -> Result<Outline, Failure> {
    let sources = reader.sources()?;
    let listed = |feed: &Feed| match &feed.address {
        FeedAddress::Web(address) => Some(Listed {
            address: address.clone(),
            title: Some(feed.title.clone()),
            site: feed.site.clone(),
            description: None,
            folders: feed.folder.map_or_else(Vec::new, |id| sources.names(id).into_iter().cloned().collect()),
            tags: Vec::new(),
        }),
        _ => None,
    };
    let feeds = sources.feeds.iter().filter_map(listed).collect();
    Ok(Outline { title: Some(Clean::new("Feeds of Dateline")), feeds, ..Outline::default() })
}

fn fingerprint(bytes: &[u8]) -> String {
    format!("{:016x}", xxh3_64(bytes))
}

fn last(reader: &Reader) -> Result<Option<String>, Failure> {
    Ok(reader.state(WRITTEN)?.map(|raw| raw.untrusted().to_owned()))
}

fn note(store: &mut Store, print: &str) -> Result<(), Failure> {
    Ok(store.write(Safety::Person, "noting the list of feeds", |w| w.set_state(WRITTEN, Some(print)))?)
}

fn replace(file: &Path, text: &str) -> std::io::Result<()> {
    let beside = file.with_extension(format!("opml.{}", std::process::id()));
    let written = fs::File::create(&beside).and_then(|mut out| {
        out.write_all(text.as_bytes())?;
        out.sync_all()
    });
    let done = written.and_then(|()| fs::rename(&beside, file));
    if done.is_err() {
        let _ = fs::remove_file(&beside);
    }
    done
}

fn unwritable(file: &Path, error: &std::io::Error) -> Failure {
    Failure::new(Kind::Data, clean!("the list of feeds cannot be kept in {}: {error}", file.display()))
        .hint("give yourself the right to write there, or set mirror_feeds = false")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::NewFeed;
    use crate::text::Link;

    const NOW: Time = Time(1_700_000_000);

    fn feed(store: &mut Store, address: &str, folder: Option<&str>) {
        let address = FeedAddress::Web(Link::parse(address).unwrap());
        store
            .write(Safety::Person, "a test", |w| {
                let folder = folder.map(|name| w.folder(&Clean::new(name), None)).transpose()?;
                w.add_feed(&NewFeed { folder, ..NewFeed::at(address) }, NOW).map(drop)
            })
            .unwrap();
    }

    fn addresses(store: &Store) -> Vec<String> {
        store.reader().sources().unwrap().feeds.iter().map(|feed| feed.address.as_str().to_owned()).collect()
    }

    #[test]
    fn what_is_subscribed_to_stands_in_the_file() {
        let home = tempfile::tempdir().unwrap();
        let (mut store, file) = (Store::open(&home.path().join("d.db")).unwrap(), home.path().join("feeds.opml"));
        feed(&mut store, "https://a.example/feed", Some("Near & far"));
        assert!(write(&mut store, &file).unwrap());
        assert!(!write(&mut store, &file).unwrap(), "nothing has changed");
        let list = opml::parse(&fs::read(&file).unwrap()).unwrap();
        assert_eq!(list.feeds[0].address.as_str(), "https://a.example/feed");
        assert_eq!(list.feeds[0].folders, [Clean::new("Near & far")]);
        assert!(read(&mut store, &file, NOW).unwrap().is_none(), "it is our own");
        assert_eq!(
            fs::read_dir(home.path())
                .unwrap()
                .filter(|e| e.as_ref().unwrap().file_name().to_string_lossy().contains("opml"))
                .count(),
            1
        );
    }

    #[test]
    fn what_others_add_is_taken_in_and_what_they_remove_stays() {
        let home = tempfile::tempdir().unwrap();
        let (mut store, file) = (Store::open(&home.path().join("d.db")).unwrap(), home.path().join("feeds.opml"));
        feed(&mut store, "https://a.example/feed", None);
        write(&mut store, &file).unwrap();
        let theirs = "<opml version='2.0'><body><outline text='B' xmlUrl='https://b.example/feed'/></body></opml>";
        fs::write(&file, theirs).unwrap();
        feed(&mut store, "https://c.example/feed", None);
        assert!(!write(&mut store, &file).unwrap(), "theirs is not lost");
        assert_eq!(fs::read_to_string(&file).unwrap(), theirs);
        let taken = read(&mut store, &file, NOW).unwrap().unwrap();
        assert_eq!(taken.report.as_ref().unwrap().feeds, [Clean::new("B")]);
        assert_eq!(taken.missing.len(), 2);
        let said = taken.said().unwrap().to_string();
        assert!(said.contains("subscribed to 1 feed") && said.contains("2 feeds no longer stand"), "{said}");
        assert_eq!(addresses(&store).len(), 3);
        assert_eq!(opml::parse(&fs::read(&file).unwrap()).unwrap().feeds.len(), 3, "written anew");
        assert!(read(&mut store, &file, NOW).unwrap().is_none());
    }

    #[test]
    fn a_file_that_cannot_be_read_is_left_alone() {
        let home = tempfile::tempdir().unwrap();
        let (mut store, file) = (Store::open(&home.path().join("d.db")).unwrap(), home.path().join("feeds.opml"));
        feed(&mut store, "https://a.example/feed", None);
        write(&mut store, &file).unwrap();
        for theirs in ["", "not a list", "<opml version='2.0'><body><outline text='B' xmlUrl='https://b.ex"] {
            fs::write(&file, theirs).unwrap();
            let failure = read(&mut store, &file, NOW).unwrap_err();
            assert!(failure.message.as_str().contains("left as it is"), "{theirs:?}: {}", failure.message);
            assert!(!write(&mut store, &file).unwrap());
            assert_eq!(fs::read_to_string(&file).unwrap(), theirs);
        }
        assert_eq!(addresses(&store), ["https://a.example/feed"]);
        fs::remove_file(&file).unwrap();
        assert!(write(&mut store, &file).unwrap(), "removed, it is written anew");
    }
}
