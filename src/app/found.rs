//! The hits in the article that is read: where they are, and walking from one to the next.

use std::ops::Range;
use std::sync::Arc;

use super::State;
use super::geometry::Pane;
use super::hits::{Hits, Part};
use super::layout::{LaidOut, Tone, Words};
use crate::clean;
use crate::model::{ArticleId, Query};
use crate::text::Clean;

/// The hits in the article on the screen.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The words that are looked for in this article alone, if any are.
    pub query: Option<Query>,
    /// What is marked in headlines: what the list was searched for.
    pub listed: Hits,
    /// The hits, in order; one that goes over the end of a line is several pieces.
    pub pieces: Vec<Piece>,
    /// How many hits there are.
    pub count: usize,
    /// The hit that was gone to last, counted from 0.
    pub at: Option<usize>,
    /// The line that was on top when words were looked for, to go back to.
    pub(super) from: usize,
    /// What `pieces` were found for and in.
    of: Option<Query>,
    within: Option<Arc<LaidOut>>,
    article: Option<ArticleId>,
    listed_for: Option<Query>,
}

/// A hit, or as much of it as stands on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The line of the laid-out article.
    pub row: usize,
    /// The columns that it takes.
    pub columns: Range<u16>,
    /// Which hit it is, counted from 0.
    pub hit: usize,
}

impl Found {
    /// The pieces on line `row`.
    pub fn on(&self, row: usize) -> impl Iterator<Item = &Piece> {
        let from = self.pieces.partition_point(|piece| piece.row < row);
        self.pieces[from..].iter().take_while(move |piece| piece.row == row)
    }
}

/// Sees to it that the hits are those of what is looked for in what is shown. Costs nothing where
/// neither has changed; else it is linear in the article (a millisecond for 5,000 words).
pub(super) fn follow(state: &mut State) {
    let State { finding: found, headlines, reading, .. } = state;
    if found.listed_for != headlines.view.query {
        found.listed_for.clone_from(&headlines.view.query);
        found.listed = Hits::of(headlines.view.query.as_ref());
    }
    let query = found.query.as_ref().or(headlines.view.query.as_ref());
    let laid_out = reading.shown.as_ref().map(|shown| &shown.laid_out);
    let same_text = match (&found.within, laid_out) {
        (Some(before), Some(now)) => Arc::ptr_eq(before, now),
        (None, None) => true,
        _ => false,
    };
    if same_text && found.of.as_ref() == query {
        return;
    }
    // In another width the hits are the same, in other places.
    let article = reading.shown.as_ref().map(|shown| shown.headline.id);
    let same = found.article == article && found.of.as_ref() == query;
    found.article = article;
    let query = query.cloned();
    found.within = laid_out.cloned();
    let hits = Hits::of(query.as_ref());
    found.of = query;
    (found.pieces, found.count) = match reading.shown.as_ref().filter(|_| !hits.is_empty()) {
        Some(shown) => all(&shown.laid_out, &hits, shown.headline.lang.as_ref()),
        None => (Vec::new(), 0),
    };
    found.at = found.at.filter(|at| same && *at < found.count);
}

/// All hits in a laid-out article, and how many. They are found over the ends of lines: where a line
/// was broken says nothing about the text.
fn all(laid_out: &LaidOut, hits: &Hits, lang: Option<&Clean>) -> (Vec<Piece>, usize) {
    let (mut pieces, mut count) = (Vec::new(), 0);
    for block in laid_out.blocks() {
        let part = match block.tone {
            Tone::Title => Part::Title,
            // What Dateline says about the article is no part of it.
            Tone::Line | Tone::Meta => continue,
            _ => Part::Body,
        };
        for hit in hits.within(&block.text, lang, part) {
            pieces.extend(on_screen(laid_out, &block, &hit, count));
            count += 1;
        }
    }
    (pieces, count)
}

/// Where these bytes of a block's words are on the screen, as pieces of hit number `hit`.
pub(super) fn on_screen<'l>(
    laid_out: &'l LaidOut,
    block: &'l Words,
    bytes: &Range<usize>,
    hit: usize,
) -> impl Iterator<Item = Piece> + use<'l> {
    block.on_rows(bytes).flat_map(move |(row, bytes)| {
        let columns = laid_out.rows.get(row).map(|line| line.columns_of(&bytes, laid_out.columns_of(line)));
        columns.unwrap_or_default().into_iter().map(move |columns| Piece { row, columns, hit })
    })
}

/// To the next hit in the article, or the one before; round at the ends. Says whether there is any.
pub(super) fn walk(state: &mut State, forward: bool) -> bool {
    if !matches!(state.focus, Pane::Article | Pane::Related) || state.finding.count == 0 {
        return false;
    }
    let Some(top) = state.reading.current().map(|shown| shown.top) else { return false };
    let count = state.finding.count;
    let pieces = &state.finding.pieces;
    let (to, round) = match state.finding.at {
        Some(at) if forward => ((at + 1) % count, at + 1 == count),
        Some(at) => ((at + count - 1) % count, at == 0),
        // From where one reads on.
        None if forward => match pieces.iter().find(|piece| piece.row >= top) {
            Some(piece) => (piece.hit, false),
            None => (0, true),
        },
        None => match pieces.iter().rev().find(|piece| piece.row < top) {
            Some(piece) => (piece.hit, false),
            None => (count - 1, true),
        },
    };
    go_to(state, to);
    let place = clean!("Hit {} of {count}", to + 1);
    state.say(match (round, forward) {
        (false, _) => clean!("{place}."),
        (true, true) => clean!("{place}: from the top again."),
        (true, false) => clean!("{place}: from the end again."),
    });
    true
}

/// Brings hit number `to` on the screen, with some lines above it.
pub(super) fn go_to(state: &mut State, to: usize) {
    state.finding.at = Some(to);
    let Some(row) = state.finding.pieces.iter().find(|piece| piece.hit == to).map(|piece| piece.row) else { return };
    if let Some(shown) = state.reading.current_mut()
        && !(shown.top..shown.top + shown.height).contains(&row)
    {
        let wanted = row.saturating_sub(shown.height / 3);
        shown.scroll(wanted.cast_signed() - shown.top.cast_signed());
    }
}

/// Looks for `query` in the article, from the line on that was on top before; with none, goes back
/// there.
pub(super) fn find(state: &mut State, query: Option<Query>) {
    state.finding.query = query.filter(|query| !query.is_empty());
    follow(state);
    state.finding.at = None;
    let from = state.finding.from;
    let pieces = if state.finding.query.is_some() { state.finding.pieces.as_slice() } else { &[] };
    let next = pieces.iter().find(|piece| piece.row >= from).or_else(|| pieces.first());
    match next.map(|piece| piece.hit) {
        Some(to) => go_to(state, to),
        None => {
            if let Some(shown) = state.reading.current_mut() {
                shown.scroll(from.cast_signed() - shown.top.cast_signed());
            }
        }
    }
}

/// Ends looking for words in the article. Says whether any were looked for.
pub(super) fn end(state: &mut State) -> bool {
    state.finding.query.take().is_some()
}
