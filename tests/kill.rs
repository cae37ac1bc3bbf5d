//! The program killed in the middle of a refresh, again and again: the store is whole every time,
//! has nothing twice, and keeps what it had.
//!
//! A test run makes a few rounds. As a tool, for as many as one likes, with what was seen at the end:
//!
//! ```sh
//! DATELINE_KILL_ROUNDS=200 cargo test --test kill -- --nocapture
//! ```
#![allow(clippy::print_stdout, reason = "a tool tells what it saw")]

mod support;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use dateline::model::{Anchor, ArticleId, Time, View};
use dateline::ops;
use dateline::store::{Safety, Store};
use support::{Home, Reply, Server};

/// Feeds that are refreshed; each carries so many articles, and at each request so many of them are
/// new, the oldest having dropped out.
const FEEDS: usize = 6;
const CARRIED: usize = 20;
const FRESH: usize = 4;

/// Rounds unless it is said otherwise, and the time after which there are no more then: slow machines
/// make fewer.
const ROUNDS: usize = 12;
const PATIENCE: Duration = Duration::from_secs(20);

/// The longest that a start after a kill may take. The limit for the released program on a quiet
/// machine is 100 ms; here it is a program without optimisation beside other tests.
const LONGEST_START: Duration = Duration::from_secs(5);

/// How many rounds were asked for, if it was said.
fn asked_for() -> Option<usize> {
    std::env::var("DATELINE_KILL_ROUNDS").ok()?.parse().ok()
}

/// What feed `feed` carries when it is asked for the `nth` time.
fn carried(feed: usize, nth: usize) -> String {
    let mut items = String::new();
    for item in (nth * FRESH..nth * FRESH + CARRIED).rev() {
        let _ = write!(
            items,
            "<item><title>Item {item} of {feed}</title><guid>{feed}-{item}</guid>\
             <link>https://news.example/{feed}/{item}</link><description>{}</description></item>",
            format!("The ferry of harbour {feed} sailed for the {item}th time. ").repeat(20)
        );
    }
    format!("<rss version=\"2.0\"><channel><title>Harbour {feed}</title>{items}</channel></rss>")
}

/// The store, which must be whole, and the titles and ids of what it lists.
fn look(path: &Path) -> (Store, Vec<(String, ArticleId)>) {
    let store = Store::open(path).expect("a store that opens");
    assert_eq!(store.notice(), None, "nothing had to be mended");
    let health = store.reader().health().expect("a store that can be read");
    assert!(health.problems.is_empty(), "{:?}", health.problems);
    let page = ops::read::page(store.reader(), &View::default(), Anchor::Newest, 100_000, Time(0)).expect("a list");
    assert!(page.at_oldest);
    let rows = page.rows.iter().map(|row| (row.title.to_string(), row.id)).collect();
    (store, rows)
}

#[test]
fn a_refresh_that_is_killed_loses_and_doubles_nothing() {
    let server = Server::start();
    let home = Home::new();
    let mut addresses = String::new();
    for feed in 0..FEEDS {
        let (path, mut nth) = (format!("/{feed}.xml"), 0);
        server.route_with(&path, move |_| {
            nth += 1;
            Reply::ok(carried(feed, nth)).header("Content-Type", "application/rss+xml")
        });
        addresses.push_str(&server.url(&path));
        addresses.push('\n');
    }
    std::fs::write(home.file("urls"), addresses).expect("a file in the home");
    let run = |arguments: &[&str]| {
        let began = Instant::now();
        let output = home.dateline(arguments).stdin(Stdio::null()).output().expect("a program that starts");
        assert!(output.status.success(), "{output:?}");
        began.elapsed()
    };
    run(&["import", "urls"]);
    let whole = run(&["refresh", "--force"]);
    let path = home.file("data/dateline/dateline.db");
    let (mut store, mut before) = look(&path);
    assert_eq!(before.len(), FEEDS * CARRIED);

    let (end, mut killed, mut done, mut brought) = (Instant::now() + PATIENCE, 0, 0, 0);
    let mut starts = Vec::new();
    let rounds = asked_for();
    for round in 0..rounds.unwrap_or(ROUNDS) {
        if rounds.is_none() && Instant::now() > end {
            break;
        }
        // What a person did between two refreshes has to be there after the kill as well.
        let chosen = before[fastrand::usize(..before.len())].1;
        store.write(Safety::Person, "bookmarking", |w| w.bookmark(&[chosen], true, Time(0))).expect("a bookmark");
        drop(store);

        let moment = whole.mul_f64(fastrand::f64());
        let mut program = home.dateline(&["refresh", "--force"]);
        program.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut program = program.spawn().expect("a program that starts");
        std::thread::sleep(moment);
        killed += usize::from(program.try_wait().expect("a child").is_none());
        program.kill().expect("a child that can be killed");
        program.wait().expect("a child that ends");

        // What a person would do next.
        let start = run(&["list", "--limit", "1"]);
        assert!(start < LONGEST_START, "the start after round {round} ({moment:?}) took {start:?}");
        starts.push(start);
        let (after, rows) = look(&path);
        let titles: BTreeSet<&str> = rows.iter().map(|(title, _)| title.as_str()).collect();
        assert_eq!(titles.len(), rows.len(), "something is there twice after round {round} ({moment:?})");
        let there: BTreeSet<_> = rows.iter().collect();
        let lost: Vec<_> = before.iter().filter(|row| !there.contains(row)).collect();
        assert!(lost.is_empty(), "lost after round {round} ({moment:?}): {lost:?}");
        let kept = after.reader().headlines(&[chosen]).expect("a headline");
        assert!(kept[0].bookmarked, "the bookmark is lost after round {round} ({moment:?})");
        done += 1;
        brought += usize::from(rows.len() > before.len());
        (store, before) = (after, rows);
    }
    starts.sort();
    println!(
        "{done} rounds: {killed} killed before their end, {brought} of them with news stored; {} articles, none lost, \
         none twice; the next start took {:?} (median), {:?} (longest)",
        before.len(),
        starts[starts.len() / 2],
        starts[starts.len() - 1]
    );
    assert!(killed > 0, "every refresh was over before it could be killed");
    drop(store);
    run(&["refresh", "--force"]);
    look(&path);
}
