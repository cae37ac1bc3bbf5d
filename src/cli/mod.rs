//! The command line: what was said, done, and written out.
//!
//! [`main`] reads the arguments (`args`), finds places and settings, and hands a `Context` to the
//! command; each command has a file of its name. Answers go to `output`, everything else to standard
//! error; what a program reads instead of a person is in `records`.

mod add;
mod args;
mod bookmark;
mod brief;
mod cleanup;
mod completions;
mod config;
mod copies;
mod doctor;
mod export;
mod extract;
mod feed_args;
mod feeds;
mod fetch;
mod fetch_args;
mod file;
mod full;
mod import;
mod items;
mod keep_args;
mod list;
mod list_args;
mod man;
mod mark;
mod mirror;
mod mute;
mod note;
mod output;
mod packs;
mod pick;
mod progress;
mod records;
mod refresh;
mod related;
mod saved;
mod search;
mod show;
mod stories;
mod tag;
mod tellings;
mod told;
mod when;

use std::io::{self, IsTerminal};
use std::process::ExitCode;

use clap::Parser;
use jiff::tz::TimeZone;

use crate::clean;
use crate::config::{Complaint, Config, Places};
use crate::model::{TextKind, Time};
use crate::ops::{self, Failure, Kind};
use crate::shell;
use crate::store::{Reader, Store};
use args::{Arguments, Command};
use output::{Exit, Outcome, Output, complain, say};

/// Does what the arguments of this process say, and says how it went: see the exit codes in
/// `dateline --help`.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version come this way too. Where they cannot be printed nobody reads them.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(Kind::Usage.exit_code()));
        }
    };
    match run(arguments) {
        Ok(()) | Err(Exit::PipeClosed) => ExitCode::SUCCESS,
        Err(Exit::Ended(status)) => ExitCode::from(status),
        Err(Exit::Said(kind)) => ExitCode::from(kind.exit_code()),
        Err(Exit::Failed(failure)) => {
            complain(&failure);
            ExitCode::from(failure.kind.exit_code())
        }
    }
}

/// What every command works with.
struct Context {
    places: Places,
    config: Config,
    /// What of the configuration could not be used.
    complaints: Vec<Complaint>,
    out: Output,
    /// When the command was given.
    now: Time,
    /// Where the person is.
    zone: TimeZone,
}

impl Context {
    /// The store, to be written; made if there is none.
    fn store(&self) -> Result<Store, Failure> {
        let store = ops::open(&self.places)?;
        if let Some(notice) = store.notice() {
            say(&clean!("dateline: {notice}"));
        }
        Ok(store)
    }

    /// The store, only to be read. One that has to be made, brought up to date or mended first is
    /// opened for writing, so that what happened to it is said.
    fn reader(&self) -> Result<Reader, Failure> {
        match Reader::open(&self.places.database()) {
            Ok(reader) => Ok(reader),
            Err(_) => {
                drop(self.store()?);
                ops::open_reader(&self.places)
            }
        }
    }
}

impl Context {
    /// The store to be read, once every article in it was put into its story: after a bulk import, or in
    /// a store of an earlier version, some may wait for that.
    fn settled(&self) -> Result<Reader, Failure> {
        let reader = self.reader()?;
        if ops::stories::waiting(&reader)? > 0 {
            let mut store = self.store()?;
            ops::stories::prefer(&mut store, &(&self.config).into())?;
            while ops::stories::catch_up(&mut store)? > 0 {}
        }
        Ok(reader)
    }
}

fn run(arguments: Arguments) -> Outcome {
    let Arguments { global, command } = arguments;
    // These two are about the program itself, and need no place of their own here.
    match command {
        Some(Command::Completions { shell }) => return completions::run(shell),
        Some(Command::Man) => return man::run(),
        _ => {}
    }
    let places = Places::find(global.data_dir.as_deref(), global.config.as_deref()).map_err(|none| {
        Failure::new(Kind::Usage, clean!("{none}")).hint("set HOME, or give both --data-dir and --config")
    })?;
    let (config, complaints) = crate::config::load(&places);
    let Some(command) = command else { return reader(&places, config, &complaints) };
    let mut context = Context {
        places,
        config,
        complaints,
        out: Output::new(global.json),
        now: Time(jiff::Timestamp::now().as_second()),
        zone: TimeZone::system(),
    };
    // These two give the complaints as their answer.
    if !matches!(command, Command::Config { .. } | Command::Doctor { .. }) {
        for complaint in &context.complaints {
            say(&clean!("dateline: {complaint}"));
            if let Some(hint) = &complaint.hint {
                say(&clean!("hint: {hint}"));
            }
        }
    }
    let lists = command.changes_feeds();
    if lists {
        mirror::read(&context);
    }
    let done = match command {
        Command::Add { addresses } => add::run(&mut context, &addresses),
        Command::Import { files } => import::run(&mut context, &files),
        Command::Refresh(what) => refresh::run(&mut context, &what),
        Command::Packs { name, add } => packs::run(&mut context, name.as_deref(), add),
        Command::Saved { what } => saved::run(&mut context, what.as_ref()),
        Command::Feeds { what: None } => feeds::run(&mut context),
        Command::Feeds { what: Some(what) } => feeds::edit(&mut context, &what),
        Command::List(what) => list::run(&mut context, &what),
        Command::Search { query, sort, limit } => search::run(&mut context, &query.join(" "), sort, limit),
        Command::Show { ids, format, full, feed } => {
            let kind = if full { Some(TextKind::Full) } else { feed.then_some(TextKind::Feed) };
            show::run(&mut context, &ids, format, kind)
        }
        Command::Full(what) => full::run(&mut context, &what),
        Command::Related(what) => related::run(&mut context, &what),
        Command::Stories(what) => stories::run(&mut context, &what),
        Command::Copies(what) => copies::run(&mut context, what.format),
        Command::Brief(what) => brief::run(&mut context, &what),
        Command::Mute(what) => mute::run(&mut context, &what),
        Command::Extract { page } => extract::run(&mut context, &page),
        Command::Mark { as_what, ids } => mark::run(&mut context, as_what, &ids),
        Command::Bookmark { articles, remove, complete } => bookmark::run(&mut context, &articles, remove)
            .and_then(|()| if complete { bookmark::complete(&mut context) } else { Ok(()) }),
        Command::Tag { given, remove } => tag::run(&mut context, &given, remove),
        Command::Tags => tag::list(&mut context),
        Command::Note(what) => note::run(&mut context, &what),
        Command::Export(what) => export::run(&mut context, &what),
        Command::Cleanup(what) => cleanup::run(&mut context, &what),
        Command::Completions { shell } => completions::run(shell),
        Command::Man => man::run(),
        Command::Config { what } => config::run(&mut context, what),
        Command::Doctor { repair } => doctor::run(&mut context, repair),
    };
    if lists {
        mirror::write(&context);
    }
    // What was found before a failure is shown before the failure is said.
    let flushed = context.out.flush();
    done.and(flushed)
}

/// Opens the reader, where there is somebody to read.
fn reader(places: &Places, config: Config, complaints: &[Complaint]) -> Outcome {
    let missing = match (io::stdin().is_terminal(), io::stdout().is_terminal()) {
        (true, true) => return read(places, config, complaints),
        (false, _) => "standard input",
        (true, false) => "standard output",
    };
    let failure = Failure::new(Kind::Usage, clean!("the reader needs a terminal, and {missing} is not one"));
    Err(failure.hint("`dateline list` prints the headlines").hint("`dateline --help` names all commands").into())
}

/// The reader's screen. A signal that ends it is the exit status, as shells count.
fn read(places: &Places, config: Config, complaints: &[Complaint]) -> Outcome {
    match shell::run(places, config, complaints)? {
        0 => Ok(()),
        status => Err(Exit::Ended(status)),
    }
}
