//! A book: EPUB 3.3, one chapter to an article, its kept pictures inside.
//!
//! Chapters are written as they come, so that a book of a thousand articles needs the memory of one;
//! what names them all stands at the end of the file, where the format allows it.

use std::borrow::Cow;
use std::io::{Seek, Write};
use std::mem::ManuallyDrop;

use jiff::tz::TimeZone;
use xxhash_rust::xxh3::Xxh3;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::html::{Source, escape};
use super::piece::{Piece, ending};
use super::whole::{Earlier, inside};
use crate::model::Time;
use crate::ops::pictures::as_png;
use crate::store::Picture;
use crate::text::{Clean, CleanText, Link};

/// How a book looks, as far as that is not for its reader to say.
const STYLE: &str = include_str!("../../../assets/export/book.css");

/// Kinds of pictures that every reader of books shows (EPUB 3.2 §3.2); WebP, which newer ones do, becomes
/// PNG. Of others a link stands in the text: of SVG, too, which may hold scripts, and is refused by many
/// readers where it is not quite by the book.
const SHOWN: &[&str] = &["image/gif", "image/jpeg", "image/png"];

const CONTAINER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
<container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">\n<rootfiles>\n\
<rootfile full-path=\"EPUB/package.opf\" media-type=\"application/oebps-package+xml\"/>\n</rootfiles>\n</container>\n";

/// A book that is being written.
pub(super) struct Book<W: Write + Seek> {
    /// Not dropped where the book breaks off: it would write the end of the archive all the same, say on
    /// standard error what goes wrong with that, and not always live through it.
    zip: ManuallyDrop<ZipWriter<W>>,
    title: Clean,
    chapters: Vec<Chapter>,
    /// Files of pictures, with their kinds.
    pictures: Vec<(String, String)>,
    /// Of everything in it: the same articles make the same book.
    identity: Xxh3,
}

/// What the book has to say of a chapter elsewhere.
struct Chapter {
    file: String,
    title: Clean,
    source: Clean,
    byline: Option<Clean>,
    language: Option<String>,
    tags: Vec<Clean>,
    link: Option<Link>,
    published: Time,
}

impl<W: Write + Seek> Book<W> {
    /// Begins a book of that title. What it writes `to` is let go of only at the [`end`](Self::end): lend
    /// it a file.
    pub(super) fn begin(to: W, title: &Clean) -> zip::result::ZipResult<Self> {
        let mut zip = ManuallyDrop::new(ZipWriter::new(to));
        // First, and as it is: readers look for it at a fixed place of the file.
        zip.start_file("mimetype", SimpleFileOptions::default().compression_method(CompressionMethod::Stored))?;
        zip.write_all(b"application/epub+zip")?;
        let mut book = Self { zip, title: title.clone(), chapters: vec![], pictures: vec![], identity: Xxh3::new() };
        book.put("META-INF/container.xml", CONTAINER.as_bytes())?;
        book.put("EPUB/style.css", STYLE.as_bytes())?;
        Ok(book)
    }

    /// Adds an article.
    pub(super) fn add(&mut self, piece: &Piece, zone: &TimeZone) -> zip::result::ZipResult<()> {
        let mut places: Vec<(&Link, String)> = Vec::new();
        for (link, picture) in &piece.pictures {
            let Some((kind, bytes)) = shown(picture) else { continue };
            let file = format!("pictures/{}.{}", self.pictures.len() + 1, ending(kind));
            self.put(&format!("EPUB/{file}"), &bytes)?;
            self.pictures.push((file.clone(), kind.to_owned()));
            places.push((link, file));
        }
        let place = |link: &Link| match places.iter().find(|(known, _)| *known == link) {
            Some((_, file)) => Source::At(file.clone()),
            None => Source::Elsewhere,
        };
        let headline = &piece.article.headline;
        let language = super::language(&piece.article);
        let text = chapter(headline.title.as_str(), language.as_deref(), &inside(piece, zone, &place, Earlier::Open));
        let file = format!("article-{}.xhtml", self.chapters.len() + 1);
        self.put(&format!("EPUB/{file}"), text.as_str().as_bytes())?;
        self.identity.update(piece.article.guid.as_str().as_bytes());
        self.chapters.push(Chapter {
            file,
            title: headline.title.clone(),
            source: headline.source.clone(),
            byline: piece.article.byline.clone(),
            language,
            tags: headline.tags.clone(),
            link: headline.link.clone(),
            published: piece.article.published_given.unwrap_or(headline.published),
        });
        Ok(())
    }

    /// Ends the book: says when it was made.
    pub(super) fn end(mut self, now: Time, zone: &TimeZone) -> zip::result::ZipResult<()> {
        let contents = self.contents(zone);
        self.put("EPUB/contents.xhtml", contents.as_str().as_bytes())?;
        let package = self.package(now);
        self.put("EPUB/package.opf", package.as_str().as_bytes())?;
        ManuallyDrop::into_inner(self.zip).finish()?.flush()?;
        Ok(())
    }

    fn put(&mut self, name: &str, bytes: &[u8]) -> zip::result::ZipResult<()> {
        // Of pictures it gains nothing and costs little.
        self.zip.start_file(name, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated))?;
        self.zip.write_all(bytes)?;
        self.identity.update(bytes);
        Ok(())
    }

    /// The language of most chapters; `und` where none is known.
    fn language(&self) -> String {
        let said: Vec<&str> = self.chapters.iter().filter_map(|chapter| chapter.language.as_deref()).collect();
        let count = |lang: &str| said.iter().filter(|other| **other == lang).count();
        let most = said.iter().max_by_key(|lang| (count(lang), std::cmp::Reverse(**lang)));
        most.map_or_else(|| "und".to_owned(), |lang| (*lang).to_owned())
    }

    fn contents(&self, zone: &TimeZone) -> CleanText {
        let mut list = String::new();
        for chapter in &self.chapters {
            list.push_str(&format!(
                "<li><a href=\"{}\">{}</a> <span class=\"about\">{} · {}</span></li>\n",
                chapter.file,
                escape(chapter.title.as_str()),
                escape(chapter.source.as_str()),
                chapter.published.format("%-d %B %Y", zone)
            ));
        }
        // Within the list readers expect the links alone: what else is told stands on the page.
        let plain: String = self
            .chapters
            .iter()
            .map(|chapter| format!("<li><a href=\"{}\">{}</a></li>\n", chapter.file, escape(chapter.title.as_str())))
            .collect();
        let title = escape(self.title.as_str());
        let inside = format!(
            "<h1>{title}</h1>\n<nav epub:type=\"toc\" role=\"doc-toc\" hidden=\"hidden\">\n<h2>Contents</h2>\n\
             <ol>\n{plain}</ol>\n</nav>\n<ol>\n{list}</ol>\n"
        );
        chapter(self.title.as_str(), Some(&self.language()), &inside)
    }

    fn package(&self, now: Time) -> CleanText {
        let mut about = String::new();
        let mut say = |element: &str, value: &str| {
            about.push_str(&format!("<dc:{element}>{}</dc:{element}>\n", escape(value)));
        };
        let mut authors: Vec<&str> = Vec::new();
        let mut subjects: Vec<&str> = Vec::new();
        for chapter in &self.chapters {
            let author = chapter.byline.as_ref().unwrap_or(&chapter.source).as_str();
            if !author.is_empty() && !authors.contains(&author) {
                authors.push(author);
            }
            for tag in &chapter.tags {
                if !subjects.contains(&tag.as_str()) {
                    subjects.push(tag.as_str());
                }
            }
        }
        authors.iter().for_each(|author| say("creator", author));
        subjects.iter().for_each(|subject| say("subject", subject));
        if let [only] = self.chapters.as_slice() {
            say("date", &only.published.to_string());
            if let Some(link) = &only.link {
                say("source", link.as_str());
            }
        }
        let mut manifest = String::from(
            "<item id=\"contents\" href=\"contents.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>\n\
             <item id=\"style\" href=\"style.css\" media-type=\"text/css\"/>\n",
        );
        let mut spine = String::new();
        // Of a single article a page of contents would be in the way.
        let linear = if self.chapters.len() > 1 { "" } else { " linear=\"no\"" };
        spine.push_str(&format!("<itemref idref=\"contents\"{linear}/>\n"));
        for (n, chapter) in self.chapters.iter().enumerate() {
            manifest.push_str(&format!(
                "<item id=\"article-{n}\" href=\"{}\" media-type=\"application/xhtml+xml\"/>\n",
                chapter.file
            ));
            spine.push_str(&format!("<itemref idref=\"article-{n}\"/>\n"));
        }
        for (n, (file, kind)) in self.pictures.iter().enumerate() {
            manifest.push_str(&format!("<item id=\"picture-{n}\" href=\"{file}\" media-type=\"{kind}\"/>\n"));
        }
        CleanText::new(&format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"book\">\n\
             <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n\
             <dc:identifier id=\"book\">urn:uuid:{}</dc:identifier>\n<dc:title>{}</dc:title>\n\
             <dc:language>{}</dc:language>\n{about}<meta property=\"dcterms:modified\">{now}</meta>\n</metadata>\n\
             <manifest>\n{manifest}</manifest>\n<spine>\n{spine}</spine>\n</package>\n",
            uuid(self.identity.digest128()),
            escape(self.title.as_str()),
            escape(&self.language()),
        ))
    }
}

/// A picture as it stands in a book, with its kind; `None` where it has no place there.
fn shown(picture: &Picture) -> Option<(&str, Cow<'_, [u8]>)> {
    match picture.media_type.as_str() {
        "image/webp" => as_png(&picture.bytes).ok().map(|bytes| ("image/png", bytes.into())),
        kind if SHOWN.contains(&kind) => Some((kind, picture.bytes.as_slice().into())),
        _ => None,
    }
}

/// A document of XHTML around `inside`.
fn chapter(title: &str, language: Option<&str>, inside: &str) -> CleanText {
    let language = language.map(escape).map(|lang| format!(" lang=\"{lang}\" xml:lang=\"{lang}\"")).unwrap_or_default();
    CleanText::new(&format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\"{language}>\n<head>\n\
         <title>{}</title>\n<link rel=\"stylesheet\" type=\"text/css\" href=\"style.css\"/>\n</head>\n\
         <body>\n{inside}</body>\n</html>\n",
        escape(title)
    ))
}

/// A hash as a UUID of version 8, the one for hashes of one's own (RFC 9562 §5.8).
fn uuid(hash: u128) -> String {
    let bits = (hash & !(0xf << 76) & !(0x3 << 62)) | (0x8 << 76) | (0x2 << 62);
    let digits = format!("{bits:032x}");
    [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]].join("-")
}
