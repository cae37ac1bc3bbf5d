//! What a person has said of a site whose pages come out badly: where its story is, and what in it
//! is none.

use dom_query::{Document, Matcher};

/// CSS selectors for the pages of one site. Those that cannot be read are passed over; whoever takes
/// them in asks [`Selectors::is_valid`] first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selectors {
    /// The element that holds the story, instead of the one that Dateline would find.
    pub article: Option<String>,
    /// Elements that are no part of it.
    pub remove: Vec<String>,
}

impl Selectors {
    /// Whether `selector` is one that can be read.
    #[must_use]
    pub fn is_valid(selector: &str) -> bool {
        Matcher::new(selector).is_ok()
    }

    /// Takes the elements that are no part of the story out of `page`.
    pub(super) fn remove_from(&self, page: &Document) {
        for selector in &self.remove {
            if let Ok(matcher) = Matcher::new(selector) {
                page.select_matcher(&matcher).remove();
            }
        }
    }

    /// The elements that hold the story, as a document of their own; `None` where nothing was said or
    /// the page has no such element.
    pub(super) fn article(&self, page: &Document) -> Option<Document> {
        let found = page.select_matcher(&Matcher::new(self.article.as_deref()?).ok()?);
        let mut html = String::new();
        for node in found.nodes() {
            // One within another is there already.
            if node.ancestors_it(None).any(|above| found.nodes().iter().any(|other| other.id == above.id)) {
                continue;
            }
            html.push_str(&node.html());
        }
        (!html.is_empty()).then(|| Document::fragment(html))
    }
}
