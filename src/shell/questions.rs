//! Answering questions from the store: the same for the workers and for tests without threads.

use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::app::layout::lay_out;
use crate::app::{Answer, Question, Sources};
use crate::model::Time;
use crate::ops::{self, Failure};
use crate::store::Reader;

/// Answers a question at the moment `now`. `limit` is the most related items.
///
/// # Errors
/// Where the store fails, or was interrupted because the answer is no longer wanted.
pub fn answer(
    reader: &Reader,
    question: &Question,
    now: Time,
    zone: &TimeZone,
    limit: usize,
) -> Result<Answer, Failure> {
    Ok(match question {
        Question::Page { view, anchor, limit } => Answer::Page(ops::read::page(reader, view, *anchor, *limit, now)?),
        Question::Article { id, measure } => Answer::Article(ops::read::article(reader, *id)?.map(|article| {
            let laid_out = Arc::new(lay_out(&article, *measure, zone));
            (Arc::new(article), laid_out)
        })),
        Question::Layout { article, measure } => Answer::LaidOut(Arc::new(lay_out(article, *measure, zone))),
        Question::Related { id } => {
            let items = ops::related::related(reader, *id, limit)?;
            Answer::Related(items, reader.article_count()?)
        }
        Question::Sources => {
            let found = ops::read::sources(reader)?;
            let folders = found.folders.into_iter().map(|folder| (folder.id, folder.name)).collect();
            let (total, unread, bookmarked) = (found.total, found.unread, found.bookmarked);
            Answer::Sources(Sources {
                feeds: found.feeds,
                folders,
                total,
                unread,
                bookmarked,
                tags: ops::read::tags(reader)?,
                langs: ops::read::languages(reader)?,
                searched: ops::searches::remembered(reader)?,
            })
        }
    })
}
