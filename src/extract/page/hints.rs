//! What the classes, ids and roles that page makers give to an element say of its purpose.
//!
//! Such names are English on nearly every site, whatever its language. They are hints: [`super::prune`]
//! acts on them only where the shape of the element agrees.

use std::sync::LazyLock;

use dom_query::NodeRef;
use regex::Regex;

/// What an element seems to be for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hint {
    /// Leads to other articles.
    Related,
    /// Lets a reader do something: share, subscribe, comment, pay.
    Tool,
    /// Says who, when and where rather than what.
    About,
    /// What a picture shows.
    Caption,
}

/// Found anywhere in the names.
const PARTS: &[(&str, Hint)] = &[
    ("related", Hint::Related),
    ("recommend", Hint::Related),
    ("recirc", Hint::Related),
    ("readmore", Hint::Related),
    ("read-more", Hint::Related),
    ("read_more", Hint::Related),
    ("readalso", Hint::Related),
    ("read-also", Hint::Related),
    ("read_also", Hint::Related),
    ("readnext", Hint::Related),
    ("read-next", Hint::Related),
    ("see-also", Hint::Related),
    ("seealso", Hint::Related),
    ("also-like", Hint::Related),
    ("you-may", Hint::Related),
    ("more-news", Hint::Related),
    ("more-stories", Hint::Related),
    ("more-from", Hint::Related),
    ("more-on", Hint::Related),
    ("morefrom", Hint::Related),
    ("most-read", Hint::Related),
    ("mostread", Hint::Related),
    ("most-popular", Hint::Related),
    ("mostpopular", Hint::Related),
    ("trending", Hint::Related),
    ("latest-news", Hint::Related),
    ("latestnews", Hint::Related),
    ("other-news", Hint::Related),
    ("similar", Hint::Related),
    ("outbrain", Hint::Related),
    ("taboola", Hint::Related),
    ("mgid", Hint::Related),
    ("zergnet", Hint::Related),
    ("addthis", Hint::Tool),
    ("sharethis", Hint::Tool),
    ("sharedaddy", Hint::Tool),
    ("sharing", Hint::Tool),
    ("social", Hint::Tool),
    ("newsletter", Hint::Tool),
    ("subscri", Hint::Tool),
    ("signup", Hint::Tool),
    ("sign-up", Hint::Tool),
    ("mailchimp", Hint::Tool),
    ("donat", Hint::Tool),
    ("disqus", Hint::Tool),
    ("comment", Hint::Tool),
    ("sponsor", Hint::Tool),
    ("advert", Hint::Tool),
    ("adsbygoogle", Hint::Tool),
    ("consent", Hint::Tool),
    ("cookie", Hint::Tool),
    ("paywall", Hint::Tool),
    ("breadcrumb", Hint::Tool),
    ("follow-us", Hint::Tool),
    ("feedback", Hint::Tool),
    ("copyright", Hint::About),
    ("author-bio", Hint::About),
    ("author_bio", Hint::About),
    ("authorbio", Hint::About),
    ("about-author", Hint::About),
    ("byline", Hint::About),
    ("caption", Hint::Caption),
];

/// Whole words of the names.
const WORDS: &[(&str, Hint)] = &[
    ("share", Hint::Tool),
    ("shares", Hint::Tool),
    ("ad", Hint::Tool),
    ("ads", Hint::Tool),
    ("promo", Hint::Tool),
    ("print", Hint::Tool),
    ("toolbar", Hint::Tool),
    ("login", Hint::Tool),
    ("poll", Hint::Tool),
    ("tags", Hint::About),
    ("taglist", Hint::About),
    ("dateline", Hint::About),
    ("timestamp", Hint::About),
    ("meta", Hint::About),
    ("complementary", Hint::Related),
];

/// Finds any of [`PARTS`] at once: most names have none.
static ANY: LazyLock<Regex> = LazyLock::new(|| {
    let parts: Vec<&str> = PARTS.iter().map(|(part, _)| *part).collect();
    Regex::new(&parts.join("|")).expect("letters, dashes and underscores are a pattern of themselves")
});

/// The hint of an element's class, id, role and label, if they give one.
pub(super) fn hint(node: &NodeRef<'_>) -> Option<Hint> {
    let names = names(node);
    if names.is_empty() {
        return None;
    }
    let part = if ANY.is_match(&names) { PARTS.iter().find(|(part, _)| names.contains(part)) } else { None };
    let word = || {
        let mut words = names.split(|c: char| !c.is_ascii_alphanumeric());
        words.find_map(|word| WORDS.iter().find(|(known, _)| *known == word))
    };
    part.or_else(word).map(|(_, hint)| *hint)
}

/// Whether the [`names`] of an element hold one of `parts`.
pub(super) fn named(names: &str, parts: &[&str]) -> bool {
    !names.is_empty() && parts.iter().any(|part| names.contains(part))
}

/// Class, id, role and component names in one string, lower-case, `camelCase` parted.
pub(super) fn names(node: &NodeRef<'_>) -> String {
    let Some(element) = node.element_ref() else { return String::new() };
    let mut out = String::new();
    for attribute in &element.attrs {
        if !matches!(&*attribute.name.local, "class" | "id" | "role" | "data-component" | "data-testid" | "data-module")
        {
            continue;
        }
        let mut before = ' ';
        for c in attribute.value.chars().take(400) {
            if c.is_ascii_uppercase() && before.is_ascii_lowercase() {
                out.push('-');
            }
            out.push(c.to_ascii_lowercase());
            before = c;
        }
        out.push(' ');
    }
    out
}
