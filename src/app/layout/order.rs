//! Where the words of a row stand on the screen: in the order in which they are read from the left
//! (UAX 9), at the right edge where they are read from the right, with the space spread that fills a
//! justified line. Everything that draws on a row, or asks what stands where, asks here.

use std::borrow::Cow;
use std::ops::Range;

use unicode_bidi::{BidiInfo, Direction, Level, get_base_direction};
use unicode_segmentation::UnicodeSegmentation;

use super::{Row, Run, Seam, Tone};
use crate::text::Clean;
use crate::text::direction::{from_the_right, turned};
use crate::text::width::width;

/// In which direction a row is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// From the left, all of it.
    #[default]
    Plain,
    /// From the left, with words in it that are read from the right.
    Mixed,
    /// From the right.
    RightToLeft,
}

impl Order {
    /// The order of a text, told by its first letter that has a direction. Linear; quick on texts in
    /// which nothing is read from the right.
    #[must_use]
    pub fn of(text: &str) -> Self {
        if !text.chars().any(from_the_right) {
            return Self::Plain;
        }
        match get_base_direction(text) {
            Direction::Rtl => Self::RightToLeft,
            Direction::Ltr | Direction::Mixed => Self::Mixed,
        }
    }
}

/// `text` as it is drawn from the left, for a line that stands at the left whatever it says: a headline,
/// a name. The same text where nothing in it is read from the right. Linear.
#[must_use]
pub fn drawn(text: &str) -> Cow<'_, str> {
    if Order::of(text) == Order::Plain {
        return Cow::Borrowed(text);
    }
    let run = Run { text: Clean::verbatim(text), ..Run::plain(Tone::Body) };
    let row = Row { order: Order::of(text), runs: vec![run], ..Row::default() };
    let columns = short(row.width());
    Cow::Owned(row.pieces(columns).iter().map(|piece| piece.text.as_str()).collect())
}

/// The columns that these bytes of `text` take where it is drawn by [`drawn`], counted from where it begins.
#[must_use]
pub fn drawn_columns(text: &str, bytes: &Range<usize>) -> Vec<Range<u16>> {
    let run = Run { text: Clean::verbatim(text), ..Run::plain(Tone::Body) };
    let row = Row { order: Order::of(text), runs: vec![run], ..Row::default() };
    row.columns_of(bytes, short(row.width()))
}

/// A sentence of the program's own as it is drawn from the left: it runs from the left whatever names are
/// in it, and what stands between quotation marks is ordered by itself, so that its last signs stay
/// within them. The same text where nothing in it is read from the right. Linear.
#[must_use]
pub fn drawn_sentence(text: &str) -> Cow<'_, str> {
    if Order::of(text) == Order::Plain {
        return Cow::Borrowed(text);
    }
    // Marks of an isolate, by which the levels are found; they are never drawn.
    const BEGIN: char = '\u{2068}';
    const END: char = '\u{2069}';
    let mut marked = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '“' => marked.extend([c, BEGIN]),
            '”' => marked.extend([END, c]),
            c => marked.push(c),
        }
    }
    let info = BidiInfo::new(&marked, Some(Level::ltr()));
    let mut line = String::with_capacity(text.len());
    for paragraph in &info.paragraphs {
        let (levels, runs) = info.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let words = marked[run.clone()].graphemes(true);
            if levels.get(run.start).is_some_and(|level| level.is_rtl()) {
                line.extend(words.rev().map(turned));
            } else {
                line.extend(words);
            }
        }
    }
    line.retain(|c| c != BEGIN && c != END);
    Cow::Owned(line)
}

/// Words of one style that stand side by side on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece<'r> {
    /// The run they are of, for its style and its link.
    pub run: &'r Run,
    /// The words as they are drawn from the left.
    pub text: Clean,
    /// The column they begin at.
    pub column: u16,
    /// The columns they take.
    pub columns: u16,
}

/// One grapheme in its place.
struct Cell {
    run: usize,
    /// Within the text of the row.
    bytes: Range<usize>,
    wide: usize,
    column: usize,
    /// It is read from the right: a bracket opens to the other side.
    turned: bool,
}

impl Row {
    /// Its runs as one text, in the order in which they are read; what [`Row::columns_of`] takes places
    /// in. Without the hyphen and the spread space that only the screen has.
    #[must_use]
    pub fn text(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }

    /// The words of the block without what stands before every line of it, and where in
    /// [`Row::text`] they begin.
    #[must_use]
    pub fn own_words(&self) -> (usize, String) {
        let lead = usize::from(self.lead).min(self.runs.len());
        let before = self.runs[..lead].iter().map(|run| run.text.as_str().len()).sum();
        (before, self.runs[lead..].iter().map(|run| run.text.as_str()).collect())
    }

    /// Columns that it takes, the hyphen and spread space included.
    #[must_use]
    pub fn width(&self) -> usize {
        let words: usize = self.runs.iter().map(|run| width(run.text.as_str())).sum();
        words + usize::from(self.seam == Seam::Hyphen) + usize::from(self.stretch)
    }

    /// Whether a row of a picture stands on it.
    #[must_use]
    pub fn is_picture(&self) -> bool {
        self.runs.iter().any(|run| matches!(run.tone, Tone::Picture { .. }))
    }

    fn is_simple(&self) -> bool {
        self.order == Order::Plain && self.stretch == 0
    }

    /// What is drawn of it in a text of so many columns, from the left. Linear in the row.
    #[must_use]
    pub fn pieces(&self, columns: u16) -> Vec<Piece<'_>> {
        let mut pieces: Vec<Piece<'_>> = Vec::with_capacity(self.runs.len() + 1);
        let mut end = 0;
        if self.is_simple() {
            for run in &self.runs {
                let wide = width(run.text.as_str());
                pieces.push(Piece { run, text: run.text.clone(), column: short(end), columns: short(wide) });
                end += wide;
            }
        } else {
            let text = self.text();
            let mut open: Option<(usize, usize, String)> = None;
            for cell in self.cells(&text, columns) {
                let goes_on = open.as_ref().is_some_and(|(run, ..)| *run == cell.run && end == cell.column);
                if !goes_on {
                    pieces.extend(open.take().map(|open| self.piece(open)));
                    open = Some((cell.run, cell.column, String::new()));
                }
                if let Some((_, _, words)) = &mut open {
                    let grapheme = &text[cell.bytes.clone()];
                    words.push_str(if cell.turned { turned(grapheme) } else { grapheme });
                }
                end = cell.column + cell.wide;
            }
            pieces.extend(open.map(|open| self.piece(open)));
        }
        if let Some(run) = self.runs.last().filter(|_| self.seam == Seam::Hyphen) {
            pieces.push(Piece { run, text: Clean::new("-"), column: short(end), columns: 1 });
        }
        pieces
    }

    fn piece(&self, (run, column, words): (usize, usize, String)) -> Piece<'_> {
        let columns = short(width(&words));
        Piece { run: &self.runs[run], text: Clean::verbatim(&words), column: short(column), columns }
    }

    /// The columns that these bytes of [`Row::text`] take in a text of so many columns, from the left;
    /// several where words read in both directions are among them. Linear in the row.
    #[must_use]
    pub fn columns_of(&self, bytes: &Range<usize>, columns: u16) -> Vec<Range<u16>> {
        let text = self.text();
        if self.is_simple() {
            let end = bytes.end.min(text.len());
            let (Some(before), Some(within)) = (text.get(..bytes.start), text.get(bytes.start..end)) else {
                return Vec::new();
            };
            let start = width(before);
            let all = short(start)..short(start + width(within));
            return Vec::from([all]);
        }
        let mut taken: Vec<Range<u16>> = Vec::new();
        for cell in self.cells(&text, columns) {
            if cell.bytes.start < bytes.end && cell.bytes.end > bytes.start {
                let (start, end) = (short(cell.column), short(cell.column + cell.wide));
                match taken.last_mut() {
                    // The spread space between two words of a hit belongs to it.
                    Some(last) if start.saturating_sub(last.end) <= u16::from(self.stretch > 0) => last.end = end,
                    _ => taken.push(start..end),
                }
            }
        }
        taken
    }

    /// The graphemes of the row, whose text is `text`, in their places from the left.
    fn cells(&self, text: &str, columns: u16) -> Vec<Cell> {
        let mut segments: Vec<Vec<Cell>> = Vec::new();
        let mut at = 0;
        let mut within_rule = None;
        for (n, run) in self.runs.iter().enumerate() {
            // Bars, and the gaps between the cells of a table, part what is ordered by itself.
            let rule = run.tone == Tone::Line;
            if segments.is_empty() || within_rule != Some(rule) {
                segments.push(Vec::new());
                within_rule = Some(rule);
            }
            for (start, grapheme) in text[at..at + run.text.as_str().len()].grapheme_indices(true) {
                let bytes = at + start..at + start + grapheme.len();
                if let Some(segment) = segments.last_mut() {
                    segment.push(Cell { run: n, bytes, wide: width(grapheme), column: 0, turned: false });
                }
            }
            at += run.text.as_str().len();
        }
        if self.order != Order::Plain {
            segments = segments.into_iter().map(|segment| self.ordered(segment, text)).collect();
        }
        if self.order == Order::RightToLeft {
            segments.reverse();
        }
        let mut cells: Vec<Cell> = segments.into_iter().flatten().collect();
        let is_gap = |cell: &Cell| cell.run >= usize::from(self.lead) && &text[cell.bytes.clone()] == " ";
        let gaps = cells.iter().filter(|cell| is_gap(cell)).count().max(1);
        let stretch = usize::from(self.stretch);
        let mut column = 0;
        if self.order == Order::RightToLeft {
            column = usize::from(columns).saturating_sub(self.width());
        }
        // From the left on one line and from the right on the next, so that no white runs down the page.
        let (mut gap, turn) = (0, self.place.offset % 2 == 1);
        for cell in &mut cells {
            cell.column = column;
            column += cell.wide;
            if stretch > 0 && is_gap(cell) {
                let nth = if turn { gaps - 1 - gap } else { gap };
                column += (nth + 1) * stretch / gaps - nth * stretch / gaps;
                gap += 1;
            }
        }
        cells
    }

    /// One part of the row in the order in which it stands on the screen.
    fn ordered(&self, segment: Vec<Cell>, text: &str) -> Vec<Cell> {
        let (Some(first), Some(last)) = (segment.first(), segment.last()) else { return segment };
        let (start, end) = (first.bytes.start, last.bytes.end);
        let part = &text[start..end];
        if self.order != Order::RightToLeft && !part.chars().any(from_the_right) {
            return segment;
        }
        let level = match self.order {
            Order::RightToLeft => Level::rtl(),
            Order::Plain | Order::Mixed => Level::ltr(),
        };
        let info = BidiInfo::new(part, Some(level));
        let Some(paragraph) = info.paragraphs.first() else { return segment };
        let (levels, runs) = info.visual_runs(paragraph, paragraph.range.clone());
        let mut slots: Vec<Option<Cell>> = segment.into_iter().map(Some).collect();
        let starts: Vec<usize> = slots.iter().flatten().map(|cell| cell.bytes.start - start).collect();
        let mut ordered = Vec::with_capacity(slots.len());
        for run in runs {
            let from = starts.partition_point(|at| *at < run.start);
            let to = starts.partition_point(|at| *at < run.end);
            let right = levels.get(run.start).is_some_and(|level| level.is_rtl());
            let taken = slots[from..to].iter_mut().filter_map(Option::take);
            if right {
                ordered.extend(taken.rev().map(|cell| Cell { turned: true, ..cell }));
            } else {
                ordered.extend(taken);
            }
        }
        // A grapheme that the algorithm parted is still a grapheme.
        ordered.extend(slots.into_iter().flatten());
        ordered
    }
}

/// Columns as rows count them.
pub(super) fn short(columns: usize) -> u16 {
    u16::try_from(columns).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn row(text: &str) -> Row {
        let run = Run { text: Clean::run(text), ..Run::plain(Tone::Body) };
        Row { order: Order::of(text), runs: vec![run], ..Row::default() }
    }

    fn set(row: &Row, columns: u16) -> String {
        let mut line = String::new();
        for piece in row.pieces(columns) {
            let gap = usize::from(piece.column).saturating_sub(width(&line));
            line.push_str(&" ".repeat(gap));
            line.push_str(piece.text.as_str());
        }
        line
    }

    #[test]
    fn words_read_from_the_right_are_turned_and_set_at_the_right_edge() {
        assert_eq!(set(&row("שלום (עולם)"), 14), "   (םלוע) םולש");
        assert_eq!(set(&row("The word שלום is 4 letters"), 30), "The word םולש is 4 letters");
        assert_eq!(set(&row("בשנת 2023 הגיעו NATO ו-EU"), 26), " EU-ו NATO ועיגה 2023 תנשב");
        assert_eq!(set(&row("plain"), 10), "plain");
        assert_eq!(super::drawn("שלום (a) עולם"), "םלוע (a) םולש");
    }

    #[test]
    fn a_sentence_runs_from_the_left_whatever_names_are_in_it() {
        for (said, drawn) in [
            ("“שלום עולם” is marked a.", "“םלוע םולש” is marked a."),
            ("“שלום!” is marked a.", "“!םולש” is marked a."),
            ("Undone: bookmarking “שלום (2023)”.", "Undone: bookmarking “(2023) םולש”."),
            ("שלום is no feed.", "םולש is no feed."),
            ("“Plain” is marked a.", "“Plain” is marked a."),
        ] {
            assert_eq!(super::drawn_sentence(said), drawn);
        }
    }

    #[test]
    fn a_bar_stands_at_the_right_of_a_quotation_read_from_there() {
        let mut row = row("שלום");
        row.runs.insert(0, Run { text: Clean::verbatim("│ "), ..Run::plain(Tone::Line) });
        row.lead = 1;
        assert_eq!(set(&row, 8), "  םולש │");
    }

    #[test]
    fn space_is_spread_between_words() {
        let mut justified = row("one two three four");
        justified.stretch = 2;
        assert_eq!(set(&justified, 20), "one two  three  four");
        justified.place.offset = 1;
        assert_eq!(set(&justified, 20), "one  two  three four");
        let hit = justified.columns_of(&(4..13), 20);
        assert_eq!((hit.len(), &hit[0]), (1, &(5..15)));
    }

    #[test]
    fn a_hit_is_where_its_words_are_drawn() {
        let hebrew = row("שלום עולם");
        assert_eq!(hebrew.columns_of(&(0..8), 9).first(), Some(&(5..9)));
        assert_eq!(row("a bc d").columns_of(&(2..4), 9).first(), Some(&(2..4)));
    }

    proptest! {
        #[test]
        fn no_grapheme_is_lost_and_none_lies_over_another(text in "[a-z א-ו،ابت0-9().\u{301}]{0,40}", columns in 1_u16..60) {
            let row = row(&text);
            let mut used = vec![false; usize::from(columns) + 400];
            let mut letters = 0;
            for piece in row.pieces(columns) {
                letters += piece.text.as_str().chars().filter(|c| c.is_alphanumeric()).count();
                for column in piece.column..piece.column + piece.columns {
                    prop_assert!(!std::mem::replace(&mut used[usize::from(column)], true));
                }
            }
            prop_assert_eq!(letters, row.text().chars().filter(|c| c.is_alphanumeric()).count());
        }
    }
}
