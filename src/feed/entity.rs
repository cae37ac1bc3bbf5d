//! Character references: `&amp;`, `&#8217;`, `&eacute;`.
//!
//! The table of names is the HTML standard's (`markup5ever` carries it for `html5ever`). Those that
//! a document declares for itself are the business of [`super::doctype`].

use std::borrow::Cow;

use markup5ever::data::NAMED_ENTITIES;
use memchr::{memchr, memchr_iter};

/// The longest name in the table is `CounterClockwiseContourIntegral;`.
const MAX_NAME: usize = 33;

/// The longest name that HTML knows without its semicolon (`&frac12`, `&middot`).
const MAX_BARE_NAME: usize = 6;

/// Which references count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rules {
    /// Only those that end in a semicolon; `AT&T` and `?a=1&copy=2` stay as they are.
    Xml,
    /// Also the old ones without (`&copy 2024`), where no letter, digit or `=` follows.
    Html,
}

/// Replaces the references in `text`; what is no reference stays as it is. Linear.
pub(super) fn decode(text: &str, rules: Rules) -> Cow<'_, str> {
    let Some(first) = memchr(b'&', text.as_bytes()) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut next = Some(first);
    while let Some(at) = next {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let len = reference(rest, rules, &mut out).unwrap_or_else(|| {
            out.push('&');
            1
        });
        rest = &rest[len..];
        next = memchr(b'&', rest.as_bytes());
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Whether `text` holds a reference that ends in a semicolon and has a meaning.
pub(super) fn has_reference(text: &str) -> bool {
    let mut ignored = String::new();
    memchr_iter(b'&', text.as_bytes()).any(|at| reference(&text[at..], Rules::Xml, &mut ignored).is_some())
}

/// Reads the reference at the start of `text`, which begins with `&`: writes what it means to `out`
/// and gives its length in bytes.
fn reference(text: &str, rules: Rules, out: &mut String) -> Option<usize> {
    let body = &text[1..];
    if let Some(number) = body.strip_prefix('#') {
        return numeric(number, out).map(|len| len + 2);
    }
    let common = match body.as_bytes() {
        [b'a', b'm', b'p', b';', ..] => Some(('&', 5)),
        [b'l', b't', b';', ..] => Some(('<', 4)),
        [b'g', b't', b';', ..] => Some(('>', 4)),
        [b'q', b'u', b'o', b't', b';', ..] => Some(('"', 6)),
        [b'a', b'p', b'o', b's', b';', ..] => Some(('\'', 6)),
        _ => None,
    };
    if let Some((c, len)) = common {
        out.push(c);
        return Some(len);
    }
    let name = body.bytes().take(MAX_NAME).take_while(u8::is_ascii_alphanumeric).count();
    if name == 0 {
        return None;
    }
    if body.as_bytes().get(name) == Some(&b';') {
        named(&body[..=name], out)?;
        return Some(name + 2);
    }
    let follows = body.as_bytes().get(name).copied();
    if rules == Rules::Html && name <= MAX_BARE_NAME && follows != Some(b'=') {
        named(&body[..name], out)?;
        return Some(name + 1);
    }
    None
}

fn named(name: &str, out: &mut String) -> Option<()> {
    // The table also holds the prefixes of names, for the standard's state machine: they mean zero.
    let &(first, second) = NAMED_ENTITIES.get(name).filter(|(first, _)| *first != 0)?;
    out.push(char::from_u32(first)?);
    if second != 0 {
        out.push(char::from_u32(second)?);
    }
    Some(())
}

/// `8217;` or `x2019;`, the semicolon being optional as in HTML. Numbers that are no character
/// become U+FFFD; 128 to 159 are meant as windows-1252 (HTML §13.2.5.80).
fn numeric(number: &str, out: &mut String) -> Option<usize> {
    let (digits, radix, skip) = match number.strip_prefix(['x', 'X']) {
        Some(hex) => (hex, 16, 1),
        None => (number, 10, 0),
    };
    let len = digits.bytes().take_while(|b| char::from(*b).is_digit(radix)).count();
    if len == 0 {
        return None;
    }
    let value = u32::from_str_radix(&digits[..len], radix).unwrap_or(u32::MAX);
    out.push(match value {
        0x80..=0x9f => WINDOWS[value as usize - 0x80],
        0 => '\u{fffd}',
        value => char::from_u32(value).unwrap_or('\u{fffd}'),
    });
    let end = usize::from(digits.as_bytes().get(len) == Some(&b';'));
    Some(skip + len + end)
}

/// Windows-1252 from 0x80 to 0x9F.
pub(super) const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Writes `text` to `out` so that as HTML it reads as it is.
pub(super) fn escape_into(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>']) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            _ => "&gt;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn references() {
        for (text, xml, html) in [
            ("no reference", "no reference", "no reference"),
            ("&amp;&lt;&gt;&quot;&apos;", "&<>\"'", "&<>\"'"),
            ("caf&eacute; &ndash; &hellip;", "café – …", "café – …"),
            ("&#8217;&#x2019;&#X2019;", "’’’", "’’’"),
            ("&#8217 s", "’ s", "’ s"),
            ("&#146;&#x92;&#128;", "’’€", "’’€"),
            ("&#0;&#xd800;&#99999999999;", "\u{fffd}\u{fffd}\u{fffd}", "\u{fffd}\u{fffd}\u{fffd}"),
            ("AT&T & co & ; &", "AT&T & co & ; &", "AT&T & co & ; &"),
            ("&copy 2024", "&copy 2024", "© 2024"),
            ("?a=1&copy=2&reg=3", "?a=1&copy=2&reg=3", "?a=1&copy=2&reg=3"),
            ("&nosuch; &#; &#x;", "&nosuch; &#; &#x;", "&nosuch; &#; &#x;"),
            ("&amp;amp;", "&amp;", "&amp;"),
            ("&NotEqualTilde;", "≂\u{338}", "≂\u{338}"),
            ("&CounterClockwiseContourIntegral;", "∳", "∳"),
            ("&Counter;", "&Counter;", "&Counter;"),
        ] {
            assert_eq!(decode(text, Rules::Xml), xml, "{text}");
            assert_eq!(decode(text, Rules::Html), html, "{text}");
        }
    }

    #[test]
    fn what_has_none() {
        assert!(has_reference("a &mdash; b"));
        assert!(has_reference("&x &amp;"));
        assert!(!has_reference("AT&T; & &copy 2024 &unknown;"));
    }

    proptest! {
        #[test]
        fn escaping_is_undone(text in "\\PC{0,60}") {
            let mut escaped = String::new();
            escape_into(&text, &mut escaped);
            prop_assert_eq!(decode(&escaped, Rules::Html), text);
        }

        #[test]
        fn anything(text in "(&|#|x|;|amp|lt|copy|[0-9a-f]|\\PC){0,30}") {
            let _ = decode(&text, Rules::Html);
            let _ = decode(&text, Rules::Xml);
        }
    }
}
