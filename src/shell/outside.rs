//! Programs of the person's own: the browser, and the editor that a note is written in.

use std::sync::Arc;

use super::worker::{Outbox, spawn};
use crate::app::{Event, Problem};
use crate::clean;
use crate::config::Config;
use crate::model::ArticleId;
use crate::terminal::editor::EditorError;
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
    let written = screen.lend(|| editor::edit(text, variable));
    outbox.send(Event::Noted(id, note(written)?));
    Ok(())
}

/// What came of a note that was to be written.
fn note(
    written: Result<Result<CleanText, EditorError>, ScreenError>,
) -> Result<Result<CleanText, Problem>, ScreenError> {
    match written {
        Ok(Ok(text)) => Ok(Ok(text)),
        Ok(Err(error)) => Ok(Err(Problem {
            message: clean!("The note stays as it was: {error}."),
            hint: Some(Clean::new("$VISUAL or $EDITOR names the editor.")),
        })),
        // The screen is still ours: no reason to end.
        Err(error @ ScreenError::NotLent(_)) => {
            Ok(Err(Problem { message: clean!("The note stays as it was: {error}."), hint: None }))
        }
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    #[test]
    fn a_terminal_that_cannot_be_lent_costs_the_note_and_nothing_else() {
        let late = || io::Error::from(io::ErrorKind::TimedOut);
        let problem = note(Err(ScreenError::NotLent(late()))).unwrap().unwrap_err();
        assert!(problem.message.as_str().starts_with("The note stays as it was: the terminal could not be lent"));
        assert!(note(Err(ScreenError::Terminal(late()))).is_err(), "one that is gone ends the reader");
        let text = CleanText::new("Ask.");
        assert_eq!(note(Ok(Ok(text.clone()))).unwrap(), Ok(text));
    }
}
