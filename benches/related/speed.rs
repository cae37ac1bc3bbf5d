//! What related news cost: how many articles a second of processor time are taken in, and how long the
//! sidebar of one article takes, in a store of any size.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use cpu_time::ThreadTime;
use dateline::model::{ArticleId, FeedAddress, NewArticle, Time};
use dateline::ops::{beside, import, related};
use dateline::store::{FILE, NewFeed, Reader, Safety, Store};
use dateline::text::Link;
use fastrand::Rng;

use super::synthetic;

/// Sidebars asked for.
const QUESTIONS: usize = 500;

/// What the reader asks for.
const ITEMS: usize = 30;

/// Articles that one refresh of a feed brings, and how many refreshes are measured.
const REFRESH: usize = 50;
const REFRESHES: usize = 100;

/// Takes in the articles of a file of JSON lines, as `dateline import` does: read, stored, put into
/// stories, indexed for search and related news.
pub fn import(lines: &Path) -> Result<(), String> {
    let directory = tempfile::tempdir().map_err(|error| error.to_string())?;
    let mut store = Store::open(&directory.path().join(FILE)).map_err(|error| error.to_string())?;
    let now = Time(jiff::Timestamp::now().as_second());
    let (from, began) = (cpu(), Instant::now());
    import::import_file(&mut store, lines, &[], now, &mut |_, _| true).map_err(|error| error.to_string())?;
    let (spent, went) = (cpu() - from, began.elapsed());
    let articles = store.reader().article_count().map_err(|error| error.to_string())?;
    println!(
        "{articles} articles taken in: {:.2} s of CPU ({:.2} s went by), {:.0} a second of CPU",
        spent.as_secs_f64(),
        went.as_secs_f64(),
        articles as f64 / spent.as_secs_f64()
    );
    Ok(())
}

/// Asks for sidebars of articles all over a store, which is made where it is not there.
pub fn sidebar(argument: &str) -> Result<(), String> {
    let (directory, size) = place(argument)?;
    let now = Time(jiff::Timestamp::now().as_second());
    synthetic::store(&directory, size, now);
    let file = directory.join(FILE);
    // Brings one that was made earlier up to date.
    let mut store = Store::open(&file).map_err(|error| error.to_string())?;
    related::renew(&mut store, |_| ()).map_err(|error| error.to_string())?;
    drop(store);
    let reader = Reader::open(&file).map_err(|error| error.to_string())?;
    let mut rng = Rng::with_seed(11);
    // The first question reads what waits to be merged; it is asked while a reader starts.
    let ids: Vec<ArticleId> = (0..=QUESTIONS).map(|_| ArticleId(rng.i64(1..=size as i64))).collect();
    let ask = |what: &str, ask: &dyn Fn(ArticleId) -> usize| {
        let (mut times, mut worked, mut items) = (Vec::new(), Vec::new(), 0);
        for id in &ids {
            let (from, began) = (cpu(), Instant::now());
            items += ask(*id);
            times.push(began.elapsed());
            worked.push(cpu() - from);
        }
        println!("{what}: first {:.1?}, {:.1} items on average", times[0], items as f64 / ids.len() as f64);
        report(what, times.split_off(1));
        report("  of CPU", worked.split_off(1));
    };
    ask("related news of an article", &|id| related::related(&reader, id, ITEMS).map_or(0, |items| items.len()));
    ask("the whole sidebar", &|id| beside::beside(&reader, id, ITEMS).map_or(0, |items| items.len()));
    Ok(())
}

/// Brings a copy of such a store 50 new articles at a time, as a refresh of a feed does.
pub fn refresh(argument: &str) -> Result<(), String> {
    let (directory, size) = place(argument)?;
    let now = Time(jiff::Timestamp::now().as_second());
    synthetic::store(&directory, size, now);
    let copy = tempfile::tempdir_in(&directory).map_err(|error| error.to_string())?;
    let file = copy.path().join(FILE);
    std::fs::copy(directory.join(FILE), &file).map_err(|error| error.to_string())?;
    let mut store = Store::open(&file).map_err(|error| error.to_string())?;
    let language = synthetic::Language::new(7);
    let total = size + REFRESH * REFRESHES;
    let mut times = Vec::new();
    let mut spent = Duration::ZERO;
    for n in 0..REFRESHES {
        let of = |n: usize| synthetic::article(&language, n, total, now, None);
        let articles: Vec<NewArticle> = (size + n * REFRESH..size + (n + 1) * REFRESH).map(of).collect();
        let link = Link::parse(&format!("https://measured{n}.example/feed")).ok_or("no address")?;
        let (from, began) = (cpu(), Instant::now());
        let taken = store.write(Safety::Refresh, "measuring", |w| {
            let (feed, _) = w.add_feed(&NewFeed::at(FeedAddress::Web(link)), now)?;
            w.take_in(feed, &articles, now)
        });
        taken.map_err(|error| error.to_string())?;
        times.push(began.elapsed());
        spent += cpu() - from;
    }
    let articles = (REFRESH * REFRESHES) as f64;
    println!("{:.2} s of CPU, {:.0} articles a second of it", spent.as_secs_f64(), articles / spent.as_secs_f64());
    println!("the first, which reads the articles at hand: {:.1?}", times.remove(0));
    report("50 new articles of a feed", times);
    Ok(())
}

/// Where the store of an argument is kept, and how many articles it has.
fn place(argument: &str) -> Result<(PathBuf, usize), String> {
    if let Ok(size) = argument.parse() {
        let target = std::env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target"), PathBuf::from);
        return Ok((target.join("feel").join(argument), size));
    }
    let directory = PathBuf::from(argument);
    let name = directory.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let size = name.parse().map_err(|_| format!("{argument} is neither a number nor a directory named after one"))?;
    Ok((directory, size))
}

/// The processor time of this thread so far; everything measured happens on one.
fn cpu() -> Duration {
    ThreadTime::now().as_duration()
}

fn report(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!("{what}: median {:.1?}, p99 {:.1?}, {} times", at(0.5), at(0.99), times.len());
}
