//! The screen as text: what stands where, what is styled, and what no screen may be.

use dateline::app::State;
use dateline::config::Theme;
use dateline::text::width::width;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier, Style};

/// The cells of a line that show something: a wide character hides the one after it.
fn cells(buffer: &Buffer, y: u16) -> impl Iterator<Item = (u16, &Cell)> {
    let mut x = 0;
    std::iter::from_fn(move || {
        let cell = (x < buffer.area.width).then(|| &buffer[(x, y)])?;
        let at = x;
        x += u16::try_from(width(cell.symbol())).unwrap().max(1);
        Some((at, cell))
    })
}

/// The lines of the screen, without the blanks at their ends, and where the cursor is.
pub fn plain(buffer: &Buffer, cursor: Option<Position>) -> String {
    let mut out = format!("{}x{}", buffer.area.width, buffer.area.height);
    if let Some(Position { x, y }) = cursor {
        out.push_str(&format!(", cursor at {x},{y}"));
    }
    for y in 0..buffer.area.height {
        let line: String = cells(buffer, y).map(|(_, cell)| cell.symbol()).collect();
        out.push('\n');
        out.push_str(line.trim_end());
    }
    out.push('\n');
    out
}

/// A theme that paints every role in a colour of its own, so that cells tell which role they are.
pub fn labelled() -> Theme {
    let mut theme = Theme::default();
    for (n, role) in Theme::ROLES.iter().enumerate() {
        let color = Color::Indexed(u8::try_from(n).unwrap());
        let laid_over = matches!(*role, "selection" | "selection_unfocused");
        *theme.role_mut(role).unwrap() = if laid_over { Style::new().bg(color) } else { Style::new().fg(color) };
    }
    theme
}

/// The styled runs of a screen drawn in [`labelled`], by role; plain text and rules go unsaid.
pub fn roles(buffer: &Buffer) -> String {
    let name = |color| match color {
        Color::Indexed(n) => Theme::ROLES[usize::from(n)],
        _ => "",
    };
    runs(buffer, |cell| {
        let role = match name(cell.fg) {
            "page" | "body" | "rule" | "" => "",
            role => role,
        };
        match (role, name(cell.bg)) {
            (role, "") => role.to_owned(),
            ("", over) => format!("on {over}"),
            (role, over) => format!("{role} on {over}"),
        }
    })
}

/// The styled runs of a screen, by colour; what is in the colours of the page goes unsaid.
pub fn colours(buffer: &Buffer, page: Style) -> String {
    let (text, paper) = (page.fg.unwrap_or(Color::Reset), page.bg.unwrap_or(Color::Reset));
    runs(buffer, |cell| {
        let mut said = Vec::new();
        if cell.fg != text {
            said.push(cell.fg.to_string());
        }
        if cell.bg != paper {
            said.push(format!("on {}", cell.bg));
        }
        if !cell.modifier.is_empty() {
            said.push(modifiers(cell.modifier));
        }
        said.join(" ")
    })
}

fn modifiers(modifier: Modifier) -> String {
    let names: Vec<_> = modifier.iter_names().map(|(name, _)| name.to_lowercase()).collect();
    names.join(" ")
}

/// Runs of cells that are called the same, those without a name left out: `03: "Port Ambrose" title`.
fn runs(buffer: &Buffer, name: impl Fn(&Cell) -> String) -> String {
    let mut out = String::new();
    for y in 0..buffer.area.height {
        let mut line: Vec<(String, String)> = Vec::new();
        for (_, cell) in cells(buffer, y) {
            let name = name(cell);
            match line.last_mut() {
                Some((last, text)) if *last == name => text.push_str(cell.symbol()),
                _ => line.push((name, cell.symbol().to_owned())),
            }
        }
        for (name, text) in line {
            let shown = if name.contains("on ") { text.as_str() } else { text.trim() };
            if !name.is_empty() && !shown.is_empty() {
                out.push_str(&format!("{y:02}: {shown:?} {name}\n"));
            }
        }
    }
    out
}

/// Holds a screen to what every screen must be: every line exactly as wide as the terminal, every
/// rule whole, and no character in any cell that drives a terminal or turns text around.
pub fn sound(buffer: &Buffer, state: &State) {
    for y in 0..buffer.area.height {
        let wide: usize = cells(buffer, y).map(|(_, cell)| width(cell.symbol()).max(1)).sum();
        assert_eq!(wide, usize::from(buffer.area.width), "line {y}: {}", plain(buffer, None));
        for (x, cell) in cells(buffer, y) {
            assert!(!cell.symbol().chars().any(drives), "{:?} at {x},{y}", cell.symbol());
            assert!(width(cell.symbol()) > 0, "{:?} at {x},{y} takes no room", cell.symbol());
        }
    }
    let areas = state.areas();
    let covered = state.help.is_some()
        || state.choices.is_some()
        || state.packs.is_some()
        || state.sheet.is_some()
        || state.muting.is_some()
        || state.dialog.is_some()
        || state.goto.is_some()
        || state.output.is_some()
        || state.links.list.is_some()
        || state.quoting.list.is_some()
        || state.report.open;
    let is = |x, y, wanted: &str| {
        let symbol = buffer[(x, y)].symbol();
        assert!(wanted.contains(symbol), "{symbol:?} in a rule at {x},{y}: {}", plain(buffer, None));
    };
    for rule in areas.across.iter().take(1) {
        (rule.left()..rule.right()).for_each(|x| is(x, rule.y, "─┬"));
    }
    // A long message takes lines from the panes.
    let message = state.notice.is_some()
        || state.links.picked.is_some()
        || state.prompt.as_ref().is_some_and(|p| p.error.is_some() || p.completion.is_some());
    for rule in areas.down.iter().filter(|_| !covered) {
        let bottom = if message { rule.bottom().saturating_sub(5) } else { rule.bottom() };
        (rule.top()..bottom).for_each(|y| is(rule.x, y, "│"));
    }
}

/// What may stand in no cell.
fn drives(c: char) -> bool {
    let turns = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let hides = matches!(c, '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}' | '\u{ad}');
    turns || hides || c.is_control()
}
