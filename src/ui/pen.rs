//! Writing clean words into cells.

use std::borrow::Cow;

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier, Style};

use crate::app::layout::{Order, drawn, drawn_columns, drawn_sentence};
use crate::app::{Areas, Hits, Part};
use crate::config::Theme;
use crate::text::Clean;
use crate::text::width::{fit, head, width};
use crate::text::wrap::{fill, wrap};

/// What a search looks for in a headline, and how it is marked where it is found.
pub(super) struct Marks<'a> {
    pub(super) hits: &'a Hits,
    /// The language of the text.
    pub(super) lang: Option<&'a Clean>,
    pub(super) style: Style,
}

/// Words in the order in which they are drawn.
fn in_order(words: Cow<'_, str>, order: fn(&str) -> Cow<'_, str>) -> Cow<'_, str> {
    match words {
        Cow::Borrowed(words) => order(words),
        Cow::Owned(words) => Cow::Owned(order(&words).into_owned()),
    }
}

/// Writes into the screen's cells. It takes only [`Clean`] words, so nothing else can get there,
/// and never writes outside the area it is given.
pub(super) struct Pen<'a> {
    buffer: &'a mut Buffer,
    /// Nothing but words is drawn: who listens hears every character.
    linear: bool,
}

impl<'a> Pen<'a> {
    pub(super) fn new(buffer: &'a mut Buffer, linear: bool) -> Self {
        Self { buffer, linear }
    }

    /// Lays the paper that everything is written on.
    pub(super) fn paper(&mut self, style: Style) {
        self.buffer.set_style(self.buffer.area, style);
    }

    /// Writes `words` on line `y` of `area` from column `x` on, cut with `…` where they do not fit.
    /// Gives the column after them.
    pub(super) fn words(&mut self, area: Rect, x: u16, y: u16, words: &Clean, style: Style) -> u16 {
        self.write(area, (x, y), style, |room| in_order(fit(words.as_str(), room), drawn))
    }

    /// As [`Pen::words`], for what the program says: it runs from the left, whatever names are in it.
    pub(super) fn sentence(&mut self, area: Rect, (x, y): (u16, u16), words: &Clean, style: Style) -> u16 {
        self.write(area, (x, y), style, |room| in_order(fit(words.as_str(), room), drawn_sentence))
    }

    /// As [`Pen::words`], with what does not fit cut off without a sign, and as it is read.
    pub(super) fn cut(&mut self, area: Rect, at: (u16, u16), words: &Clean, style: Style) {
        self.write(area, at, style, |room| Cow::Borrowed(head(words.as_str(), room)));
    }

    /// Writes what `shown` makes of the columns that are left at a place, and gives the column after it.
    fn write<'w>(
        &mut self,
        area: Rect,
        (x, y): (u16, u16),
        style: Style,
        shown: impl FnOnce(usize) -> Cow<'w, str>,
    ) -> u16 {
        let area = area.intersection(self.buffer.area);
        if x >= area.width || y >= area.height {
            return x;
        }
        let room = usize::from(area.width - x);
        let style = self.laid_on(area.x + x, area.y + y, style);
        let (end, _) = self.buffer.set_stringn(area.x + x, area.y + y, shown(room), room, style);
        end - area.x
    }

    /// A style as it is written at a place. Where a selection is shown by reversing what stands there,
    /// colours are left out: they would make blocks of their own, with words on them that hardly read.
    fn laid_on(&self, x: u16, y: u16, style: Style) -> Style {
        let reversed = self.buffer.cell((x, y)).is_some_and(|cell| cell.modifier.contains(Modifier::REVERSED));
        let plain = style.bg.is_none() && !style.sub_modifier.contains(Modifier::REVERSED);
        if reversed && plain { Style { fg: None, ..style } } else { style }
    }

    /// Writes `words` from column and line `at` of `area` on, wrapped to `columns`, in at most so
    /// many lines; what does not fit them ends in `…`. Gives the line after them.
    pub(super) fn wrapped(
        &mut self,
        area: Rect,
        at: (u16, u16),
        columns: u16,
        words: (&Clean, usize),
        style: Style,
    ) -> u16 {
        self.each_line(area, at, columns, words, |pen, room, y, line| {
            pen.words(room, at.0, y, line, style);
        })
    }

    /// As [`Pen::wrapped`], for what the program says.
    pub(super) fn wrapped_sentence(
        &mut self,
        area: Rect,
        at: (u16, u16),
        columns: u16,
        words: (&Clean, usize),
        style: Style,
    ) -> u16 {
        self.each_line(area, at, columns, words, |pen, room, y, line| {
            pen.sentence(room, (at.0, y), line, style);
        })
    }

    /// As [`Pen::wrapped`], for a headline: at the right where it is read from there, and with the hits of
    /// a search marked where one is shown.
    pub(super) fn headline(
        &mut self,
        area: Rect,
        at: (u16, u16),
        columns: u16,
        words: (&Clean, usize),
        (style, marks): (Style, Option<&Marks<'_>>),
    ) -> u16 {
        let from_right = Order::of(words.0.as_str()) == Order::RightToLeft;
        self.each_line(area, at, columns, words, |pen, room, y, line| {
            let wide = u16::try_from(width(line.as_str())).unwrap_or(u16::MAX);
            let free = room.width.saturating_sub(at.0).saturating_sub(wide);
            let x = at.0 + if from_right { free } else { 0 };
            pen.words(room, x, y, line, style);
            if let Some(marks) = marks {
                pen.hits(room, (x, y), line.as_str(), marks);
            }
        })
    }

    fn each_line(
        &mut self,
        area: Rect,
        at: (u16, u16),
        columns: u16,
        (words, lines): (&Clean, usize),
        mut write: impl FnMut(&mut Self, Rect, u16, &Clean),
    ) -> u16 {
        let ranges = fill(words.as_str(), columns.into());
        let room = Rect { width: area.width.min(at.0.saturating_add(columns)), ..area };
        let mut y = at.1;
        for (n, range) in ranges.iter().take(lines).enumerate() {
            let rest = n + 1 == lines && ranges.len() > lines;
            let end = if rest { words.as_str().len() } else { range.end };
            write(self, room, y, &Clean::new(&words.as_str()[range.start..end]));
            y += 1;
        }
        y
    }

    /// Writes `words` at the right end of line `y`, unless they reach left of column `least`.
    /// Gives the column they begin at.
    pub(super) fn right(&mut self, area: Rect, least: u16, y: u16, words: &Clean, style: Style) -> u16 {
        let wide = u16::try_from(width(words.as_str())).unwrap_or(u16::MAX);
        match area.width.checked_sub(wide).filter(|x| *x >= least) {
            Some(x) => {
                self.words(area, x, y, words, style);
                x
            }
            None => area.width,
        }
    }

    /// Lays the style of hits over what `hits` finds in `words`, as they were written at column `x`
    /// of line `y`.
    pub(super) fn hits(&mut self, area: Rect, (x, y): (u16, u16), words: &str, marks: &Marks<'_>) {
        for range in marks.hits.within(words, marks.lang, Part::Title) {
            for columns in drawn_columns(words, &range) {
                self.over(area, (x.saturating_add(columns.start), y), columns.end - columns.start, marks.style);
            }
        }
    }

    /// Lays `style` over so many columns of line `y`, from column `x` on.
    pub(super) fn over(&mut self, area: Rect, (x, y): (u16, u16), columns: u16, style: Style) {
        let place = Rect { x: area.x.saturating_add(x), y: area.y.saturating_add(y), width: columns, height: 1 };
        self.buffer.set_style(place.intersection(area).intersection(self.buffer.area), style);
    }

    /// Draws the bar beside a selected row of so many lines; on its first line only `>` where nothing
    /// but words is drawn.
    pub(super) fn bar(&mut self, area: Rect, (x, y): (u16, u16), lines: u16, theme: &Theme) {
        if self.linear {
            self.words(area, x, y, &Clean::new(">"), theme.accent);
            return;
        }
        // Reversed, its left half would be the hole and its right half the bar.
        let style = theme.accent.remove_modifier(Modifier::REVERSED | Modifier::UNDERLINED);
        for line in 0..lines {
            self.words(area, x, y + line, &Clean::new("▌"), style);
        }
    }

    /// Paints the upper and the lower half of a cell.
    pub(super) fn halves(&mut self, area: Rect, (x, y): (u16, u16), (upper, lower): (Color, Color)) {
        let at = Position::new(area.x.saturating_add(x), area.y.saturating_add(y));
        if area.contains(at)
            && let Some(cell) = self.buffer.cell_mut(at)
        {
            cell.reset();
            cell.set_symbol("▀").set_fg(upper).set_bg(lower);
        }
    }

    /// Marks blank cells as not ours: the terminal draws there itself.
    pub(super) fn leave_out(&mut self, area: Rect, (x, y): (u16, u16), columns: u16) {
        let place = Rect { x: area.x.saturating_add(x), y: area.y.saturating_add(y), width: columns, height: 1 };
        for at in place.intersection(area).positions() {
            if let Some(cell) = self.buffer.cell_mut(at) {
                cell.set_diff_option(CellDiffOption::Skip);
            }
        }
    }

    /// Lays clean paper over `area`.
    pub(super) fn blank(&mut self, area: Rect, paper: Style) {
        let area = area.intersection(self.buffer.area);
        for position in area.positions() {
            self.buffer[position].reset();
        }
        self.buffer.set_style(area, paper);
    }

    /// Lays `style` over lines `y` to `y + height` of `area`.
    pub(super) fn wash(&mut self, area: Rect, y: u16, height: u16, style: Style) {
        let lines = Rect { y: area.y.saturating_add(y), height, ..area };
        self.buffer.set_style(lines.intersection(area).intersection(self.buffer.area), style);
    }

    /// Draws the rules across the screen: those around the panes or, with `within`, those between
    /// them.
    pub(super) fn rules(&mut self, areas: &Areas, within: bool, theme: &Theme) {
        for rule in areas.across.iter().filter(|rule| areas.body.contains(rule.as_position()) == within) {
            self.rule(*rule, &[], theme);
        }
    }

    /// Draws a rule across on which the rules between panes, `down`, end.
    pub(super) fn rule(&mut self, rule: Rect, down: &[Rect], theme: &Theme) {
        for position in rule.intersection(self.buffer.area).positions() {
            let joint =
                down.iter().any(|down| down.x == position.x && (down.top()..down.bottom()).contains(&position.y));
            self.buffer[position].reset();
            self.buffer[position].set_symbol(if joint { "┴" } else { "─" }).set_style(theme.page.patch(theme.rule));
        }
    }

    /// Draws the rules between panes.
    pub(super) fn columns(&mut self, areas: &Areas, theme: &Theme) {
        for rule in &areas.down {
            for y in rule.top()..rule.bottom() {
                self.buffer[(rule.x, y)].set_symbol("│").set_style(theme.rule);
            }
            for across in &areas.across {
                let joint = if across.y < rule.y { "┬" } else { "┴" };
                self.buffer[(rule.x, across.y)].set_symbol(joint).set_style(theme.rule);
            }
        }
    }

    /// Writes a message of several words in the middle of `area`, a line under the other.
    pub(super) fn message(&mut self, area: Rect, lines: &[(Clean, Style)]) {
        let room = area.width.saturating_sub(4).max(1);
        let mut y = (area.height / 3).max(1).min(area.height.saturating_sub(1));
        for (words, style) in lines {
            for range in wrap(words.as_str(), room.into()) {
                let line = Clean::new(&words.as_str()[range]);
                let wide = u16::try_from(width(line.as_str())).unwrap_or(room);
                self.words(area, area.width.saturating_sub(wide) / 2, y, &line, *style);
                y += 1;
            }
            y += 1;
        }
    }
}
