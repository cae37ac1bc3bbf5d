//! The words of a page as blocks again, however its lines were broken: what search, quotations and
//! copying look at; and places named by their words.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::{LaidOut, Place, Row, Seam, Tone};
use crate::text::words::is_sign;

/// So many words name a place in a text.
const NAMING: usize = 8;

/// The words of one block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Its number on the page.
    pub block: u32,
    /// What it is; [`Tone::Line`] where it has no words.
    pub tone: Tone,
    /// Its rows.
    pub rows: Range<usize>,
    /// Its words, with one space where a line ends between two that a space parts.
    pub text: String,
    /// Its lines stand as they are, under one another: a table, or code.
    pub as_set: bool,
    /// Of every row the part of `text` that stands on it, and where in [`Row::text`] that begins.
    lines: Vec<(Range<usize>, usize)>,
}

impl Words {
    /// Where these bytes of `text` stand: of every row that has some of them its number and the bytes of
    /// its [`Row::text`].
    pub fn on_rows<'w>(&'w self, bytes: &Range<usize>) -> impl Iterator<Item = (usize, Range<usize>)> + use<'w> {
        let bytes = bytes.clone();
        self.lines.iter().enumerate().filter_map(move |(n, (line, lead))| {
            let (start, end) = (bytes.start.max(line.start), bytes.end.min(line.end));
            (start < end).then(|| (self.rows.start + n, lead + start - line.start..lead + end - line.start))
        })
    }
}

impl LaidOut {
    /// The row that shows `place`: the last one that begins at or before it.
    #[must_use]
    pub fn row_of(&self, place: Place) -> usize {
        self.rows.partition_point(|row| row.place <= place).saturating_sub(1)
    }

    /// The rows of block number `block`; empty where there is none.
    #[must_use]
    pub fn rows_of(&self, block: u32) -> Range<usize> {
        let start = self.rows.partition_point(|row| row.place.block < block);
        start..start + self.rows[start..].partition_point(|row| row.place.block == block)
    }

    /// Its blocks, top to bottom. Linear in the text.
    pub fn blocks(&self) -> impl Iterator<Item = Words> {
        let mut first = 0;
        self.rows.chunk_by(|a, b| a.place.block == b.place.block).map(move |rows| {
            let words = words(rows, first);
            first += rows.len();
            words
        })
    }

    /// The first words of row `at`, and of the rows after it as far as it takes; `None` where the rest
    /// is too little to be told apart.
    #[must_use]
    pub fn words_at(&self, at: usize) -> Option<Vec<String>> {
        let from =
            at.checked_sub(1).and_then(|above| self.rows.get(above)).is_some_and(|above| above.seam != Seam::Space);
        let from = from && self.rows.get(at).is_some_and(|row| !begins_with_sign(&row.own_words().1));
        // A word that began on the row above is passed over.
        let named = self.named(at, NAMING + 1);
        let words: Vec<String> = named.into_iter().skip(usize::from(from)).take(NAMING).map(|(_, word)| word).collect();
        (words.len() == NAMING).then_some(words)
    }

    /// The place of the first row that holds the beginning of these words, where they follow one
    /// another. Linear in the text.
    #[must_use]
    pub fn place_of(&self, words: &[String]) -> Option<Place> {
        let all = self.named(0, usize::MAX);
        let found = all.windows(words.len().max(1)).position(|some| some.iter().map(|(_, word)| word).eq(words))?;
        all.get(found).and_then(|(at, _)| self.rows.get(*at)).map(|row| row.place)
    }

    /// The first `most` words from row `at` on as they stand between spaces, each with the row it begins
    /// on; a word that goes over the end of a line is one, and so is every sign of Chinese.
    fn named(&self, at: usize, most: usize) -> Vec<(usize, String)> {
        let mut named: Vec<(usize, String)> = Vec::new();
        let mut open = false;
        for (at, row) in self.rows.iter().enumerate().skip(at) {
            if named.len() > most {
                break;
            }
            let (_, line) = row.own_words();
            for word in line.split_whitespace() {
                for (sign, part) in parts(word) {
                    match named.last_mut() {
                        Some((_, start)) if open && !sign => start.push_str(part),
                        _ => named.push((at, part.to_owned())),
                    }
                    open = !sign;
                }
                open = false;
            }
            let ends_in_sign = line.graphemes(true).next_back().is_some_and(is_sign);
            open = row.seam != Seam::Space && !ends_in_sign;
        }
        named
    }
}

/// A word as it is told from others: sign by sign where it is written in signs, the letters between them
/// together. The first value says which of the two.
fn parts(word: &str) -> impl Iterator<Item = (bool, &str)> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let first = rest.graphemes(true).next()?;
        let sign = is_sign(first);
        let end = if sign {
            first.len()
        } else {
            rest.grapheme_indices(true).find(|(_, g)| is_sign(g)).map_or(rest.len(), |(at, _)| at)
        };
        let (part, behind) = rest.split_at(end);
        rest = behind;
        Some((sign, part))
    })
}

fn begins_with_sign(line: &str) -> bool {
    line.trim_start().graphemes(true).next().is_some_and(is_sign)
}

fn words(rows: &[Row], first: usize) -> Words {
    let tone = rows.iter().flat_map(|row| row.runs.get(usize::from(row.lead)..).unwrap_or_default());
    let mut tones = tone.map(|run| run.tone).filter(|tone| !matches!(tone, Tone::Line | Tone::Picture { .. }));
    // A paragraph may begin with what Dateline says of a picture in it.
    let leading = tones.next();
    let tone = leading.filter(|tone| *tone != Tone::Meta).or_else(|| tones.find(|tone| *tone != Tone::Meta));
    let tone = tone.or(leading).unwrap_or(Tone::Line);
    // A paragraph may begin with a word of code.
    let tone = if tone == Tone::Verbatim { Tone::Body } else { tone };
    let mut text = String::new();
    let mut lines = Vec::with_capacity(rows.len());
    let mut joined = true;
    for row in rows {
        let (lead, line) = row.own_words();
        if !text.is_empty() && !joined {
            text.push(' ');
        }
        lines.push((text.len()..text.len() + line.len(), lead));
        text.push_str(&line);
        joined = row.seam != Seam::Space;
    }
    let block = rows.first().map_or(0, |row| row.place.block);
    let own = |row: &Row| row.runs.iter().skip(row.lead.into()).any(|run| run.tone == Tone::Line);
    let as_set = matches!(tone, Tone::Code | Tone::Token(_)) || rows.iter().any(|row| row.strip.is_some() || own(row));
    Words { block, tone, rows: first..first + rows.len(), text, as_set, lines }
}
