//! What a start tag opens: a mark within the line, a block, a formula, code; or nothing at all.

use super::attributes::Attributes;
use super::builder::{Builder, Code, End, MAX_NESTING};
use super::elements::{is_block, language};
use super::embeds::Media;
use super::frames::Frame;
use super::image;
use super::line::Mark;
use super::math::Math;
use super::table::Rows;
use crate::model::{Figures, Numbering};

impl Builder<'_> {
    /// What a start tag within preformatted text means: a line, perhaps, or the language.
    pub(super) fn start_in_code(&mut self, name: &str, attributes: Attributes<'_>) -> End {
        let Some(code) = &mut self.code else { return End::Nothing };
        if code.language.is_none() && code.text.trim().is_empty() {
            code.language = language(attributes);
        }
        let line = matches!(name, "div" | "p" | "li" | "tr");
        if line && !code.text.is_empty() && !code.text.ends_with('\n') {
            code.text.push('\n');
        }
        if line { End::Text("\n") } else { End::Nothing }
    }

    /// Any other start tag, and what its end tag will have to do.
    pub(super) fn start_element(&mut self, name: &str, attributes: Attributes<'_>) -> End {
        if let Some(end) = self.note_of(name, attributes) {
            return end;
        }
        if let ("a" | "sup" | "span", Some(id)) = (name, attributes.get("id")) {
            self.line.notes.place(id);
        }
        if name == "a" && self.is_way_back(attributes) {
            self.skipping += 1;
            return End::Skip;
        }
        if let Some(mark) = self.mark(name, attributes) {
            return if self.line.open(mark) { End::Mark } else { End::Nothing };
        }
        match name {
            "math" => {
                self.math = Some(Math::new(attributes.get("alttext")));
                End::Math
            }
            "summary" => {
                // What a reader would press to see the rest: it heads it.
                self.flush();
                if self.line.open(Mark::Strong) { End::Summary } else { End::Block }
            }
            "q" => {
                self.line.text("“");
                End::Text("”")
            }
            "rt" => {
                self.line.text("(");
                End::Text(")")
            }
            "picture" => {
                self.source = None;
                End::Picture
            }
            "iframe" => {
                self.embed(attributes, "src");
                End::Nothing
            }
            "object" => {
                self.embed(attributes, "data");
                End::Nothing
            }
            "audio" | "video" => {
                let link = attributes.get("src").and_then(|src| image::resolve(src, self.base));
                let title = attributes.line("title").or_else(|| attributes.line("aria-label"));
                self.media = Some(Media { link, title });
                self.skipping += 1;
                End::Media
            }
            "pre" | "listing" => {
                self.flush();
                self.code = Some(Code { language: language(attributes), text: String::new() });
                End::Code
            }
            _ if is_block(name) => {
                self.flush();
                self.start_block(name, attributes)
            }
            _ => End::Nothing,
        }
    }

    fn mark(&self, name: &str, attributes: Attributes<'_>) -> Option<Mark> {
        Some(match name {
            "strong" | "b" => Mark::Strong,
            "em" | "i" | "cite" | "dfn" | "var" => Mark::Emphasis,
            "s" | "strike" | "del" => Mark::Strike,
            "sup" => Mark::Superscript,
            "sub" => Mark::Subscript,
            "code" | "tt" | "kbd" | "samp" => Mark::Code,
            "a" => {
                let address = attributes.get("href")?;
                // A link within the page leads nowhere here, unless it leads to a footnote.
                match self.within(address) {
                    Some(place) => Mark::Note(place.to_owned()),
                    None => Mark::Link(image::resolve(address, self.base)?),
                }
            }
            _ => return None,
        })
    }

    fn start_block(&mut self, name: &str, attributes: Attributes<'_>) -> End {
        let top = self.frames.last().map(|(frame, _)| frame);
        let frame = match name {
            "blockquote" => Frame::Quote,
            "ul" | "menu" | "dir" => Frame::List { start: None, numbering: None, items: Vec::new() },
            "ol" => Frame::List {
                start: attributes.number("start"),
                numbering: Some(Numbering {
                    figures: attributes.get("type").map_or(Figures::Arabic, Figures::of_html),
                    down: attributes.has("reversed"),
                }),
                items: Vec::new(),
            },
            "li" if matches!(top, Some(Frame::List { .. })) => Frame::Item,
            "dl" => Frame::Definitions(Vec::new()),
            "dt" if matches!(top, Some(Frame::Definitions(_))) => Frame::Term,
            "dd" if matches!(top, Some(Frame::Definitions(_))) => Frame::Meaning,
            "table" => {
                let role = attributes.get("role");
                Frame::Table(Box::new(Rows::new(matches!(role, Some("presentation" | "none")))))
            }
            "thead" | "tbody" | "tfoot" | "tr" | "td" | "th" | "caption" if matches!(top, Some(Frame::Table(_))) => {
                return self.start_table_part(name, attributes);
            }
            "figure" => Frame::Figure { caption: Vec::new() },
            "figcaption" => Frame::Caption,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Frame::Heading(name.as_bytes()[1] - b'0'),
            "form" => Frame::Form,
            _ => return End::Block,
        };
        // The parts of a list or table follow it whatever the depth; all else stops at the cap.
        let part = matches!(frame, Frame::Item | Frame::Term | Frame::Meaning);
        if self.frames.len() > MAX_NESTING && !part {
            return End::Block;
        }
        self.frames.push((frame, Vec::new()));
        End::Frame
    }

    fn start_table_part(&mut self, name: &str, attributes: Attributes<'_>) -> End {
        let Some((Frame::Table(rows), _)) = self.frames.last_mut() else { return End::Block };
        match name {
            "thead" | "tbody" | "tfoot" => {
                rows.begin_part(name == "thead");
                return End::Part;
            }
            "tr" => {
                rows.begin_row();
                return End::Row;
            }
            _ => {}
        }
        let frame = match name {
            "caption" => Frame::Caption,
            _ => Frame::Cell {
                head: name == "th",
                columns: attributes.number("colspan").unwrap_or(1),
                rows: attributes.number("rowspan").unwrap_or(1),
            },
        };
        self.frames.push((frame, Vec::new()));
        End::Frame
    }
}
