//! The fixtures, damaged at random, through the checks of the fuzz targets. A moment of it with every
//! run of the tests; `DATELINE_MUTATIONS=1000000` makes it so many files instead (a tenth of them
//! pages and texts), the same ones each time.

use std::path::Path;
use std::time::{Duration, Instant};

use fastrand::Rng;

use crate::wild::checks;

/// Files where nothing else is said.
const USUAL: u64 = 300;

/// The largest damaged file, in bytes: small ones find more in the same time.
const LARGEST: usize = 16 * 1024;

/// No such file may take longer, even on a busy machine.
const LONGEST: Duration = Duration::from_secs(5);

/// Pieces that matter to one reader or another.
const PIECES: &[&str] = &[
    "<",
    ">",
    "&",
    "</item>",
    "<item>",
    "<entry>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<?xml",
    "&#x202e;",
    "&#0;",
    "\u{1b}[31m",
    "\"",
    "'",
    "=",
    "\0",
    "\u{feff}",
    "<!ENTITY a 'b'>",
    "xml:base='//x'",
    "<div>",
    "</div>",
    "<table><tr><td>",
    "<script>",
    "type='xhtml'",
    "{\"items\":[",
    "[1]",
    "\u{2028}",
    "99999999999999999999",
    "-1",
    "\r\n",
    "\n\n\n",
    "é",
    "中",
    "<h1>",
    "<article>",
    "1. https://a.example/",
    "Content-Type: multipart/related; boundary=x\n",
    "--x\n",
    "<link rel=canonical href='/x'>",
];

/// The fixtures of these folders that are small enough to be damaged often.
fn seeds(folders: &[&str]) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut paths: Vec<_> = folders
        .iter()
        .flat_map(|folder| std::fs::read_dir(root.join(folder)).expect("the fixtures are there"))
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.is_file() && path.extension().is_none_or(|kind| kind != "toml"))
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| std::fs::read(path).expect("a readable fixture"))
        .filter(|seed| seed.len() <= LARGEST)
        .collect()
}

/// One of `seeds`, damaged in one to eight places.
fn damaged(seeds: &[Vec<u8>], random: &mut Rng) -> Vec<u8> {
    let mut file = seeds[random.usize(..seeds.len())].clone();
    for _ in 0..random.usize(1..=8) {
        let at = random.usize(..=file.len());
        let end = (at + random.usize(..=64)).min(file.len());
        match random.u8(..8) {
            0 => file.truncate(at),
            1 => drop(file.drain(at..end)),
            2 => {
                let again = file[at..end].to_vec();
                file.splice(at..at, again.repeat(random.usize(1..=4)));
            }
            3 => {
                let other = &seeds[random.usize(..seeds.len())];
                let from = random.usize(..=other.len());
                let to = (from + random.usize(..=512)).min(other.len());
                file.splice(at..at, other[from..to].iter().copied());
            }
            4 if at < file.len() => file[at] ^= 1 << random.u8(..8),
            5 if at < file.len() => file[at] = random.u8(..),
            _ => {
                let piece = PIECES[random.usize(..PIECES.len())];
                file.splice(at..at, piece.bytes().cycle().take(piece.len() * random.usize(1..=3)));
            }
        }
        file.truncate(LARGEST);
    }
    file
}

/// Damages `count` files and has each looked at; says which one it was if that panics or takes long.
#[allow(clippy::print_stdout, reason = "it tells what it took")]
fn survive(name: &str, seeds: &[Vec<u8>], count: u64, check: impl Fn(&[u8])) {
    let began = Instant::now();
    let mut slowest = Duration::ZERO;
    for n in 0..count {
        let file = damaged(seeds, &mut Rng::with_seed(n));
        let start = Instant::now();
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| check(&file)));
        slowest = slowest.max(start.elapsed());
        assert!(outcome.is_ok() && slowest < LONGEST, "{name} {n} ({slowest:?}): {}", String::from_utf8_lossy(&file));
    }
    println!("{name}: {count} files in {:?}, the slowest in {slowest:?}", began.elapsed());
}

fn count() -> u64 {
    std::env::var("DATELINE_MUTATIONS").ok().and_then(|count| count.parse().ok()).unwrap_or(USUAL)
}

#[test]
fn damaged_feeds_are_survived() {
    let seeds = seeds(&["feeds", "hostile"]);
    survive("feeds", &seeds, count(), |file| {
        checks::feed(file);
        checks::opml(file);
        checks::newsboat(file);
    });
}

#[test]
fn damaged_pages_and_texts_are_survived() {
    let mut seeds = seeds(&["saved"]);
    seeds.push(PAGE.as_bytes().to_vec());
    survive("pages and texts", &seeds, count() / 10, |file| {
        checks::page(file);
        checks::text(file);
    });
}

/// A page with all that the readers of pages look at.
const PAGE: &str = r##"<html lang="en"><head><title>Ferry sold | Lake Post</title><link rel="canonical" href="https://lake.example/1">
<meta property="og:title" content="Ferry sold"><meta property="article:published_time" content="2024-05-03T10:00:00+02:00">
<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"Ferry sold","author":{"@id":"#a"},
"articleBody":"The ferry was sold on Friday."},{"@id":"#a","name":"Ann Lee"}]}</script></head><body><nav><a href="/">Home</a></nav>
<article><h1>Ferry sold</h1><p class="byline">By <a rel="author" href="/ann">Ann Lee</a> <time datetime="2024-05-03">3 May</time></p>
<p>The ferry was sold on Friday, after a night of talks in the old station, to the only bidder who came.</p>
<figure><img src="/f.jpg" alt="The ferry"><figcaption>The ferry</figcaption></figure><ul><li>One</li><li>Two</li></ul>
<table><tr><th>Year</th><th>Boats</th></tr><tr><td>2024</td><td>1</td></tr></table><blockquote>We counted every rope.</blockquote>
<pre><code>fn main() {}</code></pre><div class="related"><a href="/2">Bridge opens on Monday after all</a></div></article></body></html>"##;
