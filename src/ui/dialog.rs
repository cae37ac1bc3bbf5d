//! Sheets of choices over the foot of the panes.

use ratatui::layout::Rect;

use super::pen::Pen;
use crate::app::dialog::{Dialog, Line};
use crate::app::{Areas, State};
use crate::clean;
use crate::config::Theme;
use crate::text::Clean;
use crate::text::width::{fit, width};

/// Lines above those to choose from: the title and the space under it.
const HEAD: u16 = 2;

/// Columns between the two sides of a line, where the right one stands close to the left.
const GAP: usize = 3;

/// Draws one over the lower part of the panes.
pub(super) fn draw(dialog: &Dialog, state: &State, theme: &Theme, areas: &Areas, pen: &mut Pen<'_>) {
    let lines = dialog.lines(state);
    let count = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let area = foot(count.saturating_add(HEAD), theme, areas, pen);
    title(dialog, theme, area, pen);
    let left = lines.iter().map(|line| width(line.left.as_str())).max().unwrap_or(0);
    let room = area.height.saturating_sub(HEAD);
    let skip = (dialog.cursor() + 1).saturating_sub(usize::from(room));
    for (y, (at, line)) in (HEAD..area.height).zip(lines.iter().enumerate().skip(skip)) {
        self::line(line, left, at == dialog.cursor(), theme, area, y, pen);
    }
}

/// Clears so many lines at the foot of the panes, or as many as there are, and gives them: a rule parts
/// them from what is above.
pub(super) fn foot(lines: u16, theme: &Theme, areas: &Areas, pen: &mut Pen<'_>) -> Rect {
    let body = areas.body;
    let rule = u16::from(!areas.across.is_empty());
    let height = lines.saturating_add(rule).min(body.height);
    let sheet = Rect { y: body.bottom() - height, height, ..body };
    pen.blank(sheet, theme.page);
    if rule > 0 && height > rule {
        pen.rule(Rect { height: 1, ..sheet }, &areas.down, theme);
    }
    // The panes no longer reach down to the rule below.
    for below in areas.across.iter().filter(|below| below.y >= body.bottom()) {
        pen.rule(*below, &[], theme);
    }
    Rect { y: sheet.y + rule, height: height.saturating_sub(rule), ..sheet }
}

fn title(dialog: &Dialog, theme: &Theme, area: Rect, pen: &mut Pen<'_>) {
    let (across, chosen) = dialog.across();
    let mut x = pen.words(area, 1, 0, &dialog.title(), theme.pane_focused) + 1;
    for (at, name) in across.iter().enumerate() {
        let (name, style) = if at == chosen {
            (clean!("[{name}]"), theme.headline_unread)
        } else {
            (Clean::verbatim(&format!(" {name} ")), theme.meta)
        };
        x = pen.words(area, x, 0, &name, style);
    }
}

fn line(line: &Line, left: usize, selected: bool, theme: &Theme, area: Rect, y: u16, pen: &mut Pen<'_>) {
    if selected {
        pen.wash(area, y, 1, theme.selection);
        pen.bar(area, (0, y), 1, theme);
    }
    let inner = Rect { width: area.width.saturating_sub(1), ..area };
    let x = pen.words(inner, 1, y, &line.left, if selected { theme.headline_unread } else { theme.body });
    let at = u16::try_from(1 + left + GAP).unwrap_or(u16::MAX).max(x + 1);
    let room = usize::from(inner.width.saturating_sub(at));
    pen.words(inner, at, y, &Clean::verbatim(&fit(line.right.as_str(), room)), theme.meta);
}
