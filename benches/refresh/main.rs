//! What a refresh costs: CPU time of the real program for 200 feeds of 50 articles from this machine,
//! stored and indexed; the same again when nothing has changed; and the floors under it, so that one
//! sees where the time goes.
//!
//! `cargo bench --bench refresh`, or `cargo bench --bench refresh -- FROM.jsonl` for feeds made of the articles of
//! a file, as `dateline import` reads it. The made-up ones are in a language of no country: what tells
//! languages apart takes longest with it, and takes it for a dozen.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a benchmark tells what it saw")]

#[path = "../../tests/support/mod.rs"]
mod support;
#[path = "../feel/synthetic.rs"]
#[allow(dead_code, unreachable_pub, reason = "shared with the benchmark of what a person feels")]
mod synthetic;

use std::fmt::Write;
use std::process::Stdio;
use std::time::{Duration, Instant};

use dateline::model::{Document, FeedAddress, NewArticle, Time};
use dateline::net::{Cancel, Net, Request, Settings};
use dateline::store::{NewFeed, Safety, Store};
use dateline::text::{Clean, Link};
use dateline::{feed, store};
use support::{Home, Reply, Server};

const FEEDS: usize = 200;
const ARTICLES: usize = 50;

/// How often each is measured; the middle one counts.
const ROUNDS: usize = 3;

fn main() {
    let now = Time(jiff::Timestamp::now().as_second());
    let feeds = match std::env::args().skip(1).find(|argument| !argument.starts_with('-')) {
        Some(file) => stored(&file),
        None => made_up(now),
    };
    let bodies: Vec<String> = feeds.iter().enumerate().map(|(n, articles)| rss(n, articles)).collect();
    let bytes: usize = bodies.iter().map(String::len).sum();
    println!("{} feeds of {ARTICLES} articles, {} KB each", feeds.len(), bytes / feeds.len() / 1024);
    let server = Server::start();
    for (n, body) in bodies.iter().enumerate() {
        let (body, tag) = (body.clone(), format!("\"{n}\""));
        server.route_with(&format!("/{n}.xml"), move |request| match request.header("if-none-match") {
            Some(known) if known == tag => Reply::status(304),
            _ => Reply::ok(body.clone()).header("Content-Type", "application/rss+xml").header("ETag", &tag),
        });
    }
    let addresses: Vec<String> = (0..feeds.len()).map(|n| server.url(&format!("/{n}.xml"))).collect();
    whole(&addresses);
    report("floor: fetch only", &mut (0..ROUNDS).map(|_| fetch_only(&addresses)).collect::<Vec<_>>());
    report("floor: parse only", &mut (0..ROUNDS).map(|_| parse_only(&bodies)).collect::<Vec<_>>());
    report("floor: store and index only", &mut (0..ROUNDS).map(|_| insert_only(&feeds, now)).collect::<Vec<_>>());
}

fn made_up(now: Time) -> Vec<Vec<NewArticle>> {
    let language = synthetic::Language::new(7);
    let of = |n: usize| synthetic::article(&language, n, FEEDS * ARTICLES, now, None);
    (0..FEEDS).map(|feed| (0..ARTICLES).map(|n| of(n * FEEDS + feed)).collect()).collect()
}

/// The articles of a file of JSON lines, dealt out to as many whole feeds as they fill, at most [`FEEDS`].
fn stored(file: &str) -> Vec<Vec<NewArticle>> {
    let lines = std::fs::read_to_string(file).expect("a file of articles");
    let read = |line: &str| -> NewArticle {
        let fields: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
        let text = |name: &str| fields[name].as_str().unwrap_or_default();
        NewArticle {
            guid: Clean::new(text("id")),
            title: Clean::new(text("title")),
            published: text("published").parse::<jiff::Timestamp>().ok().map(|time| Time(time.as_second())),
            document: Document::from_paragraphs(text("body").lines()),
            ..NewArticle::default()
        }
    };
    let articles: Vec<NewArticle> = lines.lines().take(FEEDS * ARTICLES).map(read).collect();
    let feeds = articles.len() / ARTICLES;
    assert!(feeds > 0, "{file} has fewer than {ARTICLES} articles");
    (0..feeds).map(|feed| (0..ARTICLES).map(|n| articles[n * feeds + feed].clone()).collect()).collect()
}

/// The real program, cold and again.
fn whole(addresses: &[String]) {
    let (mut cold, mut again) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let home = Home::new();
        std::fs::write(home.file("urls"), addresses.join("\n")).expect("a list of feeds");
        let config = "[fetch]\nper_host = 16\n";
        std::fs::write(home.file("config.toml"), config).expect("a configuration");
        run(&home, &["import", "urls"]);
        cold.push(run(&home, &["refresh", "--force", "--config", "config.toml"]));
        again.push(run(&home, &["refresh", "--force", "--config", "config.toml"]));
    }
    report("cold refresh", &mut cold);
    report("again, all 304", &mut again);
}

/// Runs the program to its end: its CPU time and how long it took.
fn run(home: &Home, arguments: &[&str]) -> (Duration, Duration) {
    let (before, began) = (children(), Instant::now());
    let status = home.dateline(arguments).stdin(Stdio::null()).stdout(Stdio::null()).status().expect("the program");
    assert!(status.success(), "{arguments:?}: {status}");
    (children() - before, began.elapsed())
}

/// CPU time of the children that have ended: `cutime` and `cstime` of `/proc/self/stat`, which counts
/// in hundredths of a second.
fn children() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("the figures of this process");
    let fields = stat.rsplit(')').next().expect("fields behind the name").split_whitespace();
    let ticks: u64 = fields.skip(13).take(2).map(|field| field.parse::<u64>().expect("a number")).sum();
    Duration::from_millis(ticks * 10)
}

/// CPU time of this thread.
fn this_thread() -> Duration {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").expect("the figures of this thread");
    Duration::from_nanos(stat.split_whitespace().next().and_then(|ns| ns.parse().ok()).expect("a number"))
}

fn measured(work: impl FnOnce()) -> (Duration, Duration) {
    let (before, began) = (this_thread(), Instant::now());
    work();
    (this_thread() - before, began.elapsed())
}

/// Everything that the network does, on this thread (the server has its own).
fn fetch_only(addresses: &[String]) -> (Duration, Duration) {
    measured(|| {
        let net = Net::new(&Settings { per_host: 16, ..Settings::default() }).expect("a network");
        let requests = addresses.iter().map(|address| ((), Request::feed(Link::parse(address).expect("an address"))));
        net.run(requests, &Cancel::new(), |(), answer| assert!(answer.is_ok(), "{answer:?}"));
    })
}

fn parse_only(bodies: &[String]) -> (Duration, Duration) {
    measured(|| {
        for body in bodies {
            let parsed = feed::parse(body.as_bytes(), Some("application/rss+xml"), None).expect("a feed");
            assert_eq!(parsed.entries.len(), ARTICLES);
        }
    })
}

/// A transaction a feed, as a refresh makes them.
fn insert_only(feeds: &[Vec<NewArticle>], now: Time) -> (Duration, Duration) {
    let directory = tempfile::tempdir().expect("a directory");
    let mut store = Store::open(&directory.path().join(store::FILE)).expect("a store");
    measured(|| {
        for (n, articles) in feeds.iter().enumerate() {
            let link = Link::parse(&format!("https://source{n}.example/feed")).expect("an address");
            let taken = store.write(Safety::Refresh, "measuring", |w| {
                let (feed, _) = w.add_feed(&NewFeed::at(FeedAddress::Web(link)), now)?;
                w.take_in(feed, articles, now)
            });
            assert_eq!(taken.expect("a stored feed").new.len(), ARTICLES);
        }
    })
}

fn rss(n: usize, articles: &[NewArticle]) -> String {
    let mut items = String::new();
    for article in articles {
        let text = article.document.plain_text().replace('&', "&amp;amp;").replace('<', "&amp;lt;");
        let paragraphs: String = text.lines().map(|line| format!("&lt;p&gt;{line}&lt;/p&gt;")).collect();
        let when = article.published.map_or_else(String::new, |time| time.to_string());
        let _ = write!(
            items,
            "<item><title>{}</title><guid>{}</guid><link>https://source{n}.example/{}</link>\
             <dc:date>{when}</dc:date><description>{paragraphs}</description></item>",
            article.title.as_str().replace('&', "&amp;").replace('<', "&lt;"),
            article.guid,
            article.guid
        );
    }
    format!(
        "<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>Source {n}</title>{items}</channel></rss>"
    )
}

/// The middle of the rounds.
fn report(what: &str, rounds: &mut [(Duration, Duration)]) {
    rounds.sort();
    let (cpu, wall) = rounds[rounds.len() / 2];
    println!("  {what:<30} CPU {:>6.2} s   took {:>6.2} s", cpu.as_secs_f64(), wall.as_secs_f64());
}
