//! One table of the configuration, read setting by setting.
//!
//! Asking for a setting makes its name known; [`Section::finish`] then complains about the names
//! nobody asked for. So the reading code is the only list of names there is.

use std::collections::BTreeMap;
use std::ops::{Range, RangeInclusive};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::complaint::{Complaint, position};
use super::nearest;
use super::settings::Choice;
use crate::clean;
use crate::text::Clean;

/// What is being read and what was wrong with it so far.
pub(super) struct Source<'t> {
    file: Clean,
    text: &'t str,
    /// What was wrong so far.
    pub(super) complaints: Vec<Complaint>,
    /// Settings that were asked for and not there, as `section.name`.
    #[cfg(test)]
    pub(super) absent: Vec<String>,
}

impl<'t> Source<'t> {
    /// Starts on `text`, which `file` holds.
    pub(super) fn new(file: Clean, text: &'t str) -> Self {
        Self {
            file,
            text,
            complaints: Vec::new(),
            #[cfg(test)]
            absent: Vec::new(),
        }
    }

    /// Notes that what stands at `span` was not used.
    pub(super) fn complain(&mut self, span: &Range<usize>, message: &str, hint: Option<String>) {
        self.complaints.push(Complaint {
            file: self.file.clone(),
            at: Some(position(self.text, span.start)),
            message: Clean::new(message),
            hint: hint.map(|hint| Clean::new(&hint)),
        });
    }

    /// The line, from 1, on which `span` begins.
    pub(super) fn line(&self, span: &Range<usize>) -> usize {
        position(self.text, span.start).0
    }
}

/// A value with its place in the file.
pub(super) type Value<'t> = Spanned<DeValue<'t>>;

/// One table of the file.
pub(super) struct Section<'s, 't> {
    /// Where complaints go.
    pub(super) source: &'s mut Source<'t>,
    table: &'s DeTable<'t>,
    name: String,
    known: Vec<String>,
    /// Where it stands in the file.
    at: Range<usize>,
}

impl<'s, 't> Section<'s, 't> {
    /// The whole file.
    pub(super) fn root(source: &'s mut Source<'t>, table: &'s DeTable<'t>) -> Self {
        Self { source, table, name: String::new(), known: Vec::new(), at: 0..0 }
    }

    /// The table called `name` in this one, if there is one.
    pub(super) fn section(&mut self, name: &str) -> Option<Section<'_, 't>> {
        let value = self.value(name)?;
        match value.get_ref() {
            DeValue::Table(table) => {
                let name = self.path(name);
                Some(Section { source: self.source, table, name, known: Vec::new(), at: value.span() })
            }
            _ => {
                self.wrong_type(name, value, "a section");
                None
            }
        }
    }

    /// Hands every table of the list called `name` (`[[name]]`) to `read`, if there is one.
    pub(super) fn each_table(&mut self, name: &str, mut read: impl FnMut(Section<'_, 't>)) {
        let Some(value) = self.value(name) else { return };
        let path = self.path(name);
        let DeValue::Array(items) = value.get_ref() else {
            return self.wrong_type(name, value, &format!("a list of sections, each under [[{path}]]"));
        };
        for item in items {
            match item.get_ref() {
                DeValue::Table(table) => {
                    let (name, at) = (path.clone(), item.span());
                    read(Section { source: self.source, table, name, known: Vec::new(), at });
                }
                _ => self.wrong_type(name, item, &format!("a section under [[{path}]]")),
            }
        }
    }

    /// Where the value called `name` stands, if it is there; its name is known then.
    pub(super) fn take(&mut self, name: &str) -> Option<Range<usize>> {
        let span = self.table.get(name)?.span();
        self.known.push(name.to_owned());
        Some(span)
    }

    /// Complains that something that must be there is not.
    pub(super) fn lacks(&mut self, what: &str) {
        let message = format!("[{}] is not whole and is left out", self.name);
        self.source.complain(&self.at.clone(), &message, Some(format!("it lacks {what}")));
    }

    /// The value called `name`.
    pub(super) fn value(&mut self, name: &str) -> Option<&'s Value<'t>> {
        self.known.push(name.to_owned());
        let value = self.table.get(name);
        #[cfg(test)]
        if value.is_none() {
            let path = self.path(name);
            self.source.absent.push(path);
        }
        value
    }

    /// Reads `true` or `false`.
    pub(super) fn flag(&mut self, name: &str, into: &mut bool) {
        let Some(value) = self.value(name) else { return };
        match value.get_ref() {
            DeValue::Boolean(flag) => *into = *flag,
            _ => self.wrong_type(name, value, &format!("true or false; {into} is used")),
        }
    }

    /// Reads a whole number within `allowed`.
    pub(super) fn number<N>(&mut self, name: &str, allowed: RangeInclusive<u32>, into: &mut N)
    where
        N: Copy + std::fmt::Display + TryFrom<u32>,
    {
        let Some(value) = self.value(name) else { return };
        let wanted = format!("a whole number from {} to {}; {into} is used", allowed.start(), allowed.end());
        let DeValue::Integer(number) = value.get_ref() else {
            return self.wrong_type(name, value, &wanted);
        };
        let fits = u32::from_str_radix(number.as_str(), number.radix()).ok().filter(|n| allowed.contains(n));
        match fits.and_then(|n| N::try_from(n).ok()) {
            Some(n) => *into = n,
            None => self.wrong_value(name, value, &number.to_string(), wanted),
        }
    }

    /// Reads text.
    pub(super) fn text(&mut self, name: &str) -> Option<Spanned<&'s str>> {
        let value = self.value(name)?;
        match value.get_ref() {
            DeValue::String(text) => Some(Spanned::new(value.span(), text.as_ref())),
            _ => {
                self.wrong_type(name, value, "text in quotes");
                None
            }
        }
    }

    /// Reads a list of texts, each a line.
    pub(super) fn lines(&mut self, name: &str, into: &mut Vec<Clean>) {
        let Some(value) = self.value(name) else { return };
        let lines: Option<Vec<Clean>> = match value.get_ref() {
            DeValue::Array(lines) => lines.iter().map(|line| line.get_ref().as_str().map(Clean::new)).collect(),
            _ => None,
        };
        match lines {
            Some(lines) => *into = lines,
            None => self.wrong_type(name, value, "a list of texts in quotes"),
        }
    }

    /// Reads one of a fixed list of names.
    pub(super) fn choice<C: Choice>(&mut self, name: &str, into: &mut C) {
        let Some(text) = self.text(name) else { return };
        match C::all().iter().find(|choice| choice.label() == *text.get_ref()) {
            Some(choice) => *into = *choice,
            None => {
                let hint = one_of(text.get_ref(), C::all().iter().map(|choice| choice.label()));
                let hint = format!("{hint}; \"{}\" is used", into.label());
                self.bad(name, &text.span(), text.get_ref(), hint);
            }
        }
    }

    /// All values in the order they stand in the file, for tables whose names are free.
    pub(super) fn entries(&mut self) -> Vec<(Spanned<&'s str>, &'s Value<'t>)> {
        let mut entries: Vec<_> =
            self.table.iter().map(|(key, value)| (Spanned::new(key.span(), key.get_ref().as_ref()), value)).collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        self.known.extend(entries.iter().map(|(key, _)| (*key.get_ref()).to_owned()));
        entries
    }

    /// Complains that the value called `name` cannot be `given`.
    pub(super) fn bad(&mut self, name: &str, span: &Range<usize>, given: &str, hint: String) {
        let path = self.path(name);
        self.source.complain(span, &format!("{path} cannot be \"{}\"", short(given)), Some(hint));
    }

    fn wrong_value(&mut self, name: &str, value: &Value<'t>, given: &str, wanted: String) {
        let path = self.path(name);
        self.source.complain(&value.span(), &format!("{path} cannot be {}", short(given)), Some(wanted));
    }

    /// Complains that the value called `name` is of the wrong kind.
    pub(super) fn wrong_type(&mut self, name: &str, value: &Value<'t>, wanted: &str) {
        let path = self.path(name);
        let kind = kind(value.get_ref());
        self.source.complain(&value.span(), &format!("{path} cannot be {kind}"), Some(format!("it is {wanted}")));
    }

    /// The name of a setting as complaints say it.
    pub(super) fn path(&self, name: &str) -> String {
        if self.name.is_empty() { name.to_owned() } else { format!("{}.{name}", self.name) }
    }

    /// Complains about the names that nobody asked for.
    pub(super) fn finish(self) {
        let mut unknown: BTreeMap<usize, (&str, Range<usize>)> = BTreeMap::new();
        for key in self.table.keys() {
            let name = key.get_ref().as_ref();
            if !self.known.iter().any(|known| known == name) {
                unknown.insert(key.span().start, (name, key.span()));
            }
        }
        for (name, span) in unknown.into_values() {
            let hint = one_of(name, self.known.iter().map(String::as_str));
            let message = if self.name.is_empty() {
                clean!("\"{}\" is not a setting", short(name))
            } else {
                clean!("\"{}\" is not a setting of [{}]", short(name), self.name)
            };
            self.source.complain(&span, message.as_str(), Some(hint));
        }
    }
}

/// What was probably meant, else all that is allowed.
pub(super) fn one_of<'a>(given: &str, allowed: impl Iterator<Item = &'a str> + Clone) -> String {
    if let Some(near) = nearest(given, allowed.clone()) {
        return format!("did you mean \"{near}\"?");
    }
    let all: Vec<String> = allowed.map(|name| format!("\"{name}\"")).collect();
    format!("allowed: {}", all.join(", "))
}

/// At most forty characters of what was given.
pub(super) fn short(given: &str) -> String {
    const MOST: usize = 40;
    if given.chars().count() <= MOST {
        return given.to_owned();
    }
    given.chars().take(MOST).chain(['…']).collect()
}

/// What a value is, in words.
fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a section",
    }
}
