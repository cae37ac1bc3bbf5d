//! Folding: makes one of what readers take for the same word, whatever way it was typed.
//!
//! Case, width, ligatures and compatibility forms fold everywhere (NFKC). Marks fold only where a
//! script lets them go: Latin and Greek accents, Arabic and Hebrew vowel points, stress marks on
//! Cyrillic. A mark that makes another letter or another syllable stays: Cyrillic й, Indic, Thai and
//! Khmer vowels, Japanese voicing marks.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Folds `text`: lower case, NFKC, accents off where the script lets them go, ё to е, ß to ss, æ to
/// ae, Arabic letter variants and all decimal digits to one form. Idempotent; linear in length.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// [`fold`], appended to `out`.
pub fn fold_into(text: &str, out: &mut String) {
    if text.is_ascii() {
        let start = out.len();
        out.push_str(text);
        out[start..].make_ascii_lowercase();
        return;
    }
    strip_into(&normal(text), out);
}

/// The first half: lower case, NFKC, one apostrophe, ё to е. What stemmers want, for some of their
/// suffixes carry accents.
pub(super) fn normal(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 2);
    normal_into(text, &mut out);
    Cow::Owned(out)
}

/// [`normal`], appended to `out`.
pub(super) fn normal_into(text: &str, out: &mut String) {
    let start = out.len();
    for c in text.chars() {
        match c {
            '\0'..='\u{7f}' => out.push(c.to_ascii_lowercase()),
            // Letters that NFKC leaves alone and whose lower case is known: most of Russian. A mark
            // after one takes the long way below.
            'а'..='я' => out.push(c),
            'А'..='Я' => out.push(char::from_u32(c as u32 + 0x20).unwrap_or(c)),
            'ё' | 'Ё' => out.push('е'),
            '’' | 'ʼ' | '＇' => out.push('\''),
            _ => {
                out.truncate(start);
                slow_normal_into(text, out);
                return;
            }
        }
    }
}

/// The long way of [`normal_into`], for any text.
fn slow_normal_into(text: &str, out: &mut String) {
    for c in text.nfkc().flat_map(char::to_lowercase).nfkc() {
        out.push(match c {
            '’' | 'ʼ' => '\'',
            'ё' | 'ѐ' => 'е',
            'ѝ' => 'и',
            c => c,
        });
    }
}

/// Scripts whose marks are not the letter's own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Base {
    /// Marks go: Latin and Greek, composed or not.
    Accented,
    /// Marks that stand alone go (stress); what is composed is a letter of its own.
    Cyrillic,
    /// Marks stay.
    Other,
}

/// The second half: drops marks and spells out letters. Takes what [`normal`] gave.
pub(super) fn strip_into(text: &str, out: &mut String) {
    if text.is_ascii() {
        out.push_str(text);
        return;
    }
    let mut base = Base::Other;
    for c in text.chars() {
        match c {
            '\0'..='\u{7f}' => {
                base = if c.is_ascii_alphabetic() { Base::Accented } else { Base::Other };
                out.push(c);
            }
            '\u{400}'..='\u{482}' | '\u{48a}'..='\u{52f}' => {
                base = Base::Cyrillic;
                out.push(c);
            }
            'ß' => spell("ss", &mut base, out),
            'æ' => spell("ae", &mut base, out),
            'œ' => spell("oe", &mut base, out),
            'þ' => spell("th", &mut base, out),
            'ø' => spell("o", &mut base, out),
            'đ' | 'ð' => spell("d", &mut base, out),
            'ł' => spell("l", &mut base, out),
            'ħ' => spell("h", &mut base, out),
            'ı' => spell("i", &mut base, out),
            'ŋ' => spell("n", &mut base, out),
            'ς' => spell("σ", &mut base, out),
            '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => {
                base = Base::Accented;
                // What folds to a letter with a fold of its own (ǿ to ø) goes on to that.
                let mut first = c;
                let mut seen = false;
                decompose_canonical(c, |d| {
                    if !seen {
                        first = d;
                        seen = true;
                    }
                });
                if first == c { out.push(c) } else { strip_into(first.encode_utf8(&mut [0; 4]), out) }
            }
            // Points, cantillation and the stretching stroke of Hebrew and Arabic.
            '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}' => {}
            '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}' => {}
            'آ' | 'أ' | 'إ' | 'ٱ' => other('ا', &mut base, out),
            'ى' | 'ی' => other('ي', &mut base, out),
            'ک' => other('ك', &mut base, out),
            'ة' => other('ه', &mut base, out),
            c if base != Base::Other && is_combining_mark(c) => {}
            c => other(digit(c).unwrap_or(c), &mut base, out),
        }
    }
}

fn spell(letters: &str, base: &mut Base, out: &mut String) {
    *base = Base::Accented;
    out.push_str(letters);
}

fn other(c: char, base: &mut Base, out: &mut String) {
    *base = Base::Other;
    out.push(c);
}

/// First digits (zero) of the scripts whose decimal digits are in use in news.
const ZEROS: [u32; 14] =
    [0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0x1040, 0x17e0];

/// The ASCII digit that `c` stands for.
fn digit(c: char) -> Option<char> {
    let c = c as u32;
    let zero = ZEROS.into_iter().find(|zero| (*zero..*zero + 10).contains(&c))?;
    char::from_digit(c - zero, 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_folds() {
        for (text, folded) in [
            ("Straße STRASSE ẞ", "strasse strasse ss"),
            ("Élysée, naïve, ÅNGSTRÖM", "elysee, naive, angstrom"),
            ("Łódź Đorđe Æsir œuvre Þór", "lodz dorde aesir oeuvre thor"),
            ("İstanbul ISPARTA ısı", "istanbul isparta isi"),
            ("Việt Nam", "viet nam"),
            ("Ёлка, ещё, май", "елка, еще, май"),
            ("за\u{301}мок", "замок"),
            ("Їжак ў ґ", "їжак ў ґ"),
            ("ΑΘΉΝΑ Ἀθῆναι λόγος", "αθηνα αθηναι λογοσ"),
            ("ＮＡＴＯ　２０２４ ﬁn ½", "nato 2024 fin 1⁄2"),
            ("don’t", "don't"),
            ("ٱلْعَرَبِيَّةُ أحمد إلى", "العربيه احمد الي"),
            ("שָׁלוֹם", "שלום"),
            ("١٢٣ ۴۵ ४२", "123 45 42"),
            ("ｶﾞｽ が", "ガス が"),
            ("กรุงเทพ", "กรุงเทพ"),
            ("हिन्दी", "हिन्दी"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn the_letter_y_stays_however_it_is_written() {
        assert_eq!(fold("Йод"), "йод");
        assert_eq!(fold("и\u{306}од"), "йод");
        assert_eq!(fold("е\u{308}лка"), "елка");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "(\\PC|[A-Za-zА-яÀ-ɏ\u{300}-\u{345}Ͱ-Ͽἀ-῾]){0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
