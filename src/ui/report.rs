//! What a refresh brought, feed by feed, and how one that is running stands; or what an import left
//! out or took in otherwise.

use ratatui::layout::Rect;

use super::pen::Pen;
use crate::app::{FeedNews, How, Imported, Progress, ReportRow, State};
use crate::clean;
use crate::config::Theme;
use crate::text::Clean;
use crate::text::wrap::fill;

/// The widest the page is set.
const WIDEST: u16 = 84;

/// The most lines of one thing in a file.
const MOST_LINES: usize = 3;

/// Draws the report over the panes.
pub(super) fn draw(state: &State, theme: &Theme, area: Rect, pen: &mut Pen<'_>) {
    let report = &state.report;
    let width = area.width.min(WIDEST);
    let page = Rect { x: area.x + (area.width - width) / 2, width, ..area };
    let room = page.width.saturating_sub(2).max(1);
    let running = state.refreshing.as_ref().filter(|_| report.live).map(|progress| stands(progress, &report.waiting));
    let used = pen.wrapped(page, (1, 0), room, (running.as_ref().unwrap_or(&report.said), 3), theme.title);
    let mut y = used + 1;
    let rows = report.shown();
    if rows.is_empty() {
        let none = match (report.live, report.import) {
            (true, _) => "No feed had anything new so far.",
            (false, false) => "No feed had anything new.",
            (false, true) => "There is nothing more to say of it.",
        };
        pen.words(page, 1, y, &Clean::new(none), theme.meta);
    }
    let height = |row: &ReportRow| match row {
        ReportRow::Feed(news) => 1 + u16::from(news.line().is_some()),
        ReportRow::Imported(thing) => lines(thing, room),
    };
    // From the selected one upwards, as many as fit.
    let space = page.height.saturating_sub(y);
    let (mut top, mut taken) = (report.cursor.min(rows.len()), 0);
    for (at, row) in rows.iter().enumerate().take(report.cursor + 1).rev() {
        taken += height(row);
        if taken > space {
            break;
        }
        top = at;
    }
    for (at, row) in rows.iter().enumerate().skip(top) {
        if y + height(row) > page.height {
            break;
        }
        if at == report.cursor {
            pen.wash(page, y, height(row), theme.selection);
            pen.bar(page, (0, y), height(row), theme);
        }
        match row {
            ReportRow::Feed(news) => feed(news, theme, page, y, pen),
            ReportRow::Imported(thing) => imported(thing, theme, page, y, pen),
        }
        y += height(row);
    }
}

/// How a refresh stands, in a sentence or two.
fn stands(progress: &Progress, waiting: &[Clean]) -> Clean {
    let Progress { done, total, failed, new } = progress;
    let failed = if *failed > 0 { clean!(", {failed} failed") } else { Clean::default() };
    let waiting: Vec<&str> = waiting.iter().map(Clean::as_str).collect();
    match (total, waiting.as_slice()) {
        (0, _) => Clean::new("Refreshing: looking which feeds are due …"),
        (_, []) => clean!("Refreshing: {done} of {total} feeds have answered, {new} new{failed}."),
        (_, waiting) => {
            let waiting = waiting.join(", ");
            clean!("Refreshing: {done} of {total} feeds have answered, {new} new{failed}. Still waiting for {waiting}.")
        }
    }
}

/// How many lines a thing in a file takes.
fn lines(thing: &Imported, room: u16) -> u16 {
    let lines = fill(thing.words.as_str(), usize::from(beside(room))).len();
    u16::try_from(lines.clamp(1, MOST_LINES)).unwrap_or(1)
}

/// The columns left for its words beside what became of it.
fn beside(room: u16) -> u16 {
    room.saturating_sub(LABEL).max(1)
}

/// The columns of what became of a thing.
const LABEL: u16 = 16;

fn imported(thing: &Imported, theme: &Theme, page: Rect, y: u16, pen: &mut Pen<'_>) {
    let (label, style) = match thing.how {
        How::LeftOut(0) => (Clean::new("left out"), theme.error),
        How::LeftOut(line) => (clean!("line {line} left out"), theme.error),
        How::Noted => (Clean::new("taken, but"), theme.meta),
        How::Feed => (Clean::new("new feed"), theme.meta),
        How::Query => (Clean::new("saved query"), theme.meta),
    };
    let room = beside(page.width.saturating_sub(2));
    let words = if matches!(thing.how, How::Feed | How::Query) { theme.headline_unread } else { theme.headline_read };
    pen.wrapped(page, (1, y), room, (&thing.words, MOST_LINES), words);
    pen.right(page, 10, y, &label, style);
}

fn feed(news: &FeedNews, theme: &Theme, page: Rect, y: u16, pen: &mut Pen<'_>) {
    let failed = news.trouble.is_some() && !news.later;
    let count = match (news.new, news.changed) {
        _ if failed => Clean::new("failed"),
        _ if news.later => Clean::new("put off"),
        (0, 0) => Clean::default(),
        (0, changed) => clean!("{changed} changed"),
        (new, 0) => clean!("{new} new"),
        (new, changed) => clean!("{new} new, {changed} changed"),
    };
    let style = if failed { theme.error } else { theme.meta };
    let room = pen.right(page, 10, y, &count, style).saturating_sub(1);
    let title = if news.new > 0 { theme.headline_unread } else { theme.headline_read };
    pen.words(Rect { width: room, ..page }, 1, y, &news.title, title);
    if let Some(line) = news.line() {
        pen.words(page, 3, y + 1, line, theme.meta);
    }
}
