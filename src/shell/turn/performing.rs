//! The work that the core names: what belongs to the screen is done here, everything else handed to the
//! worker whose it is.

use std::time::Instant;

use super::{Ended, KEY_AWAITED, Turns};
use crate::app::piping::Run;
use crate::app::{Effect, Event, Problem, Question};
use crate::clean;
use crate::net::Cancel;
use crate::shell::fetcher::{Errand, Saved, armed};
use crate::shell::pages::Wanted;
use crate::shell::writer::Order;
use crate::shell::{exporter, notify, outside, pictures, run};
use crate::terminal::{Screen, ScreenError};
use crate::text::Clean;

impl Turns {
    /// Does a piece of work, or hands it to the worker whose it is. A worker that is gone is gone
    /// only because the program ends: what cannot be sent is dropped.
    pub(super) fn perform(&mut self, effect: Effect, screen: &mut Screen) -> Result<(), ScreenError> {
        let workers = &self.workers;
        match effect {
            Effect::Ask(ticket, question) => match question {
                // What takes thought stays out of the way of lists and articles.
                Question::Related { .. }
                | Question::Layout { .. }
                | Question::Quotations { .. }
                | Question::Timeline { .. }
                | Question::Brief
                | Question::SavedCounts
                | Question::Matches { .. }
                | Question::Mutes { .. } => workers.thinker.ask(ticket, question),
                question => workers.reader.ask(ticket, question),
            },
            Effect::Change(change) => drop(workers.writer.send(Order::Change(change))),
            Effect::Import(path) => {
                drop(workers.writer.send(Order::Import(path, armed(&mut self.errand))));
            }
            Effect::Export(wish) => {
                exporter::start(workers.store.clone(), *wish, armed(&mut self.errand), &workers.outbox);
            }
            Effect::Edit(id, text) => {
                outside::edit(id, &text, screen, &workers.outbox)?;
                self.dirty = true;
            }
            Effect::Join(chosen) => drop(workers.writer.send(Order::Join(chosen))),
            Effect::Subscribe(address) => {
                drop(workers.errands.send(Errand::Subscribe(address, armed(&mut self.errand))));
            }
            Effect::ReadPage(link) => drop(workers.errands.send(Errand::Page(link, armed(&mut self.errand)))),
            Effect::FetchText(id) => {
                drop(workers.pages.send(Wanted::Article(id, self.cancel_pages.clone())));
            }
            Effect::FetchMissing => drop(workers.completion.send(Wanted::Missing(self.cancel_pages.clone()))),
            Effect::Complete => drop(workers.completion.send(Wanted::Lacking(self.cancel_pages.clone()))),
            Effect::Await(link, why) => drop(workers.writer.send(Order::Await(link, why))),
            Effect::Pictures(request) => {
                let (protocol, cancel) = (self.abilities.graphics(), self.cancel_pictures.clone());
                let megabytes = self.state.config.image_cache_mb;
                drop(workers.pictures.wanted.send(pictures::Wanted { request, protocol, megabytes, cancel }));
            }
            Effect::LeavePictures => {
                self.cancel_pictures.cancel();
                self.cancel_pictures = Cancel::new();
            }
            Effect::CancelPages => {
                self.cancel_pages.cancel();
                // What is asked for from now on is not what was called off.
                self.cancel_pages = Cancel::new();
            }
            Effect::Refresh(which) => {
                self.cancel = Cancel::new();
                drop(workers.refreshes.send(Errand::Refresh(which, self.cancel.clone())));
            }
            Effect::AwaitKey => self.key_until = Some(Instant::now() + KEY_AWAITED),
            Effect::CancelRefresh => {
                self.cancel.cancel();
                self.errand.cancel();
            }
            Effect::Browse(link) => outside::browse(&link, self.state.config.clone(), &workers.outbox),
            Effect::Notify(words) => notify::tell(&words, &self.state.config, screen, &workers.outbox)?,
            Effect::Copy(text) => match screen.copy(&text) {
                Err(ScreenError::Terminal(error)) if error.kind() == std::io::ErrorKind::InvalidInput => {
                    self.trouble(clean!("Not copied: {error}."), None);
                }
                other => other?,
            },
            Effect::CancelRun => {
                self.cancel_run.cancel();
                self.cancel_run = Cancel::new();
            }
            Effect::Run(run) => self.run_program(run, screen)?,
            Effect::Title(title) => screen.set_title(&title)?,
            Effect::Suspend => {
                if !screen.suspend()? {
                    self.trouble(Clean::new("There is no shell to suspend to."), Some(Clean::new("q quits.")));
                }
                self.dirty = true;
            }
            Effect::Resettle => {
                screen.set_mouse(self.state.config.mouse)?;
                self.choose_theme();
            }
            Effect::Redraw => screen.redraw(),
            Effect::Quit => self.ended = Some(Ended::Quit),
        }
        Ok(())
    }

    /// Tells the workers what the settings are now.
    pub(super) fn tell_settings(&self) {
        let config = &self.state.config;
        let saved = Box::new(Saved::from(&**config));
        for fetcher in [&self.workers.refreshes, &self.workers.errands] {
            let _ = fetcher.send(Errand::Settings(saved.clone()));
        }
        for pages in [&self.workers.pages, &self.workers.completion] {
            let _ = pages.send(Wanted::Settings(saved.clone()));
        }
        let _ = self.workers.writer.send(Order::Settings(Box::new((&**config).into())));
    }

    /// Runs a program: apart, or with the terminal, which is ours again when it has ended.
    fn run_program(&mut self, run: Run, screen: &mut Screen) -> Result<(), ScreenError> {
        if !run.terminal {
            run::start(run, self.cancel_run.clone(), &self.workers.outbox);
            return Ok(());
        }
        match screen.lend(|| run::with_terminal(&run)) {
            Ok(ran) => self.workers.outbox.send(Event::Ran(ran)),
            Err(error @ ScreenError::NotLent(_)) => {
                self.trouble(clean!("{} was not started: {error}.", run.name), None);
            }
            Err(error) => return Err(error),
        }
        self.dirty = true;
        Ok(())
    }

    fn trouble(&self, message: Clean, hint: Option<Clean>) {
        self.workers.outbox.send(Event::Trouble(Problem { message, hint }));
    }
}
