//! The headline list.

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::pen::{Marks, Pen};
use crate::app::headlines::{Line, Look, Row, What, was_said};
use crate::app::row::Standing;
use crate::app::tagging::said;
use crate::app::{Areas, Pane, State};
use crate::clean;
use crate::config::Theme;
use crate::model::{Action, Headline, Only, Time};
use crate::text::Clean;
use crate::text::width::{fit, width};

/// Columns of a source's name that are left of it where there is little room.
const SOURCE: usize = 9;

/// Muted articles are counted up to here.
const MANY: u64 = 1_000;

/// Columns that tags want at least.
const TAGS: usize = 6;

/// Draws the list.
pub(super) fn draw(state: &State, theme: &Theme, areas: &Areas, pen: &mut Pen<'_>) {
    let Some(area) = areas.headlines else { return };
    if state.headlines.rows.is_empty() {
        return empty(state, theme, area, pen);
    }
    let look = state.look(areas);
    let today = state.now.day(&state.zone);
    for line in state.headlines.lines(look) {
        match line.what {
            What::Day(day) => {
                pen.words(area, 1, line.y, &day_name(day, today), theme.day);
            }
            What::Source(at) => {
                pen.words(area, 1, line.y, &state.headlines.rows[at].source, theme.day);
            }
            What::Row(at) => row(state, theme, area, line, at, look, pen),
        }
    }
}

fn row(state: &State, theme: &Theme, area: Rect, line: Line, at: usize, look: Look<'_>, pen: &mut Pen<'_>) {
    let row = &state.headlines.rows[at];
    let headline = &row.headline;
    if at == state.headlines.cursor {
        let focused = state.focus == Pane::Headlines;
        pen.wash(area, line.y, line.height, if focused { theme.selection } else { theme.selection_unfocused });
        pen.bar(area, (0, line.y), line.height, theme);
    }
    // What stands under the front of its story is set in.
    let indent = row.indent().min(area.width / 4);
    let inner = Rect { x: area.x + indent, width: area.width.saturating_sub(1 + indent), ..area };
    if look.compact {
        compact(state, theme, inner, line.y, row, pen);
    } else {
        let style = if row.unread() { theme.headline_unread } else { theme.headline_read };
        let was = look.was(row);
        let words = (&headline.title, usize::from(line.height - was) - 1);
        let marks = Marks { hits: &state.finding.listed, lang: headline.lang.as_ref(), style: theme.hit };
        let columns = look.text_width().saturating_sub(row.indent()).max(1);
        pen.headline(inner, (1, line.y), columns, words, (style, Some(&marks)));
        meta(state, theme, inner, line.y + line.height - 1 - was, row, pen);
        if let Some(words) = row.was().map(was_said) {
            let columns = look.text_width().saturating_sub(row.indent()).max(1);
            let at = (1, line.y + line.height - was);
            pen.wrapped(inner, at, columns, (&words, usize::from(was)), theme.meta);
        }
    }
}

/// A row on one line.
fn compact(state: &State, theme: &Theme, area: Rect, y: u16, row: &Row, pen: &mut Pen<'_>) {
    let headline = &row.headline;
    let style = if row.unread() { theme.headline_unread } else { theme.headline_read };
    let mut titled = area;
    if area.width > 30 {
        let shown = row.standing.map_or(headline.published, |standing| standing.latest);
        let age = shown.age(state.now, &state.zone);
        titled.width = pen.right(area, 20, y, &age, theme.meta).saturating_sub(1);
    }
    // The figure alone where there is no room for the word.
    let mut folded = if row.under.is_some() { Vec::new() } else { folded(state, row) };
    if area.width >= 60 && folded.len() > 1 {
        folded.pop();
    }
    if let Some(folded) = folded.last() {
        titled.width = pen.right(titled, 20, y, folded, count_style(row, theme)).saturating_sub(1);
    }
    if area.width >= 60 && !headline.tags.is_empty() {
        let tags = said(&headline.tags);
        let tags = Clean::verbatim(&fit(tags.as_str(), usize::from(area.width / 4)));
        titled.width = pen.right(titled, 20, y, &tags, theme.meta).saturating_sub(1);
    }
    if area.width >= 60 && changed(headline) && !state.config.linear {
        titled.width = pen.right(titled, 20, y, &Clean::new("changed"), theme.meta).saturating_sub(1);
    }
    if state.config.linear {
        pen.words(titled, 1, y, &spoken(row), style);
        return;
    }
    let mark = if headline.bookmarked { pen.words(titled, 1, y, &star(headline), theme.bookmark) + 1 } else { 1 };
    pen.words(titled, mark, y, &headline.title, style);
}

/// A headline for those who listen, whom neither weight nor a sign reaches.
fn spoken(row: &Row) -> Clean {
    let headline = &row.headline;
    let bookmark = match (headline.bookmarked, headline.whole) {
        (false, _) => "",
        (true, true) => "bookmark",
        (true, false) => "bookmark, not whole yet",
    };
    let changed = if changed(headline) { "changed" } else { "" };
    let unread = if row.unread() { "unread" } else { "" };
    let marks: Vec<&str> = [unread, changed, bookmark].into_iter().filter(|mark| !mark.is_empty()).collect();
    if marks.is_empty() { headline.title.clone() } else { clean!("{}: {}", marks.join(" "), headline.title) }
}

/// Source and age; marks; whether it changed and its reading time where there is room for them.
fn meta(state: &State, theme: &Theme, area: Rect, y: u16, row: &Row, pen: &mut Pen<'_>) {
    let headline = &row.headline;
    if let Some(standing) = row.standing {
        return story(state, theme, area, y, row, standing, pen);
    }
    let age = headline.published.age(state.now, &state.zone);
    let folded = folded(state, row);
    // What is folded under it is said before the whole name of its source.
    let tail = width(age.as_str()) + 3 + if headline.bookmarked { 2 } else { 0 };
    let room = usize::from(area.width.saturating_sub(1));
    // That a text is another one now is said before tags, and before the whole name of its source.
    let changed = Clean::new(if changed(headline) { "· changed" } else { "" });
    let marked = tail + if changed.is_empty() { 0 } else { 1 + width(changed.as_str()) };
    let told = marked > tail && marked + SOURCE.min(width(headline.source.as_str())) <= room;
    let tail = if told { marked } else { tail };
    let beside =
        |words: &&Clean| tail + 3 + width(words.as_str()) + SOURCE.min(width(headline.source.as_str())) <= room;
    let beneath = folded.iter().find(beside);
    let source = room.saturating_sub(tail + beneath.map_or(0, |words| 3 + width(words.as_str())));
    let source = Clean::verbatim(&format!("{} · {age}", fit(headline.source.as_str(), source)));
    let mut x = pen.words(area, 1, y, &source, theme.meta);
    if headline.bookmarked {
        x = pen.words(area, x + 1, y, &star(headline), theme.bookmark);
    }
    if let Some(words) = beneath {
        x = pen.words(area, x + 1, y, &Clean::new("·"), theme.meta);
        let style = if row.under.is_some() { theme.meta } else { count_style(row, theme) };
        x = pen.words(area, x + 1, y, words, style);
    }
    if told {
        x = pen.words(area, x + 1, y, &changed, theme.meta);
    }
    if !headline.tags.is_empty() {
        let room = usize::from(area.width.saturating_sub(x + 3));
        let tags = said(&headline.tags);
        let tags = fit(tags.as_str(), room);
        if room >= TAGS {
            x = pen.words(area, x + 1, y, &clean!("· {tags}"), theme.meta);
        }
    }
    let minutes = headline.minutes();
    let more = if headline.stub { Clean::new("· headline only") } else { clean!("· {minutes} min read") };
    if width(more.as_str()) <= usize::from(area.width.saturating_sub(x + 1)) {
        pen.words(area, x + 1, y, &more, theme.meta);
    }
}

/// Whether the text of an article really changed since it came.
fn changed(headline: &Headline) -> bool {
    headline.revisions > 0 && !headline.stub
}

/// What is folded under a row, in words, the longest first.
fn folded(state: &State, row: &Row) -> Vec<Clean> {
    let unfolded = row.story().is_some_and(|story| state.headlines.is_unfolded(story));
    row.folded(if unfolded { '−' } else { '+' })
}

/// Columns under which the name of a story's only source is not cut for its number of articles.
const NAME: usize = 10;

/// What the list of stories says of one: who tells it, how much of it there is, and what of that is
/// unread.
fn story(state: &State, theme: &Theme, area: Rect, y: u16, row: &Row, standing: Standing, pen: &mut Pen<'_>) {
    let Standing { sources, articles, unread, latest, .. } = standing;
    let age = latest.age(state.now, &state.zone);
    let who = if sources == 1 { row.headline.source.clone() } else { clean!("{sources} sources") };
    let columns = usize::from(area.width.saturating_sub(1));
    let rest = [clean!("{articles} articles · {age}"), clean!("{articles} art. · {age}"), age];
    // How many articles it has is what this list is for: the name of a lone source gives way first.
    let least = width(who.as_str()).min(NAME);
    const BETWEEN: &str = " · ";
    let room = columns.saturating_sub(width(BETWEEN));
    let fits = |rest: &&Clean| width(rest.as_str()) + least <= room;
    let rest = rest.iter().find(fits).unwrap_or(&rest[2]);
    let who = fit(who.as_str(), room.saturating_sub(width(rest.as_str())));
    let mut x = pen.words(area, 1, y, &Clean::verbatim(&format!("{who}{BETWEEN}{rest}")), theme.meta);
    if row.headline.bookmarked {
        x = pen.words(area, x + 1, y, &star(&row.headline), theme.bookmark);
    }
    let left = usize::from(area.width.saturating_sub(x + 1));
    if unread > 0 && unread < articles {
        let words = clean!("{unread} unread");
        if width(words.as_str()) + 2 <= left {
            x = pen.words(area, x + 1, y, &Clean::new("·"), theme.meta);
            pen.words(area, x + 1, y, &words, count_style(row, theme));
        }
    }
}

/// How a count stands under a headline: it may be seen at a glance, but the headline is what one reads.
fn count_style(row: &Row, theme: &Theme) -> Style {
    if row.unread() { theme.accent.remove_modifier(Modifier::BOLD) } else { theme.meta }
}

/// What a day is called: `TODAY`, `YESTERDAY`, a weekday of the last week, else its date.
pub(super) fn day_name(day: i64, today: i64) -> Clean {
    // Days are counted in the reader's zone already, so they are named as if it were UTC.
    let named = |format| Time(day * crate::model::time::DAY).format(format, &jiff::tz::TimeZone::UTC);
    match today - day {
        0 => Clean::new("TODAY"),
        1 => Clean::new("YESTERDAY"),
        2..7 => Clean::new(&named("%A").as_str().to_uppercase()),
        _ => Clean::new(&named("%-d %B %Y").as_str().to_uppercase()),
    }
}

/// What an empty list says.
fn empty(state: &State, theme: &Theme, area: Rect, pen: &mut Pen<'_>) {
    if !state.headlines.loaded {
        return;
    }
    let view = &state.headlines.view;
    let key = |action| state.key(action);
    if state.headlines.stories {
        let what = Clean::new("No stories yet.");
        let all = key(Action::ShowAll);
        let next = clean!("A story is what several articles tell of one event. {all} shows all articles.");
        return pen.message(area, &[(what, theme.body), (next, theme.meta)]);
    }
    let (what, next) = match (&view.query, view.only) {
        (Some(query), _) => {
            let typed = state.searches.on.as_ref().map_or_else(|| clean!("{query}"), |on| on.text.clone());
            searched(state, &typed)
        }
        (None, Only::Bookmarked) => (
            Clean::new("No bookmarks yet."),
            clean!("Press {} on an article: it stays here, whole, also offline.", key(Action::Bookmark)),
        ),
        (None, Only::Unread) => (
            Clean::new("Everything here is read."),
            clean!(
                "Press {} for all articles, {} to look for new ones.",
                key(Action::ShowAll),
                key(Action::RefreshAll)
            ),
        ),
        (None, Only::All) => (
            Clean::new("No articles yet."),
            clean!(
                "Press {} to add a feed or a site, {} to import a file, {} to refresh.",
                key(Action::Add),
                key(Action::Import),
                key(Action::RefreshAll)
            ),
        ),
    };
    pen.message(area, &[(what, theme.body), (next, theme.meta)]);
}

/// What a list without rows says of a search for what was `typed`, and what can be done.
fn searched(state: &State, typed: &Clean) -> (Clean, Clean) {
    let (list, back) = (&state.headlines, state.key(Action::Back));
    if let Some(reached) = list.reached {
        let day = reached.published.format("%-d %B %Y", &state.zone);
        return (
            clean!("Nothing matches “{typed}” back to {day}."),
            clean!("Looking further back; {back} ends the search."),
        );
    }
    let muted = match list.muted {
        0 => {
            let next = clean!("Try fewer or other words; {back} ends the search.");
            return (clean!("Nothing here matches “{typed}”."), next);
        }
        1 => Clean::new("1 article that matches is muted"),
        muted if muted >= MANY => clean!("{muted} articles or more that match are muted"),
        muted => clean!("{muted} articles that match are muted"),
    };
    let mutes = state.key(Action::Mute);
    (
        clean!("Nothing else matches “{typed}”: {muted}."),
        clean!("With is:muted they are found; {mutes} lists what is muted."),
    )
}

/// The mark of a bookmark: filled where all of it is here.
pub(super) fn star(headline: &Headline) -> Clean {
    Clean::new(if headline.whole { "★" } else { "☆" })
}
