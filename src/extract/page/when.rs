//! When the story was published: what the page states for programs, then what it shows, then what
//! its address says.

use dom_query::Document;

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
    "article time[datetime], main time[datetime], header time[datetime]",
    "time[datetime]",
    "time",
];

/// Elements whose names say that they may hold a date: that of the story, or of another, or of today.
const NAMED: &[&str] =
    &["[class*='publish' i], [class*='pubdate' i], [class*='date' i], [class*='time' i], [id*='date' i]"];

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
    places.iter().find_map(|place| {
        page.select(place).nodes().iter().take(12).find_map(|node| {
            let value = node.attr("datetime").or_else(|| node.attr("content"));
            let stated = value.and_then(|value| Some((date::stamp(&value)?, date::zone(&value))));
            stated
                .or_else(|| {
                    let said = text(node);
                    let line: String = said.chars().take(LINE).collect();
                    Some((date::written_in(&line, lang)?, date::zone(&line)))
                })
                .filter(|(time, _)| sound(*time))
        })
    })
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
