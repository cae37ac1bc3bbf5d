//! A page of articles over the panes: a story in order of time, what came since the last visit.

use ratatui::layout::Rect;

use super::headlines::day_name;
use super::headlines::star;
use super::pen::Pen;
use crate::app::sheet::{Kind, Line, Look, NEW_LINES, Sheet};
use crate::app::{Areas, Slot, State};
use crate::clean;
use crate::config::Theme;
use crate::model::{Action, Time};
use crate::text::Clean;
use crate::text::width::{fit, width};

/// The most lines of a headline, as the page counts them.
const HEADLINE_LINES: usize = 3;

/// Draws the page.
pub(super) fn draw(sheet: &Sheet, state: &State, theme: &Theme, areas: &Areas, pen: &mut Pen<'_>) {
    let look = state.sheet_look(areas);
    let area = Rect { x: areas.body.x + (areas.body.width - look.width) / 2, width: look.width, ..areas.body };
    head(sheet, state, theme, area, look, pen);
    if let Some(problem) = &sheet.problem {
        let hint = problem.hint.clone().unwrap_or_default();
        return pen.message(area, &[(problem.message.clone(), theme.error), (hint, theme.meta)]);
    }
    if sheet.entries.is_empty() {
        return nothing(sheet, state, theme, area, pen);
    }
    let lines = sheet.lines(look);
    for line in &lines {
        entry(sheet, state, theme, area, *line, look, pen);
    }
    let end = lines.last().map_or(0, |line| line.y + line.height);
    if sheet.below(look) == 0 && sheet.kind == Kind::Brief && end + 1 < area.height {
        let back = state.key(Action::Back);
        pen.words(area, sheet.margin(look), end + 1, &clean!("That is all. {back} goes to the list."), theme.meta);
    }
}

/// What it is, what it is called, how much of it there is.
fn head(sheet: &Sheet, state: &State, theme: &Theme, area: Rect, look: Look<'_>, pen: &mut Pen<'_>) {
    let x = pen.words(area, 0, 0, &Clean::new(sheet.label()), theme.pane_focused);
    let more = match (sheet.top, sheet.below(look)) {
        (0, 0) => Clean::default(),
        (0, below) => clean!("{below} more below"),
        (above, 0) => clean!("{above} more above"),
        (above, below) => clean!("{above} above · {below} below"),
    };
    pen.right(area, x.saturating_add(2), 0, &more, theme.meta);
    if look.tight {
        return;
    }
    let mut y = 1;
    if !sheet.title.is_empty() {
        y = pen.wrapped(area, (0, y), look.width, (&sheet.title, HEADLINE_LINES), theme.title);
    }
    if sheet.loaded {
        pen.words(area, 0, y, &facts(sheet, state), theme.meta);
    }
}

/// How much it is about: `14 articles from 6 sources · 21 Nov – 23 Nov`, `24 stories since …`.
fn facts(sheet: &Sheet, state: &State) -> Clean {
    let facts = sheet.facts;
    let day = |time: Time| time.format("%-d %b %Y", &state.zone);
    match sheet.kind {
        Kind::Timeline(_) => {
            let until = day(facts.until);
            let when = match [facts.since, facts.until].map(|time| time.format("%Y", &state.zone)) {
                _ if day(facts.since) == until => until,
                [since, end] if since == end => {
                    clean!("{} – {until}", facts.since.format("%-d %b", &state.zone))
                }
                _ => clean!("{} – {until}", day(facts.since)),
            };
            match (facts.all, facts.sources) {
                (1, _) => clean!("the only article on it · {when}"),
                (articles, 0 | 1) => clean!("{articles} articles · {when}"),
                (articles, sources) => clean!("{articles} articles from {sources} sources · {when}"),
            }
        }
        Kind::Brief => {
            let today = state.now.day(&state.zone);
            let clock = facts.since.format("%H:%M", &state.zone);
            let since = match today - facts.since.day(&state.zone) {
                0 => clock,
                1 => clean!("yesterday {clock}"),
                2..7 => clean!("{} {clock}", facts.since.format("%A", &state.zone)),
                _ => day(facts.since),
            };
            let shown = sheet.entries.len() as u64;
            match facts.all {
                0 => clean!("{since}"),
                1 => clean!("1 story since {since}"),
                all if all > shown => clean!("{all} stories since {since}; the {shown} most told are here"),
                all => clean!("{all} stories since {since}, the most told first"),
            }
        }
    }
}

fn entry(sheet: &Sheet, state: &State, theme: &Theme, area: Rect, line: Line, look: Look<'_>, pen: &mut Pen<'_>) {
    let entry = &sheet.entries[line.entry];
    let headline = &entry.headline;
    if let Some((y, day)) = line.day {
        let name = day_name(day, state.now.day(&state.zone));
        let x = pen.words(area, 0, y, &name, theme.day);
        if !state.config.linear {
            let rule = "─".repeat(usize::from(area.width.saturating_sub(x + 1)));
            pen.words(area, x + 1, y, &Clean::verbatim(&rule), theme.rule);
        }
    }
    if line.entry == sheet.cursor {
        let row = Rect { x: area.x.saturating_sub(1), width: area.width + 1, ..area };
        pen.wash(row, line.y, line.height, theme.selection);
        pen.bar(row, (0, line.y), line.height, theme);
    }
    let margin = sheet.margin(look);
    if margin > 0 {
        pen.words(area, 0, line.y, &gutter(sheet, line.entry, state), theme.meta);
    }
    let style = if headline.read { theme.headline_read } else { theme.headline_unread };
    let room = sheet.text_width(look);
    let y = pen.wrapped(area, (margin, line.y), room, (&headline.title, HEADLINE_LINES), style);
    let age = match sheet.kind {
        Kind::Timeline(_) if margin > 0 => Clean::default(),
        _ => Clean::verbatim(&format!(" · {}", headline.published.age(state.now, &state.zone))),
    };
    let star = match (headline.bookmarked, state.config.linear) {
        (false, _) => String::new(),
        (true, false) => format!(" {}", star(headline)),
        (true, true) => " · bookmark".to_owned(),
    };
    let left = usize::from(room).saturating_sub(width(age.as_str()) + width(&star));
    let said = entry.meta();
    let fits = |words: &&Clean| width(words.as_str()) <= left;
    let said = said.iter().find(fits).or(said.last()).cloned().unwrap_or_default();
    let meta = Clean::verbatim(&format!("{}{age}", fit(said.as_str(), left)));
    let x = pen.words(area, margin, y, &meta, theme.meta);
    pen.words(area, x, y, &Clean::verbatim(&star), theme.bookmark);
    if let Some(new) = &entry.new {
        let style = if headline.read { theme.meta } else { theme.body };
        pen.wrapped(area, (margin, y + 1), room, (new, NEW_LINES), style);
    }
}

/// What stands beside an entry: in a story the time of day, in the brief its place.
fn gutter(sheet: &Sheet, at: usize, state: &State) -> Clean {
    match sheet.kind {
        Kind::Timeline(_) => sheet.entries[at].headline.published.format("%H:%M", &state.zone),
        Kind::Brief => clean!("{}", at + 1),
    }
}

/// What a page without articles says.
fn nothing(sheet: &Sheet, state: &State, theme: &Theme, area: Rect, pen: &mut Pen<'_>) {
    if !sheet.loaded && !state.waits_for(Slot::Sheet) {
        return;
    }
    let words = match (sheet.loaded, sheet.kind) {
        (false, _) => Clean::new("Reading …"),
        (true, Kind::Timeline(_)) => Clean::new("No other article tells this story."),
        (true, Kind::Brief) => Clean::new("Nothing has come since you last looked."),
    };
    pen.message(area, &[(words, theme.body)]);
}
