//! What is known of words before anything is stored: how common they are in news at large, and which
//! of them keep company.
//!
//! A new store, with a dozen articles, cannot tell that *minister* is common and *ostrich* is not, nor
//! that *flood* and *river* have to do with each other. A table made once from a few thousand news
//! articles tells it (`assets/related/en.background`; `cargo bench --bench related -- background` makes
//! it, docs/related.md says how and from what). It holds no text: of each stem its hash, the number of
//! articles that had it, and [`DIMS`] small numbers, its place in a space where words that appear in the
//! same articles stand in the same direction. English alone has one; words of other languages are
//! unknown to it and lose nothing.

use std::fmt;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Numbers that place a word, or an article. By correlation with people's ratings of 1,225 pairs: 64
/// numbers 0.707, 96 and 100 0.711 to 0.718, 150 0.705 to 0.715.
pub const DIMS: usize = 96;

const MAGIC: [u8; 5] = *b"DLBG\x01";

/// The table of English.
static ENGLISH: LazyLock<Background> = LazyLock::new(|| {
    // A test holds that it can be read; were it not so, everything would work without it.
    Background::decode(include_bytes!("../../assets/related/en.background")).unwrap_or_default()
});

/// A place in the space of words.
pub type Place = [f32; DIMS];

/// A word of a table that is being made.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Which: see [`term`](super::term).
    pub term: u32,
    /// How many articles had it.
    pub frequency: u16,
    /// Where it stands; its length says how much it tells.
    pub place: Place,
}

/// How common words are, and where they stand.
#[derive(Clone, Debug)]
pub struct Background {
    articles: f32,
    mean: Place,
    /// Where in the lists below a term is.
    at: FxHashMap<u32, u16>,
    frequencies: Vec<u16>,
    scales: Vec<f32>,
    /// Two numbers a byte, each from −7 to 7 in steps of its word's scale, 8 added.
    nibbles: Vec<[u8; DIMS / 2]>,
}

impl Default for Background {
    fn default() -> Self {
        Self {
            articles: 1.0,
            mean: [0.0; DIMS],
            at: FxHashMap::default(),
            frequencies: Vec::new(),
            scales: Vec::new(),
            nibbles: Vec::new(),
        }
    }
}

/// Bytes that are no table of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DamagedBackground;

impl fmt::Display for DamagedBackground {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the table of words is damaged")
    }
}

impl std::error::Error for DamagedBackground {}

impl Background {
    /// The table that is built in. Read on first use, in about a millisecond.
    #[must_use]
    pub fn english() -> &'static Self {
        &ENGLISH
    }

    /// The share of news articles in which a term stands, 0 (unknown) to 1.
    #[must_use]
    pub fn share(&self, term: u32) -> f32 {
        self.at.get(&term).map_or(0.0, |at| f32::from(self.frequencies[usize::from(*at)]) / self.articles)
    }

    /// How many words it knows.
    #[must_use]
    pub fn words(&self) -> usize {
        self.frequencies.len()
    }

    /// The sum of the places of terms, each so many times, and how many of them are known. Terms must
    /// come in a settled order, for sums of floats depend on it.
    #[must_use]
    pub fn sum(&self, terms: impl Iterator<Item = (u32, f32)>) -> (Place, usize) {
        const PAIRS: usize = DIMS / 2;
        let (mut low, mut high, mut known) = ([0.0_f32; PAIRS], [0.0_f32; PAIRS], 0);
        for (term, times) in terms {
            let Some(at) = self.at.get(&term).map(|at| usize::from(*at)) else { continue };
            known += 1;
            let step = self.scales[at] * times;
            // All there is to add, made once: sixteen products instead of a hundred.
            let mut steps = [0.0_f32; 16];
            for (n, steps) in (-8_i8..).zip(&mut steps) {
                *steps = step * f32::from(n);
            }
            for ((low, high), byte) in low.iter_mut().zip(&mut high).zip(&self.nibbles[at]) {
                *low += steps[usize::from(byte & 15)];
                *high += steps[usize::from(byte >> 4)];
            }
        }
        let mut place = [0.0; DIMS];
        for ((pair, low), high) in place.as_chunks_mut::<2>().0.iter_mut().zip(low).zip(high) {
            *pair = [low, high];
        }
        (place, known)
    }

    /// Where articles stand on average; what is told apart is told from there.
    #[must_use]
    pub fn mean(&self) -> &Place {
        &self.mean
    }

    /// The bytes of a table: a head (format, words, articles; little-endian), the mean place, then
    /// column by column terms (4), frequencies (2), scales (4) and places (half a byte a number).
    /// Entries are put in order of term; of two with one term the first stays. At most 65,535.
    #[must_use]
    pub fn encode(mut entries: Vec<Entry>, articles: u32, mean: &Place) -> Vec<u8> {
        entries.sort_by_key(|entry| entry.term);
        entries.dedup_by_key(|entry| entry.term);
        entries.truncate(usize::from(u16::MAX));
        let scale = |entry: &Entry| entry.place.iter().fold(f32::MIN_POSITIVE, |most, x| most.max(x.abs())) / 7.0;
        let mut bytes = MAGIC.to_vec();
        bytes.extend((entries.len() as u32).to_le_bytes());
        bytes.extend(articles.to_le_bytes());
        bytes.extend(mean.iter().flat_map(|x| x.to_le_bytes()));
        bytes.extend(entries.iter().flat_map(|entry| entry.term.to_le_bytes()));
        bytes.extend(entries.iter().flat_map(|entry| entry.frequency.to_le_bytes()));
        bytes.extend(entries.iter().flat_map(|entry| scale(entry).to_le_bytes()));
        for entry in &entries {
            let step = |x: f32| ((x / scale(entry)).round().clamp(-7.0, 7.0) + 8.0) as u8;
            bytes.extend(entry.place.chunks_exact(2).map(|pair| step(pair[0]) | step(pair[1]) << 4));
        }
        bytes
    }

    /// Reads what [`Background::encode`] wrote.
    ///
    /// # Errors
    /// The bytes are not of that shape.
    pub fn decode(bytes: &[u8]) -> Result<Self, DamagedBackground> {
        let rest = bytes.strip_prefix(&MAGIC).ok_or(DamagedBackground)?;
        let (words, rest) = rest.split_first_chunk::<4>().ok_or(DamagedBackground)?;
        let (articles, rest) = rest.split_first_chunk::<4>().ok_or(DamagedBackground)?;
        let words = u32::from_le_bytes(*words) as usize;
        let each = 4 + 2 + 4 + DIMS / 2;
        if words > usize::from(u16::MAX) || rest.len() != DIMS * 4 + words * each {
            return Err(DamagedBackground);
        }
        let (mean, rest) = rest.split_at(DIMS * 4);
        let (terms, rest) = rest.split_at(words * 4);
        let (frequencies, rest) = rest.split_at(words * 2);
        let (scales, nibbles) = rest.split_at(words * 4);
        let float = |chunk: &[u8]| f32::from_le_bytes([chunk[0], chunk[1], chunk[2], chunk[3]]);
        let mut place = [0.0; DIMS];
        for (x, chunk) in place.iter_mut().zip(mean.chunks_exact(4)) {
            *x = float(chunk);
        }
        let table = Self {
            articles: (u32::from_le_bytes(*articles) as f32).max(1.0),
            mean: place,
            at: terms
                .chunks_exact(4)
                .zip(0_u16..)
                .map(|(chunk, at)| (u32::from_le_bytes([chunk[0], chunk[1], chunk[2], chunk[3]]), at))
                .collect(),
            frequencies: frequencies.chunks_exact(2).map(|chunk| u16::from_le_bytes([chunk[0], chunk[1]])).collect(),
            scales: scales.chunks_exact(4).map(float).collect(),
            nibbles: nibbles.as_chunks().0.to_vec(),
        };
        let sound = table.scales.iter().chain(&table.mean).all(|x| x.is_finite());
        if sound { Ok(table) } else { Err(DamagedBackground) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_reads_as_it_was_written() {
        let mut place = [0.0; DIMS];
        place[0] = 7.0;
        place[95] = -3.0;
        let entry = |term, frequency| Entry { term, frequency, place };
        let bytes = Background::encode(vec![entry(9, 5), entry(3, 2), entry(9, 1)], 10, &place);
        let table = Background::decode(&bytes).unwrap();
        assert_eq!((table.words(), table.share(3), table.share(9), table.share(4)), (2, 0.2, 0.5, 0.0));
        let (sum, known) = table.sum([(3, 2.0), (4, 1.0)].into_iter());
        assert_eq!((sum[0], sum[1], sum[95], known), (14.0, 0.0, -6.0, 1));
        assert_eq!(table.mean(), &place);
        assert!(Background::decode(&bytes[1..]).is_err() && Background::decode(&bytes[..bytes.len() - 1]).is_err());
    }

    #[test]
    fn the_built_in_table_is_sound() {
        let english = Background::english();
        assert!(english.words() > 5_000, "{}", english.words());
        let share = |stem: &str| english.share(crate::related::term(stem));
        assert!(share("presid") > share("ostrich"));
    }
}
