//! Searching stores of several sizes: every kind of question that the query language can ask.
//!
//! `cargo bench --bench search` measures with 10,000 articles; name other sizes after `--`:
//! `cargo bench --bench search -- 100000 1000000`. A directory (`-- /tmp/kept/100000`) is a store that
//! was made before, or the place to make one of as many articles as it is named after. `only=phrase`
//! asks only the kinds that have that in their name. Every figure is a median and a 99th percentile over
//! many queries, from the typed text to the rows of the first screen; see `BENCHMARKS.md`.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    unreachable_pub,
    missing_docs,
    reason = "a program for people"
)]

#[path = "feel/synthetic.rs"]
mod synthetic;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use cpu_time::ThreadTime;
use dateline::app::headlines::PAGE;
use dateline::model::{Anchor, Folding, NewArticle, Order, Query, Time, View};
use dateline::store::{FILE, Moment, Reader, Store};
use fastrand::Rng;
use jiff::tz::TimeZone;

/// Queries of each kind.
const QUERIES: usize = 200;

/// What the argument begins with that names the kinds to be asked.
const ONLY: &str = "only=";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let (only, arguments): (Vec<String>, Vec<String>) =
        arguments.into_iter().partition(|argument| argument.starts_with(ONLY));
    let only = only.last().map_or("", |only| &only[ONLY.len()..]);
    let arguments = if arguments.is_empty() { vec!["10000".to_owned()] } else { arguments };
    for argument in arguments {
        let (directory, size) = place(&argument);
        synthetic::store(&directory, size, Time(jiff::Timestamp::now().as_second()));
        measure(&directory, size, only);
    }
}

/// Where the store of an argument is kept, and how many articles it has.
fn place(argument: &str) -> (PathBuf, usize) {
    if let Ok(size) = argument.parse() {
        let target = std::env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target"), PathBuf::from);
        return (target.join("feel").join(argument), size);
    }
    let directory = PathBuf::from(argument);
    let name = directory.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let size = name.parse().expect("a directory that is named after the number of its articles");
    (directory, size)
}

/// The words of an article, to make queries of.
struct Words {
    title: Vec<String>,
    body: Vec<String>,
    feed: usize,
}

fn words(article: &NewArticle, n: usize) -> Words {
    let split = |text: &str| -> Vec<String> {
        text.split_whitespace().map(|word| word.trim_matches('.').to_lowercase()).collect()
    };
    Words {
        title: split(article.title.as_str()),
        body: split(&article.document.plain_text()),
        feed: n % synthetic::FEEDS,
    }
}

/// The query that is typed to find an article.
type Typed = fn(&Words) -> String;

fn measure(directory: &Path, size: usize, only: &str) {
    // One that was made by an earlier version is brought up to date.
    drop(Store::open(&directory.join(FILE)).expect("the store"));
    let reader = Reader::open(&directory.join(FILE)).expect("the store");
    let language = synthetic::Language::new(7);
    let now = Time(jiff::Timestamp::now().as_second());
    let moment = Moment { now, zone: TimeZone::UTC };
    let mut rng = Rng::with_seed(11);
    let some: Vec<Words> = (0..QUERIES)
        .map(|_| {
            let n = rng.usize(..size);
            words(&synthetic::article(&language, n, size, now, None), n)
        })
        .collect();
    println!("{size} articles");
    let kinds: [(&str, bool, Typed); 15] = [
        ("three words, by relevance", true, |w| format!("{} {} {}", w.title[0], w.title[1], w.body[3])),
        ("three words, newest first", false, |w| format!("{} {} {}", w.title[0], w.title[1], w.body[3])),
        ("one name, by relevance", true, |w| w.title[0].clone()),
        ("a phrase, newest first", false, |w| format!("\"{} {} {}\"", w.body[8], w.body[9], w.body[10])),
        ("a very common word, newest first", false, |_| "bal OR the".to_owned()),
        ("a very common word, by relevance", true, |w| w.body[0].clone()),
        ("two common words, by relevance", true, |w| format!("{} {}", w.body[1], w.body[2])),
        ("prefix of two letters, newest first", false, |w| format!("{}*", &w.title[0][..2])),
        ("prefix of three letters, newest first", false, |w| format!("{}*", &w.title[1][..3])),
        ("prefix of three letters, by relevance", true, |w| format!("{}*", &w.title[1][..3])),
        ("in a field, newest first", false, |w| format!("title:{} source:\"source {}\"", w.title[0], w.feed)),
        ("with or, not and a state", false, |w| {
            format!("({} OR {}) -{} is:unread since:200d", w.title[0], w.title[1], w.body[0])
        }),
        ("a regular expression beside a word", false, |w| format!("{} /{}s?/", w.title[1], w.body[2])),
        ("a word, grouped by story", false, |w| w.title[0].clone()),
        ("a very common word, grouped by story", false, |w| w.body[0].clone()),
    ];
    for (name, relevance, query) in kinds.into_iter().filter(|(name, ..)| name.contains(only)) {
        let fold = if name.ends_with("by story") { Folding::Stories } else { Folding::Nothing };
        let mut times = Vec::with_capacity(QUERIES);
        let mut worked = Vec::with_capacity(QUERIES);
        let mut rows = 0;
        for words in &some {
            let typed = query(words);
            let (begun, before) = (Instant::now(), ThreadTime::now());
            let query = Some(Query::parse(&typed).expect("a query"));
            let order = if relevance { Order::Relevance } else { Order::Newest };
            let view = View { query, order, fold, ..View::default() };
            let found = reader.page_soon(&view, Anchor::Newest, PAGE, &moment, Duration::from_millis(8));
            times.push(begun.elapsed());
            worked.push(before.elapsed());
            rows += found.unwrap().rows.len();
        }
        report(name, times, worked, rows / QUERIES);
    }
}

fn report(what: &str, times: Vec<Duration>, worked: Vec<Duration>, rows: usize) {
    let said = |mut times: Vec<Duration>| {
        times.sort();
        let at = |share: f64| {
            let time = times.get((times.len().saturating_sub(1) as f64 * share).round() as usize);
            time.map_or(f64::NAN, |time| time.as_secs_f64() * 1e3)
        };
        format!("median {:>7.2} ms  p99 {:>7.2} ms", at(0.5), at(0.99))
    };
    println!("  {what:<40} {}   of CPU: {}   {rows:>4} rows", said(times), said(worked));
}
