//! A refresh among servers that mean harm, through the real program: it ends, keeps within its
//! memory, says of each what was wrong, writes nothing that a terminal would obey, and brings the news
//! of the one that is sound.
#![allow(clippy::print_stdout, reason = "it tells what it took")]

mod support;

use std::io::{Read, Write};
use std::process::Stdio;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use support::{Home, Reply, Server};

/// The most memory that the program may ever have had, in kilobytes.
const MOST_MEMORY: u64 = 200 * 1024;

/// The longest that it may take: the slowest of the servers is let go after three seconds, with the
/// patience of one second that is set here; the rest is for machines that do other things as well.
const LONGEST: Duration = Duration::from_secs(30);

/// So many zeros in a gigabyte, by pieces of 16 MB.
const PIECE: usize = 16 << 20;
const PIECES: usize = 64;

fn gzipped_gigabyte() -> Vec<u8> {
    let mut piece = GzEncoder::new(Vec::new(), Compression::best());
    piece.write_all(&vec![0; PIECE]).expect("compressed zeros");
    // Members one after the other are one stream (RFC 1952 §2.2).
    piece.finish().expect("compressed zeros").repeat(PIECES)
}

fn zstd_gigabyte() -> Vec<u8> {
    zstd::encode_all(&vec![0; PIECE][..], 3).expect("compressed zeros").repeat(PIECES)
}

/// A stream of brotli by hand (RFC 7932), which no encoder here could write: each of its meta-blocks is
/// one command that inserts 16 MB of one literal whose code has no bits.
fn brotli_gigabyte() -> Vec<u8> {
    let (mut bytes, mut filled) = (Vec::new(), 0);
    let mut put = |value: u32, bits: u32| {
        for bit in 0..bits {
            if filled % 8 == 0 {
                bytes.push(0_u8);
            }
            *bytes.last_mut().expect("a byte was pushed") |= (((value >> bit) & 1) as u8) << (filled % 8);
            filled += 1;
        }
    };
    put(0, 1); // A window of 64 KB.
    for _ in 0..PIECES {
        let length = PIECE as u32;
        put(0, 1); // Not the last.
        put(2, 2); // Its length has six nibbles,
        put(length - 1, 24);
        put(0, 1); // it is compressed,
        put(0, 3); // with one type of blocks each,
        put(0, 6); // the simplest distances,
        put(0, 2); // and one context
        put(0, 2); // and tree of each kind.
        // Three codes of one symbol: the literal 0, the command, a distance.
        for (symbol, width) in [(0, 8), (504, 10), (0, 6)] {
            put(1, 2);
            put(0, 2);
            put(symbol, width);
        }
        put(length - 22_594, 24); // How many literals.
    }
    put(3, 2); // The last, and empty.
    bytes
}

fn feed(title: &str) -> String {
    format!(
        "<rss version=\"2.0\"><channel><title>{title}</title><item><guid>1</guid><title>Sound</title></item></channel></rss>"
    )
}

/// Each attack, and words that its feed's trouble must hold; none where it is read all the same.
fn attacks(server: &Server) -> Vec<(&'static str, Option<&'static str>)> {
    const ESCAPES: &str = "\u{1b}]0;owned\u{7}\u{1b}[31m\u{9b}2J\u{202e}";
    // What HTTP itself does not refuse in a header.
    const HIDDEN: &str = "\u{9b}2J\u{202e}\u{200b}";
    let raw = |head: &str, body: &str| Reply::raw(format!("{head}\r\nConnection: close\r\n\r\n{body}"));
    let ok = "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml";
    let many = "X-Flood: xxxxxxxxxxxxxxxx\r\n".repeat(50_000);
    let escaped =
        [ok.as_bytes(), b"\r\nETag: \"a\x1b[31mb\"\r\nConnection: close\r\n\r\n", feed("Etag").as_bytes()].concat();
    let routes: Vec<(&str, Reply, Option<&str>)> = vec![
        ("/gzip", Reply::ok(gzipped_gigabyte()).header("Content-Encoding", "gzip"), Some("sent more than 10 MB")),
        ("/zstd", Reply::ok(zstd_gigabyte()).header("Content-Encoding", "zstd"), Some("sent more than 10 MB")),
        ("/brotli", Reply::ok(brotli_gigabyte()).header("Content-Encoding", "br"), Some("sent more than 10 MB")),
        (
            "/endless",
            Reply::raw([ok.as_bytes(), b"\r\n\r\n", &vec![b'x'; 32 << 20]].concat()),
            Some("sent more than 10 MB"),
        ),
        (
            "/drip",
            Reply::ok("x".repeat(10_000)).drip(1, Duration::from_millis(20)),
            Some("had not sent everything within 3 s"),
        ),
        ("/late", Reply::ok("x").after(Duration::from_secs(60)), Some("did not answer within 1 s")),
        ("/silent", Reply::ok("x").announcing(2).hang(), Some("fell silent")),
        ("/circle", Reply::redirect(301, "/circle"), Some("sends in circles")),
        ("/to-file", Reply::redirect(302, "file:///etc/passwd"), Some("which is not fetched")),
        ("/to-escape", Reply::redirect(302, &format!("javascript:{ESCAPES}")), Some("broke")),
        ("/flood", raw(&format!("{ok}\r\n{many}X-End: 1"), &feed("Flood")), Some("broke")),
        ("/long-header", raw(&format!("{ok}\r\nX-Long: {}", "x".repeat(8 << 20)), &feed("Long")), Some("broke")),
        ("/status", raw(&format!("HTTP/1.1 500 {ESCAPES}"), ""), Some("")),
        ("/not-http", Reply::raw(format!("{ESCAPES}\r\n\r\n")), Some("broke")),
        ("/type", raw(&format!("HTTP/1.1 200 OK\r\nContent-Type: text/html{HIDDEN}"), &feed(ESCAPES)), None),
        ("/to-hidden", Reply::redirect(302, &format!("javascript:{HIDDEN}")), Some("which is not fetched")),
        ("/etag", Reply::raw(escaped), Some("broke")),
    ];
    routes
        .into_iter()
        .map(|(path, reply, words)| {
            server.route(path, reply);
            (path, words)
        })
        .collect()
}

#[test]
fn servers_that_mean_harm_do_none() {
    let (home, server) = (Home::new(), Server::start());
    let attacks = attacks(&server);
    server.route("/sound", Reply::ok(feed("Sound")).header("Content-Type", "application/rss+xml"));
    let mut addresses = format!("{}\n", server.url("/sound"));
    attacks.iter().for_each(|(path, _)| addresses.push_str(&format!("{}\n", server.url(path))));
    std::fs::write(home.file("urls"), addresses).expect("a file in the home");
    std::fs::write(home.file("patience.toml"), "[fetch]\ntimeout_seconds = 1\nper_host = 16\n")
        .expect("a configuration");
    let imported = home.dateline(&["import", "urls"]).stdin(Stdio::null()).output().expect("a program that starts");
    assert!(imported.status.success(), "{imported:?}");

    let began = Instant::now();
    let mut program = home.dateline(&["refresh", "--force", "--json", "--config", "patience.toml"]);
    program.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut program = program.spawn().expect("a program that starts");
    let status = format!("/proc/{}/status", program.id());
    let mut memory = 0;
    let code = loop {
        // Its highest ever, so that the last look before the end is what counts.
        memory = std::fs::read_to_string(&status).ok().and_then(|text| highest(&text)).unwrap_or(memory);
        if let Some(ended) = program.try_wait().expect("a child") {
            break ended.code();
        }
        assert!(began.elapsed() < LONGEST, "it does not end");
        std::thread::sleep(Duration::from_millis(2));
    };
    let mut said = String::new();
    program.stdout.take().expect("its output").read_to_string(&mut said).expect("output in UTF-8");
    let records: Vec<serde_json::Value> = said.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    program.stderr.take().expect("its complaints").read_to_string(&mut said).expect("complaints in UTF-8");

    println!("{} attacks: {memory} kB of memory at the most, {:?}", attacks.len(), began.elapsed());
    assert_eq!(code, Some(3), "some failed, and some did not: {said}");
    assert!(memory > 0 && memory <= MOST_MEMORY, "it took {memory} kB of memory");
    let obeyed =
        |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert_eq!(said.chars().find(|c| obeyed(*c)), None, "{said:?}");
    for (path, words) in attacks {
        let address = server.url(path);
        let record = records.iter().find(|record| record["item"] == address.as_str()).expect("a record of every feed");
        match (words, record["error"].as_str()) {
            (Some(words), Some(error)) => assert!(error.contains(words), "{path}: {error}"),
            (None, None) => assert_eq!(record["new"], 1, "{path}: {record}"),
            (_, error) => panic!("{path}: {error:?}"),
        }
    }
    let sound = records.iter().find(|record| record["item"] == server.url("/sound").as_str()).expect("the sound one");
    assert_eq!((&sound["new"], &sound["error"]), (&1.into(), &serde_json::Value::Null));
}

/// `VmHWM` of `/proc/PID/status`, in kilobytes.
fn highest(status: &str) -> Option<u64> {
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.trim().parse().ok())
}
