//! The query language in SQL: one FTS expression for the words of a query as far as it can be one,
//! and conditions on the row for the rest.

use rusqlite::types::Value;

use super::rank::Sought;
use super::{Moment, Reader, Result, StoreError};
use crate::model::Query;
use crate::model::query::{Expr, Field, Is, Text};
use crate::text::{Clean, Lang};

mod functions;
mod matching;

pub(super) use functions::{add_functions, build};
use matching::Matching;

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
    match compiler.match_all(texts) {
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
