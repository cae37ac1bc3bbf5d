//! What queries can ask for by name: languages and tags.

use super::row::{self, Plain};
use super::{Reader, Result};
use crate::text::{Clean, Lang, fold};

impl Reader {
    /// The languages that articles were indexed in, in the order of their codes. Linear in their
    /// number.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn languages(&self) -> Result<Vec<Lang>> {
        let read = || {
            let mut statement = self.db.prepare_cached("SELECT code FROM languages ORDER BY code")?;
            let codes = statement.query_map([], |row| row.get::<_, Plain>(0))?;
            let mut languages = Vec::new();
            for code in codes {
                languages.extend(Lang::from_code(&code?.0));
            }
            Ok(languages)
        };
        read().map_err(self.says("reading the languages"))
    }

    /// The names of the person's tags, by the alphabet. Linear in their number.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn tag_names(&self) -> Result<Vec<Clean>> {
        let read = || -> rusqlite::Result<Vec<Clean>> {
            let mut statement = self.db.prepare_cached("SELECT name FROM tags ORDER BY name COLLATE NOCASE, id")?;
            let names = statement.query_map([], |found| row::line(found, 0))?;
            names.filter_map(rusqlite::Result::transpose).collect()
        };
        read().map_err(self.says("reading the tags"))
    }

    /// The person's tags by the alphabet, each with the number of its articles. Linear in what is
    /// tagged.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn tag_counts(&self) -> Result<Vec<(Clean, u64)>> {
        let read = || -> rusqlite::Result<Vec<(Clean, u64)>> {
            let sql = "SELECT t.name, count(x.article) FROM tags t JOIN article_tags x ON x.tag = t.id \
                       GROUP BY t.id ORDER BY t.name COLLATE NOCASE, t.id";
            let mut statement = self.db.prepare_cached(sql)?;
            let rows = statement
                .query_map([], |found| Ok((row::line(found, 0)?.unwrap_or_default(), row::count(found, 1)?)))?;
            rows.collect()
        };
        read().map_err(self.says("counting the tags"))
    }

    /// The tags that are called `name` when case and accents are folded.
    pub(super) fn tags_like(&self, name: &str) -> Result<Vec<i64>> {
        let wanted = fold::fold(name);
        self.tags_that(|name| name == wanted)
    }

    /// The tags whose names begin with `begun` when case and accents are folded.
    pub(super) fn tags_from(&self, begun: &str) -> Result<Vec<i64>> {
        let wanted = fold::fold(begun);
        self.tags_that(|name| name.starts_with(&wanted))
    }

    /// The tags whose folded names are so. Linear in their number.
    fn tags_that(&self, is_wanted: impl Fn(&str) -> bool) -> Result<Vec<i64>> {
        let read = || {
            let mut statement = self.db.prepare_cached("SELECT id, name FROM tags")?;
            let tags = statement.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Plain>(1)?.0)))?;
            let mut found = Vec::new();
            for tag in tags {
                let (id, name) = tag?;
                if is_wanted(&fold::fold(&name)) {
                    found.push(id);
                }
            }
            Ok(found)
        };
        read().map_err(self.says("reading the tags"))
    }
}
