//! What the program does, from an answer of the network to what is stored.

use std::time::Duration;

use tempfile::TempDir;

use super::*;
use crate::model::site::Site;
use crate::model::{
    Anchor, Document, FeedAddress, Mute, Muted, NewArticle, Only, Query, Relation, Time, Validators, View,
};
use crate::net::{Answer, Error, Fetched, Unchanged};
use crate::ops::subscribe::Added;
use crate::store::Safety;
use crate::text::{Clean, Link};

const NOW: Time = Time(1_700_000_000);

struct Home {
    _dir: TempDir,
    places: Places,
    store: Store,
}

fn home() -> Home {
    let dir = tempfile::tempdir().unwrap();
    let places = Places::find(Some(dir.path()), Some(&dir.path().join("config.toml"))).unwrap();
    let store = open(&places).unwrap();
    Home { _dir: dir, places, store }
}

impl Home {
    fn titles(&self, view: &View) -> Vec<String> {
        let reader = open_reader(&self.places).unwrap();
        let page = read::page(&reader, view, Anchor::Newest, 100, NOW).unwrap();
        page.rows.iter().map(|row| row.title.to_string()).collect()
    }

    fn add(&mut self, body: &str) -> Result<Added, Failure> {
        subscribe::take_in(&mut self.store, &link("https://a.example/feed"), Ok(answer(body)), &[], NOW)
    }

    fn job(&self) -> refresh::Job {
        refresh::all(self.store.reader()).unwrap().remove(0)
    }

    fn refresh(&mut self, answer: Result<Answer, Error>, now: Time) -> refresh::Outcome {
        let prepared = refresh::prepare(self.job(), answer);
        refresh::take_in(&mut self.store, &prepared, now).unwrap()
    }
}

fn link(address: &str) -> Link {
    Link::parse(address).unwrap()
}

fn fetched(body: &str) -> Fetched {
    Fetched {
        bytes: body.as_bytes().to_vec(),
        content_type: None,
        final_address: link("https://a.example/feed"),
        moved_permanently: None,
        validators: Validators { etag: Some("\"1\"".into()), last_modified: None },
        fresh_for: None,
    }
}

fn answer(body: &str) -> Answer {
    Answer::Fetched(fetched(body))
}

fn rss(items: &[(&str, &str, &str)]) -> String {
    let items: String = items
        .iter()
        .map(|(guid, title, text)| {
            format!("<item><guid>{guid}</guid><title>{title}</title><description>{text}</description></item>")
        })
        .collect();
    format!("<rss version=\"2.0\"><channel><title>The A</title><ttl>90</ttl>{items}</channel></rss>")
}

#[test]
fn a_feed_is_added_once() {
    let mut home = home();
    let feed = rss(&[("2", "Second", "b"), ("1", "First", "a")]);
    let Added::Feed { title, new, known, feed: id } = home.add(&feed).unwrap() else { panic!() };
    assert_eq!((title.as_str(), new, known), ("The A", 2, false));
    let Added::Feed { new, known, .. } = home.add(&feed).unwrap() else { panic!() };
    assert_eq!((new, known), (0, true));
    assert_eq!(home.titles(&View::default()), ["Second", "First"], "in the feed's order");
    assert_eq!(home.job().validators.etag.as_deref(), Some("\"1\""));
    assert_eq!(subscribe::remove(&mut home.store, id).unwrap(), 2);
    assert!(read::sources(home.store.reader()).unwrap().feeds.is_empty());
}

#[test]
fn a_page_gives_its_feeds_or_is_kept_itself() {
    let mut home = home();
    let with = "<html><head><link rel=alternate type='application/rss+xml' href='/x.xml' title='News'></head><body>";
    match home.add(with) {
        Ok(Added::Choose(feeds)) => assert_eq!(feeds[0].link.as_str(), "https://a.example/x.xml"),
        other => panic!("{other:?}"),
    }
    let text =
        "<p>The mayors of four river towns agreed on Tuesday to share the water of the dry summer.</p>".repeat(5);
    let page = format!(
        "<html><head><title>Water shared</title></head><body><article><h1>Water shared</h1>{text}</article></body></html>"
    );
    let Added::Article { article, title, gate, known: false } = home.add(&page).unwrap() else { panic!() };
    assert_eq!((title.as_str(), gate), ("Water shared", None));
    let stored = read::article(home.store.reader(), article).unwrap().unwrap();
    assert_eq!(stored.headline.link.unwrap().as_str(), "https://a.example/feed");
    assert_eq!(read::sources(home.store.reader()).unwrap().feeds[0].address, FeedAddress::Saved);
    for (bad, kind) in [("", Kind::Data), ("{\"a\": 1}", Kind::Data), ("<opml><body/></opml>", Kind::Data)] {
        assert_eq!(home.add(bad).unwrap_err().kind, kind, "{bad}");
    }
    let asked = link("https://a.example/elsewhere");
    let refused =
        subscribe::take_in(&mut home.store, &asked, Err(Error::Refused(asked.clone())), &[], NOW).unwrap_err();
    assert_eq!(refused.kind, Kind::Network);
    assert!(refused.message.as_str().contains("a.example") && !refused.hints.is_empty());
}

/// A page about the water of a river, of so many paragraphs.
fn water(paragraphs: usize, head: &str) -> String {
    let text = "<p>The mayors of four river towns agreed on Tuesday to share the water of the dry summer.</p>"
        .repeat(paragraphs);
    format!("<html><head><title>Water shared</title>{head}</head><body><article>{text}</article></body></html>")
}

#[test]
fn the_page_of_a_stored_article_makes_no_second_one() {
    let mut home = home();
    let feed = "<rss version='2.0'><channel><title>The A</title><item><guid>w</guid><title>Water</title>\
                <link>https://a.example/water?utm_source=rss</link><description>Towns agree.</description></item>\
                </channel></rss>";
    home.add(feed).unwrap();
    let all = View::default();
    let id = read::page(home.store.reader(), &all, Anchor::Newest, 9, NOW).unwrap().rows[0].id;
    // By its address, without the `s`, with a slash, or by what the page says of itself.
    for (asked, head) in [
        ("https://a.example/water", ""),
        ("http://a.example/water/", ""),
        ("https://short.example/1", "<link rel=canonical href='https://a.example/water'>"),
    ] {
        let page = Fetched { final_address: link(asked), ..fetched(&water(9, head)) };
        let added = subscribe::save_page(&mut home.store, &link(asked), Ok(Answer::Fetched(page)), &[], NOW).unwrap();
        assert!(matches!(added, Added::Article { article, known: true, .. } if article == id), "{asked}: {added:?}");
        assert_eq!(home.titles(&all), ["Water"], "{asked}");
    }
    let text = read::article(home.store.reader(), id).unwrap().unwrap().document.plain_text();
    assert!(text.contains("four river towns"), "{text}");
    // Without a network it is still the one that is meant.
    let asked = link("https://a.example/water");
    let added = subscribe::save_page(&mut home.store, &asked, Err(Error::Refused(asked.clone())), &[], NOW).unwrap();
    assert!(matches!(added, Added::Article { article, known: true, .. } if article == id));
}

#[test]
fn a_page_that_was_read_in_passing_is_kept_where_it_is() {
    let mut home = home();
    let asked = link("https://a.example/water");
    let at = |at: &str, n| Ok(Answer::Fetched(Fetched { final_address: link(at), ..fetched(&water(n, "")) }));
    let page = || at("https://a.example/water", 4);
    let read = subscribe::read_page(&mut home.store, &asked, page(), &[], NOW).unwrap();
    let Added::Article { article: id, known: false, .. } = read else { panic!("{read:?}") };
    let news = View { news: true, ..View::default() };
    assert!(home.titles(&news).is_empty());
    let from = |home: &Home| read::article(home.store.reader(), id).unwrap().unwrap().headline.feed;
    let feeds = read::sources(home.store.reader()).unwrap().feeds;
    let passing = feeds.iter().find(|feed| feed.address == FeedAddress::Passing).unwrap();
    assert_eq!((passing.title.as_str(), passing.total, passing.unread), ("Read in passing", 1, 0));
    assert_eq!(from(&home), passing.id);
    // Looked at again, and added by its address: no second one.
    for _ in 0..2 {
        let again = subscribe::read_page(&mut home.store, &asked, page(), &[], NOW).unwrap();
        assert!(matches!(again, Added::Article { article, known: true, .. } if article == id), "{again:?}");
    }
    let added = subscribe::take_in(&mut home.store, &asked, page(), &[], NOW).unwrap();
    assert!(matches!(added, Added::Article { article, .. } if article == id), "{added:?}");
    assert_eq!((home.titles(&View::default()).len(), home.titles(&news).len()), (1, 1));
    assert_eq!(from(&home), passing.id);
    // What was saved and is looked at stays what it is.
    let other = link("https://a.example/other");
    subscribe::save_page(&mut home.store, &other, at(other.as_str(), 5), &[], NOW).unwrap();
    subscribe::read_page(&mut home.store, &other, at(other.as_str(), 5), &[], NOW).unwrap();
    assert_eq!(home.titles(&news).len(), 2);
}

#[test]
fn a_wall_is_no_article() {
    let mut home = home();
    let asked = link("https://a.example/wall");
    let wall = "<html><head><title>Before you go on</title></head><body><div class='consent-wall'><h1>Before you go on</h1>\
        <p>We and our partners use cookies to measure how this site is used and to show you what suits you best.</p>\
        <p>You can accept all cookies or choose which of them we may set. Your choice is kept for a year.</p>\
        <p>By going on you give your consent to the processing of personal data by our partners abroad.</p>\
        </div></body></html>";
    let refused = subscribe::save_page(&mut home.store, &asked, Ok(answer(wall)), &[], NOW).unwrap_err();
    assert!(
        refused.message.as_str().contains("consent") && refused.hints[0].as_str().contains("browser"),
        "{refused:?}"
    );
    assert!(home.titles(&View::default()).is_empty());
}

#[test]
fn feeds_of_one_host_are_told_apart_before_they_have_names() {
    let mut home = home();
    let list = "https://news.example/rss/world\nhttps://news.example/rss/sport\nhttps://news.example/rss/arts/\n\
                https://other.example/feed\n";
    import::import(&mut home.store, list.as_bytes(), "urls", NOW).unwrap();
    let feeds = read::sources(home.store.reader()).unwrap().feeds;
    let mut names: Vec<String> = feeds.iter().map(|feed| feed.title.to_string()).collect();
    names.sort();
    assert_eq!(names, ["news.example/rss/arts", "news.example/rss/sport", "news.example/rss/world", "other.example"]);
}

#[test]
fn a_page_is_added_as_the_settings_say_for_its_site() {
    let mut home = home();
    let prose = "The council agreed on Tuesday to share the water of the river among the towns below it. ".repeat(8);
    let body = format!(
        "<html><title>Water shared</title><div class=ours><p>{prose}</p></div><p>{}</p></html>",
        "Not of it. ".repeat(90)
    );
    let site = Site { host: "a.example".to_owned(), article: Some(".ours".to_owned()), ..Site::default() };
    let asked = link("https://a.example/water");
    let added = subscribe::take_in(&mut home.store, &asked, Ok(answer(&body)), &[site], NOW).unwrap();
    let Added::Article { article, .. } = added else { panic!() };
    let stored = read::article(home.store.reader(), article).unwrap().unwrap();
    assert!(!stored.document.plain_text().contains("Not of it"));
}

#[test]
fn a_refresh_brings_what_is_new_and_says_what_went_wrong() {
    let mut home = home();
    home.add(&rss(&[("1", "First", "a")])).unwrap();
    let more = rss(&[("2", "Second", "b"), ("1", "First", "a, corrected")]);
    let outcome = home.refresh(Ok(answer(&more)), NOW);
    assert_eq!((outcome.new.len(), outcome.changed.len(), outcome.unchanged), (1, 1, 0));
    let outcome = home.refresh(Ok(Answer::NotModified(Unchanged::default())), NOW);
    assert_eq!(outcome, refresh::Outcome { title: "The A".into(), ..refresh::Outcome::default() });

    let outcome = home.refresh(Err(Error::Refused(link("https://a.example/feed"))), NOW);
    assert!(outcome.error.unwrap().as_str().contains("a.example"));
    assert_eq!(home.job().failures, 1);
    let outcome = home.refresh(Ok(answer("<html><body>Please log in</body></html>")), NOW);
    assert!(outcome.error.unwrap().as_str().contains("web page"));
    assert_eq!(home.job().failures, 2);
    let health = read::sources(home.store.reader()).unwrap().feeds[0].health.clone();
    assert!(health.error.is_some() && health.succeeded == Some(NOW));
    // What is cancelled is held against nobody.
    let outcome = home.refresh(Err(Error::Cancelled(link("https://a.example/feed"))), NOW);
    assert!(outcome.error.is_some());
    assert_eq!(home.job().failures, 2);
    home.refresh(Ok(answer(&more)), NOW);
    assert_eq!(home.job().failures, 0);
    assert_eq!(home.titles(&View::default()).len(), 2, "nothing was lost");
}

#[test]
fn feeds_are_due_when_they_should_be() {
    let mut home = home();
    home.add(&rss(&[("1", "First", "a")])).unwrap();
    let due = |home: &Home, every: u32, minutes: i64| {
        let wish = refresh::Wish { minutes: every, adaptive: false };
        refresh::due(home.store.reader(), wish, Time(NOW.0 + minutes * 60)).unwrap().len()
    };
    assert_eq!(due(&home, 30, 60), 0, "the feed asks for 90 minutes");
    assert_eq!(due(&home, 30, 90), 1);
    assert_eq!((due(&home, 30, 86), due(&home, 30, 87)), (0, 1), "a long refresh asks it late");
    assert_eq!(due(&home, 120, 90), 0);
    assert_eq!(due(&home, 0, 10_000), 0);
    let busy = |wait| {
        let retry_after = Some(Duration::from_secs(wait));
        Err(Error::Status { address: link("https://a.example/feed"), code: 503, retry_after })
    };
    home.refresh(busy(6 * 3600), NOW);
    assert_eq!((due(&home, 30, 300), due(&home, 30, 361)), (0, 1));
    home.refresh(busy(1_000_000_000), NOW);
    assert_eq!(due(&home, 30, 7 * 24 * 60 + 1), 1, "nobody is left alone for ever");
    let held = Err(Error::HeldBack(link("https://a.example/feed"), Duration::from_secs(3600)));
    home.refresh(Ok(Answer::NotModified(Unchanged::default())), NOW);
    let outcome = home.refresh(held, NOW);
    assert!(outcome.later && outcome.error.is_some());
    assert_eq!((due(&home, 30, 59), due(&home, 30, 91), home.job().failures), (0, 1, 0), "put off, not failed");
    let fresh = Unchanged { fresh_for: Some(Duration::from_secs(5 * 3600)), ..Unchanged::default() };
    home.refresh(Ok(Answer::NotModified(fresh)), NOW);
    assert_eq!((due(&home, 30, 299), due(&home, 30, 300)), (0, 1), "its server says that nothing changes before");
    home.refresh(Ok(Answer::Gone), NOW);
    assert_eq!(due(&home, 30, 1_000_000), 0);
    assert_eq!(refresh::all(home.store.reader()).unwrap().len(), 1);
    let id = home.job().feed;
    assert!(refresh::one(home.store.reader(), id).unwrap().is_some());
}

#[test]
fn a_feed_that_moved_for_good_is_asked_there() {
    let mut home = home();
    home.add(&rss(&[("1", "First", "a")])).unwrap();
    let moved = || {
        let moved_permanently = Some(link("https://b.example/feed"));
        Ok(Answer::Fetched(Fetched { moved_permanently, ..fetched(&rss(&[("1", "First", "a")])) }))
    };
    assert!(!home.refresh(moved(), NOW).moved);
    // Nothing new over there says it as well.
    let unchanged = Unchanged { moved_permanently: Some(link("https://b.example/feed")), ..Unchanged::default() };
    assert!(!home.refresh(Ok(Answer::NotModified(unchanged)), NOW).moved);
    let outcome = home.refresh(moved(), NOW);
    assert!(outcome.moved && outcome.complaints[0].as_str().contains("https://b.example/feed"));
    assert_eq!(home.job().address.as_str(), "https://b.example/feed");
}

#[test]
fn the_edition_fills_an_empty_store_and_makes_room_for_real_news() {
    let mut home = home();
    assert!(edition::seed(&mut home.store, NOW).unwrap());
    assert!(!edition::seed(&mut home.store, NOW).unwrap(), "once");
    let reader = open_reader(&home.places).unwrap();
    let sources = read::sources(&reader).unwrap();
    assert_eq!(sources.feeds.len(), 1);
    assert_eq!(sources.feeds[0].address, FeedAddress::Edition);
    assert!((12..40).contains(&sources.total), "{}", sources.total);
    let page = read::page(&reader, &View::default(), Anchor::Newest, 100, NOW).unwrap();
    assert_eq!(page.rows[0].published, Time(NOW.0 - 20 * 60));
    assert!(page.rows.iter().any(|row| row.revisions == 1), "one article was revised");
    let revised = page.rows.iter().find(|row| row.revisions == 1).unwrap();
    assert_eq!(read::revisions(&reader, revised.id).unwrap().len(), 1);
    let related = ops_related(&reader, page.rows[0].id);
    assert!(related >= 2, "{related} related to the first piece");
    let kept = page.rows[3].clone();
    mark::bookmark(&mut home.store, &[kept.id], true, NOW).unwrap();

    home.add(&rss(&[("1", "First", "a")])).unwrap();
    assert_eq!(home.titles(&View::default()).len(), 2);
    let bookmarks = View { only: Only::Bookmarked, ..View::default() };
    assert_eq!(home.titles(&bookmarks), [kept.title.to_string()]);
    let feed = home.job().feed;
    subscribe::remove(&mut home.store, feed).unwrap();
    assert!(!edition::seed(&mut home.store, NOW).unwrap(), "it does not come back by itself");
}

fn ops_related(reader: &Reader, id: crate::model::ArticleId) -> usize {
    let items = related::related(reader, id, 10).unwrap();
    for item in &items {
        assert!(!item.reasons.is_empty() && item.score > 0.0, "{item:?}");
    }
    items.len()
}

#[test]
fn a_headline_of_a_saved_page_gives_way_to_its_article() {
    let mut home = home();
    home.add(&rss(&[("1", "First", "a")])).unwrap();
    let feed = home.job().feed;
    let piece = |guid: &str, title: &str, body: &str| NewArticle {
        guid: Clean::new(guid),
        title: Clean::new(title),
        document: Document::from_paragraphs([body]),
        ..NewArticle::default()
    };
    let stub = |guid: &str, title: &str| NewArticle { stub: true, ..piece(guid, title, "") };
    let page = NewArticle {
        related: vec![Clean::new("s1"), Clean::new("s2")],
        ..piece("page", "Harbour opens", "The harbour opened again after the storm.")
    };
    let articles = [
        page,
        stub("s1", "Ferry runs aground near Skarholm in fog"),
        stub("s2", "Ferry runs aground off Marrant in fog"),
        piece("a", "Ferry runs aground near Skarholm in thick fog", "All aboard the Aldebaran were brought ashore."),
    ];
    let taken = home.store.write(Safety::Person, "t", |w| w.take_in(feed, &articles, NOW)).unwrap();
    let items = related::related(home.store.reader(), taken.ids[0].unwrap(), 10).unwrap();
    let beside: Vec<(&str, bool)> = items
        .iter()
        .filter(|item| item.relation == Relation::SamePage)
        .map(|item| (item.headline.title.as_str(), item.headline.stub))
        .collect();
    let resolved = ("Ferry runs aground near Skarholm in thick fog", false);
    assert_eq!(beside, [resolved, ("Ferry runs aground off Marrant in fog", true)]);
}

#[test]
fn what_is_muted_is_no_related_news() {
    let mut home = home();
    edition::seed(&mut home.store, NOW).unwrap();
    let page = read::page(home.store.reader(), &View::default(), Anchor::Newest, 100, NOW).unwrap();
    let related = |home: &Home, id| -> Vec<_> {
        related::related(home.store.reader(), id, 10).unwrap().into_iter().map(|item| item.headline).collect()
    };
    let with = page.rows.iter().map(|row| row.id).find(|id| related(&home, *id).len() > 1).unwrap();
    let before = related(&home, with);
    let what = Muted::Query(Query::parse(&format!("title:\"{}\"", before[0].title)).unwrap());
    let id = mute::mute(&mut home.store, &Mute { what, until: None }, NOW).unwrap();
    assert!(home.store.reader().is_muted(before[0].id).unwrap() && !home.store.reader().is_muted(with).unwrap());
    assert!(related(&home, with).iter().all(|headline| headline.id != before[0].id));
    mute::unmute(&mut home.store, id).unwrap();
    let after: Vec<_> = related(&home, with).into_iter().map(|headline| headline.id).collect();
    assert_eq!(after, before.into_iter().map(|headline| headline.id).collect::<Vec<_>>());
}

#[test]
fn everything_related_can_be_written_out() {
    let mut home = home();
    edition::seed(&mut home.store, NOW).unwrap();
    let mut lines = 0;
    related::all(home.store.reader(), 5, 0.0, |article, rank, other, score| {
        assert!(article != other && (1..=5).contains(&rank) && score > 0.0 && score <= 1.01);
        lines += 1;
        Ok(())
    })
    .unwrap();
    assert!(lines > 10, "{lines}");
}

#[test]
fn a_damaged_store_is_opened_all_the_same_and_says_so() {
    let mut home = home();
    home.add(&rss(&[("1", "First", "a")])).unwrap();
    let path = home.store.reader().path().to_owned();
    let places = home.places.clone();
    drop(home.store);
    let size = std::fs::metadata(&path).unwrap().len();
    std::fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(size / 2).unwrap();
    let reader = open_reader(&places).unwrap();
    assert!(read::sources(&reader).is_ok());
    let damaged: Vec<_> = std::fs::read_dir(&places.data)
        .unwrap()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.contains("damaged"))
        .collect();
    assert_eq!(damaged, ["dateline.damaged.db"]);
}

#[test]
fn a_query_that_cannot_be_read_names_the_spot() {
    let failure = read::query("minsk is:sideways").unwrap_err();
    assert_eq!(failure.kind, Kind::Usage);
    assert!(failure.message.as_str().contains("character"), "{failure}");
    let none = home();
    assert_eq!(read::find(none.store.reader(), "12").unwrap_err().kind, Kind::NothingFound);
    assert_eq!(none.store.notice(), None::<&Clean>);
}
