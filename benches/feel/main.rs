//! What a person feels: the real program on a terminal of its own, over stores of several sizes, at
//! rest and while 500 feeds are refreshed.
//!
//! `cargo bench --bench feel` measures with 10,000 articles; name other sizes after `--`:
//! `cargo bench --bench feel -- 10000 100000 1000000`; `refreshing` among them measures only the keys
//! while feeds are refreshed. Stores are made once and kept under
//! `target/feel`. Every figure is a median and a 99th percentile of many runs; see `BENCHMARKS.md`.

#![allow(clippy::print_stdout, clippy::print_stderr, unreachable_pub, missing_docs, reason = "a program for people")]

mod refreshing;
#[path = "../../tests/support/mod.rs"]
mod support;
mod synthetic;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use dateline::model::Time;
use support::Home;
use support::pty::{Launch, Pty};

/// Starts measured for the time to the first frame.
const STARTS: usize = 30;

/// Keys measured.
const KEYS: usize = 300;

fn main() {
    let only_refreshing = std::env::args().any(|argument| argument == "refreshing");
    let sizes: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![10_000] } else { sizes };
    for size in sizes {
        let directory = kept(size);
        synthetic::store(&directory, size, Time(jiff::Timestamp::now().as_second()));
        println!("{size} articles");
        if only_refreshing {
            refreshing::keys(&directory);
            continue;
        }
        let home = Home::new();
        std::fs::write(home.file("config.toml"), "refresh_on_start = false\nrefresh_minutes = 0\n")
            .expect("a configuration");
        first_frame(&home, &directory);
        keys(&home, &directory);
        at_rest(&home, &directory);
        refreshing::keys(&directory);
    }
}

fn kept(size: usize) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target"), PathBuf::from);
    target.join("feel").join(size.to_string())
}

fn start(home: &Home, directory: &Path) -> Pty {
    let directory = directory.to_str().expect("a path in UTF-8");
    let config = home.file("config.toml");
    let config = config.to_str().expect("a path in UTF-8");
    Launch::dateline(home, &["--data-dir", directory, "--config", config])
        .size(200, 60)
        .background("rgb:1111/1111/1111")
        .start()
}

/// From `exec` to a screen with headlines and the first article on it.
fn first_frame(home: &Home, directory: &Path) {
    let (mut times, mut worked) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let begun = Instant::now();
        let mut pty = start(home, directory);
        pty.wait_until("the first page", |screen| {
            screen.contents().contains("RELATED") && screen.contents().contains("Source ")
        });
        times.push(begun.elapsed());
        worked.push(cpu(&pty));
        pty.keys("q");
        pty.wait_exit();
    }
    report("exec to first useful frame", times);
    report("  of CPU, all threads", worked);
}

/// From writing a key to the end of the frame that shows what it did.
fn keys(home: &Home, directory: &Path) {
    let mut pty = start(home, directory);
    pty.wait_for("RELATED");
    pty.settle();
    let from = schedule(&pty);
    let times = (0..KEYS).map(|n| frame(&pty, if n % 40 < 20 { b"j" } else { b"k" })).collect();
    report("key to painted frame (j, k)", times);
    screen_thread(&pty, from, KEYS);
    pty.send(b"g");
    pty.settle();
    let mut times = Vec::new();
    for _ in 0..30 {
        times.push(frame(&pty, b"\r"));
        pty.settle();
        pty.send(b"q");
        pty.settle();
    }
    report("Enter to the article (5,000 words)", times);
    pty.keys("q");
    pty.wait_exit();
}

/// The time until the next whole frame after `key`.
fn frame(pty: &Pty, key: &[u8]) -> Duration {
    let before = pty.written().len();
    let begun = Instant::now();
    pty.send(key);
    pty.wait_until("a frame", |_| true);
    loop {
        let written = pty.written();
        if written.len() > before && written.ends_with("\x1b[?2026l") {
            return begun.elapsed();
        }
        assert!(begun.elapsed() < Duration::from_secs(10), "no frame came");
        std::thread::sleep(Duration::from_micros(50));
    }
}

/// How long a program's first thread, which is the screen's, has worked, and how long it waited for a
/// processor.
fn schedule(pty: &Pty) -> (Duration, Duration) {
    thread(&PathBuf::from(format!("/proc/{}/schedstat", pty.pid())))
}

/// The same of the thread of a file.
fn thread(file: &Path) -> (Duration, Duration) {
    let told = std::fs::read_to_string(file).unwrap_or_default();
    let mut times = told.split_whitespace().map(|time| Duration::from_nanos(time.parse().unwrap_or(0)));
    (times.next().unwrap_or_default(), times.next().unwrap_or_default())
}

/// How long all threads of a program have worked.
fn cpu(pty: &Pty) -> Duration {
    let tasks = std::fs::read_dir(format!("/proc/{}/task", pty.pid())).expect("the program's threads");
    tasks.flatten().map(|task| thread(&task.path().join("schedstat")).0).sum()
}

/// What the screen's thread did for `keys` since `from`: what other programs took is not in it.
fn screen_thread(pty: &Pty, from: (Duration, Duration), keys: usize) {
    let (worked, waited) = schedule(pty);
    let each = |time: Duration| time.as_secs_f64() * 1e3 / keys as f64;
    println!(
        "  {:<38} {:.2} ms of CPU a key, {:.2} ms waiting for a processor",
        "  of the screen's thread",
        each(worked.saturating_sub(from.0)),
        each(waited.saturating_sub(from.1))
    );
}

/// Memory and wake-ups when nothing happens.
fn at_rest(home: &Home, directory: &Path) {
    let mut pty = start(home, directory);
    pty.wait_for("RELATED");
    pty.settle();
    std::thread::sleep(Duration::from_secs(1));
    let process = PathBuf::from(format!("/proc/{}", pty.pid()));
    let before = switches(&process);
    std::thread::sleep(Duration::from_secs(5));
    let after = switches(&process);
    println!("  {:<38} {:>9.1} MB", "memory at rest (PSS)", pss(&process));
    println!("  {:<38} {:>9}", "wake-ups in 5 s at rest", after - before);
    pty.keys("q");
    pty.wait_exit();
}

/// Proportional set size in megabytes.
fn pss(process: &Path) -> f64 {
    let rollup = std::fs::read_to_string(process.join("smaps_rollup")).unwrap_or_default();
    let kilobytes = rollup
        .lines()
        .find_map(|line| line.strip_prefix("Pss:")?.trim().strip_suffix(" kB")?.trim().parse::<f64>().ok());
    kilobytes.unwrap_or(f64::NAN) / 1024.0
}

/// Voluntary context switches of all threads: one for every time a thread went to sleep again.
fn switches(process: &Path) -> u64 {
    let tasks = std::fs::read_dir(process.join("task")).expect("the program's threads");
    tasks
        .flatten()
        .filter_map(|task| std::fs::read_to_string(task.path().join("status")).ok())
        .filter_map(|status| {
            status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:")?.trim().parse::<u64>().ok())
        })
        .sum()
}

fn report(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize].as_secs_f64() * 1e3;
    println!("  {what:<38} median {:>7.2} ms   p99 {:>7.2} ms", at(0.5), at(0.99));
}
