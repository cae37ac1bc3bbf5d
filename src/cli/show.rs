//! `dateline show`: articles, whole.

use super::list_args::Format;
use super::output::{Exit, Outcome, complain, say};
use super::records::{ArticleRecord, Feeds};
use super::{Context, full, list, pick};
use crate::clean;
use crate::model::{Article, TextKind};
use crate::ops::{self, Failure, Kind, export};
use crate::store::Reader;

pub(super) fn run(context: &mut Context, names: &[String], format: Format, kind: Option<TextKind>) -> Outcome {
    let format = if context.out.json() { Format::Json } else { format };
    let reader = context.reader()?;
    let feeds = if format == Format::Json { list::feeds(&reader)? } else { Feeds::new() };
    let columns = context.out.columns().map(|columns| columns.min(usize::from(context.config.text_width)));
    let mut failed = None;
    for (n, name) in names.iter().enumerate() {
        let article = match whole(context, &reader, name, kind, &mut failed) {
            Ok(article) => article,
            Err(failure) if failure.kind == Kind::NothingFound => {
                failed = failed.or(Some(Kind::NothingFound));
                complain(&failure);
                continue;
            }
            Err(failure) => return Err(failure.into()),
        };
        let out = &mut context.out;
        if n > 0 && format == Format::Text {
            out.line(&"".into())?;
        }
        match format {
            Format::Text => {
                out.text(&export::text(&article, columns, &context.zone))?;
                if article.headline.stub {
                    out.flush()?;
                    say(&clean!("dateline: of article {} only the headline is stored", article.headline.id.0));
                }
            }
            Format::Markdown => out.text(&export::markdown(&article, &context.zone))?,
            Format::Html => out.text(&export::html(&article, &context.zone))?,
            Format::Json => out.record(&ArticleRecord::new(&article, &feeds, true))?,
        }
    }
    failed.map_or(Ok(()), |kind| Err(Exit::Said(kind)))
}

/// The article with the text that is asked for. A full text that is not here is fetched; where that
/// fails it is said, and what there is of the article is shown.
fn whole(
    context: &mut Context,
    reader: &Reader,
    name: &str,
    kind: Option<TextKind>,
    failed: &mut Option<Kind>,
) -> Result<Article, Failure> {
    let id = pick::article(reader, name)?;
    if kind == Some(TextKind::Full) && ops::read::text(reader, id, TextKind::Full)?.is_none() {
        let mut store = context.store()?;
        if let Err(failure) = full::one(context, &mut store, id) {
            complain(&failure);
            *failed = failed.or(Some(failure.kind));
        }
    }
    let article = ops::read::article_as(reader, id, kind)?;
    // It may have gone since it was found.
    article.ok_or_else(|| Failure::new(Kind::NothingFound, clean!("article {} is gone", id.0)))
}
