//! The simple online baselines: each article, in order of publication, joins the nearest cluster above
//! a threshold, or begins one. Words weigh `(1 + ln tf) · idf`, the idf known from the whole file.

use dateline::model::ArticleId;
use dateline::related::{Index, MemoryIndex, idf};
use rustc_hash::FxHashMap;

use crate::Article;

/// A cluster is forgotten after so many seconds without an article, where time counts.
const WINDOW: i64 = 3 * 86_400;

/// What a cluster's nearness is.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Method {
    /// The cosine to the sum of its articles.
    Centroid,
    /// The same, of clusters of the last days.
    RecentCentroid,
    /// That of its nearest article.
    Neighbour,
    /// The same, of articles of the last days.
    RecentNeighbour,
}

impl Method {
    pub(crate) const ALL: [Self; 4] = [Self::Centroid, Self::RecentCentroid, Self::Neighbour, Self::RecentNeighbour];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Centroid => "centroid",
            Self::RecentCentroid => "centroid, 3 days",
            Self::Neighbour => "nearest neighbour",
            Self::RecentNeighbour => "nearest neighbour, 3 days",
        }
    }
}

/// A vector of length 1, in order of term.
pub(crate) type Vector = Vec<(u32, f32)>;

pub(crate) fn vectors(articles: &[Article]) -> Vec<Vector> {
    let mut index = MemoryIndex::default();
    for (n, article) in articles.iter().enumerate() {
        index.insert(ArticleId(n as i64), article.signature.clone());
    }
    let weigh = |article: &Article| {
        let weight = |term: u32| index.frequency(term).map_or(0.0, |found| idf(articles.len() as u64, found, 0.0));
        let mut vector: Vector =
            article.signature.terms().iter().map(|term| (term.term, term.value() * weight(term.term))).collect();
        let length = vector.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        vector.iter_mut().for_each(|(_, weight)| *weight /= length);
        vector
    };
    articles.iter().map(weigh).collect()
}

struct Cluster {
    sum: FxHashMap<u32, f32>,
    square: f32,
    members: Vec<usize>,
}

pub(crate) fn cluster(articles: &[Article], vectors: &[Vector], method: Method, threshold: f32) -> Vec<usize> {
    let mut clusters: Vec<Cluster> = Vec::new();
    let mut of: Vec<usize> = Vec::with_capacity(articles.len());
    for (n, vector) in vectors.iter().enumerate() {
        let recent = |other: usize| {
            matches!(method, Method::Centroid | Method::Neighbour)
                || articles[n].published.0 - articles[other].published.0 <= WINDOW
        };
        let mut best: Option<(f32, usize)> = None;
        for (at, cluster) in clusters.iter().enumerate() {
            if !cluster.members.last().is_some_and(|last| recent(*last)) {
                continue;
            }
            let product: f32 = vector.iter().map(|(term, weight)| weight * cluster.sum.get(term).unwrap_or(&0.0)).sum();
            let near = match method {
                Method::Centroid | Method::RecentCentroid => product / cluster.square.sqrt(),
                // No article is nearer than all of them together.
                _ if product < threshold => 0.0,
                _ => {
                    let near = |other: &usize| dot(vector, &vectors[*other]);
                    cluster.members.iter().filter(|other| recent(**other)).map(near).fold(0.0, f32::max)
                }
            };
            if near >= threshold && best.is_none_or(|(most, _)| near > most) {
                best = Some((near, at));
            }
        }
        let at = best.map_or(clusters.len(), |(_, at)| at);
        if at == clusters.len() {
            clusters.push(Cluster { sum: Default::default(), square: 0.0, members: Vec::new() });
        }
        let cluster = &mut clusters[at];
        for (term, weight) in vector {
            let sum = cluster.sum.entry(*term).or_default();
            cluster.square += 2.0 * *sum * weight + weight * weight;
            *sum += weight;
        }
        cluster.members.push(n);
        of.push(at);
    }
    of
}

fn dot(a: &Vector, b: &Vector) -> f32 {
    let (mut sum, mut at) = (0.0, 0);
    for (term, weight) in a {
        while at < b.len() && b[at].0 < *term {
            at += 1;
        }
        if at < b.len() && b[at].0 == *term {
            sum += weight * b[at].1;
        }
    }
    sum
}
