//! How much text, how many links and how much prose each element of a page holds: one pass, with a
//! stack of its own.

use std::collections::HashMap;

use dom_query::{NodeData, NodeId, NodeRef};

/// Prose is a run of text in one block, links not counted, of at least so many characters.
const PROSE: usize = 80;

/// What an element and all below it holds. Characters are counted without white space.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Holds {
    /// Characters of text.
    pub(super) text: usize,
    /// Characters of text within links.
    pub(super) linked: usize,
    /// Links with text.
    pub(super) links: usize,
    /// Blocks of prose.
    pub(super) prose: usize,
    /// Pictures, films and the like.
    pub(super) media: usize,
}

impl Holds {
    /// The share of text that is links, 0 to 1; 0 where there is no text.
    pub(super) fn link_share(&self) -> f32 {
        if self.text == 0 { 0.0 } else { self.linked as f32 / self.text as f32 }
    }

    fn add(&mut self, other: &Self) {
        self.text += other.text;
        self.linked += other.linked;
        self.links += other.links;
        self.prose += other.prose;
        self.media += other.media;
    }
}

/// What every element below `root` holds, and `root` itself. Linear.
pub(super) fn survey(root: NodeRef<'_>) -> HashMap<NodeId, Holds> {
    let mut all = HashMap::new();
    let mut open = vec![Open::new(root, false)];
    while let Some(top) = open.last_mut() {
        if let Some(child) = top.next {
            top.next = child.next_sibling();
            if child.is_text() {
                let count = characters(&child);
                top.holds.text += count;
                top.line += count;
                if top.in_link {
                    top.holds.linked += count;
                    top.line_linked += count;
                }
            } else if !is_mute(&child) {
                let in_link = top.in_link;
                open.push(Open::new(child, in_link));
            }
            continue;
        }
        let Some(mut done) = open.pop() else { break };
        let inline = done.finish();
        all.insert(done.node.id, done.holds);
        if let Some(parent) = open.last_mut() {
            parent.holds.add(&done.holds);
            if inline {
                parent.line += done.line;
                parent.line_linked += done.line_linked;
            }
        }
    }
    all
}

/// An element that is being looked at.
struct Open<'a> {
    node: NodeRef<'a>,
    next: Option<NodeRef<'a>>,
    name: String,
    in_link: bool,
    holds: Holds,
    /// Characters of the running line of this block.
    line: usize,
    line_linked: usize,
}

impl<'a> Open<'a> {
    fn new(node: NodeRef<'a>, in_link: bool) -> Self {
        let name = name(&node);
        let in_link = in_link || name == "a";
        Self { node, next: node.first_child(), name, in_link, holds: Holds::default(), line: 0, line_linked: 0 }
    }

    /// Closes the element; says whether its line runs on in its parent's.
    fn finish(&mut self) -> bool {
        match &*self.name {
            "a" if self.holds.text > 0 => self.holds.links += 1,
            "img" | "video" | "audio" | "iframe" => self.holds.media += 1,
            _ => {}
        }
        let inline = is_inline(&self.name);
        if !inline && self.line - self.line_linked >= PROSE {
            self.holds.prose += 1;
        }
        inline
    }
}

/// The name of an element; empty for what is none.
pub(super) fn name(node: &NodeRef<'_>) -> String {
    node.element_ref().map(|element| element.name.local.to_string()).unwrap_or_default()
}

/// The text of a node and all below it, with white space folded.
pub(super) fn text(node: &NodeRef<'_>) -> String {
    node.text().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn characters(node: &NodeRef<'_>) -> usize {
    node.query_or(0, |node| match &node.data {
        NodeData::Text { contents } => contents.chars().filter(|c| !c.is_whitespace()).count(),
        _ => 0,
    })
}

fn is_mute(node: &NodeRef<'_>) -> bool {
    !node.is_element()
        || matches!(&*name(node), "script" | "style" | "noscript" | "template" | "svg" | "head" | "select" | "title")
}

fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "b"
            | "i"
            | "em"
            | "strong"
            | "span"
            | "font"
            | "u"
            | "s"
            | "small"
            | "big"
            | "sub"
            | "sup"
            | "mark"
            | "abbr"
            | "cite"
            | "q"
            | "code"
            | "kbd"
            | "time"
            | "label"
            | "ins"
            | "del"
            | "br"
            | "wbr"
            | "img"
            | "bdi"
            | "bdo"
            | "dfn"
            | "var"
            | "samp"
            | "tt"
            | "acronym"
    )
}
