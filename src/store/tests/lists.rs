//! Pages, feeds and folders.

use super::*;
use crate::text::Clean;

fn numbered(count: i64) -> (Home, FeedId) {
    let mut home = home();
    let feed = home.feed("a");
    let pieces: Vec<NewArticle> = (0..count)
        .map(|n| NewArticle {
            // Three to a second.
            published: Some(Time(NOW.0 - 1000 + n / 3)),
            ..article(&n.to_string(), &format!("{n:03}"), "text")
        })
        .collect();
    home.take(feed, &pieces);
    (home, feed)
}

fn keys(page: &Page) -> Vec<i64> {
    page.rows.iter().map(|row| row.id.0).collect()
}

#[test]
fn walking_either_way_meets_every_row_once() {
    let (home, _) = numbered(50);
    let all = keys(&home.page(&View::default(), Anchor::Newest, 1000));
    assert_eq!(all.len(), 50);
    for limit in [1, 2, 3, 7, 50, 51] {
        let mut met = Vec::new();
        let mut anchor = Anchor::Newest;
        loop {
            let page = home.page(&View::default(), anchor, limit);
            met.extend(keys(&page));
            let Some(last) = page.rows.last() else { break };
            if page.at_oldest {
                break;
            }
            anchor = Anchor::OlderThan(last.key());
        }
        assert_eq!(met, all, "older by {limit}");
        let mut met = Vec::new();
        let mut anchor = Anchor::Oldest;
        loop {
            let page = home.page(&View::default(), anchor, limit);
            met.splice(0..0, keys(&page));
            let Some(first) = page.rows.first() else { break };
            if page.at_newest {
                break;
            }
            anchor = Anchor::NewerThan(first.key());
        }
        assert_eq!(met, all, "newer by {limit}");
    }
}

#[test]
fn a_page_around_a_row_is_full_at_the_ends_too() {
    let (home, _) = numbered(20);
    let rows = home.page(&View::default(), Anchor::Newest, 100).rows;
    for (place, row) in rows.iter().enumerate() {
        let page = home.page(&View::default(), Anchor::Around(row.key()), 6);
        let first = rows.iter().position(|other| other.id == page.rows[0].id).unwrap();
        assert_eq!(page.rows.len(), 6);
        assert!((first..first + 6).contains(&place), "{place} not in {first}..");
        assert_eq!(page.at_newest, first == 0);
        assert_eq!(page.at_oldest, first == 14);
    }
    let empty = home.page(&asks("nothinglikeit"), Anchor::Around(rows[3].key()), 6);
    assert_eq!((empty.rows.len(), empty.at_newest, empty.at_oldest), (0, true, true));
}

#[test]
fn folders_merge_their_feeds() {
    let mut home = home();
    let folder = home
        .store
        .write(Safety::Person, "t", |w| {
            let world = w.folder(&"World".into(), None)?;
            assert_eq!(w.folder(&"World".into(), None)?, world);
            w.folder(&"Asia".into(), Some(world))?;
            Ok(world)
        })
        .unwrap();
    let asia = home.reader().sources().unwrap().folders.iter().find(|f| f.name.as_str() == "Asia").unwrap().id;
    for (n, (name, place)) in [("a", Some(folder)), ("b", Some(asia)), ("c", None)].into_iter().enumerate() {
        let feed = home.feed(name);
        home.store.write(Safety::Person, "t", |w| w.file_feed(feed, place)).unwrap();
        let pieces: Vec<NewArticle> = (0..3)
            .map(|k| NewArticle {
                published: Some(Time(NOW.0 - 10 * k - n as i64)),
                ..article(&k.to_string(), &format!("{name}{k}"), "text")
            })
            .collect();
        home.take(feed, &pieces);
    }
    let within = view(Scope::Folder(folder), Only::All);
    assert_eq!(home.titles(&within), ["a0", "b0", "a1", "b1", "a2", "b2"]);
    let page = home.page(&within, Anchor::Newest, 2);
    let next = home.page(&within, Anchor::OlderThan(page.rows[1].key()), 2);
    assert_eq!(next.rows.iter().map(|row| row.title.as_str()).collect::<Vec<_>>(), ["a1", "b1"]);
    assert_eq!(home.titles(&View { scope: Scope::Folder(folder), ..asks("b1") }), ["b1"]);
}

#[test]
fn counters_are_kept() {
    let (mut home, feed) = numbered(10);
    let ids: Vec<ArticleId> = home.page(&View::default(), Anchor::Newest, 4).rows.iter().map(|row| row.id).collect();
    home.store
        .write(Safety::Person, "t", |w| {
            w.mark_read(&ids, true)?;
            w.bookmark(&ids[..2], true, NOW)?;
            w.remove_articles(&ids[3..], None)
        })
        .unwrap();
    let sources = home.reader().sources().unwrap();
    assert_eq!((sources.total, sources.unread, sources.bookmarked), (9, 6, 2));
    assert_eq!((sources.feeds[0].id, sources.feeds[0].total, sources.feeds[0].unread), (feed, 9, 6));
    assert_eq!(home.titles(&view(Scope::Everything, Only::Unread)).len(), 6);
    assert_eq!(home.titles(&view(Scope::Feed(feed), Only::Unread)).len(), 6);
    assert_eq!(home.reader().health().unwrap().problems, Vec::<Clean>::new());
}

#[test]
fn a_feed_moves_after_several_sightings() {
    let mut home = home();
    let (feed, other) = (home.feed("a"), home.feed("taken"));
    let to = Link::parse("https://new.example/feed").unwrap();
    let taken = Link::parse("https://taken.example/feed").unwrap();
    let mut saw = |to: Option<&Link>| home.store.write(Safety::Refresh, "t", |w| w.saw_move(feed, to)).unwrap();
    assert_eq!([saw(Some(&to)), saw(None)], [Moved::No, Moved::No]);
    assert_eq!([saw(Some(&to)), saw(Some(&to)), saw(Some(&to))], [Moved::No, Moved::No, Moved::Now]);
    let refused = Moved::Taken("taken.example".into());
    assert_eq!([saw(Some(&taken)), saw(Some(&taken)), saw(Some(&taken))], [Moved::No, Moved::No, refused]);
    assert_eq!(home.reader().feed(feed).unwrap().unwrap().address.as_str(), to.as_str());

    // One that is only kept for its bookmarks makes room.
    home.take(other, &[article("1", "Kept", "a")]);
    let kept = home.page(&View::default(), Anchor::Newest, 1).rows[0].id;
    home.store.write(Safety::Person, "t", |w| w.bookmark(&[kept], true, NOW)).unwrap();
    home.store.write(Safety::Person, "t", |w| w.remove_feed(other)).unwrap();
    let moved = home.store.write(Safety::Refresh, "t", |w| w.saw_move(feed, Some(&taken))).unwrap();
    assert_eq!(moved, Moved::Now);
    assert_eq!(home.reader().feed(feed).unwrap().unwrap().address.as_str(), taken.as_str());
    assert_eq!(home.reader().feed(other).unwrap().unwrap().address.as_str(), to.as_str());
}

#[test]
fn how_fetching_went_is_remembered() {
    let mut home = home();
    let feed = home.feed("a");
    let mut fetched = |how: Fetched| home.store.write(Safety::Refresh, "t", |w| w.fetched(feed, &how, NOW)).unwrap();
    fetched(Fetched::Badly("no answer".into(), Time(NOW.0 + 60)));
    fetched(Fetched::Badly("no answer".into(), Time(NOW.0 + 120)));
    let reader = Reader::open(&home.dir.path().join(FILE)).unwrap();
    let health = reader.feed(feed).unwrap().unwrap().health;
    assert_eq!((health.failures, health.error, health.succeeded), (2, Some("no answer".into()), None));
    assert_eq!(reader.schedule().unwrap()[0].not_before, Some(Time(NOW.0 + 120)));
    let validators = crate::model::Validators { etag: Some("\"x\"".into()), last_modified: None };
    fetched(Fetched::Well(Some(validators.clone()), Some(Time(NOW.0 + 9))));
    fetched(Fetched::Well(None, None));
    let schedule = reader.schedule().unwrap().remove(0);
    assert_eq!((schedule.validators, schedule.failures, schedule.not_before), (validators, 0, None));
    fetched(Fetched::Gone("gone".into()));
    assert!(reader.schedule().unwrap()[0].gone);
}
