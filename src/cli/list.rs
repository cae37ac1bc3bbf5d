//! `dateline list`: headlines, newest first.

use jiff::tz::TimeZone;

use super::Context;
use super::list_args::List;
use super::output::{Outcome, Output};
use super::records::{ArticleRecord, Feeds};
use crate::clean;
use crate::model::{Anchor, Headline, Only, Order, Page, Time, View};
use crate::ops::{self, Failure, Kind};
use crate::store::Reader;
use crate::text::CleanText;
use crate::text::width::{fit, width};

/// Rows asked of the store at a time: some milliseconds' worth, so that the first lines come at once
/// and memory stays small however many there are.
const ROWS: usize = 500;

/// The widest a source is set.
const SOURCE_COLUMNS: usize = 20;

pub(super) fn run(context: &mut Context, what: &List) -> Outcome {
    let reader = context.reader()?;
    let query = what.query.as_deref().map(|typed| ops::saved::resolve(&reader, typed)).transpose()?;
    let only = match (what.unread, what.bookmarks) {
        (true, _) => Only::Unread,
        (_, true) => Only::Bookmarked,
        _ => Only::All,
    };
    let asked = query.is_some() || only != Only::All;
    let view = View { only, query, news: !what.all, ..View::default() };
    let mut writer = Headlines::new(context, &reader)?;
    writer.write_all(&view, what.limit, context)?;
    if writer.written > 0 {
        return Ok(());
    }
    Err(unless_muted(nothing(asked, "there are no articles yet"), &reader, view, context.now)?.into())
}

/// The same failure; where what was asked for is there but muted, it says so, lest it seem lost.
pub(super) fn unless_muted(failure: Failure, reader: &Reader, view: View, now: Time) -> Result<Failure, Failure> {
    let all = view.query.is_none() && view.only == Only::All;
    Ok(match ops::mute::hidden(reader, view, now)? {
        0 => failure,
        _ if all => Failure::new(Kind::NothingFound, "everything that is stored is muted")
            .hint("`dateline list is:muted` lists it, `dateline mute list` says what is muted"),
        1 => failure.hint("1 article that is muted matches; add is:muted to see it"),
        muted => failure.hint(clean!("{muted} articles that are muted match; add is:muted to see them")),
    })
}

/// Nothing is there to be listed.
pub(super) fn nothing(asked: bool, otherwise: &str) -> Failure {
    if asked {
        Failure::new(Kind::NothingFound, "nothing matches").hint("`dateline list` lists everything")
    } else {
        Failure::new(Kind::NothingFound, otherwise)
            .hint("`dateline add URL` subscribes to a feed or to the feeds of a site")
            .hint("`dateline import FILE` takes in a list of feeds or a saved page")
    }
}

/// Writes headlines in the way that was asked for.
pub(super) struct Headlines<'a> {
    reader: &'a Reader,
    feeds: Feeds,
    now: Time,
    zone: TimeZone,
    pub(super) written: usize,
}

impl<'a> Headlines<'a> {
    pub(super) fn new(context: &Context, reader: &'a Reader) -> Result<Self, Failure> {
        let feeds = if context.out.json() { feeds(reader)? } else { Feeds::new() };
        Ok(Self { reader, feeds, now: context.now, zone: context.zone.clone(), written: 0 })
    }

    /// Writes the rows of a list, at most `limit`; 0 for all. Those of a list by relevance come at
    /// once, of any other some at a time.
    pub(super) fn write_all(&mut self, view: &View, limit: u32, context: &mut Context) -> Outcome {
        let mut left = if limit == 0 { usize::MAX } else { limit as usize };
        let mut anchor = Anchor::Newest;
        while left > 0 {
            let most = if view.order == Order::Relevance { left } else { left.min(ROWS) };
            let Page { rows, at_oldest, .. } = ops::read::page(self.reader, view, anchor, most, context.now)?;
            for headline in &rows {
                self.write(&mut context.out, headline)?;
            }
            left -= rows.len();
            match rows.last() {
                Some(last) if !at_oldest => anchor = Anchor::OlderThan(last.key()),
                _ => break,
            }
        }
        Ok(())
    }

    pub(super) fn write(&mut self, out: &mut Output, headline: &Headline) -> Outcome {
        self.written += 1;
        if out.json() {
            // It may have gone between the list and now.
            let Some(article) = ops::read::article(self.reader, headline.id)? else { return Ok(()) };
            return out.record(&ArticleRecord::new(&article, &self.feeds, false));
        }
        let Headline { id, title, source, published, .. } = headline;
        let Some(columns) = out.columns() else {
            return out.fields(&[clean!("{}", id.0), clean!("{published}"), source.clone(), title.clone()]);
        };
        let unread = if headline.read { ' ' } else { '•' };
        let bookmark = if headline.bookmarked { '*' } else { ' ' };
        let age = published.age(self.now, &self.zone);
        let source = padded(source.as_str(), SOURCE_COLUMNS);
        let line = format!("{:>7} {unread}{bookmark} {age:>8}  {source}  {title}", id.0);
        out.text(&CleanText::new(&fit(&line, columns)))
    }
}

/// The feeds by their numbers.
pub(super) fn feeds(reader: &Reader) -> Result<Feeds, Failure> {
    Ok(ops::read::sources(reader)?.feeds.into_iter().map(|feed| (feed.id, feed)).collect())
}

/// `text` in exactly that many columns.
pub(super) fn padded(text: &str, columns: usize) -> String {
    let text = fit(text, columns);
    let room = columns.saturating_sub(width(&text));
    format!("{text}{}", " ".repeat(room))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn padding_counts_columns() {
        assert_eq!(padded("水曜", 6), "水曜  ");
        assert_eq!(width(&padded("水曜日です", 6)), 6);
    }

    #[test]
    fn nothing_is_said_by_what_was_asked() {
        assert_eq!(nothing(true, "x").message.as_str(), "nothing matches");
        assert_eq!(nothing(false, "x").hints.len(), 2);
    }
}
