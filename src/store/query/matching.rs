//! What a query says in words, as one expression for FTS5: in every form and every language.

use rusqlite::params;

use super::Compiler;
use crate::model::Query;
use crate::model::query::{Expr, Field, Text};
use crate::related;
use crate::store::rank::{BEGUN, NAMED, Sought};
use crate::text::{fold, words};

/// Letters of the shortest stem that is looked for within what is typed.
const SHORTEST_STEM: usize = 3;

/// Letters of the longest ending that is taken off for it.
const LONGEST_END: usize = 8;

/// What an expression of words is for FTS5.
pub(super) enum Matching {
    /// It holds no word.
    Anything,
    /// What matches.
    Expression(String),
    /// What must not match.
    AnythingBut(String),
}

impl Compiler<'_> {
    /// An expression of words for FTS5.
    pub(super) fn matching(&self, expr: &Expr) -> Matching {
        match expr {
            Expr::All(parts) => self.match_all(parts),
            Expr::Any(parts) => self.match_any(parts),
            Expr::Not(inner) => match self.matching(inner) {
                Matching::Expression(text) => Matching::AnythingBut(text),
                Matching::AnythingBut(text) => Matching::Expression(text),
                Matching::Anything => Matching::Anything,
            },
            Expr::Text { field, text } => self.phrase(*field, text).map_or(Matching::Anything, Matching::Expression),
            _ => Matching::Anything,
        }
    }

    /// All of several expressions of words.
    pub(super) fn match_all<'e>(&self, parts: impl IntoIterator<Item = &'e Expr>) -> Matching {
        let (wanted, unwanted) = self.sides(parts);
        match (wanted.is_empty(), unwanted.is_empty()) {
            (true, true) => Matching::Anything,
            (false, true) => Matching::Expression(format!("({})", wanted.join(" AND "))),
            (true, false) => Matching::AnythingBut(format!("({})", unwanted.join(" OR "))),
            (false, false) => {
                Matching::Expression(format!("(({}) NOT ({}))", wanted.join(" AND "), unwanted.join(" OR ")))
            }
        }
    }

    /// Any of several expressions of words.
    fn match_any(&self, parts: &[Expr]) -> Matching {
        let (wanted, unwanted) = self.sides(parts);
        match (wanted.is_empty(), unwanted.is_empty()) {
            (true, true) => Matching::Anything,
            (false, true) => Matching::Expression(format!("({})", wanted.join(" OR "))),
            (true, false) => Matching::AnythingBut(format!("({})", unwanted.join(" AND "))),
            // a OR NOT b = NOT (b AND NOT a)
            (false, false) => {
                Matching::AnythingBut(format!("(({}) NOT ({}))", unwanted.join(" AND "), wanted.join(" OR ")))
            }
        }
    }

    /// What parts ask for, and what they exclude. Those without a word ask for nothing.
    fn sides<'e>(&self, parts: impl IntoIterator<Item = &'e Expr>) -> (Vec<String>, Vec<String>) {
        let (mut wanted, mut unwanted) = (Vec::new(), Vec::new());
        for part in parts {
            match self.matching(part) {
                Matching::Expression(text) => wanted.push(text),
                Matching::AnythingBut(text) => unwanted.push(text),
                Matching::Anything => {}
            }
        }
        (wanted, unwanted)
    }

    /// The words and beginnings of words that a query looks for in headlines and texts.
    pub(super) fn sought(&self, query: &Query) -> Sought {
        let mut sought = Sought::default();
        for (field, text) in query.marks() {
            if matches!(field, Some(Field::Source | Field::Author)) {
                continue;
            }
            let counts = match text {
                Text::Word(text) | Text::Phrase(text) => {
                    let forms = words::forms(text, &self.languages);
                    sought.terms.extend(forms.iter().flat_map(|form| form.split(' ')).map(related::term));
                    NAMED
                }
                Text::Prefix(_) => BEGUN,
                Text::Regex(_) | Text::Letters(_) => continue,
            };
            sought.headline.extend(self.phrase(Some(Field::Title), text).map(|words| (words, counts)));
        }
        sought
    }

    /// A word, the beginning of one or a phrase, in the forms it may have; `None` if no word is in it.
    fn phrase(&self, field: Option<Field>, text: &Text) -> Option<String> {
        let forms = match text {
            _ if field == Some(Field::Note) => Vec::new(),
            Text::Word(text) | Text::Phrase(text) => self.forms(text),
            Text::Prefix(text) => self.beginnings(text),
            Text::Regex(_) | Text::Letters(_) => Vec::new(),
        };
        let column = field.map_or("", |field| match field {
            Field::Title => "title : ",
            Field::Body => "body : ",
            Field::Source => "source : ",
            Field::Author => "author : ",
            Field::Note => "",
        });
        (!forms.is_empty()).then(|| format!("{column}({})", forms.join(" OR ")))
    }

    /// A word or phrase in all forms that it may have been indexed under.
    fn forms(&self, text: &str) -> Vec<String> {
        let forms = words::forms(text, &self.languages);
        let forms = forms.iter().filter_map(|form| {
            // A sign of a script without spaces stands in the index as the first of a pair, and at
            // the end of a run alone: see `index`.
            let sign = words::is_sign(form);
            quoted(form).map(|form| if sign { format!("{form} *") } else { form })
        });
        forms.collect()
    }

    /// What begins with `text`: its words side by side, of which the last may go on.
    fn beginnings(&self, text: &str) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for lang in self.languages.iter().copied().map(Some).chain([None]) {
            let typed = words::words(text, lang);
            let Some((last, before)) = typed.split_last() else { continue };
            // Where the stemmer takes off what stands before a word (an Arabic article), the index has
            // the rest.
            let folded = fold::fold(last.surface);
            let last = if folded.starts_with(&last.stem) { folded } else { last.stem.clone() };
            // A single letter begins a tenth of all words: it is meant as a word of its own until more
            // is typed. (Signs of three bytes and more are syllables and words.)
            let letter = last.len() < 3 && last.chars().count() == 1;
            let mut words: Vec<&str> = before.iter().map(|word| word.stem.as_str()).collect();
            words.push(&last);
            let Some(beginning) = quoted(&words.join(" ")) else { continue };
            let beginning = if letter { beginning } else { format!("{beginning} *") };
            if !found.contains(&beginning) {
                found.push(beginning);
            }
        }
        // What is typed so far may reach beyond the stem: then the stem itself is meant.
        let forms = self.forms(text);
        for form in &forms {
            if !found.contains(form) {
                found.push(form.clone());
            }
        }
        // Whole words are asked for first: where many words begin alike, asking for all takes longer.
        let is_known = (!forms.is_empty() && self.is_known(&forms)) || self.is_known(&found);
        if !is_known {
            found.extend(self.stems_within(text));
        }
        found
    }

    /// The stems of the longest beginning of `text` that has some in the index: of `electio`, on the
    /// way from `elect` to `election`, neither the stem nor any word that begins so is indexed.
    fn stems_within(&self, text: &str) -> Vec<String> {
        let folded = fold::fold(text);
        let ends: Vec<usize> = folded.char_indices().skip(SHORTEST_STEM).map(|(end, _)| end).collect();
        let within = ends.into_iter().rev().take(LONGEST_END).map(|end| self.forms(&folded[..end]));
        within.into_iter().find(|forms| self.is_known(forms)).unwrap_or_default()
    }

    /// Whether anything matches one of these. What cannot be asked counts as known.
    fn is_known(&self, forms: &[String]) -> bool {
        if forms.is_empty() {
            return true;
        }
        let ask = || {
            let sql = "SELECT EXISTS (SELECT 1 FROM search WHERE search MATCH ?1)";
            self.reader.db.prepare_cached(sql)?.query_row(params![forms.join(" OR ")], |row| row.get(0))
        };
        ask().unwrap_or(true)
    }
}

/// A form as an FTS5 string; `None` if it holds nothing that is indexed.
fn quoted(form: &str) -> Option<String> {
    form.chars().any(char::is_alphanumeric).then(|| format!("\"{}\"", form.replace('"', " ")))
}
