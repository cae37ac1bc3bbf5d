//! Bytes to text: which encoding a feed, a page or a file is in, and the text it gives.
//!
//! Five witnesses say what the encoding is, and they often contradict each other. They are heard in
//! order of trust (byte order mark, HTTP header, XML declaration, `<meta>`, a guess from the bytes
//! themselves), and none is believed if what it says gives garbage:
//!
//! - bytes that are valid UTF-8 with characters beyond ASCII *are* UTF-8, whatever was declared:
//!   text in another encoding is valid UTF-8 by chance only in the shortest of texts, while servers
//!   that announce `iso-8859-1` for everything are many;
//! - an encoding in which the bytes are malformed, or give C1 control codes, is passed over;
//! - where header and document contradict each other and the bytes look like what the document
//!   says, two witnesses beat one.
//!
//! A byte order mark goes before the header (as the Encoding Standard has it, unlike RFC 7303):
//! nobody writes one by accident, and believing the header instead would put `ï»¿` on the screen.

mod dos;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

/// How far into the bytes a declaration is looked for.
const PRESCAN: usize = 4096;

/// How much of the bytes the guess is made from. Enough for any statistics, and it bounds the cost.
const GUESS_FROM: usize = 256 * 1024;

/// An encoding is passed over when more than one in this many of its characters beyond ASCII are
/// malformed. Fewer are accidents: a truncated character, a pasted byte.
const TOLERATED: usize = 20;

/// Text made of bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without byte order mark. As untrusted as the bytes were.
    pub text: String,
    /// The encoding it was read in, by its name in the Encoding Standard (`UTF-8`,
    /// `windows-1251`), or `UTF-32LE`, `UTF-32BE`, or `DOS` for any of its code pages.
    pub encoding: &'static str,
    /// Whether some bytes made no sense in it and became U+FFFD.
    pub lossy: bool,
}

/// Decodes `bytes`, which came with the HTTP header `Content-Type: content_type` if there was one.
///
/// Never fails: what cannot be read becomes U+FFFD, and `lossy` says so. Linear in the length of
/// `bytes` (at worst a handful of passes, one for each witness; valid UTF-8 takes one).
#[must_use]
pub fn decode(bytes: &[u8], content_type: Option<&str>) -> Decoded {
    if let Some((big, skip)) = utf32(bytes) {
        return decode_utf32(&bytes[skip..], big);
    }
    if let Some((marked, skip)) = Encoding::for_bom(bytes) {
        let decoded = decode_as(marked, &bytes[skip..]);
        if decoded.sound() {
            return decoded.give();
        }
    }
    let header = content_type.and_then(charset_parameter).and_then(lookup);
    let head = &bytes[..bytes.len().min(PRESCAN)];
    if let Some(wide) = utf16_without_mark(head, header) {
        return decode_as(wide, bytes).give();
    }
    // ISO-2022-JP is the one encoding here whose bytes are all ASCII: it must be asked for first.
    let escapes = bytes.contains(&0x1b);
    if !escapes && let Some(decoded) = as_utf8(bytes) {
        return decoded;
    }
    let named = xml_declaration(head).or_else(|| meta(head));
    let declared = named.and_then(lookup);
    let seven_bit = escapes && [header, declared].contains(&Some(ISO_2022_JP));
    if !seven_bit && let Some(decoded) = as_utf8(bytes) {
        return decoded;
    }

    let mut guessed = None;
    let mut guess = || *guessed.get_or_insert_with(|| guess_encoding(bytes));
    let first = match (header, declared) {
        (Some(header), Some(declared)) if header != declared && guess() == declared => Some(declared),
        (header, declared) => header.or(declared),
    };
    for candidate in [first, declared, header].into_iter().flatten() {
        // The bytes are no text in UTF-16: we would have seen that above.
        if candidate == UTF_16LE || candidate == UTF_16BE {
            continue;
        }
        for encoding in [Some(candidate), windows_sibling(candidate)].into_iter().flatten() {
            let decoded = decode_as(encoding, bytes);
            if decoded.sound() {
                return decoded.give();
            }
        }
    }
    let pages = [content_type.and_then(charset_parameter), named];
    if let Some(decoded) = pages.into_iter().flatten().find_map(dos::page).and_then(|page| dos::decode(bytes, page)) {
        return decoded;
    }
    // Undeclared, or declared falsely. UTF-8 with a few broken bytes is still UTF-8.
    let decoded = decode_as(UTF_8, bytes);
    if decoded.sound() { decoded.give() } else { decode_as(guess(), bytes).give() }
}

/// The bytes as UTF-8, if they are that.
fn as_utf8(bytes: &[u8]) -> Option<Decoded> {
    let text = std::str::from_utf8(bytes).ok()?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    Some(Decoded { text: text.to_owned(), encoding: UTF_8.name(), lossy: false })
}

/// A trial: the text in some encoding and how well the bytes took it.
struct Trial {
    text: String,
    encoding: &'static Encoding,
    /// Characters beyond ASCII, the bad ones among them.
    wide: usize,
    /// U+FFFD made by the decoder.
    malformed: usize,
    /// C1 controls: no text has them, but ISO-8859-x labelled Windows text gives them.
    controls: usize,
}

impl Trial {
    /// Whether this may well be the right encoding.
    fn sound(&self) -> bool {
        let bad = self.malformed + self.controls;
        // One accident is forgiven in any text: most often it was cut in the middle of a character.
        bad <= self.wide / TOLERATED || (bad == 1 && self.wide > 3)
    }

    fn give(self) -> Decoded {
        Decoded { lossy: self.malformed > 0, text: self.text, encoding: self.encoding.name() }
    }
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Trial {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let text = text.into_owned();
    let (mut wide, mut malformed, mut controls) = (0, 0, 0);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        wide += 1;
        match c {
            '\u{fffd}' if had_errors => malformed += 1,
            '\u{80}'..='\u{84}' | '\u{86}'..='\u{9f}' => controls += 1,
            _ => {}
        }
    }
    Trial { text, encoding, wide, malformed, controls }
}

/// What the bytes look like.
fn guess_encoding(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    let part = &bytes[..bytes.len().min(GUESS_FROM)];
    detector.feed(part, part.len() == bytes.len());
    detector.guess(None, Utf8Detection::Allow)
}

/// The Windows code page that is often labelled as this ISO one, and holds its letters where the
/// text has bytes 0x80 to 0x9F. (`iso-8859-1`, `-9` and `-11` *mean* their siblings on the web.)
fn windows_sibling(encoding: &'static Encoding) -> Option<&'static Encoding> {
    let label: &[u8] = match encoding.name() {
        "ISO-8859-2" => b"windows-1250",
        "ISO-8859-4" | "ISO-8859-10" | "ISO-8859-13" => b"windows-1257",
        "ISO-8859-5" => b"windows-1251",
        "ISO-8859-6" => b"windows-1256",
        "ISO-8859-7" => b"windows-1253",
        "ISO-8859-8" => b"windows-1255",
        "ISO-8859-14" | "ISO-8859-15" => b"windows-1252",
        _ => return None,
    };
    Encoding::for_label(label)
}

/// The encoding a label names. Beyond the Encoding Standard's labels it knows spellings seen in the
/// wild: `cp-1251`, `win1251`, `WINDOWS_1251`, `iso8859_2`, `cp932`, `koi8r`. `us-ascii` says
/// nothing (it is what programs write that never thought about it) and is `None`.
fn lookup(label: &str) -> Option<&'static Encoding> {
    let squeezed: String = label.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    if squeezed == "usascii" || squeezed == "ascii" {
        return None;
    }
    if let Some(encoding) = Encoding::for_label_no_replacement(label.as_bytes()) {
        return Some(encoding);
    }
    let digits = squeezed.trim_start_matches(|c: char| !c.is_ascii_digit());
    let name = &squeezed[..squeezed.len() - digits.len()];
    let standard = match (name, digits) {
        ("cp" | "win" | "windows" | "xcp" | "ms" | "ansi", "874" | "1250" | "1251" | "1252" | "1253" | "1254") => {
            format!("windows-{digits}")
        }
        ("cp" | "win" | "windows" | "xcp" | "ms" | "ansi", "1255" | "1256" | "1257" | "1258") => {
            format!("windows-{digits}")
        }
        ("cp" | "ms" | "windows" | "win", "932") | ("sjis" | "shiftjis", "") => "shift_jis".to_owned(),
        ("cp" | "ms" | "windows" | "win", "936") => "gbk".to_owned(),
        ("cp" | "ms" | "windows" | "win", "949") | ("uhc", "") => "euc-kr".to_owned(),
        ("cp" | "ms" | "windows" | "win", "950") => "big5".to_owned(),
        ("cp", "866") => "ibm866".to_owned(),
        ("mscyrl", "") => "windows-1251".to_owned(),
        ("mac" | "macroman" | "xmacroman", "") => "macintosh".to_owned(),
        ("maccyrillic" | "xmaccyrillic", "") => "x-mac-cyrillic".to_owned(),
        ("koi", "8r" | "8") => "koi8-r".to_owned(),
        ("koi", "8u") => "koi8-u".to_owned(),
        ("iso" | "isoiec", part) if part.starts_with("8859") => format!("iso-8859-{}", &part[4..]),
        ("utf", "8" | "8n" | "8mb4") => "utf-8".to_owned(),
        ("gb", "18030" | "180302000") => "gb18030".to_owned(),
        _ => return None,
    };
    Encoding::for_label_no_replacement(standard.as_bytes())
}

/// The `charset` of a `Content-Type` value, quotes taken off.
fn charset_parameter(content_type: &str) -> Option<&str> {
    let at = find_ignoring_case(content_type.as_bytes(), b"charset")?;
    let rest = content_type.get(at + b"charset".len()..)?.trim_start();
    label(rest.strip_prefix('=')?)
}

/// The first word of `text`, in quotes or not.
fn label(text: &str) -> Option<&str> {
    let text = text.trim_start().trim_start_matches(['"', '\'']);
    let end = text.find(|c: char| matches!(c, '"' | '\'' | ';' | ',' | '>' | '/' | '?') || c.is_whitespace());
    let word = &text[..end.unwrap_or(text.len())];
    (!word.is_empty()).then_some(word)
}

/// The encoding named in `<?xml … encoding="…"?>`, which may stand after white space and junk.
fn xml_declaration(head: &[u8]) -> Option<&str> {
    let start = find_ignoring_case(head, b"<?xml")?;
    let rest = &head[start..];
    let rest = &rest[..rest.iter().position(|b| *b == b'>').unwrap_or(rest.len())];
    let at = find_ignoring_case(rest, b"encoding")?;
    ascii_after_equals(&rest[at + b"encoding".len()..])
}

/// The encoding named in `<meta charset=…>` or `<meta http-equiv=… content="…; charset=…">`.
fn meta(head: &[u8]) -> Option<&str> {
    let mut rest = head;
    while let Some(start) = find_ignoring_case(rest, b"<meta") {
        rest = &rest[start + b"<meta".len()..];
        let tag = &rest[..rest.iter().position(|b| *b == b'>').unwrap_or(rest.len())];
        if let Some(at) = find_ignoring_case(tag, b"charset") {
            return ascii_after_equals(&tag[at + b"charset".len()..]);
        }
    }
    None
}

fn ascii_after_equals(bytes: &[u8]) -> Option<&str> {
    let end = bytes.iter().position(|b| !b.is_ascii()).unwrap_or(bytes.len());
    label(std::str::from_utf8(&bytes[..end]).ok()?.trim_start().strip_prefix('=')?)
}

fn find_ignoring_case(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window.eq_ignore_ascii_case(needle))
}

/// UTF-16 told by its zeros, where no mark says it: the first character of any feed or page is
/// ASCII (`<`, `{` or white space), so one of its two bytes is zero.
fn utf16_without_mark(head: &[u8], header: Option<&'static Encoding>) -> Option<&'static Encoding> {
    match *head {
        [0, a, 0, b, ..] if a != 0 && b != 0 => Some(UTF_16BE),
        [a, 0, b, 0, ..] if a != 0 && b != 0 => Some(UTF_16LE),
        // Declared, and there are zeros as no other encoding has them: the side they fall on says
        // the order better than the label, as "utf-16" alone does not name one.
        _ if header == Some(UTF_16LE) || header == Some(UTF_16BE) => {
            let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
            let (even, odd) = (zeros(0), zeros(1));
            if even + odd == 0 {
                None
            } else if even > odd {
                Some(UTF_16BE)
            } else {
                Some(UTF_16LE)
            }
        }
        _ => None,
    }
}

/// UTF-32 told by its mark or its zeros: whether big-endian, and the length of the mark.
fn utf32(bytes: &[u8]) -> Option<(bool, usize)> {
    match *bytes {
        [0, 0, 0xfe, 0xff, ..] => Some((true, 4)),
        // Also UTF-16LE's mark followed by U+0000, which no text begins with.
        [0xff, 0xfe, 0, 0, ..] => Some((false, 4)),
        [0, 0, 0, a, 0, 0, _, _, ..] if a != 0 => Some((true, 0)),
        [a, 0, 0, 0, _, _, 0, 0, ..] if a != 0 => Some((false, 0)),
        _ => None,
    }
}

/// UTF-32, which `encoding_rs` leaves out because the web does. Four bytes a character.
fn decode_utf32(bytes: &[u8], big: bool) -> Decoded {
    let mut text = String::with_capacity(bytes.len() / 4);
    let chunks = bytes.chunks_exact(4);
    let mut lossy = !chunks.remainder().is_empty();
    for chunk in chunks {
        let unit = <[u8; 4]>::try_from(chunk)
            .map_or(u32::MAX, |four| if big { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) });
        let c = char::from_u32(unit);
        lossy |= c.is_none();
        text.push(c.unwrap_or('\u{fffd}'));
    }
    Decoded { text, encoding: if big { "UTF-32BE" } else { "UTF-32LE" }, lossy }
}

#[cfg(test)]
mod tests;
