//! `dateline feeds`: what one is subscribed to, and how it fares; names, folders, and letting go.

use std::collections::HashMap;

use serde::Serialize;

use super::feed_args::{FeedsCommand, YesNo};
use super::output::Outcome;
use super::records::{DoneRecord, FeedRecord, VERSION};
use super::{Context, items, list, pick};
use crate::clean;
use crate::model::{Feed, FeedSettings, FolderId};
use crate::ops::feeds::Into;
use crate::ops::{self, Failure, Kind};
use crate::text::width::{fit, width};
use crate::text::{Clean, CleanText};

/// What is set for a feed alone; `null` is what holds for all.
#[derive(Serialize)]
struct SettingsRecord<'a> {
    v: u8,
    id: i64,
    url: &'a str,
    title: &'a Clean,
    full_text: bool,
    fold_copies: bool,
    unread_on_change: bool,
    keep_days: Option<u32>,
    refresh_minutes: Option<u32>,
}

/// The widest a title is set.
const TITLE_COLUMNS: usize = 32;

pub(super) fn run(context: &mut Context) -> Outcome {
    let reader = context.reader()?;
    let sources = ops::read::sources(&reader)?;
    if sources.feeds.is_empty() {
        return Err(list::nothing(false, "there are no feeds yet").into());
    }
    let folders: HashMap<FolderId, Clean> = sources.paths().into_iter().collect();
    let longest = sources.feeds.iter().map(|feed| width(feed.title.as_str())).max().unwrap_or(0);
    let titles = longest.clamp(TITLE_COLUMNS / 4, TITLE_COLUMNS);
    if let Some(columns) = context.out.columns().filter(|_| !context.out.json()) {
        let head = row(["ID", "UNREAD/ALL", "FEED", "ADDRESS, OR TROUBLE"], titles, columns);
        context.out.text(&CleanText::new(&head))?;
    }
    for feed in &sources.feeds {
        let folder = feed.folder.and_then(|id| folders.get(&id));
        let out = &mut context.out;
        if out.json() {
            out.record(&FeedRecord::new(feed, folder))?;
        } else if let Some(columns) = out.columns() {
            out.text(&CleanText::new(&line(feed, titles, columns)))?;
        } else {
            let error = feed.health.error.clone().unwrap_or_default();
            let counts =
                [feed.id.0.to_string(), feed.unread.to_string(), feed.total.to_string()].map(|n| clean!("{n}"));
            let [id, unread, total] = counts;
            out.fields(&[id, unread, total, clean!("{}", feed.address), feed.title.clone(), error])?;
        }
    }
    Ok(())
}

/// Renames, moves or removes.
pub(super) fn edit(context: &mut Context, what: &FeedsCommand) -> Outcome {
    let mut store = context.store()?;
    let feeds = ops::read::sources(store.reader())?.feeds;
    match what {
        FeedsCommand::Rename { feed, name, own: _ } => {
            let feed = one(&feeds, feed)?;
            let name = name.as_deref().map(Clean::new);
            ops::feeds::rename(&mut store, feed.id, name.as_ref())?;
            let title = store.reader().feed(feed.id)?.map_or_else(Clean::default, |feed| feed.title);
            tell(context, feed, &clean!("{} is called {title} now", feed.title))
        }
        FeedsCommand::Remove { feeds: names } => each(context, names, |context, name| {
            let feed = one(&feeds, name)?;
            ops::feeds::leave(&mut store, feed.id, context.now)?;
            tell(
                context,
                feed,
                &clean!("unsubscribed from {}; `dateline add {}` takes it back", feed.title, quoted(feed)),
            )
        }),
        FeedsCommand::Changes { feeds: names, unread } => each(context, names, |context, name| {
            let feed = one(&feeds, name)?;
            let again = unread.map_or(feed.settings.unread_on_change, |unread| unread == YesNo::Yes);
            if unread.is_some() {
                ops::feeds::unread_on_change(&mut store, feed.id, again)?;
            }
            let what = if again { "makes them unread again" } else { "leaves them read" };
            let said = clean!("{}: a change of its articles {what}", feed.title);
            match unread {
                Some(_) => tell(context, feed, &said),
                None if context.out.json() => say_settings(context, feed, &feed.settings),
                None => context.out.line(&clean!("{said} (--unread yes or no sets it)")),
            }
        }),
        FeedsCommand::Set(set) => each(context, &set.feeds, |context, name| {
            let feed = one(&feeds, name)?;
            if !feed.address.is_fetched() {
                let failure = Failure::new(Kind::Usage, clean!("{} is no feed that one subscribes to", feed.title));
                return Err(failure.into());
            }
            let settings = set.over(&feed.settings);
            if settings != feed.settings {
                ops::feeds::set(&mut store, feed.id, &settings)?;
            }
            say_settings(context, feed, &settings)
        }),
        FeedsCommand::Move { feeds: names, to, out: _ } => {
            let into = to.as_deref().map_or(Into::NoFolder, |name| Into::Named(Clean::new(name)));
            each(context, names, |context, name| {
                let feed = one(&feeds, name)?;
                ops::feeds::file(&mut store, feed.id, &into)?;
                let place = to.as_deref().map_or_else(|| "in no folder".into(), |name| clean!("in {name}"));
                tell(context, feed, &clean!("{} is {place} now", feed.title))
            })
        }
    }
}

/// What is set for a feed alone.
fn say_settings(context: &mut Context, feed: &Feed, settings: &FeedSettings) -> Outcome {
    let FeedSettings { full_text, fold_copies, unread_on_change, keep_days, minutes } = *settings;
    if context.out.json() {
        let address = feed.address.as_str();
        let (v, id, title) = (VERSION, feed.id.0, &feed.title);
        return context.out.record(&SettingsRecord {
            v,
            id,
            url: address,
            title,
            full_text,
            fold_copies,
            unread_on_change,
            keep_days,
            refresh_minutes: minutes,
        });
    }
    let mut said = vec![
        Clean::new(if full_text { "full texts are always fetched" } else { "full texts are fetched when asked for" }),
        Clean::new(if fold_copies { "copies are folded" } else { "copies are not folded" }),
        Clean::new(if unread_on_change { "what changes is unread again" } else { "what changes stays read" }),
    ];
    said.push(match keep_days {
        None => Clean::new("articles are kept as usual"),
        Some(0) => Clean::new("articles are kept for ever"),
        Some(1) => Clean::new("articles are kept for a day"),
        Some(days) => clean!("articles are kept for {days} days"),
    });
    said.push(match minutes {
        None => Clean::new("it is fetched as usual"),
        Some(0) => Clean::new("it is fetched only when asked for"),
        Some(1) => Clean::new("it is fetched every minute at the most"),
        Some(minutes) => clean!("it is fetched every {minutes} minutes at the most"),
    });
    let said: Vec<&str> = said.iter().map(Clean::as_str).collect();
    context.out.line(&clean!("{}: {}", feed.title, said.join("; ")))
}

/// The address of a feed as one may put it on a command line: it comes from outside, and must mean
/// nothing to a shell.
fn quoted(feed: &Feed) -> Clean {
    clean!("'{}'", feed.address.as_str().replace('\'', r"'\''"))
}

fn each(context: &mut Context, names: &[String], each: impl FnMut(&mut Context, &String) -> Outcome) -> Outcome {
    items::each(context, names, |name| Clean::new(name), each)
}

/// The one feed that a name means: to change several by a part of their names would be a surprise.
fn one<'a>(feeds: &'a [Feed], name: &str) -> Result<&'a Feed, Failure> {
    match pick::feeds(feeds, name)?.as_slice() {
        [feed] => Ok(feed),
        several => {
            let titles: Vec<String> = several.iter().map(|feed| format!("{} {}", feed.id.0, feed.title)).collect();
            Err(Failure::new(Kind::Usage, clean!("“{name}” may be {}", titles.join(", ")))
                .hint("name it by its number or its address"))
        }
    }
}

fn tell(context: &mut Context, feed: &Feed, said: &Clean) -> Outcome {
    if context.out.json() {
        let record = DoneRecord::new(feed.address.as_str());
        return context.out.record(&DoneRecord { id: Some(feed.id.0), kind: Some("feed"), ..record });
    }
    context.out.line(said)
}

/// A feed for people: number, unread and all, title, and its trouble or its address.
fn line(feed: &Feed, titles: usize, columns: usize) -> String {
    let about = match &feed.health.error {
        Some(error) => format!("! {error}"),
        None => feed.address.to_string(),
    };
    let counts = format!("{}/{}", feed.unread, feed.total);
    row([&feed.id.0.to_string(), &counts, feed.title.as_str(), &about], titles, columns)
}

/// A row of at most `columns`, of which titles take so many. What stands last takes what is left and is
/// shortened by itself: cut as a whole, a row would lose all of an address, which has no spaces, and end
/// after its title.
fn row([id, counts, title, about]: [&str; 4], titles: usize, columns: usize) -> String {
    let before = format!("{id:>5} {counts:>12}  {}  ", list::padded(title, titles));
    let about = fit(about, columns.saturating_sub(width(&before)));
    fit(format!("{before}{about}").trim_end(), columns).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_shortened_by_itself() {
        let address = "https://www.asia-plus.example/en/news/rss/all-of-it.xml";
        let short = row(["3", "12/40", "Asia-Plus", address], 32, 80);
        assert_eq!(width(&short), 80);
        assert!(short.contains("Asia-Plus  ") && short.ends_with("  https://www.asia-plus.exa…"), "{short}");
        assert!(row(["3", "12/40", "Asia-Plus", address], 9, 100).ends_with(address));
        let trouble = row(["3", "0/0", "Asia-Plus", "! the host does not answer"], 32, 70);
        assert!(trouble.ends_with("! the host does…"), "{trouble}");
        for columns in 0..60 {
            assert!(width(&row(["3", "12/40", "Asia-Plus", address], 32, columns)) <= columns);
        }
    }
}
