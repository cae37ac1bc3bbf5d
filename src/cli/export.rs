//! `dateline export`: articles written out, into files or to standard output.

use std::path::PathBuf;
use std::sync::atomic::Ordering;

use super::keep_args::Export;
use super::output::{Exit, Outcome};
use super::progress::Progress;
use super::records::DoneRecord;
use super::{Context, list, pick};
use crate::clean;
use crate::model::{ArticleId, ExportFormat, Only, View};
use crate::ops::export::{self, Existing, Job};
use crate::ops::{self, Failure, Kind};
use crate::store::Reader;
use crate::terminal::signals;
use crate::text::{Clean, CleanText};

/// The folder that several files go into where none is named.
const FOLDER: &str = "dateline-export";

pub(super) fn run(context: &mut Context, what: &Export) -> Outcome {
    let format = ExportFormat::named(&what.format)
        .ok_or_else(|| Failure::new(Kind::Usage, clean!("there is no format {}", what.format)))?;
    if format == ExportFormat::Opml && (what.all || !what.what.is_empty()) {
        let said = if what.all { "--all".to_owned() } else { format!("“{}”", what.what.join(" ")) };
        let failure =
            Failure::new(Kind::Usage, clean!("a list of feeds has no articles: {said} has no meaning for opml"));
        return Err(failure.hint("without it all feeds are written; other formats write articles").into());
    }
    let reader = context.reader()?;
    let (articles, title, all_there) = match format {
        ExportFormat::Opml => (Vec::new(), Clean::new("Feeds"), true),
        _ => chosen(context, &reader, what)?,
    };
    let title = what.title.as_deref().map(Clean::new).filter(|title| !title.is_empty()).unwrap_or(title);
    let streamed = what.to.is_none() && matches!(format, ExportFormat::Jsonl | ExportFormat::Opml);
    if streamed && !context.out.json() {
        stream(context, &reader, format, &articles)?;
    } else {
        let to = what.to.clone().unwrap_or_else(|| here(format, articles.len()));
        let existing = if what.force { Existing::Replace } else { Existing::Keep };
        let job = Job { format, articles, title, to, existing, now: context.now, zone: context.zone.clone() };
        let (mut progress, total) = (Progress::new(), job.articles.len() as u64);
        // Without the flag a signal ends the program as ever, and half a file stays under its hidden name.
        let called_off = signals::raised().unwrap_or_default();
        let exported = export::export(&reader, &job, |done| {
            progress.show(done as u64, total, &job.title);
            !called_off.load(Ordering::Relaxed)
        });
        progress.clear();
        let exported = exported?;
        if context.out.json() {
            let at = clean!("{}", exported.at.display());
            let record = DoneRecord { kind: Some(format.name()), ..DoneRecord::new(at.as_str()) };
            let (written, same) = (exported.written - exported.same, exported.same);
            context.out.record(&DoneRecord { new: Some(written as u64), unchanged: Some(same as u64), ..record })?;
        } else {
            context.out.line(&exported.said(format))?;
        }
    }
    if all_there { Ok(()) } else { Err(Exit::Said(Kind::NothingFound)) }
}

/// The articles that are meant, what they are called together, and whether all that were named are
/// there.
fn chosen(context: &Context, reader: &Reader, what: &Export) -> Result<(Vec<ArticleId>, Clean, bool), Failure> {
    let is_number = |word: &String| word.strip_prefix('#').unwrap_or(word).parse::<i64>().is_ok();
    if !what.what.is_empty() && what.what.iter().all(is_number) {
        let (ids, all_there) = pick::present(reader, &what.what)?;
        let title = match ids.as_slice() {
            [] => return Err(Failure::new(Kind::NothingFound, "none of these articles is stored")),
            [one] => ops::read::article(reader, *one)?.map(|article| article.headline.title).unwrap_or_default(),
            _ => Clean::new("Articles"),
        };
        return Ok((ids, title, all_there));
    }
    let (view, title) = if what.all {
        (View::default(), Clean::new("All news"))
    } else if what.what.is_empty() {
        (View { only: Only::Bookmarked, ..View::default() }, Clean::new("Bookmarks"))
    } else {
        let typed = what.what.join(" ");
        let query = Some(ops::saved::resolve(reader, &typed)?);
        let name = match typed.trim() {
            "is:bookmarked" => "Bookmarks",
            "is:unread" => "Unread news",
            other => other.trim_start_matches('@'),
        };
        (View { query, ..View::default() }, Clean::new(name))
    };
    let ids = ops::read::ids(reader, &view, context.now)?;
    if ids.is_empty() && what.what.is_empty() && !what.all {
        return Err(Failure::new(Kind::NothingFound, "there is no bookmark to export")
            .hint("name a query, or --all for everything that is stored"));
    }
    if ids.is_empty() {
        return Err(list::unless_muted(list::nothing(true, ""), reader, view, context.now)?);
    }
    Ok((ids, title, true))
}

/// Where files go where no place is named: here, several in a folder of their own.
fn here(format: ExportFormat, articles: usize) -> PathBuf {
    if articles > 1 && !format.is_one_file() || format == ExportFormat::Site { FOLDER.into() } else { ".".into() }
}

/// Writes to standard output.
fn stream(context: &mut Context, reader: &Reader, format: ExportFormat, articles: &[ArticleId]) -> Outcome {
    if format == ExportFormat::Opml {
        let list = export::feed_list(reader, context.now)?;
        return context.out.text(&CleanText::new(list.trim_end()));
    }
    for id in articles {
        if let Some(line) = export::json_line(reader, *id)? {
            // What the sanitiser changes, JSON escapes: the line is what it was.
            context.out.text(&CleanText::new(&line))?;
        }
    }
    Ok(())
}
