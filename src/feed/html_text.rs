//! HTML to one line of text, for titles, names and categories; and whether a text is HTML at all.
//!
//! Bodies are not turned to text here: they keep their HTML until `extract` makes a document of it.

use memchr::{memchr, memchr_iter, memchr2};

use super::draft::clip;
use super::entity::{self, Rules};
use crate::text::Clean;

/// What a feed says a text is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// It does not say, or says it so often falsely that nobody can trust it: look at the text.
    #[default]
    Unsaid,
    /// Plain text: `<` is a less-than sign.
    Plain,
    /// Plain text in which line breaks mean something.
    Lines,
    /// HTML.
    Html,
}

/// The most bytes of a title or name that are looked at, and the most that are kept. Longer ones
/// are texts that strayed.
const MAX_WRITTEN: usize = 64 * 1024;
const MAX_LINE: usize = 2 * 1024;

/// One line of text from a title or name of the given kind, at most [`MAX_LINE`] bytes.
pub(super) fn line(text: &str, kind: Kind) -> Clean {
    let text = clip(text, MAX_WRITTEN);
    let plain = memchr2(b'<', b'&', text.as_bytes()).is_none();
    let line = match kind {
        _ if plain => Clean::new(text),
        Kind::Plain | Kind::Lines => Clean::new(text),
        Kind::Html => Clean::new(&strip(text, |_| true)),
        // `Vec<T>` and "the <blink> tag" stay; `<i>Nature</i>` is markup.
        Kind::Unsaid if markup(text) == Markup::Sure => Clean::new(&strip(text, is_element)),
        Kind::Unsaid => Clean::new(&entity::decode(text, Rules::Html)),
    };
    if line.as_str().len() <= MAX_LINE { line } else { Clean::new(&format!("{}…", clip(line.as_str(), MAX_LINE))) }
}

/// A body of the given kind as HTML: plain text is escaped and its blank lines made paragraphs; its
/// other line breaks count only where that was said, as most come from the program that wrote the
/// feed.
pub(super) fn body(text: String, kind: Kind) -> String {
    match kind {
        Kind::Html => text,
        Kind::Unsaid if markup(&text) != Markup::None || entity::has_reference(&text) => text,
        Kind::Unsaid | Kind::Plain => paragraphs(&text, "\n"),
        Kind::Lines => paragraphs(&text, "<br>\n"),
    }
}

/// Plain text as HTML, its lines parted by `line_break`.
fn paragraphs(text: &str, line_break: &str) -> String {
    let text = text.trim();
    let mut out = String::with_capacity(text.len() + 16);
    if !text.contains('\n') {
        entity::escape_into(text, &mut out);
        return out;
    }
    out.push_str("<p>");
    let mut blank = false;
    for (i, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            blank = true;
            continue;
        }
        if i > 0 {
            out.push_str(if blank { "</p>\n<p>" } else { line_break });
        }
        blank = false;
        entity::escape_into(line.trim(), &mut out);
    }
    out.push_str("</p>");
    out
}

/// How much a text looks like HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Markup {
    /// No tag of HTML in it.
    None,
    /// A start tag of HTML, never closed.
    Likely,
    /// An end tag of HTML, or a tag that needs none.
    Sure,
}

fn markup(text: &str) -> Markup {
    let mut found = Markup::None;
    for at in memchr_iter(b'<', text.as_bytes()) {
        let rest = &text[at + 1..];
        let (closing, rest) = rest.strip_prefix('/').map_or((false, rest), |rest| (true, rest));
        let name = tag_name(rest);
        let after = rest.as_bytes().get(name.len());
        if !after.is_some_and(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/')) || !is_element(name) {
            continue;
        }
        if closing || is_void(name) {
            return Markup::Sure;
        }
        found = Markup::Likely;
    }
    found
}

/// Takes out the tags whose name `is_tag` agrees to, comments, scripts and styles, and decodes the
/// references. Tags that part lines leave a space. Linear.
fn strip(text: &str, is_tag: impl Fn(&str) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut ends = Ends::default();
    while let Some(at) = memchr(b'<', rest.as_bytes()) {
        out.push_str(&entity::decode(&rest[..at], Rules::Html));
        rest = &rest[at..];
        match skip_markup(rest, &is_tag, &mut ends, &mut out) {
            Some(len) => rest = &rest[len..],
            None => {
                out.push('<');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(&entity::decode(rest, Rules::Html));
    out
}

/// What has been looked for in vain, and will not be looked for again: this keeps [`strip`] linear.
#[derive(Default)]
struct Ends {
    missing: [bool; 4],
}

impl Ends {
    /// Where `ENDS[end]` begins in `text`.
    fn find(&mut self, end: usize, text: &str) -> Option<usize> {
        const ENDS: [&str; 4] = [">", "-->", "]]>", "</"];
        if self.missing[end] {
            return None;
        }
        let found = text.find(ENDS[end]);
        self.missing[end] = found.is_none();
        found
    }
}

/// The length of the markup at the start of `text`, which begins with `<`; `None` if it is text.
fn skip_markup(text: &str, is_tag: &impl Fn(&str) -> bool, ends: &mut Ends, out: &mut String) -> Option<usize> {
    if text.starts_with("<!--") {
        return ends.find(1, text).map(|n| n + 3);
    }
    if text.starts_with("<![CDATA[") {
        let end = ends.find(2, text)?;
        out.push_str(&text[9..end]);
        return Some(end + 3);
    }
    let inside = &text[1..];
    let (closing, inside) = inside.strip_prefix('/').map_or((false, inside), |rest| (true, rest));
    let name = tag_name(inside);
    if name.is_empty() || !is_tag(name) {
        return None;
    }
    let end = ends.find(0, text)? + 1;
    if parts_lines(name) && !out.ends_with(' ') {
        out.push(' ');
    }
    if !closing && ["script", "style"].iter().any(|raw| name.eq_ignore_ascii_case(raw)) {
        return Some(ends.find(3, &text[end..]).map_or(end, |n| end + n));
    }
    Some(end)
}

fn tag_name(text: &str) -> &str {
    let end = text.bytes().position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b':' | b'-')));
    let name = end.map_or(text, |end| &text[..end]);
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) { name } else { "" }
}

/// Whether HTML has an element of this name.
pub(super) fn is_element(name: &str) -> bool {
    element(name).is_some()
}

/// Whether it is an element that has no content and no end tag.
pub(super) fn is_void(name: &str) -> bool {
    VOID.binary_search_by(|have| in_any_case(have, name)).is_ok()
}

fn parts_lines(name: &str) -> bool {
    element(name) == Some(BLOCK)
}

/// What kind of element this is, if it is one of HTML.
fn element(name: &str) -> Option<bool> {
    ELEMENTS.binary_search_by(|(have, _)| in_any_case(have, name)).ok().map(|at| ELEMENTS[at].1)
}

/// How a lower-case name stands to one in any case.
fn in_any_case(have: &str, name: &str) -> std::cmp::Ordering {
    have.bytes().cmp(name.bytes().map(|b| b.to_ascii_lowercase()))
}

const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Elements that part lines, and those that stand within one (or are not shown at all).
const BLOCK: bool = true;
const INLINE: bool = false;

/// The elements of HTML that titles and summaries are written with, sorted by name.
#[rustfmt::skip]
const ELEMENTS: &[(&str, bool)] = &[
    ("a", INLINE), ("abbr", INLINE), ("acronym", INLINE), ("address", INLINE), ("article", INLINE),
    ("aside", INLINE), ("audio", INLINE), ("b", INLINE), ("bdi", INLINE), ("bdo", INLINE), ("big", INLINE),
    ("blockquote", BLOCK), ("body", INLINE), ("br", BLOCK), ("button", INLINE), ("caption", INLINE),
    ("center", INLINE), ("cite", INLINE), ("code", INLINE), ("col", INLINE), ("dd", BLOCK), ("del", INLINE),
    ("details", INLINE), ("dfn", INLINE), ("div", BLOCK), ("dl", BLOCK), ("dt", BLOCK), ("em", INLINE),
    ("embed", INLINE), ("figcaption", BLOCK), ("figure", INLINE), ("font", INLINE), ("footer", INLINE),
    ("form", INLINE), ("h1", BLOCK), ("h2", BLOCK), ("h3", BLOCK), ("h4", BLOCK), ("h5", BLOCK),
    ("h6", BLOCK), ("head", INLINE), ("header", INLINE), ("hr", BLOCK), ("html", INLINE), ("i", INLINE),
    ("iframe", INLINE), ("img", INLINE), ("input", INLINE), ("ins", INLINE), ("kbd", INLINE),
    ("label", INLINE), ("li", BLOCK), ("mark", INLINE), ("math", INLINE), ("nav", INLINE), ("nobr", INLINE),
    ("noscript", INLINE), ("object", INLINE), ("ol", BLOCK), ("p", BLOCK), ("picture", INLINE),
    ("pre", BLOCK), ("q", INLINE), ("rp", INLINE), ("rt", INLINE), ("ruby", INLINE), ("s", INLINE),
    ("samp", INLINE), ("script", INLINE), ("section", INLINE), ("small", INLINE), ("source", INLINE),
    ("span", INLINE), ("strike", INLINE), ("strong", INLINE), ("style", INLINE), ("sub", INLINE),
    ("sup", INLINE), ("table", BLOCK), ("tbody", INLINE), ("td", BLOCK), ("tfoot", INLINE), ("th", BLOCK),
    ("thead", INLINE), ("time", INLINE), ("tr", BLOCK), ("tt", INLINE), ("u", INLINE), ("ul", BLOCK),
    ("var", INLINE), ("video", INLINE), ("wbr", INLINE),
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_lists_are_sorted() {
        assert!(VOID.is_sorted() && ELEMENTS.is_sorted_by_key(|(name, _)| *name));
    }

    #[test]
    fn titles() {
        for (written, unsaid, html) in [
            ("Rain  over\nthe hills", "Rain over the hills", "Rain over the hills"),
            ("<i>Nature</i> reports", "Nature reports", "Nature reports"),
            ("A<br>B", "A B", "A B"),
            ("Inside Vec<T> and <blink>", "Inside Vec<T> and <blink>", "Inside Vec and"),
            ("1 < 2 and <b>3 > 2</b>", "1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
            ("AT&amp;T &#8217;s &ldquo;x&rdquo;", "AT&T ’s “x”", "AT&T ’s “x”"),
            ("AT&T & co", "AT&T & co", "AT&T & co"),
            ("&lt;b&gt; explained", "<b> explained", "<b> explained"),
            ("<script>alert(1)</script>News", "News", "News"),
            ("<b>never closed <", "<b>never closed <", "never closed <"),
            ("<![CDATA[x &]]> <em>y</em>", "x & y", "x & y"),
            ("x<!-- no -->y</p>", "xy", "xy"),
        ] {
            assert_eq!(line(written, Kind::Unsaid).as_str(), unsaid, "{written}");
            assert_eq!(line(written, Kind::Html).as_str(), html, "{written}");
            assert_eq!(line(written, Kind::Plain), Clean::new(written));
        }
    }

    #[test]
    fn a_title_that_is_a_book() {
        let book = line(&"word ".repeat(100_000), Kind::Unsaid);
        assert!(book.as_str().len() <= MAX_LINE + '…'.len_utf8() && book.as_str().ends_with('…'));
    }

    #[test]
    fn bodies() {
        for (written, kind, html) in [
            ("<p>Rain", Kind::Unsaid, "<p>Rain"),
            ("AT&T < co", Kind::Unsaid, "AT&amp;T &lt; co"),
            ("it&#8217;s", Kind::Unsaid, "it&#8217;s"),
            ("<p>", Kind::Plain, "&lt;p&gt;"),
            ("a\nb\n\n\nc < d\n", Kind::Plain, "<p>a\nb</p>\n<p>c &lt; d</p>"),
            ("a\nb\n\n\nc < d\n", Kind::Lines, "<p>a<br>\nb</p>\n<p>c &lt; d</p>"),
            ("a < b", Kind::Html, "a < b"),
        ] {
            assert_eq!(body(written.to_owned(), kind), html, "{written}");
        }
    }

    #[test]
    fn linear_on_what_never_ends() {
        for piece in ["<b", "<!-- >", "<![CDATA[ >", "<script>", "<", "&", "</b"] {
            let _ = line(&piece.repeat(200_000 / piece.len()), Kind::Html);
        }
    }

    proptest! {
        #[test]
        fn any_text(text in "(<|>|/|!--|-->|&|;|script|br|b| |\\PC){0,50}") {
            for kind in [Kind::Unsaid, Kind::Plain, Kind::Lines, Kind::Html] {
                let _ = line(&text, kind);
                let _ = body(text.clone(), kind);
            }
        }
    }
}
