//! A line that is being typed.

use unicode_segmentation::UnicodeSegmentation;

use crate::text::{Clean, Raw};

/// What a typed line is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A search.
    Search,
    /// An address to subscribe to or save.
    Add,
    /// A file to import.
    Import,
    /// What help should show.
    Help,
}

impl Purpose {
    /// The words before the line.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Search => "Search: ",
            Self::Add => "Add a feed, site or page: ",
            Self::Import => "Import a file: ",
            Self::Help => "Find a key: ",
        }
    }

    /// The same in one word, for narrow screens.
    #[must_use]
    pub fn short_label(self) -> &'static str {
        match self {
            Self::Search => "Search: ",
            Self::Add => "Add: ",
            Self::Import => "Import: ",
            Self::Help => "Find: ",
        }
    }
}

/// The most characters of a typed line.
const LONGEST: usize = 8 * 1024;

/// A line that is being typed.
#[derive(Clone, Debug)]
pub struct Prompt {
    /// What it is for.
    pub purpose: Purpose,
    began: String,
    text: String,
    /// Where the cursor is, in bytes.
    at: usize,
    /// What is wrong with it, in words.
    pub error: Option<Clean>,
}

/// A change to the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Put a character in.
    Put(char),
    /// Take out the grapheme before the cursor.
    DeleteBefore,
    /// Take out the one after.
    DeleteAfter,
    /// Take out the word before.
    DeleteWord,
    /// Take out everything before.
    DeleteToStart,
    /// One grapheme left.
    Left,
    /// One right.
    Right,
    /// To the start.
    Start,
    /// To the end.
    End,
}

impl Prompt {
    /// A line that begins as `text`.
    #[must_use]
    pub fn new(purpose: Purpose, text: &str) -> Self {
        Self { purpose, began: text.to_owned(), text: text.to_owned(), at: text.len(), error: None }
    }

    /// What stood in it at first.
    #[must_use]
    pub fn began_as(&self) -> &str {
        &self.began
    }

    /// What was typed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What stands before the cursor and after it, fit to be drawn.
    #[must_use]
    pub fn halves(&self) -> (Clean, Clean) {
        let (before, after) = self.text.split_at(self.at);
        (Clean::verbatim(before), Clean::verbatim(after))
    }

    /// Puts in what was pasted, its line breaks as spaces.
    pub fn paste(&mut self, pasted: &Raw) {
        let line = pasted.line();
        for c in line.as_str().chars() {
            self.edit(Edit::Put(c));
        }
    }

    /// Changes the line.
    pub fn edit(&mut self, edit: Edit) {
        self.error = None;
        match edit {
            Edit::Put(c) if c.is_control() || self.text.len() + c.len_utf8() > LONGEST => {}
            Edit::Put(c) => {
                self.text.insert(self.at, c);
                self.at += c.len_utf8();
            }
            Edit::DeleteBefore => self.delete(self.before()),
            Edit::DeleteAfter => self.text.replace_range(self.at..self.after(), ""),
            Edit::DeleteWord => {
                let words = self.text[..self.at].trim_end();
                self.delete(
                    words
                        .rfind(char::is_whitespace)
                        .map_or(0, |space| space + words[space..].chars().next().map_or(1, char::len_utf8)),
                );
            }
            Edit::DeleteToStart => self.delete(0),
            Edit::Left => self.at = self.before(),
            Edit::Right => self.at = self.after(),
            Edit::Start => self.at = 0,
            Edit::End => self.at = self.text.len(),
        }
    }

    fn delete(&mut self, from: usize) {
        self.text.replace_range(from..self.at, "");
        self.at = from;
    }

    fn before(&self) -> usize {
        self.text[..self.at].grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn after(&self) -> usize {
        self.at + self.text[self.at..].graphemes(true).next().map_or(0, str::len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn typed(text: &str) -> Prompt {
        Prompt::new(Purpose::Search, text)
    }

    #[test]
    fn editing() {
        let mut line = typed("grain deal talks");
        line.edit(Edit::DeleteWord);
        assert_eq!(line.text(), "grain deal ");
        line.edit(Edit::DeleteBefore);
        line.edit(Edit::Start);
        line.edit(Edit::DeleteAfter);
        line.edit(Edit::Put('G'));
        assert_eq!(line.text(), "Grain deal");
        line.edit(Edit::DeleteToStart);
        assert_eq!(line.text(), "rain deal");
    }

    #[test]
    fn graphemes_are_deleted_whole_and_pastes_are_cleaned() {
        let mut line = typed("e\u{301}👩\u{200d}🚀");
        line.edit(Edit::DeleteBefore);
        assert_eq!(line.text(), "e\u{301}");
        line.edit(Edit::DeleteBefore);
        line.paste(&Raw::new("a\nb\u{1b}[31mc"));
        assert_eq!(line.text(), "a bc");
    }

    proptest! {
        #[test]
        fn no_edit_breaks_the_line(text in "\\PC{0,20}", edits in proptest::collection::vec(0_u8..9, 0..40)) {
            let mut line = typed(&text);
            for edit in edits {
                line.edit(match edit {
                    0 => Edit::Put('ж'),
                    1 => Edit::DeleteBefore,
                    2 => Edit::DeleteAfter,
                    3 => Edit::DeleteWord,
                    4 => Edit::DeleteToStart,
                    5 => Edit::Left,
                    6 => Edit::Right,
                    7 => Edit::Start,
                    _ => Edit::End,
                });
                let _ = line.halves();
            }
        }
    }
}
