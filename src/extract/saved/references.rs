//! Texts that a terminal's browser wrote down with numbers for links: `the [8]north pier` or `the north
//! pier[8]`, and at the end a list of what the numbers stand for.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::text::Link;
use crate::text::fold::fold;

/// Fewer addresses make no list: a paper's footnotes look like that.
const LEAST: usize = 2;

/// So many letters of a headline that goes on over several lines are enough to know it again.
const BEGINNING: usize = 16;

/// Where links lead, by the words of the lines they stood in.
#[derive(Debug, Default)]
pub(super) struct References {
    lines: HashMap<String, Link>,
}

impl References {
    /// Where a headline leads.
    pub(super) fn of(&self, headline: &str) -> Option<&Link> {
        let headline = key(headline);
        self.lines.get(&headline).or_else(|| {
            let begins = |line: &&String| line.len() >= BEGINNING && headline.starts_with(line.as_str());
            let longest = self.lines.keys().filter(begins).max_by_key(|line| line.len())?;
            self.lines.get(longest)
        })
    }
}

/// The text without the numbers of its links, each line where it was, and where the links of its lines
/// led; as it is where it has no list of addresses. Linear.
pub(super) fn strip(text: &str) -> (Cow<'_, str>, References) {
    let list: HashMap<u32, Link> = text.lines().filter_map(entry).collect();
    if list.len() < LEAST {
        return (Cow::Borrowed(text), References::default());
    }
    let mut references = References::default();
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        if entry(line).is_some() {
            out.push_str(line);
            continue;
        }
        let begin = out.len();
        let last = without_marks(line, &list, &mut out);
        if let [only] = last[..]
            && let Some(link) = list.get(&only)
        {
            references.lines.entry(key(&out[begin..])).or_insert_with(|| link.clone());
        }
    }
    (Cow::Owned(out), references)
}

/// Writes a line without the marks of `list`, and gives these.
fn without_marks(line: &str, list: &HashMap<u32, Link>, out: &mut String) -> Vec<u32> {
    let mut marks = Vec::new();
    let mut rest = line;
    while let Some((before, inside)) = rest.split_once('[') {
        let digits = inside.bytes().take(5).take_while(u8::is_ascii_digit).count();
        let number = inside[..digits].parse().ok().filter(|number| list.contains_key(number));
        out.push_str(before);
        match number {
            Some(number) if inside[digits..].starts_with(']') => {
                marks.push(number);
                rest = &inside[digits + 1..];
            }
            _ => {
                out.push('[');
                rest = inside;
            }
        }
    }
    out.push_str(rest);
    marks
}

/// A line of the list: `  8. https://…`, `[8] https://…`.
fn entry(line: &str) -> Option<(u32, Link)> {
    let line = line.trim();
    let line = line.strip_prefix('[').unwrap_or(line);
    let digits = line.bytes().take(5).take_while(u8::is_ascii_digit).count();
    let (number, rest) = (line[..digits].parse().ok()?, &line[digits..]);
    let address = rest.trim_start_matches([']', '.', ')', ':']);
    if address.len() == rest.len() || !address.starts_with([' ', '\t']) || address.trim().contains(char::is_whitespace)
    {
        return None;
    }
    Some((number, Link::parse(address.trim()).filter(Link::is_web)?))
}

/// Letters and figures only: what a line and the headline made of it share.
fn key(line: &str) -> String {
    fold(line).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_of_links_go_and_their_addresses_stay_with_their_lines() {
        let text = "   The [1]north pier is\n   * [2]Bridge to the island opens\n   north pier[1] [3] [sic] [4\n\
                    References\n   1. https://lake.example/pier\n  [2] https://lake.example/bridge\n";
        let (stripped, references) = strip(text);
        let lines: Vec<&str> = stripped.lines().collect();
        assert_eq!(
            lines[..3],
            ["   The north pier is", "   * Bridge to the island opens", "   north pier [3] [sic] [4"]
        );
        assert_eq!(lines.len(), text.lines().count());
        let of = |headline: &str| references.of(headline).map(Link::as_str);
        assert_eq!(of("Bridge to the island opens"), Some("https://lake.example/bridge"));
        assert_eq!(of("Bridge to the island opens on Monday"), Some("https://lake.example/bridge"));
        assert_eq!(of("Something else"), None);
    }

    #[test]
    fn other_texts_stay_as_they_are() {
        for text in
            ["As shown before [1], it is so.\n[1] Lee, 2020.\n", "1. https://only.example/one\n[1]x", "", "[1] [2]"]
        {
            assert!(matches!(strip(text).0, Cow::Borrowed(_)), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text(text in "(\\[|\\]|[0-9]|\\. |https://a.example|\n| |\\PC){0,60}") {
            prop_assert_eq!(strip(&text).0.lines().count(), text.lines().count());
        }
    }
}
