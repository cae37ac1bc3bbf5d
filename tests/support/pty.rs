//! The real program on a terminal of our own: keys in, a screen out.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process, kill_process_group};

use super::{Home, processes};

/// How long anything may take before a test gives up. Long, for machines that are busy.
const PATIENCE: Duration = Duration::from_secs(30);

/// The pause after an Esc: well above the time that the program waits for the rest of a sequence.
const ESCAPE: Duration = Duration::from_millis(80);

/// What is started, and on what terminal.
pub struct Launch<'a> {
    home: &'a Home,
    command: Vec<String>,
    environment: Vec<(String, String)>,
    size: (u16, u16),
    answers: Vec<(&'static str, String)>,
}

impl<'a> Launch<'a> {
    /// The program with these arguments, at 120x40.
    pub fn dateline(home: &'a Home, arguments: &[&str]) -> Self {
        let command = [env!("CARGO_BIN_EXE_dateline")].iter().chain(arguments).map(|&word| word.to_owned()).collect();
        Self { home, command, environment: Vec::new(), size: (120, 40), answers: Vec::new() }
    }

    /// A shell with job control, whose prompt is `ready> `, and which knows the program as
    /// `dateline`.
    pub fn shell(home: &'a Home) -> Self {
        let command = ["sh", "-i"].map(str::to_owned).into();
        let launch = Self { command, ..Self::dateline(home, &[]) };
        let directory =
            std::path::Path::new(env!("CARGO_BIN_EXE_dateline")).parent().expect("the program is in a directory");
        let path = format!("{}:{}", directory.display(), std::env::var("PATH").unwrap_or_default());
        launch.variable("PATH", &path).variable("PS1", "ready> ").variable("ENV", "")
    }

    /// With a variable set.
    pub fn variable(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// On a terminal of so many columns and rows.
    pub fn size(mut self, columns: u16, rows: u16) -> Self {
        self.size = (columns, rows);
        self
    }

    /// On a terminal that tells its background when asked: `rgb:ffff/ffff/ffff`.
    pub fn background(self, colour: &'static str) -> Self {
        self.answers("\x1b]11;?", &format!("\x1b]11;{colour}\x1b\\"))
    }

    /// On a terminal that gives this answer where it is asked that question.
    pub fn answers(mut self, question: &'static str, answer: &str) -> Self {
        self.answers.push((question, answer.to_owned()));
        self
    }

    /// Starts it.
    pub fn start(self) -> Pty {
        Pty::start(self)
    }
}

/// What the reading thread and the test share.
struct Shared {
    terminal: Mutex<Terminal>,
    changed: Condvar,
    /// Tells the reading thread to let go of the terminal at the next bytes.
    closing: AtomicBool,
}

struct Terminal {
    parser: vt100::Parser,
    /// All that was ever written.
    written: Vec<u8>,
    /// Grows with every read.
    reads: usize,
    ended: bool,
}

/// A program on a terminal. Killed, with what it started on that terminal, when dropped.
pub struct Pty {
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Arc<Mutex<Option<Box<dyn Write + Send>>>>,
    child: Box<dyn Child + Send + Sync>,
    shared: Arc<Shared>,
    reader: Option<JoinHandle<()>>,
    /// The terminal's modes before anybody touched it.
    found: String,
}

impl Pty {
    /// The program in `home`, on a terminal of 120x40.
    pub fn dateline(home: &Home) -> Self {
        Launch::dateline(home, &[]).start()
    }

    fn start(launch: Launch<'_>) -> Self {
        let (columns, rows) = launch.size;
        let pair = native_pty_system().openpty(size(columns, rows)).expect("a pseudo-terminal");
        let mut command = CommandBuilder::from_argv(launch.command.iter().map(Into::into).collect());
        command.env_clear();
        command.cwd(launch.home.path());
        command.env("TERM", "xterm-256color");
        launch.home.environment().into_iter().for_each(|(name, value)| command.env(name, value));
        launch.environment.iter().for_each(|(name, value)| command.env(name, value));
        let found = modes(pair.master.as_ref());
        let child = pair.slave.spawn_command(command).expect("the program starts");
        // Ours must be closed, or the terminal never hangs up.
        drop(pair.slave);
        let shared = Arc::new(Shared {
            terminal: Mutex::new(Terminal {
                parser: vt100::Parser::new(cells(rows), cells(columns), 0),
                written: Vec::new(),
                reads: 0,
                ended: false,
            }),
            changed: Condvar::new(),
            closing: AtomicBool::new(false),
        });
        let writer = Arc::new(Mutex::new(Some(pair.master.take_writer().expect("the terminal can be written to"))));
        let from = pair.master.try_clone_reader().expect("the terminal can be read");
        let reader = thread::spawn({
            let (shared, writer) = (Arc::clone(&shared), Arc::clone(&writer));
            move || read(from, &shared, &writer, &launch.answers)
        });
        Self { master: Some(pair.master), writer, child, shared, reader: Some(reader), found }
    }

    fn terminal(&self) -> MutexGuard<'_, Terminal> {
        lock(&self.shared.terminal)
    }

    /// Types. Names in angle brackets are keys: `<enter> <esc> <tab> <backspace> <space> <up> <down>
    /// <left> <right> <pgup> <pgdn> <home> <end> <lt>`, and `<c-x>` is Ctrl-x.
    ///
    /// After an Esc it pauses as a hand does: sent together with the next key it would be that key
    /// with Alt.
    pub fn keys(&self, keys: &str) {
        let mut bytes = String::new();
        let mut rest = keys;
        while let Some(at) = rest.find('<') {
            bytes.push_str(&rest[..at]);
            let end = rest[at..].find('>').expect("a key's name ends with >") + at;
            let name = &rest[at + 1..end];
            bytes.push_str(&key(name));
            rest = &rest[end + 1..];
            if name == "esc" {
                self.send(std::mem::take(&mut bytes).as_bytes());
                thread::sleep(ESCAPE);
            }
        }
        bytes.push_str(rest);
        self.send(bytes.as_bytes());
    }

    /// Sends bytes as they are.
    pub fn send(&self, bytes: &[u8]) {
        let mut writer = lock(&self.writer);
        let writer = writer.as_mut().expect("the terminal is open");
        // A program that has just ended takes no more keys; the test will say what it misses.
        let _ = writer.write_all(bytes).and_then(|()| writer.flush());
    }

    /// Waits until the screen is as `wanted`; fails, showing the screen, when it does not come.
    pub fn wait_until(&self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) {
        let end = Instant::now() + PATIENCE;
        let mut terminal = self.terminal();
        while !wanted(terminal.parser.screen()) {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() || terminal.ended {
                // Once more: the last bytes and the end may have come together.
                assert!(wanted(terminal.parser.screen()), "waited in vain until {what}\n{}", show(&terminal));
                return;
            }
            terminal = self.shared.changed.wait_timeout(terminal, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Waits until `text` is on the screen.
    pub fn wait_for(&self, text: &str) {
        self.wait_until(&format!("{text:?} is shown"), |screen| screen.contents().contains(text));
    }

    /// Waits until `text` is no longer on the screen.
    pub fn wait_gone(&self, text: &str) {
        self.wait_until(&format!("{text:?} is gone"), |screen| !screen.contents().contains(text));
    }

    /// Waits until nothing has been drawn for a while and nobody there is at work: on a busy machine
    /// a program may be quiet because it has had no turn.
    pub fn settle(&self) {
        let end = Instant::now() + PATIENCE;
        let mut terminal = self.terminal();
        while Instant::now() < end {
            let reads = terminal.reads;
            let quiet = Duration::from_millis(150);
            let waited = self.shared.changed.wait_timeout(terminal, quiet).unwrap_or_else(PoisonError::into_inner);
            terminal = waited.0;
            if terminal.reads == reads && self.asleep() {
                return;
            }
        }
    }

    /// Whether all that has the terminal sleeps, as what waits for keys does.
    fn asleep(&self) -> bool {
        let group = self.master.as_ref().and_then(|master| master.process_group_leader());
        group.is_none_or(processes::asleep)
    }

    /// The text on the screen.
    pub fn screen(&self) -> String {
        self.terminal().parser.screen().contents()
    }

    /// The row (from 0) that holds `text`, whole.
    pub fn row(&self, text: &str) -> Option<String> {
        let screen = self.screen();
        screen.lines().find(|line| line.contains(text)).map(str::to_owned)
    }

    /// Everything that was written so far.
    pub fn written(&self) -> String {
        String::from_utf8_lossy(&self.terminal().written).into_owned()
    }

    /// Waits until what is written from byte `from` on holds `text`; fails, showing the screen, when it
    /// never does.
    pub fn wait_written(&self, from: usize, text: &str) {
        let end = Instant::now() + PATIENCE;
        while !self.written()[from..].contains(text) {
            assert!(
                Instant::now() < end,
                "{text:?} was never written\n{}\n{:?}",
                self.screen(),
                &self.written()[from..]
            );
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// How often something was written so far.
    pub fn reads(&self) -> usize {
        self.terminal().reads
    }

    /// Gives the terminal another size, and tells the program.
    pub fn resize(&self, columns: u16, rows: u16) {
        self.terminal().parser.set_size(cells(rows), cells(columns));
        let master = self.master.as_ref().expect("the terminal is open");
        master.resize(size(columns, rows)).expect("a terminal takes another size");
    }

    /// Sends the program a signal.
    pub fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).expect("the program is running");
    }

    /// The process that was started.
    pub fn pid(&self) -> Pid {
        let pid = self.child.process_id().and_then(|pid| i32::try_from(pid).ok());
        pid.and_then(Pid::from_raw).expect("a running program has a process id")
    }

    /// The leader of the group in front on the terminal: with a shell, the program that it runs.
    pub fn front(&self) -> Pid {
        let group = self.master.as_ref().and_then(|master| master.process_group_leader());
        group.and_then(Pid::from_raw).expect("something is in front on the terminal")
    }

    /// Takes the terminal away, as closing its window does.
    ///
    /// The program is made to draw first: the thread that reads cannot be woken otherwise.
    pub fn close(&mut self) {
        self.shared.closing.store(true, Ordering::SeqCst);
        self.resize(81, 25);
        self.keys("<c-l>");
        if let Some(reader) = self.reader.take() {
            reader.join().expect("the reading thread ends");
        }
        *lock(&self.writer) = None;
        self.master = None;
    }

    /// Waits until the program has ended; fails, showing the screen, when it does not.
    pub fn wait_exit(&mut self) -> ExitStatus {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().expect("a child can be waited for") {
                // All that it wrote has been read when the other end is closed.
                if let Some(reader) = self.reader.take() {
                    let _ = reader.join();
                }
                return status;
            }
            assert!(Instant::now() < end, "the program does not end\n{}", show(&self.terminal()));
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Ends the reader as a person does, and checks how it left.
    /// Gives all that it wrote.
    pub fn quit(mut self) -> String {
        self.keys("<c-c>");
        let status = self.wait_exit();
        assert!(status.success(), "{status}\n{}", self.screen());
        self.assert_restored();
        self.written()
    }

    /// Checks that the terminal was left as it was found: the person's own screen, a cursor, no
    /// reports of pastes or the mouse, the same line discipline.
    pub fn assert_restored(&self) {
        self.assert_own_screen();
        let master = self.master.as_ref().expect("the terminal is open");
        assert_eq!(modes(master.as_ref()), self.found, "the terminal's modes");
    }

    /// As [`Pty::assert_restored`] without the line discipline, which a shell that is reading has
    /// set for itself.
    pub fn assert_own_screen(&self) {
        let terminal = self.terminal();
        let screen = terminal.parser.screen();
        let left = [
            ("the alternate screen", screen.alternate_screen()),
            ("a hidden cursor", screen.hide_cursor()),
            ("reports of pastes", screen.bracketed_paste()),
            ("reports of the mouse", screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None),
            ("application cursor keys", screen.application_cursor()),
            ("colours", screen.fgcolor() != vt100::Color::Default || screen.bgcolor() != vt100::Color::Default),
        ];
        let left: Vec<&str> = left.iter().filter(|(_, on)| *on).map(|(what, _)| *what).collect();
        assert!(left.is_empty(), "left on: {}\n{}", left.join(", "), show(&terminal));
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        // What runs in front on this terminal, then what we started: nobody is left behind.
        let front = self.master.as_ref().and_then(|master| master.process_group_leader());
        if let Some(front) = front.and_then(Pid::from_raw) {
            let _ = kill_process_group(front, Signal::KILL);
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
        *lock(&self.writer) = None;
        // Not while failing: the reader may be waiting for a process that escaped.
        if let Some(reader) = self.reader.take().filter(|_| !thread::panicking()) {
            let _ = reader.join();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("a terminal has a size")
}

/// The modes of the line discipline, to be compared.
fn modes(master: &(dyn MasterPty + Send)) -> String {
    format!("{:?}", master.get_termios().expect("a terminal has modes"))
}

fn read(
    mut from: Box<dyn Read + Send>,
    shared: &Shared,
    writer: &Mutex<Option<Box<dyn Write + Send>>>,
    answers: &[(&'static str, String)],
) {
    let mut bytes = [0; 16 * 1024];
    loop {
        let count = from.read(&mut bytes).unwrap_or(0);
        let mut terminal = lock(&shared.terminal);
        terminal.ended = count == 0;
        terminal.reads += 1;
        terminal.written.extend_from_slice(&bytes[..count]);
        terminal.parser.process(&bytes[..count]);
        drop(terminal);
        shared.changed.notify_all();
        if count == 0 || shared.closing.load(Ordering::SeqCst) {
            return;
        }
        // The questions fit in one write of the program's, and so in one read of ours.
        let asked = |question: &str| bytes[..count].windows(question.len()).any(|window| window == question.as_bytes());
        for (_, answer) in answers.iter().filter(|(question, _)| asked(question)) {
            if let Some(writer) = lock(writer).as_mut() {
                let _ = writer.write_all(answer.as_bytes()).and_then(|()| writer.flush());
            }
        }
    }
}

fn key(name: &str) -> String {
    if let Some(letter) = name.strip_prefix("c-") {
        let byte = letter.bytes().next().expect("Ctrl goes with a letter");
        return char::from(byte & 0x1f).to_string();
    }
    match name {
        "enter" => "\r",
        "esc" => "\x1b",
        "tab" => "\t",
        "backspace" => "\x7f",
        "space" => " ",
        "up" => "\x1b[A",
        "down" => "\x1b[B",
        "right" => "\x1b[C",
        "left" => "\x1b[D",
        "home" => "\x1b[H",
        "end" => "\x1b[F",
        "pgup" => "\x1b[5~",
        "pgdn" => "\x1b[6~",
        "lt" => "<",
        _ => panic!("no key is called <{name}>"),
    }
    .to_owned()
}

/// The screen with a frame, and the last bytes written: what a failed test shows.
fn show(terminal: &Terminal) -> String {
    let screen = terminal.parser.screen();
    let (rows, columns) = screen.size();
    let mut out = format!("the screen ({columns}x{rows}{}):\n", if terminal.ended { ", ended" } else { "" });
    for row in screen.rows(0, columns.get()) {
        let _ = writeln!(out, "|{row}");
    }
    let tail = &terminal.written[terminal.written.len().saturating_sub(400)..];
    let _ = write!(out, "the last bytes: {}", tail.escape_ascii());
    out
}
