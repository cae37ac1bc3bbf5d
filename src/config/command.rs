//! A program to run, as the configuration names it.

use crate::text::Link;

/// What stands for the address in a command's arguments.
const ADDRESS: &str = "%u";

/// A program and its arguments. Never a shell line: nothing in an address can become a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    program: String,
    arguments: Vec<String>,
}

impl Command {
    /// The command of these words, the program first; `None` if there is no program.
    #[must_use]
    pub fn new(words: impl IntoIterator<Item = String>) -> Option<Self> {
        let mut words = words.into_iter();
        let program = words.next().filter(|program| !program.is_empty())?;
        Some(Self { program, arguments: words.collect() })
    }

    /// Reads words separated by white space; there is no quoting.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::new(text.split_whitespace().map(str::to_owned))
    }

    /// The program: a name to be found in `PATH`, or a path.
    #[must_use]
    pub fn program(&self) -> &str {
        &self.program
    }

    /// The arguments to open `address`: it takes the place of `%u` wherever that stands, else it
    /// comes last. It is one argument (or part of one) whatever is in it.
    #[must_use]
    pub fn arguments(&self, address: &Link) -> Vec<String> {
        let mut arguments: Vec<String> =
            self.arguments.iter().map(|argument| argument.replace(ADDRESS, address.as_str())).collect();
        if !self.arguments.iter().any(|argument| argument.contains(ADDRESS)) {
            arguments.push(address.as_str().to_owned());
        }
        arguments
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_one_argument() {
        let link = Link::parse("https://a.example/?q=$(reboot);x&y='").unwrap();
        let command = Command::parse("firefox  --new-tab").unwrap();
        assert_eq!(command.program(), "firefox");
        assert_eq!(command.arguments(&link), ["--new-tab", link.as_str()]);
        let command = Command::parse("mpv --url=%u -q").unwrap();
        assert_eq!(command.arguments(&link), [format!("--url={link}"), "-q".to_owned()]);
        assert_eq!(Command::parse("  "), None);
        assert_eq!(Command::new(["".to_owned(), "x".to_owned()]), None);
    }
}
