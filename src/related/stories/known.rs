//! The articles at hand, and how much each of their terms weighs.

use crate::model::{ArticleId, StoryId, Time};
use crate::related::probe::Probe;
use crate::related::{Signature, Term, idf};

/// An article at hand. Its terms and what belongs to them stand apart, for the terms alone are gone through
/// again and again, and what is close together is close at hand for the processor as well.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) article: ArticleId,
    pub(super) story: StoryId,
    pub(super) published: Time,
    /// In rising order.
    pub(super) terms: Box<[u32]>,
    /// How much each is stressed, before it is known how rare it is.
    pub(super) stresses: Box<[f32]>,
    /// The weights of the terms, in their order; of length 1.
    pub(super) unit: Box<[f32]>,
    pub(super) source: u64,
    /// What it names: see [`named`].
    pub(super) names: Option<Box<[u32]>>,
}

impl Known {
    /// The likeness to what was asked for, from 0 to 1.
    pub(super) fn likeness(&self, probe: &Probe<'_>) -> f32 {
        probe.dot(&self.terms, &self.unit)
    }
}

/// What an article names, in rising order; `None` where its script does not tell names.
pub(super) fn named(signature: &Signature) -> Option<Box<[u32]>> {
    signature.tells_names().then(|| signature.names().iter().map(|name| name.term).collect())
}

/// The terms of a signature, and how much each is stressed.
pub(super) fn stressed(signature: &Signature) -> (Box<[u32]>, Box<[f32]>) {
    let terms = signature.terms();
    (terms.iter().map(|term| term.term).collect(), terms.iter().map(|term| stress(*term)).collect())
}

/// The weights of terms that are stressed so, of length 1 together, among so many articles; `frequency`
/// says how many of them have a term.
pub(super) fn unit(
    terms: &[u32],
    stresses: &[f32],
    articles: u64,
    mut frequency: impl FnMut(u32) -> u64,
) -> Box<[f32]> {
    let weighed = terms.iter().zip(stresses).map(|(term, stress)| stress * idf(articles, frequency(*term), 0.0));
    let mut unit: Box<[f32]> = weighed.collect();
    let length = unit.iter().map(|weight| weight * weight).sum::<f32>().sqrt();
    unit.iter_mut().for_each(|weight| *weight /= length.max(f32::MIN_POSITIVE));
    unit
}

/// How much a term weighs for how often it is said: `(1 + ln tf)^1.5`.
fn stress(term: Term) -> f32 {
    let value = term.value();
    value * value.sqrt()
}
