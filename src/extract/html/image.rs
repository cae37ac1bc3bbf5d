//! Pictures and embedded media: which address to take, and which are not for the eye.

use super::attributes::Attributes;
use crate::model::picture::ENCLOSED;
use crate::model::{Image, Inline, Inlines};
use crate::text::{Clean, Link};

/// Pictures at most this many pixels high or wide are signs within a line, not illustrations.
const SMALL: u64 = 48;

/// What an `img` is.
pub(super) enum Picture {
    /// An illustration.
    Illustration(Image),
    /// A sign that stands for some text: a smiley, a formula, an icon.
    Sign(Clean),
    /// Nothing for a reader: a counter's pixel, a spacer, or an address that cannot be used.
    Nothing,
}

/// Reads an `img`; `source` is the address that the `picture` around it offers.
pub(super) fn picture(attributes: Attributes<'_>, source: Option<&str>, base: Option<&Link>) -> Picture {
    let (width, height) = (attributes.number("width"), attributes.number("height"));
    if width.is_some_and(|n| n <= 1) || height.is_some_and(|n| n <= 1) {
        return Picture::Nothing;
    }
    let alt = attributes.line("alt").or_else(|| attributes.line("title")).unwrap_or_default();
    let sign = ["emoji", "wp-smiley", "smiley", "latex", "tex", "mwe-math-fallback-image-inline", "icon"]
        .iter()
        .any(|class| attributes.has_class(class));
    if sign || width.is_some_and(|n| n <= SMALL) || height.is_some_and(|n| n <= SMALL) {
        return if alt.is_empty() { Picture::Nothing } else { Picture::Sign(alt) };
    }
    let link = address(attributes, source).and_then(|address| resolve(address, base));
    if link.is_none() && alt.is_empty() { Picture::Nothing } else { Picture::Illustration(Image { link, alt }) }
}

/// The address of the picture itself rather than of the placeholder that stands in its place until
/// a program loads it.
fn address<'a>(attributes: Attributes<'a>, source: Option<&'a str>) -> Option<&'a str> {
    // What the page holds itself may be a blur that stands in for the picture: it comes last.
    let enclosed = |address: &&str| address.starts_with(ENCLOSED);
    let usable = |address: &&str| {
        !address.starts_with("data:") && !address.starts_with("about:") && !address.starts_with(ENCLOSED)
    };
    let lazy = attributes.first(&["data-src", "data-lazy-src", "data-original", "data-url", "data-image"]);
    lazy.filter(usable)
        .or_else(|| attributes.get("src").filter(usable))
        .or_else(|| largest(attributes.first(&["srcset", "data-srcset", "data-lazy-srcset"])?).filter(usable))
        .or_else(|| largest(source?).filter(usable))
        .or_else(|| attributes.get("src").filter(enclosed))
}

/// The address of the largest candidate of a `srcset` (HTML §4.8.4.2.1). Commas within addresses
/// are told from those between candidates by the white space after them.
pub(super) fn largest(srcset: &str) -> Option<&str> {
    let mut best: Option<(&str, f32)> = None;
    for candidate in srcset.split(", ").flat_map(|part| part.split(",\n")) {
        let mut parts = candidate.split_ascii_whitespace();
        let Some(address) = parts.next() else { continue };
        let size = parts.next().and_then(|s| s.trim_end_matches(['w', 'x', 'h', ',']).parse().ok()).unwrap_or(1.0);
        if best.is_none_or(|(_, most)| size > most) {
            best = Some((address.trim_end_matches(','), size));
        }
    }
    best.map(|(address, _)| address)
}

/// An address made absolute, without tracking parameters; `None` if Dateline does not open it.
pub(in crate::extract) fn resolve(address: &str, base: Option<&Link>) -> Option<Link> {
    let link = match base {
        Some(base) => base.join(address),
        // Addresses without a scheme are of the web that feeds live on.
        None if address.starts_with("//") => Link::parse(&format!("https:{address}")),
        None => Link::parse(address),
    };
    link.map(|link| link.without_tracking())
}

/// Parts a line into the illustrations that it begins with, its words, and the illustrations that
/// it ends with.
pub(super) fn lift(mut line: Inlines) -> (Vec<Image>, Inlines, Vec<Image>) {
    let lead = line.iter().take_while(|inline| only_pictures(inline)).count();
    let rest = line.split_off(lead);
    let mut before = Vec::new();
    collect(line, &mut before);
    let mut line = rest;
    let tail = line.iter().rev().take_while(|inline| only_pictures(inline)).count();
    let end = line.split_off(line.len() - tail);
    let mut after = Vec::new();
    collect(end, &mut after);
    super::line::trim_start(&mut line);
    super::line::trim_end(&mut line);
    (before, line, after)
}

/// Whether there is nothing in it but pictures, breaks and space.
fn only_pictures(inline: &Inline) -> bool {
    match inline {
        Inline::Image(_) | Inline::Break => true,
        Inline::Text(text) => text.as_str().trim().is_empty(),
        Inline::Code(_) | Inline::Note(_) => false,
        Inline::Strong(inner)
        | Inline::Emphasis(inner)
        | Inline::Strike(inner)
        | Inline::Superscript(inner)
        | Inline::Subscript(inner)
        | Inline::Link { text: inner, .. } => inner.iter().all(only_pictures),
    }
}

fn collect(line: Inlines, images: &mut Vec<Image>) {
    for inline in line {
        match inline {
            Inline::Image(image) => images.push(image),
            Inline::Break | Inline::Text(_) | Inline::Code(_) | Inline::Note(_) => {}
            Inline::Strong(inner)
            | Inline::Emphasis(inner)
            | Inline::Strike(inner)
            | Inline::Superscript(inner)
            | Inline::Subscript(inner)
            | Inline::Link { text: inner, .. } => collect(inner, images),
        }
    }
}
