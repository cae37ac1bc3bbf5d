//! What a page says of its article for programs: JSON-LD, Open Graph, `meta`, microdata, and the
//! customary elements of the page itself.

use dom_query::Document;

use super::jsonld::{self, Stated};
use super::survey::text;
use crate::extract::html::{fragment, resolve};
use crate::extract::{byline, date};
use crate::model::Time;
use crate::text::{Clean, Link};

/// What a page says of its article.
#[derive(Clone, Debug, Default)]
pub(super) struct Meta {
    /// The headline, as stated first (JSON-LD, Open Graph, Twitter, microdata).
    pub(super) headline: Option<Clean>,
    /// The `title` element.
    pub(super) title: Option<Clean>,
    /// The main headings of the page.
    pub(super) headings: Vec<Clean>,
    pub(super) byline: Option<Clean>,
    pub(super) published: Option<Time>,
    pub(super) standfirst: Option<Clean>,
    pub(super) site: Option<Clean>,
    pub(super) link: Option<Link>,
    pub(super) lang: Option<Clean>,
    pub(super) image: Option<Link>,
    /// The story's whole text, a paragraph to a line.
    pub(super) body: Option<String>,
    /// The page says that the story is not free to read.
    pub(super) paid: bool,
    /// The page says that it is an article.
    pub(super) article: bool,
}

/// The most main headings looked at.
const HEADINGS: usize = 12;

impl Meta {
    /// Reads what `page` says; addresses are resolved against `base`.
    pub(super) fn read(page: &Document, base: Option<&Link>) -> Self {
        let tags = Tags::of(page);
        let scripts: Vec<String> = page
            .select("script[type='application/ld+json' i]")
            .nodes()
            .iter()
            .map(|node| node.text().to_string())
            .collect();
        let found = jsonld::read(scripts.iter().map(String::as_str));
        let article = found.is_some() || tags.get(&["og:type"]).is_some_and(|kind| kind.contains("article"));
        let stated = found.unwrap_or_default();
        let address = |text: &str| resolve(text, base).filter(Link::is_web);
        Self {
            headline: stated
                .headline
                .as_deref()
                .or_else(|| tags.get(&["og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title"]))
                .map(line)
                .or_else(|| item(page, "headline")),
            title: page.select("title").nodes().first().map(|node| line(&node.text())),
            headings: page.select("h1").nodes().iter().take(HEADINGS).map(|node| line(&text(node))).collect(),
            byline: authors(page, &stated, &tags),
            published: published(page, &stated, &tags, base),
            standfirst: tags
                .get(&["og:description", "description", "twitter:description"])
                .or(stated.description.as_deref())
                .map(line),
            site: tags
                .get(&["og:site_name"])
                .or(stated.publisher.as_deref())
                .or_else(|| tags.get(&["application-name"]))
                .map(line),
            link: attribute(page, "link[rel='canonical']", "href")
                .or_else(|| tags.get(&["og:url"]).map(str::to_owned))
                .and_then(|text| address(&text)),
            lang: attribute(page, "html", "lang")
                .or_else(|| stated.lang.clone())
                .or_else(|| tags.get(&["og:locale", "content-language", "dc.language"]).map(str::to_owned))
                .map(|lang| Clean::new(&lang.to_lowercase().replace('_', "-")))
                .filter(|lang| !lang.is_empty() && lang.as_str().len() <= 35),
            image: tags
                .get(&["og:image", "og:image:url", "twitter:image"])
                .or(stated.image.as_deref())
                .and_then(address),
            body: stated.body.as_deref().map(|body| fragment(&body.replace('\n', "<p>"), base).plain_text()),
            paid: stated.paid
                || tags.get(&["article:content_tier"]).is_some_and(|tier| matches!(tier, "locked" | "metered")),
            article,
        }
        .cleaned()
    }

    fn cleaned(mut self) -> Self {
        let full = |text: &Clean| !text.is_empty();
        self.headline = self.headline.filter(full);
        self.title = self.title.filter(full);
        self.headings.retain(full);
        self.byline = self.byline.filter(full);
        self.standfirst = self.standfirst.filter(full);
        self.site = self.site.filter(full);
        self
    }
}

/// One line of text that may hold markup or entities, for attributes are often escaped twice.
fn line(text: &str) -> Clean {
    if text.contains(['<', '&']) { Clean::new(&fragment(text, None).plain_text()) } else { Clean::new(text) }
}

/// The `meta` elements of a page by name, lower-case, the first of each first.
struct Tags(Vec<(String, String)>);

impl Tags {
    fn of(page: &Document) -> Self {
        let mut tags = Vec::new();
        for node in page.select("meta[content]").nodes() {
            let content = node.attr("content").unwrap_or_default();
            for key in ["property", "name", "itemprop", "http-equiv"] {
                if let Some(name) = node.attr(key).filter(|_| !content.trim().is_empty()) {
                    tags.push((name.trim().to_lowercase(), content.trim().to_owned()));
                }
            }
        }
        Self(tags)
    }

    /// The first that has one of `names`, in the order of `names`.
    fn get(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.0.iter().find(|(key, _)| key == name)).map(|(_, content)| content.as_str())
    }
}

fn attribute(page: &Document, selector: &str, name: &str) -> Option<String> {
    page.select_single(selector).attr(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// The text of a microdata property.
fn item(page: &Document, property: &str) -> Option<Clean> {
    let found = page.select_single(&format!("[itemprop~='{property}']"));
    let node = found.nodes().first()?;
    let said = node.attr("content").map(|content| line(&content));
    Some(said.unwrap_or_else(|| line(&text(node)))).filter(|text| !text.is_empty())
}

fn authors(page: &Document, stated: &Stated, tags: &Tags) -> Option<Clean> {
    let person =
        |name: &Clean| !name.is_empty() && !name.as_str().contains("://") && name.as_str().chars().count() <= 150;
    let stated: Vec<String> = stated.authors.iter().map(|name| byline::name(line(name).as_str()).to_string()).collect();
    let mut names: Vec<String> = Vec::new();
    for name in stated {
        if person(&Clean::new(&name)) && !names.contains(&name) {
            names.push(name);
        }
    }
    if !names.is_empty() {
        return Some(Clean::new(&names.join(", ")));
    }
    let tag = tags
        .get(&["author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl"])
        .map(|name| byline::name(line(name).as_str()))
        .filter(person);
    tag.or_else(|| {
        const PLACES: &[&str] = &[
            "[itemprop~='author'] [itemprop~='name']",
            "[itemprop~='author']",
            "[rel~='author']",
            ".byline-name, .author-name, .author__name, .article-author, .byline__name",
            ".byline, .author, .article__author, .post-author",
        ];
        PLACES.iter().find_map(|place| {
            let found = page.select_single(place);
            let node = found.nodes().first()?;
            let said = node.attr("content").map_or_else(|| text(node), |content| content.to_string());
            let name = byline::name(&said);
            (person(&name) && name.as_str().chars().count() <= 80).then_some(name)
        })
    })
}

fn published(page: &Document, stated: &Stated, tags: &Tags, base: Option<&Link>) -> Option<Time> {
    const NAMES: &[&str] = &[
        "article:published_time",
        "og:published_time",
        "datepublished",
        "parsely-pub-date",
        "sailthru.date",
        "pubdate",
        "publishdate",
        "publish-date",
        "publish_date",
        "publication_date",
        "article.published",
        "cxenseparse:recs:publishtime",
        "dc.date.issued",
        "dcterms.date",
        "dc.date",
        "date",
    ];
    let stated = stated.published.as_deref().and_then(date::stamp);
    let tagged = || NAMES.iter().find_map(|name| date::stamp(tags.get(&[name])?));
    let shown = || {
        const PLACES: &[&str] = &[
            "[itemprop~='datePublished']",
            "time[pubdate]",
            "article time[datetime], main time[datetime], header time[datetime]",
            "time[datetime]",
            "time",
            "[class*='publish'], [class*='date'], [class*='time']",
        ];
        PLACES.iter().find_map(|place| {
            page.select(place).nodes().iter().take(8).find_map(|node| {
                let said = node.attr("datetime").or_else(|| node.attr("content")).and_then(|value| date::stamp(&value));
                said.or_else(|| date::written(&text(node).chars().take(120).collect::<String>()))
            })
        })
    };
    stated.or_else(tagged).or_else(shown).or_else(|| in_address(base?))
}

/// The date that many addresses hold: `/2024/05/03/`, `/2024-05-03-`.
fn in_address(address: &Link) -> Option<Time> {
    let path = address.as_str().split("://").nth(1)?;
    let parts: Vec<&str> = path.split(['/', '-', '_']).collect();
    parts.windows(3).find_map(|part| {
        let [year, month, day] = part else { return None };
        let sound = year.len() == 4 && (1..=2).contains(&month.len()) && (1..=2).contains(&day.len());
        sound.then(|| date::stamp(&format!("{year}-{month:0>2}-{day:0>2}")))?
    })
}
