//! One line of text in the making: runs, marks and folded white space.

use super::notes::Notes;
use crate::model::{Image, Inline, Inlines, document};
use crate::text::{Clean, Link, tex};

/// The most marks (bold, link …) that are kept around a run; further ones are dropped, their words
/// stay.
pub const MAX_MARKS: usize = 8;

/// What can be laid around a run of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Strong,
    Emphasis,
    Strike,
    Superscript,
    Subscript,
    Code,
    Link(Link),
    /// A link within the page, by the name of the place.
    Note(String),
}

/// What the line ends with so far; decides whether a space would be one too many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Last {
    #[default]
    Start,
    Space,
    Break,
    Word,
}

/// A line in the making.
#[derive(Default)]
pub(super) struct Line {
    /// The run that is being written.
    run: String,
    /// Finished runs outside all marks.
    bottom: Inlines,
    /// The open marks, outermost first, each with its finished runs.
    marks: Vec<(Mark, Inlines)>,
    last: Last,
    /// What is known of footnotes.
    pub(super) notes: Notes,
}

impl Line {
    /// Adds words, folding white space across run borders as a browser does.
    pub(super) fn text(&mut self, text: &str) {
        for c in text.chars() {
            // Spaces that do not break are there on purpose.
            if c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}' {
                if self.last == Last::Word {
                    self.run.push(' ');
                    self.last = Last::Space;
                }
            } else {
                self.run.push(c);
                self.last = Last::Word;
            }
        }
    }

    /// Opens a mark; `false` (and nothing to close) if it is open already or there are too many.
    pub(super) fn open(&mut self, mark: Mark) -> bool {
        let again = self.marks.iter().any(|(open, _)| std::mem::discriminant(open) == std::mem::discriminant(&mark));
        if again || self.marks.len() >= MAX_MARKS {
            return false;
        }
        self.end_run();
        self.marks.push((mark, Vec::new()));
        true
    }

    /// Closes the innermost mark.
    pub(super) fn close(&mut self) {
        self.end_run();
        if let Some((mark, inner)) = self.marks.pop()
            && !inner.is_empty()
        {
            let wrapped = self.wrap(&mark, inner);
            self.top().extend(wrapped);
        }
    }

    /// Adds a picture.
    pub(super) fn image(&mut self, image: Image) {
        self.end_run();
        self.top().push(Inline::Image(image));
        self.last = Last::Word;
    }

    /// Adds a line break; `true` if it is the second in a row, which is how many pages set
    /// paragraphs apart.
    pub(super) fn line_break(&mut self) -> bool {
        match self.last {
            Last::Start => return false,
            Last::Break => return true,
            Last::Space if self.run.ends_with(' ') => {
                self.run.pop();
            }
            Last::Space | Last::Word => {}
        }
        self.end_run();
        self.top().push(Inline::Break);
        self.last = Last::Break;
        false
    }

    /// Ends the line and returns it, trimmed. Open marks go on in the next line.
    pub(super) fn take(&mut self) -> Inlines {
        self.end_run();
        for depth in (0..self.marks.len()).rev() {
            let inner = std::mem::take(&mut self.marks[depth].1);
            if !inner.is_empty() {
                let mark = self.marks[depth].0.clone();
                let wrapped = self.wrap(&mark, inner);
                match depth.checked_sub(1) {
                    Some(below) => self.marks[below].1.extend(wrapped),
                    None => self.bottom.extend(wrapped),
                }
            }
        }
        self.last = Last::Start;
        let mut line = std::mem::take(&mut self.bottom);
        trim_end(&mut line);
        line
    }

    fn wrap(&mut self, mark: &Mark, inner: Inlines) -> Inlines {
        match mark {
            Mark::Note(target) => self.notes.sign(target, inner),
            mark => wrap(mark, inner),
        }
    }

    fn top(&mut self) -> &mut Inlines {
        match self.marks.last_mut() {
            Some((_, runs)) => runs,
            None => &mut self.bottom,
        }
    }

    fn end_run(&mut self) {
        if self.run.is_empty() {
            return;
        }
        let plain = tex::in_text(&self.run);
        let clean = Clean::run(plain.as_deref().unwrap_or(&self.run));
        self.run.clear();
        if !clean.is_empty() {
            self.top().push(Inline::Text(clean));
        }
    }
}

/// Lays `mark` around `inner`.
fn wrap(mark: &Mark, inner: Inlines) -> Inlines {
    vec![match mark {
        Mark::Note(_) => return inner,
        Mark::Strong => Inline::Strong(inner),
        Mark::Emphasis => Inline::Emphasis(inner),
        Mark::Strike => Inline::Strike(inner),
        Mark::Superscript => Inline::Superscript(inner),
        Mark::Subscript => Inline::Subscript(inner),
        Mark::Link(to) => Inline::Link { to: to.clone(), text: inner },
        Mark::Code => return inner.into_iter().map(code).collect(),
    }]
}

/// Code holds words only, so it goes inside a link and takes the place of other marks.
fn code(inline: Inline) -> Inline {
    match inline {
        Inline::Link { to, text } => Inline::Link { to, text: text.into_iter().map(code).collect() },
        Inline::Image(_) | Inline::Note(_) | Inline::Break => inline,
        other => {
            let mut words = String::new();
            document::inlines_text(&[other], &mut words);
            Inline::Code(Clean::run(&words))
        }
    }
}

/// Takes spaces and breaks off the end. Recursion is bounded by [`MAX_MARKS`].
pub(super) fn trim_end(line: &mut Inlines) {
    while let Some(last) = line.last_mut() {
        if trim(last, str::trim_end, trim_end) {
            return;
        }
        line.pop();
    }
}

/// Takes spaces and breaks off the start. Recursion is bounded by [`MAX_MARKS`].
pub(super) fn trim_start(line: &mut Inlines) {
    while let Some(first) = line.first_mut() {
        if trim(first, str::trim_start, trim_start) {
            return;
        }
        line.remove(0);
    }
}

/// Trims the outermost run of a line, within its marks by `inner`; says whether anything is left.
fn trim(run: &mut Inline, words: fn(&str) -> &str, inner: fn(&mut Inlines)) -> bool {
    match run {
        Inline::Break => false,
        Inline::Text(text) => {
            let trimmed = words(text.as_str());
            if trimmed.is_empty() {
                return false;
            }
            if trimmed.len() < text.as_str().len() {
                *text = Clean::run(trimmed);
            }
            true
        }
        Inline::Strong(marked)
        | Inline::Emphasis(marked)
        | Inline::Strike(marked)
        | Inline::Superscript(marked)
        | Inline::Subscript(marked)
        | Inline::Link { text: marked, .. } => {
            inner(marked);
            !marked.is_empty()
        }
        Inline::Code(_) | Inline::Image(_) | Inline::Note(_) => true,
    }
}
