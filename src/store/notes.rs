//! What a person wrote about articles: kept, read, and found again.
//!
//! Notes are few and short and are not in the index of words: a question looks through all of them.

use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params};

use super::query::{self, Filter};
use super::row::Plain;
use super::{Reader, Result, StoreError, Writing};
use crate::model::query::Text;
use crate::model::{ArticleId, Time};
use crate::text::{Clean, CleanText, fold, words};

/// The longest note that is kept, in bytes: some thirty pages. Anything longer is a document of its
/// own, and one would not want it above an article.
const LONGEST: usize = 64 << 10;

impl Reader {
    /// What the person wrote about an article; never empty.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn note(&self, id: ArticleId) -> Result<Option<CleanText>> {
        let read = || {
            let mut statement = self.db.prepare_cached("SELECT text FROM notes WHERE article = ?1")?;
            statement.query_row(params![id.0], |row| row.get::<_, Plain>(0)).optional()
        };
        let text = read().map_err(self.says("reading a note"))?;
        Ok(text.map(|text| CleanText::new(&text.0)).filter(|text| !text.is_empty()))
    }
}

impl Writing<'_> {
    /// Writes a note about an article in place of what was there; an empty one takes it away. More than
    /// [`LONGEST`] bytes are cut. Says whether that is another note now.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn set_note(&mut self, id: ArticleId, note: &CleanText, now: Time) -> rusqlite::Result<bool> {
        let text = note.as_str().trim();
        let end = (0..=LONGEST.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
        let text = &text[..end];
        if text.is_empty() {
            let gone = self.db.prepare_cached("DELETE FROM notes WHERE article = ?1")?.execute(params![id.0])? > 0;
            self.weigh_passing(&[id])?;
            return Ok(gone);
        }
        let sql = "INSERT INTO notes SELECT id, ?2, ?3 FROM articles WHERE id = ?1 \
                   ON CONFLICT DO UPDATE SET text = excluded.text, written = excluded.written \
                   WHERE text <> excluded.text";
        let other = self.db.prepare_cached(sql)?.execute(params![id.0, text, now.0])? > 0;
        self.weigh_passing(&[id])?;
        Ok(other)
    }
}

/// Has a note in which `text` is found, as a condition of `articles a`.
pub(super) fn condition(text: &Text, out: &mut Filter) -> Result<()> {
    let (needle, function) = match text {
        Text::Word(text) | Text::Phrase(text) => (text.as_str(), "note_has"),
        Text::Prefix(text) => (text.as_str(), "note_begins"),
        Text::Letters(letters) => (letters.as_str(), "letters_in"),
        Text::Regex(pattern) => {
            query::build(pattern).map_err(|error| StoreError::Pattern(Clean::new(&error.to_string())))?;
            (pattern.as_str(), "regex_in")
        }
    };
    out.conditions.push_str(&format!("a.id IN (SELECT n.article FROM notes n WHERE {function}(?, n.text))"));
    out.values.push(Value::Text(needle.to_owned()));
    Ok(())
}

/// The SQL functions `note_has(words, note)` and `note_begins(beginning, note)`.
pub(super) fn add_function(db: &Connection, flags: FunctionFlags) -> rusqlite::Result<()> {
    let asked =
        |context: &Context<'_>| Ok::<_, rusqlite::Error>((context.get::<Plain>(0)?.0, context.get::<Plain>(1)?.0));
    db.create_scalar_function("note_has", 2, flags, move |context| {
        let (needle, note) = asked(context)?;
        Ok(has(&needle, &note))
    })?;
    db.create_scalar_function("note_begins", 2, flags, move |context| {
        let (needle, note) = asked(context)?;
        Ok(has(&needle, &note) || begins(&needle, &note))
    })
}

/// Whether the words of `needle` stand side by side in `note`, in any form. Nothing is found of what
/// holds no word. Linear in the note.
fn has(needle: &str, note: &str) -> bool {
    let sought = words::index_text(needle, None);
    if words::is_sign(&fold::fold(needle)) {
        return fold::fold(note).contains(&fold::fold(needle));
    }
    !sought.is_empty() && format!(" {} ", words::index_text(note, None)).contains(&format!(" {sought} "))
}

/// Whether words of `note` begin as `needle` does.
fn begins(needle: &str, note: &str) -> bool {
    let plain = |text: &str| {
        let letters = fold::fold(text).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect::<String>();
        letters.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let sought = plain(needle);
    !sought.is_empty() && format!(" {}", plain(note)).contains(&format!(" {sought}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::time::DAY;
    use crate::store::Safety;
    use crate::store::tests::{NOW, article, home, ids};

    fn noted(text: &str) -> CleanText {
        CleanText::new(text)
    }

    #[test]
    fn a_note_is_kept_found_and_taken_away() {
        let mut home = home();
        let feed = home.feed("a");
        let taken = home.take(feed, &[article("1", "One", "Text of a ferry."), article("2", "Two", "Text.")]);
        let id = ids(&taken)[0];
        let set = |home: &mut crate::store::tests::Home, text: &str| {
            home.store.write(Safety::Person, "t", |w| w.set_note(id, &noted(text), NOW)).unwrap()
        };
        assert!(set(&mut home, " Ask Odile about the drawings.\nЗвонки в Бишкек. "));
        assert!(!set(&mut home, "Ask Odile about the drawings.\nЗвонки в Бишкек."), "it is the same");
        let note = home.reader().note(id).unwrap().unwrap();
        assert_eq!(note.as_str(), "Ask Odile about the drawings.\nЗвонки в Бишкек.");
        assert_eq!(home.reader().article(id).unwrap().unwrap().note, Some(note));
        for (query, found) in [
            ("is:noted", true),
            ("note:odile", true),
            ("note:drawing", true),
            ("note:\"odile about\"", true),
            ("note:draw*", true),
            ("note:звонок*", false),
            ("note:звонк*", true),
            ("note:/odile .* draw/", true),
            ("note:ferry", false),
            ("odile", false),
            ("ferry -note:odile", false),
            ("ferry note:odile", true),
        ] {
            assert_eq!(home.search(query).contains(&"One".to_owned()), found, "{query}");
        }
        assert_eq!(home.search("-is:noted"), ["Two"]);
        assert!(set(&mut home, " "));
        assert_eq!(home.reader().note(id).unwrap(), None);
        assert!(!set(&mut home, ""));
    }

    #[test]
    fn what_is_noted_survives_clean_up_and_its_feed() {
        let mut home = home();
        let feed = home.feed("a");
        let taken = home.take(feed, &[article("1", "One", "Text."), article("2", "Two", "Text.")]);
        home.store.write(Safety::Person, "t", |w| w.set_note(ids(&taken)[0], &noted("mine"), NOW)).unwrap();
        home.store.clean_up(1, Time(NOW.0 + 400 * DAY)).unwrap();
        assert_eq!(home.titles(&Default::default()), ["One"]);
        home.store.write(Safety::Person, "t", |w| w.leave_feed(feed, NOW)).unwrap();
        assert_eq!(home.titles(&Default::default()), ["One"]);
        home.store.clean_up(0, Time(NOW.0 + 30 * DAY)).unwrap();
        assert_eq!(home.reader().note(ids(&taken)[0]).unwrap(), Some(noted("mine")));
    }

    #[test]
    fn a_very_long_note_is_cut_at_a_letter() {
        let mut home = home();
        let feed = home.feed("a");
        let id = home.take(feed, &[article("1", "One", "Text.")]).new[0];
        let long = noted(&"я".repeat(LONGEST));
        home.store.write(Safety::Person, "t", |w| w.set_note(id, &long, NOW)).unwrap();
        assert_eq!(home.reader().note(id).unwrap().unwrap().as_str().len(), LONGEST);
    }
}
