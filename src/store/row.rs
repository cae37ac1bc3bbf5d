//! From rows to the model, through the trust door.

use rusqlite::Row;
use rusqlite::types::{FromSql, FromSqlResult, ValueRef};

use super::codec::bad_value;
use super::feed_settings;
use crate::model::{ArticleId, Feed, FeedAddress, FeedHealth, FeedId, Fold, FolderId, Headline, StoryId, Time};
use crate::text::trifles::same_headline;
use crate::text::{Clean, Link};

/// A text of the file, cleaned. Bytes that are not UTF-8 are replaced, not refused: one bad row must
/// not hide a list.
pub(super) struct Line(pub Clean);

impl FromSql for Line {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Ok(Self(Clean::new(&String::from_utf8_lossy(value.as_bytes()?))))
    }
}

/// A text of the file as it is, for what is compared or sent and never shown.
pub(super) struct Plain(pub String);

impl FromSql for Plain {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Ok(Self(String::from_utf8_lossy(value.as_bytes()?).into_owned()))
    }
}

/// A column that holds a line, or nothing.
pub(super) fn line(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Clean>> {
    Ok(row.get::<_, Option<Line>>(column)?.map(|line| line.0).filter(|line| !line.is_empty()))
}

/// A column that holds an address, or nothing; what is no address that Dateline opens is nothing.
pub(super) fn link(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Link>> {
    Ok(row.get::<_, Option<Plain>>(column)?.and_then(|text| Link::parse(&text.0)))
}

/// A column that holds a count, as unsigned; a negative one is 0.
pub(super) fn count(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    Ok(u64::try_from(row.get::<_, i64>(column)?).unwrap_or(0))
}

/// A count that fits 32 bits, or the largest that does.
pub(super) fn small(row: &Row<'_>, column: usize) -> rusqlite::Result<u32> {
    Ok(u32::try_from(count(row, column)?).unwrap_or(u32::MAX))
}

/// A column that holds a moment.
pub(super) fn time(row: &Row<'_>, column: usize) -> rusqlite::Result<Time> {
    Ok(Time(row.get(column)?))
}

/// A column that may hold a moment.
pub(super) fn maybe_time(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Time>> {
    Ok(row.get::<_, Option<i64>>(column)?.map(Time))
}

/// The columns of [`headline`], of `articles a JOIN feeds f`.
pub(super) const HEADLINE: &str = "a.id, a.feed, a.title, coalesce(a.source, f.own_title, f.title), a.link, \
     a.published, a.words, a.read, a.bookmarked, a.revisions, a.stub, a.lang, a.story, \
     CASE WHEN a.bookmarked THEN (SELECT b.complete FROM bookmarks b WHERE b.article = a.id) END, \
     (SELECT group_concat(t.name, char(10)) FROM article_tags x JOIN tags t ON t.id = x.tag WHERE x.article = a.id), \
     CASE WHEN a.revisions > 0 THEN (SELECT v.title FROM revisions v WHERE v.article = a.id AND v.trivial = 0 \
     AND v.title <> a.title ORDER BY v.id DESC LIMIT 1) END";

/// How many columns [`HEADLINE`] has.
pub(super) const HEADLINE_COLUMNS: usize = 16;

/// Reads the columns of [`HEADLINE`].
pub(super) fn headline(row: &Row<'_>) -> rusqlite::Result<Headline> {
    let title = line(row, 2)?.unwrap_or_else(|| Clean::new("(untitled)"));
    Ok(Headline {
        id: ArticleId(row.get(0)?),
        feed: FeedId(row.get(1)?),
        source: line(row, 3)?.unwrap_or_default(),
        link: link(row, 4)?,
        published: time(row, 5)?,
        words: small(row, 6)?,
        read: row.get(7)?,
        bookmarked: row.get(8)?,
        whole: row.get::<_, Option<bool>>(13)?.unwrap_or(false),
        revisions: small(row, 9)?,
        was: line(row, 15)?.filter(|was| !same_headline(was.as_str(), title.as_str())),
        stub: row.get(10)?,
        lang: line(row, 11)?,
        tags: tags(row, 14)?,
        fold: row.get::<_, Option<i64>>(12)?.map(|story| Fold {
            story: StoryId(story),
            sources: 0,
            articles: 0,
            copies: Vec::new(),
        }),
        title,
    })
}

/// Tags, a line each; a tag's name never holds a line break.
fn tags(row: &Row<'_>, column: usize) -> rusqlite::Result<Vec<Clean>> {
    let names = row.get::<_, Option<Plain>>(column)?.map(|names| names.0).unwrap_or_default();
    let mut tags: Vec<Clean> = names.lines().map(Clean::new).filter(|name| !name.is_empty()).collect();
    tags.sort();
    Ok(tags)
}

/// The columns of [`feed`], of `feeds`; those of [`feed_settings`] at the end.
pub(super) const FEED: &str = "id, address, coalesce(own_title, title), site, description, lang, folder, total, unread, \
     checked, succeeded, error, failures, full_text, fold_copies, unread_on_change, keep_days, own_minutes";

/// Reads the columns of [`FEED`].
pub(super) fn feed(row: &Row<'_>) -> rusqlite::Result<Feed> {
    let address = row.get::<_, Plain>(1)?.0;
    let address = FeedAddress::parse(&address)
        .ok_or_else(|| bad_value("a feed's address is none".to_owned()))
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(1, rusqlite::types::Type::Text, Box::new(error)))?;
    Ok(Feed {
        id: FeedId(row.get(0)?),
        title: line(row, 2)?.unwrap_or_else(|| Clean::new(address.as_str())),
        address,
        site: link(row, 3)?,
        description: line(row, 4)?,
        lang: line(row, 5)?,
        folder: row.get::<_, Option<i64>>(6)?.map(FolderId),
        total: count(row, 7)?,
        unread: count(row, 8)?,
        settings: feed_settings::read(row, 13)?,
        health: FeedHealth {
            checked: maybe_time(row, 9)?,
            succeeded: maybe_time(row, 10)?,
            error: line(row, 11)?,
            failures: small(row, 12)?,
        },
    })
}
