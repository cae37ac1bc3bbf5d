//! A tokenizer for markup that never gives up: XML as feeds have it, broken or not, and HTML.
//!
//! # Why our own
//! `quick-xml` is excellent at XML and stops at what is not: after an error it cannot say how to go
//! on, and the commonest faults of feeds (a bare `<`, an attribute without quotes or value, a tag
//! that is never closed, a comment with `--` in it) are errors to it. `html5ever`'s tokenizer never
//! stops, but it speaks HTML: it lower-cases names, knows CDATA only inside foreign content, takes
//! `<title>`, `<textarea>` and `<script>` to end the markup, and copies every character into
//! its own buffers. Feeds need less than either: tags, text and CDATA as slices of the input. That
//! is this file.
//!
//! # What it promises
//! - Every input gives a sequence of tokens; there are no errors.
//! - Tokens are slices of the input; nothing is copied, nothing is decoded.
//! - Linear time: whatever is looked for in vain (`-->`, `]]>`) is looked for only once.
//! - Comments, processing instructions and the document type with its internal subset are skipped.

use memchr::{memchr, memchr_iter, memchr2, memchr3, memmem};

/// A piece of markup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `<name …>` or `<name …/>`.
    Start(Tag<'a>),
    /// `</name>`, with its prefix if it has one.
    End {
        /// The name as written.
        name: &'a str,
        /// Where it begins, in bytes from the start.
        start: usize,
    },
    /// Text with its references as written.
    Text(&'a str),
    /// What stands in a CDATA section.
    Cdata(&'a str),
}

/// A start tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// The name as written, with its prefix if it has one.
    pub(super) name: &'a str,
    /// Everything between the name and the end of the tag.
    attributes: &'a str,
    /// Whether it closes itself.
    pub(super) empty: bool,
    /// Where it begins, in bytes from the start.
    pub(super) start: usize,
}

impl<'a> Tag<'a> {
    /// Its attributes in order: name and value as written (references not decoded).
    pub(super) fn attributes(&self) -> Attributes<'a> {
        Attributes(self.attributes)
    }

    /// The attributes as written.
    pub(super) fn written_attributes(&self) -> &'a str {
        self.attributes
    }

    /// The values of several attributes at once, as [`Tag::attribute`] gives them.
    pub(super) fn pick<const N: usize>(&self, names: [&str; N]) -> [Option<&'a str>; N] {
        let mut values = [None; N];
        for (have, value) in self.attributes() {
            if let Some(at) = names.iter().position(|name| have.eq_ignore_ascii_case(name)) {
                values[at].get_or_insert(value);
            }
        }
        values
    }

    /// Whether `word`, which must begin with `x`, stands anywhere in the attributes. Most tags have
    /// none, so this is the quick look before a slow one.
    pub(super) fn mentions(&self, word: &str) -> bool {
        let written = self.attributes.as_bytes();
        memchr_iter(b'x', written).any(|at| written[at..].starts_with(word.as_bytes()))
    }

    /// The value of the attribute `name`, in any case, as written.
    pub(super) fn attribute(&self, name: &str) -> Option<&'a str> {
        self.attributes().find(|(have, _)| have.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

/// The tokens of a text, in order.
#[derive(Clone, Debug)]
pub(super) struct Tokens<'a> {
    text: &'a str,
    at: usize,
    /// Ends that do not occur any more: `-->`, `]]>`, `?>`, `]>`, `</script`.
    exhausted: [bool; 5],
    cut: bool,
}

/// Ends that are looked for.
const COMMENT_END: usize = 0;
const CDATA_END: usize = 1;
const INSTRUCTION_END: usize = 2;
const SUBSET_END: usize = 3;
const RAW_END: usize = 4;
const ENDS: [&str; 4] = ["-->", "]]>", "?>", "]>"];

const CDATA: &[u8] = b"<![CDATA[";

impl<'a> Tokens<'a> {
    /// The tokens of `text`.
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, exhausted: [false; 5], cut: false }
    }

    /// The whole text.
    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    /// Where the next token begins, in bytes from the start: the end of the last.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Goes back (or ahead) to `at`, which must be where a token began.
    pub(super) fn rewind(&mut self, at: usize) {
        self.at = at;
    }

    /// Goes on at the next end tag of `name`, as HTML's `<script>` and `<style>` need: what stands in
    /// them is not markup. Stays where it is if there is none.
    pub(super) fn skip_raw(&mut self, name: &str) {
        if self.exhausted[RAW_END] {
            return;
        }
        let rest = &self.text.as_bytes()[self.at..];
        let found = rest
            .windows(2 + name.len())
            .position(|window| window.starts_with(b"</") && window[2..].eq_ignore_ascii_case(name.as_bytes()));
        self.exhausted[RAW_END] = found.is_none();
        self.at += found.unwrap_or(0);
    }

    /// Whether the text ended in the middle of a tag.
    pub(super) fn cut(&self) -> bool {
        self.cut
    }

    /// Looks for `ENDS[end]` from `from` on; remembers if there is none.
    fn find_end(&mut self, end: usize, from: usize) -> Option<usize> {
        if self.exhausted[end] {
            return None;
        }
        let found = memmem::find(&self.text.as_bytes()[from..], ENDS[end].as_bytes()).map(|n| from + n);
        self.exhausted[end] = found.is_none();
        found
    }

    /// Text from here up to the next `<`, at least one byte.
    fn text_run(&mut self) -> Token<'a> {
        let start = self.at;
        // A `<` that begins no markup is text: step over it before looking for the next.
        let from = start + usize::from(self.text.as_bytes()[start] == b'<');
        let end = memchr(b'<', &self.text.as_bytes()[from..]).map_or(self.text.len(), |n| from + n);
        self.at = end;
        Token::Text(&self.text[start..end])
    }

    /// Skips `<!-- -->`, `<!DOCTYPE …>` and the like, or gives the CDATA section that stands here.
    /// `None` if it is none of them: then it is text.
    fn declaration(&mut self) -> Option<Option<Token<'a>>> {
        let start = self.at;
        let rest = &self.text.as_bytes()[start..];
        if rest.starts_with(b"<!--") {
            let end = self.find_end(COMMENT_END, start + 4);
            self.at = end.map_or(start + 4, |end| end + 3);
            return Some(None);
        }
        if rest.get(..CDATA.len()).is_some_and(|head| head.eq_ignore_ascii_case(CDATA)) {
            let from = start + CDATA.len();
            let Some(end) = self.find_end(CDATA_END, from) else {
                // Never closed: go on with what is in it as if it were not there.
                self.at = from;
                return Some(None);
            };
            self.at = end + 3;
            return Some(Some(Token::Cdata(&self.text[from..end])));
        }
        let rest = &self.text.as_bytes()[start + 1..];
        let close = memchr3(b'>', b'[', b'<', rest).map(|n| start + 1 + n)?;
        self.at = match self.text.as_bytes()[close] {
            b'>' => close + 1,
            b'[' => self.subset_end(close),
            _ => close,
        };
        Some(None)
    }

    /// The end of a document type whose internal subset begins at `open`.
    fn subset_end(&mut self, open: usize) -> usize {
        match self.find_end(SUBSET_END, open) {
            Some(end) => end + 2,
            // `] >`, or never closed.
            None => memchr(b'>', &self.text.as_bytes()[open..]).map_or(self.text.len(), |n| open + n + 1),
        }
    }

    /// Skips `<? … ?>`, or up to `>` if it does not end so. In `<?xml …>` no `>` can stand, so the
    /// first one ends it even if the `?` was forgotten.
    fn instruction(&mut self) {
        let start = self.at;
        let xml = self.text.as_bytes()[start + 2..].get(..3).is_some_and(|name| name.eq_ignore_ascii_case(b"xml"));
        let end = if xml { None } else { self.find_end(INSTRUCTION_END, start + 2).map(|end| end + 2) };
        let end = end.or_else(|| memchr(b'>', &self.text.as_bytes()[start..]).map(|n| start + n + 1));
        self.at = end.unwrap_or(self.text.len());
    }

    fn end_tag(&mut self) -> Token<'a> {
        let start = self.at;
        let from = start + 2;
        let rest = &self.text[from..];
        let (len, skip) = match memchr2(b'>', b'<', rest.as_bytes()) {
            Some(n) if rest.as_bytes()[n] == b'>' => (n, 1),
            Some(n) => (n, 0),
            None => {
                self.cut = true;
                (rest.len(), 0)
            }
        };
        self.at = from + len + skip;
        let inside = &rest[..len];
        let name = inside.bytes().position(|b| b.is_ascii_whitespace() || b == b'/').map_or(inside, |n| &inside[..n]);
        Token::End { name, start }
    }

    /// A start tag, or `None` if the text ends in the middle of it.
    fn start_tag(&mut self) -> Option<Token<'a>> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let name_from = start + 1;
        let name_len = bytes[name_from..]
            .iter()
            .position(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>' | b'<' | b'=' | b'"' | b'\''));
        let Some(name_len) = name_len else {
            self.cut = true;
            self.at = self.text.len();
            return None;
        };
        let from = name_from + name_len;
        let Some(end) = tag_end(self.text, from) else {
            self.cut = true;
            self.at = self.text.len();
            return None;
        };
        let inside = self.text[from..end].trim_ascii_end();
        let empty = inside.ends_with('/');
        self.at = end + usize::from(bytes[end] == b'>');
        Some(Token::Start(Tag {
            name: &self.text[name_from..from],
            attributes: inside.strip_suffix('/').unwrap_or(inside),
            empty,
            start,
        }))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let rest = &self.text.as_bytes()[self.at..];
            match *rest {
                [] => return None,
                [b'<', b'/', c, ..] if begins_name(c) => return Some(self.end_tag()),
                [b'<', b'!', ..] => match self.declaration() {
                    Some(None) => {}
                    Some(token) => return token,
                    None => return Some(self.text_run()),
                },
                [b'<', b'?', ..] => self.instruction(),
                [b'<', c, ..] if begins_name(c) => return self.start_tag(),
                _ => return Some(self.text_run()),
            }
        }
    }
}

fn begins_name(b: u8) -> bool {
    b.is_ascii_alphabetic() || b == b'_' || b == b':' || !b.is_ascii()
}

/// Where the tag whose attributes begin at `from` ends: at its `>`, or at a `<` if that comes first
/// outside of quotes. `None` if the text ends before.
fn tag_end(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    let mut before = b' ';
    while let Some(&b) = bytes.get(at) {
        match b {
            b'>' | b'<' => return Some(at),
            b'"' | b'\'' if before == b'=' => {
                if let Some(close) = closing_quote(text, at) {
                    at = close;
                }
            }
            _ => {}
        }
        if !b.is_ascii_whitespace() {
            before = b;
        }
        at += 1;
    }
    None
}

/// Where the value whose quote opens at `open` closes.
///
/// A quote that was forgotten would swallow everything up to the next one, in some other tag. That
/// shows: the value holds `<` or `>`, and after its "end" comes the beginning of another value, not
/// white space or the end of the tag. Then the quote counts as a plain character. Cheap even if it
/// happens often, as the search stops at the very quotes that the next search begins with.
fn closing_quote(text: &str, open: usize) -> Option<usize> {
    let quote = text.as_bytes()[open];
    let value = &text[open + 1..];
    let len = memchr(quote, value.as_bytes())?;
    let close = open + 1 + len;
    let follows = text.as_bytes().get(close + 1);
    let ends_well = follows.is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>' | b'?'));
    (ends_well || !value[..len].contains(['<', '>'])).then_some(close)
}

/// The attributes of a tag, in order. See [`Tag::attributes`].
#[derive(Clone, Debug)]
pub(super) struct Attributes<'a>(&'a str);

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<(&'a str, &'a str)> {
        let skip = |b: u8| b.is_ascii_whitespace() || matches!(b, b'/' | b'=' | b'"' | b'\'');
        let start = self.0.bytes().position(|b| !skip(b))?;
        let rest = &self.0[start..];
        let name_len = position(rest, |b| b.is_ascii_whitespace() || b == b'=');
        let (name, rest) = rest.split_at(name_len);
        let Some(value) = rest.trim_ascii_start().strip_prefix('=').map(str::trim_ascii_start) else {
            self.0 = rest;
            return Some((name, ""));
        };
        let (value, rest) = match value.as_bytes().first() {
            Some(quote @ (b'"' | b'\'')) => {
                let inside = &value[1..];
                match memchr(*quote, inside.as_bytes()) {
                    Some(end) => (&inside[..end], &inside[end + 1..]),
                    None => (inside, ""),
                }
            }
            _ => value.split_at(position(value, |b| b.is_ascii_whitespace())),
        };
        self.0 = rest;
        Some((name, value))
    }
}

/// Where the first byte stands that `is` agrees to, which must be ASCII; else the length.
fn position(text: &str, is: impl Fn(u8) -> bool) -> usize {
    text.bytes().position(is).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The tokens in one line: `<a x=1>`, `</a>`, `"text"`, `[cdata]`.
    fn line(text: &str) -> String {
        let mut out = String::new();
        for token in Tokens::new(text) {
            match token {
                Token::Start(tag) => {
                    out.push_str(&format!("<{}", tag.name));
                    for (name, value) in tag.attributes() {
                        out.push_str(&format!(" {name}={value}"));
                    }
                    out.push_str(if tag.empty { "/>" } else { ">" });
                }
                Token::End { name, .. } => out.push_str(&format!("</{name}>")),
                Token::Text(text) => out.push_str(&format!("{text:?}")),
                Token::Cdata(text) => out.push_str(&format!("[{text}]")),
            }
        }
        out
    }

    #[test]
    fn well_formed() {
        for (text, tokens) in [
            ("<a>x</a>", r#"<a>"x"</a>"#),
            ("<?xml version='1.0'?><!-- <b> --><a/>", "<a/>"),
            ("<a x='1' y = \"2\" z=3 w/>", "<a x=1 y=2 z=3 w=/>"),
            ("<a x='b>c<d'>", "<a x=b>c<d>"),
            ("<a><![CDATA[<b>&amp;]]></a>", "<a>[<b>&amp;]</a>"),
            ("<!DOCTYPE rss [<!ENTITY x \"y\"><!ENTITY z 'q'>]><a>&x;</a>", r#"<a>"&x;"</a>"#),
            ("<!DOCTYPE html><html>", "<html>"),
            ("<dc:creator  >x</dc:creator >", r#"<dc:creator>"x"</dc:creator>"#),
            ("<тег ключ='знач'>", "<тег ключ=знач>"),
        ] {
            assert_eq!(line(text), tokens, "{text}");
        }
    }

    #[test]
    fn broken() {
        for (text, tokens) in [
            ("a < b <c>", r#""a ""< b "<c>"#),
            ("1 <2 <", r#""1 ""<2 ""<""#),
            ("<a <b>", "<a><b>"),
            ("<a x=\"1><b y=\"2\">", "<a x=1><b y=2>"),
            ("<a x=\"1 y=\"2\">t</a>", "<a x=1 y= 2\"=>\"t\"</a>"),
            ("<a x='1'y='2'>", "<a x=1 y=2>"),
            ("<a href=http://x/y/>", "<a href=http://x/y/>"),
            ("<a", ""),
            ("<a x='", ""),
            ("t</a", r#""t"</a>"#),
            ("</a<b>", "</a><b>"),
            ("</>x", r#""</>x""#),
            ("<>x", r#""<>x""#),
            ("<!-- never <b>x", r#"" never "<b>"x""#),
            ("<t><![CDATA[never</t>", r#"<t>"never"</t>"#),
            ("<?xml version='1.0'><a><?b c?></a>", "<a></a>"),
            ("<?never <b>x</b>", r#""x"</b>"#),
            ("<!DOCTYPE x [ <b>", ""),
            ("<!x", r#""<!x""#),
            ("<![cdata[x]]>", "[x]"),
            ("<!-- a -- b --><c>", "<c>"),
        ] {
            assert_eq!(line(text), tokens, "{text}");
        }
    }

    #[test]
    fn cut_only_inside_a_tag() {
        for (text, cut) in [("<a>x", false), ("<a>x</", false), ("<a>x</a", true), ("<a x='", true), ("<a", true)] {
            let mut tokens = Tokens::new(text);
            while tokens.next().is_some() {}
            assert_eq!(tokens.cut(), cut, "{text}");
        }
    }

    #[test]
    fn attributes_in_any_case() {
        let Some(Token::Start(tag)) = Tokens::new("<a HREF=x xmlUrl='y'>").next() else { panic!("no tag") };
        assert_eq!(tag.attribute("href"), Some("x"));
        assert_eq!(tag.attribute("XMLURL"), Some("y"));
        assert_eq!(tag.attribute("rel"), None);
    }

    /// What is never closed must not be looked for again and again.
    #[test]
    fn linear_on_what_never_ends() {
        for piece in
            ["<!--", "<![CDATA[", "<?", "<!DOCTYPE [", "<a x=\"", "<a x='>", "<a x=\"><a y='", "</", "<", "<!", "&"]
        {
            let text = piece.repeat(400_000 / piece.len());
            assert!(Tokens::new(&text).count() <= text.len(), "{piece}");
        }
    }

    proptest! {
        #[test]
        fn every_input_ends_and_moves_on(text in "(<|>|/|!|\\?|--|\\[|\\]|CDATA|DOCTYPE|\"|'|=| |a|b:c|é|\\PC){0,60}") {
            let mut last = 0;
            let mut tokens = Tokens::new(&text);
            while tokens.next().is_some() {
                prop_assert!(tokens.at > last);
                last = tokens.at;
            }
        }
    }
}
