//! The centre of a story: what a new article is compared with.

use super::known::Known;
use crate::model::ArticleId;
use crate::related::probe::Probe;

/// What is remembered of a story's centre, for it costs a hundred comparisons.
#[derive(Debug)]
pub(super) struct Centre {
    /// Of which articles it was made.
    pub(super) articles: Vec<ArticleId>,
    /// The likeness of each of them to each before it, row by row.
    pairs: Vec<f32>,
    /// The square of its length.
    pub(super) square: f32,
}

impl Centre {
    /// The centre of a story's last articles. `kept` is the one measured last: what it says of two articles
    /// that are still of it still holds.
    pub(super) fn of(centre: &[&Known], kept: Option<&Self>) -> Self {
        let articles: Vec<ArticleId> = centre.iter().map(|known| known.article).collect();
        let mut pairs = Vec::with_capacity(centre.len() * centre.len() / 2);
        let mut square = 0.0;
        for (n, known) in centre.iter().enumerate() {
            let mut probe = None;
            let first = pairs.len();
            for (other, id) in centre[..n].iter().zip(&articles) {
                let pair = kept.and_then(|kept| kept.pair(articles[n], *id)).unwrap_or_else(|| {
                    other.likeness(probe.get_or_insert_with(|| Probe::new(&known.terms, &known.unit)))
                });
                pairs.push(pair);
            }
            square += 1.0 + 2.0 * pairs[first..].iter().sum::<f32>();
        }
        Self { articles, pairs, square }
    }

    /// The likeness of two of its articles, where both are of it.
    fn pair(&self, one: ArticleId, other: ArticleId) -> Option<f32> {
        let at = |id| self.articles.iter().position(|article| *article == id);
        let (one, other) = (at(one)?, at(other)?);
        let (later, earlier) = (one.max(other), one.min(other));
        self.pairs.get((later * later).saturating_sub(later) / 2 + earlier).copied().filter(|_| later != earlier)
    }
}
