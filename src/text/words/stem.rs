//! From a word to the form it is indexed under.

use snowball_stemmers_rs::{Algorithm, Stemmer};

use super::split::Kind;
use super::{cut, without_space};
use crate::text::fold;
use crate::text::language::Lang;

/// The most of a word that is indexed, in bytes; what is longer is no word (base64, an address).
const MAX_STEM: usize = 64;

/// Longer words than this (bytes, in lower case) are left as they are: stemmers are made for words.
const MAX_STEMMED: usize = 48;

/// Letters kept of a word in a language that inflects and has no Snowball stemmer. Cutting words to
/// their first letters serves retrieval in such languages nearly as well as a stemmer (McNamee and
/// Mayfield 2004, "Character N-Gram Tokenization for European Language Text Retrieval").
const STUMP: usize = 6;

/// Languages cut to [`STUMP`] letters.
const CUT: [&str; 19] = [
    "bel", "bul", "mkd", "hrv", "bos", "slv", "slk", "lav", "kat", "kaz", "kir", "uzb", "aze", "tat", "bak", "tuk",
    "tgk", "mon", "sqi",
];

/// Words that lose their vowel before another: `l'élection`, `d’Alger`.
const ELIDED: [&str; 9] = ["l", "d", "j", "m", "n", "s", "t", "c", "qu"];
const ELIDED_ITALIAN: [&str; 10] = ["dell", "all", "nell", "sull", "dall", "un", "quest", "quell", "coll", "sant"];

/// How words of one text are stemmed.
pub(super) struct Stems {
    latin: How,
    cyrillic: How,
    other: How,
    italian: bool,
}

enum How {
    Snowball(Stemmer),
    Cut,
    Leave,
}

impl Stems {
    /// For a text in `lang`. Words in another script than the language's are foreign, and taken by
    /// script: English for Latin, Russian for Cyrillic.
    pub(super) fn of(lang: Option<Lang>) -> Self {
        let english = How::Snowball(Stemmer::create(Algorithm::English));
        let russian = How::Snowball(Stemmer::create(Algorithm::Russian));
        let mut stems = Self { latin: english, cyrillic: russian, other: How::Leave, italian: false };
        let Some(code) = lang.map(Lang::code) else { return stems };
        stems.italian = code == "ita";
        let how = match algorithm(code) {
            Some(algorithm) => How::Snowball(Stemmer::create(algorithm)),
            None if CUT.contains(&code) => How::Cut,
            None => How::Leave,
        };
        match code {
            "eng" | "rus" => {}
            "ell" | "ara" | "tam" | "kat" | "hye" | "heb" | "fas" | "urd" | "pus" | "hin" | "ben" | "mar" | "tel"
            | "tha" | "zho" | "jpn" | "kor" | "lao" | "khm" | "mya" | "guj" | "pan" | "kan" | "mal" | "sin" | "amh"
            | "nep" | "ori" | "yid" => stems.other = how,
            "ukr" | "bel" | "bul" | "mkd" | "kir" | "tat" | "bak" | "tgk" | "mon" => stems.cyrillic = how,
            // Written in either.
            "kaz" | "uzb" | "aze" | "tuk" => {
                stems.latin = How::Cut;
                stems.cyrillic = How::Cut;
            }
            // The stemmer makes Latin of Cyrillic, so that both find each other.
            "srp" => {
                stems.latin = How::Snowball(Stemmer::create(Algorithm::Serbian));
                stems.cyrillic = how;
            }
            _ => stems.latin = how,
        }
        stems
    }

    /// The word without an article that lost its vowel, and where it stands then.
    pub(super) fn without_elision<'a>(&self, at: usize, word: &'a str) -> (usize, &'a str) {
        // Hardly any word has one; bytes tell that without finding characters.
        if word.bytes().all(|byte| byte.is_ascii() && byte != b'\'') {
            return (at, word);
        }
        let Some(mark) = word.find(['\'', '’']) else { return (at, word) };
        let (head, rest) = word.split_at(mark);
        let rest = rest.trim_start_matches(['\'', '’']);
        let head = head.to_lowercase();
        let elided = ELIDED.contains(&head.as_str()) || self.italian && ELIDED_ITALIAN.contains(&head.as_str());
        if elided && rest.chars().count() >= 3 { (at + word.len() - rest.len(), rest) } else { (at, word) }
    }

    /// Appends the stem of `surface` to `out`. What is appended holds no white space.
    pub(super) fn stem_into(&self, surface: &str, kind: Kind, out: &mut String) {
        let normal = without_space(fold::normal(cut(surface, MAX_STEM)));
        if kind == Kind::Pair {
            fold::strip_into(cut(&normal, MAX_STEM), out);
            return;
        }
        let word = normal.strip_suffix("'s").unwrap_or(&normal);
        if word.contains('.') && is_initials(word) {
            out.extend(word.chars().filter(|c| *c != '.'));
            return;
        }
        if word.len() > MAX_STEMMED || word.bytes().any(|b| b.is_ascii_digit()) {
            fold::strip_into(cut(word, MAX_STEM), out);
            return;
        }
        let how = match word.chars().next() {
            Some('a'..='z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}') => &self.latin,
            Some('\u{400}'..='\u{52f}') => &self.cyrillic,
            _ => &self.other,
        };
        let start = out.len();
        match how {
            How::Snowball(stemmer) => fold::strip_into(&stemmer.stem(word), out),
            How::Cut => fold::strip_into(cut(word, word.char_indices().nth(STUMP).map_or(word.len(), |(i, _)| i)), out),
            How::Leave => fold::strip_into(word, out),
        }
        // A stemmer or the folding of marks may leave nothing of a very odd word.
        if out.len() == start {
            out.push_str(word);
        }
    }
}

/// Letters with a dot after each but the last: `u.s`, `с.ш.а`.
fn is_initials(word: &str) -> bool {
    word.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic))
}

/// The Snowball stemmer of a language.
fn algorithm(code: &str) -> Option<Algorithm> {
    Some(match code {
        "ara" => Algorithm::Arabic,
        "hye" => Algorithm::Armenian,
        "eus" => Algorithm::Basque,
        "cat" => Algorithm::Catalan,
        "ces" => Algorithm::Czech,
        "dan" => Algorithm::Danish,
        "nld" => Algorithm::Dutch,
        "eng" => Algorithm::English,
        "epo" => Algorithm::Esperanto,
        "est" => Algorithm::Estonian,
        "fin" => Algorithm::Finnish,
        "fra" => Algorithm::French,
        "deu" => Algorithm::German,
        "ell" => Algorithm::Greek,
        "hin" => Algorithm::Hindi,
        "hun" => Algorithm::Hungarian,
        "ind" => Algorithm::Indonesian,
        "gle" => Algorithm::Irish,
        "ita" => Algorithm::Italian,
        "lit" => Algorithm::Lithuanian,
        "nep" => Algorithm::Nepali,
        "nob" | "nno" => Algorithm::Norwegian,
        "fas" => Algorithm::Persian,
        "pol" => Algorithm::Polish,
        "por" => Algorithm::Portuguese,
        "ron" => Algorithm::Romanian,
        "rus" => Algorithm::Russian,
        "srp" => Algorithm::Serbian,
        "spa" => Algorithm::Spanish,
        "swe" => Algorithm::Swedish,
        "tam" => Algorithm::Tamil,
        "tur" => Algorithm::Turkish,
        "ukr" => Algorithm::Ukrainian,
        "yid" => Algorithm::Yiddish,
        _ => return None,
    })
}
