//! What else than likeness puts one related article before another: how near in time it is, and that
//! one source does not fill the list.

/// How much of a score distance in time can take away. The subject decides; time settles what is
/// otherwise alike.
pub const RECENCY: f32 = 0.3;

/// What a second article of one source keeps of its score in the order of the list, a third keeps of
/// that, and so on: enough to let another source's report of the same thing pass, not enough to let
/// anything pass.
pub const REPEAT: f32 = 0.85;

/// How recent something is, 1 for now down towards 0: halves with every `half_life`. Both in seconds;
/// the sign of `distance` does not matter. A half-life of 0 or less makes everything equally recent.
#[must_use]
pub fn recency(distance: i64, half_life: i64) -> f32 {
    if half_life <= 0 {
        return 1.0;
    }
    (-(distance.unsigned_abs() as f64) / half_life as f64).exp2() as f32
}

/// A score with recency mixed in: `score · (1 − R + R · recency)`, R being [`RECENCY`].
#[must_use]
pub fn blend(score: f32, recency: f32) -> f32 {
    score * (1.0 - RECENCY + RECENCY * recency.clamp(0.0, 1.0))
}

/// Orders `items` by score, highest first, each further item of a source counting [`REPEAT`] times
/// less, and keeps `limit`. Equal items stay in the order they came in. `score` must not be NaN.
#[must_use]
pub fn vary<T, S: PartialEq>(
    items: Vec<T>,
    limit: usize,
    score: impl Fn(&T) -> f32,
    source: impl Fn(&T) -> S,
) -> Vec<T> {
    let mut left: Vec<(f32, T)> = items.into_iter().map(|item| (score(&item), item)).collect();
    left.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut chosen = Vec::with_capacity(limit.min(left.len()));
    while chosen.len() < limit && !left.is_empty() {
        let mut best = 0;
        for (at, (score, _)) in left.iter().enumerate() {
            if *score > left[best].0 {
                best = at;
            }
        }
        let (_, item) = left.remove(best);
        let from = source(&item);
        for (score, other) in &mut left {
            if source(other) == from {
                *score *= REPEAT;
            }
        }
        chosen.push(item);
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recency_halves() {
        assert_eq!(recency(0, 100), 1.0);
        assert_eq!(recency(-200, 100), 0.25);
        assert_eq!(recency(5, 0), 1.0);
        assert!(recency(i64::MIN, 1) >= 0.0);
        assert!((blend(0.5, 0.0) - 0.35).abs() < 1e-6 && blend(0.5, 1.0) == 0.5);
    }

    #[test]
    fn another_source_passes_only_what_is_near() {
        let items = vec![("a", 0.9), ("a", 0.8), ("b", 0.7), ("a", 0.6), ("c", 0.2)];
        let order = vary(items, 4, |i| i.1, |i| i.0);
        assert_eq!(order, [("a", 0.9), ("b", 0.7), ("a", 0.8), ("a", 0.6)]);
        assert!(vary(Vec::<(&str, f32)>::new(), 4, |i| i.1, |i| i.0).is_empty());
    }
}
