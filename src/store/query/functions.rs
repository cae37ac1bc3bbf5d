//! The SQL functions that queries use, for what no index holds: regular expressions and letters.

use std::sync::{Mutex, PoisonError};

use regex::Regex;
use rusqlite::Connection;
use rusqlite::functions::{Context, FunctionFlags};

use crate::store::row::Plain;
use crate::store::{codec, notes};
use crate::text::fuzzy::Fuzzy;

/// The largest regular expression, compiled, in bytes. The crate's matching is linear in the text;
/// this bounds the constant.
const MAX_REGEX: usize = 1 << 20;

/// Makes a regular expression of one that a person typed.
pub(in crate::store) fn build(pattern: &str) -> std::result::Result<Regex, regex::Error> {
    regex::RegexBuilder::new(pattern).case_insensitive(true).size_limit(MAX_REGEX).build()
}

/// Adds `regex_in(pattern, line)`, `letters_in(letters, line)` and
/// `regex_in_text(pattern, dictionary, document)`. NULL is found nowhere.
pub(in crate::store) fn add_functions(db: &Connection, flags: FunctionFlags) -> rusqlite::Result<()> {
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
    notes::add_function(db, flags)?;
    db.create_scalar_function("regex_in_text", 3, flags, |context| {
        let regex = compiled(context)?;
        let document = codec::decode(context.get(1)?, context.get_raw(2).as_blob().unwrap_or_default());
        // A text that cannot be read matches nothing here; opening it says what is wrong with it.
        Ok(document.is_ok_and(|document| regex.is_match(&document.plain_text())))
    })
}
