//! `[[share]]`: programs that articles are shared with.

use toml::de::DeValue;

use super::command::an_argument;
use super::section::Section;
use crate::text::Clean;

/// A program that articles are shared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// What it is called.
    pub name: Clean,
    /// It draws on the terminal, which it is lent.
    pub terminal: bool,
    /// The program and its arguments; never empty. No shell reads them.
    words: Vec<String>,
}

impl Share {
    /// The words with the address in place of `{url}` and the headline in place of `{title}`, each
    /// within the one argument it stands in. Without a `{url}` the address comes last.
    #[must_use]
    pub fn filled(&self, url: &str, title: &str) -> Vec<Clean> {
        let mut words: Vec<Clean> = self.words.iter().map(|word| filled(word, url, title)).collect();
        if !self.words.iter().any(|word| word.contains("{url}")) {
            words.push(Clean::new(url));
        }
        words
    }
}

/// By hand rather than `replace` twice: a headline may hold a `{url}` itself.
fn filled(word: &str, url: &str, title: &str) -> Clean {
    let (mut done, mut rest) = (String::new(), word);
    while let Some(at) = rest.find('{') {
        done.push_str(&rest[..at]);
        rest = &rest[at..];
        let (by, length) = if rest.starts_with("{url}") {
            (url, 5)
        } else if rest.starts_with("{title}") {
            (title, 7)
        } else {
            ("{", 1)
        };
        done.push_str(by);
        rest = &rest[length..];
    }
    Clean::verbatim(&an_argument(done + rest, word))
}

/// Reads every `[[share]]`; one that is not whole is complained about and left out.
pub(super) fn read(root: &mut Section<'_, '_>) -> Vec<Share> {
    let mut all = Vec::new();
    root.each_table("share", |mut section| {
        all.extend(one(&mut section));
        section.finish();
    });
    all
}

fn one(section: &mut Section<'_, '_>) -> Option<Share> {
    let name = section.text("name").map(|name| Clean::new(name.get_ref())).filter(|name| !name.is_empty());
    let mut terminal = false;
    section.flag("terminal", &mut terminal);
    let Some(value) = section.value("command") else {
        section.lacks("command = [\"program\", \"{url}\"]");
        return None;
    };
    let words: Option<Vec<String>> = match value.get_ref() {
        DeValue::String(line) => shell_words::split(line).ok(),
        DeValue::Array(words) => words.iter().map(|word| word.get_ref().as_str().map(str::to_owned)).collect(),
        _ => None,
    };
    let Some(words) = words.filter(|words| words.first().is_some_and(|program| !program.is_empty())) else {
        section.wrong_type("command", value, "a program with its arguments, as text or as a list of texts");
        return None;
    };
    let Some(name) = name else {
        section.lacks("name = \"…\", by which it is chosen");
        return None;
    };
    Some(Share { name, terminal, words })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::load::parse;

    #[test]
    fn words_are_filled_and_never_split() {
        let share = |words: &[&str]| Share {
            name: "x".into(),
            terminal: false,
            words: words.iter().map(|word| (*word).to_owned()).collect(),
        };
        let filled = |words: &[&str]| {
            let words = share(words).filled("https://a.example/?q=1", "Rain; rm -rf {url} $(x)");
            words.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(
            filled(&["mail", "-s", "{title}", "{url}"])[1..],
            ["-s", "Rain; rm -rf {url} $(x)", "https://a.example/?q=1"]
        );
        let hyphen = share(&["mail", "{title}"]).filled("https://a.example/", "--attach=/etc/passwd");
        assert_eq!(hyphen[1].as_str(), " --attach=/etc/passwd", "no option");
        assert_eq!(filled(&["save"]), ["save", "https://a.example/?q=1"]);
        assert_eq!(filled(&["x", "{a}{url}"])[1], "{a}https://a.example/?q=1");
    }

    #[test]
    fn what_is_not_whole_is_said() {
        let (config, complaints) = parse(
            "c".into(),
            "[[share]]\nname = \"Wallabag\"\ncommand = \"wallabag add {url}\"\n[[share]]\nname = \"Mail\"\n[[share]]\ncommand = []\n",
        );
        assert_eq!(config.shares.len(), 1);
        assert_eq!(complaints.len(), 2);
    }
}
