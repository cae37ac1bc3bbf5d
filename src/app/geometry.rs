//! Where everything stands on the screen: one pure function, used by `update` to scroll and by the
//! views to draw, so that the two never disagree.

mod shares;

use ratatui::layout::Rect;

pub use shares::{Border, Shares};

/// The panes, left to right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Pane {
    /// The sources drawer.
    Sources,
    /// The headline list.
    #[default]
    Headlines,
    /// The article.
    Article,
    /// The related-news sidebar.
    Related,
}

/// From this many columns on, all three panes stand side by side.
pub const WIDE: u16 = 116;

/// From this many columns on, two panes stand side by side.
pub const MEDIUM: u16 = 84;

/// From this many columns on, the sources drawer has a column of its own.
const DRAWER_BESIDE: u16 = 160;

/// Below this many lines the rules under the top line and above the bottom line are left out, and
/// a headline takes one line.
const LOW: u16 = 16;

/// Columns of the sources drawer.
const DRAWER: u16 = 32;

/// What the layout depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Situation {
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// The pane that has the keys.
    pub focus: Pane,
    /// An item of the related news is selected.
    pub walking: bool,
    /// The sources drawer is open.
    pub drawer: bool,
    /// Only the article.
    pub zen: bool,
    /// One pane, no columns, no rules.
    pub linear: bool,
    /// The widest line of an article's text.
    pub text_width: u16,
    /// The text stands in the middle of its pane, not at its left.
    pub centred: bool,
    /// How wide a person has drawn the panes.
    pub shares: Shares,
    /// Lines that the related news takes as a strip under the article; none where there is nothing to
    /// show.
    pub strip: u16,
}

/// Where everything stands. What is `None` is not on the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Areas {
    /// The top line.
    pub header: Rect,
    /// The bottom line.
    pub status: Rect,
    /// Everything between the two.
    pub body: Rect,
    /// Rules across the screen: under the top line, above the bottom line, above a strip.
    pub across: Vec<Rect>,
    /// Rules between panes.
    pub down: Vec<Rect>,
    /// The sources drawer.
    pub sources: Option<Rect>,
    /// The headline list.
    pub headlines: Option<Rect>,
    /// The article pane, its margins included.
    pub article: Option<Rect>,
    /// The article's text within it.
    pub text: Rect,
    /// As much of the pane as a table or code may take that is wider than the text.
    pub broad: Rect,
    /// The related sidebar.
    pub related: Option<Rect>,
    /// The related sidebar is a strip under the article.
    pub strip: bool,
    /// Whether there are so few lines that everything is set tight.
    pub low: bool,
}

/// Where everything stands.
#[must_use]
pub fn areas(situation: Situation) -> Areas {
    let (columns, rows) = situation.size;
    let low = rows < LOW;
    let rules = !low && !situation.linear;
    let mut areas = Areas { low, ..Areas::default() };
    if columns == 0 || rows == 0 {
        return areas;
    }
    let mut body = Rect::new(0, 0, columns, rows);
    if rows > 2 {
        areas.header = Rect::new(0, 0, columns, 1);
        areas.status = Rect::new(0, rows - 1, columns, 1);
        body = Rect::new(0, 1, columns, rows - 2);
    }
    if rules {
        areas.across = vec![Rect::new(0, 1, columns, 1), Rect::new(0, rows - 2, columns, 1)];
        body = Rect::new(0, 2, columns, rows - 4);
    }
    areas.body = body;
    if situation.zen && situation.focus == Pane::Article {
        areas.article = Some(body);
    } else {
        panes(situation, body, &mut areas);
    }
    if situation.linear {
        areas.down.clear();
    }
    if let Some(pane) = areas.article {
        areas.text = text_area(pane, &situation, low || situation.linear);
        let margin = if situation.linear { areas.text.x - pane.x } else { margin(pane.width) };
        let width = pane.width.saturating_sub(2 * margin).max(areas.text.width);
        areas.broad = Rect { x: pane.x + margin.min(pane.width - width), width, ..areas.text };
    }
    areas
}

/// Shares the body out among the panes that are shown.
fn panes(situation: Situation, mut body: Rect, areas: &mut Areas) {
    let reading = matches!(situation.focus, Pane::Article | Pane::Related);
    if situation.drawer {
        if body.width >= DRAWER_BESIDE && !situation.linear {
            areas.sources = Some(take_left(&mut body, DRAWER, areas));
        } else if situation.focus == Pane::Sources {
            // It lies over the list: one goes back to it with a key.
            if body.width < MEDIUM || situation.linear {
                areas.sources = Some(body);
            } else {
                areas.sources = Some(take_left(&mut body, DRAWER, areas));
                areas.article = Some(body);
            }
            return;
        }
    }
    if situation.linear || body.width < MEDIUM {
        narrow(situation, body, reading, areas);
    } else if body.width < WIDE {
        medium(situation.shares, body, reading, areas);
    } else {
        let share = |percent: u16, least: u16, most: u16| (body.width * percent / 100).clamp(least, most);
        let (list, related) = situation.shares.of(body.width, share(30, 36, 60), share(25, 30, 46));
        areas.headlines = Some(take_left(&mut body, list, areas));
        areas.related = Some(take_right(&mut body, related, areas));
        areas.article = Some(body);
    }
}

fn medium(shares: Shares, mut body: Rect, reading: bool, areas: &mut Areas) {
    if reading {
        let (_, related) = shares.of(body.width, 0, (body.width * 30 / 100).clamp(26, 34));
        areas.related = Some(take_right(&mut body, related, areas));
    } else {
        let (list, _) = shares.of(body.width, (body.width * 40 / 100).clamp(34, 46), 0);
        areas.headlines = Some(take_left(&mut body, list, areas));
    }
    areas.article = Some(body);
}

fn narrow(situation: Situation, body: Rect, reading: bool, areas: &mut Areas) {
    // On few lines the text has them all, until one walks the related news.
    let least = if situation.walking { 6 } else { 12 };
    if !reading {
        areas.headlines = Some(body);
    } else if situation.focus == Pane::Related || body.height < least || situation.strip == 0 {
        // The list of related news needs the room while one walks it on a small screen.
        match situation.focus {
            Pane::Related => areas.related = Some(body),
            _ => areas.article = Some(body),
        }
    } else {
        let height = (body.height / 4).clamp(2, 6).min(situation.strip);
        let rule = u16::from(!areas.across.is_empty());
        areas.strip = true;
        areas.related = Some(Rect { y: body.bottom() - height, height, ..body });
        areas.article = Some(Rect { height: body.height - height - rule, ..body });
        if rule > 0 {
            areas.across.push(Rect { y: body.bottom() - height - rule, height: rule, ..body });
        }
    }
}

/// Takes `columns` and a rule off the left.
fn take_left(body: &mut Rect, columns: u16, areas: &mut Areas) -> Rect {
    let pane = Rect { width: columns, ..*body };
    areas.down.push(Rect { x: body.x + columns, width: 1, ..*body });
    body.x += columns + 1;
    body.width -= columns + 1;
    pane
}

/// Takes `columns` and a rule off the right.
fn take_right(body: &mut Rect, columns: u16, areas: &mut Areas) -> Rect {
    body.width -= columns + 1;
    areas.down.push(Rect { x: body.right(), width: 1, ..*body });
    Rect { x: body.right() + 1, width: columns, ..*body }
}

/// Columns that stay empty at either side of a pane so wide.
fn margin(columns: u16) -> u16 {
    match columns {
        0..30 => 0,
        30..60 => 1,
        _ => 2,
    }
}

/// The text in the middle of its pane, with air around it.
fn text_area(pane: Rect, situation: &Situation, tight: bool) -> Rect {
    let margin = margin(pane.width);
    let width = pane.width.saturating_sub(2 * margin).min(situation.text_width.max(1)).max(1.min(pane.width));
    let left = if situation.centred { (pane.width - width) / 2 } else { margin.min(pane.width - width) };
    let top = u16::from(!tight && pane.height > 12);
    Rect { x: pane.x + left, y: pane.y + top, width, height: pane.height - top }
}

#[cfg(test)]
impl Situation {
    /// One pane has the keys, and nothing else is asked for.
    fn plain(size: (u16, u16), focus: Pane) -> Self {
        let shares = Shares::default();
        Self {
            size,
            focus,
            walking: false,
            drawer: false,
            zen: false,
            linear: false,
            text_width: 72,
            centred: true,
            shares,
            strip: u16::MAX,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(columns: u16, rows: u16, focus: Pane) -> Areas {
        areas(Situation::plain((columns, rows), focus))
    }

    #[test]
    fn panes_by_size() {
        let shown = |a: &Areas| (a.headlines.is_some(), a.article.is_some(), a.related.is_some(), a.strip);
        assert_eq!(shown(&at(200, 60, Pane::Headlines)), (true, true, true, false));
        assert_eq!(shown(&at(120, 40, Pane::Headlines)), (true, true, true, false));
        assert_eq!(shown(&at(100, 40, Pane::Headlines)), (true, true, false, false));
        assert_eq!(shown(&at(100, 40, Pane::Article)), (false, true, true, false));
        assert_eq!(shown(&at(80, 24, Pane::Headlines)), (true, false, false, false));
        assert_eq!(shown(&at(80, 24, Pane::Article)), (false, true, true, true));
        assert_eq!(shown(&at(40, 12, Pane::Related)), (false, false, true, false));
        assert_eq!(at(200, 60, Pane::Article).text.width, 72);
        assert_eq!((at(80, 24, Pane::Article).across.len(), at(80, 12, Pane::Article).across.len()), (3, 0));
    }

    #[test]
    fn a_strip_takes_no_more_lines_than_it_fills() {
        let with = |strip| {
            let areas = areas(Situation { strip, ..Situation::plain((80, 24), Pane::Article) });
            (areas.related.map(|pane| pane.height), areas.article.map(|pane| pane.height), areas.across.len())
        };
        assert_eq!(with(u16::MAX), (Some(5), Some(14), 3));
        assert_eq!(with(2), (Some(2), Some(17), 3));
        assert_eq!(with(0), (None, Some(20), 2), "nothing to show: the text has every line, the rule's as well");
    }

    proptest! {
        #[test]
        fn nothing_overlaps_or_leaves_the_screen(
            columns in 0_u16..260, rows in 0_u16..80, focus in 0_usize..4,
            walking: bool, drawer: bool, zen: bool, linear: bool, text_width in 1_u16..200, centred: bool,
            list in proptest::option::of(0_u16..2_000), related in proptest::option::of(0_u16..2_000), strip in 0_u16..9,
        ) {
            let focus = [Pane::Sources, Pane::Headlines, Pane::Article, Pane::Related][focus];
            let (size, shares) = ((columns, rows), Shares { list, related });
            let areas =
                areas(Situation { size, focus, walking, drawer, zen, linear, text_width, centred, shares, strip });
            let mut all = vec![areas.header, areas.status];
            all.extend(&areas.across);
            all.extend(&areas.down);
            all.extend([areas.sources, areas.headlines, areas.article, areas.related].into_iter().flatten());
            let screen = Rect::new(0, 0, columns, rows);
            for (n, one) in all.iter().enumerate() {
                prop_assert_eq!(one.intersection(screen).area(), one.area());
                for other in &all[n + 1..] {
                    prop_assert!(one.intersection(*other).is_empty(), "{one:?} {other:?} in {areas:?}");
                }
            }
            if let Some(pane) = areas.article {
                prop_assert_eq!(areas.text.intersection(pane), areas.text);
                prop_assert_eq!(areas.broad.intersection(pane), areas.broad);
                prop_assert_eq!(areas.broad.intersection(areas.text), areas.text);
            }
        }
    }
}
