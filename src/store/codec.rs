//! Texts as they lie in the file: a [`Document`] as JSON, compressed with zstd.

use rusqlite::types::{FromSqlError, Type};

use crate::model::{Block, Document};

/// The largest text read back, in bytes. More than this is not an article but a bomb that somebody
/// put into the file.
const MAX_TEXT: usize = 64 << 20;

/// zstd's default level: stronger ones cost several times the time for a few hundredths of the size.
const LEVEL: i32 = 3;

/// How deep JSON may nest: what `serde_json` reads back without complaint, less some room.
const MAX_DEPTH: usize = 120;

/// Compresses texts; holds zstd's working memory between them, which costs more to set up than a
/// short text to compress.
pub(super) struct Compressor(zstd::bulk::Compressor<'static>);

impl Compressor {
    /// A compressor without a dictionary.
    pub(super) fn new() -> std::io::Result<Self> {
        Ok(Self(zstd::bulk::Compressor::new(LEVEL)?))
    }

    /// The stored form of `document`. Linear in its size.
    pub(super) fn encode(&mut self, document: &Document) -> rusqlite::Result<Vec<u8>> {
        let mut json = to_json(document)?;
        if depth(&json) > MAX_DEPTH {
            // Nested deeper than anyone can see: the words are kept, the nesting is not.
            let text = document.readable_text();
            json = to_json(&Document::from_paragraphs(text.lines()))?;
        }
        self.0.compress(&json).map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))
    }
}

fn to_json(document: &Document) -> rusqlite::Result<Vec<u8>> {
    serde_json::to_vec(document).map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))
}

/// Reads the stored form back through the trust door: what is deserialised is cleaned again, since
/// files get edited.
pub(super) fn decode(dictionary: i64, data: &[u8]) -> rusqlite::Result<Document> {
    let damaged = |what: String| rusqlite::Error::FromSqlConversionFailure(0, Type::Blob, what.into());
    if dictionary != 0 {
        return Err(damaged(format!("a text needs dictionary {dictionary}, which is not there")));
    }
    let size = zstd::zstd_safe::get_frame_content_size(data)
        .ok()
        .flatten()
        .and_then(|size| usize::try_from(size).ok())
        .filter(|size| *size <= MAX_TEXT)
        .ok_or_else(|| damaged("a text has no sensible size".to_owned()))?;
    let json = zstd::bulk::decompress(data, size).map_err(|e| damaged(format!("a text cannot be unpacked: {e}")))?;
    serde_json::from_slice(&json).map_err(|e| damaged(format!("a text cannot be read: {e}")))
}

/// The deepest nesting of brackets in `json`, strings aside. One pass.
fn depth(json: &[u8]) -> usize {
    let (mut depth, mut deepest, mut in_string, mut escaped) = (0_usize, 0, false, false);
    for byte in json {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// A hash of the words of a text and its headline: equal for texts that differ only in white
/// space, in the shape of quotation marks and dashes, or in markup.
pub(super) fn word_hash(title: &str, text: &str) -> i64 {
    let mut hasher = xxhash_rust::xxh3::Xxh3::new();
    let mut normal = Vec::with_capacity(title.len().max(text.len()));
    for part in [title, text] {
        normal.clear();
        let mut rest = part;
        loop {
            // Stretches of ASCII as bytes: nearly all of most texts.
            let plain = if rest.is_ascii() { None } else { rest.bytes().position(|byte| !byte.is_ascii()) };
            let plain = plain.unwrap_or(rest.len());
            let (plain, other) = rest.split_at(plain);
            add_plain(plain.as_bytes(), &mut normal);
            let mut others = other.chars();
            match others.next() {
                None => break,
                Some('‘' | '’' | '“' | '”' | '„' | '«' | '»') => {}
                Some('‐'..='―') => normal.push(b'-'),
                Some(c) if c.is_whitespace() => {}
                Some(c) => normal.extend(c.encode_utf8(&mut [0; 4]).bytes()),
            }
            rest = others.as_str();
        }
        hasher.update(&normal);
        hasher.update(&[0xff]);
    }
    hasher.digest().cast_signed()
}

/// Adds what of ASCII is neither white space nor a quotation mark.
fn add_plain(bytes: &[u8], to: &mut Vec<u8>) {
    // In stretches: most of them are words, and copied whole.
    for part in bytes.split(|byte| matches!(byte, b'\t'..=b'\r' | b' ' | b'\'' | b'"')) {
        to.extend_from_slice(part);
    }
}

/// The key of a guid in the indexes: 64 bits of its hash, since guids are often long addresses.
/// Two guids of one feed that agree in it would be one article; by chance that needs billions.
pub(super) fn guid_key(guid: &str) -> i64 {
    xxhash_rust::xxh3::xxh3_64(guid.as_bytes()).cast_signed()
}

/// Whether a document holds anything to read or to look at.
pub(super) fn says_something(document: &Document) -> bool {
    document.blocks.iter().any(|block| !matches!(block, Block::Rule))
}

/// Says that a value in the file is not what it should be.
pub(super) fn bad_value(what: String) -> FromSqlError {
    FromSqlError::Other(what.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_comes_back_as_it_was() {
        let document = Document::from_paragraphs(["One.", "Два."]);
        let data = Compressor::new().unwrap().encode(&document).unwrap();
        assert_eq!(decode(0, &data).unwrap(), document);
    }

    #[test]
    fn a_damaged_text_is_an_error_and_no_panic() {
        let data = Compressor::new().unwrap().encode(&Document::from_paragraphs(["One two three."])).unwrap();
        for cut in 0..data.len() {
            assert!(decode(0, &data[..cut]).is_err(), "{cut}");
        }
        assert!(decode(7, &data).is_err());
        // A frame that claims a terabyte.
        assert!(decode(0, &[0x28, 0xb5, 0x2f, 0xfd, 0xe0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0]).is_err());
    }

    #[test]
    fn a_text_that_was_edited_into_an_attack_is_cleaned() {
        let json = r#"{"blocks":[{"paragraph":[{"text":"a\u001b[31mb\u202ec"}]}]}"#;
        let data = zstd::bulk::compress(json.as_bytes(), 1).unwrap();
        assert_eq!(decode(0, &data).unwrap().plain_text(), "abc");
    }

    #[test]
    fn deep_nesting_keeps_the_words() {
        let mut blocks = Document::from_paragraphs(["deep"]).blocks;
        for _ in 0..200 {
            blocks = vec![Block::Quote(blocks)];
        }
        let data = Compressor::new().unwrap().encode(&Document { blocks }).unwrap();
        assert_eq!(decode(0, &data).unwrap().plain_text(), "deep");
    }

    #[test]
    fn white_space_and_quotation_marks_are_no_change() {
        let hash = word_hash("Title", "“One”  two — three");
        assert_eq!(hash, word_hash("Title ", "\"One\" two\n– three"));
        assert_ne!(hash, word_hash("Title", "One two three four"));
        assert_ne!(word_hash("ab", "c"), word_hash("a", "bc"));
    }

    proptest::proptest! {
        /// The hashes are kept: another way to them would make every article a changed one.
        #[test]
        fn the_hash_of_words_stays_what_it_was(title in "\\PC{0,20}", text in "([a-z '\"‘“”«»–—\n\t\u{a0}é漢]|\\PC){0,60}") {
            let normal = |part: &str| -> String {
                let part = part.chars().filter(|c| !c.is_whitespace() && !"‘’“”„«»'\"".contains(*c));
                part.map(|c| if ('‐'..='―').contains(&c) { '-' } else { c }).collect()
            };
            let mut hasher = xxhash_rust::xxh3::Xxh3::new();
            for part in [&title, &text] {
                hasher.update(normal(part).as_bytes());
                hasher.update(&[0xff]);
            }
            proptest::prop_assert_eq!(word_hash(&title, &text), hasher.digest().cast_signed());
        }
    }
}
