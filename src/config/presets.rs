//! The bindings that come with the program.

use std::fmt;

use super::key::KeySeq;
use super::settings::choice;
use crate::model::{Action, Place};

choice! {
    /// Sets of bindings that come with the program.
    Preset {
        /// Dateline's own.
        #[default]
        Default = "default",
        /// Where newsboat has a key for it, newsboat's.
        Newsboat = "newsboat",
        /// Where eilmeldung has a key for it, eilmeldung's.
        Eilmeldung = "eilmeldung",
    }
}

/// The bindings of places: keys as the configuration writes them, and what they do.
type Table = [(Place, &'static [(&'static str, Action)])];

/// The tables that make a preset, in the order they are applied: a later binding replaces an
/// earlier one of the same keys.
pub(super) fn tables(preset: Preset) -> &'static [&'static Table] {
    match preset {
        Preset::Default => &[DEFAULT],
        Preset::Newsboat => &[DEFAULT, NEWSBOAT],
        Preset::Eilmeldung => &[DEFAULT, EILMELDUNG],
    }
}

/// Reads keys of the tables below.
pub(super) fn parse(keys: &str) -> KeySeq {
    keys.parse().expect("the tables hold only keys: a test reads every one of them")
}

/// Dateline's own. The keys of one action stand in the order help shows them.
const DEFAULT: &Table = &[
    (
        Place::Anywhere,
        &[
            ("tab", Action::FocusNext),
            ("shift-tab", Action::FocusPrevious),
            ("h", Action::FocusLeft),
            ("left", Action::FocusLeft),
            ("l", Action::FocusRight),
            ("right", Action::FocusRight),
            ("g", Action::First),
            ("home", Action::First),
            ("G", Action::Last),
            ("end", Action::Last),
            ("ctrl-d", Action::HalfPageDown),
            ("ctrl-u", Action::HalfPageUp),
            ("pgdn", Action::PageDown),
            ("pgup", Action::PageUp),
            ("n", Action::NextUnread),
            ("p", Action::PreviousUnread),
            ("N", Action::PreviousUnread),
            ("backspace", Action::GoBack),
            ("[", Action::GoBack),
            ("]", Action::GoForward),
            ("b", Action::Bookmark),
            ("B", Action::ShowBookmarks),
            ("t", Action::Tag),
            ("c", Action::Note),
            ("e", Action::Export),
            ("m", Action::ToggleRead),
            ("A", Action::MarkAllRead),
            ("u", Action::Undo),
            ("ctrl-r", Action::Redo),
            ("x", Action::FullText),
            ("X", Action::FetchAgain),
            ("C", Action::Complete),
            ("D", Action::Changes),
            ("o", Action::OpenBrowser),
            ("O", Action::OpenBrowserNext),
            ("y", Action::CopyLink),
            ("Y", Action::CopyHeadline),
            ("/", Action::Search),
            ("F", Action::Filter),
            ("ctrl-f", Action::ClearSearch),
            (".", Action::ShowNew),
            ("S", Action::Sources),
            ("a", Action::Add),
            ("i", Action::Import),
            ("P", Action::Packs),
            ("r", Action::Refresh),
            ("R", Action::RefreshAll),
            ("ctrl-g", Action::Cancel),
            ("T", Action::Timeline),
            ("W", Action::Brief),
            ("M", Action::Mute),
            ("I", Action::Report),
            ("z", Action::Zen),
            ("ctrl-p", Action::GoTo),
            (":", Action::CommandLine),
            ("|", Action::Pipe),
            ("E", Action::Share),
            ("U", Action::UndoList),
            ("\"", Action::Mark),
            ("'", Action::Jump),
            ("`", Action::Record),
            ("@", Action::Replay),
            ("?", Action::Help),
            ("f1", Action::Help),
            ("q", Action::Back),
            ("esc", Action::Escape),
            ("ctrl-c", Action::Quit),
            ("ctrl-l", Action::Redraw),
            ("ctrl-z", Action::Suspend),
        ],
    ),
    (
        Place::Headlines,
        &[
            ("j", Action::Next),
            ("down", Action::Next),
            ("k", Action::Previous),
            ("up", Action::Previous),
            ("enter", Action::Open),
            ("space", Action::ReadOn),
            ("1", Action::ShowAll),
            ("2", Action::ShowUnread),
            ("3", Action::ShowBookmarks),
            ("4", Action::ShowStories),
            ("+", Action::Unfold),
            ("-", Action::Fold),
            ("=", Action::FoldStories),
            ("s", Action::ChangeOrder),
            ("w", Action::SaveSearch),
        ],
    ),
    (
        Place::Article,
        &[
            ("j", Action::LineDown),
            ("k", Action::LineUp),
            ("F", Action::Find),
            ("L", Action::Links),
            ("f", Action::LinkLetters),
            ("V", Action::Pictures),
            ("Q", Action::Quotations),
            ("v", Action::Select),
            ("<", Action::ScrollLeft),
            (">", Action::ScrollRight),
            ("space", Action::ReadOn),
            ("down", Action::RelatedNext),
            ("J", Action::RelatedNext),
            ("up", Action::RelatedPrevious),
            ("K", Action::RelatedPrevious),
            ("enter", Action::RelatedOpen),
        ],
    ),
    (
        Place::Related,
        &[
            ("j", Action::RelatedNext),
            ("down", Action::RelatedNext),
            ("k", Action::RelatedPrevious),
            ("up", Action::RelatedPrevious),
            ("enter", Action::RelatedOpen),
            ("space", Action::ReadOn),
        ],
    ),
    (
        Place::Sources,
        &[
            ("j", Action::Next),
            ("down", Action::Next),
            ("k", Action::Previous),
            ("up", Action::Previous),
            ("enter", Action::Open),
            ("x", Action::AlwaysFullText),
            ("s", Action::FeedSettings),
            ("c", Action::Rename),
            ("f", Action::Move),
            ("d", Action::Unsubscribe),
        ],
    ),
    (
        Place::Page,
        &[
            ("j", Action::Next),
            ("down", Action::Next),
            ("k", Action::Previous),
            ("up", Action::Previous),
            ("enter", Action::Open),
            ("space", Action::PageDown),
        ],
    ),
    (
        Place::Help,
        &[
            ("j", Action::LineDown),
            ("down", Action::LineDown),
            ("k", Action::LineUp),
            ("up", Action::LineUp),
            ("space", Action::PageDown),
        ],
    ),
];

/// What newsboat 2 binds by default, where Dateline can do it.
const NEWSBOAT: &Table = &[
    (Place::Anywhere, &[("Q", Action::Quit), ("N", Action::ToggleRead), ("ctrl-b", Action::Bookmark)]),
    (Place::Headlines, &[("J", Action::Next), ("K", Action::Previous)]),
    // Its `Q` quits everywhere.
    (Place::Article, &[("Q", Action::Quit), ("alt-q", Action::Quotations)]),
];

/// What eilmeldung 1 binds by default, where Dateline can do it. Its `u` and `r` mark; undoing and
/// refreshing one feed move to keys it leaves free.
const EILMELDUNG: &Table = &[
    (
        Place::Anywhere,
        &[
            ("g g", Action::First),
            ("ctrl-f", Action::PageDown),
            ("ctrl-b", Action::PageUp),
            ("s", Action::RefreshAll),
            ("alt-s", Action::Refresh),
            ("r", Action::ToggleRead),
            ("u", Action::ToggleRead),
            ("R", Action::MarkAllRead),
            ("U", Action::Undo),
            ("alt-u", Action::UndoList),
            ("m", Action::Bookmark),
            ("v", Action::Bookmark),
            ("o", Action::OpenBrowserNext),
            ("O", Action::OpenBrowser),
            ("+ r", Action::ClearSearch),
        ],
    ),
    // Its `+` begins sequences, and `=` orders.
    (
        Place::Headlines,
        &[
            ("s", Action::RefreshAll),
            ("=", Action::ChangeOrder),
            ("+ r", Action::ClearSearch),
            (">", Action::Unfold),
            ("<", Action::Fold),
            ("_", Action::FoldStories),
        ],
    ),
    // Its `v` bookmarks everywhere.
    (Place::Article, &[("v", Action::Bookmark), ("alt-v", Action::Select)]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Arrows, Keymap};

    #[test]
    fn every_key_of_every_table_is_a_key_in_its_own_spelling() {
        for (_, bindings) in [DEFAULT, NEWSBOAT, EILMELDUNG].into_iter().flatten() {
            for (keys, _) in *bindings {
                assert_eq!(keys.parse::<KeySeq>().unwrap().to_string(), *keys);
            }
        }
    }

    #[test]
    fn no_table_binds_keys_twice_or_hides_a_sequence() {
        for table in [DEFAULT, NEWSBOAT, EILMELDUNG] {
            for (place, bindings) in table {
                for (i, (keys, _)) in bindings.iter().enumerate() {
                    for (others, _) in &bindings[i + 1..] {
                        assert!(!parse(keys).collides(&parse(others)), "{}: {keys} and {others}", place.name());
                    }
                }
            }
        }
    }

    #[test]
    fn every_action_has_a_key_in_every_preset() {
        for preset in Preset::ALL {
            for arrows in Arrows::ALL {
                let map = Keymap::preset(*preset, *arrows);
                for action in Action::ALL {
                    let reachable = Place::ALL.iter().any(|place| !map.keys_for(*place, *action).is_empty());
                    assert!(reachable, "{action} has no key in {preset:?} with {arrows:?}");
                }
            }
        }
    }

    #[test]
    fn the_way_out_and_the_help_are_everywhere() {
        for preset in Preset::ALL {
            let map = Keymap::preset(*preset, Arrows::Related);
            for place in Place::ALL {
                for action in [Action::Back, Action::Quit, Action::Help, Action::Redraw, Action::Suspend] {
                    assert!(!map.keys_for(place, action).is_empty(), "{action} in {}", place.name());
                }
            }
        }
    }
}
