//! The help page, made from the live keymap.

use crate::config::Config;
use crate::model::{Action, Place};
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

/// A line of help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// Where the keys below work.
    Heading(Clean),
    /// Keys and what they do.
    Entry {
        /// The keys, in the order of preference: `j ↓`.
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

    /// The lines: the place's own keys, then those that work everywhere.
    #[must_use]
    pub fn lines(&self, config: &Config) -> Vec<Line> {
        let everywhere = entries(config, Place::Anywhere);
        let here: Vec<_> =
            entries(config, self.place).into_iter().filter(|entry| !everywhere.contains(entry)).collect();
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
            lines.extend(entries.into_iter().map(|(keys, does)| Line::Entry { keys, does }));
        }
        lines
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

fn heading(place: Place) -> &'static str {
    match place {
        Place::Anywhere => "Everywhere",
        Place::Headlines => "In the headlines",
        Place::Article => "In the article",
        Place::Related => "In related news",
        Place::Sources => "In the sources",
        Place::Help => "In this help",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(help: &Help, what: &str) -> bool {
        help.lines(&Config::default())
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
    fn every_action_is_in_the_help_of_some_place() {
        for action in Action::ALL {
            assert!(Place::ALL.iter().any(|place| says(&Help::of(*place), action.help())), "{action}");
        }
    }
}
