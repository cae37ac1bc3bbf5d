//! Starting the reader and ending it.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crossbeam_channel::unbounded;
use jiff::tz::TimeZone;

use super::desk;
use super::fetcher::{self, Means};
use super::turn::{self, Ended, Workers};
use super::worker::Outbox;
use super::{pages, pictures, watch, writer};
use crate::app::{Change, Event, Notice, Problem, State};
use crate::clean;
use crate::config::{Complaint, Config, Depth, Places};
use crate::ops::{self, Failure, Kind};
use crate::terminal::log::Level;
use crate::terminal::{Input, Log, Screen, ScreenError, ScreenOptions, guess_background, input, panic, signals};
use crate::text::Clean;

/// How long the end waits for what a person did to be stored.
const LAST_WORK: Duration = Duration::from_secs(10);

/// Runs the reader until the person quits. Returns the exit status: 0, or 128 and the number of the
/// signal that ended it, as shells count.
///
/// # Errors
/// Where the terminal cannot be had, the store cannot be opened, or the screen's thread panicked.
/// The terminal is then as it was.
pub fn run(places: &Places, config: Config, complaints: &[Complaint]) -> Result<u8, Failure> {
    let log = Log::open(&places.log()).unwrap_or_else(|_| Log::none());
    let hook_log = log.clone();
    panic::install(move |report| hook_log.write_text(Level::Error, &report.line(), &report.backtrace));
    let config = Arc::new(config);
    let zone = super::zone();

    let mut store = ops::open(places)?;
    let repaired = store.notice().cloned().map(Notice::Said);
    let sample = ops::edition::seed(&mut store, super::now())?;
    let (events, from_workers) = unbounded();
    let outbox = Outbox(events);
    if sample {
        look_around(&outbox);
    }
    watch::start(places.clone(), outbox.clone());
    let (workers, threads) = hire(places, store, &config, &zone, &outbox)?;

    let (inputs, from_terminal) = unbounded();
    let depth = Depth::of_environment(variable);
    let ask_background = turn::wants_background(&config, depth);
    let ask_graphics = depth != Depth::None && !config.linear;
    let options = ScreenOptions { mouse: config.mouse, ask_background, ask_graphics };
    // Before the screen asks for its size: no later change of it is missed.
    signals::spawn::<Input>(inputs.clone()).map_err(|error| thread_failed(&error))?;
    let mut screen = Screen::enter(options).map_err(|error| terminal_failed(&error))?;
    let size = screen.size();
    let (mut state, first) = State::new(config, (size.width, size.height), super::now(), zone);
    state.background = guess_background(variable);
    state.colourless = depth == Depth::None;
    state.place_for_exports = super::exporter::usual_place();
    state.notice = first_complaint(complaints).map(Notice::Trouble).or(repaired);
    input::spawn::<Input>(inputs).map_err(|error| thread_failed(&error))?;

    let inbox = turn::Inbox { terminal: from_terminal, workers: from_workers };
    let mut turns = turn::Turns::new(state, depth, log.clone(), workers);
    let ended = catch_unwind(AssertUnwindSafe(|| turns.run(&mut screen, &inbox, first)));
    // The terminal first: whatever is said from here on must be readable.
    let left = screen.leave();
    drop(screen);
    // Hanging up is what tells the workers to stop; the writer stores what is left to be stored.
    drop(turns);
    let stored = wait(threads, LAST_WORK);
    let refused: Vec<Problem> = inbox.workers.try_iter().filter_map(refusal).collect();
    let _ = log.flush(Duration::from_secs(1));
    match ended {
        Err(_) => Err(panicked(places, stored)),
        Ok(Err(error)) => Err(terminal_failed(&error)),
        Ok(Ok(Ended::Signal(signal))) => Ok(signal.exit_status()),
        Ok(Ok(Ended::TerminalGone)) => Ok(signals::Signal::HangUp.exit_status()),
        Ok(Ok(Ended::Quit)) if !stored => Err(not_stored()),
        Ok(Ok(Ended::Quit)) if !refused.is_empty() => Err(refused_at_the_end(&refused)),
        Ok(Ok(Ended::Quit)) => left.map(|()| 0).map_err(|error| terminal_failed(&error)),
    }
}

/// Looks for another reader's list of feeds, to offer it. Nothing is lost where it does not run.
fn look_around(outbox: &Outbox) {
    let outbox = outbox.clone();
    let _ = super::worker::spawn("look around", move || {
        let home = directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_owned());
        if let Some(found) = home.and_then(|home| ops::import::found(&home)) {
            outbox.send(Event::Found(clean!("{}", found.path.display()), found.feeds));
        }
    });
}

/// Starts the workers, each with its own way into the store.
fn hire(
    places: &Places,
    store: crate::store::Store,
    config: &Config,
    zone: &TimeZone,
    outbox: &Outbox,
) -> Result<(Workers, Vec<JoinHandle<()>>), Failure> {
    let started = |error: io::Error| thread_failed(&error);
    let open = || ops::open_reader(places);
    let (reader, t1) = desk::start("reader", open()?, zone.clone(), outbox.clone()).map_err(started)?;
    let (thinker, t2) = desk::start("thinker", open()?, zone.clone(), outbox.clone()).map_err(started)?;
    let (doors, t3) = writer::start(store, config.into(), places.feeds(), outbox.clone()).map_err(started)?;
    let means = Means { saved: config.into(), news: doors.news, outbox: outbox.clone() };
    let (refreshes, t4) = fetcher::start("fetcher", open()?, means.clone()).map_err(started)?;
    let (errands, t5) = fetcher::start("errands", open()?, means.clone()).map_err(started)?;
    let (pages, t6) = pages::start("pages", open()?, means.clone()).map_err(started)?;
    let (completion, t7) = pages::start("completion", open()?, means.clone()).map_err(started)?;
    let cache = places.cache.join("pictures");
    let (pictures, t8) = pictures::start(open()?, means, cache).map_err(started)?;
    let workers = Workers {
        reader,
        thinker,
        writer: doors.orders,
        refreshes,
        errands,
        pages,
        completion,
        pictures,
        outbox: outbox.clone(),
        store: places.database(),
    };
    // Only the writer has something to finish; the others are let go.
    drop((t1, t2, t4, t5, t6, t7, t8));
    Ok((workers, vec![t3]))
}

/// Waits for threads to end, at most so long. Returns whether they did.
fn wait(threads: Vec<JoinHandle<()>>, patience: Duration) -> bool {
    let until = Instant::now() + patience;
    while threads.iter().any(|thread| !thread.is_finished()) {
        if Instant::now() >= until {
            return false;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    true
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The first complaint about the settings, for the screen: short, with the name of the file and not
/// its whole path, and a word on how many there are.
pub(super) fn first_complaint(complaints: &[Complaint]) -> Option<Problem> {
    let complaint = complaints.first()?;
    let file = complaint.file.as_str().rsplit('/').next().unwrap_or_default();
    let place = complaint.at.map(|(line, column)| format!(":{line}:{column}")).unwrap_or_default();
    let more = match complaints.len() {
        1 => String::new(),
        all => format!(" (and {} more: dateline config check)", all - 1),
    };
    Some(Problem { message: clean!("{file}{place}: {}{more}", complaint.message), hint: complaint.hint.clone() })
}

fn terminal_failed(error: &ScreenError) -> Failure {
    Failure::new(Kind::Usage, Clean::new(&error.to_string()))
        .hint("dateline list prints the headlines, dateline show ID an article, dateline --help the rest.")
}

fn thread_failed(error: &io::Error) -> Failure {
    Failure::new(Kind::Data, clean!("A thread could not be started: {error}."))
}

/// Why a change that was still on its way at the end was not stored.
fn refusal(event: Event) -> Option<Problem> {
    match event {
        Event::Changed(changed) if !matches!(changed.change, Change::Position { .. } | Change::Visited { .. }) => {
            changed.outcome.err()
        }
        _ => None,
    }
}

/// Nobody saw these on the screen any more.
fn refused_at_the_end(refused: &[Problem]) -> Failure {
    let why = refused.first().map(|problem| problem.message.clone()).unwrap_or_default();
    let what = match refused.len() {
        1 => "Your last change was not stored".to_owned(),
        several => format!("Your last {several} changes were not stored"),
    };
    Failure::new(Kind::Data, clean!("{what}: {why}")).hint("start the reader and do it again")
}

fn not_stored() -> Failure {
    Failure::new(Kind::Data, "The store did not take your last changes within ten seconds.")
        .hint("Another program may be using it; dateline doctor looks into it.")
}

fn panicked(places: &Places, stored: bool) -> Failure {
    let report = panic::take();
    let line = report.map_or_else(|| Clean::new("internal error"), |report| report.line());
    Failure::new(Kind::Data, line).hint(clean!("{} The details are in {}.", done(stored), places.log().display()))
}

/// What became of what the person did.
fn done(stored: bool) -> &'static str {
    if stored { "What you did is stored." } else { "Your last changes may not be stored." }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Changed;
    use crate::model::ArticleId;

    #[test]
    fn what_was_refused_at_the_end_is_said() {
        let ids: Arc<[ArticleId]> = [ArticleId(1)].into();
        let locked = || Err(Problem { message: "the store is locked".into(), hint: None });
        let bookmark = Change::Bookmark { ids: ids.clone(), to: true, asked: true };
        let kept = Event::Changed(Changed { change: bookmark.clone(), outcome: Ok(ids) });
        assert_eq!(refusal(kept), None);
        let place = Change::Position { id: ArticleId(1), position: 9 };
        assert_eq!(refusal(Event::Changed(Changed { change: place, outcome: locked() })), None);
        let refused = refusal(Event::Changed(Changed { change: bookmark, outcome: locked() }));
        let failure = refused_at_the_end(&[refused.unwrap()]);
        assert_eq!(failure.message.as_str(), "Your last change was not stored: the store is locked");
    }

    #[test]
    fn a_complaint_on_the_screen_is_short() {
        let complaint = |line| Complaint {
            file: "/home/ada/.config/dateline/config.toml".into(),
            at: Some((line, 9)),
            message: "theme cannot be “drak”".into(),
            hint: None,
        };
        let problem = first_complaint(&[complaint(1), complaint(2)]).unwrap();
        assert_eq!(
            problem.message.as_str(),
            "config.toml:1:9: theme cannot be “drak” (and 1 more: dateline config check)"
        );
        assert_eq!(first_complaint(&[]), None);
    }
}
