//! From an article to those that belong with it, best first.

use rustc_hash::FxHashMap;

use super::{Index, Posting, Signature, Term};
use crate::model::ArticleId;

/// The similarity under which nothing is shown, in a store of `articles`: 0.10, and up to 0.13 in the
/// smallest, where rare words cannot yet be told from common ones and everything looks more alike.
///
/// Measured on halves of some hundred long texts, 250 words each: of the pairs that belong together
/// the floor keeps 99.8 % (in groups of 20 texts) to 100 % (of 1,000); of all others it lets through
/// 5 % in groups of 20 and 3 % in groups of 100, many of which do share a subject.
#[must_use]
pub fn floor(articles: u64) -> f32 {
    0.10 + 0.03 * SUPPOSED / (articles as f32 + SUPPOSED)
}

/// How many informative terms two articles must share: one word alone is chance (`Paris Hilton`
/// beside `Paris`).
const MIN_SHARED: usize = 2;

/// The idf from which a term is informative: it stands in less than about a tenth of all articles.
const INFORMATIVE: f32 = 2.3;

/// Articles supposed to stand beside those stored, none of which holds the term: what is known
/// before anything is stored is that a given term is rare. Without them the words that make a small
/// store's subject (all eleven articles of a saved page speak of one country) would weigh nothing.
const SUPPOSED: f32 = 50.0;

/// How much work one answer may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// By how many of the article's heaviest terms candidates are looked for. By our measurements 20
    /// find 98 % of what all would.
    pub terms: usize,
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
        Self { terms: 20, postings: 200_000, candidates: 300, exact: 30 }
    }
}

impl Limits {
    /// None: every article that shares a term is compared exactly.
    pub const NONE: Self = Self { terms: usize::MAX, postings: usize::MAX, candidates: usize::MAX, exact: usize::MAX };
}

/// An article that belongs with another.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// The article.
    pub article: ArticleId,
    /// Cosine of both articles' weighted terms, over 0 and to 1.
    pub score: f32,
    /// The informative terms both hold, those that make most of the score first.
    pub shared: Vec<u32>,
}

/// The inverse document frequency of a term that `frequency` of `articles` articles hold:
/// `ln((articles + 50) / (frequency + ½))`.
#[must_use]
pub fn idf(articles: u64, frequency: u64) -> f32 {
    ((articles as f32 + SUPPOSED) / (frequency.min(articles) as f32 + 0.5)).ln()
}

/// The articles of `index` that belong with the one signed `of`, best first, at most `limit`; none
/// under the [`floor`]. `exclude` (the article itself) is left out. Of equals the newer (higher id) comes
/// first, so that the order is always the same.
///
/// # Errors
/// What the index cannot answer.
pub fn related<I: Index>(index: &I, of: &Signature, exclude: ArticleId, limit: usize) -> Result<Vec<Scored>, I::Error> {
    related_within(index, of, exclude, limit, Limits::default())
}

/// [`related`], with other limits on its work.
///
/// # Errors
/// What the index cannot answer.
pub fn related_within<I: Index>(
    index: &I,
    of: &Signature,
    exclude: ArticleId,
    limit: usize,
    limits: Limits,
) -> Result<Vec<Scored>, I::Error> {
    let mut rarity = Rarity { index, articles: index.articles()?, known: FxHashMap::default() };
    let question = Question::new(of, &mut rarity)?;
    let candidates = candidates(&question, &mut rarity, exclude, limits)?;

    let mut compared = Vec::with_capacity(candidates.len());
    for article in candidates {
        let Some(signature) = index.signature(article)? else { continue };
        let common = question.common(&signature);
        if common.informative >= MIN_SHARED {
            compared.push((common.estimate, article, signature));
        }
    }
    best_first(&mut compared, |(score, article, _)| (*score, *article));
    compared.truncate(limits.exact.max(limit));

    let floor = floor(rarity.articles);
    let mut found = Vec::with_capacity(compared.len());
    for (_, article, signature) in compared {
        let score = question.score(&signature, &mut rarity)?;
        if score >= floor {
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
    let mut rarity = Rarity { index, articles: index.articles()?, known: FxHashMap::default() };
    Question::new(a, &mut rarity)?.score(b, &mut rarity)
}

/// Highest score first, then highest id.
fn best_first<T>(list: &mut [T], key: impl Fn(&T) -> (f32, ArticleId)) {
    list.sort_unstable_by(|a, b| {
        let ((score_a, id_a), (score_b, id_b)) = (key(a), key(b));
        score_b.total_cmp(&score_a).then(id_b.cmp(&id_a))
    });
}

/// The idf of terms, asked for once each.
struct Rarity<'i, I> {
    index: &'i I,
    articles: u64,
    known: FxHashMap<u32, f32>,
}

impl<I: Index> Rarity<'_, I> {
    fn of(&mut self, term: u32) -> Result<f32, I::Error> {
        if let Some(idf) = self.known.get(&term) {
            return Ok(*idf);
        }
        let idf = idf(self.articles, self.index.frequency(term)?);
        self.known.insert(term, idf);
        Ok(idf)
    }
}

/// The article that others are compared with.
struct Question {
    /// Its terms with their idf, in rising order of term.
    terms: Vec<(Term, f32)>,
    /// The length of its vector.
    length: f32,
    /// Its mean squared idf, weights considered: the guess at that of other articles.
    typical: f32,
}

/// What two articles have in common, as far as can be told without asking the index.
struct Common {
    estimate: f32,
    informative: usize,
}

impl Question {
    fn new<I: Index>(of: &Signature, rarity: &mut Rarity<'_, I>) -> Result<Self, I::Error> {
        let mut terms = Vec::with_capacity(of.terms().len());
        let (mut squares, mut weights) = (0.0_f32, 0.0_f32);
        for term in of.terms() {
            let idf = rarity.of(term.term)?;
            squares += (term.value() * idf).powi(2);
            weights += term.value().powi(2);
            terms.push((*term, idf));
        }
        Ok(Self { terms, length: squares.sqrt(), typical: squares / weights.max(f32::MIN_POSITIVE) })
    }

    /// Calls `take` with each term both hold: here, there, and its idf.
    fn meet(&self, other: &Signature, mut take: impl FnMut(Term, Term, f32)) {
        let mut rest = other.terms();
        for (mine, idf) in &self.terms {
            let skip = rest.iter().take_while(|theirs| theirs.term < mine.term).count();
            rest = &rest[skip..];
            match rest.first() {
                Some(theirs) if theirs.term == mine.term => take(*mine, *theirs, *idf),
                Some(_) => {}
                None => break,
            }
        }
    }

    fn common(&self, other: &Signature) -> Common {
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
        let weights: f32 = other.terms().iter().map(|t| t.value().powi(2)).sum();
        let length = (met_squares + (weights - met_weights).max(0.0) * self.typical).sqrt();
        Common { estimate: cosine(dot, self.length, length), informative }
    }

    fn score<I: Index>(&self, other: &Signature, rarity: &mut Rarity<'_, I>) -> Result<f32, I::Error> {
        let mut dot = 0.0;
        self.meet(other, |mine, theirs, idf| dot += mine.value() * theirs.value() * idf * idf);
        let mut squares = 0.0;
        for theirs in other.terms() {
            squares += (theirs.value() * rarity.of(theirs.term)?).powi(2);
        }
        Ok(cosine(dot, self.length, squares.sqrt()))
    }

    /// The informative terms both hold, by their part in the score.
    fn shared(&self, other: &Signature) -> Vec<u32> {
        let mut shared = Vec::new();
        self.meet(other, |mine, theirs, idf| {
            if idf >= INFORMATIVE {
                shared.push((mine.value() * theirs.value() * idf * idf, mine.term));
            }
        });
        shared.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        shared.into_iter().map(|(_, term)| term).collect()
    }

    /// Its terms, heaviest first.
    fn heaviest(&self) -> Vec<(Term, f32)> {
        let mut terms = self.terms.clone();
        let weight = |(term, idf): &(Term, f32)| term.value() * idf;
        terms.sort_unstable_by(|a, b| weight(b).total_cmp(&weight(a)).then(a.0.term.cmp(&b.0.term)));
        terms
    }
}

fn cosine(dot: f32, a: f32, b: f32) -> f32 {
    if dot > 0.0 { (dot / (a * b)).min(1.0) } else { 0.0 }
}

/// The articles that share the heaviest terms, those that share most of their weight first.
fn candidates<I: Index>(
    question: &Question,
    rarity: &mut Rarity<'_, I>,
    exclude: ArticleId,
    limits: Limits,
) -> Result<Vec<ArticleId>, I::Error> {
    let mut met: FxHashMap<ArticleId, f32> = FxHashMap::default();
    let mut postings: Vec<Posting> = Vec::new();
    let mut read = 0_usize;
    for (term, idf) in question.heaviest().into_iter().take(limits.terms) {
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
    best_first(&mut met, |pair| *pair);
    Ok(met.into_iter().map(|(_, article)| article).collect())
}
