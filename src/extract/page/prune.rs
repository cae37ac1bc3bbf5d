//! Page debris taken out of a page, by shape first and names second: share bars, runs of links to
//! other articles, newsletter boxes, captions without pictures. The headlines among it are kept as
//! related.

use std::collections::{HashMap, HashSet};

use dom_query::{Document, NodeId, NodeRef};

use super::hints::{Hint, hint};
use super::survey::{Holds, name, survey, text};
use crate::extract::RelatedHeadline;
use crate::text::fold::fold;
use crate::text::{Clean, Link};

/// The most related headlines taken from a page.
const MOST: usize = 40;

/// The fewest characters, white space aside, that the links of a list of headlines have in the mean.
const HEADLINE: usize = 18;

/// The fewest words of a link that is a headline; in scripts without spaces, its letters by four.
const WORDS: usize = 4;

/// The headlines of other stories on a page: those in boxes whose names say so, and in runs of links
/// to stories. Nothing is taken out.
pub(super) fn elsewhere(tree: &Document, holds: &HashMap<NodeId, Holds>, base: Option<&Link>) -> Vec<RelatedHeadline> {
    let root = tree.root();
    let mut related = Related::new(base);
    walk(root, |node| {
        let Some(held) = holds.get(&node.id) else { return false };
        let run = held.links >= 3
            && held.prose == 0
            && held.link_share() > 0.66
            && held.text > 20 * held.links
            && !matches!(&*name(node), "nav" | "header" | "footer");
        let boxed = held.links > 0
            && held.prose <= held.links
            && (held.link_share() > 0.3 || held.prose == 0)
            && hint(node) == Some(Hint::Related);
        if run || boxed {
            related.take(node);
        }
        false
    });
    related.found
}

/// Takes what is not of the story out of the element that holds it, in place. Returns the headlines
/// among it.
pub(super) fn prune(tree: &Document, base: Option<&Link>) -> Vec<RelatedHeadline> {
    let root = tree.root();
    let holds = survey(root);
    let whole = holds.get(&root.id).copied().unwrap_or_default();
    // A page that is itself a list of links (a digest, a press review) is left as it is.
    if whole.link_share() > 0.5 {
        return Vec::new();
    }
    let digest = linked_paragraphs(root, &holds) * 3 > whole.prose.max(1) * 2 + 3;
    let mut related = Related::new(base);
    let seen = Seen { whole, digest, host: base.map(Link::host) };
    walk(root, |node| {
        let Some(held) = holds.get(&node.id) else { return false };
        let Some(verdict) = seen.judge(node, held) else { return false };
        if verdict == Verdict::Related {
            related.take(node);
        }
        true
    });
    drop_empty_headings(root);
    related.found
}

/// What is known of the whole while its parts are judged.
struct Seen<'b> {
    whole: Holds,
    /// The page consists of paragraphs that are links.
    digest: bool,
    /// The page's own host: other stories of a site stand on it.
    host: Option<&'b str>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Related,
    Debris,
}

impl Seen<'_> {
    /// Whether an element goes, and what it is.
    fn judge(&self, node: &NodeRef<'_>, held: &Holds) -> Option<Verdict> {
        let name = name(node);
        let block = matches!(
            &*name,
            "div"
                | "section"
                | "aside"
                | "ul"
                | "ol"
                | "p"
                | "table"
                | "nav"
                | "footer"
                | "header"
                | "figure"
                | "blockquote"
                | "li"
                | "h2"
                | "h3"
                | "h4"
                | "h5"
                | "span"
                | "figcaption"
                | "dl"
                | "article"
                | "address"
        );
        if !block || held.text * 3 > self.whole.text {
            return None;
        }
        let mostly_links = held.links > 0 && held.link_share() > 0.66;
        match hint(node) {
            Some(Hint::Related) if held.prose <= 1 && (mostly_links || held.prose == 0) => {
                return Some(Verdict::Related);
            }
            Some(Hint::Tool) if held.prose <= 1 && held.text < 600 => return Some(Verdict::Debris),
            Some(Hint::About) if held.prose == 0 && held.text < 300 => return Some(Verdict::Debris),
            Some(Hint::Caption) if held.media == 0 && held.prose == 0 && !in_figure(node) && name != "figcaption" => {
                return Some(Verdict::Debris);
            }
            _ => {}
        }
        let plain = held.text - held.linked;
        match &*name {
            // A list or box of links, with hardly a word around them.
            "ul" | "ol" | "div" | "section" | "aside" | "table" | "dl" if held.links >= 2 && mostly_links => {
                let headlines = held.linked >= HEADLINE * held.links && self.near(node);
                (held.prose == 0 && plain < 40 * held.links && held.media <= held.links && headlines)
                    .then_some(Verdict::Related)
            }
            "nav" => Some(Verdict::Debris),
            // `Read also: …`, a paragraph of its own that is a link.
            "p" | "h2" | "h3" | "h4" | "h5" | "div" | "blockquote"
                if held.links >= 1 && held.link_share() > 0.6 && held.text < 160 && plain < 30 && !self.digest =>
            {
                let words = text(node).split_whitespace().count();
                (words >= WORDS && held.media == 0 && ends_open(&text(node)) && self.near(node))
                    .then_some(Verdict::Related)
            }
            _ => None,
        }
    }
}

impl Seen<'_> {
    /// Whether most links below `node` stay on the page's own site and do not lead within the page.
    fn near(&self, node: &NodeRef<'_>) -> bool {
        let (mut near, mut all) = (0, 0);
        walk_from(*node, |node| {
            if name(node) == "a" {
                let href = node.attr("href").unwrap_or_default();
                let href = href.trim();
                let away = href.starts_with("http") || href.starts_with("//");
                let host = href.split("//").nth(1).and_then(|rest| rest.split(['/', '?', '#']).next());
                let own = !away || host.is_none_or(|host| self.host.is_none_or(|own| same_site(own, host)));
                near += usize::from(own && !href.starts_with('#') && !href.starts_with("mailto:"));
                all += 1;
            }
        });
        near * 2 > all
    }
}

/// Whether two hosts are of one site: their last two names are the same.
fn same_site(one: &str, other: &str) -> bool {
    let end = |host: &str| host.rsplit('.').take(2).map(str::to_ascii_lowercase).collect::<Vec<_>>();
    end(one) == end(other)
}

fn ends_open(text: &str) -> bool {
    !text.trim_end_matches(['"', '”', '»', '’', ')']).ends_with(['.', '。', '।', '۔'])
}

fn in_figure(node: &NodeRef<'_>) -> bool {
    node.ancestors_it(Some(4)).any(|above| above.has_name("figure") || above.has_name("table"))
}

/// Paragraphs that are links and nothing else.
fn linked_paragraphs(root: NodeRef<'_>, holds: &HashMap<NodeId, Holds>) -> usize {
    let mut count = 0;
    walk(root, |node| {
        let linked = holds.get(&node.id).is_some_and(|held| held.links > 0 && held.link_share() > 0.8);
        count += usize::from(linked && matches!(&*name(node), "p" | "li"));
        false
    });
    count
}

/// Headings behind which nothing is left before the next heading of their rank or the end.
fn drop_empty_headings(root: NodeRef<'_>) {
    let mut last: Vec<NodeRef<'_>> = Vec::new();
    let mut empty: Vec<NodeRef<'_>> = Vec::new();
    walk(root, |node| {
        let tag = name(node);
        if matches!(&*tag, "h2" | "h3" | "h4" | "h5" | "h6") {
            last.push(*node);
        } else if node.first_child().is_none_or(|child| child.is_text()) && (tag == "img" || !text(node).is_empty()) {
            let inside = node.ancestors_it(Some(3)).any(|above| last.iter().any(|heading| heading.id == above.id));
            if !inside {
                last.clear();
            }
        }
        false
    });
    empty.append(&mut last);
    // The last heading may be followed by text that stands in no element of its own.
    for heading in empty {
        let text_follows =
            std::iter::successors(heading.next_sibling(), NodeRef::next_sibling).any(|next| !text(&next).is_empty());
        if !text_follows {
            heading.remove_from_parent();
        }
    }
}

/// Headline-like links on a whole page, in order and without repeats.
pub(super) fn headlines(tree: &Document, base: Option<&Link>) -> Vec<RelatedHeadline> {
    let mut related = Related::new(base);
    related.most = 200;
    related.take(&tree.root());
    related.found
}

/// Visits `root` and all below it in order; where `remove` says so, the element is taken out.
fn walk<'a>(root: NodeRef<'a>, mut remove: impl FnMut(&NodeRef<'a>) -> bool) {
    let mut next = root.first_child();
    while let Some(node) = next {
        let after = |node: &NodeRef<'a>| {
            let mut at = *node;
            loop {
                if let Some(sibling) = at.next_sibling() {
                    return Some(sibling);
                }
                at = at.parent().filter(|parent| parent.id != root.id)?;
            }
        };
        if node.is_element() && remove(&node) {
            next = after(&node);
            node.remove_from_parent();
        } else {
            next = node.first_child().or_else(|| after(&node));
        }
    }
}

/// Visits `node` itself and all below it in order.
fn walk_from<'a>(node: NodeRef<'a>, mut visit: impl FnMut(&NodeRef<'a>)) {
    visit(&node);
    walk(node, |below| {
        visit(below);
        false
    });
}

/// Headlines as they are found.
struct Related<'b> {
    base: Option<&'b Link>,
    found: Vec<RelatedHeadline>,
    seen: HashSet<String>,
    most: usize,
}

impl<'b> Related<'b> {
    fn new(base: Option<&'b Link>) -> Self {
        Self { base, found: Vec::new(), seen: HashSet::new(), most: MOST }
    }

    /// Takes the links below `node` that read like headlines and lead to pages.
    fn take(&mut self, node: &NodeRef<'_>) {
        if self.found.len() >= self.most {
            return;
        }
        walk_from(*node, |node| {
            if self.found.len() < self.most && name(node) == "a" {
                self.link(node);
            }
        });
    }

    fn link(&mut self, node: &NodeRef<'_>) {
        let words = text(node);
        let unspaced = words.chars().filter(|c| matches!(*c, '\u{3040}'..='\u{9fff}' | '\u{e00}'..='\u{eff}')).count();
        if words.split_whitespace().count().max(unspaced / 4) < WORDS || words.chars().count() > 250 {
            return;
        }
        let address = node.attr("href").unwrap_or_default();
        let link = match self.base {
            Some(base) => base.join(&address),
            None => Link::parse(&address),
        };
        let title = Clean::new(&words);
        if !title.is_empty() && self.seen.insert(fold(title.as_str())) {
            self.found
                .push(RelatedHeadline { title, link: link.filter(Link::is_web).map(|link| link.without_tracking()) });
        }
    }
}
