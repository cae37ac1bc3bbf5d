//! The story's first paragraph where it stands beside the element that holds the rest: set in an
//! element of its own, as many sites do. What the page says of itself for others (its description)
//! is often the beginning of that paragraph, which tells it from all else on the page. A description
//! that is a paragraph in full is a standfirst, which an article has a place for.

use dom_query::{Document as Tree, NodeRef};

use super::survey::{name, text};
use super::title::key;
use crate::model::{Block, Document, Inline};
use crate::text::Clean;

/// Letters of the description that the paragraph must begin with.
const SAME: usize = 40;

/// A paragraph has at most so many characters; a larger element holds more than the lead.
const LONGEST: usize = 1200;

/// The blocks of a story that are looked at for the paragraph: it may stand behind a picture.
const HEAD: usize = 4;

/// The first text on the page that begins as its `description` does, goes on where that ends, and is
/// no link. Linear.
pub(super) fn find(page: &Tree, description: &str) -> Option<Clean> {
    let said = start(description)?;
    let mut found = None;
    for node in page.root().descendants_it().filter(NodeRef::is_element) {
        let block =
            matches!(&*name(&node), "p" | "div" | "h2" | "h3" | "h4" | "section" | "strong" | "span" | "header");
        if !block || found.is_some() && !is_within(&node, found.as_ref()) {
            continue;
        }
        let first = node.descendants_it().find(|below| below.is_text() && !below.text().trim().is_empty());
        let Some(first) = first.map(|first| key(&first.text())).filter(|first| !first.is_empty()) else { continue };
        // The first words tell most elements apart without reading all of each.
        if !said.starts_with(&first) && !first.starts_with(&said) {
            continue;
        }
        let words = text(&node);
        let linked = node.ancestors_it(None).any(|above| above.has_name("a"));
        if words.chars().count() <= LONGEST && key(&words).starts_with(&said) && !linked {
            found = Some((node, words));
        }
    }
    let whole = key(description).len();
    let (_, words) = found?;
    let goes_on = key(&words).len() * 5 > whole * 6;
    goes_on.then(|| Clean::new(&words)).filter(|words| !words.is_empty())
}

/// Whether `node` is below the one found: the innermost element is the paragraph alone.
fn is_within(node: &NodeRef<'_>, found: Option<&(NodeRef<'_>, String)>) -> bool {
    found.is_some_and(|(outer, _)| node.ancestors_it(None).any(|above| above.id == outer.id))
}

/// Sets `lead` before the story, if the story goes on without it.
pub(super) fn restore(document: &mut Document, lead: Clean) {
    let Some(said) = start(lead.as_str()) else { return };
    let mut words = String::new();
    for block in document.blocks.iter().take(HEAD) {
        words.push_str(&key(&Document { blocks: vec![block.clone()] }.plain_text()));
    }
    let whole: Vec<char> = key(lead.as_str()).chars().collect();
    let end: String = whole[whole.len().saturating_sub(SAME)..].iter().collect();
    let there = words.contains(&said)
        || words.contains(&end)
        || document.blocks.iter().skip(HEAD).any(|block| says(block, &said));
    if !there && !document.is_empty() {
        document.blocks.insert(0, Block::Paragraph(vec![Inline::Text(lead)]));
    }
}

fn says(block: &Block, said: &str) -> bool {
    match block {
        Block::Paragraph(line) | Block::Heading { text: line, .. } => {
            let mut words = String::new();
            crate::model::document::inlines_text(line, &mut words);
            key(&words).starts_with(said)
        }
        _ => false,
    }
}

/// The first letters of a text; `None` where it has too few to be told from others.
fn start(text: &str) -> Option<String> {
    let start: String = key(text).chars().take(SAME).collect();
    (start.chars().count() == SAME).then_some(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<body><a href=/x><p>The town council sold its old ferry on Tuesday evening.</p></a>
        <div class=intro><p>The town council sold its old ferry on Tuesday evening. Nobody asked why.</p></div>
        <p>Another paragraph.</p></body>";

    #[test]
    fn a_lead_beside_the_story_is_found_and_set_before_it() {
        let lead = find(&Tree::from(PAGE), "The town council sold its old ferry on Tuesday even…");
        let lead = lead.unwrap();
        assert_eq!(lead.as_str(), "The town council sold its old ferry on Tuesday evening. Nobody asked why.");
        let mut story = Document::from_paragraphs(["The mayor was not there."]);
        restore(&mut story, lead.clone());
        assert_eq!(story.blocks.len(), 2);
        restore(&mut story, lead);
        assert_eq!(story.blocks.len(), 2, "once is enough");
    }

    #[test]
    fn a_description_in_other_words_finds_nothing() {
        assert_eq!(find(&Tree::from(PAGE), "All that happened when the ferry was sold by the council"), None);
        assert_eq!(find(&Tree::from(PAGE), "Short"), None);
        let whole = "The town council sold its old ferry on Tuesday evening. Nobody asked why.";
        assert_eq!(find(&Tree::from(PAGE), whole), None, "a standfirst");
    }
}
