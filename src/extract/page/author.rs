//! Who wrote the story: where pages say so, and names told from what stands around them.

use dom_query::{Document, NodeRef};

use super::jsonld::Stated;
use super::meta::{Tags, line};
use super::survey::{name, text};
use super::title::key;
use crate::extract::byline;
use crate::model::{Block, Document as Story, document};
use crate::text::Clean;

/// The most characters of a byline.
const LONGEST: usize = 150;

/// The most text around a name that is still looked at, in characters.
const AROUND: usize = 160;

/// Elements that hold a writer's name, the surest first.
const PLACES: &[&str] = &[
    "[itemprop~='author'] [itemprop~='name']",
    "[itemprop~='author']",
    "[rel~='author']",
    ".byline-name, .author-name, .author__name, .article-author, .byline__name, .byline-author, .entry-author, .reader-credits",
    "[class*='byline' i], [class*='author' i]",
];

/// Finds the writers: those stated for programs, then those shown. `site` is the site's own name,
/// which signs much and writes nothing.
pub(super) fn find(page: &Document, stated: &Stated, tags: &Tags, site: Option<&str>) -> Option<Clean> {
    let stated_names: Vec<String> = stated.authors.iter().map(|name| line(name).to_string()).collect();
    let said = byline::people(&stated_names, site);
    let tag = || {
        const NAMES: &[&str] = &[
            "author",
            "article:author",
            "parsely-author",
            "sailthru.author",
            "dc.creator",
            "dcterms.creator",
            "byl",
            "article.author",
            "citation_author",
        ];
        let named = NAMES.iter().map(|name| tags.all(name)).find(|names| !names.is_empty());
        // What a page tells those who show a card of it.
        let card = || {
            let label = tags.get(&["twitter:label1"])?;
            byline::introduces(label).then(|| tags.all("twitter:data1"))
        };
        let names = named.or_else(card)?;
        Some(byline::people(&names, site)).filter(|people| !people.is_empty())
    };
    let person = |people: &Vec<String>| people.iter().any(|name| byline::person(name));
    // A publisher that signs for its writers gives way to a name that the page shows.
    let stated =
        Some(said).filter(|people| !people.is_empty()).filter(|people| person(people)).or_else(|| tag().filter(person));
    let found = stated.or_else(|| shown(page, site)).or_else(|| {
        let said = byline::people(&stated_names, None);
        if said.is_empty() { tag() } else { Some(said) }
    })?;
    let joined = Clean::new(&found.join(", "));
    (!joined.is_empty() && joined.as_str().chars().count() <= LONGEST).then_some(joined)
}

/// Blocks at either end of a story among which its writer may have signed.
const ENDS: usize = 3;

/// The most characters of a line in which a story is signed.
const SIGNED: usize = 80;

/// The writers whom a line at the beginning or the end of the story names: `Written by: Ann Lee`.
pub(super) fn signed(story: &Story, site: Option<&str>) -> Option<Clean> {
    let blocks = &story.blocks;
    let behind = blocks.len().saturating_sub(ENDS).max(ENDS.min(blocks.len()));
    let ends = blocks.iter().take(ENDS).chain(&blocks[behind..]);
    ends.into_iter().find_map(|block| {
        let (Block::Paragraph(line) | Block::Heading { text: line, .. }) = block else { return None };
        let mut said = String::new();
        document::inlines_text(line, &mut said);
        let said = said.trim();
        // A sentence may begin with such a word as well.
        if said.chars().count() > SIGNED || said.ends_with(['.', '!', '?', ':', ',']) {
            return None;
        }
        let people = byline::introduced(said, site);
        let all = !people.is_empty() && people.iter().all(|name| byline::person(name));
        all.then(|| Clean::new(&people.join(", ")))
    })
}

/// The writers that the page shows.
fn shown(page: &Document, site: Option<&str>) -> Option<Vec<String>> {
    for place in PLACES {
        let places = page.select(place);
        for node in places.nodes().iter().take(6) {
            let people = of_element(node, site);
            if people.iter().any(|name| byline::person(name)) {
                return Some(people);
            }
        }
    }
    led(page, site)
}

/// The names within an element that is about writers: its links where it has some, else its text.
fn of_element(node: &NodeRef<'_>, site: Option<&str>) -> Vec<String> {
    if let Some(content) = node.attr("content") {
        return byline::people(&[content.to_string()], site);
    }
    let whole = text(node);
    if whole.chars().count() > AROUND {
        return Vec::new();
    }
    let mut linked = Vec::new();
    for below in node.descendants_it() {
        if name(&below) == "a" && !below.has_attr("data-share") {
            linked.push(text(&below));
        }
    }
    let linked = byline::people(&linked, site);
    let linked: Vec<String> = linked.into_iter().filter(|name| byline::person(name)).collect();
    if linked.is_empty() { byline::people(&[whole], site) } else { linked }
}

/// A line of its own that begins with "By" and a name, near the headline.
fn led(page: &Document, site: Option<&str>) -> Option<Vec<String>> {
    let heading = page.select("h1");
    let start = heading.nodes().first()?;
    let within =
        start.ancestors_it(Some(4)).filter(|above| !above.has_name("body") && !above.has_name("html")).last()?;
    let mut after = false;
    let mut looked = 0;
    for node in within.descendants_it() {
        after |= node.id == start.id;
        if !after
            || !matches!(
                &*name(&node),
                "p" | "div" | "span" | "li" | "address" | "h2" | "h3" | "strong" | "em" | "small"
            )
        {
            continue;
        }
        looked += 1;
        if looked > 60 {
            return None;
        }
        let said = text(&node);
        if said.chars().count() > AROUND || key(&said).is_empty() {
            continue;
        }
        let people = byline::introduced(&said, site);
        if people.iter().any(|name| byline::person(name)) {
            return Some(people);
        }
    }
    None
}
