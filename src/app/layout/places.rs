//! The words of a page as blocks again, however its lines were broken: what search, quotations and
//! copying look at; and places named by their words.

use std::ops::Range;

use super::{LaidOut, Place, Row, Tone};
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
    /// Its words, with one space where a line ends between two.
    pub text: String,
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
        let from = at.checked_sub(1).and_then(|above| self.rows.get(above)).is_some_and(|above| above.hyphen);
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
    /// on; a word that goes over the end of a line is one.
    fn named(&self, at: usize, most: usize) -> Vec<(usize, String)> {
        let mut named: Vec<(usize, String)> = Vec::new();
        let mut open = false;
        for (at, row) in self.rows.iter().enumerate().skip(at) {
            if named.len() > most {
                break;
            }
            let (_, line) = row.own_words();
            for (n, word) in line.split_whitespace().enumerate() {
                match named.last_mut() {
                    Some((_, start)) if n == 0 && open => start.push_str(word),
                    _ => named.push((at, word.to_owned())),
                }
            }
            open = row.hyphen;
        }
        named
    }
}

fn words(rows: &[Row], first: usize) -> Words {
    let tone = rows.iter().flat_map(|row| row.runs.get(usize::from(row.lead)..).unwrap_or_default());
    let tone =
        tone.map(|run| run.tone).find(|tone| !matches!(tone, Tone::Line | Tone::Picture { .. })).unwrap_or(Tone::Line);
    let mut text = String::new();
    let mut lines = Vec::with_capacity(rows.len());
    let mut joined = true;
    for row in rows {
        let (lead, line) = row.own_words();
        let dense = |c: Option<char>| c.is_some_and(|c| is_sign(c.encode_utf8(&mut [0; 4])));
        let runs_on = joined || (dense(text.chars().next_back()) && dense(line.chars().next()));
        if !text.is_empty() && !runs_on {
            text.push(' ');
        }
        lines.push((text.len()..text.len() + line.len(), lead));
        text.push_str(&line);
        joined = row.hyphen;
    }
    let block = rows.first().map_or(0, |row| row.place.block);
    Words { block, tone, rows: first..first + rows.len(), text, lines }
}
