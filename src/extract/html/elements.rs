//! What the names of elements mean to the guard and to the builder.

use super::attributes::Attributes;
use crate::text::Clean;

/// What an element is to the guard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Never has content.
    Void,
    /// Holds no text for a reader: dropped with its content, which is not markup.
    Mute,
    /// Its content is text, not markup, and is kept.
    Literal,
    /// `script`: kept if it carries data.
    Script,
    /// `html`, `head`, `body`: at most one of each.
    Frame,
    /// Runs within a line.
    Inline,
    /// A paragraph: ended by the next block.
    Paragraph,
    /// An entry: ended by the next of its kind within the same list or table.
    Entry,
    /// Ends no entry or paragraph outside it.
    Scope,
    /// Any other block.
    Block,
}

/// What the element of that name (in any case) is.
pub(super) fn kind(name: &str) -> Kind {
    let mut lower = [0_u8; 12];
    let Some(slot) = lower.get_mut(..name.len()) else { return Kind::Inline };
    slot.copy_from_slice(name.as_bytes());
    slot.make_ascii_lowercase();
    match &*slot {
        b"area" | b"base" | b"br" | b"col" | b"embed" | b"hr" | b"img" | b"input" | b"link" | b"meta" | b"param"
        | b"source" | b"track" | b"wbr" | b"image" => Kind::Void,
        b"style" | b"noembed" | b"noframes" | b"textarea" | b"svg" | b"template" | b"canvas" | b"xmp" => Kind::Mute,
        b"title" | b"iframe" => Kind::Literal,
        b"script" => Kind::Script,
        b"html" | b"head" | b"body" => Kind::Frame,
        b"p" => Kind::Paragraph,
        b"li" | b"dt" | b"dd" | b"tr" | b"td" | b"th" | b"thead" | b"tbody" | b"tfoot" | b"option" | b"optgroup" => {
            Kind::Entry
        }
        b"table" | b"ul" | b"ol" | b"menu" | b"dl" | b"caption" | b"object" | b"select" => Kind::Scope,
        b"address" | b"article" | b"aside" | b"blockquote" | b"center" | b"details" | b"dialog" | b"dir" | b"div"
        | b"fieldset" | b"figcaption" | b"figure" | b"footer" | b"form" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5"
        | b"h6" | b"header" | b"hgroup" | b"listing" | b"main" | b"nav" | b"pre" | b"search" | b"section"
        | b"summary" => Kind::Block,
        _ => Kind::Inline,
    }
}

/// Whether opening `new` ends an open `old` of the same list or table.
pub(super) fn ends(new: &str, old: &str) -> bool {
    let is = |name: &str, of: &[&str]| of.iter().any(|o| o.eq_ignore_ascii_case(name));
    const PARTS: &[&str] = &["thead", "tbody", "tfoot"];
    if is(new, &["td", "th"]) {
        is(old, &["td", "th"])
    } else if is(new, &["tr"]) {
        is(old, &["tr", "td", "th"])
    } else if is(new, PARTS) {
        is(old, PARTS) || is(old, &["tr", "td", "th"])
    } else if is(new, &["dt", "dd"]) {
        is(old, &["dt", "dd"])
    } else if is(new, &["optgroup"]) {
        is(old, &["optgroup", "option"])
    } else {
        new.eq_ignore_ascii_case(old)
    }
}

/// Whether it is a part of a table.
pub(super) fn is_table_part(name: &str) -> bool {
    ["td", "th", "tr", "tbody", "thead", "tfoot", "caption"].iter().any(|part| part.eq_ignore_ascii_case(name))
}

/// The language of code, from the classes that highlighters use: `language-rust`, `lang-rust`,
/// `brush: rust`, `highlight-source-rust`, or `data-lang`.
pub(super) fn language(attributes: Attributes<'_>) -> Option<Clean> {
    let named = attributes.first(&["data-lang", "data-language", "lang"]).or_else(|| {
        let mut classes = attributes.get("class")?.split([' ', '\t', '\n', ';']);
        while let Some(class) = classes.next() {
            for prefix in ["language-", "lang-", "highlight-source-"] {
                if let Some(language) = class.strip_prefix(prefix) {
                    return Some(language);
                }
            }
            if let Some(language) = class.strip_prefix("brush:") {
                return if language.is_empty() { classes.next() } else { Some(language) };
            }
        }
        None
    })?;
    let known = named.len() <= 24 && named.bytes().all(|b| b.is_ascii_alphanumeric() || b"+#-._".contains(&b));
    known.then(|| Clean::new(&named.to_ascii_lowercase())).filter(|name| !name.is_empty())
}

/// Whether it never has content.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "image"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements whose text is for programs, or is what a form asks with.
pub(super) fn is_mute(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "title"
            | "button"
            | "select"
            | "textarea"
            | "datalist"
            | "template"
            | "nav"
            | "rp"
            | "annotation"
            | "annotation-xml"
            | "meter"
            | "progress"
            | "dialog"
            | "svg"
            | "canvas"
    )
}

/// Elements that end the line before and after them.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "aside"
            | "header"
            | "footer"
            | "main"
            | "address"
            | "center"
            | "details"
            | "summary"
            | "fieldset"
            | "legend"
            | "hgroup"
            | "search"
            | "blockquote"
            | "ul"
            | "ol"
            | "menu"
            | "dir"
            | "li"
            | "dl"
            | "dt"
            | "dd"
            | "table"
            | "thead"
            | "tbody"
            | "tfoot"
            | "tr"
            | "td"
            | "th"
            | "caption"
            | "figure"
            | "figcaption"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "form"
            | "optgroup"
            | "option"
    )
}
