//! A line that is being typed.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::completion::Offers;
use crate::clean;
use crate::model::query::QueryError;
use crate::model::{ArticleId, FeedId};
use crate::text::{Clean, Raw};

/// What a typed line is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A search of everything.
    Search,
    /// A query that narrows the list.
    Filter,
    /// Words to be found in the article.
    Find,
    /// An address to subscribe to or save.
    Add,
    /// A file to import.
    Import,
    /// What help should show.
    Help,
    /// What to mute.
    Mute,
    /// Until when.
    MuteUntil,
    /// The name to keep a search under.
    Save,
    /// Another name for a saved query.
    RenameSaved,
    /// Another name for a feed.
    Rename(FeedId),
    /// The folder for a feed.
    Move(FeedId),
    /// Tags for an article.
    Tag(ArticleId),
    /// The note on an article.
    Note(ArticleId),
    /// Where to export to.
    Export,
    /// What to go to.
    GoTo,
    /// A command.
    Command,
    /// A program to pipe an article to.
    Pipe(ArticleId),
    /// A program to share with.
    Share,
    /// How far to undo.
    Undo,
}

impl Purpose {
    /// The words before the line.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Search => "Search: ",
            Self::Filter => "Filter this list: ",
            Self::Find => "Find in this article: ",
            Self::Add => "Add a feed, site or page: ",
            Self::Import => "Import a file: ",
            Self::Help => "Find a key: ",
            Self::Mute => "Mute a word or search: ",
            Self::MuteUntil => "Mute until (3d, 2w, a date): ",
            Self::Save => "Save this search as: ",
            Self::RenameSaved => "Call it: ",
            Self::Rename(_) => "Call it (empty: its own name): ",
            Self::Move(_) => "Move to the folder (empty: none): ",
            Self::Tag(_) => "Tag: ",
            Self::Note(_) => "Note: ",
            Self::Export => "Export to the folder: ",
            Self::GoTo => "Go to: ",
            Self::Command => ":",
            Self::Pipe(_) => "Pipe the article to: ",
            Self::Share => "Share with: ",
            Self::Undo => "Undo back to: ",
        }
    }

    /// The same in one word, for narrow screens.
    #[must_use]
    pub fn short_label(self) -> &'static str {
        match self {
            Self::Search => "Search: ",
            Self::Filter => "Filter: ",
            Self::Find => "Find: ",
            Self::Add => "Add: ",
            Self::Import => "Import: ",
            Self::Help => "Find: ",
            Self::Mute => "Mute: ",
            Self::MuteUntil => "Until: ",
            Self::Save | Self::RenameSaved | Self::Rename(_) => "Name: ",
            Self::Move(_) => "Folder: ",
            Self::Tag(_) => "Tag: ",
            Self::Note(_) => "Note: ",
            Self::Export => "To: ",
            Self::GoTo => "Go to: ",
            Self::Command => ":",
            Self::Pipe(_) => "Pipe: ",
            Self::Share => "Share: ",
            Self::Undo => "Undo: ",
        }
    }

    /// Whether one of several things is chosen by some of its letters: see [`super::goto`].
    #[must_use]
    pub fn is_choice(self) -> bool {
        matches!(self, Self::GoTo | Self::Share | Self::Undo)
    }

    /// Whether a query of the query language is typed.
    #[must_use]
    pub fn is_query(self) -> bool {
        matches!(self, Self::Search | Self::Filter | Self::Find)
    }
}

/// What is wrong with a line, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The spot, in bytes of the line.
    pub at: Range<usize>,
    /// What is wrong, and what would be right, in words.
    pub message: Clean,
}

impl From<QueryError> for Wrong {
    fn from(error: QueryError) -> Self {
        let hint = error.hint.map(|hint| format!(" ({hint})")).unwrap_or_default();
        Self { at: error.at, message: clean!("{}{hint}", error.message) }
    }
}

/// What is offered to stand at the cursor, one of them put there.
#[derive(Clone, Debug)]
pub struct Completion {
    offers: Offers,
    /// Which of them stands in the line.
    chosen: usize,
}

impl Completion {
    /// What is offered, and which of them stands in the line.
    #[must_use]
    pub fn shown(&self) -> (Vec<Clean>, usize) {
        (self.offers.words.iter().map(|word| Clean::new(word)).collect(), self.chosen)
    }
}

/// Walking the lines that were typed before.
#[derive(Clone, Debug)]
struct Recall {
    /// How many steps back.
    back: usize,
    /// What was typed before the walk.
    draft: String,
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
    /// What is wrong with it.
    pub error: Option<Wrong>,
    /// What is offered to stand at the cursor.
    pub completion: Option<Completion>,
    recall: Option<Recall>,
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
    /// Take out everything after.
    DeleteToEnd,
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
        Self {
            purpose,
            began: text.to_owned(),
            text: text.to_owned(),
            at: text.len(),
            error: None,
            completion: None,
            recall: None,
        }
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

    /// Where the cursor is, in bytes.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.at
    }

    /// Puts `text` in place of what stands in it.
    pub fn replace(&mut self, text: &str) {
        (self.error, self.completion, self.recall) = (None, None, None);
        self.text = text.to_owned();
        self.at = text.len();
    }

    /// Puts the next of what is offered (or the one before) in its place. `offers` are asked for where
    /// there are none yet. Says whether the line is another now.
    pub fn complete(&mut self, forward: bool, offers: impl FnOnce(&str, usize) -> Option<Offers>) -> bool {
        let mut completion = match self.completion.take() {
            Some(mut completion) => {
                let many = completion.offers.words.len();
                completion.chosen = (completion.chosen + if forward { 1 } else { many - 1 }) % many;
                completion
            }
            None => match offers(&self.text, self.at) {
                Some(offers) => Completion { chosen: if forward { 0 } else { offers.words.len() - 1 }, offers },
                None => return false,
            },
        };
        let word = format!("{}{}", completion.offers.head, completion.offers.words[completion.chosen]);
        let place = &mut completion.offers.place;
        self.text.replace_range(place.clone(), &word);
        place.end = place.start + word.len();
        self.at = place.end;
        (self.error, self.recall) = (None, None);
        // A single one is no choice.
        self.completion = Some(completion).filter(|completion| completion.offers.words.len() > 1);
        true
    }

    /// Puts an earlier line (or a later one) in place of this one: of `history`, oldest first, those
    /// that begin as was typed. Says whether the line is another now.
    pub fn recall(&mut self, older: bool, history: &[Clean]) -> bool {
        let Recall { back, draft } = self.recall.take().unwrap_or_else(|| Recall { back: 0, draft: self.text.clone() });
        let wanted: Vec<&Clean> =
            history.iter().rev().filter(|line| line.as_str() != draft && line.as_str().starts_with(&draft)).collect();
        let back = if older { (back + 1).min(wanted.len()) } else { back.saturating_sub(1) };
        let line = if back == 0 { draft.as_str() } else { wanted[back - 1].as_str() };
        let changed = line != self.text;
        self.text = line.to_owned();
        self.at = self.text.len();
        (self.error, self.completion) = (None, None);
        self.recall = Some(Recall { back, draft });
        changed
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
        (self.error, self.completion, self.recall) = (None, None, None);
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
            Edit::DeleteToEnd => self.text.truncate(self.at),
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
        (0..4).for_each(|_| line.edit(Edit::Right));
        line.edit(Edit::DeleteToEnd);
        assert_eq!(line.text(), "rain");
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

    #[test]
    fn earlier_lines_that_begin_so_are_walked() {
        let history: Vec<Clean> = ["grain", "ferry", "green energy"].into_iter().map(Clean::new).collect();
        let mut line = typed("gr");
        assert!(line.recall(true, &history));
        assert_eq!(line.text(), "green energy");
        line.recall(true, &history);
        assert_eq!(line.text(), "grain");
        assert!(!line.recall(true, &history), "there is none before");
        line.recall(false, &history);
        assert_eq!(line.text(), "green energy");
        line.recall(false, &history);
        assert_eq!(line.text(), "gr", "what was typed is not lost");
        assert!(!line.recall(false, &history));
    }

    #[test]
    fn completions_go_round() {
        let offers = |_: &str, _| {
            let words = vec!["tag:".to_owned(), "title:".to_owned()];
            Some(Offers { place: 2..3, head: "-".to_owned(), words })
        };
        let mut line = typed("a t");
        for shown in ["a -tag:", "a -title:", "a -tag:"] {
            assert!(line.complete(true, offers));
            assert_eq!(line.text(), shown);
        }
        line.complete(false, offers);
        assert_eq!((line.text(), line.cursor()), ("a -title:", 9));
        line.edit(Edit::Put('x'));
        assert!(line.completion.is_none());
    }

    proptest! {
        #[test]
        fn no_edit_breaks_the_line(text in "\\PC{0,20}", edits in proptest::collection::vec(0_u8..10, 0..40)) {
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
                    8 => Edit::DeleteToEnd,
                    _ => Edit::End,
                });
                let _ = line.halves();
            }
        }
    }
}
