//! Setting runs into lines: the pen that blocks are written with.

use std::ops::Range;
use std::sync::Arc;

use super::{Edge, LaidOut, Measure, Order, Place, Plates, Row, Run, Seam, Step, Strip, Tone};
use crate::model::document::leads;
use crate::model::{Inline, document};
use crate::text::hyphens::Hyphens;
use crate::text::raised::{lower, raise};
use crate::text::width::width;
use crate::text::wrap::{self, Line};
use crate::text::{Clean, Lang, Link};

/// The narrowest line that text is set in: what would leave less room is not indented.
const NARROWEST: usize = 8;

/// How deep text is indented; what is nested deeper stays at that indent, so that there is room left to
/// read it.
const DEEPEST: usize = 6;

/// Writes blocks as rows of a given width, under the indents in force.
pub(super) struct Setter {
    columns: usize,
    broad: usize,
    page: LaidOut,
    block: u32,
    indents: Vec<Indent>,
    links: u16,
    /// Whether links carry their numbers.
    numbers: bool,
    edge: Edge,
    /// The places where words may be parted, where that is wanted and known.
    hyphens: Option<Hyphens>,
    /// Whether code is looked at.
    pub(super) colours: bool,
    /// Whether nothing stands beside anything else.
    pub(super) linear: bool,
    /// What was taken out and put in stands between signs.
    signs: bool,
    /// The text is a change: what is struck out in it was taken out, what is strong was put in.
    pub(super) change: bool,
    tight: bool,
    /// What is known of the pictures.
    pub(super) plates: Arc<Plates>,
    /// Where pictures begin.
    pub(super) spots: Vec<(Link, usize)>,
    /// The first of the rows that [`Setter::part`] has written of the block under way, and whether one of
    /// them is wider than the text.
    parts: Option<(usize, bool)>,
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
    /// For an article in `lang`.
    pub(super) fn new(measure: &Measure, lang: Option<&Clean>) -> Self {
        let hyphens = lang.filter(|_| measure.edge.hyphens).and_then(|code| Lang::from_code(code.as_str()));
        Self {
            columns: measure.columns.max(1).into(),
            broad: measure.broad.max(measure.columns).max(1).into(),
            page: LaidOut { columns: measure.columns, broad: measure.broad, ..LaidOut::default() },
            block: 0,
            indents: Vec::new(),
            links: 0,
            numbers: measure.numbers,
            edge: measure.edge,
            hyphens: hyphens.and_then(Hyphens::of),
            colours: measure.colours,
            linear: measure.linear,
            signs: measure.signs,
            change: false,
            tight: true,
            plates: measure.plates.clone(),
            spots: Vec::new(),
            parts: None,
        }
    }

    /// What was written.
    pub(super) fn finish(self) -> LaidOut {
        LaidOut { plates: self.plates, spots: self.spots, ..self.page }
    }

    /// Columns left for text under the indents in force.
    pub(super) fn room(&self) -> usize {
        let indent: usize = self.indents.iter().map(|indent| width(indent.rest.as_str())).sum();
        self.columns.saturating_sub(indent).max(1)
    }

    /// Columns left under them for what may stand out of the text.
    pub(super) fn broad_room(&self) -> usize {
        self.room() + self.broad.saturating_sub(self.columns)
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
        self.set(&styled, tone);
    }

    /// Writes styled words as a block.
    pub(super) fn set(&mut self, styled: &Styled, tone: Tone) {
        let running = matches!(tone, Tone::Body | Tone::Quote);
        let room = self.room();
        let order = Order::of(&styled.text);
        let lines = wrap::set(&styled.text, room, self.hyphens.filter(|_| running));
        let stretches = if running && self.edge.justified { spread(&styled.text, &lines, room) } else { Vec::new() };
        for (n, line) in lines.iter().enumerate() {
            let stretch = stretches.get(n).copied().unwrap_or(0);
            // Where the next line begins right at the end of this one, no space was between them.
            let close = lines.get(n + 1).is_some_and(|next| next.range.start == line.range.end);
            let seam = match (line.hyphen, close) {
                (true, _) => Seam::Hyphen,
                (false, true) => Seam::Close,
                (false, false) => Seam::Space,
            };
            let row = Row { stretch, seam, order, ..Row::default() };
            self.row(styled.runs(line.range.clone()), line.range.start, row);
        }
        self.end_block();
    }

    /// Writes one finished line, which is a block of its own, on the side where the line above begins.
    pub(super) fn line(&mut self, runs: Vec<Run>) {
        let order = self.side();
        self.row(runs, 0, Row { order, ..Row::default() });
        self.end_block();
    }

    /// From the right where the last line was read from there.
    fn side(&self) -> Order {
        let above = self.page.rows.last().map(|row| row.order);
        above.filter(|order| *order == Order::RightToLeft).unwrap_or_default()
    }

    /// Writes one finished line of a block that [`Setter::end_block`] ends; `row` says in what order it is
    /// read and how it ends. Wider than the text it stands out of it, or goes sideways where that is not
    /// enough. `offset` is its place in
    /// the block.
    pub(super) fn part(&mut self, runs: Vec<Run>, offset: usize, row: Row) {
        let wide: usize = runs.iter().map(|run| width(run.text.as_str())).sum();
        let over = wide > self.room();
        let (_, parts_over) = self.parts.get_or_insert((self.page.rows.len(), false));
        *parts_over |= over;
        self.row(runs, offset, row);
    }

    /// Writes one finished line of a block that goes on.
    pub(super) fn part_of_block(&mut self, runs: Vec<Run>) {
        self.row(runs, 0, Row::default());
    }

    /// The number of rows written so far.
    pub(super) fn height(&self) -> usize {
        self.page.rows.len()
    }

    /// Leaves an empty line, unless nothing is above or one is there.
    pub(super) fn space(&mut self) {
        if self.tight {
            self.tight = false;
            return;
        }
        if self.page.rows.last().is_some_and(|row| !row.runs.is_empty()) {
            self.empty_line();
        }
    }

    /// Leaves one more empty line than there is, at the top of a part of the text.
    pub(super) fn wide_space(&mut self) {
        if !self.tight && self.indents.is_empty() && !self.page.rows.is_empty() {
            self.space();
            self.empty_line();
        }
    }

    fn empty_line(&mut self) {
        let place = Place { block: self.block, offset: 0 };
        let mut runs = Vec::new();
        // The bar of a quotation runs on between its paragraphs; other indents are only space.
        for indent in self.indents.iter().filter(|indent| indent.first.is_none()) {
            runs.push(Run { text: indent.rest.clone(), ..Run::plain(indent.tone) });
        }
        if runs.iter().all(|run| run.text.as_str().trim().is_empty()) {
            runs.clear();
        }
        // On the side where the bar stands on the line above.
        let lead = u8::try_from(runs.len()).unwrap_or(u8::MAX);
        self.page.rows.push(Row { runs, place, lead, order: self.side(), ..Row::default() });
    }

    /// Keeps the next block right under the last: no empty line between them.
    pub(super) fn keep_tight(&mut self) {
        self.tight = true;
    }

    /// Writes what `inner` writes with `rest` before every line, `first` before the first; both of one
    /// width. Without them where it is nested too deep, or would leave too little room.
    pub(super) fn indented(&mut self, first: Option<Clean>, rest: Clean, tone: Tone, inner: impl FnOnce(&mut Self)) {
        if self.indents.len() >= DEEPEST || self.room() < width(rest.as_str()) + NARROWEST {
            return inner(self);
        }
        self.indents.push(Indent { first, rest, tone });
        inner(self);
        self.indents.pop();
    }

    /// Words and styles of `inlines`, links numbered in reading order.
    pub(super) fn style(&mut self, inlines: &[Inline], base: &Run, out: &mut Styled) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => out.push(text.as_str(), base.clone()),
                Inline::Code(text) => out.push(text.as_str(), Run { tone: Tone::Verbatim, ..base.clone() }),
                // A change that is heard, not seen, is told in words.
                Inline::Strong(inner) if self.linear && self.change => self.told(("[put in: ", "]"), inner, base, out),
                Inline::Strike(inner) if self.linear && self.change => {
                    self.told(("[taken out: ", "]"), inner, base, out);
                }
                Inline::Strike(inner) if self.linear => self.told(("[struck out: ", "]"), inner, base, out),
                // As `wdiff` writes them.
                Inline::Strong(inner) if self.signs && self.change => {
                    self.told(("{+", "+}"), inner, &Run { strong: true, ..base.clone() }, out);
                }
                Inline::Strike(inner) if self.signs && self.change => {
                    self.told(("[-", "-]"), inner, &Run { strike: true, ..base.clone() }, out);
                }
                Inline::Strong(inner) => self.style(inner, &Run { strong: true, ..base.clone() }, out),
                Inline::Emphasis(inner) => self.style(inner, &Run { emphasis: true, ..base.clone() }, out),
                Inline::Strike(inner) => self.style(inner, &Run { strike: true, ..base.clone() }, out),
                Inline::Superscript(inner) => self.script(inner, ('^', raise), base, out),
                Inline::Subscript(inner) => self.script(inner, ('_', lower), base, out),
                Inline::Link { text, .. } => {
                    let link = Some(self.next_link());
                    self.style(text, &Run { link, ..base.clone() }, out);
                    if self.numbers {
                        // No space: a number must not go to the next line without its link.
                        out.push(&format!("[{}]", self.links), Run { tone: Tone::Meta, ..base.clone() });
                    }
                }
                Inline::Image(image) if image.alt.is_empty() => {
                    out.push("[picture]", Run { tone: Tone::Meta, ..base.clone() });
                }
                Inline::Image(image) => out.push(&format!("[{}]", image.alt), Run { tone: Tone::Meta, ..base.clone() }),
                Inline::Note(number) => self.sign(*number, base, out),
                Inline::Break => out.break_line(),
            }
        }
    }

    /// Words between brackets that say what they are.
    fn told(&mut self, (open, close): (&str, &str), inner: &[Inline], base: &Run, out: &mut Styled) {
        out.push(open, Run { tone: Tone::Meta, ..base.clone() });
        self.style(inner, base, out);
        out.push(close, Run { tone: Tone::Meta, ..base.clone() });
    }

    /// The sign of a footnote.
    fn sign(&mut self, number: u32, base: &Run, out: &mut Styled) {
        let here = Place { block: self.block, offset: u32::try_from(out.text.len()).unwrap_or(u32::MAX) };
        let at = usize::try_from(number).unwrap_or(usize::MAX).saturating_sub(1);
        // They are numbered as they come.
        if at == self.page.notes.len() {
            self.page.notes.push((here, Place::default()));
        }
        let sign = number.to_string();
        let step = Some(Step::Note(number));
        out.push(&raise(&sign).unwrap_or(sign), Run { step, ..base.clone() });
    }

    /// What is written next is footnote `number`.
    pub(super) fn begins_note(&mut self, number: u32) {
        let place = Place { block: self.block, offset: 0 };
        let at = usize::try_from(number).unwrap_or(usize::MAX).saturating_sub(1);
        if let Some((_, note)) = self.page.notes.get_mut(at) {
            *note = place;
        }
    }

    /// Raised or lowered words: with Unicode's own letters where all of them have one, else marked.
    fn script(
        &mut self,
        inner: &[Inline],
        (mark, form): (char, fn(&str) -> Option<String>),
        base: &Run,
        out: &mut Styled,
    ) {
        let mut plain = String::new();
        document::inlines_text(inner, &mut plain);
        let linked = leads(inner);
        match form(plain.trim()).filter(|_| !linked) {
            Some(letters) => out.push(&letters, base.clone()),
            None if plain.trim().is_empty() => self.style(inner, base, out),
            None => {
                // What is a link or a note says by itself that it stands apart.
                let (open, close) = match (linked, plain.trim().chars().nth(1)) {
                    (true, _) => ("", ""),
                    (false, Some(_)) => ("(", ")"),
                    (false, None) => ("", ""),
                };
                if !linked {
                    out.push(&format!("{mark}{open}"), base.clone());
                }
                self.style(inner, base, out);
                out.push(close, base.clone());
            }
        }
    }

    /// The number of the next link.
    pub(super) fn next_link(&mut self) -> u16 {
        let link = self.links;
        self.links = self.links.saturating_add(1);
        link
    }

    /// There is code that has not been looked at.
    pub(super) fn uncoloured(&mut self) {
        self.page.uncoloured = true;
    }

    fn row(&mut self, words: Vec<Run>, offset: usize, row: Row) {
        let mut runs = Vec::with_capacity(words.len() + self.indents.len());
        for indent in &mut self.indents {
            let text = indent.first.take().unwrap_or_else(|| indent.rest.clone());
            runs.push(Run { text, ..Run::plain(indent.tone) });
        }
        let lead = u8::try_from(runs.len()).unwrap_or(u8::MAX);
        runs.extend(words);
        let offset = u32::try_from(offset).unwrap_or(u32::MAX);
        let place = Place { block: self.block, offset };
        self.page.rows.push(Row { runs, place, lead, ..row });
        self.tight = false;
    }

    /// What is written from here on is another block.
    pub(super) fn end_block(&mut self) {
        self.end_columns(Vec::new());
    }

    /// As [`Setter::end_block`], of a table with these columns.
    pub(super) fn end_columns(&mut self, stops: Vec<Range<u16>>) {
        self.block += 1;
        let Some((from, true)) = self.parts.take() else { return };
        // What stands under one another stands out, or goes sideways, together.
        let widest = self.page.rows[from..].iter().map(Row::width).max().unwrap_or(0);
        let fits = widest <= self.broad;
        let widest = u16::try_from(widest).unwrap_or(u16::MAX);
        if fits {
            return self.page.rows[from..].iter_mut().for_each(|row| row.broad = widest);
        }
        self.page.widest = self.page.widest.max(widest);
        let before = self.page.rows[from..].first().map_or(0, Row::lead_columns);
        let strip = Arc::new(Strip { columns: widest.saturating_sub(before), stops });
        self.page.rows[from..].iter_mut().for_each(|row| row.strip = Some(Arc::clone(&strip)));
    }
}

/// The columns to spread between the words of each line of `text` so that it fills `room`: of all lines of a
/// paragraph but those that end one, or of none. An edge that most lines do not reach is no edge, and those
/// that do would only have uneven spaces.
fn spread(text: &str, lines: &[Line], room: usize) -> Vec<u16> {
    let last = lines.len().saturating_sub(1);
    let ends = |n: usize, line: &Line| n == last || text[line.range.end..].trim_start_matches(' ').starts_with('\n');
    let inner = lines.iter().enumerate().map(|(n, line)| (!ends(n, line)).then(|| to_spread(text, line, room)));
    let wanted: Vec<Option<Option<u16>>> = inner.collect();
    let (of, even) = (wanted.iter().flatten().count(), wanted.iter().flatten().flatten().count());
    if even * MOST_OF < of * (MOST_OF - 1) {
        return Vec::new();
    }
    wanted.into_iter().map(|columns| columns.flatten().unwrap_or(0)).collect()
}

/// A paragraph is spread if all of its lines but one of so many can be.
const MOST_OF: usize = 3;

/// The same of one line; nothing where more than about one space in four would become two, for wide spaces
/// run down a page like rivers.
fn to_spread(text: &str, line: &Line, room: usize) -> Option<u16> {
    let words = &text[line.range.clone()];
    let spaces = words.matches(' ').count();
    let left = room.saturating_sub(width(words) + usize::from(line.hyphen));
    if left * 4 <= spaces + 1 { u16::try_from(left).ok() } else { None }
}

impl Run {
    /// A run of `tone` without words.
    pub(super) fn plain(tone: Tone) -> Self {
        Self { text: Clean::default(), tone, strong: false, emphasis: false, strike: false, link: None, step: None }
    }
}

impl Styled {
    /// Adds words; a space that would follow a space is dropped.
    pub(super) fn push(&mut self, words: &str, style: Run) {
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
