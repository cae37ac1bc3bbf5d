//! Running programs that articles are given to: apart from the screen, or with the terminal lent.

use std::io::{self, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use super::worker::{Outbox, guarded, spawn};
use crate::app::piping::{How, Ran, Run};
use crate::app::{Event, Problem};
use crate::clean;
use crate::net::Cancel;
use crate::text::{Clean, CleanText, Raw};

/// The most that is read of what a program writes, in bytes.
const MOST: u64 = 1 << 20;

/// The longest that a program may run that nobody sees.
const LONGEST: Duration = Duration::from_secs(300);

/// How often it is looked after.
const LOOK: Duration = Duration::from_millis(20);

/// Runs a program on a thread of its own. What it wrote comes back as [`Event::Ran`]; `cancel` ends it.
pub(super) fn start(run: Run, cancel: Cancel, outbox: &Outbox) {
    let (outbox, failed) = (outbox.clone(), outbox.clone());
    let name = run.name.clone();
    let started = spawn("run", move || {
        guarded("program that was run", &outbox, || {
            let ran = captured(&run, &cancel);
            outbox.send(Event::Ran(ran));
        });
    });
    if let Err(error) = started {
        failed.send(Event::Trouble(Problem { message: clean!("{name} was not started: {error}."), hint: None }));
    }
}

/// The program as it is to be started.
fn command(run: &Run) -> Command {
    let mut command = match &run.how {
        How::Line(line) => {
            let mut command = Command::new("sh");
            command.arg("-c").arg(line.as_str());
            command
        }
        How::Words(words) => {
            let mut words = words.iter().map(Clean::as_str);
            let mut command = Command::new(words.next().unwrap_or_default());
            command.args(words);
            command
        }
    };
    command.envs(run.environment.iter().map(|(name, value)| (*name, value.as_str())));
    command
}

/// Runs it and takes in what it writes.
fn captured(run: &Run, cancel: &Cancel) -> Ran {
    let name = run.name.clone();
    let ran = |output: CleanText, failed: Option<Clean>| Ran { name: name.clone(), output, failed };
    let mut command = command(run);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        // A group of its own: Ctrl-C on this terminal is not meant for it, and it ends whole.
        command.process_group(0);
    }
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) => return ran(CleanText::default(), Some(not_started(&error))),
    };
    let (told, written) = std::sync::mpsc::channel();
    feed(&mut child, run.input.clone());
    for (n, from) in [
        child.stdout.take().map(|out| Box::new(out) as Box<dyn Read + Send>),
        child.stderr.take().map(|err| Box::new(err) as Box<dyn Read + Send>),
    ]
    .into_iter()
    .flatten()
    .enumerate()
    {
        let told = told.clone();
        let _ = spawn("run reads", move || {
            let mut bytes = Vec::new();
            let mut limited = from.take(MOST);
            // What was read before an error is still something to read.
            let _ = limited.read_to_end(&mut bytes);
            let _ = told.send((n, bytes));
            // The rest is let through, lest the program wait for ever for somebody to read it.
            let _ = io::copy(&mut limited.into_inner(), &mut io::sink());
        });
    }
    drop(told);
    let status = wait(&mut child, cancel);
    // What it left running behind itself may hold the pipe open: that is not waited for.
    let until = Instant::now() + Duration::from_millis(500);
    let mut parts: Vec<(usize, Vec<u8>)> = Vec::new();
    while parts.len() < 2 {
        let Ok(part) = written.recv_timeout(until.saturating_duration_since(Instant::now())) else { break };
        parts.push(part);
    }
    parts.sort();
    let bytes: Vec<u8> = parts.into_iter().flat_map(|(_, bytes)| bytes).collect();
    let output = Raw::new(String::from_utf8_lossy(&bytes)).text();
    ran(output, status)
}

/// Writes what it reads, on a thread of its own: it may write before it has read all.
fn feed(child: &mut Child, input: CleanText) {
    let Some(mut into) = child.stdin.take() else { return };
    let _ = spawn("run writes", move || {
        // Whoever has read enough closes it: `head` is a success.
        let _ = into.write_all(input.as_str().as_bytes()).and_then(|()| into.write_all(b"\n"));
    });
}

/// Waits for its end, for five minutes at most; why it did not end well, in words.
pub(super) fn wait(child: &mut Child, cancel: &Cancel) -> Option<Clean> {
    let until = Instant::now() + LONGEST;
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return failure(status),
            Ok(None) if cancel.is_cancelled() || Instant::now() >= until => {
                end(child);
                let _ = child.wait();
                let why = if cancel.is_cancelled() { "cancelled" } else { "ended after five minutes" };
                return Some(Clean::new(why));
            }
            Ok(None) => std::thread::sleep(LOOK),
            Err(error) => return Some(clean!("{error}")),
        }
    }
}

/// Ends it, and what it has started.
fn end(child: &mut Child) {
    let group = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw);
    let ended = group.map(|group| rustix::process::kill_process_group(group, rustix::process::Signal::KILL));
    if !matches!(ended, Some(Ok(()))) {
        let _ = child.kill();
    }
}

/// Why a program that has ended did not do so well.
fn failure(status: ExitStatus) -> Option<Clean> {
    match status.code() {
        Some(0) => None,
        // A shell's words for it, which nobody sees who has not kept them.
        Some(126) => Some(Clean::new("cannot be run (status 126)")),
        Some(127) => Some(Clean::new("there is no such program (status 127)")),
        Some(code) => Some(clean!("failed with status {code}")),
        None => Some(Clean::new("was killed")),
    }
}

fn not_started(error: &io::Error) -> Clean {
    match error.kind() {
        io::ErrorKind::NotFound => Clean::new("there is no such program"),
        _ => clean!("could not be started: {error}"),
    }
}

/// Runs a program that has the terminal, which the caller has given back. Returns when it has ended.
pub(super) fn with_terminal(run: &Run) -> Ran {
    let ran = |failed| Ran { name: run.name.clone(), output: CleanText::default(), failed };
    let mut command = command(run);
    if !run.input.is_empty() {
        command.stdin(Stdio::piped());
    }
    match command.spawn() {
        Ok(mut child) => {
            feed(&mut child, run.input.clone());
            match child.wait() {
                Ok(status) => ran(failure(status)),
                Err(error) => ran(Some(clean!("{error}"))),
            }
        }
        Err(error) => ran(Some(not_started(&error))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(how: How, input: &str) -> Run {
        let environment = vec![("DATELINE_TITLE", Clean::new("Rain; $(touch /tmp/never)"))];
        Run { name: "it".into(), how, input: CleanText::new(input), environment, terminal: false }
    }

    fn line(line: &str) -> How {
        How::Line(Clean::new(line))
    }

    #[test]
    fn the_article_comes_by_standard_input_and_the_rest_by_the_environment() {
        let ran = captured(&run(line("cat; printf %s \"$DATELINE_TITLE\""), "one\ntwo"), &Cancel::new());
        assert_eq!(ran.output.as_str().trim_end(), "one\ntwo\nRain; $(touch /tmp/never)");
        assert_eq!(ran.failed, None);
    }

    #[test]
    fn words_are_read_by_no_shell() {
        let words = ["printf", "%s", "$(id); `id`"].map(Clean::new).to_vec();
        assert_eq!(captured(&run(How::Words(words), ""), &Cancel::new()).output.as_str().trim_end(), "$(id); `id`");
        let missing = How::Words(vec!["/no/such/program-of-dateline".into()]);
        assert_eq!(captured(&run(missing, ""), &Cancel::new()).failed.unwrap().as_str(), "there is no such program");
    }

    #[test]
    fn failures_are_said_and_what_drives_a_terminal_is_taken_out() {
        let ran = captured(&run(line("printf 'a\\033[31mb\\n'; echo bad >&2; exit 3"), ""), &Cancel::new());
        assert_eq!(ran.output.as_str().trim_end(), "ab\nbad");
        assert_eq!(ran.failed.unwrap().as_str(), "failed with status 3");
    }

    #[test]
    fn much_is_cut_and_what_is_called_off_ends() {
        let ran = captured(&run(line("head -c 3000000 /dev/zero | tr '\\0' x"), &"a".repeat(100_000)), &Cancel::new());
        assert!(ran.output.as_str().len() <= 1 << 20);
        let cancel = Cancel::new();
        cancel.cancel();
        assert_eq!(captured(&run(line("sleep 60"), ""), &cancel).failed.unwrap().as_str(), "cancelled");
    }
}
