//! The guard before every HTML parser: makes markup from outside well nested, shallow and small.
//!
//! Parsers and extractors are quick on the pages that people write and take minutes on those that
//! people make to hurt: html5ever compares every attribute of a tag with all before it and walks
//! its stack of open elements for each paragraph; extractors walk to the root from every node. So
//! one linear pass goes first. It drops comments and the content of elements that hold no text,
//! caps size, depth, elements and attributes, and closes what is left open, so that whoever reads
//! on sees every start tag with its end tag in its place.
//!
//! It is not a parser: text and attribute values pass through as they are, entities included.

use super::elements::{Kind, ends, is_table_part, kind};
use super::tag::Tag;
use crate::extract::start_of;

/// The most HTML that is looked at, in bytes; the rest is cut off.
pub const MAX_BYTES: usize = 16 << 20;

/// The deepest nesting of elements that is passed on; the tags of deeper ones are dropped and their
/// text is kept. News pages stay under 60.
pub const MAX_DEPTH: usize = 80;

/// The most elements passed on; the tags of later ones are dropped and their text is kept.
pub const MAX_ELEMENTS: usize = 80_000;

/// Returns `html` with the guarantees of this module. Linear in its length.
pub(in crate::extract) fn guard(html: &str) -> String {
    let html = start_of(html, MAX_BYTES);
    let mut guard = Guard {
        html,
        out: String::with_capacity(html.len()),
        open: Vec::new(),
        over: 0,
        elements: 0,
        seen: Seen::default(),
        endless: false,
    };
    guard.run();
    guard.out
}

/// An element that has been passed on and is still open.
struct Open<'a> {
    name: &'a str,
    kind: Kind,
}

/// Which of the elements that may stand once have been passed on.
#[derive(Default)]
struct Seen {
    html: bool,
    head: bool,
    body: bool,
}

struct Guard<'a> {
    html: &'a str,
    out: String,
    open: Vec<Open<'a>>,
    /// Elements open beyond [`MAX_DEPTH`].
    over: usize,
    elements: usize,
    seen: Seen,
    /// No further comment ends.
    endless: bool,
}

impl<'a> Guard<'a> {
    fn run(&mut self) {
        let mut at = 0;
        while let Some(found) = find(self.html, at, b'<') {
            self.text(at, found);
            at = self.markup(found);
        }
        self.text(at, self.html.len());
        self.close_down_to(0);
    }

    fn text(&mut self, from: usize, to: usize) {
        // A NUL means nothing in HTML and much to programs in C.
        for part in self.html[from..to].split('\0') {
            self.out.push_str(part);
        }
    }

    /// Handles what begins with the `<` at `at`; returns where to go on.
    fn markup(&mut self, at: usize) -> usize {
        let rest = &self.html.as_bytes()[at..];
        match rest.get(1) {
            Some(b'a'..=b'z' | b'A'..=b'Z') => self.start_tag(at),
            Some(b'/') if rest.get(2).is_some_and(u8::is_ascii_alphabetic) => self.end_tag(at),
            Some(b'!') if rest.starts_with(b"<!--") => self.comment(at),
            // Feeds carry these in their HTML by mistake; their content is meant to be read.
            Some(b'!') if rest.starts_with(b"<![CDATA[") => at + 9,
            Some(b'!' | b'/' | b'?') => self.after(at, b'>'),
            _ => {
                self.out.push_str("&lt;");
                at + 1
            }
        }
    }

    fn after(&self, at: usize, byte: u8) -> usize {
        find(self.html, at, byte).map_or(self.html.len(), |n| n + 1)
    }

    /// A comment that does not end is text that somebody cut: only its tag goes.
    fn comment(&mut self, at: usize) -> usize {
        if !self.endless {
            if let Some(n) = self.html[at + 4..].find("-->") {
                return at + 4 + n + 3;
            }
            // Looking again for each of a million such comments would not be linear.
            self.endless = true;
        }
        self.after(at, b'>')
    }

    fn start_tag(&mut self, at: usize) -> usize {
        let name_end = name_end(self.html, at + 1);
        let name = &self.html[at + 1..name_end];
        let mut tag = Tag::default();
        let Some(after) = tag.read(self.html, name_end) else { return self.html.len() };
        let kind = kind(name);
        match kind {
            Kind::Mute => {
                return if tag.empty { after } else { self.skip_content(name, after).1 };
            }
            Kind::Script => {
                let (content_end, next) = if tag.empty { (after, after) } else { self.skip_content(name, after) };
                if tag.holds_data() && self.admit() {
                    self.emit_start("script", &tag);
                    self.text(after, content_end);
                    self.out.push_str("</script>");
                }
                return next;
            }
            Kind::Literal => {
                let (content_end, next) = if tag.empty { (after, after) } else { self.skip_content(name, after) };
                if self.admit() {
                    self.emit_start(name, &tag);
                    if name.eq_ignore_ascii_case("title") {
                        self.text(after, content_end);
                    }
                    self.emit_end(name);
                }
                return next;
            }
            Kind::Frame => {
                let seen = match name.as_bytes()[1].to_ascii_lowercase() {
                    b't' => &mut self.seen.html,
                    b'e' => &mut self.seen.head,
                    _ => &mut self.seen.body,
                };
                if !std::mem::replace(seen, true) {
                    self.emit_start(name, &tag);
                }
                return after;
            }
            Kind::Void => {
                if self.admit() {
                    self.emit_start(name, &tag);
                }
                return after;
            }
            Kind::Entry => self.end_entry(name),
            Kind::Paragraph | Kind::Block | Kind::Scope => self.end_paragraph(),
            Kind::Inline => self.end_same_link(name),
        }
        if tag.empty {
            if self.admit() {
                self.emit_start(name, &tag);
                self.emit_end(name);
            }
        } else if self.open.len() >= MAX_DEPTH || self.elements >= MAX_ELEMENTS {
            // Paragraphs and entries are seldom closed; counting them would never come back to 0.
            if !matches!(kind, Kind::Paragraph | Kind::Entry) {
                self.over += 1;
            }
        } else {
            self.elements += 1;
            self.emit_start(name, &tag);
            self.open.push(Open { name, kind });
        }
        after
    }

    /// Whether one more element without content may pass.
    fn admit(&mut self) -> bool {
        self.elements += 1;
        self.elements <= MAX_ELEMENTS
    }

    fn end_tag(&mut self, at: usize) -> usize {
        let name_end = name_end(self.html, at + 2);
        let name = &self.html[at + 2..name_end];
        let after = self.after(name_end, b'>');
        match kind(name) {
            Kind::Void if name.eq_ignore_ascii_case("br") => self.out.push_str("<br>"),
            Kind::Void | Kind::Mute | Kind::Literal | Kind::Script | Kind::Frame => {}
            Kind::Paragraph | Kind::Entry if self.over > 0 => {}
            _ if self.over > 0 => self.over -= 1,
            kind => {
                if let Some(depth) = self.matching(name, kind) {
                    self.close_down_to(depth);
                }
            }
        }
        after
    }

    /// The place of the open element that an end tag of `name` may close.
    fn matching(&self, name: &str, kind: Kind) -> Option<usize> {
        for (depth, open) in self.open.iter().enumerate().rev() {
            if open.name.eq_ignore_ascii_case(name) {
                return Some(depth);
            }
            let stop = match kind {
                // A mark that was opened outside this block stays until its own block ends.
                Kind::Inline => open.kind != Kind::Inline,
                Kind::Scope => false,
                _ if is_table_part(name) => open.name.eq_ignore_ascii_case("table"),
                Kind::Block => matches!(open.kind, Kind::Entry) && is_table_part(open.name),
                _ => open.kind == Kind::Scope || is_table_part(open.name),
            };
            if stop {
                return None;
            }
        }
        None
    }

    /// Ends the entry before, if the new one ends it.
    fn end_entry(&mut self, name: &str) {
        let mut ended = None;
        for (depth, open) in self.open.iter().enumerate().rev() {
            match open.kind {
                Kind::Scope => break,
                Kind::Entry if ends(name, open.name) => ended = Some(depth),
                _ => {}
            }
        }
        match ended {
            Some(depth) => self.close_down_to(depth),
            None => self.end_paragraph(),
        }
    }

    /// A block ends the paragraph it stands in.
    fn end_paragraph(&mut self) {
        for (depth, open) in self.open.iter().enumerate().rev() {
            match open.kind {
                Kind::Paragraph => return self.close_down_to(depth),
                Kind::Inline => {}
                _ => return,
            }
        }
    }

    /// A link ends the link before it.
    fn end_same_link(&mut self, name: &str) {
        if !name.eq_ignore_ascii_case("a") {
            return;
        }
        for (depth, open) in self.open.iter().enumerate().rev() {
            if open.kind != Kind::Inline {
                return;
            }
            if open.name.eq_ignore_ascii_case("a") {
                return self.close_down_to(depth);
            }
        }
    }

    fn close_down_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            if let Some(open) = self.open.pop() {
                self.emit_end(open.name);
            }
        }
    }

    /// Skips content that is not markup: where it ends and where to go on.
    fn skip_content(&self, name: &str, from: usize) -> (usize, usize) {
        let mut at = from;
        while let Some(found) = find(self.html, at, b'<') {
            let bytes = self.html.as_bytes();
            let end = found + 2 + name.len();
            let same = bytes.get(found + 1) == Some(&b'/')
                && bytes.get(found + 2..end).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()))
                && bytes.get(end).is_none_or(|b| !b.is_ascii_alphanumeric());
            if same {
                return (found, self.after(end, b'>'));
            }
            at = found + 1;
        }
        // It never ends: what follows the tag is text that somebody cut.
        (self.html.len(), self.html.len())
    }

    fn emit_start(&mut self, name: &str, tag: &Tag<'_>) {
        self.out.push('<');
        self.out.push_str(name);
        for &(name, value) in &tag.attributes {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            for (n, part) in value.split('"').enumerate() {
                if n > 0 {
                    self.out.push_str("&quot;");
                }
                self.out.push_str(part);
            }
            self.out.push('"');
        }
        self.out.push('>');
    }

    fn emit_end(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }
}

/// The first `byte` (an ASCII one) at or after `from`.
pub(super) fn find(html: &str, from: usize, byte: u8) -> Option<usize> {
    memchr::memchr(byte, html.as_bytes().get(from..)?).map(|n| from + n)
}

/// Where the element name that starts at `from` ends.
fn name_end(html: &str, from: usize) -> usize {
    html.as_bytes()[from..]
        .iter()
        .position(|b| matches!(b, b'>' | b'/' | b'<') || b.is_ascii_whitespace())
        .map_or(html.len(), |n| from + n)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn markup_comes_out_well_nested() {
        for (html, guarded) in [
            ("a<b>c", "a<b>c</b>"),
            ("<p>a<p>b", "<p>a</p><p>b</p>"),
            ("<p>a<div>b</div>c</p>", "<p>a</p><div>b</div>c"),
            ("<ul><li>a<ul><li>b</ul><li>c</ul>", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
            ("<b><p>a</b>b</p>", "<b><p>ab</p></b>"),
            (
                "<table><tr><td>a<td>b<tr><td>c</table>",
                "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
            ),
            ("<dl><dt>a<dd>b<dt>c</dl>", "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>"),
            ("<div>a</span></div></div>b", "<div>a</div>b"),
            ("<td><p>a</div>b</td>", "<td><p>ab</p></td>"),
            ("1 < 2 <3", "1 &lt; 2 &lt;3"),
            ("a<!-- <b> -->c<!-- d", "ac"),
            ("a<!-- d>e", "ae"),
            ("<script>x<y</script>z<style>p</style>", "z"),
            ("<a href='x\"y' onclick=z>l</a>", "<a href=\"x&quot;y\">l</a>"),
            ("<a name=x/><p/>t", "<a name=\"x/\"><p></p>t</a>"),
            ("<a href=\"x\"/>t", "<a href=\"x\"></a>t"),
            ("a<br/>b</br>c", "a<br>b<br>c"),
            ("<iframe src=x>no <b>frames</iframe>d", "<iframe src=\"x\"></iframe>d"),
            ("<![CDATA[x]]>", "x]]>"),
            ("a<b", "a"),
            ("a</", "a"),
            ("<a href=1>a<a href=2>b", "<a href=\"1\">a</a><a href=\"2\">b</a>"),
        ] {
            assert_eq!(guard(html), guarded, "{html}");
        }
    }

    #[test]
    fn data_scripts_are_kept() {
        let html = r#"<script type="application/ld+json">{"a":"<b>"}</script><script>1</script>"#;
        assert_eq!(guard(html), r#"<script type="application/ld+json">{"a":"<b>"}</script>"#);
    }

    #[test]
    fn depth_is_capped_and_text_kept() {
        let deep = format!("{}x{}y", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let guarded = guard(&deep);
        assert_eq!(guarded.matches("<div>").count(), MAX_DEPTH);
        assert!(guarded.contains('x') && guarded.ends_with("</div>y"));
    }

    #[test]
    fn attributes_are_capped() {
        let html = format!("<p {}>x", (0..1_000_000).map(|n| format!("a{n} ")).collect::<String>());
        assert!(guard(&html).len() < 1000);
    }

    /// Whether every start tag has its end tag in its place.
    fn well_nested(html: &str) -> bool {
        let mut open = Vec::new();
        let mut at = 0;
        while let Some(found) = find(html, at, b'<') {
            let end = find(html, found, b'>').unwrap();
            let name = html[found + 1..end].split(' ').next().unwrap().to_ascii_lowercase();
            if let Some(name) = name.strip_prefix('/') {
                if open.pop().as_deref() != Some(name) {
                    return false;
                }
            } else if !matches!(kind(&name), Kind::Void | Kind::Frame) {
                open.push(name);
            }
            at = end;
        }
        open.is_empty()
    }

    proptest! {
        #[test]
        fn anything_comes_out_well_nested(html in "(</?(p|div|b|a|i|ul|li|table|tr|td|dl|dt|dd|h2|br|img|blockquote|span|iframe|script|body)( [a-z]{1,3}=('[a-z\"]{0,3}'|\"[a-z']{0,3}\"|x))?/?>|[a-z &<\"']{0,4}){0,40}") {
            let guarded = guard(&html);
            prop_assert!(well_nested(&guarded), "{guarded}");
            prop_assert_eq!(guard(&guarded), guarded);
        }

        #[test]
        fn no_text_breaks_it(html in "\\PC{0,200}|[<>/!a\"'= \\-\\[\\]?&;]{0,60}") {
            let _ = guard(&html);
        }
    }
}
