//! What a page says of its article for programs: JSON-LD, Open Graph, `meta`, microdata, and the
//! customary elements of the page itself.

use dom_query::{Document, NodeRef};

use super::jsonld;
use super::survey::{name, text};
use super::{author, when};
use crate::extract::html::{fragment, resolve};
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
    /// The zone that the page states `published` in, in seconds east of UTC.
    pub(super) zone: Option<i32>,
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
        let Named { tags, scripts, title, headings, headline, canonical } = Named::of(page);
        let data = jsonld::Data::parse(scripts.iter().map(String::as_str));
        let addresses: Vec<&str> =
            [base.map(Link::as_str), canonical.as_deref(), tags.get(&["og:url"])].into_iter().flatten().collect();
        let titles: Vec<&str> = title.iter().chain(&headings).map(Clean::as_str).collect();
        let found = data.article(jsonld::Here { addresses: &addresses, titles: &titles });
        let article = found.is_some() || tags.get(&["og:type"]).is_some_and(|kind| kind.contains("article"));
        let mut stated = found.unwrap_or_default();
        if stated.published.is_none() {
            stated.page_published = data.page_date();
        }
        let address = |text: &str| resolve(text, base).filter(Link::is_web);
        let lang = attribute(page, "html", "lang")
            .or_else(|| stated.lang.clone())
            .or_else(|| tags.get(&["og:locale", "content-language", "dc.language"]).map(str::to_owned))
            .map(|lang| Clean::new(&lang.to_lowercase().replace('_', "-")))
            .filter(|lang| !lang.is_empty() && lang.as_str().len() <= 35);
        let site = tags
            .get(&["og:site_name"])
            .or(stated.publisher.as_deref())
            .or_else(|| tags.get(&["application-name"]))
            .map(line);
        let when = when::find(page, &stated, &tags, base, lang.as_ref().map(Clean::as_str));
        Self {
            headline: stated
                .headline
                .as_deref()
                .or_else(|| tags.get(&["og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title"]))
                .map(line)
                .or(headline),
            title,
            headings,
            byline: author::find(page, &stated, &tags, site.as_ref().map(Clean::as_str)),
            published: when.map(|(time, _)| time),
            zone: when.and_then(|(_, zone)| zone),
            standfirst: tags
                .get(&["og:description", "description", "twitter:description"])
                .or(stated.description.as_deref())
                .map(line),
            site,
            link: canonical.or_else(|| tags.get(&["og:url"]).map(str::to_owned)).and_then(|text| address(&text)),
            lang,
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
pub(super) fn line(text: &str) -> Clean {
    if text.contains(['<', '&']) { Clean::new(&fragment(text, None).readable_text()) } else { Clean::new(text) }
}

/// What stands in the elements that have a name for it, in one pass over the page.
#[derive(Default)]
struct Named {
    tags: Tags,
    /// The texts of JSON-LD scripts.
    scripts: Vec<String>,
    title: Option<Clean>,
    headings: Vec<Clean>,
    /// The microdata property of this name.
    headline: Option<Clean>,
    canonical: Option<String>,
}

impl Named {
    fn of(page: &Document) -> Self {
        let mut found = Self::default();
        for node in page.root().descendants_it().filter(NodeRef::is_element) {
            let attribute = |name: &str| node.attr(name).map(|value| value.trim().to_owned());
            match &*name(&node) {
                "meta" => found.tags.add(&node),
                // The guard lets no other scripts pass.
                "script" => found.scripts.push(node.text().to_string()),
                "title" if found.title.is_none() => found.title = Some(line(&node.text())),
                "link" if found.canonical.is_none() && attribute("rel").as_deref() == Some("canonical") => {
                    found.canonical = attribute("href").filter(|address| !address.is_empty());
                }
                "h1" if found.headings.len() < HEADINGS => found.headings.push(line(&text(&node))),
                _ => {}
            }
            let is_headline = |property: String| property.split_whitespace().any(|name| name == "headline");
            if found.headline.is_none() && attribute("itemprop").is_some_and(is_headline) {
                let said = node.attr("content").map(|content| line(&content));
                found.headline = Some(said.unwrap_or_else(|| line(&text(&node)))).filter(|text| !text.is_empty());
            }
        }
        found
    }
}

/// The `meta` elements of a page by name, lower-case, the first of each first.
#[derive(Default)]
pub(super) struct Tags(Vec<(String, String)>);

impl Tags {
    fn add(&mut self, node: &NodeRef<'_>) {
        let content = node.attr("content").unwrap_or_default();
        for key in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(name) = node.attr(key).filter(|_| !content.trim().is_empty()) {
                self.0.push((name.trim().to_lowercase(), content.trim().to_owned()));
            }
        }
    }

    /// All that are called `name`, in order.
    pub(super) fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(key, _)| key == name).map(|(_, content)| content.clone()).collect()
    }

    /// The first that has one of `names`, in the order of `names`.
    pub(super) fn get(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.0.iter().find(|(key, _)| key == name)).map(|(_, content)| content.as_str())
    }
}

fn attribute(page: &Document, selector: &str, name: &str) -> Option<String> {
    page.select_single(selector).attr(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}
