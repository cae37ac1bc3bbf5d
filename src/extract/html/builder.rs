//! From tags and text to blocks, with an explicit stack.
//!
//! What [`mod@super::guard`] promises is relied on: every start tag of an element with content has its
//! end tag in its place. What a start tag opens is in [`mod@super::open`], what becomes of a block at its end
//! in [`mod@super::frames`].

use super::attributes::Attributes;
use super::elements::{is_mute, is_void};
use super::embeds::Media;
use super::frames::Frame;
use super::image::{self, Picture};
use super::line::Line;
use super::math::Math;
use super::tabs;
use crate::model::{Block, Document, Image};
use crate::text::{Clean, CleanText, Link, tex};

/// How deep blocks are nested in a document at most; deeper ones are set beside each other. It
/// keeps the stored form well under the nesting that readers of JSON put up with (128).
pub const MAX_NESTING: usize = 12;

/// What the end tag of an open element has to do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Nothing,
    /// End the paragraph.
    Block,
    /// Finish the top frame.
    Frame,
    /// Close the innermost mark.
    Mark,
    /// End of what is not for readers.
    Skip,
    Row,
    /// End the head, the body or the foot of a table.
    Part,
    Code,
    Media,
    Picture,
    /// Write this behind the content.
    Text(&'static str),
    /// End the paragraph that is the head of what can be folded away.
    Summary,
    /// End a part of a formula.
    MathPart,
    /// Write the formula.
    Math,
    /// Close a footnote's place within a line: what it stands in is the note.
    Place,
}

/// Preformatted text in the making.
#[derive(Default)]
pub(super) struct Code {
    pub(super) language: Option<Clean>,
    pub(super) text: String,
}

/// Makes blocks of tags and text.
pub(super) struct Builder<'b> {
    pub(super) base: Option<&'b Link>,
    /// The frames, outermost first, each with the blocks it holds so far. Never empty.
    pub(super) frames: Vec<(Frame, Vec<Block>)>,
    /// What the end tags to come have to do, innermost last.
    ends: Vec<End>,
    pub(super) line: Line,
    /// Open elements that are not for readers.
    pub(super) skipping: usize,
    pub(super) code: Option<Code>,
    pub(super) media: Option<Media>,
    pub(super) math: Option<Math>,
    /// The footnote that the line under way is.
    pub(super) note: Option<String>,
    /// The address that an open `picture` offers.
    pub(super) source: Option<String>,
    /// The last picture set, so that a `noscript` copy of it is not set again.
    last_picture: Option<Link>,
}

impl<'b> Builder<'b> {
    pub(super) fn new(base: Option<&'b Link>) -> Self {
        Self {
            base,
            frames: vec![(Frame::Root, Vec::new())],
            ends: Vec::new(),
            line: Line::default(),
            skipping: 0,
            code: None,
            media: None,
            math: None,
            note: None,
            source: None,
            last_picture: None,
        }
    }

    /// Text between tags.
    pub(super) fn text(&mut self, text: &str) {
        if self.skipping > 0 {
        } else if let Some(math) = &mut self.math {
            math.text(text);
        } else if let Some(code) = &mut self.code {
            code.text.push_str(text);
        } else {
            self.line.text(text);
        }
    }

    /// A start tag.
    pub(super) fn start(&mut self, name: &str, attributes: Attributes<'_>) {
        match name {
            "html" | "head" | "body" => return,
            "source" => return self.source(attributes),
            _ if is_void(name) => {
                if self.skipping == 0 {
                    self.void(name, attributes);
                }
                return;
            }
            _ => {}
        }
        let end = if self.skipping > 0 {
            End::Nothing
        } else if is_mute(name) || attributes.hidden() {
            self.skipping += 1;
            End::Skip
        } else if let Some(math) = &mut self.math {
            math.start(name);
            End::MathPart
        } else if self.code.is_some() {
            self.start_in_code(name, attributes)
        } else {
            self.start_element(name, attributes)
        };
        self.ends.push(end);
    }

    /// An element without content.
    fn void(&mut self, name: &str, attributes: Attributes<'_>) {
        match name {
            "br" => match &mut self.code {
                Some(code) => code.text.push('\n'),
                None => {
                    if self.line.line_break() {
                        self.flush();
                    }
                }
            },
            "hr" if self.code.is_none() => {
                self.flush();
                self.push(Block::Rule);
            }
            "img" | "image" if self.code.is_none() && !attributes.hidden() => {
                match image::picture(attributes, self.source.as_deref(), self.base) {
                    Picture::Illustration(image) => self.line.image(image),
                    Picture::Sign(words) => {
                        // The sign of a formula is called by its TeX.
                        let plain =
                            tex::to_unicode(words.as_str()).filter(|_| words.as_str().contains(['\\', '^', '_']));
                        self.line.text(plain.as_deref().unwrap_or(words.as_str()));
                    }
                    Picture::Nothing => {}
                }
            }
            "embed" => self.embed(attributes, "src"),
            // What is to be done, and what is.
            "input" if attributes.get("type") == Some("checkbox") && self.in_item() => {
                self.line.text(if attributes.has("checked") { "[x] " } else { "[ ] " });
            }
            _ => {}
        }
    }

    /// Whether an item of a list is being read, and nothing else within it.
    fn in_item(&self) -> bool {
        self.code.is_none() && matches!(self.frames.last(), Some((Frame::Item, _)))
    }

    /// An end tag.
    pub(super) fn end(&mut self, name: &str) {
        if matches!(name, "html" | "head" | "body") || is_void(name) {
            return;
        }
        match self.ends.pop().unwrap_or(End::Nothing) {
            End::Nothing => {}
            End::Block => self.flush(),
            End::Frame => self.end_frame(),
            End::Mark => self.line.close(),
            End::Skip | End::Place => self.skipping -= 1,
            End::Summary => {
                self.line.close();
                self.flush();
            }
            End::MathPart => {
                if let Some(math) = &mut self.math {
                    math.end();
                }
            }
            End::Math => {
                if let Some(math) = self.math.take() {
                    self.line.text(&math.finish());
                }
            }
            End::Text(text) => self.text(text),
            End::Picture => self.source = None,
            End::Row => {
                self.flush();
                if let Some((Frame::Table(rows), _)) = self.frames.last_mut() {
                    rows.end_row();
                }
            }
            End::Part => {
                self.flush();
                if let Some((Frame::Table(rows), _)) = self.frames.last_mut() {
                    rows.end_part();
                }
            }
            End::Code => {
                if let Some(code) = self.code.take() {
                    let text = code.text.strip_prefix('\n').unwrap_or(&code.text).trim_end();
                    if !text.trim().is_empty() {
                        let text = CleanText::new(&tabs::set(text));
                        self.push(Block::Code { language: code.language, text });
                    }
                }
            }
            End::Media => {
                self.skipping -= 1;
                if let Some(media) = self.media.take() {
                    self.media(media);
                }
            }
        }
    }

    /// Ends the line and sets it as a paragraph, with the pictures at its ends beside it.
    pub(super) fn flush(&mut self) {
        let line = self.line.take();
        if line.is_empty() {
            return;
        }
        let (before, line, after) = image::lift(line);
        before.into_iter().for_each(|image| self.picture(image));
        if !line.is_empty() {
            let paragraph = Block::Paragraph(line);
            match self.note.take() {
                Some(place) => self.put_note(&place, vec![paragraph]),
                None => self.push(paragraph),
            }
        }
        after.into_iter().for_each(|image| self.picture(image));
    }

    fn picture(&mut self, image: Image) {
        if image.link.is_none() || image.link != self.last_picture {
            self.last_picture.clone_from(&image.link);
            self.push(Block::Figure { image, caption: Vec::new() });
        }
    }

    /// Adds a block to the top frame.
    pub(super) fn push(&mut self, block: Block) {
        let Some((frame, blocks)) = self.frames.last_mut() else { return };
        match frame {
            // What stands in a list and in no item belongs to the item before it.
            Frame::List { items, .. } => match items.last_mut() {
                Some(item) => item.push(block),
                None => items.push(vec![block]),
            },
            Frame::Definitions(entries) => match entries.last_mut() {
                Some((_, meaning)) => meaning.push(block),
                None => entries.push((Vec::new(), vec![block])),
            },
            _ => blocks.push(block),
        }
    }

    /// Ends everything that is open and returns the document, without rules at its ends and twice
    /// in a row.
    pub(super) fn finish(mut self) -> Document {
        while self.frames.len() > 1 {
            self.end_frame();
        }
        self.flush();
        let mut blocks = self.frames.pop().map(|(_, blocks)| blocks).unwrap_or_default();
        blocks.dedup_by(|a, b| *a == Block::Rule && *b == Block::Rule);
        let lead = blocks.iter().take_while(|block| **block == Block::Rule).count();
        blocks.drain(..lead);
        while blocks.last() == Some(&Block::Rule) {
            blocks.pop();
        }
        self.line.notes.gather(&mut blocks);
        Document { blocks }
    }
}
