//! The terminal is left as it was found, whatever ends the program.
#![cfg(unix)]

mod support;

use std::time::Duration;

use rustix::process::Signal;
use support::Home;
use support::pty::{Launch, Pty};

/// What is on the first screen of a fresh home, at any size that can hold it.
const SHOWN: &str = "Dateline";

fn started(launch: Launch<'_>) -> Pty {
    let pty = launch.start();
    pty.wait_for(SHOWN);
    pty
}

#[test]
fn quitting() {
    let home = Home::new();
    let mut pty = started(Launch::dateline(&home, &[]));
    pty.wait_until("the screen is ours", |screen| screen.alternate_screen() && screen.bracketed_paste());
    pty.keys("q");
    assert_eq!(pty.wait_exit().exit_code(), 0);
    pty.assert_restored();
    assert_eq!(pty.screen().trim(), "", "nothing is printed");
}

#[test]
fn a_panic_on_the_screens_thread() {
    let home = Home::new();
    let mut pty = started(Launch::dateline(&home, &[]).variable("DATELINE_TEST_PANIC", "screen"));
    pty.keys("j");
    let status = pty.wait_exit();
    assert!(!status.success() && status.signal().is_none(), "{status}");
    pty.assert_restored();
    let screen = pty.screen();
    assert!(screen.contains("internal error") && !screen.contains("stack backtrace"), "{screen}");
}

#[test]
fn a_panic_in_a_worker() {
    let home = Home::new();
    let mut pty = started(Launch::dateline(&home, &[]).variable("DATELINE_TEST_PANIC", "thinker"));
    // Told in a notice; the program lives on.
    pty.wait_for("Internal error in the thinker");
    pty.keys("q");
    assert_eq!(pty.wait_exit().exit_code(), 0);
    pty.assert_restored();
}

#[test]
fn signals_that_end() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130)] {
        let home = Home::new();
        let mut pty = started(Launch::dateline(&home, &[]));
        pty.signal(signal);
        let status = pty.wait_exit();
        assert_eq!(status.exit_code(), code, "{signal:?}: {status}");
        pty.assert_restored();
    }
}

/// Waits for the shell to ask for the next command: what is typed before may be taken by a program
/// that is just stopping.
fn prompted(pty: &Pty) {
    pty.wait_until("the shell asks", |screen| {
        !screen.alternate_screen()
            && screen.contents().trim_end().lines().last().is_some_and(|line| line.trim() == "ready>")
    });
}

#[test]
fn suspended_and_continued() {
    let home = Home::new();
    let pty = Launch::shell(&home).start();
    prompted(&pty);
    pty.keys("echo before $(stty -g)<enter>");
    pty.wait_for("\nbefore ");
    prompted(&pty);
    pty.keys("dateline<enter>");
    pty.wait_until("the screen is ours", |screen| screen.alternate_screen());
    pty.wait_for(SHOWN);
    for _ in 0..2 {
        pty.keys("<c-z>");
        prompted(&pty);
        pty.keys("echo after $(stty -g)<enter>");
        pty.wait_until("the modes are as before", |screen| {
            let contents = screen.contents();
            let of = |word: &str| -> Option<String> {
                let line = contents.lines().rev().find(|line| line.starts_with(word))?;
                Some(line[word.len()..].to_owned())
            };
            of("after ").is_some() && of("after ") == of("before ")
        });
        prompted(&pty);
        pty.assert_own_screen();
        pty.keys("fg<enter>");
        pty.wait_until("the screen is ours again", |screen| screen.alternate_screen() && screen.hide_cursor());
        pty.wait_for(SHOWN);
    }
    pty.keys("q");
    prompted(&pty);
    pty.keys("echo status $?<enter>");
    pty.wait_for("status 0");
}

#[test]
fn stopped_from_outside() {
    let home = Home::new();
    let pty = Launch::shell(&home).start();
    prompted(&pty);
    pty.keys("dateline<enter>");
    pty.wait_until("the screen is ours", |screen| screen.alternate_screen());
    pty.wait_for(SHOWN);
    // To the program alone, as from another terminal.
    rustix::process::kill_process(pty.front(), Signal::TSTP).expect("the program is running");
    prompted(&pty);
    pty.assert_own_screen();
    pty.keys("fg<enter>");
    pty.wait_until("the screen is ours again", |screen| screen.alternate_screen());
    pty.wait_for(SHOWN);
    pty.keys("q");
    pty.wait_until("the program has ended", |screen| !screen.alternate_screen());
}

#[test]
fn where_nobody_could_continue_it_does_not_stop() {
    let home = Home::new();
    let mut pty = started(Launch::dateline(&home, &[]));
    pty.keys("<c-z>");
    pty.wait_for("no shell to suspend to");
    pty.keys("q");
    assert_eq!(pty.wait_exit().exit_code(), 0);
    pty.assert_restored();
}

#[test]
fn the_terminal_goes_away() {
    let home = Home::new();
    let mut pty = started(Launch::dateline(&home, &[]));
    pty.close();
    let status = pty.wait_exit();
    assert!(status.signal().is_none(), "{status}");
}

#[test]
fn one_cell() {
    let home = Home::new();
    let mut pty = Launch::dateline(&home, &[]).size(1, 1).start();
    pty.wait_until("the screen is ours", |screen| screen.alternate_screen());
    // No way back: at the top that would quit.
    pty.keys("jjj<enter>??<tab>B");
    pty.settle();
    pty.resize(120, 40);
    pty.wait_for(SHOWN);
    pty.signal(Signal::TERM);
    assert_eq!(pty.wait_exit().exit_code(), 143);
    pty.assert_restored();
}

#[test]
fn a_storm_of_resizes() {
    let home = Home::new();
    let mut pty = started(Launch::dateline(&home, &[]));
    for n in 0..200_u16 {
        pty.resize(1 + n * 37 % 211, 1 + n * 17 % 67);
        if n % 10 == 0 {
            pty.keys("jk");
        }
    }
    pty.resize(120, 40);
    pty.settle();
    pty.wait_for(SHOWN);
    pty.keys("q");
    assert_eq!(pty.wait_exit().exit_code(), 0);
    pty.assert_restored();
}

#[test]
fn a_background_told_late_is_no_key() {
    let home = Home::new();
    let mut pty = started(Launch::dateline(&home, &[]).background("rgb:ffff/ffff/ffff"));
    pty.send(b"\x1b]11;rgb:0000/00");
    std::thread::sleep(Duration::from_millis(60));
    pty.send(b"00/0000\x1b\\");
    pty.settle();
    assert!(!pty.screen().contains("rgb:"), "{}", pty.screen());
    pty.keys("q");
    assert_eq!(pty.wait_exit().exit_code(), 0);
    pty.assert_restored();
}

#[test]
fn not_on_a_terminal() {
    let home = Home::new();
    let output = home.dateline(&[]).stdin(std::process::Stdio::null()).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("needs a terminal") && output.stdout.is_empty(), "{output:?}");
}
