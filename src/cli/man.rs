//! `dateline man`: the manual page, made of the same definitions that read the arguments and the keys.

use std::io;

use clap::{Arg, Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, italic, roman};

use super::args::Arguments;
use super::output::{Outcome, Output};
use crate::app::help::heading;
use crate::config::{KeySeq, Keymap};
use crate::model::{Action, Place};
use crate::text::CleanText;

/// Where things are, as the page says it.
const FILES: [(&str, &str); 4] = [
    (
        "~/.local/share/dateline/dateline.db",
        "News, bookmarks, everything. With the reader closed, a copy of it is a whole backup.",
    ),
    ("~/.local/share/dateline/feeds.opml", "The list of feeds, for other programs."),
    ("~/.config/dateline/config.toml", "Settings, if you have any; `dateline config default` prints all of them."),
    ("~/.local/state/dateline/dateline.log", "The log."),
];

/// What of the environment counts.
const ENVIRONMENT: [(&str, &str); 4] = [
    ("XDG_DATA_HOME, XDG_CONFIG_HOME, XDG_STATE_HOME, XDG_CACHE_HOME", "Where the files above are instead."),
    ("BROWSER", "The program that opens addresses, unless the settings name one."),
    ("NO_COLOR", "Where it is set, no colours are used."),
    ("HTTP_PROXY, HTTPS_PROXY, NO_PROXY", "The way to the network."),
];

/// The exit codes.
const EXIT: [(&str, &str); 6] = [
    ("0", "Done."),
    ("1", "Nothing was found."),
    ("2", "Usage or configuration."),
    ("3", "Some feeds failed."),
    ("4", "Network."),
    ("5", "Data."),
];

pub(super) fn run() -> Outcome {
    let mut out = Output::new(false);
    out.text(&CleanText::new(page().trim_end()))?;
    out.flush()
}

/// The page, in roff.
fn page() -> String {
    let mut command = Arguments::command();
    command.build();
    let man = Man::new(command.clone()).section("1").manual("Dateline");
    let mut written = Vec::new();
    // Writing into memory does not fail.
    let _ = head(&man, &mut written);
    let mut page = String::from_utf8_lossy(&written).into_owned();
    page.push_str(&commands(&command));
    page.push_str(&keys());
    for (title, rows) in [("FILES", &FILES[..]), ("ENVIRONMENT", &ENVIRONMENT), ("EXIT STATUS", &EXIT)] {
        let mut roff = Roff::new();
        roff.control("SH", [title]);
        for (name, does) in rows {
            entry(&mut roff, name, does);
        }
        page.push_str(&roff.to_roff());
    }
    page
}

fn head(man: &Man, into: &mut Vec<u8>) -> io::Result<()> {
    man.render_title(into)?;
    man.render_name_section(into)?;
    man.render_synopsis_section(into)?;
    man.render_description_section(into)?;
    man.render_options_section(into)
}

fn commands(command: &Command) -> String {
    let mut roff = Roff::new();
    roff.control("SH", ["COMMANDS"]);
    for command in command.get_subcommands().filter(|command| command.get_name() != "help") {
        one(&mut roff, command, "dateline");
    }
    roff.to_roff()
}

/// A command with what it says of itself, its arguments, its examples, and what stands below it.
fn one(roff: &mut Roff, command: &Command, before: &str) {
    let name = format!("{before} {}", command.get_name());
    roff.control("SS", [name.as_str()]);
    let about = command.get_long_about().or(command.get_about()).map(ToString::to_string).unwrap_or_default();
    for (n, paragraph) in about.split("\n\n").enumerate() {
        if n > 0 {
            roff.control("PP", []);
        }
        roff.text([roman(paragraph.replace('\n', " "))]);
    }
    for arg in command
        .get_arguments()
        .filter(|arg| !arg.is_global_set() && !matches!(arg.get_id().as_str(), "help" | "version"))
    {
        let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
        entry(roff, &written(arg), &help.replace('\n', " "));
    }
    if let Some(examples) = command.get_after_help() {
        roff.control("PP", []);
        roff.control("nf", []);
        for line in examples.to_string().lines() {
            roff.text([roman(line)]);
        }
        roff.control("fi", []);
    }
    for below in command.get_subcommands().filter(|below| below.get_name() != "help") {
        one(roff, below, &name);
    }
}

/// An argument as it is written on a command line.
fn written(arg: &Arg) -> String {
    let values: Vec<String> = arg.get_value_names().unwrap_or_default().iter().map(ToString::to_string).collect();
    let takes = arg.get_num_args().is_some_and(|number| number.takes_values());
    match (arg.get_long(), takes) {
        (Some(long), true) => format!("--{long} {}", values.join(" ")),
        (Some(long), false) => format!("--{long}"),
        (None, _) => values.join(" "),
    }
}

/// The keys as they are by default, in the order of the help.
fn keys() -> String {
    let (map, mut roff) = (Keymap::default(), Roff::new());
    roff.control("SH", ["KEYS"]);
    roff.text([
        roman("In the reader. Every key can be changed in the settings; the command line ("),
        bold(":"),
        roman(") knows every action by its name, which stands behind it here."),
    ]);
    for place in Place::ALL {
        roff.control("SS", [heading(place)]);
        let everywhere = |action: &Action| {
            place != Place::Anywhere && map.keys_for(Place::Anywhere, *action) == map.keys_for(place, *action)
        };
        for action in Action::ALL.iter().filter(|action| !everywhere(action)) {
            let keys: Vec<String> = map.keys_for(place, *action).iter().map(KeySeq::to_string).collect();
            if !keys.is_empty() {
                roff.control("TP", []);
                roff.text([bold(keys.join(", "))]);
                roff.text([roman(format!("{} (", action.help())), italic(action.name()), roman(")")]);
            }
        }
    }
    roff.to_roff()
}

fn entry(roff: &mut Roff, name: &str, does: &str) {
    roff.control("TP", []);
    roff.text([bold(name)]);
    roff.text([roman(does)]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_holds_every_command_every_action_with_a_key_and_the_files() {
        let page = page().replace("\\-", "-");
        for command in Arguments::command().get_subcommands() {
            assert!(page.contains(&format!("dateline {}", command.get_name())), "{}", command.get_name());
        }
        for action in Action::ALL {
            assert!(page.contains(action.name()), "{action}");
        }
        for needed in [".SH NAME", ".SH COMMANDS", ".SH KEYS", ".SH FILES", "dateline.db", "--data-dir", "ctrl-p"] {
            assert!(page.contains(needed), "{needed}");
        }
        assert_eq!(CleanText::new(page.trim_end()).as_str(), page.trim_end(), "nothing is lost on the way out");
    }
}
