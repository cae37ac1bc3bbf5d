//! What the last refresh brought, feed by feed.

use ratatui::layout::Rect;

use super::pen::Pen;
use crate::app::{FeedNews, Report};
use crate::clean;
use crate::config::Theme;
use crate::text::Clean;

/// The widest the page is set.
const WIDEST: u16 = 84;

/// Draws the report over the panes.
pub(super) fn draw(report: &Report, theme: &Theme, area: Rect, pen: &mut Pen<'_>) {
    let width = area.width.min(WIDEST);
    let page = Rect { x: area.x + (area.width - width) / 2, width, ..area };
    let room = page.width.saturating_sub(2).max(1);
    let used = pen.wrapped(page, (1, 0), room, (&report.said, 3), theme.title);
    let mut y = used + 1;
    if report.feeds.is_empty() {
        pen.words(page, 1, y, &Clean::new("No feed had anything new."), theme.meta);
    }
    let height = |news: &FeedNews| 1 + u16::from(news.line().is_some());
    // From the selected one upwards, as many as fit.
    let space = page.height.saturating_sub(y);
    let (mut top, mut taken) = (report.cursor.min(report.feeds.len()), 0);
    for (at, news) in report.feeds.iter().enumerate().take(report.cursor + 1).rev() {
        taken += height(news);
        if taken > space {
            break;
        }
        top = at;
    }
    for (at, news) in report.feeds.iter().enumerate().skip(top) {
        if y + height(news) > page.height {
            break;
        }
        if at == report.cursor {
            pen.wash(page, y, height(news), theme.selection);
            pen.bar(page, (0, y), height(news), theme);
        }
        feed(news, theme, page, y, pen);
        y += height(news);
    }
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
