//! `dateline brief`: what happened since the last visit.

use super::output::Outcome;
use super::stories::many;
use super::tellings::DevelopmentRecord;
use super::told::{BriefArgs, BriefFormat};
use super::{Context, when};
use crate::clean;
use crate::model::{Brief, BriefItem};
use crate::ops::export::markdown_escaped;
use crate::ops::{self, Failure, Kind};
use crate::text::{Clean, CleanText, Link};

pub(super) fn run(context: &mut Context, what: &BriefArgs) -> Outcome {
    let format = if context.out.json() { BriefFormat::Json } else { what.format };
    let reader = context.settled()?;
    let since = match &what.since {
        Some(given) => when::past(given, context.now, &context.zone)?,
        None => ops::brief::last_visit(&reader, context.now)?,
    };
    let brief = ops::brief::brief(&reader, since, context.now, what.limit as usize)?;
    let from = since.format("%-d %B %Y, %H:%M", &context.zone);
    if brief.stories.is_empty() {
        return Err(Failure::new(Kind::NothingFound, clean!("nothing has come since {from}"))
            .hint("`dateline refresh` fetches what is new; --since looks further back")
            .into());
    }
    match format {
        BriefFormat::Json => {
            brief.stories.iter().try_for_each(|item| context.out.record(&DevelopmentRecord::of_brief(item)))
        }
        BriefFormat::Markdown => context.out.text(&CleanText::new(&markdown(&brief, &from))),
        BriefFormat::Text => context.out.text(&CleanText::new(&text(&brief, &from, context))),
    }
}

/// What a line of the brief says of its item besides the headline.
fn facts(item: &BriefItem) -> String {
    if item.articles == 1 {
        return item.headline.source.to_string();
    }
    format!("{} · {} · {}", item.headline.source, many(item.sources, "source"), many(item.articles, "article"))
}

/// How much more there is than is shown.
fn rest(brief: &Brief) -> Option<String> {
    let more = brief.total.saturating_sub(brief.stories.len() as u64);
    (more > 0).then(|| format!("and {more} more"))
}

fn text(brief: &Brief, from: &Clean, context: &Context) -> String {
    let mut out = format!("Since {from}\n");
    for item in &brief.stories {
        let age = item.headline.published.age(context.now, &context.zone);
        out.push_str(&format!(
            "\n{:>7}  {}\n         {} · {age}\n",
            item.headline.id.0,
            item.headline.title,
            facts(item)
        ));
        if let Some(new) = &item.new {
            out.push_str(&format!("         {new}\n"));
        }
    }
    out.extend(rest(brief).map(|rest| format!("\n{rest}\n")));
    out.trim_end().to_owned()
}

fn markdown(brief: &Brief, from: &Clean) -> String {
    let mut out = format!("# Since {from}\n");
    for item in &brief.stories {
        let title = markdown_escaped(item.headline.title.as_str());
        let title = match &item.headline.link {
            Some(link) => format!("[{title}](<{}>)", Link::as_str(link)),
            None => title,
        };
        out.push_str(&format!("\n- **{title}**  \n  {}\n", markdown_escaped(&facts(item))));
        if let Some(new) = &item.new {
            out.push_str(&format!("\n  {}\n", markdown_escaped(new.as_str())));
        }
    }
    out.extend(rest(brief).map(|rest| format!("\n{rest}\n")));
    out.trim_end().to_owned()
}
