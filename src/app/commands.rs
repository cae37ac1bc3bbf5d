//! What can be said on the command line: every action by its name, and what takes words after it.

use std::ops::Range;

use super::completion::{self, Offers};
use super::prompt::Wrong;
use super::{State, goto, macros, tagging};
use crate::clean;
use crate::config::session;
use crate::model::{Action, ExportFormat, Order};
use crate::text::Clean;
use crate::text::fold::fold;

/// The most that is offered at once.
const MOST: usize = 60;

/// Something that can be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    /// An action of the table.
    Do(Action),
    /// Another setting while the reader is open.
    Set,
    /// Another order of lists.
    Sort,
    /// Days, sources or stories above the rows.
    Group,
    /// One line for a row, or more.
    Rows,
    /// Keys of the settings, or recorded ones.
    Macro,
}

/// What stands after a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Takes {
    /// Nothing.
    Nothing,
    /// How many times.
    Count,
    /// What the line of that action is for: the line opens where nothing is said.
    Line(Words),
    /// In which form, and a query for what; the choices open where nothing is said.
    Export,
    /// What help should show.
    Help,
    /// What to mute, and until when; the choices open where nothing is said.
    Mute,
    /// A setting and its value.
    Setting,
    /// One of a few words.
    OneOf,
    /// A letter, which is asked for where none is said.
    Letter,
}

/// What kind of words a line takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Words {
    Query,
    Tags,
    Place,
    Folder,
    Share,
    Free(&'static str),
}

/// Verbs besides actions, with their help.
const OWN: [(&str, Verb, &str); 5] = [
    ("set", Verb::Set, "change a setting until the reader is closed"),
    ("sort", Verb::Sort, "the order of lists: newest, oldest, unread first, by source, shortest first"),
    ("group", Verb::Group, "what rows stand under: their day, their source, or the front of their story"),
    ("rows", Verb::Rows, "one line for a headline, or more"),
    ("macro", Verb::Macro, "press the keys of a macro"),
];

/// What rows can be grouped by.
pub(super) const GROUPS: [&str; 3] = ["day", "source", "story"];

/// How rows can be set.
pub(super) const ROWS: [&str; 2] = ["compact", "comfortable"];

/// Other names, which hands bring along from other programs.
const ALIASES: [(&str, &str); 5] =
    [("goto", "go-to"), ("h", "help"), ("q", "quit"), ("qa", "quit"), ("saved", "save-search")];

impl Verb {
    /// The verb of that name.
    pub(super) fn named(name: &str) -> Option<Self> {
        let name = ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name, |(_, name)| name);
        let own = OWN.iter().find(|(own, ..)| *own == name).map(|(_, verb, _)| *verb);
        own.or_else(|| Action::named(name).map(Self::Do))
    }

    /// Its name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Do(action) => action.name(),
            own => OWN.iter().find(|(_, verb, _)| *verb == own).map_or("", |(name, ..)| name),
        }
    }

    fn help(self) -> &'static str {
        match self {
            Self::Do(action) => action.help(),
            own => OWN.iter().find(|(_, verb, _)| *verb == own).map_or("", |(.., help)| help),
        }
    }

    /// What stands after it.
    pub(super) fn takes(self) -> Takes {
        match self {
            Self::Set => Takes::Setting,
            Self::Sort | Self::Group | Self::Rows | Self::Macro => Takes::OneOf,
            Self::Do(action) => match action {
                Action::Search | Action::Filter | Action::Find => Takes::Line(Words::Query),
                Action::Tag => Takes::Line(Words::Tags),
                Action::GoTo => Takes::Line(Words::Place),
                Action::Move => Takes::Line(Words::Folder),
                Action::Add => Takes::Line(Words::Free("ADDRESS")),
                Action::Import => Takes::Line(Words::Free("FILE")),
                Action::Pipe => Takes::Line(Words::Free("COMMAND")),
                Action::Share => Takes::Line(Words::Share),
                Action::Rename | Action::SaveSearch => Takes::Line(Words::Free("NAME")),
                Action::Mute => Takes::Mute,
                Action::Export => Takes::Export,
                Action::Help => Takes::Help,
                Action::Note => Takes::Line(Words::Free("TEXT")),
                Action::Mark | Action::Jump | Action::Record | Action::Replay => Takes::Letter,
                Action::Next
                | Action::Previous
                | Action::NextUnread
                | Action::PreviousUnread
                | Action::GoBack
                | Action::GoForward
                | Action::ScrollLeft
                | Action::ScrollRight
                | Action::LineDown
                | Action::LineUp
                | Action::HalfPageDown
                | Action::HalfPageUp
                | Action::PageDown
                | Action::PageUp
                | Action::RelatedNext
                | Action::RelatedPrevious
                | Action::Undo
                | Action::Redo
                | Action::Links => Takes::Count,
                _ => Takes::Nothing,
            },
        }
    }

    /// The words that may stand after it, where they are few.
    pub(super) fn choices(self, state: &State) -> Vec<String> {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        match self {
            Self::Sort => Order::ANY.iter().map(|order| order.name().to_owned()).collect(),
            Self::Group => owned(&GROUPS),
            Self::Rows => owned(&ROWS),
            Self::Macro => macros::names(state),
            Self::Set | Self::Do(_) => Vec::new(),
        }
    }

    /// What stands after it, as help writes it.
    fn usage(self) -> &'static str {
        match self.takes() {
            Takes::Nothing => "",
            Takes::Count => " [N]",
            Takes::Mute => " [QUERY [until WHEN]]",
            Takes::Export => " [FORMAT [QUERY]]",
            Takes::Help => " [WORDS]",
            Takes::Setting => " NAME VALUE",
            Takes::Letter => " [LETTER]",
            Takes::OneOf => match self {
                Self::Sort => " ORDER",
                Self::Group => " day|source|story",
                Self::Rows => " compact|comfortable",
                _ => " NAME",
            },
            Takes::Line(Words::Query) => " [QUERY]",
            Takes::Line(Words::Tags) => " [TAG …]",
            Takes::Line(Words::Place) => " [NAME]",
            Takes::Line(Words::Folder) => " [FOLDER]",
            Takes::Line(Words::Free("ADDRESS")) => " [ADDRESS]",
            Takes::Line(Words::Free("FILE")) => " [FILE]",
            Takes::Line(Words::Share) => " [NAME]",
            Takes::Line(Words::Free("COMMAND")) => " [COMMAND]",
            Takes::Line(Words::Free("TEXT")) => " [TEXT]",
            Takes::Line(Words::Free(_)) => " [NAME]",
        }
    }
}

/// Every verb, actions in their order.
pub(super) fn all() -> impl Iterator<Item = Verb> {
    Action::ALL.iter().copied().map(Verb::Do).chain(OWN.iter().map(|(_, verb, _)| *verb))
}

/// A line, taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Said<'a> {
    pub(super) verb: Verb,
    /// How many times, where a number stands before it.
    pub(super) count: Option<usize>,
    /// What stands after it, and where that begins in the line.
    pub(super) rest: &'a str,
    pub(super) at: usize,
}

/// Reads a line; `None` where nothing is said. A `:` before it is passed over.
pub(super) fn read(line: &str) -> Result<Option<Said<'_>>, Wrong> {
    let digits = |c: char| c.is_ascii_digit();
    let skipped = line.len() - line.trim_start_matches(|c: char| c == ':' || c.is_whitespace()).len();
    let number = line[skipped..].chars().take_while(|c| digits(*c)).count();
    let count = line[skipped..skipped + number].parse().ok();
    let start = skipped + number + line[skipped + number..].len() - line[skipped + number..].trim_start().len();
    let end = line[start..].find(char::is_whitespace).map_or(line.len(), |at| start + at);
    let name = &line[start..end];
    if name.is_empty() && count.is_none() {
        return Ok(None);
    }
    let Some(verb) = Verb::named(name) else { return Err(unknown(name, start..end.max(start + 1))) };
    let rest = line[end..].trim();
    let at = end + (line[end..].len() - line[end..].trim_start().len());
    Ok(Some(Said { verb, count, rest, at }))
}

fn unknown(name: &str, at: Range<usize>) -> Wrong {
    if name.is_empty() {
        return Wrong { at, message: Clean::new("a command stands after its number, as in 5 next") };
    }
    let like = |verb: &Verb| strsim::normalized_damerau_levenshtein(name, verb.name());
    let nearest = all().max_by(|a, b| like(a).total_cmp(&like(b))).filter(|verb| like(verb) >= 0.5);
    let message = match nearest {
        Some(verb) => clean!("no command is called “{name}” (did you mean {}?)", verb.name()),
        None => clean!("no command is called “{name}” (Tab goes through all of them)"),
    };
    Wrong { at, message }
}

/// What may stand at byte `at` of the line, which must be on a character border; `None` where nothing
/// is known.
pub(super) fn offers(state: &State, line: &str, at: usize) -> Option<Offers> {
    // The count as well, which may stand before a command.
    let skipped =
        line.len() - line.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit() || c.is_whitespace()).len();
    let before = line.get(skipped.min(at)..at)?;
    let Some(space) = before.find(char::is_whitespace) else {
        return words(skipped.min(at)..at, before, all().map(|verb| verb.name().to_owned()));
    };
    let verb = Verb::named(&before[..space])?;
    let from = skipped + space + 1;
    let from = from + (line[from..at].len() - line[from..at].trim_start().len());
    let begun = &line[from..at];
    match verb.takes() {
        Takes::Line(Words::Query) | Takes::Mute => {
            shifted(completion::offers(begun, begun.len(), &state.drawer.sources), from)
        }
        Takes::Line(Words::Tags) => {
            let standing = super::articles::target(state).map(|row| row.tags.clone()).unwrap_or_default();
            shifted(tagging::offers(begun, begun.len(), &state.drawer.sources.tags, &standing), from)
        }
        Takes::Line(Words::Place) => words(from..at, begun, goto::names(state).iter().map(ToString::to_string)),
        Takes::Line(Words::Folder) => {
            words(from..at, begun, state.drawer.sources.folders.iter().map(|(_, name)| name.to_string()))
        }
        Takes::Line(Words::Share) => {
            words(from..at, begun, state.config.shares.iter().map(|share| share.name.to_string()))
        }
        Takes::Setting => match begun.find(char::is_whitespace) {
            None => words(from..at, begun, session::settable().map(str::to_owned)),
            Some(space) => {
                let value = from + space + 1;
                let known = session::values(&state.config, &begun[..space]);
                words(value..at, &line[value..at], known.into_iter())
            }
        },
        Takes::OneOf => words(from..at, begun, verb.choices(state).into_iter()),
        Takes::Export => match begun.find(char::is_whitespace) {
            None => words(from..at, begun, ExportFormat::ALL.into_iter().map(|format| format.name().to_owned())),
            Some(space) => {
                let query = &begun[space + 1..];
                shifted(completion::offers(query, query.len(), &state.drawer.sources), from + space + 1)
            }
        },
        Takes::Help => words(from..at, begun, Action::ALL.iter().map(|action| action.name().to_owned())),
        Takes::Nothing | Takes::Count | Takes::Letter | Takes::Line(Words::Free(_)) => None,
    }
}

/// Those of `known` that begin as was begun, then those that have it within.
fn words(place: Range<usize>, begun: &str, known: impl Iterator<Item = String>) -> Option<Offers> {
    let wanted = fold(begun);
    let (first, others): (Vec<String>, Vec<String>) = known.partition(|word| fold(word).starts_with(&wanted));
    let within = others.into_iter().filter(|word| fold(word).contains(&wanted));
    let words: Vec<String> = first.into_iter().chain(within).take(MOST).collect();
    (!words.is_empty()).then(|| Offers { place, head: String::new(), words })
}

fn shifted(offers: Option<Offers>, by: usize) -> Option<Offers> {
    offers.map(|offers| Offers { place: offers.place.start + by..offers.place.end + by, ..offers })
}

/// What the line says about itself while it is typed: how the command is used, and what it does.
#[must_use]
pub fn hint(line: &str) -> Clean {
    let name = line.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit() || c.is_whitespace());
    let name = name.split_whitespace().next().unwrap_or_default();
    match Verb::named(name) {
        Some(verb) => clean!("{}{}: {}", verb.name(), verb.usage(), verb.help()),
        None => Clean::new("Tab goes through the commands, ↑ through earlier ones"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_taken_apart() {
        let said = read("  :tag  asia \"to read\" ").unwrap().unwrap();
        assert_eq!((said.verb, said.rest, said.at), (Verb::Do(Action::Tag), "asia \"to read\"", 8));
        let said = read("5 next").unwrap().unwrap();
        assert_eq!((said.verb, said.count), (Verb::Do(Action::Next), Some(5)));
        assert_eq!(read("q").unwrap().unwrap().verb, Verb::Do(Action::Quit));
        assert_eq!(read(" : ").unwrap(), None);
        let wrong = read(" bokmark x").unwrap_err();
        assert_eq!(wrong.at, 1..8);
        assert!(wrong.message.as_str().contains("did you mean bookmark?"));
        assert!(read("7").is_err() && read("éé").is_err());
    }

    #[test]
    fn no_two_verbs_have_one_name_and_every_one_is_found() {
        for verb in all() {
            assert_eq!(Verb::named(verb.name()), Some(verb));
            assert!(!verb.help().is_empty());
        }
        for (alias, name) in ALIASES {
            assert!(Verb::named(name).is_some() && Action::named(alias).is_none(), "{alias}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_line_can_be_read(line in "\\PC{0,30}") {
            let _ = read(&line);
            let _ = hint(&line);
        }
    }
}
