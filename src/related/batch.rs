//! Every article's related ones, when all are asked for: exact, without candidates.

use rustc_hash::FxHashMap;

use super::background::Background;
use super::rank::{best_first, cosine, idf, mixed};
use super::{Gist, Signature};
use crate::model::ArticleId;

/// The signed articles of a store, in memory: about 1.8 kB for each.
///
/// Gives the scores that [`related_within`](super::related_within) gives without limits. It knows
/// nothing of two articles that share no term but the likeness of their gists; these count too, as long
/// as there are few articles ([`Batch::WHOLE`]).
pub struct Batch {
    ids: Vec<ArticleId>,
    gists: Vec<Gist>,
    /// Of each article its terms by number, with `value · idf`, divided by its vector's length.
    vectors: Vec<Vec<(u32, f32)>>,
    /// The same by term.
    lists: Vec<Vec<(u32, f32)>>,
}

impl Batch {
    /// Up to so many articles every pair is compared, also those that share no word.
    pub const WHOLE: usize = 2_000;

    /// A batch of these articles, each once. Linear in their terms.
    #[must_use]
    pub fn new(articles: impl IntoIterator<Item = (ArticleId, Signature)>) -> Self {
        let mut batch = Self { ids: Vec::new(), gists: Vec::new(), vectors: Vec::new(), lists: Vec::new() };
        let mut numbers: FxHashMap<u32, u32> = FxHashMap::default();
        let mut terms: Vec<(u32, u64)> = Vec::new();
        for (id, signature) in articles {
            batch.ids.push(id);
            batch.gists.push(*signature.gist());
            let vector = signature.terms().iter().map(|term| {
                let number = *numbers.entry(term.term).or_insert_with(|| {
                    terms.push((term.term, 0));
                    (terms.len() - 1) as u32
                });
                terms[number as usize].1 += 1;
                (number, term.value())
            });
            batch.vectors.push(vector.collect());
        }
        let background = Background::english();
        let count = batch.ids.len() as u64;
        let idfs: Vec<f32> =
            terms.iter().map(|(term, frequency)| idf(count, *frequency, background.share(*term))).collect();
        batch.lists = terms.iter().map(|(_, frequency)| Vec::with_capacity(*frequency as usize)).collect();
        for (at, vector) in (0_u32..).zip(&mut batch.vectors) {
            let mut squares = 0.0;
            for (number, value) in &mut *vector {
                *value *= idfs[*number as usize];
                squares += *value * *value;
            }
            // Not in one step: `cosine` says what becomes of rounding.
            let length = squares.sqrt();
            for (number, value) in vector {
                *value = cosine(*value, length, 1.0).max(0.0);
                batch.lists[*number as usize].push((at, *value));
            }
        }
        batch
    }

    /// How many articles there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The id of an article by its number, from 0 to [`len`](Self::len).
    #[must_use]
    pub fn id(&self, at: usize) -> Option<ArticleId> {
        self.ids.get(at).copied()
    }

    /// The articles most like the one with this number, best first, at most `limit`, none with a score
    /// of 0 or under `least`. Of equals the newer (higher id) comes first. `room` is kept between calls
    /// to save making it; give an empty one. Costs as many steps as the article's terms stand in others.
    #[must_use]
    pub fn nearest(&self, at: usize, limit: usize, least: f32, room: &mut Vec<f32>) -> Vec<(ArticleId, f32)> {
        let Some(vector) = self.vectors.get(at) else { return Vec::new() };
        room.clear();
        room.resize(self.ids.len(), 0.0);
        for (number, value) in vector {
            for (other, theirs) in &self.lists[*number as usize] {
                room[*other as usize] += value * theirs;
            }
        }
        let whole = self.len() <= Self::WHOLE;
        let mut found: Vec<(f32, ArticleId)> = Vec::new();
        for (other, dot) in room.iter().enumerate() {
            if other == at || (*dot <= 0.0 && !whole) {
                continue;
            }
            let score = mixed(dot.min(1.0), self.gists[at].likeness(&self.gists[other]));
            if score > 0.0 && score >= least {
                found.push((score, self.ids[other]));
            }
        }
        if found.len() > limit {
            found.select_nth_unstable_by(limit, |a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)));
            found.truncate(limit);
        }
        best_first(&mut found, |pair| *pair);
        found.into_iter().map(|(score, article)| (article, score)).collect()
    }
}
