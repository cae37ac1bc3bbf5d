//! The other programs of our process group: those that were given the terminal.

use std::thread;
use std::time::{Duration, Instant};

use super::lending;

/// How long they may take to leave the terminal in order before they stop.
const PARTING: Duration = Duration::from_secs(1);

/// How long to wait before looking again whether they have.
const STEP: Duration = Duration::from_millis(2);

/// Waits until they have stopped, for a second at the most, and no longer than the terminal is lent.
///
/// The shell above takes the terminal as soon as *we* have stopped. A pager that is still putting it
/// in order by then does so behind the shell's back: the prompt goes with the pager's screen, and
/// what is typed meanwhile is swallowed.
pub(super) fn await_others_stopped() {
    let until = Instant::now() + PARTING;
    while lending::is_lent() && Instant::now() < until && others_run() {
        thread::sleep(STEP);
    }
}

/// Whether one of them still runs. A line of the person's is run by `sh`, which stops at once: the
/// pager behind it is only to be seen in `/proc`.
#[cfg(target_os = "linux")]
fn others_run() -> bool {
    let (ourselves, group) = (std::process::id(), rustix::process::getpgrp().as_raw_nonzero().get());
    let Ok(processes) = std::fs::read_dir("/proc") else { return false };
    processes
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<u32>().ok())
        .filter(|process| *process != ourselves)
        .filter_map(|process| std::fs::read_to_string(format!("/proc/{process}/stat")).ok())
        .any(|stat| runs_in(&stat, group))
}

/// Whether a process with this line in `/proc/PID/stat` is of that group and runs. After the name, in
/// parentheses of which it may itself have some, come the state, the parent and the group
/// (`proc_pid_stat(5)`).
#[cfg(target_os = "linux")]
fn runs_in(stat: &str, group: i32) -> bool {
    let Some((_, fields)) = stat.rsplit_once(')') else { return false };
    let mut fields = fields.split_whitespace();
    let (state, of) = (fields.next(), fields.nth(1));
    // Stopped, traced, ended: none of these will touch the terminal.
    of.and_then(|of| of.parse().ok()) == Some(group) && !matches!(state, Some("T" | "t" | "Z" | "X"))
}

/// Whether the one that we have started still runs.
#[cfg(not(target_os = "linux"))]
fn others_run() -> bool {
    use rustix::process::{WaitId, WaitIdOptions, waitid};
    // The state is left for whoever waits for the program; asking does not take it away.
    let stopped = WaitIdOptions::STOPPED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    matches!(waitid(WaitId::All, stopped), Ok(None) | Err(rustix::io::Errno::INTR))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn what_runs_is_told_from_what_has_stopped() {
        let line = |state: &str, group: &str| format!("71 (a) b (c)) {state} 70 {group} 60 34816 71 4194304 1");
        assert!(runs_in(&line("S", "69"), 69));
        assert!(runs_in(&line("R", "69"), 69));
        assert!(!runs_in(&line("T", "69"), 69));
        assert!(!runs_in(&line("Z", "69"), 69));
        assert!(!runs_in(&line("S", "68"), 69));
        assert!(!runs_in("", 69));
    }

    #[test]
    fn a_program_of_our_group_is_seen_until_it_stops() {
        let mut child = std::process::Command::new("sleep").arg("60").spawn().unwrap();
        let stat = || std::fs::read_to_string(format!("/proc/{}/stat", child.id())).unwrap();
        let group = rustix::process::getpgrp().as_raw_nonzero().get();
        assert!(runs_in(&stat(), group));
        let pid = rustix::process::Pid::from_child(&child);
        rustix::process::kill_process(pid, rustix::process::Signal::STOP).unwrap();
        while runs_in(&stat(), group) {
            thread::sleep(STEP);
        }
        child.kill().unwrap();
        child.wait().unwrap();
    }
}
