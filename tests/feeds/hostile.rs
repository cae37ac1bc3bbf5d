//! Feeds that mean harm, each through the door that every feed comes by: the program adds it from a
//! server, stores it, and lists what there is. For each: it ends in time, within memory, says what it
//! is about, lets no control byte out, and leaves other feeds as they were. What is large is made here;
//! the rest stands in `tests/fixtures/hostile`.

use std::fmt::Write as _;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{Home, Reply, Server};

/// The longest that one feed may take, and the most memory, in kilobytes. A program built for finding
/// mistakes is many times slower than the one that people run, for which five seconds hold.
const MOST_TIME: Duration = Duration::from_secs(if cfg!(debug_assertions) { 30 } else { 5 });
const MOST_MEMORY: u64 = 200 * 1024;

/// What a run of the program came to.
struct Ran {
    code: i32,
    out: String,
    err: String,
    took: Duration,
    /// The most memory that was seen, in kilobytes; 0 where the system does not tell.
    memory: u64,
}

fn run(home: &Home, arguments: &[&str]) -> Ran {
    let started = Instant::now();
    let mut command = home.dateline(arguments);
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let (out, err) = (reader(child.stdout.take().unwrap()), reader(child.stderr.take().unwrap()));
    let mut memory = 0;
    let status = loop {
        memory = memory.max(peak(&child));
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if started.elapsed() > MOST_TIME * 2 {
            child.kill().unwrap();
            child.wait().unwrap();
            panic!("{arguments:?} does not end");
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let took = started.elapsed();
    let (out, err) = (out.join().unwrap(), err.join().unwrap());
    Ran { code: status.code().expect("ended by itself"), out, err, took, memory }
}

fn reader(mut from: impl Read + Send + 'static) -> std::thread::JoinHandle<String> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        from.read_to_end(&mut bytes).unwrap();
        String::from_utf8(bytes).expect("output is UTF-8")
    })
}

/// The most memory that a running program has had.
fn peak(child: &Child) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()).and_then(|kilobytes| kilobytes.parse().ok()).unwrap_or(0)
}

/// Nothing in it drives a terminal or turns text around.
#[track_caller]
fn plain(what: &str, text: &str) {
    let driving = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}' | '\u{200e}' | '\u{200f}')
    };
    let at = text.find(driving);
    assert!(at.is_none(), "{what}: {:?}", at.map(|at| text[at..].chars().take(20).collect::<String>()));
}

const GOOD: &str = "<rss><channel><title>Quiet Times</title><item><title>Nothing happened</title><guid>1</guid>\
                    <link>https://quiet.example/1</link><description>Nothing at all.</description></item></channel></rss>";

/// What is expected of a feed besides doing no harm.
struct Case {
    name: &'static str,
    feed: Vec<u8>,
    /// The exit code of adding it.
    code: i32,
    /// Words of what is said to the person, if anything is.
    says: &'static str,
    /// The most articles that may come of it.
    articles: usize,
}

fn case(name: &'static str, feed: impl Into<Vec<u8>>, code: i32, says: &'static str, articles: usize) -> Case {
    Case { name, feed: feed.into(), code, says, articles }
}

fn fixture(name: &'static str, articles: usize) -> Case {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/hostile").join(name);
    case(name, std::fs::read(path).unwrap(), 0, "", articles)
}

fn in_item(inside: &str) -> String {
    format!("<rss><channel><title>Large</title><item><title>One</title><guid>1</guid>{inside}</item></channel></rss>")
}

/// The large ones.
fn made() -> Vec<Case> {
    let mut attributes = String::from("<description");
    (0..1_000_000).for_each(|n| {
        let _ = write!(attributes, " a{n:x}");
    });
    attributes.push_str(">x</description>");
    let mut entries = String::from("<rss><channel><title>Many</title>");
    (0..100_000).for_each(|n| {
        let _ = write!(entries, "<item><title>Entry {n}</title><guid>{n}</guid></item>");
    });
    entries.push_str("</channel></rss>");
    let same: String = (0..500).map(|n| format!("<item><title>Same {n}</title><guid>x</guid></item>")).collect();
    let escaped = "&lt;div&gt;".repeat(100_000);
    let mut cases = vec![
        case("deep elements", in_item(&"<x>".repeat(100_000)), 0, "", 1),
        case("deep elements in a text", in_item(&format!("<description>{}", "<div>".repeat(100_000))), 0, "", 1),
        case("deep escaped elements", in_item(&format!("<description>{escaped}</description>")), 0, "", 1),
        case("deep authors", in_item(&"<author><image><source>".repeat(30_000)), 0, "", 1),
        case("a million attributes", in_item(&attributes), 0, "", 1),
        case("one guid for all", format!("<rss><channel><title>Same</title>{same}</channel></rss>"), 0, "", 500),
        case("a title of 5 MB", in_item("").replace("One", &"word ".repeat(1_000_000)), 0, "", 1),
        case("quotes without end", in_item(&"<a b='".repeat(300_000)), 0, "", 1),
        case("comments without end", in_item(&"<!-- ".repeat(300_000)), 0, "", 1),
        case("deep JSON", format!("{{\"items\":{}", "[".repeat(100_000)), 5, "JSON", 0),
        case("noise", vec![0xff_u8; 100_000], 5, "", 0),
    ];
    // Storing as many as are taken of one feed is nothing for a program that was not optimised.
    if !cfg!(debug_assertions) {
        cases.push(case("100,000 entries", entries, 0, "", 10_000));
    }
    cases
}

#[test]
fn no_feed_does_harm() {
    let server = Server::start();
    let home = Home::new();
    server.route("/good", Reply::ok(GOOD));
    assert_eq!(run(&home, &["add", &server.url("/good")]).code, 0);
    let good = || {
        let listed = run(&home, &["list", "source:\"Quiet Times\"", "--all", "--json"]);
        let lines: Vec<Value> = listed.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), 1, "{}", listed.out);
        lines[0].clone()
    };
    let untouched = good();
    let mut table = String::new();
    let cases = [
        fixture("entity-bomb.xml", 1),
        fixture("external-entity.xml", 1),
        fixture("escapes.xml", 1),
        fixture("escapes.json", 1),
        fixture("bidi.xml", 1),
        fixture("paths.xml", 1),
        fixture("links.xml", 9),
        // The same guid as the good feed's: another feed's article is another article.
        case("a guid of another feed", GOOD.replace("Quiet", "Loud").replace("Nothing", "Everything"), 0, "", 1),
    ];
    for (n, case) in cases.into_iter().chain(made()).enumerate() {
        let path = format!("/{n}");
        server.route(&path, Reply::ok(case.feed));
        let ran = run(&home, &["add", &server.url(&path), "--json"]);
        let _ = writeln!(
            table,
            "{:<28} {:>6} ms {:>7} KB  {}",
            case.name,
            ran.took.as_millis(),
            ran.memory,
            ran.err.trim()
        );
        assert_eq!(ran.code, case.code, "{}: {}{}", case.name, ran.out, ran.err);
        assert!(ran.took <= MOST_TIME, "{table}");
        assert!(ran.memory <= MOST_MEMORY, "{table}");
        assert!(format!("{}{}", ran.out, ran.err).contains(case.says), "{}: {}{}", case.name, ran.out, ran.err);
        plain(case.name, &ran.out);
        plain(case.name, &ran.err);
        if let Ok(done) = serde_json::from_str::<Value>(ran.out.lines().next().unwrap_or("")) {
            assert!(done["new"].as_u64().unwrap_or(0) <= case.articles as u64, "{}: {done}", case.name);
        }
    }
    println!("{table}");
    for arguments in [
        &["list", "--all"][..],
        &["list", "--all", "--json"],
        &["feeds"],
        &["feeds", "--json"],
        &["export", "--format", "opml"],
    ] {
        let ran = run(&home, arguments);
        plain(&arguments.join(" "), &ran.out);
        plain(&arguments.join(" "), &ran.err);
        for scheme in ["javascript:", "file:", "data:", "vbscript:", "root:x:0"] {
            assert!(!ran.out.to_lowercase().contains(&format!("\"{scheme}")), "{arguments:?}: {scheme}");
        }
    }
    assert_eq!(good(), untouched);
}

#[test]
fn a_text_that_changes_under_its_guid_is_kept_with_what_it_was() {
    let server = Server::start();
    let home = Home::new();
    server.route("/feed", Reply::ok(GOOD));
    assert_eq!(run(&home, &["add", &server.url("/feed")]).code, 0);
    server
        .route("/feed", Reply::ok(GOOD.replace("Nothing at all", "Something after all, and more than anyone thought")));
    assert_eq!(run(&home, &["refresh", "--force"]).code, 0);
    let listed = run(&home, &["list", "--all", "--json"]);
    let lines: Vec<Value> = listed.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 1, "{}", listed.out);
    let shown = run(&home, &["show", &lines[0]["id"].to_string()]);
    assert!(shown.out.contains("Something after all"), "{}", shown.out);
}
