//! Which script a line is written in, as far as telling a story from what is not of it needs.

/// A script, or scripts that share texts (Han, Hiragana and Katakana).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Script {
    Latin,
    Cyrillic,
    Greek,
    Armenian,
    Georgian,
    Hebrew,
    Arabic,
    Devanagari,
    Bengali,
    Tamil,
    /// Other scripts of India and Sri Lanka.
    Indic,
    Thai,
    Lao,
    Khmer,
    Burmese,
    Tibetan,
    Ethiopic,
    Hangul,
    Han,
    Other,
}

impl Script {
    /// The script of a letter; `None` for what is no letter.
    pub(super) fn of(c: char) -> Option<Self> {
        Some(match c {
            'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{ff21}'..='\u{ff5a}' => {
                Self::Latin
            }
            '\u{400}'..='\u{52f}' => Self::Cyrillic,
            '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Self::Greek,
            '\u{531}'..='\u{587}' => Self::Armenian,
            '\u{10a0}'..='\u{10ff}' | '\u{1c90}'..='\u{1cbf}' => Self::Georgian,
            '\u{5d0}'..='\u{5ea}' => Self::Hebrew,
            '\u{620}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' => {
                Self::Arabic
            }
            '\u{900}'..='\u{97f}' => Self::Devanagari,
            '\u{980}'..='\u{9ff}' => Self::Bengali,
            '\u{b80}'..='\u{bff}' => Self::Tamil,
            '\u{a00}'..='\u{b7f}' | '\u{c00}'..='\u{dff}' => Self::Indic,
            '\u{e01}'..='\u{e4e}' => Self::Thai,
            '\u{e80}'..='\u{edf}' => Self::Lao,
            '\u{1780}'..='\u{17d3}' => Self::Khmer,
            '\u{1000}'..='\u{109f}' => Self::Burmese,
            '\u{f40}'..='\u{fbc}' => Self::Tibetan,
            '\u{1200}'..='\u{135a}' => Self::Ethiopic,
            '\u{ac00}'..='\u{d7a3}' | '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}' => Self::Hangul,
            '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => {
                Self::Han
            }
            c if c.is_alphabetic() => Self::Other,
            _ => return None,
        })
    }

    /// The script that most letters of `text` are of, and how many letters there are of any.
    pub(super) fn most(text: &str) -> (Option<Self>, usize) {
        let mut counts: Vec<(Self, usize)> = Vec::new();
        let mut last = 0;
        for script in text.chars().filter_map(Self::of) {
            // Letters of one script stand together.
            if counts.get(last).is_none_or(|(seen, _)| *seen != script) {
                last = counts.iter().position(|(seen, _)| *seen == script).unwrap_or_else(|| {
                    counts.push((script, 0));
                    counts.len() - 1
                });
            }
            if let Some((_, count)) = counts.get_mut(last) {
                *count += 1;
            }
        }
        let letters = counts.iter().map(|(_, count)| count).sum();
        (counts.into_iter().max_by_key(|&(_, count)| count).map(|(script, _)| script), letters)
    }

    /// Whether words are written without spaces between them.
    pub(super) fn unspaced(self) -> bool {
        matches!(self, Self::Han | Self::Thai | Self::Lao | Self::Khmer | Self::Burmese | Self::Tibetan)
    }

    /// Whether sentences end without a sign.
    pub(super) fn unpunctuated(self) -> bool {
        matches!(self, Self::Thai | Self::Lao)
    }

    /// Whether a letter is a small one where others of its script are capitals. Georgian letters count as
    /// small in Unicode, and have no capitals in any text.
    pub(super) fn small(c: char) -> bool {
        c.is_lowercase() && Self::of(c).is_none_or(Self::cased)
    }

    /// Whether letters come in two cases.
    pub(super) fn cased(self) -> bool {
        matches!(self, Self::Latin | Self::Cyrillic | Self::Greek | Self::Armenian)
    }
}
