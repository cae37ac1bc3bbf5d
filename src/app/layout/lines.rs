//! Setting runs into lines: the pen that blocks are written with.

use std::ops::Range;
use std::sync::Arc;

use super::{Place, Plates, Row, Run, Tone};
use crate::model::Inline;
use crate::text::width::{head, width};
use crate::text::wrap::wrap;
use crate::text::{Clean, Link};

/// The narrowest line that text is set in, however deep it is nested.
const NARROWEST: usize = 8;

/// Writes blocks as rows of a given width, under the indents in force.
pub(super) struct Setter {
    columns: usize,
    rows: Vec<Row>,
    block: u32,
    indents: Vec<Indent>,
    links: u16,
    /// Whether links carry their numbers.
    numbers: bool,
    tight: bool,
    /// What is known of the pictures.
    pub(super) plates: Arc<Plates>,
    /// Where pictures begin.
    pub(super) spots: Vec<(Link, usize)>,
}

/// What stands before every line of a nested block.
struct Indent {
    /// Before its first line: a bullet or a number. Taken when that line is written.
    first: Option<Clean>,
    /// Before every other.
    rest: Clean,
    tone: Tone,
}

/// The words of a line with the style of every stretch of them.
#[derive(Default)]
pub(super) struct Styled {
    pub(super) text: String,
    spans: Vec<(Range<usize>, Run)>,
}

impl Setter {
    pub(super) fn new(columns: usize, numbers: bool) -> Self {
        Self {
            columns,
            rows: Vec::new(),
            block: 0,
            indents: Vec::new(),
            links: 0,
            numbers,
            tight: true,
            plates: Arc::default(),
            spots: Vec::new(),
        }
    }

    /// The rows written.
    pub(super) fn finish(self) -> Vec<Row> {
        self.rows
    }

    /// Columns left for text under the indents in force.
    pub(super) fn room(&self) -> usize {
        let indent: usize = self.indents.iter().map(|indent| width(indent.rest.as_str())).sum();
        self.columns.saturating_sub(indent).max(NARROWEST.min(self.columns))
    }

    /// Writes a paragraph, after an empty line where one belongs.
    pub(super) fn paragraph(&mut self, inlines: &[Inline], tone: Tone) {
        self.space();
        self.tight_paragraph(inlines, tone);
    }

    /// Writes a paragraph right under what stands above it.
    pub(super) fn tight_paragraph(&mut self, inlines: &[Inline], tone: Tone) {
        let mut styled = Styled::default();
        self.style(inlines, &Run::plain(tone), &mut styled);
        let lines = wrap(&styled.text, self.room());
        for line in lines {
            let runs = styled.runs(line.clone());
            self.row(runs, line.start);
        }
        self.end_block();
    }

    /// Writes one line as it is, cut at the edge.
    pub(super) fn verbatim(&mut self, text: &str, tone: Tone) {
        let run = Run { text: Clean::verbatim(head(text, self.room())), ..Run::plain(tone) };
        self.row(vec![run], 0);
        self.end_block();
    }

    /// Writes one finished line.
    pub(super) fn line(&mut self, runs: Vec<Run>) {
        self.row(runs, 0);
        self.end_block();
    }

    /// Writes one finished line of a block that goes on.
    pub(super) fn part_of_block(&mut self, runs: Vec<Run>) {
        self.row(runs, 0);
    }

    /// The number of rows written so far.
    pub(super) fn height(&self) -> usize {
        self.rows.len()
    }

    /// Leaves an empty line, unless nothing is above or one is there.
    pub(super) fn space(&mut self) {
        if self.tight {
            self.tight = false;
            return;
        }
        if self.rows.last().is_some_and(|row| !row.runs.is_empty()) {
            let place = Place { block: self.block, offset: 0 };
            let mut runs = Vec::new();
            // The bar of a quotation runs on between its paragraphs; other indents are only space.
            for indent in self.indents.iter().filter(|indent| indent.first.is_none()) {
                runs.push(Run { text: indent.rest.clone(), ..Run::plain(indent.tone) });
            }
            if runs.iter().all(|run| run.text.as_str().trim().is_empty()) {
                runs.clear();
            }
            self.rows.push(Row { runs, place });
        }
    }

    /// Keeps the next block right under the last: no empty line between them.
    pub(super) fn keep_tight(&mut self) {
        self.tight = true;
    }

    /// Writes what `inner` writes with `rest` before every line, `first` before the first.
    pub(super) fn indented(&mut self, first: Option<Clean>, rest: Clean, tone: Tone, inner: impl FnOnce(&mut Self)) {
        self.indents.push(Indent { first, rest, tone });
        inner(self);
        self.indents.pop();
    }

    /// Words and styles of `inlines`, links numbered in reading order.
    pub(super) fn style(&mut self, inlines: &[Inline], base: &Run, out: &mut Styled) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => out.push(text.as_str(), base.clone()),
                Inline::Code(text) => out.push(text.as_str(), Run { tone: Tone::Code, ..base.clone() }),
                Inline::Strong(inner) => self.style(inner, &Run { strong: true, ..base.clone() }, out),
                Inline::Emphasis(inner) => self.style(inner, &Run { emphasis: true, ..base.clone() }, out),
                Inline::Strike(inner) => self.style(inner, &Run { strike: true, ..base.clone() }, out),
                Inline::Superscript(inner) => self.script(inner, '^', base, out),
                Inline::Subscript(inner) => self.script(inner, '_', base, out),
                Inline::Link { text, .. } => {
                    let link = Some(self.next_link());
                    self.style(text, &Run { link, ..base.clone() }, out);
                    if self.numbers {
                        // No space: a number must not go to the next line without its link.
                        out.push(&format!("[{}]", self.links), Run { tone: Tone::Meta, ..base.clone() });
                    }
                }
                Inline::Image(image) if image.alt.is_empty() => {}
                Inline::Image(image) => out.push(&format!("[{}]", image.alt), Run { tone: Tone::Meta, ..base.clone() }),
                Inline::Break => out.break_line(),
            }
        }
    }

    /// Raised or lowered words: with Unicode's own figures where all of them have one, else marked.
    fn script(&mut self, inner: &[Inline], mark: char, base: &Run, out: &mut Styled) {
        let mut plain = String::new();
        crate::model::document::inlines_text(inner, &mut plain);
        let figures: Option<String> = plain.chars().map(|c| figure(c, mark)).collect();
        match figures {
            Some(figures) if !figures.is_empty() => out.push(&figures, base.clone()),
            _ => {
                out.push(&mark.to_string(), base.clone());
                self.style(inner, base, out);
            }
        }
    }

    /// The number of the next link.
    pub(super) fn next_link(&mut self) -> u16 {
        let link = self.links;
        self.links = self.links.saturating_add(1);
        link
    }

    fn row(&mut self, words: Vec<Run>, offset: usize) {
        let mut runs = Vec::with_capacity(words.len() + self.indents.len());
        for indent in &mut self.indents {
            let text = indent.first.take().unwrap_or_else(|| indent.rest.clone());
            runs.push(Run { text, ..Run::plain(indent.tone) });
        }
        runs.extend(words);
        let offset = u32::try_from(offset).unwrap_or(u32::MAX);
        self.rows.push(Row { runs, place: Place { block: self.block, offset } });
        self.tight = false;
    }

    /// Ends a block: what comes next has a place of its own.
    pub(super) fn end_block(&mut self) {
        self.block += 1;
    }
}

/// The raised or lowered form of a figure.
fn figure(c: char, mark: char) -> Option<char> {
    let digit = c.to_digit(10)?;
    if mark == '_' {
        return char::from_u32(0x2080 + digit);
    }
    match digit {
        1 => Some('¹'),
        2 => Some('²'),
        3 => Some('³'),
        digit => char::from_u32(0x2070 + digit),
    }
}

impl Run {
    /// A run of `tone` without words.
    pub(super) fn plain(tone: Tone) -> Self {
        Self { text: Clean::default(), tone, strong: false, emphasis: false, strike: false, link: None }
    }
}

impl Styled {
    /// Adds words; a space that would follow a space is dropped.
    fn push(&mut self, words: &str, style: Run) {
        let doubled = self.text.is_empty() || self.text.ends_with([' ', '\n']);
        let words = if doubled { words.trim_start_matches(' ') } else { words };
        if words.is_empty() {
            return;
        }
        let start = self.text.len();
        self.text.push_str(words);
        self.spans.push((start..self.text.len(), style));
    }

    fn break_line(&mut self) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        if let Some((range, _)) = self.spans.last_mut() {
            range.end = range.end.min(self.text.len());
        }
        self.text.push('\n');
    }

    /// The runs of one line of the text. The spans are in order, so this is a search and a walk.
    pub(super) fn runs(&self, line: Range<usize>) -> Vec<Run> {
        let from = self.spans.partition_point(|(range, _)| range.end <= line.start);
        let mut runs = Vec::new();
        for (range, style) in self.spans[from..].iter().take_while(|(range, _)| range.start < line.end) {
            let (start, end) = (range.start.max(line.start), range.end.min(line.end));
            if start < end {
                runs.push(Run { text: Clean::run(&self.text[start..end]), ..style.clone() });
            }
        }
        runs
    }
}
