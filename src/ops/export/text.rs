//! Plain text: for reading in a terminal, or unwrapped for other programs.

use jiff::tz::TimeZone;

use super::piece::Piece;
use super::rows::Rows;
use crate::model::document::{leads, lowered_letters, raised_letters};
use crate::model::table::Cell;
use crate::model::{Article, Block, Document, Inline, Table};
use crate::text::columns::total;
use crate::text::grid::{self, Grid};
use crate::text::width::width;
use crate::text::wrap::wrap;
use crate::text::{Clean, CleanText, Link};

/// Lines are not made narrower than this, however deep they are indented.
const NARROWEST: usize = 16;

/// The longest line between an article and an earlier text of it, in columns.
const RULE: usize = 24;

/// A whole article: headline, standfirst, credits, tags and note, text, and the addresses of its links by number.
/// Lines are broken at `columns`, or only where paragraphs end.
#[must_use]
pub fn article(article: &Article, columns: Option<usize>, zone: &TimeZone) -> CleanText {
    let mut writer = Writer::new(columns);
    writer.paragraph(article.headline.title.as_str());
    if let Some(standfirst) = &article.standfirst {
        writer.paragraph(standfirst.as_str());
    }
    writer.paragraph(super::credits(article, zone).as_str());
    if let Some(link) = &article.headline.link {
        writer.unbroken(link.as_str());
    }
    writer.paragraph(super::tags(article).as_str());
    if let Some(note) = &article.note {
        writer.paragraph(&format!("Note: {note}"));
    }
    writer.blocks(&article.document.blocks);
    writer.finish()
}

/// An article as a file of its own: as [`article`] sets it, with its earlier texts under it.
pub(super) fn file(piece: &Piece, columns: usize, zone: &TimeZone) -> CleanText {
    let mut out = article(&piece.article, Some(columns), zone).as_str().trim_end().to_owned();
    for revision in &piece.revisions {
        let mut writer = Writer::new(Some(columns));
        writer.paragraph(piece.until(revision, zone).as_str());
        if revision.title != piece.article.headline.title {
            writer.paragraph(revision.title.as_str());
        }
        writer.blocks(&revision.document.blocks);
        out.push_str(&format!("\n\n{}\n\n{}", "-".repeat(columns.min(RULE)), writer.finish().as_str().trim_end()));
    }
    CleanText::new(&out)
}

/// A text alone, as [`article`] sets it.
#[must_use]
pub fn document(document: &Document, columns: Option<usize>) -> CleanText {
    let mut writer = Writer::new(columns);
    writer.blocks(&document.blocks);
    writer.finish()
}

struct Writer {
    out: String,
    columns: Option<usize>,
    /// What stands before the next line, and before the lines after it.
    first: String,
    rest: String,
    /// Whether a blank line is due before the next block.
    gap: bool,
    links: Vec<Link>,
}

impl Writer {
    fn new(columns: Option<usize>) -> Self {
        Self { out: String::new(), columns, first: String::new(), rest: String::new(), gap: false, links: Vec::new() }
    }

    fn finish(mut self) -> CleanText {
        let links = std::mem::take(&mut self.links);
        if !links.is_empty() {
            self.start();
            for (n, link) in links.iter().enumerate() {
                self.line(&format!("[{}] {link}", n + 1));
            }
        }
        CleanText::new(self.out.trim_end())
    }

    /// Sets a blank line before a block, unless nothing stands above.
    fn start(&mut self) {
        if self.gap {
            self.out.push_str(self.rest.trim_end());
            self.out.push('\n');
        }
        self.gap = true;
    }

    /// One line as it is, behind what stands before it.
    fn line(&mut self, text: &str) {
        let prefix = std::mem::replace(&mut self.first, self.rest.clone());
        self.out.push_str(&prefix);
        self.out.push_str(text);
        self.out.truncate(self.out.trim_end_matches(' ').len());
        self.out.push('\n');
    }

    /// A block of lines broken where they must be.
    fn paragraph(&mut self, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        self.start();
        let Some(columns) = self.columns else {
            text.split('\n').for_each(|line| self.line(line.trim()));
            return;
        };
        let room = columns.saturating_sub(width(&self.rest)).max(NARROWEST);
        for range in wrap(text, room) {
            self.line(&text[range]);
        }
    }

    /// A block of lines that stay as they are.
    fn unbroken(&mut self, text: &str) {
        self.start();
        text.split('\n').for_each(|line| self.line(line));
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks.iter().filter(|block| !super::is_blank(block)) {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) => {
                let text = self.inlines(text);
                self.paragraph(&text);
            }
            Block::Quote(blocks) => {
                self.start();
                self.indented("> ", "> ", |writer| writer.blocks(blocks));
            }
            Block::List { start, numbering, items } => {
                // Short items stand line under line, long ones apart.
                let tight = items.iter().all(|item| item.len() <= 1);
                for (n, item) in items.iter().enumerate() {
                    let marker = start.map_or("- ".to_owned(), |first| format!("{}. ", numbering.number(first, n)));
                    if n == 0 || !tight {
                        self.start();
                    }
                    let indent = " ".repeat(marker.len());
                    self.indented(&marker, &indent, |writer| writer.blocks(item));
                }
            }
            Block::Definitions(items) => {
                for (n, (term, meaning)) in items.iter().enumerate() {
                    let term = self.inlines(term);
                    // Several terms of one meaning stand under one another.
                    self.gap &= n == 0 || !items[n - 1].1.is_empty();
                    self.paragraph(&term);
                    self.indented("    ", "    ", |writer| writer.blocks(meaning));
                }
            }
            Block::Table(table) => self.table(table),
            Block::Code { text, .. } => {
                self.start();
                self.indented("    ", "    ", |writer| writer.unbroken(text.as_str().trim_end()));
            }
            Block::Figure { image, caption } => {
                self.figure(image.alt.as_str(), caption);
            }
            Block::Media { link, title } => {
                self.links.push(link.clone());
                self.paragraph(&format!("[{title}] [{}]", self.links.len()));
            }
            Block::Rule => self.unbroken("* * *"),
            Block::Notes(notes) => {
                self.unbroken("* * *");
                for (n, note) in (1..).zip(notes) {
                    self.start();
                    self.indented(&format!("({n}) "), "    ", |writer| writer.blocks(note));
                }
            }
        }
    }

    /// Writes blocks behind a prefix.
    fn indented(&mut self, first: &str, rest: &str, write: impl FnOnce(&mut Self)) {
        let (outer_first, outer_rest) = (self.first.clone(), self.rest.clone());
        self.first.push_str(first);
        self.rest.push_str(rest);
        self.gap = false;
        let before = self.out.len();
        write(self);
        let wrote = self.out.len() > before;
        // An outer marker is used up by the first line written behind it.
        self.first = if wrote { outer_rest.clone() } else { outer_first };
        self.rest = outer_rest;
        self.gap = true;
    }

    /// What a picture shows between brackets, and what is written under it on lines of its own: the one is for
    /// who does not see it, the other for everybody. Where both say the same, once.
    fn figure(&mut self, shows: &str, caption: &[Inline]) {
        let caption = self.inlines(caption);
        if shows.is_empty() || caption.trim() == shows {
            self.paragraph(&format!("[Image: {}]", caption.trim()).replace(": ]", "]"));
            return;
        }
        self.paragraph(&format!("[Image: {shows}]"));
        if !caption.trim().is_empty() {
            // Right under it: they belong together.
            self.gap = false;
            self.paragraph(&caption);
        }
    }

    /// Columns under one another as the page has them: narrowed where they do not fit, their cells wrapped;
    /// a cell over others stands once, as on the page. A file cannot go sideways: where that is still too
    /// wide, row by row.
    fn table(&mut self, table: &Table) {
        let caption = self.inlines(&table.caption);
        self.paragraph(&caption);
        let cells: Vec<Cell<'_>> = table.cells().into_iter().flatten().collect();
        let words: Vec<String> = cells.iter().map(|cell| self.inlines(cell.text).replace('\n', " ")).collect();
        if !cells.is_empty() {
            let placed = cells.iter().zip(&words).map(|(Cell { span, .. }, text)| grid::Cell {
                row: span.row,
                column: span.column,
                columns: span.columns,
                rows: span.rows,
                text,
            });
            let heads = table.heads();
            let grid = Grid::new(placed.collect(), table.rows.len(), heads);
            let room = self.columns.map_or(usize::MAX / 2, |columns| columns.saturating_sub(width(&self.rest)));
            let widths = grid.fit(room);
            if total(&widths) > room {
                self.rows(&super::rows::rows(table, &words));
                let caption = self.inlines(&table.caption);
                return self.paragraph(&caption);
            }
            self.start();
            let mut above = 0;
            for line in grid.lines(&widths, true) {
                if above < heads && line.row == heads {
                    self.line(&"-".repeat(total(&widths)));
                }
                above = line.row;
                let mut set = String::new();
                for piece in line.pieces {
                    set.push_str(&" ".repeat(piece.at.saturating_sub(width(&set))));
                    set.push_str(&words[piece.cell][piece.words]);
                }
                self.line(&set);
            }
        }
    }

    /// A table row by row, each cell on a line behind what its column is called; the cells of one without a
    /// head one after another.
    fn rows(&mut self, said: &Rows) {
        said.above.iter().for_each(|above| self.paragraph(above));
        for row in &said.rows {
            self.start();
            if row.iter().all(|(name, _)| name.is_empty()) {
                let words: Vec<&str> = row.iter().map(|(_, words)| words.as_str()).collect();
                self.hanging(&words.join("; "));
                continue;
            }
            for (name, words) in row {
                self.hanging(&if name.is_empty() { words.clone() } else { format!("{name}: {words}") });
            }
        }
    }

    /// A line right under the one before, what does not fit indented under it.
    fn hanging(&mut self, text: &str) {
        self.indented("", "  ", |writer| {
            writer.gap = false;
            writer.paragraph(text);
        });
    }

    /// Raised or lowered words: in Unicode's own letters, else behind a sign.
    fn script(&mut self, mark: char, letters: Option<String>, inner: &[Inline], out: &mut String) {
        let words = self.inlines(inner);
        match letters {
            Some(letters) => out.push_str(&letters),
            // What is a link or a note says by itself that it stands apart.
            None if leads(inner) || words.trim().is_empty() => out.push_str(&words),
            None if words.trim().chars().nth(1).is_none() => out.push_str(&format!("{mark}{}", words.trim())),
            None => out.push_str(&format!("{mark}({})", words.trim())),
        }
    }

    /// The words of a line, its links numbered.
    fn inlines(&mut self, inlines: &[Inline]) -> String {
        let mut out = String::new();
        self.inlines_into(inlines, &mut out);
        out
    }

    fn inlines_into(&mut self, inlines: &[Inline], out: &mut String) {
        for inline in inlines {
            match inline {
                Inline::Text(text) | Inline::Code(text) => out.push_str(text.as_str()),
                Inline::Strong(inner) | Inline::Emphasis(inner) => self.inlines_into(inner, out),
                // "Nine ten pounds" is not what was written.
                Inline::Strike(inner) => {
                    let words = self.inlines(inner);
                    if words.trim().is_empty() {
                        out.push_str(&words);
                    } else {
                        out.push_str(&format!("[struck out: {}]", words.trim()));
                    }
                }
                Inline::Superscript(inner) => self.script('^', raised_letters(inner), inner, out),
                Inline::Subscript(inner) => self.script('_', lowered_letters(inner), inner, out),
                Inline::Link { to, text } => {
                    self.inlines_into(text, out);
                    self.links.push(to.clone());
                    out.push_str(&format!(" [{}]", self.links.len()));
                }
                Inline::Image(image) => {
                    if image.alt != Clean::default() {
                        out.push_str(&format!("[Image: {}]", image.alt));
                    }
                }
                Inline::Note(n) => out.push_str(&format!("({n})")),
                Inline::Break => out.push('\n'),
            }
        }
    }
}
