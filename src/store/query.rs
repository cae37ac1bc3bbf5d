//! The query language in SQL: one FTS expression for the words of a query as far as it can be one,
//! and conditions on the row for the rest.

use std::sync::{Mutex, PoisonError};

use regex::Regex;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::Value;
use rusqlite::{Connection, params};

use super::rank::{BEGUN, NAMED, Sought};
use super::row::Plain;
use super::{Moment, Reader, Result, StoreError, codec};
use crate::model::Query;
use crate::model::query::{Expr, Field, Is, Text};
use crate::related;
use crate::text::fuzzy::Fuzzy;
use crate::text::{Clean, Lang, fold, words};

/// The largest regular expression, compiled, in bytes. The crate's matching is linear in the text;
/// this bounds the constant.
const MAX_REGEX: usize = 1 << 20;

/// Letters of the shortest stem that is looked for within what is typed.
const SHORTEST_STEM: usize = 3;

/// Letters of the longest ending that is taken off for it.
const LONGEST_END: usize = 8;

/// A query, compiled.
#[derive(Default)]
pub(super) struct Filter {
    /// What `search MATCH` is asked, if it asks for words.
    pub text: Option<String>,
    /// The rest: conditions of `articles a`, each with ` AND ` before it.
    pub conditions: String,
    /// The values of the conditions, in their order.
    pub values: Vec<Value>,
    /// Those of the conditions that keep a walk short, as an index leaves the other rows out.
    pub narrow: String,
    /// The values of those.
    pub narrow_values: Vec<Value>,
    /// What of the text an order by relevance goes by.
    pub sought: Sought,
}

/// Compiles a query. Words are looked for by their forms in every language of the store.
pub(super) fn compile(reader: &Reader, query: &Query, moment: &Moment) -> Result<Filter> {
    let Some(expr) = &query.expr else { return Ok(Filter::default()) };
    let compiler = Compiler { reader, moment, languages: reader.languages()? };
    let parts = match expr {
        Expr::All(parts) => parts.as_slice(),
        one => std::slice::from_ref(one),
    };
    let mut filter = Filter { sought: compiler.sought(query), ..Filter::default() };
    let (texts, others): (Vec<&Expr>, Vec<&Expr>) = parts.iter().partition(|part| compiler.is_text(part));
    match compiler.match_all(&texts) {
        Matching::Expression(text) => filter.text = Some(text),
        Matching::Anything => {}
        // Only words that must not be there: FTS5 cannot say that alone.
        Matching::AnythingBut(text) => {
            filter.conditions.push_str(" AND a.id NOT IN (SELECT rowid FROM search WHERE search MATCH ?)");
            filter.values.push(Value::Text(text));
        }
    }
    for part in others {
        let (conditions, values) = (filter.conditions.len(), filter.values.len());
        filter.conditions.push_str(" AND ");
        compiler.condition(part, &mut filter)?;
        if is_narrow(part) {
            filter.narrow.push_str(&filter.conditions[conditions..]);
            filter.narrow_values.extend_from_slice(&filter.values[values..]);
        }
    }
    Ok(filter)
}

/// Whether there is an index of what this leaves.
fn is_narrow(part: &Expr) -> bool {
    matches!(
        part,
        Expr::Since(_)
            | Expr::Before(_)
            | Expr::Tag(_)
            | Expr::TagsFrom(_)
            | Expr::Is(Is::Unread | Is::Bookmarked | Is::Noted)
    )
}

/// What an expression of words is for FTS5.
enum Matching {
    /// It holds no word.
    Anything,
    /// What matches.
    Expression(String),
    /// What must not match.
    AnythingBut(String),
}

struct Compiler<'a> {
    reader: &'a Reader,
    moment: &'a Moment,
    languages: Vec<Lang>,
}

impl Compiler<'_> {
    /// Whether an expression is of words alone.
    fn is_text(&self, expr: &Expr) -> bool {
        match expr {
            Expr::All(parts) | Expr::Any(parts) => parts.iter().all(|part| self.is_text(part)),
            Expr::Not(inner) => self.is_text(inner),
            // Notes are not in the index of words.
            Expr::Text { field, text } => {
                *field != Some(Field::Note) && !matches!(text, Text::Regex(_) | Text::Letters(_))
            }
            _ => false,
        }
    }

    /// An expression of words for FTS5. In `Any`, a part that only excludes cannot be said; such a
    /// query is put together from conditions instead (`condition` sees to that).
    fn matching(&self, expr: &Expr) -> Matching {
        match expr {
            Expr::All(parts) => self.match_all(&parts.iter().collect::<Vec<_>>()),
            Expr::Any(parts) => {
                let mut any = Vec::new();
                let mut none = Vec::new();
                for part in parts {
                    match self.matching(part) {
                        Matching::Expression(text) => any.push(text),
                        Matching::AnythingBut(text) => none.push(text),
                        Matching::Anything => {}
                    }
                }
                match (any.is_empty(), none.is_empty()) {
                    (true, true) => Matching::Anything,
                    (false, true) => Matching::Expression(format!("({})", any.join(" OR "))),
                    (true, false) => Matching::AnythingBut(format!("({})", none.join(" AND "))),
                    // a OR NOT b = NOT (b AND NOT a)
                    (false, false) => {
                        Matching::AnythingBut(format!("(({}) NOT ({}))", none.join(" AND "), any.join(" OR ")))
                    }
                }
            }
            Expr::Not(inner) => match self.matching(inner) {
                Matching::Expression(text) => Matching::AnythingBut(text),
                Matching::AnythingBut(text) => Matching::Expression(text),
                Matching::Anything => Matching::Anything,
            },
            Expr::Text { field, text } => self.phrase(*field, text).map_or(Matching::Anything, Matching::Expression),
            _ => Matching::Anything,
        }
    }

    /// The words and beginnings of words that a query looks for in headlines and texts.
    fn sought(&self, query: &Query) -> Sought {
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

    /// All of several expressions of words.
    fn match_all(&self, parts: &[&Expr]) -> Matching {
        let mut all = Vec::new();
        let mut none = Vec::new();
        for part in parts {
            match self.matching(part) {
                Matching::Expression(text) => all.push(text),
                Matching::AnythingBut(text) => none.push(text),
                Matching::Anything => {}
            }
        }
        match (all.is_empty(), none.is_empty()) {
            (true, true) => Matching::Anything,
            (false, true) => Matching::Expression(format!("({})", all.join(" AND "))),
            (true, false) => Matching::AnythingBut(format!("({})", none.join(" OR "))),
            (false, false) => Matching::Expression(format!("(({}) NOT ({}))", all.join(" AND "), none.join(" OR "))),
        }
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

    /// Any expression as a condition of `articles a`, always true or false, never NULL.
    fn condition(&self, expr: &Expr, out: &mut Filter) -> Result<()> {
        if self.is_text(expr) {
            let (not, text) = match self.matching(expr) {
                Matching::Anything => {
                    out.conditions.push('1');
                    return Ok(());
                }
                Matching::Expression(text) => ("", text),
                Matching::AnythingBut(text) => ("NOT ", text),
            };
            out.conditions.push_str(&format!("a.id {not}IN (SELECT rowid FROM search WHERE search MATCH ?)"));
            out.values.push(Value::Text(text));
            return Ok(());
        }
        match expr {
            Expr::All(parts) => self.joined(parts, " AND ", out)?,
            Expr::Any(parts) => self.joined(parts, " OR ", out)?,
            Expr::Not(inner) => {
                out.conditions.push_str("NOT (");
                self.condition(inner, out)?;
                out.conditions.push(')');
            }
            Expr::Text { field: Some(Field::Note), text } => super::notes::condition(text, out)?,
            Expr::Text { field, text: Text::Regex(pattern) } => self.regex(*field, pattern, out)?,
            Expr::Text { field, text: Text::Letters(letters) } => self.letters(*field, letters, out),
            Expr::Text { .. } => {}
            Expr::Tag(name) => tagged(&self.reader.tags_like(name)?, out),
            Expr::TagsFrom(begun) => tagged(&self.reader.tags_from(begun)?, out),
            Expr::Lang(lang) => {
                out.conditions.push_str("a.lang IS ?");
                out.values.push(Value::Text(lang.code().to_owned()));
            }
            Expr::Is(state) => out.conditions.push_str(match state {
                Is::Unread => "a.read = 0",
                Is::Read => "a.read = 1",
                Is::Bookmarked => "a.bookmarked = 1",
                Is::Noted => "a.id IN (SELECT article FROM notes)",
                Is::Stub => "a.stub = 1",
                Is::Folded => "a.fold > 0",
                Is::Muted => "a.muted = 1",
            }),
            Expr::Since(when) => {
                out.conditions.push_str("a.published >= ?");
                out.values.push(Value::Integer(when.resolve(self.moment.now, &self.moment.zone).0));
            }
            Expr::Before(when) => {
                out.conditions.push_str("a.published < ?");
                out.values.push(Value::Integer(when.resolve(self.moment.now, &self.moment.zone).0));
            }
        }
        Ok(())
    }

    fn joined(&self, parts: &[Expr], by: &str, out: &mut Filter) -> Result<()> {
        out.conditions.push('(');
        for (n, part) in parts.iter().enumerate() {
            if n > 0 {
                out.conditions.push_str(by);
            }
            self.condition(part, out)?;
        }
        out.conditions.push(')');
        Ok(())
    }

    /// Letters in their order, in one line of what a row shows. Costs a look at each row that the other
    /// conditions leave.
    fn letters(&self, field: Option<Field>, letters: &str, out: &mut Filter) {
        let lines: &[&str] = match field {
            Some(Field::Title) => &[TITLE],
            Some(Field::Source) => &[SOURCE],
            Some(Field::Author) => &[AUTHOR],
            // Notes are asked elsewhere, and a text has any letters in any order.
            Some(Field::Note | Field::Body) => &[],
            None => &[TITLE, SOURCE, TAGS],
        };
        let tests: Vec<String> = lines.iter().map(|line| format!("letters_in(?, {line})")).collect();
        let tests = if tests.is_empty() { "0".to_owned() } else { tests.join(" OR ") };
        out.conditions.push_str(&format!("({tests})"));
        out.values.extend(lines.iter().map(|_| Value::Text(letters.to_owned())));
    }

    /// A regular expression over the text as it stands. Costs the reading of every text that the
    /// other conditions leave.
    fn regex(&self, field: Option<Field>, pattern: &str, out: &mut Filter) -> Result<()> {
        build(pattern).map_err(|error| StoreError::Pattern(Clean::new(&error.to_string())))?;
        let [title, source, author] = [TITLE, SOURCE, AUTHOR].map(|line| format!("regex_in(?, {line})"));
        const BODY: &str = "coalesce((SELECT regex_in_text(?, t.dictionary, t.document) FROM full_texts t WHERE t.article = a.id), \
             (SELECT regex_in_text(?, t.dictionary, t.document) FROM feed_texts t WHERE t.article = a.id), 0)";
        let tests: &[&str] = match field {
            Some(Field::Title) => &[&title],
            Some(Field::Source) => &[&source],
            Some(Field::Author) => &[&author],
            // They are asked elsewhere.
            Some(Field::Note) => &["0"],
            Some(Field::Body) => &[BODY],
            None => &[&title, &source, &author, BODY],
        };
        let sql = format!("({})", tests.join(" OR "));
        let holes = sql.matches('?').count();
        out.conditions.push_str(&sql);
        out.values.extend(std::iter::repeat_n(Value::Text(pattern.to_owned()), holes));
        Ok(())
    }
}

/// Lines of `articles a` that texts are looked for in.
const TITLE: &str = "a.title";
const SOURCE: &str = "(SELECT coalesce(a.source, f.own_title, f.title) FROM feeds f WHERE f.id = a.feed)";
const AUTHOR: &str = "(SELECT d.byline FROM details d WHERE d.article = a.id)";
const TAGS: &str =
    "(SELECT group_concat(t.name, ' ') FROM article_tags x JOIN tags t ON t.id = x.tag WHERE x.article = a.id)";

/// Carries one of these tags.
fn tagged(tags: &[i64], out: &mut Filter) {
    let tags: Vec<String> = tags.iter().map(ToString::to_string).collect();
    let list = tags.join(",");
    out.conditions.push_str(&format!("a.id IN (SELECT article FROM article_tags WHERE tag IN ({list}))"));
}

/// A form as an FTS5 string; `None` if it holds nothing that is indexed.
fn quoted(form: &str) -> Option<String> {
    form.chars().any(char::is_alphanumeric).then(|| format!("\"{}\"", form.replace('"', " ")))
}

/// Makes a regular expression of one that a person typed.
pub(super) fn build(pattern: &str) -> std::result::Result<Regex, regex::Error> {
    regex::RegexBuilder::new(pattern).case_insensitive(true).size_limit(MAX_REGEX).build()
}

/// The SQL functions that queries use: `regex_in(pattern, line)`, `letters_in(letters, line)` and
/// `regex_in_text(pattern, dictionary, document)`. NULL is found nowhere.
pub(super) fn add_functions(db: &Connection, flags: FunctionFlags) -> rusqlite::Result<()> {
    fn compiled(context: &Context<'_>) -> rusqlite::Result<std::sync::Arc<Regex>> {
        context.get_or_create_aux(0, |value| -> std::result::Result<_, Box<dyn std::error::Error + Send + Sync>> {
            Ok(build(value.as_str()?)?)
        })
    }
    db.create_scalar_function("regex_in", 2, flags, |context| {
        let text = context.get::<Option<Plain>>(1)?;
        Ok(text.is_some_and(|text| compiled(context).is_ok_and(|regex| regex.is_match(&text.0))))
    })?;
    db.create_scalar_function("letters_in", 2, flags, |context| {
        type Broken = Box<dyn std::error::Error + Send + Sync>;
        let letters = context.get_or_create_aux(0, |value| Ok::<_, Broken>(Mutex::new(Fuzzy::new(value.as_str()?))))?;
        let line = context.get::<Option<Plain>>(1)?.unwrap_or(Plain(String::new()));
        let fits = letters.lock().unwrap_or_else(PoisonError::into_inner).fits(&line.0);
        Ok(fits)
    })?;
    super::notes::add_function(db, flags)?;
    db.create_scalar_function("regex_in_text", 3, flags, |context| {
        let regex = compiled(context)?;
        let document = codec::decode(context.get(1)?, context.get_raw(2).as_blob().unwrap_or_default());
        // A text that cannot be read matches nothing here; opening it says what is wrong with it.
        Ok(document.is_ok_and(|document| regex.is_match(&document.plain_text())))
    })
}
