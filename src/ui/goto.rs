//! Go to anything: what fits, over the foot of the panes, above the line that is typed.

use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;

use super::pen::Pen;
use crate::app::goto::{GoTo, Kind};
use crate::app::{Areas, State};
use crate::clean;
use crate::config::{KeySeq, Theme};
use crate::text::Clean;
use crate::text::width::{fit, width};

/// The most lines of it.
const LINES: u16 = 14;

/// Draws it.
pub(super) fn draw(goto: &GoTo, state: &State, theme: &Theme, areas: &Areas, pen: &mut Pen<'_>) {
    let body = areas.body;
    let rule = u16::from(!areas.across.is_empty());
    // As high as it will ever be: a panel that jumps with every letter is hard to read.
    let lines = u16::try_from(goto.offered()).unwrap_or(LINES).clamp(3, LINES);
    let height = (lines + rule).min(body.height);
    let panel = Rect { y: body.bottom() - height, height, ..body };
    pen.blank(panel, theme.page);
    if rule > 0 {
        pen.rule(Rect { height: 1, ..panel }, &areas.down, theme);
    }
    for below in areas.across.iter().filter(|below| below.y >= body.bottom()) {
        pen.rule(*below, &[], theme);
    }
    let area = Rect { y: panel.y + rule, height: height.saturating_sub(rule), ..panel };
    if goto.found.is_empty() {
        pen.words(area, 1, 0, &Clean::new("Nothing is called so."), theme.meta);
        return;
    }
    let room = usize::from(area.height.max(1));
    let top = (goto.cursor + 1).saturating_sub(room);
    for (y, (at, found)) in (0..area.height).zip(goto.found.iter().enumerate().skip(top)) {
        let (name, kind) = goto.shown(found);
        let selected = at == goto.cursor;
        if selected {
            pen.wash(area, y, 1, theme.selection);
            pen.bar(area, (0, y), 1, theme);
        }
        let inner = Rect { width: area.width.saturating_sub(1), ..area };
        let right = kind_of(state, kind);
        let end = pen.right(inner, 12, y, &right, theme.meta).saturating_sub(2);
        let words = Clean::verbatim(&fit(name.as_str(), usize::from(end.saturating_sub(1))));
        pen.words(inner, 1, y, &words, if selected { theme.headline_unread } else { theme.body });
        letters(words.as_str(), &found.letters, inner, y, theme, pen);
    }
}

/// What kind of thing it is, and the key of a command.
fn kind_of(state: &State, kind: Kind) -> Clean {
    let Kind::Command(action) = kind else { return Clean::new(kind.name()) };
    let keys = state.config.keys.keys_for(state.place(), action);
    keys.first().map_or_else(|| Clean::new(kind.name()), |key: &KeySeq| clean!("{}  {}", key.symbol(), kind.name()))
}

/// Marks the letters that fit.
fn letters(name: &str, letters: &[usize], area: Rect, y: u16, theme: &Theme, pen: &mut Pen<'_>) {
    let mut x = 1;
    let mut wanted = letters.iter().peekable();
    for (at, grapheme) in name.graphemes(true).enumerate() {
        let wide = u16::try_from(width(grapheme)).unwrap_or(1);
        if wanted.next_if_eq(&&at).is_some() {
            pen.over(area, (x, y), wide, theme.status_key);
        }
        x += wide;
    }
}
