//! `dateline import`: files taken in, whatever they are.

use std::path::PathBuf;

use serde::Serialize;

use super::output::{Outcome, say};
use super::progress::Progress;
use super::records::VERSION;
use super::{Context, file, items};
use crate::clean;
use crate::ops;
use crate::ops::import::{self, Report, What};
use crate::text::Clean;

/// The most things left out that are named one by one.
const MOST_NAMED: usize = 10;

pub(super) fn run(context: &mut Context, files: &[PathBuf]) -> Outcome {
    let mut store = context.store()?;
    let sites = context.config.sites.clone();
    ops::stories::prefer(&mut store, &(&context.config).into())?;
    items::each(
        context,
        files,
        |path| file::name(path),
        |context, path| {
            let report = if file::is_standard_input(path) {
                let (bytes, name) = (file::read(path)?, file::name(path));
                import::import_with(&mut store, &bytes, name.as_str(), &sites, context.now, &mut |_, _| true)?
            } else {
                let mut progress = Progress::new();
                let what = clean!("percent of {}", file::name(path));
                import::import_file(&mut store, path, &sites, context.now, &mut |done, of| {
                    progress.show(done.saturating_mul(100) / of.max(1), 100, &what);
                    true
                })?
            };
            tell(context, &report)
        },
    )
}

/// Says what came in, and what did not.
fn tell(context: &mut Context, report: &Report) -> Outcome {
    // A page's debris is left out on purpose; `dateline extract` shows it.
    let left_out = if report.what == What::Page { &[][..] } else { &report.skipped };
    if context.out.json() {
        return context.out.record(&ImportRecord::new(report));
    }
    context.out.line(&report.said())?;
    if let (What::Page, Some(article)) = (report.what, report.opens) {
        context.out.line(&clean!("`dateline show {}` shows it", article.0))?;
    }
    for note in report.notes.iter().take(MOST_NAMED) {
        say(&clean!("dateline: {}: {note}", report.name));
    }
    for skipped in left_out.iter().take(MOST_NAMED) {
        let line = if skipped.line > 0 { clean!(", line {}", skipped.line) } else { Clean::default() };
        say(&clean!("dateline: {}{line}: {}", report.name, skipped.why));
    }
    if left_out.len() > MOST_NAMED {
        say(&clean!(
            "dateline: {}: {} more were left out; --json names them all",
            report.name,
            left_out.len() - MOST_NAMED
        ));
    }
    Ok(())
}

/// What came of a file.
#[derive(Serialize)]
struct ImportRecord<'a> {
    v: u8,
    item: &'a Clean,
    kind: &'static str,
    title: Option<&'a Clean>,
    /// The one article, where the file is one.
    id: Option<i64>,
    new: usize,
    changed: usize,
    unchanged: usize,
    headlines: usize,
    feeds: &'a [Clean],
    feeds_known: usize,
    queries: &'a [Clean],
    read: usize,
    bookmarked: usize,
    notes: &'a [Clean],
    skipped: Vec<SkippedRecord<'a>>,
    error: Option<&'a Clean>,
}

#[derive(Serialize)]
struct SkippedRecord<'a> {
    line: usize,
    why: &'a Clean,
}

impl<'a> ImportRecord<'a> {
    fn new(report: &'a Report) -> Self {
        Self {
            v: VERSION,
            item: &report.name,
            kind: match report.what {
                What::Page => "page",
                What::Feed => "feed",
                What::Opml => "opml",
                What::Newsboat => "newsboat",
                What::NewsboatCache => "newsboat_cache",
                What::JsonLines => "json_lines",
            },
            title: report.title.as_ref(),
            id: report.opens.map(|id| id.0),
            new: report.new.len(),
            changed: report.changed.len(),
            unchanged: report.unchanged,
            headlines: report.headlines,
            feeds: &report.feeds,
            feeds_known: report.feeds_known,
            queries: &report.queries,
            read: report.read,
            bookmarked: report.bookmarked,
            notes: &report.notes,
            skipped: report
                .skipped
                .iter()
                .map(|skipped| SkippedRecord { line: skipped.line, why: &skipped.why })
                .collect(),
            error: None,
        }
    }
}
