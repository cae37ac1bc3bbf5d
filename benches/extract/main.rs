//! How well and how fast articles are taken out of pages.
//!
//! `cargo bench --bench extract` times pages that are made on the spot. Give it a file of labelled
//! pages to measure how well they are read:
//!
//! ```text
//! cargo bench --bench extract -- labelled.jsonl [--worst 20] [--dump DIRECTORY]
//! ```
//!
//! Each line of the file is one page: `{"page": "saved/a.html", "url": "https://…", "text": "…",
//! "title": "…", "byline": "…", "date": "2024-05-03", "with": ["…"], "without": ["…"]}`. Paths are
//! relative to the file; every key but `page` may be missing. `text` is the story alone; `with` and
//! `without` are strings that must and must not be in it, for pages whose whole story nobody wrote
//! down; `null` for `byline` or `date` means that the page has none. `--dump` writes each story
//! beside its label, for reading. `docs/extract.md` says what is counted and how.

#![allow(clippy::print_stdout, missing_docs, unreachable_pub, reason = "a program for people")]

mod made;
mod score;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use dateline::extract::{self, Extracted, NotAnArticle};
use dateline::text::{Link, charset};
use score::{Label, Tally};

fn main() {
    let mut options = Options::default();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--worst" => options.worst = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(20),
            "--dump" => options.dump = arguments.next().map(PathBuf::from),
            // Cargo itself gives flags of its own.
            flag if flag.starts_with('-') => {}
            file => options.files.push(PathBuf::from(file)),
        }
    }
    if options.files.is_empty() {
        return made::measure();
    }
    for file in &options.files {
        labelled(file, &options);
    }
}

#[derive(Default)]
struct Options {
    files: Vec<PathBuf>,
    worst: usize,
    dump: Option<PathBuf>,
}

/// Reads the pages of one file of labels and prints what came of them.
fn labelled(file: &Path, options: &Options) {
    let lines = std::fs::read_to_string(file).expect("a readable file of labels");
    let directory = file.parent().unwrap_or(Path::new("."));
    let mut tally = Tally::default();
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let label: Label = serde_json::from_str(line).expect("a label");
        let Ok(bytes) = std::fs::read(directory.join(&label.page)) else {
            tally.missing += 1;
            continue;
        };
        let address = label.url.as_deref().and_then(Link::parse);
        let (found, time) = timed(|| read(&bytes, address.as_ref()));
        if let Some(dump) = &options.dump {
            write(dump, &label, &found);
        }
        tally.add(label, found, time, bytes.len());
    }
    println!("{}: {tally}", file.display());
    tally.print_worst(options.worst);
}

fn read(bytes: &[u8], address: Option<&Link>) -> Result<Extracted, NotAnArticle> {
    extract::page(&charset::decode(bytes, None).text, address)
}

/// The result of `work` and its time in the mean of as many runs as fill [`LONG`]: of the processor
/// where the system says how long this thread had it (in steps of a few milliseconds, so that one
/// run is not enough), else by the clock.
fn timed<T>(work: impl Fn() -> T) -> (T, Duration) {
    let spent = || {
        let schedule = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        schedule.split(' ').next()?.parse().ok().map(Duration::from_nanos)
    };
    let (start, before) = (Instant::now(), spent());
    let mut runs = 0;
    loop {
        let result = work();
        runs += 1;
        if start.elapsed() >= LONG {
            let time = before.and_then(|before| spent()?.checked_sub(before)).unwrap_or_else(|| start.elapsed());
            return (result, time / runs);
        }
    }
}

/// How long the work on one page is repeated.
const LONG: Duration = Duration::from_millis(80);

/// Writes what was found, and the label's text, as two files that `diff` can compare.
fn write(directory: &Path, label: &Label, found: &Result<Extracted, NotAnArticle>) {
    std::fs::create_dir_all(directory).expect("a directory to write to");
    let name = label.page.replace(['/', '\\'], "_");
    let text = match found {
        Ok(page) => format!(
            "TITLE {}\nBYLINE {}\nDATE {}\nGATE {:?}\n\n{}\n",
            page.title,
            page.byline.clone().unwrap_or_default(),
            page.published.map(|time| time.to_string()).unwrap_or_default(),
            page.gate,
            page.text.as_str()
        ),
        Err(none) => format!("NONE {none}\n"),
    };
    std::fs::write(directory.join(format!("{name}.found")), text).expect("a file written");
    if let Some(text) = &label.text {
        std::fs::write(directory.join(format!("{name}.label")), text).expect("a file written");
    }
}
