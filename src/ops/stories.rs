//! Stories: the list of them, their articles, and a story told in order of time.

use super::Failure;
use crate::config::Config;
use crate::model::{Anchor, ArticleId, Development, Headline, Scope, StoryId, StoryPage, Timeline};
use crate::related::novel::Told;
use crate::store::{Reader, Safety, Store};
use crate::text::{Clean, Lang};

/// A page of the stories that several articles tell, newest development first: of all feeds, or those
/// that have an article in one feed or folder. Anchors are [`Story::key`](crate::model::Story::key)s.
///
/// # Errors
/// That the store cannot be read, or an interruption. So with the others.
pub fn page(reader: &Reader, scope: Scope, anchor: Anchor, limit: usize) -> Result<StoryPage, Failure> {
    Ok(reader.stories(scope, anchor, limit)?)
}

/// The articles of a story, newest first; of an article that stands alone, itself. Linear in their
/// number.
///
/// # Errors
/// As [`page`].
pub fn members(reader: &Reader, story: StoryId) -> Result<Vec<Headline>, Failure> {
    Ok(reader.members(story)?)
}

/// The story of an article; `None` if it is not stored any more.
///
/// # Errors
/// As [`page`].
pub fn of(reader: &Reader, article: ArticleId) -> Result<Option<StoryId>, Failure> {
    Ok(reader.story_of(article)?)
}

/// A story in order of time, each text once, with the sentence of each article that says most that was
/// not said before. Linear in the length of its texts. Without developments if there is no such story.
///
/// # Errors
/// As [`page`], or that a text cannot be read.
pub fn timeline(reader: &Reader, story: StoryId) -> Result<Timeline, Failure> {
    reader.at_once(|| {
        let mut members = reader.members(story)?;
        members.reverse();
        let newest = reader.story(story)?.map(|story| story.front.title);
        let headline = newest.or_else(|| members.last().map(|member| member.title.clone())).unwrap_or_default();
        let mut told = Told::default();
        let mut developments = Vec::with_capacity(members.len());
        for headline in reader.without_copies(members)? {
            let new = newly_said(reader, &mut told, &headline)?;
            let copies = headline.fold.as_ref().map_or(Vec::new(), |fold| fold.copies.clone());
            developments.push(Development { headline, new, copies });
        }
        Ok(Timeline { story, headline, developments })
    })
}

/// The sentence of an article that says most of what was not told before; it is told then.
pub(super) fn newly_said(reader: &Reader, told: &mut Told, headline: &Headline) -> Result<Option<Clean>, Failure> {
    let Some(article) = reader.article(headline.id)? else { return Ok(None) };
    let body = article.document.plain_text();
    let lang = headline.lang.as_ref().and_then(|code| Lang::from_code(code.as_str()));
    Ok(told.tell(headline.title.as_str(), &body, lang).map(Clean::new))
}

/// Every article with its story, in order of article, handed to `take`; for evaluation and export.
///
/// # Errors
/// As [`page`], or what `take` returns.
pub fn all(reader: &Reader, mut take: impl FnMut(ArticleId, StoryId) -> Result<(), Failure>) -> Result<(), Failure> {
    reader.at_once(|| reader.each_in_groups(|article, story, _| take(article, story)))
}

/// Every article with the first of those that have its text, in order of article, handed to `take`.
///
/// # Errors
/// As [`all`].
pub fn copies(
    reader: &Reader,
    mut take: impl FnMut(ArticleId, ArticleId) -> Result<(), Failure>,
) -> Result<(), Failure> {
    reader.at_once(|| reader.each_in_groups(|article, _, first| take(article, first)))
}

/// What the person prefers about stories and copies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// The sources to read a text from that several carry, the first most.
    pub sources: Vec<Clean>,
    /// Whether marking an article read marks its copies.
    pub mark_copies: bool,
}

impl From<&Config> for Preferences {
    fn from(config: &Config) -> Self {
        Self { sources: config.preferred_sources.clone(), mark_copies: config.mark_copies }
    }
}

/// Notes what the person prefers; linear in the texts that several sources carry when the sources have
/// changed, and no work when nothing has.
///
/// # Errors
/// That the store cannot be written.
pub fn prefer(store: &mut Store, preferences: &Preferences) -> Result<(), Failure> {
    if store.reader().prefers(&preferences.sources, preferences.mark_copies)? {
        return Ok(());
    }
    Ok(store.write(Safety::Refresh, "noting what is preferred", |w| {
        w.prefer_copies(preferences.mark_copies)?;
        w.prefer(&preferences.sources)
    })?)
}

/// How many articles wait to be put into stories.
///
/// # Errors
/// As [`page`].
pub fn waiting(reader: &Reader) -> Result<u64, Failure> {
    Ok(reader.waiting()?)
}

/// Puts some of the articles that wait for it into stories (after a bulk import, and in a store of an
/// earlier version); says how many still wait. To be called until that is 0; each time takes about a
/// tenth of a second.
///
/// # Errors
/// That the store cannot be written.
pub fn catch_up(store: &mut Store) -> Result<u64, Failure> {
    Ok(store.judge_waiting()?)
}
