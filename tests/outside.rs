//! What the program has to do with others from inside a terminal: those that are lent it, those that
//! tell of news, and the terminal itself, which `doctor` asks what it can do.
#![cfg(unix)]
#![allow(clippy::print_stdout, reason = "a test that is skipped says so")]
#![allow(clippy::unwrap_used, reason = "a test says what failed by where it failed")]

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use support::pty::Launch;
use support::{Home, Pty, Reply, Server};

/// Whether a program is to be had here.
fn is_there(program: &str) -> bool {
    let found = std::process::Command::new(program).arg("--version").output().is_ok();
    if !found {
        println!("skipped: there is no {program} here");
    }
    found
}

/// The first article of the edition is at the cursor.
fn edition(launch: Launch<'_>) -> Pty {
    let pty = launch.start();
    pty.wait_for("The Dateline Edition");
    pty.settle();
    pty
}

/// What `stty` says of the terminal lies in this file of the home.
fn seen(home: &Home, name: &str) -> String {
    std::fs::read_to_string(home.file(name)).unwrap_or_default()
}

/// Whether `less` shows the article, and nothing of the reader is left.
fn paging(screen: &vt100::Screen) -> bool {
    let shown = screen.contents();
    !shown.contains("RELATED") && (shown.contains("(END)") || shown.trim_end().ends_with(':'))
}

#[test]
fn a_pager_has_the_terminal_and_gives_it_back() {
    if !is_there("less") {
        return;
    }
    let home = Home::new();
    let pty = edition(Launch::dateline(&home, &[]));
    pty.keys("|less<enter>");
    pty.wait_until("less shows the article alone", paging);
    // What is typed is the pager's: `q` ends it, and not the reader.
    pty.keys("q");
    pty.wait_for("less: done.");
    pty.wait_for("RELATED");
    pty.keys("j");
    pty.wait_gone("less: done.");
    pty.quit();
}

#[test]
fn a_program_that_leaves_a_mess_behind_is_cleaned_up_after() {
    let home = Home::new();
    let pty = edition(Launch::dateline(&home, &[]));
    let before = pty.screen();
    // Raw, without echo; margins, origin mode, line drawing, the mouse; half of a string without an end.
    pty.keys(
        "|!stty raw -echo <lt>/dev/tty; printf '\\033[5;10r\\033[?6h\\033(0\\033[?1003h\\033]0;x' >/dev/tty; exit 3<enter>",
    );
    pty.wait_for("failed with status 3.");
    pty.keys("jk");
    pty.wait_gone("failed with status 3.");
    pty.settle();
    assert_eq!(pty.screen(), before);
    pty.quit();
}

#[test]
fn a_program_that_is_not_there_is_said_and_nothing_is_lost() {
    let home = Home::new();
    let pty = edition(Launch::dateline(&home, &[]));
    // With the screen lent; apart from it, where what the shell said is shown until it is closed.
    for (line, close) in
        [("|!no-such-program-of-dateline<enter>", "jk"), ("|no-such-program-of-dateline --x<enter>", "q")]
    {
        pty.keys(line);
        pty.wait_for("there is no such program");
        pty.keys(close);
        pty.wait_gone("there is no such program");
    }
    pty.wait_for("The Dateline Edition");
    pty.quit();
}

#[test]
fn a_pager_that_is_stopped_takes_the_reader_with_it_and_both_go_on() {
    if !is_there("less") {
        return;
    }
    let home = Home::new();
    let pty = Launch::shell(&home).start();
    let prompted =
        |screen: &vt100::Screen| screen.contents().trim_end().lines().last().is_some_and(|l| l.trim() == "ready>");
    pty.wait_until("the shell asks", prompted);
    pty.keys("dateline<enter>");
    pty.wait_for("The Dateline Edition");
    pty.settle();
    pty.keys("|less<enter>");
    pty.wait_until("less shows the article", paging);
    // A signal that comes before it waits for keys it would see with the next key only.
    pty.settle();
    pty.keys("<c-z>");
    pty.wait_until("the shell asks again", prompted);
    pty.keys("fg<enter>");
    pty.wait_until("less is there again", paging);
    pty.keys("q");
    pty.wait_for("less: done.");
    pty.keys("q");
    pty.wait_until("the shell has it back", |screen| !screen.alternate_screen() && prompted(screen));
}

/// A headline that would like to name the window, ring and colour the screen.
const HOSTILE: &str = "The crane &#27;]0;owned&#7;&#27;[31m has&#27;P0;1q#0~&#27;\\ moved&#x202e; -- $(touch owned)";

/// A server whose feed has as many articles as the counter says; the second is hostile.
fn harbour() -> (Server, Arc<AtomicUsize>) {
    let (server, many) = (Server::start(), Arc::new(AtomicUsize::new(1)));
    let counter = Arc::clone(&many);
    server.route_with("/feed.xml", move |_| {
        let titles = ["The ferry has sailed", HOSTILE];
        let items: String = (0..counter.load(Ordering::SeqCst))
            .map(|n| {
                format!(
                    "<item><title>{}</title><guid>{n}</guid><description>From the harbour.</description></item>",
                    titles[n]
                )
            })
            .collect();
        let feed = format!("<rss version=\"2.0\"><channel><title>The Harbour Post</title>{items}</channel></rss>");
        Reply::ok(feed).header("Content-Type", "application/rss+xml")
    });
    (server, many)
}

/// A home that is subscribed to the feed, with a saved search that both of its articles match.
fn home_with(settings: &str, server: &Server) -> Home {
    let home = Home::new();
    std::fs::create_dir_all(home.path().join("config/dateline")).unwrap();
    std::fs::write(home.path().join("config/dateline/config.toml"), settings).unwrap();
    for arguments in [&["add", &server.url("/feed.xml")][..], &["saved", "add", "port", "harbour"]] {
        let output = home.dateline(arguments).output().unwrap();
        assert!(output.status.success(), "{output:?}");
    }
    home
}

/// The reader, which has brought the hostile article in; how much had been written before.
fn refreshed(launch: Launch<'_>, many: &AtomicUsize) -> (Pty, usize) {
    let pty = launch.start();
    pty.wait_for("The ferry has sailed");
    pty.settle();
    let before = pty.written().len();
    many.store(2, Ordering::SeqCst);
    pty.keys("R");
    pty.wait_for("1 new");
    (pty, before)
}

/// What is told of the hostile article.
const TOLD: &str = "port: The crane has moved -- $(touch owned)";

#[test]
fn the_terminal_tells_of_news_and_a_headline_cannot_drive_it() {
    for (term, words) in [
        ("xterm-256color", format!("\x1b]9;Dateline: {TOLD}\x1b\\")),
        ("foot", format!("\x1b]777;notify;Dateline;{TOLD}\x1b\\")),
    ] {
        let (server, many) = harbour();
        let home = home_with("notify = \"terminal\"\n", &server);
        let (pty, before) = refreshed(Launch::dateline(&home, &[]).variable("TERM", term), &many);
        pty.wait_written(before, &words);
        pty.settle();
        let sent = pty.quit();
        assert_eq!(sent.matches("\x1b]9;").count() + sent.matches("\x1b]777;").count(), 1, "{term}");
        assert!(!sent.contains("\x1b]0;") && !sent.contains('\x07') && !sent.contains('\u{9d}'), "{term}");
    }
}

#[test]
fn the_bell_rings_once_and_also_within_a_multiplexer() {
    for (settings, inside) in [("notify = \"bell\"\n", ""), ("notify = \"terminal\"\n", "/tmp/tmux-0/default,1,0")] {
        let (server, many) = harbour();
        let home = home_with(settings, &server);
        let (pty, before) = refreshed(Launch::dateline(&home, &[]).variable("TMUX", inside), &many);
        pty.wait_written(before, "\x07");
        pty.settle();
        let sent = pty.quit();
        assert_eq!((sent.matches('\x07').count(), sent.contains("\x1b]9;")), (1, false), "{settings}");
    }
}

#[test]
fn a_command_gets_what_is_told_as_one_argument() {
    let (server, many) = harbour();
    let home = home_with(
        "notify = \"command\"\nnotify_command = \"sh -c 'printf %%s \\\"$#:$0\\\" > told.part; mv told.part told' %s\"\n",
        &server,
    );
    let (pty, _) = refreshed(Launch::dateline(&home, &[]), &many);
    for _ in 0..200 {
        if !seen(&home, "told").is_empty() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert_eq!(seen(&home, "told"), format!("0:{TOLD}"));
    assert!(!home.file("owned").exists());
    pty.quit();
    // One that fails, or is not there, is said where the person looks.
    for (command, said) in [("false", "failed with status 1"), ("/no/such/program-of-dateline", "could not be started")]
    {
        let (server, many) = harbour();
        let home = home_with(&format!("notify = \"command\"\nnotify_command = \"{command}\"\n"), &server);
        let (pty, _) = refreshed(Launch::dateline(&home, &[]), &many);
        pty.wait_for(said);
        pty.quit();
    }
}

#[test]
fn nobody_is_told_where_nobody_wants_to_be() {
    let (server, many) = harbour();
    let home = home_with("", &server);
    let (pty, before) = refreshed(Launch::dateline(&home, &[]), &many);
    pty.settle();
    let sent = pty.written()[before..].to_owned();
    assert!(!sent.contains('\x07') && !sent.contains("\x1b]9;") && !sent.contains("\x1b]777;"));
    pty.quit();
}

/// What `dateline doctor` says on this terminal.
fn doctor(launch: Launch<'_>) -> String {
    let mut pty = launch.size(120, 50).start();
    pty.wait_exit();
    pty.assert_restored();
    pty.screen()
}

#[test]
fn doctor_asks_the_terminal_what_it_can_do() {
    let home = Home::new();
    let screen = doctor(
        Launch::dateline(&home, &["doctor"])
            .background("rgb:ffff/ffff/ffff")
            .answers("\x1b[>0q", "\x1bP>|shore(2.1)\x1b\\")
            .answers("\x1b[?u", "\x1b[?0u")
            .answers("\x1b_Gi=4294967295,", "\x1b_Gi=4294967295;OK\x1b\\")
            .answers("\x1b[16t", "\x1b[6;22;11t")
            // Chinese characters, a combining accent, a joined emoji that it draws as two, a heart, dots.
            .answers("\x1b[6n", "\x1b[4;5R\x1b[4;2R\x1b[4;5R\x1b[4;3R\x1b[4;2R")
            .answers("\x1b[c", "\x1b[?62;22c"),
    );
    for said in [
        "kitty graphics, cells of 11 by 22 pixels",
        "shore(2.1); a light background; kitty's keyboard protocol",
        "a joined emoji 4 columns instead of 2",
        "120 columns, 50 rows",
    ] {
        assert!(screen.contains(said), "no {said:?}\n{screen}");
    }
    assert!(!screen.contains("新"), "what was measured is wiped away\n{screen}");
}

#[test]
fn doctor_says_so_where_nothing_answers_or_nobody_is_asked() {
    let home = Home::new();
    let silent = doctor(Launch::dateline(&home, &["doctor"]));
    assert!(silent.contains("none within a second"), "{silent}");
    // The Linux console prints what it does not understand.
    let console = Launch::dateline(&home, &["doctor"]).variable("TERM", "linux");
    let screen = doctor(console);
    assert!(screen.contains("16 colours") && !screen.contains("[6n") && !screen.contains("新"), "{screen}");
    let answers = Launch::dateline(&home, &["doctor"])
        .answers("\x1b[>0q", "\x1bP>|owned\x1b[31m\x07\u{202e}\x1b\\")
        .answers("\x1b[c", "\x1b[?62c");
    let hostile = doctor(answers);
    assert!(hostile.contains("owned") || hostile.contains("does not tell its name"), "{hostile}");
}
