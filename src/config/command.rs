//! A program to run, as the configuration or `$BROWSER` names it.

use crate::text::{Clean, Link};

/// A program and its arguments; every `%s` stands for the address. Never a shell's line: an address
/// comes from outside and must not be able to say anything to a shell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// Never empty, and neither is the first.
    words: Vec<String>,
}

impl Command {
    /// The command of these words, the program first; `None` if there is no program.
    #[must_use]
    pub fn new(words: Vec<String>) -> Option<Self> {
        (!words.first()?.is_empty()).then_some(Self { words })
    }

    /// Reads a command: words split as a shell splits them, quotes understood, nothing else.
    /// Without a `%s` the address comes last; `%%` is a per cent sign. `None` where it is empty or a
    /// quote is not closed.
    #[must_use]
    pub fn parse(line: &str) -> Option<Self> {
        Self::new(shell_words::split(line).ok()?)
    }

    /// Its program as it was named: something to be found in `PATH`, or a path.
    #[must_use]
    pub fn program(&self) -> &str {
        self.words.first().map_or("", String::as_str)
    }

    /// The program and its arguments as they are. Never empty.
    #[must_use]
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// Its program, for messages.
    #[must_use]
    pub fn label(&self) -> Clean {
        Clean::new(self.program())
    }

    /// The words with the address put in, each an argument of its own whatever the address holds.
    #[must_use]
    pub fn filled(&self, link: &Link) -> Vec<String> {
        self.filled_with(link.as_str())
    }

    /// The words with `text` put in for every `%s`, or behind them where there is none; each an
    /// argument of its own whatever the text holds.
    #[must_use]
    pub fn filled_with(&self, text: &str) -> Vec<String> {
        let mut placed = false;
        let mut words: Vec<String> = self
            .words
            .iter()
            .map(|word| {
                // By hand rather than `replace`: the address may hold a `%s` itself.
                let mut filled = String::new();
                let mut rest = word.as_str();
                while let Some(at) = rest.find('%') {
                    filled.push_str(&rest[..at]);
                    let (by, length) = match &rest.as_bytes()[at..] {
                        [_, b's', ..] => {
                            placed = true;
                            (text, 2)
                        }
                        [_, b'%', ..] => ("%", 2),
                        _ => ("%", 1),
                    };
                    filled.push_str(by);
                    rest = &rest[at + length..];
                }
                an_argument(filled + rest, word)
            })
            .collect();
        if !placed {
            words.push(an_argument(text.to_owned(), ""));
        }
        words
    }
}

/// What was put in the place of a word of a command. Words from outside that begin with a hyphen would
/// be read as an option, so a blank goes before them; the person's own hyphen stays.
pub(super) fn an_argument(filled: String, word: &str) -> String {
    if filled.starts_with('-') && !word.starts_with('-') { format!(" {filled}") } else { filled }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_an_argument_whatever_it_holds() {
        let link = Link::parse("https://a.example/x?q=%s%20$(reboot)'").unwrap();
        let address = link.to_string();
        for (line, words) in [
            ("firefox", vec!["firefox", &address]),
            ("firefox --new-tab '%s'", vec!["firefox", "--new-tab", &address]),
            ("'my browser' -a \"100%% %s\"", vec!["my browser", "-a", &format!("100% {address}")]),
            ("b %x", vec!["b", "%x", &address]),
        ] {
            assert_eq!(Command::parse(line).unwrap().filled(&link), words, "{line}");
        }
        let option = Command::parse("tell -x %s").unwrap().filled_with("--exec=reboot");
        assert_eq!(option, ["tell", "-x", " --exec=reboot"]);
        assert_eq!(Command::parse("tell --text=%s").unwrap().filled_with("-x")[1], "--text=-x");
        assert_eq!(Command::parse("'open"), None);
        assert_eq!(Command::parse("  "), None);
        assert_eq!(Command::new(vec![String::new(), "x".to_owned()]), None);
    }
}
