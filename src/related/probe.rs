//! One signature compared with many.

/// How many bits of a term tell it apart at first sight. A hundred terms then look like one in forty of
/// all others: of the terms that are not shared hardly any is looked for.
const BITS: u32 = 12;

const WORDS: usize = 1 << (BITS - 6);

/// A signature's terms with their weights, laid out to be compared with many others.
///
/// Walking two lists of a hundred terms side by side takes two hundred steps, each of which waits for
/// the one before. Here each term of the other is looked up in half a kilobyte of bits by itself, and only
/// the few that may be shared are searched for.
pub(super) struct Probe<'a> {
    terms: &'a [u32],
    weights: &'a [f32],
    bits: [u64; WORDS],
}

/// Where the bit of a term stands: in which word, and there.
fn place(term: u32) -> (usize, u64) {
    // Terms are hashes: their low bits are as good as any.
    let low = term as usize & ((1 << BITS) - 1);
    (low >> 6, 1 << (low & 63))
}

impl<'a> Probe<'a> {
    /// For terms in rising order and their weights.
    pub(super) fn new(terms: &'a [u32], weights: &'a [f32]) -> Self {
        let mut bits = [0; WORDS];
        for term in terms {
            let (word, bit) = place(*term);
            bits[word] |= bit;
        }
        Self { terms, weights, bits }
    }

    /// The scalar product with another's terms and weights. Linear in their number.
    pub(super) fn dot(&self, terms: &[u32], weights: &[f32]) -> f32 {
        let (mut sum, mut from) = (0.0, 0);
        for (n, theirs) in terms.iter().enumerate() {
            let (word, bit) = place(*theirs);
            if self.bits[word] & bit == 0 {
                continue;
            }
            // Both are in rising order: what was passed is passed for good.
            match self.terms[from..].binary_search(theirs) {
                Ok(at) => {
                    sum += self.weights[from + at] * weights[n];
                    from += at + 1;
                }
                Err(at) => from += at,
            }
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_counts_what_both_have(
            one in prop::collection::btree_map(0_u32..9_000, 0.0_f32..1.0, 0..120),
            other in prop::collection::btree_map(0_u32..9_000, 0.0_f32..1.0, 0..120),
        ) {
            let apart = |of: &std::collections::BTreeMap<u32, f32>| -> (Vec<u32>, Vec<f32>) {
                of.iter().map(|(term, weight)| (*term, *weight)).unzip()
            };
            let ((terms, weights), (theirs, their_weights)) = (apart(&one), apart(&other));
            let want = one.iter().filter_map(|(term, weight)| Some(weight * other.get(term)?)).sum::<f32>();
            prop_assert_eq!(Probe::new(&terms, &weights).dot(&theirs, &their_weights), want);
            prop_assert_eq!(Probe::new(&theirs, &their_weights).dot(&terms, &weights), want);
        }
    }
}
