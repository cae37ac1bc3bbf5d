//! Names for files, made of headlines: safe on every system that such a file may be carried to.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// The longest name without its ending, in bytes. File systems take 255 bytes (or UTF-16 units) for
/// the whole name; the rest is for a date, a number and the ending.
const LONGEST: usize = 150;

/// The most files of one name in one folder.
const MOST: usize = 100_000;

/// Names that Windows takes for devices, whatever their ending.
const DEVICES: &[&str] = &[
    "con", "prn", "aux", "nul", "conin$", "conout$", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7",
    "com8", "com9", "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "com¹", "com²",
    "com³", "lpt¹", "lpt²", "lpt³",
];

/// A name (without an ending) made of `text`, of `instead` where nothing of it can stand in a name.
/// Letters of every script stay as they are; what some system forbids becomes a space. Never empty,
/// never a device, a hidden file or an option, at most [`LONGEST`] bytes and a sign. Linear.
#[must_use]
pub(super) fn safe(text: &str, instead: &str) -> String {
    let name = [text, instead, "article"].into_iter().map(fit).find(|name| !name.is_empty()).unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    if DEVICES.contains(&stem.as_str()) { format!("_{name}") } else { name }
}

fn fit(text: &str) -> String {
    let allowed = |c: char| match c {
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '\u{fffd}' | '\u{fffe}' | '\u{ffff}' => ' ',
        c if c.is_control() => ' ',
        c => c,
    };
    // One form, so that the same headline gives the same name on systems that fold forms and on others.
    let text: String = text.nfc().map(allowed).collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    // A hidden file, a parent folder, an option of a command; and what Windows takes off the end.
    let text = text.trim_start_matches(['.', '-', ' ', '~', '_']);
    let mut name = String::new();
    for grapheme in text.graphemes(true) {
        if name.len() + grapheme.len() > LONGEST {
            break;
        }
        name.push_str(grapheme);
    }
    name.truncate(name.trim_end_matches(['.', ' ']).len());
    name
}

/// Names given in one folder, so that none is given twice: not even where case makes no difference.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    given: HashSet<String>,
}

impl Names {
    /// `stem` with `ending`, or with a number between them where that name was given before.
    pub(super) fn give(&mut self, stem: &str, ending: &str) -> String {
        self.first_free(stem, ending, |_| true).unwrap_or_else(|| format!("{stem}{ending}"))
    }

    /// The first of the names `stem.ending`, `stem (2).ending` and so on that was not given before and
    /// that `is_free` takes; `None` where all are taken.
    pub(super) fn first_free(
        &mut self,
        stem: &str,
        ending: &str,
        mut is_free: impl FnMut(&str) -> bool,
    ) -> Option<String> {
        (1..=MOST).find_map(|number| {
            let name = numbered(stem, ending, number);
            let key = name.to_lowercase();
            if self.given.contains(&key) || !is_free(&name) {
                return None;
            }
            self.given.insert(key);
            Some(name)
        })
    }
}

/// The name of the so-manieth file of that name: `stem (2).md`.
pub(super) fn numbered(stem: &str, ending: &str, number: usize) -> String {
    if number < 2 { format!("{stem}{ending}") } else { format!("{stem} ({number}){ending}") }
}

#[cfg(test)]
mod tests {
    use std::path::{Component, Path};

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn headlines_stay_readable() {
        for (title, name) in [
            ("Leaders meet in Minsk", "Leaders meet in Minsk"),
            ("AC/DC: “Live” <at last>?", "AC DC “Live” at last"),
            ("Ош: цены на хлеб…", "Ош цены на хлеб…"),
            ("四人の鋳物工場", "四人の鋳物工場"),
            ("../../etc/passwd", "etc passwd"),
            ("..", "article 7"),
            ("-rf .", "rf"),
            ("CON", "_CON"),
            ("nul.txt", "_nul.txt"),
            ("Com1 . the port", "_Com1 . the port"),
            ("ends in dots...  ", "ends in dots"),
            ("a\u{0}b\nc\td", "a b c d"),
            ("", "article 7"),
            ("e\u{301}tat", "état"),
        ] {
            assert_eq!(safe(title, "article 7"), name, "{title:?}");
        }
        assert_eq!(safe("", ""), "article");
        assert!(safe(&"ж".repeat(500), "").len() <= LONGEST);
    }

    #[test]
    fn no_name_is_given_twice() {
        let mut names = Names::default();
        let given: Vec<String> = ["Grain", "grain", "GRAIN"].iter().map(|stem| names.give(stem, ".md")).collect();
        assert_eq!(given, ["Grain.md", "grain (2).md", "GRAIN (3).md"]);
        assert_eq!(names.first_free("Ferry", "", |name| name.ends_with(')')), Some("Ferry (2)".to_owned()));
    }

    proptest! {
        #[test]
        fn any_text_makes_a_name(text in "\\PC{0,300}|[\\x00-\\x7f]{0,60}|[./\\\\~ -]{0,8}(con|aux|lpt1)?[. ]{0,3}") {
            let name = safe(&text, "article 1");
            prop_assert!(!name.is_empty() && name.len() <= LONGEST + 1);
            let path = Path::new(&name);
            prop_assert_eq!(path.components().count(), 1);
            prop_assert!(matches!(path.components().next(), Some(Component::Normal(_))));
            prop_assert!(!name.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|']));
            prop_assert!(!name.chars().any(char::is_control));
            prop_assert!(!name.starts_with(['.', '-', ' ', '~']) && !name.ends_with(['.', ' ']));
            let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
            prop_assert!(!DEVICES.contains(&stem.as_str()));
            let again = safe(&name, "x");
            prop_assert_eq!(again, name, "a name is its own name");
        }
    }
}
