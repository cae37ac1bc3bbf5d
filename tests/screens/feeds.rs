//! What a refresh brought, and what one does to feeds in the sources.

use dateline::app::{Choice, Done, Effect, Event, FeedNews, How, Imported, Progress, Summary};
use dateline::model::FeedId;
use dateline::text::Link;
use serde_json::json;

use crate::at_every_size;
use crate::session::Session;

fn newsstand() -> Session {
    let item = |n: usize, title: &str| json!({ "id": n.to_string(), "title": title, "content_text": format!("All of it about {title}.") });
    Session::empty()
        .feed(
            "https://harbour.example/feed",
            "The Harbour Post",
            &[item(1, "Ferry late"), item(2, "Cook wins a prize")],
        )
        .feed("https://hills.example/feed", "Hill Country News", &[item(3, "Sheep counted")])
}

fn summary() -> Summary {
    let news = |feed: Option<i64>, title: &str, new: u64| FeedNews {
        feed: feed.map(FeedId),
        title: title.into(),
        new,
        ..FeedNews::default()
    };
    let trouble = |words: &str| Some(words.into());
    Summary {
        progress: Progress { done: 212, total: 212, failed: 2, new: 13 },
        feeds: vec![
            news(Some(1), "The Harbour Post", 1),
            FeedNews { changed: 3, ..news(Some(2), "Hill Country News", 12) },
            FeedNews { changed: 1, ..news(None, "The Quiet Review", 0) },
            FeedNews { trouble: trouble("rot.example answered 404 (not found)"), ..news(None, "Rotting Times", 0) },
            FeedNews {
                trouble: trouble("gone.example says that this feed is gone for good; it is not asked again by itself"),
                ..news(None, "Vanishing Gazette", 0)
            },
            FeedNews {
                trouble: trouble("busy.example wants to be left alone for 15 min"),
                later: true,
                ..news(None, "Busy Bee", 0)
            },
            FeedNews {
                notes: vec!["it has moved: its address is https://new.example/feed from now on".into()],
                ..news(None, "Movers Weekly", 0)
            },
        ],
        ..Summary::default()
    }
}

#[test]
fn what_a_refresh_brought_can_be_looked_at() {
    let refreshed = |session: Session| session.keys("R").happens(Event::Refreshed(summary()));
    let small = || refreshed(newsstand().size(80, 24));
    at_every_size("report_said", newsstand, refreshed);
    at_every_size("report", newsstand, |session| refreshed(session).keys("Ij"));
    insta::assert_snapshot!("report_styled", refreshed(newsstand()).keys("I").styled());
    insta::assert_snapshot!("report_to_the_feed", small().keys("IGkk<enter>").screen());
    insta::assert_snapshot!("report_closed", small().keys("I<esc>").screen());
    insta::assert_snapshot!("report_none", newsstand().size(80, 24).keys("I").screen());
}

#[test]
fn a_refresh_that_is_running_can_be_looked_at() {
    let news =
        |title: &str, new: u64| FeedNews { title: title.into(), new, feed: Some(FeedId(1)), ..FeedNews::default() };
    let rotten =
        || FeedNews { trouble: Some("rot.example answered 404 (not found)".into()), ..news("Rotting Times", 0) };
    let running = || {
        newsstand()
            .size(80, 24)
            .keys("R")
            .happens(Event::Brought(vec![news("The Harbour Post", 1), rotten()], Vec::new()))
            .happens(Event::Refreshing(Progress { done: 37, total: 212, failed: 1, new: 1 }))
    };
    insta::assert_snapshot!("report_running", running().keys("I").screen());
    insta::assert_snapshot!("report_just_begun", newsstand().size(80, 24).keys("RI").screen());
    assert!(matches!(running().keys("I<ctrl-g>").work(), [.., Effect::CancelRefresh]));
    let late = running()
        .keys("Ij")
        .happens(Event::Brought(vec![news("Hill Country News", 12)], vec!["Slow News".into(), "Busy Bee".into()]))
        .happens(Event::Refreshing(Progress { done: 210, total: 212, failed: 1, new: 13 }));
    insta::assert_snapshot!("report_nearly_over", late.screen());
    // The row that was selected stays selected when it is over.
    let summary = Summary {
        progress: Progress { done: 212, total: 212, failed: 1, new: 13 },
        feeds: vec![news("The Harbour Post", 1), rotten(), news("Hill Country News", 12)],
        ..Summary::default()
    };
    let over = running()
        .keys("Ij")
        .happens(Event::Brought(vec![news("Hill Country News", 12)], Vec::new()))
        .keys("k")
        .happens(Event::Refreshed(summary));
    insta::assert_snapshot!("report_over", over.screen());
}

#[test]
fn what_an_import_left_out_can_be_looked_at() {
    let thing = |how: How, words: &str| Imported { how, words: words.into() };
    let imported = || {
        newsstand().size(80, 24).happens(Event::Done(Done::Imported {
            said: "urls: 1 new feed, 2 left out".into(),
            article: None,
            rows: vec![
                thing(How::Feed, "Lake Gazette"),
                thing(How::Query, "Fresh"),
                thing(How::Noted, "https://hidden.example/rss: it is hidden in newsboat, and is shown here"),
                thing(How::LeftOut(12), "exec:~/bin/feed: a command is run only where a person has typed it by hand"),
                thing(How::LeftOut(0), "query “Tagged”: tags are not asked for here"),
            ],
        }))
    };
    insta::assert_snapshot!("import_said", imported().screen());
    insta::assert_snapshot!("import_report", imported().keys("I").screen());
    assert!(imported().keys("I<enter>").state().report.open, "there is no feed to go to");
    assert!(!imported().keys("II").state().report.open);
}

#[test]
fn other_feeds_of_a_site_are_offered() {
    let subscribed = || {
        newsstand().size(80, 24).happens(Event::Done(Done::Subscribed {
            feed: FeedId(1),
            title: "Recent commits to a/b".into(),
            new: 3,
            others: vec![
                Choice { link: Link::parse("https://github.com/a/b/releases.atom").unwrap(), title: "Releases".into() },
                Choice { link: Link::parse("https://github.com/a/b/tags.atom").unwrap(), title: "Tags".into() },
            ],
        }))
    };
    insta::assert_snapshot!("others_offered", subscribed().screen());
    assert!(matches!(subscribed().keys("j<enter>").work(), [.., Effect::Subscribe(_)]));
    assert!(subscribed().keys("<esc>").state().choices.is_none());
}

#[test]
fn an_import_is_called_off() {
    let importing = newsstand().size(80, 24).keys("inews.jsonl<enter>");
    let importing = importing.happens(Event::Working("Importing news.jsonl … 40 %".into()));
    insta::assert_snapshot!("importing", importing.screen());
    let importing = importing.keys("j");
    assert!(importing.screen().contains("Still at work … ctrl-g cancels."));
    assert!(matches!(importing.keys("<ctrl-g>").work(), [Effect::Import(_), Effect::CancelRefresh]));
}

#[test]
fn a_feed_is_renamed_and_gets_its_name_back() {
    let renamed = newsstand().keys("SGc<ctrl-u>Ferries<enter>");
    insta::assert_snapshot!("feed_renamed", renamed.size(80, 24).keys("S").screen());
    let renamed = newsstand().keys("SGc<ctrl-u>Ferries<enter>");
    let names = |session: &Session| {
        session.state().drawer.sources.feeds.iter().map(|f| f.title.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(names(&renamed), ["Ferries", "Hill Country News"]);
    let undone = renamed.keys("u");
    assert_eq!(names(&undone), ["Hill Country News", "The Harbour Post"]);
    assert_eq!(names(&undone.keys("<ctrl-r>")), ["Ferries", "Hill Country News"]);
}

#[test]
fn a_feed_is_moved_to_a_folder_and_back() {
    let moved = newsstand().keys("SGfPorts<enter>");
    insta::assert_snapshot!("feed_moved", moved.size(80, 24).keys("S").screen());
    let moved = newsstand().keys("SGfPorts<enter>").keys("gjjjjjfports<enter>");
    let folders =
        |session: &Session| session.state().drawer.sources.feeds.iter().filter(|f| f.folder.is_some()).count();
    assert_eq!((folders(&moved), moved.state().drawer.sources.folders.len()), (2, 1), "its name in any case");
    let back = moved.keys("u");
    assert_eq!(folders(&back), 1);
    assert_eq!(folders(&back.keys("u")), 0);
}

#[test]
fn a_feed_is_left_and_taken_back() {
    let titles =
        |session: &Session| session.state().headlines.rows.iter().map(|row| row.title.to_string()).collect::<Vec<_>>();
    let left = newsstand().keys("SGd");
    insta::assert_snapshot!("feed_left", newsstand().size(80, 24).keys("SGd").screen());
    assert_eq!(titles(&left), ["Sheep counted"]);
    let back = left.keys("u");
    assert_eq!(titles(&back).len(), 3);
    assert_eq!(back.state().drawer.sources.feeds.len(), 2);
    assert_eq!(titles(&back.keys("<ctrl-r>")), ["Sheep counted"]);
    // A bookmark stays in sight.
    let kept = newsstand().keys("GbSGd<esc>");
    assert_eq!(titles(&kept).len(), 2);
    // There is nothing to leave about the sample.
    let sample = Session::edition().keys("SGd");
    assert!(sample.work().is_empty() && sample.state().drawer.sources.feeds.len() == 1);
}

#[test]
fn adding_is_called_off() {
    let session = newsstand().keys("alwn.net<enter><ctrl-g>");
    assert!(matches!(session.work(), [Effect::Subscribe(_), Effect::CancelRefresh]));
}
