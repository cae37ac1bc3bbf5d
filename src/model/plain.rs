//! The words of a text without its form: bare, as the search and related news take them, or as a person
//! reads them.

use super::document::{Block, Inline};
use crate::text::raised::{lower, lowered, raise, raised};

/// What becomes of raised and lowered words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scripts {
    /// They are words like the others: who looks for `CO2` finds it.
    Bare,
    /// They stay raised and lowered: figures would be other figures else.
    Told,
}

/// The words of `blocks`, a block to a line.
pub(super) fn text(blocks: &[Block], scripts: Scripts) -> String {
    let mut plain = Plain { out: String::new(), scripts };
    plain.blocks(blocks);
    plain.out.truncate(plain.out.trim_end().len());
    plain.out
}

/// The words of `inlines` alone, appended to `out`.
pub fn inlines_text(inlines: &[Inline], out: &mut String) {
    append(inlines, Scripts::Bare, out);
}

/// The words of `inlines` as a person reads them, appended to `out`: what is raised or lowered stays so.
pub fn inlines_readable(inlines: &[Inline], out: &mut String) {
    append(inlines, Scripts::Told, out);
}

/// Whether a part of `inlines` is a link, the sign of a footnote or a picture: more than words.
#[must_use]
pub fn leads(inlines: &[Inline]) -> bool {
    inlines.iter().any(|inline| match inline {
        Inline::Link { .. } | Inline::Note(_) | Inline::Image(_) => true,
        Inline::Strong(inner)
        | Inline::Emphasis(inner)
        | Inline::Strike(inner)
        | Inline::Superscript(inner)
        | Inline::Subscript(inner) => leads(inner),
        Inline::Text(_) | Inline::Code(_) | Inline::Break => false,
    })
}

/// The words within a [`Inline::Superscript`] in Unicode's raised letters; `None` where not all of them
/// have one, or some are more than words.
#[must_use]
pub fn raised_letters(inner: &[Inline]) -> Option<String> {
    letters(inner, raise)
}

/// The words within a [`Inline::Subscript`] in Unicode's lowered letters; `None` as with [`raised_letters`].
#[must_use]
pub fn lowered_letters(inner: &[Inline]) -> Option<String> {
    letters(inner, lower)
}

fn letters(inner: &[Inline], form: fn(&str) -> Option<String>) -> Option<String> {
    let mut words = String::new();
    append(inner, Scripts::Bare, &mut words);
    form(words.trim()).filter(|_| !leads(inner))
}

fn append(inlines: &[Inline], scripts: Scripts, out: &mut String) {
    let mut plain = Plain { out: std::mem::take(out), scripts };
    plain.inlines(inlines);
    *out = plain.out;
}

struct Plain {
    out: String,
    scripts: Scripts,
}

impl Plain {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading { text, .. } | Block::Paragraph(text) => self.line(text),
                Block::Quote(blocks) => self.blocks(blocks),
                Block::List { items, .. } | Block::Notes(items) => items.iter().for_each(|item| self.blocks(item)),
                Block::Definitions(items) => {
                    for (term, meaning) in items {
                        self.line(term);
                        self.blocks(meaning);
                    }
                }
                Block::Table(table) => {
                    self.line(&table.caption);
                    for row in &table.rows {
                        for (n, cell) in row.iter().enumerate() {
                            if n > 0 {
                                self.out.push_str(" | ");
                            }
                            self.inlines(cell);
                        }
                        self.out.push('\n');
                    }
                }
                Block::Code { text, .. } => {
                    self.out.push_str(text.as_str().trim_end());
                    self.out.push('\n');
                }
                Block::Figure { caption, .. } => self.line(caption),
                // Its title is mostly the name of the site it comes from.
                Block::Media { .. } | Block::Rule => {}
            }
        }
    }

    fn line(&mut self, inlines: &[Inline]) {
        if !inlines.is_empty() {
            self.inlines(inlines);
            self.out.push('\n');
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(text) | Inline::Code(text) => self.out.push_str(text.as_str()),
                Inline::Superscript(inner) => self.script(inner, raised),
                Inline::Subscript(inner) => self.script(inner, lowered),
                Inline::Strong(inner)
                | Inline::Emphasis(inner)
                | Inline::Strike(inner)
                | Inline::Link { text: inner, .. } => self.inlines(inner),
                // Its number is no word of the text.
                Inline::Image(_) | Inline::Note(_) => {}
                Inline::Break => self.out.push('\n'),
            }
        }
    }

    fn script(&mut self, inner: &[Inline], form: fn(&str) -> String) {
        // A link says by itself that it stands apart.
        if self.scripts == Scripts::Bare || leads(inner) {
            return self.inlines(inner);
        }
        let mut words = String::new();
        append(inner, Scripts::Told, &mut words);
        if !words.trim().is_empty() {
            self.out.push_str(&form(words.trim()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Document;
    use crate::text::{Clean, Link};

    fn words(text: &str) -> Inline {
        Inline::Text(Clean::run(text))
    }

    #[test]
    fn a_power_is_no_other_figure_to_a_person_and_a_word_like_others_to_the_search() {
        let inner = |text: &str| vec![words(text)];
        let link = Inline::Link { to: Link::parse("https://a.example/").unwrap(), text: inner("7") };
        let document = Document {
            blocks: vec![Block::Paragraph(vec![
                words("10"),
                Inline::Superscript(inner("6")),
                words(" t of CO"),
                Inline::Subscript(inner("2")),
                words(", x"),
                Inline::Superscript(inner("Юг")),
                words(", y"),
                Inline::Subscript(vec![]),
                words(", note"),
                Inline::Superscript(vec![link]),
                words(", e"),
                Inline::Superscript(vec![words("x"), Inline::Superscript(inner("2"))]),
            ])],
        };
        assert_eq!(document.plain_text(), "106 t of CO2, xЮг, y, note7, ex2");
        assert_eq!(document.readable_text(), "10⁶ t of CO₂, x^(Юг), y, note7, e^(x²)");
    }
}
