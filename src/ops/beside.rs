//! What stands beside an article: related news and, under it, the rest of its story.

use super::{Failure, related, stories};
use crate::model::{ArticleId, Headline, RelatedItem, Relation, StoryId};
use crate::related::{Index, reasons, term};
use crate::store::Reader;
use crate::text::{Clean, Lang, words};

/// The sidebar of an article: what shares its subject, best first, then what tells the same story:
/// who has the same text, one article of each other source (the one nearest in time), and the rest in
/// order of time. At most `limit` items of each part; none stands twice, and of copies one.
///
/// # Errors
/// That the store cannot be read, or an interruption.
pub fn beside(reader: &Reader, id: ArticleId, limit: usize) -> Result<Vec<RelatedItem>, Failure> {
    let all = match stories::of(reader, id)? {
        Some(story) => stories::members(reader, story)?,
        None => Vec::new(),
    };
    let members: Vec<ArticleId> = all.iter().map(|row| row.id).collect();
    let story = of_story(reader, all, id)?;
    let of_story = |item: &RelatedItem| members.contains(&item.headline.id);
    // The nearest articles are mostly those of the story, which have a place of their own.
    let near = related::related(reader, id, limit.saturating_add(members.len().min(limit)))?;
    let (same, mut items): (Vec<RelatedItem>, Vec<RelatedItem>) = near.into_iter().partition(of_story);
    items.truncate(limit);
    items.extend(story.into_iter().take(limit).map(|(headline, relation)| {
        let near = same.iter().find(|item| item.headline.id == headline.id);
        let (score, reasons) = near.map_or((0.0, Vec::new()), |item| (item.score, item.reasons.clone()));
        RelatedItem { headline, relation, score, reasons }
    }));
    Ok(items)
}

/// The rest of a story as the sidebar has it. Linear in its articles.
fn of_story(reader: &Reader, all: Vec<Headline>, id: ArticleId) -> Result<Vec<(Headline, Relation)>, Failure> {
    let Some(own) = all.iter().find(|row| row.id == id).cloned() else { return Ok(Vec::new()) };
    let copies = |row: &Headline| row.fold.as_ref().map_or(Vec::new(), |fold| fold.copies.clone());
    let names = copies(&own);
    let mut items = Vec::new();
    let same_text = |row: &&Headline| row.id != id && names.contains(&row.source) && copies(row).contains(&own.source);
    if let Some(mut copy) = all.iter().find(same_text).cloned() {
        if let Some(fold) = &mut copy.fold {
            fold.copies = names.iter().filter(|name| **name != copy.source).cloned().collect();
        }
        items.push((copy, Relation::Copy));
    }
    let texts: Vec<ArticleId> = all.iter().filter(same_text).map(|row| row.id).collect();
    let again = all.clone();
    let mut rest = reader.without_copies(all)?;
    rest.retain(|row| row.id != id && !texts.contains(&row.id));
    // Nearest in time first, so that the first of each source is the one beside this article.
    rest.sort_by_key(|row| row.published.0.abs_diff(own.published.0));
    let mut sources = vec![own.source];
    let (others, mut rest): (Vec<Headline>, Vec<Headline>) = rest.into_iter().partition(|row| {
        let first = !sources.contains(&row.source);
        if first {
            sources.push(row.source.clone());
        }
        first
    });
    rest.sort_by_key(Headline::key);
    items.extend(others.into_iter().chain(rest).map(|row| (row, Relation::Story)));
    if items.is_empty() {
        // Its text again and nothing else, in its own source, which no list of other sources names.
        let copy = again.into_iter().find(|row| row.id != id);
        items.extend(copy.map(|row| (row, Relation::Copy)));
    }
    Ok(items)
}

/// The articles of a story as it is unfolded in a list: newest first, each text once, or where there
/// is only one text, all that carry it.
///
/// # Errors
/// That the store cannot be read, or an interruption.
pub fn unfolded(reader: &Reader, story: StoryId) -> Result<Vec<Headline>, Failure> {
    let all = stories::members(reader, story)?;
    let texts = reader.without_copies(all.clone())?;
    Ok(if texts.len() > 1 { texts } else { all })
}

/// The heaviest names and words of an article's headline, as they stand in it: what one may want to
/// mute. A few; none where the article is not stored.
///
/// # Errors
/// That the store cannot be read.
pub fn names(reader: &Reader, id: ArticleId) -> Result<Vec<Clean>, Failure> {
    let Some(headline) = reader.headlines(&[id])?.pop() else { return Ok(Vec::new()) };
    let Some(signature) = reader.signature(id)? else { return Ok(Vec::new()) };
    let articles = reader.articles()?.max(1) as f64;
    let lang = headline.lang.as_ref().and_then(|code| Lang::from_code(code.as_str()));
    let mut in_title = Vec::new();
    words::each(headline.title.as_str(), lang, |token| in_title.push(term(token.stem)));
    let mut terms = Vec::new();
    for term in signature.terms().iter().filter(|term| in_title.contains(&term.term)) {
        let frequency = reader.frequency(term.term)?.max(1) as f64;
        terms.push((term.term, f64::from(term.value()) * (articles / frequency).ln_1p()));
    }
    terms.sort_by(|a, b| b.1.total_cmp(&a.1));
    let terms: Vec<u32> = terms.into_iter().map(|(term, _)| term).collect();
    Ok(reasons(&terms, headline.title.as_str(), "", lang))
}
