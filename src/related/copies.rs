//! Copies: articles whose text is nearly the same, as when several outlets print one wire report.
//!
//! A text is cut into shingles, every five words in a row. Of two copies most shingles of the shorter
//! stand in the longer, however much either was cut, reheaded or dressed with boilerplate; measures
//! over the union of both (MinHash, SimHash) miss the cut ones. Two reports that quote the same
//! statement share shingles as well, so lead or headline must agree besides.
//!
//! Kept is a sketch: all shingles of the first 60 words, and of the whole text those whose hash is
//! divisible by 8, which are the same ones in every copy. To find an article's copies, compare its
//! sketch with those of the articles most related to it.

use std::fmt;

use crate::text::Lang;
use crate::text::words::{self, Token};

/// Words in a shingle.
const SHINGLE: usize = 5;

/// Words of the body that count as its lead.
const LEAD_WORDS: u32 = 60;

/// One shingle in so many is kept of the whole text.
const EVERY: u32 = 8;

/// The most sampled shingles kept: a text of about 3,000 words.
const MAX_SAMPLE: usize = 384;

/// The most words of a headline kept.
const MAX_TITLE: usize = 32;

/// With fewer sampled shingles than this in the shorter text, its lead must decide.
const MIN_SAMPLE: usize = 6;

/// With fewer shingles than this the lead of a text proves nothing.
const MIN_LEAD: usize = 6;

/// The share of the shorter text that must stand in the longer.
const CONTAINED: f32 = 0.5;

/// The share of the shorter lead, or of both headlines' words, that counts as agreement.
const LEAD_AGREES: f32 = 0.3;
const TITLE_AGREES: f32 = 0.5;

/// The share of the shorter lead that is proof where there is nothing but the lead.
const LEAD_PROVES: f32 = 0.6;

/// The share of text and of lead that two articles of one source must have in common.
const AGAIN: f32 = 0.8;

/// What is kept of an article to tell its copies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch {
    words: u32,
    /// Sorted, each once; so with the others.
    title: Vec<u32>,
    lead: Vec<u32>,
    sample: Vec<u32>,
}

/// Sketches an article. Linear in its length.
#[must_use]
pub fn sketch(title: &str, body: &str, lang: Option<Lang>) -> Sketch {
    let mut sketching = Sketching::default();
    words::each(title, lang, |token| sketching.title(&token));
    words::each(body, lang, |token| sketching.body(&token));
    sketching.finish()
}

impl Sketch {
    /// How many words the article's body has: of copies, the fullest is the one to show.
    #[must_use]
    pub fn words(&self) -> u32 {
        self.words
    }

    /// The share, 0 to 1, of the shorter text that stands in the longer, as far as sketches tell.
    #[must_use]
    pub fn containment(&self, other: &Self) -> f32 {
        if self.sample.len().min(other.sample.len()) >= MIN_SAMPLE {
            contained(&self.sample, &other.sample)
        } else {
            self.lead_containment(other)
        }
    }

    /// Whether both are copies of one text. The same both ways. Never for texts of under ten words.
    #[must_use]
    pub fn is_copy_of(&self, other: &Self) -> bool {
        if self.sample.len().min(other.sample.len()) < MIN_SAMPLE {
            return self.lead_containment(other) >= LEAD_PROVES;
        }
        // The samples first: they are the shortest, and mostly settle it.
        contained(&self.sample, &other.sample) >= CONTAINED
            && (self.lead_containment(other) >= LEAD_AGREES || agreement(&self.title, &other.title) >= TITLE_AGREES)
    }

    /// Whether one of two texts of the same source is the other posted again: nearly all of the shorter stands
    /// in the longer, from the top on. What a source prints daily (markets, weather, a column's frame) shares
    /// half of its words with itself, and is news all the same. The same both ways.
    #[must_use]
    pub fn is_posted_again(&self, other: &Self) -> bool {
        self.is_copy_of(other) && self.containment(other) >= AGAIN && self.lead_containment(other) >= AGAIN
    }

    fn lead_containment(&self, other: &Self) -> f32 {
        if self.lead.len().min(other.lead.len()) < MIN_LEAD { 0.0 } else { contained(&self.lead, &other.lead) }
    }

    /// The bytes the store keeps: a version (1), the number of words (4, little-endian), the three
    /// lengths (2 each), then the hashes (4 each).
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let lists = [&self.title, &self.lead, &self.sample];
        let mut bytes = vec![VERSION];
        bytes.extend(self.words.to_le_bytes());
        for list in lists {
            // Each list has its cap, far below what two bytes hold.
            bytes.extend((list.len() as u16).to_le_bytes());
        }
        for hash in lists.into_iter().flatten() {
            bytes.extend(hash.to_le_bytes());
        }
        bytes
    }

    /// Reads what [`Sketch::encode`] wrote.
    ///
    /// # Errors
    /// The bytes are not of that shape: cut, of another version, out of order or too many.
    pub fn decode(bytes: &[u8]) -> Result<Self, DamagedSketch> {
        let (head, hashes) = bytes.split_first_chunk::<HEAD>().ok_or(DamagedSketch)?;
        let [version, w0, w1, w2, w3, t0, t1, l0, l1, s0, s1] = *head;
        let lengths = [[t0, t1], [l0, l1], [s0, s1]].map(|two| usize::from(u16::from_le_bytes(two)));
        let [title, lead, sample] = lengths;
        let sane = title <= MAX_TITLE && lead <= LEAD_WORDS as usize && sample <= MAX_SAMPLE;
        if version != VERSION || !sane || hashes.len() != (title + lead + sample) * 4 {
            return Err(DamagedSketch);
        }
        let all: Vec<u32> = hashes.chunks_exact(4).map(|h| u32::from_le_bytes([h[0], h[1], h[2], h[3]])).collect();
        let (titles, rest) = all.split_at(title);
        let (leads, samples) = rest.split_at(lead);
        if [titles, leads, samples].iter().any(|list| list.windows(2).any(|pair| pair[0] >= pair[1])) {
            return Err(DamagedSketch);
        }
        Ok(Self {
            words: u32::from_le_bytes([w0, w1, w2, w3]),
            title: titles.to_vec(),
            lead: leads.to_vec(),
            sample: samples.to_vec(),
        })
    }
}

const VERSION: u8 = 1;
const HEAD: usize = 11;

/// Kept bytes that are no sketch; the article is to be sketched again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DamagedSketch;

impl fmt::Display for DamagedSketch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the kept sketch of an article is damaged")
    }
}

impl std::error::Error for DamagedSketch {}

/// A sketch in the making: takes the words of headline and body in order.
#[derive(Default)]
pub(super) struct Sketching {
    sketch: Sketch,
    /// Hashes of the last words, the newest last.
    last: [u64; SHINGLE],
}

impl Sketching {
    pub(super) fn title(&mut self, token: &Token<'_, '_>) {
        if self.sketch.title.len() < MAX_TITLE {
            self.sketch.title.push(token.hash as u32);
        }
    }

    pub(super) fn body(&mut self, token: &Token<'_, '_>) {
        self.last.rotate_left(1);
        self.last[SHINGLE - 1] = token.hash;
        self.sketch.words = token.position + 1;
        if self.sketch.words < SHINGLE as u32 {
            return;
        }
        let hash = shingle(self.last);
        if self.sketch.words <= LEAD_WORDS {
            self.sketch.lead.push(hash);
        }
        if hash.is_multiple_of(EVERY) && self.sketch.sample.len() < MAX_SAMPLE {
            self.sketch.sample.push(hash);
        }
    }

    pub(super) fn finish(mut self) -> Sketch {
        for list in [&mut self.sketch.title, &mut self.sketch.lead, &mut self.sketch.sample] {
            list.sort_unstable();
            list.dedup();
        }
        self.sketch
    }
}

/// One hash of several words; their order matters.
fn shingle(words: [u64; SHINGLE]) -> u32 {
    let mixed = words.into_iter().fold(0_u64, |mixed, word| {
        // An odd multiplier and a rotation spread every word over all bits (as FNV and FxHash do).
        (mixed.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    });
    (mixed >> 32) as u32
}

/// How many hashes two sorted lists share.
fn shared(a: &[u32], b: &[u32]) -> usize {
    let (mut i, mut j, mut count) = (0, 0, 0);
    // No branch depends on what the hashes are: which of them is less cannot be foretold.
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        count += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    count
}

/// The share of the shorter list that stands in the longer.
fn contained(a: &[u32], b: &[u32]) -> f32 {
    let shorter = a.len().min(b.len());
    if shorter == 0 { 0.0 } else { shared(a, b) as f32 / shorter as f32 }
}

/// The share of both lists together that they share.
fn agreement(a: &[u32], b: &[u32]) -> f32 {
    let shared = shared(a, b);
    let all = a.len() + b.len() - shared;
    if all == 0 { 0.0 } else { shared as f32 / all as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TITLE: &str = "Ferry with 212 people aboard runs aground off Skarholm";
    const BODY: &str = "The ferry Aldebaran ran aground near the island of Skarholm in thick fog late on Monday, and all \
        212 people aboard were brought ashore by lifeboats before dawn, the coastguard said. Nobody was badly hurt, but \
        eleven passengers were treated for the cold. The hull is torn open along a third of its length, and a film of \
        oil has been seen on the water to the east of the wreck. Fishermen from two villages laid booms across the \
        mouth of the sound to keep the oil from the oyster beds. The owner of the ship, a company from the mainland, \
        said that it would answer every question of the inquiry, which a judge is to open on Thursday. It is the third \
        accident on the route within two years, and the island council has asked more than once for a pilot to be \
        aboard whenever fog is forecast. A spokesman for the ministry said the request had been studied with care.";

    fn of(title: &str, body: &str) -> Sketch {
        sketch(title, body, Some(Lang::ENGLISH))
    }

    fn words(from: usize, to: usize) -> String {
        BODY.split_whitespace().skip(from).take(to - from).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn copies_however_they_were_cut() {
        let whole = of(TITLE, BODY);
        for (what, title, body) in [
            ("the same", TITLE, BODY.to_owned()),
            ("another headline", "Lifeboats save all from stranded ship", BODY.to_owned()),
            ("cut to the lead", "Stranded", words(0, 40)),
            ("cut in half", "Stranded", words(0, 80)),
            ("boilerplate around", "Stranded", format!("SKARHOLM (Agency) — {BODY} © Agency. All rights reserved.")),
            ("edited", "Stranded", BODY.replace("thick", "dense").replace("two villages", "three villages")),
            ("lead rewritten", TITLE, format!("An inquiry was promised after a ship was lost. {}", words(31, 150))),
        ] {
            let copy = of(title, &body);
            assert!(whole.is_copy_of(&copy) && copy.is_copy_of(&whole), "{what}: {}", whole.containment(&copy));
        }
    }

    #[test]
    fn what_is_no_copy() {
        let whole = of(TITLE, BODY);
        let told_anew = "All passengers of the Aldebaran are safe after the ferry struck rocks by Skarholm in fog. \
            Lifeboats from three harbours took them off in the night. Oil is leaking from the wreck, the coastguard \
            warned, and oyster farmers fear for their beds. A judge opens an inquiry on Thursday into the third \
            accident on this route in two years. The owner promised to help.";
        let quotes = format!("{told_anew} {told_anew} It said: {}", words(100, 130));
        for (what, title, body) in [
            ("the same event", TITLE, told_anew.to_owned()),
            ("a quoted passage", "Oyster farmers fear oil", quotes),
            ("only a headline", TITLE, String::new()),
            ("nothing", "", String::new()),
        ] {
            assert!(!whole.is_copy_of(&of(title, &body)), "{what}");
        }
        assert!(!of("", "").is_copy_of(&of("", "")));
        assert!(!of("Weather", "Rain.").is_copy_of(&of("Weather", "Rain.")));
    }

    proptest! {
        #[test]
        fn sketches_are_kept_whole(title in "\\PC{0,60}", body in "([a-k]{1,2} ){0,400}") {
            let sketch = of(&title, &body);
            prop_assert_eq!(Sketch::decode(&sketch.encode()), Ok(sketch.clone()));
            let long = sketch.words() >= 12 && sketch.lead.len() >= MIN_LEAD;
            prop_assert!(!long || sketch.is_copy_of(&sketch));
        }

        #[test]
        fn garbage_is_refused(mut bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = Sketch::decode(&bytes);
            if let Some(first) = bytes.first_mut() {
                *first = VERSION;
            }
            if let Ok(sketch) = Sketch::decode(&bytes) {
                prop_assert_eq!(sketch.encode(), bytes);
            }
        }
    }
}
