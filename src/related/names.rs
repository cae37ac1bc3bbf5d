//! Names across alphabets: what is left of a name when it is spelt as another language spells it.
//!
//! *Лукашенко*, *Lukashenko*, *Lukaschenko* and *Loukachenko* share no letter sequence that a stemmer
//! would find, but the same consonants in the same order. A name's *key* is that order: letters of
//! Latin, Cyrillic and Greek script become classes of consonants (all hissing sounds are one, as are *f*,
//! *v* and *w*), vowels, glides and *h* are left out, and a name that begins with one of those says so.
//! Short keys are chance and none at all: *Kyiv* and *Baku* are not known again, *Minsk* is. A word all
//! in capitals is taken as initials and keeps its vowels: *НАТО* is *NATO*.
//!
//! Keys are compared only between articles in different languages, where words cannot be, and two of
//! them must be shared: see [`rank`](super::rank).

use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::text::Lang;

/// The fewest letters of a name, and the fewest classes of its key.
const LETTERS: usize = 4;
const CLASSES: usize = 3;

/// The most classes kept.
const MOST: usize = 16;

/// The most letters of a name: a longer word is a compound.
const LONGEST: usize = 32;

/// Longer words in capitals are shouted, not initials.
const INITIALS: usize = 6;

/// Keeps keys apart from stems, which are hashed without a seed.
const SEED: u64 = 0x6e61_6d65;

/// Endings by which Slavic languages in Cyrillic script inflect names, as far as consonants stand in
/// them; longer ones first. Some names end so by nature (*Газпром*), so both forms are keys.
const ENDINGS: [&str; 19] = [
    "ыми", "ими", "ами", "ями", "ого", "его", "ому", "ему", "ові", "еві", "ым", "им", "ом", "ем", "ём", "єм", "ам",
    "ям", "ий",
];

/// Languages in which `ch` is the sound of Cyrillic `х`, which no key keeps.
const CH_IS_H: [&str; 5] = ["deu", "pol", "ces", "slk", "nld"];

/// Languages in which Cyrillic `г` is spelt `h` in others.
const G_IS_H: [&str; 2] = ["ukr", "bel"];

/// How a language spells.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Spelling {
    ch_is_h: bool,
    g_is_h: bool,
}

impl Spelling {
    pub(super) fn of(lang: Option<Lang>) -> Self {
        let is = |of: &[&str]| lang.is_some_and(|lang| of.contains(&lang.code()));
        Self { ch_is_h: is(&CH_IS_H), g_is_h: is(&G_IS_H) }
    }

    /// Calls `take` with each key of a name, one or two; not at all where it has none. Linear in length,
    /// and makes no string.
    pub(super) fn keys(self, surface: &str, mut take: impl FnMut(u32)) {
        // A Turkish or English ending after an apostrophe is no part of the name.
        let name = surface.split(['\'', '’']).next().unwrap_or(surface);
        let letters = name.chars().count();
        if !name.starts_with(char::is_uppercase) || !(LETTERS..=LONGEST).contains(&letters) {
            return;
        }
        if letters <= INITIALS && name.chars().all(char::is_uppercase) {
            take(initials(name));
            return;
        }
        let whole = self.key(name);
        if let Some(key) = whole {
            take(key);
        }
        if !name.is_ascii()
            && let Some(stem) = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending))
            && stem.chars().count() >= LETTERS
            && let Some(key) = self.key(stem).filter(|key| Some(*key) != whole)
        {
            take(key);
        }
    }

    fn key(self, name: &str) -> Option<u32> {
        let mut letters = [' '; LONGEST];
        let mut count = 0;
        for letter in name.chars().flat_map(char::to_lowercase) {
            *letters.get_mut(count)? = letter;
            count += 1;
        }
        let mut rest = &letters[..count];
        let mut key = Key::default();
        let mut last = ' ';
        while let Some((letter, after)) = rest.split_first() {
            let (class, length) = self.sound(*letter, after, last, key.at == 0)?;
            match class {
                ' ' => key.begin(),
                '-' => {}
                'x' => {
                    key.push('k', last);
                    key.push('s', ' ');
                }
                class => key.push(class, last),
            }
            last = *letter;
            rest = &rest[length..];
        }
        key.hash()
    }

    /// The class of the sound that a word goes on with (`'-'` for a letter that only spells the next), and how
    /// many letters spell it. `last` is the letter before.
    fn sound(self, letter: char, after: &[char], last: char, first: bool) -> Option<(char, usize)> {
        Some(match (letter, after) {
            // `dj`, `dž`, `dzh`, `dsch`, `дж`: what English spells `j`, a glide elsewhere.
            ('d' | 'д', ['j' | 'ž' | 'ж', ..]) => (' ', 2),
            ('d', ['z', 'h', ..]) => (' ', 3),
            ('d', ['s', 'c', 'h', ..]) => (' ', 4),
            ('c', ['h', ..]) if self.ch_is_h || last == 's' => (' ', 2),
            ('c', ['h', ..]) => ('s', 2),
            ('c', ['z', ..]) => ('s', 2),
            ('c', ['e' | 'i' | 'y' | 'é' | 'í', ..]) => ('s', 1),
            ('c', ['k', ..]) => ('-', 1),
            ('k', ['h', ..]) => (' ', 2),
            ('p', ['h', ..]) => ('v', 2),
            ('t' | 'g', ['h', ..]) => (letter, 2),
            // `ts`, `tsch`, `tch`: with what follows one hissing sound.
            ('t', ['s' | 'z', ..]) | ('т', ['с' | 'ц' | 'ч', ..]) => ('-', 1),
            ('t', ['c', 'h', ..]) if last != 's' => ('-', 1),
            ('г', _) if self.g_is_h => (' ', 1),
            ('μ', ['π', ..]) if first => ('b', 2),
            ('ν', ['τ', ..]) if first => ('d', 2),
            ('γ', ['κ', ..]) => ('g', 2),
            _ => (class(letter)?, 1),
        })
    }
}

/// The class of a letter: that of its sound, `' '` for one that is left out, `'x'` for `ks`. `None` for what
/// is no letter of the three alphabets: such a word has no key.
fn class(letter: char) -> Option<char> {
    Some(match letter {
        'b' | 'б' => 'b',
        'v' | 'w' | 'f' | 'в' | 'ф' | 'ў' | 'β' | 'φ' => 'v',
        'g' | 'г' | 'ґ' | 'ғ' | 'γ' => 'g',
        'd' | 'đ' | 'д' | 'ђ' | 'δ' => 'd',
        's' | 'z' | 'ß' | 'š' | 'ś' | 'ş' | 'ș' | 'ž' | 'ź' | 'ż' | 'č' | 'ć' | 'ç' => 's',
        'з' | 'с' | 'ц' | 'ч' | 'ш' | 'щ' | 'ж' | 'ћ' | 'џ' | 'ζ' | 'σ' | 'ς' => 's',
        'k' | 'q' | 'c' | 'к' | 'қ' | 'κ' => 'k',
        'l' | 'ł' | 'л' | 'љ' | 'λ' => 'l',
        'm' | 'м' | 'μ' => 'm',
        'n' | 'ñ' | 'ń' | 'ň' | 'н' | 'њ' | 'ң' | 'ν' => 'n',
        'p' | 'п' | 'π' => 'p',
        'r' | 'ř' | 'р' | 'ρ' => 'r',
        't' | 'ť' | 'ț' | 'т' | 'τ' | 'θ' => 't',
        'x' | 'ξ' => 'x',
        'a'..='z' | '\u{e0}'..='\u{17f}' => ' ',
        '\u{370}'..='\u{3ff}' | '\u{400}'..='\u{52f}' => ' ',
        _ => return None,
    })
}

/// The key of initials: each letter by itself.
fn initials(word: &str) -> u32 {
    let mut key = Key { at: 1, ..Key::default() };
    // No class is a capital: initials meet no names.
    key.classes[0] = b'I';
    for letter in word.chars().flat_map(char::to_lowercase) {
        let plain = match letter {
            'а' | 'α' => 'a',
            'е' | 'э' | 'є' | 'ε' | 'η' => 'e',
            'и' | 'і' | 'ι' | 'y' | 'j' | 'й' => 'i',
            'о' | 'ο' | 'ω' => 'o',
            'у' | 'ю' | 'υ' => 'u',
            'h' | 'х' | 'χ' => 'h',
            vowel @ ('a' | 'e' | 'i' | 'o' | 'u') => vowel,
            other => class(other).unwrap_or(' '),
        };
        key.push(plain, ' ');
    }
    xxh3_64_with_seed(&key.classes[..key.at], SEED) as u32
}

/// A key in the making.
#[derive(Default)]
struct Key {
    classes: [u8; MOST],
    at: usize,
}

impl Key {
    /// Notes that the name begins with a sound that is left out.
    fn begin(&mut self) {
        if self.at == 0 {
            self.push('A', ' ');
        }
    }

    /// Adds a class; not once more for a doubled letter, whose first was `last`.
    fn push(&mut self, new: char, last: char) {
        let new = new as u8;
        let doubled = self.at > 0 && self.classes[self.at - 1] == new && class(last) == Some(new as char);
        if self.at < MOST && !doubled {
            self.classes[self.at] = new;
            self.at += 1;
        }
    }

    fn hash(&self) -> Option<u32> {
        (self.at >= CLASSES).then(|| xxh3_64_with_seed(&self.classes[..self.at], SEED) as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn keys(name: &str, lang: &str) -> Vec<u32> {
        let mut keys = Vec::new();
        Spelling::of(Lang::from_code(lang)).keys(name, |key| keys.push(key));
        keys
    }

    /// Spellings of one name each, by language.
    const SAME: [&[(&str, &str)]; 19] = [
        &[
            ("ru", "Лукашенко"),
            ("en", "Lukashenko"),
            ("de", "Lukaschenko"),
            ("fr", "Loukachenko"),
            ("pl", "Łukaszenko"),
            ("be", "Лукашэнка"),
        ],
        &[
            ("ru", "Путиным"),
            ("ru", "Путина"),
            ("en", "Putin"),
            ("fr", "Poutine"),
            ("el", "Πούτιν"),
            ("tr", "Putin'in"),
        ],
        &[("uk", "Зеленський"), ("ru", "Зеленского"), ("en", "Zelensky"), ("en", "Zelenskyy"), ("de", "Selenskyj")],
        &[("ru", "Пашиняна"), ("en", "Pashinyan"), ("de", "Paschinjan"), ("fr", "Pachinian")],
        &[("ru", "Токаевым"), ("en", "Tokayev"), ("de", "Tokajew"), ("kk", "Тоқаев")],
        &[("ru", "Минске"), ("en", "Minsk"), ("pl", "Mińsk")],
        &[("ru", "Москвы"), ("en", "Moscow")],
        &[("ru", "Казахстан"), ("en", "Kazakhstan"), ("de", "Kasachstan"), ("es", "Kazajstán"), ("pl", "Kazachstan")],
        &[
            ("ru", "Таджикистана"),
            ("en", "Tajikistan"),
            ("de", "Tadschikistan"),
            ("fr", "Tadjikistan"),
            ("cs", "Tadžikistán"),
        ],
        &[("ru", "Азербайджан"), ("en", "Azerbaijan"), ("de", "Aserbaidschan"), ("fr", "Azerbaïdjan")],
        &[("ru", "Вашингтоном"), ("en", "Washington")],
        &[("ru", "Ереване"), ("en", "Yerevan"), ("de", "Jerewan"), ("fr", "Erevan")],
        &[("ru", "Трампа"), ("en", "Trump"), ("sr", "Трамп")],
        &[("ru", "Байдену"), ("en", "Biden")],
        &[("uk", "Харків"), ("en", "Kharkiv"), ("de", "Charkiw"), ("pl", "Charków")],
        &[("uk", "Луганськ"), ("en", "Luhansk")],
        &[("ru", "Чернобыле"), ("en", "Chernobyl"), ("de", "Tschernobyl"), ("fr", "Tchernobyl"), ("pl", "Czarnobyl")],
        &[("ru", "НАТО"), ("en", "NATO"), ("el", "ΝΑΤΟ")],
        &[("ru", "БРИКС"), ("en", "BRICS")],
    ];

    #[test]
    fn one_name_has_one_key_however_it_is_spelt() {
        for names in SAME {
            let first = keys(names[0].1, names[0].0);
            for (lang, name) in names {
                let keys = keys(name, lang);
                assert!(keys.iter().any(|key| first.contains(key)), "{name} is not {}", names[0].1);
            }
        }
    }

    #[test]
    fn other_names_have_others_and_short_ones_none() {
        let all: Vec<Vec<u32>> = SAME.iter().map(|names| keys(names[0].1, names[0].0)).collect();
        for (n, one) in all.iter().enumerate() {
            assert!(all[..n].iter().flatten().all(|key| !one.contains(key)), "{}", SAME[n][0].1);
        }
        assert!(keys("Kyiv", "en").is_empty() && keys("Баку", "ru").is_empty());
        assert!(keys("minsk", "en").is_empty() && keys("北京大学", "zh").is_empty() && keys("", "en").is_empty());
    }

    proptest! {
        #[test]
        fn any_word_will_do(word in "\\PC{0,40}", lang in "(en|ru|de|uk|)") {
            prop_assert!(keys(&word, &lang).len() <= 2);
        }
    }
}
