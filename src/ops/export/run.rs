//! An export from beginning to end: which articles, in which form, where to.

use std::io;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use xxhash_rust::xxh3::xxh3_64;
use zip::result::ZipError;

use super::super::{Failure, Kind, mirror};
use super::book::Book;
use super::files::{Existing, Folder, unwritable, written};
use super::lines;
use super::names::safe;
use super::piece::{Piece, ending};
use super::quiet::Quiet;
use super::site::Site;
use super::{markdown, text, whole};
use crate::clean;
use crate::feed::opml;
use crate::model::{ArticleId, ExportFormat, Time};
use crate::store::Reader;
use crate::text::Clean;

/// Columns of a plain text.
const COLUMNS: usize = 78;

/// What to export.
#[derive(Clone, Debug)]
pub struct Job {
    /// The form.
    pub format: ExportFormat,
    /// The articles, in the order in which they are to stand. The list of feeds needs none.
    pub articles: Vec<ArticleId>,
    /// What they are together: the name of a book, of a site, of a file of many.
    pub title: Clean,
    /// The folder to write into; a path that ends as files of the format do is the file itself, where
    /// there is to be just one.
    pub to: PathBuf,
    /// What becomes of files that are there.
    pub existing: Existing,
    /// When it is done.
    pub now: Time,
    /// The person's time zone.
    pub zone: TimeZone,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// Articles (of a list of feeds: feeds) that were written.
    pub written: usize,
    /// Of them those that stood there already, just the same.
    pub same: usize,
    /// Articles that were no longer stored.
    pub gone: usize,
    /// Where it is: the file, or the folder of several.
    pub at: PathBuf,
}

impl Exported {
    /// In a sentence: `12 articles are in /home/ada/Documents/dateline.`
    #[must_use]
    pub fn said(&self, format: ExportFormat) -> Clean {
        let what = match (format, self.written) {
            (ExportFormat::Opml, 1) => "1 feed is".to_owned(),
            (ExportFormat::Opml, many) => format!("{many} feeds are"),
            (_, 1) => "1 article is".to_owned(),
            (_, many) => format!("{many} articles are"),
        };
        let same = match self.same {
            0 => String::new(),
            same if same == self.written => "; nothing has changed there".to_owned(),
            same => format!("; {same} of them were there already"),
        };
        // Who reads it later need not know where the program was started.
        let at = std::path::absolute(&self.at).unwrap_or_else(|_| self.at.clone());
        clean!("{what} in {}{same}.", at.display())
    }
}

/// Exports articles. `progress` is told how many are done, and says whether to go on; where it does
/// not, what was written stays, and half a file is none.
///
/// # Errors
/// That there is nothing to export, that the store cannot be read, or that a file cannot be written.
pub fn export(reader: &Reader, job: &Job, mut progress: impl FnMut(usize) -> bool) -> Result<Exported, Failure> {
    if job.format == ExportFormat::Opml {
        return feeds(reader, job);
    }
    if job.articles.is_empty() {
        return Err(Failure::new(Kind::NothingFound, "there is no article to export"));
    }
    let pieces = Pieces { reader, job, done: 0, gone: 0, progress: &mut progress };
    match job.format {
        ExportFormat::Markdown | ExportFormat::Html | ExportFormat::Text => pieces.files(),
        ExportFormat::Epub => pieces.book(),
        ExportFormat::Jsonl => pieces.lines(),
        ExportFormat::Site => pieces.site(),
        ExportFormat::Opml => feeds(reader, job),
    }
}

/// Writes articles as JSON lines to `out`, as a file of them has them. Gives how many; `None` of an
/// article that is gone.
///
/// # Errors
/// That the store cannot be read; what `out` says is in the inner result.
pub fn json_line(reader: &Reader, id: ArticleId) -> Result<Option<String>, Failure> {
    let Some(piece) = Piece::of(reader, id)? else { return Ok(None) };
    let line = lines::line(&piece, reader.page_html(id)?.as_deref());
    line.map(Some).map_err(|error| Failure::new(Kind::Data, clean!("article {} is no JSON: {error}", id.0)))
}

/// The list of feeds as OPML.
///
/// # Errors
/// That the store cannot be read.
pub fn feed_list(reader: &Reader, now: Time) -> Result<String, Failure> {
    Ok(opml::write(&mirror::outline(reader)?, Some(now)))
}

/// The articles of an export, one after the other.
struct Pieces<'a> {
    reader: &'a Reader,
    job: &'a Job,
    done: usize,
    gone: usize,
    progress: &'a mut dyn FnMut(usize) -> bool,
}

impl Pieces<'_> {
    /// Hands each article to `take`.
    fn each(&mut self, mut take: impl FnMut(&Piece) -> Result<(), Failure>) -> Result<(), Failure> {
        for id in &self.job.articles {
            match Piece::of(self.reader, *id)? {
                Some(piece) => take(&piece)?,
                None => self.gone += 1,
            }
            self.done += 1;
            if !(self.progress)(self.done) {
                return Err(Failure::new(Kind::Interrupted, "the export was called off"));
            }
        }
        if self.gone == self.done {
            return Err(Failure::new(Kind::NothingFound, "the articles are not stored any more"));
        }
        Ok(())
    }

    fn exported(&self, same: usize, at: PathBuf) -> Exported {
        Exported { written: self.done - self.gone, same, gone: self.gone, at }
    }

    /// A file to an article.
    fn files(mut self) -> Result<Exported, Failure> {
        let Job { format, articles, to, existing, zone, .. } = self.job;
        let ending_ = format!(".{}", format.extension());
        let alone = articles.len() == 1;
        let (place, named) = file_or_folder(to, *format, alone);
        let mut folder = Folder::at(&place, *existing)?;
        let mut pictures: Option<Folder> = None;
        let (mut same, mut last) = (0, place.clone());
        self.each(|piece| {
            let headline = &piece.article.headline;
            let title = safe(headline.title.as_str(), &format!("article {}", headline.id.0));
            let stem = match &named {
                Some(name) => name.clone(),
                None if alone => title,
                // By day they stand in order, and headlines of one day seldom meet.
                None => format!("{} {title}", headline.published.format("%Y-%m-%d", zone)),
            };
            let text = match format {
                ExportFormat::Html => whole::page(piece, zone),
                ExportFormat::Text => text::file(piece, COLUMNS, zone),
                _ => {
                    let places = beside(piece, &place, &mut pictures)?;
                    let place = |link: &_| places.iter().find(|(known, _)| known == link).map(|(_, file)| file.clone());
                    markdown::file(piece, zone, place)
                }
            };
            let put = folder.put(&stem, &ending_, format!("{}\n", text.as_str().trim_end()).as_bytes())?;
            same += usize::from(put.same);
            last = put.path;
            Ok(())
        })?;
        Ok(self.exported(same, if alone { last } else { place }))
    }

    fn book(mut self) -> Result<Exported, Failure> {
        let path = one_file(self.job)?;
        let (title, zone, now) = (self.job.title.clone(), self.job.zone.clone(), self.job.now);
        let existing = self.job.existing;
        let mut failed = None;
        let outcome = written(&path, existing, |file| {
            let mut out = io::BufWriter::new(file);
            let mut book = Book::begin(Quiet::around(&mut out), &title).map_err(as_io)?;
            let added = self.each(|piece| book.add(piece, &zone).map_err(|error| unwritable(&path, &as_io(error))));
            if let Err(failure) = added {
                failed = Some(failure);
                return Err(io::ErrorKind::Interrupted.into());
            }
            book.end(now, &zone).map_err(as_io)
        });
        // Why it ended says more than that its file was not written.
        failed.map_or(outcome, Err)?;
        Ok(self.exported(0, path))
    }

    fn lines(mut self) -> Result<Exported, Failure> {
        let path = one_file(self.job)?;
        let (existing, reader) = (self.job.existing, self.reader);
        let mut failed = None;
        let outcome = written(&path, existing, |file| {
            use io::Write;
            let mut out = io::BufWriter::new(file);
            let done = self.each(|piece| {
                let page = reader.page_html(piece.article.headline.id)?;
                let line = lines::line(piece, page.as_deref()).map_err(|error| unwritable(&path, &error.into()))?;
                writeln!(out, "{line}").map_err(|error| unwritable(&path, &error))
            });
            if let Err(failure) = done {
                failed = Some(failure);
                return Err(io::ErrorKind::Interrupted.into());
            }
            out.flush()
        });
        failed.map_or(outcome, Err)?;
        Ok(self.exported(0, path))
    }

    fn site(mut self) -> Result<Exported, Failure> {
        let (zone, to) = (self.job.zone.clone(), self.job.to.clone());
        let mut site = Site::begin(&to, &self.job.title, self.job.existing)?;
        if let Err(failure) = self.each(|piece| site.add(piece, &zone)) {
            site.give_up();
            return Err(failure);
        }
        site.end(&zone)?;
        Ok(self.exported(0, to))
    }
}

/// Puts the kept pictures of an article beside its file; gives where each is from there.
fn beside(
    piece: &Piece,
    place: &Path,
    folder: &mut Option<Folder>,
) -> Result<Vec<(crate::text::Link, String)>, Failure> {
    let mut places = Vec::new();
    for (link, picture) in &piece.pictures {
        let folder = match folder {
            Some(folder) => folder,
            // Named by what is in them: what has the name is the picture.
            None => folder.insert(Folder::at(&place.join("pictures"), Existing::Replace)?),
        };
        let (stem, ending) = (format!("{:016x}", xxh3_64(&picture.bytes)), format!(".{}", ending(&picture.media_type)));
        let name = format!("{stem}{ending}");
        folder.put_once(&stem, &ending, &picture.bytes)?;
        places.push((link.clone(), format!("pictures/{name}")));
    }
    Ok(places)
}

/// The folder to write into, and the name of the file (without its ending) where `to` is one.
fn file_or_folder(to: &Path, format: ExportFormat, alone: bool) -> (PathBuf, Option<String>) {
    let ends = to.extension().is_some_and(|end| end.eq_ignore_ascii_case(format.extension()));
    match (to.parent(), to.file_stem()) {
        (Some(parent), Some(stem)) if alone && ends && !to.is_dir() => {
            let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
            (parent.to_owned(), Some(stem.to_string_lossy().into_owned()))
        }
        _ => (to.to_owned(), None),
    }
}

/// The file that everything goes into.
fn one_file(job: &Job) -> Result<PathBuf, Failure> {
    let (place, named) = file_or_folder(&job.to, job.format, true);
    let mut folder = Folder::at(&place, job.existing)?;
    let stem = named.unwrap_or_else(|| safe(job.title.as_str(), "Dateline"));
    Ok(folder.free(&stem, &format!(".{}", job.format.extension())))
}

fn feeds(reader: &Reader, job: &Job) -> Result<Exported, Failure> {
    let outline = mirror::outline(reader)?;
    if outline.feeds.is_empty() {
        return Err(Failure::new(Kind::NothingFound, "there is no feed to export").hint("`dateline add` subscribes"));
    }
    let text = opml::write(&outline, Some(job.now));
    let path = one_file(job)?;
    written(&path, job.existing, |mut file| io::Write::write_all(&mut file, text.as_bytes()))?;
    Ok(Exported { written: outline.feeds.len(), same: 0, gone: 0, at: path })
}

fn as_io(error: ZipError) -> io::Error {
    match error {
        ZipError::Io(error) => error,
        other => io::Error::other(other),
    }
}

#[cfg(test)]
mod tests;
