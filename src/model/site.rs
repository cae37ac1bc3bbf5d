//! What a person has said of a site whose pages come out badly: where its story is, and what in it
//! is none.

use crate::text::Link;

/// The pages of a host, and the CSS selectors for them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// The host, as [`Link::host`] names it; hosts below it are meant as well.
    pub host: String,
    /// The elements that hold the story, instead of those that Dateline would find.
    pub article: Option<String>,
    /// Elements that are no part of it.
    pub remove: Vec<String>,
}

impl Site {
    /// Whether `page` is one of the site's.
    #[must_use]
    pub fn is_of(&self, page: &Link) -> bool {
        let host = page.host();
        host == self.host || host.strip_suffix(self.host.as_str()).is_some_and(|above| above.ends_with('.'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_below_are_meant_as_well() {
        let site = Site { host: "lakepost.example".to_owned(), ..Site::default() };
        let is_of = |page: &str| site.is_of(&Link::parse(page).unwrap());
        assert!(
            is_of("https://lakepost.example/a")
                && is_of("https://www.lakepost.example/")
                && is_of("https://news.lakepost.example/")
        );
        assert!(!is_of("https://notlakepost.example/") && !is_of("https://example/"));
    }
}
