//! Exporting, on a thread of its own: it may take minutes, and nothing waits for it.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::worker::{Outbox, guarded, spawn};
use super::writer::expand_home;
use crate::app::{Done, Event, Problem};
use crate::app::{ExportOf, ExportWish};
use crate::clean;
use crate::model::ExportFormat;
use crate::net::Cancel;
use crate::ops::export::{self, Existing, Job};
use crate::ops::{self, Failure, Kind};
use crate::store::Reader;
use crate::text::Clean;

/// How often progress is told.
const TELL_EVERY: Duration = Duration::from_millis(100);

/// The folder of the exports that the person did not place elsewhere: among the documents where the
/// desktop says where those are, else where the program was started.
pub(super) fn usual_place() -> Clean {
    let documents = directories::UserDirs::new().and_then(|dirs| dirs.document_dir().map(Path::to_owned));
    let place = documents.unwrap_or_default().join("dateline");
    let home = directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_owned());
    match home.and_then(|home| place.strip_prefix(home).map(Path::to_owned).ok()) {
        Some(rest) => clean!("~/{}", rest.display()),
        None if place.is_absolute() => clean!("{}", place.display()),
        None => std::env::current_dir().map_or_else(
            |_| Clean::new("dateline-export"),
            |here| clean!("{}", here.join("dateline-export").display()),
        ),
    }
}

/// Begins an export from the store at `path`. What comes of it is told by an [`Event::Done`].
pub(super) fn start(path: PathBuf, wish: ExportWish, cancel: Cancel, outbox: &Outbox) {
    let (told, late) = (outbox.clone(), outbox.clone());
    let started = spawn("export", move || {
        let done = guarded("export", &told, || run(&path, &wish, &cancel, &told));
        let done = match done {
            Some(Ok(said)) => Done::Exported(said),
            Some(Err(failure)) if failure.kind == Kind::Interrupted => {
                Done::Exported(Clean::new("The export was called off; what was written until then stays."))
            }
            Some(Err(failure)) => Done::Failed(Problem::from(&failure)),
            None => Done::Failed(Problem { message: "An internal error stopped the export.".into(), hint: None }),
        };
        told.send(Event::Done(done));
    });
    if let Err(error) = started {
        let message = clean!("The export was not started: {error}.");
        late.send(Event::Done(Done::Failed(Problem { message, hint: None })));
    }
}

fn run(path: &Path, wish: &ExportWish, cancel: &Cancel, outbox: &Outbox) -> Result<Clean, Failure> {
    let reader = Reader::open(path)?;
    let now = super::now();
    let (articles, title) = match (&wish.of, wish.format) {
        (_, ExportFormat::Opml) => (Vec::new(), Clean::new("Feeds")),
        (ExportOf::Article(id, title), _) => (vec![*id], title.clone()),
        (ExportOf::List(view, title), _) => (ops::read::ids(&reader, view, now)?, title.clone()),
    };
    let total = articles.len();
    let to = expand_home(wish.to.as_str());
    // A site has its folder to itself; the usual one may hold other exports.
    let shared = wish.format == ExportFormat::Site && wish.to.as_str() == usual_place().as_str();
    let to = if shared { to.join("site") } else { to };
    let zone = super::zone();
    let job = Job { format: wish.format, articles, title, to, existing: Existing::Keep, now, zone };
    let mut last = Instant::now();
    let exported = export::export(&reader, &job, |done| {
        if last.elapsed() >= TELL_EVERY {
            last = Instant::now();
            outbox.send(Event::Working(clean!("Exporting … {done} of {total}")));
        }
        !cancel.is_cancelled()
    })?;
    Ok(exported.said(wish.format))
}
