//! `dateline completions`: what a shell needs to complete Dateline's commands.

use clap::CommandFactory;
use clap_complete::{Shell, generate};

use super::args::Arguments;
use super::output::{Outcome, Output};
use crate::text::CleanText;

pub(super) fn run(shell: Shell) -> Outcome {
    let mut out = Output::new(false);
    out.text(&CleanText::new(script(shell).trim_end()))?;
    out.flush()
}

/// The script for a shell: made of the same definitions that read the arguments.
fn script(shell: Shell) -> String {
    let mut script = Vec::new();
    generate(shell, &mut Arguments::command(), "dateline", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::ValueEnum;

    #[test]
    fn every_shell_learns_every_command_and_loses_nothing_on_the_way_out() {
        for shell in Shell::value_variants() {
            let script = script(*shell);
            for command in Arguments::command().get_subcommands() {
                assert!(script.contains(command.get_name()), "{shell}: {}", command.get_name());
            }
            assert_eq!(CleanText::new(script.trim_end()).as_str(), script.trim_end(), "{shell}");
        }
    }
}
