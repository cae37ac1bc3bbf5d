//! Who a speaker is: the fullest name that was said, for a surname or a pronoun.

use super::speech::Speech;

/// So many speakers are told from one another: more are in no text that is read.
const MOST: usize = 400;

/// The speakers named so far.
#[derive(Debug, Default)]
pub(super) struct Naming {
    /// Their names, in the order in which they were first said.
    names: Vec<String>,
    /// The one named last.
    last: Option<usize>,
}

impl Naming {
    /// The speaker named last.
    pub(super) fn last(&self) -> Option<&str> {
        self.last.and_then(|at| self.names.get(at)).map(String::as_str)
    }

    /// The speaker that `words` mean; `None` for a pronoun that nobody was named before.
    pub(super) fn resolve(&mut self, words: &str, speech: &Speech) -> Option<String> {
        let words = words.trim();
        // "It" is the board or the ministry, but nobody with a name.
        if speech.is_neuter(words) {
            return self.last().filter(|last| speech.begins_with_article(last)).map(str::to_owned);
        }
        if speech.is_pronoun(words) || speech.is_possessive(words) {
            return self.last().map(str::to_owned);
        }
        let name = words.to_owned();
        let from = self.names.len().saturating_sub(MOST);
        let at = match self.names[from..].iter().position(|known| same(known, &name)).map(|at| from + at) {
            Some(at) => {
                // Of two forms the one with more of the name.
                if capitals(&name) > capitals(&self.names[at]) {
                    self.names[at] = name;
                }
                at
            }
            None => {
                self.names.push(name);
                self.names.len() - 1
            }
        };
        self.last = Some(at);
        self.names.get(at).cloned()
    }
}

/// Whether two names are of one speaker: the same, or the one ends in the other's surname.
fn same(known: &str, name: &str) -> bool {
    if known.to_lowercase() == name.to_lowercase() {
        return true;
    }
    let surname = |words: &str| {
        let last = words.split_whitespace().next_back()?;
        let last = last.trim_end_matches(['.', ',']);
        last.chars().next().is_some_and(char::is_uppercase).then(|| last.to_owned())
    };
    let (Some(one), Some(other)) = (surname(known), surname(name)) else { return false };
    // Two people may share a surname, but hardly where one of them is called by it alone; and somebody's
    // office ends in a name that is not its holder's: "пресс-секретарь Токаева".
    let office = |words: &str| words.starts_with(char::is_lowercase) && capitals(words) == 1 && !words.is_ascii();
    one == other && (people(known) == 1 || people(name) == 1) && !office(known) && !office(name)
}

/// Words of a name that are no title.
fn people(name: &str) -> usize {
    const TITLES: &[&str] =
        &["Mr", "Mrs", "Ms", "Dr", "Herr", "Frau", "Judge", "Justice", "President", "Minister", "Prof"];
    let titled = name.split_whitespace().next().is_some_and(|first| TITLES.contains(&first.trim_end_matches('.')));
    capitals(name) - usize::from(titled)
}

fn capitals(name: &str) -> usize {
    name.split_whitespace().filter(|word| word.chars().next().is_some_and(char::is_uppercase)).count()
}
