//! A small HTTP server on the loopback address, told beforehand what to answer.
//!
//! Written by hand rather than taken from a library so that it can also misbehave: answer late, by
//! drips, half, or not in HTTP at all. It speaks HTTP/1.1 and closes after every answer. Uses
//! nothing but the standard library, so that unit tests can include it as well.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// One request that came.
#[derive(Clone, Debug)]
pub struct Received {
    /// `GET`.
    pub method: String,
    /// The path with its query.
    pub path: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
}

impl Received {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// What is answered.
#[derive(Clone, Debug)]
pub struct Reply {
    head: Vec<u8>,
    body: Vec<u8>,
    length: Option<usize>,
    before: Duration,
    drip: Option<(usize, Duration)>,
    hang: bool,
}

impl Reply {
    /// An answer with that status, without a body.
    pub fn status(code: u16) -> Self {
        Self {
            head: format!("HTTP/1.1 {code} Whatever\r\nConnection: close\r\n").into_bytes(),
            body: Vec::new(),
            length: Some(0),
            before: Duration::ZERO,
            drip: None,
            hang: false,
        }
    }

    /// 200 with a body.
    pub fn ok(body: impl Into<Vec<u8>>) -> Self {
        Self::status(200).body(body)
    }

    /// A redirect.
    pub fn redirect(code: u16, to: &str) -> Self {
        Self::status(code).header("Location", to)
    }

    /// Exactly these bytes, be they HTTP or not.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self { head: Vec::new(), body: bytes.into(), length: None, ..Self::status(200) }
    }

    /// With a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.head.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
        self
    }

    /// With a body.
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self.length = Some(self.body.len());
        self
    }

    /// Announcing another length than the body has: the answer is cut short.
    pub fn announcing(mut self, length: usize) -> Self {
        self.length = Some(length);
        self
    }

    /// Answered after a while.
    pub fn after(mut self, wait: Duration) -> Self {
        self.before = wait;
        self
    }

    /// The body sent by so many bytes at a time, with a pause after each.
    pub fn drip(mut self, bytes: usize, pause: Duration) -> Self {
        self.drip = Some((bytes, pause));
        self
    }

    /// The connection kept open, in silence, when everything has been sent.
    pub fn hang(mut self) -> Self {
        self.hang = true;
        self
    }
}

type Handler = Box<dyn FnMut(&Received) -> Reply + Send>;

struct Shared {
    routes: Mutex<HashMap<String, Handler>>,
    requests: Mutex<Vec<Received>>,
    active: AtomicUsize,
    peak: AtomicUsize,
    stop: AtomicBool,
    /// Woken when `stop` is set, so that no wait outlives the server.
    stopped: (Mutex<()>, Condvar),
}

/// The server. Ends, with all its threads, when dropped.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    listener: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts one on a free port. What has no route is answered 404.
    pub fn start() -> Self {
        Self::on(TcpListener::bind("127.0.0.1:0").expect("a port on the loopback address"))
    }

    /// Starts one on the loopback address of IPv6; `None` where this machine has none.
    pub fn start_v6() -> Option<Self> {
        TcpListener::bind("[::1]:0").ok().map(Self::on)
    }

    fn on(listener: TcpListener) -> Self {
        let address = listener.local_addr().expect("a bound listener has an address");
        let shared = Arc::new(Shared {
            routes: Mutex::default(),
            requests: Mutex::default(),
            active: AtomicUsize::new(0),
            peak: AtomicUsize::new(0),
            stop: AtomicBool::new(false),
            stopped: Default::default(),
        });
        let listener = thread::spawn({
            let shared = Arc::clone(&shared);
            move || listen(&listener, &shared)
        });
        Self { address, shared, listener: Some(listener) }
    }

    /// The address of a path on it.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Answers a path with the same every time.
    pub fn route(&self, path: &str, reply: Reply) {
        self.route_with(path, move |_| reply.clone());
    }

    /// Answers a path with these in turn; the last of them stays.
    pub fn script(&self, path: &str, replies: impl IntoIterator<Item = Reply>) {
        let mut replies: Vec<Reply> = replies.into_iter().collect();
        replies.reverse();
        self.route_with(path, move |_| match &replies[..] {
            [last] => last.clone(),
            _ => replies.pop().expect("a script has at least one reply"),
        });
    }

    /// Answers a path with what `handler` says.
    pub fn route_with(&self, path: &str, handler: impl FnMut(&Received) -> Reply + Send + 'static) {
        lock(&self.shared.routes).insert(path.to_owned(), Box::new(handler));
    }

    /// What has been asked so far, in the order it came.
    pub fn requests(&self) -> Vec<Received> {
        lock(&self.shared.requests).clone()
    }

    /// How many requests were being answered at once, at most.
    pub fn peak(&self) -> usize {
        self.shared.peak.load(Ordering::SeqCst)
    }

    /// Waits until that many requests have come; fails after ten seconds.
    pub fn wait_for_requests(&self, count: usize) {
        let end = Instant::now() + Duration::from_secs(10);
        while lock(&self.shared.requests).len() < count {
            assert!(Instant::now() < end, "only {} of {count} requests came", lock(&self.shared.requests).len());
            thread::sleep(Duration::from_millis(2));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::SeqCst);
        drop(lock(&self.shared.stopped.0));
        self.shared.stopped.1.notify_all();
        // Wakes the listener, which sees the flag.
        drop(TcpStream::connect(self.address));
        if let Some(listener) = self.listener.take() {
            let _ = listener.join();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn listen(listener: &TcpListener, shared: &Arc<Shared>) {
    let mut threads = Vec::new();
    for stream in listener.incoming() {
        if shared.stop.load(Ordering::SeqCst) {
            break;
        }
        let Ok(stream) = stream else { continue };
        let shared = Arc::clone(shared);
        threads.push(thread::spawn(move || {
            // A client that goes away in the middle is part of the game.
            let _ = serve(&stream, &shared);
        }));
    }
    for thread in threads {
        let _ = thread.join();
    }
}

fn serve(stream: &TcpStream, shared: &Shared) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    stream.set_write_timeout(Some(Duration::from_secs(5)))?;
    let Some(received) = receive(stream)? else { return Ok(()) };
    let active = shared.active.fetch_add(1, Ordering::SeqCst) + 1;
    shared.peak.fetch_max(active, Ordering::SeqCst);
    lock(&shared.requests).push(received.clone());
    let reply = match lock(&shared.routes).get_mut(&received.path) {
        Some(handler) => handler(&received),
        None => Reply::status(404),
    };
    let busy = Busy(shared);
    send(stream, &reply, busy)
}

/// A request that is being answered. It counts as answered before the answer's last byte is sent: who
/// has that may already have sent the next.
struct Busy<'s>(&'s Shared);

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        self.0.active.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Reads the head of a request; `None` where the client only knocked.
fn receive(stream: &TcpStream) -> io::Result<Option<Received>> {
    let mut lines = BufReader::new(stream).lines();
    let Some(first) = lines.next() else { return Ok(None) };
    let first = first?;
    let mut words = first.split(' ').map(str::to_owned);
    let (Some(method), Some(path)) = (words.next(), words.next()) else { return Ok(None) };
    let mut headers = Vec::new();
    for line in lines {
        let line = line?;
        let Some((name, value)) = line.split_once(':') else { break };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    Ok(Some(Received { method, path, headers }))
}

fn send(mut stream: &TcpStream, reply: &Reply, busy: Busy<'_>) -> io::Result<()> {
    let shared = busy.0;
    if wait(shared, reply.before) {
        return Ok(());
    }
    let mut head = reply.head.clone();
    if !head.is_empty() {
        if let Some(length) = reply.length {
            head.extend_from_slice(format!("Content-Length: {length}\r\n").as_bytes());
        }
        head.extend_from_slice(b"\r\n");
    }
    let mut busy = Some(busy);
    if reply.drip.is_none() && !reply.hang {
        busy.take();
    }
    stream.write_all(&head)?;
    match reply.drip {
        None => stream.write_all(&reply.body)?,
        Some((bytes, pause)) => {
            for chunk in reply.body.chunks(bytes) {
                stream.write_all(chunk)?;
                if wait(shared, pause) {
                    return Ok(());
                }
            }
        }
    }
    if reply.hang {
        wait(shared, Duration::from_secs(60));
    }
    drop(busy);
    Ok(())
}

/// Waits, but not beyond the server's end. Returns whether that has come.
fn wait(shared: &Shared, time: Duration) -> bool {
    let (guard, stopped) = (lock(&shared.stopped.0), &shared.stopped.1);
    let stop = || shared.stop.load(Ordering::SeqCst);
    if time.is_zero() || stop() {
        return stop();
    }
    drop(stopped.wait_timeout_while(guard, time, |()| !stop()));
    stop()
}
