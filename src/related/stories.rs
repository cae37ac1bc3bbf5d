//! Stories: which recent article tells of the same event, so that a new one joins it.
//!
//! Clustering is online: an article is judged once, when it comes, against the articles of the days
//! around it, and the verdict stands; what was read as one story is never dealt out anew.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::{Index, Signature, idf};
use crate::model::time::DAY;
use crate::model::{ArticleId, StoryId, Time};

/// How far apart in time two articles of one event can stand, in seconds: since it is the article, not
/// the story's beginning, that is compared, a story goes on as long as it is told.
pub const WINDOW: i64 = 5 * DAY;

/// The similarity from which an article joins a story.
const JOINS: f32 = 0.35;

/// The similarity to both from which an article makes two stories one.
const MERGES: f32 = 0.5;

/// By how many of its heaviest terms an article's neighbours are looked for.
const TERMS: usize = 16;

/// How many of them are compared in full.
const CANDIDATES: usize = 24;

/// The most articles that are looked at for one term. Without it a feed of thousands of entries with one
/// title takes the square of its length.
const WALKED: usize = 1024;

/// What is known of an article that was judged.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The article.
    pub article: ArticleId,
    /// Its story.
    pub story: StoryId,
    /// When it was published.
    pub published: Time,
    /// Its terms.
    pub signature: Signature,
}

/// An article near another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Near {
    /// The article.
    pub article: ArticleId,
    /// Its story.
    pub story: StoryId,
    /// How alike both are, 0 to 1.
    pub score: f32,
}

/// What is to be done with an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// The story it joins; `None`: it stands alone.
    pub joins: Option<StoryId>,
    /// The stories that it shows to be the same as that one.
    pub merges: Vec<StoryId>,
}

/// The articles of the last days, by their terms.
#[derive(Debug, Default)]
pub struct Recent {
    articles: FxHashMap<ArticleId, Judged>,
    postings: FxHashMap<u32, Vec<ArticleId>>,
    by_time: BTreeSet<(Time, ArticleId)>,
}

impl Recent {
    /// Takes in an article that was judged, in place of what was known of it.
    pub fn insert(&mut self, judged: Judged) {
        self.remove(judged.article);
        for term in judged.signature.terms() {
            self.postings.entry(term.term).or_default().push(judged.article);
        }
        self.by_time.insert((judged.published, judged.article));
        self.articles.insert(judged.article, judged);
    }

    /// Forgets an article; nothing happens when it is not known.
    pub fn remove(&mut self, article: ArticleId) {
        let Some(old) = self.articles.remove(&article) else { return };
        self.by_time.remove(&(old.published, article));
        for term in old.signature.terms() {
            if let Some(list) = self.postings.get_mut(&term.term) {
                list.retain(|other| *other != article);
                if list.is_empty() {
                    self.postings.remove(&term.term);
                }
            }
        }
    }

    /// Forgets what was published before that time.
    pub fn forget_before(&mut self, time: Time) {
        while let Some((published, article)) = self.by_time.first().copied()
            && published < time
        {
            self.remove(article);
        }
    }

    /// Makes two stories one.
    pub fn merge(&mut self, from: StoryId, into: StoryId) {
        for judged in self.articles.values_mut().filter(|judged| judged.story == from) {
            judged.story = into;
        }
    }

    /// How many articles are known.
    #[must_use]
    pub fn len(&self) -> usize {
        self.articles.len()
    }

    /// Whether none is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.articles.is_empty()
    }

    /// The articles within [`WINDOW`] of `published` most like `signature`, best first.
    ///
    /// # Errors
    /// What the index cannot answer.
    pub fn nearest<I: Index>(
        &self,
        weights: &mut Weights<'_, I>,
        of: ArticleId,
        signature: &Signature,
        published: Time,
    ) -> Result<Vec<Near>, I::Error> {
        let mut terms = Vec::with_capacity(signature.terms().len());
        let mut squares = 0.0;
        for term in signature.terms() {
            let weight = term.value() * weights.idf(term.term)?;
            squares += weight * weight;
            terms.push((weight, term.term));
        }
        let mut heaviest = terms.clone();
        heaviest.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut met: FxHashMap<ArticleId, f32> = FxHashMap::default();
        for (weight, term) in heaviest.into_iter().take(TERMS) {
            // The latest are enough: a term that more of them share tells little.
            for article in self.postings.get(&term).into_iter().flat_map(|all| all.iter().rev().take(WALKED)) {
                *met.entry(*article).or_default() += weight * weight;
            }
        }
        met.remove(&of);
        let mut met: Vec<(f32, &Judged)> = met
            .into_iter()
            .filter_map(|(article, sum)| Some((sum, self.articles.get(&article)?)))
            .filter(|(_, judged)| judged.published.0.abs_diff(published.0) <= WINDOW.unsigned_abs())
            .collect();
        let best_first =
            |a: &(f32, &Judged), b: &(f32, &Judged)| b.0.total_cmp(&a.0).then(b.1.article.cmp(&a.1.article));
        if met.len() > CANDIDATES {
            met.select_nth_unstable_by(CANDIDATES, best_first);
            met.truncate(CANDIDATES);
        }
        met.sort_unstable_by(best_first);
        let mut found = Vec::new();
        for (_, judged) in met.into_iter().take(CANDIDATES) {
            let (mut dot, mut other) = (0.0, 0.0);
            for term in judged.signature.terms() {
                let weight = term.value() * weights.idf(term.term)?;
                other += weight * weight;
                if let Ok(at) = terms.binary_search_by_key(&term.term, |(_, term)| *term) {
                    dot += weight * terms[at].0;
                }
            }
            if dot > 0.0 {
                let score = dot / (squares * other).sqrt();
                found.push(Near { article: judged.article, story: judged.story, score });
            }
        }
        found.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then(b.article.cmp(&a.article)));
        Ok(found)
    }
}

/// What is to be done with an article that has these neighbours.
#[must_use]
pub fn verdict(nearest: &[Near]) -> Verdict {
    let mut verdict = Verdict::default();
    for near in nearest.iter().filter(|near| near.score >= JOINS) {
        match verdict.joins {
            None => verdict.joins = Some(near.story),
            Some(story) if story == near.story || near.score < MERGES => {}
            Some(_) if verdict.merges.contains(&near.story) => {}
            Some(_) => verdict.merges.push(near.story),
        }
    }
    verdict
}

/// The idf of terms at one moment of an index, each asked for once.
pub struct Weights<'i, I> {
    index: &'i I,
    articles: u64,
    known: FxHashMap<u32, f32>,
}

impl<'i, I: Index> Weights<'i, I> {
    /// Those of `index` now.
    ///
    /// # Errors
    /// What the index cannot answer.
    pub fn new(index: &'i I) -> Result<Self, I::Error> {
        Ok(Self { index, articles: index.articles()?, known: FxHashMap::default() })
    }

    fn idf(&mut self, term: u32) -> Result<f32, I::Error> {
        if let Some(idf) = self.known.get(&term) {
            return Ok(*idf);
        }
        let idf = idf(self.articles, self.index.frequency(term)?, 0.0);
        self.known.insert(term, idf);
        Ok(idf)
    }
}
