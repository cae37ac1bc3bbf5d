//! Who wrote it: names told from other short lines, and the words that introduce them taken off.

use crate::text::Clean;

/// Words that introduce a writer's name.
const LEADS: &[&str] = &[
    "by",
    "von",
    "par",
    "por",
    "di",
    "da",
    "door",
    "av",
    "af",
    "od",
    "przez",
    "autor",
    "autore",
    "auteur",
    "author",
    "text",
    "автор",
    "от",
    "текст",
    "yazan",
    "by:",
    "von:",
    "par:",
    "por:",
];

/// The name without the word that introduces it (`By Jane Doe`, `Автор: Иван Петров`).
pub(super) fn name(line: &str) -> Clean {
    let line = line.trim();
    let (first, rest) = line.split_once([' ', '\u{a0}', ':']).unwrap_or((line, ""));
    let rest = rest.trim_start_matches([':', ' ']).trim();
    let lead = LEADS.contains(&first.trim_end_matches(':').to_lowercase().as_str());
    Clean::new(if lead && !rest.is_empty() { rest } else { line })
}

/// Reads a line as a byline by its shape: two to six words, all with capitals but for particles of
/// up to three letters, perhaps behind a short word or one with a colon, perhaps with a date or an
/// office behind it. `led` says that such a word was there.
pub(super) fn of_line(line: &str) -> Option<Byline> {
    let line = line.trim();
    let part = line.split(['|', '•', '·', '–', '—']).next()?.split(" - ").next()?.split(',').next()?.trim();
    let (part, led) = match part.split_once(':') {
        Some((lead, rest)) if lead.chars().count() <= 12 && !lead.contains(' ') => (rest.trim(), true),
        Some(_) => return None,
        None => {
            let first = part.split(' ').next()?;
            let rest = part[first.len()..].trim();
            let known = LEADS.contains(&first.to_lowercase().as_str());
            let short = first.chars().count() <= 3 && first.chars().all(char::is_alphabetic);
            if known && names(rest, 1) || short && names(rest, 2) { (rest, true) } else { (part, false) }
        }
    };
    names(part, if led { 1 } else { 2 }).then(|| Byline { name: Clean::new(part), led })
}

/// A byline found by its shape.
pub(super) struct Byline {
    pub(super) name: Clean,
    /// A word stood before the name that introduced it.
    pub(super) led: bool,
}

/// Whether these are the words of names, with at least `least` capitals among them and fewer
/// particles than names.
fn names(part: &str, least: usize) -> bool {
    let words: Vec<&str> = part.split_whitespace().collect();
    let capital = |word: &&&str| word.chars().next().is_some_and(char::is_uppercase);
    let capitals = words.iter().filter(capital).count();
    let sound = words.iter().all(|word| {
        let letters = word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’' | ','));
        letters && (word.chars().next().is_some_and(char::is_uppercase) || word.chars().count() <= 3)
    });
    sound
        && capitals >= least
        && capitals * 2 > words.len()
        && words.len() <= 6
        && words.first().as_ref().is_some_and(capital)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn introductions_go() {
        assert_eq!(name("By Jane Doe").as_str(), "Jane Doe");
        assert_eq!(name("Автор: Иван Петров").as_str(), "Иван Петров");
        assert_eq!(name("Byron Smith").as_str(), "Byron Smith");
        assert_eq!(name("By").as_str(), "By");
    }

    #[test]
    fn lines_of_names() {
        for (line, expected) in [
            ("By Jane Doe", Some(("Jane Doe", true))),
            ("By JANE DOE and John de Wit, Correspondents", Some(("JANE DOE and John de Wit", true))),
            ("Von Max Mustermann", Some(("Max Mustermann", true))),
            ("Автор: Иван Петров", Some(("Иван Петров", true))),
            ("Jane Doe | May 3, 2024", Some(("Jane Doe", false))),
            ("Jane Doe", Some(("Jane Doe", false))),
            ("Minister resigns after the vote", None),
            ("May 3, 2024", None),
        ] {
            let found = of_line(line).map(|byline| (byline.name.to_string(), byline.led));
            assert_eq!(found, expected.map(|(name, led)| (name.to_owned(), led)), "{line}");
        }
    }
}
