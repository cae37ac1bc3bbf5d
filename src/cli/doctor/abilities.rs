//! What the terminal can do: by its own word where it is there to be asked, else by its environment.

use std::io::{self, IsTerminal};

use super::Check;
use crate::clean;
use crate::config::Background;
use crate::terminal::clipboard::Multiplexer;
use crate::terminal::probe::{Probed, probe};
use crate::terminal::{Abilities, hyperlinks};
use crate::text::Clean;
use crate::text::width::width;

/// Texts that terminals draw in different widths, and what they are.
const MEASURED: [(&str, &str); 5] = [
    ("新闻", "Chinese characters"),
    ("e\u{301}", "a combining accent"),
    ("👩\u{200d}🚀", "a joined emoji"),
    ("❤\u{fe0f}", "a sign made an emoji"),
    ("…", "dots"),
];

/// Looks at all of them.
pub(super) fn checks(env: impl Fn(&str) -> Option<String>) -> Vec<Check> {
    let there = io::stdin().is_terminal() && io::stdout().is_terminal();
    let texts = MEASURED.map(|(text, _)| text);
    let probed = if there { probe(&texts).ok() } else { None };
    let mut checks = vec![pictures(probed.as_ref(), &env), links(&env), clipboard(&env)];
    if let Some(probed) = probed {
        checks.extend(told(&probed));
    }
    checks
}

fn pictures(probed: Option<&Probed>, env: impl Fn(&str) -> Option<String>) -> Check {
    let by_environment = Abilities::new(env);
    let abilities = probed.map_or(&by_environment, |probed| &probed.abilities);
    let (across, down) = abilities.cell();
    Check::well(
        "pictures",
        match (abilities.graphics(), probed) {
            (Some(protocol), _) => clean!("{protocol}, cells of {across} by {down} pixels"),
            (None, Some(_)) => {
                Clean::new("painted with halves of cells: the terminal says of no graphics that it has them")
            }
            (None, None) => Clean::new("not known: there is no terminal to be asked"),
        },
    )
}

fn links(env: impl Fn(&str) -> Option<String>) -> Check {
    let words = if hyperlinks::understood(env) {
        "told to the terminal (OSC 8)"
    } else {
        "not told to the terminal, which is not known to understand OSC 8"
    };
    Check::well("links", Clean::new(words))
}

fn clipboard(env: impl Fn(&str) -> Option<String>) -> Check {
    let (words, hint) = match Multiplexer::from_env(env) {
        Multiplexer::None => ("by way of the terminal (OSC 52); whether it takes it cannot be asked", None),
        Multiplexer::Tmux => ("by way of tmux (OSC 52)", Some("tmux needs `set -g set-clipboard on`")),
        Multiplexer::Screen => ("by way of screen (OSC 52)", None),
        Multiplexer::Either => (
            "by way of tmux (OSC 52), where this is tmux; screen drops it",
            Some("tmux needs `set -g set-clipboard on`"),
        ),
    };
    Check { name: "clipboard", message: Clean::new(words), wrong: None, hint: hint.map(Clean::new) }
}

/// What it answered.
fn told(probed: &Probed) -> Vec<Check> {
    if !probed.answered {
        return vec![Check::well("answers", Clean::new("none within a second: the terminal was asked what it is"))];
    }
    let name = probed.name.clone().unwrap_or_else(|| Clean::new("a terminal that does not tell its name"));
    let background = match probed.background {
        Some(Background::Dark) => "a dark background",
        Some(Background::Light) => "a light background",
        None => "a background that it does not tell",
    };
    let keyboard = if probed.keyboard { "kitty's keyboard protocol" } else { "no keyboard protocol of kitty's" };
    vec![Check::well("answers", clean!("{name}; {background}; {keyboard}")), widths(&probed.widths)]
}

fn widths(measured: &[u16]) -> Check {
    if measured.len() < MEASURED.len() {
        return Check::well("widths", Clean::new("the terminal does not tell where its cursor is"));
    }
    let other: Vec<String> = MEASURED
        .iter()
        .zip(measured)
        .filter(|((text, _), columns)| width(text) != usize::from(**columns))
        .map(|((text, what), columns)| {
            let unit = if *columns == 1 { "column" } else { "columns" };
            format!("{what} {columns} {unit} instead of {}", width(text))
        })
        .collect();
    match other.is_empty() {
        true => Check::well("widths", Clean::new("drawn as they are reckoned")),
        false => Check {
            name: "widths",
            message: clean!("drawn otherwise than they are reckoned: {}", other.join(", ")),
            wrong: None,
            hint: Some(Clean::new("lines that hold such signs may end early or late; another terminal may be newer")),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_that_differ_are_named() {
        assert_eq!(widths(&[4, 1, 2, 2, 1]).message.as_str(), "drawn as they are reckoned");
        let other = widths(&[4, 1, 4, 1, 1]).message;
        assert!(other.as_str().contains("a joined emoji 4 columns instead of 2"), "{other}");
        assert!(widths(&[]).message.as_str().contains("does not tell"));
    }

    #[test]
    fn without_a_terminal_the_environment_speaks() {
        let kitty = |name: &str| (name == "TERM").then(|| "xterm-kitty".to_owned());
        assert!(links(kitty).message.as_str().starts_with("told"));
        assert!(links(|_: &str| None).message.as_str().starts_with("not told"));
        assert!(clipboard(|name: &str| (name == "TMUX").then(|| "x".to_owned())).hint.is_some());
    }
}
