//! Answering questions from the store: the same for the workers and for tests without threads.

use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::app::layout::lay_out;
use crate::app::notifying::Match;
use crate::app::piping::WrittenOut;
use crate::app::quoting;
use crate::app::{Answer, Question, Sources};
use crate::model::Time;
use crate::ops::{self, Failure};
use crate::store::Reader;

/// The most stories of a brief: what can be gone through in one go.
const BRIEF: usize = 25;

/// Answers a question at the moment `now`.
///
/// # Errors
/// Where the store fails, or was interrupted because the answer is no longer wanted.
pub fn answer(reader: &Reader, question: &Question, now: Time, zone: &TimeZone) -> Result<Answer, Failure> {
    Ok(match question {
        Question::Page { view, anchor, limit } => {
            Answer::Page(ops::read::page_soon(reader, view, *anchor, *limit, now)?)
        }
        Question::Article { id, measure, kind, change } => {
            let article = match change {
                Some(back) => ops::changes::changed(reader, *id, *back)?,
                None => ops::read::article_as(reader, *id, *kind)?,
            };
            Answer::Article(article.map(|article| {
                let laid_out = Arc::new(lay_out(&article, measure, zone));
                (Arc::new(article), laid_out)
            }))
        }
        Question::Layout { article, measure } => Answer::LaidOut(Arc::new(lay_out(article, measure, zone))),
        Question::Related { id, limit } => {
            let items = ops::beside::beside(reader, *id, *limit)?;
            Answer::Related(items, reader.article_count()?)
        }
        Question::Stories { scope, anchor, limit } => {
            Answer::Stories(ops::stories::page(reader, *scope, *anchor, *limit)?)
        }
        Question::Members { story } => Answer::Members(ops::beside::unfolded(reader, *story)?),
        Question::Timeline { article } => Answer::Timeline(match ops::stories::of(reader, *article)? {
            Some(story) => Some(ops::stories::timeline(reader, story)?),
            None => None,
        }),
        Question::Brief => {
            let visited = ops::brief::visited(reader)?;
            let since = ops::brief::last_visit(reader, now)?;
            Answer::Brief(ops::brief::brief(reader, since, now, BRIEF)?, visited)
        }
        Question::Mutes { article } => {
            let names = article.map(|article| ops::beside::names(reader, article)).transpose()?;
            Answer::Mutes(names.unwrap_or_default(), ops::mute::list(reader, now)?)
        }
        Question::Quotations { laid_out, lang } => {
            Answer::Quotations(laid_out.clone(), quoting::of(laid_out, lang.as_ref()))
        }
        Question::Doomed { feed, days } => Answer::Doomed(reader.doomed_of(*feed, *days, now)?),
        Question::Linked { link } => Answer::Linked(link.clone(), ops::read::linked(reader, link)?),
        Question::WrittenOut { id, form } => {
            let article = ops::read::article_as(reader, *id, None)?;
            Answer::WrittenOut(match article {
                Some(article) => {
                    let text = ops::export::written(reader, &article, *form, zone)?;
                    Some(WrittenOut { article: Arc::new(article), text })
                }
                None => None,
            })
        }
        Question::Memory => Answer::Memory(ops::memory::remembered(reader)?),
        Question::Matches { after } => {
            let (found, newest) = ops::saved::matches(reader, *after, now)?;
            let found = found.into_iter().map(|(name, many, title)| Match { name, many, title });
            Answer::Matches(found.collect(), newest)
        }
        Question::SavedCounts => Answer::SavedCounts(ops::saved::unread(reader, now)?),
        Question::Sources => {
            let found = ops::read::sources(reader)?;
            let folders = found.paths();
            let (total, unread, bookmarked) = (found.total, found.unread, found.bookmarked);
            Answer::Sources(Sources {
                feeds: found.feeds,
                folders,
                total,
                unread,
                bookmarked,
                saved: ops::saved::list(reader)?,
                tags: ops::read::tags(reader)?,
                langs: ops::read::languages(reader)?,
                searched: ops::searches::remembered(reader)?,
            })
        }
    })
}
