//! The reader without threads: keys go in, the real store answers at once, and the screen is a
//! buffer.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;

use dateline::app::piping::Run;
use dateline::app::{Answer, Changed, Effect, Event, FullText, Problem, State, update};
use dateline::config::{Config, Key, KeySeq, Places, Theme};
use dateline::model::{FeedAddress, FeedId, Time, Validators};
use dateline::net::{Answer as Fetch, Error as FetchError, Fetched};
use dateline::ops;
use dateline::shell;
use dateline::store::{Reader, Store};
use dateline::text::{Link, Raw};
use jiff::tz::TimeZone;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::picture;

/// When every story plays: Thursday, 15 January 2026, 08:00 UTC.
pub const NOW: Time = Time(1_768_464_000);

/// An article to be fed to a session.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Its headline.
    pub title: String,
    /// Its text, as HTML.
    pub html: String,
    /// How many hours before [`NOW`] it was published.
    pub hours: i64,
}

impl Piece {
    /// A piece of one paragraph.
    pub fn new(hours: i64, title: &str, text: &str) -> Self {
        Self { title: title.to_owned(), html: format!("<p>{text}</p>"), hours }
    }

    fn item(&self, n: usize) -> Value {
        let published = Time(NOW.0 - self.hours * 3600);
        json!({
            "id": n.to_string(), "title": self.title, "content_html": self.html,
            "url": format!("https://harbour.example/{n}"), "date_published": published.to_string(),
        })
    }
}

/// A person at the reader.
pub struct Session {
    dir: TempDir,
    config: Config,
    theme: Theme,
    store: Store,
    reader: Reader,
    now: Time,
    size: (u16, u16),
    state: State,
    work: Vec<Effect>,
    window: String,
}

impl Session {
    /// The reader over an empty store.
    pub fn empty() -> Self {
        Self::over(tempfile::tempdir().unwrap(), Config::default())
    }

    /// The reader over the store in `dir`, which is made if there is none.
    fn over(dir: TempDir, config: Config) -> Self {
        let places = Places::find(Some(dir.path()), Some(&dir.path().join("config.toml"))).unwrap();
        let store = ops::open(&places).unwrap();
        let reader = ops::open_reader(&places).unwrap();
        let (size, theme) = ((120, 40), Theme::dark());
        let state = State::new(Arc::new(config.clone()), size, NOW, TimeZone::UTC).0;
        Self { dir, config, theme, store, reader, now: NOW, size, state, work: Vec::new(), window: String::new() }
            .start()
    }

    /// The reader as it starts for the first time: over the bundled edition.
    pub fn edition() -> Self {
        let mut session = Self::empty();
        assert!(ops::edition::seed(&mut session.store, NOW).unwrap());
        session.start()
    }

    /// The reader over one feed, "The Harbour Post", of these articles.
    pub fn with_articles(pieces: &[Piece]) -> Self {
        let items: Vec<_> = pieces.iter().enumerate().map(|(n, piece)| piece.item(n)).collect();
        Self::empty().feed("https://harbour.example/feed.json", "The Harbour Post", &items)
    }

    /// The reader over the saved page of the common samples; `None`, said on standard output, where
    /// the samples are not there.
    pub fn sample() -> Option<Self> {
        let name = "csto-summit.txt";
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples").join(name);
        let Ok(bytes) = std::fs::read(&path) else {
            println!("skipped: there is no {}", path.display());
            return None;
        };
        let mut session = Self::empty();
        ops::import::import(&mut session.store, &bytes, name, NOW).unwrap();
        Some(session.start())
    }

    /// Subscribes to a feed of JSON Feed items, as if the network had just given it.
    pub fn feed(mut self, address: &str, title: &str, items: &[Value]) -> Self {
        let body = json!({ "version": "https://jsonfeed.org/version/1.1", "title": title, "items": items });
        let asked = Link::parse(address).unwrap();
        let answer = Fetch::Fetched(Fetched {
            bytes: body.to_string().into_bytes(),
            content_type: Some("application/feed+json".into()),
            final_address: asked.clone(),
            moved_permanently: None,
            validators: Validators::default(),
            fresh_for: None,
        });
        ops::subscribe::take_in(&mut self.store, &asked, Ok(answer), &[], self.now).unwrap();
        self.start()
    }

    /// Imports a file, as if it had been named on the command line.
    pub fn import(mut self, name: &str, bytes: &[u8]) -> Self {
        ops::import::import(&mut self.store, bytes, name, self.now).unwrap();
        self.start()
    }

    /// The next fetching of this feed fails: its server refuses.
    pub fn refused(mut self, feed: FeedId) -> Self {
        let job = ops::refresh::one(&self.reader, feed).unwrap().unwrap();
        let FeedAddress::Web(address) = job.address.clone() else { panic!("{:?} is not on the web", job.address) };
        let error = FetchError::Refused(address);
        ops::refresh::take_in(&mut self.store, &ops::refresh::prepare(job, Err(error)), self.now).unwrap();
        self.start()
    }

    /// A start at this size.
    pub fn size(mut self, columns: u16, rows: u16) -> Self {
        self.size = (columns, rows);
        self.start()
    }

    /// A start so many hours later, or earlier.
    pub fn later(mut self, hours: i64) -> Self {
        self.now = Time(self.now.0 + hours * 3600);
        self.start()
    }

    /// A start with other settings.
    pub fn settings(mut self, change: impl FnOnce(&mut Config)) -> Self {
        change(&mut self.config);
        self.start()
    }

    /// A built-in theme.
    pub fn theme(mut self, name: &str) -> Self {
        self.theme = Theme::built_in(name).unwrap();
        self
    }

    /// Quits, closes the store, opens it and starts again.
    pub fn reopened(self) -> Self {
        let Self { dir, config, store, reader, size, now, .. } = self.keys("<ctrl-c>");
        drop((store, reader));
        let (columns, rows) = size;
        let session = Self { now, ..Self::over(dir, config) };
        session.size(columns, rows)
    }

    /// Starts the program anew over the same store.
    fn start(mut self) -> Self {
        let (state, effects) = State::new(Arc::new(self.config.clone()), self.size, self.now, TimeZone::UTC);
        self.state = state;
        self.work.clear();
        self.perform(effects);
        self
    }

    /// Presses keys: characters as they are, others by name, `j<enter><ctrl-d><space>`.
    pub fn keys(mut self, keys: &str) -> Self {
        let mut rest = keys;
        while let Some(c) = rest.chars().next() {
            let name = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'));
            let (key, after) = match name {
                Some((name, after)) => (named(name), after),
                None => (Key::plain(crossterm::event::KeyCode::Char(c)), &rest[c.len_utf8()..]),
            };
            self.event(Event::Key(key));
            rest = after;
        }
        self.event(Event::KeyAwaited);
        self
    }

    /// Presses a key, and nothing that it asks for has come yet.
    pub fn unanswered(mut self, key: &str) -> Self {
        let _ = update(&mut self.state, Event::Key(named(key)), self.now);
        self
    }

    /// Pastes a text.
    pub fn paste(mut self, text: &str) -> Self {
        self.event(Event::Paste(Raw::new(text)));
        self
    }

    /// The terminal has another size while the program runs.
    pub fn resize(mut self, columns: u16, rows: u16) -> Self {
        self.event(Event::Resize(columns, rows));
        self
    }

    /// Something happens.
    pub fn happens(mut self, event: Event) -> Self {
        self.event(event);
        self
    }

    /// Something happens, and everything that follows from it until nothing does.
    pub fn event(&mut self, event: Event) {
        let effects = update(&mut self.state, event, self.now);
        self.perform(effects);
    }

    /// The programs that were to be run since the last time.
    pub fn runs(&mut self) -> Vec<Run> {
        let (runs, rest) =
            std::mem::take(&mut self.work).into_iter().partition(|effect| matches!(effect, Effect::Run(_)));
        self.work = rest;
        let runs: Vec<Effect> = runs;
        runs.into_iter().filter_map(|effect| if let Effect::Run(run) = effect { Some(run) } else { None }).collect()
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        let mut waiting = VecDeque::from(effects);
        while let Some(effect) = waiting.pop_front() {
            let event = match effect {
                Effect::Ask(ticket, question) => {
                    let answer = shell::answer(&self.reader, &question, self.now, &TimeZone::UTC);
                    Event::Answer(ticket, answer.unwrap_or_else(|failure| Answer::Failed(Problem::from(&failure))))
                }
                Effect::Change(change) => {
                    let stored = shell::store_change(&mut self.store, &change, self.now);
                    let outcome = stored.map(Arc::from).map_err(|failure| Problem::from(&failure));
                    Event::Changed(Changed { change, outcome })
                }
                Effect::Title(name) => {
                    self.window = name.to_string();
                    continue;
                }
                other => {
                    self.work.push(other);
                    continue;
                }
            };
            waiting.extend(update(&mut self.state, event, self.now));
        }
    }

    /// The pages asked for come: what `pages` gives for each address.
    pub fn pages(mut self, pages: impl Fn(&Link) -> Result<Fetch, FetchError>) -> Self {
        for effect in std::mem::take(&mut self.work) {
            let jobs = match effect {
                Effect::FetchText(id) => vec![ops::full_text::job(&self.reader, id).unwrap()],
                Effect::FetchMissing => ops::full_text::wanted(&self.reader, self.now).unwrap(),
                other => {
                    self.work.push(other);
                    continue;
                }
            };
            for job in jobs {
                let prepared = ops::full_text::prepare(job.clone(), pages(&job.address), &[]);
                let outcome = ops::full_text::take_in(&mut self.store, prepared, self.now)
                    .map(|came| {
                        let hint = came.advice.map(dateline::text::Clean::new);
                        (came.words, came.note.map(|message| Problem { message, hint }))
                    })
                    .map_err(|failure| Problem::from(&failure));
                let (article, title, asked) = (job.article, job.title, job.asked);
                self.event(Event::FullText(FullText { article, title, asked, outcome }));
            }
        }
        self
    }

    /// What the window is called.
    pub fn window(&self) -> &str {
        &self.window
    }

    /// What was asked of the world besides the store and the window's name.
    pub fn work(&self) -> &[Effect] {
        &self.work
    }

    /// The state.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The store, to do to it what another program would.
    pub fn store(&mut self) -> &mut Store {
        &mut self.store
    }

    /// The store as it is now.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// The headline of the article that is read.
    pub fn reading(&self) -> String {
        self.state.reading.current().map(|shown| shown.headline.title.to_string()).unwrap_or_default()
    }

    /// The headline of the selected row.
    pub fn selected(&self) -> String {
        self.state.headlines.selected().map(|row| row.title.to_string()).unwrap_or_default()
    }

    /// The text on the first line of the article pane.
    pub fn first_line(&self) -> String {
        let Some(shown) = self.state.reading.current() else { return String::new() };
        let row = shown.laid_out.rows.get(shown.top);
        row.map(|row| row.runs.iter().map(|run| run.text.as_str()).collect()).unwrap_or_default()
    }

    /// The screen as text.
    pub fn screen(&self) -> String {
        let (buffer, cursor) = self.draw(&self.theme);
        picture::plain(&buffer, cursor)
    }

    /// The bottom line of the screen.
    pub fn bottom_line(&self) -> String {
        self.screen().lines().rev().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default().to_owned()
    }

    /// The screen as text, and under it what is styled, by the names of the theme's roles.
    pub fn styled(&self) -> String {
        let (buffer, cursor) = self.draw(&picture::labelled());
        format!("{}\n{}", picture::plain(&buffer, cursor), picture::roles(&buffer))
    }

    /// The screen as text, and under it what is styled, in the session's theme.
    pub fn coloured(&self) -> String {
        let (buffer, cursor) = self.draw(&self.theme);
        format!("{}\n{}", picture::plain(&buffer, cursor), picture::colours(&buffer, self.theme.page))
    }

    /// Draws the screen, and holds it to what every screen must be.
    pub fn draw(&self, theme: &Theme) -> (Buffer, Option<Position>) {
        let (columns, rows) = self.state.size;
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        let mut cursor = None;
        let frame = terminal.draw(|frame| dateline::ui::view(&self.state, theme, frame)).unwrap();
        let buffer = frame.buffer.clone();
        let backend = terminal.backend_mut();
        if backend.cursor_visible() {
            cursor = Some(ratatui::backend::Backend::get_cursor_position(backend).unwrap());
        }
        picture::sound(&buffer, &self.state);
        (buffer, cursor)
    }
}

fn named(name: &str) -> Key {
    let keys: KeySeq = name.parse().unwrap();
    keys.keys()[0]
}
