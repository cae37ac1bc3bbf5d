//! What a page says of its article in JSON-LD (schema.org `Article` and its kinds).

use std::collections::HashMap;

use serde_json::Value;

use super::title::key;

/// An article as JSON-LD states it: texts as they stand there.
#[derive(Clone, Debug, Default)]
pub(super) struct Stated {
    pub(super) headline: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) published: Option<String>,
    /// The date of the page, where no article states one.
    pub(super) page_published: Option<String>,
    pub(super) description: Option<String>,
    pub(super) image: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) lang: Option<String>,
    pub(super) body: Option<String>,
    /// `isAccessibleForFree` is false.
    pub(super) paid: bool,
}

/// The most values that are looked at in one page's data.
const MOST: usize = 100_000;

/// The most articles that are compared with the page, and people named by one of them.
const MOST_ARTICLES: usize = 200;
const MOST_PEOPLE: usize = 20;

/// How deep lists within lists of people are followed.
const DEEP: usize = 4;

/// What a page is, for telling its own article from those that it only lists.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Here<'p> {
    /// Where it says it stands, or was fetched.
    pub(super) addresses: &'p [&'p str],
    /// What it calls itself: title and headings.
    pub(super) titles: &'p [&'p str],
}

/// The data of a page's scripts.
#[derive(Debug)]
pub(super) struct Data(Vec<Value>);

impl Data {
    /// Parses the scripts of a page; those that are no JSON are passed over.
    pub(super) fn parse<'s>(scripts: impl IntoIterator<Item = &'s str>) -> Self {
        Self(scripts.into_iter().filter_map(parse).collect())
    }

    /// The article of the page: of those that have a headline, the one that stands at its address, else
    /// one that has its headline, else the first.
    pub(super) fn article(&self, here: Here<'_>) -> Option<Stated> {
        let mut articles = Vec::new();
        self.visit(|value| {
            if is_article(value) && title(value).is_some() {
                articles.push(value);
            }
            articles.len() < MOST_ARTICLES
        });
        // The last of the greatest, looked at from behind: the first.
        let best = articles.iter().rev().max_by_key(|article| fits(article, here))?;
        Some(stated(best, &self.named()))
    }

    /// When a page that states no article was published.
    pub(super) fn page_date(&self) -> Option<String> {
        let mut found = None;
        self.visit(|value| {
            found = text(value, "datePublished").filter(|_| title(value).is_some());
            found.is_none()
        });
        found
    }

    /// What has an identity of its own and a name: others refer to it by that.
    fn named(&self) -> HashMap<&str, &Value> {
        let mut named = HashMap::new();
        self.visit(|value| {
            if let Some(id) = value.get("@id").and_then(Value::as_str).filter(|_| value.get("name").is_some()) {
                named.entry(id).or_insert(value);
            }
            true
        });
        named
    }

    /// Shows every object, in `@graph` and all other places, in the order in which they are written,
    /// until `look` has seen enough.
    fn visit<'v>(&'v self, mut look: impl FnMut(&'v Value) -> bool) {
        let mut waiting: Vec<&Value> = self.0.iter().rev().collect();
        for _ in 0..MOST {
            match waiting.pop() {
                None => return,
                Some(Value::Array(list)) => waiting.extend(list.iter().rev()),
                Some(value @ Value::Object(object)) => {
                    if !look(value) {
                        return;
                    }
                    waiting.extend(object.values().rev().filter(|value| value.is_object() || value.is_array()));
                }
                Some(_) => {}
            }
        }
    }
}

/// Parses one script, with what sites wrap around and leave inside JSON taken off.
fn parse(script: &str) -> Option<Value> {
    let script = script.trim().trim_start_matches("<!--").trim_end_matches("-->").trim();
    let script = script.trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[").trim();
    let script = script.trim_end_matches("]]>").trim_end_matches("//").trim_end_matches(';').trim();
    serde_json::from_str(script).ok().or_else(|| {
        // Line breaks within strings are the commonest fault; as white space they do no harm.
        let plain: String = script.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&plain).ok()
    })
}

fn title(value: &Value) -> Option<String> {
    text(value, "headline").or_else(|| text(value, "name"))
}

/// How well an article fits the page.
fn fits(article: &Value, here: Here<'_>) -> u8 {
    let places = [article.get("url"), article.get("mainEntityOfPage"), article.get("@id")];
    let at = |value: &Value| {
        let place = value.as_str().or_else(|| value.get("@id")?.as_str()).or_else(|| value.get("url")?.as_str());
        place.is_some_and(|place| here.addresses.iter().any(|address| same_place(place, address)))
    };
    if places.into_iter().flatten().any(at) {
        return 2;
    }
    let said = title(article).map(|title| key(&title)).unwrap_or_default();
    let alike = |title: &&str| {
        let title = key(title);
        !said.is_empty() && (title.contains(&said) || (title.len() > 20 && said.contains(&title)))
    };
    u8::from(here.titles.iter().any(alike))
}

/// Whether two addresses are of the same page: scheme, fragment, a last slash and what follows people
/// around do not matter.
fn same_place(one: &str, other: &str) -> bool {
    let bare = |address: &str| {
        let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
        let rest = rest.split(['#', '?']).next().unwrap_or(rest);
        rest.trim_start_matches("www.").trim_end_matches('/').to_owned()
    };
    let (one, other) = (bare(one), bare(other));
    // The front page is where every article of a site is.
    one == other && one.contains('/')
}

fn is_article(value: &Value) -> bool {
    let kind =
        |kind: &str| kind.ends_with("Article") || kind.ends_with("BlogPosting") || kind == "Report" || kind == "Review";
    match value.get("@type") {
        Some(Value::String(name)) => kind(name),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).any(kind),
        _ => false,
    }
}

fn stated(value: &Value, named: &HashMap<&str, &Value>) -> Stated {
    let paid = match value.get("isAccessibleForFree") {
        Some(Value::Bool(free)) => !free,
        Some(Value::String(free)) => free.eq_ignore_ascii_case("false"),
        _ => false,
    };
    let mut authors = Vec::new();
    for key in ["author", "creator"] {
        if authors.is_empty() {
            people(value.get(key), named, DEEP, &mut authors);
        }
    }
    let mut publishers = Vec::new();
    people(value.get("publisher"), named, DEEP, &mut publishers);
    Stated {
        headline: title(value),
        authors,
        published: text(value, "datePublished").or_else(|| text(value, "dateCreated")),
        page_published: None,
        description: text(value, "description"),
        image: first(value.get("image"), "url").or_else(|| text(value, "thumbnailUrl")),
        publisher: publishers.into_iter().next(),
        lang: first(value.get("inLanguage"), "alternateName"),
        body: text(value, "articleBody"),
        paid,
    }
}

/// A text under a key, be it plain, in a list or an object of its own.
fn text(value: &Value, key: &str) -> Option<String> {
    let said = match value.get(key)? {
        Value::Array(list) => list.first()?,
        said => said,
    };
    let said = said.as_str().or_else(|| said.get("@value")?.as_str())?;
    Some(said.trim()).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// A text, the `key` of an object, or that of the first of a list.
fn first(value: Option<&Value>, key: &str) -> Option<String> {
    match value? {
        Value::String(text) => Some(text.clone()),
        Value::Array(list) => match list.first()? {
            Value::String(text) => Some(text.clone()),
            object => text(object, key),
        },
        object => text(object, key),
    }
}

/// The names of one or several people, written out, in lists, or referred to by their identity.
fn people(value: Option<&Value>, named: &HashMap<&str, &Value>, deep: usize, out: &mut Vec<String>) {
    let Some(value) = value.filter(|_| deep > 0 && out.len() < MOST_PEOPLE) else { return };
    match value {
        Value::String(name) => out.extend(Some(name.trim()).filter(|name| !name.is_empty()).map(str::to_owned)),
        Value::Array(list) => list.iter().for_each(|one| people(Some(one), named, deep - 1, out)),
        Value::Object(one) => {
            let parts = [text(value, "givenName"), text(value, "familyName")];
            if let Some(name) = one.get("name") {
                people(Some(name), named, deep - 1, out);
            } else if let Some(name) = text(value, "@value") {
                out.push(name);
            } else if let Some(list) = one.get("@list").or_else(|| one.get("@set")) {
                people(Some(list), named, deep - 1, out);
            } else if let [Some(given), Some(family)] = parts {
                out.push(format!("{given} {family}"));
            } else if let Some(known) = one.get("@id").and_then(Value::as_str).and_then(|id| named.get(id)) {
                people(known.get("name"), named, deep - 1, out);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<'s>(scripts: impl IntoIterator<Item = &'s str>) -> Option<Stated> {
        Data::parse(scripts).article(Here::default())
    }

    #[test]
    fn the_article_of_the_page_is_told_from_those_it_lists() {
        let list = r#"{"@graph":[{"@type":"NewsArticle","headline":"Bridge closed","url":"https://lake.example/news/1"},
            {"@type":"NewsArticle","headline":"Ferry sold","mainEntityOfPage":{"@id":"https://www.lake.example/news/2/#main"}},
            {"@type":"Article","headline":"Lamp stolen"}]}"#;
        let data = Data::parse([list]);
        let chosen =
            |addresses: &[&str], titles: &[&str]| data.article(Here { addresses, titles }).unwrap().headline.unwrap();
        assert_eq!(chosen(&["http://lake.example/news/2"], &["Bridge closed"]), "Ferry sold");
        assert_eq!(chosen(&["http://lake.example/news/9"], &["Lamp stolen | Lake Post"]), "Lamp stolen");
        assert_eq!(chosen(&[], &[]), "Bridge closed");
    }

    #[test]
    fn people_are_named_in_many_ways() {
        for (author, expected) in [
            (r##"{"@id":"https://a.example/#ann"}"##, &["Ann Lee"][..]),
            (
                r##"[{"@id":"#gone"},{"@id":"https://a.example/#ann"},{"@type":"Person","name":["Bo Ek"]}]"##,
                &["Ann Lee", "Bo Ek"],
            ),
            (r#"{"@list":[{"name":"Bo Ek"},"Cy Fox"]}"#, &["Bo Ek", "Cy Fox"]),
            (r#"{"givenName":"Bo","familyName":"Ek"}"#, &["Bo Ek"]),
            (r#"{"name":{"@value":"Bo Ek"}}"#, &["Bo Ek"]),
            (r#"[[["Bo Ek"]]]"#, &["Bo Ek"]),
            ("7", &[]),
        ] {
            let graph = format!(
                r##"{{"@graph":[{{"@type":"Article","headline":"X","author":{author},"publisher":{{"@id":"#us"}}}},
                {{"@type":"Person","@id":"https://a.example/#ann","name":"Ann Lee"}},{{"@id":"#us","name":"Lake Post"}}]}}"##
            );
            let found = read([&*graph]).unwrap();
            assert_eq!(found.authors, expected, "{author}");
            assert_eq!(found.publisher.as_deref(), Some("Lake Post"));
        }
    }

    #[test]
    fn articles_are_found_wherever_they_stand() {
        let graph = r#"{"@context":"https://schema.org","@graph":[{"@type":"WebPage","name":"x"},
            {"@type":["NewsArticle","Thing"],"headline":"Ferry sold","author":[{"@type":"Person","name":"Ann Lee"},"Bo Ek"],
             "datePublished":"2024-05-03","image":[{"url":"/i.jpg"}],"publisher":{"name":"Lake Post"},"isAccessibleForFree":"False"}]}"#;
        let found = read([graph]).unwrap();
        assert_eq!(found.headline.as_deref(), Some("Ferry sold"));
        assert_eq!(found.authors, ["Ann Lee", "Bo Ek"]);
        assert_eq!((found.image.as_deref(), found.publisher.as_deref()), (Some("/i.jpg"), Some("Lake Post")));
        assert!(found.paid);
    }

    #[test]
    fn faults_are_forgiven() {
        let broken = "<!-- {\"@type\":\"Article\",\"headline\":\"Two\nlines\"}; -->";
        assert_eq!(read([broken]).unwrap().headline.as_deref(), Some("Two lines"));
        assert!(read(["{", "[]", "\"x\"", "{\"@type\":\"Recipe\",\"name\":\"Soup\"}"]).is_none());
        assert!(read([&*"[".repeat(100_000)]).is_none());
    }
}
