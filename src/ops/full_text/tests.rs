use tempfile::TempDir;

use super::*;
use crate::config::Places;
use crate::model::{Extent, Validators};
use crate::ops::{self, edition, read};

const NOW: Time = Time(1_700_000_000);

struct Home {
    _dir: TempDir,
    store: Store,
}

fn link(address: &str) -> Link {
    Link::parse(address).unwrap()
}

fn fetched() -> Fetched {
    Fetched {
        bytes: Vec::new(),
        content_type: None,
        final_address: link("https://a.example/1"),
        moved_permanently: None,
        fresh_for: None,
        validators: Validators::default(),
    }
}

fn page(body: &[u8], content_type: &str) -> Result<Answer, Error> {
    Ok(Answer::Fetched(Fetched { bytes: body.to_vec(), content_type: Some(content_type.to_owned()), ..fetched() }))
}

fn story(sentences: usize) -> Result<Answer, Error> {
    let text = "<p>The mayors of four river towns agreed on Tuesday to share the water of the dry summer.</p>"
        .repeat(sentences);
    let html = format!("<html><head><title>Water shared</title></head><body><article>{text}</article></body></html>");
    page(html.as_bytes(), "text/html; charset=utf-8")
}

/// A store with one feed of one article, whose text is `text`.
fn home(text: &str) -> (Home, ArticleId) {
    let dir = tempfile::tempdir().unwrap();
    let places = Places::find(Some(dir.path()), Some(&dir.path().join("config.toml"))).unwrap();
    let mut store = ops::open(&places).unwrap();
    let feed = format!(
        "<rss version='2.0'><channel><title>A</title><item><guid>1</guid><title>Water shared</title>\
         <link>https://a.example/1</link><description>{text}</description></item></channel></rss>"
    );
    let Ok(Answer::Fetched(answer)) = page(feed.as_bytes(), "application/rss+xml") else { panic!() };
    ops::subscribe::take_in(&mut store, &link("https://a.example/feed"), Ok(Answer::Fetched(answer)), &[], NOW)
        .unwrap();
    let id = read::find(store.reader(), "1").unwrap();
    (Home { _dir: dir, store }, id)
}

impl Home {
    fn article(&self, id: ArticleId) -> Article {
        read::article(self.store.reader(), id).unwrap().unwrap()
    }

    fn fetch(&mut self, id: ArticleId, answer: Result<Answer, Error>) -> Result<Outcome, Failure> {
        let job = job(self.store.reader(), id)?;
        take_in(&mut self.store, prepare(job, answer, &[]), NOW)
    }

    fn search(&self, query: &str) -> usize {
        let view = crate::model::View { query: Some(read::query(query).unwrap()), ..Default::default() };
        read::page(self.store.reader(), &view, crate::model::Anchor::Newest, 10, NOW).unwrap().rows.len()
    }
}

#[test]
fn a_feed_from_elsewhere_has_nothing_fetched_from_the_own_network() {
    let job = |feed: &str, page: &str| {
        let dir = tempfile::tempdir().unwrap();
        let places = Places::find(Some(dir.path()), Some(&dir.path().join("config.toml"))).unwrap();
        let mut store = ops::open(&places).unwrap();
        let text = format!(
            "<rss version='2.0'><channel><title>A</title><item><guid>1</guid><title>T</title><link>{page}</link>\
             <description>d</description></item></channel></rss>"
        );
        let answer = Fetched { bytes: text.into_bytes(), final_address: link(feed), ..fetched() };
        ops::subscribe::take_in(&mut store, &link(feed), Ok(Answer::Fetched(answer)), &[], NOW).unwrap();
        let id = read::find(store.reader(), "1").unwrap();
        super::job(store.reader(), id).unwrap()
    };
    assert!(job("https://a.example/feed", "http://192.168.1.1/reboot").request().strange);
    assert!(!job("http://192.168.1.2/feed", "http://192.168.1.1/wiki").request().strange);
    let job = job("https://a.example/feed", "http://localhost/x");
    let near = Error::Near(job.address.clone());
    let prepared = prepare(job, Err(near), &[]);
    let Came::Nothing(failure, asked) = prepared.came else { panic!() };
    assert!(failure.message.as_str().contains("your own network") && !asked.again, "{failure:?}");
    assert!(failure.hints[0].as_str().contains("http://localhost/x"));
}

#[test]
fn the_whole_text_takes_the_summarys_place_and_both_stay() {
    let (mut home, id) = home("In short.");
    assert_eq!(home.article(id).extent(), Extent::Short);
    assert_eq!(home.article(id).texts.other(TextKind::Feed), None);
    let outcome = home.fetch(id, story(5)).unwrap();
    assert_eq!(outcome, Outcome { words: 85, note: None, advice: None });
    let full = home.article(id);
    assert!(full.document.plain_text().starts_with("The mayors"));
    assert_eq!((full.kind, full.texts.other(TextKind::Full)), (TextKind::Full, Some(TextKind::Feed)));
    assert_eq!(home.search("mayors"), 1);

    choose(&mut home.store, id, TextKind::Feed).unwrap();
    let chosen = home.article(id);
    assert_eq!((chosen.kind, chosen.document.plain_text().as_str()), (TextKind::Feed, "In short."));
    let asked = read::article_as(home.store.reader(), id, Some(TextKind::Full)).unwrap().unwrap();
    assert_eq!(asked.kind, TextKind::Full);
    choose(&mut home.store, id, TextKind::Full).unwrap();
    assert_eq!(home.article(id).kind, TextKind::Full);
}

#[test]
fn a_changed_page_leaves_a_revision() {
    let (mut home, id) = home("In short.");
    home.fetch(id, story(5)).unwrap();
    home.fetch(id, story(5)).unwrap();
    assert_eq!(home.article(id).headline.revisions, 0);
    home.fetch(id, story(6)).unwrap();
    let revisions = read::revisions(home.store.reader(), id).unwrap();
    assert_eq!((revisions.len(), revisions[0].kind), (1, TextKind::Full));
}

#[test]
fn what_is_no_article_is_said_and_takes_nothing_away() {
    for (answer, said) in [
        (page(b"%PDF-1.7 and so on", "application/pdf"), "it is a PDF document"),
        (page(b"\xff\xd8\xff\xe0 and so on", "image/jpeg"), "it is a picture"),
        (page(b"ID3 and so on", "audio/mpeg"), "it is a sound file"),
        (page(b"<html></html>", "text/html"), "nothing to read"),
        (Ok(Answer::Gone), "taken away for good"),
        (Err(Error::Refused(link("https://a.example/1"))), "refused the connection"),
    ] {
        let (mut home, id) = home("In short.");
        home.fetch(id, answer).unwrap_err();
        let article = home.article(id);
        let note = article.texts.note.unwrap_or_default();
        assert!(note.as_str().contains(said), "{note}");
        assert_eq!(article.document.plain_text(), "In short.");
        // A later success takes the note away.
        home.fetch(id, story(5)).unwrap();
        assert_eq!(home.article(id).texts.note, None);
    }
}

#[test]
fn a_gate_that_leaves_less_than_the_feed_gave_is_no_gain() {
    let gated = |sentences: usize| {
        let text = "<p>The mayors of four river towns agreed on Tuesday to share the water.</p>".repeat(sentences);
        let html = format!(
            "<html><head><title>Water</title></head><body><article>{text}</article>\
             <div class=\"paywall\">Subscribe to read on</div></body></html>"
        );
        page(html.as_bytes(), "text/html")
    };
    let (mut home, id) = home("In short.");
    let outcome = home.fetch(id, gated(4)).unwrap();
    assert!(outcome.note.is_some_and(|note| note.as_str().contains("subscribers")), "more than the feed gave");
    assert_eq!(home.article(id).kind, TextKind::Full);

    let (mut home, id) = super::tests::home(&"The feed gave a whole story of many words. ".repeat(20));
    home.fetch(id, gated(4)).unwrap_err();
    let article = home.article(id);
    assert_eq!((article.kind, article.texts.full), (TextKind::Feed, None));
    assert!(article.texts.note.is_some_and(|note| note.as_str().contains("shows less")));
}

#[test]
fn plain_text_pages_are_read() {
    let (mut home, id) = home("In short.");
    let text =
        "The ferry that ran between the two towns for ninety years made its last crossing on Sunday.\n".repeat(4);
    home.fetch(id, page(text.as_bytes(), "text/plain; charset=utf-8")).unwrap();
    assert!(home.article(id).document.plain_text().starts_with("The ferry"));
}

#[test]
fn an_article_without_a_page_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let places = Places::find(Some(dir.path()), Some(&dir.path().join("config.toml"))).unwrap();
    let mut store = ops::open(&places).unwrap();
    edition::seed(&mut store, NOW).unwrap();
    let failure = job(store.reader(), ArticleId(1)).unwrap_err();
    assert!(failure.hints[0].as_str().contains("sample news"), "{failure:?}");
    let (mut store, _) = (store, dir);
    ops::import::import(&mut store, b"{\"id\":\"x\",\"title\":\"T\",\"body\":\"Words of a file.\"}", "a.jsonl", NOW)
        .unwrap();
    let id = read::find(store.reader(), "x").unwrap();
    let failure = job(store.reader(), id).unwrap_err();
    assert!(failure.message.as_str().contains("no page on the web"), "{failure:?}");
    assert_eq!(job(store.reader(), ArticleId(999)).unwrap_err().kind, Kind::NothingFound);
}

#[test]
fn pages_are_wanted_for_feeds_and_bookmarks_and_not_for_ever() {
    let (mut home, id) = home("In short.");
    let articles = |home: &Home, now: i64| {
        wanted(home.store.reader(), Time(now)).unwrap().iter().map(|job| job.article).collect::<Vec<_>>()
    };
    assert_eq!(articles(&home, NOW.0), []);
    let feed = home.article(id).headline.feed;
    assert!(always(&mut home.store, feed, true).unwrap());
    assert!(!always(&mut home.store, feed, true).unwrap());
    assert!(home.store.reader().feed(feed).unwrap().unwrap().settings.full_text);
    assert_eq!(articles(&home, NOW.0), [id]);
    // The server is down: once more after ten minutes, then after twenty, and at last never.
    let mut now = NOW.0;
    for tries in 0..7 {
        let job = wanted(home.store.reader(), Time(now)).unwrap().remove(0);
        assert!(!job.asked);
        let down = Err(Error::Refused(job.address.clone()));
        take_in(&mut home.store, prepare(job, down, &[]), Time(now)).unwrap_err();
        assert_eq!(articles(&home, now + 599), [], "{tries}");
        now += 100 * 86_400;
        if tries < 6 {
            assert_eq!(articles(&home, now), [id], "{tries}");
        }
    }
    assert_eq!(articles(&home, now), []);
    // A page that is no article is not asked for again.
    let (mut home, id) = super::tests::home("In short.");
    ops::mark::bookmark(&mut home.store, &[id], true, NOW).unwrap();
    let job = wanted(home.store.reader(), NOW).unwrap().remove(0);
    take_in(&mut home.store, prepare(job, page(b"%PDF-1.7", "application/pdf"), &[]), NOW).unwrap_err();
    assert_eq!(wanted(home.store.reader(), Time(NOW.0 + 100 * 86_400)).unwrap().len(), 0);
}
