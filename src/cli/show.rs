//! `dateline show`: articles, whole.

use super::args::Format;
use super::output::{Exit, Outcome, complain, say};
use super::records::{ArticleRecord, Feeds};
use super::{Context, list, pick};
use crate::clean;
use crate::ops::{Kind, export};

pub(super) fn run(context: &mut Context, names: &[String], format: Format) -> Outcome {
    let format = if context.out.json() { Format::Json } else { format };
    let reader = context.reader()?;
    let feeds = if format == Format::Json { list::feeds(&reader)? } else { Feeds::new() };
    let columns = context.out.columns().map(|columns| columns.min(usize::from(context.config.text_width)));
    let mut missing = false;
    for (n, name) in names.iter().enumerate() {
        let article = match pick::whole(&reader, name) {
            Ok(article) => article,
            Err(failure) if failure.kind == Kind::NothingFound => {
                missing = true;
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
    if missing { Err(Exit::Said(Kind::NothingFound)) } else { Ok(()) }
}
