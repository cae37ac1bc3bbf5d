//! How near groups come to known ones.

use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;

use crate::Article;

/// Precision and recall, 0 to 1.
#[derive(Default)]
pub(crate) struct Score {
    precision: f64,
    recall: f64,
}

impl Score {
    /// Adds a share of another, for means.
    pub(crate) fn add(&mut self, other: &Self, share: f64) {
        self.precision += share * other.precision;
        self.recall += share * other.recall;
    }

    /// Their harmonic mean.
    pub(crate) fn f1(&self) -> f64 {
        let sum = self.precision + self.recall;
        if sum > 0.0 { 2.0 * self.precision * self.recall / sum } else { 0.0 }
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "P {:.3}  R {:.3}  F1 {:.3}", self.precision, self.recall, self.f1())
    }
}

fn count<K: Hash + Eq>(keys: impl Iterator<Item = K>) -> HashMap<K, f64> {
    let mut counts = HashMap::new();
    for key in keys {
        *counts.entry(key).or_insert(0.0) += 1.0;
    }
    counts
}

/// What is labelled: its label and its group.
fn known<'a>(articles: &'a [Article], groups: &'a [usize]) -> Vec<(&'a str, usize)> {
    articles.iter().zip(groups).filter_map(|(article, group)| Some((article.label.as_deref()?, *group))).collect()
}

/// B-cubed: for each article the share of its group that belongs with it, and of what belongs with it
/// that is in its group; then the mean of both. Counted are those with a label that is `wanted`.
pub(crate) fn b_cubed(articles: &[Article], groups: &[usize], wanted: impl Fn(&str) -> bool) -> Score {
    let mut known = known(articles, groups);
    known.retain(|(label, _)| wanted(label));
    let both = count(known.iter().copied());
    let labels = count(known.iter().map(|(label, _)| *label));
    let sizes = count(known.iter().map(|(_, group)| *group));
    let all = known.len().max(1) as f64;
    let precision = known.iter().map(|one| both[one] / sizes[&one.1]).sum::<f64>() / all;
    let recall = known.iter().map(|one| both[one] / labels[one.0]).sum::<f64>() / all;
    Score { precision, recall }
}

/// Of the pairs said to belong together those that do, and the other way round.
pub(crate) fn pairs(articles: &[Article], groups: &[usize]) -> Score {
    let known = known(articles, groups);
    let of = |counts: Vec<f64>| counts.into_iter().map(|n| n * (n - 1.0) / 2.0).sum::<f64>();
    let right = of(count(known.iter().copied()).into_values().collect());
    let said = of(count(known.iter().map(|(_, group)| *group)).into_values().collect());
    let there = of(count(known.iter().map(|(label, _)| *label)).into_values().collect());
    let share = |of: f64| if of > 0.0 { right / of } else { 1.0 };
    Score { precision: share(said), recall: share(there) }
}
