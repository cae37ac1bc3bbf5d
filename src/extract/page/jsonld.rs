//! What a page says of its article in JSON-LD (schema.org `Article` and its kinds).

use serde_json::Value;

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

/// Reads the scripts of a page; the first article with a headline is taken.
pub(super) fn read<'s>(scripts: impl IntoIterator<Item = &'s str>) -> Option<Stated> {
    scripts.into_iter().filter_map(parse).find_map(|value| find(&value, is_article).map(stated))
}

/// When a page that states no article was published.
pub(super) fn page_date<'s>(scripts: impl IntoIterator<Item = &'s str>) -> Option<String> {
    let dated = |value: &Value| text(value, "datePublished").is_some();
    scripts.into_iter().filter_map(parse).find_map(|value| text(find(&value, dated)?, "datePublished"))
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

/// The first named object for which `wanted` says yes, in `@graph` and all other places.
fn find(value: &Value, wanted: impl Fn(&Value) -> bool) -> Option<&Value> {
    let mut waiting = vec![value];
    let mut looked = 0;
    while let Some(value) = waiting.pop() {
        looked += 1;
        if looked > MOST {
            return None;
        }
        match value {
            Value::Array(list) => waiting.extend(list.iter().rev()),
            Value::Object(object) => {
                if wanted(value) && text(value, "headline").or_else(|| text(value, "name")).is_some() {
                    return Some(value);
                }
                waiting.extend(object.values().rev().filter(|value| value.is_object() || value.is_array()));
            }
            _ => {}
        }
    }
    None
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

fn stated(value: &Value) -> Stated {
    let paid = match value.get("isAccessibleForFree") {
        Some(Value::Bool(free)) => !free,
        Some(Value::String(free)) => free.eq_ignore_ascii_case("false"),
        _ => false,
    };
    let mut authors = Vec::new();
    for key in ["author", "creator"] {
        if authors.is_empty() {
            names(value.get(key), &mut authors);
        }
    }
    Stated {
        headline: text(value, "headline").or_else(|| text(value, "name")),
        authors,
        published: text(value, "datePublished").or_else(|| text(value, "dateCreated")),
        page_published: None,
        description: text(value, "description"),
        image: first(value.get("image"), "url").or_else(|| text(value, "thumbnailUrl")),
        publisher: first(value.get("publisher"), "name"),
        lang: first(value.get("inLanguage"), "alternateName"),
        body: text(value, "articleBody"),
        paid,
    }
}

fn text(value: &Value, key: &str) -> Option<String> {
    value.get(key)?.as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
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

/// The names of one or several people.
fn names(value: Option<&Value>, out: &mut Vec<String>) {
    match value {
        Some(Value::String(name)) => out.push(name.clone()),
        Some(Value::Array(list)) => {
            for one in list.iter().take(20) {
                if let Some(name) = one.as_str().map(str::to_owned).or_else(|| text(one, "name")) {
                    out.push(name);
                }
            }
        }
        Some(object) => out.extend(text(object, "name")),
        None => {}
    }
    out.retain(|name| !name.trim().is_empty());
}

#[cfg(test)]
mod tests {
    use super::*;

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
