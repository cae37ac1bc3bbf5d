//! What is kept of an article to compare it with others.

use std::fmt;

use rustc_hash::{FxBuildHasher, FxHashMap};
use xxhash_rust::xxh3::xxh3_64;

use super::Gist;
use super::background::DIMS;
use super::names::Spelling;
use super::stop::Stops;
use crate::text::Lang;
use crate::text::words::{self, Token};

/// The most terms a signature holds. Measured by finding the other half of 900-word texts among 888
/// halves (mean reciprocal rank): all terms 0.708, 120 of them 0.704, 100 0.702, 80 0.700, 50 0.683.
pub const MAX_TERMS: usize = 100;

/// The most keys of names a signature holds: see [`Signature::names`].
pub const MAX_NAMES: usize = 16;

/// How often a word of the headline counts.
const TITLE: f32 = 3.0;

/// How often a word of the lead counts, and how many words of the body the lead has.
const LEAD: f32 = 2.0;
const LEAD_WORDS: u32 = 60;

/// Different words that most articles stay under: room that is made at once.
const USUAL: usize = 256;

/// Steps of a weight in one unit of `1 + ln tf`. A byte then reaches 7.97, a word said 1,060 times.
const STEPS: f32 = 32.0;

/// The number under which a stem is indexed. Two stems of a million share one once in four thousand.
#[must_use]
pub fn term(stem: &str) -> u32 {
    // The low half of a good 64-bit hash is a good 32-bit hash.
    xxh3_64(stem.as_bytes()) as u32
}

/// A term of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// Which term: see [`term`].
    pub term: u32,
    /// Its weight, `1 + ln tf` in steps of 1/32; never 0.
    pub weight: u8,
}

impl Term {
    /// Its weight as a number, `1 + ln tf`.
    #[must_use]
    pub fn value(self) -> f32 {
        f32::from(self.weight) / STEPS
    }
}

/// The heaviest terms of an article, at most [`MAX_TERMS`], its names, its language, its length and its
/// gist.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// In rising order of `term`, each once.
    terms: Vec<Term>,
    /// The same.
    names: Vec<Term>,
    lang: Code,
    words: u32,
    gist: Gist,
}

/// The ISO 639-3 code of a language, zeros for none.
type Code = [u8; 3];

/// Languages in scripts without capitals.
const UNCASED: [Code; 26] = [
    *b"ara", *b"fas", *b"urd", *b"pus", *b"heb", *b"yid", *b"hin", *b"mar", *b"nep", *b"ben", *b"tam", *b"tel",
    *b"kan", *b"mal", *b"guj", *b"pan", *b"sin", *b"tha", *b"lao", *b"khm", *b"mya", *b"zho", *b"jpn", *b"kor",
    *b"kat", *b"amh",
];

impl Signature {
    /// The terms, in rising order of [`Term::term`].
    #[must_use]
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// The keys of the names said most, at most [`MAX_NAMES`], in rising order: how they sound, whatever
    /// alphabet spells them. Only for comparing articles in two languages; within one the terms say all.
    #[must_use]
    pub fn names(&self) -> &[Term] {
        &self.names
    }

    /// All that an index keeps postings of: terms and names.
    pub fn indexed(&self) -> impl Iterator<Item = Term> {
        self.terms.iter().chain(&self.names).copied()
    }

    /// Whether both are known to be in languages, and not in the same.
    #[must_use]
    pub fn is_foreign_to(&self, other: &Self) -> bool {
        self.lang != other.lang && self.lang != Code::default() && other.lang != Code::default()
    }

    /// Whether it is known to be in a language whose script tells names by their capitals. In another,
    /// having no [`Signature::names`] says nothing.
    #[must_use]
    pub fn tells_names(&self) -> bool {
        self.lang != Code::default() && !UNCASED.contains(&self.lang)
    }

    /// How many words the article has, headline included.
    #[must_use]
    pub fn words(&self) -> u32 {
        self.words
    }

    /// What it is about, whatever words say it.
    #[must_use]
    pub fn gist(&self) -> &Gist {
        &self.gist
    }

    /// What is left when terms and names are kept elsewhere.
    pub(super) fn without_lists(self) -> Self {
        Self { terms: Vec::new(), names: Vec::new(), ..self }
    }

    /// Whether there is nothing to compare.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The bytes the store keeps: a version (1), the number of words (4, little-endian), the language (3),
    /// the number of terms (1) and of names (1), 5 for each of them (4 for the term, little-endian, 1 for
    /// its weight), and those of the gist, where there is one.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEAD + (self.terms.len() + self.names.len()) * ENTRY + DIMS);
        bytes.push(VERSION);
        bytes.extend(self.words.to_le_bytes());
        bytes.extend(self.lang);
        bytes.extend([self.terms.len() as u8, self.names.len() as u8]);
        for entry in self.indexed() {
            bytes.extend(entry.term.to_le_bytes());
            bytes.push(entry.weight);
        }
        bytes.extend(self.gist.bytes());
        bytes
    }

    /// Reads what [`Signature::encode`] wrote.
    ///
    /// # Errors
    /// The bytes are not of that shape: cut, of another version, out of order or too many.
    pub fn decode(bytes: &[u8]) -> Result<Self, DamagedSignature> {
        let (head, rest) = bytes.split_first_chunk::<HEAD>().ok_or(DamagedSignature)?;
        let [version, a, b, c, d, l, m, n, terms, names] = *head;
        let (terms, names) = (usize::from(terms), usize::from(names));
        let size = (terms + names) * ENTRY;
        if version != VERSION || terms > MAX_TERMS || names > MAX_NAMES || rest.len() < size {
            return Err(DamagedSignature);
        }
        let (entries, gist) = rest.split_at(size);
        let gist = Gist::from_bytes(gist).ok_or(DamagedSignature)?;
        let read = |e: &[u8]| Term { term: u32::from_le_bytes([e[0], e[1], e[2], e[3]]), weight: e[4] };
        let (of_terms, of_names) = entries.split_at(terms * ENTRY);
        let terms: Vec<Term> = of_terms.chunks_exact(ENTRY).map(read).collect();
        let names: Vec<Term> = of_names.chunks_exact(ENTRY).map(read).collect();
        let sound = |list: &[Term]| {
            list.iter().all(|t| t.weight > 0) && list.windows(2).all(|pair| pair[0].term < pair[1].term)
        };
        if !sound(&terms) || !sound(&names) {
            return Err(DamagedSignature);
        }
        Ok(Self { terms, names, lang: [l, m, n], words: u32::from_le_bytes([a, b, c, d]), gist })
    }
}

const VERSION: u8 = 3;
const HEAD: usize = 10;
const ENTRY: usize = 5;
// Their numbers are kept in a byte each.
const _: () = assert!(MAX_TERMS <= u8::MAX as usize);
const _: () = assert!(MAX_NAMES <= u8::MAX as usize);

/// Kept bytes that are no signature; the article is to be signed again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DamagedSignature;

impl fmt::Display for DamagedSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the kept signature of an article is damaged")
    }
}

impl std::error::Error for DamagedSignature {}

/// What is gathered of a term while signing.
#[derive(Default)]
struct Seen {
    count: f32,
    /// As what kind of word it stood.
    rarity: f32,
    /// The first word it was.
    first: u32,
}

/// Signs an article: counts its stems, words of the title three times and the first 60 of the body
/// twice, leaves out stop words, and keeps the heaviest.
///
/// Which terms are heaviest is settled without the store: how rare a word is there changes with every
/// refresh, and a signature must not. Where counts are equal (most words of an article are said
/// once), names, long words and those near the top go first, for they are the rare ones (short words
/// are common ones in every language: Zipf's law of abbreviation). By the measure of [`MAX_TERMS`] that
/// guess gives 0.702, choosing by the true idf 0.704, by count alone 0.689. The idf itself is applied
/// when articles are compared.
///
/// `lang` chooses stemmer and stop words. Linear in length.
#[must_use]
pub fn sign(title: &str, body: &str, lang: Option<Lang>) -> Signature {
    let mut signing = Signing::new(lang);
    words::each(title, lang, |token| signing.title(&token));
    words::each(body, lang, |token| signing.body(&token));
    signing.finish()
}

/// A signature in the making: takes the words of headline and body.
pub(super) struct Signing {
    stops: Stops,
    /// Whether the table of words knows the language.
    has_gist: bool,
    lang: Code,
    spelling: Spelling,
    seen: FxHashMap<u32, Seen>,
    /// Keys of names: how often each was said, and after how many words first.
    names: FxHashMap<u32, (f32, u32)>,
    /// Those of the headline: all its words may have capitals.
    title_names: Vec<u32>,
    words: u32,
}

impl Signing {
    pub(super) fn new(lang: Option<Lang>) -> Self {
        let has_gist = lang.is_none_or(|lang| lang == Lang::ENGLISH);
        Self {
            stops: Stops::of(lang),
            has_gist,
            lang: code(lang),
            spelling: Spelling::of(lang),
            seen: FxHashMap::with_capacity_and_hasher(USUAL, FxBuildHasher),
            names: FxHashMap::default(),
            title_names: Vec::new(),
            words: 0,
        }
    }

    pub(super) fn title(&mut self, token: &Token<'_, '_>) {
        if token.name {
            self.spelling.keys(token.surface, |key| self.title_names.push(key));
        }
        self.add(token, TITLE);
    }

    pub(super) fn body(&mut self, token: &Token<'_, '_>) {
        let times = if token.position < LEAD_WORDS { LEAD } else { 1.0 };
        if token.name {
            let at = self.words;
            self.spelling.keys(token.surface, |key| self.names.entry(key).or_insert((0.0, at)).0 += times);
        }
        self.add(token, times);
    }

    fn add(&mut self, token: &Token<'_, '_>, times: f32) {
        // As `term` has it.
        let term = token.hash as u32;
        if !self.stops.has(term) && !is_slight(token.stem) {
            let first = self.words;
            let entry = self.seen.entry(term).or_insert_with(|| Seen { first, ..Seen::default() });
            entry.count += times;
            // Said again, a word can only be rarer as a name.
            if token.name || entry.rarity == 0.0 {
                entry.rarity = entry.rarity.max(rarity(token));
            }
        }
        self.words += 1;
    }

    pub(super) fn finish(mut self) -> Signature {
        let names = self.heaviest_names();
        let weigh = |(term, seen): (u32, Seen)| {
            let value = 1.0 + seen.count.ln();
            (value * seen.rarity, seen.first, Term { term, weight: weight(value) })
        };
        let mut terms: Vec<(f32, u32, Term)> = self.seen.into_iter().map(weigh).collect();
        if terms.len() > MAX_TERMS {
            terms.select_nth_unstable_by(MAX_TERMS - 1, |a, b| {
                b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.term.cmp(&b.2.term))
            });
            terms.truncate(MAX_TERMS);
        }
        let mut terms: Vec<Term> = terms.into_iter().map(|(.., term)| term).collect();
        terms.sort_unstable_by_key(|t| t.term);
        // Of the heaviest terms alone: the rest weigh little, and few of them are known.
        let known = terms.iter().filter(|_| self.has_gist);
        let gist = Gist::of(known.map(|t| (t.term, t.value())));
        Signature { terms, names, lang: self.lang, words: self.words, gist }
    }

    /// The keys of the names said most; of those said as often, the earlier. Those of the headline where
    /// the body has none.
    fn heaviest_names(&mut self) -> Vec<Term> {
        if self.names.is_empty() {
            self.names.extend(self.title_names.drain(..).zip((0..).map(|at| (TITLE, at))));
        }
        let mut names: Vec<(u32, f32, u32)> = self.names.drain().map(|(key, (count, at))| (key, count, at)).collect();
        names.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.2.cmp(&b.2)).then(a.0.cmp(&b.0)));
        names.truncate(MAX_NAMES);
        let mut names: Vec<Term> =
            names.into_iter().map(|(term, count, _)| Term { term, weight: weight(1.0 + count.ln()) }).collect();
        names.sort_unstable_by_key(|name| name.term);
        names
    }
}

/// A weight in steps.
fn weight(value: f32) -> u8 {
    (value * STEPS).round().clamp(1.0, 255.0) as u8
}

fn code(lang: Option<Lang>) -> Code {
    lang.and_then(|lang| lang.code().as_bytes().try_into().ok()).unwrap_or_default()
}

/// Whether a stem tells nothing about a subject in a text of `lang`, and so is in no signature. For
/// tools: it costs more than asking for all words of a text together.
#[must_use]
pub fn is_stop(stem: &str, lang: Option<Lang>) -> bool {
    is_slight(stem) || Stops::of(lang).has(term(stem))
}

/// Words that say nothing in any language: a lone ASCII letter or digit.
fn is_slight(stem: &str) -> bool {
    stem.len() == 1
}

/// A guess at how rare the word is, about 1.
fn rarity(token: &Token<'_, '_>) -> f32 {
    let length = match token.stem.chars().take(8).count() {
        0..=3 if !token.name && token.stem.is_ascii() => 0.7,
        0..=4 => 0.9,
        5..=7 => 1.0,
        _ => 1.1,
    };
    if token.name { length * 1.2 } else { length }
}
