//! Pages that a browser saved with a note of where they came from: as one file of mail's making
//! (MHTML, RFC 2557: `.mht`, `.mhtml`), or as HTML with the address in a comment.

use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::enclosed::Pictures;
use super::{Extracted, NotAnArticle, page_with, saved_text, start_of};
use crate::model::site::Site;
use crate::model::{Document, Enclosed};
use crate::text::{Link, charset};

/// How far into a file its head is looked for, in bytes.
const HEAD: usize = 4096;

/// Whether a file is a message of mail's making, by the fields at its beginning.
#[must_use]
pub fn is_archive(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    let fields = head.trim_start_matches('\u{feff}').lines().take_while(|line| !line.trim().is_empty());
    let (mut mime, mut kind, mut first) = (false, false, true);
    for line in fields {
        let name = line.split(':').next().unwrap_or("");
        let is_field = line.contains(':') && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        // Whatever begins otherwise is something else, perhaps about mail.
        if std::mem::take(&mut first) && !is_field {
            return false;
        }
        mime |= is_field && name == "mime-version";
        kind |= is_field && name == "content-type";
    }
    mime && kind
}

/// Makes an article of the page in such a file: of its first HTML, else of its first text.
///
/// # Errors
/// [`NotAnArticle::Empty`] where there is neither, else as for a page or a text.
pub(super) fn page(bytes: &[u8], sites: &[Site]) -> Result<Extracted, NotAnArticle> {
    let message = MessageParser::default().parse(bytes).ok_or(NotAnArticle::Empty)?;
    if let Some((html, part)) = message.parts.iter().find_map(|part| Some((html(part)?, part))) {
        let address = address(&message, part);
        let mut extracted = page_with(&html, address.as_ref(), sites)?;
        extracted.link = extracted.link.or(address);
        extracted.pictures.extend(pictures(&message, &extracted.document));
        return Ok(extracted);
    }
    let text = message.parts.iter().find_map(|part| match &part.body {
        PartType::Text(text) if !text.trim().is_empty() => Some(text),
        _ => None,
    });
    saved_text(text.ok_or(NotAnArticle::Empty)?)
}

/// The pictures of the story that are parts of the file, each at the address it had on the web.
fn pictures(message: &Message<'_>, document: &Document) -> Vec<Enclosed> {
    let shown = document.pictures();
    let mut pictures = Pictures::default();
    for part in &message.parts {
        let (PartType::Binary(bytes) | PartType::InlineBinary(bytes)) = &part.body else { continue };
        let address = part.content_location().and_then(Link::parse).map(|link| link.without_tracking());
        if let Some(address) = address.filter(|address| shown.contains(address)) {
            pictures.add(Some(address), bytes.to_vec());
        }
    }
    pictures.of(document)
}

/// The HTML of a part, if that is what it holds.
fn html(part: &MessagePart<'_>) -> Option<String> {
    match &part.body {
        PartType::Html(html) => Some(html.to_string()),
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) if part.is_content_type("application", "xhtml+xml") => {
            Some(charset::decode(bytes, None).text)
        }
        _ => None,
    }
}

/// Where the page was, as its part or the whole file says.
fn address(message: &Message<'_>, part: &MessagePart<'_>) -> Option<Link> {
    let part = part.content_location().and_then(Link::parse).filter(Link::is_web);
    part.or_else(|| Link::parse(message.header_raw("Snapshot-Content-Location")?.trim()).filter(Link::is_web))
}

/// The address that a browser or one of its helpers left in a comment near the top of a page it saved:
/// `<!-- saved from url=(0026)https://lake.example/ferry -->`, or `url: https://lake.example/ferry` in
/// a comment that speaks of saving.
pub(super) fn saved_from(html: &str) -> Option<Link> {
    let mut rest = start_of(html, HEAD);
    while let Some((_, inside)) = rest.split_once("<!--") {
        let (comment, behind) = inside.split_once("-->").unwrap_or((inside, ""));
        let said =
            comment.split_once("saved from url=").map(|(_, said)| said.split_once(')').map_or(said, |(_, url)| url));
        let said = said.or_else(|| {
            let about = comment.to_ascii_lowercase().contains("saved");
            comment.split_once("url:").filter(|_| about).map(|(_, url)| url)
        });
        let found = said.and_then(|said| Link::parse(said.split_whitespace().next()?)).filter(Link::is_web);
        if found.is_some() {
            return found;
        }
        rest = behind;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::saved;

    const STORY: &str = "<p>The last ferry between the two piers left on Friday evening with forty people on board, and \
        nobody at the north pier could say what would become of the boat.</p><p>“We counted every rope twice,” said the \
        captain, who has steered it for thirty years, and asked for the lamps to be left burning.</p>";

    /// A page as browsers put it into a message, its text in `encoding`.
    fn message(encoding: &str, body: &str) -> String {
        format!(
            "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://lake.example/ferry\r\nSubject: Ferry\r\n\
             Date: Fri, 3 May 2024 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\
             \ttype=\"text/html\";\r\n\tboundary=\"--part--\"\r\n\r\n\r\n----part--\r\nContent-Type: text/html; charset=utf-8\r\n\
             Content-Transfer-Encoding: {encoding}\r\nContent-Location: https://lake.example/ferry?utm_source=x\r\n\r\n{body}\r\n\
             ----part--\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\
             Content-Location: https://lake.example/f.png\r\n\r\niVBORw0KGgo=\r\n----part----\r\n"
        )
    }

    #[test]
    fn a_page_in_a_message_is_read_in_both_of_its_encodings() {
        let html = format!(
            "<html><head><title>Ferry’s last crossing</title></head><body><article>{STORY}</article></body></html>"
        );
        let quoted: String = html
            .bytes()
            .enumerate()
            .map(|(n, b)| {
                let plain = b.is_ascii() && b != b'=';
                let written = if plain { char::from(b).to_string() } else { format!("={b:02X}") };
                if n % 60 == 59 { format!("{written}=\r\n") } else { written }
            })
            .collect();
        let base64 = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, &html);
        for (encoding, body) in [("quoted-printable", quoted), ("base64", base64)] {
            let file = message(encoding, &body);
            assert!(is_archive(file.as_bytes()));
            let page = saved(file.as_bytes(), Some("ferry.mhtml"), &[]).unwrap();
            assert_eq!(page.title.as_str(), "Ferry’s last crossing", "{encoding}");
            assert!(page.text.as_str().contains("“We counted every rope twice,” said"), "{}", page.text.as_str());
            assert_eq!(page.link.unwrap().as_str(), "https://lake.example/ferry?utm_source=x");
        }
    }

    #[test]
    fn messages_without_a_page_and_texts_about_mail() {
        let text = format!(
            "MIME-Version: 1.0\nContent-Type: text/plain\n\n{}",
            STORY.replace("<p>", "\n\n").replace("</p>", "")
        );
        assert!(saved(text.as_bytes(), None, &[]).unwrap().text.as_str().starts_with("The last ferry"));
        let empty = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x--\n";
        assert_eq!(saved(empty.as_bytes(), None, &[]), Err(NotAnArticle::Empty));
        for not in
            ["<html>MIME-Version: 1.0\nContent-Type: x", "A letter\nMIME-Version: 1.0\nContent-Type: x", "", "a: b"]
        {
            assert!(!is_archive(not.as_bytes()), "{not}");
        }
    }

    #[test]
    fn the_address_of_a_saved_page_is_read_from_its_comment() {
        let from = |html: &str| saved_from(html).map(|link| link.as_str().to_owned());
        for (html, address) in [
            (
                "<!DOCTYPE html>\n<!-- saved from url=(0026)https://lake.example/ferry -->\n<html>",
                Some("https://lake.example/ferry"),
            ),
            (
                "<html><!--\n Page saved with a tool \n url: https://lake.example/ferry \n saved date: Fri -->",
                Some("https://lake.example/ferry"),
            ),
            ("<!-- x --><!-- saved from url=(0014)about:internet -->", None),
            ("<!-- url: https://lake.example/ -->", None),
            ("<!-- saved from url=", None),
        ] {
            assert_eq!(from(html).as_deref(), address, "{html}");
        }
    }
}
