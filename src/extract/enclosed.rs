//! Pictures that a page holds itself, as browsers and their add-ons save them: in `data:` addresses,
//! and as parts of an archive.
//!
//! They are lifted out before anything else looks at the page, which is small without them, and get an
//! address of our own that leads nowhere ([`ENCLOSED`]), named by what they are.

use std::borrow::Cow;

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use xxhash_rust::xxh3::xxh3_128;

use crate::model::picture::ENCLOSED;
use crate::model::{Document, Enclosed};
use crate::text::Link;

/// The most pictures of one page.
const MOST: usize = 24;

/// The largest picture, in bytes.
const LARGEST: usize = 4 << 20;

/// The most bytes of all pictures of a page.
const TOGETHER: usize = 24 << 20;

/// A smaller one, in bytes, is a sign, a spacer, or a blur that stands in until a program has loaded
/// the picture.
const LEAST: usize = 1024;

/// What the address of a picture in a page begins with.
const DATA: &str = "data:image/";

/// With or without the signs that fill the last group, and whatever the last one's spare bits are.
const BASE_64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// The pictures of a page, as far as they are wanted.
#[derive(Default)]
pub(super) struct Pictures {
    found: Vec<Enclosed>,
    bytes: usize,
}

impl Pictures {
    /// Lifts the pictures out of a page; what is left holds their addresses in their places. Linear in
    /// the page, and in what is decoded, which is bounded.
    pub(super) fn lift<'a>(&mut self, html: &'a str) -> Cow<'a, str> {
        let (mut out, mut from, mut at) = (String::new(), 0, 0);
        while let Some(start) = html[at..].find(DATA).map(|found| at + found) {
            at = start + DATA.len();
            // In an attribute, not in a text about such addresses.
            if !html[..start].ends_with(['"', '\'', '=']) {
                continue;
            }
            let address = &html[start..];
            let address = &address[..address.find(['"', '\'', '<', '>', ' ']).unwrap_or(address.len())];
            at = start + address.len();
            if let Some(link) = decoded(address).and_then(|bytes| self.add(None, bytes)) {
                out.push_str(&html[from..start]);
                out.push_str(link.as_str());
                from = at;
            }
        }
        if from == 0 {
            return Cow::Borrowed(html);
        }
        out.push_str(&html[from..]);
        Cow::Owned(out)
    }

    /// Takes in a picture that stands at `address`, or nowhere else; gives its address, unless it is
    /// none, or there are enough.
    pub(super) fn add(&mut self, address: Option<Link>, bytes: Vec<u8>) -> Option<Link> {
        let (media_type, ending) = kind(&bytes)?;
        let address = match address {
            Some(address) => address,
            None => Link::parse(&format!("{ENCLOSED}{:032x}.{ending}", xxh3_128(&bytes)))?,
        };
        if self.found.iter().any(|known| known.address == address) {
            return Some(address);
        }
        let fits = (LEAST..=LARGEST).contains(&bytes.len()) && self.bytes + bytes.len() <= TOGETHER;
        if !fits || self.found.len() >= MOST {
            return None;
        }
        self.bytes += bytes.len();
        self.found.push(Enclosed { address: address.clone(), media_type, bytes });
        Some(address)
    }

    /// Those of them that stand in the story.
    pub(super) fn of(self, document: &Document) -> Vec<Enclosed> {
        let shown = document.pictures();
        self.found.into_iter().filter(|picture| shown.contains(&picture.address)).collect()
    }
}

/// The bytes of a `data:` address in base 64 (RFC 2397); line breaks within it count for nothing.
fn decoded(address: &str) -> Option<Vec<u8>> {
    let (head, data) = address.split_once(',')?;
    let is_base_64 = head.rsplit(';').next().is_some_and(|last| last.trim().eq_ignore_ascii_case("base64"));
    // A third more than its bytes, and some for line breaks.
    if !is_base_64 || data.len() > LARGEST / 2 * 3 {
        return None;
    }
    let mut plain: String = data.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    if plain.contains('%') {
        for (written, meant) in [("%2B", "+"), ("%2b", "+"), ("%2F", "/"), ("%2f", "/"), ("%3D", "="), ("%3d", "=")] {
            plain = plain.replace(written, meant);
        }
    }
    BASE_64.decode(plain).ok()
}

/// Whether these bytes are a picture of a kind that a screen can show.
#[must_use]
pub fn is_picture(bytes: &[u8]) -> bool {
    kind(bytes).is_some()
}

/// The kind of a picture that a screen can show, by its bytes, and how its file would end.
fn kind(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some(("image/png", "png")),
        [0xff, 0xd8, 0xff, ..] => Some(("image/jpeg", "jpg")),
        [b'G', b'I', b'F', b'8', ..] => Some(("image/gif", "gif")),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(("image/webp", "webp")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use base64::engine::general_purpose::STANDARD as WRITER;
    use proptest::prelude::*;

    use super::*;

    fn png(bytes: usize) -> Vec<u8> {
        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        png.extend((0..bytes).map(|n| n as u8));
        png
    }

    fn lifted(html: &str) -> (String, Vec<Enclosed>) {
        let mut pictures = Pictures::default();
        let left = pictures.lift(html).into_owned();
        (left, pictures.found)
    }

    #[test]
    fn a_picture_gets_an_address_that_leads_nowhere() {
        let data = WRITER.encode(png(3000));
        for address in [
            format!("data:image/png;base64,{data}"),
            format!("data:image/jpeg;charset=utf-8;BASE64,{}", data.replace('+', "%2B").replace('/', "%2f")),
            format!("data:image/png;base64,\n{}\n{}", &data[..500], &data[500..]),
            format!("data:image/png;base64,{}", data.trim_end_matches('=')),
        ] {
            for html in
                [format!("<p><img src=\"{address}\" alt='x'>y</p>"), format!("<p><img src='{address}' alt='x'>y</p>")]
            {
                let (left, found) = lifted(&html);
                assert_eq!(found.len(), 1, "{}", &address[..40]);
                assert_eq!((found[0].media_type, found[0].bytes.len()), ("image/png", 3008), "by its bytes");
                assert!(left.contains(found[0].address.as_str()) && left.ends_with("alt='x'>y</p>"), "{left}");
                assert!(found[0].address.as_str().starts_with(ENCLOSED) && left.len() < 120, "{left}");
            }
        }
    }

    #[test]
    fn what_is_no_picture_or_too_much_stays_as_it_is() {
        let data = WRITER.encode(png(3000));
        for html in [
            "<img src=\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\">".to_owned(),
            format!("<img src=\"data:image/png,{data}\">"),
            format!("<img src=\"data:image/png;base64,{}\">", WRITER.encode("word ".repeat(900))),
            format!(
                "<img src=\"data:image/svg+xml;base64,{}\">",
                WRITER.encode(format!("<svg>{}</svg>", "x".repeat(2000)))
            ),
            format!("<p>An address like data:image/png;base64,{data} is long.</p>"),
            format!("<img src=\"data:image/png;base64,{}\">", WRITER.encode(png(LARGEST))),
            "<img src=\"data:image/".to_owned(),
        ] {
            let (left, found) = lifted(&html);
            assert!(left == html && found.is_empty(), "{}", &html[..html.len().min(60)]);
        }
        let many: String = (0..MOST + 9)
            .map(|n| format!("<img src=\"data:image/png;base64,{}\">", WRITER.encode(png(2000 + n))))
            .collect();
        assert_eq!(lifted(&many).1.len(), MOST);
        let twice = format!("<img src=\"data:image/png;base64,{data}\">").repeat(2);
        let (left, found) = lifted(&twice);
        assert_eq!((found.len(), left.matches(ENCLOSED).count()), (1, 2));
    }

    proptest! {
        #[test]
        fn nothing_is_lost_of_a_page(parts in proptest::collection::vec(prop_oneof![
            Just("data:image/"), Just("png;base64,"), Just("\""), Just("'"), Just("="), Just("AAAA"), Just(","), Just("é"), Just(">"),
        ], 0..60)) {
            let html: String = parts.concat();
            prop_assert_eq!(lifted(&html).0, html);
        }
    }
}
