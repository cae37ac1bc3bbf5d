//! `[[site]]`: where the story stands on the pages of a site that Dateline reads badly.

use dom_query::Matcher;
use toml::de::DeValue;

use super::section::{Section, Value};
use crate::model::site::Site;
use crate::text::Link;

/// Reads every `[[site]]`; one that is not whole is complained about and left out.
pub(super) fn read(root: &mut Section<'_, '_>) -> Vec<Site> {
    let mut all = Vec::new();
    root.each_table("site", |mut section| {
        all.extend(one(&mut section));
        section.finish();
    });
    all
}

fn one(section: &mut Section<'_, '_>) -> Option<Site> {
    let host = section.text("host");
    let article = section.value("article").map(|value| selectors(section, "article", value)).unwrap_or_default();
    let remove = section.value("remove").map(|value| selectors(section, "remove", value)).unwrap_or_default();
    let Some(host) = host else {
        section.lacks("host = \"…\", the site's name as in its addresses");
        return None;
    };
    // As an address has it: lower-case, ASCII, without www.
    let plain = !host.get_ref().contains(['/', '@', '?', '#', ':']);
    let Some(link) = Link::parse(&format!("https://{}/", host.get_ref())).filter(|_| plain) else {
        section.bad("host", &host.span(), host.get_ref(), "it is the name of a host, as in example.org".to_owned());
        return None;
    };
    if article.is_empty() && remove.is_empty() {
        section.lacks("article = \"a CSS selector\", or remove = [\"a CSS selector\", …]");
        return None;
    }
    let article = (!article.is_empty()).then(|| article.join(", "));
    Some(Site { host: link.host().to_owned(), article, remove })
}

/// One selector or a list of them; those that cannot be read are complained about and left out.
fn selectors<'t>(section: &mut Section<'_, 't>, name: &str, value: &Value<'t>) -> Vec<String> {
    let list: Vec<&Value<'t>> = match value.get_ref() {
        DeValue::String(_) => vec![value],
        DeValue::Array(list) => list.iter().collect(),
        _ => Vec::new(),
    };
    if list.is_empty() {
        section.wrong_type(name, value, "a CSS selector in quotes, or a list of them");
    }
    let mut all = Vec::new();
    for one in list {
        match one.get_ref().as_str() {
            Some(text) if Matcher::new(text).is_ok() => all.push(text.to_owned()),
            Some(text) => {
                let hint = "it is a CSS selector, as in div.story or #content".to_owned();
                section.bad(name, &one.span(), text, hint);
            }
            None => section.wrong_type(name, one, "a CSS selector in quotes"),
        }
    }
    all
}
