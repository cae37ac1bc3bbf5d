//! Whatever is done in whatever order, counters count, lists are sorted, and search finds what is
//! there.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::related::{Floor, Limits, MemoryIndex, related_within, sign};

#[derive(Clone, Debug)]
enum Deed {
    Take { feed: usize, guid: u8, text: u8, published: i64 },
    Read { nth: usize, read: bool },
    Bookmark { nth: usize, keep: bool },
    Remove { nth: usize },
    RemoveFeed { feed: usize },
    Merge,
    Reopen,
    Renew,
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        8 => (0..3_usize, 0..12_u8, 0..4_u8, -50..50_i64)
            .prop_map(|(feed, guid, text, published)| Deed::Take { feed, guid, text, published }),
        3 => (0..40_usize, any::<bool>()).prop_map(|(nth, read)| Deed::Read { nth, read }),
        2 => (0..40_usize, any::<bool>()).prop_map(|(nth, keep)| Deed::Bookmark { nth, keep }),
        1 => (0..40_usize).prop_map(|nth| Deed::Remove { nth }),
        1 => (0..3_usize).prop_map(|feed| Deed::RemoveFeed { feed }),
        1 => Just(Deed::Merge),
        1 => Just(Deed::Reopen),
        1 => Just(Deed::Renew),
    ]
}

/// An article as it should be.
#[derive(Clone, Debug)]
struct Should {
    id: ArticleId,
    text: u8,
    published: i64,
    read: bool,
    bookmarked: bool,
    /// Made unread by hand at some time.
    held: bool,
}

impl Should {
    /// Whether it outlives its feed.
    fn stays(&self) -> bool {
        self.bookmarked || (self.held && !self.read)
    }
}

const TEXTS: [&str; 4] = ["alpha beta", "alpha gamma", "delta", "beta delta epsilon"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn the_store_does_what_it_should(deeds in prop::collection::vec(deed(), 1..40)) {
        let mut home = home();
        let mut should: BTreeMap<(usize, u8), Should> = BTreeMap::new();
        let mut gone: BTreeSet<(usize, u8)> = BTreeSet::new();
        let mut feeds: Vec<Option<FeedId>> = vec![None; 3];
        for deed in deeds {
            let nth = |n: usize| should.iter().nth(n % should.len().max(1)).map(|(key, one)| (*key, one.id));
            match deed {
                Deed::Take { feed, guid, text, published } => {
                    let id = home.feed(&format!("f{feed}"));
                    feeds[feed] = Some(id);
                    let piece = NewArticle {
                        published: Some(Time(NOW.0 + published)),
                        ..article(&guid.to_string(), &guid.to_string(), TEXTS[usize::from(text)])
                    };
                    let taken = home.take(id, &[piece]);
                    let key = (feed, guid);
                    if let Some(one) = should.get_mut(&key) {
                        prop_assert_eq!(taken.changed.len(), usize::from(one.text != text));
                        one.text = text;
                    } else if gone.contains(&key) {
                        prop_assert_eq!(taken.ids, vec![None]);
                    } else {
                        let published = published.min(0);
                        let id = taken.new[0];
                        should.insert(key, Should { id, text, published, read: false, bookmarked: false, held: false });
                    }
                }
                Deed::Read { nth: n, read } => if let Some((key, id)) = nth(n) {
                    let changed = home.store.write(Safety::Person, "t", |w| w.mark_read(&[id], read)).unwrap();
                    let one = should.get_mut(&key).unwrap();
                    prop_assert_eq!(changed.len(), usize::from(one.read != read));
                    one.held |= one.read && !read;
                    one.read = read;
                },
                Deed::Bookmark { nth: n, keep } => if let Some((key, id)) = nth(n) {
                    home.store.write(Safety::Person, "t", |w| w.bookmark(&[id], keep, NOW)).unwrap();
                    should.get_mut(&key).unwrap().bookmarked = keep;
                },
                Deed::Remove { nth: n } => if let Some((key, id)) = nth(n) {
                    home.store.write(Safety::Refresh, "t", |w| w.remove_articles(&[id], Some(NOW))).unwrap();
                    should.remove(&key);
                    gone.insert(key);
                },
                Deed::RemoveFeed { feed } => if let Some(id) = feeds[feed].take() {
                    home.store.write(Safety::Person, "t", |w| w.remove_feed(id)).unwrap();
                    let left = should.iter().any(|((of, _), one)| *of == feed && one.stays());
                    should.retain(|(of, _), one| *of != feed || one.stays());
                    if !left {
                        gone.retain(|(of, _)| *of != feed);
                    }
                },
                Deed::Merge => home.store.write(Safety::Refresh, "t", |w| w.merge()).unwrap(),
                Deed::Reopen => {
                    let path = home.path();
                    home.store = Store::open(&path).unwrap();
                }
                Deed::Renew => {
                    home.store.write(Safety::Refresh, "t", |w| w.set_state("related.recipe", Some("0"))).unwrap();
                    prop_assert!(!home.store.reader().is_signed().unwrap());
                    while home.store.renew().unwrap().is_some() {}
                    prop_assert!(home.store.reader().is_signed().unwrap());
                }
            }
        }
        let reader = home.reader();
        prop_assert_eq!(reader.health().unwrap().problems, vec![]);

        let mut sorted: Vec<&Should> = should.values().collect();
        sorted.sort_by_key(|one| std::cmp::Reverse((one.published, one.id)));
        let listed = |view: &View| reader.ids(view, &moment()).unwrap();
        let expect = |keep: &dyn Fn(&Should) -> bool| -> Vec<ArticleId> {
            sorted.iter().filter(|one| keep(one)).map(|one| one.id).collect()
        };
        prop_assert_eq!(listed(&View::default()), expect(&|_| true));
        prop_assert_eq!(listed(&view(Scope::Everything, Only::Unread)), expect(&|one| !one.read));
        prop_assert_eq!(listed(&view(Scope::Everything, Only::Bookmarked)), expect(&|one| one.bookmarked));
        for word in ["alpha", "beta", "gamma", "delta", "epsilon"] {
            prop_assert_eq!(listed(&asks(word)), expect(&|one| TEXTS[usize::from(one.text)].contains(word)), "{}", word);
        }
        let sources = reader.sources().unwrap();
        prop_assert_eq!(sources.total, should.len() as u64);
        prop_assert_eq!(sources.unread, should.values().filter(|one| !one.read).count() as u64);
        // The index of related news answers as one made of the articles that are there.
        let mut index = MemoryIndex::default();
        for ((_, guid), one) in &should {
            let text = TEXTS[usize::from(one.text)];
            let lang = super::super::index::language_of(&guid.to_string(), text, None);
            index.insert(one.id, sign(&guid.to_string(), text, lang));
        }
        for (id, signature) in index.iter() {
            let by = |limits| related_within(&reader, signature, id, 50, limits, Floor::Score(0.0)).unwrap();
            let Ok(force) = related_within(&index, signature, id, 50, Limits::NONE, Floor::Score(0.0));
            prop_assert_eq!(&by(Limits::NONE), &force);
            prop_assert_eq!(&by(Limits::default()), &force);
        }
        for (feed, id) in feeds.iter().enumerate().filter_map(|(n, id)| id.map(|id| (n, id))) {
            let of_feed = expect(&|one| should.iter().any(|((of, _), other)| *of == feed && other.id == one.id));
            prop_assert_eq!(listed(&view(Scope::Feed(id), Only::All)), of_feed);
        }
    }
}
