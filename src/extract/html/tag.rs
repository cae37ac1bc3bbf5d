//! Start tags as [`mod@super::guard`] reads them: attributes cut out, not yet understood.

use super::guard::find;

/// The most attributes of one element passed on.
pub const MAX_ATTRIBUTES: usize = 48;

/// The longest attribute value passed on, in bytes; longer ones are pictures in a `data:` coat.
pub const MAX_VALUE: usize = 8 << 10;

/// Whether an attribute is a page's private data, which only its own programs read: most of the
/// bytes of many tags. Those that may name the element's purpose, a date or a picture stay.
fn is_private(name: &str, value: &str) -> bool {
    name.get(..5).is_some_and(|data| data.eq_ignore_ascii_case("data-"))
        && value.len() > 64
        && !value.contains(['/', '.'])
}

/// The attributes of a start tag.
#[derive(Default)]
pub(super) struct Tag<'a> {
    pub(super) attributes: Vec<(&'a str, &'a str)>,
    /// Written as `<x/>`.
    pub(super) empty: bool,
}

impl<'a> Tag<'a> {
    /// Reads from behind the name to behind the `>`; `None` if the tag does not end.
    pub(super) fn read(&mut self, html: &'a str, from: usize) -> Option<usize> {
        let bytes = html.as_bytes();
        let mut at = from;
        loop {
            let b = *bytes.get(at)?;
            match b {
                b'>' => return Some(at + 1),
                b'/' => {
                    self.empty = bytes.get(at + 1) == Some(&b'>');
                    at += 1;
                }
                b if b.is_ascii_whitespace() => at += 1,
                _ => at = self.attribute(html, at)?,
            }
        }
    }

    fn attribute(&mut self, html: &'a str, from: usize) -> Option<usize> {
        let bytes = html.as_bytes();
        let mut at = from + 1;
        while !matches!(bytes.get(at)?, b'=' | b'>' | b'/') && !bytes[at].is_ascii_whitespace() {
            at += 1;
        }
        let name = &html[from..at];
        let mut next = at;
        while bytes.get(next)?.is_ascii_whitespace() {
            next += 1;
        }
        let mut value = "";
        if bytes[next] == b'=' {
            next += 1;
            while bytes.get(next)?.is_ascii_whitespace() {
                next += 1;
            }
            let quote = bytes[next];
            let quoted = if quote == b'"' || quote == b'\'' { find(html, next + 1, quote) } else { None };
            if let Some(end) = quoted {
                value = &html[next + 1..end];
                at = end + 1;
            } else {
                let start = next;
                while *bytes.get(next)? != b'>' && !bytes[next].is_ascii_whitespace() {
                    next += 1;
                }
                value = &html[start..next];
                at = next;
            }
        }
        let sound = name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':'));
        let event = name.get(..2).is_some_and(|on| on.eq_ignore_ascii_case("on"));
        if sound
            && !event
            && !is_private(name, value)
            && value.len() <= MAX_VALUE
            && self.attributes.len() < MAX_ATTRIBUTES
        {
            self.attributes.push((name, value));
        }
        Some(at)
    }

    /// Whether this `script` carries data rather than a program.
    pub(super) fn holds_data(&self) -> bool {
        self.attributes.iter().any(|(name, value)| {
            name.eq_ignore_ascii_case("type") && value.trim().eq_ignore_ascii_case("application/ld+json")
        })
    }
}
