//! Why two articles belong together, in the words of the one being read.

use std::cmp::Reverse;

use rustc_hash::{FxHashMap, FxHashSet};

use super::background::Background;
use super::names::Spelling;
use super::stop::Stops;
use crate::text::fold::fold;
use crate::text::words;
use crate::text::{Clean, Lang};

/// The most reasons given: what fits in a line of the sidebar.
pub const MAX_REASONS: usize = 3;

/// How many of the shared terms are looked at: a name far down the list is no reason.
const LOOK: usize = 12;

/// What must be said of a word that is no name before it is a reason: it stands in the headline or among so
/// many first words, or is said so often. What a text says once and in passing (*instructive*, *else*) tells
/// nobody why two articles belong together.
const LEAD: usize = 60;
const OFTEN: u32 = 2;

/// The share of English news articles from which a word is too common to be a reason, and words that are none
/// whatever their share.
const COMMON: f32 = 0.15;
const EMPTY: [&str; 25] = [
    "none",
    "else",
    "instead",
    "often",
    "whether",
    "although",
    "though",
    "perhaps",
    "still",
    "even",
    "ever",
    "never",
    "always",
    "rather",
    "quite",
    "almost",
    "already",
    "around",
    "another",
    "every",
    "nothing",
    "something",
    "anything",
    "everything",
    "likely",
];

/// What makes an adjective of the name of a country or a town; their stems differ from the name's.
const ADJECTIVES: [&str; 6] = ["n", "an", "ian", "i", "ese", "ish"];

/// The most words joined into one name, and the most characters of a name.
const MAX_JOINED: usize = 5;
const MAX_CHARS: usize = 40;

/// Up to [`MAX_REASONS`] names and words for `shared`: [`Telling::of`] for one article alone.
#[must_use]
pub fn reasons(shared: &[u32], title: &str, body: &str, lang: Option<Lang>) -> Vec<Clean> {
    Telling::new(title, body, lang).of(shared)
}

/// The words of an article, found once, to say with them why each of many others belongs with it.
pub struct Telling<'a> {
    title: Told<'a>,
    body: Told<'a>,
    stops: Stops,
}

impl<'a> Telling<'a> {
    /// The words of an article. Linear in its length.
    #[must_use]
    pub fn new(title: &'a str, body: &'a str, lang: Option<Lang>) -> Self {
        Self { title: Told::of(title, lang), body: Told::of(body, lang), stops: Stops::of(lang) }
    }

    /// Up to [`MAX_REASONS`] names and words for `shared` (terms, heaviest first: [`Scored::shared`]) as
    /// they stand in the article: names first, words that stand side by side joined into one name
    /// (`Collective Security Treaty Organization`), numbers last, none twice (a name and its adjective are
    /// one: *Armenia*, *Armenian*), no stop words and no words said in passing. Linear in the length of the article: 5 ns a word.
    ///
    /// [`Scored::shared`]: super::Scored::shared
    #[must_use]
    pub fn of(&self, shared: &[u32]) -> Vec<Clean> {
        // A name may run over a shared term that weighs little.
        let joinable: FxHashSet<u32> = shared.iter().copied().filter(|term| !self.stops.has(*term)).collect();
        let wanted = || shared.iter().take(LOOK).filter(|term| joinable.contains(term));
        let mut sights = Sights::default();
        sights.read(&self.body, &joinable, false);
        sights.read(&self.title, &joinable, is_title_case(self.title.text));

        let mut groups: Vec<Group<'_>> = Vec::new();
        // Said in passing: where there is nothing else, better than nothing.
        let mut passing = None;
        for term in wanted() {
            if groups.iter().any(|group| group.parts.contains(term)) {
                continue;
            }
            let Some(group) = sights.best(*term) else { continue };
            if group.kind == Kind::Word && !sights.tells(*term) {
                let weak = sights.is_empty(*term);
                passing = passing.or((!weak).then_some(group));
                continue;
            }
            // A forename found after the surname completes it.
            match groups.iter_mut().find(|other| other.parts.iter().any(|part| group.parts.contains(part))) {
                Some(other) if other.parts.len() == 1 => *other = group,
                Some(_) => {}
                None => groups.push(group),
            }
        }
        if groups.is_empty() {
            groups.extend(passing);
        }
        groups.sort_by_key(|group| group.kind);
        let mut reasons: Vec<Clean> = Vec::new();
        for Group { text, .. } in groups {
            let reason = Clean::new(text.trim_end_matches("'s").trim_end_matches("’s"));
            match reasons.iter_mut().find(|said| are_one(said.as_str(), reason.as_str())) {
                // The country says what its adjective says.
                Some(said) if reason.as_str().len() < said.as_str().len() => *said = reason,
                Some(_) => {}
                None if reason.is_empty() => {}
                None => reasons.push(reason),
            }
            if reasons.len() == MAX_REASONS {
                break;
            }
        }
        reasons
    }
}

/// A text and its words.
struct Told<'a> {
    text: &'a str,
    words: Vec<Said<'a>>,
}

/// A word of a text.
struct Said<'a> {
    surface: &'a str,
    /// Where it stands, in bytes.
    at: usize,
    term: u32,
    /// Whether it looks like a name.
    name: bool,
    /// By which keys an article in another language may share it; 0 is none.
    keys: [u32; 2],
}

impl<'a> Told<'a> {
    fn of(text: &'a str, lang: Option<Lang>) -> Self {
        let mut words = Vec::with_capacity(text.len() / 6);
        let spelling = Spelling::of(lang);
        words::each(text, lang, |token| {
            let mut keys = [0; 2];
            if token.name {
                let mut room = keys.iter_mut();
                spelling.keys(token.surface, |key| {
                    if let Some(place) = room.next() {
                        *place = key;
                    }
                });
            }
            // As `term` has it.
            words.push(Said { surface: token.surface, at: token.at, term: token.hash as u32, name: token.name, keys });
        });
        Self { text, words }
    }
}

/// What a reason is, in the order reasons are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Name,
    Word,
    Number,
}

/// One reason in the making.
struct Group<'a> {
    kind: Kind,
    /// The terms it says.
    parts: Vec<u32>,
    text: &'a str,
}

/// How a term stands in the text.
#[derive(Default)]
struct Sight<'a> {
    /// Each form with how often it stands so; few, so a list will do.
    forms: Vec<(&'a str, u32)>,
    /// How often as a name, and how often plainly not as one.
    named: u32,
    plain: u32,
    /// Whether it stands in the headline or near the top.
    early: bool,
    /// The joined names it stands in, with their terms.
    joined: FxHashMap<&'a str, (Vec<u32>, u32)>,
}

#[derive(Default)]
struct Sights<'a> {
    of: FxHashMap<u32, Sight<'a>>,
}

impl<'a> Sights<'a> {
    /// Takes in the shared words of a text. Where all words have capitals they prove nothing.
    fn read(&mut self, told: &Told<'a>, shared: &FxHashSet<u32>, capitals_lie: bool) {
        let text = told.text;
        let mut run = Run::default();
        for (place, said) in told.words.iter().enumerate() {
            let known = |term: &&u32| shared.contains(*term);
            let Some(term) = [said.term].iter().chain(&said.keys).find(known).copied() else {
                self.join(text, &mut run);
                continue;
            };
            let pair = run.end.is_some_and(|end| said.at < end);
            let named = said.name && !capitals_lie;
            if !run.goes_on(text, said, named || pair) {
                self.join(text, &mut run);
            }
            let capital = named || capitalised(said.surface) && !capitals_lie;
            // A number may end a name (`Article 5`); after it another begins.
            run.add(said, term, capital && !is_number(said.surface));
            let sight = self.of.entry(term).or_default();
            sight.early |= place < LEAD;
            match sight.forms.iter_mut().find(|(form, _)| *form == said.surface) {
                Some((_, count)) => *count += 1,
                None => sight.forms.push((said.surface, 1)),
            }
            if named {
                sight.named += 1;
            } else if !capitalised(said.surface) {
                sight.plain += 1;
            }
        }
        self.join(text, &mut run);
    }

    /// Ends a run of words side by side and notes it with each of its terms.
    fn join(&mut self, text: &'a str, run: &mut Run) {
        if let (Some(end), true) = (run.end, run.terms.len() > 1) {
            let joined = text[run.start..end].trim();
            if joined.chars().count() <= MAX_CHARS {
                for term in &run.terms {
                    if let Some(sight) = self.of.get_mut(term) {
                        sight.joined.entry(joined).or_insert_with(|| (run.terms.clone(), 0)).1 += 1;
                    }
                }
            }
        }
        *run = Run::default();
    }

    /// Whether a word says what the text is about: neither in passing nor what every text says.
    fn tells(&self, term: u32) -> bool {
        let Some(sight) = self.of.get(&term) else { return false };
        let often: u32 = sight.forms.iter().map(|(_, count)| count).sum();
        (sight.early || often >= OFTEN) && !self.is_empty(term)
    }

    /// Whether a word stands in every other text.
    fn is_empty(&self, term: u32) -> bool {
        let mut forms = self.of.get(&term).map_or(&[][..], |sight| &sight.forms).iter();
        Background::english().share(term) >= COMMON
            || forms.any(|(form, _)| EMPTY.iter().any(|word| word.eq_ignore_ascii_case(form)))
    }

    /// The best way to say `term`: its commonest joined name, else its commonest form.
    fn best(&self, term: u32) -> Option<Group<'a>> {
        let sight = self.of.get(&term)?;
        let joined = sight.joined.iter().max_by(|(a, (a_parts, a_count)), (b, (b_parts, b_count))| {
            a_count.cmp(b_count).then(a_parts.len().cmp(&b_parts.len())).then(b.cmp(a))
        });
        if let Some((text, (parts, count))) = joined {
            // Said alone most of the time, the word alone is its name.
            let all: u32 = sight.forms.iter().map(|(_, count)| count).sum();
            if count * 3 >= all {
                return Some(Group { kind: Kind::Name, parts: parts.clone(), text });
            }
        }
        let name = sight.named > sight.plain;
        let (form, _) = sight
            .forms
            .iter()
            .enumerate()
            // Of a name the forms with a capital; of another word those that no sentence start made one.
            .max_by_key(|(at, (form, count))| (capitalised(form) == name, *count, Reverse(*at)))
            .map(|(_, form)| *form)?;
        let uncased = form.chars().all(|c| !c.is_ascii() && !c.is_lowercase() && !c.is_uppercase());
        let kind = match form {
            form if is_number(form) => Kind::Number,
            _ if name || uncased => Kind::Name,
            _ => Kind::Word,
        };
        Some(Group { kind, parts: vec![term], text: form })
    }
}

/// Shared words that stand side by side.
#[derive(Default)]
struct Run {
    start: usize,
    end: Option<usize>,
    terms: Vec<u32>,
    /// Whether the word before can be part of a name.
    capital: bool,
}

impl Run {
    /// Whether `said` belongs to what came before: the next pair of characters of a run, or another
    /// capital after a single space or hyphen.
    fn goes_on(&self, text: &str, said: &Said<'_>, joins: bool) -> bool {
        let Some(end) = self.end else { return true };
        if !joins || self.terms.len() >= MAX_JOINED {
            return false;
        }
        match text.get(end..said.at) {
            None => true,
            Some(gap) => self.capital && matches!(gap, " " | "-" | "‑"),
        }
    }

    fn add(&mut self, said: &Said<'_>, term: u32, capital: bool) {
        if self.end.is_none() {
            self.start = said.at;
        }
        self.end = Some(said.at + said.surface.len());
        if !self.terms.contains(&term) {
            self.terms.push(term);
        }
        self.capital = capital;
    }
}

/// Whether two reasons would be read as the same word: but for case and accents they are, or one is the
/// other's adjective.
fn are_one(one: &str, other: &str) -> bool {
    let (one, other) = (fold(one), fold(other));
    let (short, long) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    let ending = long.strip_prefix(short.as_str());
    ending.is_some_and(|ending| ending.is_empty() || !short.is_empty() && ADJECTIVES.contains(&ending))
}

fn capitalised(word: &str) -> bool {
    word.chars().any(char::is_uppercase)
}

fn is_number(word: &str) -> bool {
    word.chars().all(|c| c.is_numeric() || c.is_ascii_punctuation())
}

/// Whether a headline writes every word of weight with a capital, as American ones do, so that a
/// capital in it is no sign of a name.
fn is_title_case(title: &str) -> bool {
    let long = |word: &&str| word.chars().count() >= 5 && word.chars().all(char::is_alphabetic);
    let mut words = title.split_whitespace().filter(long).peekable();
    words.peek().is_some() && words.all(capitalised)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::related::term;

    fn said(words: &str, title: &str, body: &str, lang: &str) -> Vec<String> {
        let lang = Lang::from_code(lang);
        let shared: Vec<u32> = words::words(words, lang).iter().map(|w| term(&w.stem)).collect();
        reasons(&shared, title, body, lang).iter().map(ToString::to_string).collect()
    }

    const TITLE: &str = "Leaders meet without Armenia";
    const BODY: &str = "The Collective Security Treaty Organization (CSTO) met in Minsk. Grain exports were not on \
        the agenda of the Collective Security Treaty Organization, and grain prices rose in 2023. The CSTO said \
        nothing about Armenia, which the CSTO calls an ally.";

    #[test]
    fn names_first_and_joined() {
        assert_eq!(
            said("grains organization collective security treaty 2023 armenia", TITLE, BODY, "en"),
            ["Collective Security Treaty Organization", "Armenia", "grain"]
        );
        assert_eq!(said("csto minsk grain", TITLE, BODY, "en"), ["CSTO", "Minsk", "grain"]);
        assert_eq!(said("2023 exports", TITLE, BODY, "en"), ["exports", "2023"]);
    }

    #[test]
    fn no_stop_words_and_nothing_that_is_not_there() {
        assert!(said("the said nothing november zebra", TITLE, BODY, "en").is_empty());
        let passing = format!("{BODY} Ministers spoke of tariffs on wine. {BODY} They found it instructive, or else.");
        assert_eq!(said("instructive else tariffs grain", TITLE, &passing, "en"), ["tariffs", "grain"]);
        assert!(reasons(&[], TITLE, BODY, None).is_empty());
    }

    #[test]
    fn a_title_in_capitals_proves_nothing() {
        assert_eq!(
            said(
                "pipelines grain",
                "Grain Pipelines Resume Again",
                "Pipelines wait: grain is scarce, said Smith",
                "en"
            ),
            ["Pipelines", "grain"]
        );
    }

    #[test]
    fn names_are_completed_and_numbers_end_them() {
        let body = "Then Odile Marrant spoke of Article 5. Marrant said that 287 295 Lighthouse 198 140 was a row of a \
            table; nobody believed Marrant, or Marrant's table, or what Marrant drew.";
        assert_eq!(said("marrant odile", "", body, "en"), ["Odile Marrant"]);
        assert_eq!(said("councils", "", "The council’s vote. A council’s say.", "en"), ["council"]);
        assert_eq!(
            said("lighthouse 287 295 198 140 article 5", "", body, "en"),
            ["Lighthouse 198", "Article 5", "287"]
        );
    }

    #[test]
    fn names_shared_with_another_language() {
        let english = crate::related::sign("", "Then Lukashenko met Pashinyan near Minsk.", Lang::from_code("en"));
        let shared: Vec<u32> = english.names().iter().map(|name| name.term).collect();
        let body = "Вчера Лукашенко принял в Минске премьера. Переговоры с Николом Пашиняном шли долго.";
        let reasons = reasons(&shared, "", body, Lang::from_code("ru"));
        let mut reasons: Vec<String> = reasons.iter().map(ToString::to_string).collect();
        reasons.sort();
        assert_eq!(reasons, ["Лукашенко", "Минске", "Пашиняном"]);
    }

    #[test]
    fn no_word_is_said_twice() {
        let body = "In Minsk the Armenian leader was missed. Armenian ministers went home; nobody asked Armenia, where \
            the press of Yerevan wrote of it. In Zürich they said ZURICH.";
        assert_eq!(said("armenian armenia yerevan", "", body, "en"), ["Armenia", "Yerevan"]);
        assert_eq!(said("armenia armenian", "", body, "en"), ["Armenia"]);
        for (one, other, same) in [
            ("Zürich", "ZURICH", true),
            ("Belarus", "Belarusian", true),
            ("Iraqi", "Iraq", true),
            ("Peters", "Peterson", false),
            ("", "Iran", false),
        ] {
            assert_eq!(are_one(one, other), same, "{one} {other}");
        }
    }

    #[test]
    fn russian_forms_as_they_stand() {
        let body = "Саммит прошёл в Минске. Лидеры обсудили поставки зерна, а Минск предложил новый договор о зерне.";
        assert_eq!(said("зерно минск", "Саммит ОДКБ", body, "ru"), ["Минске", "зерна"]);
    }

    #[test]
    fn pairs_are_joined_to_runs() {
        assert_eq!(said("北京大学", "北京大学的学生", "昨天北京大学开会", "zh"), ["北京大学"]);
    }
}
