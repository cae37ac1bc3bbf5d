//! The output of a command of this machine, as bytes: without a shell, within a time and a size, and
//! ended with everything that it started.

use std::io::Read;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};

use super::Cancel;
use crate::text::Clean;

/// Of what a command says on standard error, so many bytes are looked at.
const MOST_SAID: u64 = 4096;

/// How often a running command is looked after: whether it was called off.
const LOOK: Duration = Duration::from_millis(20);

/// How long one waits for what a command said, once it has ended: it lies in the pipe already, and the
/// thread that reads it has to get its turn.
const TO_SAY: Duration = Duration::from_millis(500);

/// How long a command may go on once it has closed its output.
const TO_END: Duration = Duration::from_secs(1);

/// Why a command gave nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// It cannot be started, in the system's words.
    NotStarted(Clean),
    /// It ended badly: how, and the first line of what it said.
    Failed(Clean),
    /// It took longer than that.
    TooSlow(Duration),
    /// It wrote more than that many bytes.
    TooLarge(u64),
    /// It was called off.
    Cancelled,
}

/// What a command may use.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    /// The longest it may run.
    pub(super) time: Duration,
    /// The most bytes it may write.
    pub(super) bytes: u64,
}

/// A command's group of processes. What still runs of it is killed when this is dropped, whatever the
/// way out.
struct Group {
    child: Child,
}

impl Drop for Group {
    fn drop(&mut self) {
        if let Some(group) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) {
            // Fails where nobody is left, which is what is wanted. Until the child is waited for, below,
            // its number cannot have become somebody else's.
            let _ = kill_process_group(group, Signal::KILL);
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

enum Told {
    Output(Result<Vec<u8>, u64>),
    Said(Vec<u8>),
}

/// Runs a command and gives what it writes to standard output. Blocks: not for an async task.
///
/// The words are the program and its arguments; `~/` before the program is the person's home, nothing
/// else means anything. It has no standard input and no terminal to ask on.
///
/// # Errors
/// See [`Trouble`]; a command that ends with another status than 0 gave nothing.
pub(super) fn output(words: &[String], bounds: Bounds, cancel: &Cancel) -> Result<Vec<u8>, Trouble> {
    let not_started = |error: &dyn std::fmt::Display| Trouble::NotStarted(Clean::new(&error.to_string()));
    let Some((program, arguments)) = words.split_first() else { return Err(not_started(&"no program is named")) };
    let child = Command::new(at_home(program))
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        // A group of its own, so that what it starts can be ended with it.
        .process_group(0)
        .spawn()
        .map_err(|error| not_started(&error))?;
    let mut group = Group { child };
    let (tell, told) = mpsc::channel();
    if let (Some(out), Some(err)) = (group.child.stdout.take(), group.child.stderr.take()) {
        read(out, bounds.bytes, tell.clone(), |bytes, over| Told::Output(if over { Err(0) } else { Ok(bytes) }))
            .and_then(|()| read(err, MOST_SAID, tell, |bytes, _| Told::Said(bytes)))
            .map_err(|error| not_started(&error))?;
    }
    let end = Instant::now() + bounds.time;
    let (mut output, mut said) = (None, None);
    loop {
        match told.recv_timeout(LOOK) {
            Ok(Told::Output(Ok(bytes))) => output = Some(bytes),
            Ok(Told::Output(Err(_))) => return Err(Trouble::TooLarge(bounds.bytes)),
            Ok(Told::Said(bytes)) => said = Some(bytes),
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {}
        }
        if cancel.is_cancelled() {
            return Err(Trouble::Cancelled);
        }
        if Instant::now() >= end {
            return Err(Trouble::TooSlow(bounds.time));
        }
        // Something that it left running may hold its standard error open for ever.
        if output.is_some() && group.child.try_wait().is_ok_and(|ended| ended.is_some()) {
            if said.is_none()
                && let Ok(Told::Said(bytes)) = told.recv_timeout(TO_SAY)
            {
                said = Some(bytes);
            }
            break;
        }
    }
    let patience = Instant::now() + TO_END;
    let status = loop {
        match group.child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) if Instant::now() < patience => std::thread::sleep(Duration::from_millis(2)),
            Ok(None) => return Err(Trouble::Failed("it closed its output and did not end".into())),
            Err(error) => return Err(not_started(&error)),
        }
    };
    if status.success() {
        return Ok(output.unwrap_or_default());
    }
    let said = said.unwrap_or_default();
    let said = String::from_utf8_lossy(&said);
    let line = Clean::new(said.lines().find(|line| !line.trim().is_empty()).unwrap_or(""));
    let how = Clean::new(&status.to_string());
    Err(Trouble::Failed(if line.is_empty() { how } else { crate::clean!("{line} ({how})") }))
}

/// Reads a pipe on a thread of its own: to its end, or to `most` bytes and no further.
fn read(
    pipe: impl Read + Send + 'static,
    most: u64,
    tell: Sender<Told>,
    as_told: impl FnOnce(Vec<u8>, bool) -> Told + Send + 'static,
) -> std::io::Result<()> {
    std::thread::Builder::new().name("command".to_owned()).spawn(move || {
        let mut bytes = Vec::new();
        // What could be read before an error is what there is.
        let _ = pipe.take(most.saturating_add(1)).read_to_end(&mut bytes);
        let over = bytes.len() as u64 > most;
        bytes.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        let _ = tell.send(as_told(bytes, over));
    })?;
    Ok(())
}

/// A program, `~/` before it being the person's home.
fn at_home(program: &str) -> std::path::PathBuf {
    match (program.strip_prefix("~/"), directories::BaseDirs::new()) {
        (Some(rest), Some(dirs)) => dirs.home_dir().join(rest),
        _ => program.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUNDS: Bounds = Bounds { time: Duration::from_secs(20), bytes: 1000 };

    fn run(words: &[&str], bounds: Bounds) -> Result<String, Trouble> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        output(&words, bounds, &Cancel::new()).map(|bytes| String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn arguments_are_arguments_and_no_shell_reads_them() {
        assert_eq!(run(&["echo", "-n", "$(id) | cat; a  b"], BOUNDS).unwrap(), "$(id) | cat; a  b");
    }

    #[test]
    fn what_went_wrong_is_said() {
        let missing = run(&["/nowhere/to-be-found"], BOUNDS).unwrap_err();
        assert!(matches!(&missing, Trouble::NotStarted(why) if why.as_str().contains("No such file")), "{missing:?}");
        let failed = run(&["sh", "-c", "echo out; echo; echo >&2 '\x1b[31mno such feed'; exit 3"], BOUNDS);
        assert_eq!(failed, Err(Trouble::Failed("no such feed (exit status: 3)".into())));
        assert_eq!(run(&["yes"], BOUNDS), Err(Trouble::TooLarge(1000)));
        assert!(run(&[], BOUNDS).is_err());
    }

    #[test]
    fn a_slow_one_is_ended_with_what_it_started() {
        let dir = tempfile::tempdir().unwrap();
        let mark = dir.path().join("alive");
        let script = format!("(sleep 1; touch {}) & sleep 60", mark.display());
        let bounds = Bounds { time: Duration::from_millis(300), ..BOUNDS };
        assert_eq!(run(&["sh", "-c", &script], bounds), Err(Trouble::TooSlow(bounds.time)));
        std::thread::sleep(Duration::from_millis(1200));
        assert!(!mark.exists(), "a process was left behind");
    }

    #[test]
    fn one_that_is_called_off_ends_at_once() {
        let (cancel, began) = (Cancel::new(), Instant::now());
        let late = cancel.clone();
        let thread = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(100));
            late.cancel();
        });
        let words = ["sleep".to_owned(), "60".to_owned()];
        assert_eq!(output(&words, BOUNDS, &cancel), Err(Trouble::Cancelled));
        assert!(began.elapsed() < Duration::from_secs(10));
        thread.join().unwrap();
    }
}
