//! What an article says that its story had not said before, in one sentence of its own.

use rustc_hash::FxHashSet;

use super::signature::term;
use super::stop::Stops;
use crate::text::Lang;
use crate::text::sentences::sentences;
use crate::text::words;

/// The longest sentence that is quoted, in words; a longer one is a list or a paragraph without stops.
const MAX_WORDS: u32 = 60;

/// The fewest new terms that are news.
const MIN_NEW: usize = 3;

/// What a story has said so far.
#[derive(Clone, Debug, Default)]
pub struct Told {
    terms: FxHashSet<u32>,
}

impl Told {
    /// Takes in what an article says and gives its sentence with most that was not said before: most
    /// new terms, the earliest of equals. Where nothing was said before all of it is new, and it is the first
    /// sentence, which is written to say what happened. `None` where no sentence says anything new. Linear in
    /// length.
    pub fn tell<'t>(&mut self, title: &str, body: &'t str, lang: Option<Lang>) -> Option<&'t str> {
        let stops = Stops::of(lang);
        let first = self.terms.is_empty();
        let mut best = None;
        let mut said = Vec::new();
        for sentence in sentences(body) {
            let mut new = FxHashSet::default();
            let mut length = 0;
            words::each(sentence, lang, |token| {
                length += 1;
                let term = term(token.stem);
                if !stops.has(term) {
                    said.push(term);
                    if !self.terms.contains(&term) {
                        new.insert(term);
                    }
                }
            });
            let more = new.len();
            if more >= MIN_NEW && length <= MAX_WORDS && best.is_none_or(|(most, _)| more > most && !first) {
                best = Some((more, sentence));
            }
        }
        self.terms.extend(said);
        words::each(title, lang, |token| {
            self.terms.insert(term(token.stem));
        });
        best.map(|(_, sentence)| sentence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_is_not_news() {
        let mut told = Told::default();
        let first = "A bridge at Port Ambrose is stuck. Engineers found a broken tooth in the main gear.";
        let lead = told.tell("Bridge stuck", first, Some(Lang::ENGLISH));
        assert_eq!(lead, Some("A bridge at Port Ambrose is stuck."), "all is new: its lead says what happened");
        let second = format!("{first} The town hired four ferries from Tressa until Sunday.");
        let new = told.tell("Ferries hired", &second, Some(Lang::ENGLISH));
        assert_eq!(new, Some("The town hired four ferries from Tressa until Sunday."));
        assert_eq!(told.tell("Again", &second, Some(Lang::ENGLISH)), None);
        assert_eq!(told.tell("", "", None), None);
    }
}
