//! `dateline copies`: texts that several sources carry.

use std::collections::BTreeMap;

use super::Context;
use super::list_args::ListFormat;
use super::output::Outcome;
use super::stories::pairs;
use super::tellings::CopiesRecord;
use crate::clean;
use crate::model::ArticleId;
use crate::ops::{self, Failure, Kind};
use crate::text::{Clean, CleanText};

pub(super) fn run(context: &mut Context, format: ListFormat) -> Outcome {
    let format = if context.out.json() { ListFormat::Json } else { format };
    let reader = context.settled()?;
    if format == ListFormat::Tsv {
        return pairs(context, &reader, |reader, take| ops::stories::copies(reader, |id, first| take(id, first.0)));
    }
    let mut groups: BTreeMap<ArticleId, Vec<ArticleId>> = BTreeMap::new();
    ops::stories::copies(&reader, |id, first| {
        groups.entry(first).or_default().push(id);
        Ok(())
    })?;
    groups.retain(|_, members| members.len() > 1);
    for members in groups.values() {
        let rows = reader.headlines(members)?;
        let front = reader.without_copies(rows.clone())?.into_iter().next();
        let Some(shown) = front.or_else(|| rows.first().cloned()) else { continue };
        let under: Vec<ArticleId> = rows.iter().map(|row| row.id).filter(|id| *id != shown.id).collect();
        let mut also_in: Vec<Clean> = Vec::new();
        for row in rows.into_iter().filter(|row| row.id != shown.id) {
            if row.source != shown.source && !also_in.contains(&row.source) {
                also_in.push(row.source);
            }
        }
        if format == ListFormat::Json {
            context.out.record(&CopiesRecord::new(&shown, &under, &also_in))?;
            continue;
        }
        let names: Vec<&str> = also_in.iter().map(Clean::as_str).collect();
        let also =
            if names.is_empty() { clean!("{} times", under.len() + 1) } else { clean!("also in {}", names.join(", ")) };
        let text = format!("{:>7}  {}\n         {} · {also}", shown.id.0, shown.title, shown.source);
        context.out.text(&CleanText::new(&text))?;
    }
    if groups.is_empty() {
        return Err(Failure::new(Kind::NothingFound, "no text is stored twice").into());
    }
    Ok(())
}
