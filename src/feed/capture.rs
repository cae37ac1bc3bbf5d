//! Reading the text of one element: what stands between its tags, whether that is text, escaped
//! HTML, CDATA, XHTML or base64, and even if the end tag never comes.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use base64::{alphabet, engine::DecodePaddingMode};

use super::entity::{self, Rules};
use super::html_text::{self, Kind};
use super::names::{self, Means, Ns};
use super::token::{Tag, Token};
use super::xml::Reader;
use crate::text::charset;

/// What stood in an element.
#[derive(Clone, Debug, Default)]
pub(super) struct Captured<'a> {
    /// Text or HTML; a slice of the input where it stood there as it is.
    pub(super) text: Cow<'a, str>,
    /// Which of them it says it is.
    pub(super) kind: Kind,
}

/// How an element says its content is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// As text: references and CDATA stand for characters (of text or of HTML).
    Escaped,
    /// As elements: the markup itself is the content.
    Literal,
    /// As base64.
    Base64,
    /// As something that is not text.
    Useless,
}

/// Base64 as people write it: padded or not.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

fn mode(tag: &Tag<'_>) -> (Kind, Mode) {
    if tag.written_attributes().is_empty() {
        return (Kind::Unsaid, Mode::Escaped);
    }
    let [media, parse, mode] = tag.pick(["type", "rdf:parseType", "mode"]);
    let literal = parse.is_some_and(|v| v.eq_ignore_ascii_case("literal"));
    let media = small(media.unwrap_or(""));
    let mode = small(mode.unwrap_or(""));
    let media = media.split(';').next().unwrap_or("").trim_end();
    let (kind, natural) = match media {
        "" if literal => (Kind::Html, Mode::Literal),
        "" => (Kind::Unsaid, Mode::Escaped),
        "application/octet-stream" => (Kind::Unsaid, Mode::Base64),
        "text" | "text/plain" | "plain" => (Kind::Plain, Mode::Escaped),
        "html" | "text/html" => (Kind::Html, Mode::Escaped),
        "xhtml" | "application/xhtml+xml" => (Kind::Html, Mode::Literal),
        media if media.ends_with("+xml") || media.ends_with("/xml") => (Kind::Html, Mode::Literal),
        media if media.starts_with("text/") => (Kind::Plain, Mode::Escaped),
        media if ["image/", "audio/", "video/", "application/"].iter().any(|of| media.starts_with(of)) => {
            (Kind::Unsaid, Mode::Useless)
        }
        _ => (Kind::Unsaid, Mode::Escaped),
    };
    match &*mode {
        "escaped" => (kind, Mode::Escaped),
        "xml" if kind == Kind::Html => (kind, Mode::Literal),
        "base64" if natural != Mode::Useless => (kind, Mode::Base64),
        _ => (kind, natural),
    }
}

/// A word of an attribute in small letters; copied only if it has others.
pub(super) fn small(word: &str) -> Cow<'_, str> {
    let word = word.trim();
    if word.bytes().any(|b| b.is_ascii_uppercase()) {
        Cow::Owned(word.to_ascii_lowercase())
    } else {
        Cow::Borrowed(word)
    }
}

/// Text that is put together from pieces, and stays a slice of the input while they are what stands
/// there. White space before the first and after the last is left out.
#[derive(Default)]
struct Pieces<'a> {
    text: Cow<'a, str>,
    blank: &'a str,
    /// While the text is a slice of the input: where that begins and ends there.
    verbatim: Option<(usize, usize)>,
}

impl<'a> Pieces<'a> {
    fn push(&mut self, piece: Cow<'a, str>) {
        self.verbatim = None;
        if self.text.is_empty() {
            self.text = piece;
        } else {
            let text = self.text.to_mut();
            text.push_str(self.blank);
            text.push_str(&piece);
        }
        self.blank = "";
    }

    /// Adds what stands in `input` from `from` to `to`. Nothing is copied if the text ends there or,
    /// but for white space, begins there.
    fn push_verbatim(&mut self, input: &'a str, from: usize, to: usize) {
        let begin = match self.verbatim {
            Some((begin, end)) if end + self.blank.len() == from => Some(begin),
            None if self.text.is_empty() => Some(from),
            _ => None,
        };
        match begin {
            Some(begin) => {
                self.text = Cow::Borrowed(&input[begin..to]);
                self.blank = "";
                self.verbatim = Some((begin, to));
            }
            None => self.push(Cow::Borrowed(&input[from..to])),
        }
    }

    fn push_blank(&mut self, blank: &'a str) {
        if self.blank.is_empty() {
            self.blank = blank;
        }
    }

    fn push_parts(&mut self, parts: &[&str]) {
        self.verbatim = None;
        let text = self.text.to_mut();
        if !text.is_empty() {
            text.push_str(self.blank);
        }
        self.blank = "";
        parts.iter().for_each(|part| text.push_str(part));
    }
}

/// Whether what was captured is a single `<div>`, as Atom wraps XHTML.
#[derive(Default)]
struct Wrapper {
    depth: usize,
    outermost: usize,
    div: bool,
    text_outside: bool,
}

impl Wrapper {
    fn open(&mut self, local: &str, empty: bool) {
        if self.depth == 0 {
            self.outermost += 1;
            self.div = local.eq_ignore_ascii_case("div");
        }
        self.depth += usize::from(!empty && !html_text::is_void(local));
    }

    /// Whether anything was open.
    fn close(&mut self) -> bool {
        let open = self.depth > 0;
        self.depth -= usize::from(open);
        open
    }

    fn text(&mut self) {
        self.text_outside |= self.depth == 0;
    }

    /// What is inside of the only `<div>`, or all of it.
    fn unwrap(self, text: Cow<'_, str>) -> Cow<'_, str> {
        if self.outermost != 1 || !self.div || self.text_outside {
            return text;
        }
        let inside = text.find('>').map(|n| n + 1).zip(text.rfind("</")).filter(|(from, to)| from <= to);
        match inside {
            Some((from, to)) => match text {
                Cow::Borrowed(text) => Cow::Borrowed(text[from..to].trim()),
                Cow::Owned(text) => Cow::Owned(text[from..to].trim().to_owned()),
            },
            None => text,
        }
    }
}

impl<'a> Reader<'a> {
    /// Reads on to the end of the element that `tag` begins, or to where it must have ended.
    /// `body`: it may hold HTML that is neither escaped nor declared.
    pub(super) fn capture(&mut self, tag: &Tag<'a>, body: bool) -> Captured<'a> {
        let (kind, mode) = mode(tag);
        if tag.empty {
            return Captured { text: Cow::Borrowed(""), kind };
        }
        let literal = mode == Mode::Literal;
        let mut pieces = Pieces::default();
        let mut wrapper = Wrapper::default();
        let mut nested = 0_usize;
        loop {
            let Some(token) = self.tokens.next() else {
                self.ended_inside = true;
                break;
            };
            match token {
                Token::Text(text) if text.bytes().all(|b| b.is_ascii_whitespace()) => pieces.push_blank(text),
                Token::Text(text) => {
                    wrapper.text();
                    if literal {
                        let end = self.tokens.at();
                        pieces.push_verbatim(self.tokens.text(), end - text.len(), end);
                    } else {
                        pieces.push(entity::decode(text, Rules::Xml));
                    }
                }
                Token::Cdata(text) if literal => {
                    wrapper.text();
                    let mut escaped = String::with_capacity(text.len());
                    entity::escape_into(text, &mut escaped);
                    pieces.push(Cow::Owned(escaped));
                }
                Token::Cdata(text) => pieces.push(Cow::Borrowed(text)),
                Token::Start(inner) => {
                    if self.ends_here(&inner, tag, literal, body) {
                        self.tokens.rewind(inner.start);
                        break;
                    }
                    nested += usize::from(!inner.empty && inner.name.eq_ignore_ascii_case(tag.name));
                    let name = self.written_name(inner.name);
                    wrapper.open(name, inner.empty);
                    let close = inner.empty && !html_text::is_void(name);
                    let end = self.tokens.at();
                    if !close && name.len() == inner.name.len() && self.tokens.text()[..end].ends_with('>') {
                        pieces.push_verbatim(self.tokens.text(), inner.start, end);
                        continue;
                    }
                    let end: &[&str] = if close { &["></", name, ">"] } else { &[">"] };
                    pieces.push_parts(&["<", name, inner.written_attributes()]);
                    pieces.push_parts(end);
                }
                Token::End { name, start } => {
                    if name.eq_ignore_ascii_case(tag.name) {
                        if nested == 0 {
                            break;
                        }
                        nested -= 1;
                    } else if self.is_open(name) {
                        self.tokens.rewind(start);
                        break;
                    }
                    // It closes nothing.
                    if !wrapper.close() {
                        continue;
                    }
                    let (written, end) = (name, self.tokens.at());
                    let name = self.written_name(written);
                    if name.len() == written.len() && end == start + "</>".len() + name.len() {
                        pieces.push_verbatim(self.tokens.text(), start, end);
                    } else {
                        pieces.push_parts(&["</", name, ">"]);
                    }
                }
            }
        }
        let text = pieces.text;
        let text = match mode {
            Mode::Escaped => text,
            // Declared as elements, but written as text: a common mistake.
            Mode::Literal if wrapper.outermost == 0 => Cow::Owned(entity::decode(&text, Rules::Xml).into_owned()),
            Mode::Literal => wrapper.unwrap(text),
            Mode::Base64 => Cow::Owned(from_base64(&text)),
            Mode::Useless => Cow::Borrowed(""),
        };
        Captured { text, kind }
    }

    /// Whether an element that begins inside of `outer` shows that `outer` was never closed.
    fn ends_here(&mut self, inner: &Tag<'a>, outer: &Tag<'a>, literal: bool, body: bool) -> bool {
        let (ns, local) = self.spaces.resolve(inner);
        match names::lookup(ns, local) {
            None => false,
            Some(Means::Root(_) | Means::Channel | Means::Entry) => true,
            Some(_) if literal => false,
            Some(_) if body => {
                let may_stand_here = ns == Ns::Plain && names::also_in_html(local);
                !may_stand_here && !inner.name.eq_ignore_ascii_case(outer.name)
            }
            Some(_) => true,
        }
    }

    /// The name of an element of a body: without its prefix if that says it is XHTML.
    fn written_name(&self, name: &'a str) -> &'a str {
        match self.spaces.split(name) {
            (Ns::Xhtml, local) => local,
            _ => name,
        }
    }
}

fn from_base64(text: &str) -> String {
    let packed: Vec<u8> = text.bytes().filter(|b| !b.is_ascii_whitespace()).collect();
    let bytes = BASE64.decode(&packed).unwrap_or_default();
    charset::decode(&bytes, None).text
}
