//! Notifications by way of the terminal, which shows them beside its window also over ssh.

use super::clipboard::Multiplexer;
use crate::text::Clean;

/// The bell.
pub const BELL: &str = "\x07";

/// The bytes that show `words`: OSC 777 for the terminals that know that one, OSC 9 for all others,
/// which show it or ignore it. Within tmux and screen the bell, which they hand on.
#[must_use]
pub fn sequence(words: &Clean, env: impl Fn(&str) -> Option<String>) -> String {
    if Multiplexer::from_env(&env) != Multiplexer::None {
        return BELL.to_owned();
    }
    let term = env("TERM").unwrap_or_default();
    let by_name = term.contains("rxvt") || term.starts_with("foot");
    if by_name || env("VTE_VERSION").is_some_and(|version| !version.is_empty()) {
        // What stands behind a semicolon there is another part of it.
        return format!("\x1b]777;notify;Dateline;{}\x1b\\", words.as_str().replace(';', ","));
    }
    // A figure at its beginning would mean something else to some (OSC 9;4 is a progress bar).
    format!("\x1b]9;Dateline: {words}\x1b\\")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clean_words_in_the_form_that_the_terminal_knows() {
        let words = Clean::new("port;\u{1b}]0;x\u{7} 4 new");
        let with = |set: &'static [(&'static str, &'static str)]| {
            sequence(&words, |name| set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
        };
        assert_eq!(with(&[("TERM", "xterm-kitty")]), "\x1b]9;Dateline: port; 4 new\x1b\\");
        assert_eq!(with(&[("TERM", "foot")]), "\x1b]777;notify;Dateline;port, 4 new\x1b\\");
        assert_eq!(with(&[("VTE_VERSION", "7000")]), "\x1b]777;notify;Dateline;port, 4 new\x1b\\");
        assert_eq!(with(&[("TMUX", "x"), ("TERM", "foot")]), BELL);
    }
}
