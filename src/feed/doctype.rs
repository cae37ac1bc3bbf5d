//! Entities that the document declares for itself: `<!DOCTYPE rss [<!ENTITY site "The Example">]>`.
//!
//! Rare, and the stuff of bombs, so only the plain kind counts: a short text without references of
//! its own. What a document gains by them is bounded; external entities and parameter entities are
//! never looked at.

use std::borrow::Cow;
use std::collections::HashMap;

use memchr::{memchr, memmem};

/// How far into a document its declarations are looked for, in bytes.
const HEAD: usize = 64 * 1024;

/// The most entities of a document, and the longest, in bytes.
const MAX_ENTITIES: usize = 256;
const MAX_TEXT: usize = 4096;

/// The most bytes by which a document may grow.
const MAX_GROWTH: usize = 1024 * 1024;

/// The text with its own entities in place; as it is if it declares none. Linear.
pub(super) fn expand(text: &str) -> Cow<'_, str> {
    let head = &text.as_bytes()[..text.len().min(HEAD)];
    let Some(first) = memmem::find(head, b"<!ENTITY") else { return Cow::Borrowed(text) };
    let (entities, end) = declared(text, first);
    if entities.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 1024);
    let (mut done, mut from, mut growth) = (0, end, 0);
    while let Some(at) = memchr(b'&', &text.as_bytes()[from..]).map(|n| from + n) {
        from = at + 1;
        let name = name(&text[from..]);
        let Some(replacement) = entities.get(name) else { continue };
        if text.as_bytes().get(from + name.len()) != Some(&b';') || growth + replacement.len() > MAX_GROWTH {
            continue;
        }
        growth += replacement.len();
        out.push_str(&text[done..at]);
        out.push_str(replacement);
        from += name.len() + 1;
        done = from;
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

/// The plain entities declared from `first` on, and where the declarations end.
fn declared(text: &str, first: usize) -> (HashMap<&str, &str>, usize) {
    let mut entities = HashMap::new();
    let mut at = first;
    loop {
        let rest = &text[at..];
        let Some(inside) = rest.strip_prefix("<!ENTITY") else { break };
        let Some(close) = memchr(b'>', inside.as_bytes()) else { break };
        if let Some((name, value)) = plain(&inside[..close])
            && entities.len() < MAX_ENTITIES
        {
            // The first declaration of a name counts (XML 1.0 §4.2).
            entities.entry(name).or_insert(value);
        }
        at += "<!ENTITY".len() + close + 1;
        at += text[at..].len() - text[at..].trim_start().len();
    }
    (entities, at)
}

/// The name and text in ` name "text"`.
fn plain(inside: &str) -> Option<(&str, &str)> {
    let inside = inside.trim();
    let name = name(inside);
    let quoted = inside[name.len()..].trim_start();
    let quote = quoted.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let value = quoted[1..].strip_suffix(quote)?;
    let sound = !name.is_empty() && value.len() <= MAX_TEXT && !value.contains(['&', '%', '<', quote]);
    sound.then_some((name, value))
}

fn name(text: &str) -> &str {
    let end = text.bytes().position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.')));
    &text[..end.unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn plain_entities_count_and_others_do_not() {
        let text = "<!DOCTYPE r [\n<!ENTITY a \"one\">\n<!ENTITY a 'two'><!ENTITY b \"&a;&a;\"><!ENTITY c SYSTEM \"file:///x\">\n\
                    <!ENTITY % d \"x\">]><r>&a; &b; &c; &amp; &a &a;</r>";
        let expanded = expand(text);
        assert!(expanded.ends_with("<r>one &b; &c; &amp; &a one</r>"), "{expanded}");
        assert!(matches!(expand("<r>&a;</r>"), Cow::Borrowed(_)));
    }

    #[test]
    fn growth_is_bounded() {
        let text = format!("<!DOCTYPE r [<!ENTITY a \"{}\">]><r>{}", "x".repeat(MAX_TEXT), "&a;".repeat(100_000));
        assert!(expand(&text).len() <= text.len() + MAX_GROWTH);
    }

    proptest! {
        #[test]
        fn any_text(text in "(<!ENTITY|<!DOCTYPE r \\[| a |\"|'|>|&a;|&|;|\\]|\\PC){0,40}") {
            let _ = expand(&text);
        }
    }
}
