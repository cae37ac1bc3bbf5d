//! Measures related news, and makes the table of words it stands on. See docs/related.md.
//!
//! ```sh
//! cargo bench --bench related -- evaluate SET...           # how good, on labelled sets
//! cargo bench --bench related -- floor SET              # what the sidebar's floor lets through
//! cargo bench --bench related -- import FROM.jsonl         # what taking in costs
//! cargo bench --bench related -- sidebar 100000            # how long the sidebar takes among so many
//! cargo bench --bench related -- refresh 100000            # and 50 new articles of a feed
//! cargo bench --bench related -- background FROM.jsonl TO  # makes assets/related/en.background
//! ```
//!
//! Stores are made and kept as `feel` does; a directory named after the number of its articles will do
//! instead of a number.

#![allow(clippy::print_stdout, clippy::print_stderr, unreachable_pub, reason = "a program for people")]

mod articles;
mod background;
mod evaluate;
mod floor;
mod speed;
#[path = "../feel/synthetic.rs"]
#[allow(dead_code, clippy::expect_used, reason = "shared with the benchmark of what a person feels")]
mod synthetic;

use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "usage: related -- evaluate [--run RANKING.tsv] SET... | floor SET | import FROM.jsonl | \
                     sidebar SIZE | refresh SIZE | background FROM.jsonl TO";

fn main() -> ExitCode {
    // `cargo bench` adds an argument of its own.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments[..] {
        ["background", from, to] => background::make(Path::new(from), Path::new(to)),
        ["evaluate", "--run", run, ref sets @ ..] if !sets.is_empty() => evaluate::sets(sets, Some(run)),
        ["evaluate", ref sets @ ..] if !sets.is_empty() => evaluate::sets(sets, None),
        ["import", lines] => speed::import(Path::new(lines)),
        ["sidebar", store] => speed::sidebar(store),
        ["refresh", store] => speed::refresh(store),
        ["floor", set] => floor::figures(Path::new(set)),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}
