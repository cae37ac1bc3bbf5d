//! Tables in the making, and the tables that are no tables: those that only lay out a page.

use super::flatten::flatten;
use crate::model::{Block, Inlines, Table};

/// The most columns of a table; a wider one is set as plain blocks.
const MAX_COLUMNS: usize = 64;

/// A cell with more characters than this is not a cell of data.
const MAX_CELL: usize = 600;

/// A cell in the making.
#[derive(Default)]
struct Cell {
    blocks: Vec<Block>,
    head: bool,
}

/// A table in the making.
#[derive(Default)]
pub(super) struct Rows {
    rows: Vec<Vec<Cell>>,
    caption: Inlines,
    /// For each column, how many of the next rows a cell above reaches into.
    reach: Vec<usize>,
    /// The first row stands in a `thead`.
    head: bool,
    in_row: bool,
    layout: bool,
}

impl Rows {
    /// Begins a table; `layout` if the page says that it is one only for the eye.
    pub(super) fn new(layout: bool) -> Self {
        Self { layout, ..Self::default() }
    }

    /// The rows to come are the table's head.
    pub(super) fn begin_head(&mut self) {
        self.head |= self.rows.is_empty();
    }

    /// Begins a row.
    pub(super) fn begin_row(&mut self) {
        self.rows.push(Vec::new());
        self.in_row = true;
    }

    /// Ends a row.
    pub(super) fn end_row(&mut self) {
        self.fill();
        if self.rows.last().is_some_and(Vec::is_empty) {
            self.rows.pop();
        }
        self.in_row = false;
    }

    /// Adds a cell that spans so many columns and rows.
    pub(super) fn cell(&mut self, blocks: Vec<Block>, head: bool, columns: u64, rows: u64) {
        if !self.in_row {
            self.begin_row();
        }
        self.fill();
        let columns = columns.clamp(1, 16) as usize;
        let reach = (rows.clamp(1, 1000) - 1) as usize;
        let Some(row) = self.rows.last_mut() else { return };
        row.push(Cell { blocks, head });
        for _ in 1..columns {
            row.push(Cell { blocks: Vec::new(), head });
        }
        let end = row.len();
        self.layout |= end > MAX_COLUMNS;
        if end <= MAX_COLUMNS {
            self.reach.resize(self.reach.len().max(end), 0);
            self.reach[end - columns..end].fill(reach);
        }
    }

    /// Leaves room for the cells above that reach into this row.
    fn fill(&mut self) {
        let Some(row) = self.rows.last_mut() else { return };
        while let Some(reach) = self.reach.get_mut(row.len()).filter(|reach| **reach > 0) {
            *reach -= 1;
            row.push(Cell::default());
        }
    }

    /// Sets what is written with it.
    pub(super) fn caption(&mut self, caption: Inlines) {
        self.caption = caption;
    }

    /// The table, or the blocks of one that only lays out the page.
    pub(super) fn finish(mut self) -> Vec<Block> {
        if self.in_row {
            self.end_row();
        }
        self.rows.retain(|row| row.iter().any(|cell| !cell.blocks.is_empty()));
        if self.is_layout() {
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
        let head = self.head || self.rows.first().is_some_and(|row| row.iter().all(|cell| cell.head));
        let mut pictures = Vec::new();
        let mut lines = |cell: Cell| {
            let (line, more) = flatten(cell.blocks);
            pictures.extend(more);
            line
        };
        let rows: Vec<Vec<Inlines>> =
            self.rows.into_iter().map(|row| row.into_iter().map(&mut lines).collect()).collect();
        let mut blocks = Vec::new();
        if rows.iter().flatten().any(|cell| !cell.is_empty()) {
            blocks.push(Block::Table(Table { head, rows, caption: self.caption }));
        }
        blocks.extend(pictures);
        blocks
    }

    /// Tables of one column, with tables, code or much text in a cell, are not data.
    fn is_layout(&self) -> bool {
        let wide = self.rows.iter().any(|row| row.iter().filter(|cell| !cell.blocks.is_empty()).count() > 1);
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
