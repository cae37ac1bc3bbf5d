//! Files that people saved: told by their bytes, then read as a page or as a text.

use super::{Extracted, FileKind, NotAnArticle, archive, page_with, saved_text};
use crate::model::site::Site;
use crate::text::charset;

/// The largest file that is read, in bytes.
pub const MAX_FILE: usize = 32 << 20;

/// Makes an article of a saved file: a page of HTML, as it is or packed by a browser (MHTML), or a plain
/// text, in any encoding. The bytes
/// decide; `file_name` only where they do not (a text that could be either). Of `sites`, the first
/// that the page says it is of counts, as in [`page_with`].
///
/// # Errors
/// As [`page_with`] and [`saved_text`]; [`NotAnArticle::NotText`] for a file that holds no text, and what
/// it is instead; [`NotAnArticle::TooLarge`] beyond [`MAX_FILE`].
pub fn saved(bytes: &[u8], file_name: Option<&str>, sites: &[Site]) -> Result<Extracted, NotAnArticle> {
    if bytes.len() > MAX_FILE {
        return Err(NotAnArticle::TooLarge(bytes.len(), MAX_FILE));
    }
    if let Some(kind) = kind(bytes) {
        return Err(NotAnArticle::NotText(kind));
    }
    if archive::is_archive(bytes) {
        return archive::page(bytes, sites);
    }
    let decoded = charset::decode(bytes, None);
    if is_html(&decoded.text, file_name) {
        let address = archive::saved_from(&decoded.text);
        let mut page = page_with(&decoded.text, address.as_ref(), sites)?;
        page.link = page.link.or(address);
        Ok(page)
    } else {
        saved_text(&decoded.text)
    }
}

/// What a file is that is no text, by the first bytes that its format begins with; `None` for a text.
#[must_use]
pub fn kind(bytes: &[u8]) -> Option<FileKind> {
    const STARTS: &[(&[u8], FileKind)] = &[
        (b"%PDF-", FileKind::Pdf),
        (b"\x89PNG\r\n\x1a\n", FileKind::Image),
        (b"\xff\xd8\xff", FileKind::Image),
        (b"GIF87a", FileKind::Image),
        (b"GIF89a", FileKind::Image),
        (b"II*\0", FileKind::Image),
        (b"MM\0*", FileKind::Image),
        (b"\0\0\x01\0", FileKind::Image),
        (b"ID3", FileKind::Audio),
        (b"OggS", FileKind::Audio),
        (b"fLaC", FileKind::Audio),
        (b"\xff\xfb", FileKind::Audio),
        (b"\x1aE\xdf\xa3", FileKind::Video),
        (b"\x1f\x8b", FileKind::Archive),
        (b"BZh", FileKind::Archive),
        (b"\xfd7zXZ\0", FileKind::Archive),
        (b"7z\xbc\xaf\x27\x1c", FileKind::Archive),
        (b"Rar!", FileKind::Archive),
        (b"\x28\xb5\x2f\xfd", FileKind::Archive),
        (b"\xd0\xcf\x11\xe0", FileKind::Office),
        (b"{\\rtf", FileKind::Office),
        (b"SQLite format 3\0", FileKind::Database),
        (b"\x7fELF", FileKind::Program),
        (b"MZ\x90\0", FileKind::Program),
        (b"\xcf\xfa\xed\xfe", FileKind::Program),
        (b"wOFF", FileKind::Font),
        (b"wOF2", FileKind::Font),
        (b"\0\x01\0\0\0", FileKind::Font),
    ];
    if let Some((_, kind)) = STARTS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Some(*kind);
    }
    let at = |from: usize, what: &[u8]| bytes.get(from..from + what.len()) == Some(what);
    if at(0, b"RIFF") {
        return Some(if at(8, b"WEBP") {
            FileKind::Image
        } else if at(8, b"WAVE") {
            FileKind::Audio
        } else {
            FileKind::Video
        });
    }
    if at(4, b"ftyp") {
        let image = at(8, b"avif") || at(8, b"heic") || at(8, b"mif1");
        return Some(if image { FileKind::Image } else { FileKind::Video });
    }
    if at(0, b"PK\x03\x04") {
        let head = &bytes[..bytes.len().min(200)];
        let office = [&b"mimetype"[..], b"word/", b"xl/", b"ppt/", b"[Content_Types].xml"];
        let is_office = office.iter().any(|name| head.windows(name.len()).any(|w| w == *name));
        return Some(if is_office { FileKind::Office } else { FileKind::Archive });
    }
    is_binary(bytes).then_some(FileKind::Binary)
}

/// Whether bytes are no text in any encoding: NULs that are not the halves of UTF-16 or the quarters
/// of UTF-32, or many control characters.
fn is_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(8192)];
    let marked = [&b"\xff\xfe"[..], b"\xfe\xff", b"\0\0\xfe\xff"].iter().any(|mark| head.starts_with(mark));
    if marked || head.is_empty() {
        return false;
    }
    let nuls = head.iter().filter(|b| **b == 0).count();
    if nuls > 0 {
        // Without a mark, UTF-16 text has its NULs on one side of the pairs.
        let even = head.iter().step_by(2).filter(|b| **b == 0).count();
        let one_sided = even * 20 < nuls || (nuls - even) * 20 < nuls;
        return !(one_sided && nuls * 4 > head.len());
    }
    let controls = head.iter().filter(|b| matches!(b, 1..=8 | 14..=26 | 28..=31 | 127)).count();
    controls * 20 > head.len()
}

/// Whether a text is HTML: it begins with markup, or its name says so and it holds some.
fn is_html(text: &str, file_name: Option<&str>) -> bool {
    let mut end = text.len().min(4096);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text[..end].trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']).to_ascii_lowercase();
    let tags = [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<title",
        "<meta",
        "<script",
        "<div",
        "<article",
        "<p>",
        "<h1",
        "<table",
    ];
    let opens = head.starts_with("<?xml") || head.starts_with("<!--") || tags.iter().any(|tag| head.starts_with(tag));
    let holds = tags.iter().filter(|tag| head.contains(**tag)).count();
    let extension =
        file_name.and_then(|name| name.rsplit_once('.')).map(|(_, extension)| extension.to_ascii_lowercase());
    match extension.as_deref() {
        Some("html" | "htm" | "xhtml" | "mhtml") => opens || holds > 0,
        Some("txt" | "text" | "md") => opens && holds > 1,
        _ => opens || holds > 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_are_no_text_are_named() {
        let jpeg = b"\xff\xd8\xff\xe0\0\x10JFIF";
        for (bytes, kind) in [
            (&b"%PDF-1.7\n"[..], FileKind::Pdf),
            (jpeg, FileKind::Image),
            (b"RIFF\0\0\0\0WEBPVP8 ", FileKind::Image),
            (b"RIFF\0\0\0\0WAVEfmt ", FileKind::Audio),
            (b"\0\0\0\x20ftypisom", FileKind::Video),
            (b"\x1f\x8b\x08\0", FileKind::Archive),
            (b"PK\x03\x04\x14\0\0\0\0\0mimetypeapplication/epub+zip", FileKind::Office),
            (b"SQLite format 3\0", FileKind::Database),
            (b"\x01\x02\x03\0\x04\0\0\0\x05", FileKind::Binary),
        ] {
            assert_eq!(saved(bytes, None, &[]), Err(NotAnArticle::NotText(kind)));
        }
    }

    #[test]
    fn text_in_any_encoding_is_read() {
        let story =
            "Паром продан. Жители посёлка узнали об этом утром, когда пришли на пристань и не нашли его на месте.\n";
        let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(story.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        for bytes in [story.as_bytes(), &utf16] {
            let page = saved(bytes, Some("story.txt"), &[]).unwrap();
            assert_eq!(page.text.as_str(), story.trim());
        }
    }

    #[test]
    fn html_is_told_from_text() {
        assert!(is_html("\n<!DOCTYPE html><html>", None));
        assert!(is_html("<p>One</p>", Some("a.html")));
        assert!(!is_html("Use the <p> tag", Some("a.txt")));
        assert!(!is_html("A story about <b>nothing</b>", None));
    }
}
