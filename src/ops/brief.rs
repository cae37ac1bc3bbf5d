//! The brief: what happened since a moment, most told first, with an end.

use super::{Failure, stories};
use crate::model::{Brief, BriefItem, Time};
use crate::related::novel::Told;
use crate::store::{Reader, Safety, Store};

/// The key under which the time of the last visit is kept.
const VISIT: &str = "visit.last";

/// How far back the first brief looks, in seconds.
const FIRST: i64 = crate::model::time::DAY;

/// What arrived since `since`, at most `limit` stories: those that most independent sources tell
/// first (by their own texts, each counted once), then those with most articles, then the newest. Linear in what
/// arrived since then.
///
/// # Errors
/// That the store cannot be read, or an interruption.
pub fn brief(reader: &Reader, since: Time, now: Time, limit: usize) -> Result<Brief, Failure> {
    reader.at_once(|| {
        let mut told = reader.told_since(since, now)?;
        let total = told.len() as u64;
        told.truncate(limit);
        let mut items = Vec::with_capacity(told.len());
        for since_then in told {
            let Some(headline) = reader.headlines(&[since_then.front])?.pop() else { continue };
            let mut so_far = Told::default();
            for earlier in reader.members(since_then.story)?.iter().rev() {
                if since_then.articles.contains(&earlier.id) {
                    continue;
                }
                stories::newly_said(reader, &mut so_far, earlier)?;
            }
            let new = stories::newly_said(reader, &mut so_far, &headline)?;
            items.push(BriefItem {
                story: since_then.story,
                headline,
                sources: since_then.sources,
                articles: u32::try_from(since_then.articles.len()).unwrap_or(u32::MAX),
                new,
            });
        }
        Ok(Brief { since, stories: items, total })
    })
}

/// When the reader was last left; a day before `now` where it never was.
///
/// # Errors
/// That the store cannot be read.
pub fn last_visit(reader: &Reader, now: Time) -> Result<Time, Failure> {
    let kept = reader.state(VISIT)?;
    let visit = kept.and_then(|kept| kept.untrusted().parse::<i64>().ok()).map(Time);
    Ok(visit.filter(|visit| *visit <= now).unwrap_or(Time(now.0.saturating_sub(FIRST))))
}

/// Whether the reader was ever left before.
///
/// # Errors
/// That the store cannot be read.
pub fn visited(reader: &Reader) -> Result<bool, Failure> {
    Ok(reader.state(VISIT)?.is_some())
}

/// Notes that the reader is left: the next brief begins here.
///
/// # Errors
/// That the store cannot be written.
pub fn leave(store: &mut Store, now: Time) -> Result<(), Failure> {
    Ok(store.write(Safety::Refresh, "noting the visit", |w| w.set_state(VISIT, Some(&now.0.to_string())))?)
}
