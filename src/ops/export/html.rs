//! HTML: a page that stands alone, or the text alone for other programs.

use jiff::tz::TimeZone;

use crate::model::{Article, Block, Document, Image, Inline, Table};
use crate::text::CleanText;

/// A whole article as a page without scripts or styles of anyone's.
#[must_use]
pub fn page(article: &Article, zone: &TimeZone) -> CleanText {
    let headline = &article.headline;
    let title = escape(headline.title.as_str());
    // A dark room should stay dark; nothing else is styled.
    let mut out = String::from("<!doctype html>\n<html");
    if let Some(lang) = &headline.lang {
        out.push_str(&format!(" lang=\"{}\"", escape(lang.as_str())));
    }
    out.push_str(&format!(
        ">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<title>{title}</title>\n</head>\n<body>\n<article>\n<h1>{title}</h1>\n"
    ));
    if let Some(standfirst) = article.standfirst.as_ref().filter(|text| !text.is_empty()) {
        out.push_str(&format!("<p><strong>{}</strong></p>\n", escape(standfirst.as_str())));
    }
    let credits = escape(super::credits(article, zone).as_str());
    out.push_str(&format!("<p>{credits}</p>\n"));
    if let Some(link) = &headline.link {
        let link = escape(link.as_str());
        out.push_str(&format!("<p><a href=\"{link}\">{link}</a></p>\n"));
    }
    blocks(&article.document.blocks, &mut out);
    out.push_str("</article>\n</body>\n</html>\n");
    CleanText::new(&out)
}

/// The text alone.
#[must_use]
pub fn fragment(document: &Document) -> CleanText {
    let mut out = String::new();
    blocks(&document.blocks, &mut out);
    CleanText::new(out.trim_end())
}

fn blocks(blocks: &[Block], out: &mut String) {
    blocks.iter().filter(|block| !super::is_blank(block)).for_each(|block| self::block(block, out));
}

fn block(block: &Block, out: &mut String) {
    match block {
        Block::Heading { level, text } => {
            // The headline is the page's only h1.
            let level = (*level).clamp(1, 5) + 1;
            out.push_str(&format!("<h{level}>{}</h{level}>\n", inlines(text)));
        }
        Block::Paragraph(text) => out.push_str(&format!("<p>{}</p>\n", inlines(text))),
        Block::Quote(inner) => {
            out.push_str("<blockquote>\n");
            blocks(inner, out);
            out.push_str("</blockquote>\n");
        }
        Block::List { start, items } => {
            let (open, close) = match start {
                None => ("<ul>\n".to_owned(), "</ul>\n"),
                Some(1) => ("<ol>\n".to_owned(), "</ol>\n"),
                Some(first) => (format!("<ol start=\"{first}\">\n"), "</ol>\n"),
            };
            out.push_str(&open);
            for item in items {
                out.push_str("<li>");
                if let [Block::Paragraph(text)] = item.as_slice() {
                    out.push_str(&inlines(text));
                } else {
                    out.push('\n');
                    blocks(item, out);
                }
                out.push_str("</li>\n");
            }
            out.push_str(close);
        }
        Block::Definitions(items) => {
            out.push_str("<dl>\n");
            for (term, meaning) in items {
                out.push_str(&format!("<dt>{}</dt>\n<dd>\n", inlines(term)));
                blocks(meaning, out);
                out.push_str("</dd>\n");
            }
            out.push_str("</dl>\n");
        }
        Block::Table(table) => self::table(table, out),
        Block::Code { language, text } => {
            let class = language.as_ref().map(|name| format!(" class=\"language-{}\"", escape(name.as_str())));
            out.push_str(&format!("<pre><code{}>{}</code></pre>\n", class.unwrap_or_default(), escape(text.as_str())));
        }
        Block::Figure { image, caption } => {
            out.push_str(&format!("<figure>{}", self::image(image)));
            if !caption.is_empty() {
                out.push_str(&format!("<figcaption>{}</figcaption>", inlines(caption)));
            }
            out.push_str("</figure>\n");
        }
        Block::Media { link, title } => {
            out.push_str(&format!("<p><a href=\"{}\">{}</a></p>\n", escape(link.as_str()), escape(title.as_str())));
        }
        Block::Rule => out.push_str("<hr>\n"),
    }
}

fn table(table: &Table, out: &mut String) {
    out.push_str("<table>\n");
    if !table.caption.is_empty() {
        out.push_str(&format!("<caption>{}</caption>\n", inlines(&table.caption)));
    }
    for (n, row) in table.rows.iter().enumerate() {
        let cell = if n == 0 && table.head { "th" } else { "td" };
        out.push_str("<tr>");
        for text in row {
            out.push_str(&format!("<{cell}>{}</{cell}>", inlines(text)));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</table>\n");
}

fn image(image: &Image) -> String {
    match &image.link {
        Some(link) => format!("<img src=\"{}\" alt=\"{}\">", escape(link.as_str()), escape(image.alt.as_str())),
        None => escape(image.alt.as_str()),
    }
}

fn inlines(inlines: &[Inline]) -> String {
    let mut out = String::new();
    for inline in inlines {
        match inline {
            Inline::Text(text) => out.push_str(&escape(text.as_str())),
            Inline::Strong(inner) => tagged("strong", inner, &mut out),
            Inline::Emphasis(inner) => tagged("em", inner, &mut out),
            Inline::Strike(inner) => tagged("s", inner, &mut out),
            Inline::Superscript(inner) => tagged("sup", inner, &mut out),
            Inline::Subscript(inner) => tagged("sub", inner, &mut out),
            Inline::Code(text) => out.push_str(&format!("<code>{}</code>", escape(text.as_str()))),
            Inline::Link { to, text } => {
                out.push_str(&format!("<a href=\"{}\">{}</a>", escape(to.as_str()), self::inlines(text)));
            }
            Inline::Image(image) => out.push_str(&self::image(image)),
            Inline::Break => out.push_str("<br>\n"),
        }
    }
    out
}

fn tagged(tag: &str, inner: &[Inline], out: &mut String) {
    out.push_str(&format!("<{tag}>{}</{tag}>", inlines(inner)));
}

/// Makes text of what would be markup, in text and in quoted attributes.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
