//! What stands in a page of HTML, be it a file, a chapter of a book or a page of a site: the article
//! with everything that is kept of it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::tz::TimeZone;

use super::html::{Source, Writer, escape, head};
use super::outline::outlined;
use super::piece::Piece;
use crate::clean;
use crate::text::{CleanText, Link};

/// How every page looks: a measured column, light or dark as the reader's system is.
const STYLE: &str = include_str!("../../../assets/export/page.css");

/// Nothing is fetched and nothing runs, whatever the text says; pictures are inside or beside.
pub(super) const POLICY: &str =
    "default-src 'none'; img-src 'self' file: data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// How earlier texts stand under an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Earlier {
    /// Folded, to be opened.
    Folded,
    /// Open: readers of books know no folding.
    Open,
}

/// The article within its page, its pictures found by `pictures`, and its earlier texts under it.
pub(super) fn inside(piece: &Piece, zone: &TimeZone, pictures: &dyn Fn(&Link) -> Source, earlier: Earlier) -> String {
    let article = &piece.article;
    let mut out = String::from("<article dir=\"auto\">\n");
    head(article, zone, &mut out);
    let writer = Writer::new(pictures);
    if let Some(link) = piece.lead()
        && let Source::At(place) = pictures(link)
    {
        out.push_str(&format!("<figure><img src=\"{}\" alt=\"\"/></figure>\n", escape(&place)));
    }
    writer.blocks(&outlined(&article.document.blocks, 1), &mut out);
    for enclosure in &article.enclosures {
        let kind = enclosure.media_type.as_ref().map_or("file", |kind| kind.as_str());
        let link = escape(enclosure.link.as_str());
        out.push_str(&format!("<p class=\"about\">Attached {}: <a href=\"{link}\">{link}</a></p>\n", escape(kind)));
    }
    if let Some(missing) = article.missing.as_ref().filter(|_| article.headline.bookmarked) {
        let words = clean!("Not everything was kept: {missing}.");
        out.push_str(&format!("<p class=\"about\">{}</p>\n", escape(words.as_str())));
    }
    for (n, revision) in (1..).zip(&piece.revisions) {
        let words = piece.until(revision, zone);
        let (open, close) = match earlier {
            Earlier::Folded => (format!("<details>\n<summary>{}</summary>\n", escape(words.as_str())), "</details>\n"),
            Earlier::Open => (format!("<section>\n<hr/>\n<h2>{}</h2>\n", escape(words.as_str())), "</section>\n"),
        };
        out.push_str(&open);
        if revision.title != article.headline.title {
            out.push_str(&format!("<h2>{}</h2>\n", escape(revision.title.as_str())));
        }
        writer.apart(&format!("r{n}-")).blocks(&outlined(&revision.document.blocks, 2), &mut out);
        out.push_str(close);
    }
    out.push_str("</article>\n");
    out
}

/// A page that stands alone: its pictures and its style are inside, and it asks nobody for anything.
pub(super) fn page(piece: &Piece, zone: &TimeZone) -> CleanText {
    let inside = inside(piece, zone, &|link| embedded(piece, link), Earlier::Folded);
    CleanText::new(&framed(piece.article.headline.title.as_str(), super::language(&piece.article), POLICY, &inside))
}

/// A document of HTML around `inside`.
pub(super) fn framed(title: &str, language: Option<String>, policy: &str, inside: &str) -> String {
    let language = language.map(|lang| format!(" lang=\"{}\"", escape(&lang))).unwrap_or_default();
    format!(
        "<!doctype html>\n<html{language}>\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{}\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <meta name=\"referrer\" content=\"no-referrer\"/>\n<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n\
         <body>\n{inside}</body>\n</html>\n",
        escape(policy),
        escape(title)
    )
}

/// A kept picture as an address that holds it.
fn embedded(piece: &Piece, link: &Link) -> Source {
    match piece.picture(link) {
        Some(picture) => {
            Source::At(format!("data:{};base64,{}", known(&picture.media_type), STANDARD.encode(&picture.bytes)))
        }
        None => Source::Elsewhere,
    }
}

/// A media type as it may stand in an address: the store says it, and its file may have been edited.
fn known(media_type: &str) -> &str {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'+' | b'-' | b'.');
    if media_type.starts_with("image/") && media_type.bytes().all(plain) { media_type } else { "image/png" }
}
