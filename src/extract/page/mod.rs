//! A web page to its article.
//!
//! The guard makes the page small and shallow; [`meta`] reads what the page says of itself for
//! programs; [`prune`] takes out boxes that are not of the story; `dom_smoothie` (a port of
//! Mozilla's Readability) finds the element that holds the story; [`prune`] goes over that element
//! too; [`tidy`] straightens the document's ends; [`gate`] says what stands before the story, where
//! something does.

mod author;
mod gate;
mod hints;
mod jsonld;
mod lead;
mod meta;
mod phrases;
mod prune;
mod selectors;
mod stated;
mod survey;
mod tidy;
mod title;
mod when;

use dom_query::Document as Tree;
use dom_smoothie::{Config, Readability};

use super::enclosed::Pictures;
use super::html::{fragment, guard};
use super::{Extracted, Gate, NotAnArticle, RelatedHeadline};
use crate::model::Document;
use crate::model::site::Site;
use crate::text::{Clean, CleanText, Link};
use meta::Meta;
use survey::survey;

/// A text with fewer words than this is no article.
const LEAST: u32 = 25;

/// Takes the article out of a web page; `address` is where the page was fetched from.
///
/// What the page says of itself (JSON-LD, Open Graph, `meta`, microdata) is believed before what it
/// looks like. Headlines of other articles that stood beside or within the story become
/// [`Extracted::related`]. A page that shows only the beginning of its story comes with its
/// [`Extracted::gate`]. Pictures that the page holds itself are in [`Extracted::pictures`]. More than
/// [`super::html::MAX_BYTES`] beside them are cut off.
///
/// # Errors
/// [`NotAnArticle::Gated`] where a gate leaves nothing to read, [`NotAnArticle::AllHeadlines`] for a
/// front page or section, [`NotAnArticle::Empty`] where there are no words.
pub fn page(html: &str, address: Option<&Link>) -> Result<Extracted, NotAnArticle> {
    page_with(html, address, &[])
}

/// [`page()`], with what a person has said of some sites: the first that `address` is of counts; where
/// there is none, for a page that was saved as a file, the address that the page says it stands at.
///
/// # Errors
/// As [`page()`].
pub fn page_with(html: &str, address: Option<&Link>, sites: &[Site]) -> Result<Extracted, NotAnArticle> {
    let mut pictures = Pictures::default();
    let html = &*pictures.lift(html);
    let markup = guard(html);
    let tree = Tree::from(markup.as_str());
    let base = base(&tree, address);
    let mut meta = Meta::read(&tree, base.as_ref());
    let place = address.or(meta.link.as_ref()).or(base.as_ref());
    let site = place.and_then(|place| sites.iter().find(|site| site.is_of(place)));
    if let Some(site) = site {
        selectors::remove(site, &tree);
    }
    let holds = survey(tree.root());
    let whole = holds.get(&tree.root().id).copied().unwrap_or_default();
    let signs = gate::signs(&tree, &holds, &meta, html);
    let headlines = prune::headlines(&tree, base.as_ref());
    let mut related = prune::elsewhere(&tree, &holds, base.as_ref());
    let lead = meta.standfirst.as_ref().and_then(|said| lead::find(&tree, said.as_str()));
    let (mut document, found) = match site.and_then(|site| selectors::article(site, &tree)) {
        Some(content) => (read(&content, base.as_ref(), &mut related), Clean::default()),
        None => story(tree, base.as_ref(), &mut related),
    };
    if meta.byline.is_none() {
        meta.byline = author::signed(&document, meta.site.as_ref().map(Clean::as_str));
    }
    let title = title::choose(&meta, &found, address);
    tidy::tidy(&mut document, title.as_str(), meta.byline.as_ref().map(Clean::as_str));
    if let Some(lead) = lead.filter(|_| site.is_none_or(|site| site.article.is_none())) {
        lead::restore(&mut document, lead);
    }
    if let Some(body) = &meta.body {
        stated::check(&mut document, body, LEAST);
    }
    let gate = gate::judge(&signs, &document, &markup);
    tidy::walls(&mut document);
    let words = document.words();
    let front = headlines.len() >= 8 && !meta.article && tidy::leads_on(&document);
    let lists = words < LEAST && headlines.len() >= 8 && gate.is_none_or(|gate| gate == Gate::Media);
    if (front && !matches!(gate, Some(Gate::Robots | Gate::Missing))) || lists {
        return Err(NotAnArticle::AllHeadlines(headlines));
    }
    let own_words = || gate::is_all_there_is(gate, &document, meta.article || meta.published.is_some());
    if let Some(gate) = gate.filter(|_| words < LEAST || own_words()) {
        return Err(NotAnArticle::Gated(gate));
    }
    if words < LEAST && headlines.len() >= 3 {
        return Err(NotAnArticle::AllHeadlines(headlines));
    }
    if words == 0 || (whole.text == 0 && meta.body.is_none()) {
        return Err(NotAnArticle::Empty);
    }
    let pictures = pictures.of(&document);
    Ok(Extracted { pictures, ..article(meta, title, document, related, gate) })
}

/// The address that relative links start from.
fn base(tree: &Tree, address: Option<&Link>) -> Option<Link> {
    let stated = tree.select_single("base[href]").attr("href");
    match (stated, address) {
        (Some(href), Some(address)) => address.join(&href).or_else(|| Some(address.clone())),
        (Some(href), None) => Link::parse(&href),
        (None, address) => address.cloned().or_else(|| {
            let canonical = tree.select_single("link[rel='canonical'], meta[property='og:url']");
            let said = canonical.attr("href").or_else(|| canonical.attr("content"))?;
            Link::parse(&said)
        }),
    }
}

/// Finds the story, takes the debris out of it, and adds the headlines among it to `related`.
/// Returns it with the title that the extractor found; empty where there is none.
fn story(tree: Tree, base: Option<&Link>, related: &mut Vec<RelatedHeadline>) -> (Document, Clean) {
    let config = Config { keep_classes: true, disable_json_ld: true, ..Config::default() };
    let grabbed = Readability::with_document(tree, None, Some(config)).and_then(|mut reader| reader.parse());
    let Ok(grabbed) = grabbed else { return (Document::default(), Clean::default()) };
    let content = Tree::fragment(grabbed.content);
    (read(&content, base, related), Clean::new(&grabbed.title))
}

/// Makes a document of the element that holds the story, without the debris in it.
fn read(content: &Tree, base: Option<&Link>, related: &mut Vec<RelatedHeadline>) -> Document {
    for headline in prune::prune(content, base) {
        if related.iter().all(|known| known.title != headline.title) {
            related.push(headline);
        }
    }
    fragment(&content.html(), base)
}

fn article(
    meta: Meta,
    title: Clean,
    document: Document,
    mut related: Vec<RelatedHeadline>,
    gate: Option<Gate>,
) -> Extracted {
    let text = document.plain_text();
    let within = document.links();
    related.retain(|headline| {
        let own = headline.title == title || (headline.link.is_some() && headline.link == meta.link);
        !own && headline.link.as_ref().is_none_or(|link| !within.contains(link))
    });
    // A description that is the story's own beginning says nothing more.
    let head = title::key(text.get(..600).unwrap_or(&text));
    let standfirst = meta.standfirst.filter(|said| {
        let said = title::key(said.as_str());
        said.len() > 20 && !head.contains(said.get(..said.len().min(60)).unwrap_or(&said))
    });
    let lead = text.lines().next().unwrap_or("").to_owned();
    let title = if title.is_empty() { super::saved::make_title(&lead) } else { title };
    Extracted {
        title,
        byline: meta.byline,
        dateline: super::saved::agency_place(&lead),
        standfirst,
        published: meta.published,
        zone: meta.zone,
        site: meta.site,
        link: meta.link,
        lang: meta.lang,
        image: meta.image,
        document,
        related,
        text: CleanText::new(&text),
        gate,
        ..Extracted::default()
    }
}

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod tests;
