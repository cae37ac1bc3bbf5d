//! The loop on the screen's thread: what came in, what follows, and a frame.
//!
//! Keys go first and are drawn at once, as are answers that somebody waits for. News from a refresh
//! is taken in slices and drawn at most thirty times a second. When nothing comes, nothing wakes.

mod performing;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, select_biased};

use super::desk::Desk;
use super::event_of;
use super::fetcher::Errand;
use super::pages::Wanted;
use super::pictures;
use super::sight;
use super::worker::{Outbox, test_panic};
use super::writer::Order;
use crate::app::{Effect, Event, Slot, State, update};
use crate::clean;
use crate::config::{Config, Depth, Theme, ThemeChoice};
use crate::model::Time;
use crate::net::Cancel;
use crate::terminal::log::Level;
use crate::terminal::{Abilities, Input, Log, Reply, Screen, ScreenError, Signal};

/// The longest that background news is taken in before a frame or the next key has its turn.
const SLICE: Duration = Duration::from_millis(4);

/// Between two frames that show only background news.
const FRAME: Duration = Duration::from_millis(33);

/// How long a frame waits for an answer that is all but there (a layout for a new width), so that
/// the screen does not show the old one for one frame.
const PATIENCE: Duration = Duration::from_millis(2);

/// How long a figure that does something alone waits for a key that makes a count of it: shorter than a
/// hand takes to wonder, longer than it takes from one key to the next.
const KEY_AWAITED: Duration = Duration::from_millis(300);

/// How long feeds that fall due one after the other are gathered, to be fetched together.
const GATHER: Duration = Duration::from_secs(3 * 60);

/// The longest until feeds that are due are looked for again: another program may have added some.
const LONGEST_SLEEP: Duration = Duration::from_secs(24 * 3600);

/// A turn of the loop that takes longer than this is put in the log.
const SLOW: Duration = Duration::from_millis(16);

/// Why the loop ended.
pub(super) enum Ended {
    /// The person quit.
    Quit,
    /// A signal said so.
    Signal(Signal),
    /// There is no terminal any more.
    TerminalGone,
}

/// What comes in.
pub(super) struct Inbox {
    pub(super) terminal: Receiver<Input>,
    pub(super) workers: Receiver<Event>,
}

/// The ways to the workers. Sending on any of them never blocks.
pub(super) struct Workers {
    pub(super) reader: Desk,
    pub(super) thinker: Desk,
    pub(super) writer: Sender<Order>,
    pub(super) refreshes: Sender<Errand>,
    pub(super) errands: Sender<Errand>,
    pub(super) pages: Sender<Wanted>,
    pub(super) completion: Sender<Wanted>,
    pub(super) pictures: pictures::Doors,
    pub(super) outbox: Outbox,
    /// The store's file.
    pub(super) store: PathBuf,
}

/// Whether the theme depends on the terminal's background.
pub(super) fn wants_background(config: &Config, depth: Depth) -> bool {
    config.theme == ThemeChoice::Auto && depth > Depth::Sixteen
}

/// The screen's thread at work.
pub(super) struct Turns {
    state: State,
    theme: Theme,
    depth: Depth,
    log: Log,
    workers: Workers,
    /// Calls off the refresh that is running.
    cancel: Cancel,
    /// Calls off the pages that are being fetched.
    cancel_pages: Cancel,
    /// Calls off the pictures that are being brought.
    cancel_pictures: Cancel,
    /// Calls off what is being added.
    errand: Cancel,
    /// What the terminal can do, as far as it has said.
    abilities: Abilities,
    /// Links are told to the terminal.
    links: bool,
    gallery: pictures::Gallery,
    /// Ends the programs that run apart from the screen.
    cancel_run: Cancel,
    /// The terminal has told its background.
    told: bool,
    /// Something changed since the last frame.
    dirty: bool,
    drawn: Instant,
    refresh_at: Option<Instant>,
    /// Until when a key may come that belongs to the one before.
    key_until: Option<Instant>,
    /// The name of the event that came last, for the log.
    last: &'static str,
    ended: Option<Ended>,
}

impl Turns {
    pub(super) fn new(state: State, depth: Depth, log: Log, workers: Workers) -> Self {
        let theme = Theme::choose(&state.config, depth, state.background);
        let on_start = state.config.refresh_on_start.then(Instant::now);
        let refresh_at = on_start.or_else(|| next_refresh(&state.config));
        Self {
            state,
            theme,
            depth,
            log,
            workers,
            cancel: Cancel::new(),
            cancel_pages: Cancel::new(),
            cancel_pictures: Cancel::new(),
            errand: Cancel::new(),
            abilities: Abilities::new(variable),
            links: false,
            gallery: pictures::Gallery::default(),
            cancel_run: Cancel::new(),
            told: false,
            dirty: true,
            drawn: Instant::now(),
            refresh_at,
            key_until: None,
            last: "nothing",
            ended: None,
        }
    }

    /// Turns until something ends it.
    pub(super) fn run(&mut self, screen: &mut Screen, inbox: &Inbox, first: Vec<Effect>) -> Result<Ended, ScreenError> {
        self.see(screen)?;
        for effect in first {
            self.perform(effect, screen)?;
        }
        self.first_frame(screen, inbox)?;
        loop {
            if let Some(ended) = self.ended.take() {
                return Ok(ended);
            }
            let wake = self.wait(inbox);
            let begun = Instant::now();
            let urgent = self.take_in(wake, screen, inbox)?;
            if self.dirty && (urgent || self.drawn.elapsed() >= FRAME) {
                self.draw(screen)?;
            }
            let took = begun.elapsed();
            if took > SLOW {
                let last = self.last;
                self.log.write(
                    Level::Warning,
                    &clean!("a turn of the loop took {} ms; {last} came last", took.as_millis()),
                );
            }
        }
    }

    /// Waits a moment for the first page and for the terminal to tell its background, so that the
    /// first frame is a useful one and in the right colours.
    fn first_frame(&mut self, screen: &mut Screen, inbox: &Inbox) -> Result<(), ScreenError> {
        const MOMENT: Duration = Duration::from_millis(30);
        let until = Instant::now() + MOMENT;
        let asked = wants_background(&self.state.config, self.depth);
        loop {
            let unknown = asked && !self.told;
            let unread = [Slot::Memory, Slot::Page, Slot::Sources, Slot::Article]
                .into_iter()
                .any(|slot| self.state.waits_for(slot));
            if !(unknown || unread) || self.ended.is_some() {
                break;
            }
            select_biased! {
                recv(inbox.workers) -> event => match event {
                    Ok(event) => drop(self.react(event, screen)?),
                    Err(_) => break,
                },
                recv(inbox.terminal) -> input => self.input(input.unwrap_or(Input::Closed), screen)?,
                recv(crossbeam_channel::at(until)) -> _ => break,
            }
        }
        self.draw(screen)
    }

    /// Waits until something comes or is due.
    fn wait(&self, inbox: &Inbox) -> Wake {
        let frame = self.dirty.then(|| self.drawn + FRAME);
        let due = [frame, self.refresh_at, self.key_until].into_iter().flatten().min();
        let timeout = due.map_or_else(crossbeam_channel::never, crossbeam_channel::at);
        select_biased! {
            recv(inbox.terminal) -> input => Wake::Input(input.unwrap_or(Input::Closed)),
            recv(inbox.workers) -> event => event.map_or(Wake::Due, Wake::Event),
            recv(timeout) -> _ => Wake::Due,
        }
    }

    /// Takes in what woke the loop and what waits behind it: all keys first, then answers for a
    /// slice of time. Returns whether a person waits to see what came of it.
    fn take_in(&mut self, wake: Wake, screen: &mut Screen, inbox: &Inbox) -> Result<bool, ScreenError> {
        let mut urgent = false;
        match wake {
            Wake::Input(input) => {
                urgent = true;
                self.input(input, screen)?;
            }
            Wake::Event(event) => urgent |= self.react(event, screen)?,
            Wake::Due => self.due(screen)?,
        }
        while let Ok(input) = inbox.terminal.try_recv() {
            urgent = true;
            self.input(input, screen)?;
            if self.ended.is_some() {
                return Ok(false);
            }
        }
        let slice = Instant::now() + SLICE;
        while inbox.terminal.is_empty() && Instant::now() < slice {
            let Ok(event) = inbox.workers.try_recv() else { break };
            urgent |= self.react(event, screen)?;
        }
        let patience = Instant::now() + PATIENCE;
        while urgent && self.state.waits_for(Slot::Layout) {
            let Ok(event) = inbox.workers.recv_deadline(patience) else { break };
            self.react(event, screen)?;
        }
        Ok(urgent)
    }

    fn input(&mut self, input: Input, screen: &mut Screen) -> Result<(), ScreenError> {
        test_panic("screen");
        if let Some(event) = event_of(&input) {
            self.react(event, screen)?;
        }
        match input {
            Input::Resize { columns, rows } => {
                screen.resize(columns, rows);
                if self.abilities.measure() {
                    self.see(screen)?;
                }
            }
            Input::Reply(reply) => {
                self.abilities.learn(&reply);
                // Until the last answer has come, one that is better may: nothing is set twice.
                if matches!(reply, Reply::Attributes { .. }) {
                    self.see(screen)?;
                }
            }
            Input::Continued => screen.resume()?,
            Input::Signal(Signal::Suspend) => self.perform(Effect::Suspend, screen)?,
            Input::Signal(signal) => self.end(Ended::Signal(signal), screen)?,
            Input::Closed => self.end(Ended::TerminalGone, screen)?,
            _ => {}
        }
        Ok(())
    }

    /// Ends from outside: the core has its last word, as when the person quits.
    fn end(&mut self, why: Ended, screen: &mut Screen) -> Result<(), ScreenError> {
        self.ended = Some(why);
        self.react(Event::Ending, screen).map(drop)
    }

    /// Gives an event to the core and does what follows. Returns whether it answers a question,
    /// which somebody waits for.
    fn react(&mut self, event: Event, screen: &mut Screen) -> Result<bool, ScreenError> {
        let urgent = !matches!(event, Event::Refreshing(_) | Event::Brought(..) | Event::Working(_) | Event::Pages(_));
        self.last = event.name();
        let told = matches!(event, Event::Background(_));
        let resettled = matches!(event, Event::Settings(..));
        if let Event::Refreshed(summary) = &event {
            self.refresh_at = summary.next.map(wake_for).or_else(|| next_refresh(&self.state.config));
        }
        if let Event::Picture(came) = &event {
            self.gallery.told(came);
        }
        let effects = update(&mut self.state, event, super::now());
        if resettled {
            self.refresh_at = next_refresh(&self.state.config);
            self.tell_settings();
            screen.set_mouse(self.state.config.mouse)?;
            self.see(screen)?;
        }
        self.told |= told;
        if told || resettled {
            self.choose_theme();
        }
        self.dirty = true;
        for effect in effects {
            self.perform(effect, screen)?;
        }
        Ok(urgent)
    }

    /// The colours that the settings and the terminal's background ask for.
    fn choose_theme(&mut self) {
        let theme = Theme::choose(&self.state.config, self.depth, self.state.background);
        let follows = self.told && wants_background(&self.state.config, self.depth);
        self.theme = if follows { theme.on_the_terminals_page() } else { theme };
    }

    /// Does what is due.
    fn due(&mut self, screen: &mut Screen) -> Result<(), ScreenError> {
        if self.refresh_at.is_some_and(|at| at <= Instant::now()) {
            self.refresh_at = next_refresh(&self.state.config);
            self.react(Event::RefreshDue, screen)?;
        }
        if self.key_until.is_some_and(|until| until <= Instant::now()) {
            self.key_until = None;
            self.react(Event::KeyAwaited, screen)?;
        }
        Ok(())
    }

    fn draw(&mut self, screen: &mut Screen) -> Result<(), ScreenError> {
        self.dirty = false;
        self.drawn = Instant::now();
        self.gallery.hang(&self.workers.pictures.encoded, &self.state.pictures.ids(), screen);
        screen.draw(|frame| sight::draw(&self.state, &self.theme, self.links, frame))
    }

    /// Takes in what the terminal can show, or is wanted to.
    fn see(&mut self, screen: &mut Screen) -> Result<(), ScreenError> {
        self.links = sight::tells_links(&self.state.config, variable);
        let means = sight::means(&self.abilities, self.depth, &self.state.config);
        if means == self.state.pictures.means {
            return Ok(());
        }
        self.react(Event::Means(means), screen).map(drop)
    }
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// When feeds that are due are looked for the next time.
fn next_refresh(config: &Config) -> Option<Instant> {
    let minutes = u64::from(config.refresh_minutes);
    (minutes > 0).then(|| Instant::now() + Duration::from_secs(60 * minutes))
}

/// When to look again, where a feed is due at `next`: some minutes are gathered, so that neither the
/// machine nor the person is bothered for every feed alone.
fn wake_for(next: Time) -> Instant {
    let wait = u64::try_from(next.0.saturating_sub(super::now().0)).unwrap_or(0);
    Instant::now() + Duration::from_secs(wait).clamp(GATHER, LONGEST_SLEEP)
}

/// Why the loop woke.
enum Wake {
    Input(Input),
    Event(Event),
    Due,
}
