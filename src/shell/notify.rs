//! Telling a person who looks elsewhere.

use std::process::{Command, Stdio};

use super::worker::{Outbox, spawn};
use crate::app::{Event, Problem};
use crate::clean;
use crate::config::{Config, Notify};
use crate::net::Cancel;
use crate::terminal::{Screen, ScreenError};
use crate::text::Clean;

/// Tells `words` as the settings have it.
pub(super) fn tell(words: &Clean, config: &Config, screen: &mut Screen, outbox: &Outbox) -> Result<(), ScreenError> {
    match config.notify {
        Notify::Never => Ok(()),
        Notify::Bell => screen.ring(),
        Notify::Terminal => screen.notify(words),
        Notify::Command => {
            match &config.notify_command {
                Some(command) => start(command.filled_with(words.as_str()), outbox),
                None => trouble(outbox, Clean::new("No notification was shown: notify_command is not set.")),
            }
            Ok(())
        }
    }
}

/// Runs a program with its arguments, out of our group and without our terminal, on a thread that
/// waits for its end.
fn start(words: Vec<String>, outbox: &Outbox) {
    let to = outbox.clone();
    let started = spawn("notify", move || {
        let Some((program, arguments)) = words.split_first() else { return };
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let name = Clean::new(program);
        match command.spawn().map(|mut child| super::run::wait(&mut child, &Cancel::new())) {
            Ok(None) => {}
            Ok(Some(why)) => trouble(&to, clean!("{name}, which should have shown a notification: {why}.")),
            Err(error) => trouble(&to, clean!("{name} could not be started for a notification: {error}.")),
        }
    });
    if let Err(error) = started {
        trouble(outbox, clean!("No notification was shown: {error}."));
    }
}

fn trouble(outbox: &Outbox, message: Clean) {
    let hint = Some(Clean::new("notify and notify_command in the settings say how it is done."));
    outbox.send(Event::Trouble(Problem { message, hint }));
}
