//! `dateline extract`: what Dateline makes of a page.

use std::path::Path;

use super::output::{Exit, Outcome, Output, complain};
use super::records::ExtractRecord;
use super::{Context, fetch, file};
use crate::clean;
use crate::extract::{self, Extracted, NotAnArticle};
use crate::model::Time;
use crate::ops::{self, Failure, Kind, export};
use crate::text::{Clean, CleanText, Link};

pub(super) fn run(context: &mut Context, page: &str) -> Outcome {
    let (name, result) = if let Some(address) = fetch::address(page) {
        let fetched = fetch::page(&context.config, &address)?;
        (clean!("{address}"), ops::full_text::extract(&fetched, &context.config.sites))
    } else {
        let path = Path::new(page);
        let bytes = file::read(path)?;
        (
            file::name(path),
            extract::saved(&bytes, path.file_name().and_then(|name| name.to_str()), &context.config.sites),
        )
    };
    match result {
        Ok(page) if context.out.json() => context.out.record(&ExtractRecord::new(&page)),
        Ok(page) => write(context, &page),
        Err(none) => no_article(&mut context.out, &name, none),
    }
}

/// There is no story; headlines are still an answer.
fn no_article(out: &mut Output, name: &Clean, none: NotAnArticle) -> Outcome {
    let failure = failure(name, &none);
    let NotAnArticle::AllHeadlines(related) = none else { return Err(failure.into()) };
    let page = Extracted { related, ..Extracted::default() };
    if out.json() {
        out.record(&ExtractRecord::new(&page))?;
    } else {
        write_headlines(out, &page)?;
    }
    out.flush()?;
    complain(&failure);
    Err(Exit::Said(failure.kind))
}

/// Why a page gave no article, and what to do about it.
fn failure(name: &Clean, none: &NotAnArticle) -> Failure {
    let (kind, hint) = match none {
        NotAnArticle::Empty => (Kind::NothingFound, "is it the right file?"),
        NotAnArticle::AllHeadlines(_) => (Kind::NothingFound, "open one of its stories and give that page"),
        NotAnArticle::Gated(gate) => (Kind::NothingFound, gate.advice()),
        NotAnArticle::NotText(_) => (Kind::Data, "give a page (HTML) or a text"),
        NotAnArticle::TooLarge(..) => (Kind::Data, "is it the right file? A page is far smaller"),
    };
    Failure::new(kind, clean!("“{name}” has no article: {none}")).hint(hint)
}

fn write(context: &mut Context, page: &Extracted) -> Outcome {
    let columns = context.out.columns().map(|columns| columns.min(usize::from(context.config.text_width)));
    let date = page.published.map(|time: Time| time.format("%-d %B %Y", &context.zone));
    let out = &mut context.out;
    out.line(&page.title)?;
    if let Some(standfirst) = &page.standfirst {
        out.line(standfirst)?;
    }
    let credits = [page.byline.clone(), page.site.clone(), page.dateline.clone(), date];
    let credits: Vec<&str> = credits.iter().flatten().map(Clean::as_str).collect();
    if !credits.is_empty() {
        out.line(&clean!("{}", credits.join(" · ")))?;
    }
    if page.body_start > 0 {
        out.line(&clean!("lines {} to {}", page.body_start, page.body_end))?;
    }
    out.line(&Clean::default())?;
    out.text(&export::document_text(&page.document, columns))?;
    if let Some(gate) = page.gate {
        out.line(&clean!("[{gate}: {}]", gate.advice()))?;
    }
    write_headlines(out, page)?;
    if !page.dropped.is_empty() {
        out.text(&CleanText::new("\nLeft out:"))?;
    }
    for dropped in &page.dropped {
        let line = if dropped.line > 0 { clean!("line {}: ", dropped.line) } else { Clean::default() };
        out.text(&CleanText::new(&format!("  {line} {} ({})", dropped.text, dropped.why)))?;
    }
    Ok(())
}

fn write_headlines(out: &mut Output, page: &Extracted) -> Outcome {
    if !page.related.is_empty() {
        out.text(&CleanText::new("\nOther headlines on the page:"))?;
    }
    for headline in &page.related {
        let link = headline.link.as_ref().map(|link: &Link| format!(" <{link}>")).unwrap_or_default();
        out.text(&CleanText::new(&format!("  {}{link}", headline.title)))?;
    }
    Ok(())
}
