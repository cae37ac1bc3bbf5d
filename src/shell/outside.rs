//! Programs of the person's own: the browser, and the editor that a note is written in.

use std::sync::Arc;

use super::worker::{Outbox, spawn};
use crate::app::{Event, Problem};
use crate::clean;
use crate::config::Config;
use crate::model::ArticleId;
use crate::terminal::{Screen, ScreenError, browser, editor};
use crate::text::{Clean, CleanText, Link};

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Starts the browser, on a thread of its own: starting a program reads the disk.
pub(super) fn browse(link: &Link, config: Arc<Config>, outbox: &Outbox) {
    let (link, told, said) = (link.clone(), outbox.clone(), outbox.clone());
    let started = spawn("browser", move || {
        let late = told.clone();
        let opened = browser::open(&link, config.browser.as_ref(), variable, move |error| {
            late.send(browser_trouble(&error));
        });
        if let Err(error) = opened {
            told.send(browser_trouble(&error));
        }
    });
    if let Err(error) = started {
        said.send(Event::Trouble(Problem { message: clean!("The browser was not started: {error}."), hint: None }));
    }
}

fn browser_trouble(error: &browser::BrowserError) -> Event {
    let hint = Clean::new("Set browser = \"…\" in the configuration, or $BROWSER; y copies the address.");
    Event::Trouble(Problem { message: clean!("{error}"), hint: Some(hint) })
}

/// Has a note written in the person's editor. The screen waits for it, as the person does.
///
/// # Errors
/// Where the terminal cannot be had back.
pub(super) fn edit(id: ArticleId, text: &CleanText, screen: &mut Screen, outbox: &Outbox) -> Result<(), ScreenError> {
    let written = screen.lend(|| editor::edit(text, variable))?;
    let note = written.map_err(|error| Problem {
        message: clean!("The note stays as it was: {error}."),
        hint: Some(Clean::new("$VISUAL or $EDITOR names the editor.")),
    });
    outbox.send(Event::Noted(id, note));
    Ok(())
}
