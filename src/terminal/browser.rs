//! Opening a page in the person's browser.

use std::fmt;
use std::io;
use std::path::Path;
use std::process::{self, Stdio};
use std::thread;

use crate::config::Command;
use crate::text::{Clean, Link};

/// Whether the program draws on the terminal, which is ours.
fn needs_terminal(command: &Command) -> bool {
    let name = Path::new(command.program()).file_name().and_then(|name| name.to_str());
    name.is_some_and(|name| {
        ["lynx", "w3m", "links", "links2", "elinks", "browsh", "carbonyl", "chawan", "cha", "www-browser"]
            .contains(&name)
    })
}

/// Why no browser was opened.
#[derive(Debug)]
pub enum BrowserError {
    /// None of the known programs is there; these were tried.
    NoneFound(Vec<Clean>),
    /// The program draws on the terminal, which is taken.
    NeedsTerminal(Clean),
    /// The program is there but could not be started.
    NotStarted(Clean, io::Error),
    /// The program ended with that status (`None`: by a signal).
    Failed(Clean, Option<i32>),
}

impl fmt::Display for BrowserError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoneFound(tried) => {
                let tried: Vec<&str> = tried.iter().map(Clean::as_str).collect();
                write!(f, "no browser found (tried {}); set `browser` in the configuration", tried.join(", "))
            }
            Self::NeedsTerminal(program) => {
                write!(f, "{program} needs the terminal for itself; set `browser` to one with a window")
            }
            Self::NotStarted(program, error) => {
                write!(f, "{program} could not be started: {}", Clean::new(&error.to_string()))
            }
            Self::Failed(program, Some(status)) => write!(f, "{program} failed with status {status}"),
            Self::Failed(program, None) => write!(f, "{program} was killed"),
        }
    }
}

impl std::error::Error for BrowserError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NotStarted(_, error) => Some(error),
            _ => None,
        }
    }
}

/// Opens `link`: with the `configured` command, else with those of `$BROWSER`, else with what the
/// desktop offers. Returns as soon as a program has been started, with its name. It runs in a
/// process group of its own without our input and output, and a thread waits for it, so that
/// nothing is left behind; if it fails after all, `failed` is told there.
///
/// # Errors
/// Where nothing could be started.
pub fn open(
    link: &Link,
    configured: Option<&Command>,
    env: impl Fn(&str) -> Option<String>,
    failed: impl FnOnce(BrowserError) + Send + 'static,
) -> Result<Clean, BrowserError> {
    let mut tried = Vec::new();
    let mut in_terminal = None;
    for command in candidates(configured, env) {
        if needs_terminal(&command) {
            in_terminal.get_or_insert(command.label());
            continue;
        }
        match start(&command, link) {
            Ok(mut child) => {
                let program = command.label();
                let name = program.clone();
                let wait = move || match child.wait() {
                    Ok(status) if !status.success() => failed(BrowserError::Failed(name, status.code())),
                    // Ended well; or it was never ours to wait for, and there is nothing to say.
                    _ => {}
                };
                // Where no thread can be had the child is reaped when we end.
                let _ = thread::Builder::new().name("browser".to_owned()).spawn(wait);
                return Ok(program);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => tried.push(command.label()),
            Err(error) => return Err(BrowserError::NotStarted(command.label(), error)),
        }
    }
    Err(match in_terminal {
        Some(program) => BrowserError::NeedsTerminal(program),
        None => BrowserError::NoneFound(tried),
    })
}

/// The commands to try, in order. A configured one is the person's word: nothing else is tried then.
fn candidates(configured: Option<&Command>, env: impl Fn(&str) -> Option<String>) -> Vec<Command> {
    if let Some(command) = configured {
        return vec![command.clone()];
    }
    let named = env("BROWSER").unwrap_or_default();
    let mut commands: Vec<Command> = named.split(':').filter_map(Command::parse).collect();
    let desktop: &[&str] = if cfg!(target_os = "macos") {
        &["open"]
    } else if env("WSL_DISTRO_NAME").is_some() {
        &["wslview", "xdg-open"]
    } else {
        &["xdg-open", "gio open", "x-www-browser", "firefox"]
    };
    commands.extend(desktop.iter().filter_map(|line| Command::parse(line)));
    commands
}

fn start(command: &Command, link: &Link) -> io::Result<process::Child> {
    let words = command.filled(link);
    let (program, arguments) = words.split_first().ok_or(io::ErrorKind::InvalidInput)?;
    let mut start = process::Command::new(program);
    start.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        // Out of our group: Ctrl-C and hang-ups on this terminal are not meant for it.
        start.process_group(0);
    }
    start.spawn()
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::time::Duration;

    use super::*;

    fn link() -> Link {
        Link::parse("https://a.example/x?q=%s%20$(reboot)'").unwrap()
    }

    fn command(line: &str) -> Command {
        Command::parse(line).unwrap()
    }

    #[test]
    fn what_is_tried() {
        let names = |configured: Option<&Command>, browser: &str| -> Vec<String> {
            let env = |name: &str| (name == "BROWSER").then(|| browser.to_owned());
            candidates(configured, env).iter().map(|command| command.label().to_string()).collect()
        };
        assert_eq!(names(Some(&command("mine %s")), "other"), ["mine"]);
        assert_eq!(names(None, "one:two %s:")[..2], ["one", "two"]);
        assert!(!names(None, "").is_empty());
    }

    #[test]
    fn nothing_found_says_what_was_tried() {
        let missing = command("/no/such/browser-of-dateline");
        let error = open(&link(), Some(&missing), |_| None, |_| ()).unwrap_err();
        assert!(error.to_string().contains("/no/such/browser-of-dateline"), "{error}");
        let error = open(&link(), Some(&command("/usr/bin/lynx")), |_| None, |_| ()).unwrap_err();
        assert!(matches!(error, BrowserError::NeedsTerminal(_)), "{error}");
    }

    #[test]
    fn a_failure_is_told_later() {
        let (told, wait) = mpsc::channel();
        let started = open(
            &link(),
            Some(&command("sh -c 'exit 3' %s")),
            |_| None,
            move |error| {
                told.send(error.to_string()).unwrap();
            },
        );
        assert_eq!(started.unwrap().as_str(), "sh");
        assert_eq!(wait.recv_timeout(Duration::from_secs(10)).unwrap(), "sh failed with status 3");
    }
}
