//! HTML, well-formed as XML too: a page that stands alone, or the text alone for other programs.
//!
//! Everything that is written as text is escaped, nothing is ever a script, and what is fetched from
//! elsewhere is for the caller to say ([`Source`]).

use jiff::tz::TimeZone;

use super::outline::outlined;
use crate::model::picture::is_enclosed;
use crate::model::{Article, Block, Document, Image, Inline, Numbering, Table};
use crate::text::{CleanText, Link};

/// Where the reader of what is written finds a picture.
pub(super) enum Source {
    /// There: an address, or the file itself as one (`data:`).
    At(String),
    /// Nowhere but on the web, where it is not to be fetched from: a link stands in its place.
    Elsewhere,
}

/// Pictures where they are on the web.
fn on_the_web(link: &Link) -> Source {
    Source::At(link.as_str().to_owned())
}

/// A whole article as a page without scripts or styles of anyone's.
#[must_use]
pub fn page(article: &Article, zone: &TimeZone) -> CleanText {
    let headline = &article.headline;
    let title = escape(headline.title.as_str());
    // A dark room should stay dark; nothing else is styled.
    let mut out = String::from("<!doctype html>\n<html");
    if let Some(lang) = super::language(article) {
        out.push_str(&format!(" lang=\"{}\"", escape(&lang)));
    }
    out.push_str(&format!(
        ">\n<head>\n<meta charset=\"utf-8\"/>\n<meta name=\"color-scheme\" content=\"light dark\"/>\n\
         <meta name=\"referrer\" content=\"no-referrer\"/>\n<title>{title}</title>\n</head>\n<body>\n<article>\n"
    ));
    head(article, zone, &mut out);
    Writer::new(&on_the_web).blocks(&outlined(&article.document.blocks, 1), &mut out);
    out.push_str("</article>\n</body>\n</html>\n");
    CleanText::new(&out)
}

/// Headline, standfirst, credits and address; the person's tags and note.
pub(super) fn head(article: &Article, zone: &TimeZone, out: &mut String) {
    let title = article.headline.title.as_str();
    out.push_str(&format!("<div class=\"head\">\n<h1{}>{}</h1>\n", direction(title), escape(title)));
    if let Some(standfirst) = article.standfirst.as_ref().filter(|text| !text.is_empty()) {
        let direction = direction(standfirst.as_str());
        out.push_str(&format!("<p class=\"standfirst\"{direction}>{}</p>\n", escape(standfirst.as_str())));
    }
    out.push_str(&format!("<p class=\"about\">{}</p>\n", escape(super::credits(article, zone).as_str())));
    if let Some(link) = &article.headline.link {
        let words = escape(link.as_str());
        out.push_str(&format!("<p class=\"about\"><a href=\"{}\">{words}</a></p>\n", href(link)));
    }
    if !article.headline.tags.is_empty() {
        out.push_str(&format!("<p class=\"about\">{}</p>\n", escape(super::tags(article).as_str())));
    }
    out.push_str("</div>\n");
    if let Some(note) = &article.note {
        out.push_str("<aside>\n");
        for (n, line) in note.lines().filter(|line| !line.trim().is_empty()).enumerate() {
            let label = if n == 0 { "<strong>Note:</strong> " } else { "" };
            out.push_str(&format!("<p{}>{label}{}</p>\n", direction(line), escape(line)));
        }
        out.push_str("</aside>\n");
    }
}

/// The text alone, its pictures where they are on the web.
#[must_use]
pub fn fragment(document: &Document) -> CleanText {
    let mut out = String::new();
    Writer::new(&on_the_web).blocks(&outlined(&document.blocks, 1), &mut out);
    CleanText::new(out.trim_end())
}

/// Writes the blocks of a text.
pub(super) struct Writer<'a> {
    pictures: &'a dyn Fn(&Link) -> Source,
    /// Within a link no other can stand.
    linked: bool,
    /// What stands before the names of footnotes: of several texts on a page each has its own.
    prefix: &'a str,
}

impl<'a> Writer<'a> {
    /// One that finds pictures where `pictures` says.
    pub(super) fn new(pictures: &'a dyn Fn(&Link) -> Source) -> Self {
        Self { pictures, linked: false, prefix: "" }
    }

    /// The same for another text of the same page, whose names `prefix` stands before.
    pub(super) fn apart(&self, prefix: &'a str) -> Self {
        Self { prefix, ..*self }
    }

    /// Writes blocks, a line or more to each.
    pub(super) fn blocks(&self, blocks: &[Block], out: &mut String) {
        blocks.iter().filter(|block| !super::is_blank(block)).for_each(|block| self.block(block, out));
    }

    fn block(&self, block: &Block, out: &mut String) {
        match block {
            Block::Heading { level, text } => {
                let text = self.inlines(text);
                out.push_str(&format!("<h{level}{}>{text}</h{level}>\n", direction(&text)));
            }
            Block::Paragraph(text) => {
                let text = self.inlines(text);
                out.push_str(&format!("<p{}>{text}</p>\n", direction(&text)));
            }
            Block::Quote(inner) => {
                out.push_str("<blockquote>\n");
                self.blocks(inner, out);
                out.push_str("</blockquote>\n");
            }
            Block::List { start, numbering, items } => {
                let (open, close) = match start {
                    None => ("<ul>\n".to_owned(), "</ul>\n"),
                    Some(first) => (ordered(*first, *numbering), "</ol>\n"),
                };
                out.push_str(&open);
                for item in items {
                    if let [Block::Paragraph(text)] = item.as_slice() {
                        let text = self.inlines(text);
                        out.push_str(&format!("<li{}>{text}", direction(&text)));
                    } else {
                        out.push_str("<li>\n");
                        self.blocks(item, out);
                    }
                    out.push_str("</li>\n");
                }
                out.push_str(close);
            }
            Block::Definitions(items) => {
                out.push_str("<dl>\n");
                for (term, meaning) in items {
                    out.push_str(&format!("<dt>{}</dt>\n<dd>\n", self.inlines(term)));
                    self.blocks(meaning, out);
                    out.push_str("</dd>\n");
                }
                out.push_str("</dl>\n");
            }
            Block::Table(table) => self.table(table, out),
            Block::Code { language, text } => {
                let class = language.as_ref().map(|name| format!(" class=\"language-{}\"", escape(name.as_str())));
                out.push_str(&format!(
                    "<pre><code{}>{}</code></pre>\n",
                    class.unwrap_or_default(),
                    escape(text.as_str())
                ));
            }
            Block::Figure { image, caption } => {
                out.push_str(&format!("<figure>{}", self.image(image)));
                if !caption.is_empty() {
                    out.push_str(&format!("<figcaption>{}</figcaption>", self.inlines(caption)));
                }
                out.push_str("</figure>\n");
            }
            Block::Media { link, title } => {
                out.push_str(&format!("<p><a href=\"{}\">{}</a></p>\n", href(link), escape(title.as_str())));
            }
            Block::Rule => out.push_str("<hr/>\n"),
            Block::Notes(notes) => {
                out.push_str("<hr/>\n<ol class=\"footnotes\">\n");
                for (n, note) in (1..).zip(notes) {
                    out.push_str(&format!("<li id=\"{}fn{n}\">\n", self.prefix));
                    self.blocks(note, out);
                    out.push_str("</li>\n");
                }
                out.push_str("</ol>\n");
            }
        }
    }

    fn table(&self, table: &Table, out: &mut String) {
        out.push_str("<div class=\"wide\">\n<table>\n");
        if !table.caption.is_empty() {
            out.push_str(&format!("<caption>{}</caption>\n", self.inlines(&table.caption)));
        }
        let (heads, last) = (table.heads(), table.rows.len().saturating_sub(1));
        for (n, row) in table.cells().into_iter().enumerate() {
            let name = if n < heads { "th" } else { "td" };
            out.push_str(match n {
                0 if heads > 0 => "<thead>\n<tr>",
                n if n == heads => "<tbody>\n<tr>",
                _ => "<tr>",
            });
            for cell in row {
                let text = self.inlines(cell.text);
                let spans = spanning("colspan", cell.span.columns) + &spanning("rowspan", cell.span.rows);
                out.push_str(&format!("<{name}{spans}{}>{text}</{name}>", direction(&text)));
            }
            out.push_str(match n {
                n if n + 1 == heads => "</tr>\n</thead>\n",
                n if n == last => "</tr>\n</tbody>\n",
                _ => "</tr>\n",
            });
        }
        out.push_str("</table>\n</div>\n");
    }

    fn image(&self, image: &Image) -> String {
        let alt = escape(image.alt.as_str());
        let Some(link) = &image.link else { return alt };
        match (self.pictures)(link) {
            // An address that leads nowhere is no place to see it.
            Source::At(place) if !is_enclosed(link) || place != link.as_str() => {
                format!("<img src=\"{}\" alt=\"{alt}\"/>", escape(&place))
            }
            Source::At(_) | Source::Elsewhere => {
                let words = if alt.is_empty() { "Picture".to_owned() } else { format!("Picture: {alt}") };
                if self.linked || is_enclosed(link) { words } else { format!("<a href=\"{}\">{words}</a>", href(link)) }
            }
        }
    }

    fn inlines(&self, inlines: &[Inline]) -> String {
        let mut out = String::new();
        for inline in inlines {
            match inline {
                Inline::Text(text) => out.push_str(&escape(text.as_str())),
                Inline::Strong(inner) => self.tagged("strong", inner, &mut out),
                Inline::Emphasis(inner) => self.tagged("em", inner, &mut out),
                Inline::Strike(inner) => self.tagged("s", inner, &mut out),
                Inline::Superscript(inner) => self.tagged("sup", inner, &mut out),
                Inline::Subscript(inner) => self.tagged("sub", inner, &mut out),
                Inline::Code(text) => out.push_str(&format!("<code>{}</code>", escape(text.as_str()))),
                Inline::Link { text, .. } if self.linked => out.push_str(&self.inlines(text)),
                Inline::Link { to, text } => {
                    let words = Self { linked: true, ..*self }.inlines(text);
                    out.push_str(&format!("<a href=\"{}\">{words}</a>", href(to)));
                }
                Inline::Image(image) => out.push_str(&self.image(image)),
                // Of two references to one note either could be the place to come back to: without a name
                // there is only the way there. Within a link no other can stand.
                Inline::Note(n) if self.linked => out.push_str(&format!("<sup>{n}</sup>")),
                Inline::Note(n) => {
                    out.push_str(&format!("<sup><a href=\"#{}fn{n}\">{n}</a></sup>", self.prefix));
                }
                Inline::Break => out.push_str("<br/>\n"),
            }
        }
        out
    }

    fn tagged(&self, tag: &str, inner: &[Inline], out: &mut String) {
        out.push_str(&format!("<{tag}>{}</{tag}>", self.inlines(inner)));
    }
}

/// The attribute of a cell that spans more than one.
fn spanning(name: &str, many: usize) -> String {
    if many > 1 { format!(" {name}=\"{many}\"") } else { String::new() }
}

/// An address as it stands in `href`: a URI by the letter of RFC 3986, which readers of books insist on
/// where browsers do not. What has no place in one is written in percent.
fn href(link: &Link) -> String {
    let text = link.as_str();
    let from = text.find("://").map_or(0, |at| at + 3);
    // The brackets of a numeric host stand where they may.
    let host = text[from..].find(['/', '?', '#']).map_or(text.len(), |at| from + at);
    let mut out = String::with_capacity(text.len());
    let mut fragment = false;
    for (at, c) in text.char_indices() {
        let hex = |n: usize| text.as_bytes().get(at + n).is_some_and(u8::is_ascii_hexdigit);
        let stays = match c {
            '[' | ']' => at < host,
            '%' => hex(1) && hex(2),
            '#' => !std::mem::replace(&mut fragment, true),
            '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' | ' ' => false,
            c => c.is_ascii_graphic(),
        };
        if stays {
            out.push(c);
        } else {
            let mut bytes = [0; 4];
            out.extend(c.encode_utf8(&mut bytes).bytes().map(|byte| format!("%{byte:02X}")));
        }
    }
    escape(&out)
}

/// Has a line run the way its first letter says, where some of it runs from right to left.
fn direction(text: &str) -> &'static str {
    let rtl = |c: char| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
    if text.chars().any(rtl) { " dir=\"auto\"" } else { "" }
}

/// Makes text of what would be markup, in text and in quoted attributes. What XML has no place for is
/// left out.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
    out
}
/// The tag that opens an ordered list.
fn ordered(first: u64, numbering: Numbering) -> String {
    let mut tag = "<ol".to_owned();
    if first != 1 {
        tag.push_str(&format!(" start=\"{first}\""));
    }
    if let Some(kind) = numbering.figures.html() {
        tag.push_str(&format!(" type=\"{kind}\""));
    }
    if numbering.down {
        // With a value: EPUB is XML.
        tag.push_str(" reversed=\"reversed\"");
    }
    tag.push_str(">\n");
    tag
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_uri_by_the_letter() {
        let written = |address: &str| href(&Link::parse(address).unwrap());
        assert_eq!(written("https://a.example/x?a=1&b=%zz[2]"), "https://a.example/x?a=1&amp;b=%25zz%5B2%5D");
        assert_eq!(written("https://a.example/%41|{x}^#a#b"), "https://a.example/%41%7C%7Bx%7D%5E#a%23b");
        assert_eq!(written("http://[::1]:8080/[x]"), "http://[::1]:8080/%5Bx%5D");
        assert_eq!(written("mailto:ada@a.example"), "mailto:ada@a.example");
    }
}
