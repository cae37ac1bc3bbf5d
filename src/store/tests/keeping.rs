//! What bookmarks keep besides their text.

use super::*;
use crate::model::time::DAY;
use crate::store::Asked;

fn picture() -> Picture {
    Picture { media_type: "image/gif".into(), bytes: b"GIF89a and so on".to_vec() }
}

#[test]
fn page_and_pictures_are_kept_as_long_as_the_bookmark() {
    let mut home = home();
    let feed = home.feed("a");
    let ids = ids(&home.take(feed, &[article("1", "One", "Text."), article("2", "Two", "Text.")]));
    let address = Link::parse("https://a.example/p.gif").unwrap();
    let asked = Asked { note: None, again: false, address: None };
    home.store
        .write(Safety::Person, "t", |w| {
            w.bookmark(&ids, true, NOW)?;
            for id in &ids {
                w.asked_page(*id, &asked, NOW)?;
                w.keep_page(*id, b"<html>the page</html>")?;
                w.keep_picture(*id, &address, &picture())?;
                w.set_missing(*id, None, None)?;
            }
            Ok(())
        })
        .unwrap();
    let reader = home.reader();
    assert_eq!(reader.page_html(ids[0]).unwrap().unwrap(), b"<html>the page</html>");
    assert_eq!(reader.pictures(ids[1]).unwrap(), [(address, picture())]);
    assert!(reader.article(ids[0]).unwrap().unwrap().headline.whole);
    // Without its feed, and after a clean-up, all of it is still there.
    home.store.write(Safety::Person, "t", |w| w.remove_feed(feed)).unwrap();
    home.store.clean_up(1, Time(NOW.0 + 400 * DAY)).unwrap();
    assert_eq!(home.reader().pictures(ids[0]).unwrap().len(), 1);
    // One bookmark is taken off: its page goes when it cannot be put back any more; the picture is
    // the other's as well.
    home.store.write(Safety::Person, "t", |w| w.bookmark(&ids[..1], false, NOW)).unwrap();
    home.store.clean_up(0, Time(NOW.0 + DAY)).unwrap();
    assert!(home.reader().page_html(ids[0]).unwrap().is_some(), "it can still be put back");
    home.store.clean_up(0, Time(NOW.0 + 30 * DAY)).unwrap();
    assert_eq!(home.reader().page_html(ids[0]).unwrap(), None);
    assert_eq!(home.reader().pictures(ids[1]).unwrap().len(), 1);
    home.store.write(Safety::Person, "t", |w| w.bookmark(&ids[1..], false, NOW)).unwrap();
    home.store.clean_up(0, Time(NOW.0 + 60 * DAY)).unwrap();
    let left: i64 = home.store.reader.db.query_row("SELECT count(*) FROM pictures", [], |row| row.get(0)).unwrap();
    assert_eq!(left, 0);
}

#[test]
fn what_is_no_bookmark_keeps_no_page() {
    let mut home = home();
    let feed = home.feed("a");
    let id = home.take(feed, &[article("1", "One", "Text.")]).new[0];
    let asked = Asked { note: None, again: false, address: None };
    home.store
        .write(Safety::Person, "t", |w| {
            w.asked_page(id, &asked, NOW)?;
            w.keep_page(id, b"<html></html>")
        })
        .unwrap();
    assert_eq!(home.reader().page_html(id).unwrap(), None);
}

#[test]
fn what_is_missing_is_asked_for_again() {
    let mut home = home();
    let feed = home.feed("a");
    let link = Link::parse("https://a.example/1");
    let id = home.take(feed, &[NewArticle { link, ..article("1", "One", "Text.") }]).new[0];
    let asked = Asked { note: None, again: false, address: None };
    home.store
        .write(Safety::Person, "t", |w| {
            w.bookmark(&[id], true, NOW)?;
            w.asked_page(id, &asked, NOW)?;
            w.set_missing(id, Some(&"its picture".into()), Some(Time(NOW.0 + DAY)))
        })
        .unwrap();
    let reader = home.reader();
    let found = reader.article(id).unwrap().unwrap();
    assert_eq!((found.headline.whole, found.missing), (false, Some("its picture".into())));
    assert!(reader.pages_wanted(9, NOW).unwrap().is_empty());
    assert_eq!(reader.pages_wanted(9, Time(NOW.0 + DAY)).unwrap(), [id]);
}

#[test]
fn a_change_of_the_feed_outdates_the_full_text() {
    let mut home = home();
    let feed = home.feed("a");
    let link = Link::parse("https://a.example/1");
    let came = |title: &str, text: &str| NewArticle { link: link.clone(), ..article("1", title, text) };
    let id = home.take(feed, &[came("The dam is ready by spring", "It is nearly built.")]).new[0];
    let full = FullText {
        document: Document::from_paragraphs(["The dam is ready by spring, the engineers say, and nearly built."]),
        ..FullText::default()
    };
    let asked = Asked { note: None, again: false, address: None };
    let fetch = |home: &mut Home, now: Time| {
        home.store
            .write(Safety::Person, "t", |w| {
                w.asked_page(id, &asked, now)?;
                w.set_full_text(id, &full, now)?;
                w.set_missing(id, None, None)
            })
            .unwrap();
    };
    home.store.write(Safety::Person, "t", |w| w.bookmark(&[id], true, NOW)).unwrap();
    fetch(&mut home, NOW);
    assert!(!home.reader().article(id).unwrap().unwrap().texts.outdated());
    assert!(home.reader().pages_wanted(9, NOW).unwrap().is_empty());

    let later = Time(NOW.0 + DAY);
    let changed = came("The dam is ready by autumn", "It has tripled in cost.");
    home.store.write(Safety::Refresh, "t", |w| w.take_in(feed, &[changed], later)).unwrap();
    let found = home.reader().article(id).unwrap().unwrap();
    assert!(found.texts.outdated());
    assert_eq!(found.missing.as_ref().map(Clean::as_str), Some("the feed has changed it since its page was fetched"));
    assert!(!found.headline.whole);
    assert_eq!(home.reader().pages_wanted(9, later).unwrap(), [id], "its page is asked for again");
    for (words, finds) in [("title:autumn", true), ("tripled", true), ("engineers", true), ("title:spring", true)] {
        assert_eq!(!home.search(words).is_empty(), finds, "{words}");
    }

    // The page says the same as before: that is known of now.
    fetch(&mut home, Time(later.0 + 60));
    assert!(!home.reader().article(id).unwrap().unwrap().texts.outdated());
    assert!(home.reader().article(id).unwrap().unwrap().headline.whole);
}
