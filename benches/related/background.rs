//! Makes the table of words that is built in (`assets/related/en.background`) from articles as JSON
//! lines.
//!
//! 1. Count in how many articles each stem stands; keep the commonest [`WORDS`] that are no stop words.
//! 2. Count in how many stretches of [`WINDOW`] words each pair of them meets, and take the positive
//!    pointwise mutual information, `ln(p(a,b) / (p(a)·p(b)))` where it is over 0.
//! 3. Find that matrix's largest eigenvectors by subspace iteration, and place each word by them, each
//!    scaled by the root of its eigenvalue (Levy and Goldberg 2014, "Neural Word Embedding as Implicit
//!    Matrix Factorization": the same information that word embeddings learn, by counting).
//! 4. Multiply by the word's idf: an article's place is then a plain sum.

use std::path::Path;

use dateline::related::background::{Background, DIMS, Entry, Place};
use dateline::related::{is_stop, sign, term};
use dateline::text::words;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::articles::{Article, read};

/// The most words kept, the fewest articles one must stand in.
const WORDS: usize = 8_000;
const MIN_ARTICLES: u32 = 8;

/// How many words a stretch has, and in how many stretches two words must meet.
const WINDOW: usize = 150;
const MIN_MET: u16 = 2;

/// Directions looked for beyond those kept, and rounds of the search.
const SPARE: usize = 24;
const ROUNDS: usize = 15;

/// Reads articles from `from` and writes the table to `to`.
pub fn make(from: &Path, to: &Path) -> Result<(), String> {
    let articles = read(from)?;
    let (vocabulary, frequencies) = vocabulary(&articles);
    println!("{} articles, {} words", articles.len(), vocabulary.len());
    let matrix = information(&articles, &vocabulary, frequencies.len());
    println!("{} pairs of words keep company", matrix.iter().map(Vec::len).sum::<usize>());
    let places = eigenvectors(&matrix);

    let count = articles.len() as f32;
    let mut entries: Vec<Entry> = Vec::new();
    for (stem, at) in &vocabulary {
        let frequency = frequencies[usize::from(*at)];
        let idf = ((count + 1.0) / (frequency as f32 + 0.5)).ln();
        let place = places[usize::from(*at)].map(|x| x * idf);
        entries.push(Entry { term: *stem, frequency: u16::try_from(frequency).unwrap_or(u16::MAX), place });
    }
    // The mean of the articles' own directions, by the table as it will be read.
    let all = u32::try_from(articles.len()).map_err(|_| "too many articles".to_owned())?;
    let rough = Background::encode(entries.clone(), all, &[0.0; DIMS]);
    let table = Background::decode(&rough).map_err(|damaged| damaged.to_string())?;
    let mut mean: Place = [0.0; DIMS];
    for article in &articles {
        let signature = sign(&article.title, &article.body, article.lang);
        let (sum, _) = table.sum(signature.terms().iter().map(|term| (term.term, term.value())));
        let length = sum.iter().map(|x| x * x).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        for (mean, x) in mean.iter_mut().zip(sum) {
            *mean += x / length / count;
        }
    }
    let bytes = Background::encode(entries, all, &mean);
    std::fs::write(to, &bytes).map_err(|error| format!("{}: {error}", to.display()))?;
    println!("{}: {} bytes", to.display(), bytes.len());
    Ok(())
}

/// Calls `take` with the terms of an article in order, stop words left out.
fn each_term(article: &Article, mut take: impl FnMut(u32)) {
    for text in [&article.title, &article.body] {
        words::each(text, article.lang, |token| {
            if !is_stop(token.stem, article.lang) {
                take(term(token.stem));
            }
        });
    }
}

/// The commonest terms with their numbers, and by number in how many articles each stands.
fn vocabulary(articles: &[Article]) -> (FxHashMap<u32, u16>, Vec<u32>) {
    let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
    for article in articles {
        let mut seen = FxHashSet::default();
        each_term(article, |term| {
            seen.insert(term);
        });
        for term in seen {
            *counts.entry(term).or_default() += 1;
        }
    }
    let mut common: Vec<(u32, u32)> = counts.into_iter().filter(|(_, count)| *count >= MIN_ARTICLES).collect();
    common.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    common.truncate(WORDS);
    let numbers = common.iter().zip(0_u16..).map(|((term, _), number)| (*term, number)).collect();
    (numbers, common.into_iter().map(|(_, count)| count).collect())
}

/// The positive pointwise mutual information of words, by row.
fn information(articles: &[Article], vocabulary: &FxHashMap<u32, u16>, words: usize) -> Vec<Vec<(u16, f32)>> {
    let mut met = vec![0_u16; words * words];
    let mut held = vec![0_u32; words];
    let mut stretches = 0_u32;
    for article in articles {
        let mut all = Vec::new();
        for text in [&article.title, &article.body] {
            words::each(text, article.lang, |token| all.push(vocabulary.get(&term(token.stem)).copied()));
        }
        for stretch in all.chunks(WINDOW) {
            let mut here: Vec<u16> = stretch.iter().flatten().copied().collect();
            here.sort_unstable();
            here.dedup();
            stretches += 1;
            for a in &here {
                held[usize::from(*a)] += 1;
                for b in &here {
                    let cell = &mut met[usize::from(*a) * words + usize::from(*b)];
                    *cell = cell.saturating_add(1);
                }
            }
        }
    }
    let row = |a: usize| {
        (0..words)
            .filter(|b| *b != a)
            .filter_map(|b| {
                let both = met[a * words + b];
                let expected = held[a] as f32 * held[b] as f32 / stretches as f32;
                let information = (f32::from(both) / expected).ln();
                (both >= MIN_MET && information > 0.0).then_some((b as u16, information))
            })
            .collect()
    };
    (0..words).map(row).collect()
}

type Wide = [f32; DIMS + SPARE];

/// The rows of the largest eigenvectors of a symmetric matrix, each scaled by the root of its eigenvalue.
fn eigenvectors(matrix: &[Vec<(u16, f32)>]) -> Vec<Place> {
    let mut random = fastrand::Rng::with_seed(1);
    let mut basis: Vec<Wide> = matrix.iter().map(|_| [0.0; DIMS + SPARE].map(|_: f32| random.f32() - 0.5)).collect();
    let mut sizes = [0.0_f32; DIMS + SPARE];
    for _ in 0..ROUNDS {
        basis = product(matrix, &basis);
        sizes = orthonormal(&mut basis);
    }
    // Powers of the matrix order the columns by eigenvalue; after enough rounds a column's growth in
    // one round is its eigenvalue.
    basis.iter().map(|row| std::array::from_fn(|n| row[n] * sizes[n].sqrt())).collect()
}

fn product(matrix: &[Vec<(u16, f32)>], basis: &[Wide]) -> Vec<Wide> {
    let row = |entries: &Vec<(u16, f32)>| {
        let mut sum = [0.0; DIMS + SPARE];
        for (at, value) in entries {
            for (sum, x) in sum.iter_mut().zip(&basis[usize::from(*at)]) {
                *sum += value * x;
            }
        }
        sum
    };
    matrix.iter().map(row).collect()
}

/// Makes the columns orthogonal and one long (Gram and Schmidt, twice over for the rounding); how long
/// each was beyond what those before it explain.
fn orthonormal(basis: &mut [Wide]) -> Wide {
    let mut sizes = [0.0; DIMS + SPARE];
    for column in 0..DIMS + SPARE {
        for _ in 0..2 {
            let mut dots = [0.0_f64; DIMS + SPARE];
            for row in &*basis {
                for (dot, x) in dots.iter_mut().zip(&row[..column]) {
                    *dot += f64::from(x * row[column]);
                }
            }
            for row in &mut *basis {
                let explained: f32 = dots.iter().zip(&row[..column]).map(|(dot, x)| *dot as f32 * x).sum();
                row[column] -= explained;
            }
        }
        let size = basis.iter().map(|row| f64::from(row[column]).powi(2)).sum::<f64>().sqrt() as f32;
        sizes[column] = size;
        for row in &mut *basis {
            row[column] /= size.max(f32::MIN_POSITIVE);
        }
    }
    sizes
}
