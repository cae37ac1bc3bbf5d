//! When the story was published: what the page states for programs, then what it shows, then what
//! its address says.

use dom_query::{Document, NodeRef};

use super::hints::{self, names};
use super::jsonld::Stated;
use super::meta::Tags;
use super::survey::{name, text};
use crate::extract::date;
use crate::model::Time;
use crate::text::Link;

/// A time, and the zone it was stated in, in seconds east of UTC.
pub(super) type When = (Time, Option<i32>);

/// Names of `meta` elements, the surest first.
const NAMES: &[&str] = &[
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "publication-date",
    "article.published",
    "article:published",
    "cxenseparse:recs:publishtime",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
    "citation_publication_date",
    "og:pubdate",
    "article_date_original",
    "displaydate",
    "originalpublicationdate",
    "release_date",
    "date",
];

/// Elements that hold the date, the surest first.
const PLACES: &[&str] = &[
    "[itemprop~='datePublished']",
    "time[pubdate]",
    ".dt-published, abbr.published[title], .entry-date.published[datetime]",
];

/// Elements that hold a date, of the story or of something else, the surest first.
const ELSEWHERE: &[&str] =
    &["article time[datetime], main time[datetime], header time[datetime]", "time[datetime]", "time"];

/// Elements whose names say that they may hold a date: that of the story, or of another, or of today.
const NAMED: &[&str] =
    &["[class*='publish' i], [class*='pubdate' i], [class*='date' i], [class*='time' i], [id*='date' i]"];

/// Words in the names of elements that may hold a date.
const MAY_HOLD: &[&str] = &["date", "time", "publish", "posted", "meta", "info", "byline", "created", "datum", "fecha"];

/// Words in the names of elements whose dates are those of something else.
const OTHERS: &[&str] = &[
    "comment",
    "related",
    "recommend",
    "sidebar",
    "widget",
    "teaser",
    "footer",
    "menu",
    "most-",
    "latest",
    "copyright",
];

/// So many elements after the headline a date still belongs to it.
const BEHIND: usize = 120;

/// One before the headline counts as so many times as far away: there are menus and today's date.
const BEFORE: usize = 3;

/// A date that is that of a change counts as so many elements farther away.
const CHANGED: usize = 40;

/// How far up the names around a date are looked at.
const ABOVE: usize = 10;

/// So far apart, in seconds, a time that is stated and one that is shown are not the same day in two
/// zones.
const APART: i64 = 36 * 3600;

/// Elements looked at after the headline for a date that is only shown.
const NEAR: usize = 250;

/// A line with a date has at most so many characters.
const LINE: usize = 120;

/// Finds the date, in the order of the module's description.
pub(super) fn find(
    page: &Document,
    stated: &Stated,
    tags: &Tags,
    base: Option<&Link>,
    lang: Option<&str>,
) -> Option<When> {
    let stamp = |text: &str| Some((date::stamp(text)?, date::zone(text))).filter(|(time, _)| sound(*time));
    let stated_when = stated.published.as_deref().and_then(stamp);
    stated_when
        .or_else(|| NAMES.iter().find_map(|name| stamp(tags.get(&[name])?)))
        .or_else(|| shown(page, PLACES, lang))
        .or_else(|| nearest(page, lang))
        .or_else(|| shown(page, ELSEWHERE, lang))
        .or_else(|| Some((in_address(base?)?, None)))
        .or_else(|| near_headline(page, lang))
        .or_else(|| shown(page, NAMED, lang))
        .or_else(|| stated.page_published.as_deref().and_then(stamp))
}

/// Whether a time can be that of a story on the web: not before 1990, and no nonsense.
fn sound(time: Time) -> bool {
    (631_152_000..=4_102_444_800).contains(&time.0)
}

fn shown(page: &Document, places: &[&str], lang: Option<&str>) -> Option<When> {
    places.iter().find_map(|place| page.select(place).nodes().iter().take(12).find_map(|node| of(node, lang)))
}

/// The date that an element states or shows. Where the two are days apart, what the reader sees counts:
/// some sites state the time of the last change there.
fn of(node: &NodeRef<'_>, lang: Option<&str>) -> Option<When> {
    let value = ["datetime", "content", "title"].iter().find_map(|name| node.attr(name));
    let stated = value.and_then(|value| Some((date::stamp(&value)?, date::zone(&value))));
    let line: String = text(node).chars().take(LINE).collect();
    let said = date::written_in(&line, lang).map(|time| (time, date::zone(&line)));
    let when = match (stated, said) {
        (Some((stated, _)), Some(said)) if stated.0.abs_diff(said.0.0) > APART.unsigned_abs() => Some(said),
        (stated, said) => stated.or(said),
    };
    when.filter(|(time, _)| sound(*time))
}

/// The date that stands nearest to the headline, in an element that is made to hold one.
fn nearest(page: &Document, lang: Option<&str>) -> Option<When> {
    let headings = page.select("h1");
    let start = headings.nodes().first()?.id;
    let mut candidates = Vec::new();
    let (mut at, mut headline) = (0_usize, None);
    for node in page.select("body").nodes().first()?.descendants_it().filter(NodeRef::is_element) {
        at += 1;
        if node.id == start {
            headline = Some(at);
        }
        if headline.is_some_and(|headline| at > headline + BEHIND) {
            break;
        }
        let is_time = node.has_name("time");
        if is_time || (is_line(&node) && hints::named(&names(&node), MAY_HOLD)) {
            candidates.push((at, node));
        }
    }
    let headline = headline?;
    let mut best: Option<(usize, When)> = None;
    for (at, node) in candidates {
        let names = names(&node);
        let far = if at > headline { at - headline } else { (headline - at) * BEFORE };
        let changed = hints::named(&names, &["updat", "modif"]) && !names.contains("publish");
        let far = far + if changed { CHANGED } else { 0 };
        if far > BEHIND || best.is_some_and(|(nearer, _)| nearer <= far) || is_of_another(&node) {
            continue;
        }
        let short = text(&node).chars().count() <= LINE;
        if let Some(when) = of(&node, lang).filter(|_| short) {
            best = Some((far, when));
        }
    }
    best.map(|(_, when)| when)
}

/// Whether an element can be a line of text.
fn is_line(node: &NodeRef<'_>) -> bool {
    matches!(&*name(node), "p" | "div" | "span" | "li" | "ul" | "a" | "abbr" | "small" | "em" | "dd" | "td" | "section")
}

/// Whether an element stands among comments, other headlines and the like.
fn is_of_another(node: &NodeRef<'_>) -> bool {
    let other = |above: &NodeRef<'_>| {
        matches!(&*name(above), "nav" | "aside" | "footer") || hints::named(&names(above), OTHERS)
    };
    other(node) || node.ancestors_it(Some(ABOVE)).take_while(|above| !above.has_name("body")).any(|above| other(&above))
}

/// A short line with a date after the headline.
fn near_headline(page: &Document, lang: Option<&str>) -> Option<When> {
    let headings = page.select("h1, h2");
    let start = headings.nodes().first()?;
    let body = page.select("body");
    let mut after = false;
    let mut looked = 0;
    for node in body.nodes().first()?.descendants_it() {
        after |= node.id == start.id;
        if !after || !node.is_element() {
            continue;
        }
        looked += 1;
        if looked > NEAR {
            return None;
        }
        if !matches!(
            &*name(&node),
            "p" | "div"
                | "span"
                | "li"
                | "td"
                | "dd"
                | "small"
                | "em"
                | "i"
                | "b"
                | "strong"
                | "font"
                | "h2"
                | "h3"
                | "h4"
                | "h5"
        ) {
            continue;
        }
        let said = text(&node);
        if said.len() > LINE * 3 || said.chars().count() > LINE {
            continue;
        }
        if let Some(time) = date::written_in(&said, lang).filter(|time| sound(*time)) {
            return Some((time, date::zone(&said)));
        }
    }
    None
}

/// The date that many addresses hold: `/2024/05/03/`, `/2024-05-03-`, `/20240503`.
fn in_address(address: &Link) -> Option<Time> {
    let path = address.as_str().split("://").nth(1)?;
    let parts: Vec<&str> = path.split(['/', '-', '_', '.', '?']).collect();
    let parted = parts.windows(3).find_map(|part| {
        let [year, month, day] = part else { return None };
        let sound = year.len() == 4 && (1..=2).contains(&month.len()) && (1..=2).contains(&day.len());
        sound.then(|| date::stamp(&format!("{year}-{month:0>2}-{day:0>2}")))?
    });
    parted
        .or_else(|| {
            parts.iter().find_map(|part| {
                let whole = part.len() == 8 && part.bytes().all(|b| b.is_ascii_digit());
                let (year, month, day) = (part.get(..4)?, part.get(4..6)?, part.get(6..8)?);
                (whole && matches!(year.get(..2), Some("19" | "20")))
                    .then(|| date::stamp(&format!("{year}-{month}-{day}")))?
            })
        })
        .filter(|time| sound(*time))
}
