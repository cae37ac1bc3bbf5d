//! Which language a text is written in.
//!
//! Scripts first, for that is cheap and sure: a text in Greek letters is Greek. Cyrillic is told
//! apart by the letters only one language has, because trigrams know few of its languages and call
//! Kazakh, Kyrgyz and Tajik Russian. What is left is given to `whatlang` (trigrams and alphabets).

use std::fmt;
use std::str::FromStr;

use isolang::Language;

/// A language, named by its ISO 639-3 code.
///
/// Codes that differ in theory and not in what Dateline does with them are made one: Mandarin and
/// Chinese (`zho`), Bokmål and Norwegian (`nob`), the Persians of Iran and Afghanistan (`fas`).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Lang(Language);

impl Lang {
    /// English.
    pub const ENGLISH: Self = Self(Language::Eng);
    /// Russian.
    pub const RUSSIAN: Self = Self(Language::Rus);

    /// The ISO 639-3 code: `eng`.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0.to_639_3()
    }

    /// The shortest code people know it by: ISO 639-1 where there is one (`en`), else ISO 639-3.
    #[must_use]
    pub fn short(self) -> &'static str {
        match self.0 {
            Language::Nob => "no",
            other => other.to_639_1().unwrap_or_else(|| other.to_639_3()),
        }
    }

    /// Its name in English: `Kyrgyz`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self.0 {
            Language::Zho => "Chinese",
            Language::Fas => "Persian",
            Language::Nob => "Norwegian",
            Language::Ell => "Greek",
            other => other.to_name(),
        }
    }

    /// Reads an ISO 639-1 or 639-3 code, alone or at the head of a BCP 47 tag, in any case: `en`,
    /// `en-GB`, `pt_BR`, `eng`. `None` for what is no language: `x-default`, `und`, `mul`, `zxx`.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let head = code.trim().split(['-', '_', ',', ';', ' ']).next()?.to_ascii_lowercase();
        let language = match head.len() {
            2 => Language::from_639_1(&head)?,
            3 => Language::from_639_3(&head)?,
            _ => return None,
        };
        match language {
            Language::Und | Language::Mul | Language::Zxx | Language::Mis => None,
            other => Some(Self::settled(other)),
        }
    }

    /// Makes one of the codes that mean one language here.
    fn settled(language: Language) -> Self {
        Self(match language {
            Language::Cmn => Language::Zho,
            Language::Nor => Language::Nob,
            Language::Pes | Language::Prs => Language::Fas,
            Language::Arb => Language::Ara,
            Language::Ekk => Language::Est,
            Language::Lvs => Language::Lav,
            Language::Uzn => Language::Uzb,
            Language::Azj => Language::Aze,
            Language::Khk => Language::Mon,
            Language::Zsm => Language::Msa,
            other => other,
        })
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.short())
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lang({})", self.code())
    }
}

/// [`Lang::from_code`] as a trait; the error says nothing, for there is nothing to say.
impl FromStr for Lang {
    type Err = ();

    fn from_str(code: &str) -> Result<Self, ()> {
        Self::from_code(code).ok_or(())
    }
}

/// Characters looked at: a paragraph is enough, and detection must not cost more than indexing.
const LOOK: usize = 400;

/// Fewer letters than this say nothing in a script that many languages share.
const MIN_LETTERS: usize = 12;

/// The confidence (0 to 1, by `whatlang`) under which a text of a few words stays unknown, and the
/// one for a whole paragraph, where the runner-up is mostly a close relative.
const SURE_SHORT: f64 = 0.5;
const SURE_LONG: f64 = 0.15;

/// Letters from which a text counts as a paragraph.
const LONG: usize = 200;

/// The language of `text`, from its first 400 characters; `None` when there is too little to say.
///
/// Cost: scripts only, about 1 µs; an English paragraph, a few; trigrams of another Latin one, about 80 µs.
#[must_use]
pub fn detect(text: &str) -> Option<Lang> {
    let end = text.char_indices().nth(LOOK).map_or(text.len(), |(at, _)| at);
    let text = &text[..end];
    let seen = Scripts::count(text);
    if let Some(sure) = seen.decide() {
        return Some(sure);
    }
    if seen.letters < MIN_LETTERS {
        return None;
    }
    if seen.letters >= LONG && is_plainly_english(text) {
        return Some(Lang::ENGLISH);
    }
    let info = whatlang::detect(text)?;
    let sure = if seen.letters >= LONG { SURE_LONG } else { SURE_SHORT };
    if info.confidence() < sure && !info.is_reliable() {
        return None;
    }
    Language::from_639_3(info.lang().code()).map(Lang::settled)
}

/// Words that every English paragraph is full of, and hardly two of which are as common in any one
/// other language. In the order of bytes.
const ENGLISH_WORDS: [&str; 20] = [
    "and", "at", "by", "for", "from", "has", "have", "his", "of", "on", "said", "that", "the", "their", "they", "this",
    "to", "was", "were", "which",
];

/// Whether a paragraph is English by its function words: an eighth of its words at least, four
/// different ones, *the* among them. Costs a hundredth of what trigrams do, for the commonest case.
fn is_plainly_english(text: &str) -> bool {
    let (mut words, mut known, mut met) = (0_u32, 0_u32, 0_u32);
    for word in text.split(|c: char| !c.is_alphabetic() && c != '\'' && c != '’').filter(|word| !word.is_empty()) {
        words += 1;
        let mut lower = [0; 5];
        let Some(lower) = lower.get_mut(..word.len()) else { continue };
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        if let Ok(at) = ENGLISH_WORDS.binary_search_by(|english| english.as_bytes().cmp(lower)) {
            known += 1;
            met |= 1 << at;
        }
    }
    let the = 1 << 12;
    known * 8 >= words && met.count_ones() >= 4 && met & the != 0
}

/// How many letters of which script, and of which telling kind, a text has.
#[derive(Default)]
struct Scripts {
    letters: usize,
    han: usize,
    kana: usize,
    hangul: usize,
    thai: usize,
    lao: usize,
    khmer: usize,
    myanmar: usize,
    greek: usize,
    georgian: usize,
    armenian: usize,
    hebrew: usize,
    tamil: usize,
    cyrillic: usize,
    /// Letters of Cyrillic that tell its languages apart.
    telling: Vec<char>,
}

impl Scripts {
    fn count(text: &str) -> Self {
        let mut seen = Self::default();
        if text.is_ascii() {
            seen.letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
            return seen;
        }
        for c in text.chars() {
            match c {
                '\0'..='\u{7f}' => seen.letters += usize::from(c.is_ascii_alphabetic()),
                '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => seen.add(|s| &mut s.greek),
                '\u{400}'..='\u{52f}' => {
                    seen.add(|s| &mut s.cyrillic);
                    let lower = c.to_lowercase().next().unwrap_or(c);
                    if !('а'..='я').contains(&lower) && lower != 'ё' || matches!(lower, 'ы' | 'э' | 'щ' | 'ъ') {
                        seen.telling.push(lower);
                    }
                }
                '\u{531}'..='\u{58f}' => seen.add(|s| &mut s.armenian),
                '\u{5d0}'..='\u{5ea}' => seen.add(|s| &mut s.hebrew),
                '\u{b80}'..='\u{bff}' => seen.add(|s| &mut s.tamil),
                '\u{e01}'..='\u{e4e}' => seen.add(|s| &mut s.thai),
                '\u{e81}'..='\u{eff}' => seen.add(|s| &mut s.lao),
                '\u{1000}'..='\u{109f}' => seen.add(|s| &mut s.myanmar),
                '\u{10a0}'..='\u{10ff}' => seen.add(|s| &mut s.georgian),
                '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7af}' => seen.add(|s| &mut s.hangul),
                '\u{1780}'..='\u{17ff}' => seen.add(|s| &mut s.khmer),
                '\u{3041}'..='\u{30ff}' | '\u{ff66}'..='\u{ff9d}' => seen.add(|s| &mut s.kana),
                '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}' => {
                    seen.add(|s| &mut s.han);
                }
                _ => seen.letters += usize::from(c.is_alphabetic()),
            }
        }
        seen
    }

    fn add(&mut self, script: impl FnOnce(&mut Self) -> &mut usize) {
        self.letters += 1;
        *script(self) += 1;
    }

    /// The language, where script and letters alone settle it.
    fn decide(&self) -> Option<Lang> {
        // A character of these says as much as a few letters, and names in Latin stand among them.
        let dense = self.han + self.kana + self.hangul + self.thai + self.lao + self.khmer + self.myanmar;
        let code = if dense * 4 > self.letters && dense >= 2 {
            let most = dense - self.han;
            if self.kana * 5 > dense - self.hangul && self.kana > 0 {
                Language::Jpn
            } else if self.hangul * 3 > dense {
                Language::Kor
            } else if self.han > most {
                Language::Zho
            } else {
                [
                    (self.thai, Language::Tha),
                    (self.lao, Language::Lao),
                    (self.khmer, Language::Khm),
                    (self.myanmar, Language::Mya),
                ]
                .into_iter()
                .max_by_key(|(count, _)| *count)?
                .1
            }
        } else {
            let half = self.letters / 2;
            [
                (self.greek, Language::Ell),
                (self.georgian, Language::Kat),
                (self.armenian, Language::Hye),
                (self.tamil, Language::Tam),
            ]
            .into_iter()
            .find(|(count, _)| *count > half && *count >= 3)
            .map(|(_, code)| code)
            .or_else(|| (self.cyrillic > half).then(|| self.cyrillic_language()).flatten())?
        };
        Some(Lang(code))
    }

    /// Tells the languages written in Cyrillic apart by their own letters. `None` when those seen
    /// fit several (a short text without any, or one letter that may be a foreign name's).
    fn cyrillic_language(&self) -> Option<Language> {
        let count = |letters: &str| self.telling.iter().filter(|c| letters.contains(**c)).count();
        // One in a hundred letters: the names of neighbours are spelt in these too.
        let enough = (self.cyrillic / 100).max(1);
        let has = |letters: &str| count(letters) >= enough;
        if has("ӣӯҳҷ") {
            return Some(Language::Tgk);
        }
        if has("ұқғ") || (has("қғһі") && has("әөү")) {
            return Some(Language::Kaz);
        }
        if has("җ") {
            return Some(Language::Tat);
        }
        if has("ҙҫ") {
            return Some(Language::Bak);
        }
        if has("ңөү") {
            return Some(if count("ң") > 0 { Language::Kir } else { Language::Mon });
        }
        if has("ў") && has("і") {
            return Some(Language::Bel);
        }
        if has("ўқғҳ") {
            return Some(Language::Uzb);
        }
        if has("їєґ") || (has("і") && count("ыэъ") == 0) {
            return Some(Language::Ukr);
        }
        if has("ѓќѕ") {
            return Some(Language::Mkd);
        }
        if has("ђћјљњџ") {
            return Some(if count("ѓќѕ") > 0 { Language::Mkd } else { Language::Srp });
        }
        // Only ы and э are Russian's alone among what is left; Bulgarian has neither.
        has("ыэ").then_some(Language::Rus)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn codes() {
        for (given, code, short) in [
            ("en", "eng", "en"),
            ("en-GB", "eng", "en"),
            ("EN_us", "eng", "en"),
            ("eng", "eng", "en"),
            ("zh-Hant-TW", "zho", "zh"),
            ("cmn", "zho", "zh"),
            ("ky", "kir", "ky"),
            ("no", "nob", "no"),
            ("nb-NO", "nob", "no"),
            ("fa", "fas", "fa"),
        ] {
            let lang = Lang::from_code(given).unwrap();
            assert_eq!((lang.code(), lang.short()), (code, short), "{given}");
            assert_eq!(Lang::from_code(lang.code()), Some(lang));
            assert_eq!(Lang::from_code(lang.short()), Some(lang));
        }
        for bad in ["", "x-default", "und", "mul", "qq", "e", "english", "ы", "日本"] {
            assert_eq!(Lang::from_code(bad), None, "{bad}");
        }
    }

    #[test]
    fn scripts_and_letters() {
        for (text, code) in [
            ("北京大学的学生昨天开会", "zho"),
            ("東京で大きな会議が開かれました", "jpn"),
            ("대통령은 오늘 서울에서 회의를 열었다", "kor"),
            ("นายกรัฐมนตรีเดินทางถึงกรุงเทพ", "tha"),
            ("Η κυβέρνηση ανακοίνωσε νέα μέτρα", "ell"),
            ("Президент Республики Таджикистан выступил с речью", "rus"),
            ("Президенти Ҷумҳурии Тоҷикистон имрӯз суханронӣ кард", "tgk"),
            ("Қазақстан Республикасының Президенті сөз сөйледі", "kaz"),
            ("Кыргыз Республикасынын Президенти бүгүн сөз сүйлөдү, өлкөнүн тең укугу", "kir"),
            ("Президент України виступив із промовою про її майбутнє", "ukr"),
            ("საქართველოს მთავრობამ განცხადება გააკეთა", "kat"),
        ] {
            assert_eq!(detect(text).map(Lang::code), Some(code), "{text}");
        }
    }

    #[test]
    fn paragraphs_in_latin_letters() {
        for (text, code) in [
            (
                "The ministers met for two days in the capital and agreed that the old bridge over the river \
                 should be rebuilt before the winter comes, said a spokeswoman for the council on Tuesday.",
                "eng",
            ),
            (
                "Los ministros se reunieron durante dos días en la capital y acordaron que el viejo puente sobre \
                 el río debe reconstruirse antes de que llegue el invierno, dijo el martes una portavoz.",
                "spa",
            ),
            (
                "Die Minister trafen sich zwei Tage lang in der Hauptstadt und einigten sich darauf, dass die alte \
                 Brücke über den Fluss vor dem Winter wieder aufgebaut werden soll, sagte eine Sprecherin.",
                "deu",
            ),
            (
                "Les ministres se sont réunis pendant deux jours dans la capitale et ont convenu que le vieux pont \
                 sur le fleuve devait être reconstruit avant l'hiver, a déclaré mardi une porte-parole.",
                "fra",
            ),
        ] {
            assert_eq!(detect(text).map(Lang::code), Some(code), "{text}");
        }
    }

    #[test]
    fn too_little_is_unknown() {
        for text in ["", "12 345", "OK", "CSTO", "!!!"] {
            assert_eq!(detect(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC{0,80}") {
            let _ = detect(&text);
            let _ = Lang::from_code(&text);
        }
    }
}
