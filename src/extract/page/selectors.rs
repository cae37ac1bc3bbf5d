//! The selectors that a person has given for a site, applied to its page. Those that cannot be read
//! are passed over: the settings say so where they stand.

use dom_query::{Document, Matcher};

use crate::model::site::Site;

/// Takes the elements that are no part of the story out of `page`.
pub(super) fn remove(site: &Site, page: &Document) {
    for selector in &site.remove {
        if let Ok(matcher) = Matcher::new(selector) {
            page.select_matcher(&matcher).remove();
        }
    }
}

/// The elements that hold the story, as a document of their own; `None` where nothing was said or the
/// page has no such element.
pub(super) fn article(site: &Site, page: &Document) -> Option<Document> {
    let found = page.select_matcher(&Matcher::new(site.article.as_deref()?).ok()?);
    let mut html = String::new();
    for node in found.nodes() {
        // One within another is there already.
        if !node.ancestors_it(None).any(|above| found.nodes().iter().any(|other| other.id == above.id)) {
            html.push_str(&node.html());
        }
    }
    (!html.is_empty()).then(|| Document::fragment(html))
}
