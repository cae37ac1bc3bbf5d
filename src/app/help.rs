//! The help page, made from the live keymap.

use crate::config::Config;
use crate::model::{Action, Place};
use crate::text::width::width;
use crate::text::wrap::fill;
use crate::text::{Clean, fold};

use super::{State, packs};

/// The help page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Help {
    /// Where it was asked for: what it explains first.
    pub place: Place,
    /// Only lines with these words are shown.
    pub filter: Clean,
    /// The first line on the screen.
    pub top: usize,
    /// Here `p` is for the starter packs: see [`packs::are_a_first_step`].
    pub first_steps: bool,
}

/// The widest a page is.
const WIDEST: u16 = 84;

/// Columns before the keys and after them.
const MARGIN: usize = 4;

/// Keys that are no actions: where, which, and what they do.
const BESIDES: [(Place, &str, &str); 2] = [
    (Place::Article, "1–9", "the link of that number, where there are so many"),
    (Place::Anywhere, "5j", "a number before a key: so many times"),
];

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
    /// Help for where one is.
    pub(super) fn here(state: &State) -> Self {
        let place = state.place();
        Self { first_steps: place == Place::Headlines && packs::are_a_first_step(state), ..Self::of(place) }
    }

    /// Help for a place.
    #[must_use]
    pub fn of(place: Place) -> Self {
        Self { place, filter: Clean::default(), top: 0, first_steps: false }
    }

    /// The page, `columns` wide: the place's own keys, then those that work everywhere; of a search also
    /// what is found of other places, for who looks for a key does not know where it works.
    #[must_use]
    pub fn page(&self, config: &Config, columns: u16) -> Page {
        // What a place gives another meaning is not among what works everywhere as one sees it from there.
        let general = entries(config, Place::Anywhere, false);
        let (everywhere, here): (Vec<_>, Vec<_>) = if self.place == Place::Anywhere {
            (general, Vec::new())
        } else {
            entries(config, self.place, self.first_steps).into_iter().partition(|entry| general.contains(entry))
        };
        let special = besides(self.place).filter(|_| self.place != Place::Anywhere);
        let here: Vec<_> = here.into_iter().chain(special).collect();
        let everywhere: Vec<_> = everywhere.into_iter().chain(besides(Place::Anywhere)).collect();
        let mut parts = vec![(heading(self.place), here), (heading(Place::Anywhere), everywhere)];
        if !self.filter.is_empty() {
            self.add_elsewhere(config, &mut parts);
        }
        // Of all keys, whether they are shown or not: the page must not jump while one types.
        let all = parts.iter().flat_map(|(_, entries)| entries);
        let widest = all.map(|(keys, _)| width(keys.as_str())).max().unwrap_or(0);
        let keys = u16::try_from(widest + MARGIN).unwrap_or(u16::MAX).min(columns / 2);
        let room = usize::from(columns.saturating_sub(keys)).max(1);
        let mut lines = Vec::new();
        for (heading, entries) in parts {
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

    /// Adds what keys do in other places and not here.
    fn add_elsewhere(&self, config: &Config, parts: &mut Vec<(&'static str, Vec<(Clean, Clean)>)>) {
        for place in Place::ALL.into_iter().filter(|place| ![self.place, Place::Anywhere].contains(place)) {
            let told = |does: &Clean| parts.iter().any(|(_, entries)| entries.iter().any(|(_, known)| known == does));
            let there = entries(config, place, false).into_iter().chain(besides(place));
            let new = there.filter(|(_, does)| !told(does)).collect();
            parts.push((heading(place), new));
        }
    }

    fn matches(&self, keys: &Clean, does: &Clean) -> bool {
        let wanted = fold::fold(self.filter.as_str());
        wanted.is_empty()
            || keys.as_str().split(' ').any(|key| key == self.filter.as_str())
            || fold::fold(does.as_str()).contains(&wanted)
    }
}

/// The keys of a place that are no actions.
fn besides(place: Place) -> impl Iterator<Item = (Clean, Clean)> {
    let those = BESIDES.iter().filter(move |(of, ..)| *of == place);
    those.map(|(_, keys, does)| (Clean::new(keys), Clean::new(does)))
}

/// The keys of a place and what they do, in the order of the actions; on the first screen `p` is for the
/// starter packs rather than for what it does elsewhere.
fn entries(config: &Config, place: Place, first_steps: bool) -> Vec<(Clean, Clean)> {
    let symbols = |action: Action| -> Vec<String> {
        config.keys.keys_for(place, action).iter().map(crate::config::KeySeq::symbol).collect()
    };
    let taken = |key: &String| first_steps && key == "p";
    let moved = symbols(Action::PreviousUnread).iter().any(taken);
    let entry = |action: &Action| {
        let mut keys = symbols(*action);
        match action {
            Action::PreviousUnread => keys.retain(|key| !taken(key)),
            Action::Packs if moved => keys.insert(0, "p".to_owned()),
            _ => {}
        }
        (!keys.is_empty()).then(|| (Clean::new(&keys.join(" ")), Clean::new(action.help())))
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
    fn what_is_looked_for_is_found_in_every_place_once_and_says_where_it_works() {
        let config = Config::default();
        for action in Action::ALL {
            let help = Help { filter: action.help().into(), ..Help::of(Place::Headlines) };
            let lines = help.page(&config, 400).lines;
            let does = |line: &&Line| matches!(line, Line::Entry { does, .. } if does.as_str() == action.help());
            assert_eq!(lines.iter().filter(does).count(), 1, "{action}");
        }
        let help = Help { filter: "the link of that number".into(), ..Help::of(Place::Headlines) };
        let lines = help.page(&config, 200).lines;
        assert_eq!(lines.first(), Some(&Line::Heading("In the article".into())));
        assert!(!says(&Help::of(Place::Headlines), "the link of that number"), "not without a search");
    }

    #[test]
    fn a_key_stands_once_with_what_it_does_there() {
        for place in Place::ALL {
            let lines = Help::of(place).page(&Config::default(), 200).lines;
            let mut seen = std::collections::BTreeMap::new();
            for line in &lines {
                let Line::Entry { keys, does } = line else { continue };
                for key in keys.as_str().split(' ') {
                    assert_eq!(seen.insert(key.to_owned(), does.clone()), None, "{key} in {}", place.name());
                }
            }
            let first = Help { first_steps: true, ..Help::of(Place::Headlines) }.page(&Config::default(), 200);
            let packs = |line: &Line| matches!(line, Line::Entry { keys, .. } if keys.as_str() == "p P");
            assert!(first.lines.iter().any(packs));
            let find = seen.get("F").map(Clean::as_str).unwrap_or_default();
            assert_eq!(find.contains("this article"), place == Place::Article, "{}", place.name());
        }
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
