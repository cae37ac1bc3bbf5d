//! From an article to those that belong with it, best first.

use rustc_hash::FxHashMap;

use super::background::Background;
use super::{Index, Posting, Signature, Term};
use crate::model::ArticleId;

/// The score under which nothing is shown, in a store of `articles`: 0.10, and up to 0.13 in the
/// smallest, where rare words cannot yet be told from common ones and everything looks more alike; 0.04
/// more where both articles have a gist, since two of those are hardly ever quite unlike.
///
/// Measured on the halves of 1,264 real news articles of two weeks, among which many share a subject
/// (`cargo bench --bench related -- floor`): in groups of 20, 100, 500 and 2,000 it keeps every half that
/// belongs to another, and lets through 3.3 %, 2.4 %, 2.5 % and 2.0 % of all other pairs.
#[must_use]
pub fn floor(articles: u64, gists: bool) -> f32 {
    let few = 0.03 * FEW / (articles as f32 + FEW);
    0.10 + few + if gists { 0.04 } else { 0.0 }
}

/// In a store of so many articles the floor is halfway between that of the smallest and of the largest.
const FEW: f32 = 50.0;

/// How many informative terms two articles must share: one word alone is chance (`Paris Hilton`
/// beside `Paris`).
const MIN_SHARED: usize = 2;

/// The idf from which a term is informative: it stands in less than about a tenth of all articles.
const INFORMATIVE: f32 = 2.3;

/// Articles supposed to stand beside those stored, in which every term is as common as in news at large
/// ([`Background`]) and what that does not know stands nowhere. Without them the words that make a small
/// store's subject (all eleven articles of a saved page speak of one country) would weigh nothing, and
/// *minister* as much as a name. Between 50 and 500 of them the figures hardly differ.
const SUPPOSED: f32 = 100.0;

/// How much of a score two gists decide, where both articles have one. Measured from 0 to ½ in tenths:
/// a fifth is best on every set, from a tenth to three tenths nearly as good.
const GIST: f32 = 0.2;

/// What the likeness of names counts between articles in two languages, whose words cannot be compared:
/// names alone say less than words would.
const NAMES: f32 = 0.6;

/// How many names two articles in two languages must share: one alone is anyone in the news.
const MIN_NAMES: usize = 2;

/// How much work one answer may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// By how many of the article's heaviest terms candidates are looked for. By our measurements 20
    /// find 98 % of what all would.
    pub terms: usize,
    /// By how many of its rarest names articles in other languages are looked for.
    pub names: usize,
    /// How many postings are read for it; the term that crosses the line is the last.
    pub postings: usize,
    /// How many candidates are compared in full but for the length of the candidate, which is
    /// estimated.
    pub candidates: usize,
    /// How many of them are then measured exactly.
    pub exact: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { terms: 20, names: 5, postings: 200_000, candidates: 300, exact: 30 }
    }
}

impl Limits {
    /// None: every article that shares a term is compared exactly.
    pub const NONE: Self =
        Self { terms: usize::MAX, names: usize::MAX, postings: usize::MAX, candidates: usize::MAX, exact: usize::MAX };
}

/// How alike two articles must be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Floor {
    /// As the sidebar asks: a score of [`floor()`] and at least two informative words in common.
    Screen,
    /// Any score over 0 that is no less than this.
    Score(f32),
}

impl Floor {
    fn least(self, articles: u64, gists: bool) -> f32 {
        match self {
            Self::Screen => floor(articles, gists),
            Self::Score(least) => least,
        }
    }

    fn shared(self) -> usize {
        match self {
            Self::Screen => MIN_SHARED,
            Self::Score(_) => 0,
        }
    }
}

/// An article that belongs with another.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// The article.
    pub article: ArticleId,
    /// How alike they are, over 0 and to 1: the cosine of both articles' weighted terms, and a fifth of
    /// it the likeness of their gists, where both have one. In two languages, by their names if that is
    /// more.
    pub score: f32,
    /// The informative terms both hold, those that make most of the score first.
    pub shared: Vec<u32>,
}

/// The inverse document frequency of a term that `frequency` of `articles` articles hold and `share` of
/// news articles at large: `ln((articles + 100) / (frequency + 100 · share + ½))`.
#[must_use]
pub fn idf(articles: u64, frequency: u64, share: f32) -> f32 {
    ((articles as f32 + SUPPOSED) / (frequency.min(articles) as f32 + SUPPOSED * share + 0.5)).ln()
}

/// The score of two articles in two languages by their names: the cosine of these and how many both have.
/// It counts where it is more than that of their words.
pub(super) fn by_names(cosine: f32, shared: usize) -> f32 {
    if shared >= MIN_NAMES { NAMES * cosine } else { 0.0 }
}

/// The score of two articles, of the cosine of their terms and the likeness of their gists.
pub(super) fn mixed(cosine: f32, likeness: Option<f32>) -> f32 {
    likeness.map_or(cosine, |likeness| (1.0 - GIST) * cosine + GIST * likeness)
}

/// The articles of `index` that belong with the one signed `of`, best first, at most `limit`; none
/// under the [`floor`]. `exclude` (the article itself) is left out. Of equals the newer (higher id) comes
/// first, so that the order is always the same.
///
/// # Errors
/// What the index cannot answer.
pub fn related<I: Index>(index: &I, of: &Signature, exclude: ArticleId, limit: usize) -> Result<Vec<Scored>, I::Error> {
    related_within(index, of, exclude, limit, Limits::default(), Floor::Screen)
}

/// [`related`], with other limits on its work and another floor.
///
/// # Errors
/// What the index cannot answer.
pub fn related_within<I: Index>(
    index: &I,
    of: &Signature,
    exclude: ArticleId,
    limit: usize,
    limits: Limits,
    floor: Floor,
) -> Result<Vec<Scored>, I::Error> {
    let mut rarity = Rarity::new(index)?;
    let question = Question::new(of, &mut rarity)?;
    let candidates = candidates(&question, &mut rarity, exclude, limits)?;

    let mut compared = Vec::with_capacity(candidates.len());
    index.signatures_of(&candidates, &mut |article, signature| {
        let common = question.common(&signature);
        if common.informative >= floor.shared() {
            compared.push((common.estimate, article, signature));
        }
    })?;
    best_first(&mut compared, |(score, article, _)| (*score, *article));
    compared.truncate(limits.exact.max(limit));

    rarity.learn(compared.iter().flat_map(|(_, _, signature)| {
        let names = if of.is_foreign_to(signature) { signature.names() } else { &[] };
        signature.terms().iter().chain(names)
    }))?;
    let mut found = Vec::with_capacity(compared.len());
    for (_, article, signature) in compared {
        let score = question.score(&signature, &mut rarity)?;
        let gists = question.likeness(&signature).is_some();
        if score > 0.0 && score >= floor.least(rarity.articles, gists) {
            found.push((score, article, signature));
        }
    }
    best_first(&mut found, |(score, article, _)| (*score, *article));
    found.truncate(limit);
    let scored = |(score, article, signature): (f32, ArticleId, Signature)| Scored {
        article,
        score,
        shared: question.shared(&signature),
    };
    Ok(found.into_iter().map(scored).collect())
}

/// The similarity of two signatures in the light of `index`: the score [`related`] gives, without
/// its floors. The same both ways.
///
/// # Errors
/// What the index cannot answer.
pub fn similarity<I: Index>(index: &I, a: &Signature, b: &Signature) -> Result<f32, I::Error> {
    let mut rarity = Rarity::new(index)?;
    Question::new(a, &mut rarity)?.score(b, &mut rarity)
}

/// Highest score first, then highest id.
pub(super) fn best_first<T>(list: &mut [T], key: impl Fn(&T) -> (f32, ArticleId)) {
    list.sort_unstable_by(|a, b| {
        let ((score_a, id_a), (score_b, id_b)) = (key(a), key(b));
        score_b.total_cmp(&score_a).then(id_b.cmp(&id_a))
    });
}

/// The idf of terms, asked for once each.
struct Rarity<'i, I> {
    index: &'i I,
    background: &'static Background,
    articles: u64,
    known: FxHashMap<u32, f32>,
}

impl<'i, I: Index> Rarity<'i, I> {
    fn new(index: &'i I) -> Result<Self, I::Error> {
        let background = Background::english();
        Ok(Self { index, background, articles: index.articles()?, known: FxHashMap::default() })
    }

    /// Asks for all of `terms` that are not known yet at once.
    fn learn<'t>(&mut self, terms: impl Iterator<Item = &'t Term>) -> Result<(), I::Error> {
        let mut unknown: Vec<u32> = terms.map(|term| term.term).filter(|term| !self.known.contains_key(term)).collect();
        unknown.sort_unstable();
        unknown.dedup();
        let Self { index, background, articles, known } = self;
        known.reserve(unknown.len());
        index.frequencies(&unknown, &mut |term, frequency| {
            known.insert(term, idf(*articles, frequency, background.share(term)));
        })
    }

    fn of(&mut self, term: u32) -> Result<f32, I::Error> {
        if let Some(idf) = self.known.get(&term) {
            return Ok(*idf);
        }
        self.learn(std::iter::once(&Term { term, weight: 1 }))?;
        Ok(self.known.get(&term).copied().unwrap_or_default())
    }
}

/// Terms or names of an article as a vector.
struct Vector {
    /// Each with its idf, in rising order of term.
    entries: Vec<(Term, f32)>,
    length: f32,
    /// Its mean squared idf, weights considered: the guess at that of other articles.
    typical: f32,
}

impl Vector {
    fn new<I: Index>(terms: &[Term], rarity: &mut Rarity<'_, I>) -> Result<Self, I::Error> {
        let mut entries = Vec::with_capacity(terms.len());
        rarity.learn(terms.iter())?;
        let (mut squares, mut weights) = (0.0_f32, 0.0_f32);
        for term in terms {
            let idf = rarity.of(term.term)?;
            squares += (term.value() * idf).powi(2);
            weights += term.value().powi(2);
            entries.push((*term, idf));
        }
        Ok(Self { entries, length: squares.sqrt(), typical: squares / weights.max(f32::MIN_POSITIVE) })
    }

    /// Calls `take` with each term that the other has too: here, there, and its idf.
    fn meet(&self, other: &[Term], mut take: impl FnMut(Term, Term, f32)) {
        let mut rest = other;
        for (mine, idf) in &self.entries {
            let skip = rest.iter().take_while(|theirs| theirs.term < mine.term).count();
            rest = &rest[skip..];
            match rest.first() {
                Some(theirs) if theirs.term == mine.term => take(*mine, *theirs, *idf),
                Some(_) => {}
                None => break,
            }
        }
    }

    /// The cosine as far as it can be told without asking the index, and how many informative terms both
    /// have.
    fn estimate(&self, other: &[Term]) -> (f32, usize) {
        let mut informative = 0;
        let (mut dot, mut met_squares, mut met_weights) = (0.0, 0.0, 0.0);
        self.meet(other, |mine, theirs, idf| {
            informative += usize::from(idf >= INFORMATIVE);
            dot += mine.value() * theirs.value() * idf * idf;
            met_squares += (theirs.value() * idf).powi(2);
            met_weights += theirs.value().powi(2);
        });
        // The terms they do not share are supposed to be as rare as this article's are: to ask for
        // each would cost a hundred look-ups a candidate.
        let weights: f32 = other.iter().map(|t| t.value().powi(2)).sum();
        let length = (met_squares + (weights - met_weights).max(0.0) * self.typical).sqrt();
        (cosine(dot, self.length, length), informative)
    }

    /// The cosine, and how many terms both have.
    fn cosine<I: Index>(&self, other: &[Term], rarity: &mut Rarity<'_, I>) -> Result<(f32, usize), I::Error> {
        let (mut dot, mut shared) = (0.0, 0);
        self.meet(other, |mine, theirs, idf| {
            dot += mine.value() * theirs.value() * idf * idf;
            shared += 1;
        });
        let mut squares = 0.0;
        for theirs in other {
            squares += (theirs.value() * rarity.of(theirs.term)?).powi(2);
        }
        Ok((cosine(dot, self.length, squares.sqrt()), shared))
    }

    /// Its terms, heaviest first.
    fn heaviest(&self) -> Vec<(Term, f32)> {
        let mut terms = self.entries.clone();
        let weight = |(term, idf): &(Term, f32)| term.value() * idf;
        terms.sort_unstable_by(|a, b| weight(b).total_cmp(&weight(a)).then(a.0.term.cmp(&b.0.term)));
        terms
    }
}

/// The article that others are compared with.
struct Question<'s> {
    of: &'s Signature,
    terms: Vector,
    names: Vector,
}

/// What two articles have in common, as far as can be told without asking the index.
struct Common {
    estimate: f32,
    informative: usize,
}

impl<'s> Question<'s> {
    fn new<I: Index>(of: &'s Signature, rarity: &mut Rarity<'_, I>) -> Result<Self, I::Error> {
        let (terms, names) = (Vector::new(of.terms(), rarity)?, Vector::new(of.names(), rarity)?);
        Ok(Self { of, terms, names })
    }

    fn likeness(&self, other: &Signature) -> Option<f32> {
        self.of.gist().likeness(other.gist())
    }

    fn common(&self, other: &Signature) -> Common {
        let (cosine, mut informative) = self.terms.estimate(other.terms());
        let mut estimate = mixed(cosine, self.likeness(other));
        if self.of.is_foreign_to(other) {
            let (cosine, names) = self.names.estimate(other.names());
            estimate = estimate.max(by_names(cosine, names));
            // Not added up: a name may stand in both.
            informative = informative.max(names);
        }
        Common { estimate, informative }
    }

    fn score<I: Index>(&self, other: &Signature, rarity: &mut Rarity<'_, I>) -> Result<f32, I::Error> {
        let (cosine, _) = self.terms.cosine(other.terms(), rarity)?;
        let score = mixed(cosine, self.likeness(other));
        if !self.of.is_foreign_to(other) {
            return Ok(score);
        }
        let (cosine, names) = self.names.cosine(other.names(), rarity)?;
        Ok(score.max(by_names(cosine, names)))
    }

    /// The informative terms and, of articles in two languages, names that both hold, by their part in
    /// the score.
    fn shared(&self, other: &Signature) -> Vec<u32> {
        let mut shared = Vec::new();
        let mut take = |mine: Term, theirs: Term, idf: f32| {
            if idf >= INFORMATIVE {
                shared.push((mine.value() * theirs.value() * idf * idf, mine.term));
            }
        };
        self.terms.meet(other.terms(), &mut take);
        if self.of.is_foreign_to(other) {
            self.names.meet(other.names(), &mut take);
        }
        shared.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        shared.into_iter().map(|(_, term)| term).collect()
    }
}

pub(super) fn cosine(dot: f32, a: f32, b: f32) -> f32 {
    if dot > 0.0 { (dot / (a * b)).min(1.0) } else { 0.0 }
}

/// The articles that share most of the weight of the heaviest terms and names, in rising order.
fn candidates<I: Index>(
    question: &Question<'_>,
    rarity: &mut Rarity<'_, I>,
    exclude: ArticleId,
    limits: Limits,
) -> Result<Vec<ArticleId>, I::Error> {
    let mut met: FxHashMap<ArticleId, f32> = FxHashMap::default();
    let mut postings: Vec<Posting> = Vec::new();
    let mut read = 0_usize;
    let terms = question.terms.heaviest().into_iter().take(limits.terms);
    let names = question.names.heaviest().into_iter().take(limits.names);
    for (term, idf) in terms.chain(names) {
        postings.clear();
        rarity.index.postings(term.term, &mut postings)?;
        read = read.saturating_add(postings.len());
        let part = term.value() * idf * idf;
        for posting in &postings {
            let value = Term { term: term.term, weight: posting.weight }.value();
            *met.entry(posting.article).or_default() += part * value;
        }
        if read >= limits.postings {
            break;
        }
    }
    met.remove(&exclude);
    let mut met: Vec<(f32, ArticleId)> = met.into_iter().map(|(article, score)| (score, article)).collect();
    if met.len() > limits.candidates {
        met.select_nth_unstable_by(limits.candidates, |a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)));
        met.truncate(limits.candidates);
    }
    let mut candidates: Vec<ArticleId> = met.into_iter().map(|(_, article)| article).collect();
    candidates.sort_unstable();
    Ok(candidates)
}
