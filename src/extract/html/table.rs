//! Tables in the making, and the tables that are no tables: those that only lay out a page.

use super::flatten::flatten;
use crate::model::table::Span;
use crate::model::{Block, Inline, Inlines, Table};

/// A cell with more characters than this is not a cell of data.
const MAX_CELL: usize = 600;

/// The most rows of a head.
const MAX_HEAD: usize = 4;

/// The most columns that a cell may claim. Some claim hundreds, for as many as there are: what nothing
/// begins in is taken away in the end.
const MAX_SPAN: usize = 128;

/// The most columns before that.
const MAX_PLACES: usize = 256;

/// The most places of a table that stand empty, or are reached over: few tags could claim any number.
const MAX_EMPTY: usize = 100_000;

/// A cell in the making.
struct Cell {
    blocks: Vec<Block>,
    head: bool,
    column: usize,
    columns: usize,
    /// The rows it reaches into, its own among them; cut where its part of the table ends.
    rows: usize,
}

/// A table in the making.
#[derive(Default)]
pub(super) struct Rows {
    /// The cells of every row, by column; no place is kept for what others reach over.
    rows: Vec<Vec<Cell>>,
    caption: Inlines,
    /// For each column, the first row that no cell above reaches into.
    free: Vec<usize>,
    /// The first row of the part of the table that is being read.
    part: usize,
    /// The rows of the `thead` that the table begins with.
    head: usize,
    in_head: bool,
    in_row: bool,
    layout: bool,
}

impl Rows {
    /// Begins a table; `layout` if the page says that it is one only for the eye.
    pub(super) fn new(layout: bool) -> Self {
        Self { layout, ..Self::default() }
    }

    /// Begins a part of the table: its head where `head` says so and nothing stands above.
    pub(super) fn begin_part(&mut self, head: bool) {
        self.end_part();
        self.in_head = head && self.rows.is_empty();
    }

    /// Ends the part that is being read: no cell reaches out of it.
    pub(super) fn end_part(&mut self) {
        self.end_row();
        let end = self.rows.len();
        if std::mem::take(&mut self.in_head) {
            self.head = end;
        }
        for (row, cells) in self.rows.iter_mut().enumerate().skip(self.part) {
            cells.iter_mut().for_each(|cell| cell.rows = cell.rows.min(end - row));
        }
        self.free.clear();
        self.part = end;
    }

    /// Begins a row.
    pub(super) fn begin_row(&mut self) {
        self.end_row();
        self.rows.push(Vec::new());
        self.in_row = true;
    }

    /// Ends a row.
    pub(super) fn end_row(&mut self) {
        self.in_row = false;
    }

    /// Adds a cell that spans so many columns and rows; no rows are all that are to come in its part.
    pub(super) fn cell(&mut self, blocks: Vec<Block>, head: bool, columns: u64, rows: u64) {
        if !self.in_row {
            self.begin_row();
        }
        let Some(row) = self.rows.len().checked_sub(1) else { return };
        let behind = self.rows[row].last().map_or(0, |cell| cell.column + cell.columns);
        let column = (behind..).find(|at| self.free.get(*at).is_none_or(|free| *free <= row)).unwrap_or(behind);
        if column >= MAX_PLACES {
            self.layout = true;
        }
        // It takes what is free beside it: HTML would have two cells in one place.
        let room = MAX_SPAN.min(MAX_PLACES.saturating_sub(column)).max(1);
        let wanted = usize::try_from(columns).unwrap_or(usize::MAX).clamp(1, room);
        let taken = (column + 1..column + wanted).find(|at| self.free.get(*at).is_some_and(|free| *free > row));
        let columns = taken.unwrap_or(column + wanted) - column;
        let rows = match usize::try_from(rows).unwrap_or(usize::MAX) {
            0 => usize::MAX - row,
            rows => rows.min(usize::MAX - row),
        };
        if rows > 1 && column < MAX_PLACES {
            self.free.resize(self.free.len().max(column + columns), 0);
            self.free[column..column + columns].fill(row + rows);
        }
        self.rows[row].push(Cell { blocks, head, column, columns, rows });
    }

    /// Sets what is written with it.
    pub(super) fn caption(&mut self, caption: Inlines) {
        self.caption = caption;
    }

    /// The table, or the blocks of one that only lays out the page.
    pub(super) fn finish(mut self) -> Vec<Block> {
        self.end_part();
        self.drop_empty_rows();
        let columns = self.drop_empty_columns();
        let empty = self.rows.len() * columns - self.rows.iter().map(Vec::len).sum::<usize>();
        if self.is_layout() || columns > Table::MAX_COLUMNS || empty > MAX_EMPTY {
            let mut blocks: Vec<Block> = Vec::new();
            if !self.caption.is_empty() {
                blocks.push(Block::Paragraph(self.caption));
            }
            blocks.extend(self.rows.into_iter().flatten().flat_map(|cell| cell.blocks));
            return blocks;
        }
        if self.rows.is_empty() {
            return Vec::new();
        }
        let head = self.heads(columns);
        let mut pictures = Vec::new();
        let mut spans = Vec::new();
        let mut rows: Vec<Vec<Inlines>> = Vec::with_capacity(self.rows.len());
        for (n, row) in self.rows.into_iter().enumerate() {
            let mut line: Vec<Inlines> = Vec::with_capacity(columns);
            for cell in row {
                let (mut words, more) = flatten(cell.blocks);
                pictures.extend(more);
                let end = if n < head { cell.rows.min(head - n) } else { cell.rows };
                if (cell.columns > 1 || end > 1) && !words.is_empty() {
                    spans.push(Span { row: n, column: cell.column, columns: cell.columns, rows: end });
                }
                // A heading of the rows under it.
                if cell.head && cell.columns > 1 && n >= head && !words.is_empty() {
                    words = vec![Inline::Strong(words)];
                }
                line.resize_with(cell.column, Inlines::new);
                line.push(words);
            }
            line.resize_with(columns, Inlines::new);
            rows.push(line);
        }
        let mut blocks = Vec::new();
        if rows.iter().flatten().any(|cell| !cell.is_empty()) {
            blocks.push(Block::Table(Table { head, rows, spans, caption: self.caption }));
        }
        blocks.extend(pictures);
        blocks
    }

    /// Takes away the rows in which nothing begins; what reaches over them reaches over fewer.
    fn drop_empty_rows(&mut self) {
        let mut kept = 0;
        // For every row, how many before it stay.
        let mut before = Vec::with_capacity(self.rows.len() + 1);
        for row in &self.rows {
            before.push(kept);
            kept += usize::from(row.iter().any(|cell| !cell.blocks.is_empty()));
        }
        before.push(kept);
        for (n, row) in self.rows.iter_mut().enumerate() {
            row.iter_mut().for_each(|cell| cell.rows = before[n + cell.rows] - before[n]);
        }
        self.head = before.get(self.head).copied().unwrap_or(kept);
        self.rows.retain(|row| row.iter().any(|cell| !cell.blocks.is_empty()));
    }

    /// Takes away the columns in which nothing begins, as pages have them to set others apart, or behind a
    /// cell that claims hundreds. Returns how many are left.
    fn drop_empty_columns(&mut self) -> usize {
        let full = |cell: &&Cell| !cell.blocks.is_empty();
        let end = self.rows.iter().flatten().map(|cell| cell.column + cell.columns).max().unwrap_or(0);
        let mut begins = vec![false; end];
        self.rows.iter().flatten().filter(full).for_each(|cell| begins[cell.column] = true);
        let mut kept = 0;
        let mut before = Vec::with_capacity(end + 1);
        for begins in begins {
            before.push(kept);
            kept += usize::from(begins);
        }
        before.push(kept);
        for row in &mut self.rows {
            // An empty cell is no more than a place that is left.
            row.retain(|cell| !cell.blocks.is_empty());
            for cell in row {
                let end = before[cell.column + cell.columns];
                cell.column = before[cell.column];
                cell.columns = end - cell.column;
            }
        }
        kept
    }

    /// How many of the first rows name the columns: those of a `thead`, else the first if it has nothing
    /// but heads, and the ones under it as long as they tell apart what stands above them.
    fn heads(&self, columns: usize) -> usize {
        let most = MAX_HEAD.min(self.rows.len().saturating_sub(1)).max(1);
        if self.head > 0 {
            return if self.head > most { 1 } else { self.head };
        }
        let only_heads = |row: &Vec<Cell>| row.iter().all(|cell| cell.head);
        if !self.rows.first().is_some_and(only_heads) {
            return 0;
        }
        let mut heads = 1;
        while heads < most {
            let above =
                || self.rows[..heads].iter().enumerate().flat_map(|(n, row)| row.iter().map(move |cell| (n, cell)));
            // A title over the whole table is told apart by nothing.
            let parted = above().any(|(_, cell)| cell.columns > 1 && cell.columns < columns);
            let reached = above().any(|(n, cell)| n + cell.rows > heads);
            let titled = self.rows[..heads].iter().all(|row| row.iter().all(|cell| cell.columns == columns));
            let row = &self.rows[heads];
            let more = only_heads(row) && (reached || row.len() > 1 && (parted || titled));
            if !(more || parted && reached) {
                break;
            }
            heads += 1;
        }
        heads
    }

    /// Tables of one column, with tables, code or much text in a cell, are not data.
    fn is_layout(&self) -> bool {
        let wide = self.rows.iter().any(|row| row.len() > 1);
        self.layout
            || !wide
            || self.rows.iter().flatten().flat_map(|cell| &cell.blocks).any(|block| match block {
                Block::Table(_) | Block::Quote(_) | Block::Code { .. } => true,
                Block::Paragraph(text) => characters(text) > MAX_CELL,
                _ => false,
            })
    }
}

fn characters(text: &Inlines) -> usize {
    let mut words = String::new();
    crate::model::document::inlines_text(text, &mut words);
    words.chars().count()
}
