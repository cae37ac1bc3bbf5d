//! Markdown (CommonMark, with the tables and strike-through of GitHub's).

use jiff::tz::TimeZone;

use super::outline::outlined;
use super::piece::Piece;
use crate::model::document::{lowered_letters, raised_letters};
use crate::model::picture::is_enclosed;
use crate::model::{Article, Block, Inline, Table};
use crate::text::columns::Column;
use crate::text::{CleanText, Link};

/// Where pictures are: their address on the web, or a file beside.
type Pictures<'a> = &'a dyn Fn(&Link) -> String;

/// A whole article: headline, standfirst, credits, address, tags and note, text.
#[must_use]
pub fn article(article: &Article, zone: &TimeZone) -> CleanText {
    CleanText::new(&written(article, zone, &ToString::to_string))
}

fn written(article: &Article, zone: &TimeZone, pictures: Pictures<'_>) -> String {
    let mut out = format!("# {}\n", escape(article.headline.title.as_str()));
    if let Some(standfirst) = article.standfirst.as_ref().filter(|text| !text.is_empty()) {
        out.push_str(&format!("\n**{}**\n", escape(standfirst.as_str())));
    }
    out.push_str(&format!("\n{}\n", escape(super::credits(article, zone).as_str())));
    if let Some(link) = &article.headline.link {
        out.push_str(&format!("\n<{link}>\n"));
    }
    if !article.headline.tags.is_empty() {
        out.push_str(&format!("\n{}\n", escape(super::tags(article).as_str())));
    }
    if let Some(note) = &article.note {
        let lines: Vec<String> = note.lines().map(|line| format!("> {}", escape(line)).trim_end().to_owned()).collect();
        out.push_str(&format!("\n> **Note**\n>\n{}\n", lines.join("\n")));
    }
    Writer { pictures, notes: "" }.blocks(&outlined(&article.document.blocks, 1), "", &mut out);
    out
}

/// The same as a file of its own: what is known of the article stands before it as front matter, its
/// earlier texts under it, and its kept pictures are where `place` says.
pub(super) fn file(piece: &Piece, zone: &TimeZone, place: impl Fn(&Link) -> Option<String>) -> CleanText {
    let article = &piece.article;
    let headline = &article.headline;
    let mut out = String::from("---\n");
    let mut field = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            out.push_str(&format!("{name}: {value}\n"));
        }
    };
    // A string of JSON is one of YAML, too.
    let quoted = |text: &str| serde_json::to_string(text).unwrap_or_else(|_| "\"\"".to_owned());
    field("title", Some(quoted(headline.title.as_str())));
    field("author", article.byline.as_ref().map(|byline| quoted(byline.as_str())));
    field("source", Some(quoted(headline.source.as_str())));
    field("url", headline.link.as_ref().map(|link| quoted(link.as_str())));
    field("feed", piece.feed.as_ref().map(|feed| quoted(feed.address.as_str())));
    field("published", Some(article.published_given.unwrap_or(headline.published).to_string()));
    field("updated", article.updated.map(|time| time.to_string()));
    field("bookmarked", piece.kept.map(|time| time.to_string()));
    field("lang", super::language(article).map(|lang| quoted(&lang)));
    let tags: Vec<String> = headline.tags.iter().map(|tag| quoted(tag.as_str())).collect();
    field("tags", (!tags.is_empty()).then(|| format!("[{}]", tags.join(", "))));
    out.push_str("---\n\n");
    let pictures = |link: &Link| place(link).unwrap_or_else(|| link.to_string());
    out.push_str(&written(article, zone, &pictures));
    if let Some(place) = piece.lead().and_then(&place) {
        out.push_str(&format!("\n![](<{place}>)\n"));
    }
    for (n, revision) in (1..).zip(&piece.revisions) {
        out.push_str(&format!("\n---\n\n## {}\n", escape(piece.until(revision, zone).as_str())));
        if revision.title != headline.title {
            out.push_str(&format!("\n**{}**\n", escape(revision.title.as_str())));
        }
        let notes = format!("r{n}-");
        Writer { pictures: &pictures, notes: &notes }.blocks(&outlined(&revision.document.blocks, 2), "", &mut out);
    }
    CleanText::new(&out)
}

/// Writes the blocks of a text.
struct Writer<'a> {
    pictures: Pictures<'a>,
    /// What stands before the numbers of footnotes: of several texts in a file each has its own.
    notes: &'a str,
}

impl Writer<'_> {
    /// Writes blocks, each after a blank line, behind `prefix`.
    fn blocks(&self, blocks: &[Block], prefix: &str, out: &mut String) {
        for block in blocks.iter().filter(|block| !super::is_blank(block)) {
            out.push_str(prefix.trim_end());
            out.push('\n');
            self.block(block, prefix, out);
        }
    }

    fn block(&self, block: &Block, prefix: &str, out: &mut String) {
        match block {
            Block::Heading { level, text } => {
                line(
                    &format!("{} {}", "#".repeat(usize::from(*level)), self.inlines(text).replace('\n', " ")),
                    prefix,
                    out,
                );
            }
            Block::Paragraph(text) => lines(&self.inlines(text), prefix, out),
            Block::Quote(inner) => self.behind(inner, "> ", &format!("{prefix}> "), prefix, out),
            Block::List { start, numbering, items } => {
                // Markdown knows figures alone, and counts up by itself: what else a list has is written out.
                for (n, item) in items.iter().enumerate() {
                    let (marker, indent) = match start {
                        None => ("- ".to_owned(), 2),
                        Some(first) if numbering.is_usual() => {
                            let marker = format!("{}. ", numbering.number(*first, n));
                            let indent = marker.len();
                            (marker, indent)
                        }
                        Some(first) => (format!("- {}\\. ", numbering.number(*first, n)), 2),
                    };
                    self.behind(item, &marker, &format!("{prefix}{}", " ".repeat(indent)), prefix, out);
                }
            }
            Block::Definitions(items) => {
                for (n, (term, meaning)) in items.iter().enumerate() {
                    if n > 0 {
                        line("", prefix, out);
                    }
                    lines(&format!("**{}**", self.inlines(term)), prefix, out);
                    line("", prefix, out);
                    self.behind(meaning, "> ", &format!("{prefix}> "), prefix, out);
                }
            }
            Block::Table(table) => self.table(table, prefix, out),
            Block::Code { language, text } => {
                let fence = fence(text.as_str(), 3);
                let language = language.as_ref().map_or("", |name| name.as_str()).replace(['`', ' '], "");
                line(&format!("{fence}{language}"), prefix, out);
                lines(text.as_str().trim_end_matches('\n'), prefix, out);
                line(&fence, prefix, out);
            }
            Block::Figure { image, caption } => {
                lines(&self.inlines(&[Inline::Image(image.clone())]), prefix, out);
                if !caption.is_empty() {
                    line("", prefix, out);
                    lines(&format!("*{}*", self.inlines(caption)), prefix, out);
                }
            }
            Block::Media { link, title } => lines(&format!("[{}](<{link}>)", escape(title.as_str())), prefix, out),
            Block::Rule => line("---", prefix, out),
            Block::Notes(notes) => {
                for (n, note) in (1..).zip(notes) {
                    if n > 1 {
                        line("", prefix, out);
                    }
                    self.behind(note, &format!("[^{}{n}]: ", self.notes), &format!("{prefix}    "), prefix, out);
                }
            }
        }
    }

    /// Writes blocks behind a marker that stands on their first line only.
    fn behind(&self, inner: &[Block], marker: &str, inner_prefix: &str, prefix: &str, out: &mut String) {
        let mut text = String::new();
        for (n, block) in inner.iter().enumerate() {
            if n > 0 {
                line("", inner_prefix, &mut text);
            }
            self.block(block, inner_prefix, &mut text);
        }
        out.push_str(prefix);
        out.push_str(marker);
        out.push_str(text.strip_prefix(inner_prefix).unwrap_or(&text));
        if text.is_empty() {
            out.push('\n');
        }
    }

    /// Markdown knows no spans, and one row that names the columns. So a name is all that stands over its
    /// column, and a cell that reaches over others stands where it begins: what it reaches over is left
    /// blank, as in print. (Said again in every row, a label of many would be most of the text.)
    fn table(&self, table: &Table, prefix: &str, out: &mut String) {
        let columns = table.columns();
        let cell = |cell: &[Inline]| self.inlines(cell).replace("  \n", " ").replace('\n', " ").replace('|', "\\|");
        let row = |cells: &[String]| {
            let cells = (0..columns).map(|n| cells.get(n).map_or("", String::as_str));
            format!("|{}", cells.map(|cell| format!(" {cell} |")).collect::<String>())
        };
        let heads = table.heads();
        if !table.caption.is_empty() {
            lines(&self.inlines(&table.caption), prefix, out);
            line("", prefix, out);
        }
        // What stands over all of them is a title.
        for cell in table.cells().into_iter().take(heads).flatten().filter(|cell| table.is_title(cell)) {
            let mut title = String::new();
            self.wrapped("**", cell.text, &mut title);
            if !title.is_empty() {
                lines(&title, prefix, out);
                line("", prefix, out);
            }
        }
        let head: Vec<String> = table
            .names()
            .iter()
            .map(|names| names.iter().map(|name| cell(name.text)).collect::<Vec<_>>().join(", "))
            .collect();
        let cells: Vec<Vec<String>> =
            table.rows[heads..].iter().map(|row| row.iter().map(|text| cell(text)).collect()).collect();
        if columns > 0 {
            line(&row(&head), prefix, out);
            // Figures are read from their last on, as on the page.
            let side = |n: usize| {
                let column = cells.iter().enumerate().filter_map(|(at, row)| Some((at, row.get(n)?.as_str())));
                if Column::of(column, 0).figures { " ---: |" } else { " --- |" }
            };
            line(&format!("|{}", (0..columns).map(side).collect::<String>()), prefix, out);
            cells.iter().for_each(|cells| line(&row(cells), prefix, out));
        }
    }

    fn inlines(&self, inlines: &[Inline]) -> String {
        let mut out = String::new();
        for inline in inlines {
            match inline {
                Inline::Text(text) => out.push_str(&escape(text.as_str())),
                Inline::Strong(inner) => self.wrapped("**", inner, &mut out),
                Inline::Emphasis(inner) => self.wrapped("*", inner, &mut out),
                Inline::Strike(inner) => self.wrapped("~~", inner, &mut out),
                Inline::Superscript(inner) => self.script("sup", raised_letters(inner), inner, &mut out),
                Inline::Subscript(inner) => self.script("sub", lowered_letters(inner), inner, &mut out),
                Inline::Code(text) => {
                    let fence = fence(text.as_str(), 1);
                    let pad = if text.as_str().starts_with('`') || text.as_str().ends_with('`') { " " } else { "" };
                    out.push_str(&format!("{fence}{pad}{text}{pad}{fence}"));
                }
                Inline::Link { to, text } => out.push_str(&format!("[{}](<{to}>)", self.inlines(text))),
                Inline::Image(image) => match &image.link {
                    Some(link) if is_enclosed(link) && (self.pictures)(link) == link.as_str() => {
                        out.push_str(&escape(image.alt.as_str()));
                    }
                    Some(link) => {
                        let place = (self.pictures)(link);
                        out.push_str(&format!("![{}](<{place}>)", escape(image.alt.as_str())));
                    }
                    None => out.push_str(&escape(image.alt.as_str())),
                },
                Inline::Note(n) => out.push_str(&format!("[^{}{n}]", self.notes)),
                Inline::Break => out.push_str("  \n"),
            }
        }
        out
    }

    /// Raised or lowered words: in Unicode's own letters, else between the tags that Markdown takes for it.
    fn script(&self, tag: &str, letters: Option<String>, inner: &[Inline], out: &mut String) {
        let words = self.inlines(inner);
        match letters {
            Some(letters) => out.push_str(&escape(&letters)),
            None if words.trim().is_empty() => out.push_str(&words),
            None => out.push_str(&format!("<{tag}>{words}</{tag}>")),
        }
    }

    /// Words between marks. Marks must touch the words, so edge spaces go outside.
    fn wrapped(&self, mark: &str, inner: &[Inline], out: &mut String) {
        let text = self.inlines(inner);
        let words = text.trim();
        if words.is_empty() {
            out.push_str(&text);
            return;
        }
        let lead = &text[..text.len() - text.trim_start().len()];
        let trail = &text[text.trim_end().len()..];
        out.push_str(&format!("{lead}{mark}{words}{mark}{trail}"));
    }
}

fn lines(text: &str, prefix: &str, out: &mut String) {
    text.split('\n').for_each(|text| line(text, prefix, out));
}

fn line(text: &str, prefix: &str, out: &mut String) {
    let prefix = if text.is_empty() { prefix.trim_end() } else { prefix };
    out.push_str(prefix);
    out.push_str(text);
    out.push('\n');
}

/// Backticks enough to stand around `text`, at least `least`.
fn fence(text: &str, least: usize) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    "`".repeat(least.max(longest + 1))
}

/// Puts a backslash before what would be markup in `text`, the beginning of a line. Linear in it.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let markup = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '&' => true,
            // At the beginning of a line only: heading, list, quote, rule.
            '#' | '+' | '-' | '=' => text[..at].trim().is_empty(),
            // A number of an ordered list.
            '.' | ')' => {
                let before = text[..at].trim_start();
                !before.is_empty()
                    && before.bytes().all(|b| b.is_ascii_digit())
                    && text[at + 1..].chars().next().is_none_or(char::is_whitespace)
            }
            _ => false,
        };
        if markup {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
