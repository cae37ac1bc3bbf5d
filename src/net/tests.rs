//! Against a real server on this machine.

use std::io::Write;
use std::net::TcpListener;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use super::*;
use crate::model::Validators;
use crate::text::Link;

#[path = "../../tests/support/server.rs"]
#[allow(dead_code, unreachable_pub, reason = "shared with the tests of the whole program")]
mod server;

use server::{Reply, Server};

const MOMENT: Duration = Duration::from_millis(200);

/// Patience fit for tests: short where a wait is to end, long where it is not.
fn settings() -> Settings {
    Settings { max_bytes: 1024 * 1024, ..Settings::default() }
}

fn net(settings: &Settings) -> Net {
    Net::new(settings).unwrap()
}

fn link(address: &str) -> Link {
    Link::parse(address).unwrap()
}

fn get(server: &Server, path: &str) -> Result<Answer, Error> {
    get_with(&settings(), server, path)
}

fn get_with(settings: &Settings, server: &Server, path: &str) -> Result<Answer, Error> {
    net(settings).fetch(Request::feed(link(&server.url(path))), &Cancel::new())
}

fn fetched(answer: Result<Answer, Error>) -> Fetched {
    match answer {
        Ok(Answer::Fetched(fetched)) => fetched,
        other => panic!("not fetched: {other:?}"),
    }
}

#[test]
fn ipv6() {
    let Some(server) = Server::start_v6() else {
        // Where the machine has no IPv6 there is nothing to be tried.
        return;
    };
    server.route("/feed.xml", Reply::ok("<rss/>"));
    server.route("/old", Reply::redirect(301, &server.url("/feed.xml")));
    assert!(server.url("").starts_with("http://[::1]:"));
    assert_eq!(fetched(get(&server, "/feed.xml")).bytes, b"<rss/>");
    let moved = fetched(get(&server, "/old")).moved_permanently;
    assert_eq!(moved, Some(link(&server.url("/feed.xml"))));
}

#[test]
fn a_thing_is_fetched_with_what_was_said_about_it() {
    let server = Server::start();
    let reply = Reply::ok("<rss/>")
        .header("Content-Type", "application/rss+xml; charset=koi8-r")
        .header("ETag", "W/\"a b\"")
        .header("Last-Modified", "Thu, 23 Nov 2023 09:00:00 GMT");
    server.route("/feed.xml?a=1", reply);
    let got = fetched(get(&server, "/feed.xml?a=1"));
    assert_eq!(got.bytes, b"<rss/>");
    assert_eq!(got.content_type.as_deref(), Some("application/rss+xml; charset=koi8-r"));
    assert_eq!(got.final_address, link(&server.url("/feed.xml?a=1")));
    assert_eq!(got.moved_permanently, None);
    assert_eq!(got.validators.etag.as_deref(), Some("W/\"a b\""));
    let request = &server.requests()[0];
    assert!(request.header("user-agent").unwrap().starts_with("Dateline/"), "{request:?}");
    assert!(request.header("accept").unwrap().contains("rss"), "{request:?}");
    for absent in ["cookie", "referer", "if-none-match", "if-modified-since"] {
        assert_eq!(request.header(absent), None);
    }
}

#[test]
fn validators_go_back_byte_for_byte_on_every_hop() {
    let server = Server::start();
    let validators = Validators {
        etag: Some("\"0-5fé\\, W/ \"".to_owned()),
        last_modified: Some("Thu, 23-Nov-23 9:00:00 +0000 (MSK)".to_owned()),
    };
    server.route("/old", Reply::redirect(302, "/new"));
    server.route("/new", Reply::status(304));
    let request = Request::feed(link(&server.url("/old"))).with_validators(validators.clone());
    assert_eq!(net(&settings()).fetch(request, &Cancel::new()), Ok(Answer::NotModified(Unchanged::default())));
    for request in server.requests() {
        assert_eq!(request.header("if-none-match"), validators.etag.as_deref());
        assert_eq!(request.header("if-modified-since"), validators.last_modified.as_deref());
    }
}

#[test]
fn redirects_are_followed_and_only_permanent_ones_learned() {
    let server = Server::start();
    server.route("/a", Reply::redirect(301, "/b"));
    server.route("/b", Reply::redirect(308, &server.url("/c")));
    server.route("/c", Reply::ok("c"));
    server.route("/d", Reply::redirect(307, "a"));
    server.route("/e", Reply::redirect(303, "c"));
    let target = link(&server.url("/c"));
    for (path, moved) in [("/a", Some(&target)), ("/d", None), ("/e", None), ("/c", None)] {
        let got = fetched(get(&server, path));
        assert_eq!((got.bytes.as_slice(), &got.final_address), (&b"c"[..], &target), "{path}");
        assert_eq!(got.moved_permanently.as_ref(), moved, "{path}");
    }
}

#[test]
fn what_a_stranger_named_is_not_asked_for_on_this_machine() {
    let server = Server::start();
    server.route("/x", Reply::ok("x"));
    let request = Request { strange: true, ..Request::page(link(&server.url("/x"))) };
    let refused = net(&settings()).fetch(request, &Cancel::new()).unwrap_err();
    assert!(matches!(refused, Error::Near(_)), "{refused:?}");
    assert!(server.requests().is_empty());
}

#[test]
fn redirects_end() {
    let server = Server::start();
    server.route("/loop", Reply::redirect(301, "/loop"));
    assert!(matches!(get(&server, "/loop"), Err(Error::RedirectLoop(_))));
    assert_eq!(server.requests().len(), redirect::MAX + 1);
    for (path, to) in [("/file", "file:///etc/passwd"), ("/mail", "mailto:a@b.example"), ("/bad", "http://[")] {
        server.route(path, Reply::redirect(302, to));
        let error = get(&server, path).unwrap_err();
        assert!(matches!(&error, Error::RedirectRefused(_, refused) if refused.as_str() == to), "{error}");
    }
    // Without a place to go to it is only a status.
    server.route("/nowhere", Reply::status(302));
    assert!(matches!(get(&server, "/nowhere"), Err(Error::Status { code: 302, .. })));
}

#[test]
fn what_servers_say_no_with() {
    let server = Server::start();
    server.route("/gone", Reply::status(410));
    assert_eq!(get(&server, "/gone"), Ok(Answer::Gone));
    server.route("/busy", Reply::status(503).header("Retry-After", "120"));
    let error = get(&server, "/busy").unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(120)));
    assert_eq!(
        error.to_string(),
        "127.0.0.1 answered 503 (the server is busy or being worked on); it wants to be asked again in 2 min"
    );
    assert_eq!(get(&server, "/missing").unwrap_err().to_string(), "127.0.0.1 answered 404 (not found)");
    server.route("/teapot", Reply::status(418));
    assert_eq!(get(&server, "/teapot").unwrap_err().to_string(), "127.0.0.1 answered 418 (i'm a teapot)");
    server.route("/odd", Reply::status(599));
    assert_eq!(get(&server, "/odd").unwrap_err().to_string(), "127.0.0.1 answered 599 (no known status)");
}

#[test]
fn compression_is_undone() {
    let server = Server::start();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(b"<rss/>").unwrap();
    server.route("/gzip", Reply::ok(gzip.finish().unwrap()).header("Content-Encoding", "gzip").drip(3, Duration::ZERO));
    assert_eq!(fetched(get(&server, "/gzip")).bytes, b"<rss/>");
    assert!(server.requests()[0].header("accept-encoding").unwrap().contains("gzip"));
    server.route("/odd", Reply::ok("x").header("Content-Encoding", "rot13"));
    assert!(matches!(get(&server, "/odd"), Err(Error::Encoding(..))));
}

#[test]
fn size_has_a_limit_announced_or_not() {
    let server = Server::start();
    let large = vec![b'x'; 2 * 1024 * 1024];
    server.route("/announced", Reply::ok(large.clone()));
    server.route("/endless", Reply::raw([&b"HTTP/1.1 200 OK\r\n\r\n"[..], &large].concat()));
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    bomb.write_all(&large).unwrap();
    server.route("/bomb", Reply::ok(bomb.finish().unwrap()).header("Content-Encoding", "gzip"));
    for path in ["/announced", "/endless", "/bomb"] {
        let error = get(&server, path).unwrap_err();
        assert!(matches!(error, Error::TooLarge(_, 1_048_576)), "{path}: {error}");
        assert_eq!(error.to_string(), "127.0.0.1 sent more than 1 MB");
    }
    let request = Request { max_bytes: Some(4 * 1024 * 1024), ..Request::page(link(&server.url("/announced"))) };
    assert!(net(&settings()).fetch(request, &Cancel::new()).is_ok());
}

#[test]
fn every_wait_ends() {
    let server = Server::start();
    server.route("/late", Reply::ok("x").after(Duration::from_secs(60)));
    server.route("/stall", Reply::ok("x").announcing(2).hang());
    server.route("/drip", Reply::ok("x".repeat(1000)).drip(1, MOMENT / 10));
    let quick = Settings { connect: MOMENT, first_byte: MOMENT, ..settings() };
    for (path, settings, step) in [
        ("/late", quick, Step::FirstByte),
        ("/stall", Settings { stall: MOMENT, ..settings() }, Step::Stall),
        ("/drip", Settings { whole: MOMENT, ..settings() }, Step::Whole),
    ] {
        let begun = Instant::now();
        match get_with(&settings, &server, path) {
            Err(Error::TimedOut(_, at, after)) => assert_eq!((at, after), (step, MOMENT), "{path}"),
            other => panic!("{path}: {other:?}"),
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "{path} took {:?}", begun.elapsed());
    }
}

#[test]
fn no_connection() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let net = net(&settings());
    let error = net.fetch(Request::feed(link(&format!("http://{closed}/"))), &Cancel::new()).unwrap_err();
    assert!(matches!(error, Error::Refused(_)), "{error:?}");
    assert_eq!(error.to_string(), "127.0.0.1 refused the connection");
    let error = net.fetch(Request::feed(link("http://nobody.localhost.invalid/")), &Cancel::new()).unwrap_err();
    // Behind a proxy it is the proxy that finds nobody.
    assert!(matches!(error, Error::NoSuchHost(_) | Error::Status { .. } | Error::Unreachable(..)), "{error:?}");
    let error = net.fetch(Request::feed(link("mailto:a@b.example")), &Cancel::new()).unwrap_err();
    assert_eq!(error.to_string(), "mailto:a@b.example is not an address on the web");
}

#[test]
fn what_is_not_tls_is_not_trusted() {
    let server = Server::start();
    server.route("/", Reply::ok("x"));
    let plain = link(&server.url("/").replace("http:", "https:"));
    let net = net(&Settings { connect: Duration::from_secs(5), ..settings() });
    let error = net.fetch(Request::feed(plain), &Cancel::new()).unwrap_err();
    assert!(matches!(error, Error::Tls(..) | Error::Unreachable(..)), "{error:?}");
}

#[test]
fn broken_answers() {
    let server = Server::start();
    server.route("/half", Reply::ok("half").announcing(100));
    server.route("/nonsense", Reply::raw("SMTP ready\r\n\r\n"));
    server.route("/nothing", Reply::raw(""));
    server.route(
        "/flood",
        Reply::raw(format!("HTTP/1.1 200 OK\r\n{}\r\n", "X-Flood: xxxxxxxxxxxxxxxx\r\n".repeat(50_000))),
    );
    for path in ["/half", "/nonsense", "/nothing", "/flood"] {
        let error = get(&server, path).unwrap_err();
        assert!(matches!(error, Error::Broken(..)), "{path}: {error:?}");
    }
}

#[test]
fn words_from_outside_are_clean() {
    let server = Server::start();
    server.route("/a", Reply::redirect(302, "javascript:\u{202e}alert(1)"));
    let error = get(&server, "/a").unwrap_err().to_string();
    assert!(!error.contains('\u{202e}'), "{error:?}");
}

#[test]
fn many_at_once_but_two_to_a_host() {
    let server = Server::start();
    let jobs: Vec<(usize, Request)> = (0..12)
        .map(|n| {
            let path = format!("/{n}");
            server.route(&path, Reply::ok(n.to_string()).after(Duration::from_millis(100)));
            (n, Request::feed(link(&server.url(&path))))
        })
        .collect();
    let mut seen = Vec::new();
    let left = net(&settings()).run(jobs, &Cancel::new(), |n, answer| {
        assert_eq!(fetched(answer).bytes, n.to_string().as_bytes());
        seen.push(n);
    });
    seen.sort_unstable();
    assert_eq!((left, seen), (0, (0..12).collect()));
    assert_eq!(server.peak(), 2);
}

#[test]
fn a_slow_host_holds_up_nobody_else() {
    let (slow, quick) = (Server::start(), Server::start());
    slow.route("/", Reply::ok("x").after(Duration::from_secs(60)));
    quick.route("/", Reply::ok("x"));
    // Two names of this machine, so that they count as two hosts.
    let far = link(&format!("http://localhost:{}/", slow.port()));
    let near = link(&quick.url("/"));
    let mut jobs = vec![(0, Request::feed(far.clone())), (1, Request::feed(far.clone())), (2, Request::feed(far))];
    jobs.extend((3..8).map(|n| (n, Request::feed(near.clone()))));
    let (cancel, begun, mut seen) = (Cancel::new(), Instant::now(), 0);
    let left = net(&settings()).run(jobs, &cancel, |n, answer| {
        assert!(n >= 3 && answer.is_ok(), "{n}: {answer:?}");
        seen += 1;
        if seen == 5 {
            cancel.cancel();
        }
    });
    assert_eq!((left, seen), (3, 5));
    assert!(begun.elapsed() < Duration::from_secs(30));
}

#[test]
fn a_host_that_asks_for_rest_gets_it() {
    let server = Server::start();
    server.route("/", Reply::status(429).header("Retry-After", "60"));
    let jobs = (0..10).map(|n| (n, Request::feed(link(&server.url("/")))));
    let mut held_back = 0;
    let left = net(&Settings { per_host: 1, ..settings() }).run(jobs, &Cancel::new(), |_, answer| {
        let error = answer.unwrap_err();
        assert_eq!(error.retry_after(), Some(Duration::from_secs(60)));
        held_back += usize::from(matches!(error, Error::HeldBack(..)));
    });
    assert_eq!((left, held_back, server.requests().len()), (0, 9, 1));
}

#[test]
fn cancelling_is_prompt_from_any_thread() {
    let server = Server::start();
    server.route("/", Reply::ok("x").announcing(2).hang());
    let (cancel, address) = (Cancel::new(), link(&server.url("/")));
    let (told, wait) = mpsc::channel();
    let waiting = std::thread::spawn({
        let cancel = cancel.clone();
        move || told.send(net(&settings()).fetch(Request::feed(address), &cancel)).unwrap()
    });
    server.wait_for_requests(1);
    cancel.cancel();
    let answer = wait.recv_timeout(Duration::from_secs(10)).unwrap();
    assert!(matches!(answer, Err(Error::Cancelled(_))), "{answer:?}");
    waiting.join().unwrap();
    // A switch that was thrown stays thrown.
    let answer = net(&settings()).fetch(Request::feed(link(&server.url("/"))), &cancel);
    assert!(matches!(answer, Err(Error::Cancelled(_))));
    assert_eq!(server.requests().len(), 1);
}
