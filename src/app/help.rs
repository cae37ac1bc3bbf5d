//! The help page, made from the live keymap.

use crate::config::Config;
use crate::model::{Action, Place};
use crate::text::width::width;
use crate::text::wrap::fill;
use crate::text::{Clean, fold};

/// The help page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Help {
    /// Where it was asked for: what it explains first.
    pub place: Place,
    /// Only lines with these words are shown.
    pub filter: Clean,
    /// The first line on the screen.
    pub top: usize,
}

/// The widest a page is.
const WIDEST: u16 = 84;

/// Columns before the keys and after them.
const MARGIN: usize = 4;

/// Columns of the page in a body that is so wide.
#[must_use]
pub fn columns(body: u16) -> u16 {
    body.min(WIDEST)
}

/// Help for a width.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Columns before what keys do.
    pub keys: u16,
    /// The lines.
    pub lines: Vec<Line>,
}

/// A line of help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// Where the keys below work.
    Heading(Clean),
    /// Keys and what they do.
    Entry {
        /// The keys, in the order of preference: `j ↓`; none where the line before goes on.
        keys: Clean,
        /// What they do.
        does: Clean,
    },
    /// Space between two parts.
    Space,
}

impl Help {
    /// Help for a place.
    #[must_use]
    pub fn of(place: Place) -> Self {
        Self { place, filter: Clean::default(), top: 0 }
    }

    /// The page, `columns` wide: the place's own keys, then those that work everywhere.
    #[must_use]
    pub fn page(&self, config: &Config, columns: u16) -> Page {
        let everywhere = entries(config, Place::Anywhere);
        let here: Vec<_> =
            entries(config, self.place).into_iter().filter(|entry| !everywhere.contains(entry)).collect();
        // Of all keys, whether they are shown or not: the page must not jump while one types.
        let widest = here.iter().chain(&everywhere).map(|(keys, _)| width(keys.as_str())).max().unwrap_or(0);
        let keys = u16::try_from(widest + MARGIN).unwrap_or(u16::MAX).min(columns / 2);
        let room = usize::from(columns.saturating_sub(keys)).max(1);
        let mut lines = Vec::new();
        for (heading, entries) in [(heading(self.place), here), (heading(Place::Anywhere), everywhere)] {
            let entries: Vec<_> = entries.into_iter().filter(|(keys, does)| self.matches(keys, does)).collect();
            if entries.is_empty() {
                continue;
            }
            if !lines.is_empty() {
                lines.push(Line::Space);
            }
            lines.push(Line::Heading(Clean::new(heading)));
            for (keys, does) in entries {
                let parts = fill(does.as_str(), room).into_iter().map(|part| Clean::new(&does.as_str()[part]));
                let keys = std::iter::once(keys).chain(std::iter::repeat(Clean::default()));
                lines.extend(keys.zip(parts).map(|(keys, does)| Line::Entry { keys, does }));
            }
        }
        Page { keys, lines }
    }

    fn matches(&self, keys: &Clean, does: &Clean) -> bool {
        let wanted = fold::fold(self.filter.as_str());
        wanted.is_empty() || keys.as_str() == self.filter.as_str() || fold::fold(does.as_str()).contains(&wanted)
    }
}

fn entries(config: &Config, place: Place) -> Vec<(Clean, Clean)> {
    let entry = |action: &Action| {
        let keys: Vec<String> =
            config.keys.keys_for(place, *action).iter().map(crate::config::KeySeq::symbol).collect();
        (!keys.is_empty()).then(|| (Clean::new(&keys.join("  ")), Clean::new(action.help())))
    };
    Action::ALL.iter().filter_map(entry).collect()
}

/// What the keys of a place stand under.
#[must_use]
pub fn heading(place: Place) -> &'static str {
    match place {
        Place::Anywhere => "Everywhere",
        Place::Headlines => "In the headlines",
        Place::Article => "In the article",
        Place::Related => "In related news",
        Place::Sources => "In the sources",
        Place::Page => "In a story’s timeline and the brief",
        Place::Help => "In this help",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(help: &Help, what: &str) -> bool {
        help.page(&Config::default(), 200)
            .lines
            .iter()
            .any(|line| matches!(line, Line::Entry { does, .. } if does.as_str().contains(what)))
    }

    #[test]
    fn help_is_for_where_one_is_and_can_be_searched() {
        let mut help = Help::of(Place::Article);
        assert!(says(&help, "next related article"));
        assert!(says(&help, "bookmark for good"));
        help.filter = "BOOKmark".into();
        assert!(says(&help, "bookmark for good"));
        assert!(!says(&help, "next related article"));
    }

    #[test]
    fn what_keys_do_is_said_whole_at_any_width() {
        let says = |columns| {
            let lines = Help::of(Place::Article).page(&Config::default(), columns).lines;
            let does = lines.into_iter().filter_map(|line| match line {
                Line::Entry { does, .. } => Some(does.as_str().to_owned()),
                Line::Heading(_) | Line::Space => None,
            });
            does.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(says(38), says(84));
    }

    #[test]
    fn every_action_is_in_the_help_of_some_place() {
        for action in Action::ALL {
            assert!(Place::ALL.iter().any(|place| says(&Help::of(*place), action.help())), "{action}");
        }
    }
}
