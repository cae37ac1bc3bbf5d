//! Every article's related ones, when all are asked for: exact, without candidates.

use rustc_hash::FxHashMap;

use super::background::Background;
use super::rank::{best_first, by_names, cosine, idf, mixed};
use super::{Signature, Term};
use crate::model::ArticleId;

/// The signed articles of a store, in memory: about 2.2 kB for each.
///
/// Gives the scores that [`related_within`](super::related_within) gives without limits. It knows
/// nothing of two articles that share no term but the likeness of their gists; these count too, as long
/// as there are few articles ([`Batch::WHOLE`]).
pub struct Batch {
    ids: Vec<ArticleId>,
    /// Of each article what is no list: its language and gist.
    rest: Vec<Signature>,
    /// Whether there are two languages; if not, names need not be compared.
    foreign: bool,
    terms: Lists,
    names: Lists,
}

/// What is kept between two calls of [`Batch::nearest`], to save making it.
#[derive(Default)]
pub struct Room {
    terms: Vec<f32>,
    names: Vec<f32>,
    shared: Vec<u8>,
}

/// Vectors of length 1, and the same by term.
#[derive(Default)]
struct Lists {
    /// Of each article its terms by number, with `value · idf`, divided by its vector's length.
    vectors: Vec<Vec<(u32, f32)>>,
    by_term: Vec<Vec<(u32, f32)>>,
    numbers: FxHashMap<u32, u32>,
    /// Each term by its number, and how many articles have it.
    found: Vec<(u32, u64)>,
}

impl Lists {
    fn add(&mut self, terms: &[Term]) {
        let vector = terms.iter().map(|term| {
            let number = *self.numbers.entry(term.term).or_insert_with(|| {
                self.found.push((term.term, 0));
                (self.found.len() - 1) as u32
            });
            self.found[number as usize].1 += 1;
            (number, term.value())
        });
        self.vectors.push(vector.collect());
    }

    /// Weighs all terms, when all are there.
    fn weigh(&mut self) {
        let background = Background::english();
        let count = self.vectors.len() as u64;
        let idf = |(term, frequency): &(u32, u64)| idf(count, *frequency, background.share(*term));
        let idfs: Vec<f32> = self.found.iter().map(idf).collect();
        self.by_term = self.found.iter().map(|(_, frequency)| Vec::with_capacity(*frequency as usize)).collect();
        for (at, vector) in (0_u32..).zip(&mut self.vectors) {
            let mut squares = 0.0;
            for (number, value) in &mut *vector {
                *value *= idfs[*number as usize];
                squares += *value * *value;
            }
            // Not in one step: `cosine` says what becomes of rounding.
            let length = squares.sqrt();
            for (number, value) in vector {
                *value = cosine(*value, length, 1.0).max(0.0);
                self.by_term[*number as usize].push((at, *value));
            }
        }
        self.numbers = FxHashMap::default();
        self.found = Vec::new();
    }

    /// Adds the products with all others up in `room`, and calls `met` with each that shares a term.
    fn dots(&self, at: usize, room: &mut Vec<f32>, mut met: impl FnMut(usize)) {
        room.clear();
        room.resize(self.vectors.len(), 0.0);
        for (number, value) in &self.vectors[at] {
            for (other, theirs) in &self.by_term[*number as usize] {
                room[*other as usize] += value * theirs;
                met(*other as usize);
            }
        }
    }
}

impl Batch {
    /// Up to so many articles every pair is compared, also those that share no word.
    pub const WHOLE: usize = 2_000;

    /// A batch of these articles, each once. Linear in their terms.
    #[must_use]
    pub fn new(articles: impl IntoIterator<Item = (ArticleId, Signature)>) -> Self {
        let (mut terms, mut names) = (Lists::default(), Lists::default());
        let (mut ids, mut rest) = (Vec::new(), Vec::new());
        for (id, signature) in articles {
            terms.add(signature.terms());
            names.add(signature.names());
            ids.push(id);
            rest.push(signature.without_lists());
        }
        let foreign = rest.iter().any(|one| one.is_foreign_to(&rest[0]))
            || rest.iter().zip(rest.iter().skip(1)).any(|(one, next)| one.is_foreign_to(next));
        terms.weigh();
        if foreign {
            names.weigh();
        } else {
            names = Lists::default();
        }
        Self { ids, rest, foreign, terms, names }
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
    /// to save making it. Costs as many steps as the article's terms stand in others.
    #[must_use]
    pub fn nearest(&self, at: usize, limit: usize, least: f32, room: &mut Room) -> Vec<(ArticleId, f32)> {
        let Some(one) = self.rest.get(at) else { return Vec::new() };
        self.terms.dots(at, &mut room.terms, |_| {});
        if self.foreign {
            let shared = &mut room.shared;
            shared.clear();
            shared.resize(self.ids.len(), 0);
            self.names.dots(at, &mut room.names, |other| shared[other] += 1);
        }
        let whole = self.len() <= Self::WHOLE;
        let mut found: Vec<(f32, ArticleId)> = Vec::new();
        for (other, dot) in room.terms.iter().enumerate() {
            let names = self.foreign && room.shared[other] > 0;
            if other == at || (*dot <= 0.0 && !names && !whole) {
                continue;
            }
            let mut score = mixed(dot.min(1.0), one.gist().likeness(self.rest[other].gist()));
            if names && one.is_foreign_to(&self.rest[other]) {
                score = score.max(by_names(room.names[other].min(1.0), usize::from(room.shared[other])));
            }
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
