//! Holds the edition to what it promises: it is the handbook, so its keys must be the real ones.

use std::fs;
use std::path::Path;

use dateline::config::{Key, KeySeq, Keymap, Lookup};
use dateline::model::{Action, Place};

/// Every key that the handbook names, as it is written there, and what the text says it does.
const SAID: &[(&str, Place, Action)] = &[
    ("j", Place::Headlines, Action::Next),
    ("k", Place::Headlines, Action::Previous),
    ("j", Place::Article, Action::LineDown),
    ("k", Place::Article, Action::LineUp),
    ("h", Place::Article, Action::FocusLeft),
    ("l", Place::Article, Action::FocusRight),
    ("Tab", Place::Headlines, Action::FocusNext),
    ("Enter", Place::Headlines, Action::Open),
    ("Enter", Place::Article, Action::RelatedOpen),
    ("↑", Place::Headlines, Action::Previous),
    ("↓", Place::Headlines, Action::Next),
    ("↑", Place::Article, Action::RelatedPrevious),
    ("↓", Place::Article, Action::RelatedNext),
    ("Backspace", Place::Article, Action::GoBack),
    ("]", Place::Article, Action::GoForward),
    ("Space", Place::Article, Action::ReadOn),
    ("g", Place::Article, Action::First),
    ("G", Place::Article, Action::Last),
    ("z", Place::Article, Action::Zen),
    ("n", Place::Article, Action::NextUnread),
    ("p", Place::Article, Action::PreviousUnread),
    ("q", Place::Headlines, Action::Back),
    ("Esc", Place::Article, Action::Back),
    ("?", Place::Headlines, Action::Help),
    ("S", Place::Headlines, Action::Sources),
    ("m", Place::Headlines, Action::ToggleRead),
    ("A", Place::Headlines, Action::MarkAllRead),
    ("u", Place::Headlines, Action::Undo),
    ("Ctrl-r", Place::Headlines, Action::Redo),
    ("b", Place::Headlines, Action::Bookmark),
    ("b", Place::Article, Action::Bookmark),
    ("B", Place::Headlines, Action::ShowBookmarks),
    ("1", Place::Headlines, Action::ShowAll),
    ("2", Place::Headlines, Action::ShowUnread),
    ("a", Place::Headlines, Action::Add),
    ("i", Place::Headlines, Action::Import),
    ("r", Place::Headlines, Action::Refresh),
    ("R", Place::Headlines, Action::RefreshAll),
    ("/", Place::Headlines, Action::Search),
    ("o", Place::Article, Action::OpenBrowser),
    ("y", Place::Article, Action::CopyLink),
];

fn edition() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/edition/edition.xml");
    fs::read_to_string(path).expect("the edition is there")
}

/// What stands between `open` and `close`, each time they occur.
fn between<'t>(text: &'t str, open: &'t str, close: &'t str) -> impl Iterator<Item = &'t str> {
    text.split(open).skip(1).filter_map(move |rest| rest.split_once(close).map(|(inside, _)| inside))
}

/// A key as the handbook writes it (`Ctrl-r`, `↑`); `None` when it is something else in code type.
fn key(written: &str) -> Option<KeySeq> {
    let name = match written {
        "↑" => "up".to_owned(),
        "↓" => "down".to_owned(),
        single if single.chars().count() == 1 => single.to_owned(),
        name => name.to_lowercase(),
    };
    name.parse().ok()
}

#[test]
fn every_key_in_the_handbook_does_what_the_text_says() {
    let keymap = Keymap::default();
    for (written, place, action) in SAID {
        let keys: Vec<Key> = key(written).expect("a key").keys().to_vec();
        assert_eq!(keymap.lookup(*place, &keys), Lookup::Action(*action), "{written} in {}", place.name());
    }
}

#[test]
fn every_key_in_the_handbook_is_checked_here() {
    let edition = edition();
    let mut seen = 0;
    for written in between(&edition, "<code>", "</code>").filter(|written| key(written).is_some()) {
        assert!(SAID.iter().any(|(said, ..)| said == &written), "`{written}` is named and not in SAID");
        seen += 1;
    }
    assert!(seen > 40, "only {seen} keys found: is the handbook written in another way now?");
}
