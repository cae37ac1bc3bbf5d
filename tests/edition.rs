//! Holds the edition to what it promises: it is the handbook, so its keys must be the real ones.

use std::fs;
use std::path::Path;

use std::collections::BTreeMap;

use dateline::config::{Key, KeySeq, Keymap, Lookup};
use dateline::feed::{self, Entry};
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
    ("Esc", Place::Article, Action::Escape),
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

fn entries() -> Vec<Entry> {
    let parsed = feed::parse(edition().as_bytes(), None, None).expect("the edition is a feed");
    assert_eq!(parsed.complaints, [], "the edition is in order");
    assert_eq!(parsed.feed.title.as_ref().map(|title| title.as_str()), Some("The Dateline Edition"));
    parsed.entries
}

#[test]
fn every_entry_is_whole() {
    for entry in entries() {
        let title = &entry.title;
        assert!(!title.is_empty());
        assert!(entry.guid.is_some() && entry.link.is_some() && entry.byline.is_some(), "{title}");
        assert!(entry.published.is_some() && entry.updated >= entry.published, "{title}");
        assert!(entry.summary_html.is_some() && entry.content_html.is_some(), "{title}");
    }
}

/// The reader shifts all times so that the newest is recent: they must lie close together, and the
/// lead story must be the newest.
#[test]
fn the_lead_story_is_on_top_and_all_is_of_three_days() {
    let entries = entries();
    let time = |entry: &Entry| entry.published.expect("a time").0;
    let newest = entries.iter().max_by_key(|entry| time(entry)).expect("an entry");
    assert_eq!(newest.title.as_str(), "Port Ambrose, cut in two, learns to row");
    let oldest = entries.iter().map(time).min().expect("an entry");
    assert!(time(newest) - oldest < 3 * 24 * 60 * 60);
    assert!(entries.iter().all(|entry| entry.updated.expect("a time").0 <= time(newest)));
}

#[test]
fn one_article_has_two_revisions_the_older_first() {
    let entries = entries();
    let mut by_identity = BTreeMap::<_, Vec<&Entry>>::new();
    for entry in &entries {
        by_identity.entry(feed::identity(entry)).or_default().push(entry);
    }
    assert_eq!(by_identity.len(), 19);
    let revised: Vec<_> = by_identity.values().filter(|entries| entries.len() > 1).collect();
    let [revisions] = revised[..] else { panic!("{} articles are revised", revised.len()) };
    let [older, newer] = revisions[..] else { panic!("{} revisions", revisions.len()) };
    assert!(older.updated < newer.updated);
    assert_eq!(older.published, newer.published);
}
