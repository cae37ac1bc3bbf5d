//! What an article is about, whatever words say it.

use super::background::{Background, DIMS, Place};

/// The fewest words of the table that make a gist: fewer are chance.
const MIN_KNOWN: usize = 5;

/// Steps of a number in one unit. A gist's length is 1, so that hardly any number reaches ½.
const STEPS: f32 = 240.0;

/// An article's place among the articles of the [`Background`]: the direction in which its words
/// stand. Empty (all zero) where too few of its words are known, as in all languages but English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gist([i8; DIMS]);

impl Default for Gist {
    fn default() -> Self {
        Self([0; DIMS])
    }
}

impl Gist {
    /// The gist of terms with their weights (`1 + ln tf`), which must come in a settled order, for
    /// sums of floats depend on it.
    pub(super) fn of(terms: impl Iterator<Item = (u32, f32)>) -> Self {
        let table = Background::english();
        let (mut sum, known) = table.sum(terms);
        if known < MIN_KNOWN {
            return Self::default();
        }
        scale(&mut sum);
        for (x, mean) in sum.iter_mut().zip(table.mean()) {
            *x -= mean;
        }
        scale(&mut sum);
        Self(sum.map(|x| (x * STEPS).round().clamp(-127.0, 127.0) as i8))
    }

    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0 == [0; DIMS]
    }

    /// How alike two gists are, from 0 (nothing in common, or the contrary) to 1. `None` where one is
    /// empty. The same both ways.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> Option<f32> {
        if self.is_empty() || other.is_empty() {
            return None;
        }
        let dot: i32 = self.0.iter().zip(&other.0).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum();
        Some((dot as f32 / (STEPS * STEPS)).clamp(0.0, 1.0))
    }

    /// Its bytes; none of an empty one.
    pub(super) fn bytes(&self) -> impl Iterator<Item = u8> {
        let some = if self.is_empty() { 0 } else { DIMS };
        self.0.into_iter().take(some).map(i8::cast_unsigned)
    }

    /// The gist of these bytes, which are as [`Gist::bytes`] gives them.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        if bytes.is_empty() {
            return Some(Self::default());
        }
        let bytes: &[u8; DIMS] = bytes.try_into().ok()?;
        Some(Self(bytes.map(u8::cast_signed)))
    }
}

/// Makes it one long.
fn scale(place: &mut Place) {
    let length = place.iter().map(|x| x * x).sum::<f32>().sqrt();
    if length > 0.0 {
        for x in place {
            *x /= length;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::related::sign;
    use crate::text::Lang;

    #[test]
    fn other_words_for_one_thing_are_alike() {
        let gist = |text: &str| *sign("", text, Lang::from_code("en")).gist();
        let storm = gist("Heavy rain and storms flooded homes; residents were evacuated as rivers rose.");
        let flood = gist("Floodwater cut roads, and emergency crews rescued families after the hurricane.");
        let court = gist("A judge sentenced the former banker to prison for fraud after a jury found him guilty.");
        let (near, far) = (storm.likeness(&flood).unwrap(), storm.likeness(&court).unwrap());
        assert!(near > 0.4 && far < 0.2, "{near} {far}");
        assert!(storm.likeness(&storm).unwrap() > 0.97);
        assert!(storm.likeness(&gist("")).is_none() && gist("Бензин снова подорожал").is_empty());
    }
}
